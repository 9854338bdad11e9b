import copy
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadRequest
from workers_ai import tokens
from workers_ai.catalogue.model import EFFORTS, LIVE, Limit, Model, Reasoning
from workers_ai.catalogue.models import MODELS
from workers_ai.text.effort import THINKING_BUDGET
from workers_ai.text.generation import Generation, Schema
from workers_ai.text.inputs import (
    SMALLEST_ANSWER,
    UNKNOWN_WINDOW_ANSWER,
    build_inputs,
    clamp,
    prompt_parts,
)

TASK = "Text Generation"
BY_ID = {model.id: model for model in MODELS}
TEXT_MODELS = [model for model in MODELS if model.task == TASK and model.status in LIVE]
THINKING = [model for model in TEXT_MODELS if model.reasoning and model.reasoning.supported]

NATIVE_INPUTS = frozenset(
    "messages prompt max_tokens temperature top_p top_k seed tools response_format raw".split()
)
LIMITS = {
    "temperature": Limit(0, 5),
    "top_p": Limit(0.001, 1),
    "top_k": Limit(1, 50),
    "seed": Limit(1, 9999999999),
}
NATIVE = Model(
    "native", TASK, context_window=8000, wire="native", tools=True, inputs=NATIVE_INPUTS,
    limits=LIMITS,
)  # fmt: skip
OPENAI = Model(
    "openai", TASK, context_window=8000, wire="openai", tools=True,
    inputs=NATIVE_INPUTS | {"stop", "tool_choice", "logprobs", "chat_template_kwargs"},
)  # fmt: skip
TOOLLESS = NATIVE._replace(tools=False)
UNKNOWN = Model("@cf/new/model", TASK)

HI = ({"role": "user", "content": "Hi"},)


def inputs(model: Model, **fields: Any) -> dict[str, Any]:
    """What the model is sent; what was asked for stays as it was."""
    if "prompt" not in fields:
        fields.setdefault("messages", HI)
    generation = Generation(model=model, **fields)
    before = copy.deepcopy(generation)
    sent, limit = build_inputs(generation)
    assert generation == before
    assert sent["max_tokens"] == limit >= 1
    json.dumps(sent)
    return sent


def messages(model: Model, *given: Mapping[str, Any], **fields: Any) -> list[tuple[str, Any]]:
    sent = inputs(model, messages=given, **fields)["messages"]
    return [(message["role"], message["content"]) for message in sent]


def said(role: str, content: object, **more: Any) -> dict[str, Any]:
    return {"role": role, "content": content, **more}


# --- the length of the answer ----------------------------------------------------------------


def test_an_answer_may_fill_the_window() -> None:
    sent = inputs(NATIVE)
    assert 7900 < sent["max_tokens"] < 8000
    longer = inputs(NATIVE, messages=[said("user", "word " * 600)])
    # At most: an answer that does not fit after all would be refused.
    assert longer["max_tokens"] + tokens.at_most("word " * 600) < 8000


def test_sends_the_requested_limit_if_it_fits() -> None:
    assert inputs(NATIVE, max_tokens=1)["max_tokens"] == 1
    assert inputs(NATIVE, max_tokens=500)["max_tokens"] == 500
    assert inputs(NATIVE, max_tokens=10**9)["max_tokens"] == inputs(NATIVE)["max_tokens"]


def test_counts_everything_that_is_sent() -> None:
    least = inputs(NATIVE)["max_tokens"]
    tool = {"name": "f", "description": "x" * 900, "parameters": {}}
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "A" * 9000}}
    for more in (
        {"tools": [tool]},
        {"json_mode": True, "schema": Schema({"description": "x" * 900})},
        {"messages": [said("user", "Hi"), said("assistant", "x" * 900)]},
        {"messages": [said("user", "Hi" + "好" * 200)]},
        {"messages": [said("user", [{"type": "text", "text": "Hi"}, picture])]},
    ):
        used = least - inputs(NATIVE, **more)["max_tokens"]
        assert 300 <= used < 3000


