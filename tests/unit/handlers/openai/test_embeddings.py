import base64
import json
import math
import struct
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.web import Response
from handlers.openai import embeddings
from support.fakes import FakeAI, FakeReply, answer, call, drain, failure, run
from support.openai_shapes import check_answer

BGE = "@cf/baai/bge-m3"


def reply(*vectors: list[float], **more: Any) -> FakeReply:
    return answer({"shape": [len(vectors), 3], "data": list(vectors), **more})


def embed(*replies: FakeReply, **fields: Any) -> tuple[int, Any, FakeAI]:
    ai = FakeAI(*replies)
    body = {"model": BGE, "input": "Hello", **fields}
    got = run(call(ai, "POST", "/v1/embeddings", body))
    value = json.loads(drain(got))
    if got.status == 200:
        kind = "embeddings_base64" if fields.get("encoding_format") == "base64" else "embeddings"
        check_answer(kind, value)
    else:
        check_answer("error", value, status=got.status)
    return got.status, value, ai


def test_a_string_is_one_vector() -> None:
    status, value, ai = embed(reply([0.25, -0.5, 1.0], usage={"prompt_tokens": 7}))
    assert status == 200
    assert value["data"] == [{"object": "embedding", "index": 0, "embedding": [0.25, -0.5, 1.0]}]
    assert value["model"] == BGE
    assert value["usage"] == {"prompt_tokens": 7, "total_tokens": 7}
    assert ai.calls[0].inputs == {"text": ["Hello"]}


def test_the_upstreams_digits_are_kept() -> None:
    body = b'{"shape":[1,2],"data":[[0.10000000149011612, -1e-7]]}'
    ai = FakeAI(FakeReply(body))
    got = run(call(ai, "POST", "/v1/embeddings", {"model": BGE, "input": "a"}))
    assert b"[0.10000000149011612, -1e-7]" in drain(got)


def test_usage_is_estimated_where_the_model_gives_none() -> None:
    _, value, _ = embed(reply([1.0, 0.0, 0.0]), input="eight characters or so")
    assert value["usage"]["prompt_tokens"] > 3


def test_base64_is_little_endian_float32() -> None:
    _, value, _ = embed(reply([1.0, -2.5, 3.0]), encoding_format="base64")
    data = base64.b64decode(value["data"][0]["embedding"])
    assert struct.unpack("<3f", data) == (1.0, -2.5, 3.0)


def test_batches_are_split_to_the_models_limit_and_keep_their_order() -> None:
    texts = [f"text {place}" for place in range(250)]
    replies = [reply(*([float(place)] * 3 for place in part)) for part in _parts(250, 100)]
    _, value, ai = embed(*replies, input=texts)
    assert [len(each.inputs["text"]) for each in ai.calls] == [100, 100, 50]
    assert [row["embedding"][0] for row in value["data"]] == [float(n) for n in range(250)]
    assert [row["index"] for row in value["data"]] == list(range(250))


def _parts(count: int, size: int) -> list[range]:
    return [range(at, min(at + size, count)) for at in range(0, count, size)]


def test_a_smaller_limit_is_the_rows() -> None:
    texts = ["a"] * 40
    replies = [reply(*[[1.0, 0.0, 0.0]] * size) for size in (32, 8)]
    _, _, ai = embed(*replies, model="qwen3-embedding-0.6b", input=texts)
    assert [len(each.inputs["text"]) for each in ai.calls] == [32, 8]


@pytest.mark.parametrize(
    ("given_input", "param"),
    [
        ("", "input"),
        (["a", ""], "input[1]"),
        ([], "input"),
        (None, "input"),
        (5, "input"),
        ([1, 2, 3], "input"),
        ([[1, 2], [3]], "input"),
        (["a", 5], "input"),
        (["a"] * 2049, "input"),
        ({"a": 1}, "input"),
    ],
)
def test_errors_name_the_invalid_input(given_input: Any, param: str) -> None:
    status, value, ai = embed(input=given_input)
    assert status == 400
    assert value["error"]["param"] == param
    assert not ai.calls


def test_rejects_token_ids_with_advice() -> None:
    _, value, _ = embed(input=[[1, 2]])
    assert "check_embedding_ctx_length" in value["error"]["message"]


def test_dimensions_shorten_and_renormalise() -> None:
    _, value, _ = embed(reply([3.0, 4.0, 12.0]), model="qwen3-embedding-0.6b", dimensions=2)
    vector = value["data"][0]["embedding"]
    assert vector == pytest.approx([0.6, 0.8])
    assert math.hypot(*vector) == pytest.approx(1)


def test_dimensions_and_base64_together() -> None:
    _, value, _ = embed(
        reply([3.0, 4.0, 12.0]),
        model="qwen3-embedding-0.6b",
        dimensions=2,
        encoding_format="base64",
    )
    data = base64.b64decode(value["data"][0]["embedding"])
    assert struct.unpack("<2f", data) == pytest.approx((0.6, 0.8))


def test_rejects_dimensions_for_fixed_vectors() -> None:
    status, value, _ = embed(model="bge-base-en-v1.5", dimensions=256)
    assert (status, value["error"]["param"]) == (400, "dimensions")
    assert "768" in value["error"]["message"]


