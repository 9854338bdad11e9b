import json
import re
from typing import Any

import pytest

from core.limits import TOOL_CALLS
from support.events import Called, calls_of, read_answer, read_stream
from support.exchange import chat as chat_request
from support.fakes import answer, sse
from workers_ai.text.events import (
    Event,
    Finish,
    ToolArguments,
    ToolStart,
)
from workers_ai.text.tool_calls import ToolCalls


def chat(**message: Any) -> dict[str, Any]:
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {"object": "chat.completion", "choices": [choice]}


# --- tool calls of whole answers -------------------------------------------------------------

WEATHER = Called("c1", "weather", '{"city":"Łódź"}')


@pytest.mark.parametrize(
    "call",
    [
        {"name": "weather", "arguments": {"city": "Łódź"}},
        {"name": "weather", "arguments": '{"city":"Łódź"}'},
        {"name": "weather", "parameters": {"city": "Łódź"}},
        {"name": "weather", "arguments": None, "parameters": {"city": "Łódź"}},
        {"type": "function", "function": {"name": "weather", "arguments": {"city": "Łódź"}}},
        {"type": "function", "function": {"name": "weather", "arguments": '{"city":"Łódź"}'}},
    ],
)
@pytest.mark.parametrize("wire", ["native", "openai"])
def test_reads_flat_and_nested_calls(call: dict[str, Any], wire: str) -> None:
    listed = [{**call, "id": "c1"}, {**call, "id": "c2", "index": 0}]
    if wire == "native":
        events = read_answer({"response": None, "tool_calls": listed})
    else:
        events = read_answer(chat(content=None, tool_calls=listed))
    assert calls_of(events) == [WEATHER, WEATHER._replace(id="c2")]


@pytest.mark.parametrize("nothing", [{"arguments": ""}, {"arguments": None}, {}])
def test_a_call_without_arguments_has_empty_ones(nothing: dict[str, Any]) -> None:
    events = read_answer({"tool_calls": [{"name": "now", "id": "c1", **nothing}]})
    assert calls_of(events) == [Called("c1", "now", "{}")]


def test_ids_are_made_up_where_they_are_missing_and_never_the_same() -> None:
    listed: list[Any] = [{"name": "now", "id": given} for given in (None, "", "x", "x")]
    calls = calls_of(read_answer({"tool_calls": [*listed, "odd", {"id": "nameless"}]}))
    ids = [call.id for call in calls]
    assert len(set(ids)) == len(ids) == 4
    assert ids[2] == "x"
    assert all(re.fullmatch("call_[0-9a-f]{24}", id) for id in ids if id != "x")


def test_reads_function_call_and_calls_of_the_responses_api() -> None:
    expected = [WEATHER]
    function = {"name": "weather", "arguments": '{"city":"Łódź"}'}
    (found,) = calls_of(read_answer(chat(content=None, function_call=function)))
    assert found[1:] == WEATHER[1:]
    item = {"type": "function_call", "id": "fc_1", "call_id": "c1", **function}
    assert calls_of(read_answer({"output": [item]})) == expected
    bare = {"type": "function_call", "name": "now"}
    assert [call[1:] for call in calls_of(read_answer({"output": [bare, bare]}))] == [
        ("now", "{}")
    ] * 2


# --- tool calls of streams -------------------------------------------------------------------


def fragment(
    index: int | None = None,
    id: str | None = None,
    name: str | None = None,
    arguments: object = None,
    nested: bool = True,
) -> dict[str, Any]:
    function = {"name": name, "arguments": arguments}
    function = {key: value for key, value in function.items() if value is not None}
    out: dict[str, Any] = {"function": function} if nested else dict(function)
    if index is not None:
        out["index"] = index
    if id is not None:
        out["id"] = id
    return out


TERMINATOR = {
    "id": None,
    "type": None,
    "index": 0,
    "function": {"name": None, "arguments": ""},
}
A, B = Called("a", "f", '{"x":1}'), Called("b", "g", '{"y":2}')
SAME = Called("b", "f", '{"y":2}')

