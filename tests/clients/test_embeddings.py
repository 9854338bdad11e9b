"""Embeddings, as OpenAI's package and plain HTTP ask for them."""

import base64
import json
import math
from array import array
from collections.abc import Sequence
from typing import Any

import httpx2
import openai as sdk
import pytest
from openai import AsyncOpenAI, OpenAI

from support.openai_shapes import check_answer

SMALL = "@cf/baai/bge-m3"
MATRYOSHKA = "@cf/qwen/qwen3-embedding-0.6b"
DIMENSIONS = {
    "@cf/baai/bge-small-en-v1.5": 384,
    "@cf/baai/bge-base-en-v1.5": 768,
    "@cf/baai/bge-large-en-v1.5": 1024,
    SMALL: 1024,
    MATRYOSHKA: 1024,
    "@cf/google/embeddinggemma-300m": 768,
    "@cf/pfnet/plamo-embedding-1b": 2048,
}
FORMS: list[dict[str, Any]] = [{"encoding_format": "float"}, {}]
"""Without one the package asks for base64, and decodes it; asked for base64 it does not."""


def length(vector: Sequence[float]) -> float:
    return math.sqrt(sum(number * number for number in vector))


def vectors(openai: OpenAI, texts: str | list[str], **fields: Any) -> list[list[float]]:
    answer = openai.embeddings.create(**{"model": SMALL, "input": texts, **fields})
    assert [row.index for row in answer.data] == list(range(len(answer.data)))
    return [row.embedding for row in answer.data]


@pytest.mark.parametrize(("model", "dimensions"), DIMENSIONS.items())
def test_every_model(openai: OpenAI, model: str, dimensions: int) -> None:
    answer = openai.embeddings.create(model=model, input=["Hello", "Bonjour"])
    assert answer.model == model
    assert [len(row.embedding) for row in answer.data] == [dimensions] * 2
    assert [length(row.embedding) for row in answer.data] == pytest.approx([1, 1], abs=1e-4)
    assert answer.data[0].embedding != answer.data[1].embedding
    assert answer.usage.prompt_tokens == answer.usage.total_tokens > 0


@pytest.mark.parametrize(
    ("alias", "served"),
    [
        ("text-embedding-3-small", SMALL),
        ("text-embedding-3-large", MATRYOSHKA),
        ("text-embedding-ada-002", SMALL),
        ("bge-m3", SMALL),
    ],
)
def test_names(openai: OpenAI, alias: str, served: str) -> None:
    raw = openai.embeddings.with_raw_response.create(model=alias, input="Hello")
    assert raw.parse().model == alias
    assert raw.headers["x-model-served"] == served


def test_one_string_is_a_list_of_one(openai: OpenAI) -> None:
    assert vectors(openai, "Hello") == vectors(openai, ["Hello"])


def test_base64_says_the_same_as_numbers(openai: OpenAI, http: httpx2.Client) -> None:
    texts = ["Hello", "日本語", "🦊"]
    decoded = vectors(openai, texts)
    assert vectors(openai, texts, encoding_format="float") == decoded
    body = {"model": SMALL, "input": texts}
    plain = http.post("/v1/embeddings", json=body)
    check_answer("embeddings", plain.json(), status=200)
    assert [row["embedding"] for row in plain.json()["data"]] == decoded
    encoded = http.post("/v1/embeddings", json={**body, "encoding_format": "base64"})
    check_answer("embeddings_base64", encoded.json(), status=200)
    raw = [base64.b64decode(row["embedding"]) for row in encoded.json()["data"]]
    assert [array("f", data).tolist() for data in raw] == decoded
    assert encoded.json()["usage"] == plain.json()["usage"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("model", "calls"), [(SMALL, 3), (MATRYOSHKA, 8)])
def test_more_texts_than_one_call_takes(
    openai: OpenAI, http: httpx2.Client, model: str, calls: int, form: dict[str, Any]
) -> None:
    """250 of them: 100 a call for bge-m3, 32 for qwen3."""
    texts = [f"text number {number}" for number in range(250)]
    before = count(http)
    answer = openai.embeddings.create(model=model, input=texts, **form)
    assert count(http) - before == calls
    assert [row.index for row in answer.data] == list(range(250))
    assert len({tuple(row.embedding) for row in answer.data}) == 250
    for place in (0, 31, 32, 99, 100, 199, 200, 249):
        [alone] = vectors(openai, texts[place], model=model)
        assert answer.data[place].embedding == pytest.approx(alone, abs=1e-7)
    alone_costs = openai.embeddings.create(model=model, input=texts[0]).usage.prompt_tokens
    assert answer.usage.prompt_tokens >= 250 * alone_costs


