"""Each rule of the shared checker must fail on an answer that breaks it."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from openai.types.moderation import Categories

from support import openai_types
from support.openai_shapes import check_answer, check_event, check_go_safe, check_stream, parse_sse

USAGE = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3, "neurons": 1.0}
TOKEN = {"token": "a", "bytes": None, "logprob": -0.5}
LOGPROBS = {"content": [{**TOKEN, "top_logprobs": [TOKEN]}], "refusal": None}
CALL = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
ERROR = {"message": "No.", "type": "invalid_request_error", "param": None, "code": None}
MODEL = {"id": "m", "object": "model", "created": 1, "owned_by": "meta", "metadata": {"price": 1.5}}
CATEGORIES = [field.alias or name for name, field in Categories.model_fields.items()]
RESPONSE = {
    "id": "resp_1",
    "object": "response",
    "created_at": 1,
    "model": "m",
    "status": "completed",
    "output": [
        {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "status": "completed",
            "content": [{"type": "output_text", "text": "Hi", "annotations": []}],
        },
        {
            "id": "ci_1",
            "type": "code_interpreter_call",
            "status": "completed",
            "container_id": "c",
            "code": None,
            "outputs": None,
        },
        {
            "id": "ig_1",
            "type": "image_generation_call",
            "status": "failed",
            "result": None,
            "error": {"code": None, "message": "No.", "param": None, "type": "x"},
        },
    ],
    "tools": [{"type": "function", "name": "f", "parameters": None, "strict": None}],
    "tool_choice": "auto",
    "parallel_tool_calls": True,
    **dict.fromkeys(["access_programs", "error", "incomplete_details", "instructions"]),
    **dict.fromkeys(["metadata", "temperature", "top_p"]),
}
ANSWERS: dict[str, Any] = {
    "chat": {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "system_fingerprint": "fp_1",
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": "Hi",
                    "refusal": None,
                    "reasoning_content": "Hm",
                    "tool_calls": [CALL],
                },
                "logprobs": LOGPROBS,
                "finish_reason": "stop",
            }
        ],
        "usage": USAGE,
    },
    "completion": {
        "id": "cmpl-1",
        "object": "text_completion",
        "created": 1,
        "model": "m",
        "system_fingerprint": "fp_1",
        "choices": [{"index": 0, "text": "Hi", "logprobs": None, "finish_reason": "length"}],
        "usage": USAGE,
    },
    "embeddings": {
        "object": "list",
        "model": "m",
        "data": [{"object": "embedding", "index": 0, "embedding": [0.5, 1.0]}],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    },
    "embeddings_base64": {
        "object": "list",
        "model": "m",
        "data": [{"object": "embedding", "index": 0, "embedding": "AACAPw=="}],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    },
    "error": {"error": ERROR},
    "images": {"created": 1, "data": [{"b64_json": "AA=="}]},
    "model": MODEL,
    "models": {"object": "list", "data": [MODEL]},
    "moderation": {
        "id": "modr-1",
        "model": "m",
        "results": [
            {
                "flagged": False,
                "categories": dict.fromkeys(CATEGORIES, False),
                "category_applied_input_types": {name: ["text"] for name in CATEGORIES},
                "category_scores": dict.fromkeys(CATEGORIES, 0.5),
            }
        ],
    },
    "rerank": {
        "id": "rerank-1",
        "model": "m",
        "results": [{"index": 1, "relevance_score": 0.5, "document": {"text": "a"}}],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
        "meta": {"billed_units": {"search_units": 1}},
    },
    "response": RESPONSE,
    "response_deleted": {"id": "resp_1", "object": "response", "deleted": True},
    "response_items": {
        "object": "list",
        "data": [
            {
                "id": "msg_1",
                "type": "message",
                "role": "user",
                "content": [{"type": "input_text", "text": "Hi"}],
            }
        ],
        "first_id": "msg_1",
        "last_id": "msg_1",
        "has_more": False,
    },
    "response_tokens": {"object": "response.input_tokens", "input_tokens": 1},
    "transcription": {"text": "Hi"},
    "transcription_diarized": {"text": "", "duration": 1.5, "segments": [], "task": "transcribe"},
    "transcription_verbose": {"text": "Hi", "duration": 1.5, "language": "english"},
    "translation": {"text": "Hi"},
    "translation_verbose": {"text": "Hi", "duration": 1.5, "language": "english"},
}


def chunk(
    delta: dict[str, Any] | None = None, reason: str | None = None, index: int = 0, **extra: Any
) -> dict[str, Any]:
    choice = {"index": index, "delta": delta or {}, "logprobs": None, "finish_reason": reason}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "system_fingerprint": "fp_1",
        "choices": [choice],
        **extra,
    }


def text_chunk(text: str, reason: str | None = None, index: int = 0, **extra: Any) -> Any:
    choice = {"index": index, "text": text, "logprobs": None, "finish_reason": reason}
    answer = {name: item for name, item in ANSWERS["completion"].items() if name != "usage"}
    return {**answer, "choices": [choice], **extra}


ROLE = {"role": "assistant", "content": ""}
STOP = chunk(reason="stop")
EVENTS: dict[str, Any] = {
    "chat": chunk(ROLE),
    "completion": text_chunk("Hi"),
    "error": {"error": ERROR},
    "images": {
        "type": "image_generation.partial_image",
        "b64_json": "AA==",
        "background": "auto",
        "created_at": 1,
        "output_format": "png",
        "partial_image_index": 0,
        "quality": "high",
        "size": "1024x1024",
    },
    "response": {"type": "response.created", "sequence_number": 0, "response": RESPONSE},
    "transcription": {"type": "transcript.text.delta", "delta": "Hi"},
}

SAMPLES = [("answer", *item) for item in ANSWERS.items()]
SAMPLES += [("event", *item) for item in EVENTS.items()]
SAMPLES += [
    (
        "event",
        "chat",
        {**EVENTS["chat"], "choices": [{**STOP["choices"][0], "logprobs": LOGPROBS}]},
    ),
    ("event", "images", {**EVENTS["images"], "type": "image_edit.partial_image"}),
    (
        "event",
        "response",
        {"type": "error", "code": None, "message": "No.", "param": None, "sequence_number": 1},
    ),
    (
        "event",
        "response",
        {
            "type": "response.output_text.annotation.added",
            "annotation": None,
            **{"annotation_index": 0, "content_index": 0, "output_index": 0},
            **{"item_id": "msg_1", "sequence_number": 1},
        },
    ),
]
CHECKS = {"answer": check_answer, "event": check_event}
OPTIONAL = {
    "chat choices.0.message.reasoning_content",
    "chat choices.0.message.tool_calls",
    "chat choices.0.delta.role",
    "chat choices.0.delta.content",
    "chat usage.neurons",
    "completion usage.neurons",
    "images data.0.b64_json",
    "model metadata",
    "model metadata.price",
    "rerank results.0.document",
    "models data.0.metadata",
    "models data.0.metadata.price",
    "response output.2.error",
    "response response.output.2.error",
}
"""Kinds and paths; every other key of the samples is required."""


def without_each_key(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(path of the key that was left out, the rest), for every key at every depth."""
    for name, item in value.items() if isinstance(value, dict) else ():
        yield path + name, {key: rest for key, rest in value.items() if key != name}
        for left_out, rest in without_each_key(item, f"{path}{name}."):
            yield left_out, {**value, name: rest}
    for index, item in enumerate(value) if isinstance(value, list) else ():
        for left_out, rest in without_each_key(item, f"{path}{index}."):
            yield left_out, [*value[:index], rest, *value[index + 1 :]]


