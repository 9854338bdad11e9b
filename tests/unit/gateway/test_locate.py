"""Which route an address and a method lead to."""

import pytest

from gateway.locate import locate
from handlers import health
from handlers.openai import completions, models
from handlers.openai.chat import endpoint as chat_handler
from support import fakes
from support.exchange import CHAT, OPENAI, TEXT, USER, ReadyAI, send

BODY = {"model": OPENAI, "messages": USER}


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("/v1{}", True),
        ("{}", True),
        ("//v1{}", True),
        ("/v1/v1{}", True),
        ("//v1/v1//v1{}", True),
        ("/v1/{}", True),
        ("/v1{}/", True),
        ("{}//", True),
        ("/v1{}?beta=true&x=%FF", True),
        ("/v0{}", False),
        ("/v1{}/more", False),
        ("/x/v1{}", False),
    ],
)
@pytest.mark.parametrize("path", ["/chat/completions", "/completions"])
def test_clients_join_paths_in_every_way(form: str, expected: bool, path: str) -> None:
    body = BODY if path.startswith("/chat") else {"model": OPENAI, "prompt": "Hello"}
    got = send("POST", form.format(path), body, ai=ReadyAI())
    if expected:
        assert got.status == 200
        assert got.json["choices"]
    else:
        assert (got.status, got.error["code"]) == (404, "unknown_url")


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/", "", "/v1/chat", "/v1/modelsx", "/chat/completionsx"]
)
def test_an_unknown_path(path: str) -> None:
    got = send("POST", path, BODY)
    assert (got.status, got.error["code"]) == (404, "unknown_url")
    assert got.error["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("path", "handler"),
    [
        ("/v1/chat/completions", chat_handler.create),
        ("/v1/completions", completions.create),
        ("/v1/models", models.list_models),
        ("/models/", models.list_models),
        ("/v1/models/gpt-4o", models.retrieve),
        ("/v1/models/@cf/zai-org/glm-4.7-flash", models.retrieve),
        ("/health", health.check),
        ("/v1/health/", health.check),
    ],
)
def test_each_path_has_its_handler(path: str, handler: object) -> None:
    method = "POST" if "completions" in path else "GET"
    assert locate(fakes.request(method, path))[0].handler is handler


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("GET", CHAT, "POST, OPTIONS"),
        ("HEAD", TEXT, "POST, OPTIONS"),
        ("DELETE", "//v1/chat/completions/", "POST, GET, HEAD, OPTIONS"),
        ("POST", "/v1/models", "GET, HEAD, OPTIONS"),
        ("DELETE", "/v1/models/gpt-4o", "GET, HEAD, OPTIONS"),
        ("PUT", "/health", "GET, HEAD, OPTIONS"),
        ("BREW", "/health", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(method: str, path: str, allow: str) -> None:
    got = send(method, path, BODY)
    assert (got.status, got.error["code"]) == (405, "method_not_allowed")
    assert got.headers["allow"] == allow


@pytest.mark.parametrize("path", ["/health", "/v1/models", "/v1/models/gpt-4o"])
def test_head_is_answered_as_get(path: str) -> None:
    """The edge leaves out the body."""
    head, get = send("HEAD", path), send("GET", path)
    assert (head.status, head.body) == (200, get.body)
