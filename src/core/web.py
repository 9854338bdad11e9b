"""What the edge and the handlers exchange: plain values, no JavaScript.

A handler takes a :class:`Request` and gives a :class:`Response` or a :class:`Stream`;
``edge/`` turns the platform's objects into these and back. Everything here runs, and is
tested, under CPython.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, NamedTuple, Protocol
from urllib.parse import parse_qsl

from core.consumption import Consumption


class UploadedFile(NamedTuple):
    """A file of a form. ``source`` is the platform's own file, opaque: it goes to a model without
    its bytes ever being in Python; ``read()`` fetches them, ``read(64)`` the first 64. ``size`` is
    in bytes."""

    name: str
    content_type: str
    size: int
    source: Any
    read: Callable[..., Awaitable[bytes]]


class Form(NamedTuple):
    """The fields of a ``multipart/form-data`` or urlencoded body, in order; names may repeat."""

    fields: Sequence[tuple[str, str | UploadedFile]]

    def all(self, *names: str) -> list[str | UploadedFile]:
        """The values of all fields with one of these names."""
        return [value for name, value in self.fields if name in names]

    def texts(self) -> dict[str, str]:
        """The fields that are no files; of a repeated one the last counts."""
        return {name: value for name, value in self.fields if isinstance(value, str)}


async def _empty_form(limit: int) -> Form:
    return Form(())


class Request:
    """One HTTP request.

    ``header(name)`` fetches one header (case-insensitive) or None: each look-up crosses into
    JavaScript, so nobody copies them all. ``read(limit)`` reads the body once and raises
    :class:`TooLarge` beyond ``limit`` bytes; ``form(limit)`` reads it as a form instead and
    raises :class:`BadRequest` where it is none. ``body()`` is the unread body as a stream,
    opaque to everybody but the edge.
    ``origin`` is where the client finds this Worker: ``https://host``.

    The gateway's steps add ``dialect``, the :class:`Dialect` of the route, ``key``, a :class:`Key`
    of :mod:`access.keys` (None on public routes), ``path_model``, the model that the address names
    (None if it names none), and, on the routes that take them from wherever
    they are, ``parameters``, a :class:`Parameters`. ``used`` collects what the request uses.
    """

    def __init__(
        self,
        method: str,
        path: str,
        query_string: str,
        header: Callable[[str], str | None],
        read: Callable[[int], Awaitable[bytes]],
        form: Callable[[int], Awaitable[Form]] = _empty_form,
        body: Callable[[], Any] = lambda: None,
        origin: str = "",
    ) -> None:
        self.method = method
        self.path = path
        self.query_string = query_string
        self.header = header
        self.read = read
        self.form = form
        self.body = body
        self.origin = origin
        self.dialect: Any = None
        self.key: Any = None
        self.path_model: str | None = None
        self.parameters: Any = None
        self.used = Consumption()

    @cached_property
    def query_fields(self) -> list[tuple[str, str]]:
        """The fields of the query, in order; names may repeat."""
        return parse_qsl(self.query_string, keep_blank_values=True) if self.query_string else []

    @cached_property
    def query(self) -> dict[str, str]:
        """The fields of the query by name, the first value of a repeated one."""
        return dict(reversed(self.query_fields))


class Response(NamedTuple):
    """A complete answer. Header names are lower case."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {}


class PassThrough(NamedTuple):
    """An upstream body handed on untouched: ``stream`` is opaque."""

    stream: Any
    status: int = 200
    headers: Mapping[str, str] = {}


class Buffer(Protocol):
    """Bytes that stay on the platform's side: only what is read of them is ever in Python."""

    @property
    def size(self) -> int: ...

    def read(self, start: int = 0, end: int | None = None) -> bytes: ...

    def find(self, byte: int, start: int = 0) -> int:
        """Where that byte comes first, -1 where it does not."""

    def slice(self, start: int, end: int) -> "Buffer":
        """A part of it, not copied."""


class JoinedBody(NamedTuple):
    """A complete answer that is put together on the platform's side."""

    parts: Sequence[bytes | Buffer]
    status: int = 200
    headers: Mapping[str, str] = {}


class Converter(Protocol):
    """Turns upstream bytes into client bytes. Pure: no I/O, no JavaScript, split anywhere.

    ``events`` counts the upstream events seen so far: the edge sizes its reads by it.
    After ``done`` is set the edge cancels the upstream instead of reading on; after
    ``failed`` it ends the whole answer, because an error event has been written. ``settle()`` adds
    what was used to the request's account, once nothing more will be fed.
    """

    @property
    def events(self) -> int: ...

    @property
    def done(self) -> bool: ...

    @property
    def failed(self) -> bool: ...

    def feed(self, data: bytes) -> bytes: ...

    def close(self) -> bytes: ...

    @property
    def settle(self) -> Callable[[], None]: ...


class Source(NamedTuple):
    """An upstream byte stream (opaque) and the converter its bytes go through."""

    upstream: Any
    converter: Converter


Outcome = Literal["complete", "failed", "left"]
"""How an answer ended: whole, in an error inside a stream, or with its client gone."""


def _ignore_outcome(outcome: Outcome) -> None:
    pass


class Stream(NamedTuple):
    """A streamed answer: one or several upstreams, interleaved as their bytes arrive.

    ``head`` is sent at once, ``tail()`` after every source has ended well, ``fail(error)``
    instead of all that is left when a source breaks. ``flush`` is how many upstream bytes a read
    may wait for (setting STREAM_FLUSH_BYTES). ``keep_alive`` is sent when the client was sent
    nothing for KEEP_ALIVE_SECONDS; empty in formats where it would be read.
    ``first_byte_seconds`` is how long a source's first byte may take. ``finished(outcome)`` is
    called once, however the stream ends.
    """

    sources: Sequence[Source]
    tail: Callable[[], bytes]
    fail: Callable[[Exception], bytes]
    flush: int
    head: bytes = b""
    keep_alive: bytes = b""
    headers: Mapping[str, str] = {}
    status: int = 200
    finished: Callable[[Outcome], None] = _ignore_outcome
    first_byte_seconds: float = 90


Answer = Response | Stream | PassThrough | JoinedBody


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump_json(value: object) -> bytes:
    """JSON as UTF-8. A lone surrogate, which UTF-8 cannot carry, keeps its ``\\ud83d`` escape."""
    return _encode(value).encode("utf-8", "backslashreplace")


JSON = "application/json"
EVENT_STREAM = "text/event-stream; charset=utf-8"


def json_response(
    value: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(dump_json(value), status, {"content-type": JSON, **(headers or {})})


def stream_headers(request: Request) -> dict[str, str]:
    """The headers of a streamed answer in the request's dialect; no proxy is to hold it back."""
    return {
        "content-type": request.dialect.stream_type,
        "x-accel-buffering": "no",
    }
