"""POST /v1/completions from end to end."""

import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.exchange import FIM, NATIVE, OPENAI, TEXT, UNKNOWN, USAGE, Got, complete, send
from support.fakes import FakeReply, answer, failure, sse
from workers_ai.errors import ERRORS_BY_CODE

HI = {"response": "Hi", "usage": USAGE}
ENTRY = {"token": "Hi", "logprob": -0.5, "top_logprobs": [{"token": "Ha", "logprob": -1.5}]}
LISTS = {
    "tokens": ["Hi"],
    "token_logprobs": [-0.5],
    "top_logprobs": [{"Ha": -1.5}],
    "text_offset": [0],
}


def native(text: str) -> FakeReply:
    return answer({"response": text, "usage": USAGE})


def whole(text: str = "Hi", reason: str = "stop", **extra: Any) -> FakeReply:
    """A text_completion, as models with OpenAI's wire format give for a prompt."""
    choice = {"index": 0, "text": text, "finish_reason": reason, **extra}
    return answer({"object": "text_completion", "choices": [choice], "usage": USAGE})


def frame(text: str, reason: str | None = None, **extra: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "text": text, "finish_reason": reason, **extra}]}


def streamed(*replies: FakeReply, **fields: Any) -> Got:
    return complete(*replies, stream=True, **fields)


def texts(got: Got) -> list[str]:
    return [choice["text"] for choice in got.json["choices"]]


def text(got: Got, index: int = 0) -> str:
    return "".join(choice["text"] for choice in got.choices(index))


# --- whole answers -----------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [answer(HI), whole()])
@pytest.mark.parametrize("stream", [{}, {"stream": False}])
def test_a_whole_answer_has_every_field(reply: FakeReply, stream: dict[str, Any]) -> None:
    before = int(time.time())
    got = complete(reply, model="gpt-3.5-turbo-instruct", prompt="Say", **stream)
    body = got.json
    assert before <= body.pop("created") <= time.time()
    assert re.fullmatch("cmpl-[0-9a-f]{24}", body.pop("id"))
    assert re.fullmatch("fp_[0-9a-f]{8}", body.pop("system_fingerprint"))
    assert body == {
        "object": "text_completion",
        "model": "gpt-3.5-turbo-instruct",
        "choices": [{"index": 0, "text": "Hi", "logprobs": None, "finish_reason": "stop"}],
        "usage": USAGE,
    }
    assert got.inputs["prompt"] == "Say"
    assert "messages" not in got.inputs
    assert "stream" not in got.inputs
    assert got.headers["x-model-served"] == got.ai.calls[0].model


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("stop", "stop"),
        ("length", "length"),
        ("content_filter", "content_filter"),
        ("tool_calls", "stop"),
    ],
)
def test_finish_reasons_are_those_of_this_dialect(reason: str, expected: str) -> None:
    assert complete(whole(reason=reason)).choice["finish_reason"] == expected
    got = streamed(sse(frame("Hi"), frame("", reason)))
    assert got.choices()[-1]["finish_reason"] == expected


def test_a_tool_call_has_no_place_here() -> None:
    reply = {"response": "Hi", "tool_calls": [{"name": "f", "arguments": {}}]}
    assert complete(answer(reply)).choice == {
        "index": 0,
        "text": "Hi",
        "logprobs": None,
        "finish_reason": "stop",
    }
    call = {"tool_calls": [{"index": 0, "id": "a", "function": {"name": "f", "arguments": "{}"}}]}
    got = streamed(sse("Hi", call, {"response": "", "usage": USAGE}))
    assert text(got) == "Hi"
    assert got.choices()[-1]["finish_reason"] == "stop"


def test_thinking_is_kept_beside_the_text() -> None:
    got = complete(answer({"response": "<think>Hm.</think>42", "usage": USAGE}))
    assert (got.choice["text"], got.choice["reasoning_content"]) == ("42", "Hm.")
    got = streamed(sse("<think>Hm.", "</think>", "42"))
    assert text(got) == "42"
    thoughts = [choice.get("reasoning_content", "") for choice in got.choices()]
    assert "".join(thoughts) == "Hm."


