import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import APIError, BadRequest, NotFound, RateLimited, Upstream
from core.ports import Reply
from core.web import Response, Stream
from handlers.openai.chat.answer import ChatChunks, write_completion
from support import fakes, upstream
from support.events import calls_of, merged, reasoning_of, text_of
from support.fakes import FakeAI, FakeReply, answer, drain, failure, sse
from support.pieces import cut, cuts
from workers_ai.catalogue.model import Limit, Model
from workers_ai.catalogue.model import Reasoning as Thinks
from workers_ai.text import run as text
from workers_ai.text.conversion import Conversion, Encoder
from workers_ai.text.events import (
    Event,
    Failure,
    Finish,
    Reasoning,
    Token,
    ToolArguments,
    ToolStart,
    Usage,
)
from workers_ai.text.generation import Generation, Schema
from workers_ai.text.run import Answers

INPUTS = frozenset(
    "messages prompt max_tokens seed stream tools response_format stop logprobs raw".split()
)
MODEL = Model(
    "@cf/a/model", "Text Generation", context_window=8000, wire="native", input_schema="native",
    tools=True, inputs=INPUTS, limits={"seed": Limit(1, 100)}, reasoning=Thinks(False),
)  # fmt: skip
FIRST_THINKS = MODEL._replace(reasoning=Thinks(True, thinks_first=True))
HI = Generation(MODEL, messages=[{"role": "user", "content": "Hi"}])
USAGE = {"prompt_tokens": 5, "completion_tokens": 7}
COST = Usage(5, 7)


class Recorder:
    """An encoder that keeps what it is given, and writes what a test can read."""

    def __init__(self) -> None:
        self.given: list[tuple[int, Event]] = []
        self.failures: list[Exception] = []

    def encode(self, index: int, events: list[Event]) -> bytes:
        self.given += [(index, event) for event in events]
        return b"".join(b"<%d %s>" % (index, str(event).encode()) for event in events)

    def tail(self) -> bytes:
        return b"<tail>"

    def fail(self, cause: Exception) -> bytes:
        self.failures.append(cause)
        return b"<failed>"

    def of(self, index: int) -> list[Event]:
        """A choice's events, neighbouring texts put together."""
        return merged([event for at, event in self.given if at == index])


def reasons(events: Iterable[Event]) -> list[str]:
    return [event.reason for event in events if isinstance(event, Finish)]


def complete(*generations: Generation, ai: FakeAI) -> Answers:
    ports, request = fakes.ports(ai), fakes.request("POST", "/")
    return fakes.run(text.complete_text(generations, ports, request))


def whole(*replies: Reply, generation: Generation = HI) -> list[list[Event]]:
    return complete(generation, ai=FakeAI(*replies)).choices


def stream(
    *replies: Reply, generation: Generation = HI, encoder: Encoder | None = None
) -> Stream | Response:
    ports, request = fakes.ports(FakeAI(*replies)), fakes.request("POST", "/")
    return fakes.run(text.stream_text([generation], ports, request, encoder or Recorder()))


def streamed(*replies: Reply, generation: Generation = HI) -> list[Event]:
    """The events of a streamed answer of one choice, the failure last if there was one."""
    encoder = Recorder()
    body = drain(stream(*replies, generation=generation, encoder=encoder))
    assert body.endswith(b"<failed>" if encoder.failures else b"<tail>")
    failures = [Failure(cause) for cause in encoder.failures if isinstance(cause, APIError)]
    return [*encoder.of(0), *failures]


def raw(name: str) -> FakeReply:
    return FakeReply(upstream.STREAMS[name], content_type="text/event-stream; charset=utf-8")


# --- whole answers ---------------------------------------------------------------------------


def test_a_whole_answer_ends_with_reason_and_cost() -> None:
    assert whole(answer({"response": "Hi", "usage": USAGE})) == [["Hi", Finish("stop"), COST]]
    native = answer({"response": "<think>Hm</think>Hi", "usage": USAGE})
    assert whole(native) == [[Reasoning("Hm"), "Hi", Finish("stop"), COST]]


def test_estimates_usage_that_is_not_reported() -> None:
    (events,) = whole(answer({"response": "a" * 40}))
    usage = events[-1]
    assert isinstance(usage, Usage)
    assert usage.completion_tokens == 10
    assert 0 < usage.prompt_tokens < 20


def test_an_answer_that_fills_its_budget_ends_with_length() -> None:
    reply = {"response": "Hi", "usage": {"prompt_tokens": 5, "completion_tokens": 9}}
    (events,) = whole(answer(reply), generation=HI._replace(max_tokens=9))
    assert Finish("length") in events


