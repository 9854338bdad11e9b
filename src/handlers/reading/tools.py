"""Declared tools and the choice among them, in every form that clients send."""

from collections.abc import Collection, Mapping
from typing import Any

from core.errors import BadRequest
from handlers.reading import fields
from handlers.reading.fields import Field
from workers_ai.text.generation import ToolChoice

FIELDS = (
    Field("tools", fields.array, remark="functions only"),
    Field("tool_choice", fields.text_or_mapping),
    Field("parallel_tool_calls", fields.boolean, option=True),
)

_NO_PARAMETERS = {"type": "object", "properties": {}}

OTHERS = frozenset(
    """apply_patch code_interpreter computer computer_use_preview custom file_search
    image_generation local_shell mcp namespace programmatic_tool_calling shell tool_search
    web_search web_search_2025_08_26 web_search_preview web_search_preview_2025_03_11""".split()
)
"""Types of tools that OpenAI has besides functions, which an error may therefore name."""


def read_tools(values: Mapping[str, Any]) -> tuple[list[dict[str, Any]], ToolChoice, str | None]:
    """Function objects, the choice (auto, none, required, named) and the named one."""
    tools = [
        _function(tool, f"tools[{place}]") for place, tool in enumerate(values.get("tools", ()))
    ]
    tools += [
        _function(function, f"functions[{place}]")
        for place, function in enumerate(values.get("functions", ()))
    ]
    param = "tool_choice" if "tool_choice" in values else "function_call"
    given = values.get(param)
    if not tools or given is None:
        return tools, "auto", None
    if isinstance(given, dict) and given.get("type") == "allowed_tools":
        return _allowed(given, tools)
    if isinstance(given, dict):
        function = given.get("function")
        name = (function if isinstance(function, dict) else given).get("name")
        declared = [tool["name"] for tool in tools]
        return tools, "named", _declared(name, declared, param)
    choice = fields.one_of("auto", "none", "required", "any")(given, param)
    return tools, "required" if choice == "any" else choice, None


def _allowed(
    given: Mapping[str, Any], tools: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], ToolChoice, None]:
    allowed = given.get("allowed_tools", given)
    allowed = fields.mapping(allowed, "tool_choice.allowed_tools")
    mode = fields.one_of("auto", "required")(allowed.get("mode"), "tool_choice.allowed_tools.mode")
    listed = fields.array(allowed.get("tools"), "tool_choice.allowed_tools.tools")
    declared = {tool["name"] for tool in tools}
    names = set()
    for place, tool in enumerate(listed):
        param = f"tool_choice.allowed_tools.tools[{place}]"
        names.add(_declared(_function(tool, param)["name"], declared, param))
    return [tool for tool in tools if tool["name"] in names], mode, None


def _declared(name: Any, declared: Collection[str], param: str) -> str:
    """The name, if it is that of a declared tool."""
    if not isinstance(name, str) or name not in declared:
        raise BadRequest(
            f"'{param}' must name one of the declared tools.", param=param, code="invalid_value"
        )
    return name


def _function(tool: Any, param: str) -> dict[str, Any]:
    """A declared tool, nested or flat, as name, description and parameters. Descriptions that are
    no text are dropped, as Workers AI refuses them."""
    tool = fields.mapping(tool, param)
    kind = tool.get("type", "function")
    if kind != "function":
        known = isinstance(kind, str) and kind in OTHERS
        others = f"{kind} tools do not" if known else "no other tools"
        raise BadRequest(
            f"'{param}.type' must be function: {others} run here.",
            param=f"{param}.type",
            code="unsupported_value",
        )
    if "function" in tool:
        param += ".function"
    function = fields.mapping(tool.get("function", tool), param)
    name = fields.text(function.get("name"), f"{param}.name")
    parameters = function.get("parameters")
    if parameters is None:
        parameters = _NO_PARAMETERS
    description = function.get("description")
    return {
        "name": name,
        "description": description if isinstance(description, str) else "",
        "parameters": fields.mapping(parameters, f"{param}.parameters"),
    }
