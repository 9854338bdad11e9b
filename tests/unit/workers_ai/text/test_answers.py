import json
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import APIError, BadRequest, RateLimited, Upstream
from workers_ai.text.answers import Reader, read_usage, read_whole
from workers_ai.text.events import (
    Event,
    Failure,
    Finish,
    FinishReason,
    Reasoning,
    Token,
    ToolArguments,
    ToolStart,
    Usage,
)
from workers_ai.text.tool_calls import ToolCalls


def whole(payload: object) -> list[Event]:
    return read_whole(json.dumps(payload).encode())


def streamed(*payloads: object) -> list[Event]:
    reader = Reader()
    events = [event for payload in payloads for event in reader.read(payload)]
    return [*events, *reader.tools.close()]


class Called(NamedTuple):
    id: str
    name: str
    arguments: str


def calls_of(events: Iterable[Event]) -> list[Called]:
    """The calls as a client puts them together; a gap or a repetition fails."""
    calls: list[Called] = []
    for event in events:
        if isinstance(event, ToolStart):
            assert event.call == len(calls)
            calls.append(Called(event.id, event.name, ""))
        elif isinstance(event, ToolArguments):
            assert event.text
            call = calls[event.call]
            calls[event.call] = call._replace(arguments=call.arguments + event.text)
    return calls


# --- whole answers ---------------------------------------------------------------------------

COUNTED = {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}
COST = Usage(5, 7)


def chat(**message: Any) -> dict[str, Any]:
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {"object": "chat.completion", "choices": [choice]}


@pytest.mark.parametrize(
    ("payload", "events"),
    [
        # native
        ({"response": "Hi", "usage": COUNTED}, ["Hi", COST]),
        ({"response": "Hi", "finish_reason": "length"}, ["Hi", Finish("length")]),
        ({"response": {"a": [1, "é"]}}, ['{"a":[1,"é"]}']),
        ({"response": [{"type": "x", "text": "kept"}]}, ['[{"type":"x","text":"kept"}]']),
        ({"response": 5}, ["5"]),
        ({"response": 0}, ["0"]),
        ({"response": True}, ["true"]),
        ({"response": ""}, []),
        ({"response": None, "tool_calls": []}, []),
        ({"response": "a", "choices": None}, ["a"]),
        # OpenAI
        (chat(role="assistant", content="Hi"), ["Hi", Finish("stop")]),
        (chat(content=None), [Finish("stop")]),
        (chat(), [Finish("stop")]),
        (chat(content={"a": 1}), ['{"a":1}', Finish("stop")]),
        (chat(content=7), ["7", Finish("stop")]),
        (
            chat(content=[{"type": "text", "text": "a"}, {"type": "text", "text": "b"}, "c"]),
            ["abc", Finish("stop")],
        ),
        (
            chat(content=[{"type": "image_url"}, {"type": "text", "text": 1}]),
            [Finish("stop")],
        ),
        (chat(content=[{"a": 1}]), ['[{"a":1}]', Finish("stop")]),
        (chat(content="b", reasoning_content="a"), [Reasoning("a"), "b", Finish("stop")]),
        (chat(content="b", reasoning="a"), [Reasoning("a"), "b", Finish("stop")]),
        (
            chat(content="b", reasoning="a", reasoning_content="a"),
            [Reasoning("a"), "b", Finish("stop")],
        ),
        (
            chat(content=None, reasoning=None, reasoning_content="a"),
            [Reasoning("a"), Finish("stop")],
        ),
        (
            {"choices": [{"text": "Once", "finish_reason": "length"}], "usage": COUNTED},
            ["Once", Finish("length"), COST],
        ),
        ({"choices": [{"text": "Once", "finish_reason": None}]}, ["Once"]),
        (chat(content="b", reasoning={"odd": 1}), ["b", Finish("stop")]),
        # Responses
        (
            {
                "output": [
                    {"type": "reasoning", "content": [{"type": "reasoning_text", "text": "Hm"}]},
                    {"type": "reasoning", "content": None, "summary": []},
                    {"type": "web_search_call"},
                    "odd",
                    {"type": "message", "content": [{"type": "output_text", "text": "Hi"}]},
                ],
                "status": "completed",
                "error": None,
                "usage": {"input_tokens": 5, "output_tokens": 7},
            },
            [Reasoning("Hm"), "Hi", COST],
        ),
        (
            {
                "output": [
                    {"type": "reasoning", "summary": [{"type": "summary_text", "text": "Hm"}]},
                    {"type": "message", "content": "Hi"},
                ],
                "status": "incomplete",
            },
            [Reasoning("Hm"), "Hi", Finish("length")],
        ),
        (
            {
                "output": [],
                "status": "incomplete",
                "incomplete_details": {"reason": "content_filter"},
            },
            [Finish("content_filter")],
        ),
        # the envelope of Cloudflare's REST API
        (
            {"result": {"response": "Hi", "usage": COUNTED}, "success": True, "errors": []},
            ["Hi", COST],
        ),
        ({"result": {"response": "Hi"}, "usage": COUNTED, "success": True}, ["Hi", COST]),
        ({"result": {"response": ""}, "success": True, "errors": []}, []),
        ({"result": chat(content="Hi"), "success": True}, ["Hi", Finish("stop")]),
        # bare JSON
        ("Hi", ["Hi"]),
        ([{"label": "A"}], ['[{"label":"A"}]']),
        (12, ["12"]),
    ],
)
def test_reads_whole_answers(payload: object, events: list[Event]) -> None:
    assert whole(payload) == events