def test_tries_a_prompt_that_may_just_fit() -> None:
    """The estimate errs high on this side; the service knows better."""
    text = "a " * 12_000
    assert tokens.at_least(text) < 8000 <= tokens.at_most(text)
    assert inputs(NATIVE, messages=[said("user", text)])["max_tokens"] == SMALLEST_ANSWER
    assert inputs(NATIVE, messages=[said("user", text)], max_tokens=9)["max_tokens"] == 9
    tiny = NATIVE._replace(context_window=100)
    assert inputs(tiny, messages=[said("user", "word " * 90)])["max_tokens"] <= 100


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"messages": [said("user", "x" * 8000 * 13)]}, "messages"),
        ({"prompt": "x" * 8000 * 13}, "prompt"),
    ],
)
def test_rejects_a_prompt_that_cannot_fit(fields: dict[str, Any], param: str) -> None:
    with pytest.raises(BadRequest) as caught:
        inputs(NATIVE, **fields)
    error = caught.value
    assert (error.status, error.code, error.param) == (400, "context_length_exceeded", param)
    assert "8000 tokens" in error.message


def test_an_image_is_not_counted_as_text() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "A" * 10**6}}
    content = [{"type": "text", "text": "Hi"}, picture]
    sent = inputs(NATIVE, messages=[said("user", content)])
    assert 6000 < sent["max_tokens"] < 8000 - tokens.PER_IMAGE


def test_uses_a_safe_limit_for_an_unknown_window() -> None:
    assert inputs(UNKNOWN)["max_tokens"] == UNKNOWN_WINDOW_ANSWER
    assert inputs(UNKNOWN, max_tokens=7)["max_tokens"] == 7
    assert inputs(UNKNOWN, max_tokens=70_000)["max_tokens"] == 70_000
    assert inputs(UNKNOWN, messages=[said("user", "x" * 10**6)])


@pytest.mark.parametrize("model", TEXT_MODELS, ids=lambda model: model.id)
def test_no_model_is_left_with_its_default_of_256(model: Model) -> None:
    assert inputs(model)["max_tokens"] >= UNKNOWN_WINDOW_ANSWER
    assert "max_tokens" in model.inputs


# --- options ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "sent"),
    [
        ("temperature", 0, 0),
        ("temperature", 7.5, 5),
        ("temperature", -1, 0),
        ("top_p", 0, 0.001),
        ("top_p", 0.5, 0.5),
        ("top_k", 0, 1),
        ("top_k", 500, 50),
        ("seed", 0, 1),
        ("seed", -(10**20), 1),
        ("seed", 10**20, 9999999999),
        ("seed", 5, 5),
    ],
)
def test_options_are_clamped_to_the_rows_limits(name: str, value: float, sent: float) -> None:
    given_value = inputs(NATIVE, options={name: value})[name]
    assert given_value == sent
    assert type(given_value) is type(sent)


def test_options_without_limits_pass() -> None:
    options = {"temperature": 1.9, "seed": 0, "logprobs": True}
    assert inputs(OPENAI, options=options).items() >= options.items()
    assert clamp(NATIVE, "temperature", True) is True
    assert clamp(NATIVE, "temperature", "odd") == "odd"
    assert clamp(NATIVE._replace(limits={"seed": Limit(default=3)}), "seed", 9) == 9


def test_omits_options_that_a_model_does_not_accept() -> None:
    options = {"temperature": 1, "min_p": 0.1, "logit_bias": {"1": 2}, "logprobs": True}
    assert inputs(NATIVE, options=options).keys() == {"messages", "max_tokens", "temperature"}
    assert inputs(UNKNOWN, options=options).items() >= options.items()


def test_sends_stop_sequences_to_models_that_accept_them() -> None:
    assert "stop" not in inputs(NATIVE, stop=["a"])
    assert inputs(OPENAI, stop=["a", "b"])["stop"] == ["a", "b"]
    # OpenAI's schema takes no more; the rest is the stages' work.
    assert inputs(OPENAI, stop=list("abcdef"))["stop"] == list("abcd")
    assert "stop" not in inputs(OPENAI)


# --- prompts ---------------------------------------------------------------------------------


def test_sends_a_prompt_unchanged() -> None:
    sent = inputs(NATIVE, prompt="Once")
    assert sent.keys() == {"prompt", "max_tokens"}
    assert sent["prompt"] == "Once"


def test_sends_a_suffix_in_the_models_own_tokens() -> None:
    coder = BY_ID["@cf/qwen/qwen2.5-coder-32b-instruct"]
    sent = inputs(coder, prompt="def f(", suffix="return x")
    expected = "<|fim_prefix|>def f(<|fim_suffix|>return x<|fim_middle|>"
    assert (sent["prompt"], sent["raw"]) == (expected, True)
    assert "raw" not in inputs(coder, prompt="def f(")
    assert inputs(NATIVE, prompt="a", suffix="b")["prompt"] == "a"


# --- messages --------------------------------------------------------------------------------

SYSTEM, LATER = said("system", "Be brief."), said("system", "Be kind.")
USER, ANSWER = said("user", "Hi"), said("assistant", "Hello")


