"""Streams: however Workers AI cuts and spells them, the client gets the same; and what happens
when it goes away, or when there are many of them."""

import asyncio
import json
import time
from typing import Any

import httpx2
import pytest
from openai import AsyncOpenAI, OpenAI

from clients.talk import (
    NATIVE,
    OPENAI,
    RESPONSES,
    WIRES,
    answer_to,
    chat_body,
    text_of,
    texts,
    user,
)

TEXT = 'Zwölf Boxkämpfer — 十二拳击手 🥊👩‍👩‍👧: "quotes", back\\slash,\n\nnew lines\tand tabs.'
ODD = ["openai", "native", "anonymous", "heartbeats", "chunk-usage", "nulls", "id-first"]
ODD += ["null-end", "whole-call", "late-name", "split", "packed", "crlf", "no-blank-line-at-end"]
ODD += ["no-tail", "json"]
# Without a finish reason only [DONE] tells the end from a break, and native streams have none.
STREAMS = [f"@mock/{wire}stream/{odd}" for wire in ("", "native/", "responses/") for odd in ODD]
STREAMS += ["@mock/stream/no-done", "@mock/responses/stream/no-done"]


# --- any shape -----------------------------------------------------------------------------------


@pytest.mark.parametrize("model", STREAMS)
def test_an_odd_stream_arrives_whole(openai: OpenAI, model: str) -> None:
    chunks = list(
        openai.chat.completions.create(
            model=model,
            messages=user(f"[[say:{TEXT}]]"),
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    assert "".join(texts(chunks)) == TEXT
    assert chunks[-2].choices[0].finish_reason == "stop"
    usage = chunks[-1].usage
    assert usage is not None
    assert usage.prompt_tokens > 10
    assert usage.completion_tokens > 10


@pytest.mark.parametrize("model", WIRES)
def test_usage_is_the_real_one_and_not_the_zeros_before_it(openai: OpenAI, model: str) -> None:
    """OpenAI-style streams first send a chunk of zeros, then a native frame."""
    whole = openai.chat.completions.create(model=model, messages=user("[[tokens:25]]"))
    *_, last = openai.chat.completions.create(
        model=model,
        messages=user("[[tokens:25]]"),
        stream=True,
        stream_options={"include_usage": True},
    )
    assert last.usage == whole.usage
    assert last.usage is not None
    assert last.usage.completion_tokens >= 25


@pytest.mark.parametrize("model", WIRES)
@pytest.mark.parametrize("amount", [0, 1, 2, 1200])
def test_streams_of_any_length(openai: OpenAI, model: str, amount: int) -> None:
    stream = openai.chat.completions.create(
        model=model, messages=user(f"[[tokens:{amount}]]"), stream=True
    )
    assert len(text_of(stream).split()) == amount


def test_a_stream_that_is_not_wanted_is_put_together(openai: OpenAI) -> None:
    """``stream: false`` is the same as none."""
    assert answer_to(openai, NATIVE, "Hello", stream=False) == 'You said "Hello".'


@pytest.mark.parametrize("model", [NATIVE, OPENAI])
def test_a_model_that_takes_its_time_streams_as_it_goes(openai: OpenAI, model: str) -> None:
    """Token by token at first: the first ones do not wait for the last."""
    wire = "native/" if model == NATIVE else ""
    stream = openai.chat.completions.create(
        model=f"@mock/{wire}stream/stall", messages=user("[[tokens:40]]"), stream=True
    )
    said = ""
    for chunk in stream:
        said += "".join(texts([chunk]))
        if said:
            break
    stream.close()
    assert "alpha".startswith(said) or said.startswith("alpha")


# --- a client that leaves ------------------------------------------------------------------------


def left(openai: OpenAI) -> int:
    """How many calls and bodies of the mock have ended because nobody wanted them any more."""
    state = json.loads(answer_to(openai, "@mock/state", ""))
    return int(state["cancelled"] + state["aborted"])


def wait_until_left(openai: OpenAI, before: int, amount: int = 1) -> None:
    for _ in range(600):
        if left(openai) >= before + amount:
            return
        time.sleep(0.05)
    pytest.fail("the model still runs")


@pytest.mark.parametrize("model", ["@mock/stream/stall", "@mock/native/stream/stall"])
def test_leaving_a_stream_stops_the_model(openai: OpenAI, model: str) -> None:
    before = left(openai)
    with openai.chat.completions.create(model=model, messages=user("Hello"), stream=True) as stream:
        next(iter(stream))
    wait_until_left(openai, before)
    assert answer_to(openai, NATIVE, "Hello") == 'You said "Hello".'


def test_leaving_several_streams_at_once_stops_them_all(openai: OpenAI) -> None:
    before = left(openai)
    with openai.chat.completions.create(
        model="@mock/stream/stall", messages=user("Hello"), n=4, stream=True
    ) as stream:
        next(iter(stream))
    wait_until_left(openai, before, 4)


def test_leaving_before_the_answer_stops_the_model(openai: OpenAI, http: httpx2.Client) -> None:
    before = left(openai)
    with pytest.raises(httpx2.ReadTimeout):
        http.post("/v1/chat/completions", json=chat_body("@mock/slow/600000"), timeout=1)
    wait_until_left(openai, before)
    assert http.get("/health").status_code == 200


def test_leaving_again_and_again_does_no_harm(openai: OpenAI) -> None:
    for number in range(30):
        model = WIRES[number % len(WIRES)]
        with openai.chat.completions.create(
            model=model, messages=user("[[tokens:2000]]"), stream=True
        ) as stream:
            for _, _ in zip(range(number), stream, strict=False):
                pass
    assert answer_to(openai, NATIVE, "Hello") == 'You said "Hello".'


# --- many at once --------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_twenty_at_once_get_each_their_own(async_openai: AsyncOpenAI) -> None:
    """Overlapping calls of the binding have handed each other's answers over."""

    async def whole(number: int) -> str:
        answer = await async_openai.chat.completions.create(
            model=WIRES[number % 3], messages=user(f"number {number} [[tokens:200]]")
        )
        ask = await async_openai.chat.completions.create(
            model=WIRES[number % 3], messages=user(f"number {number}")
        )
        assert len((answer.choices[0].message.content or "").split()) == 200
        return ask.choices[0].message.content or ""

    async def streamed(number: int) -> str:
        stream = await async_openai.chat.completions.create(
            model=WIRES[number % 3], messages=user(f"number {number}"), stream=True
        )
        return "".join(texts([chunk async for chunk in stream]))

    said = await asyncio.gather(
        *(streamed(number) if number % 2 else whole(number) for number in range(20))
    )
    assert said == [f'You said "number {number}".' for number in range(20)]


@pytest.mark.anyio
async def test_a_slow_one_does_not_hold_up_the_others(async_openai: AsyncOpenAI) -> None:
    completions = async_openai.chat.completions
    stalled = await completions.create(
        model="@mock/stream/stall", messages=user("Hello"), stream=True
    )
    await anext(aiter(stalled))
    answers = await asyncio.gather(
        *(completions.create(model=NATIVE, messages=user(f"{number}")) for number in range(5))
    )
    assert [answer.choices[0].message.content for answer in answers] == [
        f'You said "{number}".' for number in range(5)
    ]
    await stalled.close()


@pytest.mark.anyio
async def test_good_and_bad_ones_at_once(async_openai: AsyncOpenAI) -> None:
    models = [NATIVE, "@mock/error/3030", RESPONSES, "@mock/html-502", OPENAI, "@mock/not-json"]

    async def ask(model: str) -> Any:
        try:
            answer = await async_openai.chat.completions.create(model=model, messages=user("Hello"))
        except Exception as error:
            return type(error).__name__
        return answer.choices[0].message.content

    said = await asyncio.gather(*(ask(model) for model in models * 4))
    good = 'You said "Hello".'
    assert (
        said
        == [good, "BadRequestError", good, "InternalServerError", good, "InternalServerError"] * 4
    )
