"""The input items of a Responses request, and the messages they become."""

from typing import Any

import pytest

from support.exchange import NATIVE, VISION, respond
from support.fakes import FakeFetch, FakeReply
from support.responses_requests import (
    CALL,
    DATA_URL,
    IMAGE,
    PAGE,
    PNG,
    RESULT,
    generation,
    messages,
    refused,
)


def test_input_as_text() -> None:
    assert generation(input="Hi").messages == [{"role": "user", "content": "Hi"}]
    assert generation(input="").messages == [{"role": "user", "content": ""}]


def test_instructions_come_first() -> None:
    first = {"role": "system", "content": "Be brief."}
    hello = {"role": "user", "content": "Hello"}
    assert generation(instructions="Be brief.").messages == [first, hello]
    assert generation(instructions="").messages == [hello]
    given = {"role": "developer", "content": "Rhyme."}
    assert respond(input=[given, hello], instructions="Be brief.").inputs["messages"] == [
        {"role": "system", "content": "Be brief.\n\nRhyme."},
        hello,
    ]


@pytest.mark.parametrize("typed", [{}, {"type": "message"}, {"type": None}])
@pytest.mark.parametrize(
    ("role", "expected"),
    [("system", "system"), ("developer", "system"), ("user", "user"), ("assistant", "assistant")],
)
@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Hi", "Hi"),
        ([{"type": "input_text", "text": "Hi"}], "Hi"),
        ([{"type": "input_text", "text": "Hi"}, {"type": "input_text", "text": "you"}], "Hi\nyou"),
    ],
)
def test_messages(typed: Any, role: str, expected: str, content: Any, text: str) -> None:
    item = {**typed, "role": role, "content": content, "status": "completed", "phase": None}
    assert messages(item) == [{"role": expected, "content": text}]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ({"type": "output_text", "text": "Hi", "annotations": [], "logprobs": []}, "Hi"),
        ({"type": "refusal", "refusal": "No."}, "No."),
    ],
)
def test_what_the_model_said_comes_back(part: dict[str, Any], text: str) -> None:
    item = {"type": "message", "id": "msg_1", "role": "assistant", "content": [part]}
    assert messages(item) == [{"role": "assistant", "content": text}]


@pytest.mark.parametrize("url", [DATA_URL, PAGE])
def test_images(url: str) -> None:
    fetch = FakeFetch({PAGE: FakeReply(PNG)})
    parts = [
        {"type": "input_text", "text": "What is this?"},
        {"type": "input_image", "image_url": url, "detail": "auto"},
    ]
    [message] = messages({"role": "user", "content": parts}, fetch=fetch, model=VISION)
    assert message["content"] == [{"type": "text", "text": "What is this?"}, IMAGE]


def test_rejects_images_for_models_without_vision() -> None:
    parts = [{"type": "input_image", "image_url": DATA_URL}]
    refused("input[0].content[0]", model=NATIVE, input=[{"role": "user", "content": parts}])


def test_one_turn_of_the_model_is_one_message() -> None:
    items = [
        {"role": "user", "content": "Hello"},
        {"type": "reasoning", "id": "rs_1", "summary": [], "content": [{"text": "Hm."}]},
        {"role": "assistant", "content": [{"type": "output_text", "text": "Let me look."}]},
        CALL,
        {**CALL, "id": "fc_2", "call_id": "c2", "arguments": ' {"a": 1} '},
        RESULT,
        {**RESULT, "call_id": "c2", "output": [{"type": "input_text", "text": "43"}]},
        {"type": "reasoning", "summary": [{"type": "summary_text", "text": "So."}]},
        {**CALL, "call_id": "c3"},
        {**RESULT, "call_id": "c3", "output": ""},
    ]
    calls = [
        {"id": name, "type": "function", "function": {"name": "f", "arguments": arguments}}
        for name, arguments in (("c1", "{}"), ("c2", '{"a": 1}'), ("c3", "{}"))
    ]
    assert messages(*items) == [
        {"role": "user", "content": "Hello"},
        {
            "role": "assistant",
            "content": "Let me look.",
            "reasoning": "Hm.",
            "tool_calls": calls[:2],
        },
        {"role": "tool", "tool_call_id": "c1", "name": "f", "content": "42"},
        {"role": "tool", "tool_call_id": "c2", "name": "f", "content": "43"},
        {"role": "assistant", "content": "", "reasoning": "So.", "tool_calls": calls[2:]},
        {"role": "tool", "tool_call_id": "c3", "name": "f", "content": ""},
    ]


