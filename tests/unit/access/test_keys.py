"""Keys in all the places where clients put them, on translation routes; which places count on
other routes is in test_handle.py."""

import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pytest

from access import keys
from core.errors import DISABLING_WORDS, NotConfigured
from core.limits import KEY_CANDIDATES
from core.settings import ROWS
from gateway.routes import ROUTES, Route
from support.exchange import CHAT, OPENAI, USER, Got, ReadyAI, send
from support.translation_shapes import checker
from support.translators import Translators

KEY = "sk-right"
BODY = {"text": "Hello", "source_lang": "en", "target_lang": "fr"}
LIBRE = {"q": "Hello", "source": "en", "target": "fr"}


def translate(
    target: str = "/translate",
    body: object = BODY,
    headers: Mapping[str, str] | None = None,
    known: str = KEY,
    method: str = "POST",
) -> Got:
    """A request with these headers alone."""
    named = {"authorization": None, **(headers or {})}
    return send(method, target, body, ai=Translators(), headers=named, API_KEYS=known)


def opens(**request: Any) -> bool:
    got = translate(**request)
    assert got.status in (200, 401, 403)
    return got.status == 200


# --- places ------------------------------------------------------------------------------------

QUERIES = [
    *(f"{name}={{key}}" for name in ("token", "password", "key", "auth_key", "api_key")),
    "token={key}?client=chrome-extension,1.28.0&method=LMT_handle_jobs",
    "token={key}?token=other",
    "token=&token={key}",
    "token=wrong&token={key}",
    "token=wrong&password={key}",
    "token=undefined&key=null&api_key={key}",
    "x=1&&token={key}&",
]
HEADERS: list[dict[str, str]] = [
    {"authorization": "Bearer {key}"},
    {"authorization": "bearer  {key} "},
    {"authorization": "DeepL-Auth-Key {key}"},
    {"authorization": "deepl-auth-key {key}"},
    {"x-api-key": "{key}"},
    {"api-key": "{key}"},
    {"ocp-apim-subscription-key": "{key}"},
    {"x-goog-api-key": "{key}"},
    {"authorization": "Bearer undefined", "x-api-key": "null", "api-key": "{key}"},
]
BODIES: list[object] = [
    BODY | {"auth_key": "{key}"},
    BODY | {"api_key": "{key}"},
    BODY | {"auth_key": "wrong", "api_key": "{key}"},
    BODY | {"api_key": ["wrong", "{key}"]},
    LIBRE | {"api_key": "{key}"},
    "text=Hello&target_lang=fr&auth_key={key}",
    "text=Hello&target_lang=fr&auth_key=wrong&auth_key={key}",
    "q=Hello&target=fr&api_key={key}",
]
PATHS = [
    "/{key}/translate",
    "/{key}/translate/",
    "//{key}//translate//",
    "/{key}/v1/translate",
    "/{key}/v2/translate",
    "/{key}/deeplx",
]


def fill(value: Any, key: str) -> Any:
    if isinstance(value, str):
        return value.replace("{key}", key)
    return json.loads(json.dumps(value).replace("{key}", key))


def body_of(body: object, key: str) -> object:
    filled = fill(body, key)
    return filled.encode() if isinstance(filled, str) else filled


@pytest.mark.parametrize("query", QUERIES)
def test_in_the_query(query: str) -> None:
    assert opens(target=f"/translate?{fill(query, KEY)}")
    assert not opens(target=f"/translate?{fill(query, 'sk-other')}")


@pytest.mark.parametrize("headers", HEADERS)
def test_in_a_header(headers: dict[str, str]) -> None:
    assert opens(headers=fill(headers, KEY))
    assert not opens(headers=fill(headers, "sk-other"))


@pytest.mark.parametrize("body", BODIES)
def test_in_the_body(body: object) -> None:
    assert opens(body=body_of(body, KEY))
    assert not opens(body=body_of(body, "sk-other"))


@pytest.mark.parametrize("path", PATHS)
def test_in_the_path(path: str) -> None:
    assert opens(target=fill(path, KEY))
    assert not opens(target=fill(path, "sk-other"))


KEYS_IN_PATHS = [
    # Each translation route behind a key, with what it takes.
    ("POST", "/{key}/jsonrpc", {"method": "nothing"}, 400),
    ("GET", "/{key}/v2/usage", None, 200),
    ("GET", "/{key}/v2/languages?type=target", None, 200),
    ("GET", "/{key}/v3/languages?resource=translate_text", None, 200),
    ("GET", "/{key}/v2/glossaries/nothing", None, 501),
    ("GET", "/{key}/v2/glossaries/nothing/entries", None, 501),
    ("PATCH", "/{key}/v3/glossaries/nothing", {"name": "x"}, 501),
    ("DELETE", "/{key}/v3/glossaries/nothing/dictionaries", None, 501),
    ("GET", "/{key}/languages", None, 200),
    ("GET", "/{key}/translate_a/single?q=a&tl=fr", None, 200),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), KEYS_IN_PATHS)
