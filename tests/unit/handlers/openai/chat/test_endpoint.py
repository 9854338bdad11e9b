"""POST /v1/chat/completions from end to end, over an upstream that answers as told."""

import json
import re
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from core.web import Stream
from handlers.openai import chunks
from support import fakes
from support.exchange import CHAT, NATIVE, OPENAI, USAGE, USER, VISION, Got, ReadyAI, chat, send
from support.fakes import FakeReply, answer, failure, sse
from workers_ai.errors import ERRORS_BY_CODE

TOOL = {"type": "function", "function": {"name": "f", "parameters": {"type": "object"}}}
TOP = {"token": "Ha", "logprob": -1.5, "bytes": [72, 97]}
ENTRY = {"token": "Hi", "logprob": -0.25, "bytes": [72, 105], "top_logprobs": [TOP]}


def message(content: object = "Hi", reason: str = "stop", **extra: Any) -> dict[str, Any]:
    """An answer in OpenAI's wire format."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **extra}}
    return {"choices": [{**choice, "finish_reason": reason}], "usage": USAGE}


def delta(reason: str | None = None, logprobs: object = None, **fields: Any) -> dict[str, Any]:
    """A frame in OpenAI's wire format."""
    choice = {"index": 0, "delta": fields, "finish_reason": reason}
    return {"choices": [{**choice, "logprobs": logprobs} if logprobs else choice]}


FINISHED = (delta("stop"), {"choices": [], "usage": {"prompt_tokens": 0}}, {"usage": USAGE})


def streamed(*replies: FakeReply, **fields: Any) -> Got:
    return chat(*replies, stream=True, **fields)


def text(got: Got, index: int = 0) -> str:
    return "".join(got.deltas("content", index))


# --- whole answers -----------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [{"response": "Hi", "usage": USAGE}, message()])
@pytest.mark.parametrize("stream", [{}, {"stream": False}, {"stream": None}])
def test_a_whole_answer_has_every_field(reply: dict[str, Any], stream: dict[str, Any]) -> None:
    before = int(time.time())
    got = chat(answer(reply), model="gpt-4o", **stream)
    body = got.json
    assert before <= body.pop("created") <= time.time()
    assert re.fullmatch("chatcmpl-[0-9a-f]{24}", body.pop("id"))
    assert re.fullmatch("fp_[0-9a-f]{8}", body.pop("system_fingerprint"))
    assert body == {
        "object": "chat.completion",
        "model": "gpt-4o",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": "Hi", "refusal": None},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": USAGE,
    }
    assert got.headers["content-type"] == "application/json"
    assert got.headers["x-model-served"] == VISION
    assert got.ai.calls[0].model == VISION
    assert "stream" not in got.inputs


def test_ids_differ() -> None:
    assert chat().json["id"] != chat().json["id"]


def test_usage_is_in_integers_with_what_is_known_of_it() -> None:
    usage = {
        "prompt_tokens": 10.0,
        "completion_tokens": 4.0,
        "total_tokens": 99,
        "prompt_tokens_details": {"cached_tokens": 8.0},
        "completion_tokens_details": {"reasoning_tokens": 3},
        "neurons": 1.25,
    }
    assert chat(answer({"response": "Hi", "usage": usage})).json["usage"] == {
        "prompt_tokens": 10,
        "completion_tokens": 4,
        "total_tokens": 14,
        "prompt_tokens_details": {"cached_tokens": 8},
        "completion_tokens_details": {"reasoning_tokens": 3},
        "neurons": 1.25,
    }


def test_usage_is_estimated_where_the_model_gives_none() -> None:
    usage = chat(answer({"response": "Hello there"})).json["usage"]
    assert usage.keys() == {"prompt_tokens", "completion_tokens", "total_tokens"}
    assert all(count > 0 for count in usage.values())


def test_reasoning_stands_beside_the_content() -> None:
    got = chat(answer(message("42", reasoning_content="Let me see.")))
    assert got.message["reasoning_content"] == "Let me see."
    assert got.message["content"] == "42"


def test_nothing_but_reasoning_has_empty_content() -> None:
    """One API's channel test needs a string."""
    got = chat(answer(message(None, "length", reasoning="Hm.")))
    assert got.message == {
        "role": "assistant",
        "content": "",
        "refusal": None,
        "reasoning_content": "Hm.",
    }
    assert got.choice["finish_reason"] == "length"


