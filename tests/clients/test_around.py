"""What is the same around every route: keys, paths, methods, bodies, CORS and request ids."""

import json
from collections.abc import Iterator

import httpx2
import openai as sdk
import pytest
from openai import OpenAI

from clients.checking import Transport
from clients.talk import NATIVE, OPENAI, WITHOUT_TOOLS, answer_to, chat_body, text_of, user

CHAT = "/v1/chat/completions"
BODY = chat_body(NATIVE)


@pytest.fixture
def stranger(base_url: str) -> Iterator[httpx2.Client]:
    """A client without a key."""
    with httpx2.Client(base_url=base_url, timeout=60, transport=Transport()) as client:
        yield client


# --- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("authorization", "Bearer {key}"),
        ("authorization", "bearer {key}"),
        ("authorization", "Bearer   {key}"),
        ("x-api-key", "{key}"),
        ("api-key", "{key}"),
    ],
)
def test_a_key_in_each_of_the_headers(
    stranger: httpx2.Client, api_key: str, name: str, value: str
) -> None:
    headers = {name: value.format(key=api_key)}
    assert stranger.post(CHAT, json=BODY, headers=headers).status_code == 200


def test_a_right_key_beside_a_wrong_one(stranger: httpx2.Client, api_key: str) -> None:
    """Many programs always send an Authorization header, whatever else they are told."""
    headers = {"authorization": "Bearer unused", "x-api-key": api_key}
    assert stranger.post(CHAT, json=BODY, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer"},
        {"authorization": "Bearer sk-wrong"},
        {"authorization": "Bearer {key}x"},
        {"authorization": "Bearer {key} {key}"},
        {"authorization": "{key}"},
        {"authorization": "Basic {key}"},
        {"x-api-key": "sk-wrong"},
        {"api-key": ""},
        {"cookie": "api-key={key}"},
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_missing_or_wrong_key(
    stranger: httpx2.Client, api_key: str, headers: dict[str, str], stream: bool
) -> None:
    headers = {name: value.format(key=api_key) for name, value in headers.items()}
    answer = stranger.post(CHAT, json={**BODY, "stream": stream}, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "invalid_api_key"
    assert api_key not in answer.text


def test_the_package_knows_a_wrong_key(openai: OpenAI) -> None:
    with pytest.raises(sdk.AuthenticationError):
        openai.with_options(api_key="sk-wrong").models.list()


def test_a_key_is_needed_before_anything_is_looked_at(stranger: httpx2.Client) -> None:
    assert stranger.post(CHAT, content=b"{").status_code == 401
    assert stranger.get("/v1/models").status_code == 401
    assert stranger.get("/v1/models/none").status_code == 401
    assert stranger.post("/v1/completions", json={}).status_code == 401


# --- paths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/v1%s", "%s", "//v1%s", "/v1/v1%s", "/v1%s/", "/v1/%s", "//%s"])
def test_paths_as_clients_put_them_together(http: httpx2.Client, path: str) -> None:
    """Answered in place: a redirected POST may lose its body, and its key."""

    def at(end: str) -> str:
        return f"{http.base_url}".rstrip("/") + path % end

    assert http.post(at("/chat/completions"), json=BODY).status_code == 200
    text = http.post(at("/completions"), json={"model": NATIVE, "prompt": "Hello"})
    assert text.json()["object"] == "text_completion"
    assert http.get(at("/models")).json()["object"] == "list"
    assert http.get(at(f"/models/{OPENAI}")).json()["id"] == OPENAI
    assert http.get(at("/health")).status_code == 200


@pytest.mark.parametrize("base", ["", "/v1/", "/v1/v1", "//v1"])
def test_base_urls_that_people_give_the_package(openai: OpenAI, base_url: str, base: str) -> None:
    client = openai.with_options(base_url=base_url + base)
    assert answer_to(client, NATIVE, "Hello") == 'You said "Hello".'


def test_a_query_does_no_harm(http: httpx2.Client) -> None:
    assert http.post(f"{CHAT}?api-version=2024-10-21&beta=true", json=BODY).status_code == 200


@pytest.mark.parametrize(
    "path", ["/v1/nothing", "/v1", "/v4/chat/completions", "/v1/chat", "/v1/chat/completions/x"]
)
def test_a_path_that_is_none(http: httpx2.Client, path: str) -> None:
    for method in ("GET", "POST"):
        answer = http.request(method, path)
        assert answer.status_code == 404
        assert answer.json()["error"]["type"] == "invalid_request_error"


# --- methods -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", CHAT, "POST"),
        ("PUT", CHAT, "POST"),
        ("DELETE", CHAT, "POST"),
        ("PATCH", CHAT, "POST"),
        ("GET", "/v1/completions", "POST"),
        ("POST", "/v1/models", "GET"),
        ("DELETE", f"/v1/models/{OPENAI}", "GET"),
        ("POST", "/health", "GET"),
    ],
)
def test_a_wrong_method_names_the_right_ones(
    http: httpx2.Client, method: str, path: str, allowed: str
) -> None:
    answer = http.request(method, path)
    assert answer.status_code == 405
    named = answer.headers["allow"].split(", ")
    assert {allowed, "OPTIONS"} <= set(named)
    assert method not in named


