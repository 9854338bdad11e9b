"""Reads declared tools and the choice among them, in every form that clients send."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from core.errors import BadRequest
from core.limits import TOOL_NAME_CHARACTERS
from handlers.reading import fields
from handlers.reading.fields import Field
from workers_ai.text.generation import ToolChoice

TOOL_FIELDS = (
    Field("tools", fields.array, remark="functions only"),
    Field("tool_choice", fields.text_or_mapping),
    Field("parallel_tool_calls", fields.boolean, option=True),
)

_NO_PARAMETERS = {"type": "object", "properties": {}}

UNSUPPORTED_TOOLS = frozenset(
    """apply_patch code_interpreter computer computer_use_preview custom file_search
    image_generation local_shell mcp namespace programmatic_tool_calling shell tool_search
    web_search web_search_2025_08_26 web_search_preview web_search_preview_2025_03_11""".split()
)
"""OpenAI's types of tools besides functions. An error may repeat these names, and no others."""


class Tools(NamedTuple):
    """Function objects (name, description, parameters) and the choice among them: ``auto``,
    ``none``, ``required``, or ``named`` and the ``name``."""

    functions: list[dict[str, Any]]
    choice: ToolChoice = "auto"
    name: str | None = None


_MODES = ("auto", "none", "required", "any")
_check_choice = fields.one_of(*_MODES)
_check_mode = fields.one_of("auto", "required")


def read_tools(values: Mapping[str, Any]) -> Tools:
    """Reads ``tools`` and ``tool_choice``, or the older ``functions`` and ``function_call``."""
    functions = [
        _read_function(tool, f"tools[{place}]")
        for place, tool in enumerate(values.get("tools", ()))
    ]
    functions += [
        _read_function(function, f"functions[{place}]")
        for place, function in enumerate(values.get("functions", ()))
    ]
    param = "tool_choice" if "tool_choice" in values else "function_call"
    choice = values.get(param)
    if not functions or choice is None:
        return Tools(functions)
    if isinstance(choice, dict) and choice.get("type") == "allowed_tools":
        return _read_allowed_tools(choice, functions)
    if isinstance(choice, dict) and choice.get("type") in _MODES and "name" not in choice:
        choice = choice["type"]
    if isinstance(choice, dict):
        function = choice.get("function")
        name = (function if isinstance(function, dict) else choice).get("name")
        declared = [function["name"] for function in functions]
        return Tools(functions, "named", _require_declared(name, declared, param))
    choice = _check_choice(choice, param)
    return Tools(functions, "required" if choice == "any" else choice)


def _read_allowed_tools(choice: Mapping[str, Any], functions: list[dict[str, Any]]) -> Tools:
    """Keeps the functions that a choice of the type ``allowed_tools`` lists."""
    allowed = choice.get("allowed_tools", choice)
    allowed = fields.mapping(allowed, "tool_choice.allowed_tools")
    mode = _check_mode(allowed.get("mode"), "tool_choice.allowed_tools.mode")
    listed = fields.array(allowed.get("tools"), "tool_choice.allowed_tools.tools")
    declared = {function["name"] for function in functions}
    names = set()
    for place, tool in enumerate(listed):
        param = f"tool_choice.allowed_tools.tools[{place}]"
        names.add(_require_declared(_read_function(tool, param)["name"], declared, param))
    return Tools([function for function in functions if function["name"] in names], mode)


def _require_declared(name: Any, declared: Collection[str], param: str) -> str:
    """Returns the name of a declared tool. Raises :class:`BadRequest` for any other."""
    if not isinstance(name, str) or name not in declared:
        raise BadRequest(
            f"'{param}' must name one of the declared tools.", param=param, code="invalid_value"
        )
    return name


def check_name(value: Any, param: str) -> str:
    """Accepts a string of at most :data:`TOOL_NAME_CHARACTERS` characters."""
    name: str = fields.text(value, param)
    if len(name) > TOOL_NAME_CHARACTERS:
        raise BadRequest(
            f"'{param}' must have at most {TOOL_NAME_CHARACTERS} characters.",
            param=param,
            code="invalid_value",
        )
    return name


def _read_function(tool: Any, param: str) -> dict[str, Any]:
    """Returns name, description and parameters of a declared tool, nested or flat. Descriptions
    other than text, which Workers AI rejects, are dropped."""
    tool = fields.mapping(tool, param)
    kind = tool.get("type", "function")
    if kind != "function":
        is_known = isinstance(kind, str) and kind in UNSUPPORTED_TOOLS
        others = f"{kind} tools do not" if is_known else "no other tools"
        raise BadRequest(
            f"'{param}.type' must be function: {others} run here.",
            param=f"{param}.type",
            code="unsupported_value",
        )
    if "function" in tool:
        param += ".function"
    function = fields.mapping(tool.get("function", tool), param)
    name = check_name(function.get("name"), f"{param}.name")
    parameters = function.get("parameters")
    if parameters is None:
        parameters = _NO_PARAMETERS
    description = function.get("description")
    return {
        "name": name,
        "description": description if isinstance(description, str) else "",
        "parameters": fields.mapping(parameters, f"{param}.parameters"),
    }
