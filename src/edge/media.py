"""Files across the border: forms in, media inputs out. Bytes stay on the platform's side."""

import binascii
from typing import Any

from js import Array, Blob, FormData, Object, Response, Uint8Array
from pyodide.ffi import JsException, to_js

from edge.values import header_of, js_object, small_object, too_large
from errors import BadRequest
from ports import Media, Multipart
from web import Form, UploadedFile


async def read_form(request: Any, headers: Any, limit: int) -> Form:
    """The body as a form. Raises TooLarge, and BadRequest where it is no form."""
    length = header_of(headers, "content-length") or ""
    if length.isdecimal() and int(length) > limit:
        raise too_large(limit)
    try:
        form = await request.formData()
    except JsException:
        raise BadRequest(
            "The request body must be a form (multipart/form-data).", code="invalid_form"
        ) from None
    fields: list[tuple[str, str | UploadedFile]] = []
    size = 0
    for name, value in Array.from_(form.entries()):
        field = value if isinstance(value, str) else _uploaded(value)
        size += len(field) if isinstance(field, str) else field.size
        fields.append((name, field))
    if size > limit:
        raise too_large(limit)
    return Form(fields)


def _uploaded(file: Any) -> UploadedFile:
    async def read(most: int | None = None) -> bytes:
        part = file if most is None else file.slice(0, most)
        data: bytes = (await part.arrayBuffer()).to_bytes()
        return data

    return UploadedFile(file.name, file.type, file.size, file, read)


async def js_inputs(inputs: Any) -> Any:
    """The inputs of a call as a JavaScript object, media in the way each asks for."""
    media = {key: value for key, value in inputs.items() if isinstance(value, Media | Multipart)}
    if not media:
        return await js_object(inputs)
    converted = await js_object({key: inputs[key] for key in inputs if key not in media})
    for key, value in media.items():
        if isinstance(value, Multipart):
            setattr(converted, key, _multipart(value))
        else:
            setattr(converted, key, await _WAYS[value.way](value))
    return converted


async def _stream(media: Media) -> Any:
    source = media.source
    if isinstance(source, UploadedFile):
        body = source.source.stream()
    else:
        body = Response.new(to_js(source)).body if isinstance(source, bytes) else source
    return _with_type(body, media.content_type)


async def _numbers(media: Media) -> Any:
    """An array made by the platform: as a list of Python ints, 1 MB would take a second."""
    source = media.source
    if isinstance(source, UploadedFile):
        return Array.from_(Uint8Array.new(await source.source.arrayBuffer()))
    return Array.from_(to_js(source))


async def _base64(media: Media) -> Any:
    source = media.source
    data = await source.read() if isinstance(source, UploadedFile) else source
    return binascii.b2a_base64(data, newline=False).decode()


async def _encoded(media: Media) -> Any:
    return _with_type(await _base64(media), media.content_type)


_WAYS = {"stream": _stream, "numbers": _numbers, "base64": _base64, "encoded": _encoded}


def _multipart(multipart: Multipart) -> Any:
    """A form of its own, because only a Response's content type names the boundary."""
    form = FormData.new()
    for name, value in multipart.fields:
        if isinstance(value, str):
            form.append(name, value)
        elif isinstance(value, UploadedFile):
            form.append(name, value.source, value.name)
        else:
            file = value.source
            part = file.source if isinstance(file, UploadedFile) else to_js(file)
            options = small_object({"type": value.content_type})
            form.append(name, Blob.new(Array.of(part), options), name)
    encoded = Response.new(form)
    return _with_type(encoded.body, encoded.headers.get("content-type"))


def _with_type(body: Any, content_type: str) -> Any:
    value = Object.new()
    value.body = body
    value.contentType = content_type
    return value