@pytest.mark.parametrize("path", ["/v1/models", f"/v1/models/{OPENAI}", "/health"])
def test_head_is_get_without_a_body(http: httpx2.Client, path: str) -> None:
    answer = http.head(path)
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["content-type"] == http.get(path).headers["content-type"]


# --- bodies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"hello",
        b'{"model": "x",}',
        b"{'model': 'x'}",
        b"[]",
        b"null",
        b'"text"',
        b"7",
        b"NaN",
        b'{"model": NaN}',
        b"\xff\xfe\x00",
        b'{"model": "\xff"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_a_body_that_is_no_json_object(http: httpx2.Client, body: bytes) -> None:
    for path in (CHAT, "/v1/completions"):
        answer = http.post(path, content=body)
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] == "invalid_json"


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "text/plain",
        "text/plain;charset=UTF-8",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "nonsense",
        None,
    ],
)
def test_json_under_any_content_type(http: httpx2.Client, content_type: str | None) -> None:
    headers = {"content-type": content_type} if content_type else {}
    answer = http.post(CHAT, content=json.dumps(BODY).encode(), headers=headers)
    assert answer.json()["choices"][0]["message"]["content"] == 'You said "Hello".'


def test_json_with_a_mark_of_its_byte_order(http: httpx2.Client) -> None:
    answer = http.post(CHAT, content=b"\xef\xbb\xbf" + json.dumps(BODY).encode())
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        'quotes " and \\ and \n and \t and \x00 \x1f \x7f',
        "Ünïcödé, 汉字, עברית, 🌍👩‍👩‍👧",
        "half a pair \ud83d of surrogates",
        "\u2028 \u2029 \ufeff \ufffe",
        "data: [DONE]\n\ndata: {}",
        '<script>alert("&amp;")</script>',
        "x" * 20_000,
    ],
)
def test_any_text_comes_back_as_it_went(http: httpx2.Client, openai: OpenAI, text: str) -> None:
    model = WITHOUT_TOOLS  # with room for the longest
    ask = json.dumps(chat_body(model, text)).encode()
    answer = http.post(CHAT, content=ask, headers={"content-type": "application/json"})
    expected = text.encode("utf-8", "replace").decode()
    said = answer.json()["choices"][0]["message"]["content"].encode("utf-8", "replace").decode()
    # JavaScript and Python disagree on what becomes of half a pair.
    assert said.replace("\ufffd", "?") == f'You said "{expected}".'.replace("\ufffd", "?")
    if "\ud83d" not in text:
        stream = openai.chat.completions.create(model=model, messages=user(text), stream=True)
        assert text_of(stream) == f'You said "{text}".'


