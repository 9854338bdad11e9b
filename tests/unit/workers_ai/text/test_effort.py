from typing import Any

import pytest

from support.text_models import (
    ANSWER,
    BY_ID,
    NATIVE,
    OPENAI,
    TEXT_MODELS,
    UNKNOWN,
    USER,
    contents,
    inputs,
    said,
)
from workers_ai.catalogue.model import EFFORTS, Model, Reasoning
from workers_ai.text.effort import THINKING_BUDGET

THINKING = [model for model in TEXT_MODELS if model.reasoning and model.reasoning.supported]


def switches(model: Model, **fields: Any) -> dict[str, Any]:
    """Everything that steers thinking, by its dotted name."""
    sent = inputs(model, **fields)
    names = ("reasoning_effort", "reasoning")
    found: dict[str, Any] = {key: sent[key] for key in names if key in sent}
    for key, value in sent.get("chat_template_kwargs", {}).items():
        found[f"chat_template_kwargs.{key}"] = value
    text = sent["messages"][-1]["content"] if "messages" in sent else ""
    if text.endswith("/no_think"):
        found["/no_think"] = True
    return found


@pytest.mark.parametrize("effort", EFFORTS)
@pytest.mark.parametrize("model", THINKING, ids=lambda model: model.id)
def test_every_effort_gives_values_that_the_model_accepts(model: Model, effort: str) -> None:
    assert model.reasoning
    found = switches(model, effort=effort)
    for name, value in found.items():
        if name != "/no_think":
            assert value in model.reasoning.control[name]
    off = {
        "reasoning_effort": "none",
        "chat_template_kwargs.enable_thinking": False,
        "/no_think": True,
    }
    is_off = bool(off.items() & found.items())
    meant = model.reasoning.aliases.get(effort, effort)
    assert is_off == (bool(model.reasoning.can_disable) and "none" in (effort, meant))


@pytest.mark.parametrize("model", THINKING, ids=lambda model: model.id)
def test_small_budgets_are_not_spent_on_thinking(model: Model) -> None:
    assert model.reasoning
    small, enough = THINKING_BUDGET - 1, THINKING_BUDGET
    expected = switches(model, effort="none") if model.reasoning.can_disable else {}
    assert switches(model, max_tokens=small) == expected
    assert bool(expected) is bool(model.reasoning.can_disable)
    assert switches(model, max_tokens=enough) == switches(model) == {}
    # Who asks for it gets it.
    asked = switches(model, max_tokens=small, effort="high")
    assert asked == switches(model, effort="high")


def test_treats_a_nearly_full_window_as_a_small_budget() -> None:
    model = BY_ID["@cf/google/gemma-4-26b-a4b-it"]._replace(context_window=2000)
    full = [said("user", "word " * 800)]
    assert switches(model, messages=full) == {"chat_template_kwargs.enable_thinking": False}


