"""Each rule of the check of streamed Responses must fail on a stream that breaks it."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from support.exchange import respond
from support.fakes import sse
from support.response_stream import LONGEST_LINE_OF_ALL, check, parse

USAGE = {"prompt_tokens": 5, "completion_tokens": 2}
ENTRY = {"token": "Hi", "logprob": -0.25, "bytes": [72, 105], "top_logprobs": []}


def frame(reason: str | None = None, logprobs: object = None, **delta: Any) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": reason, "logprobs": logprobs}
    return {"choices": [choice]}


def call(index: int, name: str | None, arguments: str) -> dict[str, Any]:
    function = {"name": name, "arguments": arguments}
    return frame(tool_calls=[{"index": index, "id": f"call_{index}", "function": function}])


FRAMES = (
    frame(reasoning_content="Let "),
    frame(reasoning_content="me see."),
    frame(content="Hi", logprobs={"content": [ENTRY]}),
    frame(content=" there"),
    call(0, "f", '{"a"'),
    call(0, None, ":1}"),
    call(1, "f", "{}"),
)
GOOD = respond(sse(*FRAMES, frame("tool_calls"), {"usage": USAGE}), stream=True).events
"""Thinking, words and two calls. ``respond`` has checked it."""
BROKEN = respond(sse(*FRAMES, {"errors": [{"code": 3040, "message": "busy"}]}), stream=True).events
CUT = respond(sse(*FRAMES, frame("length"), {"usage": USAGE}), stream=True).events
SUMMARY = respond(
    sse(*FRAMES, frame("tool_calls"), {"usage": USAGE}), stream=True, reasoning={"summary": "auto"}
).events


def first(events: list[Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(event for event in events if event["type"] == "response." + kind)
    return found


def without(kind: str, number: int = 0) -> Callable[[list[Any]], None]:
    """Leaves out one event of that kind and counts anew."""

    def change(events: list[Any]) -> None:
        found = [event for event in events if event["type"].removeprefix("response.") == kind]
        events.remove(found[number])
        count(events)

    return change


def count(events: list[Any]) -> None:
    for number, event in enumerate(events):
        event["sequence_number"] = number


def twice(kind: str) -> Callable[[list[Any]], None]:
    def change(events: list[Any]) -> None:
        place = events.index(first(events, kind))
        events.insert(place, copy.deepcopy(events[place]))
        count(events)

    return change


def swapped(kind: str) -> Callable[[list[Any]], None]:
    """An event of that kind comes before the one that it follows."""

    def change(events: list[Any]) -> None:
        place = events.index(first(events, kind))
        events[place - 1 : place + 1] = reversed(events[place - 1 : place + 1])
        count(events)

    return change


def put(kind: str, *path: str | int, value: object) -> Callable[[list[Any]], None]:
    def change(events: list[Any]) -> None:
        target: Any = first(events, kind)
        for key in path[:-1]:
            target = target[key]
        target[path[-1]] = value

    return change


def everywhere(key: str, value: object) -> Callable[[list[Any]], None]:
    """In the last Response alone, so that it differs from the others."""
    return lambda events: events[-1]["response"].__setitem__(key, value)


def test_good_streams_pass() -> None:
    for events in (GOOD, BROKEN, CUT, SUMMARY):
        check(events)


CHANGES: dict[str, Callable[[list[Any]], None]] = {
    "another number": put("output_text.delta", "sequence_number", value=3),
    "begins otherwise": without("created"),
    "not in progress first": without("in_progress"),
    "no end": without("completed"),
    "failed alone": lambda events: events[-1].__setitem__("type", "response.failed"),
    "new and completed": put("created", "response", "status", value="completed"),
    "new with usage": put("created", "response", "usage", value=copy.deepcopy(USAGE)),
    "another id": everywhere("id", "resp_2"),
    "another model": everywhere("model", "m2"),
    "another created_at": everywhere("created_at", 5),
    "no usage": lambda events: events[-1]["response"].pop("usage"),
    "no completed_at": everywhere("completed_at", None),
    "an error in the end": everywhere("error", {"code": "server_error", "message": "No."}),
    "incomplete in the end": everywhere("incomplete_details", {"reason": "content_filter"}),
    "status": everywhere("status", "incomplete"),
    "fewer items": lambda events: events[-1]["response"]["output"].pop(),
    "item differs": lambda events: events[-1]["response"]["output"][1].update(status="incomplete"),
    "item in progress": lambda events: events[-1]["response"]["output"][0].update(
        status="in_progress"
    ),
    "item not added": without("output_item.added"),
    "item added twice": twice("output_item.added"),
    "item not done": without("output_item.done"),
    "item done twice": twice("output_item.done"),
    "item done too soon": swapped("output_item.done"),
    "new item done": put("output_item.added", "item", "status", value="completed"),
    "new item full": put("output_item.added", "item", "summary", value=[{"a": 1}]),
    "item of another id": put("output_item.done", "item", "id", value="rs_2"),
    "item of another kind": put("output_item.done", "item", "type", value="message"),
    "part not added": without("content_part.added"),
    "part added twice": twice("content_part.added"),
    "part not done": without("content_part.done"),
    "part done too soon": swapped("content_part.done"),
    "new part full": put("content_part.added", "part", "text", value="Let"),
    "part differs": put("content_part.done", "part", "text", value="Let"),
    "part of another place": put("content_part.added", "content_index", value=1),
    "text lost": without("reasoning_text.delta"),
    "text not done": without("output_text.done"),
    "text done too soon": swapped("output_text.done"),
    "text done twice": twice("output_text.done"),
    "text differs": put("output_text.done", "text", value="Hi"),
    "text of nothing": put("reasoning_text.delta", "delta", value=""),
    "text of another item": put("output_text.delta", "item_id", value="msg_2"),
    "text of another place": put("output_text.delta", "output_index", value=2),
    "text of no place": put("output_text.delta", "output_index", value=9),
    "log probabilities lost": put("output_text.delta", "logprobs", value=[]),
    "log probabilities differ": put("output_text.done", "logprobs", value=[]),
    "arguments lost": without("function_call_arguments.delta"),
    "arguments not done": without("function_call_arguments.done"),
    "arguments differ": put("function_call_arguments.done", "arguments", value="{}"),
    "arguments of thinking": put("function_call_arguments.delta", "output_index", value=0),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_stream_that_is_not(name: str) -> None:
    events = copy.deepcopy(GOOD)
    CHANGES[name](events)
    with pytest.raises(AssertionError):
        check(events)


OTHERS: dict[str, tuple[list[Any], Callable[[list[Any]], None]]] = {
    "failed without its error": (BROKEN, without("error")),
    "error without failed": (BROKEN, without("failed")),
    "two errors": (BROKEN, lambda events: events[-1].update(message="Another.")),
    "error without its fields": (BROKEN, lambda events: events[-1].pop("message")),
    "error that no SDK sees": (BROKEN, lambda events: events[-1].update(error={})),
    "failed and completed": (BROKEN, put("failed", "response", "status", value="completed")),
    "failed, no error": (BROKEN, put("failed", "response", "error", value=None)),
    "no reason": (CUT, put("incomplete", "response", "incomplete_details", value=None)),
    "completed at": (CUT, put("incomplete", "response", "completed_at", value=5)),
    "summary part lost": (SUMMARY, without("reasoning_summary_part.added")),
    "summary text lost": (SUMMARY, without("reasoning_summary_text.delta")),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_stream_that_is_not(name: str) -> None:
    given, change = OTHERS[name]
    events = copy.deepcopy(given)
    change(events)
    with pytest.raises(AssertionError):
        check(events)


def written(events: list[Any]) -> bytes:
    lines = (f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events)
    return "".join(lines).encode()


def test_lines_may_be_as_long_as_the_whole_text_but_not_a_delta() -> None:
    events = copy.deepcopy(GOOD)
    long = "x" * 70_000
    first(events, "reasoning_text.delta")["delta"] = long
    with pytest.raises(AssertionError, match="a delta has"):
        check(parse(written(events)))
    first(events, "created")["response"]["instructions"] = "x" * LONGEST_LINE_OF_ALL
    with pytest.raises(AssertionError, match="a line has"):
        parse(written(events))


def test_every_event_has_its_name() -> None:
    data = written(GOOD)
    assert parse(data) == GOOD
    with pytest.raises(AssertionError):
        parse(data.replace(b"event: response.created\n", b""))