def test_there_is_a_sample_of_every_kind() -> None:
    assert ANSWERS.keys() == openai_types.ANSWERS.keys()
    assert EVENTS.keys() == openai_types.EVENTS.keys()


@pytest.mark.parametrize(("form", "kind", "sample"), SAMPLES)
def test_every_required_key_is_needed(form: str, kind: str, sample: Any) -> None:
    check = CHECKS[form]
    check(kind, sample)
    for path, value in without_each_key(sample):
        if f"{kind} {path}" in OPTIONAL:
            check(kind, value)
        else:
            with pytest.raises(AssertionError):
                check(kind, value)


def test_the_tables_name_keys_that_the_package_leaves_open() -> None:
    for table in (openai_types.REQUIRED, openai_types.ALWAYS_SENT):
        for model, names in table.items():
            assert [name for name in names if model.model_fields[name].is_required()] == []


Edit = Callable[[Any], object]


def changed(value: Any, edit: Edit) -> Any:
    """A copy that the edit was made in."""
    value = copy.deepcopy(value)
    edit(value)
    return value


@pytest.mark.parametrize(
    ("kind", "edit"),
    [
        ("chat", lambda a: a.update(created=1.0)),
        ("chat", lambda a: a.update(created="1")),
        ("chat", lambda a: a.update(created=True)),
        ("chat", lambda a: a.update(created=None)),
        ("chat", lambda a: a.update(object="chat.completion.chunk")),
        ("chat", lambda a: a.update(id=None)),
        ("chat", lambda a: a.update(choices=None)),
        ("chat", lambda a: a["usage"].update(prompt_tokens=1.5)),
        ("chat", lambda a: a["choices"][0].update(index=0.0)),
        ("chat", lambda a: a["choices"][0].update(finish_reason="eos")),
        ("chat", lambda a: a["choices"][0].update(finish_reason=None)),
        ("chat", lambda a: a["choices"][0]["message"].update(role="user")),
        ("chat", lambda a: a["choices"][0]["message"].update(content=["Hi"])),
        ("chat", lambda a: a["choices"][0]["message"]["tool_calls"][0].update(type="tool")),
        (
            "chat",
            lambda a: a["choices"][0]["message"]["tool_calls"][0]["function"].update(arguments={}),
        ),
        ("completion", lambda a: a["choices"][0].update(finish_reason=None)),
        ("embeddings", lambda a: a["data"][0].update(embedding="AACAPw==")),
        ("embeddings_base64", lambda a: a["data"][0].update(embedding=[1.0])),
        ("error", lambda a: a.update(error="No.")),
        ("error", lambda a: a["error"].update(param=1)),
        ("error", lambda a: a["error"].update(message=None)),
        ("model", lambda a: a.update(created=1.5)),
        ("models", lambda a: a.update(data={})),
        ("moderation", lambda a: a["results"][0]["category_scores"].update(hate="high")),
        ("rerank", lambda a: a["results"][0].update(document="a")),
        ("rerank", lambda a: a["results"][0].update(relevance_score="high")),
        ("response", lambda a: a["output"][0].update(type="text")),
        ("response", lambda a: a.update(status="done")),
    ],
)
def test_types_are_strict(kind: str, edit: Edit) -> None:
    with pytest.raises(AssertionError, match="not OpenAI's"):
        check_answer(kind, changed(ANSWERS[kind], edit))


