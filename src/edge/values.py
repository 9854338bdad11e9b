"""Converts values between Python and JavaScript, and reads headers and bodies."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from js import (
    Array,
    Blob,
    ReadableStream,
    ReadableStreamBYOBReader,
    ReadableStreamDefaultReader,
    Reflect,
    Response,
    Uint8Array,
)
from pyodide.ffi import JsException, JsNull, to_js

from core.errors import TooLarge
from core.web import Buffer
from edge.functions import functions
from edge.promises import call_js, chain, ignore_outcome, start_call, value_of

if TYPE_CHECKING:
    from js import (
        ArrayBuffer,
        Body,
        Headers,
        Promise,
        ReadableStreamReader,
    )


BEGINNING = 64
"""Bytes of a body that are enough to see what it is."""
LARGE_JSON = 100_000
"""Characters of JSON from which encoding as bytes is cheaper than passing a string."""
PIECES_AS_THEY_COME = 4
"""Pieces of a body before it is taken for a long one."""
SMALLEST_VIEW, LARGEST_VIEW = 64 * 1024, 1024 * 1024
"""Bytes of the buffers that a long body is read into."""


def to_small_object(value: Any) -> Any:
    """Converts a JSON-like value to plain JavaScript objects; ``to_js`` makes Maps of dicts."""
    return functions.parse(json.dumps(value))


async def to_object(value: Any) -> Any:
    """Converts a JSON-like value of any size, such as image inputs with megabytes of base64."""
    text = json.dumps(value)
    if len(text) < LARGE_JSON:
        return functions.parse(text)
    body = Response.new(to_js(text.encode()))
    return await call_js(body.json, body)


class PlatformBuffer:
    """Implements :class:`Buffer` with a Uint8Array."""

    def __init__(self, array: Uint8Array) -> None:
        self.array = array

    @property
    def size(self) -> int:
        return self.array.byteLength

    def read(self, start: int = 0, end: int | None = None) -> bytes:
        return self.array.subarray(start, self.size if end is None else end).to_bytes()

    def find(self, byte: int, start: int = 0) -> int:
        return self.array.indexOf(byte, start)

    def slice(self, start: int, end: int) -> PlatformBuffer:
        return PlatformBuffer(self.array.subarray(start, end))


def to_uint8_array(data: bytes | Buffer) -> Uint8Array:
    """Returns the bytes as a Uint8Array in JavaScript's memory."""
    if isinstance(data, bytes):
        return to_js(data)
    assert isinstance(data, PlatformBuffer)
    return data.array


# --- headers and bodies ----------------------------------------------------------------------


def read_header(headers: Headers, name: str) -> str | None:
    """Returns a header, or None if it is missing (JavaScript's ``null`` is not None)."""
    value = functions.get_header(headers, name)
    return value if isinstance(value, str) else None


def join_parts(parts: Sequence[bytes | Buffer]) -> Blob:
    """Joins bytes and buffers to one body. The buffers' content is never in Python."""
    return Blob.new(Array.of(*map(to_uint8_array, parts)))


def make_response(
    body: bytes | Blob | ReadableStream | None, status: int, headers: Mapping[str, str]
) -> Response:
    """Builds a JavaScript Response; ``body`` is None for none."""
    init = to_small_object({"status": status, "headers": dict(headers)})
    return Response.new(to_js(body) if isinstance(body, bytes) else body, init)


async def read_array_buffer(source: Body | Blob) -> ArrayBuffer:
    """Reads a Request, a Response or a Blob into JavaScript's memory. Raises OSError if it breaks
    off."""
    return await call_js(source.arrayBuffer, source)


async def read_body(source: Body, limit: int, headers: Headers) -> bytes:
    """Reads the body of a Request, with these headers. Raises TooLarge as soon as the body is
    longer than ``limit`` bytes, and OSError if it breaks off; in both cases nothing remains to be
    cancelled."""
    if has_trusted_length(source, limit, headers):
        return (await read_array_buffer(source)).to_bytes()
    return (await read_pieces(source, limit)).to_bytes()


def has_trusted_length(source: Body, limit: int, headers: Headers) -> bool:
    """Whether the platform holds the body of a Request to a length of at most ``limit`` bytes.
    Raises TooLarge for a longer one, which is cancelled."""
    length = read_header(headers, "content-length") or ""
    if not length.isdecimal():
        return False
    if len(length) > 15 or int(length) > limit:
        cancel_body(source)
        raise too_large_error(limit)
    # It is the length of the compressed body; how long that really is shows in reading.
    return read_header(headers, "content-encoding") is None


