"""A grammar for every route: requests that get past the first checks, and what becomes of them."""

import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from gateway.routes import TRANSLATE_PATH_ALIASES, Route
from handlers import rerank
from handlers.anthropic import request as messages_request
from handlers.openai import completions, embeddings, moderations
from handlers.openai.audio import speech, transcriptions
from handlers.openai.chat import images as chat_images
from handlers.openai.chat import request as chat_request
from handlers.openai.images import request as images_request
from handlers.openai.responses import request as responses_request
from handlers.reading.fields import Field
from hostile import material
from hostile.cases import Case, File
from support import pictures
from support.fakes import KEY
from workers_ai.catalogue.aliases import ALIASES
from workers_ai.catalogue.models import MODELS

Body = dict[str, Any]
Grammar = Callable[[Random], Case]
"""Makes a request that is mostly good. Only ``target``'s query, body and form count."""

Likely = Mapping[str, Callable[[Random], Any]]
"""Values of fields, by their names."""


# --- parts of requests -----------------------------------------------------------------------


def _model(task: str) -> Callable[[Random], str]:
    ids = [model.id for model in MODELS if model.task == task]
    names = [name.replace("*", "-x") for name, target in ALIASES.items() if target in ids]
    odd = (
        "@cf/new/model",
        "nothing",
        "gpt-4o",
        "@cf/baai/bge-reranker-base",
        "",
        "@cf/" + "a" * 300,
    )

    def choose(random: Random) -> str:
        return random.choice(random.choices((ids, names or ids, odd), (6, 3, 1))[0])

    return choose


def _one(*choices: Any) -> Callable[[Random], Any]:
    return lambda random: random.choice(choices)


def _many(make: Callable[[Random], Any], most: int = 4) -> Callable[[Random], list[Any]]:
    return lambda random: [make(random) for _ in range(random.randrange(1, most + 1))]


_SOME_URLS = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAACVRSSpAAAADklEQVR4nGNgYGBgYAAAAAYAAg==",
    "https://example.com/a.png",
    "https://example.com/moved",
    "http://127.0.0.1/a.png",
)


def _image(random: Random) -> Body:
    url = random.choice(_SOME_URLS)
    forms = (
        {"type": "image_url", "image_url": {"url": url}},
        {"type": "input_image", "image_url": url},
    )
    return random.choice(forms)


def _content(random: Random) -> Any:
    text = material.text(random)
    parts = [{"type": random.choice(("text", "input_text", "output_text")), "text": text}]
    if random.random() < 0.3:
        parts.append(_image(random))
    return random.choice((text, text, parts, None))


def _schema(random: Random, depth: int = 3) -> Any:
    """A JSON schema with keywords of every kind."""
    if depth == 0:
        return random.choice((True, {}, {"type": "string"}, {"type": ["integer", "null"]}))
    inner: Callable[[], Any] = lambda: _schema(random, depth - 1)  # noqa: E731
    keywords: Body = {
        "type": random.choice(("object", "array", "string", "number", ["object", "null"])),
        "properties": {name: inner() for name in random.choices("abcdef", k=2)},
        "required": random.choices("abcdef", k=2),
        "items": inner(),
        "prefixItems": [inner()],
        "additionalProperties": random.choice((False, inner())),
        "patternProperties": {_pattern(random): inner()},
        "pattern": _pattern(random),
        "enum": [material.scalar(random) for _ in range(3)],
        "const": material.scalar(random),
        "anyOf": [inner(), inner()],
        "oneOf": [inner(), inner()],
        "allOf": [inner()],
        "not": inner(),
        "if": inner(),
        "then": inner(),
        "$ref": random.choice(("#", "#/$defs/a", "#/properties/a", "#/a~1b%25", "http://x/y")),
        "$defs": {"a": inner()},
        "minLength": 1,
        "maxItems": 3,
        "multipleOf": material.number(random),
        "uniqueItems": True,
        "description": material.text(random),
    }
    return {
        name: keywords[name] for name in random.sample(sorted(keywords), random.randrange(1, 6))
    }


