"""``POST /v1/responses`` requests to a :class:`Generation`.

Fields and shapes follow OpenAI's published schema. Nothing is stored here and no tool runs here, so
what needs either is refused by name.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from handlers.openai.chat.request import TASK
from handlers.reading import fields, tools
from handlers.reading.conversation import History, flat
from handlers.reading.fields import Field
from handlers.reading.reasoning import effort, reasoning_format
from handlers.reading.response_format import response_format
from handlers.reading.sampling import IGNORED, SAMPLING, affinity
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Model
from workers_ai.text.generation import Generation

LOGPROBS = "message.output_text.logprobs"
"""The value of ``include`` that asks for log probabilities. The others ask for what comes of tools
that do not run here, or for thinking in ciphers, which is given in the clear."""


def _refused(why: str) -> fields.Check:
    def check(value: Any, param: str) -> None:
        if value:
            raise BadRequest(
                f"'{param}' cannot be used: {why}.", param=param, code="unsupported_parameter"
            )

    return check


_STATELESS = "nothing is stored here; send the whole conversation as input"


def _metadata(value: Any, param: str) -> dict[str, str]:
    found: dict[str, str] = fields.mapping(value, param)
    for text in found.values():
        fields.text(text, param)
    return found


_verbosity = fields.one_of("low", "medium", "high")
_summary = fields.one_of("auto", "concise", "detailed")


def _text(value: Any, param: str) -> dict[str, Any]:
    found: dict[str, Any] = fields.mapping(value, param)
    if found.get("verbosity") is not None:
        _verbosity(found["verbosity"], f"{param}.verbosity")
    if found.get("format") is not None:
        format = fields.mapping(found["format"], f"{param}.format")
        if format.get("type") == "json_schema" and "json_schema" not in format:
            fields.mapping(format.get("schema"), f"{param}.format.schema")
    return found


def _reasoning(value: Any, param: str) -> dict[str, Any]:
    found: dict[str, Any] = fields.mapping(value, param)
    for name in ("summary", "generate_summary"):
        if found.get(name) is not None:
            _summary(found[name], f"{param}.{name}")
    return found


FIELDS = (
    Field("model", fields.text),
    Field("input", fields.text_or_array, remark="messages, calls and their results, reasoning"),
    Field("instructions", fields.text, remark="a system message before all others"),
    Field("stream", fields.boolean),
    Field("max_output_tokens", fields.within(fields.integer, 1, None)),
    *tools.FIELDS,
    Field("text", _text, remark="format; no model here has verbosity"),
    Field("reasoning", _reasoning, remark="effort; summary gives the thinking as one"),
    Field("include", fields.strings(20), remark=LOGPROBS),
    Field("top_logprobs", fields.within(fields.integer, 0, 20), remark="asks for them too"),
    # temperature and top_p, and what chat clients know besides.
    *(row for row in SAMPLING if row.option),
    Field("user", fields.text, remark="keeps calls on one replica"),
    Field("prompt_cache_key", fields.text, remark="the same, and wins"),
    Field("background", _refused("an answer lasts no longer than its request"), remark="400"),
    Field("conversation", _refused(_STATELESS), remark="400"),
    Field("previous_response_id", _refused(_STATELESS), remark="400"),
    Field("prompt", _refused("no prompt is stored here; send it as input"), remark="400"),
    # Only repeated in the answer.
    Field(
        "max_tool_calls",
        fields.within(fields.integer, 1, None),
        remark="counts tools that do not run here",
    ),
    Field("metadata", _metadata),
    Field("safety_identifier", fields.text, remark="for OpenAI's abuse monitoring"),
    Field("truncation", fields.one_of("auto", "disabled"), remark="nothing is ever cut"),
    # Accepted and ignored on purpose.
    *IGNORED,
    Field("access_programs", remark="of OpenAI's own models"),
    Field("background_options", remark="only read with background"),
    Field("context_management", remark="nothing is ever cut"),
    Field("image", remark="of OpenAI's own models"),
    Field("stream_options", remark="padding that hides a token's length; none is sent"),
)


async def read(body: dict[str, Any], ports: Ports) -> tuple[dict[str, Any], Generation]:
    """The checked fields and the generation they ask for."""
    values = fields.read(body, FIELDS)
    given = fields.required(values, "input")
    model = await resolve_model(fields.required(values, "model"), TASK, ports)
    if given == []:
        raise BadRequest("'input' must not be empty.", param="input", code="invalid_value")
    items = [{"role": "user", "content": given}] if isinstance(given, str) else given
    declared, choice, tool_name = tools.read_tools(values)
    json_mode, schema = response_format(values.get("text", {}).get("format"), "text.format")
    options = fields.options(values, FIELDS)
    options.update(_logprobs(values, model))
    generation = Generation(
        model=model,
        messages=await _Input(model, ports, values.get("instructions")).read(items),
        max_tokens=values.get("max_output_tokens"),
        options=options,
        tools=declared,
        tool_choice=choice,
        tool_name=tool_name,
        json_mode=json_mode,
        schema=schema,
        effort=effort(values),
        reasoning_format=reasoning_format(values),
        affinity=affinity(values),
    )
    return values, generation


def _logprobs(values: Mapping[str, Any], model: Model) -> dict[str, Any]:
    top = values.get("top_logprobs", 0)
    included = LOGPROBS in values.get("include", ())
    if not (top or included):
        return {}
    if not model.accepts_input("logprobs"):
        raise BadRequest(
            "This model gives no log probabilities.",
            param="include" if included else "top_logprobs",
            code="unsupported_parameter",
        )
    return {"logprobs": True, **({"top_logprobs": top} if top else {})}


class _Input:
    """Brings input items into messages. What a model said in one turn, its thinking, words and
    calls, are items of their own here and one message there."""

    def __init__(self, model: Model, ports: Ports, instructions: str | None) -> None:
        self._history = History(model, ports)
        self._messages: list[dict[str, Any]] = []
        if instructions:
            self._messages.append({"role": "system", "content": instructions})
        self._thoughts: list[str] = []
        """Of the turn that comes next."""
        self._images: list[dict[str, Any]] = []
        """Of the results before: no model takes them in a tool's message."""

    async def read(self, items: Sequence[Any]) -> list[dict[str, Any]]:
        for place, item in enumerate(items):
            param = f"input[{place}]"
            item = fields.mapping(item, param)
            # Both kinds may leave their type out.
            kind = item.get("type") or ("message" if "role" in item else "item_reference")
            if kind == "item_reference":
                raise BadRequest(
                    f"'{param}' refers to an item, but {_STATELESS}.",
                    param=param,
                    code="unsupported_value",
                )
            reader = self._KINDS[fields.one_of(*self._KINDS)(kind, f"{param}.type")]
            if kind != "function_call_output":
                self._show_images()
            await reader(self, item, param)
        self._show_images()
        return self._messages

    async def _message(self, item: dict[str, Any], param: str) -> None:
        message = await self._history.message(item, param)
        if message["role"] == "assistant":
            self._say(message)
        else:
            self._thoughts = []  # an answer never came of them
            self._messages.append(message)

    async def _call(self, item: dict[str, Any], param: str) -> None:
        call = self._history.call({**item, "id": item.get("call_id")}, param)
        last = self._messages[-1] if self._messages else {}
        if last.get("role") != "assistant" or self._thoughts:
            last = {"role": "assistant", "content": ""}
            self._say(last)
        last.setdefault("tool_calls", []).append(call)

    async def _result(self, item: dict[str, Any], param: str) -> None:
        output = item.get("output")
        if isinstance(output, list):
            parts = [
                await self._history.part(part, f"{param}.output[{place}]")
                for place, part in enumerate(output)
            ]
            self._images += [part for part in parts if part["type"] != "text"]
            output = [part for part in parts if part["type"] == "text"]
        content = flat(output, f"{param}.output")
        result = {"role": "tool", "tool_call_id": item.get("call_id"), "content": content}
        self._messages.append(await self._history.message(result, param))

    async def _reasoning(self, item: dict[str, Any], param: str) -> None:
        """The thinking itself, else its summary. What is given in ciphers only another service
        could read."""
        for name in ("content", "summary"):
            parts = fields.array(item.get(name) or [], f"{param}.{name}")
            for place, part in enumerate(parts):
                part = fields.mapping(part, f"{param}.{name}[{place}]")
                text = fields.text(part.get("text"), f"{param}.{name}[{place}].text")
                self._thoughts.append(text)
            if parts:
                return

    def _say(self, message: dict[str, Any]) -> None:
        if self._thoughts:
            message["reasoning"] = "\n".join(self._thoughts)
            self._thoughts = []
        self._messages.append(message)

    def _show_images(self) -> None:
        if self._images:
            text = {"type": "text", "text": "The images in the results above:"}
            self._messages.append({"role": "user", "content": [text, *self._images]})
            self._images = []

    _KINDS: Mapping[str, Callable[["_Input", dict[str, Any], str], Awaitable[None]]] = {
        "message": _message,
        "function_call": _call,
        "function_call_output": _result,
        "reasoning": _reasoning,
    }


