"""POST /v1/responses from end to end, over an upstream that answers as told. Every answer and every
stream is held against OpenAI's types and against itself on its way (exchange, response_stream)."""

import re
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.openai.responses.echo import echo_request
from handlers.openai.responses.request import FIELDS, LOGPROBS, read_responses_request
from handlers.openai.responses.stream import ResponseEvents
from support.exchange import NATIVE, OPENAI, RESPONSES, USAGE, VISION, Got, ReadyAI, respond, send
from support.fakes import FakeReply, answer, failure, ports, run, sse
from support.response_stream import check, parse
from workers_ai.errors import ERRORS_BY_CODE

TOOL = {"type": "function", "name": "f", "parameters": {"type": "object"}}
TOP = {"token": "Ha", "logprob": -1.5, "bytes": [72, 97]}
ENTRY = {"token": "Hi", "logprob": -0.25, "bytes": [72, 105], "top_logprobs": [TOP]}


def message(content: object = "Hi", reason: str = "stop", **extra: Any) -> dict[str, Any]:
    """An answer in OpenAI's chat format."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **extra}}
    return {"choices": [{**choice, "finish_reason": reason}], "usage": USAGE}


def delta(reason: str | None = None, logprobs: object = None, **fields: Any) -> dict[str, Any]:
    """A frame in OpenAI's chat format."""
    choice = {"index": 0, "delta": fields, "finish_reason": reason}
    return {"choices": [{**choice, "logprobs": logprobs} if logprobs else choice]}


FINISHED = (delta("stop"), {"choices": [], "usage": {"prompt_tokens": 0}}, {"usage": USAGE})


def streamed(*replies: FakeReply, **fields: Any) -> Got:
    return respond(*replies, stream=True, **fields)


def kinds(got: Got) -> list[str]:
    """The types of a stream's events without what they all begin with; a run of deltas is one."""
    names = [event["type"].removeprefix("response.") for event in got.events]
    pairs = zip(names, ["", *names], strict=False)
    return [name for name, before in pairs if name != before or not name.endswith("delta")]


def final(got: Got) -> dict[str, Any]:
    """The Response, whichever way it came."""
    if not got.events:
        return dict(got.json)
    ends = [event["response"] for event in got.events if "response" in event]
    return dict(ends[-1])


def output(got: Got) -> list[dict[str, Any]]:
    """The items of the Response, without their ids."""
    items = [dict(item) for item in final(got)["output"]]
    for item in items:
        assert re.fullmatch("(msg|rs|fc)_[0-9a-f]{24}", item.pop("id"))
    return items


def said(text: str, status: str = "completed", **extra: Any) -> dict[str, Any]:
    part = {"type": "output_text", "text": text, "annotations": [], "logprobs": [], **extra}
    return {"type": "message", "role": "assistant", "status": status, "content": [part]}


def thought(text: str, status: str = "completed") -> dict[str, Any]:
    parts = [{"type": "reasoning_text", "text": text}]
    return {"type": "reasoning", "status": status, "summary": [], "content": parts}


def call(arguments: str = "{}", call_id: str = "call_a", status: str = "completed") -> Any:
    kind = {"type": "function_call", "status": status}
    return {**kind, "call_id": call_id, "name": "f", "arguments": arguments}


both_ways = pytest.mark.parametrize("stream", [False, True])

# --- whole answers -----------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [{"response": "Hi", "usage": USAGE}, message()])
@pytest.mark.parametrize("stream", [{}, {"stream": False}, {"stream": None}])
def test_a_whole_answer_has_every_field(reply: dict[str, Any], stream: dict[str, Any]) -> None:
    before = int(time.time())
    got = respond(answer(reply), model="gpt-4o", **stream)
    body = got.json
    assert before <= body.pop("created_at") <= body.pop("completed_at") <= time.time()
    assert re.fullmatch("resp_[0-9a-f]{24}", body.pop("id"))
    assert output(got) == [said("Hi")]
    del body["output"]
    nulls = """error incomplete_details access_programs instructions max_output_tokens
        max_tool_calls previous_response_id prompt prompt_cache_key safety_identifier temperature
        top_p"""
    assert body == {
        "object": "response",
        "model": "gpt-4o",
        "status": "completed",
        **dict.fromkeys(nulls.split()),
        "background": False,
        "metadata": {},
        "parallel_tool_calls": True,
        "reasoning": {"effort": None, "summary": None},
        "service_tier": "default",
        "store": False,
        "text": {"format": {"type": "text"}, "verbosity": "medium"},
        "tool_choice": "auto",
        "tools": [],
        "top_logprobs": 0,
        "truncation": "disabled",
        "usage": {
            "input_tokens": 5,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": 2,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": 7,
            "neurons": 1.5,
        },
    }
    assert got.headers["content-type"] == "application/json"
    assert got.headers["x-model-served"] == VISION
    assert got.ai.calls[0].model == VISION
    assert "stream" not in got.inputs


