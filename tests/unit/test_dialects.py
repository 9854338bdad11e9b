"""The check of whole exchanges: what it lets through, and what it must not."""

import json
from typing import Any

import pytest

from support.dialects import EVENT_STREAM, JSON, Exchange, json_object

VERDICT = {"id": "modr-1", "model": "m", "results": []}
ERROR = {"error": {"message": "No.", "type": "api_error", "param": None, "code": None}}
SAID = {"type": "error", "error": {"type": "api_error", "message": "No."}, "request_id": "r"}
DELTA = {"type": "transcript.text.delta", "delta": "Hi"}
DONE = {"type": "transcript.text.done", "text": "Hi"}


def events(*values: object) -> bytes:
    lines = [b"data: " + json.dumps(value).encode() + b"\n\n" for value in values]
    return b"".join([*lines, b"data: [DONE]\n\n"])


def exchange(path: str = "/v1/moderations", body: object = VERDICT, **more: Any) -> Exchange:
    kind = more.pop("kind", JSON)
    headers = {
        "access-control-allow-origin": "*",
        "x-request-id": "r",
        "request-id": "r",
        "x-trace-id": "r",
        "content-type": kind,
        "x-model-served": "@cf/m",
    }
    left_out = more.pop("without", None)
    given: dict[str, Any] = {"method": "POST", "sent": {}, "asked": {}, "status": 200, **more}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {name: value for name, value in headers.items() if name != left_out}
    return Exchange(path=path, headers=headers, body=data, **given)


@pytest.mark.parametrize(
    "good",
    [
        exchange(),
        exchange("//v1/v1/moderations/", asked={"model": "m"}),
        exchange("/v1/nothing", ERROR, status=404),
        exchange("/v1/messages", SAID, status=502),
        exchange("/v1/models", SAID, status=502, sent={"anthropic-version": "1"}),
        exchange("/v1/audio/transcriptions", {"text": "Hi"}),
        exchange("/v1/audio/transcriptions", b"1\n", kind="application/x-subrip; charset=utf-8"),
        exchange("/v1/audio/transcriptions", events(DELTA, DONE), kind=EVENT_STREAM),
        exchange("/v1/audio/speech", b"ID3", kind="audio/mpeg"),
        exchange("/file/a.png", b"", status=304, kind="", method="GET"),
        exchange("/health", b"ok", method="HEAD"),
        exchange("/ai/run/m", b"anything"),
        exchange(method="OPTIONS", without="x-request-id"),
    ],
    ids=lambda good: f"{good.method} {good.path} {good.status}",
)
def test_what_is_right(good: Exchange) -> None:
    good.check()


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (exchange(without="access-control-allow-origin"), "CORS"),
        (exchange(without="x-request-id"), "x-request-id"),
        (exchange(without="request-id"), "Anthropic's name"),
        (exchange(without="x-trace-id"), "DeepL's name"),
        (exchange(without="x-model-served"), "x-model-served"),
        (exchange(status=201), "a status"),
        (exchange(asked={"model": "other"}), "model is not as asked"),
        (exchange(kind="text/plain"), "an answer as text/plain"),
        (exchange(body=events(DELTA), kind=EVENT_STREAM), "a stream where there is none"),
        (exchange("/v1/nothing", b"No.", status=404, kind="text/plain"), "an error as text/plain"),
        (exchange("/v1/audio/speech", b"{}"), "an answer as application/json"),
        (exchange("/v1/chat/completions", asked={"stream": True}), "for stream=True"),
        (
            exchange("/v1/responses", events(DELTA), kind=EVENT_STREAM, asked={"stream": False}),
            "for stream=False",
        ),
        (
            exchange("/v1/audio/transcriptions", events(DELTA, DELTA, DONE), kind=EVENT_STREAM),
            "not the whole text",
        ),
        (
            exchange("/v1/audio/transcriptions", events(DELTA), kind=EVENT_STREAM),
            "not the whole text",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong(bad: Exchange, why: str) -> None:
    with pytest.raises(AssertionError, match=why):
        bad.check()


@pytest.mark.parametrize(
    "path",
    [
        "/v1/chat/completions",
        "/v1/completions",
        "/v1/responses",
        "/v1/messages",
        "/v1/messages/count_tokens",
        "/v1/embeddings",
        "/v1/rerank",
        "/v2/rerank",
        "/v1/images/generations",
        "/v1/images/edits",
        "/v1/images/variations",
        "/v1/audio/transcriptions",
        "/v1/audio/translations",
        "/v1/models",
        "/v1/models/m",
    ],
)
def test_each_path_has_its_own_kind(path: str) -> None:
    """Under Pyodide, where no types are, only what relays need is held."""
    pytest.importorskip("support.openai_types")
    with pytest.raises(AssertionError, match=r"not (OpenAI|Anthropic)'s"):
        exchange(path).check()


def test_a_client_that_left_has_seen_whole_events_all_the_same() -> None:
    begun = events({**DELTA, "index": 1.5}, DELTA)[:-20]
    with pytest.raises(AssertionError, match="index must be an integer"):
        exchange("/v1/audio/transcriptions", begun, kind=EVENT_STREAM).check(whole=False)
    half = exchange(body=b'{"id"')
    half.check(whole=False)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"--boundary", b"\xff"])
def test_a_body_that_is_no_json_asks_for_nothing(body: bytes) -> None:
    assert json_object(body) == {}
