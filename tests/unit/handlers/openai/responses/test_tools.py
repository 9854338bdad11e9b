"""Tools that are no functions: what the model gets of them, and how its calls of them come back."""

import json
from typing import Any

import pytest

from handlers.reading.tools import LONGEST_NAME
from support.exchange import NATIVE, ReadyAI, respond
from support.fakes import FakeAI, FakeReply, answer
from support.responses_requests import TOOL, generation, messages, refused

PATCH = {
    "type": "custom",
    "name": "apply_patch",
    "description": "Edits files.",
    "format": {"type": "grammar", "syntax": "lark", "definition": "start: LINE+"},
}
SPACE = {"type": "namespace", "name": "mcp__web", "description": "", "tools": [TOOL, PATCH]}
INPUT = '*** Begin Patch\n+"é"\n'


def called(name: str, arguments: str, *, stream: bool) -> FakeAI:
    """A model that makes one call."""
    call = {"id": "c1", "type": "function", "function": {"name": name, "arguments": arguments}}
    if not stream:
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
        choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
        return FakeAI(answer({"choices": [choice]}))
    pieces: list[dict[str, Any]] = [
        {"tool_calls": [{"index": 0, **call, "function": {"name": name, "arguments": ""}}]},
        *({"tool_calls": [{"index": 0, "function": {"arguments": c}}]} for c in arguments),
    ]
    choices: list[dict[str, Any]] = [{"index": 0, "delta": piece} for piece in pieces]
    choices.append({"index": 0, "delta": {}, "finish_reason": "tool_calls"})
    frames = [f"data: {json.dumps({'choices': [choice]})}\n\n".encode() for choice in choices]
    return FakeAI(FakeReply([*frames, b"data: [DONE]\n\n"], content_type="text/event-stream"))


def test_a_custom_tool_is_a_function_of_one_string() -> None:
    [function] = generation(tools=[PATCH]).tools
    assert function["name"] == "apply_patch"
    assert function["description"].startswith("Edits files.")
    assert "lark grammar:\nstart: LINE+" in function["description"]
    assert function["parameters"]["required"] == ["input"]
    assert function["parameters"]["properties"]["input"]["type"] == "string"


def test_a_namespace_is_flattened() -> None:
    made = generation(tools=[TOOL, SPACE])
    names = [tool["name"] for tool in made.tools]
    assert names == ["f", "mcp__web__f", "mcp__web__apply_patch"]
    long = {**SPACE, "name": "é" * 90}
    [first, second] = generation(tools=[long]).tools
    assert len(first["name"]) == len(second["name"]) == LONGEST_NAME
    assert first["name"] != second["name"]
    assert first["name"].isascii()


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("arguments", [json.dumps({"input": INPUT}), json.dumps(INPUT), INPUT])
def test_a_call_of_a_custom_tool(stream: bool, arguments: str) -> None:
    ai = called("apply_patch", arguments, stream=stream)
    got = respond(tools=[PATCH], stream=stream, ai=ai)
    response = got.events[-1]["response"] if stream else got.json
    [item] = response["output"]
    assert item["id"].startswith("ctc_")
    assert {**item, "id": ""} == {
        "id": "",
        "type": "custom_tool_call",
        "status": "completed",
        "call_id": "c1",
        "name": "apply_patch",
        "input": INPUT,
    }
    if stream:
        kind = "response.custom_tool_call_input"
        deltas = [event["delta"] for event in got.events if event["type"] == f"{kind}.delta"]
        assert "".join(deltas) == INPUT
        [done] = [event for event in got.events if event["type"] == f"{kind}.done"]
        assert (done["input"], done["item_id"]) == (INPUT, item["id"])
        assert not any("function_call" in event["type"] for event in got.events)


@pytest.mark.parametrize("stream", [False, True])
def test_a_call_of_a_tool_in_a_namespace(stream: bool) -> None:
    ai = called("mcp__web__f", "{}", stream=stream)
    got = respond(tools=[SPACE], stream=stream, ai=ai)
    response = got.events[-1]["response"] if stream else got.json
    [item] = response["output"]
    kept = {"type": "function_call", "namespace": "mcp__web", "name": "f", "arguments": "{}"}
    assert kept.items() <= item.items()
    again = messages({"role": "user", "content": "Look"}, item)[1]
    assert again["tool_calls"][0]["function"]["name"] == "mcp__web__f"


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        ({"type": "custom", "name": "apply_patch"}, "mcp__web__apply_patch"),
        ({"type": "function", "name": "f", "namespace": "mcp__web"}, "mcp__web__f"),
        ({"type": "function", "name": "f"}, "f"),
    ],
)
def test_a_choice_of_one_of_them(choice: dict[str, str], name: str) -> None:
    made = generation(tools=[TOOL, SPACE], tool_choice=choice)
    assert (made.tool_choice, made.tool_name) == ("named", name)


SEARCH = {"type": "web_search"}