def test_headers_name_model_and_call() -> None:
    reply = answer({"response": "Hi"}, headers={"cf-ai-req-id": "req-1"})
    headers = complete(HI, ai=FakeAI(reply)).headers
    assert headers == {"x-model-served": "@cf/a/model", "x-request-id": "req-1"}
    headers = complete(HI, ai=FakeAI(answer({"response": "Hi"}))).headers
    assert headers == {"x-model-served": "@cf/a/model"}


@pytest.mark.parametrize("name", upstream.STREAMS)
def test_reads_a_stream_in_reply_to_an_unstreamed_call(name: str) -> None:
    """It says the same, in pieces as large as they can be."""
    (events,) = whole(raw(name))
    assert events == merged(streamed(raw(name)))


def test_raises_for_a_broken_stream_in_reply_to_an_unstreamed_call() -> None:
    with pytest.raises(Upstream):
        whole(sse("Hi", done=False))


def test_an_error_inside_a_200_names_the_call() -> None:
    payload = {"errors": [{"code": 3040, "message": "m"}]}
    reply = answer(payload, headers={"cf-ai-req-id": "req-1"})
    for request in (whole, streamed):
        with pytest.raises(RateLimited) as caught:
            request(reply, reply)
        assert caught.value.headers["x-request-id"] == "req-1"


def test_raises_errors_before_the_first_byte() -> None:
    for request in (whole, stream):
        with pytest.raises(NotFound):
            request(failure(5007))


# --- several choices -------------------------------------------------------------------------


def seeds(ai: FakeAI) -> list[Any]:
    return [call.inputs.get("seed") for call in ai.calls]


def test_every_choice_is_a_call() -> None:
    ai = FakeAI(*(answer({"response": letter}) for letter in "abc"))
    answers = complete(HI._replace(n=3), ai=ai)
    assert [events[0] for events in answers.choices] == ["a", "b", "c"]
    assert seeds(ai) == [None] * 3


@pytest.mark.parametrize(
    ("seed", "given_seeds"),
    [
        (5, [5, 6, 7]),
        (0, [1, 2, 3]),
        (-7, [1, 2, 3]),
        (98, [98, 99, 100]),
        (99, [99, 98, 97]),
        (10**12, [100, 99, 98]),
    ],
)
def test_choices_differ_by_seed(seed: int, given_seeds: list[int]) -> None:
    ai = FakeAI(*(answer({"response": "a"}) for _ in range(3)))
    complete(HI._replace(n=3, options={"seed": seed}), ai=ai)
    assert seeds(ai) == given_seeds


def test_runs_several_generations_in_order() -> None:
    ai = FakeAI(*(answer({"response": letter}) for letter in "abcd"))
    pair = HI._replace(n=2)
    other = HI._replace(messages=[{"role": "user", "content": "Bye"}], n=2)
    answers = complete(pair, other, ai=ai)
    assert [events[0] for events in answers.choices] == ["a", "b", "c", "d"]
    asked = [call.inputs["messages"][0]["content"] for call in ai.calls]
    assert asked == ["Hi", "Hi", "Bye", "Bye"]


def test_cancels_the_bodies_after_a_failure() -> None:
    first, broken, last = answer({"response": "a"}), FakeReply(b"<html>"), answer({"response": "c"})
    for request in (whole, stream):
        with pytest.raises(Upstream):
            request(first, broken, last, generation=HI._replace(n=3))
        assert last.cancelled
        assert not (first.cancelled or broken.cancelled)


def test_choices_are_streamed_with_their_index() -> None:
    encoder = Recorder()
    replies = [sse("a", "b", {"response": "", "usage": USAGE}), sse("c"), sse("d")]
    answered = stream(*replies, generation=HI._replace(n=3), encoder=encoder)
    assert drain(answered, in_turn=True).endswith(b"<tail>")
    assert encoder.of(0) == ["ab", Finish("stop"), COST]
    assert [encoder.of(index)[0] for index in (1, 2)] == ["c", "d"]
    assert encoder.given[0][0] != encoder.given[1][0]


# --- what is asked ---------------------------------------------------------------------------


def test_a_stream_says_what_it_can_before_the_model_says_anything() -> None:
    encoder = ChatChunks(
        model="m", served="@cf/a/b", n=2, include_usage=False, legacy_functions=False
    )
    got = stream(sse("Hi"), sse("Ho"), generation=HI._replace(n=2), encoder=encoder)
    assert isinstance(got, Stream)
    assert got.head.count(b'"role":"assistant"') == 2
    assert drain(got).count(b'"role"') == 2


