"""Reranking, as Jina and Cohere have it and One API and New API send it."""

from typing import Any

import httpx2
import pytest

MODEL = "@cf/baai/bge-reranker-base"
DOCUMENTS = ["a car on a road", "an apple is a fruit", "ripe fruit on a tree", "nothing"]


def rank(http: httpx2.Client, path: str = "/v1/rerank", **fields: Any) -> dict[str, Any]:
    body = {"model": MODEL, "query": "a ripe fruit", "documents": DOCUMENTS, **fields}
    answer = http.post(path, json=body)
    assert answer.status_code == 200, answer.text
    value: dict[str, Any] = answer.json()
    scores = [row["relevance_score"] for row in value["results"]]
    assert all(type(score) is float and 0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    return value


@pytest.mark.parametrize("path", ["/v1/rerank", "/rerank", "/v2/rerank", "/v1/v1/rerank/"])
def test_best_first(http: httpx2.Client, path: str) -> None:
    answer = rank(http, path)
    assert answer["model"] == MODEL
    assert answer["id"]
    assert sorted(row["index"] for row in answer["results"]) == [0, 1, 2, 3]
    assert [row["index"] for row in answer["results"]][:2] == [2, 1]
    assert all(row.keys() == {"index", "relevance_score"} for row in answer["results"])
    usage = answer["usage"]
    assert type(usage["total_tokens"]) is int
    assert usage["total_tokens"] == usage["prompt_tokens"] > 0
    assert answer["meta"]["billed_units"] == {"search_units": 1}


def test_the_model_by_another_name_and_by_none(http: httpx2.Client) -> None:
    expected = rank(http)["results"]
    assert rank(http, model="bge-reranker-base")["results"] == expected
    assert rank(http, model=None)["results"] == expected


def test_only_the_best(http: httpx2.Client) -> None:
    assert [row["index"] for row in rank(http, top_n=1)["results"]] == [2]
    assert len(rank(http, top_n=99)["results"]) == 4


def test_with_documents(http: httpx2.Client) -> None:
    for documents in (DOCUMENTS, [{"text": text} for text in DOCUMENTS]):
        answer = rank(http, documents=documents, return_documents=True)
        for row in answer["results"]:
            assert row["document"] == {"text": DOCUMENTS[row["index"]]}


def test_what_cohere_and_jina_add_is_taken(http: httpx2.Client) -> None:
    more: dict[str, Any] = {
        "max_chunks_per_doc": 10,
        "max_tokens_per_doc": 4096,
        "rank_fields": ["text"],
    }
    assert rank(http, **more, truncation=True)["results"] == rank(http)["results"]


def test_raw_scores_become_probabilities(http: httpx2.Client) -> None:
    answer = rank(http, model="@mock/rerank/logits")
    assert [row["index"] for row in answer["results"]][:2] == [2, 1]
    assert len({row["relevance_score"] for row in answer["results"]}) > 1


def test_results_out_of_order(http: httpx2.Client) -> None:
    unsorted = rank(http, model="@mock/rerank/unsorted")["results"]
    assert unsorted == rank(http, model="@mock/rerank")["results"]


def test_many_documents(http: httpx2.Client) -> None:
    documents = [f"document {number}" for number in range(999)] + ["a ripe fruit"]
    answer = rank(http, documents=documents)
    assert len(answer["results"]) == 1000
    assert answer["results"][0]["index"] == 999


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"query": None}, "query"),
        ({"query": ""}, "query"),
        ({"query": 7}, "query"),
        ({"documents": None}, "documents"),
        ({"documents": []}, "documents"),
        ({"documents": "one"}, "documents"),
        ({"documents": ["x"] * 1001}, "documents"),
        ({"documents": ["x", ""]}, "documents[1]"),
        ({"documents": ["x", 7]}, "documents[1]"),
        ({"documents": [{"title": "x"}]}, "documents[0].text"),
        ({"top_n": 0}, "top_n"),
        ({"top_n": "3"}, "top_n"),
        ({"return_documents": "yes"}, "return_documents"),
        ({"model": "@cf/huggingface/distilbert-sst-2-int8"}, "model"),
        ({"model": "gpt-4o"}, "model"),
    ],
)
def test_what_cannot_be(http: httpx2.Client, fields: dict[str, Any], param: str) -> None:
    body = {"model": MODEL, "query": "fruit", "documents": DOCUMENTS, **fields}
    for path in ("/v1/rerank", "/v2/rerank"):
        answer = http.post(path, json=body)
        assert answer.status_code == 400, answer.text
        assert answer.json()["error"]["param"] == param


def test_a_model_that_nobody_has(http: httpx2.Client) -> None:
    body = {"model": "reranker-of-nobody", "query": "fruit", "documents": DOCUMENTS}
    answer = http.post("/v1/rerank", json=body)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "model_not_found"


@pytest.mark.parametrize("quirk", ["html-200", "html-502", "empty", "not-json", "null"])
def test_answers_that_are_none(http: httpx2.Client, quirk: str) -> None:
    body = {"model": f"@mock/rerank/{quirk}", "query": "fruit", "documents": DOCUMENTS}
    answer = http.post("/v1/rerank", json=body)
    assert answer.status_code == 502
    assert "<" not in answer.text
