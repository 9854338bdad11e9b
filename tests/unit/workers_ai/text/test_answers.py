from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import APIError, BadRequest, RateLimited, Upstream
from support.events import Called, calls_of, read_answer, read_stream
from workers_ai.text.answers import read_usage, read_whole
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
    ],
)
def test_reads_whole_answers(payload: object, events: list[Event]) -> None:
    assert read_answer(payload) == events


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
    assert read_answer({"choices": [{"finish_reason": given_reason}]}) == [Finish(reason)]


@pytest.mark.parametrize(
    ("named", "told"), [("END", "END"), (None, None), (151645, None), ({}, None)]
)
def test_reports_the_stop_sequence_that_a_model_names(named: Any, told: str | None) -> None:
    choice = {"finish_reason": "stop", "stop_reason": named}
    assert read_answer({"choices": [choice]}) == [Finish("stop", told)]


def test_logprobs_stay_with_their_text() -> None:
    logprobs = {"content": [{"token": "Hi", "logprob": -0.5}]}
    payload = {"choices": [{"message": {"content": "Hi"}, "logprobs": logprobs}]}
    assert read_answer(payload) == [Token("Hi", logprobs)]
    payload["choices"][0]["logprobs"] = {"content": [], "refusal": None}
    assert read_answer(payload) == ["Hi"]


@pytest.mark.parametrize(
    "payload",
    [
        {},
        None,
        "",
        "Hi",
        [{"label": "A"}],
        12,
        {"response": None},
        {"choices": [{}]},
        {"choices": [{"index": 0, "message": None}]},
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
        read_answer(payload)
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
        read_answer(payload)


@pytest.mark.parametrize(("payload", "kind"), ERRORS)
def test_reads_errors_inside_a_stream(payload: object, kind: type[APIError]) -> None:
    (event,) = read_stream(payload)
    assert isinstance(event, Failure)
    assert isinstance(event.error, kind)


# --- other frames ----------------------------------------------------------------------------


WEATHER = Called("c1", "weather", '{"city":"Łódź"}')


def test_reads_stream_frames() -> None:
    def frame(**delta: Any) -> dict[str, Any]:
        return {"choices": [{"delta": delta, "finish_reason": None}]}

    assert read_stream(
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
    events = read_stream(
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
    assert read_stream(
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
    events = read_stream({"type": "response.incomplete", "response": response})
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
        ({"prompt_tokens": 9, "completion_tokens": 8, "neurons": 10**400}, Usage(9, 8)),
        ({"prompt_tokens": 9, "completion_tokens": 8, "neurons": -1.5}, Usage(9, 8)),
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
    read_stream(*payloads)
    for payload in payloads:
        try:
            events = read_answer(payload)
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