def test_event_types_are_told_apart() -> None:
    with pytest.raises(AssertionError, match="none that is published"):
        check_event("response", {"type": "response.unheard_of"})
    with pytest.raises(AssertionError, match="delta: Input should be a valid string"):
        check_event("transcription", {"type": "transcript.text.delta", "delta": 1})
    with pytest.raises(AssertionError, match="not OpenAI's error"):
        check_event("chat", {"error": {"message": "No."}})


def test_half_a_surrogate_pair_is_no_matter_of_shape() -> None:
    check_event("chat", chunk({**ROLE, "content": "\ud83d"}))


# --- What relays need


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"created": 1.0}, "integer"),
        ({"data": [{"index": "0"}]}, "integer"),
        ({"usage": {"total_tokens": True}}, "integer"),
        ({"usage": {"prompt_tokens_details": {"cached_tokens": 0.0}}}, "integer"),
        ({"output_index": 0.0}, "integer"),
        ({"choices": [{"message": {"content": None}}]}, "string"),
        ({"choices": [{"message": {"content": None, "tool_calls": []}}]}, "string"),
        ({"choices": [{"message": {"content": [{"type": "text", "text": ""}]}}]}, "string"),
        ({"error": "No."}, "object"),
        ({"error": None}, "object"),
        ({"error": {**ERROR, "message": None}}, "message must be a string"),
        ({"error": {**ERROR, "message": ""}}, "message must not be empty"),
        ({"error": {**ERROR, "type": None}}, "type must be a string"),
        ({"error": {**ERROR, "param": 1}}, "string or null"),
        ({"error": {**ERROR, "code": 400}}, "string or null"),
        ({"error": {"message": "No.", "type": "x", "code": None}}, "param is missing"),
        ({"error": {**ERROR, "type": "insufficient_quota"}}, "type is"),
        ({"error": {**ERROR, "code": "account_deactivated"}}, "code is"),
        ({"error": {**ERROR, "message": "Your Balance is low."}}, "balance"),
        ({"error": {**ERROR, "param": "credit"}}, "credit"),
        ({"object": "response", "error": {"code": "x", "message": "credit"}}, "credit"),
        ({"type": "response.failed", "response": {"error": {"message": "credit"}}}, "credit"),
        ({"type": "error", "message": "Permission denied", "code": None}, "permission denied"),
        ({**MODEL, "permission": ""}, "permission"),
        ({**MODEL, "metadata": []}, "metadata"),
        ({"object": "list", "data": [{**MODEL, "root": 1}]}, "root"),
        ({"object": "list", "data": [MODEL, {**MODEL, "parent": []}]}, "parent"),
    ],
)
def test_what_breaks_relays(value: Any, reason: str) -> None:
    with pytest.raises(AssertionError, match=reason):
        check_go_safe(value)