@pytest.mark.parametrize(
    ("reason", "expected"),
    [("stop", "stop"), ("length", "length"), ("content_filter", "content_filter"), ("eos", "stop")],
)
def test_finish_reasons(reason: str, expected: str) -> None:
    assert chat(answer(message(reason=reason))).choice["finish_reason"] == expected
    got = streamed(sse(delta(content="Hi"), delta(reason)))
    assert [choice["finish_reason"] for choice in got.choices()][-2:] == [None, expected]


NESTED = {"id": "call_a", "type": "function", "function": {"name": "f", "arguments": '{"a":1}'}}
FLAT = {"name": "f", "arguments": {"a": 1}}


@pytest.mark.parametrize(
    "reply",
    [message(None, "tool_calls", tool_calls=[NESTED]), {"response": "", "tool_calls": [FLAT]}],
)
def test_tool_calls(reply: dict[str, Any]) -> None:
    got = chat(answer(reply), tools=[TOOL])
    [call] = got.message["tool_calls"]
    assert call.pop("id").startswith("call_")
    assert call == {"type": "function", "function": {"name": "f", "arguments": '{"a":1}'}}
    assert got.message["content"] is None
    assert got.choice["finish_reason"] == "tool_calls"


def test_parallel_calls_and_text_beside_them() -> None:
    calls = [NESTED, {**NESTED, "id": "call_b", "function": {"name": "f", "arguments": {}}}]
    got = chat(answer(message("Let me look.", "tool_calls", tool_calls=calls)), tools=[TOOL])
    assert got.message["content"] == "Let me look."
    assert [call["id"] for call in got.message["tool_calls"]] == ["call_a", "call_b"]
    assert [call["function"]["arguments"] for call in got.message["tool_calls"]] == [
        '{"a":1}',
        "{}",
    ]


@pytest.mark.parametrize("tools", [None, []])
def test_the_older_functions_are_answered_in_their_own_form(tools: object) -> None:
    calls = [NESTED, {**NESTED, "id": "call_b", "function": {"name": "g", "arguments": "{}"}}]
    functions = [{"name": "f"}, {"name": "g"}]
    reply = answer(message(None, "tool_calls", tool_calls=calls))
    got = chat(reply, functions=functions, tools=tools)
    assert got.message == {
        "role": "assistant",
        "content": None,
        "refusal": None,
        "function_call": {"name": "f", "arguments": '{"a":1}'},
    }
    assert got.choice["finish_reason"] == "function_call"


def test_with_tools_the_older_functions_are_answered_as_tools() -> None:
    reply = answer(message(None, "tool_calls", tool_calls=[NESTED]))
    got = chat(reply, tools=[TOOL], functions=[{"name": "g"}])
    assert got.message["tool_calls"] == [NESTED]
    assert got.choice["finish_reason"] == "tool_calls"
    assert chat(functions=[{"name": "f"}]).choice["finish_reason"] == "stop"


def test_log_probabilities_are_made_complete() -> None:
    """vLLM leaves out what is null."""
    bare = {"token": "!", "logprob": -2}
    reply = message()
    reply["choices"][0]["logprobs"] = {"content": [ENTRY, bare]}
    got = chat(answer(reply), logprobs=True, top_logprobs=1)
    assert got.inputs["logprobs"] is True
    assert got.choice["logprobs"] == {
        "content": [ENTRY, {**bare, "bytes": None, "top_logprobs": []}],
        "refusal": None,
    }


def test_n_answers_are_n_calls() -> None:
    replies = [answer({"response": str(number), "usage": USAGE}) for number in range(3)]
    got = chat(*replies, n=3, seed=7)
    assert [choice["index"] for choice in got.json["choices"]] == [0, 1, 2]
    assert [choice["message"]["content"] for choice in got.json["choices"]] == ["0", "1", "2"]
    assert [call.inputs["seed"] for call in got.ai.calls] == [7, 8, 9]
    assert got.json["usage"] == {
        "prompt_tokens": 15,
        "completion_tokens": 6,
        "total_tokens": 21,
        "neurons": 4.5,
    }


def test_half_a_character_keeps_its_escape() -> None:
    reply = FakeReply(b'{"response":"a\\ud83d"}')
    got = chat(reply)
    assert rb'"content":"a\ud83d"' in got.body
    assert got.message["content"] == "a\ud83d"


@pytest.mark.parametrize("code", [5007, 5006, 4006, 3030, 5035, 3006])
@pytest.mark.parametrize("stream", [True, False])
def test_an_error_before_the_first_byte_has_a_real_status(code: int, stream: bool) -> None:
    """A relay takes a 200 for a success, whatever is in it."""
    row = ERRORS_BY_CODE[code]
    got = chat(failure(code), stream=stream)
    assert got.status == (row.status or row.kind.status)
    assert got.error["message"] == row.message
    assert got.headers["content-type"] == "application/json"


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"5x", b"{}", b'{"a":1}', b"null"])
@pytest.mark.parametrize("stream", [True, False])
def test_an_answer_of_no_known_shape_is_a_failed_upstream(body: bytes, stream: bool) -> None:
    got = chat(FakeReply(body), stream=stream)
    assert (got.status, got.error["code"]) == (502, "upstream_error")


