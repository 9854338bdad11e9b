import json
from typing import Any, get_type_hints

import pytest

from handlers.openai import moderations
from support.fakes import FakeAI, FakeReply, answer, call, failure, run
from support.openai_shapes import check_answer


def judge(*replies: FakeReply, **fields: Any) -> tuple[int, Any, FakeAI]:
    ai = FakeAI(*replies)
    got = run(call(ai, "POST", "/v1/moderations", {"input": "Hello", **fields}))
    value = json.loads(got.body)  # type: ignore[union-attr]
    check_answer("moderation" if got.status == 200 else "error", value, status=got.status)
    return got.status, value, ai


@pytest.mark.parametrize("verdict", ["safe", "\n\nsafe", {"safe": True, "categories": []}])
def test_a_safe_text(verdict: Any) -> None:
    status, value, ai = judge(answer({"response": verdict}))
    assert status == 200
    [result] = value["results"]
    assert result["flagged"] is False
    assert not any(result["categories"].values())
    assert ai.calls[0].model == "@cf/meta/llama-guard-3-8b"
    assert ai.calls[0].inputs["messages"] == [{"role": "user", "content": "Hello"}]


@pytest.mark.parametrize(
    "verdict", ["\n\nunsafe\nS1,S10", {"safe": False, "categories": ["S1", "S10"]}]
)
def test_an_unsafe_text_in_openais_words(verdict: Any) -> None:
    _, value, _ = judge(answer({"response": verdict}))
    [result] = value["results"]
    assert result["flagged"] is True
    flagged = {name for name, found in result["categories"].items() if found}
    assert flagged == {"violence", "illicit", "illicit/violent", "hate"}
    assert {name for name, score in result["category_scores"].items() if score == 1.0} == flagged
    assert result["hazards"] == ["S1", "S10"]


def test_a_hazard_that_openai_has_no_category_for_flags_all_the_same() -> None:
    _, value, _ = judge(answer({"response": "unsafe\nS13"}))
    assert value["results"][0]["flagged"] is True
    assert value["results"][0]["hazards"] == ["S13"]


@pytest.mark.parametrize("hazard", moderations.HAZARDS)
def test_every_hazard_has_known_categories(hazard: str) -> None:
    assert set(moderations.HAZARDS[hazard]) <= set(moderations.CATEGORIES)


def test_each_string_is_judged_by_itself() -> None:
    replies = [answer({"response": "safe"}), answer({"response": "unsafe\nS11"})]
    _, value, ai = judge(*replies, input=["a", "b"])
    assert [result["flagged"] for result in value["results"]] == [False, True]
    assert len(ai.calls) == 2


def test_parts_are_one_input() -> None:
    parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    _, value, ai = judge(answer({"response": "safe"}), input=parts)
    assert len(value["results"]) == 1
    assert ai.calls[0].inputs["messages"][0]["content"] == "a\nb"


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"input": None}, "input"),
        ({"input": ""}, "input"),
        ({"input": []}, "input"),
        ({"input": ["a", 5]}, "input"),
        ({"input": ["a"] * 33}, "input"),
        ({"input": [{"type": "image_url", "image_url": {"url": "https://x.example"}}]}, "input[0]"),
        ({"input": [{"type": "text"}]}, "input[0].text"),
        ({"model": "gpt-4o"}, "model"),
        ({"model": 5}, "model"),
    ],
)
def test_errors_name_the_invalid_field(fields: dict[str, Any], param: str) -> None:
    status, value, ai = judge(**fields)
    assert (status, value["error"]["param"]) == (400, param)
    assert not ai.calls


@pytest.mark.parametrize(
    "body",
    [
        {"text": "safe"},
        {"response": ""},
        {"response": None},
        {"response": "I cannot say."},
        {"response": 1},
        {"response": {}},
        {"response": {"safe": None}},
        {"response": {"safe": []}},
        {"response": {"safe": False, "categories": 5}},
        [],
    ],
)
def test_no_verdict_is_an_error(body: Any) -> None:
    status, value, _ = judge(answer(body))
    assert (status, value["error"]["code"]) == (502, "upstream_error")


def test_upstream_errors_come_through() -> None:
    status, value, _ = judge(failure(3040, 429), failure(3040, 429))
    assert (status, value["error"]["code"]) == (429, "capacity_exceeded")


def test_every_field_of_openai_is_a_row() -> None:
    params = pytest.importorskip("openai.types.moderation_create_params")
    names = set(get_type_hints(params.ModerationCreateParams))
    assert names <= {row.name for row in moderations.FIELDS}
