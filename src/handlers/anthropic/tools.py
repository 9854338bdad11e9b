"""Declared tools and the choice among them, as Anthropic has them."""

from collections.abc import Mapping
from typing import Any

from core.errors import BadRequest
from handlers.reading import fields
from workers_ai.text.generation import ToolChoice

_ANTHROPIC_TOOLS = (
    "bash",
    "text_editor",
    "computer",
    "browser",
    "memory",
    "web_search",
    "web_fetch",
    "code_execution",
    "tool_search",
    "mcp_toolset",
    "advisor",
)
"""What the types of Anthropic's own tools begin with; a date follows."""


def read_tools(values: Mapping[str, Any]) -> tuple[list[dict[str, Any]], ToolChoice, str | None]:
    """Function objects, the choice (auto, none, required, named) and the named one."""
    tools = [_tool(tool, f"tools[{place}]") for place, tool in enumerate(values.get("tools", ()))]
    given = values.get("tool_choice")
    if given is None:
        return tools, "auto", None
    kind = fields.one_of(*_CHOICES)(given.get("type"), "tool_choice.type")
    if kind == "tool" and given.get("name") not in [tool["name"] for tool in tools]:
        raise BadRequest(
            "'tool_choice.name' must name one of the declared tools.",
            param="tool_choice.name",
            code="invalid_value",
        )
    return tools, _CHOICES[kind] if tools else "auto", given["name"] if kind == "tool" else None


_CHOICES: Mapping[str, ToolChoice] = {
    "auto": "auto",
    "any": "required",
    "tool": "named",
    "none": "none",
}


def _tool(tool: Any, param: str) -> dict[str, Any]:
    tool = fields.mapping(tool, param)
    kind = tool.get("type")
    if kind not in (None, "custom"):
        own = next((name for name in _ANTHROPIC_TOOLS if str(kind).startswith(name)), None)
        raise BadRequest(
            f"'{param}.type' must be custom, with an input_schema; "
            + (f"Anthropic's {own} tool is not available here." if own else "no others run here."),
            param=f"{param}.type",
            code="unsupported_value",
        )
    description = tool.get("description")
    return {
        "name": fields.text(tool.get("name"), f"{param}.name"),
        "description": description if isinstance(description, str) else "",
        "parameters": fields.mapping(tool.get("input_schema"), f"{param}.input_schema"),
    }


def forbids_parallel_calls(values: Mapping[str, Any]) -> bool:
    param = "disable_parallel_tool_use"
    disabled = values.get("tool_choice", {}).get(param)
    return disabled is not None and fields.boolean(disabled, f"tool_choice.{param}")