# --- streams -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply",
    [
        lambda: sse("He", "llo", {"response": "", "usage": USAGE}),
        lambda: sse(delta(role="assistant", content="He"), delta(content="llo"), *FINISHED),
    ],
)
def test_a_stream_has_every_field(reply: Callable[[], FakeReply]) -> None:
    got = streamed(reply(), model="gpt-4o", stream_options={"include_usage": True})
    envelope = {
        "id": got.events[0]["id"],
        "object": "chat.completion.chunk",
        "created": got.events[0]["created"],
        "model": "gpt-4o",
        "system_fingerprint": got.events[0]["system_fingerprint"],
    }
    assert re.fullmatch("chatcmpl-[0-9a-f]{24}", envelope["id"])
    assert type(envelope["created"]) is int
    first = {"role": "assistant", "content": "", "refusal": None}
    deltas = [(first, None), ({"content": "He"}, None), ({"content": "llo"}, None), ({}, "stop")]
    choices = [
        [{"index": 0, "delta": each, "logprobs": None, "finish_reason": reason}]
        for each, reason in deltas
    ]
    assert got.events == [
        *({**envelope, "choices": choice, "usage": None} for choice in choices),
        {**envelope, "choices": [], "usage": USAGE},
    ]
    assert got.body.endswith(b"\n\ndata: [DONE]\n\n")
    assert got.inputs["stream"] is True
    assert got.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert got.headers["cache-control"] == "private, no-store"
    assert got.headers["x-model-served"] == VISION


@pytest.mark.parametrize("options", [None, {}, {"include_usage": False}, {"include_usage": None}])
def test_without_include_usage_there_is_no_usage_at_all(options: object) -> None:
    got = streamed(sse("Hi", {"response": "", "usage": USAGE}), stream_options=options)
    assert not any("usage" in event for event in got.events)
    assert got.events[-1]["choices"][0]["finish_reason"] == "stop"


@pytest.mark.parametrize("given", [1, "true", []])
def test_include_usage_is_a_boolean(given: object) -> None:
    got = streamed(sse("Hi"), stream_options={"include_usage": given})
    assert (got.status, got.error["param"]) == (400, "stream_options.include_usage")
    assert got.ai.calls == []


@pytest.mark.parametrize("key", ["reasoning_content", "reasoning"])
def test_reasoning_in_a_stream(key: str) -> None:
    frames = [delta(**{key: "Let "}), delta(**{key: "me see."}), delta(content="42"), *FINISHED]
    got = streamed(sse(*frames))
    assert got.deltas("reasoning_content") == ["Let ", "me see."]
    assert got.deltas("content") == ["", "42"]


def tool_delta(**fields: Any) -> dict[str, Any]:
    return delta(tool_calls=[fields])


def test_tool_calls_in_a_stream() -> None:
    got = streamed(
        sse(
            tool_delta(
                index=0, id="call_a", type="function", function={"name": "f", "arguments": ""}
            ),
            tool_delta(index=0, function={"arguments": '{"a"'}),
            tool_delta(index=0, function={"arguments": ":1}"}),
            tool_delta(
                index=1, id="call_b", type="function", function={"name": "f", "arguments": ""}
            ),
            delta("tool_calls"),
        ),
        tools=[TOOL],
    )
    start = {"index": 0, "id": "call_a", "type": "function"}
    calls = [call for [call] in got.deltas("tool_calls")]
    assert calls[0] == {**start, "function": {"name": "f", "arguments": ""}}
    assert calls[1] == {"index": 0, "function": {"arguments": '{"a"'}}
    assert calls[2] == {"index": 0, "function": {"arguments": ":1}"}}
    assert calls[3] == {**start, "index": 1, "id": "call_b", "function": calls[0]["function"]}
    assert calls[4:] == [{"index": 1, "function": {"arguments": "{}"}}]
    assert got.choices()[-1]["finish_reason"] == "tool_calls"