def test_sends_model_inputs_and_affinity() -> None:
    ai = FakeAI(answer({"response": "a"}))
    complete(HI._replace(affinity="user-1", max_tokens=50), ai=ai)
    (call,) = ai.calls
    assert call.model == "@cf/a/model"
    assert call.inputs == {"messages": HI.messages, "max_tokens": 50}
    assert call.headers == {"x-session-affinity": "user-1"}
    ai = FakeAI(sse("a"))
    fakes.run(text.stream_text([HI], fakes.ports(ai), fakes.request("POST", "/"), Recorder()))
    (call,) = ai.calls
    assert call.inputs["stream"] is True
    assert call.headers == {}


def overflow(size: int) -> FakeReply:
    words = f"number of input and maximum output tokens ({8000 + size}) exceeded this model context"
    return failure(5021, 413, f"The estimated {words} window limit (8000)")


def test_retries_with_fewer_tokens_when_the_service_counts_more() -> None:
    ai = FakeAI(overflow(200), answer({"response": "a"}))
    assert complete(HI._replace(max_tokens=500), ai=ai).choices[0][0] == "a"
    assert [call.inputs["max_tokens"] for call in ai.calls] == [500, 300]
    # What then fills the rest was cut.
    reply = {"response": "a", "usage": {"prompt_tokens": 1, "completion_tokens": 300}}
    (events,) = whole(overflow(200), answer(reply), generation=HI._replace(max_tokens=500))
    assert Finish("length") in events


def test_retries_streams_with_fewer_tokens_too() -> None:
    ai = FakeAI(overflow(200), sse("a"))
    ports, request = fakes.ports(ai), fakes.request("POST", "/")
    fakes.run(text.stream_text([HI._replace(max_tokens=500)], ports, request, Recorder()))
    assert [call.inputs["max_tokens"] for call in ai.calls] == [500, 300]
    assert all(call.inputs["stream"] for call in ai.calls)


@pytest.mark.parametrize(
    "replies",
    [
        [overflow(500)],  # nothing is left
        [overflow(200), overflow(100)],  # once is enough
        [failure(5021, 413)],  # by how much, it does not say
    ],
)
def test_reports_a_window_that_is_too_small(replies: list[FakeReply]) -> None:
    ai = FakeAI(*replies)
    with pytest.raises(BadRequest) as caught:
        complete(HI._replace(max_tokens=500), ai=ai)
    assert caught.value.code == "context_length_exceeded"
    assert ai.replies == []


def test_says_of_a_full_window_what_the_service_does_not() -> None:
    ai = FakeAI(failure(5021, 413))
    with pytest.raises(BadRequest) as caught:
        complete(HI._replace(max_tokens=500), ai=ai)
    error = caught.value
    assert error.param == "messages"
    assert error.overflow == (8001, 8000)  # it is more than fits, whatever the estimate
    with pytest.raises(BadRequest) as caught:
        complete(HI._replace(max_tokens=500), ai=FakeAI(overflow(500)))
    assert caught.value.overflow == (8500, 8000)
    with pytest.raises(BadRequest) as caught:
        complete(
            HI._replace(model=MODEL._replace(context_window=None)), ai=FakeAI(failure(5021, 413))
        )
    assert caught.value.overflow is None


# --- text that is taken for an image ---------------------------------------------------------

MARKED = 'src = "data:image/png;base64," + data'
URL = "data:image/png;base64,AAAA"
PICTURE = {"type": "image_url", "image_url": {"url": URL}}


@pytest.mark.parametrize(
    "message",
    [
        {"role": "user", "content": MARKED},
        {"role": "tool", "tool_call_id": "1", "name": "read", "content": "x DATA:image/*;base64,"},
        {"role": "assistant", "content": "", "tool_calls": [
            {"id": "1", "type": "function", "function": {"name": "f", "arguments": MARKED}}
        ]},
        {"role": "user", "content": [{"type": "text", "text": MARKED}, PICTURE]},
    ],
)  # fmt: skip
@pytest.mark.parametrize("streamed", [False, True])
def test_text_that_is_taken_for_an_image_is_asked_again_without_its_marker(
    message: dict[str, Any], streamed: bool
) -> None:
    reply = sse("a") if streamed else answer({"response": "a"})
    ai = FakeAI(failure(8006, text="8006: Invalid data for image"), reply)
    generation = HI._replace(messages=[message])
    ports, request = fakes.ports(ai), fakes.request("POST", "/")
    if streamed:
        fakes.run(text.stream_text([generation], ports, request, Recorder()))
    else:
        assert complete(generation, ai=ai).choices[0][0] == "a"
    first, second = [json.dumps(call.inputs["messages"]) for call in ai.calls]
    images = first.count(URL)
    assert second.count(URL) == images
    assert second.lower().count("data:image/") == images
    assert second.lower().count(";base64,") == images


