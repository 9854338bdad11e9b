"""Reads declared tools and the choice among them, in every form that clients send."""

import re
from binascii import crc32
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from core.errors import BadRequest
from core.limits import TOOL_NAME_CHARACTERS
from handlers.reading import fields, freeform
from handlers.reading.fields import Field
from workers_ai.text.generation import ToolChoice, ToolOrigin

TOOL_FIELDS = (
    Field("tools", fields.array, remark="functions and custom tools; others are left out"),
    Field("tool_choice", fields.text_or_mapping),
    Field("parallel_tool_calls", fields.boolean, option=True),
)

_NO_PARAMETERS = {"type": "object", "properties": {}}


class Tools(NamedTuple):
    """Function objects (name, description, parameters) and the choice among them: ``auto``,
    ``none``, ``required``, or ``named`` and the ``name``. ``origins``: see
    :attr:`Generation.tool_origins`."""

    functions: list[dict[str, Any]]
    choice: ToolChoice = "auto"
    name: str | None = None
    origins: Mapping[str, ToolOrigin] = {}


_MODES: Mapping[str, ToolChoice] = {
    "auto": "auto",
    "none": "none",
    "required": "required",
    "any": "required",
}
_check_choice = fields.one_of(*_MODES)
_check_mode = fields.one_of("auto", "required")


def read_tools(values: Mapping[str, Any], added: Iterable[tuple[Any, str]] = ()) -> Tools:
    """Reads ``tools`` and ``tool_choice``, or the older ``functions`` and ``function_call``.
    ``added``: tools that the conversation declares, each with its ``param``.

    Tools that would run at OpenAI are left out, unless the choice forces one of them.
    """
    declared = _DeclaredTools()
    for place, tool in enumerate(values.get("tools", ())):
        declared.add(tool, f"tools[{place}]")
    for tool, param in added:
        declared.add(tool, param)
    for place, function in enumerate(values.get("functions", ())):
        declared.add(function, f"functions[{place}]")
    param = "tool_choice" if "tool_choice" in values else "function_call"
    choice = values.get(param)
    if choice is None or not (declared.functions or declared.has_others):
        return declared.choose("auto")
    if isinstance(choice, dict) and choice.get("type") == "allowed_tools":
        return _read_allowed_tools(choice, declared)
    if isinstance(choice, dict) and choice.get("type") in _MODES and "name" not in choice:
        choice = choice["type"]
    if isinstance(choice, dict):
        return declared.choose("named", declared.require(choice, param))
    mode: ToolChoice = _MODES[_check_choice(choice, param)]
    if mode == "required" and not declared.functions:
        raise _cannot_run(param)
    return declared.choose(mode)


class _DeclaredTools:
    """The tools of a request, as functions by their names."""

    def __init__(self) -> None:
        self.functions: dict[str, dict[str, Any]] = {}
        self.has_others = False
        """Whether some have been left out."""
        self._origins: dict[str, ToolOrigin] = {}

    def add(self, tool: Any, param: str, namespace: str | None = None) -> None:
        """Adds a tool, or those of a namespace. Raises :class:`BadRequest`."""
        tool = fields.mapping(tool, param)
        kind = "function" if "function" in tool else tool.get("type", "function")
        if kind == "function":
            self._keep(_read_function(tool, param), namespace)
        elif kind == "custom":
            self._keep(_read_custom_tool(tool, param), namespace, is_custom=True)
        elif kind == "namespace" and namespace is None:
            namespace = check_name(tool.get("name"), f"{param}.name")
            for place, inner in enumerate(fields.array(tool.get("tools"), f"{param}.tools")):
                self.add(inner, f"{param}.tools[{place}]", namespace)
        else:
            fields.text(kind, f"{param}.type")
            self.has_others = True

    def _keep(
        self, function: dict[str, Any], namespace: str | None, *, is_custom: bool = False
    ) -> None:
        name = function["name"]
        if namespace is not None or is_custom:
            function["name"] = join_name(namespace, name)
            self._origins[function["name"]] = ToolOrigin(name, namespace, is_custom)
        self.functions[function["name"]] = function

    def choose(
        self, choice: ToolChoice, name: str | None = None, names: Collection[str] | None = None
    ) -> Tools:
        """Returns the tools, only those of these ``names`` if there are any, and the choice."""
        functions = [
            function
            for function in self.functions.values()
            if names is None or function["name"] in names
        ]
        return Tools(functions, choice, name, self._origins)

    def find(self, choice: Mapping[str, Any]) -> str | None:
        """Returns the name of the function that a choice names, None if it is not declared."""
        kind = choice.get("type")
        inner = choice.get(kind) if kind in ("function", "custom") else choice.get("function")
        inner = inner if isinstance(inner, dict) else choice
        name, namespace = inner.get("name"), inner.get("namespace", choice.get("namespace"))
        if not isinstance(name, str):
            return None
        if isinstance(namespace, str):
            name = join_name(namespace, name)
        if name in self.functions:
            return name
        alike = [flat for flat, origin in self._origins.items() if origin.name == name]
        return alike[0] if alike else None

    def require(self, choice: Mapping[str, Any], param: str) -> str:
        """Returns the same. Raises :class:`BadRequest` if there is none."""
        if choice.get("type", "function") not in ("function", "custom", "tool"):
            raise _cannot_run(param)
        name = self.find(choice)
        if name is None:
            raise BadRequest(
                f"'{param}' must name one of the declared tools.", param=param, code="invalid_value"
            )
        return name