def test_ids_differ() -> None:
    first, second = respond().json, respond().json
    assert first["id"] != second["id"]
    assert first["output"][0]["id"] != second["output"][0]["id"]


@both_ways
def test_usage_is_in_integers_with_what_is_known_of_it(stream: bool) -> None:
    usage = {
        "prompt_tokens": 10.0,
        "completion_tokens": 4.0,
        "total_tokens": 99,
        "prompt_tokens_details": {"cached_tokens": 8.0},
        "completion_tokens_details": {"reasoning_tokens": 3},
        "neurons": 1.25,
    }
    reply = {"response": "Hi", "usage": usage}
    got = respond(sse(reply) if stream else answer(reply), stream=stream)
    assert final(got)["usage"] == {
        "input_tokens": 10,
        "input_tokens_details": {"cached_tokens": 8, "cache_write_tokens": 0},
        "output_tokens": 4,
        "output_tokens_details": {"reasoning_tokens": 3},
        "total_tokens": 14,
        "neurons": 1.25,
    }


def test_usage_is_estimated_where_the_model_gives_none() -> None:
    usage = final(respond(answer({"response": "Hello there"})))["usage"]
    assert usage["input_tokens"] > 0
    assert usage["output_tokens"] > 0
    assert "neurons" not in usage


@both_ways
@pytest.mark.parametrize(("size", "expected"), [(40, 10), (4000, 20)])
def test_the_tokens_of_thinking_are_estimated(stream: bool, size: int, expected: int) -> None:
    """No more than all tokens of the answer."""
    usage = {**USAGE, "completion_tokens": 20}
    reply = message("x" * 4000, reasoning_content="x" * size) | {"usage": usage}
    details = final(respond(answer(reply), stream=stream))["usage"]["output_tokens_details"]
    assert details == {"reasoning_tokens": expected}


# --- items, both ways --------------------------------------------------------------------------

NESTED = {"id": "call_a", "type": "function", "function": {"name": "f", "arguments": '{"a":1}'}}


def frames(reply: dict[str, Any]) -> FakeReply:
    """The stream that the same model would give."""
    choice = reply["choices"][0]
    fields = dict(choice["message"])
    if "tool_calls" in fields:
        calls = enumerate(fields["tool_calls"])
        fields["tool_calls"] = [{"index": index, **call} for index, call in calls]
    order = ("reasoning_content", "content", "tool_calls")
    parts = [delta(**{name: fields[name]}) for name in order if fields.get(name)]
    return sse(*parts, delta(choice["finish_reason"]), {"usage": reply["usage"]})


def both(reply: dict[str, Any], stream: bool, **fields: Any) -> Got:
    return respond(frames(reply) if stream else answer(reply), stream=stream, **fields)


@both_ways
def test_thinking_is_an_item_before_the_message(stream: bool) -> None:
    got = both(message("42", reasoning_content="Let me see."), stream)
    assert output(got) == [thought("Let me see."), said("42")]


@both_ways
@pytest.mark.parametrize("name", ["summary", "generate_summary"])
def test_thinking_stands_in_for_a_summary(stream: bool, name: str) -> None:
    """Who asks for one reads nothing else."""
    reply = message("42", reasoning_content="Let me see.")
    first, second = output(both(reply, stream, reasoning={name: "auto"}))
    assert first == {
        "type": "reasoning",
        "status": "completed",
        "summary": [{"type": "summary_text", "text": "Let me see."}],
    }
    assert second == said("42")


@both_ways
def test_thinking_can_be_left_out(stream: bool) -> None:
    reply = message("42", reasoning_content="Let me see.")
    assert output(both(reply, stream, reasoning={"exclude": True})) == [said("42")]


