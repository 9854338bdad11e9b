"""Clients of translation services: what each sends, to the byte, and how it reads the answer.

A reader does what the client does with the answer, and fails where the client would. Versions:
DeepLX 1.1, deepl-python 1.32, deepl-node 1.28, Immersive Translate 1.32, kiss-translator 2.0,
bob-plugin-deeplx 1.0, Traduzir páginas 10.2, deep-translator 1.11, and the others as of 2026.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

JSON_TYPE = {"content-type": "application/json"}
FORM_TYPE = {"content-type": "application/x-www-form-urlencoded"}
BROWSER = {
    "origin": "chrome-extension://bpoadfkcbjbfhfodiogcnhhhpibjhbnh",
    "cookie": "token=nothing; dl_session=nothing",
}
CHROME = "client=chrome-extension,1.28.0&method=LMT_handle_jobs"


class Read(NamedTuple):
    """What a client has got: the translations, and the language of the source where it looks."""

    texts: list[str]
    source: str | None = None


class Client(NamedTuple):
    """``target`` (path and query), headers and body have ``{key}`` where the key goes. ``answer``:
    the row of :data:`ANSWERS` that it expects. ``texts`` are translated into
    ``into``, a code of the engines; ``source`` is what the client reads as their language.
    ``llm``: a text model is asked, for the sake of quality or of marks in the text."""

    name: str
    target: str
    body: str | bytes
    answer: str
    read: Callable[[Any], Read]
    headers: Mapping[str, str] = JSON_TYPE
    method: str = "POST"
    texts: tuple[str, ...] = ("Hello",)
    into: str = "fr"
    source: str | None = None
    llm: bool = False

    def request(self, key: str) -> tuple[str, str, bytes, dict[str, str]]:
        """Method, target, body and headers, with the key."""
        body = self.body if isinstance(self.body, bytes) else self.body.encode()
        headers = {name: text.replace("{key}", key) for name, text in self.headers.items()}
        target = self.target.replace("{key}", quote(key, safe=""))
        return self.method, target, body.replace(b"{key}", key.encode()), headers


# --- DeepLX --------------------------------------------------------------------------------------


def deeplx(answer: Any) -> Read:
    """DeepLX's own types, in Go: a float is no int, and what is missing is empty."""
    assert type(answer["code"]) is int
    assert type(answer["id"]) is int
    assert answer["method"] in ("Free", "Pro")
    assert isinstance(answer["target_lang"], str)
    return Read([answer["data"]], answer["source_lang"])


def immersive_deeplx(answer: Any) -> Read:
    """``200 === code``; several paragraphs come back in the lines they went out in."""
    assert type(answer["code"]) is int and answer["code"] == 200
    return Read([answer["data"]])


def bob(answer: Any) -> Read:
    alternatives = answer["alternatives"]
    assert alternatives is None or isinstance(alternatives, list)
    return Read(["\n".join([answer["data"], *(alternatives or [])])])


def truthy_data(answer: Any) -> Read:
    assert answer["data"]
    return Read([answer["data"]])


def fluent_read(answer: Any) -> Read:
    assert answer.get("code", 200) == 200
    assert answer["data"].strip()
    return Read([answer["data"]])


def subtitle_edit(answer: Any) -> Read:
    """The first alternative goes before ``data``."""
    return Read([*(answer["alternatives"] or []), answer["data"]][:1])


def kiss_deeplx(answer: Any) -> Read:
    """``source_lang`` tells whether there was anything to do."""
    return Read([answer["data"]], answer["source_lang"])


# --- DeepL ---------------------------------------------------------------------------------------


def deepl(answer: Any) -> Read:
    rows = answer["translations"]
    return Read([row["text"] for row in rows], rows[0]["detected_source_language"])


def deepl_python(answer: Any) -> Read:
    """The package counts on being told the characters."""
    assert all(int(row["billed_characters"]) >= 0 for row in answer["translations"])
    return deepl(answer)


def immersive_deepl(answer: Any) -> Read:
    """The source must be in a table of its own, in capitals."""
    read = deepl(answer)
    assert read.source in ("EN", "ZH", "FR", "DE", "JA")
    return read


def json_rpc(answer: Any) -> Read:
    assert answer["id"] == 8352948001
    result = answer["result"]
    assert isinstance(result["texts"][0]["alternatives"], list)
    return Read([text["text"] for text in result["texts"]], result["lang"])


# --- others --------------------------------------------------------------------------------------


