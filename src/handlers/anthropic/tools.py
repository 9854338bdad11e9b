"""Reads declared tools and the choice among them, in Anthropic's form."""

from collections.abc import Mapping
from typing import Any

from core.errors import BadRequest
from handlers.reading import fields
from handlers.reading.tools import Tools, check_name
from workers_ai.text.generation import ToolChoice

_TEXT, _NUMBERS = {"type": "string"}, {"type": "array", "items": {"type": "integer"}}


def _commands(*names: str, **others: Any) -> dict[str, Any]:
    command = {"type": "string", "enum": names}
    return {
        "type": "object",
        "properties": {"command": command, **others},
        "required": ["command"],
    }


_OWN_TOOLS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "bash": (
        "Runs a command in a bash session that stays open; `restart` begins a new one.",
        {"type": "object", "properties": {"command": _TEXT, "restart": {"type": "boolean"}}},
    ),
    "text_editor": (
        "Views, creates and edits files.",
        _commands(
            *("view", "create", "str_replace", "insert"),
            path=_TEXT,
            file_text=_TEXT,
            old_str=_TEXT,
            new_str=_TEXT,
            insert_line={"type": "integer"},
            insert_text=_TEXT,
            view_range=_NUMBERS,
        ),
    ),
    "memory": (
        "Keeps files below /memories from one conversation to the next.",
        _commands(
            *("view", "create", "str_replace", "insert", "delete", "rename"),
            path=_TEXT,
            file_text=_TEXT,
            old_str=_TEXT,
            new_str=_TEXT,
            insert_line={"type": "integer"},
            insert_text=_TEXT,
            view_range=_NUMBERS,
            old_path=_TEXT,
            new_path=_TEXT,
        ),
    ),
}
"""Anthropic's tools that the client runs: what begins their type (a date follows), what they do,
and the input that Anthropic's models are trained to give them. Others run at Anthropic, or need a
model that sees and clicks, and are left out."""

_CHOICES: Mapping[str, ToolChoice] = {
    "auto": "auto",
    "any": "required",
    "tool": "named",
    "none": "none",
}
_check_choice = fields.one_of(*_CHOICES)


def read_tools(values: Mapping[str, Any]) -> Tools:
    """Reads ``tools`` and ``tool_choice``."""
    tools = [
        _read_tool(tool, f"tools[{place}]") for place, tool in enumerate(values.get("tools", ()))
    ]
    functions = [function for function in tools if function is not None]
    choice = values.get("tool_choice")
    if choice is None:
        return Tools(functions)
    kind = _check_choice(choice.get("type"), "tool_choice.type")
    name = choice.get("name") if kind == "tool" else None
    if kind == "tool" and name not in [function["name"] for function in functions]:
        raise BadRequest(
            "'tool_choice.name' must name one of the declared tools that the client runs.",
            param="tool_choice.name",
            code="invalid_value",
        )
    if kind == "any" and tools and not functions:
        raise BadRequest(
            "'tool_choice' forces a tool, and none of the declared ones runs here: only those that "
            "the client runs itself can be called.",
            param="tool_choice",
            code="unsupported_value",
        )
    return Tools(functions, _CHOICES[kind] if functions else "auto", name)


def _read_tool(tool: Any, param: str) -> dict[str, Any] | None:
    """Returns a tool as a function, None for one that is left out."""
    tool = fields.mapping(tool, param)
    kind = fields.text(tool.get("type") or "custom", f"{param}.type")
    if kind == "function":
        raise BadRequest(
            f"'{param}' has OpenAI's form; name and input_schema are Anthropic's.",
            param=f"{param}.type",
            code="unsupported_value",
        )
    if kind != "custom" and "input_schema" not in tool:
        own = next((own for own in _OWN_TOOLS if kind.startswith(f"{own}_")), None)
        if own is None:
            return None
        name = check_name(tool.get("name", own), f"{param}.name")
        description, parameters = _OWN_TOOLS[own]
        return {"name": name, "description": description, "parameters": dict(parameters)}
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
