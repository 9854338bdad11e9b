"""``POST /v1/messages`` requests to a :class:`Generation`.

Fields and shapes follow Anthropic's published Messages API, its beta included. What runs on
Anthropic's side there (server tools, stored files, MCP servers) is refused by name.
"""

import json
from collections.abc import Mapping
from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from handlers.anthropic.conversation import Conversation, read_system
from handlers.anthropic.tools import forbids_parallel_calls, read_tools
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, require_field, select_options
from handlers.reading.sampling import read_affinity
from handlers.reading.vision import Vision
from workers_ai import tokens
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Effort
from workers_ai.text.generation import Generation, Schema

TASK = "Text Generation"

EFFORTS = ("low", "medium", "high", "xhigh", "max")


def _elsewhere(words: str) -> fields.Check:
    """For fields that ask for something that only Anthropic's own servers do; empty ones pass."""

    def check(value: Any, param: str) -> Any:
        if value:
            raise BadRequest(f"'{param}': {words}", param=param, code="unsupported_parameter")
        return value

    return check


FIELDS = (
    Field("model", fields.text),
    Field("messages", fields.array),
    Field("max_tokens", fields.within(fields.integer, 1, None)),
    Field("system", fields.text_or_array),
    Field("stream", fields.boolean),
    Field("stop_sequences", fields.strings(16), remark="enforced here where the model ignores it"),
    Field("tools", fields.array),
    Field("tool_choice", fields.mapping),
    Field("thinking", fields.mapping, remark="absent: no thinking, as far as the model can do so"),
    Field("output_config", fields.mapping, remark="{effort, format}"),
    Field("output_format", fields.mapping, remark="the beta's older output_config.format"),
    Field("metadata", fields.mapping, remark="user_id keeps calls on one replica"),
    # Gone from the newest published types, sent by most clients all the same.
    Field("temperature", fields.within(fields.number, 0, 1), option=True),
    Field("top_p", fields.within(fields.number, 0, 1), option=True),
    Field("top_k", fields.integer, option=True, remark="clamped to what the model takes"),
    # Beta fields that cannot be passed over: the client would miss what they bring.
    Field("mcp_servers", _elsewhere("no MCP server is called from here; declare its tools.")),
    Field("thread", _elsewhere("nothing is stored here; send the whole conversation.")),
    # Accepted and ignored on purpose: nothing here stores, bills or runs code.
    Field("billing_policy", remark="there is no bill"),
    Field("cache_control", remark="Workers AI caches by itself"),
    Field("compaction", remark="the conversation is sent as it is"),
    Field("container", remark="only of use to server tools, which are refused"),
    Field("context_management", remark="the conversation is sent as it is"),
    Field("diagnostics", remark="of Anthropic's own cache"),
    Field("fallbacks", remark="another model only where the operator has configured one"),
    Field("inference_geo", remark="Cloudflare chooses the place"),
    Field("service_tier", remark="there is one"),
    Field("speed", remark="there is one"),
    Field("user_profile_id", remark="for Anthropic's abuse monitoring"),
    Field("workspace_id", remark="a header that the published types list here"),
)


async def read(body: dict[str, Any], ports: Ports) -> tuple[dict[str, Any], Generation]:
    """The checked fields of a message to make, and the generation they ask for."""
    values = read_fields(body, FIELDS)
    require_field(values, "max_tokens")
    return values, await _generation(values, ports, look=True)


async def count(body: dict[str, Any], ports: Ports) -> int:
    """About how many tokens a message's input has. Images are counted without being looked at."""
    return estimate(await _generation(read_fields(body, FIELDS), ports, look=False))


def estimate(generation: Generation) -> int:
    """About how many tokens the input has; what the model counted comes with its answer."""
    # As chat templates write tools. In one piece: a walk through their schemas costs far more.
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


async def _generation(values: dict[str, Any], ports: Ports, *, look: bool) -> Generation:
    messages = require_field(values, "messages")
    model = await resolve_model(require_field(values, "model"), TASK, ports)
    tools = read_tools(values)
    options = select_options(values, FIELDS)
    if forbids_parallel_calls(values):
        options["parallel_tool_calls"] = False
    effort, shown = _thinking(values)
    schema = _schema(values)
    conversation = Conversation(Vision(model, ports) if look else None)
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
        reasoning_format="parsed" if shown else "hidden",
        affinity=_read_affinity(values),
    )


_BUDGETS: tuple[tuple[int, Effort], ...] = ((4096, "low"), (16_384, "medium"))
"""Up to how large a ``budget_tokens`` counts as which effort; beyond, it is high."""


def _thinking(values: Mapping[str, Any]) -> tuple[Effort, bool]:
    """The effort, and whether the thinking is part of the answer.

    It is only where the client has asked for it: others take the first content block for the
    answer's text, and count on all of ``max_tokens`` for it.
    """
    given = values.get("thinking", {"type": "disabled"})
    kinds = fields.one_of("enabled", "adaptive", "between_tools", "disabled")
    kind = kinds(given.get("type"), "thinking.type")
    effort = values.get("output_config", {}).get("effort")
    if effort is not None:
        effort = fields.one_of(*EFFORTS)(effort, "output_config.effort")
    if kind == "disabled":
        return ("none" if "thinking" in values else effort or "none"), False
    budget = given.get("budget_tokens")
    if budget is not None:
        budget = fields.within(fields.integer, 1024, None)(budget, "thinking.budget_tokens")
        effort = effort or next((name for most, name in _BUDGETS if budget <= most), "high")
    display = given.get("display")
    if display is not None:
        display = fields.one_of("summarized", "omitted")(display, "thinking.display")
    return effort or "medium", display != "omitted"


def _schema(values: Mapping[str, Any]) -> Schema | None:
    param, given = "output_config.format", values.get("output_config", {}).get("format")
    if given is None:
        param, given = "output_format", values.get("output_format")
    if given is None:
        return None
    given = fields.mapping(given, param)
    fields.one_of("json_schema")(given.get("type"), f"{param}.type")
    return Schema(fields.mapping(given.get("schema"), f"{param}.schema"), strict=True)


def _read_affinity(values: Mapping[str, Any]) -> str | None:
    user = values.get("metadata", {}).get("user_id")
    return read_affinity({"user": fields.text(user, "metadata.user_id")}) if user else None