def _read_allowed_tools(choice: Mapping[str, Any], declared: _DeclaredTools) -> Tools:
    """Keeps the functions that a choice of the type ``allowed_tools`` lists."""
    allowed = choice.get("allowed_tools", choice)
    allowed = fields.mapping(allowed, "tool_choice.allowed_tools")
    mode = _check_mode(allowed.get("mode"), "tool_choice.allowed_tools.mode")
    listed = fields.array(allowed.get("tools"), "tool_choice.allowed_tools.tools")
    names = set()
    for place, tool in enumerate(listed):
        param = f"tool_choice.allowed_tools.tools[{place}]"
        tool = fields.mapping(tool, param)
        if tool.get("type", "function") in ("function", "custom"):
            names.add(declared.require(tool, param))
    if mode == "required" and not names:
        raise _cannot_run("tool_choice")
    return declared.choose(mode, names=names)


def _cannot_run(param: str) -> BadRequest:
    return BadRequest(
        f"'{param}' forces a tool that does not run here: only functions and custom tools, which "
        "the client runs itself, can be called.",
        param=param,
        code="unsupported_value",
    )


LONGEST_NAME = 64
"""Characters of a function's name that every model accepts, as OpenAI's do."""
_ODD = re.compile(r"[^A-Za-z0-9_-]")


def join_name(namespace: Any, name: str) -> str:
    """Returns the name of the function that a tool in a namespace is for the model; without a
    namespace it is the tool's."""
    if not isinstance(namespace, str) or not namespace:
        return name
    joined = _ODD.sub("_", f"{namespace.rstrip('_')}__{name}")
    if len(joined) > LONGEST_NAME:
        joined = f"{joined[: LONGEST_NAME - 9]}_{crc32(joined.encode()):08x}"
    return joined


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


def _read_function(tool: dict[str, Any], param: str) -> dict[str, Any]:
    """Returns name, description and parameters of a declared tool, nested or flat. Descriptions
    other than text, which Workers AI rejects, are dropped."""
    if "function" in tool:
        param += ".function"
    function = fields.mapping(tool.get("function", tool), param)
    name = check_name(function.get("name"), f"{param}.name")
    parameters = function.get("parameters")
    if parameters is None:
        parameters = _NO_PARAMETERS
    return {
        "name": name,
        "description": _read_description(function),
        "parameters": fields.mapping(parameters, f"{param}.parameters"),
    }


def _read_custom_tool(tool: dict[str, Any], param: str) -> dict[str, Any]:
    """Returns the same of a custom tool."""
    if "custom" in tool:
        param += ".custom"
    tool = fields.mapping(tool.get("custom", tool), param)
    name = check_name(tool.get("name"), f"{param}.name")
    parameters, remark = freeform.build_parameters(tool.get("format"), f"{param}.format")
    return {
        "name": name,
        "description": _read_description(tool) + remark,
        "parameters": parameters,
    }


def _read_description(tool: Mapping[str, Any]) -> str:
    description = tool.get("description")
    return description if isinstance(description, str) else ""
