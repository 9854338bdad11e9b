"""``POST …/ai/run/{model}``, as Cloudflare's REST API has it.

Programs written for that API change only the host: native inputs go to ``env.AI.run`` unchanged,
and answers come in Cloudflare's envelope ``{result, success, errors, messages}``; streams and files
come bare. Source: Cloudflare's API reference for Workers AI.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from core.errors import BadRequest, Upstream
from core.limits import JSON_BODY_BYTES, MEDIA_ANSWER_BYTES
from core.ports import Call, Media, Ports
from core.web import JSON, PassThrough, Request, Response
from handlers.reading.fields import parse_json_object, read_json
from untrusted.json_text import parse_json
from workers_ai import client
from workers_ai.catalogue.lookup import find_model
from workers_ai.catalogue.model import Model

BODY_INPUT = {
    "Automatic Speech Recognition": "audio",
    "Voice Activity Detection": "audio",
    "Image Classification": "image",
    "Object Detection": "image",
    "Image-to-Text": "image",
}
"""The input that a binary body becomes, by the model's task."""


async def run_model(request: Request, ports: Ports) -> Response | PassThrough:
    """Runs a model on native inputs. Raises :class:`APIError`."""
    model = await find_model(unquote(request.path.partition("/run/")[2]), ports, "Unknown")
    inputs = await _read_inputs(request, model)
    [reply] = await client.run(ports, request, [Call(model.id, inputs)])
    headers = client.served_headers(model, [reply])
    content_type = reply.header("content-type") or "application/octet-stream"
    if content_type.startswith("text/html"):  # of a proxy in front of the service
        await reply.cancel()
        raise Upstream("Workers AI answered with a page.")
    if not content_type.startswith(JSON):
        return PassThrough(reply.stream, 200, {**headers, "content-type": content_type})
    result = _check_json(await client.read_answer(reply, MEDIA_ANSWER_BYTES))
    body = b'{"result":' + result + b',"success":true,"errors":[],"messages":[]}'
    return Response(body, 200, {**headers, "content-type": JSON})


_CLOSING_BYTES = {b"{": b"}", b"[": b"]", b'"': b'"'}
_FULLY_PARSED = 65_536
"""Bytes of JSON up to which parsing all of it costs a fraction of a millisecond."""


def _check_json(body: bytes) -> bytes:
    """Returns JSON without white space around it. Raises :class:`Upstream` for what is none, as it
    would break the envelope. Of megabytes that look whole only that is checked."""
    text = body.strip()
    if len(text) > _FULLY_PARSED and _looks_whole(text):
        return text
    try:
        parse_json(text.decode("utf-8", "replace"))
    except ValueError:
        raise Upstream("The model's answer was not JSON.") from None
    return text


_CONSTANTS = (b"Infinity", b"NaN,", b"NaN]", b"NaN}", b"NaN ")
"""Numbers that are not JSON. "NaN" alone would be in every second image in base64."""


def _looks_whole(text: bytes) -> bool:
    """Whether a large text ends as it begins, has as many closing brackets as opening ones, and
    none of the numbers that are not JSON."""
    return (
        text[-1:] == _CLOSING_BYTES.get(text[:1])
        and text.count(b"{") == text.count(b"}")
        and text.count(b"[") == text.count(b"]")
        and not any(constant in text for constant in _CONSTANTS)
    )


async def _read_inputs(request: Request, model: Model) -> Mapping[str, Any]:
    """Reads JSON; passes on a form or a file as a stream."""
    content_type = request.header("content-type") or ""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return {"multipart": Media(request.body(), content_type)}
    major = kind.partition("/")[0]
    name = BODY_INPUT.get(model.task)
    if name is None and model.status == "unknown" and major in ("audio", "image"):
        name = major
    if name is None or kind == JSON:
        return await read_json(request)
    if major in ("audio", "image") or kind == "application/octet-stream":
        if request.header("content-length") == "0":
            raise _empty_body()
        return {name: Media(request.body(), content_type)}
    # curl declares a file as a form by default, also in Cloudflare's own examples.
    data = await request.read(JSON_BODY_BYTES)
    if not data:
        raise _empty_body()
    is_json = data.lstrip()[:1] == b"{"
    return parse_json_object(data) if is_json else {name: Media(data, "application/octet-stream")}


def _empty_body() -> BadRequest:
    return BadRequest("The request body is empty.", code="invalid_value")
