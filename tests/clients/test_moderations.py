"""Moderations, as OpenAI's package asks for them. That each answer is OpenAI's, the transport
checks."""

from typing import Any

import httpx2
import openai as sdk
import pytest
from openai import AsyncOpenAI, OpenAI

GUARD = "@cf/meta/llama-guard-3-8b"


def flagged(result: Any) -> set[str]:
    """The categories in OpenAI's own names."""
    categories: dict[str, bool] = result.categories.model_dump(by_alias=True)
    scores: dict[str, float] = result.category_scores.model_dump(by_alias=True)
    found = {name for name, value in categories.items() if value}
    assert {name for name, score in scores.items() if score > 0.5} == found
    assert all(0 <= score <= 1 for score in scores.values())
    return found


@pytest.mark.parametrize(
    "model", ["omni-moderation-latest", "text-moderation-stable", GUARD, "llama-guard-3-8b"]
)
def test_what_is_harmless(openai: OpenAI, model: str) -> None:
    raw = openai.moderations.with_raw_response.create(model=model, input="Hello")
    answer = raw.parse()
    assert answer.model == model
    assert raw.headers["x-model-served"] == GUARD
    [result] = answer.results
    assert not result.flagged
    assert not flagged(result)


def test_without_a_model(openai: OpenAI) -> None:
    assert openai.moderations.create(input="Hello").model == "omni-moderation-latest"


@pytest.mark.parametrize(
    ("hazards", "categories"),
    [
        ("S1", {"violence", "illicit", "illicit/violent"}),
        ("S2", {"illicit"}),
        ("S4", {"sexual", "sexual/minors"}),
        ("S5", {"harassment"}),
        ("S10", {"hate"}),
        ("S11", {"self-harm", "self-harm/intent", "self-harm/instructions"}),
        ("S12", {"sexual"}),
        ("S10,S12", {"hate", "sexual"}),
        ("S6", set()),
    ],
)
def test_hazards(openai: OpenAI, hazards: str, categories: set[str]) -> None:
    [result] = openai.moderations.create(input=f"Hello [[unsafe:{hazards}]]").results
    assert result.flagged
    assert flagged(result) == categories
    assert (result.model_extra or {})["hazards"] == hazards.split(",")


def test_several_texts_have_a_verdict_each(openai: OpenAI) -> None:
    texts = ["Hello", "[[unsafe:S1]]", "Bonjour", "[[unsafe:S10]]"]
    answer = openai.moderations.create(input=texts * 8)
    assert [result.flagged for result in answer.results] == [False, True, False, True] * 8
    assert "violence" in flagged(answer.results[1])
    assert flagged(answer.results[3]) == {"hate"}


def test_parts_are_one_input(openai: OpenAI) -> None:
    parts: list[Any] = [
        {"type": "text", "text": "Hello"},
        {"type": "text", "text": "[[unsafe:S5]]"},
    ]
    [result] = openai.moderations.create(input=parts).results
    assert flagged(result) == {"harassment"}


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"input": ""}, "input"),
        ({"input": []}, "input"),
        ({"input": ["Hello", ""]}, "input"),
        ({"input": ["Hello"] * 33}, "input"),
        ({"input": [1]}, "input"),
        (
            {"input": [{"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]},
            "input[0]",
        ),
        ({"input": [{"type": "text"}]}, "input[0].text"),
        ({"model": "gpt-4o"}, "model"),
        ({"model": "@cf/baai/bge-m3"}, "model"),
    ],
)
def test_what_cannot_be(openai: OpenAI, fields: dict[str, Any], param: str) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.moderations.create(**{"input": "Hello", **fields})
    assert caught.value.param == param


def test_without_an_input(http: httpx2.Client) -> None:
    answer = http.post("/v1/moderations", json={"model": GUARD})
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "input"


@pytest.mark.anyio
async def test_async(async_openai: AsyncOpenAI) -> None:
    answer = await async_openai.moderations.create(input="[[unsafe:S1]]")
    assert answer.results[0].flagged