@pytest.mark.parametrize("content", ["Hi", [{"type": "text", "text": "Hi"}, PICTURE]])
def test_an_image_that_cannot_be_read_is_named(content: Any) -> None:
    ai = FakeAI(failure(8006, text="Invalid data for image"))
    with pytest.raises(BadRequest) as caught:
        complete(HI._replace(messages=[{"role": "user", "content": content}]), ai=ai)
    assert (caught.value.code, caught.value.param) == ("invalid_image", "messages")
    assert "data:image/" in caught.value.message


# --- calls that must be made -----------------------------------------------------------------

F, G = [{"name": name, "description": "", "parameters": {}} for name in "fg"]
TOOLED = HI._replace(tools=[F, G], tool_choice="required")
NAMED = TOOLED._replace(tool_choice="named", tool_name="g")
NO_CALL = {"response": "I will not", "usage": USAGE}


def called(name: str) -> FakeReply:
    return answer(
        {"response": None, "tool_calls": [{"name": name, "arguments": {}}], "usage": USAGE}
    )


@pytest.mark.parametrize("generation", [TOOLED, NAMED])
@pytest.mark.parametrize("first", [answer(NO_CALL), answer({"response": ""})])
def test_a_call_that_must_be_made_is_demanded_once_more(
    generation: Generation, first: FakeReply
) -> None:
    ai = FakeAI(first, called("g"))
    (events,) = complete(generation, ai=ai).choices
    assert [call.name for call in calls_of(events)] == ["g"]
    assert reasons(events) == ["tool_calls"]
    assert isinstance(events[-1], Usage)
    assert events[-1].completion_tokens >= 7
    complaint = ai.calls[1].inputs["messages"][-1]
    assert complaint["role"] == "user"
    assert "You have not called" in complaint["content"]


def test_a_call_of_another_tool_is_not_the_named_one() -> None:
    ai = FakeAI(called("f"), called("g"))
    (events,) = complete(NAMED, ai=ai).choices
    assert [call.name for call in calls_of(events)] == ["g"]
    assert len(ai.calls) == 2
    assert len(complete(TOOLED, ai=FakeAI(called("f"))).choices) == 1


@pytest.mark.parametrize("generation", [TOOLED, NAMED])
def test_a_call_that_is_not_made_twice_is_an_error(generation: Generation) -> None:
    with pytest.raises(BadRequest) as caught:
        complete(generation, ai=FakeAI(answer(NO_CALL), answer(NO_CALL)))
    assert (caught.value.code, caught.value.param) == ("tool_use_failed", "tool_choice")


@pytest.mark.parametrize(
    "generation", [TOOLED._replace(tool_choice="auto"), TOOLED._replace(tool_choice="none"),
                   TOOLED._replace(max_tokens=7)]
)  # fmt: skip
def test_an_answer_that_need_not_call_or_is_truncated_passes(generation: Generation) -> None:
    assert complete(generation, ai=FakeAI(answer(NO_CALL))).choices[0][0] == "I will not"


def test_streams_of_calls_that_must_be_made_are_checked_too() -> None:
    ai = FakeAI(answer(NO_CALL), called("g"))
    ports, request = fakes.ports(ai), fakes.request("POST", "/")
    encoder = Recorder()
    fakes.run(text.stream_text([NAMED], ports, request, encoder))
    assert [call.name for call in calls_of(encoder.of(0))] == ["g"]


# --- streams ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", upstream.STREAMS)
def test_recorded_streams_end_well(name: str) -> None:
    events = streamed(raw(name))
    assert isinstance(events[-2], Finish)
    assert isinstance(events[-1], Usage)
    expected = {"tools": "tool_calls", "native tools": "tool_calls", "text completion": "length"}
    assert reasons(events) == [expected.get(name, "stop")]


def test_serves_a_stream_with_its_headers() -> None:
    reply = sse("a", headers={"cf-ai-req-id": "req-1"})
    answered = stream(reply)
    assert isinstance(answered, Stream)
    assert answered.flush == 1024
    assert answered.status == 200
    assert answered.headers == {
        "content-type": "text/event-stream; charset=utf-8",
        "x-accel-buffering": "no",
        "x-model-served": "@cf/a/model",
        "x-request-id": "req-1",
    }
    assert [source.upstream for source in answered.sources] == [reply]
    assert not reply.was_read
    assert answered.fail(ValueError("secret")) == b"<failed>"


def test_streams_an_answer_that_came_as_json() -> None:
    reply = answer({"response": "Hi", "usage": USAGE}, content_type="application/json; x=y")
    answered = stream(reply)
    assert isinstance(answered, Response)
    assert answered.headers["content-type"].startswith("text/event-stream")
    assert answered.body.endswith(b"<tail>")
    assert streamed(reply) == ["Hi", Finish("stop"), COST]