def test_in_the_path_of_others(method: str, path: str, body: object, status: int) -> None:
    data = b"" if body is None else body
    assert translate(fill(path, KEY), data, method=method).status == status
    assert translate(fill(path, "sk-other"), data, method=method).status in (401, 403)


ODD = [
    "a/b",
    "钥匙",
    "a+b",
    "a%2Fb",
    "100%",
    "a?b",
    "sk&1;2",
    "translate",
    "c2VjcmV0/+8=",
    "é",
]


@pytest.mark.parametrize("key", ODD)
def test_odd_keys_percent_encoded(key: str) -> None:
    encoded = quote(key, safe="")
    assert opens(target=f"/{encoded}/translate", known=key)
    assert opens(target=f"/translate?token={encoded}", known=key)
    assert not opens(target=f"/{encoded}x/translate", known=key)


@pytest.mark.parametrize("key", ["a+b/c=", "a+b+", "钥匙"])
def test_odd_keys_as_they_are(key: str) -> None:
    """As people paste them into an address, where a plus is a blank."""
    assert opens(target=f"/translate?token={key}", known=key)
    assert opens(body=f"text=Hello&target_lang=fr&api_key={key}".encode(), known=key)


@pytest.mark.parametrize("path", ["/api/translate", "/translate/translate", "/v1/v1/translate"])
def test_what_stands_in_front_of_the_path_need_not_be_a_key(path: str) -> None:
    assert opens(target=path, headers={"authorization": f"Bearer {KEY}"})
    assert opens(target=f"{path}?token={KEY}")
    assert not opens(target=path)


@pytest.mark.parametrize(
    "request_",
    [
        {"headers": {"cookie": f"token={KEY}; {KEY}"}},
        {"headers": {"authorization": f"Basic {KEY}"}},
        {"headers": {"authorization": KEY}},
        {"headers": {"x-token": KEY, "referer": f"https://x/?token={KEY}"}},
        {"target": f"/translate?{KEY}"},
        {"target": f"/translate?Token={KEY}"},
        {"target": f"/translate?text={KEY}"},
        {"target": f"/translate?token={KEY}x"},
        {"target": f"/{KEY}x/translate"},
        {"target": f"/translate/{KEY}", "method": "POST"},
        {"body": BODY | {"token": KEY}},
        {"body": BODY | {"text": KEY}},
        {"body": BODY | {"api_key": {"a": KEY}}},
        {"body": BODY | {"api_key": [[KEY]]}},
    ],
)
def test_where_no_key_is_looked_for(request_: dict[str, Any]) -> None:
    assert translate(**request_).status in (401, 404)


NOISE: list[dict[str, Any]] = [
    {"headers": {"authorization": text}}
    for text in ("Bearer ", "Bearer", "Bearer undefined", "Bearer null", "None", "DeepL-Auth-Key")
]


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize(
    "target", [f"/translate?token={KEY}", f"/{KEY}/translate", f"/wrong/translate?key={KEY}"]
)
def test_a_right_key_wins_over_noise(noise: dict[str, Any], target: str) -> None:
    assert opens(target=target, **noise)
    assert not opens(target="/translate", **noise)


def test_the_order_of_places_does_not_matter() -> None:
    right, wrong = {"authorization": f"Bearer {KEY}"}, {"authorization": "Bearer wrong"}
    assert opens(target="/wrong/translate?token=wrong", headers=right)
    assert opens(target="/wrong/translate?token=wrong", headers=wrong, body=BODY | {"api_key": KEY})
    assert opens(target=f"/{KEY}/translate?token=wrong", headers=wrong)
    for name in ("auth_key", "api_key"):
        assert opens(target=f"/translate?{name}={KEY}", body=BODY | {name: "wrong"})
        assert opens(target=f"/translate?{name}=wrong", body=BODY | {name: KEY})


def test_half_a_character_is_no_key() -> None:
    half = {"api_key": "\ud83d", "auth_key": ["\ud83d", KEY]}
    assert opens(body=BODY | half)
    assert not opens(body=BODY | {"api_key": "\ud83d"})
    assert not opens(target="/%ED%A0%BD/translate?token=%ED%A0%BD")
    assert not opens(headers={"authorization": "Bearer \ud83d", "x-api-key": "\ud83d"})