# --- prompts -----------------------------------------------------------------------------------


def test_an_array_of_prompts_gives_an_array_of_answers() -> None:
    got = complete(native("a"), native("b"), prompt=["A", "B"])
    assert texts(got) == ["a", "b"]
    assert [call.inputs["prompt"] for call in got.ai.calls] == ["A", "B"]
    assert got.json["usage"]["prompt_tokens"] == 10
    assert got.json["usage"]["neurons"] == 3.0


def test_n_answers_to_each_prompt_stand_together() -> None:
    replies = [native(str(number)) for number in range(4)]
    got = complete(*replies, prompt=["A", "B"], n=2, echo=True, seed=5)
    assert texts(got) == ["A0", "A1", "B2", "B3"]
    assert [choice["index"] for choice in got.json["choices"]] == [0, 1, 2, 3]
    asked = [(call.inputs["prompt"], call.inputs["seed"]) for call in got.ai.calls]
    assert asked == [("A", 5), ("A", 6), ("B", 5), ("B", 6)]


@pytest.mark.parametrize(
    ("prompt", "code"),
    [
        ("", "missing_required_parameter"),
        ([], "invalid_value"),
        (["a", ""], "invalid_value"),
        (["a"] * 25, "invalid_value"),
        ([1, 2, 3], "unsupported_value"),
        ([[1, 2], [3]], "unsupported_value"),
        ([True], "unsupported_value"),
        (["a", 1], "invalid_type"),
        ([None], "invalid_type"),
        (5, "invalid_type"),
    ],
)
def test_rejects_invalid_prompts(prompt: object, code: str) -> None:
    got = send("POST", TEXT, {"model": OPENAI, "prompt": prompt})
    assert (got.status, got.error["param"], got.error["code"]) == (400, "prompt", code)


def test_one_request_may_make_24_calls() -> None:
    assert len(complete(prompt=["a"] * 24).ai.calls) == 24
    got = complete(prompt=["a"] * 7, n=4)
    assert (got.status, got.error["param"]) == (400, "prompt")
    assert got.ai.calls == []


@pytest.mark.parametrize(("n", "best_of", "status"), [(2, 2, 200), (2, 1, 200), (1, None, 200)])
def test_best_of_what_there_is(n: int, best_of: int | None, status: int) -> None:
    assert complete(n=n, best_of=best_of).status == status


@pytest.mark.parametrize("n", [None, 1, 2])
def test_no_model_ranks_its_answers(n: int | None) -> None:
    got = complete(n=n, best_of=3)
    assert (got.status, got.error["param"]) == (400, "best_of")
    assert got.error["code"] == "unsupported_value"


# --- echo and suffix ---------------------------------------------------------------------------


@pytest.mark.parametrize("echo", [None, False, True])
def test_echo(echo: bool | None) -> None:
    expected = "Hello Hi" if echo else "Hi"
    assert complete(native("Hi"), prompt="Hello ", echo=echo).choice["text"] == expected
    got = streamed(sse("H", "i"), prompt="Hello ", echo=echo)
    assert text(got) == expected


def test_every_choice_of_a_stream_echoes_its_own_prompt() -> None:
    got = streamed(sse("a"), sse("b"), sse("c"), sse("d"), prompt=["1", "2"], n=2, echo=True)
    assert [text(got, index) for index in range(4)] == ["1a", "1b", "2c", "2d"]


def test_a_gap_is_filled_by_the_models_own_tokens() -> None:
    got = complete(native("b"), model=FIM, prompt="a", suffix="c")
    assert got.inputs["prompt"] == "<|fim_prefix|>a<|fim_suffix|>c<|fim_middle|>"
    assert got.inputs["raw"] is True
    assert got.choice["text"] == "b"


