"""Reads ``POST /v1/messages`` requests as a :class:`Generation`.

Fields and shapes follow Anthropic's published Messages API, its beta included. What would run at
Anthropic (server tools, MCP servers) is left out; what the client relies on (stored files) is
rejected by name.
"""

from collections.abc import Mapping
from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from handlers.anthropic.conversation import ConversationReader, read_system
from handlers.anthropic.tools import forbids_parallel_calls, read_tools
from handlers.openai.chat.request import TEXT_GENERATION
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, require_field, select_options
from handlers.reading.sampling import read_affinity
from handlers.reading.vision import Vision
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Effort
from workers_ai.catalogue.names import effort_in_name
from workers_ai.text.generation import Generation, Schema
from workers_ai.text.inputs import estimate_input_tokens

_check_thinking = fields.one_of("enabled", "adaptive", "between_tools", "disabled")
_check_effort = fields.one_of("low", "medium", "high", "xhigh", "max")
_check_budget = fields.within(fields.integer, 1024, None)
_check_display = fields.one_of("summarized", "updates", "omitted")


def _reject_thread(value: Any, param: str) -> None:
    """Rejects a thread in the words at which Anthropic's tool runners send the whole conversation
    instead."""
    if value:
        error = BadRequest(
            "Nothing is stored here: send the whole conversation without 'thread'.",
            param=param,
            code="thread_unsupported_request",
        )
        error.details = {"unsupported": ["thread"]}
        raise error


FIELDS = (
    Field("model", fields.text),
    Field("messages", fields.array),
    Field("max_tokens", fields.within(fields.integer, 1, None)),
    Field("system", fields.text_or_array),
    Field("stream", fields.boolean),
    Field(
        "stop_sequences", fields.stop_sequences, remark="enforced here where the model ignores it"
    ),
    Field("tools", fields.array),
    Field("tool_choice", fields.mapping),
    Field("thinking", fields.mapping, remark="absent: no thinking, if the model can disable it"),
    Field("output_config", fields.mapping, remark="{effort, format}"),
    Field("output_format", fields.mapping, remark="the beta's older output_config.format"),
    Field("metadata", fields.mapping, remark="user_id keeps calls on one replica"),
    # Removed from the newest published types, still sent by most clients.
    Field("temperature", fields.within(fields.number, 0, 1), option=True),
    Field("top_p", fields.within(fields.number, 0, 1), option=True),
    Field("top_k", fields.integer, option=True, remark="clamped to what the model takes"),
    Field("thread", _reject_thread),
    # Ignored on purpose: nothing here stores, bills or runs code.
    Field("billing_policy", remark="there is no bill"),
    Field("cache_control", remark="Workers AI caches by itself"),
    Field("compaction", remark="the conversation is sent as it is"),
    Field("container", remark="only of use to server tools, which are refused"),
    Field("context_management", remark="the conversation is sent as it is"),
    Field("diagnostics", remark="of Anthropic's own cache"),
    Field("fallbacks", remark="another model only where the operator has configured one"),
    Field("mcp_servers", remark="no MCP server is called from here; declare its tools"),
    Field("inference_geo", remark="Cloudflare chooses the place"),
    Field("service_tier", remark="there is one"),
    Field("speed", remark="there is one"),
    Field("user_profile_id", remark="for Anthropic's abuse monitoring"),
    Field("workspace_id", remark="a header that the published types list here"),
)


async def read_messages_request(
    body: dict[str, Any], ports: Ports
) -> tuple[dict[str, Any], Generation]:
    """Returns the checked fields and the generation they ask for."""
    values = read_fields(body, FIELDS)
    require_field(values, "max_tokens")
    return values, await _build_generation(values, ports, load_images=True)


async def count_input_tokens(body: dict[str, Any], ports: Ports) -> int:
    """Estimates the tokens of a request's input. Images are counted without being loaded."""
    generation = await _build_generation(read_fields(body, FIELDS), ports, load_images=False)
    return estimate_input_tokens(generation)


async def _build_generation(
    values: dict[str, Any], ports: Ports, *, load_images: bool
) -> Generation:
    messages = require_field(values, "messages")
    name = require_field(values, "model")
    model = await resolve_model(name, TEXT_GENERATION, ports)
    tools = read_tools(values)
    options = select_options(values, FIELDS)
    if forbids_parallel_calls(values):
        options["parallel_tool_calls"] = False
    effort, is_shown = _read_thinking(values, effort_in_name(name, model.id))
    schema = _read_schema(values)
    conversation = ConversationReader(Vision(model, ports) if load_images else None)
    return Generation(
        model=model,
        messages=[*read_system(values), *await conversation.read(messages)],
        max_tokens=values.get("max_tokens"),
        options=options,
        stop=[stop for stop in values.get("stop_sequences", ()) if stop],
        report_stop_sequence=True,
        tools=tools.functions,
        tool_choice=tools.choice,
        tool_name=tools.name,
        json_mode=schema is not None,
        schema=schema,
        effort=effort,
        reasoning_format="parsed" if is_shown else "hidden",
        affinity=_read_affinity(values),
    )


_BUDGETS: tuple[tuple[int, Effort], ...] = ((4096, "low"), (16_384, "medium"))
"""The effort for ``budget_tokens`` up to a limit; beyond the last, it is high."""


def _read_thinking(values: Mapping[str, Any], named: Effort | None) -> tuple[Effort, bool]:
    """Returns the effort, and whether the thinking is part of the answer. ``named``: the effort in
    the model's name, for where no field says one.

    It is only if the client asks for it: other clients read the first content block as the answer's
    text, and expect all of ``max_tokens`` for it.
    """
    thinking = values.get("thinking", {"type": "disabled"})
    kind = _check_thinking(thinking.get("type"), "thinking.type")
    effort = values.get("output_config", {}).get("effort")
    if effort is not None:
        effort = _check_effort(effort, "output_config.effort")
    if kind == "disabled":
        return ("none" if "thinking" in values else effort or named or "none"), False
    budget = thinking.get("budget_tokens")
    if budget is not None:
        budget = _check_budget(budget, "thinking.budget_tokens")
        effort = effort or next((name for limit, name in _BUDGETS if budget <= limit), "high")
    display = thinking.get("display")
    if display is not None:
        display = _check_display(display, "thinking.display")
    return effort or named or "medium", display != "omitted"


def _read_schema(values: Mapping[str, Any]) -> Schema | None:
    """Returns the schema in ``output_config``, else in the older ``output_format``, else None."""
    param, format = "output_config.format", values.get("output_config", {}).get("format")
    if format is None:
        param, format = "output_format", values.get("output_format")
    if format is None:
        return None
    format = fields.mapping(format, param)
    fields.one_of("json_schema")(format.get("type"), f"{param}.type")
    return Schema(fields.mapping(format.get("schema"), f"{param}.schema"), strict=True)


def _read_affinity(values: Mapping[str, Any]) -> str | None:
    user = values.get("metadata", {}).get("user_id")
    return read_affinity({"user": fields.text(user, "metadata.user_id")}) if user else None
