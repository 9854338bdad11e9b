"""What clients ask for in a chat request beside the conversation."""

import json
from typing import Any

import pytest

from support.exchange import (
    NATIVE,
    OPENAI,
    UNKNOWN,
    USER,
    VISION,
    ReadyAI,
    chat,
    generation,
    refused,
    send,
)


def test_template_arguments_are_passed_on() -> None:
    given = {"enable_thinking": False, "thinking": True}
    assert generation(chat_template_kwargs=given).template == given
    assert generation().template == {}


def test_max_tokens() -> None:
    assert generation().max_tokens is None
    assert generation(max_tokens=7).max_tokens == 7
    assert generation(max_completion_tokens=8).max_tokens == 8
    assert generation(max_tokens=7, max_completion_tokens=8).max_tokens == 8
    assert generation(max_tokens=7, max_completion_tokens=None).max_tokens == 7


def test_sampling_parameters_go_to_the_model() -> None:
    given: dict[str, Any] = {
        "temperature": 0.5,
        "top_p": 0.9,
        "seed": 7,
        "frequency_penalty": 1,
        "presence_penalty": -1,
        "logit_bias": {"50256": -100},
        "top_k": 40,
        "min_p": 0.1,
        "repetition_penalty": 1.1,
        "lora": "mine",
        "parallel_tool_calls": False,
        "prediction": {"type": "content", "content": "x"},
    }
    assert generation(**given).options == given
    assert chat(model=UNKNOWN, **given).inputs.items() >= given.items()
    assert generation().options == {}


def test_penalties_are_clamped() -> None:
    given: dict[str, Any] = {
        "frequency_penalty": 9,
        "presence_penalty": -9,
        "repetition_penalty": 9,
    }
    assert list(generation(**given).options.values()) == [2, -2, 2]


def test_stop_and_n() -> None:
    assert generation(stop="x").stop == ["x"]
    assert generation(stop=["x", "", "y"]).stop == ["x", "y"]
    assert generation(stop=[]).stop == generation(stop="").stop == generation().stop == []
    assert [generation(n=n).n for n in (1, 2.0, 4)] == [1, 2, 4]
    assert generation().n == 1


def test_log_probabilities() -> None:
    assert generation(logprobs=True).options == {"logprobs": True}
    asked: dict[str, Any] = {"logprobs": True, "top_logprobs": 3}
    assert generation(**asked).options == asked
    assert generation(model=UNKNOWN, **asked).options == asked
    assert generation(logprobs=False, top_logprobs=0).options == {}
    assert generation(model=NATIVE, logprobs=False).options == {}
    got = refused("logprobs", model=NATIVE, logprobs=True)
    assert got.error["code"] == "unsupported_parameter"


@pytest.mark.parametrize("given", [["text"], "text", [], None])
def test_accepts_the_text_modality(given: object) -> None:
    assert chat(modalities=given).status == 200


@pytest.mark.parametrize("given", [["text", "audio"], ["audio"], "image"])
def test_rejects_other_modalities(given: object) -> None:
    audio = {"voice": "alloy", "format": "wav"}
    got = refused("modalities", modalities=given, audio=audio)
    assert got.error["code"] == "unsupported_value"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, None),
        ({"user": "u-1"}, "u-1"),
        ({"prompt_cache_key": "k", "user": "u-1"}, "k"),
        ({"user": ""}, None),
        ({"user": "käse"}, None),
        ({"user": "a\r\nx-evil: 1"}, None),
        ({"user": "u" * 10_000}, "u" * 128),
    ],
)
def test_affinity_is_a_valid_header(body: dict[str, Any], expected: str | None) -> None:
    assert generation(**body).affinity == expected
    headers = chat(**body).ai.calls[0].headers
    assert headers == ({"x-session-affinity": expected} if expected else {})


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/chat/completions", {"messages": USER, "prompt_cache_key": "k"}),
        ("/v1/chat/completions", {"messages": USER, "user": "u-1", "stream": True}),
        ("/v1/chat/completions", {"messages": USER, "n": 2}),
        ("/client/v4/accounts/a/ai/v1/chat/completions", {"messages": USER}),
        ("/v1/completions", {"prompt": ["a", "b"]}),
        ("/v1/responses", {"input": "Hello"}),
        ("/v1/messages", {"messages": USER, "max_tokens": 9, "metadata": {"user_id": "u-1"}}),
    ],
)
def test_affinity_by_a_header(path: str, body: dict[str, Any]) -> None:
    def affinities(sent: str) -> set[str | None]:
        ai = ReadyAI()
        got = send(
            "POST", path, {"model": OPENAI, **body}, ai=ai, headers={"x-session-affinity": sent}
        )
        assert got.status == 200
        return {call.headers.get("x-session-affinity") for call in ai.calls}

    assert affinities("s" * 1000) == {"s" * 128}
    # One that cannot be passed on gives way to what the body says.
    assert affinities("k\xe4se") == affinities("") != {"k\xe4se"}


def test_the_model_that_was_asked_for() -> None:
    assert generation(model="gpt-4o").model.id == VISION
    assert generation(model=UNKNOWN).model.id == UNKNOWN
    assert refused("model", model="").error["code"] == "missing_required_parameter"
    assert refused("model", model=" ").error["code"] == "missing_model"
    assert refused("model", model="@cf/baai/bge-m3").error["code"] == "wrong_endpoint"
    got = chat(model="credit-balance")
    assert (got.status, got.error["code"], got.error["param"]) == (404, "model_not_found", "model")


def test_what_is_sent_can_be_written_as_json() -> None:
    """Whole numbers too large for JavaScript and lone surrogates included."""
    got = chat(
        model=UNKNOWN, seed=10**400, user="\ud800", messages=[{"role": "user", "content": "\ud83d"}]
    )
    assert json.loads(json.dumps(got.inputs)) == got.inputs