@both_ways
def test_tool_calls(stream: bool) -> None:
    calls = [NESTED, {**NESTED, "id": "call_b", "function": {"name": "f", "arguments": ""}}]
    got = both(message(None, "tool_calls", tool_calls=calls), stream, tools=[TOOL])
    assert output(got) == [call('{"a":1}'), call(call_id="call_b")]
    assert final(got)["status"] == "completed"


@both_ways
def test_thinking_words_and_calls_in_one_answer(stream: bool) -> None:
    reply = message("I look.", "tool_calls", reasoning_content="Hm.", tool_calls=[NESTED])
    got = both(reply, stream, tools=[TOOL])
    assert output(got) == [thought("Hm."), said("I look."), call('{"a":1}')]


def test_a_native_answer_with_a_call() -> None:
    reply = {"response": None, "tool_calls": [{"name": "f", "arguments": {"a": 1}}]}
    [item] = output(respond(answer(reply), model=NATIVE, tools=[TOOL]))
    assert item.pop("call_id").startswith("call_")
    assert item == {key: value for key, value in call('{"a":1}').items() if key != "call_id"}


@both_ways
@pytest.mark.parametrize(
    ("reason", "told"), [("length", "max_output_tokens"), ("content_filter", "content_filter")]
)
def test_an_answer_that_was_cut_says_why(stream: bool, reason: str, told: str) -> None:
    got = both(message("4", reason, reasoning_content="Hm."), stream)
    response = final(got)
    assert (response["status"], response["completed_at"]) == ("incomplete", None)
    assert response["incomplete_details"] == {"reason": told}
    assert response["usage"]["output_tokens"] == 2
    assert output(got) == [thought("Hm."), said("4", "incomplete")]


@both_ways
def test_an_answer_cut_while_it_thinks_has_no_message(stream: bool) -> None:
    got = both(message(None, "length", reasoning_content="Hm"), stream)
    assert output(got) == [thought("Hm", "incomplete")]


@both_ways
def test_a_call_that_was_cut(stream: bool) -> None:
    cut = {**NESTED, "function": {"name": "f", "arguments": '{"a":'}}
    got = both(message(None, "length", tool_calls=[NESTED, {**cut, "id": "call_b"}]), stream)
    assert output(got) == [call('{"a":1}'), call('{"a":', "call_b", "incomplete")]
    assert final(got)["incomplete_details"] == {"reason": "max_output_tokens"}


@both_ways
@pytest.mark.parametrize("extra", [{}, {"reasoning_content": "Hm."}])
def test_an_answer_of_nothing_is_an_empty_message(stream: bool, extra: dict[str, Any]) -> None:
    got = both(message("", **extra), stream)
    assert output(got) == [*(thought("Hm.") for _ in extra), said("")]


@both_ways
def test_log_probabilities_have_their_bytes(stream: bool) -> None:
    bare = {"token": "é", "logprob": -2}
    entries = {"content": [ENTRY, bare]}
    if stream:
        reply = sse(delta(content="Hié", logprobs=entries), *FINISHED)
    else:
        whole = message("Hié")
        whole["choices"][0]["logprobs"] = entries
        reply = answer(whole)
    got = respond(reply, stream=stream, include=[LOGPROBS], top_logprobs=1)
    complete = {**bare, "bytes": [195, 169], "top_logprobs": []}
    assert output(got) == [said("Hié", logprobs=[ENTRY, complete])]
    assert (got.inputs["logprobs"], got.inputs["top_logprobs"]) == (True, 1)


@both_ways
def test_json_that_follows_a_schema(stream: bool) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
    format = {"type": "json_schema", "name": "n", "schema": schema, "strict": True}
    replies = [answer({"response": {"b": 1}}), answer({"response": {"a": 1}})]
    got = respond(*replies, stream=stream, model=NATIVE, text={"format": format})
    assert output(got) == [said('{"a":1}')]
    assert got.inputs["response_format"] == {"type": "json_schema", "json_schema": schema}


@both_ways
def test_json_that_does_not_is_told_by_the_name_it_has_here(stream: bool) -> None:
    schema = {"type": "object", "required": ["a"]}
    format = {"type": "json_schema", "name": "n", "schema": schema, "strict": True}
    replies = [answer({"response": {"b": 1}}) for _ in range(2)]
    got = respond(*replies, stream=stream, model=NATIVE, text={"format": format})
    assert (got.status, got.error["code"]) == (400, "json_validate_failed")
    assert got.error["param"] == "text.format"


