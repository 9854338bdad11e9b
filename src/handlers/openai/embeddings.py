"""``POST /v1/embeddings``, as OpenAI publishes it.

Vectors are the bulk of an answer. For a client that wants numbers they never become Python
numbers: each is cut out of the upstream's JSON unchanged.
"""

import binascii
import json
import math
import re
from array import array
from collections.abc import Sequence
from functools import partial
from typing import Any

from core.errors import BadRequest, Upstream
from core.limits import ANSWER_BYTES, EMBEDDING_INPUTS
from core.ports import Call, Ports
from core.web import JSON, Request, Response, dump_json
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, read_json, require_field
from handlers.rerank import rank_documents
from untrusted.json_text import parse_json
from workers_ai import client, tokens
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Model
from workers_ai.text.answers import read_usage

TASK = "Text Embeddings"

FIELDS = (
    Field("model", fields.text),
    Field("encoding_format", fields.one_of("float", "base64")),
    Field("dimensions", fields.within(fields.integer, 1, None), remark="where the model can"),
    Field("input"),  # read below: a string or an array
    Field("user", remark="nobody is watched here"),
)


_check_inputs = fields.strings(EMBEDDING_INPUTS)


async def create(request: Request, ports: Ports) -> Response:
    """Creates one vector for each input, in order. Raises :class:`APIError`."""
    body = await read_json(request)
    if "input" not in body and "query" in body and "documents" in body:
        # New API tests rerankers at this endpoint, because of their names.
        return await rank_documents(body, ports, request)
    values = read_fields(body, FIELDS)
    model = await resolve_model(require_field(values, "model"), TASK, ports)
    inputs = _read_inputs(body.get("input"))
    dimensions = _read_dimensions(values.get("dimensions"), model)
    replies = await client.run(ports, request, _build_calls(model, inputs))
    vectors: list[bytes] = []
    reported_tokens = 0
    read_answer = partial(client.read_answer, limit=ANSWER_BYTES)
    for upstream in await client.read_each(replies, read_answer):
        vectors += _cut_vectors(upstream)
        reported_tokens += _read_prompt_tokens(upstream)
    if len(vectors) != len(inputs):
        raise Upstream("The model gave another number of vectors than it got texts.")
    write = _WRITERS[values.get("encoding_format", "float")]
    data = b",".join(
        [
            b'{"object":"embedding","index":%d,"embedding":%s}' % (index, write(vector, dimensions))
            for index, vector in enumerate(vectors)
        ]
    )
    cost = reported_tokens or sum(map(tokens.estimate, inputs))
    tail = {"model": values["model"], "usage": {"prompt_tokens": cost, "total_tokens": cost}}
    return Response(
        b'{"object":"list","data":[' + data + b"]," + dump_json(tail)[1:],
        headers={"content-type": JSON, **client.served_headers(model, replies)},
    )


def _read_inputs(value: Any) -> list[str]:
    if isinstance(value, list) and value and isinstance(value[0], int | list):
        raise BadRequest(
            "'input' must be text: token ids mean nothing to the models here. In LangChain's "
            "OpenAIEmbeddings set check_embedding_ctx_length=False.",
            param="input",
            code="unsupported_value",
        )
    inputs: list[str] = _check_inputs(value, "input")
    if not inputs:
        raise BadRequest("'input' must not be empty.", param="input", code="invalid_value")
    for place, text in enumerate(inputs):
        if not text:
            param = f"input[{place}]" if isinstance(value, list) else "input"
            raise BadRequest(f"'{param}' must not be empty.", param=param, code="invalid_value")
    return inputs


def _read_dimensions(dimensions: int | None, model: Model) -> int | None:
    """Returns how many numbers of a vector to keep, None for all. Vectors may be truncated only if
    the model is trained so that the first numbers carry the most information (Matryoshka)."""
    full = model.dimensions
    if dimensions is None or dimensions == full:
        return None
    if not model.details.get("matryoshka"):
        raise BadRequest(
            f"This model's vectors have {full or 'a fixed number of'} dimensions and cannot be "
            "shortened.",
            param="dimensions",
            code="unsupported_value",
        )
    if full and dimensions > full:
        raise BadRequest(
            f"'dimensions' must be at most {full}.", param="dimensions", code="invalid_value"
        )
    return dimensions


def _build_calls(model: Model, inputs: Sequence[str]) -> list[Call]:
    limit = model.limits.get("batch")
    size = int(limit.max) if limit and limit.max else 100
    return [
        Call(model.id, {"text": inputs[start : start + size]})
        for start in range(0, len(inputs), size)
    ]


_NUMBER = rb"-?+(?:0|[1-9][0-9]{0,18}+)(?:\.[0-9]++)?+(?:[eE](?:-[0-9]++|\+?+0?+[0-9]))?+"
"""A number of JSON, below 1e28: what vectors hold is far below, and it fits into a float32."""
_VECTOR = re.compile(rb"\[\s*+" + _NUMBER + rb"(?:\s*+,\s*+" + _NUMBER + rb")*+\s*+\]")


def _cut_vectors(body: bytes) -> list[bytes]:
    """Returns the JSON text of each vector: the innermost brackets after ``"data":``. Raises
    :class:`Upstream` if one of them holds anything but numbers."""
    start = body.find(b'"data"')
    end = body.find(b"]]", start) + 2
    vectors = _VECTOR.findall(body, start, end) if 0 <= start < end else []
    if not vectors or body.count(b"[", start, end) != len(vectors) + 1:
        raise Upstream("The model's answer has no vectors, or some that are none.")
    return vectors


def _read_prompt_tokens(body: bytes) -> int:
    """Returns the prompt tokens that the model reports, 0 if it reports none."""
    start = body.rfind(b'"usage"')
    match = re.search(rb"\{[^{}]*\}", body[start:]) if start >= 0 else None
    try:
        reported = read_usage(parse_json(match[0].decode("utf-8", "replace"))) if match else None
    except ValueError:
        reported = None
    return reported.prompt_tokens if reported else 0


def _write_floats(vector: bytes, dimensions: int | None) -> bytes:
    return (
        vector if dimensions is None else dump_json(_truncate_vector(vector, dimensions).tolist())
    )


def _write_base64(vector: bytes, dimensions: int | None) -> bytes:
    """Writes little-endian float32, as both SDKs read it."""
    numbers = (
        array("f", json.loads(vector.decode()))
        if dimensions is None
        else _truncate_vector(vector, dimensions)
    )
    return b'"' + binascii.b2a_base64(numbers, newline=False) + b'"'


def _truncate_vector(vector: bytes, dimensions: int) -> "array[float]":
    """Returns the first numbers, scaled to a vector of length 1."""
    numbers = json.loads(vector.decode())[:dimensions]
    length = math.sqrt(sum(number * number for number in numbers)) or 1.0
    return array("f", [number / length for number in numbers])


_WRITERS = {"float": _write_floats, "base64": _write_base64}