def test_keeps_a_system_message_at_the_beginning() -> None:
    assert messages(NATIVE, SYSTEM, USER) == [("system", "Be brief."), ("user", "Hi")]
    assert messages(NATIVE, SYSTEM, LATER, USER)[0] == ("system", "Be brief.\n\nBe kind.")


def test_a_later_system_message_goes_before_the_next_user_message() -> None:
    assert messages(NATIVE, SYSTEM, USER, ANSWER, LATER, USER) == [
        ("system", "Be brief."),
        ("user", "Hi"),
        ("assistant", "Hello"),
        ("user", "Be kind.\n\nHi"),
    ]
    assert messages(NATIVE, USER, LATER) == [("user", "Hi"), ("user", "Be kind.")]
    parts = [{"type": "image_url", "image_url": {"url": "data:,"}}]
    assert messages(NATIVE, USER, LATER, SYSTEM, said("user", parts))[1] == (
        "user",
        [{"type": "text", "text": "Be kind.\n\nBe brief."}, *parts],
    )


def test_moves_system_text_for_models_without_the_role() -> None:
    gemma = NATIVE._replace(system_role=False)
    assert messages(gemma, SYSTEM, USER) == [("user", "Be brief.\n\nHi")]
    assert messages(gemma, SYSTEM, LATER, USER) == [("user", "Be brief.\n\nBe kind.\n\nHi")]
    assert messages(gemma, SYSTEM) == [("user", "Be brief.")]
    assert messages(gemma, SYSTEM, ANSWER, USER) == [
        ("assistant", "Hello"),
        ("user", "Be brief.\n\nHi"),
    ]


def test_earlier_thinking_goes_to_openai_models_only() -> None:
    history = [USER, said("assistant", "Hello", reasoning="Hm"), USER]
    assert inputs(OPENAI, messages=history)["messages"] == history
    assert "reasoning" not in inputs(NATIVE, messages=history)["messages"][1]


# --- tools -----------------------------------------------------------------------------------

PARAMETERS = {"type": "object", "properties": {"city": {"type": "string", "description": "Where"}}}
WEATHER = {"name": "weather", "description": "Tells it", "parameters": PARAMETERS}
NOW = {"name": "now", "description": "", "parameters": {"type": "object", "properties": {}}}
TOOLS = [WEATHER, NOW]
CALLED = {
    "id": "c1",
    "type": "function",
    "function": {"name": "weather", "arguments": '{"city": "Łódź"}'},
}
HISTORY = [
    USER,
    said("assistant", "", tool_calls=[CALLED]),
    said("tool", "Rain", tool_call_id="c1", name="weather"),
]


def declared(sent: Mapping[str, Any]) -> list[str]:
    assert all(tool["type"] == "function" for tool in sent["tools"])
    return [tool["function"]["name"] for tool in sent["tools"]]


def test_declares_tools() -> None:
    for model in (NATIVE, OPENAI, UNKNOWN):
        sent = inputs(model, tools=TOOLS)
        assert sent["tools"][0] == {"type": "function", "function": WEATHER}
        assert declared(sent) == ["weather", "now"]
        assert "tool_choice" not in sent
        assert sent["messages"] == [USER]


def test_a_tool_choice_of_none_declares_nothing() -> None:
    for model in (NATIVE, OPENAI, TOOLLESS):
        sent = inputs(model, tools=TOOLS, tool_choice="none")
        assert sent.keys() == {"messages", "max_tokens"}
        assert sent["messages"] == [USER]


def test_sends_a_tool_choice_to_models_that_accept_it() -> None:
    sent = inputs(OPENAI, tools=TOOLS, tool_choice="required")
    assert sent["tool_choice"] == "required"
    sent = inputs(OPENAI, tools=TOOLS, tool_choice="named", tool_name="now")
    assert sent["tool_choice"] == {"type": "function", "function": {"name": "now"}}
    assert declared(sent) == ["weather", "now"]
    assert sent["messages"] == [USER]


def test_describes_a_tool_choice_in_the_prompt() -> None:
    sent = inputs(NATIVE, tools=TOOLS, tool_choice="required")
    assert "tool_choice" not in sent
    assert declared(sent) == ["weather", "now"]
    assert "must call at least one" in sent["messages"][0]["content"]
    sent = inputs(NATIVE, tools=TOOLS, tool_choice="named", tool_name="now")
    assert declared(sent) == ["now"]
    assert "must call the function now" in sent["messages"][0]["content"]