@both_ways
@pytest.mark.parametrize("code", [5007, 5006, 4006, 3030, 5035, 3006])
def test_an_error_before_the_first_byte_has_a_real_status(code: int, stream: bool) -> None:
    row = ERRORS_BY_CODE[code]
    got = respond(failure(code), stream=stream)
    assert got.status == (row.status or row.kind.status)
    assert got.error["message"] == row.message
    assert got.headers["content-type"] == "application/json"


@both_ways
@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"{}", b"null"])
def test_an_answer_of_no_known_shape_is_a_failed_upstream(body: bytes, stream: bool) -> None:
    got = respond(FakeReply(body), stream=stream)
    assert (got.status, got.error["code"]) == (502, "upstream_error")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_nothing_can_be_fetched_later(method: str) -> None:
    assert send(method, f"{RESPONSES}/resp_1").status == 404


# --- streams -----------------------------------------------------------------------------------

BEGUN = ["created", "in_progress"]
TEXT_EVENTS = [
    *("output_item.added", "content_part.added", "output_text.delta"),
    *("output_text.done", "content_part.done", "output_item.done"),
]


@pytest.mark.parametrize(
    "reply",
    [
        lambda: sse("He", "llo", {"response": "", "usage": USAGE}),
        lambda: sse(delta(role="assistant", content="He"), delta(content="llo"), *FINISHED),
    ],
)
def test_the_events_of_a_text(reply: Callable[[], FakeReply]) -> None:
    got = streamed(reply(), model="gpt-4o")
    assert kinds(got) == [*BEGUN, *TEXT_EVENTS, "completed"]
    deltas = [event for event in got.events if event["type"] == "response.output_text.delta"]
    item = final(got)["output"][0]["id"]
    place = {"item_id": item, "output_index": 0, "content_index": 0, "logprobs": []}
    kind = "response.output_text.delta"
    assert deltas == [
        {"type": kind, **place, "delta": text, "sequence_number": number}
        for number, text in enumerate(["He", "llo"], 4)
    ]
    assert got.inputs["stream"] is True
    assert got.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert got.headers["cache-control"] == "private, no-store"
    assert got.headers["x-model-served"] == VISION
    assert b"[DONE]" not in got.body
    assert final(got)["model"] == "gpt-4o"
    assert final(got)["usage"]["neurons"] == USAGE["neurons"]


def test_whole_and_streamed_are_the_same() -> None:
    whole, stream = (final(respond(stream=stream)) for stream in (False, True))
    for response in (whole, stream):
        del response["id"], response["created_at"], response["completed_at"]
        del response["output"][0]["id"]
    assert whole == stream


def test_the_events_of_thinking() -> None:
    parts = [delta(reasoning_content="Let "), delta(reasoning_content="me."), delta(content="42")]
    got = streamed(sse(*parts, *FINISHED))
    thinking = [
        *("output_item.added", "content_part.added", "reasoning_text.delta"),
        *("reasoning_text.done", "content_part.done", "output_item.done"),
    ]
    assert kinds(got) == [*BEGUN, *thinking, *TEXT_EVENTS, "completed"]
    texts = [event["delta"] for event in got.events if event["type"].endswith("text.delta")]
    assert texts == ["Let ", "me.", "42"]


def test_the_events_of_a_summary() -> None:
    parts = [delta(reasoning_content="Let "), delta(reasoning_content="me."), delta(content="42")]
    got = streamed(sse(*parts, *FINISHED), reasoning={"summary": "auto"})
    summary = [
        *("output_item.added", "reasoning_summary_part.added", "reasoning_summary_text.delta"),
        *("reasoning_summary_text.done", "reasoning_summary_part.done", "output_item.done"),
    ]
    assert kinds(got) == [*BEGUN, *summary, *TEXT_EVENTS, "completed"]
    deltas = [event for event in got.events if event["type"].endswith("summary_text.delta")]
    assert [event["delta"] for event in deltas] == ["Let ", "me."]
    assert all(event["summary_index"] == 0 for event in deltas)


def tool_delta(index: int, arguments: str = "", **start: Any) -> dict[str, Any]:
    function = {"name": "f", "arguments": arguments} if start else {"arguments": arguments}
    return delta(tool_calls=[{"index": index, **start, "function": function}])