@pytest.mark.parametrize(("unit", "limit"), [(" ", 3 * 2**19), ("A", 5 * 2**20)])
def test_the_largest_body(http: httpx2.Client, unit: str, limit: int) -> None:
    """A field that is ignored, so that only the size is in the way."""
    head, tail = json.dumps({**BODY, "metadata": "?"}).split("?")
    filling = unit * (limit - len(head) - len(tail))
    assert http.post(CHAT, content=head + filling + tail).status_code == 200
    answer = http.post(CHAT, content=head + filling + unit + tail)
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "request_too_large"


def test_a_large_body_without_its_length(http: httpx2.Client) -> None:
    def parts() -> Iterator[bytes]:
        yield json.dumps(BODY).encode()
        for _ in range(26):
            yield b" " * 2**20

    try:
        answer = http.post(CHAT, content=parts())
    except httpx2.WriteError:  # the answer came before all was sent, and the door was closed
        pass
    else:
        assert answer.status_code == 413
    assert http.get("/health").status_code == 200


# --- CORS ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [CHAT, "/v1/models", "/health", "/v1/nothing"])
def test_a_preflight_needs_no_key(stranger: httpx2.Client, path: str) -> None:
    """As openai-node sends it from a page."""
    asked = "authorization,content-type,x-stainless-lang,x-stainless-retry-count,http-referer"
    answer = stranger.options(
        path,
        headers={
            "origin": "https://chat.example.com",
            "access-control-request-method": "POST",
            "access-control-request-headers": asked,
        },
    )
    assert answer.status_code in (200, 204)
    assert answer.headers["access-control-allow-origin"] in ("*", "https://chat.example.com")
    allowed = answer.headers["access-control-allow-headers"].lower().replace(" ", "").split(",")
    assert set(asked.split(",")) <= set(allowed)
    assert {"GET", "POST", "OPTIONS"} <= set(
        answer.headers["access-control-allow-methods"].split(", ")
    )


def test_a_preflight_without_headers(stranger: httpx2.Client) -> None:
    answer = stranger.options(CHAT, headers={"origin": "null"})
    assert answer.status_code in (200, 204)
    assert "authorization" in answer.headers["access-control-allow-headers"].lower()


def test_a_page_can_read_our_headers(http: httpx2.Client) -> None:
    """On every answer; that the origin is allowed, the transport checks each time."""
    for answer in (
        http.post(CHAT, json=BODY, headers={"origin": "https://chat.example.com"}),
        http.post(CHAT, json={**BODY, "stream": True}),
        http.post(CHAT, json={}),
        http.get("/v1/nothing"),
        http.put("/v1/models"),
    ):
        exposed = answer.headers["access-control-expose-headers"].lower()
        assert exposed == "*" or "x-request-id" in exposed


# --- headers -------------------------------------------------------------------------------------


def test_request_ids_differ(http: httpx2.Client) -> None:
    answers = [http.get("/health"), http.get("/health"), http.get("/v1/models"), http.post(CHAT)]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 4


def test_a_stream_is_not_kept_back_by_anything_between(http: httpx2.Client) -> None:
    answer = http.post(CHAT, json={**BODY, "stream": True})
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-accel-buffering"] == "no"


def test_x_model_served_is_the_model_behind_the_name(http: httpx2.Client) -> None:
    for stream in (False, True):
        answer = http.post(CHAT, json=chat_body("glm-4.7-flash", stream=stream))
        assert answer.headers["x-model-served"] == OPENAI
    text = http.post("/v1/completions", json={"model": "glm-4.7-flash", "prompt": "Hi"})
    assert text.headers["x-model-served"] == OPENAI


def test_headers_that_proxies_add_do_no_harm(http: httpx2.Client) -> None:
    headers = {
        "x-forwarded-for": "1.2.3.4, 5.6.7.8",
        "forwarded": "for=1.2.3.4;proto=http",
        "x-forwarded-proto": "http",
        "x-real-ip": "1.2.3.4",
        "via": "1.1 proxy",
        "cookie": "session=1",
        "openai-organization": "org-1",
        "openai-project": "proj-1",
        "accept": "text/event-stream",
        "x-stainless-read-timeout": "soon",
    }
    assert http.post(CHAT, json=BODY, headers=headers).status_code == 200