@pytest.mark.parametrize("target", ["/translate?token=a", "/a/translate", "/translate"])
def test_every_key_is_compared_in_constant_time(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []

    def compare(given: bytes, known: bytes) -> bool:
        compared.append(known)
        return hmac.compare_digest(given, known)

    monkeypatch.setattr(keys, "compare_digest", compare)
    body = BODY | ({"auth_key": "a"} if target == "/translate" else {})
    assert opens(target=target, body=body, known="a,b,c")
    assert compared == [b"a", b"b", b"c"]


# --- keys in the URL open nothing else ---------------------------------------------------------

OTHERS = sorted({(route.method, route.path) for route in ROUTES if not route.key_in_url})


@pytest.mark.parametrize(("method", "path"), OTHERS)
def test_no_other_route_takes_a_key_from_the_url(method: str, path: str) -> None:
    headers = {"authorization": None}
    for target in (f"{path}?token={KEY}&key={KEY}&api_key={KEY}", f"{path}x?token={KEY}"):
        got = send(method, target, {}, headers=headers, API_KEYS=KEY)
        public = path in ("/health", "/file/")
        # Without a name ``/responses/`` is ``/responses``, for POST alone.
        assert got.status in ((200, 404) if public else (401, 404, 405)), target
    got = send(method, f"/{KEY}{path}", {}, headers=headers, API_KEYS=KEY)
    assert got.status in (401, 404)
    assert got.ai.calls == []


def test_the_key_in_the_path_of_a_chat() -> None:
    for path in (f"/{KEY}{CHAT}", f"/{KEY}/chat/completions", f"/v1/{KEY}/chat/completions"):
        for method in ("POST", "GET"):
            got = send(method, path, {"model": OPENAI, "messages": USER}, API_KEYS=KEY)
            assert got.status == 404
            assert got.ai.calls == []


# --- keys for translation alone ----------------------------------------------------------------

SCOPED = f"all=sk-all, pages:translation={KEY}"


def test_a_key_for_translation_works_from_every_place() -> None:
    assert opens(target=f"/translate?token={KEY}", known=SCOPED)
    assert opens(target=f"/{KEY}/translate", known=SCOPED)
    assert opens(headers={"authorization": f"Bearer {KEY}"}, known=SCOPED)
    assert opens(body=BODY | {"api_key": KEY}, known=SCOPED)
    assert opens(headers={"authorization": "Bearer sk-all"}, known=SCOPED)


TRANSLATION = [route for route in ROUTES if route.scope == keys.TRANSLATION]


@pytest.mark.parametrize("route", TRANSLATION, ids=lambda route: f"{route.method} {route.path}")
def test_a_key_for_translation_opens_every_translation_route(route: Route) -> None:
    path = f"{route.path}nothing" if route.path.endswith("/") else route.path
    named = {"authorization": f"Bearer {KEY}"}
    right = send(route.method, path, {}, headers=named, API_KEYS=SCOPED)
    assert right.status in (200, 400, 404, 501)
    wrong = send(route.method, path, {}, headers={"authorization": "Bearer x"}, API_KEYS=SCOPED)
    assert wrong.status in (401, 403)


REST = [route for route in ROUTES if route.scope != keys.TRANSLATION and not route.public]


@pytest.mark.parametrize("route", REST, ids=lambda route: f"{route.method} {route.path}")
def test_a_key_for_translation_opens_nothing_else(route: Route) -> None:
    path = f"{route.path}nothing" if route.path.endswith("/") else route.path
    for target, named in (
        (path, {"authorization": f"Bearer {KEY}"}),
        (path, {"authorization": None, "x-api-key": KEY}),
        (f"{path}?debug=1&key={KEY}", {"authorization": None if route.key_in_url else "Bearer x"}),
    ):
        got = send(route.method, target, {}, headers=named, API_KEYS=SCOPED)
        in_url = "?" in target
        assert got.status == (401 if in_url and not route.key_in_url else 403), target
        assert got.ai.calls == []
        told = got.body.decode()
        assert KEY not in told
        assert in_url or "key_out_of_scope" in told or route.path.startswith(("/ai", "/messages"))
        assert not any(word in told.lower() for word in DISABLING_WORDS)


def test_the_error_of_a_limited_key_is_no_reason_to_disable_a_channel() -> None:
    named = {"authorization": f"Bearer {KEY}"}
    got = send("POST", CHAT, {"model": OPENAI}, headers=named, API_KEYS=SCOPED)
    assert (got.status, got.error["code"]) == (403, "key_out_of_scope")
    assert got.error["type"] == "invalid_request_error"


def test_a_key_for_everything_wins_over_a_limited_one() -> None:
    named = {"authorization": f"Bearer {KEY}", "x-api-key": "sk-all"}
    body = {"model": OPENAI, "messages": USER}
    assert send("POST", CHAT, body, ai=ReadyAI(), headers=named, API_KEYS=SCOPED).status == 200


def test_the_scope_of_a_key() -> None:
    assert keys.SCOPES == {"translation"}
    for route in ROUTES:
        assert route.scope in ("", *keys.SCOPES)


# --- how it is told ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "body", "answer", "status"),
    [
        ("/translate", BODY, "deeplx", 401),
        ("/translate", LIBRE, "libre", 403),
        ("/translate", b"q=Hello&target=fr", "libre", 403),
        ("/translate?q=Hello", b"", "libre", 403),
        ("/translate?to=fr", [{"Text": "Hello"}], "azure", 401),
        ("/translate", {"text_list": ["Hello"]}, "immersive", 401),
        ("/v1/translate", BODY, "deeplx", 401),
        ("/v2/translate", BODY, "deepl", 403),
        ("/v2/usage", b"", "deepl", 403),
        ("/detect", {"q": "Hello"}, "libre", 403),
        ("/jsonrpc", {"id": 5}, "jsonrpc", 401),
        ("/translate_a/single?q=a", b"", "google objects", 401),
    ],
)
def test_a_wrong_key(target: str, body: object, answer: str, status: int) -> None:
    got = translate(target, body, {"authorization": "Bearer sk-wrong"})
    assert got.status == status
    checker(answer)("error", got.json, status=status)
    assert got.headers["www-authenticate"] == "Bearer"
    assert "sk-" not in got.body.decode().replace("Bearer <key>", "")
    assert "Hello" not in got.body.decode()


