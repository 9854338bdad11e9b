"""Which route an address and a method lead to."""

import asyncio

import pytest

from core.web import EVENT_STREAM, Form
from gateway.locate import find_routes, locate
from gateway.routes import ROUTES
from handlers import health
from handlers.openai import completions, models
from handlers.openai.chat import endpoint as chat_handler
from handlers.reading.fields import read_form
from support import fakes
from support.exchange import CHAT, OPENAI, TEXT, USER, ReadyAI, send
from support.steps import count_steps

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
    "base", ["/v1beta/openai", "/v1beta/openai/v1", "/openai/v1", "//openai/v1/", "/v1beta//openai"]
)
def test_the_bases_of_google_and_azure_for_openais_clients(base: str) -> None:
    assert send("POST", f"{base}/chat/completions", BODY, ai=ReadyAI()).status == 200
    assert send("GET", f"{base}/models").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/openai/deployments/{}/chat/completions?api-version=2024-10-21",
        "//openai/deployments/{}/chat/completions/",
        "/v1/engines/{}/chat/completions",
        "/engines/{}/chat/completions",
    ],
)
@pytest.mark.parametrize("model", [OPENAI, OPENAI.replace("/", "%2F"), "glm-4.7-flash"])
@pytest.mark.parametrize("in_body", ["", "gpt-4o"])
def test_a_model_in_the_address_precedes_that_of_the_body(
    path: str, model: str, in_body: str
) -> None:
    body = {"messages": USER, **({"model": in_body} if in_body else {})}
    got = send("POST", path.format(model), body, ai=ReadyAI())
    assert (got.status, got.ai.calls[0].model) == (200, OPENAI)


@pytest.mark.parametrize(
    "path",
    ["/openai/deployments/gpt-4o", "/engines/a/b/c/d/completions"],
)
def test_an_address_that_names_no_model_or_no_endpoint(path: str) -> None:
    assert send("POST", path, BODY).error["code"] == "unknown_url"


def test_a_forms_model_in_the_address() -> None:
    async def upload(limit: int) -> Form:
        return Form([("model", "gpt-4o")])

    request = fakes.request("POST", "/openai/deployments/whisper-1/audio/transcriptions")
    request.form = upload
    locate(request)
    form = asyncio.run(read_form(request, 1))
    assert form.texts() == {"model": "whisper-1"}


@pytest.mark.parametrize(
    "name", ["oauth-protected-resource", "openid-configuration", "ai-plugin.json"]
)
def test_what_is_well_known_elsewhere_is_a_404_that_needs_no_binding(name: str) -> None:
    got = send("GET", f"/.well-known/{name}")
    assert (got.status, got.error["code"]) == (404, "unknown_url")
    assert got.headers["content-type"] == "application/json"


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


def test_nothing_longer_than_a_route_is_looked_up() -> None:
    """Each look-up of a beginning of the path costs a walk through it."""
    parts = 4000
    assert count_steps(lambda: find_routes("/a" * parts)) < 3 * parts


def test_keep_alives_are_nothing_that_a_client_reads() -> None:
    """A comment, or an event that Anthropic's clients skip; in lines of JSON nothing at all."""
    for dialect in {route.dialect.name: route.dialect for route in ROUTES}.values():
        lines = dialect.keep_alive.decode().splitlines()
        if dialect.stream_type != EVENT_STREAM or not lines:
            assert not lines, dialect.name
            continue
        assert dialect.keep_alive.endswith(b"\n\n")
        is_comment = lines == [line for line in lines if not line or line.startswith(":")]
        assert is_comment or lines[0] == "event: ping", dialect.name
