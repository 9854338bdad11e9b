"""Text completions, OpenAI's older dialect, which editors and relays still speak."""

import json
from typing import Any

import httpx2
import openai as sdk
import pytest
from openai import AsyncOpenAI, OpenAI
from openai.types import Completion

from clients.talk import NATIVE, OPENAI, RESPONSES, WIRES, WITHOUT_TOOLS, extra

FIM = "@cf/qwen/qwen2.5-coder-32b-instruct"


def texts(stream: Any, index: int = 0) -> str:
    choices = (choice for chunk in stream for choice in chunk.choices)
    return "".join(choice.text for choice in choices if choice.index == index)


@pytest.mark.parametrize("model", [*WIRES, WITHOUT_TOOLS, "gpt-3.5-turbo", "gpt-4o"])
def test_a_completion_whole_and_streamed(openai: OpenAI, model: str) -> None:
    answer = openai.completions.create(model=model, prompt="Grüße, 世界")
    assert answer.choices[0].text == 'You said "Grüße, 世界".'
    assert answer.choices[0].finish_reason == "stop"
    assert answer.id.startswith("cmpl-")
    assert answer.usage is not None
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens
    assert extra(answer.usage, "neurons") > 0
    chunks = list(
        openai.completions.create(
            model=model,
            prompt="Grüße, 世界",
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    assert texts(chunks) == 'You said "Grüße, 世界".'
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert chunks[-1].usage == answer.usage


@pytest.mark.anyio
async def test_the_asynchronous_client(async_openai: AsyncOpenAI) -> None:
    stream = await async_openai.completions.create(model=NATIVE, prompt="Hi", stream=True)
    assert texts([chunk async for chunk in stream]) == 'You said "Hi".'


@pytest.mark.parametrize("model", WIRES)
def test_several_prompts(openai: OpenAI, model: str) -> None:
    ask: Any = {"model": model, "prompt": ["one", "two"], "n": 2, "seed": 5}
    expected = [
        'You said "one". Seed 5.',
        'You said "one". Seed 6.',
        'You said "two". Seed 5.',
        'You said "two". Seed 6.',
    ]
    answer = openai.completions.create(**ask)
    assert [choice.text for choice in answer.choices] == expected
    assert [choice.index for choice in answer.choices] == [0, 1, 2, 3]
    chunks = list(openai.completions.create(stream=True, **ask))
    assert [texts(chunks, index) for index in range(4)] == expected


def test_more_prompts_than_calls_run_side_by_side(openai: OpenAI) -> None:
    prompts = [f"prompt {number}" for number in range(20)]
    answer = openai.completions.create(model=NATIVE, prompt=prompts)
    assert [choice.text for choice in answer.choices] == [f'You said "{one}".' for one in prompts]
    chunks = list(openai.completions.create(model=NATIVE, prompt=prompts, stream=True))
    assert [texts(chunks, index) for index in range(20)] == [
        f'You said "{one}".' for one in prompts
    ]


@pytest.mark.parametrize("model", WIRES)
def test_echo(openai: OpenAI, model: str) -> None:
    ask: Any = {"model": model, "prompt": ["one", "two"], "echo": True}
    expected = ['oneYou said "one".', 'twoYou said "two".']
    answer = openai.completions.create(**ask)
    assert [choice.text for choice in answer.choices] == expected
    chunks = list(openai.completions.create(stream=True, **ask))
    assert [texts(chunks, index) for index in range(2)] == expected


def test_a_long_echo_is_cut_into_lines_that_go_can_read(openai: OpenAI) -> None:
    """The transport's check knows One API's limit of 64 KiB."""
    prompt = "[[say:ok]]" + "汉\n\x01" * 20_000
    stream = openai.completions.create(
        model="@cf/zai-org/glm-4.7-flash", prompt=prompt, echo=True, stream=True
    )
    assert texts(stream) == prompt + "ok"


def test_suffix_of_a_model_that_fills_in_the_middle(openai: OpenAI) -> None:
    """By its own tokens, past the chat template."""
    answer = openai.completions.create(model=FIM, prompt="def add(a, b):", suffix="[[inputs]]")
    given = json.loads(answer.choices[0].text)
    assert given["raw"] is True
    assert given["prompt"] == ("<|fim_prefix|>def add(a, b):<|fim_suffix|>[[inputs]]<|fim_middle|>")


@pytest.mark.parametrize("model", WIRES)
def test_suffix_of_any_other_model_is_told_in_words(openai: OpenAI, model: str) -> None:
    answer = openai.completions.create(model=model, prompt="def add(a, b):", suffix="[[inputs]]")
    given = json.loads(answer.choices[0].text)
    said = json.dumps(given["messages"])
    assert "def add(a, b):" in said and "[[inputs]]" in said


@pytest.mark.parametrize("model", [*WIRES, "@mock/native"])
@pytest.mark.parametrize("stop", ["END", ["x", "END"]])
def test_stop(openai: OpenAI, model: str, stop: Any) -> None:
    ask: Any = {"model": model, "prompt": "[[say:one END two]]", "stop": stop}
    answer = openai.completions.create(**ask)
    assert answer.choices[0].text == "one "
    assert answer.choices[0].finish_reason == "stop"
    chunks = list(openai.completions.create(stream=True, **ask))
    assert texts(chunks) == "one "
    assert chunks[-1].choices[0].finish_reason == "stop"


@pytest.mark.parametrize("model", WIRES)
def test_max_tokens(openai: OpenAI, model: str) -> None:
    """OpenAI's default of 16 is not kept: a cut answer is what nobody wants."""
    answer = openai.completions.create(model=model, prompt="[[tokens:400]]")
    assert len(answer.choices[0].text.split()) == 400
    answer = openai.completions.create(model=model, prompt="[[tokens:400]]", max_tokens=10)
    assert answer.choices[0].finish_reason == "length"
    assert answer.usage is not None
    assert answer.usage.completion_tokens == 10
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.completions.create(model=model, prompt="over " * 200_000)
    assert caught.value.code == "context_length_exceeded"


@pytest.mark.parametrize("model", [OPENAI, RESPONSES])
def test_log_probabilities(openai: OpenAI, model: str) -> None:
    ask: Any = {"model": model, "prompt": "Hello", "logprobs": 1, "echo": True}
    answer = openai.completions.create(**ask)
    logprobs = answer.choices[0].logprobs
    assert logprobs is not None
    assert logprobs.tokens and logprobs.token_logprobs and logprobs.text_offset
    assert "".join(logprobs.tokens) == 'You said "Hello".'
    # Offsets count from the beginning of the text, echo included.
    for token, offset in zip(logprobs.tokens, logprobs.text_offset, strict=True):
        assert answer.choices[0].text[offset:].startswith(token)
    tokens: list[str] = []
    offsets: list[int] = []
    for chunk in openai.completions.create(stream=True, **ask):
        for choice in chunk.choices:
            if choice.logprobs:
                tokens += choice.logprobs.tokens or []
                offsets += choice.logprobs.text_offset or []
    assert (tokens, offsets) == (logprobs.tokens, logprobs.text_offset)


def test_log_probabilities_of_a_model_without_them(openai: OpenAI) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.completions.create(model=NATIVE, prompt="Hello", logprobs=1)
    assert caught.value.param == "logprobs"


@pytest.mark.parametrize("model", ["@mock/stream/broken", "@mock/native/stream/error"])
def test_a_stream_that_breaks_is_an_error(openai: OpenAI, model: str) -> None:
    with pytest.raises(sdk.APIError):
        list(openai.completions.create(model=model, prompt="[[tokens:30]]", stream=True))


@pytest.mark.parametrize(
    ("param", "fields"),
    [
        ("prompt", {"prompt": None}),
        ("prompt", {"prompt": ""}),
        ("prompt", {"prompt": []}),
        ("prompt", {"prompt": ["one", ""]}),
        ("prompt", {"prompt": [1, 2, 3]}),
        ("prompt", {"prompt": [[1, 2], [3]]}),
        ("prompt", {"prompt": {"a": 1}}),
        ("prompt", {"prompt": ["x"] * 25}),
        ("model", {"model": None}),
        ("suffix", {"suffix": 7}),
        ("echo", {"echo": "yes"}),
        ("best_of", {"best_of": 3}),
        ("logprobs", {"logprobs": 6}),
        ("max_tokens", {"max_tokens": -2}),
    ],
)
def test_a_wrong_field_is_named(http: httpx2.Client, param: str, fields: dict[str, Any]) -> None:
    answer = http.post("/v1/completions", json={"model": OPENAI, "prompt": "Hi", **fields})
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["param"] == param


def test_a_thinker_answers_with_text_alone(openai: OpenAI) -> None:
    """There is no place for thinking in this dialect."""
    for model in (OPENAI, RESPONSES, "@cf/qwen/qwq-32b", "@mock/native/think/tags"):
        answer: Completion = openai.completions.create(model=model, prompt="[[say:Forty-two.]]")
        assert answer.choices[0].text == "Forty-two."
