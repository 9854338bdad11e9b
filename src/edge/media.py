"""Reads forms and builds media inputs. The files' bytes stay in JavaScript's memory."""

from __future__ import annotations

import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from js import Array, Blob, FormData, Object, Response, Uint8Array
from pyodide.ffi import to_js

from core.errors import BadRequest
from core.limits import FORM_FIELDS
from core.ports import Media, Multipart
from core.web import Form, UploadedFile
from edge.promises import call_js
from edge.values import (
    has_trusted_length,
    read_array_buffer,
    read_header,
    read_pieces,
    to_small_object,
    too_large_error,
)

if TYPE_CHECKING:
    from js import Body, File, Headers, ReadableStream
    from pyodide.ffi import JsNull


async def read_form(request: Body, headers: Headers, limit: int) -> Form:
    """Reads the body as a form. Raises TooLarge as soon as it is longer than ``limit`` bytes, and
    BadRequest if it is not a form, or one of too many fields."""
    if not has_trusted_length(request, limit, headers):
        try:
            body = await read_pieces(request, limit)
        except OSError:
            raise BadRequest("The request body broke off.", code="incomplete_body") from None
        content_type = read_header(headers, "content-type") or ""
        request = Response.new(body, to_small_object({"headers": {"content-type": content_type}}))
    try:
        form = await call_js(request.formData, request)
    except OSError:
        raise BadRequest(
            "The request body must be a form (multipart/form-data).", code="invalid_form"
        ) from None
    fields: list[tuple[str, str | UploadedFile]] = []
    size = 0
    # A flat array read by index: iterating takes three crossings a step.
    entries = Array.from_(form.entries()).flat()
    if entries.length > 2 * FORM_FIELDS:
        raise BadRequest(f"A form may have {FORM_FIELDS} fields.", code="too_many_fields")
    for place in range(0, entries.length, 2):
        name, value = entries[place], entries[place + 1]
        field = value if isinstance(value, str) else _to_uploaded_file(value)
        size += len(field) if isinstance(field, str) else field.size
        fields.append((name, field))
    if size > limit:
        raise too_large_error(limit)
    return Form(fields)


def _to_uploaded_file(file: File) -> UploadedFile:
    async def read(limit: int | None = None) -> bytes:
        part = file if limit is None else file.slice(0, limit)
        return (await read_array_buffer(part)).to_bytes()

    return UploadedFile(file.name, file.type, file.size, file, read)


def json_inputs(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the inputs that are JSON."""
    return {key: value for key, value in inputs.items() if not isinstance(value, Media | Multipart)}


async def add_media(arguments: Array[Any], place: int, inputs: Mapping[str, Any]) -> None:
    """Adds the other inputs to the JavaScript arguments of a call, each in its encoding."""
    for key, value in inputs.items():
        if isinstance(value, Multipart):
            setattr(arguments[place][1], key, _encode_form(value))
        elif isinstance(value, Media):
            setattr(arguments[place][1], key, await _ENCODERS[value.encoding](value))


async def _as_stream(media: Media) -> Any:
    source = media.source
    if isinstance(source, UploadedFile):
        body = source.source.stream()
    else:
        body = Response.new(to_js(source)).body if isinstance(source, bytes) else source
    return _typed_body(body, media.content_type)


async def _as_numbers(media: Media) -> Array[int]:
    """Builds the array in JavaScript: 1 MB as a list of Python ints would take a second."""
    source = media.source
    if isinstance(source, UploadedFile):
        return Array.from_(Uint8Array.new(await read_array_buffer(source.source)))
    return Array.from_(to_js(source))


async def _as_base64(media: Media) -> str:
    source = media.source
    data = await source.read() if isinstance(source, UploadedFile) else source
    return binascii.b2a_base64(data, newline=False).decode()


async def _as_encoded(media: Media) -> Any:
    return _typed_body(await _as_base64(media), media.content_type)


_ENCODERS = {
    "stream": _as_stream,
    "numbers": _as_numbers,
    "base64": _as_base64,
    "encoded": _as_encoded,
}


def _encode_form(multipart: Multipart) -> Any:
    """Encodes a form by way of a Response, whose content type is the only place that names the
    boundary."""
    form = FormData.new()
    for name, value in multipart.fields:
        if isinstance(value, str):
            form.append(name, value)
        elif isinstance(value, UploadedFile):
            form.append(name, value.source, value.name)
        else:
            file = value.source
            part = file.source if isinstance(file, UploadedFile) else to_js(file)
            options = to_small_object({"type": value.content_type})
            form.append(name, Blob.new(Array.of(part), options), name)
    encoded = Response.new(form)
    return _typed_body(encoded.body, encoded.headers.get("content-type"))


def _typed_body(body: ReadableStream | JsNull | str, content_type: str | JsNull) -> Any:
    value = Object.new()
    value.body = body
    value.contentType = content_type
    return value
