from typing import Any

import pytest

from workers_ai.text.call_formats.declared import DeclaredTools


def convert(schema: Any, text: str, **root: Any) -> Any:
    tools = DeclaredTools(
        [{"name": "f", "parameters": {"type": "object", "properties": {"x": schema}, **root}}]
    )
    return tools.convert("f", "x", text)


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"type": "string"}, "5", "5"),
        ({"type": "integer"}, "5", 5),
        ({"type": "integer"}, " 5\n", 5),
        ({"type": "integer"}, "5.0", 5.0),
        ({"type": "integer"}, "5.5", "5.5"),
        ({"type": "integer"}, "five", "five"),
        ({"type": "number"}, "5", 5),
        ({"type": "number"}, "5.5", 5.5),
        ({"type": "boolean"}, "true", True),
        ({"type": "boolean"}, "False", False),
        ({"type": "boolean"}, "1", "1"),
        ({"type": "array"}, '["a"]', ["a"]),
        ({"type": "array"}, "{}", "{}"),
        ({"type": "object"}, '{"a": 1}', {"a": 1}),
        ({"type": "object"}, '{"a": NaN}', '{"a": NaN}'),
        ({"type": ["integer", "null"]}, "None", None),
        ({"type": ["string", "null"]}, "null", None),
        ({"type": ["string", "integer"]}, "5", "5"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "5", 5),
        ({"oneOf": [{"type": "integer"}, {"type": "string"}]}, "5", "5"),
        ({"enum": [1, 2]}, "2", 2),
        ({"enum": ["1", "2"]}, "2", "2"),
        ({"enum": [[], {}, 0.5, None, True]}, "0.5", 0.5),
        ({"const": 7}, "7", 7),
        ({"$ref": "#/$defs/Count"}, "7", 7),
        ({"$ref": "#/$defs/Loop"}, "7", "7"),
        ({"$ref": "#/$defs/None"}, "7", "7"),
        ({"$ref": "elsewhere"}, "7", "7"),
        ({"type": 5}, "7", "7"),
        ({"enum": 5}, "7", "7"),
        ({}, "7", "7"),
        (True, "7", "7"),
    ],
)
def test_converts_text_to_the_declared_type(schema: Any, text: str, value: Any) -> None:
    definitions = {"Count": {"type": "integer"}, "Loop": {"$ref": "#/$defs/Loop"}}
    converted = convert(schema, text, **{"$defs": definitions})
    assert converted == value
    assert type(converted) is type(value)


@pytest.mark.parametrize("parameters", [None, True, {}, {"properties": []}, {"properties": {}}])
def test_text_stays_text_where_no_type_is_declared(parameters: Any) -> None:
    tools = DeclaredTools([{"name": "f", "parameters": parameters}])
    assert tools.convert("f", "x", "5") == "5"
    assert not tools.requires_arguments("f")
    assert not tools.has_parameter("f", "x")


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("", None),
        ("ba", None),
        ("bash", None),
        ("bash[AR", None),
        ("bash<|chan", None),
        ("functions.", None),
        ("functions.ba", None),
        ("bash:1", None),
        ("bash[ARGS]", True),
        ("functions.bash:1[ARGS]", True),
        ("bash<|channel|>commentary[ARGS]", True),
        ("bashful", False),
        ("bashful[ARGS]", False),
        ("x", False),
        ("[ARGS]", False),
    ],
)
def test_sees_whether_a_text_begins_with_a_name(text: str, begins: bool | None) -> None:
    tools = DeclaredTools([{"name": "bash"}])
    assert tools.begins_with_name(text, ("[ARGS]",)) is begins