def test_streams_all_choices_at_once_if_one_came_as_json() -> None:
    encoder = Recorder()
    replies = [sse("a"), answer({"response": "b"})]
    drain(stream(*replies, generation=HI._replace(n=2), encoder=encoder))
    assert [encoder.of(index)[0] for index in (0, 1)] == ["a", "b"]


def test_a_stop_sequence_ends_the_stream_at_once() -> None:
    generation = HI._replace(stop=["END"])
    answered = stream(sse("a", "EN", "D", "b"), generation=generation)
    assert isinstance(answered, Stream)
    (source,) = answered.sources
    fed = []
    for piece in source.upstream.pieces:
        assert not source.converter.done
        fed.append(source.converter.feed(piece))
        if source.converter.done:
            break
    assert len(fed) == 3
    # The upstream is cancelled, so it never ended well; and what it cost is not known.
    last = source.converter.close()
    assert not source.converter.failed
    assert b"Finish(reason='stop'" in last
    assert b"Usage(" in last
    events = streamed(sse("a", "EN", "D", "b", done=False), generation=generation)
    assert (events[0], reasons(events)) == ("a", ["stop"])
    # All in one piece, the frame behind it does not count, broken or not.
    joint = b"".join(sse("aEND", done=False).pieces) + b"data: {broken\n\n"
    reply = FakeReply(joint, content_type="text/event-stream")
    events = streamed(reply, generation=generation)
    assert (events[0], reasons(events)) == ("a", ["stop"])
    (events,) = whole(answer({"response": "aENDb", "usage": USAGE}), generation=generation)
    assert (events[0], reasons(events), events[-1]) == ("a", ["stop"], COST)


def test_ignores_a_break_after_a_stop_sequence() -> None:
    generation = HI._replace(stop=["END"])
    (events,) = whole(sse("aEND", "b", done=False), generation=generation)
    assert events[0] == "a"
    with pytest.raises(Upstream):
        whole(sse("a", {"response": "", "usage": USAGE}, done=False), generation=generation)


@pytest.mark.parametrize(
    ("reply", "said", "kind"),
    [
        (sse("a", done=False), ["a"], Upstream),
        (sse("a", {"errors": [{"code": 3040}]}, "b"), ["a"], RateLimited),
        (sse(" <thi", done=False), [" <thi"], Upstream),
        (sse("a", '<tool_call>{"name": "f", "ar', done=False), None, Upstream),
        (sse("a E", done=False), ["a E"], Upstream),
        (sse(done=False), [], Upstream),
    ],
)
def test_a_stream_that_breaks_ends_with_its_error(
    reply: FakeReply, said: list[Event] | None, kind: type[APIError]
) -> None:
    tool = {"name": "f", "description": "", "parameters": {}}
    generation = HI._replace(stop=["END"], tools=[tool])
    *events, last = streamed(reply, generation=generation)
    assert said is None or events == said
    assert isinstance(last, Failure)
    assert isinstance(last.error, kind)
    assert not any(isinstance(event, Finish | Usage) for event in events)


def test_does_not_take_broken_off_thinking_for_an_answer() -> None:
    generation = HI._replace(model=FIRST_THINKS)
    *events, last = streamed(sse("Hm", " well", done=False), generation=generation)
    assert events == [Reasoning("Hm well")]
    assert isinstance(last, Failure)


def test_nothing_is_written_after_a_failure() -> None:
    encoder = Recorder()
    conversion = Conversion(encoder, 0, [])
    assert conversion.feed(b"data: {broken\n\n") == b"<failed>"
    assert conversion.failed
    assert conversion.feed(upstream.NATIVE) == b""
    assert conversion.close() == b""
    assert len(encoder.failures) == 1


def test_frames_are_counted_for_the_edge() -> None:
    conversion = Conversion(Recorder(), 0, [])
    conversion.feed(upstream.native("a") * 5)
    assert (conversion.events, conversion.done) == (5, False)


# --- reasoning -------------------------------------------------------------------------------

THOUGHT = {"response": "Hm</think>Hi", "usage": USAGE}


@pytest.mark.parametrize(
    ("generation", "events"),
    [
        (HI._replace(model=FIRST_THINKS), [Reasoning("Hm"), "Hi"]),
        (HI._replace(model=FIRST_THINKS, reasoning_format="hidden"), ["Hi"]),
        (HI._replace(model=FIRST_THINKS, reasoning_format="raw"), ["<think>Hm</think>\n\nHi"]),
        # A prompt goes through the template like messages; raw inputs do not.
        (HI._replace(model=FIRST_THINKS, messages=(), prompt="x"), [Reasoning("Hm"), "Hi"]),
        (
            HI._replace(
                model=FIRST_THINKS._replace(fim=("a", "b", "c"), reasoning=Thinks(True)),
                messages=(),
                prompt="x",
                suffix="y",
            ),
            ["Hm</think>Hi"],
        ),
        (HI, ["Hm</think>Hi"]),
    ],
)
def test_writes_reasoning_in_the_requested_format(
    generation: Generation, events: list[Event]
) -> None:
    (found,) = whole(answer(THOUGHT), generation=generation)
    assert merged(found) == [*events, Finish("stop"), COST]