def _pattern(random: Random) -> str:
    parts = (
        r"\d{1,3}",
        "(a+)",
        "[a-z]*",
        "^",
        "$",
        "(?:x|y)",
        "(a{900}){90}",
        ".",
        "b?",
        r"[\u0000-\uffff]",
        "(a|b|c){0,9}",
    )
    return "".join(random.choices(parts, k=random.randrange(1, 6)))


def _tool(random: Random) -> Body:
    function = {
        "name": random.choice(("f", "g", "get_weather", material.text(random))),
        "description": material.text(random),
        "parameters": _schema(random),
    }
    if random.random() < 0.1:
        return {"type": random.choice(("web_search", "custom", "x")), **function}
    return random.choice(
        ({"type": "function", "function": function}, {"type": "function", **function})
    )


def _call(random: Random) -> Body:
    function = {
        "name": random.choice(("f", material.text(random))),
        "arguments": random.choice(("{}", '{"a": 1}', {"a": 1}, material.text(random))),
    }
    call_id = {"id": random.choice(("c1", "c2", "call_0", ""))} if random.random() < 0.7 else {}
    return random.choice(
        ({**call_id, "type": "function", "function": function}, {**call_id, **function})
    )


def _message(random: Random) -> Body:
    role = random.choice(("user", "user", "assistant", "tool", "system", "developer", "function"))
    message = {"role": role, "content": _content(random)}
    if role == "assistant" and random.random() < 0.6:
        message["tool_calls"] = _many(_call)(random)
        message["reasoning_content"] = material.text(random)
    if role == "tool":
        message["tool_call_id"] = random.choice(("c1", "c2", "", None))
    return message


_TOOL_CHOICES = _one(
    *("auto", "none", "required", {"type": "function", "function": {"name": "f"}}, {"name": "f"}),
    {
        "type": "allowed_tools",
        "allowed_tools": {"mode": "auto", "tools": [{"type": "function", "name": "f"}]},
    },
)


def _format(random: Random) -> Body:
    kind = random.choice(("text", "json_object", "json_schema", "json_schema"))
    if kind != "json_schema":
        return {"type": kind}
    schema = _schema(random)
    envelope = {"name": "a", "schema": schema, "strict": random.random() < 0.5}
    return {
        "type": kind,
        **random.choice(({"json_schema": envelope}, envelope, {"json_schema": schema})),
    }


_TEXT_GENERATION: Likely = {
    "model": _model("Text Generation"),
    "messages": _many(_message, 6),
    "tools": _many(_tool),
    "functions": _many(lambda random: _tool(random).get("function", {"name": "f"})),
    "tool_choice": _TOOL_CHOICES,
    "function_call": _one("auto", "none", {"name": "f"}),
    "stream": _one(True, True, False),
    "stream_options": _one({"include_usage": True}, {"include_usage": False}, {}),
    "stop": _one("END", ["a", "b"], [" "], ["a" * 256] * 16, []),
    "n": _one(1, 1, 2, 4),
    "logprobs": _one(True, False),
    "top_logprobs": _one(0, 5),
    "response_format": _format,
    "max_tokens": _one(1, 10, 500, 100_000),
    "max_completion_tokens": _one(1, 500),
    "temperature": _one(0, 1, 0.5),
    "top_p": _one(0.5, 1),
    "seed": _one(1, 10**30, -1),
    "user": _one("u", "é", "a" * 500),
    "logit_bias": _one({"1": 5}, {}),
    "modalities": _one(["text"]),
    "reasoning_effort": _one("none", "low", "high"),
    "reasoning": _one(
        {"effort": "low"}, {"enabled": False}, {"exclude": True}, {"summary": "auto"}
    ),
    "thinking": _one(
        {"type": "enabled"}, {"type": "enabled", "budget_tokens": 2000}, {"type": "disabled"}
    ),
    "reasoning_format": _one("parsed", "hidden", "raw"),
    "metadata": _one({}, {"a": "b"}, {"user_id": "u"}),
}


def _fields(rows: tuple[Field, ...], likely: Likely, *always: str) -> Callable[[Random], Body]:
    """A body of the fields of a table: some of them, with likely values, seldom with others."""
    names = [row.name for row in rows]

    def make(random: Random) -> Body:
        some = random.sample(names, min(len(names), random.choice((0, 1, 2, 4, 8))))
        body = {name: likely[name](random) for name in always}
        for name in some:
            if name in likely:
                body.setdefault(name, likely[name](random))
            elif random.random() < 0.3:
                body.setdefault(name, material.value(random))
        return body

    return make


