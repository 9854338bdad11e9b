"""What clients send as a conversation, and the one shape it is brought into."""

from typing import Any

import pytest

from support.exchange import USER, messages, refused
from support.steps import assert_linear

# --- roles and content -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "expected"), [("system", "system"), ("developer", "system"), ("user", "user")]
)
@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Hi", "Hi"),
        ("", ""),
        (None, ""),
        ([], ""),
        ([{"type": "text", "text": "Hi"}], "Hi"),
        ([{"type": "text", "text": "Hi"}, {"type": "input_text", "text": "you"}], "Hi\nyou"),
        (["Hi", {"type": "text", "text": "you"}, "there"], "Hi\nyou\nthere"),
        ([{"type": "text", "text": ""}], ""),
        ("a\x00\ud83d", "a\x00\ud83d"),
    ],
)
def test_text_in_every_shape(role: str, expected: str, content: Any, text: str) -> None:
    assert messages({"role": role, "content": content}) == [{"role": expected, "content": text}]


def test_a_message_without_content() -> None:
    given = [{"role": "system"}, {"role": "user"}, {"role": "assistant"}]
    assert [message["content"] for message in messages(*given)] == ["", "", ""]


def test_names_and_unknown_fields_of_a_message_are_tolerated() -> None:
    given = {"role": "user", "content": "Hi", "name": "bob", "cache_control": {"type": "ephemeral"}}
    assert messages(given) == [{"role": "user", "content": "Hi"}]


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ([], "messages"),
        (["Hi"], "messages[0]"),
        ([None], "messages[0]"),
        ([*USER, {"content": "Hi"}], "messages[1].role"),
        ([{"role": "bot", "content": "Hi"}], "messages[0].role"),
        ([{"role": ["user"], "content": "Hi"}], "messages[0].role"),
        ([{"role": None, "content": "Hi"}], "messages[0].role"),
        ([{"role": "user", "content": 5}], "messages[0].content"),
        ([{"role": "user", "content": {"type": "text", "text": "Hi"}}], "messages[0].content"),
        ([{"role": "system", "content": True}], "messages[0].content"),
        ([{"role": "assistant", "content": 1.5}], "messages[0].content"),
        ([{"role": "user", "content": ["a", 5]}], "messages[0].content[1]"),
        ([{"role": "system", "content": ["a", None]}], "messages[0].content[1]"),
        ([{"role": "user", "content": [{"type": "text"}]}], "messages[0].content[0].text"),
        ([{"role": "user", "content": [{"text": "Hi"}]}], "messages[0].content[0].type"),
        ([{"role": "user", "content": [{"type": ["text"]}]}], "messages[0].content[0].type"),
        (
            [{"role": "system", "content": [{"type": "text", "text": 5}]}],
            "messages[0].content[0].text",
        ),
        (
            [{"role": "user", "content": [{"type": "input_audio", "input_audio": {}}]}],
            "messages[0].content[0].type",
        ),
        (
            [{"role": "user", "content": [{"type": "file", "file": {}}]}],
            "messages[0].content[0].type",
        ),
    ],
)
def test_errors_name_the_invalid_message(given: list[Any], param: str) -> None:
    refused(param, messages=given)


# --- tool calls and results --------------------------------------------------------------------


def call(name: str = "f", arguments: object = "{}", **extra: Any) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "arguments": arguments}, **extra}


def one_call(given: dict[str, Any]) -> dict[str, Any]:
    [message] = messages({"role": "assistant", "content": None, "tool_calls": [given]})
    assert message["content"] == ""
    [read] = message["tool_calls"]
    assert read.keys() == {"id", "type", "function"}
    assert read["type"] == "function"
    result: dict[str, Any] = read
    return result


@pytest.mark.parametrize(
    ("given", "arguments"),
    [
        ('{"a":1}', '{"a":1}'),
        ({"a": "你"}, '{"a":"你"}'),
        ({}, "{}"),
        ([1], "[1]"),
        ("", "{}"),
        (" \n", "{}"),
        (None, "{}"),
        ("no json", "no json"),
        (5, "5"),
        (False, "false"),
    ],
)
def test_arguments_become_text(given: object, arguments: str) -> None:
    nested = one_call(call(arguments=given, id="call_a"))
    assert nested == call(arguments=arguments, id="call_a")
    flat = one_call({"name": "f", "arguments": given, "id": "call_a"})
    assert flat == nested
    assert one_call({"name": "f", "parameters": given, "id": "call_a", "index": 0}) == nested


def test_calls_without_arguments_or_id() -> None:
    assert one_call({"function": {"name": "f"}})["function"] == {"name": "f", "arguments": "{}"}
    given = [call("f"), call("g", id=None), call("h", id=5), call("i", id="")]
    [message] = messages({"role": "assistant", "tool_calls": given})
    ids = [each["id"] for each in message["tool_calls"]]
    assert all(isinstance(each, str) and each for each in ids)
    assert len(set(ids)) == 4


def test_made_up_ids_differ_from_given_ones() -> None:
    given = [call("f", id="call_1"), call("g"), call("h", id="call_3"), call("i")]
    [message] = messages({"role": "assistant", "tool_calls": given})
    ids = [each["id"] for each in message["tool_calls"]]
    assert ids[::2] == ["call_1", "call_3"]
    assert len(set(ids)) == 4


