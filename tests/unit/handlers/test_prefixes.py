"""The beginning of a conversation is the same from turn to turn, so that a model's cache holds."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.exchange import CHAT, NATIVE, OPENAI, RESPONSES, ReadyAI, send

TEXT = st.text("ab", min_size=1, max_size=3)
TOOL = {"name": "f", "description": "", "parameters": {"type": "object", "properties": {}}}


def chat_turns(turns: list[Any]) -> list[list[Any]]:
    """What a chat sends, turn by turn: each with its whole history."""
    sent: list[Any] = []
    requests = []
    for number, (system, user, late, calls) in enumerate(turns):
        sent += [{"role": "system", "content": system}] if system else []
        sent.append({"role": "user", "content": user})
        sent += [{"role": "system", "content": late}] if late else []
        requests.append([*sent])
        if calls:
            id_ = f"c{number}"
            call = {"id": id_, "type": "function", "function": {"name": "f", "arguments": "{}"}}
            sent.append({"role": "assistant", "content": None, "tool_calls": [call]})
            sent.append({"role": "tool", "tool_call_id": id_, "content": user})
            requests.append([*sent])
        sent.append({"role": "assistant", "content": user})
    return requests


def as_messages(messages: list[Any]) -> list[Any]:
    """The same in Anthropic's form."""
    blocks: list[Any] = []
    for message in messages:
        if message["role"] == "tool":
            result = {"type": "tool_result", "tool_use_id": message["tool_call_id"]}
            blocks.append({"role": "user", "content": [{**result, "content": message["content"]}]})
        elif "tool_calls" in message:
            use = {"type": "tool_use", "id": message["tool_calls"][0]["id"], "name": "f"}
            blocks.append({"role": "assistant", "content": [{**use, "input": {}}]})
        else:
            blocks.append(message)
    return blocks


def as_items(messages: list[Any]) -> list[Any]:
    """The same in the form of Responses."""
    items: list[Any] = []
    for message in messages:
        if message["role"] == "tool":
            result = {"type": "function_call_output", "call_id": message["tool_call_id"]}
            items.append({**result, "output": message["content"]})
        elif "tool_calls" in message:
            call = {"type": "function_call", "call_id": message["tool_calls"][0]["id"]}
            items.append({**call, "name": "f", "arguments": "{}"})
        else:
            items.append(message)
    return items


def body_of(path: str, messages: list[Any]) -> Mapping[str, Any]:
    if path == RESPONSES:
        tool: dict[str, Any] = {"type": "function", **TOOL}
        return {"input": as_items(messages), "tools": [tool], "store": False}
    if path == CHAT:
        return {"messages": messages, "tools": [{"type": "function", "function": TOOL}]}
    schema = {"name": "f", "input_schema": TOOL["parameters"]}
    return {"messages": as_messages(messages), "max_tokens": 9, "tools": [schema]}


turns = st.lists(
    st.tuples(st.none() | TEXT, TEXT, st.none() | TEXT, st.booleans()), min_size=2, max_size=4
)


@pytest.mark.parametrize("model", [OPENAI, NATIVE, "@cf/google/gemma-2b-it-lora"])
@pytest.mark.parametrize("path", [CHAT, RESPONSES, "/v1/messages"])
@given(turns)
def test_what_a_turn_sends_begins_what_the_next_one_sends(
    path: str, model: str, turns: list[Any]
) -> None:
    before: list[Any] = []
    for messages in chat_turns(turns):
        got = send("POST", path, {"model": model, **body_of(path, messages)}, ai=ReadyAI())
        assert got.status == 200, got
        sent = list(got.ai.calls[0].inputs["messages"])
        assert sent[: len(before)] == before
        before = sent
