"""Values across the border."""

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

LARGE_JSON = 100_000
"""Characters of JSON from which the way over bytes is cheaper than a JavaScript string."""


def to_small_object(value: Any) -> Any:
    """A JSON-like value as a plain JavaScript object. A ``to_js`` of a dict would be a Map."""
    return functions.parse(json.dumps(value))


async def to_object(value: Any) -> Any:
    """The same for a value of any size; image inputs have megabytes of base64."""
    text = json.dumps(value)
    if len(text) < LARGE_JSON:
        return functions.parse(text)
    body = Response.new(to_js(text.encode()))
    return await call_js(body.json, body)


class PlatformBuffer:
    """A Uint8Array as :class:`Buffer`."""

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
    """A Uint8Array that JavaScript owns."""
    if isinstance(data, bytes):
        return to_js(data)
    assert isinstance(data, PlatformBuffer)
    return data.array


# --- headers and bodies ----------------------------------------------------------------------


def read_header(headers: Headers, name: str) -> str | None:
    """One header. A missing one is ``jsnull``, which is not None."""
    value = functions.get_header(headers, name)
    return value if isinstance(value, str) else None


def join_parts(parts: Sequence[bytes | Buffer]) -> Blob:
    """Bytes and buffers as one body, of which Python has but the bytes."""
    return Blob.new(Array.of(*map(to_uint8_array, parts)))


def make_response(
    body: bytes | Blob | ReadableStream | None, status: int, headers: Mapping[str, str]
) -> Response:
    """A JavaScript Response of bytes, a stream, or nothing."""
    init = to_small_object({"status": status, "headers": dict(headers)})
    return Response.new(to_js(body) if isinstance(body, bytes) else body, init)


async def read_array_buffer(source: Body | Blob) -> ArrayBuffer:
    """The bytes of a Request, a Response or a Blob, which stay where they are. Raises OSError where
    they break off."""
    return await call_js(source.arrayBuffer, source)


async def read_body(source: Body, limit: int | None, headers: Headers | None = None) -> bytes:
    """The body of a Request or Response, whose headers may be at hand. Raises TooLarge as soon as
    the limit is passed, and OSError where the body breaks off; either way it has been given up
    then."""
    if limit is not None:
        headers = source.headers if headers is None else headers
        length = read_header(headers, "content-length") or ""
        is_declared = length.isdecimal()
        if is_declared and (len(length) > 15 or int(length) > limit):
            cancel_body(source)
            raise too_large_error(limit)
        # The length says nothing of a body that is still to be unpacked.
        if not is_declared or read_header(headers, "content-encoding") is not None:
            body = source.body
            if body:
                return await _read_pieces(body, limit)
    return (await read_array_buffer(source)).to_bytes()


async def read_buffer(source: Body) -> PlatformBuffer:
    """The body of a Response, which stays where it is. Raises OSError where it breaks off."""
    return PlatformBuffer(Uint8Array.new(await read_array_buffer(source)))


async def _read_pieces(body: ReadableStream, limit: int) -> bytes:
    """Piece by piece, because an isolate has 128 MB in all."""
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


def cancel_body(source: Body) -> None:
    """Gives the body of a Request or Response up. One that is never read holds a connection."""
    body = source.body
    if body:
        ignore_outcome(start_call(body.cancel, body))


def too_large_error(limit: int) -> TooLarge:
    size = f"{limit // 1024} KB" if limit < 1024 * 1024 else f"{limit // 1024 // 1024} MB"
    return TooLarge(f"The body is larger than {size}.")