@pytest.mark.parametrize(
    "value",
    [
        {"usage": {"neurons": 10.0}, "logprobs": {"tokens": ["a"]}, "max_output_tokens": None},
        {"choices": [{"message": {"content": None, "tool_calls": [CALL]}}]},
        {"choices": [{"message": {"content": "your credit balance"}}]},
        {"error": {**ERROR, "type": "rate_limit_error", "code": "rate_limit_exceeded"}},
        {"object": "response", "error": None},
        {**MODEL, "permission": [], "root": None, "parent": None},
        {**MODEL, "metadata": {"price_in_neurons": {"per_m_input_tokens": 90.9}}},
        [1.0],
    ],
)
def test_what_relays_take(value: Any) -> None:
    check_go_safe(value)


def test_only_a_wrong_key_is_a_401() -> None:
    wrong_key = {"error": {**ERROR, "code": "invalid_api_key", "message": "API key not valid"}}
    check_answer("error", wrong_key, status=401)
    check_answer("error", {"error": ERROR}, status=400)
    for value, status in ((wrong_key, 400), ({"error": ERROR}, 401)):
        with pytest.raises(AssertionError, match="belong together"):
            check_answer("error", value, status=status)


# --- Streams


def test_a_stream_is_read() -> None:
    assert parse_sse(b': hello\n\ndata: {"a":1}\n\n: x\ndata: [2]\n\ndata: [DONE]\n\n') == [
        {"a": 1},
        [2],
    ]
    assert parse_sse(b'data: {"error":{"a":1}}\n\n') == [{"error": {"a": 1}}]
    named = b'event: ping\ndata: {"type":"ping"}\n\n: x\n\n'
    assert parse_sse(named, named=True) == [{"type": "ping"}]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "blank line"),
        (b"data: [DONE]\n", "blank line"),
        (b"data: 1\ndata: [DONE]\n\n", "two data lines"),
        (b"data: 1\r\n\r\ndata: [DONE]\n\n", "line feed"),
        (b"data:1\n\ndata: [DONE]\n\n", "begins with 'data:1'"),
        (b" data: 1\n\ndata: [DONE]\n\n", "begins with"),
        (b"id: 1\ndata: 1\n\ndata: [DONE]\n\n", "begins with 'id: 1'"),
        (b"data: 1\n\n\ndata: [DONE]\n\n", "begins with ''"),
        (b"event: a\ndata: 1\n\ndata: [DONE]\n\n", "event line"),
        (b"data: 1\n\n", "DONE. is missing"),
        (b"data: [DONE]\n\ndata: [DONE]\n\n", "after .DONE"),
        (b"data: [DONE]\n\ndata: 1\n\n", "after .DONE"),
        (b'data: {"error":{"a":1}}\n\ndata: [DONE]\n\n', "after an error"),
        (b'data: {"error":{"a":1}}\n\ndata: 1\n\n', "after an error"),
        (b"data: NaN\n\ndata: [DONE]\n\n", "NaN"),
        (b'data: "' + b"a" * 61_433 + b'"\n\ndata: [DONE]\n\n', "61441 bytes"),
        (b": " + b"a" * 61_438 + b"\n\ndata: [DONE]\n\n", "61440 bytes"),
    ],
)
def test_streams_that_relays_cannot_read(data: bytes, reason: str) -> None:
    with pytest.raises(AssertionError, match=reason):
        parse_sse(data)