def immersive_custom(answer: Any) -> Read:
    rows = answer["translations"]
    return Read([row["text"] for row in rows], rows[0]["detected_source_lang"])


def kiss_single(answer: Any) -> Read:
    return Read([answer["text"]], answer["src"])


def kiss_batch(answer: Any) -> Read:
    rows = answer if isinstance(answer, list) else answer["translations"]
    return Read([row["text"] for row in rows], rows[0]["src"])


def cloudflare_ai(answer: Any) -> Read:
    return Read([answer["result"]["translated_text"]])


def google_objects(answer: Any) -> Read:
    return Read(["".join(row.get("trans", "") for row in answer["sentences"])], answer["src"])


def google_lists(answer: Any) -> Read:
    return Read(["".join(row[0] or "" for row in answer[0])], answer[2])


def google_pairs(answer: Any) -> Read:
    return Read([row[0] for row in answer], answer[0][1])


def google_html(answer: Any) -> Read:
    return Read(answer[0], answer[1][0])


def azure(answer: Any) -> Read:
    texts = [row["translations"][0]["text"] for row in answer]
    assert isinstance(answer[0]["detectedLanguage"]["score"], float | int)
    return Read(texts, answer[0]["detectedLanguage"]["language"])


def traduzir_paginas(answer: Any) -> Read:
    """``detectedLanguage`` is read whatever was asked."""
    return Read([answer["translatedText"]], answer["detectedLanguage"]["language"])


def libre(answer: Any) -> Read:
    return Read([answer["translatedText"]])


def libre_list(answer: Any) -> Read:
    assert len(answer["detectedLanguage"]) == len(answer["translatedText"])
    return Read(answer["translatedText"], answer["detectedLanguage"][0]["language"])


def libre_alternatives(answer: Any) -> Read:
    assert isinstance(answer["alternatives"], list)
    return Read([answer["translatedText"]], answer["detectedLanguage"]["language"])


def hcfy(answer: Any) -> Read:
    assert isinstance(answer["text"], str)
    return Read(["\n".join(answer["result"])], answer["from"])


BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"


