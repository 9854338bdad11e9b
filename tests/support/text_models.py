"""Rows of text models, and what they are sent for a :class:`Generation`."""

import copy
import json
from collections.abc import Mapping
from typing import Any

from workers_ai.catalogue.model import LIVE, Limit, Model
from workers_ai.catalogue.models import MODELS
from workers_ai.text.generation import Generation, Schema
from workers_ai.text.inputs import build_inputs

TASK = "Text Generation"
BY_ID = {model.id: model for model in MODELS}
TEXT_MODELS = [model for model in MODELS if model.task == TASK and model.status in LIVE]

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
    "native", TASK, context_window=8000, wire="native", input_schema="native", tools=True,
    inputs=NATIVE_INPUTS, limits=LIMITS,
)  # fmt: skip
OPENAI = Model(
    "openai", TASK, context_window=8000, wire="openai", input_schema="openai", tools=True,
    inputs=NATIVE_INPUTS | {"stop", "tool_choice", "logprobs", "chat_template_kwargs"},
)  # fmt: skip
TOOLLESS = NATIVE._replace(tools=False)
UNKNOWN = Model("@cf/new/model", TASK)


def said(role: str, content: object, **more: Any) -> dict[str, Any]:
    return {"role": role, "content": content, **more}


SYSTEM, LATER = said("system", "Be brief."), said("system", "Be kind.")
USER, ANSWER = said("user", "Hi"), said("assistant", "Hello")

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

SCHEMA = Schema({"type": "object", "properties": {"a": {"type": "integer"}}}, "thing", "A thing")


def inputs(model: Model, **fields: Any) -> dict[str, Any]:
    """What the model is sent; the generation stays as it was."""
    if "prompt" not in fields:
        fields.setdefault("messages", [USER])
    generation = Generation(model=model, **fields)
    before = copy.deepcopy(generation)
    sent, limit = build_inputs(generation)
    assert generation == before
    assert sent["max_tokens"] == limit >= 1
    json.dumps(sent)
    return sent


def contents(model: Model, *messages: Mapping[str, Any], **fields: Any) -> list[tuple[str, Any]]:
    """The messages that the model is sent, as (role, content)."""
    sent = inputs(model, messages=messages, **fields)["messages"]
    return [(message["role"], message["content"]) for message in sent]