@pytest.mark.parametrize("data", [b"data: {\n\n", b"data: x\n\n", b"data: \xff\n\n"])
def test_data_that_is_not_json(data: bytes) -> None:
    with pytest.raises(ValueError):
        parse_sse(data + b"data: [DONE]\n\n")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'data: {"type":"a"}\n\n', "says None"),
        (b'event: b\ndata: {"type":"a"}\n\n', "says 'b'"),
        (b'data: {"type":"a"}\nevent: a\n\n', "come first"),
        (b"event: a\n\n", "without data"),
    ],
)
def test_named_events_have_their_name_first(data: bytes, reason: str) -> None:
    with pytest.raises(AssertionError, match=reason):
        parse_sse(data, named=True)


def call(index: int, arguments: str = "", **extra: Any) -> dict[str, Any]:
    return {"tool_calls": [{"index": index, "function": {"arguments": arguments}, **extra}]}


def new_call(index: int, **extra: Any) -> dict[str, Any]:
    function = {"name": "f", "arguments": ""}
    fields = {"id": f"call_{index}", "type": "function", "function": function, **extra}
    return {"tool_calls": [{"index": index, **fields}]}


TEXT = [chunk(ROLE), chunk({"content": "Hi"}), STOP]
CALLS = [
    chunk(ROLE),
    chunk(new_call(0)),
    chunk(call(0, "{}")),
    chunk(new_call(1)),
    chunk(call(1, "{}")),
    chunk(call(0, " ")),
    chunk(reason="tool_calls"),
]
TWO = [
    chunk(ROLE),
    chunk(ROLE, index=1),
    chunk({"content": "a"}, index=1),
    STOP,
    chunk(reason="length", index=1),
]
LEGACY = [
    chunk(ROLE),
    chunk({"function_call": {"name": "f", "arguments": ""}}),
    chunk({"function_call": {"arguments": "{}"}}),
    chunk(reason="function_call"),
]
WITH_USAGE = [*({**each, "usage": None} for each in TEXT), {**STOP, "choices": [], "usage": USAGE}]
BROKEN = [*TEXT[:2], {"error": ERROR}]


@pytest.mark.parametrize("events", [TEXT, CALLS, TWO, LEGACY, BROKEN, [{"error": ERROR}]])
def test_right_chat_streams(events: list[Any]) -> None:
    check_stream("chat", events)


