"""Custom tools in a chat: their input is a text, for the model a function of one string."""

import json
from typing import Any

import pytest

from support.exchange import USER, chat, generation, messages
from support.fakes import FakeAI, FakeReply, answer

INPUT = "SELECT 'é';\n"
SQL = {
    "type": "custom",
    "custom": {
        "name": "sql",
        "description": "Asks the database.",
        "format": {
            "type": "grammar",
            "grammar": {"syntax": "regex", "definition": "SELECT.*"},
        },
    },
}
NOW = {"type": "function", "function": {"name": "now", "parameters": {"type": "object"}}}
ARGUMENTS = json.dumps({"input": INPUT})


def test_the_model_gets_a_function() -> None:
    function, now = generation(tools=[SQL, NOW]).tools
    assert (function["name"], now["name"]) == ("sql", "now")
    assert "regex grammar:\nSELECT.*" in function["description"]
    made = generation(tools=[SQL, NOW], tool_choice={"type": "custom", "custom": {"name": "sql"}})
    assert (made.tool_choice, made.tool_name) == ("named", "sql")
    listed = {"mode": "auto", "tools": [{"type": "custom", "custom": {"name": "sql"}}]}
    allowed = {"type": "allowed_tools", "allowed_tools": listed}
    assert [tool["name"] for tool in generation(tools=[SQL, NOW], tool_choice=allowed).tools] == [
        "sql"
    ]


CALLS = [
    {"id": "c1", "type": "function", "function": {"name": "sql", "arguments": ARGUMENTS}},
    {"id": "c2", "type": "function", "function": {"name": "now", "arguments": "{}"}},
]


def test_a_whole_answer() -> None:
    message = {"role": "assistant", "content": None, "tool_calls": CALLS}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    got = chat(ai=FakeAI(answer({"choices": [choice]})), tools=[SQL, NOW])
    [choice] = got.json["choices"]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["tool_calls"] == [
        {"id": "c1", "type": "custom", "custom": {"name": "sql", "input": INPUT}},
        CALLS[1],
    ]


def test_a_streamed_answer() -> None:
    choices: list[dict[str, Any]] = [
        {"index": 0, "delta": {"tool_calls": [{"index": place, **call}]}}
        for place, call in enumerate(CALLS)
    ]
    choices.append({"index": 0, "delta": {}, "finish_reason": "tool_calls"})
    frames = [f"data: {json.dumps({'choices': [choice]})}\n\n".encode() for choice in choices]
    reply = FakeReply([*frames, b"data: [DONE]\n\n"], content_type="text/event-stream")
    got = chat(ai=FakeAI(reply), tools=[SQL, NOW], stream=True)
    deltas = [
        call
        for event in got.events
        for choice in event["choices"]
        for call in choice["delta"].get("tool_calls", ())
    ]
    mine = [call for call in deltas if call["index"] == 0]
    assert mine[0] == {
        "index": 0,
        "id": "c1",
        "type": "custom",
        "custom": {"name": "sql", "input": ""},
    }
    assert "".join(call["custom"]["input"] for call in mine) == INPUT
    assert "".join(c["function"]["arguments"] for c in deltas if c["index"] == 1) == "{}"


@pytest.mark.parametrize("written", [ARGUMENTS, json.dumps(INPUT), json.dumps({"query": INPUT})])
def test_what_a_model_writes_as_the_input(written: str) -> None:
    call = {**CALLS[0], "function": {"name": "sql", "arguments": written}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    got = chat(ai=FakeAI(answer({"choices": [choice]})), tools=[SQL])
    [call] = got.json["choices"][0]["message"]["tool_calls"]
    assert call["custom"]["input"] == INPUT


def test_a_history() -> None:
    call = {"id": "c1", "type": "custom", "custom": {"name": "sql", "input": INPUT}}
    given = {"role": "assistant", "content": None, "tool_calls": [call]}
    result = {"role": "tool", "tool_call_id": "c1", "content": "1 row"}
    read = messages(*USER, given, result, tools=[SQL])
    assert read[1]["tool_calls"] == [CALLS[0]] or json.loads(
        read[1]["tool_calls"][0]["function"]["arguments"]
    ) == {"input": INPUT}
    assert (read[2]["name"], read[2]["content"]) == ("sql", "1 row")


def test_tools_that_run_elsewhere_are_left_out() -> None:
    assert [tool["name"] for tool in generation(tools=[{"type": "web_search"}, NOW]).tools] == [
        "now"
    ]
    got = chat(tools=[{"type": "web_search"}], tool_choice={"type": "web_search"})
    assert (got.status, got.error["param"]) == (400, "tool_choice")