def test_the_older_functions_in_a_stream() -> None:
    got = streamed(
        sse(
            tool_delta(index=0, id="call_a", function={"name": "f", "arguments": ""}),
            tool_delta(index=0, function={"arguments": '{"a":1}'}),
            tool_delta(index=1, id="call_b", function={"name": "g", "arguments": "{}"}),
            delta("tool_calls"),
        ),
        functions=[{"name": "f"}, {"name": "g"}],
    )
    assert got.deltas("function_call") == [
        {"name": "f", "arguments": ""},
        {"arguments": '{"a":1}'},
    ]
    assert got.deltas("tool_calls") == []
    assert got.choices()[-1]["finish_reason"] == "function_call"


def test_log_probabilities_in_a_stream() -> None:
    bare = {"token": "!", "logprob": -2.0}
    got = streamed(
        sse(
            delta(content="Hi", logprobs={"content": [ENTRY]}),
            delta(content="!", logprobs={"content": [bare]}),
            *FINISHED,
        ),
        logprobs=True,
    )
    assert text(got) == "Hi!"
    assert [choice["logprobs"] for choice in got.choices()] == [
        None,
        {"content": [ENTRY], "refusal": None},
        {"content": [{**bare, "bytes": None, "top_logprobs": []}], "refusal": None},
        None,
    ]


WHOLE = message("42", "tool_calls", reasoning_content="Hm.", tool_calls=[NESTED])


def test_a_model_that_answers_with_json_still_streams_to_the_client() -> None:
    got = streamed(answer(WHOLE), tools=[TOOL], stream_options={"include_usage": True})
    assert got.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert got.deltas("role") == ["assistant"]
    assert got.deltas("reasoning_content") == ["Hm."]
    assert text(got) == "42"
    assert got.deltas("tool_calls")[0][0]["function"]["name"] == "f"
    assert got.choices()[-1]["finish_reason"] == "tool_calls"
    assert got.events[-1]["usage"] == USAGE


def test_json_answers_of_several_choices_stream_too() -> None:
    got = streamed(answer(message("a")), answer({"response": "b"}), n=2)
    assert (text(got, 0), text(got, 1)) == ("a", "b")


def test_checked_json_is_streamed_in_one_piece() -> None:
    got = streamed(answer({"response": {"a": 1}}), response_format={"type": "json_object"})
    assert got.deltas("content") == ["", '{"a":1}']
    assert "stream" not in got.inputs


WORST = ["x" * 200_000, "\x00" * 30_000, "😀" * 30_000, '"\\' * 40_000, "\ud83d" * 20_000]


@pytest.mark.parametrize("huge", WORST, ids=["plain", "control", "wide", "quotes", "surrogates"])
@pytest.mark.parametrize("where", ["content", "reasoning_content", "arguments"])
@pytest.mark.parametrize("as_json", [True, False])
def test_no_line_is_too_long_for_a_relay(huge: str, where: str, as_json: bool) -> None:
    """exchange.send measures the lines; the text must still be all there."""
    call = {"index": 0, "id": "call_a", "function": {"name": "f", "arguments": huge}}
    fields: dict[str, Any] = {"tool_calls": [call]} if where == "arguments" else {where: huge}
    reply = answer(message("", **fields)) if as_json and where != "content" else None
    reply = reply or (answer(message(huge)) if as_json else sse(delta(**fields), delta("stop")))
    got = streamed(reply, tools=[TOOL])
    calls = [call for [call] in got.deltas("tool_calls")]
    arguments = "".join(call["function"]["arguments"] for call in calls)
    found = arguments if where == "arguments" else "".join(got.deltas(where))
    assert found == huge
    assert len(got.events) > 3


def test_no_line_with_log_probabilities_is_too_long() -> None:
    tops = [{"token": "n" * 9, "logprob": -1.2345678, "bytes": [110] * 9}] * 20
    entries = [{**ENTRY, "top_logprobs": tops}] * 500
    reply = message("Hi" * 500)
    reply["choices"][0]["logprobs"] = {"content": entries}
    got = streamed(answer(reply), logprobs=True)
    assert text(got) == "Hi" * 500
    sent = [choice["logprobs"]["content"] for choice in got.choices() if choice["logprobs"]]
    assert [entry for found in sent for entry in found] == entries


def test_halves_of_a_character_come_with_two_tokens() -> None:
    half, other = rb'{"response":"\ud83d"}', rb'{"response":"\ude00"}'
    frames = [b"data: " + half + b"\n\n", b"data: " + other + b"\n\n", b"data: [DONE]\n\n"]
    got = streamed(FakeReply(frames, content_type="text/event-stream"))
    assert rb'"content":"\ud83d"' in got.body
    assert got.deltas("content") == ["", "\ud83d", "\ude00"]


def test_stop_holds_across_chunks() -> None:
    got = streamed(sse("one E", "N", "D two", {"response": "", "usage": USAGE}), stop="END")
    assert text(got) == "one "
    assert got.choices()[-1]["finish_reason"] == "stop"