def test_right_streams_of_other_kinds() -> None:
    check_stream("chat", WITH_USAGE, include_usage=True)
    check_stream("chat", [*WITH_USAGE[:2], {"error": ERROR}], include_usage=True)
    check_stream("completion", [text_chunk("a"), text_chunk("", "stop")])
    usage = {**text_chunk(""), "choices": [], "usage": USAGE}
    check_stream("completion", [text_chunk("a", "stop", usage=None), usage], include_usage=True)


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([], "empty"),
        ([chunk({"content": "Hi"}), STOP], "must have the role"),
        ([chunk({**ROLE, "role": "system"}), STOP], "must have the role"),
        ([chunk(ROLE), chunk(ROLE), STOP], "role comes twice"),
        ([*TWO[:1], *TWO[2:]], "must have the role"),
        ([chunk(ROLE)], "no finish_reason"),
        (TWO[:-1], "choice 1 has no finish_reason"),
        ([*TEXT, STOP], "goes on after"),
        ([*TEXT, chunk({"content": "more"})], "goes on after"),
        ([chunk(ROLE, index=1), chunk(reason="stop", index=1)], "have a gap"),
        ([chunk(ROLE), {**STOP, "id": "chatcmpl-2"}], "id is not always"),
        ([chunk(ROLE), {**STOP, "created": 2}], "created is not always"),
        ([chunk(ROLE), {**STOP, "model": "n"}], "model is not always"),
        ([chunk(ROLE), {**STOP, "system_fingerprint": "x"}], "fingerprint is not always"),
        ([{"error": ERROR}, *TEXT], "not the last event"),
        ([*TEXT[:-1], {**STOP, "usage": USAGE}], "usage outside"),
        (WITH_USAGE, "without choices"),
        ([chunk(ROLE), {**STOP, "choices": []}, STOP], "without choices"),
        ([chunk(ROLE), chunk(new_call(10_000)), STOP], "have a gap"),
        ([chunk(ROLE), chunk(new_call(1)), STOP], "have a gap"),
        ([chunk(ROLE), chunk(new_call(-1)), STOP], "have a gap"),
        ([*CALLS[:2], chunk(new_call(0)), *CALLS[2:]], "comes twice"),
        ([*CALLS[:2], chunk(call(0, id="call_0")), *CALLS[2:]], "comes twice"),
        ([*CALLS[:2], chunk(call(0, type="function")), *CALLS[2:]], "comes twice"),
        ([*CALLS[:3], chunk(new_call(1, id="call_0")), *CALLS[4:]], "same id"),
        ([chunk(ROLE), chunk(new_call(0, id=None)), STOP], "id: must not be null"),
        ([chunk(ROLE), chunk(new_call(0, type=None)), STOP], "type: must not be null"),
        ([chunk(ROLE), chunk(new_call(0, function={"arguments": ""})), STOP], "without its name"),
        ([chunk(ROLE), chunk(new_call(0, function={"name": "f"})), STOP], "arguments must be"),
        ([chunk(ROLE), chunk(reason="tool_calls")], "without a tool call"),
        ([*LEGACY[:2], *LEGACY[1:]], "once, first"),
        ([LEGACY[0], *LEGACY[2:]], "once, first"),
        ([LEGACY[0], chunk({"function_call": {"name": "f"}}), LEGACY[3]], "arguments must be"),
    ],
)
def test_wrong_chat_streams(events: list[Any], reason: str) -> None:
    with pytest.raises(AssertionError, match=reason):
        check_stream("chat", events)


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        (TEXT, "usage: null is missing|must have the usage"),
        (WITH_USAGE[:-1], "must have the usage and no choices"),
        ([*TEXT, WITH_USAGE[-1]], "usage: null is missing"),
        ([*WITH_USAGE[:-1], {**WITH_USAGE[-1], "usage": None}], "has no usage"),
        ([*WITH_USAGE, WITH_USAGE[-1]], "without choices"),
        ([*WITH_USAGE[:2], {**WITH_USAGE[2], "usage": USAGE}, WITH_USAGE[3]], "usage outside"),
        ([WITH_USAGE[-1]], "no choices"),
    ],
)
def test_wrong_usage(events: list[Any], reason: str) -> None:
    with pytest.raises(AssertionError, match=reason):
        check_stream("chat", events, include_usage=True)


def test_a_real_stream_goes_all_the_way() -> None:
    data = b"".join(b"data: " + json.dumps(event).encode() + b"\n\n" for event in CALLS)
    check_stream("chat", parse_sse(data + b"data: [DONE]\n\n"))
