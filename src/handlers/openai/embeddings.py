"""``POST /v1/embeddings``, as OpenAI publishes it.

Vectors are the bulk of an answer, and stay on the platform's side: no number of theirs is ever in
Python. What is written is all that is kept of a call while the next ones run.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import BadRequest, Upstream
from core.limits import ANSWER_BYTES, EMBEDDING_INPUTS
from core.ports import MAX_PARALLEL_CALLS, Call, Ports, Reply, VectorEncoding
from core.web import JSON, Buffer, JoinedBody, Request, Response, dump_json
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, read_json, require_field
from handlers.rerank import rank_documents
from workers_ai import client, tokens
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Model
from workers_ai.lengths import check_length, text_limit
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


async def create(request: Request, ports: Ports) -> Response | JoinedBody:
    """Creates one vector for each input, in order. Raises :class:`APIError`."""
    body = await read_json(request)
    if "input" not in body and "query" in body and "documents" in body:
        # New API tests rerankers at this endpoint, because of their names.
        return await rank_documents(body, ports, request)
    values = read_fields(body, FIELDS)
    model = await resolve_model(require_field(values, "model"), TASK, ports)
    inputs = _read_inputs(body.get("input"), text_limit(model))
    dimensions = _read_dimensions(values.get("dimensions"), model)
    answer = _Answer(ports, values.get("encoding_format", "float"), dimensions)
    calls = _build_calls(model, inputs)
    # What waits for its turn would be in memory, so no more answers are asked for at a time.
    for start in range(0, len(calls), MAX_PARALLEL_CALLS):
        replies = await client.run(ports, request, calls[start : start + MAX_PARALLEL_CALLS])
        await client.read_each(replies, answer.add)
    if answer.count != len(inputs):
        raise Upstream("The model gave another number of vectors than it got texts.")
    cost = answer.tokens or sum(map(tokens.estimate, inputs))
    usage = {"prompt_tokens": cost, "total_tokens": cost}
    headers = {"content-type": JSON, **client.served_headers(model, replies)}
    return JoinedBody(answer.join({"model": values["model"], "usage": usage}), headers=headers)


class _Answer:
    """The answer as far as it is written."""

    def __init__(self, ports: Ports, encoding: VectorEncoding, dimensions: int | None) -> None:
        self.count = 0
        self.tokens = 0
        """Tokens of the texts that the model reports, 0 if it reports none."""
        self._ports = ports
        self._encoding = encoding
        self._dimensions = dimensions
        self._parts: list[bytes | Buffer] = []

    async def add(self, reply: Reply) -> None:
        """Adds the vectors of one call. Raises :class:`APIError`."""
        body = await client.buffer_answer(reply, ANSWER_BYTES)
        try:
            vectors = self._ports.read_vectors(body)
            first, self.count = self.count, self.count + vectors.count
            between = [_write_head(index) for index in range(first, self.count)]
            between = between[:1] + ["}," + head for head in between[1:]] + ["}"]
            data = vectors.write(between, self._encoding, self._dimensions)
        except ValueError:
            raise Upstream("The model's answer has no vectors, or some that are none.") from None
        self._parts += [b",", data] if self._parts else [data]
        usage = read_usage(vectors.rest.get("usage"))
        self.tokens += usage.prompt_tokens if usage else 0

    def join(self, tail: Mapping[str, Any]) -> list[bytes | Buffer]:
        """Returns the parts of the whole answer."""
        return [b'{"object":"list","data":[', *self._parts, b"]," + dump_json(tail)[1:]]


def _write_head(index: int) -> str:
    return f'{{"object":"embedding","index":{index},"embedding":'


def _read_inputs(value: Any, limit: int) -> list[str]:
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
        if not text or len(text) > limit:
            param = f"input[{place}]" if isinstance(value, list) else "input"
            if not text:
                raise BadRequest(f"'{param}' must not be empty.", param=param, code="invalid_value")
            check_length(text, limit, param)
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
