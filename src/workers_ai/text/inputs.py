"""A :class:`Generation` to the inputs of one model's call, by what its row says it takes."""

from collections.abc import Mapping
from typing import Any

from core.errors import BadRequest
from workers_ai import tokens
from workers_ai.catalogue.model import Model
from workers_ai.text.effort import add_reasoning
from workers_ai.text.generation import Generation
from workers_ai.text.messages import messages

UNKNOWN_WINDOW_ANSWER = 2048
"""``max_tokens`` for a model of which no context window is known: safe even in one of 4,096."""
SMALLEST_ANSWER = 256
"""Asked for though the estimate leaves less: it errs high, and the service knows better."""
MOST_STOPS = 4
"""Stop sequences that OpenAI's schema takes; the others are enforced here, like all of them."""


def build(generation: Generation) -> tuple[dict[str, Any], int]:
    """The inputs, but for ``stream``, and the ``max_tokens`` among them.

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
        inputs["messages"] = messages(generation)
    for name, value in generation.options.items():
        if model.accepts_input(name):
            inputs[name] = clamp(model, name, value)
    if generation.stop and model.accepts_input("stop"):
        inputs["stop"] = list(generation.stop[:MOST_STOPS])
    _add_tools(generation, inputs)
    _add_format(generation, inputs)
    limit = _room(generation, inputs)
    add_reasoning(generation, inputs, limit)
    inputs["max_tokens"] = limit
    return inputs, limit


def clamp(model: Model, name: str, value: Any) -> Any:
    """The value within the limits of the model's row."""
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
    describe = dict if model.has_openai_schema else _described
    inputs["tools"] = [{"type": "function", "function": describe(tool)} for tool in tools]


def _described(tool: Mapping[str, Any]) -> dict[str, Any]:
    """A tool whose parameters all have a type and a description, as the native schema requires."""
    parameters = dict(tool["parameters"])
    parameters.setdefault("type", "object")
    properties = parameters.get("properties")
    described = {}
    for name, given in properties.items() if isinstance(properties, dict) else ():
        schema = given if isinstance(given, dict) else {}
        kind = _type_of(schema, parameters)
        described[name] = {**schema, "type": kind, "description": _words(schema) or name}
    return {**tool, "parameters": {**parameters, "properties": described}}


def _words(schema: Mapping[str, Any]) -> str:
    words = schema.get("description")
    return words if isinstance(words, str) else ""


def _type_of(schema: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    """The one type that the native schema has room for: of the schema, of one of its variants, or
    of the definition that it refers to."""
    variants = [schema]
    for key in ("anyOf", "oneOf", "allOf"):
        listed = schema.get(key)
        variants += (
            [part for part in listed if isinstance(part, dict)] if isinstance(listed, list) else []
        )
    for variant in variants:
        given = _definition(variant, root).get("type")
        for kind in given if isinstance(given, list) else [given]:
            if isinstance(kind, str) and kind != "null":
                return kind
    return "string"


def _definition(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """What ``{"$ref": "#/$defs/…"}`` means; everything else is itself."""
    place = schema.get("$ref")
    if not isinstance(place, str):
        return schema
    _, _, key = place.rpartition("/")
    tables = (root.get("$defs"), root.get("definitions"))
    found = [table.get(key) for table in tables if isinstance(table, dict)]
    return next((entry for entry in found if isinstance(entry, dict)), schema)


def _add_format(generation: Generation, inputs: dict[str, Any]) -> None:
    """Native models take the bare schema, OpenAI's the envelope (cloudflare/ai#559)."""
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
    names = ("messages", "prompt", "tools", "response_format")
    return tokens.texts([inputs[name] for name in names if name in inputs])


def _room(generation: Generation, inputs: Mapping[str, Any]) -> int:
    """``max_tokens``: what was asked for, or all that the context window leaves."""
    window, asked = generation.model.context_window, generation.max_tokens
    if window is None:
        return asked or UNKNOWN_WINDOW_ANSWER
    parts = prompt_parts(inputs)
    if tokens.at_least("".join(parts)) > window:
        raise BadRequest(
            f"The prompt does not fit into this model's context window of {window} tokens.",
            code="context_length_exceeded",
            param="messages" if generation.prompt is None else "prompt",
        )
    images = sum(
        part.get("type") == "image_url"
        for message in generation.messages
        if isinstance(message.get("content"), list)
        for part in message["content"]
    )
    used: int = sum(map(tokens.at_most, parts)) + images * tokens.PER_IMAGE
    used += tokens.PER_MESSAGE * (1 + len(generation.messages))
    room = max(window - used, min(SMALLEST_ANSWER, window))
    return min(asked or room, room)
