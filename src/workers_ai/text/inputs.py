"""Builds the inputs of a model's call from a :class:`Generation`, by what its row accepts."""

import json
from collections.abc import Mapping
from typing import Any

from core.errors import BadRequest, Overflow
from workers_ai import tokens
from workers_ai.catalogue.model import Model
from workers_ai.text.effort import add_reasoning
from workers_ai.text.generation import Generation
from workers_ai.text.messages import build_messages

UNKNOWN_WINDOW_ANSWER = 2048
"""``max_tokens`` for a model with an unknown context window: safe even in one of 4,096."""
SMALLEST_ANSWER = 256
"""Requested although the estimate leaves less: it errs high, and the service counts exactly."""
MAX_STOPS = 4
"""Stop sequences that OpenAI's schema accepts. A stage here enforces all of them anyway."""


def build_inputs(generation: Generation) -> tuple[dict[str, Any], int]:
    """Returns all inputs except ``stream``, and the ``max_tokens`` among them.

    Raises :class:`BadRequest` ``context_length_exceeded`` for a prompt that cannot fit.
    """
    model = generation.model
    inputs: dict[str, Any] = {}
    if generation.prompt is not None:
        inputs["prompt"] = generation.prompt
        if generation.suffix is not None and model.fim:
            before, after, middle = model.fim
            inputs["prompt"] = before + generation.prompt + after + generation.suffix + middle
            inputs["raw"] = True
    else:
        inputs["messages"] = build_messages(generation)
    for name, value in generation.options.items():
        if model.accepts_input(name):
            inputs[name] = clamp(model, name, value)
    if generation.stop and model.accepts_input("stop"):
        inputs["stop"] = list(generation.stop[:MAX_STOPS])
    _add_tools(generation, inputs)
    _add_format(generation, inputs)
    limit = _answer_limit(generation, inputs)
    add_reasoning(generation, inputs, limit)
    inputs["max_tokens"] = limit
    return inputs, limit


def clamp(model: Model, name: str, value: Any) -> Any:
    """Returns the value within the limits of the model's row."""
    limit = model.limits.get(name)
    if limit is None or isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if limit.min is not None:
        value = max(value, limit.min)
    return value if limit.max is None else min(value, limit.max)


# --- tools and formats -----------------------------------------------------------------------


def _add_tools(generation: Generation, inputs: dict[str, Any]) -> None:
    model, choice = generation.model, generation.tool_choice
    if not generation.tools or choice == "none" or not model.may_call_tools:
        return
    tools = generation.tools
    if not model.accepts_input("tool_choice"):
        if choice == "named":
            tools = [tool for tool in tools if tool["name"] == generation.tool_name]
    elif choice == "named":
        inputs["tool_choice"] = {"type": "function", "function": {"name": generation.tool_name}}
    elif choice == "required":
        inputs["tool_choice"] = "required"
    describe = dict if model.has_openai_schema else _describe_parameters
    inputs["tools"] = [{"type": "function", "function": describe(tool)} for tool in tools]


def _describe_parameters(tool: Mapping[str, Any]) -> dict[str, Any]:
    """Gives all parameters of a tool a type and a description, as the native schema requires.
    OpenAI's schema takes a tool in this form too."""
    parameters = {**tool["parameters"], "type": "object"}
    required = parameters.get("required", [])
    if not (isinstance(required, list) and all(isinstance(name, str) for name in required)):
        del parameters["required"]
    properties = parameters.get("properties")
    described = {}
    for name, value in properties.items() if isinstance(properties, dict) else ():
        schema = value if isinstance(value, dict) else {}
        description = schema.get("description")
        described[name] = {
            **schema,
            "type": _type_of(schema, parameters),
            "description": description if isinstance(description, str) and description else name,
        }
    return {**tool, "parameters": {**parameters, "properties": described}}


def _type_of(schema: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    """The one type that the native schema has room for: that of the schema, of one of its variants,
    or of the definition that it refers to."""
    variants = [schema]
    for key in ("anyOf", "oneOf", "allOf"):
        listed = schema.get(key)
        variants += (
            [part for part in listed if isinstance(part, dict)] if isinstance(listed, list) else []
        )
    for variant in variants:
        types = _definition(variant, root).get("type")
        for kind in types if isinstance(types, list) else [types]:
            if isinstance(kind, str) and kind != "null":
                return kind
    return "string"


def _definition(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """Resolves ``{"$ref": "#/$defs/…"}``; returns any other schema as it is."""
    place = schema.get("$ref")
    if not isinstance(place, str):
        return schema
    _, _, key = place.rpartition("/")
    tables = (root.get("$defs"), root.get("definitions"))
    entries = [table.get(key) for table in tables if isinstance(table, dict)]
    return next((entry for entry in entries if isinstance(entry, dict)), schema)


def _add_format(generation: Generation, inputs: dict[str, Any]) -> None:
    """Native models accept the bare schema, OpenAI's the envelope (cloudflare/ai#559)."""
    if not generation.json_mode or not generation.model.accepts_input("response_format"):
        return
    schema = generation.schema
    if schema is None or generation.schema_in_words:
        inputs["response_format"] = {"type": "json_object"}
        return
    body: Any = schema.schema
    if generation.model.has_openai_schema:
        body = {"name": schema.name, "schema": schema.schema, "strict": schema.strict}
        if schema.description:
            body["description"] = schema.description
    inputs["response_format"] = {"type": "json_schema", "json_schema": body}


# --- the length of the answer ----------------------------------------------------------------


def prompt_parts(inputs: Mapping[str, Any]) -> list[str]:
    """The texts of the inputs that count as prompt."""
    names = ("messages", "prompt", "tools", "response_format")
    return tokens.collect_texts([inputs[name] for name in names if name in inputs])


def estimate_input_tokens(generation: Generation) -> int:
    """Estimates the tokens of the input, before the model reports its count with the answer."""
    # Tools as chat templates write them, in one piece: a walk through their schemas costs more.
    pieces = [json.dumps(generation.tools, ensure_ascii=False)] if generation.tools else []
    count = tokens.PER_MESSAGE * len(generation.messages)
    for message in generation.messages:
        content = message["content"]
        for part in content if isinstance(content, list) else [{"text": content}]:
            if "text" in part:
                pieces.append(part["text"])
            else:
                count += tokens.PER_IMAGE
        pieces.append(message.get("reasoning", ""))
        calls = [call["function"] for call in message.get("tool_calls", ())]
        pieces += [text for call in calls for text in call.values()]
    return count + sum(map(tokens.estimate, pieces))


def _answer_limit(generation: Generation, inputs: Mapping[str, Any]) -> int:
    """``max_tokens``: as many as requested and the context window leaves."""
    window, requested = generation.model.context_window, generation.max_tokens
    if window is None:
        return requested or UNKNOWN_WINDOW_ANSWER
    parts = prompt_parts(inputs)
    prompt = "".join(parts)
    if tokens.at_least(prompt) > window:
        error = BadRequest(
            f"The prompt does not fit into this model's context window of {window} tokens.",
            code="context_length_exceeded",
            param="messages" if generation.prompt is None else "prompt",
        )
        error.overflow = Overflow(tokens.estimate(prompt), window)
        raise error
    used = tokens.at_most(prompt, len(parts)) + tokens.PER_MESSAGE * (1 + len(generation.messages))
    for message in generation.messages:
        content = message["content"]
        if type(content) is list:
            images = [part for part in content if part["type"] == "image_url"]
            used += tokens.PER_IMAGE * len(images)
    room = max(window - used, min(SMALLEST_ANSWER, window))
    return min(requested or room, room)
