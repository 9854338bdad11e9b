"""Neutral events as an Anthropic message and as its stream."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadRequest
from handlers.anthropic.answer import SIGNATURE, write_message
from handlers.anthropic.stream import MessageEvents
from support.anthropic_shapes import check_answer, check_stream
from support.exchange import OPENAI
from support.openai_shapes import parse_sse
from support.steps import assert_linear
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolArguments, ToolStart, Usage

END: list[Event] = [Finish("stop"), Usage(5, 2)]
CALLED: list[Event] = [Finish("tool_calls"), Usage(5, 2)]
A, B = ToolStart(0, "call_a", "f"), ToolStart(1, "call_b", "g")


def whole(*events: Event, stops: Sequence[str] = ()) -> dict[str, Any]:
    body: dict[str, Any] = write_message(list(events), model=OPENAI, stops=stops)
    body = dict(json.loads(json.dumps(body)))
    check_answer("message", body)
    return body


def encoder(stops: Sequence[str] = ()) -> MessageEvents:
    return MessageEvents(model=OPENAI, stops=stops, input_tokens=77)


def streamed(*batches: list[Event], stops: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The events of a stream that came in these batches."""
    writer = encoder(stops)
    data = b"".join(writer.encode(0, batch) for batch in batches) + writer.tail()
    events: list[dict[str, Any]] = parse_sse(data, named=True)
    check_stream(events)
    return events


def both(*events: Event, stops: Sequence[str] = ()) -> dict[str, Any]:
    """The message, which must be the same streamed and not, however its events are cut."""
    expected = whole(*events, stops=stops)
    for batches in ([list(events)], [[event] for event in events]):
        got = check_stream(streamed(*batches, stops=stops))
        assert got["id"] != expected["id"]
        assert {**got, "id": ""} == {**expected, "id": ""}
    return expected


def said(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text, "citations": None}


def thought(text: str) -> dict[str, Any]:
    return {"type": "thinking", "thinking": text, "signature": SIGNATURE}


def called(start: ToolStart, **arguments: Any) -> dict[str, Any]:
    caller = {"type": "direct"}
    block = {"type": "tool_use", "id": start.id, "name": start.name, "caller": caller}
    return {**block, "input": arguments}


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"].removeprefix("content_block_") for event in events]


# --- the message -----------------------------------------------------------------------------


def test_a_message() -> None:
    got = both("Hel", "lo", *END)
    assert got.pop("id").startswith("msg_")
    assert got == {
        "type": "message",
        "role": "assistant",
        "model": OPENAI,
        "container": None,
        "diagnostics": None,
        "content": [said("Hello")],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "stop_details": None,
        "usage": {
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
        },
    }


@pytest.mark.parametrize(
    ("events", "content"),
    [
        (["Hi"], [said("Hi")]),
        ([Token("Hi", {"content": []}), Token("!", {})], [said("Hi!")]),
        ([Reasoning("a"), Reasoning("b"), "c"], [thought("ab"), said("c")]),
        ([Reasoning("a")], [thought("a")]),
        (["a", Reasoning("b"), "c"], [said("a"), thought("b"), said("c")]),
        (["a", A, ToolArguments(0, '{"x":1}')], [said("a"), called(A, x=1)]),
        ([A, ToolArguments(0, '{"x"'), ToolArguments(0, ":1}")], [called(A, x=1)]),
        ([A], [called(A)]),
        ([A, ToolArguments(0, "{}"), B, ToolArguments(1, '{"y":2}')], [called(A), called(B, y=2)]),
        ([A, ToolArguments(0, "{}"), "b"], [called(A), said("b")]),
        ([A, ToolArguments(0, "{}"), Reasoning("b")], [called(A), thought("b")]),
        ([], [said("")]),
        (['日本語 🌍 \x00 \\ " \n'], [said('日本語 🌍 \x00 \\ " \n')]),
    ],
)
def test_blocks_of_content(events: list[Event], content: list[dict[str, Any]]) -> None:
    end = CALLED if A in events else END
    assert both(*events, *end)["content"] == content


