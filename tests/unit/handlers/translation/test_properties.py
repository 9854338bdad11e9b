"""Whatever comes in on a translation route, what goes out is an answer or an error in the dialect:
``exchange.send`` checks that, CORS, and the request id of every answer."""

import json
from typing import Any
from urllib.parse import quote, urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from access import keys
from gateway.routes import ROUTES
from support.exchange import Got, send
from support.fakes import KEY
from support.translators import Translators

TARGETS = sorted(
    {
        (route.method, f"{route.path}{rest}")
        for route in ROUTES
        for rest in (("x", "x/entries", "x/dictionaries") if route.path.endswith("/") else ("",))
        if route.scope == keys.TRANSLATION
    }
)
POSTS = [target for target in TARGETS if target[0] != "GET"]

Target = tuple[str, str]
targets, posts = st.sampled_from(TARGETS), st.sampled_from(POSTS)
many = settings(max_examples=5 * settings().max_examples)
"""Several of each route, on average."""

# --- material ----------------------------------------------------------------------------------

NAMES = st.sampled_from(
    """text text_list texts q from to source target source_lang target_lang destination sl tl dj
    format textType tag_handling ignore_tags splitting_tags outline_detection split_sentences
    formality model_type context custom_instructions glossary_id glossary_ids alternatives type
    resource include api_key auth_key token name entries entries_format dictionaries jsonrpc method
    id params lang requestAlternatives source_lang_user_selected Text code""".split()
)
ODD = st.text(st.characters(codec=None), max_size=20)
WORDS = ODD | st.sampled_from(
    """fr FR zh-TW auto xx en eu html xml text 1 0 true more tsv csv target translate_text
    LMT_handle_texts 法语 <b>a</b> {0} @0# &amp; </x> <x1/> %s $& \\ud83d a\\tb""".split()
    + ["Hello you there", "One. Two!\n\nThree?", "", " ", "a\tb", "a,b", "\ud83d", "\x00"]
)
NUMBERS = st.sampled_from([0, 1, -1, 0.5, 2**64, 10**400, 1e308])
SCALARS = st.none() | st.booleans() | NUMBERS | WORDS
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | ODD, inner, max_size=6),
    max_leaves=15,
)

LANGUAGES = st.sampled_from(["fr", "zh-TW", "EN-GB", "eu", "sr-Latn", "法语"])
SOURCES = st.sampled_from(["auto", "en", "", "de", "zh"])
TEXTS = st.lists(WORDS, max_size=3) | WORDS
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(["text", "texts", "text_list", "q"], TEXTS),
    **dict.fromkeys(["target_lang", "target", "to", "tl", "destination"], LANGUAGES),
    **dict.fromkeys(["source_lang", "source", "from", "sl"], SOURCES),
    "method": st.just("LMT_handle_texts"),
    "params": st.fixed_dictionaries(
        {
            "texts": st.lists(st.fixed_dictionaries({"text": WORDS}), max_size=3),
            "lang": st.fixed_dictionaries({"target_lang": LANGUAGES}),
        }
    ),
    "resource": st.just("translate_text"),
    "format": st.sampled_from(["html", "text"]),
    "tag_handling": st.sampled_from(["html", "xml", ""]),
    "ignore_tags": st.sampled_from(["b", "b,i"]),
}


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    """What gets past the first checks, with a few odd values."""
    names = draw(st.lists(st.sampled_from(sorted(LIKELY)), unique=True, max_size=8))
    body = {name: draw(LIKELY[name]) for name in names}
    for name in draw(st.lists(NAMES, max_size=2)):
        body[name] = draw(JSON)
    return body


PAIRS = st.lists(st.tuples(NAMES | ODD, WORDS), max_size=8)


def percent(pairs: list[tuple[str, str]]) -> str:
    return urlencode(pairs, errors="surrogatepass")


def settle(got: Got) -> None:
    """The Worker is not at fault, and the key has been found. (501: no database.)"""
    assert got.status < 500 or got.status == 501, got.body
    assert got.status not in (401, 403)
    assert KEY not in got.body.decode()


def ask(method: str, target: str, body: object = b"", content_type: str | None = None) -> Got:
    headers = {"content-type": content_type}
    return send(method, target, body, ai=Translators(), headers=headers)


# --- requests ----------------------------------------------------------------------------------


@many
@given(posts, bodies() | JSON)
def test_any_json(target: Target, body: object) -> None:
    settle(ask(*target, body))


@many
@given(posts, st.lists(JSON, max_size=3), LANGUAGES)
def test_any_array(target: Target, body: object, language: str) -> None:
    method, path = target
    settle(ask(method, f"{path}?to={quote(language)}", body))


FORMS = st.sampled_from(["application/x-www-form-urlencoded", "text/plain", "", None])


@many
@given(posts, PAIRS, FORMS)
def test_any_form(target: Target, pairs: list[tuple[str, str]], content_type: str | None) -> None:
    settle(ask(*target, percent(pairs).encode(), content_type))


@many
@given(
    targets, bodies().map(lambda body: [(name, str(value)) for name, value in body.items()]) | PAIRS
)
def test_any_query(target: Target, pairs: list[tuple[str, str]]) -> None:
    method, path = target
    settle(ask(method, f"{path}?{percent(pairs)}"))


@many
@given(targets, st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40))
def test_any_query_that_nobody_has_quoted(target: Target, query: str) -> None:
    method, path = target
    settle(ask(method, f"{path}?{query}"))


TYPES = FORMS | st.sampled_from(["application/json", "multipart/form-data; boundary=x"])


@many
@given(targets, st.binary(max_size=200), TYPES)
def test_any_bytes(target: Target, body: bytes, content_type: str | None) -> None:
    settle(ask(*target, body, content_type))


@many
@given(posts, bodies(), st.integers(1, 60))
def test_any_broken_json(target: Target, body: dict[str, Any], cut: int) -> None:
    data = json.dumps(body).encode()
    settle(ask(*target, data[:-cut]))


# --- texts -------------------------------------------------------------------------------------


@given(st.lists(WORDS, min_size=1, max_size=50), st.sampled_from(["FR", "EU"]), SOURCES)
def test_as_many_answers_as_texts(texts: list[str], target: str, source: str) -> None:
    body = {"text": texts, "target_lang": target, "source_lang": source}
    got = ask("POST", "/v2/translate", body)
    if got.status == 200:
        rows = got.json["translations"]
        assert [row["billed_characters"] for row in rows] == list(map(len, texts))
        for text, row in zip(texts, rows, strict=True):
            assert bool(text.strip()) == bool(row["text"].strip())
    else:
        assert (got.status, got.json["message"]) == (
            400,
            "None of the models gave a usable translation of this text.",
        )


@given(bodies())
def test_the_key_is_found_in_any_body(body: dict[str, Any]) -> None:
    headers = {"authorization": None}
    for path in ("/translate", "/v2/translate"):
        given_ = {**body, "api_key": KEY}
        got = send("POST", path, given_, ai=Translators(), headers=headers)
        assert got.status not in (401, 403)