@pytest.mark.parametrize(
    ("given_reason", "reason"),
    [
        ("stop", "stop"),
        ("end_turn", "stop"),
        ("length", "length"),
        ("max_tokens", "length"),
        ("tool_use", "tool_calls"),
        ("function_call", "tool_calls"),
        ("content_filter", "content_filter"),
        ("something new", "stop"),
    ],
)
def test_finish_reasons_become_openais(given_reason: str, reason: FinishReason) -> None:
    assert whole({"choices": [{"finish_reason": given_reason}]}) == [Finish(reason)]


@pytest.mark.parametrize(
    ("named", "told"), [("END", "END"), (None, None), (151645, None), ({}, None)]
)
def test_reports_the_stop_sequence_that_a_model_names(named: Any, told: str | None) -> None:
    choice = {"finish_reason": "stop", "stop_reason": named}
    assert whole({"choices": [choice]}) == [Finish("stop", told)]


def test_logprobs_stay_with_their_text() -> None:
    logprobs = {"content": [{"token": "Hi", "logprob": -0.5}]}
    payload = {"choices": [{"message": {"content": "Hi"}, "logprobs": logprobs}]}
    assert whole(payload) == [Token("Hi", logprobs)]
    payload["choices"][0]["logprobs"] = {"content": [], "refusal": None}
    assert whole(payload) == ["Hi"]