@pytest.mark.parametrize(
    ("model", "effort", "found"),
    [
        ("@cf/qwen/qwen3-30b-a3b-fp8", "none", {"/no_think": True}),
        ("@cf/qwen/qwen3-30b-a3b-fp8", "high", {}),
        ("@cf/qwen/qwq-32b", "none", {}),
        ("@cf/openai/gpt-oss-20b", "none", {"reasoning_effort": "low"}),
        ("@cf/openai/gpt-oss-20b", "minimal",
         {"reasoning_effort": "low", "chat_template_kwargs.enable_thinking": True}),
        ("@cf/qwen/qwen3.8-27b", "none", {"chat_template_kwargs.enable_thinking": False}),
        ("@cf/qwen/qwen3.8-27b", "high",
         {"reasoning_effort": "medium", "chat_template_kwargs.enable_thinking": True}),
        ("@cf/nvidia/nemotron-3-120b-a12b", "low",
         {"chat_template_kwargs.enable_thinking": True, "chat_template_kwargs.low_effort": True}),
        ("@cf/nvidia/nemotron-3-120b-a12b", "high",
         {"chat_template_kwargs.enable_thinking": True, "chat_template_kwargs.low_effort": False}),
        # The service's aliases, except where they are far from what was asked for.
        ("@cf/deepseek-ai/deepseek-v4-pro-0813", "medium",
         {"reasoning_effort": "high", "chat_template_kwargs.enable_thinking": True}),
        ("@cf/deepseek-ai/deepseek-v4-pro-0813", "xhigh",
         {"reasoning_effort": "high", "chat_template_kwargs.enable_thinking": True}),
        ("@cf/zai-org/glm-5.2", "xhigh",
         {"reasoning_effort": "max", "chat_template_kwargs.enable_thinking": True}),
        ("@cf/zai-org/glm-5.3", "none", {"reasoning_effort": "low"}),
        ("@cf/zai-org/glm-5.3", "minimal",
         {"reasoning_effort": "low", "chat_template_kwargs.enable_thinking": True}),
    ],
)  # fmt: skip
def test_maps_efforts_to_what_the_model_accepts(
    model: str, effort: str, found: dict[str, Any]
) -> None:
    assert switches(BY_ID[model], effort=effort) == found


def test_the_soft_switch_ends_the_system_message_or_else_the_last_user_message() -> None:
    model = BY_ID["@cf/qwen/qwen3-30b-a3b-fp8"]
    assert contents(model, said("system", "Translate."), USER, ANSWER, USER, effort="none") == [
        ("system", "Translate. /no_think"),
        ("user", "Hi"),
        ("assistant", "Hello"),
        ("user", "Hi"),
    ]
    assert contents(model, USER, ANSWER, USER, ANSWER, effort="none") == [
        ("user", "Hi"),
        ("assistant", "Hello"),
        ("user", "Hi /no_think"),
        ("assistant", "Hello"),
    ]
    parts = [{"type": "text", "text": "Hi"}]
    assert contents(model, said("user", parts), effort="none") == [
        ("user", [*parts, {"type": "text", "text": "/no_think"}])
    ]
    assert contents(model, ANSWER, effort="none") == [("assistant", "Hello")]
    assert inputs(model, prompt="Once", effort="none")["prompt"] == "Once"


def test_the_clients_template_arguments_win() -> None:
    gemma = BY_ID["@cf/google/gemma-4-26b-a4b-it"]
    on, off = {"enable_thinking": True}, {"enable_thinking": False}
    name = "chat_template_kwargs.enable_thinking"
    assert switches(gemma, template=on, effort="none") == {name: True}
    assert switches(gemma, template=off, effort="high") == {name: False}
    assert switches(gemma, template=on, max_tokens=9) == {name: True}
    assert switches(gemma, template={"x": 1}, max_tokens=9) == {
        name: False,
        "chat_template_kwargs.x": 1,
    }
    assert switches(UNKNOWN, template=off) == {name: False}


def test_omits_template_arguments_for_models_that_accept_none() -> None:
    """The switch that everybody knows does its work there too."""
    qwen3 = BY_ID["@cf/qwen/qwen3-30b-a3b-fp8"]
    assert switches(qwen3, template={"enable_thinking": False}) == {"/no_think": True}
    assert switches(qwen3, template={"enable_thinking": True}, max_tokens=9) == {}
    assert switches(qwen3, template={"enable_thinking": True}, effort="none") == {}
    assert switches(NATIVE, template={"enable_thinking": False}) == {}


def test_sends_no_switches_to_models_that_do_not_think() -> None:
    for model in (NATIVE, OPENAI, UNKNOWN, NATIVE._replace(reasoning=Reasoning(False))):
        assert switches(model, effort="none", max_tokens=9) == {}


def test_sends_none_if_no_other_effort_is_accepted() -> None:
    reasoning = Reasoning(True, control={"reasoning_effort": ("none",)}, can_disable=True)
    model = OPENAI._replace(reasoning=reasoning)
    assert switches(model, effort="high") == {"reasoning_effort": "none"}
