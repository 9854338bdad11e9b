"""HTTP transports that hold every answer of the Worker against its dialect on its way in.

A client built on one of them, whether of a library or a plain one, cannot receive an answer or an
event of a stream that is not as OpenAI (or Anthropic) publishes it: the test fails there and then.
``pytest.fail`` raises no ``Exception``, so that no client takes it for a broken connection and
tries again.
"""

import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx2
import pytest

import anthropic_shapes
import openai_shapes
import response_stream

EVENT_STREAM = "text/event-stream"
Asked = Mapping[str, Any]


# --- what is right where -------------------------------------------------------------------------


def _check_chunks(kind: str, body: bytes, asked: Asked) -> None:
    events = openai_shapes.parse_sse(body)
    wanted = (asked.get("stream_options") or {}).get("include_usage") is True
    openai_shapes.check_stream(kind, events, include_usage=wanted)
    for event in events:
        assert event.get("model", asked["model"]) == asked["model"], "model is not as asked"


def _check_response_events(body: bytes, asked: Asked) -> None:
    response_stream.check(response_stream.parse(body))


def _check_anthropic_events(body: bytes, asked: Asked) -> None:
    message = anthropic_shapes.check_stream(openai_shapes.parse_sse(body, named=True))
    assert message.get("model", asked["model"]) == asked["model"], "model is not as asked"


@dataclass(frozen=True)
class Shape:
    """What comes from a path. ``check`` and ``answer`` hold a whole answer, ``stream`` a whole
    stream, ``event`` one event of a stream that the client has left."""

    answer: str | None
    check: Callable[..., None] = openai_shapes.check_answer
    stream: Callable[[bytes, Asked], None] | None = None
    event: Callable[[Any], None] = field(default=lambda event: None)
    model: bool = False
    """It is the answer of a model, by the name that the client asked for."""


def _chunks(kind: str) -> Shape:
    stream = partial(_check_chunks, kind)
    event = partial(openai_shapes.check_event, kind)
    return Shape(kind, stream=stream, event=event, model=True)


_ANTHROPIC = anthropic_shapes.check_answer
_RESPONSE_EVENT = partial(openai_shapes.check_event, "response")

SHAPES: Mapping[str, Shape | None] = {
    "/chat/completions": _chunks("chat"),
    "/completions": _chunks("completion"),
    "/responses": Shape(
        "response", stream=_check_response_events, event=_RESPONSE_EVENT, model=True
    ),
    "/messages/count_tokens": Shape("count", _ANTHROPIC),
    "/messages": Shape(
        "message", _ANTHROPIC, _check_anthropic_events, anthropic_shapes.check_event, model=True
    ),
    "/moderations": Shape("moderation"),
    "/models": Shape("models"),
    "/models/.+": Shape("model"),
    "/embeddings|/rerank|/health|": Shape(None),
    "/client/v4/.*|/ai/.*|/v2/.*|/translate.*": None,
}
"""By path, without ``/v1``; the first counts. None has another dialect's errors too, and checks of
its own. Paths that are none have OpenAI's errors."""


def _shape(path: str, headers: Mapping[str, str]) -> Shape | None:
    path = re.sub("/+", "/", path).rstrip("/")
    path = re.sub("^(/v1)+", "", path)
    for pattern, shape in SHAPES.items():
        if re.fullmatch(pattern, path):
            anthropic = path.startswith("/models") and "anthropic-version" in headers
            return Shape(shape.answer, _ANTHROPIC) if shape and anthropic else shape
    return Shape(None)