def test_the_events_of_calls_that_come_in_turns() -> None:
    got = streamed(
        sse(
            tool_delta(0, id="call_a", type="function"),
            tool_delta(1, '{"b"', id="call_b", type="function"),
            tool_delta(0, '{"a"'),
            tool_delta(1, ":2}"),
            tool_delta(0, ":1}"),
            delta("tool_calls"),
        ),
        tools=[TOOL],
    )
    arguments = "function_call_arguments"
    assert kinds(got) == [
        *BEGUN,
        *("output_item.added", "output_item.added", f"{arguments}.delta"),
        *(f"{arguments}.done", "output_item.done", f"{arguments}.done", "output_item.done"),
        "completed",
    ]
    assert output(got) == [call('{"a":1}'), call('{"b":2}', "call_b")]
    done = [event for event in got.events if event["type"].endswith("arguments.done")]
    assert [(event["name"], event["arguments"]) for event in done] == [
        ("f", '{"a":1}'),
        ("f", '{"b":2}'),
    ]


def test_words_after_a_call_are_another_message() -> None:
    parts = [delta(content="One."), tool_delta(0, "{}", id="call_a"), delta(content="Two.")]
    got = streamed(sse(*parts, delta("tool_calls")), tools=[TOOL])
    assert output(got) == [said("One."), call(), said("Two.")]


def test_a_model_that_does_not_stream_still_does() -> None:
    got = streamed(answer(message("42", reasoning_content="Hm.")))
    assert output(got) == [thought("Hm."), said("42")]


@pytest.mark.parametrize("error", [{"errors": [{"code": 3040, "message": "busy"}]}, None])
def test_a_stream_that_breaks_ends_with_two_events(error: object) -> None:
    parts: list[Any] = [delta(reasoning_content="Hm."), delta(content="Hel")]
    got = streamed(sse(*parts, *([error] if error else []), done=False))
    assert kinds(got)[-2:] == ["failed", "error"]
    assert output(got) == [thought("Hm."), said("Hel", "incomplete")]
    failed = final(got)
    assert failed["status"] == "failed"
    assert "usage" not in failed
    told = got.events[-1]
    code = "capacity_exceeded" if error else "upstream_error"
    assert (told["code"], told["error"]["code"]) == (code, code)
    assert failed["error"] == {
        "code": "rate_limit_exceeded" if error else "server_error",
        "message": told["message"],
    }
    assert b"[DONE]" not in got.body


def test_a_stream_that_breaks_at_once_has_begun() -> None:
    got = streamed(sse({"errors": [{"code": 3030, "message": "no"}]}))
    assert kinds(got) == [*BEGUN, "failed", "error"]
    assert final(got)["error"]["code"] == "invalid_prompt"


@pytest.mark.parametrize(
    "text",
    ["a" * 40_000, "\x01" * 20_000, "\ud83d" * 20_000, '"' * 40_000],
    ids=["plain", "control", "surrogates", "quotes"],
)
@pytest.mark.parametrize("key", ["content", "reasoning_content", "arguments"])
@both_ways
def test_pieces_are_short_enough_for_any_relay(key: str, text: str, stream: bool) -> None:
    """response_stream holds every delta to that; what repeats it all is as long as it is."""
    fields: dict[str, Any] = {key: text}
    if key == "arguments":
        fields = {"tool_calls": [{"index": 0, "id": "c", "function": {"name": "f", key: text}}]}
    # Some models answer a stream request with JSON.
    reply = (
        sse(delta(**fields), *FINISHED) if stream else answer(message(**{"content": "", **fields}))
    )
    got = streamed(reply, tools=[TOOL])
    deltas = [event["delta"] for event in got.events if event["type"].endswith(".delta")]
    assert len(deltas) > 1
    assert "".join(deltas) == text


def test_half_a_character_keeps_its_escape() -> None:
    halves = [rb'data: {"response":"a\ud83d"}', rb'data: {"response":"\ude00"}', b"data: [DONE]"]
    stream = [half + b"\n\n" for half in halves]
    got = streamed(FakeReply(stream, content_type="text/event-stream"))
    assert rb'"delta":"a\ud83d"' in got.body
    assert output(got) == [said("a😀")]


