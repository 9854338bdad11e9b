"""Neutral events as chat completions and as their chunks."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.openai.chat.answer import ChatChunks, write_completion
from support.exchange import OPENAI
from support.openai_shapes import check_answer, check_stream, parse_sse
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolArguments, ToolStart, Usage

END: list[Event] = [Finish("stop"), Usage(5, 2)]
ENTRY = {"token": "a", "logprob": -1.0, "bytes": None, "top_logprobs": []}
EVENTS: list[Event] = [
    Reasoning("Hm."),
    "Hi",
    Token("a", {"content": [ENTRY]}),
    ToolStart(0, "call_a", "f"),
    ToolStart(1, "call_b", "g"),
    ToolArguments(1, '{"b"'),
    ToolArguments(0, "{}"),
    ToolArguments(1, ":2}"),
    Finish("tool_calls"),
    Usage(5, 2, cached_tokens=0, reasoning_tokens=1, neurons=0.5),
]


def whole(*choices: list[Event], legacy: bool = False) -> dict[str, Any]:
    body: dict[str, Any] = write_completion(
        choices, model=OPENAI, served="@cf/a/b", legacy_functions=legacy
    )
    body = dict(json.loads(json.dumps(body)))
    check_answer("chat", body)
    return body


def chunks(
    *choices: list[Event], usage: bool = True, legacy: bool = False
) -> tuple[bytes, list[Any]]:
    encoder = ChatChunks(
        model=OPENAI, served="@cf/a/b", n=len(choices), include_usage=usage, legacy_functions=legacy
    )
    out = [encoder.encode(index, events) for index, events in enumerate(choices)]
    data = b"".join(out) + encoder.tail()
    events = parse_sse(data)
    check_stream("chat", events, include_usage=usage)
    return data, events


def together(events: list[Any], index: int = 0) -> dict[str, Any]:
    """The message that a client puts together, as both SDKs do."""
    message: dict[str, Any] = {}
    calls: list[dict[str, Any]] = []
    for choice in (each for event in events for each in event["choices"]):
        if choice["index"] != index:
            continue
        for key, value in choice["delta"].items():
            if key == "tool_calls":
                for call in value:
                    if call["index"] == len(calls):
                        calls.append({key: call[key] for key in ("id", "type", "function")})
                    else:
                        arguments = call["function"]["arguments"]
                        calls[call["index"]]["function"]["arguments"] += arguments
            else:
                message[key] = value if message.get(key) is None else message[key] + value
    return {**message, "tool_calls": calls} if calls else message


def test_a_stream_and_a_whole_answer_say_the_same() -> None:
    body = whole(EVENTS)
    _, events = chunks(EVENTS)
    [choice] = body["choices"]
    assert together(events) == choice["message"]
    assert events[-1]["usage"] == body["usage"]
    assert events[-2]["choices"][0]["finish_reason"] == choice["finish_reason"] == "tool_calls"
    assert choice["message"] == {
        "role": "assistant",
        "content": "Hia",
        "refusal": None,
        "reasoning_content": "Hm.",
        "tool_calls": [
            {"id": "call_a", "type": "function", "function": {"name": "f", "arguments": "{}"}},
            {"id": "call_b", "type": "function", "function": {"name": "g", "arguments": '{"b":2}'}},
        ],
    }
    assert choice["logprobs"] == {"content": [ENTRY], "refusal": None}


def test_what_costs_nothing_is_still_told() -> None:
    assert whole(EVENTS)["usage"] == {
        "prompt_tokens": 5,
        "completion_tokens": 2,
        "total_tokens": 7,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 1},
        "neurons": 0.5,
    }


def test_usages_of_several_choices_are_added_up() -> None:
    rich = Usage(5, 2, cached_tokens=3, neurons=0.5)
    body = whole([Finish("stop"), rich], [Finish("stop"), Usage(1, 1)])
    assert body["usage"] == {
        "prompt_tokens": 6,
        "completion_tokens": 3,
        "total_tokens": 9,
        "prompt_tokens_details": {"cached_tokens": 3},
        "neurons": 0.5,
    }


def test_choices_may_take_turns() -> None:
    encoder = ChatChunks(
        model=OPENAI, served="@cf/a/b", n=2, include_usage=False, legacy_functions=False
    )
    out = [encoder.encode(index, ["x"]) for index in (1, 0, 1, 0)]
    out += [encoder.encode(index, END) for index in (0, 1)]
    events = parse_sse(b"".join(out) + encoder.tail())
    check_stream("chat", events)
    assert [event["choices"][0]["index"] for event in events] == [1, 1, 0, 0, 1, 0, 0, 1]
    assert together(events, 0) == together(events, 1)
    assert together(events, 0)["content"] == "xx"


def test_an_error_event_is_the_last_word() -> None:
    encoder = ChatChunks(
        model=OPENAI, served="@cf/a/b", n=1, include_usage=True, legacy_functions=False
    )
    data = encoder.encode(0, ["x"]) + encoder.fail(ValueError("secret"))
    events = parse_sse(data)
    check_stream("chat", events, include_usage=True)
    assert "error" in events[-1]
    assert b"secret" not in data


def test_a_model_name_is_given_back_as_it_came() -> None:
    name = 'my "model"\\ \ud83d 你'
    encoder = ChatChunks(
        model=name, served="@cf/a/b", n=1, include_usage=False, legacy_functions=False
    )
    events = parse_sse(encoder.encode(0, ["x", *END]) + encoder.tail())
    assert {event["model"] for event in events} == {name}


@pytest.mark.parametrize("legacy", [True, False])
def test_calls_in_the_older_form(legacy: bool) -> None:
    _, events = chunks(EVENTS, legacy=legacy)
    message = whole(EVENTS, legacy=legacy)["choices"][0]["message"]
    deltas = [choice["delta"] for event in events for choice in event["choices"]]
    called = [delta["function_call"] for delta in deltas if "function_call" in delta]
    reason = "function_call" if legacy else "tool_calls"
    assert events[-2]["choices"][0]["finish_reason"] == reason
    if legacy:
        assert called == [{"name": "f", "arguments": ""}, {"arguments": "{}"}]
        assert message["function_call"] == {"name": "f", "arguments": "{}"}
    assert ("tool_calls" in message) == (not legacy)


TEXT = st.text(st.characters(codec=None), max_size=30)


@given(st.lists(TEXT, max_size=5), st.booleans())
def test_any_text_comes_through(texts: list[str], usage: bool) -> None:
    """Also half surrogates, control characters and the separators of JavaScript."""
    _, events = chunks([*texts, *END], usage=usage)
    assert together(events)["content"] == "".join(texts)
    assert whole([*texts, *END])["choices"][0]["message"]["content"] == "".join(texts)


KEYS = st.sampled_from(
    [*("content", "token", "logprob", "bytes", "top_logprobs"), "tokens", "token_logprobs", "x"]
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@given(TEXT, st.dictionaries(KEYS, JUNK, max_size=4))
def test_any_log_probabilities_come_out_in_openais_form(text: str, given: dict[str, Any]) -> None:
    events: list[Event] = [Token(text, given), *END]
    _, chunk_events = chunks(events)
    body = whole(events)
    assert together(chunk_events)["content"] == text
    sent = [
        entry
        for event in chunk_events
        for choice in event["choices"]
        for entry in (choice["logprobs"] or {"content": []})["content"]
    ]
    assert sent == (body["choices"][0]["logprobs"] or {"content": []})["content"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"content": [{"token": "a", "logprob": 0.5}]}, 0.0),
        ({"content": [{"token": "a", "logprob": -1e300}]}, -9999.0),
        ({"content": [{"token": "a", "logprob": None}]}, -9999.0),
        ({"content": [{"token": "a", "logprob": True}]}, -9999.0),
        ({"content": [{"token": "a"}, {"token": 5}, 5]}, -9999.0),
        ({"tokens": ["a"], "token_logprobs": [-2], "top_logprobs": None}, -2.0),
        ({"tokens": ["a", 5], "token_logprobs": []}, -9999.0),
    ],
)
def test_odd_log_probabilities(given: dict[str, Any], expected: float) -> None:
    [entry] = whole([Token("a", given), *END])["choices"][0]["logprobs"]["content"]
    assert entry == {"token": "a", "logprob": expected, "bytes": None, "top_logprobs": []}