def _multipart(**fields: str) -> str:
    """As browsers send a form."""
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="'
    parts = [f'{part}{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    return "".join([*parts, f"--{BOUNDARY}--\r\n"])


# --- the table -----------------------------------------------------------------------------------

BEARER = {"authorization": "Bearer {key}"}
DEEPL_KEY = {"authorization": "DeepL-Auth-Key {key}"}
TWO = ("Hello", "World")

CLIENTS = (
    # The original guide's Worker, as its curl line and its browser settings have it.
    Client(
        "guide",
        "/translate?password={key}",
        '{"text": "Hello", "source_lang": "en", "target_lang": "fr"}',
        "deeplx",
        truthy_data,
    ),
    Client(
        "guide with curl's content type",
        "/translate?password={key}",
        '{"text": "Hello", "source_lang": "en", "target_lang": "fr"}',
        "deeplx",
        truthy_data,
        FORM_TYPE,
    ),
    # DeepLX
    Client(
        "DeepLX with a token",
        "/translate?token={key}",
        '{"text":"Hello, World!","source_lang":"EN","target_lang":"DE"}',
        "deeplx",
        deeplx,
        texts=("Hello, World!",),
        into="de",
        source="EN",
    ),
    Client(
        "DeepLX with Bearer",
        "/translate",
        '{"text":"Hello","source_lang":"","target_lang":"FR"}',
        "deeplx",
        deeplx,
        JSON_TYPE | BEARER,
        source="EN",
    ),
    Client(
        "DeepLX with DeepL-Auth-Key",
        "/translate",
        '{"text":"Hello","source_lang":null,"target_lang":"fr"}',
        "deeplx",
        deeplx,
        JSON_TYPE | DEEPL_KEY,
        source="EN",
    ),
    Client(
        "DeepLX's second version, a form",
        "/v2/translate?token={key}",
        "text=Hello&target_lang=FR",
        "deepl",
        deepl,
        FORM_TYPE,
        source="EN",
    ),
    Client(
        "DeepLX's first version",
        "/v1/translate?token={key}",
        '{"text":"Hello","source_lang":"EN","target_lang":"FR"}',
        "deeplx",
        deeplx,
        source="EN",
        llm=True,
    ),
    # DeepL's own packages
    Client(
        "deepl-python",
        "/v2/translate",
        '{"target_lang": "DE", "formality": "more", "text": ["Hello", "World"],'
        ' "show_billed_characters": true, "context": "c", "split_sentences": "nonewlines",'
        ' "preserve_formatting": true, "tag_handling": "html", "ignore_tags": ["x", "y"]}',
        "deepl",
        deepl_python,
        JSON_TYPE | DEEPL_KEY | {"user-agent": "deepl-python/1.32.0"},
        texts=TWO,
        into="de",
        source="EN",
        llm=True,
    ),
    Client(
        "deepl-node",
        "/v2/translate",
        "target_lang=en-US&source_lang=fr&show_billed_characters=1&text=a&text=b"
        "&split_sentences=nonewlines&preserve_formatting=1&tag_handling=html&context=ctx"
        "&model_type=latency_optimized&ignore_tags=x%2Cy",
        "deepl",
        deepl_python,
        DEEPL_KEY | {"content-type": "application/x-www-form-urlencoded;charset=utf-8"},
        texts=("a", "b"),
        into="en",
        source="FR",
        llm=True,
    ),
    Client(
        "deep-translator, DeepL",
        "/v2/translate?auth_key={key}&source_lang=en&target_lang=fr&text=Hello",
        "",
        "deepl",
        deepl,
        {},
        "GET",
        source="EN",
    ),
    # Immersive Translate
    Client(
        "Immersive Translate, DeepLX",
        "/translate?token={key}",
        '{"source_lang":"auto","target_lang":"ZH","text":"Hello @0# world"}',
        "deeplx",
        immersive_deeplx,
        JSON_TYPE | BROWSER,
        texts=("Hello @0# world",),
        into="zh",
        llm=True,
    ),
    Client(
        "Immersive Translate, DeepLX, checking",
        "/{key}/translate",
        '{"source_lang":"EN","target_lang":"ZH","text":"Hello world"}',
        "deeplx",
        immersive_deeplx,
        JSON_TYPE | BROWSER,
        texts=("Hello world",),
        into="zh",
    ),
    Client(
        "Immersive Translate, DeepLX, several paragraphs",
        "/translate?token={key}",
        '{"source_lang":"auto","target_lang":"fr","text":"One cat.\\nTwo dogs."}',
        "deeplx",
        immersive_deeplx,
        JSON_TYPE | BROWSER,
        texts=("One cat.\nTwo dogs.",),
    ),
    Client(
        "Immersive Translate, DeepLX, rich text",
        "/translate?token={key}",
        '{"source_lang":"auto","target_lang":"JA","text":"See <a id=1>this</a> &lt;b&gt;",'
        '"tag_handling":"html"}',
        "deeplx",
        immersive_deeplx,
        JSON_TYPE | BROWSER,
        texts=("See <a id=1>this</a> &lt;b&gt;",),
        into="ja",
        llm=True,
    ),
    Client(
        "Immersive Translate, DeepL",
        "/v2/translate",
        "source_lang=&target_lang=FR&tag_handling=html&model_type=quality_optimized"
        "&text=Hello&text=World",
        "deepl",
        immersive_deepl,
        FORM_TYPE | DEEPL_KEY | BROWSER,
        texts=TWO,
        source="EN",
        llm=True,
    ),
    Client(
        "Immersive Translate, custom API",
        "/{key}/imme",
        '{"text_list":["Hello","World"],"source_lang":"auto","target_lang":"zh-CN"}',
        "immersive",
        immersive_custom,
        JSON_TYPE | BROWSER,
        texts=TWO,
        into="zh",
        source="en",
    ),
    Client(
        "ImmersiveL",
        "/immersive_translate?key={key}",
        '{"text_list":["Hello","World"],"source_lang":"en","target_lang":"fr"}',
        "immersive",
        immersive_custom,
        texts=TWO,
        source="en",
    ),
    # kiss-translator
    Client(
        "kiss-translator, DeepLX",
        "/translate",
        '{"text":"Hello World","target_lang":"ZH-HANS","source_lang":"auto"}',
        "deeplx",
        kiss_deeplx,
        JSON_TYPE | BEARER,
        texts=("Hello World",),
        into="zh",
        source="EN",
    ),
    Client(
        "kiss-translator, DeepL",
        "/v2/translate",
        '{"text":["Hello","World"],"target_lang":"FR","source_lang":""}',
        "deepl",
        deepl,
        JSON_TYPE | DEEPL_KEY,
        texts=TWO,
        source="EN",
    ),
    Client(
        "kiss-translator, custom, one text",
        "/kiss",
        '{"text":"Hello","from":"auto","to":"zh-CN"}',
        "kiss",
        kiss_single,
        JSON_TYPE | BEARER,
        into="zh",
        source="en",
    ),
    Client(
        "kiss-translator, custom, several texts",
        "/kiss",
        '{"texts":["Hello","World"],"from":"auto","to":"fr"}',
        "kiss list",
        kiss_batch,
        JSON_TYPE | BEARER,
        texts=TWO,
        source="en",
    ),
    Client(
        "kiss-translator, Cloudflare AI",
        "/ai/run/@cf/meta/m2m100-1.2b",
        '{"text":"Hello","source_lang":"en","target_lang":"fr"}',
        "",
        cloudflare_ai,
        JSON_TYPE | BEARER,
    ),
    Client(
        "kiss-translator, Google",
        "/translate_a/single?key={key}&client=gtx&dt=t&dj=1&ie=UTF-8&sl=auto&tl=zh-CN&q=Hello",
        "",
        "google objects",
        google_objects,
        {},
        "GET",
        into="zh",
        source="en",
    ),
    Client(
        "Google's old shape",
        "/{key}/translate_a/single?client=gtx&sl=auto&tl=fr&dt=t&q=Hello%20world.",
        "",
        "google lists",
        google_lists,
        {},
        "GET",
        texts=("Hello world.",),
        source="en",
    ),
    Client(
        "Google's page translation",
        "/translate_a/t?client=gtx&sl=auto&tl=fr&key={key}",
        "q=Hello&q=World",
        "google pairs",
        google_pairs,
        FORM_TYPE,
        texts=TWO,
        source="en",
    ),
    Client(
        "kiss-translator, Google 2",
        "/v1/translateHtml",
        '[[["Hello"],"auto","fr"],"wt_lib"]',
        "google html",
        google_html,
        {"content-type": "application/json+protobuf", "x-goog-api-key": "{key}"},
        source="en",
    ),
    Client(
        "kiss-translator, Microsoft",
        "/{key}/translatetext?from=&to=zh-Hans&isEnterpriseClient=false",
        '["Hello"]',
        "azure",
        azure,
        into="zh",
        source="en",
    ),
    Client(
        "kiss-translator, Azure",
        "/translate?api-version=3.0&from=&to=fr",
        '[{"Text":"Hello"},{"Text":"World"}]',
        "azure",
        azure,
        JSON_TYPE
        | {
            "ocp-apim-subscription-key": "{key}",
            "ocp-apim-subscription-region": "eastasia",
        },
        texts=TWO,
        source="en",
    ),
    # Bob, pot, FluentRead
    Client(
        "Bob without a token",
        "/translate?token={key}",
        '{"text":"Hello","source_lang":"EN","target_lang":"ZH-HANT"}',
        "deeplx",
        bob,
        JSON_TYPE | {"authorization": "Bearer "},
        into="zh",
    ),
    Client(
        "Bob with a token that is undefined",
        "/{key}/translate",
        '{"text":"Hello","source_lang":"EN","target_lang":"FR"}',
        "deeplx",
        bob,
        JSON_TYPE | {"authorization": "Bearer undefined"},
    ),
    Client(
        "pot",
        "/translate?token={key}",
        '{"source_lang":"auto","target_lang":"PT-PT","text":"Hello"}',
        "deeplx",
        truthy_data,
        into="pt",
        llm=True,
    ),
    Client(
        "FluentRead, DeepLX, key in the query",
        "/translate?token={key}",
        '{"text":"Hello","source_lang":"AUTO","target_lang":"FR"}',
        "deeplx",
        fluent_read,
        JSON_TYPE | BEARER,
    ),
    Client(
        "FluentRead, DeepLX, key in the path",
        "/{key}/translate",
        '{"text":"Hello","source_lang":"AUTO","target_lang":"ZH-HANT"}',
        "deeplx",
        fluent_read,
        into="zh",
    ),
    Client(
        "FluentRead, DeepL",
        "/{key}/v2/translate",
        '{"text":["Hello"],"target_lang":"zh","tag_handling":"html","context":"A page",'
        '"preserve_formatting":true}',
        "deepl",
        deepl,
        into="zh",
        source="EN",
        llm=True,
    ),
    # Zotero, subtitles, documents
    Client(
        "Zotero, DeepLX",
        "/{key}/jsonrpc?" + CHROME,
        '{"jsonrpc":"2.0","method": "LMT_handle_texts","id":8352948001,"params":{"texts":[{"text":'
        '"Hello","requestAlternatives":3}],"splitting":"newlines","lang":'
        '{"source_lang_user_selected":"auto","target_lang":"ZH-HANS"},"timestamp":1}}',
        "jsonrpc",
        json_rpc,
        {"content-type": "application/json; charset=utf-8", "authorization": "None"},
        into="zh",
        source="EN",
    ),
    Client(
        "Zotero, DeepLX, key in the query",
        "/jsonrpc?token={key}?" + CHROME,
        '{"jsonrpc":"2.0","method" : "LMT_handle_texts","id":8352948001,"params":{"texts":[{"text":'
        '"Hello","requestAlternatives":3}],"splitting":"newlines","lang":'
        '{"source_lang_user_selected":"EN","target_lang":"FR"},"timestamp":1}}',
        "jsonrpc",
        json_rpc,
        {"content-type": "application/json; charset=utf-8", "authorization": "None"},
        source="EN",
    ),
    Client(
        "Zotero, DeepL (custom)",
        "/{key}/translate",
        '{"text":"Hello","source_lang":"EN","target_lang":"ZH"}',
        "deeplx",
        truthy_data,
        into="zh",
    ),
    Client(
        "SubtitleEdit, DeepLX",
        "/translate?token={key}",
        '{"text": "Hello", "source_lang": "en", "target_lang": "fr"}',
        "deeplx",
        subtitle_edit,
        {"content-type": "text/plain; charset=utf-8"},
    ),
    Client(
        "SubtitleEdit, DeepL",
        "/v2/translate",
        "text=Hello&target_lang=DE&source_lang=EN&formality=prefer_less",
        "deepl",
        deepl,
        FORM_TYPE | DEEPL_KEY,
        into="de",
        source="EN",
        llm=True,
    ),
    Client(
        "Easydict, DeepL",
        "/v2/translate",
        "text=Hello&source_lang=auto&target_lang=FR",
        "deepl",
        deepl,
        {"content-type": "application/x-www-form-urlencoded; charset=utf-8"} | DEEPL_KEY,
        source="EN",
    ),
    Client(
        "PDFMathTranslate, DeepLX",
        "/translate?token={key}",
        '{"source_lang": "en", "target_lang": "zh-Hans", "text": "Let {v1} be {v2}."}',
        "deeplx",
        truthy_data,
        texts=("Let {v1} be {v2}.",),
        into="zh",
        llm=True,
    ),
    # LibreTranslate
    Client(
        "Traduzir páginas, LibreTranslate",
        "/translate",
        "q=Hello&source=en&target=fr&format=text&api_key={key}",
        "libre",
        traduzir_paginas,
        FORM_TYPE,
        source="en",
    ),
    Client(
        "deep-translator, LibreTranslate",
        "/translate?q=Hello&source=auto&target=fr&format=text&api_key={key}",
        "",
        "libre",
        libre,
        {},
    ),
    Client(
        "LibreTranslate's page",
        "/translate",
        _multipart(
            q="Hello",
            source="auto",
            target="zh-Hans",
            format="text",
            alternatives="3",
            api_key="{key}",
        ),
        "libre",
        libre_alternatives,
        {"content-type": f"multipart/form-data; boundary={BOUNDARY}"},
        into="zh",
        source="en",
    ),
    Client(
        "LibreTranslate, a list",
        "/translate",
        '{"q":["Hello","World"],"source":"auto","target":"fr","api_key":"{key}"}',
        "libre",
        libre_list,
        texts=TWO,
        source="en",
    ),
    # 划词翻译
    Client(
        "hcfy",
        "/hcfy?key={key}",
        json.dumps(
            {
                "name": "mine",
                "text": "Hello",
                "destination": ["中文(简体)", "英语"],
                "source": "英语",
            },
            ensure_ascii=False,
        ),
        "hcfy",
        hcfy,
        into="zh",
        source="英语",
    ),
    Client(
        "hcfy, second choice",
        "/hcfy?key={key}",
        json.dumps(
            {"name": "mine", "text": "One.\n\nTwo.", "destination": ["英语", "法语"]},
            ensure_ascii=False,
        ),
        "hcfy",
        hcfy,
        texts=("One.\n\nTwo.",),
        source="英语",
    ),
)
