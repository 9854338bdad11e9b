"""The tools that Anthropic's clients declare."""

from typing import Any

import pytest

from support.anthropic_exchange import refused
from support.anthropic_messages import FUNCTION, TOOL, generation


@pytest.mark.parametrize("kind", [{}, {"type": "custom"}, {"type": None}])
def test_tools_become_functions(kind: dict[str, Any]) -> None:
    more = {"cache_control": {"type": "ephemeral"}, "strict": True, "input_examples": []}
    assert generation(tools=[{**TOOL, **kind, **more}]).tools == [FUNCTION]


@pytest.mark.parametrize("description", [None, False, 5])
def test_drops_descriptions_that_are_not_text(description: Any) -> None:
    got = generation(tools=[{**TOOL, "description": description}])
    assert got.tools == [{**FUNCTION, "description": ""}]


@pytest.mark.parametrize(
    ("param", "tool"),
    [
        ("tools[0]", "get_weather"),
        ("tools[0].name", {"input_schema": {}}),
        ("tools[0].name", {"name": 5, "input_schema": {}}),
        ("tools[0].input_schema", {"name": "a"}),
        ("tools[0].input_schema", {"name": "a", "input_schema": []}),
        ("tools[0].type", {"type": "function", "function": {"name": "a"}}),
        ("tools[0].type", {"type": ["custom"], "name": "a", "input_schema": {}}),
    ],
)
def test_errors_name_the_invalid_tool(param: str, tool: Any) -> None:
    refused(param, tools=[tool])


@pytest.mark.parametrize(
    "kind",
    """web_search_20260318 web_fetch_20250910 code_execution_20260521 computer_toolset_20260801
    browser_toolset_20260801 tool_search_tool_bm25_20251119 mcp_toolset something_new""".split(),
)
def test_tools_that_run_elsewhere_are_left_out(kind: str) -> None:
    other = {"type": kind, "name": "x", "max_uses": 5}
    assert generation(tools=[other, TOOL]).tools == [FUNCTION]
    assert generation(tools=[other]).tools == []
    assert generation(tools=[other], tool_choice={"type": "auto"}).tool_choice == "auto"
    refused("tool_choice", tools=[other], tool_choice={"type": "any"})
    refused("tool_choice.name", tools=[TOOL, other], tool_choice={"type": "tool", "name": "x"})


@pytest.mark.parametrize(
    ("kind", "name", "required"),
    [
        ("bash_20250124", "bash", None),
        ("text_editor_20250728", "str_replace_based_edit_tool", ["command"]),
        ("memory_20250818", "memory", ["command"]),
    ],
)
def test_tools_of_anthropics_that_the_client_runs(kind: str, name: str, required: Any) -> None:
    tool = {"type": kind, "name": name}
    [function] = generation(tools=[tool]).tools
    assert function["name"] == name
    assert function["description"]
    assert "command" in function["parameters"]["properties"]
    assert function["parameters"].get("required") == required
    chosen = generation(tools=[tool], tool_choice={"type": "tool", "name": name})
    assert chosen.tool_name == name


def test_mcp_servers_are_not_called() -> None:
    servers = [{"type": "url", "url": "https://a.example/mcp", "name": "a"}]
    assert generation(tools=[TOOL], mcp_servers=servers).tools == [FUNCTION]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (None, ("auto", None)),
        ({"type": "auto"}, ("auto", None)),
        ({"type": "any"}, ("required", None)),
        ({"type": "none"}, ("none", None)),
        ({"type": "tool", "name": "get_weather"}, ("named", "get_weather")),
    ],
)
def test_tool_choice(choice: Any, expected: tuple[str, str | None]) -> None:
    got = generation(tools=[TOOL], tool_choice=choice)
    assert (got.tool_choice, got.tool_name) == expected


@pytest.mark.parametrize(
    ("param", "choice"),
    [
        ("tool_choice.type", {}),
        ("tool_choice.type", {"type": "required"}),
        ("tool_choice.name", {"type": "tool"}),
        ("tool_choice.name", {"type": "tool", "name": "get_time"}),
        (
            "tool_choice.disable_parallel_tool_use",
            {"type": "auto", "disable_parallel_tool_use": "yes"},
        ),
    ],
)
def test_errors_name_the_invalid_tool_choice(param: str, choice: Any) -> None:
    refused(param, tools=[TOOL], tool_choice=choice)


def test_a_choice_without_tools() -> None:
    assert generation(tool_choice={"type": "any"}).tool_choice == "auto"
    refused("tool_choice.name", tool_choice={"type": "tool", "name": "get_weather"})


@pytest.mark.parametrize("kind", ["auto", "any"])
def test_one_call_at_most(kind: str) -> None:
    choice = {"type": kind, "disable_parallel_tool_use": True}
    assert generation(tools=[TOOL], tool_choice=choice).options == {"parallel_tool_calls": False}
    choice["disable_parallel_tool_use"] = False
    assert generation(tools=[TOOL], tool_choice=choice).options == {}