def one_by_one(data: bytes) -> Iterable[bytes]:
    return (data[at : at + 1] for at in range(len(data)))


def test_a_stream_cut_anywhere_is_the_same() -> None:
    parts = [delta(reasoning_content="Hm."), delta(content="He"), delta(content="llö")]
    calls = [tool_delta(0, '{"a"', id="call_a"), tool_delta(0, ":1}"), delta("tool_calls")]
    got = send(
        "POST",
        RESPONSES,
        {"model": OPENAI, "input": "Hello", "stream": True, "tools": [TOOL]},
        sse(*parts, *calls, {"usage": USAGE}),
        split=one_by_one,
    )
    assert output(got) == [thought("Hm."), said("Hellö"), call('{"a":1}')]


@pytest.mark.parametrize("before", [[], [["Hi"]]])
def test_a_failure_of_ours_is_told_without_its_words(before: list[list[Any]]) -> None:
    """The edge may have nothing to tell but that."""
    values, generation = run(read_responses_request({"model": OPENAI, "input": "Hello"}, ports()))
    encoder = ResponseEvents(echo_request(values, generation))
    told = [encoder.encode(0, events) for events in before]
    body = b"".join([*told, encoder.fail(ValueError("the prompt"))])
    events = parse(body)
    check(events)
    assert events[-1]["code"] == "internal_error"
    assert b"the prompt" not in body


# --- whatever comes ----------------------------------------------------------------------------

TEXT = st.text(st.characters(codec=None), max_size=12) | st.sampled_from(["", "\ud83d", "Hi"])
SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | TEXT
NAMES = st.sampled_from(
    """type role content text input_text output_text input_image image_url refusal message name
    function_call function_call_output reasoning summary call_id arguments output id format schema
    json_schema effort mode tools allowed_tools function auto""".split()
)
JSON = st.recursive(
    SCALARS | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | TEXT, inner, max_size=5),
    max_leaves=15,
)
ITEMS = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from("message function_call function_call_output reasoning".split())},
        optional={
            "role": st.sampled_from("user system developer assistant".split()),
            **dict.fromkeys("content output summary".split(), JSON | st.lists(JSON, max_size=2)),
            **dict.fromkeys("name call_id arguments".split(), TEXT | JSON),
        },
    ),
    max_size=5,
)


def settle(got: Got) -> None:
    assert got.status < 500, got.error
    assert got.status not in (401, 403)


@given(st.dictionaries(st.sampled_from([row.name for row in FIELDS]), JSON, max_size=4))
def test_any_value_in_any_field(fields: dict[str, Any]) -> None:
    settle(send("POST", RESPONSES, {"model": OPENAI, "input": "Hi", **fields}, ai=ReadyAI()))


@given(ITEMS, st.booleans())
def test_any_items(items: list[Any], stream: bool) -> None:
    settle(respond(input=items, stream=stream, model=VISION))


@given(JSON | st.binary(max_size=100))
def test_any_body(body: object) -> None:
    assert send("POST", RESPONSES, body, ai=ReadyAI()).status in (400, 415)


CALLS = st.builds(
    tool_delta, st.integers(0, 2), TEXT, id=TEXT | st.none(), type=st.just("function")
)
FRAMES = st.lists(
    st.builds(lambda text: {"response": text}, TEXT)
    | st.builds(lambda text: delta(content=text), TEXT)
    | st.builds(lambda text: delta(reasoning_content=text), TEXT)
    | st.builds(
        lambda text: delta(content=text, logprobs={"content": [{**ENTRY, "token": text}]}), TEXT
    )
    | CALLS
    | st.builds(delta, st.sampled_from(["stop", "length", "tool_calls", "content_filter"])),
    max_size=10,
)


@given(FRAMES, st.booleans(), st.sampled_from([None, "auto"]), st.binary(max_size=5))
def test_any_stream_comes_out_whole(
    frames: list[Any], done: bool, summary: str | None, noise: bytes
) -> None:
    """As a good stream, or as one that ends with an error: response_stream says what that is."""
    reply = sse(*frames, done=done)
    reply.pieces.insert(len(frames) // 2, noise)
    got = streamed(reply, tools=[TOOL], reasoning={"summary": summary}, include=[LOGPROBS])
    assert got.status == 200
    assert kinds(got)[-1] in ("completed", "incomplete", "error")