class Exchange:
    """A request and what has come back so far."""

    def __init__(self, request: httpx2.Request, response: httpx2.Response) -> None:
        self.method = request.method
        self.path = request.url.path
        self.shape = _shape(self.path, request.headers)
        self.asked = _json_object(request.content)
        self.status = response.status_code
        self.headers = response.headers
        self.body = bytearray()
        self.checked = False

    @property
    def done(self) -> bool:
        """The stream has said that it has ended; the client may not read what is left of it."""
        return b"data: [DONE]" in self.body

    def check(self, *, whole: bool) -> None:
        """Once; ``whole`` is false for a client that has gone away in the middle."""
        if self.checked:
            return
        self.checked = True
        try:
            self._check_headers()
            if self.shape and self.method not in ("OPTIONS", "HEAD"):
                self._check_body(self.shape, whole)
        except AssertionError as error:
            shown = bytes(self.body[:2000]).decode("utf-8", "replace")
            pytest.fail(f"{self.method} {self.path} {self.status}: {error}\n{shown}")

    def _check_headers(self) -> None:
        # "*" or the origin: without either a page in a browser cannot read the answer.
        assert self.headers.get("access-control-allow-origin"), "no CORS header"
        if self.method != "OPTIONS":
            request_id = self.headers.get("x-request-id", "")
            assert re.fullmatch(r"[\x21-\x7e]{8,}", request_id), f"x-request-id is {request_id!r}"
            assert self.headers.get("request-id") == request_id, (
                "Anthropic's name for it is missing"
            )

    def _check_body(self, shape: Shape, whole: bool) -> None:
        media_type = self.headers.get("content-type", "").partition(";")[0]
        if self.status >= 400:
            assert media_type == "application/json", f"an error as {media_type}"
            if whole:
                shape.check("error", json.loads(self.body), status=self.status)
            return
        assert self.status == 200, "a status that clients do not expect"
        if shape.model and self.method == "GET":
            return  # plain text for an address bar
        if shape.model:
            assert self.headers.get("x-model-served"), "x-model-served is missing"
            # Clients ask for one of the two and read nothing else.
            expected = EVENT_STREAM if self.asked.get("stream") else "application/json"
            assert media_type == expected, f"{media_type} for stream={self.asked.get('stream')}"
        if media_type == EVENT_STREAM:
            assert shape.stream, "a stream where there is none"
            if whole:
                shape.stream(bytes(self.body), self.asked)
            else:
                for event in _begun(bytes(self.body)):
                    shape.event(event)
        elif shape.answer and whole:
            assert media_type == "application/json", f"an answer as {media_type}"
            value = json.loads(self.body)
            shape.check(shape.answer, value, status=self.status)
            assert not shape.model or value["model"] == self.asked["model"], "model is not as asked"


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _begun(body: bytes) -> Iterator[Any]:
    """The events of a stream of which the client has not seen the end."""
    complete, _, _ = body.rpartition(b"\n\n")
    for line in complete.split(b"\n"):
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


# --- transports ----------------------------------------------------------------------------------


class _SyncBody(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, exchange: Exchange) -> None:
        self._stream = stream
        self._parts = iter(stream)
        self._exchange = exchange

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._exchange.body += part
            yield part
        self._exchange.check(whole=True)

    def close(self) -> None:
        """The package closes a stream at ``[DONE]``, so what may come after it is read here."""
        try:
            if self._exchange.done:
                for part in self._parts:
                    self._exchange.body += part
            self._exchange.check(whole=self._exchange.done)
        finally:
            self._stream.close()


class Transport(httpx2.HTTPTransport):
    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        request.headers["accept-encoding"] = "identity"  # the body is looked at as it comes
        response = super().handle_request(request)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _SyncBody(response.stream, Exchange(request, response))
        return response


class _AsyncBody(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, exchange: Exchange) -> None:
        self._stream = stream
        self._parts = aiter(stream)
        self._exchange = exchange

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._parts:
            self._exchange.body += part
            yield part
        self._exchange.check(whole=True)

    async def aclose(self) -> None:
        try:
            if self._exchange.done:
                async for part in self._parts:
                    self._exchange.body += part
            self._exchange.check(whole=self._exchange.done)
        finally:
            await self._stream.aclose()


class AsyncTransport(httpx2.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        request.headers["accept-encoding"] = "identity"
        response = await super().handle_async_request(request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _AsyncBody(response.stream, Exchange(request, response))
        return response
