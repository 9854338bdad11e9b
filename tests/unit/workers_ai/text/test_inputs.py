import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadRequest
from support.text_models import (
    ANSWER,
    BY_ID,
    HISTORY,
    LATER,
    NATIVE,
    NOW,
    OPENAI,
    SCHEMA,
    SYSTEM,
    TEXT_MODELS,
    TOOLLESS,
    TOOLS,
    UNKNOWN,
    USER,
    WEATHER,
    inputs,
    said,
)
from workers_ai import tokens
from workers_ai.catalogue.model import Limit, Model
from workers_ai.text.generation import Schema
from workers_ai.text.inputs import (
    SMALLEST_ANSWER,
    UNKNOWN_WINDOW_ANSWER,
    clamp,
    prompt_parts,
)

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


# --- tools -----------------------------------------------------------------------------------


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


@pytest.mark.parametrize("model", [NATIVE._replace(wire="openai"), UNKNOWN])
def test_how_a_model_answers_is_not_how_it_is_asked(model: Model) -> None:
    """Of what is unknown both schemas take what it is sent."""
    bare = {"name": "f", "description": "", "parameters": {"properties": {"a": {"type": "string"}}}}
    sent = inputs(model, tools=[bare], messages=[USER, {**ANSWER, "reasoning": "Hm"}, USER])
    [tool] = sent["tools"]
    assert tool["function"]["parameters"]["properties"]["a"]["description"] == "a"
    assert "reasoning" not in sent["messages"][1]
    sent = inputs(model, json_mode=True, schema=SCHEMA)
    assert sent["response_format"]["json_schema"] == SCHEMA.schema


def test_the_schema_of_every_model_is_that_of_its_inputs() -> None:
    for model in TEXT_MODELS:
        native = {"top_k", "repetition_penalty", "raw"} & model.inputs
        openai = {"stream_options", "tool_choice", "logit_bias"} & model.inputs
        assert not (native and openai)
        if native or openai:
            assert model.input_schema == ("native" if native else "openai"), model.id


@pytest.mark.parametrize(
    "parameters",
    [{}, {"type": "object"}, {"properties": None}, {"type": ["object", "null"]}, {"required": 1}],
)
def test_accepts_malformed_parameters(parameters: dict[str, Any]) -> None:
    sent = inputs(NATIVE, tools=[{**NOW, "parameters": parameters}])["tools"][0]["function"]
    assert sent["parameters"] == {"type": "object", "properties": {}}


# --- formats ---------------------------------------------------------------------------------


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


@pytest.mark.parametrize("wire", ["openai", "responses", "native", None])
def test_sends_openai_models_the_schema_in_an_envelope(wire: str | None) -> None:
    """However they answer."""
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