# --- OpenAI's and Anthropic's ----------------------------------------------------------------


def _stored_id(random: Random) -> str:
    """The id of a Response or an item, or something like one."""
    end = random.choice(("0000", "0001", "8000", "ffff", ""))
    prefix = random.choice(("resp_", "msg_", "rs_", "fc_", "x", ""))
    return random.choice((f"{prefix}{'0' * 20}{end}", f"{prefix}{material.text(random)}"))


def make_item(random: Random) -> Body:
    """An item of a Responses input."""
    kind = random.randrange(6)
    if kind == 5:
        return {"type": random.choice(("item_reference", None)), "id": _stored_id(random)}
    if kind == 0:
        return {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"}
    if kind == 1:
        output = random.choice(
            (material.text(random), [{"type": "input_text", "text": "a"}, _image(random)])
        )
        return {"type": "function_call_output", "call_id": "c1", "output": output}
    if kind == 2:
        return {
            "type": "reasoning",
            "summary": [{"type": "summary_text", "text": material.text(random)}],
        }
    return {"type": "message", **_message(random)}


def _block(random: Random) -> Body:
    """A block of a Messages request."""
    text = {"type": "text", "text": material.text(random)}
    picture = {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}
    return random.choice(
        (
            text,
            text,
            {"type": "tool_use", "id": "t1", "name": "f", "input": material.value(random)},
            {"type": "tool_result", "tool_use_id": "t1", "content": [text, text]},
            {
                "type": "tool_result",
                "tool_use_id": "t1",
                "content": material.text(random),
                "is_error": True,
            },
            {"type": "thinking", "thinking": material.text(random), "signature": "s"},
            {
                "type": "image",
                "source": random.choice((picture, {"type": "url", "url": _SOME_URLS[1]})),
            },
            {
                "type": "document",
                "source": {"type": "text", "data": material.text(random)},
                "title": "T",
            },
            {"type": "search_result", "title": "t", "source": "s", "content": [text]},
        )
    )


def _anthropic_messages(random: Random) -> list[Body]:
    messages = [
        {
            "role": role,
            "content": random.choice((material.text(random), [text := _block(random), text])),
        }
        for role in random.choices(("user", "assistant", "user", "system"), k=random.randrange(5))
    ]
    return [*messages, {"role": "user", "content": "Go on."}]


_MESSAGES: Likely = {
    **_TEXT_GENERATION,
    "messages": _anthropic_messages,
    "max_tokens": _one(1, 500, 100_000),
    "system": lambda random: random.choice(
        (material.text(random), [{"type": "text", "text": "Be brief."}])
    ),
    "stop_sequences": _TEXT_GENERATION["stop"],
    "tools": _many(
        lambda random: {"name": "f", "description": "d", "input_schema": _schema(random)}
    ),
    "tool_choice": _one(
        {"type": "auto"}, {"type": "any"}, {"type": "tool", "name": "f"}, {"type": "none"}
    ),
    "output_config": lambda random: {"format": {"type": "json_schema", "schema": _schema(random)}},
}
_RESPONSES: Likely = {
    **_TEXT_GENERATION,
    "input": lambda random: random.choice((material.text(random), _many(make_item, 6)(random))),
    "instructions": material.text,
    "max_output_tokens": _one(1, 500),
    "text": lambda random: {"format": _format(random)},
    "include": _one(["message.output_text.logprobs"], []),
    "truncation": _one("auto", "disabled"),
    "store": _one(True, False),
    "previous_response_id": _stored_id,
}
_texts = _many(material.text, 5)
_TEXTS: Likely = {
    "input": lambda random: random.choice((material.text(random), _texts(random))),
    "prompt": lambda random: random.choice((material.text(random), _texts(random))),
    "suffix": material.text,
    "echo": _one(True, False),
    "best_of": _one(1, 2),
    "encoding_format": _one("float", "base64"),
    "dimensions": _one(1, 2, 32, 1024),
    "query": material.text,
    "documents": _many(
        lambda random: random.choice((material.text(random), {"text": material.text(random)})), 9
    ),
    "top_n": _one(1, 3, 100),
    "return_documents": _one(True, False),
}
_IMAGES: Likely = {
    "model": _model("Text-to-Image"),
    "prompt": material.text,
    "messages": _many(_message, 3),
    "n": _one(1, 2, 10),
    "size": _one("auto", "1024x1024", "512X512", "1x99999"),
    "response_format": _one("url", "b64_json"),
    "quality": _one("auto", "low", "hd"),
    "output_format": _one("png", "jpeg"),
    "seed": _one(1, -1, 10**30),
    "steps": _one(1, 4, 10**9),
    "width": _one(512, 10**30),
    "negative_prompt": material.text,
    "stream": _one(False),
}
_SPEECH: Likely = {
    "model": _model("Text-to-Speech"),
    "input": material.text,
    "voice": _one("alloy", "en", {"id": "nova"}, "x"),
    "response_format": _one("mp3", "wav", "opus"),
    "speed": _one(1, 1.0),
}
_TRANSCRIPTION: Likely = {
    "model": _model("Automatic Speech Recognition"),
    "language": _one("en", "zh-CN", "xx"),
    "prompt": material.text,
    "response_format": _one("json", "text", "srt", "verbose_json", "vtt"),
    "temperature": _one("0", "nan"),
    "stream": _one("true", "false"),
    "timestamp_granularities": _one("word", "segment"),
}


def _posts(make: Callable[[Random], Body]) -> Grammar:
    """Requests whose body is JSON. What was made is changed now and then."""

    def request(random: Random) -> Case:
        body: Any = make(random)
        for _ in range(random.choices((0, 1, 2, 4), (4, 4, 2, 1))[0]):
            body = material.mutated(random, body)
        data = material.encoded(random, body)
        if random.random() < 0.05:
            data = material.damaged(random, data)
        if random.random() < 0.05:
            data = b"\xef\xbb\xbf \r\n" + data
        return Case("POST", "", body=data)

    return request


def _forms(make: Callable[[Random], Body], *files: str) -> Grammar:
    """Requests whose body is a form with files."""

    def request(random: Random) -> Case:
        form: list[tuple[str, str | File]] = []
        for name, value in make(random).items():
            form.append((name, value if isinstance(value, str) else json.dumps(value)))
        for name in files:
            kind = random.choice(("", "", "[]", "[0]"))
            form += [(name + kind, _file(random))] * random.choice((0, 1, 1, 1, 3))
        for _ in range(random.choice((0, 0, 1, 3))):
            form.append((random.choice(material.WORDS), material.text(random)))
        if form and random.random() < 0.1:
            form *= material.times(random, sum(map(_length, form)), 300)
        form = [
            (_plain(name), _plain(value) if isinstance(value, str) else value)
            for name, value in form
        ]
        return Case("POST", "", {"content-type": "multipart/form-data; boundary=x"}, form=form)

    return request


def _length(field: tuple[str, str | File]) -> int:
    name, value = field
    return len(name) + len(value.data if isinstance(value, File) else value)


def _plain(text: str) -> str:
    """A text as the platform reads it from a form: it has no lone surrogates."""
    return text.encode("utf-8", "replace").decode()


def _file(random: Random) -> File:
    data = random.choice(
        (
            pictures.png(),
            pictures.jpeg(),
            pictures.jpeg(metadata=material.size(random, 60_000)),
            b"\xff\xd8\xff" + b"\xff" * material.size(random, 60_000),
            b"\xff\xd8" + b"\xff\xe0\x00\x02" * material.size(random, 15_000),
            pictures.gif(),
            random.randbytes(random.choice((0, 10, 1000))),
        )
    )
    return File(material.text(random), random.choice(("image/png", "audio/wav", "", "x/y")), data)


def _gets(make: Callable[[Random], Body]) -> Grammar:
    def request(random: Random) -> Case:
        return Case("GET", "?" + _query(random, list(make(random).items())))

    return request


def _query(random: Random, pairs: list[tuple[str, Any]]) -> str:
    """Fields of a query or a form, mostly quoted as they should be, of at most 16 KB."""
    texts = [
        (name, value if isinstance(value, str) else json.dumps(value)) for name, value in pairs
    ]
    if texts and random.random() < 0.1:
        texts *= material.times(random, sum(len(text) for _, text in texts), 900)
    query = urlencode(texts, errors="surrogatepass")
    if random.random() < 0.1:
        query += random.choice(material.FRAGMENTS) * material.size(random, 9000)
    return quote(query, safe="%&=+?/:;,@[]{}()!*'$#.~-_", errors="surrogatepass")[:16_000].replace(
        "#", ""
    )


# --- translation -----------------------------------------------------------------------------

_target = _one("fr", "zh-TW", "EN-GB", "de", "sr", "ja", "xx", "")
_source = _one("auto", "en", "", "de", "zh", "AUTO")


def _to_translate(random: Random) -> str:
    chance = random.random()
    if chance < 0.5:
        return random.choice(
            ("Hello there.", "One. Two!\n\nThree?", "<b>a</b> {0} &amp; x", "你好，世界。", "Login")
        )
    if chance < 0.9:
        return material.text(random)
    return material.repeated(random, 30_000)


def _text_or_texts(random: Random) -> Any:
    return random.choice(
        (_to_translate(random), [_to_translate(random) for _ in range(random.randrange(1, 4))])
    )


def _entries(random: Random) -> str:
    count = random.choice((1, 2, 500))
    kind = random.choice(("w{0}", "a " * 3 + "{0}", "a{0} b", "é{0}"))
    return "\n".join(kind.format(place) + "\tm" for place in range(count))


_TRANSLATION: Likely = {
    **dict.fromkeys(("text", "q"), _text_or_texts),
    **dict.fromkeys(
        ("texts", "text_list"), lambda r: [_to_translate(r) for _ in range(r.randrange(1, 5))]
    ),
    **dict.fromkeys(("target_lang", "target", "to", "tl"), _target),
    **dict.fromkeys(("source_lang", "source", "from", "sl"), _source),
    "destination": _one(["法语", "英语"], ["中文(简体)"], "法语"),
    "format": _one("html", "text"),
    "textType": _one("html", "plain"),
    "tag_handling": _one("html", "xml", ""),
    "ignore_tags": _one("b", ["b", "i"], "b,i"),
    "splitting_tags": _one("p,br"),
    "non_splitting_tags": _one("x"),
    "split_sentences": _one("0", "1", "nonewlines"),
    "outline_detection": _one("0", True),
    "formality": _one("more", "prefer_less", "default"),
    "model_type": _one("quality_optimized", "latency_optimized"),
    "context": material.text,
    "custom_instructions": _one(["Be nice."], []),
    "glossary_id": _one("g", "00000000-0000-0000-0000-000000000000"),
    "dj": _one("1"),
    "resource": _one("translate_text"),
    "jsonrpc": _one("2.0"),
    "id": _one(1, "a", None, [1]),
    "method": _one("LMT_handle_texts"),
    "params": lambda random: {
        "texts": [{"text": _to_translate(random)} for _ in range(random.randrange(1, 4))],
        "lang": {"target_lang": _target(random), "source_lang_user_selected": _source(random)},
    },
    "api_key": _one(KEY, "x", ["a", "b"]),
    "name": material.text,
    "entries": _entries,
    "entries_format": _one("tsv", "csv"),
    "dictionaries": lambda random: [
        {
            "source_lang": "en",
            "target_lang": _target(random),
            "entries": _entries(random),
            "entries_format": "tsv",
        }
    ],
    "lang": _one("en", "xx"),
}


_CLIENTS: Mapping[str, tuple[str, ...]] = {
    "/v2/translate": ("text", "target_lang", "source_lang"),
    "/v1/translate": ("text", "target_lang"),
    "/translate_a/single": ("q", "tl", "sl"),
    "/translate_a/t": ("q", "tl"),
    "/jsonrpc": ("method", "params", "id"),
    "/detect": ("q",),
    "/v2/glossaries": ("name", "source_lang", "target_lang", "entries", "entries_format"),
    "/v2/glossaries/": ("name",),
    "/v3/glossaries": ("name", "dictionaries"),
    "/v3/glossaries/": ("name", "dictionaries"),
}
"""What each path's clients send at least. On the paths that several share, each sends its own."""
_SHARED: tuple[tuple[str, ...], ...] = (
    ("text", "target_lang"),
    ("text_list", "target_lang"),
    ("text", "destination"),
    ("texts", "to"),
    ("text", "from", "to"),
    ("q", "target", "source"),
)


def _translation(path: str) -> Grammar:
    def make(random: Random) -> Body:
        always = _CLIENTS.get(path) or random.choice(_SHARED)
        some = random.sample(sorted(_TRANSLATION), random.choice((0, 0, 1, 3)))
        return {name: _TRANSLATION[name](random) for name in dict.fromkeys((*always, *some))}

    def request(random: Random) -> Case:
        kind = random.random()
        if kind < 0.6:
            return _posts(make)(random)
        pairs = [
            (name, text)
            for name, value in make(random).items()
            for text in (value if isinstance(value, list) else [value])
        ]
        if kind < 0.75:
            headers: dict[str, str | None] = {"content-type": "application/x-www-form-urlencoded"}
            query = urlencode(
                [(n, v if isinstance(v, str) else json.dumps(v)) for n, v in pairs],
                errors="replace",
            )
            if random.random() < 0.2:
                query *= material.times(random, len(query), 300)
            return Case("POST", "", headers, query.encode())
        if kind < 0.85:
            return _forms(lambda random: dict(pairs))(random)
        if kind < 0.95:
            return Case("POST", "?" + _query(random, pairs))
        texts = [{"Text": _to_translate(random)} for _ in range(random.randrange(1, 5))]
        return Case(
            "POST",
            f"?to={_target(random)}",
            body=material.encoded(random, material.mutated(random, texts)),
        )

    return request


def _html(random: Random) -> Body:
    texts = [_to_translate(random) for _ in range(random.randrange(1, 5))]
    return [[texts, _source(random), _target(random)], "wt_lib"]  # type: ignore[return-value]


# --- the table -------------------------------------------------------------------------------


def _or(*grammars: Grammar) -> Grammar:
    return lambda random: random.choice(grammars)(random)


def _nothing(random: Random) -> Case:
    return Case("GET", "")


def _native(random: Random) -> Case:
    """Cloudflare's own inputs: of text, of an image or a recording, whole or as the body."""
    if random.random() < 0.7:
        make = _fields(chat_request.FIELDS, {**_TEXT_GENERATION, "text": material.text}, "messages")
        return _posts(make)(random)
    kinds = (
        "audio/wav",
        "image/png",
        "application/octet-stream",
        "multipart/form-data; boundary=x",
        "",
    )
    return Case("POST", "", {"content-type": random.choice(kinds)}, random.randbytes(20))


_chat = _fields(chat_request.FIELDS, _TEXT_GENERATION, "model", "messages")
_chat_image = _fields(chat_images.FIELDS, {**_TEXT_GENERATION, **_IMAGES}, "model", "messages")
_CHAT = _or(_posts(_chat), _posts(_chat), _posts(_chat), _posts(_chat_image))
_COUNTED = _posts(_fields(messages_request.FIELDS, _MESSAGES, "model", "messages"))
_RERANK = _posts(
    _fields(rerank.FIELDS, {**_TEXTS, "model": _model("Text Classification")}, "query", "documents")
)
_TRANSCRIBE = _forms(_fields(transcriptions.FIELDS, _TRANSCRIPTION), "file")
_SEARCH = _gets(
    _fields(
        (),
        {
            "search": material.text,
            "task": material.text,
            "page": _one("1", "9" * 5000),
            "per_page": _one("1", "²"),
        },
        "search",
        "page",
        "per_page",
    )
)

GRAMMARS: Mapping[tuple[str, str], Grammar] = {
    ("POST", "/chat/completions"): _CHAT,
    ("GET", "/chat/completions"): _gets(
        _fields(
            (),
            {"debug": _one("1"), "model": _model("Text Generation"), "prompt": material.text},
            "debug",
            "model",
            "prompt",
        )
    ),
    ("POST", "/client/chat/completions"): _CHAT,
    ("POST", "/completions"): _posts(
        _fields(
            completions.FIELDS,
            {**_TEXT_GENERATION, **_TEXTS, "logprobs": _one(0, 2)},
            "model",
            "prompt",
        )
    ),
    ("POST", "/messages"): _posts(
        _fields(messages_request.FIELDS, _MESSAGES, "model", "messages", "max_tokens")
    ),
    ("POST", "/messages/count_tokens"): _COUNTED,
    ("POST", "/responses"): _posts(_fields(responses_request.FIELDS, _RESPONSES, "model", "input")),
    ("POST", "/responses/input_tokens"): _posts(
        _fields(responses_request.FIELDS, _RESPONSES, "model")
    ),
    ("GET", "/responses/"): _gets(
        _fields(
            (),
            {
                "stream": _one("true", "false", "x"),
                "starting_after": _one("0", "-1", "9" * 5000, "²"),
                "limit": _one("1", "100", "x"),
                "order": _one("asc", "x"),
                "after": _stored_id,
            },
            *("stream", "starting_after", "limit", "order", "after"),
        )
    ),
    ("DELETE", "/responses/"): _nothing,
    ("POST", "/responses/"): _nothing,
    ("GET", "/audio/voices"): _gets(_fields((), _SPEECH, "model")),
    ("GET", "/audio/models"): _nothing,
    ("GET", "/models"): _nothing,
    ("GET", "/models/"): _nothing,
    ("POST", "/audio/transcriptions"): _TRANSCRIBE,
    ("POST", "/audio/translations"): _TRANSCRIBE,
    ("POST", "/audio/speech"): _posts(_fields(speech.FIELDS, _SPEECH, "model", "input", "voice")),
    ("POST", "/embeddings"): _or(
        _posts(
            _fields(
                embeddings.FIELDS, {**_TEXTS, "model": _model("Text Embeddings")}, "model", "input"
            )
        ),
        _RERANK,
    ),
    ("POST", "/images/generations"): _posts(
        _fields(images_request.GENERATION_FIELDS, _IMAGES, "model", "prompt")
    ),
    ("POST", "/images/edits"): _forms(
        _fields(images_request.EDIT_FIELDS, _IMAGES, "prompt"), "image", "mask"
    ),
    ("POST", "/images/variations"): _forms(
        _fields(images_request.VARIATION_FIELDS, _IMAGES), "image"
    ),
    ("GET", "/file/"): _nothing,
    ("POST", "/rerank"): _RERANK,
    ("POST", "/v2/rerank"): _RERANK,
    ("POST", "/moderations"): _posts(
        _fields(moderations.FIELDS, {**_TEXTS, "model": _one("omni-moderation-latest")}, "input")
    ),
    ("POST", "/ai/run/"): _native,
    ("GET", "/ai/models/search"): _SEARCH,
    ("GET", "/health"): _nothing,
    ("POST", "/translateHtml"): _posts(_html),
    **{
        (method, path): _translation(path)
        for method in ("GET", "POST")
        for path in (
            *("/translate", *TRANSLATE_PATH_ALIASES, "/v1/translate", "/v2/translate"),
            *("/v2/languages", "/v2/usage", "/detect", "/translate_a/single", "/translate_a/t"),
        )
    },
    **{
        ("GET", path): _translation(path)
        for path in (
            *(
                "/v2/glossary-language-pairs",
                "/v3/languages",
                "/v3/languages/resources",
                "/languages",
            ),
            *("/v2/glossaries", "/v2/glossaries/", "/v3/glossaries", "/v3/glossaries/"),
        )
    },
    **{
        (method, path): _translation(path)
        for method, path in (
            *(
                ("POST", "/v2/glossaries"),
                ("DELETE", "/v2/glossaries/"),
                ("POST", "/v3/glossaries"),
            ),
            *(
                ("PATCH", "/v3/glossaries/"),
                ("PUT", "/v3/glossaries/"),
                ("DELETE", "/v3/glossaries/"),
            ),
            ("POST", "/jsonrpc"),
        )
    },
}
"""Each route's requests. A route that is not in here fails a test."""

_NAMES_BELOW: Mapping[str, Callable[[Random], str]] = {
    "/models/": lambda random: quote(_model("Text Generation")(random), safe="/@"),
    "/ai/run/": lambda random: quote(_model(random.choice(MODELS).task)(random), safe="/@"),
    "/responses/": lambda random: (
        quote(_stored_id(random), errors="surrogatepass")
        + random.choice(("", "/input_items", "/cancel"))
    ),
    "/file/": _one("0123456789abcdef0123456789abcdef.png", "a.png", "x", "../../etc"),
}
"""What stands below the paths that end in ``/``, where it is not the id of a glossary."""
_glossary: Callable[[Random], str] = _one(
    "x", "x/entries", "x/dictionaries", "00000000-0000-0000-0000-000000000000/entries"
)


def make_case(random: Random, route: Route) -> Case:
    """A request to a route, with oddities of its address and headers."""
    case = GRAMMARS[route.method, route.path](random)
    address, case.is_odd = _address(random, route)
    case.method, case.target = route.method, address + case.target
    case.endpoint = f"{route.method} {route.path}"
    if case.method == "GET" and "?" not in case.target and random.random() < 0.2:
        case.target += "?" + _query(random, [("key", KEY), ("a", material.text(random))])
    _add_headers(random, case)
    return case


_PREFIXES: Mapping[str, tuple[str, ...]] = {
    "": (
        *("/v1", "/v1", "", "", "//v1/", "/v1/v1", "/openai/v1"),
        "/client/v4/accounts/x/ai/v1",
    ),
    "/client": ("/client/v4/accounts/x/ai/v1",),
    "/ai": ("", "/client/v4/accounts/x"),
}
"""What may stand before a path, by its beginning: that of the last row whose key it begins with."""


def _address(random: Random, route: Route) -> tuple[str, bool]:
    """An address, and whether it is one that no client has."""
    beginning = max((key for key in _PREFIXES if route.path.startswith(key)), key=len)
    prefixes, path = _PREFIXES[beginning], route.path.removeprefix("/client")
    if route.key_in_url:
        prefixes = ("", "/" + KEY) if path.startswith(("/v2", "/v3")) else ("", "/v1", "/" + KEY)
    if path.endswith("/"):
        path += _NAMES_BELOW.get(route.path, _glossary)(random)
    chance = random.random()
    if chance < 0.03:
        part = random.choice(("/v1", "/a", "/", "/%2e%2e", "/" + "a" * 50, "/client"))
        path = part * (material.size(random, 16_000) // len(part) + 1) + path
    elif chance < 0.04:
        path = (
            random.choice(("/openai/deployments/gpt-4o", "/engines/@cf/a/b", "/v1beta/openai"))
            + path
        )
    elif chance < 0.05:
        path += "/" + quote(material.text(random)[:300], errors="surrogatepass")
    return random.choice(prefixes) + path, chance < 0.05


_HEADER_LETTERS = frozenset(map(chr, [*range(32, 127), *range(160, 256)]))


def _header(random: Random) -> str:
    """A value as a platform lets it through: Latin letters, no line ends."""
    text = random.choice((material.text(random), material.repeated(random, 8000)))
    return "".join(character for character in text if character in _HEADER_LETTERS)


_HEADERS: Mapping[str, Callable[[Random], Any]] = {
    "anthropic-version": _one("2023-06-01", "x"),
    "content-type": _one(
        "application/json", "text/plain", "x", "application/x-www-form-urlencoded; charset=x"
    ),
    "x-stainless-read-timeout": _one("600", "nan", "-1", "1e400", "x"),
    "if-none-match": _header,
    "if-modified-since": _one(
        "Sun, 06 Nov 1994 08:49:37 GMT", "x", "Sun, 99 Foo 9999 99:99:99 GMT"
    ),
    "authorization": lambda random: random.choice(
        (f"Bearer {KEY}", "Bearer", None, _header(random))
    ),
    "x-api-key": lambda random: random.choice((KEY, _header(random))),
    "access-control-request-headers": _header,
    "accept-language": _header,
    "content-length": _one("0", "1e9", "-1"),
    "x-session-affinity": _header,
}


def _add_headers(random: Random, case: Case) -> None:
    for _ in range(random.choice((0, 0, 0, 1, 2))):
        name = random.choice(sorted(_HEADERS))
        if not (name == "content-type" and case.form is not None):
            case.headers[name] = _HEADERS[name](random)
