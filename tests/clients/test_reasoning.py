"""Models that think: where their thinking goes, how it is asked for, and what it must not eat."""

import json
from typing import Any

import httpx2
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionChunk

from clients.talk import OPENAI, RESPONSES, VISION, chat_body, extra, inputs_of, texts, user

QWQ = "@cf/qwen/qwq-32b"
"""Native, cannot be stopped from thinking, and only ever closes the tag."""
R1 = "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b"
THINKERS = [
    OPENAI,
    RESPONSES,
    VISION,
    QWQ,
    R1,
    "@cf/qwen/qwen3.8-27b",
    "@cf/qwen/qwen3-30b-a3b-fp8",
]
MOCKS = ["think", "think/reasoning", "think/both", "think/tags", "native/think/tags"]
MOCKS += ["responses/think"]
ASK = "[[think:First this, then that.]][[say:Forty-two.]]"


def thoughts(chunks: list[ChatCompletionChunk]) -> str:
    deltas = (choice.delta for chunk in chunks for choice in chunk.choices)
    return "".join(extra(delta, "reasoning_content") or "" for delta in deltas)


def complete(http: httpx2.Client, model: str, **fields: Any) -> dict[str, Any]:
    body = chat_body(model, ASK, **fields)
    answer = http.post("/v1/chat/completions", json=body)
    assert answer.status_code == 200, answer.text
    message: dict[str, Any] = answer.json()["choices"][0]["message"]
    return message


# --- where it goes -------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [*THINKERS, *(f"@mock/{name}" for name in MOCKS)])
def test_thinking_is_told_apart_from_the_answer(openai: OpenAI, model: str) -> None:
    answer = openai.chat.completions.create(model=model, messages=user(ASK))
    message = answer.choices[0].message
    assert message.content == "Forty-two."
    assert extra(message, "reasoning_content").strip() == "First this, then that."
    chunks = list(openai.chat.completions.create(model=model, messages=user(ASK), stream=True))
    assert "".join(texts(chunks)) == "Forty-two."
    assert thoughts(chunks).strip() == "First this, then that."


@pytest.mark.parametrize("model", [*THINKERS, *(f"@mock/{name}" for name in MOCKS)])
def test_thinking_hidden_or_raw(http: httpx2.Client, model: str) -> None:
    """As Groq has it; relays and front ends ask for either."""
    for hide in ({"reasoning_format": "hidden"}, {"include_reasoning": False}):
        message = complete(http, model, **hide)
        assert message["content"] == "Forty-two."
        assert "reasoning_content" not in message
    message = complete(http, model, reasoning_format="raw")
    thinking, _, said = message["content"].removeprefix("<think>").partition("</think>")
    assert message["content"].startswith("<think>")
    assert (thinking.strip(), said.strip()) == ("First this, then that.", "Forty-two.")
    assert "reasoning_content" not in message
    message = complete(http, model, reasoning_format="parsed")
    assert message["reasoning_content"].strip() == "First this, then that."


def test_thinking_hidden_or_raw_in_a_stream(openai: OpenAI) -> None:
    for model in (OPENAI, R1):
        ask: Any = {"model": model, "messages": user(ASK), "stream": True}
        hidden = list(
            openai.chat.completions.create(extra_body={"reasoning_format": "hidden"}, **ask)
        )
        assert ("".join(texts(hidden)), thoughts(hidden)) == ("Forty-two.", "")
        raw = list(openai.chat.completions.create(extra_body={"reasoning_format": "raw"}, **ask))
        text = "".join(texts(raw))
        assert text.startswith("<think>") and text.count("</think>") == 1
        assert text.endswith("Forty-two.") and "First this, then that." in text


def test_a_tag_in_the_middle_of_an_answer_is_text(openai: OpenAI) -> None:
    said = "Write <think>so</think> and no more."
    for model in ("@mock/openai", "@mock/native"):
        answer = openai.chat.completions.create(model=model, messages=user(f"[[say:{said}]]"))
        assert answer.choices[0].message.content == said


def test_thinking_before_a_tool_call(openai: OpenAI) -> None:
    tools: Any = [{"type": "function", "function": {"name": "look"}}]
    ask = user("[[think:I should look.]][[call:look]]")
    for model in (OPENAI, RESPONSES):
        [choice] = openai.chat.completions.create(model=model, messages=ask, tools=tools).choices
        assert extra(choice.message, "reasoning_content") == "I should look."
        assert choice.message.tool_calls is not None
        assert choice.finish_reason == "tool_calls"


