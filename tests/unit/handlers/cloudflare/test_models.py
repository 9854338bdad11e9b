"""Cloudflare's list of models."""

import json
from typing import Any

from core.web import Response
from support.fakes import FakeAI, call, run

ACCOUNT = "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353"
M2M100 = "@cf/meta/m2m100-1.2b"


def models(query: str = "") -> Any:
    got = run(call(FakeAI(), "GET", f"{ACCOUNT}/ai/models/search?{query}"))
    assert isinstance(got, Response)
    return json.loads(got.body)


def test_the_search_lists_models_as_cloudflare_does() -> None:
    value = models()
    assert value["success"] is True
    assert value["result_info"]["total_count"] >= len(value["result"]) > 60
    [llama] = [
        row for row in value["result"] if row["name"].endswith("llama-3.3-70b-instruct-fp8-fast")
    ]
    assert llama["task"]["name"] == "Text Generation"
    properties = {row["property_id"]: row["value"] for row in llama["properties"]}
    assert properties["function_calling"] == "true"
    assert properties["context_window"] == "24000"


def test_the_search_is_narrowed_and_cut() -> None:
    embeddings = models("task=Text%20Embeddings")["result"]
    assert {row["task"]["name"] for row in embeddings} == {"Text Embeddings"}
    assert [row["name"] for row in models("search=M2M100")["result"]] == [M2M100]
    assert all("/qwen/" in row["name"] for row in models("author=qwen")["result"])
    first, second = models("per_page=5"), models("per_page=5&page=2")
    assert len(first["result"]) == len(second["result"]) == 5
    assert first["result"] != second["result"]
    assert len(models("per_page=x&page=-1")["result"]) > 5


def test_a_page_beyond_all_numbers_is_empty() -> None:
    assert models("page=" + "9" * 5000)["result"] == []
