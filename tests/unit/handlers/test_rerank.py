import json
from typing import Any

import pytest

from support.fakes import FakeAI, FakeReply, answer, call, failure, run
from support.openai_shapes import check_answer

SCORES = {"response": [{"id": 2, "score": 0.9}, {"id": 0, "score": 0.5}, {"id": 1, "score": 0.1}]}
DOCUMENTS = ["apple", {"text": "pear"}, {"text": "plum", "title": "t"}]


def rank(*replies: FakeReply, path: str = "/v1/rerank", **fields: Any) -> tuple[int, Any, FakeAI]:
    ai = FakeAI(*replies)
    body = {"model": "bge-reranker-base", "query": "fruit", "documents": DOCUMENTS, **fields}
    got = run(call(ai, "POST", path, body))
    value = json.loads(got.body)  # type: ignore[union-attr]
    if got.status != 200:
        check_answer("error", value, status=got.status)
    return got.status, value, ai


@pytest.mark.parametrize("path", ["/v1/rerank", "/rerank", "/v2/rerank", "/v1/v2/rerank"])
def test_documents_are_ranked(path: str) -> None:
    status, value, ai = rank(answer(SCORES), path=path)
    assert status == 200
    assert [row["index"] for row in value["results"]] == [2, 0, 1]
    assert [row["relevance_score"] for row in value["results"]] == [0.9, 0.5, 0.1]
    assert "document" not in value["results"][0]
    assert ai.calls[0].inputs["contexts"] == [{"text": "apple"}, {"text": "pear"}, {"text": "plum"}]
    assert isinstance(value["usage"]["total_tokens"], int)
    assert value["meta"]["billed_units"]["search_units"] == 1


def test_the_first_few_with_their_documents() -> None:
    _, value, _ = rank(answer(SCORES), top_n=1, return_documents=True)
    assert value["results"] == [{"index": 2, "relevance_score": 0.9, "document": {"text": "plum"}}]


def test_logits_become_probabilities_in_the_same_order() -> None:
    logits = {
        "response": [{"id": 0, "score": -7.5}, {"id": 1, "score": 3.0}, {"id": 2, "score": 900}]
    }
    _, value, _ = rank(answer(logits))
    assert [row["index"] for row in value["results"]] == [2, 1, 0]
    assert all(0 <= row["relevance_score"] <= 1 for row in value["results"])


def test_the_model_has_a_default() -> None:
    _, _, ai = rank(answer(SCORES), model=None)
    assert ai.calls[0].model == "@cf/baai/bge-reranker-base"


@pytest.mark.parametrize("path", ["/v1/rerank", "/v2/rerank", "/rerank"])
def test_errors_have_the_fields_that_clients_of_cohere_and_jina_read(path: str) -> None:
    status, body, _ = rank(path=path, query="")
    assert status == 400
    assert body["message"] == body["detail"] == body["error"]["message"]
    status, body, _ = rank(failure(4006, 429), path=path)
    assert (status, body["detail"]) == (429, body["error"]["message"])


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"query": None}, "query"),
        ({"query": ""}, "query"),
        ({"query": 5}, "query"),
        ({"documents": None}, "documents"),
        ({"documents": []}, "documents"),
        ({"documents": "apple"}, "documents"),
        ({"documents": ["a", ""]}, "documents[1]"),
        ({"documents": ["a", 5]}, "documents[1]"),
        ({"documents": [{"title": "a"}]}, "documents[0].text"),
        ({"documents": ["a"] * 1001}, "documents"),
        ({"top_n": 0}, "top_n"),
        ({"top_n": "1"}, "top_n"),
        ({"return_documents": 1}, "return_documents"),
        ({"model": "distilbert-sst-2-int8"}, "model"),
        ({"model": "gpt-4o"}, "model"),
    ],
)
def test_errors_name_the_invalid_field(fields: dict[str, Any], param: str) -> None:
    status, value, ai = rank(**fields)
    assert (status, value["error"]["param"]) == (400, param)
    assert not ai.calls


FIRST_ALONE = {"response": [{"id": 0, "score": 0.5}]}


@pytest.mark.parametrize(
    "body", [{}, {"response": 5}, {"response": [{"id": 0}]}, FIRST_ALONE, [1], "x"]
)
def test_reports_upstream_answers_without_a_result(body: Any) -> None:
    status, value, _ = rank(answer(body))
    assert (status, value["error"]["code"]) == (502, "upstream_error")


def test_upstream_errors_come_through() -> None:
    status, value, _ = rank(failure(5035, 403))
    assert (status, value["error"]["code"]) == (403, "model_not_available")


@pytest.mark.parametrize("score", ["null", "NaN", "Infinity", "9" * 400, '"0.5"', '"nan"', "true"])
@pytest.mark.parametrize("row", ['{"id":0,"score":%s}', '{"id":%s,"score":0.5}'])
def test_rejects_scores_that_are_no_numbers(row: str, score: str) -> None:
    rows = ",".join([row % score, '{"id":0,"score":1}', '{"id":1,"score":1}', '{"id":2,"score":1}'])
    reply = FakeReply(('{"response":[' + rows + "]}").encode())
    assert rank(reply)[0] == 502


def test_scores_of_other_documents_are_left_out() -> None:
    rows = [*SCORES["response"], {"id": 3, "score": 70}, {"id": -1, "score": 0.1}]
    _, value, _ = rank(answer({"response": rows}))
    assert [row["relevance_score"] for row in value["results"]] == [0.9, 0.5, 0.1]


@pytest.mark.parametrize(
    ("query", "document", "param"),
    [
        ("q " * 513, "short", "query"),
        ("q", "word " * 513, "documents[1]"),
        ("q " * 300, "word " * 300, "documents[1]"),
    ],
)
def test_a_text_that_surely_does_not_fit_is_refused(query: str, document: str, param: str) -> None:
    status, body, ai = rank(query=query, documents=["a", document])
    assert (status, ai.calls) == (400, [])
    assert (body["error"]["code"], body["error"]["param"]) == ("context_length_exceeded", param)
    assert "maximum context length is 512 tokens" in body["error"]["message"]
    scores = answer({"response": [{"id": 0, "score": 0.1}, {"id": 1, "score": 0.2}]})
    for name, value in (("truncation", True), ("max_tokens_per_doc", 4096)):
        fields: dict[str, Any] = {name: value, "query": query, "documents": ["a", document]}
        status, _, _ = rank(scores, **fields)
        assert status == 200