def test_the_words_that_clients_look_for() -> None:
    assert translate().json == {"code": 401, "message": "Invalid access token"}
    told = translate("/v2/translate").json["message"]
    assert told == "Authorization failed. Please supply a valid auth_key."


# --- the setting API_KEYS -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sk-1", [("", b"sk-1")]),
        ("alice=sk-1,bob=sk-2", [("alice", b"sk-1"), ("bob", b"sk-2")]),
        (" sk-1,\n\tbob=sk-2 ,, sk-3\r\n", [("", b"sk-1"), ("bob", b"sk-2"), ("", b"sk-3")]),
        ("c2VjcmV0Cg==", [("", b"c2VjcmV0Cg==")]),
        ("alice=c2VjcmV0Cg==", [("alice", b"c2VjcmV0Cg==")]),
        ("=sk-1", [("", b"sk-1")]),
        ("密钥=钥匙", [("密钥", "钥匙".encode())]),
        (" ,\n", []),
    ],
)
def test_api_keys(text: str, expected: list[tuple[str, bytes]]) -> None:
    assert [key[:2] for key in keys.read_keys(text)] == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("pages:translation=sk-1", ("pages", b"sk-1", "translation")),
        (":translation=sk-1", ("", b"sk-1", "translation")),
        ("translation=sk-1", ("translation", b"sk-1", "")),
        ("pages:translation=a=:b==", ("pages", b"a=:b==", "translation")),
        ("sk-1:fx", ("", b"sk-1:fx", "")),
        ("pages:translation=c2VjcmV0Cg==", ("pages", b"c2VjcmV0Cg==", "translation")),
    ],
)
def test_a_key_may_be_for_translation_alone(text: str, key: tuple[str, bytes, str]) -> None:
    assert keys.read_keys(text) == (key,)


@pytest.mark.parametrize(
    "text",
    [
        "phone:translation=",
        "a=",
        "name==",
        "name: translation=k",
        "sk:translation==",
        "sk-1,phone:translation=,",
        "c2Vj:cmV0Cg==",
        "=",
        "sk-1,==",
        "pages:translations=sk-1",
        "pages:Translation=sk-1",
        "sk-1,pages:=sk-2",
        "a:b:translation=sk-1",
    ],
)
def test_rejects_keys_of_an_unknown_scope_and_empty_ones(text: str) -> None:
    """A name or a scope whose key is missing must not become a key for everything."""
    with pytest.raises(NotConfigured) as caught:
        keys.read_keys(text)
    [row] = [row for row in ROWS if row.name == "API_KEYS"]
    assert caught.value.message == f"The setting API_KEYS cannot be read: it takes {row.takes}."
    assert (caught.value.status, caught.value.code) == (503, "invalid_setting")


@pytest.mark.parametrize("path", ["/health", "/v1/models", "/translate"])
def test_unreadable_keys_refuse_every_request(path: str) -> None:
    assert send("GET", path, API_KEYS="a:b=c").status == 503


def test_no_more_keys_are_tried_than_a_request_may_have() -> None:
    for wrong, is_open in ((KEY_CANDIDATES - 1, True), (KEY_CANDIDATES, False)):
        assert opens(body={**BODY, "auth_key": [*["x"] * wrong, KEY]}) is is_open
