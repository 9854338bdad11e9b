"""``POST /v1/rerank`` (and ``/rerank``, ``/v2/rerank``), as Jina and Cohere publish it."""

import math
import os
from typing import Any

from core.errors import BadRequest, Upstream
from core.limits import ANSWER_BYTES, RERANK_DOCUMENTS
from core.ports import Call, Ports
from core.web import Request, Response, json_response
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, read_json, require_field
from untrusted.json_text import check_number, parse_json
from workers_ai import client, tokens
from workers_ai.catalogue.lookup import find_model
from workers_ai.lengths import check_length, text_limit

DEFAULT_MODEL = "@cf/baai/bge-reranker-base"

FIELDS = (
    Field("model", fields.text),
    Field("query", fields.text),
    Field("documents", fields.array),
    Field("top_n", fields.within(fields.integer, 1, None)),
    Field("return_documents", fields.boolean),
    Field("max_chunks_per_doc", remark="the model cuts what is too long"),
    Field("max_tokens_per_doc", remark="the model cuts what is too long"),
    Field("rank_fields", remark="an object's text is what is ranked"),
    Field("truncation", remark="the model cuts what is too long"),
    Field("user", remark="nobody is watched here"),
)

_CUTS = ("max_chunks_per_doc", "max_tokens_per_doc", "truncation")


async def create(request: Request, ports: Ports) -> Response:
    """Returns documents in the order of their relevance to the query, with scores from 0 to 1."""
    return await rank_documents(await read_json(request), ports, request)


async def rank_documents(body: dict[str, Any], ports: Ports, request: Request) -> Response:
    """Ranks the documents of a parsed body. Raises :class:`APIError`."""
    values = read_fields(body, FIELDS)
    query, documents = require_field(values, "query"), require_field(values, "documents")
    model = await find_model(values.get("model", DEFAULT_MODEL), ports, "Text Classification")
    if not model.accepts_input("contexts"):
        raise BadRequest(
            f"This model does not rank documents; use {DEFAULT_MODEL}.",
            param="model",
            code="wrong_endpoint",
        )
    if not documents or len(documents) > RERANK_DOCUMENTS:
        raise BadRequest(
            f"'documents' must hold 1 to {RERANK_DOCUMENTS} documents.",
            param="documents",
            code="invalid_value",
        )
    if not query:
        raise BadRequest("'query' must not be empty.", param="query", code="invalid_value")
    texts = [
        _read_document(document, f"documents[{place}]") for place, document in enumerate(documents)
    ]
    limit = text_limit(model)
    # A client that sets one of these knows that texts are cut.
    if not any(body.get(name) for name in _CUTS):
        check_length(query, limit, "query")
        for place, text in enumerate(texts):
            # The model reads both as one text.
            if len(query) + len(text) >= limit:
                check_length(f"{query} {text}", limit, f"documents[{place}]")
    inputs: dict[str, Any] = {"query": query, "contexts": [{"text": text} for text in texts]}
    if model.accepts_input("top_k"):
        inputs["top_k"] = len(texts)
    replies = await client.run(ports, request, [Call(model.id, inputs)])
    scores = _read_scores(await client.read_answer(replies[0], ANSWER_BYTES), len(texts))
    ranked = sorted(range(len(texts)), key=lambda index: -scores[index])
    results = []
    for index in ranked[: values.get("top_n")]:
        result: dict[str, Any] = {"index": index, "relevance_score": scores[index]}
        if values.get("return_documents"):
            result["document"] = {"text": texts[index]}
        results.append(result)
    cost = sum(map(tokens.estimate, texts)) + tokens.estimate(query) * len(texts)
    return json_response(
        {
            "id": "rerank-" + os.urandom(12).hex(),
            "model": values.get("model", DEFAULT_MODEL),
            "results": results,
            "usage": {"prompt_tokens": cost, "total_tokens": cost},
            "meta": {"billed_units": {"search_units": 1}},
        },
        headers=client.served_headers(model, replies),
    )


def _read_document(document: Any, param: str) -> str:
    if isinstance(document, dict):
        document, param = document.get("text"), f"{param}.text"
    text: str = fields.text(document, param)
    if not text:
        raise BadRequest(f"'{param}' must not be empty.", param=param, code="invalid_value")
    return text


def _read_scores(body: bytes, count: int) -> list[float]:
    """Reads a score for each document. Logits, which some rerankers return, become
    probabilities."""
    try:
        rows = parse_json(body.decode("utf-8", "replace"))["response"]
        # Others than the documents' own numbers are left out: thousands may share their hash.
        scores = {
            number: check_number(row["score"])
            for row in rows
            if 0 <= (number := int(check_number(row["id"]))) < count
        }
        if len(scores) < count:
            raise ValueError("not every document has a score")
    except (ValueError, TypeError, KeyError):
        raise Upstream("The model's answer lacks scores.") from None
    if any(not 0 <= score <= 1 for score in scores.values()):
        scores = {index: _to_probability(score) for index, score in scores.items()}
    return [scores[index] for index in range(count)]


def _to_probability(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))
