"""An error of each status on every endpoint, in the endpoint's own dialect, from mock to client.

Every code on every endpoint is in tests/unit/test_faults.py.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import httpx2
import pytest

from clients.talk import chat_body, user
from clients.test_errors import CODES
from core.errors import DISABLING_WORDS
from support import anthropic_shapes, openai_shapes
from support.pictures import png

STATUSES: Mapping[int, tuple[int, str | None]] = {
    3016: (400, "invalid_image"),
    3043: (502, "upstream_error"),
    7003: (404, "model_not_found"),
    **{code: CODES[code][1:] for code in (3006, 3007, 3008, 3036, 3040, 5035)},
}
"""Workers AI's code → status and OpenAI's code."""

RECORDING = {"file": ("a.mp3", b"ID3" + bytes(500), "audio/mpeg")}
PICTURE = {"image": ("a.png", png(256, 256), "image/png")}
ASKED = {"messages": user("Hello")}


class Endpoint(NamedTuple):
    """``send`` gives what a request for a model is made of, ``model`` is one that fails with a
    code; ``native`` ones have it in their path."""

    path: str
    send: Callable[[str], dict[str, Any]]
    model: str = "@mock/error/{}"
    dialect: str = "openai"


def as_json(**fields: Any) -> Callable[[str], dict[str, Any]]:
    return lambda model: {"json": {"model": model, **fields}}


def as_form(files: Any, **fields: str) -> Callable[[str], dict[str, Any]]:
    return lambda model: {"data": {"model": model, **fields}, "files": files}


def native(**fields: Any) -> Callable[[str], dict[str, Any]]:
    return lambda model: {"json": fields}


ANTHROPIC: dict[str, Any] = {**ASKED, "max_tokens": 100}
ACCOUNT = "/client/v4/accounts/any/ai"
IMAGE, HEARD = "@mock/image/error/{}", "@mock/transcription/error/{}"

ENDPOINTS = {
    "chat": Endpoint("/v1/chat/completions", lambda model: {"json": chat_body(model)}),
    "chat-stream": Endpoint("/v1/chat/completions", as_json(**ASKED, stream=True)),
    "chat-of-images": Endpoint("/v1/chat/completions", as_json(**ASKED), IMAGE),
    "completions": Endpoint("/v1/completions", as_json(prompt="Hello")),
    "responses": Endpoint("/v1/responses", as_json(input="Hello")),
    "responses-stream": Endpoint("/v1/responses", as_json(input="Hello", stream=True)),
    "messages": Endpoint("/v1/messages", as_json(**ANTHROPIC), dialect="anthropic"),
    "messages-stream": Endpoint(
        "/v1/messages", as_json(**ANTHROPIC, stream=True), dialect="anthropic"
    ),
    "embeddings": Endpoint(
        "/v1/embeddings", as_json(input=["Hello", "Bonjour"]), "@mock/embeddings/error/{}"
    ),
    "rerank": Endpoint(
        "/v1/rerank", as_json(query="a", documents=["b", "c"]), "@mock/rerank/error/{}"
    ),
    # Only a model with "guard" in its name is asked for verdicts.
    "moderations": Endpoint(
        "/v1/moderations", as_json(input="Hello"), "@mock/moderation/flaky/{}/9999/guard"
    ),
    "images": Endpoint("/v1/images/generations", as_json(prompt="A cat"), IMAGE),
    "edits": Endpoint("/v1/images/edits", as_form(PICTURE, prompt="A hat"), IMAGE),
    "variations": Endpoint("/v1/images/variations", as_form(PICTURE), IMAGE),
    "speech": Endpoint(
        "/v1/audio/speech", as_json(input="Hello", voice="alloy"), "@mock/speech/error/{}"
    ),
    "transcriptions": Endpoint("/v1/audio/transcriptions", as_form(RECORDING), HEARD),
    "translations": Endpoint("/v1/audio/translations", as_form(RECORDING), HEARD),
    "cloudflare-chat": Endpoint(f"{ACCOUNT}/v1/chat/completions", as_json(**ASKED)),
    "run": Endpoint(f"{ACCOUNT}/run/{{}}", native(**ASKED), dialect="cloudflare"),
    "run-stream": Endpoint(
        f"{ACCOUNT}/run/{{}}", native(**ASKED, stream=True), dialect="cloudflare"
    ),
    "run-embeddings": Endpoint("/ai/run/{}", native(text="Hello"), dialect="cloudflare"),
}

NOT_SAID = {("messages", 3040): 529, ("messages-stream", 3040): 529}
"""Statuses that a dialect has of its own: Anthropic's for a model that is out of capacity."""


@pytest.mark.parametrize("code", STATUSES)
@pytest.mark.parametrize("name", ENDPOINTS)
def test_an_error_of_each_status_on_every_endpoint(
    http: httpx2.Client, name: str, code: int
) -> None:
    endpoint = ENDPOINTS[name]
    model = endpoint.model.format(code)
    answer = http.post(
        endpoint.path.format(model),
        **endpoint.send(model),
        # Nobody waits, so that the Worker does not try again.
        headers={"x-stainless-read-timeout": "0.1"},
    )
    expected, ours = STATUSES[code]
    status = NOT_SAID.get((name, code), expected)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert_dialect[endpoint.dialect](answer, code, ours)
    text = answer.text.lower()
    assert not [word for word in DISABLING_WORDS if word in text]
    if ours in ("daily_neurons_exhausted", "capacity_exceeded"):
        assert int(answer.headers["retry-after"]) >= 1
        again = "true" if ours == "capacity_exceeded" else "false"
        assert answer.headers["x-should-retry"] == again
    else:
        assert "retry-after" not in answer.headers


def openai(answer: httpx2.Response, code: int, ours: str | None) -> None:
    value = answer.json()
    openai_shapes.check_answer("error", value, status=answer.status_code)
    assert value["error"]["code"] == ours


TYPES = {404: "not_found_error", 429: "rate_limit_error", 504: "timeout_error"}
"""Anthropic's, by status; other 4xx are invalid requests, 529 is an overload."""


def anthropic(answer: httpx2.Response, code: int, ours: str | None) -> None:
    value = answer.json()
    anthropic_shapes.check_answer("error", value, status=answer.status_code)
    usual = "invalid_request_error" if answer.status_code < 500 else "api_error"
    types = {**TYPES, 529: "overloaded_error"}
    if answer.status_code != 499:  # nobody is left who could read it
        assert value["error"]["type"] == types.get(answer.status_code, usual)
    assert value["error"].get("details", {}).get("error_code") == ours


def cloudflare(answer: httpx2.Response, code: int, ours: str | None) -> None:
    """With Workers AI's own code, as its REST API has it."""
    value = answer.json()
    assert value.keys() == {"result", "success", "errors", "messages"}
    assert (value["result"], value["success"], value["messages"]) == (None, False, [])
    [error] = value["errors"]
    assert error.keys() == {"code", "message"}
    assert error["code"] == code
    assert error["message"]


assert_dialect = {"openai": openai, "anthropic": anthropic, "cloudflare": cloudflare}
