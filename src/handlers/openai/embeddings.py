"""``POST /v1/embeddings``, as OpenAI publishes it.

Vectors are the bulk of an answer and are never turned into Python numbers where the client wants
numbers: each is cut out of the upstream's JSON as it stands there.
"""

import binascii
import json
import math
import re
from array import array
from collections.abc import Sequence
from typing import Any

from core.errors import BadRequest, Upstream
from core.ports import Call, Ports
from core.web import JSON, Request, Response, dump_json
from handlers import rerank
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, read_json, require_field
from workers_ai import client, tokens
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Model
from workers_ai.text.answers import read_usage

TASK = "Text Embeddings"
MOST_INPUTS = 2048

FIELDS = (
    Field("model", fields.text),
    Field("encoding_format", fields.one_of("float", "base64")),
    Field("dimensions", fields.within(fields.integer, 1, None), remark="where the model can"),
    Field("input"),  # read below: a string or an array
    Field("user", remark="nobody is watched here"),
)


async def create(request: Request, ports: Ports) -> Response:
    """One vector for each input, in order. Raises :class:`APIError`."""
    body = await read_json(request)
    if "input" not in body and "query" in body and "documents" in body:
        # New API tests a channel's reranker here, because of its name.
        return await rerank.answer(body, ports, request)
    values = read_fields(body, FIELDS)
    model = await resolve_model(require_field(values, "model"), TASK, ports)
    inputs = _inputs(body.get("input"))
    dimensions = _dimensions(values.get("dimensions"), model)
    replies = await client.run(ports, request, _calls(model, inputs))
    vectors: list[bytes] = []
    counted = 0
    for reply in replies:
        upstream = await reply.read()
        vectors += _vectors(upstream)
        counted += _prompt_tokens(upstream)
    if len(vectors) != len(inputs):
        raise Upstream("The model gave another number of vectors than it got texts.")
    write = _WRITERS[values.get("encoding_format", "float")]
    data = b",".join(
        b'{"object":"embedding","index":%d,"embedding":%s}' % (index, write(vector, dimensions))
        for index, vector in enumerate(vectors)
    )
    cost = counted or sum(map(tokens.estimate, inputs))
    tail = {"model": values["model"], "usage": {"prompt_tokens": cost, "total_tokens": cost}}
    return Response(
        b'{"object":"list","data":[' + data + b"]," + dump_json(tail)[1:],
        headers={"content-type": JSON, **client.served_headers(model, replies)},
    )


def _inputs(value: Any) -> list[str]:
    if isinstance(value, list) and value and isinstance(value[0], int | list):
        raise BadRequest(
            "'input' must be text: token ids mean nothing to the models here. In LangChain's "
            "OpenAIEmbeddings set check_embedding_ctx_length=False.",
            param="input",
            code="unsupported_value",
        )
    inputs: list[str] = fields.strings(MOST_INPUTS)(value, "input")
    if not inputs:
        raise BadRequest("'input' must not be empty.", param="input", code="invalid_value")
    for place, text in enumerate(inputs):
        if not text:
            param = f"input[{place}]" if isinstance(value, list) else "input"
            raise BadRequest(f"'{param}' must not be empty.", param=param, code="invalid_value")
    return inputs


def _dimensions(wanted: int | None, model: Model) -> int | None:
    """How many numbers to keep of a vector, None for all. Only models trained so that the first
    numbers say the most (Matryoshka) may be shortened."""
    full = model.dimensions
    if wanted is None or wanted == full:
        return None
    if not model.details.get("matryoshka"):
        raise BadRequest(
            f"This model's vectors have {full or 'a fixed number of'} dimensions and cannot be "
            "shortened.",
            param="dimensions",
            code="unsupported_value",
        )
    if full and wanted > full:
        raise BadRequest(
            f"'dimensions' must be at most {full}.", param="dimensions", code="invalid_value"
        )
    return wanted


def _calls(model: Model, inputs: Sequence[str]) -> list[Call]:
    limit = model.limits.get("batch")
    size = int(limit.max) if limit and limit.max else 100
    return [Call(model.id, {"text": inputs[at : at + size]}) for at in range(0, len(inputs), size)]


_ROW = re.compile(rb"\[[^\[\]{}\"]*\]")


def _vectors(body: bytes) -> list[bytes]:
    """The JSON text of each vector: what stands in the innermost brackets after ``"data":``."""
    start = body.find(b'"data"')
    end = body.find(b"]]", start)
    if start < 0 or end < 0:
        raise Upstream("The model's answer has no vectors.")
    return _ROW.findall(body, start, end + 2)


def _prompt_tokens(body: bytes) -> int:
    place = body.rfind(b'"usage"')
    found = re.search(rb"\{[^{}]*\}", body[place:]) if place >= 0 else None
    try:
        cost = read_usage(json.loads(found[0])) if found else None
    except ValueError:
        cost = None
    return cost.prompt_tokens if cost else 0


def _floats(vector: bytes, dimensions: int | None) -> bytes:
    return vector if dimensions is None else dump_json(_shortened(vector, dimensions).tolist())


def _base64(vector: bytes, dimensions: int | None) -> bytes:
    """Little-endian float32, as both SDKs read it."""
    numbers = array("f", _numbers(vector)) if dimensions is None else _shortened(vector, dimensions)
    return b'"' + binascii.b2a_base64(numbers, newline=False) + b'"'


def _shortened(vector: bytes, dimensions: int) -> "array[float]":
    """The first numbers, brought back to length 1."""
    numbers = _numbers(vector)[:dimensions]
    length = math.sqrt(sum(number * number for number in numbers)) or 1.0
    return array("f", [number / length for number in numbers])


def _numbers(vector: bytes) -> list[float]:
    try:
        numbers: list[float] = json.loads(vector)
    except ValueError:
        raise Upstream("The model's answer has a vector that is none.") from None
    return numbers


_WRITERS = {"float": _floats, "base64": _base64}