DELTAS: dict[str, tuple[list[Any], list[Called]]] = {
    "start, then fragments": (
        [fragment(0, "a", "f"), fragment(0, arguments='{"x"'), fragment(0, arguments=":1}")],
        [A],
    ),
    "a null terminator": (
        [fragment(0, "a", "f"), fragment(0, arguments='{"x":1}'), TERMINATOR],
        [A],
    ),
    "all in one": ([fragment(0, "a", "f", '{"x":1}')], [A]),
    "no arguments": ([fragment(0, "a", "f"), TERMINATOR], [A._replace(arguments="{}")]),
    "arguments as an object": ([fragment(0, "a", "f", {"x": 1})], [A]),
    "fragments before the name": (
        [fragment(0, arguments='{"x"'), fragment(0, "a", "f", ":"), fragment(0, arguments="1}")],
        [A],
    ),
    "fragments before the name, without index": (
        [fragment(arguments='{"x"'), fragment(None, "a", "f"), fragment(arguments=":1}")],
        [A],
    ),
    "the id before the name": (
        [fragment(0, "a"), fragment(0, name="f"), fragment(0, arguments='{"x":1}')],
        [A],
    ),
    "the id only after the start": (
        [fragment(0, "", "f"), fragment(0, "a", None, '{"x":1}')],
        [A._replace(id="*")],
    ),
    "id and name repeated": (
        [fragment(0, "a", "f", '{"x"'), fragment(0, "a", "f", ":1}"), fragment(0, "a", "f", "")],
        [A],
    ),
    "id and name repeated, without index": (
        [fragment(None, "a", "f", '{"x"'), fragment(None, "a", "f", ":1}")],
        [A],
    ),
    "the name repeated, without index and id": (
        [fragment(name="f", arguments='{"x"'), fragment(name="f", arguments=":1}")],
        [A._replace(id="*")],
    ),
    "another id in every fragment": (
        [fragment(0, "a", "f"), fragment(0, "z", None, '{"x"'), fragment(0, "y", None, ":1}")],
        [A],
    ),
    "parallel": (
        [
            fragment(0, "a", "f"),
            fragment(1, "b", "g"),
            fragment(1, arguments='{"y"'),
            fragment(0, arguments='{"x":1}'),
            fragment(1, arguments=":2}"),
        ],
        [A, B],
    ),
    "parallel, counted oddly": (
        [fragment(10000, "a", "f", '{"x":1}'), fragment(3, "b", "g", '{"y":2}')],
        [A, B],
    ),
    "parallel, all at index 0": (
        [
            fragment(0, "a", "f", ""),
            fragment(0, arguments='{"x":1}'),
            fragment(0, "b", "g", ""),
            fragment(0, arguments='{"y":2}'),
        ],
        [A, B],
    ),
    "parallel, all at index 0, of one function": (
        [fragment(0, "a", "f", '{"x":1}'), fragment(0, "b", "f", '{"y":2}')],
        [A, SAME],
    ),
    "parallel, all at index 0, in turn": (
        [
            fragment(0, "a", "f"),
            fragment(0, "b", "f"),
            fragment(0, "a", None, '{"x":1}'),
            fragment(0, "b", None, '{"y":2}'),
        ],
        [A, SAME],
    ),
    "parallel, all at index 0, without ids": (
        [fragment(0, None, "f", '{"x":1}'), fragment(0, None, "g", '{"y":2}')],
        [A._replace(id="*"), B._replace(id="*")],
    ),
    "parallel, without index": (
        [
            fragment(None, "a", "f"),
            fragment(arguments='{"x":1}'),
            fragment(None, "b", "f"),
            fragment(arguments='{"y":2}'),
        ],
        [A, SAME],
    ),
    "parallel, without index, arguments by id": (
        [fragment(None, "a", "f", '{"x":1}'), fragment(None, "b"), fragment(None, "b", "g", "{}")],
        [A, B._replace(arguments="{}")],
    ),
    "parallel, without index and id": (
        [
            fragment(name="f", arguments={"x": 1}, nested=False),
            fragment(name="f", arguments={"y": 2}, nested=False),
        ],
        [A._replace(id="*"), SAME._replace(id="*")],
    ),
    "what is no fragment": (
        [None, 5, [], {"index": [0], "id": ["a"], "function": "f"}, fragment(0, "a", "f", A[2])],
        [A],
    ),
}


@pytest.mark.parametrize("wire", ["native", "openai"])
@pytest.mark.parametrize(("fragments", "expected"), DELTAS.values(), ids=DELTAS)
def test_assembles_streamed_calls(fragments: list[Any], expected: list[Called], wire: str) -> None:
    def frame(*calls: Any) -> dict[str, Any]:
        if wire == "native":
            return {"tool_calls": list(calls), "p": "abc"}
        return {"choices": [{"delta": {"tool_calls": list(calls)}}]}

    for frames in ([frame(call) for call in fragments], [frame(*fragments)]):
        calls = calls_of(read_stream(*frames))
        assert [call[1:] for call in calls] == [call[1:] for call in expected]
        for call, wanted in zip(calls, expected, strict=True):
            assert call.id == wanted.id or wanted.id == "*"
        assert len({call.id for call in calls}) == len(calls)


def test_passes_on_the_start_of_a_call_at_once() -> None:
    calls = ToolCalls()
    assert list(calls.read(fragment(0, "a", "f", ""), whole=False)) == [ToolStart(0, "a", "f")]
    assert list(calls.read(fragment(0, arguments="{"), whole=False)) == [ToolArguments(0, "{")]


def test_arguments_are_complete_before_the_finish_reason() -> None:
    start = {"choices": [{"delta": {"tool_calls": [fragment(0, "a", "f")]}}]}
    finish = {"choices": [{"delta": {}, "finish_reason": "tool_calls"}]}
    assert read_stream(start, finish) == [
        ToolStart(0, "a", "f"),
        ToolArguments(0, "{}"),
        Finish("tool_calls"),
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 50])
def test_a_name_repeated_with_every_piece(size: int) -> None:
    arguments = json.dumps({"a": '\\"}{[', "b": [{}, "]\\\\"]})
    calls = ToolCalls()
    events: list[Event] = []
    for _ in range(2):
        for at in range(0, len(arguments), size):
            fragment = {"name": "f", "arguments": arguments[at : at + size]}
            events += calls.read(fragment, whole=False)
    assert [called[1:] for called in calls_of(events)] == [("f", arguments)] * 2


@pytest.mark.parametrize("streamed", [False, True])
def test_an_answer_of_too_many_calls_is_the_models_failure(streamed: bool) -> None:
    for count, status in ((TOOL_CALLS, 200), (TOOL_CALLS + 1, 502)):
        calls = [{"name": "f", "arguments": {}}] * count
        reply = sse({"tool_calls": calls}) if streamed else answer({"tool_calls": calls})
        got = chat_request(reply, stream=streamed, tools=[{"function": {"name": "f"}}])
        if streamed:
            assert ("error" in got.events[-1]) == (status == 502)
        else:
            assert got.status == status