@pytest.mark.parametrize(
    "payload",
    [
        {},
        None,
        "",
        {"success": True, "result": None},
        {"result": {}, "success": True, "errors": []},
        {"choices": []},
        {"choices": "odd"},
        {"choices": [None]},
        {"output": "odd"},
        {"detail": "no such route"},
        {"usage": COUNTED},
    ],
)
def test_rejects_unknown_shapes(payload: object) -> None:
    with pytest.raises(Upstream) as caught:
        whole(payload)
    assert (caught.value.status, caught.value.code) == (502, "upstream_error")


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"response": "cut', b"\xff\xfe", b"[" * 999])
def test_rejects_what_is_not_json(body: bytes) -> None:
    with pytest.raises(Upstream, match="not JSON"):
        read_whole(body)


ERRORS = (
    ({"internalCode": 3040, "message": "m", "name": "AiError", "description": "d"}, RateLimited),
    ({"errors": [{"code": 3040, "message": "m"}], "success": False, "result": None}, RateLimited),
    ({"error": {"message": "5021: too long", "code": 400}}, BadRequest),
    ({"error": "something"}, Upstream),
    ({"type": "error", "message": "3040: Capacity temporarily exceeded"}, RateLimited),
    (
        {"type": "response.failed", "response": {"error": {"code": "x", "message": "3040: full"}}},
        RateLimited,
    ),
    ({"type": "response.failed"}, Upstream),
)


@pytest.mark.parametrize(("payload", "kind"), ERRORS)
def test_raises_errors_inside_a_200(payload: object, kind: type[APIError]) -> None:
    with pytest.raises(kind):
        whole(payload)


@pytest.mark.parametrize(("payload", "kind"), ERRORS)
def test_reads_errors_inside_a_stream(payload: object, kind: type[APIError]) -> None:
    (event,) = streamed(payload)
    assert isinstance(event, Failure)
    assert isinstance(event.error, kind)


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
        events = whole({"response": None, "tool_calls": listed})
    else:
        events = whole(chat(content=None, tool_calls=listed))
    assert calls_of(events) == [WEATHER, WEATHER._replace(id="c2")]


@pytest.mark.parametrize("nothing", [{"arguments": ""}, {"arguments": None}, {}])
def test_a_call_without_arguments_has_empty_ones(nothing: dict[str, Any]) -> None:
    events = whole({"tool_calls": [{"name": "now", "id": "c1", **nothing}]})
    assert calls_of(events) == [Called("c1", "now", "{}")]


def test_ids_are_made_up_where_they_are_missing_and_never_the_same() -> None:
    listed: list[Any] = [{"name": "now", "id": given} for given in (None, "", "x", "x")]
    calls = calls_of(whole({"tool_calls": [*listed, "odd", {"id": "nameless"}]}))
    ids = [call.id for call in calls]
    assert len(set(ids)) == len(ids) == 4
    assert ids[2] == "x"
    assert all(re.fullmatch("call_[0-9a-f]{24}", id) for id in ids if id != "x")


def test_reads_function_call_and_calls_of_the_responses_api() -> None:
    expected = [WEATHER]
    function = {"name": "weather", "arguments": '{"city":"Łódź"}'}
    (found,) = calls_of(whole(chat(content=None, function_call=function)))
    assert found[1:] == WEATHER[1:]
    item = {"type": "function_call", "id": "fc_1", "call_id": "c1", **function}
    assert calls_of(whole({"output": [item]})) == expected
    bare = {"type": "function_call", "name": "now"}
    assert [call[1:] for call in calls_of(whole({"output": [bare, bare]}))] == [("now", "{}")] * 2


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
        calls = calls_of(streamed(*frames))
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
    assert streamed(start, finish) == [
        ToolStart(0, "a", "f"),
        ToolArguments(0, "{}"),
        Finish("tool_calls"),
    ]


# --- other frames ----------------------------------------------------------------------------


def test_reads_stream_frames() -> None:
    def frame(**delta: Any) -> dict[str, Any]:
        return {"choices": [{"delta": delta, "finish_reason": None}]}

    assert streamed(
        {"response": "", "p": "heartbeat"},
        frame(role="assistant", content=""),
        frame(reasoning="a", reasoning_content="a"),
        frame(content=None, reasoning_content="b"),
        frame(content="c"),
        {"response": 1},
        {"result": {"response": "d"}, "success": True},
        {"choices": [{"text": "e", "finish_reason": None}]},
        {"choices": [{"finish_reason": None}]},
        {"choices": [], "usage": {"prompt_tokens": 0, "completion_tokens": 0}},
        {"choices": [], "response": "f"},
        {"choices": [{"delta": {"content": "g"}}], "response": "not a second time"},
        {"something": "else"},
        "odd",
        None,
        {"response": "", "usage": COUNTED},
    ) == [Reasoning("a"), Reasoning("b"), "c", "1", "d", "e", "f", "g", COST]


def test_reads_events_of_the_responses_api() -> None:
    call = {"type": "function_call", "id": "fc_1", "call_id": "c1", "name": "weather"}
    arguments = {"type": "response.function_call_arguments.delta", "output_index": 2}
    done = {**call, "arguments": WEATHER.arguments}
    events = streamed(
        {"type": "response.created", "response": {"output": [], "error": None}},
        {"type": "response.output_item.added", "output_index": 0, "item": {"type": "reasoning"}},
        {"type": "response.reasoning_text.delta", "delta": "Hm"},
        {"type": "response.reasoning_text.done", "text": "Hm"},
        {"type": "response.reasoning_summary_text.delta", "delta": "m"},
        {"type": "response.reasoning_summary_text.delta", "delta": ""},
        {"type": "response.reasoning_text.delta", "delta": {"odd": 1}},
        {"type": "response.output_text.delta", "delta": "Hi"},
        {"type": "response.output_text.done", "text": "Hi"},
        {"type": "response.output_item.added", "output_index": 2, "item": call},
        {**arguments, "delta": '{"city":'},
        {**arguments, "delta": '"Łódź"}'},
        {**arguments, "delta": None},
        {"type": "response.output_item.done", "output_index": 2, "item": done},
        {"type": "response.output_item.done", "output_index": 3, "item": {**done, "call_id": "d"}},
        {
            "type": "response.completed",
            "response": {"usage": {"input_tokens": 5, "output_tokens": 7}, "output": ["again"]},
        },
    )
    assert events[:3] == [Reasoning("Hm"), Reasoning("m"), "Hi"]
    assert events[-2:] == [COST, Finish("stop")]
    assert calls_of(events) == [WEATHER, WEATHER._replace(id="d")]


def test_arguments_that_only_come_in_pieces() -> None:
    call = {"type": "function_call", "call_id": "c1", "name": "weather", "arguments": ""}
    pieces = {"type": "response.function_call_arguments.delta", "output_index": 0}
    assert streamed(
        {"type": "response.output_item.added", "output_index": 0, "item": call},
        {**pieces, "delta": "{"},
        {**pieces, "delta": "}"},
    ) == [ToolStart(0, "c1", "weather"), ToolArguments(0, "{"), ToolArguments(0, "}")]


@pytest.mark.parametrize(
    ("details", "reason"),
    [
        (None, "length"),
        ({"reason": "max_output_tokens"}, "length"),
        ({"reason": "content_filter"}, "content_filter"),
        ({"reason": ["odd"]}, "length"),
    ],
)
def test_reads_the_reason_of_an_incomplete_response(details: object, reason: FinishReason) -> None:
    response = {"incomplete_details": details}
    events = streamed({"type": "response.incomplete", "response": response})
    assert events == [Finish(reason)]


# --- usage -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("odd", None),
        ({}, None),
        ({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}, None),
        ({"prompt_tokens": 23, "completion_tokens": 0}, Usage(23, 0)),
        ({"prompt_tokens": 0, "completion_tokens": 9}, Usage(0, 9)),
        ({"prompt_tokens": 2.0, "completion_tokens": 3.7}, Usage(2, 3)),
        ({"prompt_tokens": -1, "completion_tokens": "3"}, None),
        ({"prompt_tokens": [1], "completion_tokens": 3}, Usage(0, 3)),
        (
            {
                "prompt_tokens": 9,
                "completion_tokens": 8,
                "prompt_tokens_details": {"cached_tokens": 0},
                "completion_tokens_details": {"reasoning_tokens": 4},
                "neurons": 10.47,
            },
            Usage(9, 8, 0, 4, 10.47),
        ),
        (
            {
                "input_tokens": 9,
                "output_tokens": 8,
                "input_tokens_details": {"cached_tokens": 2},
                "output_tokens_details": {"reasoning_tokens": 1},
                "neurons": "odd",
            },
            Usage(9, 8, 2, 1),
        ),
        (
            {
                "prompt_tokens": 9,
                "completion_tokens": 8,
                "prompt_tokens_details": None,
                "completion_tokens_details": "odd",
            },
            Usage(9, 8),
        ),
    ],
)
def test_reads_usage(value: object, expected: Usage | None) -> None:
    found = read_usage(value)
    assert found == expected
    for count in (found or ())[:2]:
        assert type(count) is int


# --- anything --------------------------------------------------------------------------------

KEYS = """choices delta message content text response output tool_calls function name arguments id
    index type item usage prompt_tokens completion_tokens prompt_tokens_details finish_reason
    reasoning_content logprobs error errors internalCode result status incomplete_details
    output_index call_id function_call""".split()
WORDS = """stop length function_call reasoning message response.completed response.failed error
    response.output_item.added response.function_call_arguments.delta f {}""".split()
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(WORDS) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)  # fmt: skip


@given(st.lists(values, max_size=4))
def test_no_payload_raises_anything_but_an_api_error(payloads: list[Any]) -> None:
    streamed(*payloads)
    for payload in payloads:
        try:
            events = whole(payload)
        except APIError:
            continue
        assert not any(isinstance(event, Failure) for event in events)
        for call in calls_of(events):
            assert call.name
            assert call.arguments


@given(st.binary(max_size=60))
@example(b"\xef\xbb\xbf{}")
@example(b'{"response":1e999}')
def test_no_body_raises_anything_but_an_api_error(body: bytes) -> None:
    for whole_body in (body, b'{"response":' + body, b'{"response":"' + body + b'"}'):
        with suppress(APIError):
            read_whole(whole_body)