@pytest.mark.parametrize(
    "fields",
    [
        {"tools": [SEARCH, TOOL], "tool_choice": {"type": "web_search"}},
        {"tools": [SEARCH, TOOL], "tool_choice": {"type": "mcp", "server_label": "a", "name": "f"}},
        {"tools": [SEARCH], "tool_choice": "required"},
        {
            "tools": [SEARCH, TOOL],
            "tool_choice": {"type": "allowed_tools", "mode": "required", "tools": [SEARCH]},
        },
    ],
)
def test_a_forced_tool_that_cannot_run_is_refused(fields: dict[str, Any]) -> None:
    assert "does not run here" in refused("tool_choice", **fields).error["message"]


@pytest.mark.parametrize("choice", ["auto", "none", None])
def test_other_tools_are_left_out(choice: Any) -> None:
    got = respond(tools=[SEARCH, {"type": "local_shell"}], tool_choice=choice, ai=ReadyAI())
    assert got.status == 200
    assert got.json["tools"] == [SEARCH, {"type": "local_shell"}]
    allowed = {"type": "allowed_tools", "mode": "auto", "tools": [SEARCH]}
    assert generation(tools=[SEARCH, TOOL], tool_choice=allowed).tools == []


def test_tools_that_the_conversation_adds() -> None:
    user = {"role": "user", "content": "Hi"}
    for kind in ("additional_tools", "tool_search_output"):
        added = {"type": kind, "role": "developer", "tools": [TOOL]}
        made = generation(input=[user, added])
        assert [tool["name"] for tool in made.tools] == ["f"]
        assert made.messages == [user]


def arguments_of(message: Any) -> Any:
    [call] = message["tool_calls"]
    return call["function"]["name"], json.loads(call["function"]["arguments"])


ACTION = {"type": "exec", "command": ["ls"]}


@pytest.mark.parametrize(
    ("call", "name", "arguments", "result", "text"),
    [
        (
            {"type": "custom_tool_call", "name": "apply_patch", "input": INPUT},
            "apply_patch",
            {"input": INPUT},
            {"type": "custom_tool_call_output", "output": "Done"},
            "Done",
        ),
        (
            {"type": "local_shell_call", "action": ACTION},
            "local_shell",
            ACTION,
            {"type": "local_shell_call_output", "output": "a.txt"},
            "a.txt",
        ),
        (
            {"type": "shell_call", "action": {"commands": ["ls"]}},
            "shell",
            {"commands": ["ls"]},
            {"type": "shell_call_output", "output": [{"stdout": "a.txt", "stderr": "oh"}]},
            "a.txt\noh",
        ),
        (
            {"type": "apply_patch_call", "operation": {"type": "delete_file", "path": "a"}},
            "apply_patch",
            {"type": "delete_file", "path": "a"},
            {"type": "apply_patch_call_output", "output": "ok"},
            "ok",
        ),
        (
            {"type": "function_call", "name": "f", "namespace": "n", "arguments": "{}"},
            "n__f",
            {},
            {"type": "function_call_output", "output": "5"},
            "5",
        ),
    ],
)
def test_calls_in_a_history(call: Any, name: str, arguments: Any, result: Any, text: str) -> None:
    items = [{**call, "call_id": "c1"}, {**result, "call_id": "c1"}]
    read = messages({"role": "user", "content": "Go"}, *items)
    assert arguments_of(read[1]) == (name, arguments)
    assert (read[2]["role"], read[2]["tool_call_id"], read[2]["content"]) == ("tool", "c1", text)


def test_calls_that_ran_elsewhere() -> None:
    ran = {"type": "mcp_call", "id": "m", "name": "ask", "arguments": "{}", "output": "Moss"}
    code = {"type": "code_interpreter_call", "id": "i", "code": "1+1", "outputs": [{"logs": "2"}]}
    user = {"role": "user", "content": "Go"}
    read = messages(user, ran, code)
    assert arguments_of(read[1]) == ("ask", {})
    assert read[2]["content"] == "Moss"
    assert arguments_of(read[3]) == ("code_interpreter", {"code": "1+1"})
    assert read[4]["content"] == "2"


@pytest.mark.parametrize(
    "kind",
    """web_search_call file_search_call image_generation_call mcp_list_tools mcp_approval_request
    mcp_approval_response compaction compaction_trigger program something_new""".split(),
)
def test_items_without_text_are_left_out(kind: str) -> None:
    user = {"role": "user", "content": "Go"}
    assert messages(user, {"type": kind, "id": "x"}) == [user]


def test_custom_tools_of_a_native_model() -> None:
    call = {"name": "apply_patch", "arguments": {"input": INPUT}}
    ai = FakeAI(answer({"response": "", "tool_calls": [call]}))
    got = respond(model=NATIVE, tools=[PATCH], ai=ai)
    assert got.json["output"][-1]["input"] == INPUT


@pytest.mark.parametrize("name", ["f", "mcp__web.f", "mcp__web__f"])
def test_a_model_may_write_the_name_without_its_namespace(name: str) -> None:
    got = respond(tools=[SPACE], ai=called(name, "{}", stream=False))
    [item] = got.json["output"]
    assert (item["namespace"], item["name"]) == ("mcp__web", "f")
