"""Writes the fields of the request that a Response repeats."""

from collections.abc import Mapping
from typing import Any

from workers_ai.text.generation import Generation, ToolOrigin


def echo_request(
    values: Mapping[str, Any], generation: Generation, *, is_stored: bool = False
) -> dict[str, Any]:
    """Returns the fields that a Response repeats: the client's values, or the defaults."""
    reasoning, text = values.get("reasoning", {}), values.get("text", {})
    repeated = (
        "instructions",
        "max_output_tokens",
        "max_tool_calls",
        "previous_response_id",
        "prompt_cache_key",
        "safety_identifier",
        "temperature",
        "top_p",
    )
    return {
        "model": values["model"],
        **{name: values.get(name) for name in repeated},
        **({"user": values["user"]} if "user" in values else {}),
        "access_programs": None,
        "background": False,
        "metadata": values.get("metadata", {}),
        "parallel_tool_calls": values.get("parallel_tool_calls", True),
        "prompt": None,
        "reasoning": {
            "effort": generation.effort,
            "summary": reasoning.get("summary") or reasoning.get("generate_summary"),
        },
        "service_tier": "default",
        "store": is_stored,
        "text": {"format": _write_format(generation), "verbosity": text.get("verbosity", "medium")},
        "tool_choice": _write_choice(values.get("tool_choice"), generation),
        "tools": [_write_tool(tool) for tool in values.get("tools", ())],
        "top_logprobs": values.get("top_logprobs", 0),
        "truncation": values.get("truncation", "disabled"),
    }


def _write_format(generation: Generation) -> dict[str, Any]:
    schema = generation.schema
    if schema is None:
        return {"type": "json_object" if generation.json_mode else "text"}
    value = {
        "type": "json_schema",
        "name": schema.name,
        "schema": schema.schema,
        "strict": schema.strict,
    }
    if schema.description is not None:
        value["description"] = schema.description
    return value


def _write_choice(choice: Any, generation: Generation) -> str | dict[str, Any]:
    origins = generation.tool_origins
    if generation.tool_choice == "named":
        return _name_tool(generation.tool_name or "", origins)
    if isinstance(choice, dict) and generation.tools:
        allowed = [_name_tool(tool["name"], origins) for tool in generation.tools]
        return {"type": "allowed_tools", "mode": generation.tool_choice, "tools": allowed}
    return generation.tool_choice


def _name_tool(function: str, origins: Mapping[str, ToolOrigin]) -> dict[str, Any]:
    origin = origins.get(function) or ToolOrigin(function)
    return {"type": "custom" if origin.is_custom else "function", "name": origin.name}


def _write_tool(tool: Mapping[str, Any]) -> dict[str, Any]:
    if "function" not in tool and tool.get("type", "function") != "function":
        return dict(tool)
    function = tool.get("function", tool)
    description, strict = function.get("description"), function.get("strict")
    return {
        "type": "function",
        "name": function["name"],
        "description": description if isinstance(description, str) else None,
        "parameters": function.get("parameters"),
        "strict": strict is True,
    }