def test_describes_tools_in_the_prompt() -> None:
    sent = inputs(TOOLLESS, tools=TOOLS, messages=[SYSTEM, USER])
    assert sent.keys() == {"messages", "max_tokens"}
    system, user = sent["messages"]
    assert system["content"].startswith("Be brief.\n\n")
    assert json.dumps(WEATHER) in system["content"]
    assert json.dumps(NOW) in system["content"]
    assert '<tool_call>{"name": "<function name>", "arguments": {' in system["content"]
    assert user == USER
    for choice, words in (("required", "at least one"), ("named", "the function now")):
        text = messages(TOOLLESS, USER, tools=TOOLS, tool_choice=choice, tool_name="now")[0][1]
        assert words in text


def test_sends_calls_and_results_to_models_with_tools() -> None:
    for model in (NATIVE, OPENAI):
        assert inputs(model, messages=HISTORY, tools=TOOLS)["messages"] == HISTORY


def test_describes_calls_and_results_in_the_prompt() -> None:
    assert messages(TOOLLESS, *HISTORY) == [
        ("user", "Hi"),
        ("assistant", '<tool_call>{"name": "weather", "arguments": {"city": "Łódź"}}</tool_call>'),
        ("user", "Result of the function call:\nRain"),
    ]
    spoken = said("assistant", "Let me see.", tool_calls=[CALLED, CALLED])
    assert messages(TOOLLESS, USER, spoken)[1][1].split("\n") == [
        "Let me see.",
        *['<tool_call>{"name": "weather", "arguments": {"city": "Łódź"}}</tool_call>'] * 2,
    ]


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "integer"}, "integer"),
        ({"type": ["null", "number"]}, "number"),
        ({"type": ["null"]}, "string"),
        ({"anyOf": [{"type": "null"}, {"type": "array"}]}, "array"),
        ({"oneOf": ["odd", {"type": ["null", "boolean"]}]}, "boolean"),
        ({"allOf": [{"$ref": "#/$defs/Place"}]}, "object"),
        ({"$ref": "#/$defs/Place"}, "object"),
        ({"$ref": "#/definitions/Old"}, "integer"),
        ({"$ref": "#/$defs/Missing"}, "string"),
        ({"$ref": 7}, "string"),
        ({"anyOf": "odd"}, "string"),
        ({"description": "Where"}, "string"),
        ({}, "string"),
        (True, "string"),
    ],
)
def test_native_parameters_have_one_type_and_a_description(schema: object, kind: str) -> None:
    parameters = {
        "properties": {"city": schema},
        "required": ["city"],
        "$defs": {"Place": {"type": "object"}},
        "definitions": {"Old": {"type": "integer"}},
    }
    tool = {**WEATHER, "parameters": parameters}
    sent = inputs(NATIVE, tools=[tool])["tools"][0]["function"]
    city = sent["parameters"]["properties"]["city"]
    assert city["type"] == kind
    words = schema.get("description") if isinstance(schema, dict) else None
    assert city["description"] == (words or "city")
    assert sent["parameters"]["type"] == "object"
    assert sent["parameters"]["required"] == ["city"]
    # OpenAI's schema takes them as they are.
    assert inputs(OPENAI, tools=[tool])["tools"][0]["function"] == tool


@pytest.mark.parametrize("parameters", [{}, {"type": "object"}, {"properties": None}])
def test_accepts_malformed_parameters(parameters: dict[str, Any]) -> None:
    sent = inputs(NATIVE, tools=[{**NOW, "parameters": parameters}])["tools"][0]["function"]
    assert sent["parameters"] == {"type": "object", "properties": {}}


# --- formats ---------------------------------------------------------------------------------

SCHEMA = Schema({"type": "object", "properties": {"a": {"type": "integer"}}}, "thing", "A thing")


def test_requests_a_json_object() -> None:
    for model in (NATIVE, OPENAI, UNKNOWN):
        sent = inputs(model, json_mode=True)
        assert sent["response_format"] == {"type": "json_object"}
        assert sent["messages"] == [USER]
    assert "response_format" not in inputs(NATIVE)


def test_sends_native_models_the_bare_schema() -> None:
    sent = inputs(NATIVE, json_mode=True, schema=SCHEMA)
    assert sent["response_format"] == {"type": "json_schema", "json_schema": SCHEMA.schema}
    assert sent["messages"] == [USER]