@pytest.mark.parametrize(
    "mixed",
    [
        # One call begins before the other has its arguments.
        [A, B, ToolArguments(0, '{"x":1}'), ToolArguments(1, '{"y":2}')],
        [A, B, ToolArguments(1, '{"y":2}'), ToolArguments(0, '{"x":1}')],
        [A, ToolArguments(0, '{"x"'), B, ToolArguments(1, '{"y":2}'), ToolArguments(0, ":1}")],
        [
            A,
            ToolArguments(0, '{"x"'),
            B,
            ToolArguments(0, ":"),
            ToolArguments(1, '{"y"'),
            ToolArguments(0, "1}"),
            ToolArguments(1, ":2}"),
        ],
    ],
)
def test_calls_that_overlap(mixed: list[Event]) -> None:
    """Blocks do not."""
    assert both(*mixed, *CALLED)["content"] == [called(A, x=1), called(B, y=2)]


def test_whatever_comes_amid_a_call_comes_after_it() -> None:
    events: list[Event] = [
        A,
        ToolArguments(0, '{"x"'),
        "b",
        Reasoning("c"),
        ToolArguments(0, ":1}"),
    ]
    got = check_stream(streamed([*events, *CALLED]))
    assert got["content"] == [called(A, x=1), said("b"), thought("c")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", {}),
        ('{"a": {"b": [1]}}', {"a": {"b": [1]}}),
        ('"{\\"a\\": 1}"', {"a": 1}),
        ('{"a": 1,}', {"a": 1}),
        ('{"a": "1\n2"}', {"a": "1\n2"}),
        ('{"a": "brok', {"arguments": '{"a": "brok'}),
        ("[1]", {"arguments": "[1]"}),
        ("null", {"arguments": "null"}),
        ('"words"', {"arguments": '"words"'}),
        ("[" * 5000, {"arguments": "[" * 5000}),
    ],
)
def test_arguments_as_an_object(text: str, value: dict[str, Any]) -> None:
    events = [ToolArguments(0, text)] if text else []
    assert whole(A, *events, *CALLED)["content"] == [called(A, **value)]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("stop", "end_turn"),
        ("length", "max_tokens"),
        ("content_filter", "refusal"),
        ("something new", "end_turn"),
    ],
)
def test_stop_reasons(reason: Any, expected: str) -> None:
    got = both("a", Finish(reason), Usage(5, 2))
    assert (got["stop_reason"], got["stop_sequence"]) == (expected, None)


def test_stop_reason_of_a_call() -> None:
    assert both(A, ToolArguments(0, "{}"), *CALLED)["stop_reason"] == "tool_use"
    assert both(A, ToolArguments(0, "{}"), Finish("length"), Usage(1, 1))["stop_reason"] == (
        "max_tokens"
    )


def test_a_stop_sequence_is_told_where_it_was_asked_for() -> None:
    end: list[Event] = [Finish("stop", "END"), Usage(5, 2)]
    got = both("a", *end, stops=["STOP", "END"])
    assert (got["stop_reason"], got["stop_sequence"]) == ("stop_sequence", "END")
    got = both("a", *end, stops=["STOP"])
    assert (got["stop_reason"], got["stop_sequence"]) == ("end_turn", None)


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (Usage(5, 2), (5, 0, 2, None, None)),
        (Usage(5, 2, cached_tokens=3), (2, 3, 2, None, None)),
        (Usage(5, 2, cached_tokens=9), (0, 5, 2, None, None)),
        (Usage(5, 2, 0, 1, 0.5), (5, 0, 2, {"thinking_tokens": 1}, 0.5)),
    ],
)
def test_usage(usage: Usage, expected: tuple[Any, ...]) -> None:
    got = both("a", Finish("stop"), usage)["usage"]
    names = ["input_tokens", "cache_read_input_tokens", "output_tokens", "output_tokens_details"]
    assert (*(got[name] for name in names), got.get("neurons")) == expected


# --- the stream --------------------------------------------------------------------------------


def test_the_order_of_events() -> None:
    events: list[Event] = [Reasoning("a"), "b", "c", A, ToolArguments(0, "{}"), *CALLED]
    got = streamed(events)
    assert kinds(got) == [
        "message_start",
        "start",
        "delta",
        "delta",
        "stop",
        "start",
        "delta",
        "delta",
        "stop",
        "start",
        "delta",
        "stop",
        "message_delta",
        "message_stop",
    ]
    indexes = [event["index"] for event in got if "index" in event]
    assert indexes == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2]
    assert [event["delta"]["type"] for event in got if event["type"].endswith("block_delta")] == [
        "thinking_delta",
        "signature_delta",
        "text_delta",
        "text_delta",
        "input_json_delta",
    ]


