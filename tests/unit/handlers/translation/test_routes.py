"""What every route of translation does alike: CORS, methods, HEAD, sizes, what cannot be read."""

import pytest

from access import keys
from core.limits import DEEPL_BODY_BYTES, GLOSSARY_BODY_BYTES, TRANSLATION_BODY_BYTES
from gateway.routes import ROUTES, Route
from support.exchange import Got, send
from support.translators import Translators

OURS = [route for route in ROUTES if route.scope == keys.TRANSLATION]
PATHS = sorted({route.path for route in OURS})
POSTS = [route for route in OURS if route.method == "POST"]

every_route = pytest.mark.parametrize("route", OURS, ids=lambda r: f"{r.method} {r.path}")
every_path = pytest.mark.parametrize("path", PATHS)
every_post = pytest.mark.parametrize("route", POSTS, ids=lambda route: route.path)


def path_of(route: Route) -> str:
    return f"{route.path}nothing" if route.path.endswith("/") else route.path


def readable(got: Got) -> bool:
    """Whether a page of any origin may read it; what is told of an error is JSON."""
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["access-control-expose-headers"] == "*"
    return got.status < 400 or isinstance(got.json, dict)


def test_every_route_has_the_translation_scope() -> None:
    assert all(route.key_in_url and route.parameters and not route.public for route in OURS)
    assert {"/translate", "/v1/translate", "/v2/translate", "/jsonrpc", "/detect"} <= set(PATHS)


@every_route
def test_errors_and_answers_may_be_read_from_any_page(route: Route) -> None:
    path = path_of(route)
    ai = Translators()
    assert readable(send(route.method, path, {"q": "Hello", "target": "fr"}, ai=ai))
    assert readable(send(route.method, path, b"{"))
    assert readable(send(route.method, path, {}, headers={"authorization": "Bearer wrong"}))
    assert readable(send(route.method, path, {}, headers={"authorization": None}))
    assert readable(send(route.method, path, {}, API_KEYS=""))


@every_path
@pytest.mark.parametrize("key", ["", "/sk-x"])
def test_preflights_need_no_key(path: str, key: str) -> None:
    asked = "authorization, content-type, ocp-apim-subscription-key"
    headers = {"authorization": None, "access-control-request-headers": asked}
    got = send("OPTIONS", f"{key}{path}", b"", headers=headers)
    assert (got.status, got.body) == (204, b"")
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["access-control-allow-headers"] == asked
    methods = {route.method for route in OURS if route.path == path}
    assert methods <= set(got.headers["access-control-allow-methods"].split(", "))


@every_path
@pytest.mark.parametrize("key", ["", "/sk-x"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "BREW"])
def test_a_wrong_method_is_told_the_right_ones(method: str, key: str, path: str) -> None:
    taken = {route.method for route in OURS if route.path == path}
    path = f"{key}{path}nothing" if path.endswith("/") else f"{key}{path}"
    got = send(method, path, {}, headers={"authorization": None})
    if ("GET" if method == "HEAD" else method) in taken:
        assert got.status in (401, 403)
        return
    assert got.status == 405
    assert readable(got)
    allowed = got.headers["allow"].split(", ")
    assert set(allowed) - {"HEAD", "OPTIONS"} == taken
    assert "OPTIONS" in allowed
    assert ("HEAD" in allowed) is ("GET" in taken)


@every_path
def test_head_is_answered_as_get(path: str) -> None:
    if "GET" in {route.method for route in OURS if route.path == path}:
        path = f"{path}nothing" if path.endswith("/") else path
        head, get = send("HEAD", path, b""), send("GET", path, b"")
        assert (head.status, head.body) == (get.status, get.body)


@every_post
def test_how_large_a_body_may_be(route: Route) -> None:
    limits = {TRANSLATION_BODY_BYTES, DEEPL_BODY_BYTES, GLOSSARY_BODY_BYTES}
    assert route.parameters in limits
    got = send("POST", path_of(route), b'{"a": 1}'.ljust(route.parameters))
    assert got.status in (400, 404, 200, 501)
    got = send("POST", path_of(route), b'{"a": 1}'.ljust(route.parameters + 1))
    assert got.status == (400 if "detect" in route.path else 413)
    assert readable(got)


@every_post
@pytest.mark.parametrize("body", [b"{", b'{"text": "secret', b"[", b"{}[]", b'{"a":' * 500])
def test_rejects_invalid_json(route: Route, body: bytes) -> None:
    got = send("POST", path_of(route), body)
    assert got.status == 400
    assert readable(got)
    assert "secret" not in got.body.decode()


@pytest.mark.parametrize("path", ["/v2/nothing", "/v3/nothing", "/v2", "/x/v3/nothing"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_unknown_paths_below_v2_and_v3_get_deepls_errors(method: str, path: str) -> None:
    got = send(method, path, {}, headers={"authorization": None})
    assert (got.status, got.json) == (404, {"message": "There is no such endpoint here."})


@pytest.mark.parametrize("path", ["/v2/rerank", "/x/y/translate", "/translated", "/x/v1/nothing"])
def test_other_unknown_paths_get_openais_errors(path: str) -> None:
    got = send("GET", path, {})
    assert got.status in (404, 405)
    assert got.error["type"] == "invalid_request_error"


def test_anthropics_clients_are_told_in_their_words() -> None:
    headers = {"anthropic-version": "2023-06-01"}
    assert send("POST", "/v2/nothing", {}, headers=headers).json["type"] == "error"
