"""Reads declared tools and the choice among them, in Anthropic's form."""

from collections.abc import Mapping
from typing import Any

from core.errors import BadRequest
from handlers.reading import fields
from handlers.reading.tools import Tools, check_name
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
"""How the types of Anthropic's own tools begin; a date follows."""


_CHOICES: Mapping[str, ToolChoice] = {
    "auto": "auto",
    "any": "required",
    "tool": "named",
    "none": "none",
}
_check_choice = fields.one_of(*_CHOICES)


def read_tools(values: Mapping[str, Any]) -> Tools:
    """Reads ``tools`` and ``tool_choice``."""
    functions = [
        _read_tool(tool, f"tools[{place}]") for place, tool in enumerate(values.get("tools", ()))
    ]
    choice = values.get("tool_choice")
    if choice is None:
        return Tools(functions)
    kind = _check_choice(choice.get("type"), "tool_choice.type")
    name = choice.get("name") if kind == "tool" else None
    if kind == "tool" and name not in [function["name"] for function in functions]:
        raise BadRequest(
            "'tool_choice.name' must name one of the declared tools.",
            param="tool_choice.name",
            code="invalid_value",
        )
    return Tools(functions, _CHOICES[kind] if functions else "auto", name)


def _read_tool(tool: Any, param: str) -> dict[str, Any]:
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
        "name": check_name(tool.get("name"), f"{param}.name"),
        "description": description if isinstance(description, str) else "",
        "parameters": fields.mapping(tool.get("input_schema"), f"{param}.input_schema"),
    }


def forbids_parallel_calls(values: Mapping[str, Any]) -> bool:
    """Returns whether the model may call one tool at a time only."""
    param = "disable_parallel_tool_use"
    disable = values.get("tool_choice", {}).get(param)
    return disable is not None and fields.boolean(disable, f"tool_choice.{param}")
