"""A :class:`Generation` to the inputs of one model's call, by what its row says it takes."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from core.errors import BadRequest
from workers_ai import tokens
from workers_ai.catalogue.model import Model, Reasoning
from workers_ai.text.generation import Generation

UNKNOWN_WINDOW_ANSWER = 2048
"""``max_tokens`` for a model of which no context window is known: safe even in one of 4,096."""
SMALLEST_ANSWER = 256
"""Asked for though the estimate leaves less: it errs high, and the service knows better."""
THINKING_BUDGET = 1024
"""With fewer tokens than this, thinking tends to use them all up and leave no answer
(cloudflare/workers-sdk#13239), so models that can do without think only when asked to."""

MOST_STOPS = 4
"""Stop sequences that OpenAI's schema takes; the others are enforced here, like all of them."""

EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")

_TOOL_PROMPT = """You can call the functions described by these JSON objects:
{tools}
To call a function, answer with nothing but
<tool_call>{{"name": "<function name>", "arguments": {{<arguments>}}}}</tool_call>
and one such line for each call."""


def takes(model: Model, name: str) -> bool:
    """Whether the model has this input. Of a model that nobody has described, it may."""
    return not model.inputs or name in model.inputs


def is_openai(model: Model) -> bool:
    """Whether the model's inputs follow OpenAI's schema and not Cloudflare's native one."""
    return model.wire in ("openai", "responses")


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
        inputs["messages"] = _messages(generation)
    for name, value in generation.options.items():
        if takes(model, name):
            inputs[name] = clamp(model, name, value)
    if generation.stop and takes(model, "stop"):
        inputs["stop"] = list(generation.stop[:MOST_STOPS])
    _add_tools(generation, inputs)
    _add_format(generation, inputs)
    limit = _room(generation, inputs)
    _add_reasoning(generation, inputs, limit)
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


# --- messages --------------------------------------------------------------------------------


def _messages(generation: Generation) -> list[dict[str, Any]]:
    messages = [dict(message) for message in generation.messages]
    extra = [text for instruct in _INSTRUCTIONS if (text := instruct(generation))]
    if extra:
        text = "\n\n".join(extra)
        if messages and messages[0]["role"] == "system":
            text = messages.pop(0)["content"] + "\n\n" + text
        messages.insert(0, {"role": "system", "content": text})
    if not native_tools(generation.model):
        messages = [_without_tool_roles(message) for message in messages]
    messages = _fold_system(messages, leading=not generation.model.system_role)
    if not is_openai(generation.model):
        for message in messages:
            message.pop("reasoning", None)
    return messages


def native_tools(model: Model) -> bool:
    """False for models known to have no function calling; they get their tools in words."""
    return model.tools is not False


def _tool_instruction(generation: Generation) -> str:
    if not generation.tools or generation.tool_choice == "none":
        return ""
    model, choice = generation.model, generation.tool_choice
    words = []
    if not native_tools(model):
        listed = "\n".join(json.dumps(tool, ensure_ascii=False) for tool in generation.tools)
        words.append(_TOOL_PROMPT.format(tools=listed))
    if not (native_tools(model) and takes(model, "tool_choice")):
        if choice == "required":
            words.append("You must call at least one of the functions.")
        elif choice == "named":
            words.append(f"You must call the function {generation.tool_name}.")
    return "\n".join(words)


def _format_instruction(generation: Generation) -> str:
    native = takes(generation.model, "response_format") and not generation.schema_in_words
    if not generation.json_mode or native:
        return ""
    text = "Answer with JSON only, without any other text."
    if generation.schema:
        text += " It must follow this JSON schema:\n"
        text += json.dumps(generation.schema.schema, ensure_ascii=False)
    return text


_INSTRUCTIONS: tuple[Callable[[Generation], str], ...] = (_tool_instruction, _format_instruction)


def _without_tool_roles(message: dict[str, Any]) -> dict[str, Any]:
    """Tool calls and results in the words of :data:`_TOOL_PROMPT`."""
    if message["role"] == "tool":
        return {"role": "user", "content": "Result of the function call:\n" + message["content"]}
    calls = message.pop("tool_calls", None)
    if calls:
        lines = [
            f'<tool_call>{{"name": {json.dumps(call["function"]["name"])}, '
            f'"arguments": {call["function"]["arguments"]}}}</tool_call>'
            for call in calls
        ]
        text = message.get("content") or ""
        message["content"] = "\n".join([text, *lines] if text else lines)
    return message


def _fold_system(messages: Iterable[dict[str, Any]], *, leading: bool) -> list[dict[str, Any]]:
    """System text goes before the next user message: what does not stand at the beginning, which
    some templates refuse (qwen3.8), and with ``leading`` all of it, for those without the role."""
    folded: list[dict[str, Any]] = []
    waiting: list[str] = []
    for message in messages:
        if message["role"] == "system":
            if folded and folded[-1]["role"] == "system":
                folded[-1]["content"] += "\n\n" + message["content"]
            elif folded or leading:
                waiting.append(message["content"])
            else:
                folded.append(message)
            continue
        if waiting and message["role"] == "user":
            content = message["content"]
            text = "\n\n".join(waiting)
            message["content"] = (
                f"{text}\n\n{content}"
                if isinstance(content, str)
                else [{"type": "text", "text": text}, *content]
            )
            waiting = []
        folded.append(message)
    if waiting:
        folded.append({"role": "user", "content": "\n\n".join(waiting)})
    return folded


# --- tools and formats -----------------------------------------------------------------------


def _add_tools(generation: Generation, inputs: dict[str, Any]) -> None:
    model, choice = generation.model, generation.tool_choice
    if not generation.tools or choice == "none" or not native_tools(model):
        return
    tools = generation.tools
    if not takes(model, "tool_choice"):
        if choice == "named":
            tools = [tool for tool in tools if tool["name"] == generation.tool_name]
    elif choice == "named":
        inputs["tool_choice"] = {"type": "function", "function": {"name": generation.tool_name}}
    elif choice == "required":
        inputs["tool_choice"] = "required"
    describe = dict if is_openai(model) else _described
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
    if not generation.json_mode or not takes(generation.model, "response_format"):
        return
    schema = generation.schema
    if schema is None or generation.schema_in_words:
        inputs["response_format"] = {"type": "json_object"}
        return
    body: Any = schema.schema
    if is_openai(generation.model):
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


# --- reasoning -------------------------------------------------------------------------------


def _add_reasoning(generation: Generation, inputs: dict[str, Any], limit: int) -> None:
    """Sets the model's own switches for the effort asked for (``reasoning.control`` of its row)."""
    model, effort = generation.model, generation.effort
    reasoning = model.reasoning
    template: dict[str, Any] = {}
    if reasoning and reasoning.supported:
        switch = generation.template.get("enable_thinking")
        if effort is None and switch is False:
            effort = "none"
        can_switch_off = reasoning.can_disable or reasoning.soft_switch
        if effort is None and switch is None and limit < THINKING_BUDGET and can_switch_off:
            effort = "none"
        if effort is not None:
            for name, accepted in reasoning.control.items():
                _control(name, accepted, effort, reasoning, inputs, template)
            if effort == "none" and switch is not True and reasoning.soft_switch:
                _append_soft_switch(inputs, reasoning.soft_switch)
    template.update(generation.template)
    if template and takes(model, "chat_template_kwargs"):
        inputs["chat_template_kwargs"] = template


def _control(
    name: str,
    accepted: Sequence[Any],
    effort: str,
    reasoning: Reasoning,
    inputs: dict[str, Any],
    template: dict[str, Any],
) -> None:
    _, _, key = name.rpartition(".")
    if key == "reasoning_effort":
        if effort != "none" or effort in accepted or not reasoning.can_disable:
            inputs[key] = _nearest(effort, accepted, reasoning.aliases)
        # Otherwise another switch turns thinking off.
    elif key == "enable_thinking":
        wanted = effort != "none"
        if wanted in accepted:
            template[key] = wanted
    elif key == "low_effort":
        template[key] = effort in ("minimal", "low")
    # ``reasoning.effort`` belongs to calls with ``input``; messages are sent here.


def _nearest(effort: str, accepted: Sequence[str], aliases: Mapping[str, str]) -> str:
    """The accepted effort that is nearest. Of two the service's own alias wins; but an alias that
    is far away, such as ``none`` for ``max``, is not what was asked for."""
    if effort in accepted:
        return effort
    alias = aliases.get(effort)
    place = EFFORTS.index(effort)
    # Somebody who asks for a little thinking gets none only if the service means that.
    names = [name for name in accepted if name != "none" or alias == "none"]
    return min(
        names or accepted, key=lambda name: (abs(EFFORTS.index(name) - place), name != alias)
    )


def _append_soft_switch(inputs: dict[str, Any], words: str) -> None:
    """To the system message, which is no text that a model repeats, translates or reads as JSON;
    without one to the last user message."""
    messages = inputs.get("messages", [])
    system = [message for message in messages if message["role"] == "system"]
    for message in [*system[-1:], *reversed(messages)]:
        if message["role"] in ("system", "user"):
            content = message["content"]
            message["content"] = (
                f"{content} {words}"
                if isinstance(content, str)
                else [*content, {"type": "text", "text": words}]
            )
            return
