"""Values across the border."""

import json
from collections.abc import Mapping
from typing import Any

from js import JSON, Array, Promise, Reflect, Response
from pyodide.ffi import to_js

from errors import TooLarge

LARGE = 100_000
"""Characters of JSON from which the way over bytes is cheaper than a JavaScript string."""


def small_object(value: Any) -> Any:
    """A JSON-like value as a plain JavaScript object. A ``to_js`` of a dict would be a Map."""
    return JSON.parse(json.dumps(value))


async def js_object(value: Any) -> Any:
    """The same for a value of any size; image inputs have megabytes of base64."""
    text = json.dumps(value)
    if len(text) < LARGE:
        return JSON.parse(text)
    return await Response.new(to_js(text.encode())).json()


def js_bytes(data: bytes) -> Any:
    """A Uint8Array that JavaScript owns."""
    return to_js(data)


def promise_of(function: Any, this: Any, *args: Any) -> Any:
    """Calls a function and gives its promise as it is, to be combined with others.

    A call from Python that gives a promise comes back as an asyncio future, at the price of more
    crossings and a turn of the event loop. Called by ``Array.map``, it gives an array, and what
    lies in there is the promise itself. ``Reflect.apply`` is bound because a service binding
    takes ``bind`` itself for a remote method.
    """
    call = Reflect.apply.bind(None, function, this, to_js(args))
    return Array.of(0).map(call)[0]


def then_of() -> Any:
    """The platform's own ``then``; a promise's attribute of that name is Pyodide's."""
    return Reflect.get(Promise.prototype, "then")


def header_of(headers: Any, name: str) -> str | None:
    """One header. A missing one is ``jsnull``, which is not None."""
    value = headers.get(name)
    return value if isinstance(value, str) else None


def response(body: bytes | Any | None, status: int, headers: Mapping[str, str]) -> Any:
    """A JavaScript Response of bytes, a stream, or nothing."""
    init = small_object({"status": status, "headers": dict(headers)})
    return Response.new(to_js(body) if isinstance(body, bytes) else body, init)


async def read_body(source: Any, headers: Any, limit: int | None) -> bytes:
    """The body of a Request or Response; raises TooLarge as soon as the limit is passed."""
    if limit is None:
        return _bytes(await source.arrayBuffer())
    try:
        length = int(header_of(headers, "content-length") or "-1")
    except ValueError:
        length = -1
    if length > limit:
        raise too_large(limit)
    if length >= 0:
        return _bytes(await source.arrayBuffer())
    if not source.body:
        return b""
    # Of unknown length, so it is read piece by piece: an isolate has 128 MB in all.
    reader = source.body.getReader()
    pieces: list[bytes] = []
    size = 0
    while True:
        result = await reader.read()
        if result.done:
            return b"".join(pieces)
        piece = result.value.to_bytes()
        size += len(piece)
        if size > limit:
            await reader.cancel()
            raise too_large(limit)
        pieces.append(piece)


def _bytes(buffer: Any) -> bytes:
    data: bytes = buffer.to_bytes()
    return data


def too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body is larger than {limit // 1024 // 1024} MB.")
