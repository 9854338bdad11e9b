"""Converts values between Python and JavaScript, and reads headers and bodies."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from js import Array, Blob, Response, Uint8Array
from pyodide.ffi import to_js

from core.errors import TooLarge
from core.web import Buffer
from edge.functions import functions
from edge.promises import call_js, ignore_outcome, start_call

if TYPE_CHECKING:
    from js import ArrayBuffer, Body, Headers, ReadableStream

BEGINNING = 64
"""Bytes of a body that are enough to see what it is."""
LARGE_JSON = 100_000
"""Characters of JSON from which encoding as bytes is cheaper than passing a string."""


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


async def read_body(source: Body, limit: int | None, headers: Headers | None = None) -> bytes:
    """Reads the body of a Request or Response. ``headers`` are its headers, if the caller has them,
    which saves a crossing. Raises TooLarge as soon as the body is longer than ``limit`` bytes, and
    OSError if it breaks off; in both cases nothing remains to be cancelled."""
    if limit is not None:
        headers = source.headers if headers is None else headers
        length = read_header(headers, "content-length") or ""
        is_declared = length.isdecimal()
        if is_declared and (len(length) > 15 or int(length) > limit):
            cancel_body(source)
            raise too_large_error(limit)
        # A declared length is that of the compressed body; how long it really is shows in reading.
        if not is_declared or read_header(headers, "content-encoding") is not None:
            body = source.body
            if body:
                return await _read_pieces(body, limit)
    return (await read_array_buffer(source)).to_bytes()


async def read_buffer(source: Body) -> PlatformBuffer:
    """Reads the body of a Response into JavaScript's memory. Raises OSError if it breaks off."""
    return PlatformBuffer(Uint8Array.new(await read_array_buffer(source)))


async def _read_pieces(body: ReadableStream, limit: int) -> bytes:
    """Reads piece by piece, to stop in time: an isolate has 128 MB in all."""
    reader = body.getReader()
    pieces: list[bytes] = []
    size = 0
    while True:
        result = await call_js(reader.read, reader)
        if result.done:
            return b"".join(pieces)
        piece = result.value.to_bytes()
        size += len(piece)
        if size > limit:
            ignore_outcome(start_call(reader.cancel, reader))
            raise too_large_error(limit)
        pieces.append(piece)


async def read_beginning(body: ReadableStream) -> bytes:
    """Returns at most :data:`BEGINNING` bytes from the beginning of a stream, none if it is empty,
    and gives up the rest. Raises OSError if it breaks off before."""
    reader = body.getReader()
    while True:
        result = await call_js(reader.read, reader)
        if result.done:
            return b""
        if result.value.byteLength:
            ignore_outcome(start_call(reader.cancel, reader))
            return result.value.subarray(0, BEGINNING).to_bytes()


def cancel_body(source: Body) -> None:
    """Cancels the body of a Request or Response. An unread body holds a connection."""
    body = source.body
    if body:
        ignore_outcome(start_call(body.cancel, body))


def too_large_error(limit: int) -> TooLarge:
    size = f"{limit // 1024} KB" if limit < 1024 * 1024 else f"{limit // 1024 // 1024} MB"
    return TooLarge(f"The body is larger than {size}.")