def test_earlier_thinking_goes_back_beside_the_content(openai: OpenAI) -> None:
    history: list[Any] = [
        *user("Hello"),
        {"role": "assistant", "content": "Hi.", "reasoning_content": "A greeting."},
        *user("Again"),
    ]
    given = inputs_of(openai, OPENAI, messages=history)
    assert given["messages"][1] == {
        "role": "assistant",
        "content": "Hi.",
        "reasoning": "A greeting.",
    }


# --- how it is asked for -------------------------------------------------------------------------


@pytest.mark.parametrize("model", [OPENAI, VISION, "@cf/qwen/qwen3.8-27b"])
@pytest.mark.parametrize(
    "fields",
    [
        {"reasoning_effort": "none"},
        {"enable_thinking": False},
        {"thinking": {"type": "disabled"}},
        {"reasoning": {"enabled": False}},
        {"reasoning": {"effort": "none"}},
        {"chat_template_kwargs": {"enable_thinking": False}},
    ],
)
def test_thinking_switched_off(http: httpx2.Client, model: str, fields: dict[str, Any]) -> None:
    message = complete(http, model, **fields)
    assert message["content"] == "Forty-two."
    assert "reasoning_content" not in message


@pytest.mark.parametrize("effort", ["none", "minimal", "low", "medium", "high", "xhigh"])
def test_every_effort_is_taken_by_every_thinker(openai: OpenAI, effort: Any) -> None:
    """Each model knows only some of them."""
    for model in THINKERS:
        answer = openai.chat.completions.create(
            model=model, messages=user(ASK), reasoning_effort=effort
        )
        assert answer.choices[0].message.content == "Forty-two."


def test_an_effort_is_passed_on_in_the_words_of_the_model(openai: OpenAI) -> None:
    assert inputs_of(openai, RESPONSES, reasoning_effort="high")["reasoning_effort"] == "high"
    assert inputs_of(openai, RESPONSES, reasoning_effort="none")["reasoning_effort"] == "low"
    off = inputs_of(openai, OPENAI, reasoning_effort="none")
    assert off["chat_template_kwargs"] == {"enable_thinking": False}
    on = inputs_of(openai, OPENAI, reasoning_effort="high")
    assert on["chat_template_kwargs"] == {"enable_thinking": True}


def test_a_model_that_does_not_think_ignores_the_effort(openai: OpenAI) -> None:
    given = inputs_of(openai, "@cf/meta/llama-3.2-3b-instruct", reasoning_effort="high")
    assert not given.keys() & {"reasoning_effort", "chat_template_kwargs"}


# --- what it must not eat ------------------------------------------------------------------------


@pytest.mark.parametrize("model", [OPENAI, VISION, "@cf/qwen/qwen3.8-27b"])
@pytest.mark.parametrize("limit", [16, 50, 200])
def test_a_small_budget_does_not_end_in_an_empty_answer(
    openai: OpenAI, model: str, limit: int
) -> None:
    """New API tests a channel with 16 tokens, title generators ask for 50."""
    answer = openai.chat.completions.create(model=model, messages=user("Hi"), max_tokens=limit)
    assert answer.choices[0].message.content == 'You said "Hi".'
    assert answer.choices[0].finish_reason == "stop"


def test_a_small_budget_with_thinking_asked_for_thinks(openai: OpenAI) -> None:
    answer = openai.chat.completions.create(
        model=OPENAI, messages=user(ASK), max_tokens=100, reasoning_effort="high"
    )
    assert extra(answer.choices[0].message, "reasoning_content") == "First this, then that."


@pytest.mark.parametrize("model", [QWQ, R1, RESPONSES, "@mock/native/think/tags"])
def test_thinking_that_is_cut_is_no_answer(openai: OpenAI, model: str) -> None:
    ask: Any = {
        "model": model,
        "messages": user("[[think:one two three four five six seven eight nine ten]]"),
        "max_tokens": 6,
        "reasoning_effort": "high",
    }
    [choice] = openai.chat.completions.create(**ask).choices
    assert choice.finish_reason == "length"
    assert choice.message.content == ""
    assert extra(choice.message, "reasoning_content").strip().startswith("one two")
    chunks = list(openai.chat.completions.create(stream=True, **ask))
    assert "".join(texts(chunks)) == ""
    assert thoughts(chunks).strip().startswith("one two")
    assert chunks[-1].choices[0].finish_reason == "length"


def test_thinking_is_no_part_of_json(openai: OpenAI) -> None:
    for model in ["@mock/think/tags", "@mock/think", "@mock/native/think/tags", QWQ]:
        answer = openai.chat.completions.create(
            model=model,
            messages=user('[[think:Braces { and } and ```.]][[say:{"a": 1}]]'),
            response_format={"type": "json_object"},
        )
        assert json.loads(answer.choices[0].message.content or "") == {"a": 1}
