"""Declared tools and the choice among them."""

from typing import Any

import pytest

from core.limits import TOOL_NAME_CHARACTERS
from support.exchange import generation, refused

TOOL = {
    "type": "function",
    "function": {"name": "f", "description": "does f", "parameters": {"type": "object"}},
}
DECLARED = {"name": "f", "description": "does f", "parameters": {"type": "object"}}


@pytest.mark.parametrize(
    "body",
    [
        {"tools": [TOOL]},
        {"tools": [{"type": "function", **TOOL["function"]}]},  # type: ignore[dict-item]
        {"tools": [{"function": TOOL["function"]}]},
        {"tools": [TOOL["function"]]},
        {"functions": [TOOL["function"]]},
    ],
)
def test_tools_nested_flat_and_old(body: dict[str, Any]) -> None:
    read = generation(**body)
    assert (list(read.tools), read.tool_choice, read.tool_name) == ([DECLARED], "auto", None)


@pytest.mark.parametrize("description", [None, False, 5, []])
def test_a_tool_without_description_or_parameters(description: object) -> None:
    given: dict[str, Any] = {"name": "f", "description": description}
    [tool] = generation(tools=[{"function": given}]).tools
    parameters = {"type": "object", "properties": {}}
    assert tool == {"name": "f", "description": "", "parameters": parameters}
    [tool] = generation(tools=[{"function": {"name": "f", "parameters": None}}]).tools
    assert tool["parameters"] == parameters


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"tools": [5]}, "tools[0]"),
        ({"tools": [TOOL, {"type": "custom", "custom": {}}]}, "tools[1].custom.name"),
        ({"tools": [{"type": 5}]}, "tools[0].type"),
        ({"tools": [{"type": "function"}]}, "tools[0].name"),
        ({"tools": [{"type": "function", "function": {}}]}, "tools[0].function.name"),
        ({"tools": [{"type": "function", "function": "f"}]}, "tools[0].function"),
        (
            {"tools": [{"function": {"name": "f", "parameters": []}}]},
            "tools[0].function.parameters",
        ),
        ({"functions": [TOOL["function"], 5]}, "functions[1]"),
        ({"functions": [{"name": "f", "parameters": "{}"}]}, "functions[0].parameters"),
        ({"functions": [{}]}, "functions[0].name"),
    ],
)
def test_errors_name_the_invalid_tool(body: dict[str, Any], param: str) -> None:
    refused(param, **body)


NAMED = ("named", "f")


@pytest.mark.parametrize("field", ["tool_choice", "function_call"])
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("auto", ("auto", None)),
        ("none", ("none", None)),
        ("required", ("required", None)),
        ("any", ("required", None)),
        (None, ("auto", None)),
        ({"type": "function", "function": {"name": "f"}}, NAMED),
        ({"type": "function", "name": "f"}, NAMED),
        ({"name": "f"}, NAMED),
        ("", ("auto", None)),
        ({"type": "auto"}, ("auto", None)),
        ({"type": "none"}, ("none", None)),
        ({"type": "required"}, ("required", None)),
        ({"type": "any"}, ("required", None)),
    ],
)
def test_tool_choice(field: str, given: Any, expected: tuple[str, str | None]) -> None:
    read = generation(tools=[TOOL], **{field: given})
    assert (read.tool_choice, read.tool_name) == expected


@pytest.mark.parametrize("field", ["tool_choice", "function_call"])
@pytest.mark.parametrize(
    "given",
    [
        "sometimes",
        {},
        {"name": "g"},
        {"name": ["f"]},
        {"type": "function", "function": {"name": "credit"}},
        {"type": "function", "function": "f"},
    ],
)
def test_rejects_invalid_tool_choices(field: str, given: object) -> None:
    refused(field, tools=[TOOL], **{field: given})


def test_tool_choice_wins_over_function_call() -> None:
    assert generation(tools=[TOOL], tool_choice="none", function_call="auto").tool_choice == "none"


@pytest.mark.parametrize("given", ["required", {"name": "g"}, "sometimes"])
@pytest.mark.parametrize("tools", [None, []])
def test_without_tools_there_is_nothing_to_choose(tools: object, given: object) -> None:
    read = generation(tools=tools, tool_choice=given)
    assert (read.tools, read.tool_choice) == ([], "auto")


TOOLS = [{"function": {"name": name}} for name in "fgh"]
ALLOWED = [{"type": "function", "function": {"name": "h"}}, {"type": "function", "name": "f"}]


@pytest.mark.parametrize("mode", ["auto", "required"])
@pytest.mark.parametrize("nested", [True, False])
def test_allowed_tools(mode: str, nested: bool) -> None:
    given: dict[str, Any] = {"mode": mode, "tools": ALLOWED}
    given = {"allowed_tools": given} if nested else given
    read = generation(tools=TOOLS, tool_choice={"type": "allowed_tools", **given})
    assert [tool["name"] for tool in read.tools] == ["f", "h"]
    assert (read.tool_choice, read.tool_name) == (mode, None)


@pytest.mark.parametrize(
    ("allowed", "param"),
    [
        (5, "tool_choice.allowed_tools"),
        ({"tools": ALLOWED}, "tool_choice.allowed_tools.mode"),
        ({"mode": "none", "tools": ALLOWED}, "tool_choice.allowed_tools.mode"),
        ({"mode": "auto"}, "tool_choice.allowed_tools.tools"),
        ({"mode": "auto", "tools": [5]}, "tool_choice.allowed_tools.tools[0]"),
        ({"mode": "auto", "tools": [{"name": "x"}]}, "tool_choice.allowed_tools.tools[0]"),
    ],
)
def test_rejects_invalid_allowed_tools(allowed: object, param: str) -> None:
    refused(param, tools=TOOLS, tool_choice={"type": "allowed_tools", "allowed_tools": allowed})


def test_rejects_names_that_are_too_long() -> None:
    name = "a" * TOOL_NAME_CHARACTERS
    [tool] = generation(tools=[{"function": {"name": name}}]).tools
    assert tool["name"] == name
    refused("tools[0].function.name", tools=[{"function": {"name": name + "a"}}])