def test_the_first_and_the_last_count() -> None:
    """The estimate first; what the model says is in the end."""
    got = streamed(["a", Finish("stop"), Usage(5, 2, neurons=0.5)])
    first = got[0]["message"]
    assert (first["usage"]["input_tokens"], first["usage"]["output_tokens"]) == (77, 0)
    assert (first["content"], first["model"]) == ([], OPENAI)
    last = got[-2]["usage"]
    assert (last["input_tokens"], last["output_tokens"], last["neurons"]) == (5, 2, 0.5)
    assert first["id"].startswith("msg_")


def test_every_token_is_written_at_once() -> None:
    writer = encoder()
    first = parse_sse(writer.encode(0, ["a"]), named=True)
    assert kinds(first) == ["message_start", "start", "delta"]
    for word in ("b", '"\\\x00', "語"):
        [event] = parse_sse(writer.encode(0, [word]), named=True)
        assert event["delta"] == {"type": "text_delta", "text": word}
    assert writer.encode(0, END) == b""
    assert kinds(parse_sse(writer.tail(), named=True)) == ["stop", "message_delta", "message_stop"]


def test_complete_calls_are_written_at_once() -> None:
    writer = encoder()
    written = writer.encode(0, [A, ToolArguments(0, "{}"), B, ToolArguments(1, '{"y"')])
    assert kinds(parse_sse(written, named=True)) == [
        "message_start",
        "start",
        "delta",
        "stop",
        "start",
        "delta",
    ]


@pytest.mark.parametrize("filler", ["\x00", "語", "🌍", '"', "a"])
def test_large_pieces_are_split(filler: str) -> None:
    """parse_sse holds every line to its limit."""
    text = filler * 70_000
    got = both(Reasoning(text), text, *END)
    assert [block.get("text") or block["thinking"] for block in got["content"]] == [text, text]
    arguments = json.dumps({"x": text}, ensure_ascii=False)
    assert both(A, ToolArguments(0, arguments), *CALLED)["content"] == [called(A, x=text)]


def test_half_a_surrogate_pair_keeps_its_escape() -> None:
    first, second = encoder().encode(0, ["\ud83d"]), encoder().encode(0, ["\ude00"])
    assert b'"\\ud83d"' in first
    assert b'"\\ude00"' in second


@pytest.mark.parametrize("begun", [[], ["a"], [A, ToolArguments(0, "{")]])
def test_a_stream_that_breaks(begun: list[Event]) -> None:
    for cause, kind in ((BadRequest("No."), "invalid_request_error"), (KeyError(), "api_error")):
        writer = encoder()
        data = (writer.encode(0, begun) if begun else b"") + writer.fail(cause)
        events = parse_sse(data, named=True)
        check_stream(events)
        assert events[-1]["error"]["type"] == kind


# --- any events ----------------------------------------------------------------------------------

texts = st.text(max_size=12)
pieces = st.one_of(
    texts.filter(bool),
    texts.filter(bool).map(Reasoning),
    texts.filter(bool).map(lambda t: Token(t, {})),
)
calls = st.lists(st.dictionaries(texts, texts, max_size=2).map(json.dumps), max_size=3)


@given(st.lists(pieces, max_size=6), calls, st.data())
def test_any_events_make_the_same_message_streamed_and_not(
    before: list[Event], arguments: list[str], data: st.DataObject
) -> None:
    """Arguments cut anywhere, calls mixed in any way."""
    queues: list[list[Event]] = []
    for number, text in enumerate(arguments):
        cut = data.draw(st.integers(0, len(text)))
        parts = [ToolArguments(number, part) for part in (text[:cut], text[cut:]) if part]
        queues.append([ToolStart(number, f"call_{number}", "f"), *parts])
    mixed: list[Event] = []
    begun = 0
    while any(queues):
        # Calls begin in order; what belongs to them may come in any.
        ready = [n for n, queue in enumerate(queues) if queue and (n < begun or n == begun)]
        number = data.draw(st.sampled_from(ready))
        begun = max(begun, number + 1)
        mixed.append(queues[number].pop(0))
    both(*before, *mixed, *(CALLED if arguments else END))


def test_takes_steps_linear_in_calls_that_are_held() -> None:
    def write(size: int) -> None:
        starts = [ToolStart(number, f"call_{number}", "f") for number in range(size)]
        writer = encoder()
        writer.encode(0, [*starts, *[ToolArguments(number, "{}") for number in range(size)]])
        writer.tail()

    assert_linear(write, 100)