# --- what the answer repeats -----------------------------------------------------------------


def echo(values: Mapping[str, Any], generation: Generation) -> dict[str, Any]:
    """The request's part of a Response: what was asked for, or what holds where nothing was."""
    reasoning, text = values.get("reasoning", {}), values.get("text", {})
    kept = (
        "instructions",
        "max_output_tokens",
        "max_tool_calls",
        "prompt_cache_key",
        "safety_identifier",
        "temperature",
        "top_p",
        "user",
    )
    return {
        "model": values["model"],
        **{name: values.get(name) for name in kept},
        "access_programs": None,
        "background": False,
        "metadata": values.get("metadata", {}),
        "parallel_tool_calls": values.get("parallel_tool_calls", True),
        "previous_response_id": None,
        "prompt": None,
        "reasoning": {
            "effort": generation.effort,
            "summary": reasoning.get("summary") or reasoning.get("generate_summary"),
        },
        "service_tier": "default",
        "store": False,
        "text": {"format": _format(generation), "verbosity": text.get("verbosity", "medium")},
        "tool_choice": _choice(values.get("tool_choice"), generation),
        "tools": [_tool(tool) for tool in values.get("tools", ())],
        "top_logprobs": values.get("top_logprobs", 0),
        "truncation": values.get("truncation", "disabled"),
    }


def _format(generation: Generation) -> dict[str, Any]:
    schema = generation.schema
    if schema is None:
        return {"type": "json_object" if generation.json_mode else "text"}
    return {
        "type": "json_schema",
        "name": schema.name,
        "description": schema.description,
        "schema": schema.schema,
        "strict": schema.strict,
    }


def _choice(given: Any, generation: Generation) -> str | dict[str, Any]:
    if generation.tool_choice == "named":
        return {"type": "function", "name": generation.tool_name}
    if isinstance(given, dict) and generation.tools:
        allowed = [{"type": "function", "name": tool["name"]} for tool in generation.tools]
        return {"type": "allowed_tools", "mode": generation.tool_choice, "tools": allowed}
    return generation.tool_choice


def _tool(given: Mapping[str, Any]) -> dict[str, Any]:
    function = given.get("function", given)
    description, strict = function.get("description"), function.get("strict")
    return {
        "type": "function",
        "name": function["name"],
        "description": description if isinstance(description, str) else None,
        "parameters": function.get("parameters"),
        "strict": strict is True,
    }