def test_new_thinking_begins_a_new_turn() -> None:
    thought = {"type": "reasoning", "summary": [], "content": [{"text": "Hm."}]}
    first, second = messages(CALL, thought, {**CALL, "call_id": "c2"})
    assert [call["id"] for call in first["tool_calls"]] == ["c1"]
    assert "reasoning" not in first
    assert [call["id"] for call in second["tool_calls"]] == ["c2"]
    assert second["reasoning"] == "Hm."


def test_two_answers_stay_two() -> None:
    said = [{"role": "assistant", "content": text} for text in ("One.", "Two.")]
    assert messages(*said) == said


def test_thinking_that_came_to_nothing_is_not_that_of_the_next_answer() -> None:
    thought = {"type": "reasoning", "summary": [{"text": "Hm."}]}
    user, assistant = {"role": "user", "content": "Go on."}, {"role": "assistant", "content": "No."}
    assert messages(thought, user, assistant) == [user, assistant]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"content": [{"text": "a"}, {"text": "b"}], "summary": [{"text": "c"}]}, "a\nb"),
        ({"content": [], "summary": [{"text": "c"}]}, "c"),
        ({"content": None, "summary": [], "encrypted_content": "gAAA"}, None),
        ({}, None),
    ],
)
def test_reasoning_items(item: dict[str, Any], expected: str | None) -> None:
    said = {"role": "assistant", "content": "Hi"}
    [message] = messages({"type": "reasoning", "id": "rs_1", **item}, said)
    assert message.get("reasoning") == expected


def test_images_in_results_come_after_all_results() -> None:
    picture = {"type": "input_image", "image_url": DATA_URL}
    items = [
        CALL,
        {**CALL, "call_id": "c2"},
        {**RESULT, "output": [{"type": "input_text", "text": "A map"}, picture]},
        {**RESULT, "call_id": "c2", "output": [picture]},
    ]
    shown = {"type": "text", "text": "The images in the results above:"}
    for rest in ([], [{"role": "user", "content": "Where?"}]):
        _, first, second, pictures, *after = messages(*items, *rest, model=VISION)
        told = "(An image, shown in the next message.)"
        assert (first["content"], second["content"]) == ("A map", told)
        assert pictures == {"role": "user", "content": [shown, IMAGE, IMAGE]}
        assert after == rest


@pytest.mark.parametrize(
    ("items", "param"),
    [
        ([], "input"),
        (["Hi"], "input[0]"),
        ([None], "input[0]"),
        ([{"role": "user", "content": "Hi"}, 5], "input[1]"),
        ([{"role": "bot", "content": "Hi"}], "input[0].role"),
        ([{"type": "message", "content": "Hi"}], "input[0].role"),
        ([{"role": "user", "content": 5}], "input[0].content"),
        ([{"role": "user", "content": [{"type": "input_file"}]}], "input[0].content[0].type"),
        ([{"role": "user", "content": [{"type": "input_audio"}]}], "input[0].content[0].type"),
        (
            [{"role": "user", "content": [{"type": "input_image", "file_id": "file_1"}]}],
            "input[0].content[0].image_url",
        ),
        ([{"type": "item_reference"}], "input[0].id"),
        ([{}], "input[0].id"),
        ([{"type": "web_search_call", "id": "ws_1"}], "input"),
        ([{"type": "custom_tool_call", "call_id": "c", "name": "n"}], "input[0].input"),
        ([{"type": "custom_tool_call", "call_id": "c", "input": ""}], "input[0].name"),
        ([{"type": ["message"]}], "input[0].type"),
        ([{"type": "function_call", "call_id": "c1", "arguments": "{}"}], "input[0].name"),
        ([{**RESULT, "output": [{"type": "input_file"}]}], "input[0].output[0].type"),
        ([{**RESULT, "output": [{"type": "input_image"}]}], "input[0].output[0].image_url"),
        ([{"type": "reasoning", "summary": "Hm."}], "input[0].summary"),
        ([{"type": "reasoning", "summary": ["Hm."]}], "input[0].summary[0]"),
        ([{"type": "reasoning", "content": [{}]}], "input[0].content[0].text"),
    ],
)
def test_errors_name_the_invalid_item(items: list[Any], param: str) -> None:
    refused(param, input=items, model=VISION)


def test_a_prompt_that_cannot_fit_is_told_by_its_name_here() -> None:
    got = refused("input", model=NATIVE, input="over " * 200_000)
    assert got.error["code"] == "context_length_exceeded"