def test_dimensions_that_the_model_has_anyway() -> None:
    status, _, _ = embed(reply([1.0, 2.0, 3.0]), model="bge-base-en-v1.5", dimensions=768)
    assert status == 200


def test_rejects_more_dimensions_than_the_model_has() -> None:
    status, value, _ = embed(model="qwen3-embedding-0.6b", dimensions=5000)
    assert (status, value["error"]["param"]) == (400, "dimensions")


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"{}",
        b'{"data":5}',
        b'{"data":[[1,2]]}',
        b'{"data":[["a"]]}',
        b'{"data":[[,]]}',
        b'{"data":[[1,],[,2]]}',
    ],
)
def test_reports_upstream_answers_without_a_result(body: bytes) -> None:
    ai = FakeAI(FakeReply(body))
    request = {"model": BGE, "input": ["a", "b"], "encoding_format": "base64"}
    got = run(call(ai, "POST", "/v1/embeddings", request))
    assert isinstance(got, Response)
    assert (got.status, json.loads(got.body)["error"]["code"]) == (502, "upstream_error")


@pytest.mark.parametrize("fields", [{}, {"encoding_format": "base64"}, {"dimensions": 1}])
@pytest.mark.parametrize(
    "vector",
    [
        *("null,1", "NaN,1", "1,-Infinity", "1e999,1", "1e300,1", "1e40,1", "9" * 400 + ",1"),
        *('"1",1', "true,1", "[1],1", "{},1", "", "1,,2", "1,", "1 2", "01,1", "1.,2", "--1", "1e"),
    ],
)
def test_rejects_vectors_of_anything_but_numbers(vector: str, fields: dict[str, Any]) -> None:
    model = "@cf/qwen/qwen3-embedding-0.6b" if "dimensions" in fields else BGE
    for data in (f"[[{vector}]]", f"[[{vector}],[1,2]]", f"[[1,2],[{vector}]]"):
        status, value, _ = embed(FakeReply(b'{"data":%s}' % data.encode()), model=model, **fields)
        assert (status, value["error"]["code"]) == (502, "upstream_error")


@pytest.mark.parametrize("numbers", ["0,-0.5", "1e-7 , -2.5E+5", "\n1e+05,\t12", "1e-400,0"])
def test_accepts_every_way_to_write_a_number(numbers: str) -> None:
    for fields in ({}, {"encoding_format": "base64"}):
        body = b'{"data":[[%s]], "usage":{"prompt_tokens":1e999}}' % numbers.encode()
        assert embed(FakeReply(body), **fields)[0] == 200


def test_answers_as_a_reranker_to_documents() -> None:
    body = {"model": "bge-reranker-base", "query": "q", "documents": ["a", "b"]}
    ai = FakeAI(answer({"response": [{"id": 0, "score": 0.5}, {"id": 1, "score": 0.7}]}))
    got = run(call(ai, "POST", "/v1/embeddings", body))
    assert [row["index"] for row in json.loads(got.body)["results"]] == [1, 0]  # type: ignore[union-attr]


def test_rejects_vectors_from_a_reranker() -> None:
    status, value, _ = embed(model="bge-reranker-base")
    assert status == 400
    assert "/v1/rerank" in value["error"]["message"]


def test_upstream_errors_come_through() -> None:
    status, value, _ = embed(failure(4006, 429))
    assert (status, value["error"]["code"]) == (429, "daily_neurons_exhausted")


def test_every_field_of_openai_is_a_row() -> None:
    params = pytest.importorskip("openai.types.embedding_create_params")
    names = set(get_type_hints(params.EmbeddingCreateParams))
    assert names <= {row.name for row in embeddings.FIELDS}


floats = st.floats(-1, 1, width=32)


@given(
    st.integers(1, 5).flatmap(
        lambda size: st.lists(
            st.lists(floats, min_size=size, max_size=size), min_size=1, max_size=4
        )
    )
)
def test_vectors_survive(vectors: list[list[float]]) -> None:
    texts = ["x"] * len(vectors)
    _, value, _ = embed(answer({"data": vectors}), input=texts)
    assert [row["embedding"] for row in value["data"]] == vectors


@pytest.mark.parametrize(
    ("model", "limit"),
    [
        ("bge-small-en-v1.5", 512),
        ("bge-large-en-v1.5", 512),
        ("embeddinggemma-300m", 2048),
        ("plamo-embedding-1b", 4096),
        ("qwen3-embedding-0.6b", 8192),
        ("bge-m3", 60_000),
    ],
)
@pytest.mark.parametrize("text", ["a {}", "unbelievable{}"])
def test_a_text_that_surely_does_not_fit_is_refused(model: str, limit: int, text: str) -> None:
    too_long = text.format("") * (limit + 1)
    status, body, ai = embed(model=model, input=["short", too_long])
    assert (status, ai.calls) == (400, [])
    error = body["error"]
    assert (error["code"], error["param"]) == ("context_length_exceeded", "input[1]")
    assert f"maximum context length is {limit} tokens" in error["message"]
    assert embed(reply([1.0]), model=model, input="a " * limit)[0] == 200