def test_raw_inputs_bypass_the_template() -> None:
    model = FIRST_THINKS._replace(fim=("a", "b", "c"))
    generation = Generation(model, prompt="x", suffix="y")
    (events,) = whole(answer({"response": "Hi", "usage": USAGE}), generation=generation)
    assert events[0] == "Hi"
    assert streamed(sse("Hi"), generation=generation)[0] == "Hi"


def test_counts_hidden_reasoning() -> None:
    generation = HI._replace(reasoning_format="hidden")
    (events,) = whole(answer({"response": "<think>" + "a" * 80 + "</think>" + "b" * 20}),
                      generation=generation)  # fmt: skip
    usage = events[-1]
    assert isinstance(usage, Usage)
    assert usage.completion_tokens == 25


@pytest.mark.parametrize(
    ("reasoning", "thinks"), [(None, True), (Thinks(True), True), (Thinks(False), False)]
)
def test_reads_thinking_before_a_lone_closing_tag(reasoning: Thinks | None, thinks: bool) -> None:
    generation = HI._replace(model=MODEL._replace(reasoning=reasoning))
    reply = answer({"response": "Hm\n</think>\n\nHi", "usage": USAGE})
    (events,) = whole(reply, generation=generation)
    assert (events[0] == Reasoning("Hm")) is thinks


# --- tools -----------------------------------------------------------------------------------

TOOL = {"name": "now", "description": "", "parameters": {}}
OTHER_TOOL = {**TOOL, "name": "other"}
LEAK = '<tool_call>{"name": "now", "arguments": {}}</tool_call>'


@pytest.mark.parametrize("as_stream", [False, True])
def test_recovers_leaked_calls_only_of_declared_tools(as_stream: bool) -> None:
    def ask(generation: Generation) -> list[Event]:
        if as_stream:
            return merged(streamed(sse(LEAK), generation=generation))
        return merged(whole(answer({"response": LEAK}), generation=generation)[0])

    start, arguments, finish, _ = ask(HI._replace(tools=[TOOL]))
    assert isinstance(start, ToolStart)
    assert (start.name, arguments) == ("now", ToolArguments(0, "{}"))
    assert finish == Finish("tool_calls")
    for fields in ({}, {"tools": [TOOL], "tool_choice": "none"}, {"tools": [OTHER_TOOL]}):
        assert ask(HI._replace(**fields))[:2] == [LEAK, Finish("stop")]


HARMONY = (
    "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary "
    "to=functions.now <|constrain|>json<|message|>{}<|call|>"
)


@pytest.mark.parametrize("field", ["content", "reasoning_content"])
@pytest.mark.parametrize("text", [HARMONY, f"<think>Hm.</think>{LEAK}", f"<think>Hm. {LEAK}"])
@pytest.mark.parametrize("as_stream", [False, True])
def test_recovers_leaked_calls_from_channels_and_thinking(
    as_stream: bool, text: str, field: str
) -> None:
    generation = HI._replace(tools=[TOOL])
    if as_stream:
        pieces = [{"choices": [{"delta": {field: piece}}]} for piece in text]
        events = merged(streamed(sse(*pieces, {"response": ""}), generation=generation))
    else:
        reply = answer({"choices": [{"message": {field: text}, "finish_reason": "stop"}]})
        events = merged(whole(reply, generation=generation)[0])
    assert [call[1:] for call in calls_of(events)] == [("now", "{}")]
    assert text_of(events) == ""
    if field == "content" or text == HARMONY:
        assert reasoning_of(events) == "Hm."
    assert Finish("tool_calls") in events


@pytest.mark.parametrize("as_stream", [False, True])
def test_repairs_calls(as_stream: bool) -> None:
    function = {"name": "functions.now<|channel|>commentary", "arguments": "{}</tool_call>"}
    message = {"tool_calls": [{"index": 0, "id": "a", "function": function}]}
    generation = HI._replace(tools=[TOOL])
    if as_stream:
        events = streamed(sse({"choices": [{"delta": message}]}), generation=generation)
    else:
        reply = answer({"choices": [{"message": message, "finish_reason": "tool_calls"}]})
        (events,) = whole(reply, generation=generation)
    assert calls_of(events) == [("a", "now", "{}")]


# --- JSON ------------------------------------------------------------------------------------