@pytest.mark.parametrize("model", [NATIVE, UNKNOWN])
def test_a_gap_is_filled_in_words_where_there_are_no_tokens(model: str) -> None:
    got = complete(native("b"), model=model, prompt="a ", suffix=" c", echo=True)
    assert "prompt" not in got.inputs
    system, user = got.inputs["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    assert "<gap/>" in system["content"]
    assert user["content"] == "a <gap/> c"
    assert got.choice["text"] == "a b"


@pytest.mark.parametrize("suffix", ["", None])
def test_an_empty_suffix_is_none(suffix: str | None) -> None:
    got = complete(native("b"), model=FIM, prompt="a", suffix=suffix)
    assert got.inputs["prompt"] == "a"
    assert "raw" not in got.inputs


# --- parameters --------------------------------------------------------------------------------


def test_parameters_reach_the_model() -> None:
    given: dict[str, Any] = {"temperature": 0.5, "top_p": 0.9, "seed": 7, "top_k": 5, "lora": "x"}
    got = complete(model=UNKNOWN, max_tokens=9, user="u-1", **given)
    assert got.inputs.items() >= {**given, "max_tokens": 9}.items()
    assert got.ai.calls[0].headers == {"x-session-affinity": "u-1"}


def test_thinking_is_switched_off() -> None:
    got = complete(model=OPENAI)
    assert got.inputs["chat_template_kwargs"] == {"enable_thinking": False}


def test_stop() -> None:
    assert complete(native("one END two"), stop=["END", "X"]).choice["text"] == "one "
    got = streamed(sse("one E", "ND two", {"response": "", "usage": USAGE}), stop="END")
    assert text(got) == "one "
    assert got.choices()[-1]["finish_reason"] == "stop"


# --- log probabilities -------------------------------------------------------------------------

CHAT_FORM = {"content": [ENTRY]}
TEXT_FORM = {key: LISTS[key] for key in ("tokens", "token_logprobs", "top_logprobs")}


@pytest.mark.parametrize("given", [CHAT_FORM, TEXT_FORM, {**LISTS, "text_offset": [99]}])
@pytest.mark.parametrize("asked", [0, 5])
def test_log_probabilities_come_in_four_lists(given: dict[str, Any], asked: int) -> None:
    got = complete(whole(logprobs=given), logprobs=asked)
    assert got.choice["logprobs"] == LISTS
    assert got.inputs["logprobs"] == asked


def test_offsets_count_from_the_beginning_of_the_text() -> None:
    two = {"content": [ENTRY, {**ENTRY, "token": "!"}]}
    got = complete(whole("Hi!", logprobs=two), prompt="Hello", echo=True, logprobs=1)
    assert got.choice["logprobs"]["text_offset"] == [5, 7]
    assert got.choice["text"][5:7] == "Hi"


def test_log_probabilities_in_a_stream() -> None:
    frames = [frame("Hi", logprobs=TEXT_FORM), frame("Hi", "stop", logprobs=CHAT_FORM)]
    got = streamed(sse(*frames), prompt="Hello", echo=True, logprobs=1)
    assert text(got) == "HelloHiHi"
    found = [choice["logprobs"] for choice in got.choices() if choice["logprobs"]]
    assert found == [{**LISTS, "text_offset": [5]}, {**LISTS, "text_offset": [7]}]


def test_no_line_with_log_probabilities_is_too_long() -> None:
    tops = [{"token": f"token{number}", "logprob": -1.2345678} for number in range(20)]
    entries = [{**ENTRY, "top_logprobs": tops}] * 500
    got = streamed(whole("Hi" * 500, logprobs={"content": entries}), logprobs=5)
    assert text(got) == "Hi" * 500
    found = [choice["logprobs"] for choice in got.choices() if choice["logprobs"]]
    offsets = [offset for each in found for offset in each["text_offset"]]
    assert offsets == [2 * number for number in range(500)]


def test_rejects_models_without_log_probabilities() -> None:
    got = complete(model=NATIVE, logprobs=0)
    assert (got.status, got.error["param"]) == (400, "logprobs")
    assert got.error["code"] == "unsupported_parameter"
    assert complete(model=NATIVE, logprobs=None).status == 200


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(["tokens", "token_logprobs", "top_logprobs", "text_offset", "content"])


@given(st.dictionaries(KEYS, JUNK | st.lists(st.text(max_size=2)), max_size=5))
def test_any_log_probabilities_come_out_in_openais_form(given: dict[str, Any]) -> None:
    """What is not readable is left out; exchange.send holds what is left against the types."""
    assert complete(whole(logprobs=given)).choice["text"] == "Hi"
    assert text(streamed(sse(frame("Hi", logprobs=given), frame("", "stop")))) == "Hi"


# --- streams -----------------------------------------------------------------------------------


def test_a_stream_has_every_field() -> None:
    reply = sse("He", "llo", {"response": "", "usage": USAGE})
    got = streamed(reply, model="gpt-4o", stream_options={"include_usage": True})
    envelope = {
        "id": got.events[0]["id"],
        "object": "text_completion",
        "created": got.events[0]["created"],
        "model": "gpt-4o",
        "system_fingerprint": got.events[0]["system_fingerprint"],
    }
    assert re.fullmatch("cmpl-[0-9a-f]{24}", envelope["id"])
    choices = [
        [{"index": 0, "text": piece, "logprobs": None, "finish_reason": reason}]
        for piece, reason in (("He", None), ("llo", None), ("", "stop"))
    ]
    assert got.events == [
        *({**envelope, "choices": choice, "usage": None} for choice in choices),
        {**envelope, "choices": [], "usage": USAGE},
    ]
    assert got.body.endswith(b"\n\ndata: [DONE]\n\n")
    assert got.inputs["stream"] is True


def test_without_include_usage_there_is_no_usage_at_all() -> None:
    got = streamed(sse("Hi", {"response": "", "usage": USAGE}))
    assert not any("usage" in event for event in got.events)


def test_prompts_are_streamed_side_by_side() -> None:
    body = {"model": OPENAI, "prompt": ["A", "B"], "stream": True, "n": 2}
    replies = [sse(*f"x{number}") for number in range(4)]
    got = send("POST", TEXT, body, *replies, in_turn=True)
    assert [text(got, index) for index in range(4)] == ["x0", "x1", "x2", "x3"]
    order = [event["choices"][0]["index"] for event in got.events]
    assert order[:4] == [0, 1, 2, 3]


def test_a_model_that_answers_with_json_still_streams_to_the_client() -> None:
    got = streamed(whole("Hi", "length"))
    assert text(got) == "Hi"
    assert got.choices()[-1]["finish_reason"] == "length"


@pytest.mark.parametrize("huge", ["x" * 200_000, "\x00" * 30_000, "\ud83d" * 20_000])
def test_no_line_is_too_long_for_a_relay(huge: str) -> None:
    assert text(streamed(whole(huge))) == huge
    assert text(streamed(sse(huge))) == huge
    assert text(streamed(sse("."), prompt=huge, echo=True)) == huge + "."
    thinking = streamed(sse("<think>" + huge + "</think>."))
    assert text(thinking) == "."
    assert len(thinking.events) > 3


@pytest.mark.parametrize("stream", [True, False])
def test_an_error_before_the_first_byte_has_a_real_status(stream: bool) -> None:
    got = complete(failure(3030), stream=stream)
    assert (got.status, got.error["message"]) == (400, ERRORS_BY_CODE[3030].message)


def test_an_error_in_the_middle_is_an_error_event_without_done() -> None:
    got = streamed(sse("Hi", {"errors": [{"code": 3040, "message": "x"}]}))
    assert got.error["code"] == "capacity_exceeded"
    assert b"[DONE]" not in got.body
    got = streamed(sse("Hi", done=False))
    assert got.error["code"] == "upstream_error"