async def read_pieces(source: Body, limit: int) -> Uint8Array:
    """Reads a body of unknown length, which stays in JavaScript's memory. Raises as
    :func:`read_body` does."""
    reader = BodyReader(source)
    await reader.read_on(limit)
    if reader.size > limit:
        reader.cancel()
        raise too_large_error(limit)
    return await reader.join()


class BodyReader:
    """Reads the body of a Response in pieces that stay in JavaScript's memory, to stop in time: an
    isolate has 128 MB in all.

    The first pieces are as they come: of a short body, which most are, that takes the fewest
    crossings. A long one is read into views, as workerd's own pieces have 4 KB.

    All of it must be there at ``deadline``, on the clock ``monotonic``. A body that breaks off or
    is late raises OSError; then nothing remains to be cancelled.
    """

    def __init__(self, source: Body, deadline: float = math.inf) -> None:
        self.size = 0
        self.is_over = False
        self._source = source
        self._deadline = deadline
        self._reader: ReadableStreamReader | None = None
        self._fills_views = False
        self._pieces: list[Uint8Array] = []

    async def read_on(self, limit: int) -> None:
        """Reads until the body is over, or longer than ``limit`` bytes."""
        while not self.is_over and self.size <= limit:
            await self._read()

    async def join(self) -> Uint8Array:
        """Returns what has been read."""
        if len(self._pieces) != 1:
            whole = await read_array_buffer(Blob.new(Array.of(*self._pieces)))
            self._pieces = [Uint8Array.new(whole)]
        return self._pieces[0]

    def stream(self) -> ReadableStream | JsNull:
        """Returns a stream of what has been read."""
        return Response.new(Blob.new(Array.of(*self._pieces))).body

    def cancel(self) -> None:
        """Gives up what has not been read."""
        if self.is_over:
            return
        self.is_over = True
        reader = self._reader
        if reader is None:
            cancel_body(self._source)
        else:
            ignore_outcome(start_call(reader.cancel, reader))

    async def _read(self) -> None:
        reader = self._reader
        if reader is None:
            body = self._source.body
            if isinstance(body, JsNull):
                self.is_over = True
                return
            reader = self._reader = ReadableStreamDefaultReader.new(body)
        elif len(self._pieces) == PIECES_AS_THEY_COME:
            reader = self._reader = self._open_for_views(reader)
        try:
            seconds = self._deadline - monotonic()
            if self._fills_views:
                view = Uint8Array.new(min(max(SMALLEST_VIEW, self.size), LARGEST_VIEW))
                reading = start_call(functions.read_into, reader, view)
            else:
                reading = start_call(functions.read_piece, reader)
            piece = (await value_of(reading, seconds)).value
        except (OSError, GeneratorExit):  # the latter when its client has gone away
            self.cancel()
            raise
        length = 0 if piece is None else piece.byteLength
        if piece is None or (not length and self._fills_views):
            self.is_over = True
        else:
            self._pieces.append(piece)
            self.size += length

    def _open_for_views(self, reader: ReadableStreamReader) -> ReadableStreamReader:
        body = self._source.body
        reader.releaseLock()
        try:
            self._fills_views = True
            return ReadableStreamBYOBReader.new(body)
        except JsException:  # no byte stream
            self._fills_views = False
            return ReadableStreamDefaultReader.new(body)


async def read_beginning(body: ReadableStream, seconds: float) -> bytes:
    """Returns at most :data:`BEGINNING` bytes from the beginning of a stream, none if it is empty,
    and gives up the rest. Raises OSError if it breaks off before, or takes longer than that."""
    reader = body.getReader()
    try:
        while True:
            result = await call_js(reader.read, reader, seconds=seconds)
            if result.done:
                return b""
            if result.value.byteLength:
                return result.value.subarray(0, BEGINNING).to_bytes()
    finally:
        ignore_outcome(start_call(reader.cancel, reader))


def cancel_body(source: Body) -> None:
    """Cancels the body of a Request or Response. An unread body holds a connection."""
    body = source.body
    if body:
        ignore_outcome(start_call(body.cancel, body))


def cancel_on_arrival(reply: Promise[Response]) -> None:
    """Cancels the body of a reply that nobody waits for any more, if it comes."""
    getter = Reflect.getOwnPropertyDescriptor(Response.prototype, "body")
    get_body = functions.bind_call(Reflect.get(getter, "get"))
    cancel = functions.bind_call(ReadableStream.prototype.cancel)
    body = chain(reply, get_body)[0]
    ignore_outcome(chain(body, cancel)[0])


def too_large_error(limit: int) -> TooLarge:
    size = f"{limit // 1024} KB" if limit < 1024 * 1024 else f"{limit // 1024 // 1024} MB"
    return TooLarge(f"The body is larger than {size}.")