NUMBER = Schema({"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]})
JSON = HI._replace(json_mode=True, schema=NUMBER)
STRICT = JSON._replace(schema=NUMBER._replace(strict=True))


def said_json(value: object) -> FakeReply:
    return answer({"response": value, "usage": USAGE})


GOOD = ['{"a":1}', Finish("stop"), COST]
REPAIRED = ['{"a":1}', Finish("stop"), Usage(10, 14)]


def test_json_that_fits_is_given_as_it_is() -> None:
    assert whole(said_json({"a": 1}), generation=JSON) == [GOOD]
    assert whole(said_json('{ "a": 1 }\n'), generation=JSON)[0][0] == '{ "a": 1 }\n'
    assert whole(said_json('Sure: {"a": 1}!'), generation=JSON) == [GOOD]


@pytest.mark.parametrize("wrong", ["I would rather not.", {"a": "x"}, {}, [1]])
def test_repairs_wrong_json_once(wrong: object) -> None:
    ai = FakeAI(said_json(wrong), said_json({"a": 1}))
    assert complete(STRICT, ai=ai).choices == [REPAIRED]
    again = ai.calls[1].inputs["messages"]
    assert again[0] == HI.messages[0]
    assert again[1]["role"] == "assistant"
    shown = again[1]["content"]
    assert (shown if isinstance(wrong, str) else json.loads(shown)) == wrong
    assert again[2]["role"] == "user"
    assert "wrong" in again[2]["content"]
    assert ai.calls[1].inputs["response_format"] == ai.calls[0].inputs["response_format"]


def test_rejects_json_that_stays_wrong() -> None:
    for generation in (STRICT, JSON._replace(schema=NUMBER)):
        with pytest.raises(BadRequest) as caught:
            whole(said_json("No."), said_json("No!"), generation=generation)
        assert caught.value.code == "json_validate_failed"
    with pytest.raises(BadRequest):
        whole(said_json({}), said_json({"a": "x"}), generation=STRICT)
    # Without ``strict``, JSON that misses the schema is better than nothing.
    (events,) = whole(said_json({}), said_json({"a": "x"}), generation=JSON)
    assert events == ['{"a":"x"}', Finish("stop"), Usage(10, 14)]
    (events,) = whole(said_json({"b": 1}), said_json("No."), generation=JSON)
    assert events == ['{"b":1}', Finish("stop"), Usage(10, 14)]


def test_falls_back_to_the_first_answer_when_a_repair_fails() -> None:
    (events,) = whole(said_json({"b": 1}), failure(3030), generation=JSON)
    assert events == ['{"b":1}', Finish("stop"), COST]
    for first, generation in ((said_json({"b": 1}), STRICT), (said_json("No."), JSON)):
        with pytest.raises(NotFound):
            whole(first, failure(5007), generation=generation)


def test_checks_json_objects_without_a_schema() -> None:
    generation = HI._replace(json_mode=True)
    assert whole(said_json({"b": 2}), generation=generation)[0][0] == '{"b":2}'
    ai = FakeAI(said_json([1]), said_json({"b": 2}))
    assert complete(generation, ai=ai).choices[0][0] == '{"b":2}'


def test_an_answer_that_was_cut_short_is_not_checked() -> None:
    reply = {"choices": [{"message": {"content": '{"a":'}, "finish_reason": "length"}]}
    (events,) = whole(answer({**reply, "usage": USAGE}), generation=STRICT)
    assert events == ['{"a":', Finish("length"), COST]


def test_a_call_instead_of_json_is_not_checked() -> None:
    reply = {"response": None, "tool_calls": [{"name": "now", "arguments": {}}]}
    (events,) = whole(answer(reply), generation=STRICT._replace(tools=[TOOL]))
    assert Finish("tool_calls") in events


def test_json_with_log_probabilities_is_checked_all_the_same() -> None:
    logprobs = {"content": [{"token": '{"a":1}', "logprob": -1}]}
    choice = {"message": {"content": '{"a":1}'}, "logprobs": logprobs, "finish_reason": "stop"}
    (events,) = whole(answer({"choices": [choice], "usage": USAGE}), generation=STRICT)
    assert events == [Token('{"a":1}', logprobs), Finish("stop"), COST]


def test_reasoning_does_not_get_into_json() -> None:
    reply = {"choices": [{"message": {"content": '{"a":1}', "reasoning": "{}"}}], "usage": USAGE}
    generation = STRICT._replace(reasoning_format="raw")
    assert whole(answer(reply), generation=generation) == [[Reasoning("{}"), *GOOD]]


def test_every_choice_is_checked() -> None:
    ai = FakeAI(said_json({"a": 1}), said_json("No."), said_json({"a": 1}))
    assert complete(STRICT._replace(n=2), ai=ai).choices == [GOOD, REPAIRED]
    assert len(ai.calls) == 3


def test_json_is_made_whole_before_it_is_streamed() -> None:
    """Native models do not stream it, and nobody could take a wrong half back."""
    ai = FakeAI(said_json("No."), said_json({"a": 1}))
    encoder = Recorder()
    ports, request = fakes.ports(ai), fakes.request("POST", "/")
    answered = fakes.run(text.stream_text([STRICT], ports, request, encoder))
    assert isinstance(answered, Response)
    assert encoder.of(0) == REPAIRED
    assert not any("stream" in call.inputs for call in ai.calls)


@pytest.mark.parametrize("code", [5006, 5024, 5025, 8001, 8007])
def test_retries_a_refused_schema_in_the_prompt(code: int) -> None:
    ai = FakeAI(failure(code), said_json({"a": 1}))
    assert complete(STRICT, ai=ai).choices == [GOOD]
    first, second = (call.inputs for call in ai.calls)
    assert first["response_format"]["type"] == "json_schema"
    assert second["response_format"] == {"type": "json_object"}
    assert json.dumps(NUMBER.schema) in second["messages"][0]["content"]
    # If even that is refused, that is the answer.
    with pytest.raises(BadRequest) as caught:
        complete(STRICT, ai=FakeAI(failure(code), failure(5025)))
    assert caught.value.code == "json_schema_unsupported"


@pytest.mark.parametrize("code", [3030, 5007, 5021, 5035])
def test_does_not_retry_what_no_schema_has_caused(code: int) -> None:
    with pytest.raises(BadRequest):
        complete(STRICT, ai=FakeAI(failure(code)))


# --- anything --------------------------------------------------------------------------------

TOOLED = HI._replace(tools=[TOOL], stop=["END", "\n\n"], max_tokens=50)
GENERATIONS = (
    HI,
    TOOLED,
    TOOLED._replace(model=FIRST_THINKS, reasoning_format="raw"),
    TOOLED._replace(model=MODEL._replace(reasoning=None), reasoning_format="hidden"),
)
generations = st.sampled_from(GENERATIONS)
scraps = st.sampled_from(
    [b"data: ", b"\n", b"\n\n", b"\r\n", b"[DONE]", b'{"response":"', b'"}', b"{", upstream.DONE]
    + [upstream.native(LEAK[:20]), upstream.native(LEAK[20:]), upstream.chunk(content="END")]
    + [upstream.native("<think>"), upstream.chunk(reasoning="z"), upstream.chunk(finish="stop")]
    + [upstream.part(index=0, id="a", function={"name": "f", "arguments": "{"})]
    + list(upstream.STREAMS.values())
)
bodies = st.lists(scraps | st.binary(max_size=4), max_size=8).map(b"".join)


@given(bodies, generations, st.sampled_from(["text/event-stream", "application/json"]))
def test_any_body_is_an_answer_or_an_error(
    body: bytes, generation: Generation, content_type: str
) -> None:
    reply = FakeReply(body, content_type=content_type)
    try:
        (events,) = whole(reply, generation=generation)
    except APIError:
        return
    assert isinstance(events[-1], Usage)
    assert sum(isinstance(event, Finish) for event in events) == 1
    write_completion([events], model="m", served="@cf/a/b", legacy_functions=False)


@given(bodies, generations, cuts)
def test_any_stream_is_converted(body: bytes, generation: Generation, cuts: list[int]) -> None:
    reply = FakeReply(cut(body, cuts), content_type="text/event-stream")
    encoder = ChatChunks(
        model="m", served="@cf/a/b", n=1, include_usage=True, legacy_functions=False
    )
    written = drain(stream(reply, generation=generation, encoder=encoder))
    frames = written.decode().split("\n\n")
    assert frames.pop() == ""
    payloads = [json.loads(frame.removeprefix("data: ")) for frame in frames[:-1]]
    ended_well = frames[-1] == "data: [DONE]"
    assert ended_well is not ("error" in json.loads(frames[-1][6:]) if not ended_well else False)
    assert not any("error" in payload for payload in payloads)
    assert not ended_well or payloads[-1]["usage"]["total_tokens"] >= 0


@given(bodies, generations, cuts)
def test_a_stream_says_the_same_in_any_pieces(
    body: bytes, generation: Generation, cuts: list[int]
) -> None:
    """But for what a stop sequence keeps from being read, which is the usage."""
    one = streamed(FakeReply(body, content_type="text/event-stream"), generation=generation)
    many = streamed(
        FakeReply(cut(body, cuts), content_type="text/event-stream"), generation=generation
    )
    assert [type(event) for event in one] == [type(event) for event in many]
    for kind in (str, Reasoning, Finish, ToolArguments):
        assert [e for e in one if isinstance(e, kind)] == [e for e in many if isinstance(e, kind)]