@pytest.mark.parametrize("wire", ["openai", "responses"])
def test_sends_openai_models_the_schema_in_an_envelope(wire: str) -> None:
    model = OPENAI._replace(wire=wire)
    envelope = inputs(model, json_mode=True, schema=SCHEMA)["response_format"]["json_schema"]
    assert envelope == {
        "name": "thing",
        "description": "A thing",
        "schema": SCHEMA.schema,
        "strict": False,
    }
    strict = Schema({}, strict=True)
    envelope = inputs(model, json_mode=True, schema=strict)["response_format"]["json_schema"]
    assert envelope == {"name": "answer", "schema": {}, "strict": True}


def test_describes_the_format_in_the_prompt() -> None:
    plain = NATIVE._replace(inputs=NATIVE_INPUTS - {"response_format"})
    sent = inputs(plain, json_mode=True)
    assert "response_format" not in sent
    assert sent["messages"][0] == said("system", "Answer with JSON only, without any other text.")
    sent = inputs(plain, json_mode=True, schema=SCHEMA, messages=[SYSTEM, USER])
    assert sent["messages"][0]["content"].startswith("Be brief.\n\nAnswer with JSON only")
    assert sent["messages"][0]["content"].endswith(json.dumps(SCHEMA.schema))


def test_describes_a_refused_schema_in_the_prompt() -> None:
    sent = inputs(NATIVE, json_mode=True, schema=SCHEMA, schema_in_words=True)
    assert sent["response_format"] == {"type": "json_object"}
    assert sent["messages"][0]["content"].endswith(json.dumps(SCHEMA.schema))


def test_instructions_reach_models_without_a_system_role() -> None:
    model = TOOLLESS._replace(system_role=False, inputs=NATIVE_INPUTS - {"response_format"})
    ((role, text),) = messages(model, USER, tools=TOOLS, json_mode=True)
    assert role == "user"
    assert "<tool_call>" in text
    assert "JSON only" in text
    assert text.endswith("\n\nHi")


# --- reasoning -------------------------------------------------------------------------------


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
    assert messages(model, said("system", "Translate."), USER, ANSWER, USER, effort="none") == [
        ("system", "Translate. /no_think"),
        ("user", "Hi"),
        ("assistant", "Hello"),
        ("user", "Hi"),
    ]
    assert messages(model, USER, ANSWER, USER, ANSWER, effort="none") == [
        ("user", "Hi"),
        ("assistant", "Hello"),
        ("user", "Hi /no_think"),
        ("assistant", "Hello"),
    ]
    parts = [{"type": "text", "text": "Hi"}]
    assert messages(model, said("user", parts), effort="none") == [
        ("user", [*parts, {"type": "text", "text": "/no_think"}])
    ]
    assert messages(model, ANSWER, effort="none") == [("assistant", "Hello")]
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


# --- all models ------------------------------------------------------------------------------


@pytest.mark.parametrize("model", TEXT_MODELS, ids=lambda model: model.id)
def test_no_model_is_sent_what_it_does_not_take(model: Model) -> None:
    options = dict.fromkeys(
        """temperature top_p top_k seed frequency_penalty presence_penalty repetition_penalty
        logit_bias logprobs top_logprobs min_p lora prediction parallel_tool_calls""".split(),
        1,
    )
    for choice in ("auto", "required", "named"):
        sent = inputs(
            model,
            messages=[SYSTEM, *HISTORY, LATER, USER],
            options=options,
            stop=["a"],
            tools=TOOLS,
            tool_choice=choice,
            tool_name="now",
            json_mode=True,
            schema=SCHEMA,
            effort="low",
            template={"enable_thinking": True},
        )
        assert sent.keys() <= model.inputs
        roles = [message["role"] for message in sent["messages"]]
        assert "system" not in roles[1:]
        assert model.system_role or "system" not in roles
        assert model.tools or "tool" not in roles
        words = json.dumps(sent["messages"])
        assert ("tools" in sent) is bool(model.tools)
        assert ("tools" in sent) is not ("<function name>" in words)
        assert ("response_format" in sent) is not ("JSON only" in words)


# --- estimates -------------------------------------------------------------------------------


@given(st.text(max_size=300))
def test_estimates_err_on_their_side(text: str) -> None:
    assert 0 <= tokens.at_least(text) <= tokens.estimate(text) <= tokens.at_most(text)


def test_counts_all_texts_of_the_prompt() -> None:
    sent = inputs(NATIVE, tools=TOOLS, json_mode=True, schema=SCHEMA, options={"seed": 5})
    text = " ".join(prompt_parts(sent))
    for part in ("Hi", "weather", "Tells it", "Where", "integer", "json_schema"):
        assert part in text
    assert "seed" not in text
