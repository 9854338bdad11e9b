"""Each rule of the checker of Anthropic's dialect must fail on what breaks it."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from support import anthropic_types
from support.anthropic_shapes import check_answer, check_stream

USAGE: dict[str, Any] = {
    "input_tokens": 5,
    "output_tokens": 2,
    "cache_creation": None,
    "cache_creation_input_tokens": 0,
    "cache_read_input_tokens": 0,
    "inference_geo": None,
    "output_tokens_details": None,
    "server_tool_use": None,
    "service_tier": "standard",
    "speed": None,
    "neurons": 1.5,
}
THINKING = {"type": "thinking", "thinking": "Hm.", "signature": "abc"}
TEXT = {"type": "text", "text": "Hi", "citations": None}
CALL = {
    "type": "tool_use",
    "id": "call_1",
    "name": "f",
    "input": {"x": 1},
    "caller": {"type": "direct"},
}
END = {"stop_reason": "tool_use", "stop_sequence": None, "stop_details": None, "container": None}
MESSAGE: dict[str, Any] = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "m",
    "diagnostics": None,
    "content": [THINKING, TEXT, CALL],
    **END,
    "usage": USAGE,
}
MODEL = {
    "type": "model",
    "id": "m",
    "display_name": "M",
    "created_at": "2026-01-01T00:00:00Z",
    "lifecycle": "active",
    **dict.fromkeys(["capabilities", "deprecated_at", "line", "max_input_tokens"]),
    **dict.fromkeys(["max_tokens", "retires_at"]),
}
ERROR = {
    "type": "error",
    "error": {"type": "invalid_request_error", "message": "No."},
    "request_id": None,
}
ANSWERS: dict[str, Any] = {
    "count": {"input_tokens": 5},
    "error": ERROR,
    "message": MESSAGE,
    "model": MODEL,
    "models": {"data": [MODEL], "has_more": False, "first_id": "m", "last_id": "m"},
}
START = {
    "type": "message_start",
    "message": {**MESSAGE, "content": [], "stop_reason": None},
}
STREAM: list[dict[str, Any]] = [
    START,
    {"type": "ping"},
    {
        "type": "content_block_start",
        "index": 0,
        "content_block": {**THINKING, "thinking": "", "signature": ""},
    },
    {
        "type": "content_block_delta",
        "index": 0,
        "delta": {"type": "thinking_delta", "thinking": "Hm."},
    },
    {
        "type": "content_block_delta",
        "index": 0,
        "delta": {"type": "signature_delta", "signature": "abc"},
    },
    {"type": "content_block_stop", "index": 0},
    {"type": "content_block_start", "index": 1, "content_block": {**TEXT, "text": ""}},
    {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "Hi"}},
    {"type": "content_block_stop", "index": 1},
    {"type": "content_block_start", "index": 2, "content_block": {**CALL, "input": {}}},
    {
        "type": "content_block_delta",
        "index": 2,
        "delta": {"type": "input_json_delta", "partial_json": '{"x":1}'},
    },
    {"type": "content_block_stop", "index": 2},
    {"type": "message_delta", "delta": END, "usage": USAGE},
    {"type": "message_stop"},
]


@pytest.mark.parametrize("kind", ANSWERS)
def test_good_answers_pass(kind: str) -> None:
    check_answer(kind, ANSWERS[kind])


def test_a_good_stream_passes_and_gives_its_message() -> None:
    assert check_stream(STREAM) == MESSAGE
    broken = [*STREAM[:4], ERROR]
    assert check_stream(broken)["content"][0]["thinking"] == "Hm."
    assert check_stream([ERROR]) == {}


def test_every_kind_is_tried() -> None:
    assert ANSWERS.keys() == anthropic_types.ANSWERS.keys()


def _at(value: Any, *path: str | int) -> Any:
    for key in path:
        value = value[key]
    return value


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        *(("message", (name,)) for name in MESSAGE),
        *(("message", ("usage", name)) for name in USAGE if name != "neurons"),
        *(("message", ("content", 0, name)) for name in THINKING),
        *(("message", ("content", 1, name)) for name in TEXT),
        *(("message", ("content", 2, name)) for name in CALL),
        *(("model", (name,)) for name in MODEL),
        *(("models", (name,)) for name in ANSWERS["models"]),
        *(("models", ("data", 0, name)) for name in MODEL),
        *(("error", (name,)) for name in ERROR),
        *(("error", ("error", name)) for name in ("type", "message")),
        ("count", ("input_tokens",)),
    ],
)
def test_no_key_may_be_missing(kind: str, path: tuple[str | int, ...]) -> None:
    value = copy.deepcopy(ANSWERS[kind])
    del _at(value, *path[:-1])[path[-1]]
    with pytest.raises(AssertionError, match=f"not Anthropic's {kind}"):
        check_answer(kind, value)


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("message", ("usage", "input_tokens"), 5.0),
        ("message", ("usage", "output_tokens"), "5"),
        ("message", ("usage", "cache_read_input_tokens"), 0.0),
        ("message", ("content",), []),
        ("message", ("content",), [TEXT, TEXT]),
        ("message", ("content",), [CALL, CALL]),
        ("message", ("content",), [{**THINKING, "signature": ""}, CALL]),
        ("message", ("content",), [TEXT]),
        ("message", ("content", 2, "input"), '{"x":1}'),
        ("message", ("content", 2, "input"), None),
        ("message", ("stop_reason",), None),
        ("message", ("stop_reason",), "stop"),
        ("message", ("stop_reason",), "stop_sequence"),
        ("message", ("stop_sequence",), "END"),
        ("model", ("created_at",), "yesterday"),
        ("model", ("lifecycle",), "current"),
        ("error", ("error", "type"), "request_too_large"),
        ("error", ("error", "type"), "permission_error"),
        ("error", ("error", "message"), ""),
        ("error", ("error", "message"), "Your credit is low."),
        ("error", ("error", "details"), {"param": "balance"}),
        ("error", ("error",), "No."),
        ("count", ("input_tokens",), 5.0),
    ],
)
def test_no_value_may_be_wrong(kind: str, path: tuple[str | int, ...], value: Any) -> None:
    answer = copy.deepcopy(ANSWERS[kind])
    _at(answer, *path[:-1])[path[-1]] = value
    with pytest.raises(AssertionError):
        check_answer(kind, answer)


@pytest.mark.parametrize(
    ("kind", "status", "good"),
    [
        ("invalid_request_error", 401, False),
        ("authentication_error", 401, True),
        ("authentication_error", 403, False),
        ("overloaded_error", 529, True),
        ("overloaded_error", 503, False),
        ("api_error", 529, False),
    ],
)
def test_types_and_statuses_belong_together(kind: str, status: int, good: bool) -> None:
    error = {**ERROR, "error": {"type": kind, "message": "No."}}
    if good:
        check_answer("error", error, status=status)
        return
    with pytest.raises(AssertionError):
        check_answer("error", error, status=status)


def _without(*places: int) -> Callable[[list[Any]], Any]:
    return lambda events: [event for n, event in enumerate(events) if n not in places]


def _with(place: int, *path: Any) -> Callable[[list[Any]], Any]:
    *keys, last, value = path

    def change(events: list[Any]) -> list[Any]:
        _at(events, place, *keys)[last] = value
        return events

    return change


def _insert(place: int, event: Any) -> Callable[[list[Any]], Any]:
    return lambda events: [*events[:place], event, *events[place:]]


@pytest.mark.parametrize(
    "change",
    [
        lambda events: [],
        lambda events: [{"type": "ping"}],
        _without(0),
        *(_without(place) for place in (2, 5, 6, 8, 9, 11, 12, 13)),
        _without(4),
        _without(10, 11, 12, 13),
        _insert(0, ERROR),
        _insert(14, START),
        _insert(14, {"type": "message_stop"}),
        _insert(13, {"type": "content_block_stop", "index": 2}),
        _insert(5, STREAM[3]),
        _insert(3, STREAM[7]),
        _insert(1, {"type": "something_new"}),
        _with(0, "message", "content", [TEXT]),
        _with(0, "message", "stop_reason", "end_turn"),
        _with(0, "message", "usage", {**USAGE, "input_tokens": None}),
        _with(6, "index", 0),
        _with(6, "index", 2),
        _with(7, "index", 0),
        _with(8, "index", 0),
        _with(8, "index", 1.0),
        _with(6, "content_block", "text", "Hi"),
        _with(7, "delta", {"type": "thinking_delta", "thinking": "Hi"}),
        _with(7, "delta", STREAM[4]["delta"]),
        _with(10, "delta", "partial_json", "[]"),
        _with(12, "delta", {**END, "stop_reason": None}),
        _with(12, "delta", {**END, "stop_reason": "stop_sequence"}),
        _with(12, "delta", {"stop_reason": "tool_use", "stop_sequence": None}),
        _with(12, "usage", {**USAGE, "output_tokens": 2.0}),
    ],
)
def test_no_stream_may_be_out_of_order(change: Callable[[list[Any]], Any]) -> None:
    with pytest.raises(AssertionError):
        check_stream(change(copy.deepcopy(STREAM)))