def count(http: httpx2.Client) -> int:
    """How many calls Workers AI has had; asking is none."""
    body = {"model": "@mock/state", "messages": [{"role": "user", "content": "?"}]}
    said = http.post("/v1/chat/completions", json=body).json()["choices"][0]["message"]["content"]
    return int(json.loads(said)["calls"])


@pytest.mark.parametrize("form", FORMS)
def test_shorter_vectors(openai: OpenAI, form: dict[str, Any]) -> None:
    [whole] = vectors(openai, "Hello", model=MATRYOSHKA)
    for size in (1, 256, 1024):
        [short] = vectors(openai, "Hello", model=MATRYOSHKA, dimensions=size, **form)
        assert len(short) == size
        assert length(short) == pytest.approx(1, abs=1e-5)
        scale = length(whole[:size])
        assert short == pytest.approx([number / scale for number in whole[:size]], abs=1e-6)


def test_dimensions_that_a_model_has_anyway(openai: OpenAI) -> None:
    assert len(vectors(openai, "Hello", dimensions=1024)[0]) == 1024


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"input": ""}, "input"),
        ({"input": ["Hello", ""]}, "input[1]"),
        ({"input": []}, "input"),
        ({"input": [1, 2, 3]}, "input"),
        ({"input": [[1, 2], [3]]}, "input"),
        ({"input": ["Hello", 7]}, "input"),
        ({"input": ["a"] * 2049}, "input"),
        ({"dimensions": 256}, "dimensions"),
        ({"dimensions": 0}, "dimensions"),
        ({"dimensions": 1025, "model": MATRYOSHKA}, "dimensions"),
        ({"encoding_format": "int8"}, "encoding_format"),
        ({"model": "gpt-4o"}, "model"),
    ],
)
def test_what_cannot_be(openai: OpenAI, fields: dict[str, Any], param: str) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.embeddings.create(**{"model": SMALL, "input": "Hello", **fields})
    assert caught.value.param == param


def test_token_ids_say_what_to_do(openai: OpenAI) -> None:
    """LangChain sends them unless told otherwise."""
    with pytest.raises(sdk.BadRequestError, match="check_embedding_ctx_length=False"):
        openai.embeddings.create(model=SMALL, input=[[9906, 1917]])


@pytest.mark.parametrize("missing", ["model", "input"])
def test_what_is_missing(http: httpx2.Client, missing: str) -> None:
    body = {"model": SMALL, "input": "Hello"}
    del body[missing]
    answer = http.post("/v1/embeddings", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == missing


def test_a_model_that_nobody_has(openai: OpenAI) -> None:
    with pytest.raises(sdk.NotFoundError) as caught:
        openai.embeddings.create(model="text-embedding-nobody", input="Hello")
    assert caught.value.code == "model_not_found"


def test_texts_that_do_not_fit(openai: OpenAI) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.embeddings.create(model=SMALL, input="word " * 60_001)
    assert caught.value.code == "context_length_exceeded"


@pytest.mark.parametrize("model", ["short", "html-200", "html-502", "empty", "not-json", "null"])
def test_answers_that_are_none(openai: OpenAI, model: str) -> None:
    with pytest.raises(sdk.InternalServerError) as caught:
        openai.embeddings.create(model=f"@mock/embeddings/{model}", input=["Hello", "Bonjour"])
    assert caught.value.status_code == 502
    assert "<" not in str(caught.value.body)


def test_a_vector_without_direction(openai: OpenAI) -> None:
    assert set(vectors(openai, "Hello", model="@mock/embeddings/zeros")[0]) == {0}


def test_a_reranker_answers_here_as_it_does_there(http: httpx2.Client) -> None:
    """New API tests a channel's reranker on this path, because of its name."""
    body = {
        "model": "@cf/baai/bge-reranker-base",
        "query": "fruit",
        "documents": ["a car", "fruit on a tree"],
        "top_n": 1,
    }
    here, there = (http.post(path, json=body) for path in ("/v1/embeddings", "/v1/rerank"))
    assert (here.status_code, there.status_code) == (200, 200)
    assert here.json()["results"] == there.json()["results"]
    assert [row["index"] for row in here.json()["results"]] == [1]


@pytest.mark.anyio
async def test_async(async_openai: AsyncOpenAI) -> None:
    answer = await async_openai.embeddings.create(model=SMALL, input=["Hello", "Bonjour"])
    assert len(answer.data) == 2