def test_takes_steps_linear_in_calls_whose_ids_are_taken() -> None:
    def read(size: int) -> None:
        taken = [call("f", id=f"call_{number}") for number in range(size, 2 * size)]
        messages({"role": "assistant", "tool_calls": [*taken, *[call("g")] * size]})

    assert_linear(read, 200)


def test_ids_that_come_again_in_a_later_turn() -> None:
    turn = [
        {"role": "assistant", "tool_calls": [call("f", id="a")]},
        {"role": "tool", "content": "1"},
    ]
    assert [message.get("tool_call_id") for message in messages(*turn, *turn)] == [
        *(None, "a"),
        *(None, "a"),
    ]


@pytest.mark.parametrize(
    ("calls", "param"),
    [
        (5, "messages[0].tool_calls"),
        ({"a": 1}, "messages[0].tool_calls"),
        (["f"], "messages[0].tool_calls[0]"),
        ([call(), {}], "messages[0].tool_calls[1].name"),
        ([{"function": {}}], "messages[0].tool_calls[0].function.name"),
        ([{"function": "f"}], "messages[0].tool_calls[0].function"),
        ([{"name": 5}], "messages[0].tool_calls[0].name"),
    ],
)
def test_errors_name_the_invalid_call(calls: object, param: str) -> None:
    refused(param, messages=[{"role": "assistant", "tool_calls": calls}])


@pytest.mark.parametrize("calls", [None, []])
def test_an_assistant_message_without_calls(calls: object) -> None:
    given = {"role": "assistant", "content": "Hi", "tool_calls": calls, "function_call": None}
    assert messages(given) == [{"role": "assistant", "content": "Hi"}]


@pytest.mark.parametrize("calls", [{}, {"tool_calls": None}, {"tool_calls": []}])
def test_the_older_function_call(calls: dict[str, Any]) -> None:
    function = {"name": "f", "arguments": '{"a":1}'}
    read = messages(
        {"role": "assistant", "content": None, "function_call": function, **calls},
        {"role": "function", "name": "f", "content": "42"},
    )
    assert read == [
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": "call_0", "type": "function", "function": function}],
        },
        {"role": "tool", "tool_call_id": "call_0", "name": "f", "content": "42"},
    ]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("42", "42"),
        (None, ""),
        ([], ""),
        ({"a": "你"}, '{"a": "你"}'),
        (42, "42"),
        (4.5, "4.5"),
        (True, "true"),
        ([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}], "a\nb"),
        (["a", "b"], "a\nb"),
        ([1, 2], "[1, 2]"),
        ([{"id": 1}, {"id": 2}], '[{"id": 1}, {"id": 2}]'),
        ([None], "[null]"),
    ],
)
def test_tool_results_become_text(content: object, text: str) -> None:
    result = {"role": "tool", "tool_call_id": "call_a", "content": content}
    _, read = messages({"role": "assistant", "tool_calls": [call(id="call_a")]}, result)
    assert read == {"role": "tool", "tool_call_id": "call_a", "name": "f", "content": text}


def test_a_result_without_an_id_belongs_to_the_oldest_open_call() -> None:
    read = messages(
        {"role": "assistant", "tool_calls": [call("f", id="a"), call("g", id="b"), call("h")]},
        {"role": "tool", "tool_call_id": "b", "content": "1"},
        {"role": "tool", "content": "2"},
        {"role": "tool", "tool_call_id": None, "name": "x", "content": "3"},
    )
    third = read[0]["tool_calls"][2]["id"]
    assert [(each["tool_call_id"], each["name"]) for each in read[1:]] == [
        ("b", "g"),
        ("a", "f"),
        (third, "h"),
    ]


def test_a_result_of_an_unknown_call_keeps_what_it_says() -> None:
    """Front ends cut histories, and the call may have been cut off."""
    read = messages(
        {"role": "tool", "tool_call_id": "a", "name": "f", "content": "1"},
        {"role": "tool", "content": "2"},
        {"role": "tool", "tool_call_id": 7, "name": 7, "content": "3"},
    )
    assert read == [
        {"role": "tool", "tool_call_id": "a", "name": "f", "content": "1"},
        {"role": "tool", "tool_call_id": "call_0", "content": "2"},
        {"role": "tool", "tool_call_id": "call_0", "content": "3"},
    ]


@pytest.mark.parametrize("key", ["reasoning_content", "reasoning"])
def test_earlier_thinking_is_kept_apart(key: str) -> None:
    [message] = messages({"role": "assistant", "content": "42", key: "Let me see."})
    assert message == {"role": "assistant", "content": "42", "reasoning": "Let me see."}
    parts = [{"type": "thinking", "thinking": "Hm."}, {"type": "output_text", "text": "42"}]
    [message] = messages({"role": "assistant", "content": parts, key: None})
    assert message == {"role": "assistant", "content": "42"}


def test_an_earlier_refusal_is_what_the_assistant_said() -> None:
    said = {"role": "assistant", "content": "No."}
    assert messages({"role": "assistant", "content": None, "refusal": "No."}) == [said]
    parts = [{"type": "refusal", "refusal": "No."}]
    assert messages({"role": "assistant", "content": parts}) == [said]
    [message] = messages({"role": "assistant", "content": "Yes.", "refusal": None})
    assert message["content"] == "Yes."