def test_choices_are_streamed_side_by_side() -> None:
    replies = [sse(*f"a{number}", {"response": "", "usage": USAGE}) for number in range(3)]
    got = send(
        "POST",
        CHAT,
        {
            "model": NATIVE,
            "messages": USER,
            "stream": True,
            "n": 3,
            "stream_options": {"include_usage": True},
        },
        *replies,
        in_turn=True,
    )
    assert [text(got, index) for index in range(3)] == ["a0", "a1", "a2"]
    order = [event["choices"][0]["index"] for event in got.events[:-1]]
    assert order[:6] == [0, 1, 2, 0, 1, 2]  # the role of each, then a first piece of each
    assert order != sorted(order)
    assert got.events[-1]["usage"] == {
        "prompt_tokens": 15,
        "completion_tokens": 6,
        "total_tokens": 21,
        "neurons": 4.5,
    }
    assert len(got.ai.calls) == 3


def test_any_split_gives_the_same() -> None:
    frames = [
        delta(reasoning_content="Hm"),
        delta(content="Hé"),
        delta(content="llo 😀"),
        *FINISHED,
    ]

    def bytewise(data: bytes) -> Iterable[bytes]:
        return [data[at : at + 1] for at in range(len(data))]

    body = {"model": OPENAI, "messages": USER, "stream": True}
    got = send("POST", CHAT, body, sse(*frames), split=bytewise)
    whole = send("POST", CHAT, body, sse(*frames), split=lambda data: [data])
    assert text(got) == text(whole) == "Héllo 😀"
    assert got.deltas("reasoning_content") == whole.deltas("reasoning_content") == ["Hm"]


# --- what goes wrong in the middle -------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"errors": [{"code": 3040, "message": "credit"}]}, "capacity_exceeded"),
        ({"error": {"message": "Permission denied", "code": 500}}, "upstream_error"),
        ({"error": "out of credit"}, "upstream_error"),
        ({"internalCode": 3007, "description": "3007: x"}, "timeout"),
    ],
)
def test_an_error_in_the_middle_is_an_error_event_without_done(frame: object, code: str) -> None:
    got = streamed(sse("Hi", frame, "more"))
    assert got.events[-1]["error"]["code"] == code
    assert text(got) == "Hi"
    assert b"[DONE]" not in got.body
    assert got.choices()[-1]["finish_reason"] is None


@pytest.mark.parametrize("frames", [[], ["Hi"], ["Hi", {"choices": []}]])
def test_a_stream_that_breaks_off_does_not_end_well(frames: list[Any]) -> None:
    got = streamed(sse(*frames, done=False))
    assert got.error["code"] == "upstream_error"
    assert b"[DONE]" not in got.body
    assert all(choice["finish_reason"] is None for choice in got.choices())


def test_what_is_not_json_in_the_middle() -> None:
    reply = sse("Hi")
    reply.pieces.insert(1, b"data: <html>\n\n")
    got = streamed(reply)
    assert got.error["type"] == "api_error"
    assert text(got) == "Hi"


def test_one_broken_choice_breaks_the_answer() -> None:
    got = streamed(sse("a"), sse("b", {"error": "x"}), sse("c"), n=3)
    assert got.error["code"] == "upstream_error"
    assert b"[DONE]" not in got.body


def test_the_edge_may_tell_of_a_broken_connection() -> None:
    """A reader that fails is not an APIError, and its text stays inside."""
    body = {"model": OPENAI, "messages": USER, "stream": True}
    stream = fakes.run(fakes.call(ReadyAI(), "POST", CHAT, body))
    assert isinstance(stream, Stream)
    event = stream.fail(RuntimeError("secret"))
    assert json.loads(event[6:])["error"]["code"] == "internal_error"
    assert b"secret" not in event


def test_the_flush_setting_reaches_the_edge() -> None:
    body = {"model": OPENAI, "messages": USER, "stream": True}
    stream = fakes.run(fakes.call(ReadyAI(), "POST", CHAT, body, STREAM_FLUSH_BYTES="1"))
    assert isinstance(stream, Stream)
    assert stream.flush == 1


def test_the_fingerprint_changes_with_model_and_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def fingerprint(model: str) -> str:
        return str(chat(answer({"response": "Hi"}), model=model).json["system_fingerprint"])

    assert fingerprint("gpt-4o") == fingerprint(VISION) != fingerprint(OPENAI)
    before = fingerprint(OPENAI)
    monkeypatch.setattr(chunks, "VERSION", "another")
    assert fingerprint(OPENAI) != before
