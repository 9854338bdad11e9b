import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from untrusted.json_schema import CHECKS, find_violations

PERSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "age": {"type": ["integer", "null"], "minimum": 0},
        "friends": {"type": "array", "items": {"$ref": "#"}, "maxItems": 3},
    },
    "required": ["name", "age"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ({"name": "A", "age": 1}, []),
        ({"name": "A", "age": None, "friends": []}, []),
        ([], ["$: must be an object"]),
        ({"age": 1}, ["name: is required"]),
        ({"name": "", "age": 1}, ["name: must have at least 1 characters"]),
        ({"name": 5, "age": "x"}, ["name: must be a string", "age: must be an integer or null"]),
        ({"name": "A", "age": -1}, ["age: must be at least 0"]),
        ({"name": "A", "age": 1, "pet": 1}, ["pet: is not allowed"]),
        (
            {"name": "A", "age": 1, "friends": [{"name": "B", "age": 2}, {"name": "C"}]},
            ["friends[1].age: is required"],
        ),
        (
            {"name": "A", "age": 1, "friends": [{"name": "B", "age": 1, "friends": [0]}]},
            ["friends[0].friends[0]: must be an object"],
        ),
    ],
)
def test_a_usual_schema(value: Any, lines: list[str]) -> None:
    assert find_violations(value, PERSON) == lines


REFS = {
    "$defs": {"a": {"type": "string"}, "b/c~d e": {"type": "null"}, "list": [{"type": "array"}]},
    "definitions": {"old": {"type": "boolean"}},
}


@pytest.mark.parametrize(
    ("schema", "good", "bad", "line"),
    [
        (False, [], [1], "$: is not allowed"),
        ({"type": "integer"}, [1, 1.0, -(10**30)], [1.5, True, "1"], "$: must be an integer"),
        ({"type": "number"}, [1, 1.5], [False, None], "$: must be a number"),
        ({"type": "boolean"}, [True], [1, 0], "$: must be true or false"),
        ({"type": "null"}, [None], [0, ""], "$: must be null"),
        ({"type": "string", "nullable": True}, [None, "a"], [1], "$: must be a string or null"),
        ({"enum": ["a", 1, [True]]}, ["a", 1.0, [True]], [True, [1], "b"], "$: must be one of "),
        ({"const": 1}, [1, 1.0], [True, "1"], "$: must be 1"),
        ({"const": {"a": [1]}}, [{"a": [1.0]}], [{"a": [True]}, {}], "$: must be a listed value"),
        ({"minLength": 2}, ["ab", 1], ["a"], "$: must have at least 2 characters"),
        ({"maxLength": 2}, ["ab", "\U0001f600\U0001f600"], ["abc"], "$: must have at most 2 char"),
        ({"pattern": "^a+$"}, ["aa", 1], ["ab", "a\n"], '$: must match the pattern "^a+$"'),
        ({"minimum": 2}, [2, "1"], [1.5], "$: must be at least 2"),
        ({"maximum": 2.5}, [2.5], [3], "$: must be at most 2.5"),
        ({"exclusiveMinimum": 2}, [2.1], [2], "$: must be more than 2"),
        ({"exclusiveMaximum": 2}, [1], [2.0], "$: must be less than 2"),
        ({"multipleOf": 0.01}, [19.99, 0, 7], [0.005], "$: must be a multiple of 0.01"),
        ({"multipleOf": 3}, [9, 9.0, 3 * 10**400], [10**400], "$: must be a multiple of 3"),
        ({"minItems": 1}, [[0], {}], [[]], "$: must have at least 1 items"),
        ({"maxItems": 1}, [[0]], [[0, 1]], "$: must have at most 1 items"),
        ({"minProperties": 1}, [{"a": 1}, []], [{}], "$: must have at least 1 properties"),
        ({"maxProperties": 0}, [{}], [{"a": 1}], "$: must have at most 0 properties"),
        ({"uniqueItems": True}, [[1, True, "1"]], [[1, 1.0], [{}, {}]], "$: must not have the "),
        ({"items": {"type": "null"}}, [[], [None]], [[None, 1]], "$[1]: must be null"[1:]),
        ({"prefixItems": [{"const": 1}], "items": False}, [[1]], [[1, 2]], "[1]: is not allowed"),
        ({"prefixItems": [{"const": 1}]}, [[1, 2], []], [[2]], "[0]: must be 1"),
        ({"items": [{"const": 1}]}, [[1, 2]], [[2]], "[0]: must be 1"),
        ({"required": ["a"]}, [{"a": None}, 1], [{}], "a: is required"),
        ({"properties": {"a": False}}, [{"b": 1}], [{"a": 1}], "a: is not allowed"),
        ({"patternProperties": {"^a": False}}, [{"b": 1}], [{"ab": 1}], "ab: is not allowed"),
        (
            {
                "properties": {"a": True},
                "patternProperties": {"^b": True},
                "additionalProperties": {"type": "null"},
            },
            [{"a": 1, "bb": 1, "c": None}],
            [{"c": 1}],
            "c: must be null",
        ),
        ({"allOf": [{"minimum": 1}, {"maximum": 2}]}, [1], [0, 3], "$: must be at "),
        ({"anyOf": [{"const": 1}, {"const": 2}]}, [2], [3], "$: must fit one of the alternatives"),
        ({"anyOf": [PERSON, {"type": "null"}]}, [None], [{"name": "A"}], "age: is required"),
        ({"oneOf": [{"minimum": 1}, {"maximum": 2}]}, [0], [1], "$: must fit only one of"),
        ({"oneOf": [PERSON, {"type": "null"}]}, [None], [{"name": "A"}], "age: is required"),
        ({"not": {"const": 1}}, [2], [1], "$: must not be what the schema excludes"),
        (
            {"if": {"const": 1}, "then": False, "else": {"type": "string"}},
            ["a"],
            [1, 2],
            "$: ",
        ),
        ({**REFS, "$ref": "#/$defs/a"}, ["x"], [1], "$: must be a string"),
        ({**REFS, "$ref": "#/$defs/b~1c~0d%20e"}, [None], [1], "$: must be null"),
        ({**REFS, "$ref": "#/$defs/list/0"}, [[]], [1], "$: must be an array"),
        ({**REFS, "$ref": "#/definitions/old", "const": True}, [True], [1], "$: must be "),
        ({"properties": {"a b": {"type": "null"}}}, [{}], [{"a b": 1}], '["a b"]: must be null'),
    ],
)
def test_keywords(schema: Any, good: list[Any], bad: list[Any], line: str) -> None:
    for value in good:
        assert find_violations(value, schema) == []
    for value in bad:
        assert find_violations(value, schema)[0].startswith(line)


def test_every_keyword_has_a_case() -> None:
    cases = json.dumps([mark.args[1] for mark in test_keywords.pytestmark], default=str)
    assert [keyword for keyword in CHECKS if f'"{keyword}"' not in cases] == []


def test_no_more_lines_than_asked_for() -> None:
    assert len(find_violations([1] * 50, {"items": {"type": "string"}})) == 8
    assert len(find_violations([1] * 50, {"items": {"type": "string"}}, limit=2)) == 2


def test_the_value_is_not_quoted() -> None:
    schema = {**PERSON, "properties": {"name": {"enum": ["x"]}, "age": {"pattern": "^b$"}}}
    assert "secret" not in str(find_violations({"name": "secret", "age": "secret"}, schema))


def test_long_names_and_lists_are_cut() -> None:
    lines = find_violations({"n" * 500: 1}, {"additionalProperties": False})
    lines += find_violations(1, {"enum": ["x" * 500] * 500})
    assert [len(line) < 2000 for line in lines] == [True, True]


@pytest.mark.parametrize(
    ("schema", "value", "count"),
    [
        ({"$ref": "#", "type": "string"}, 1, 1),
        ({"allOf": [{"$ref": "#"}, {"anyOf": [{"$ref": "#"}]}], "type": "string"}, 1, 1),
        ({"$ref": "#/a", "a": {"$ref": "#/b"}, "b": {"$ref": "#/a", "const": 1}}, 2, 1),
        ({"$ref": "#/nowhere"}, 1, 0),
        ({"$ref": "https://example.com/schema"}, 1, 0),
        ({"$ref": "#/a/7", "a": []}, 1, 0),
        ({"$ref": "#/" + "a/" * 200_000}, 1, 0),
        ({"type": "string", "required": ["a"] * 200_000}, {}, 1),
        ({"uniqueItems": True}, [0] * 200_000, 0),
    ],
)
def test_loops_and_endless_work_end(schema: Any, value: Any, count: int) -> None:
    assert len(find_violations(value, schema)) == count


def test_an_exponential_schema_ends() -> None:
    levels = {f"a{i}": {"allOf": [{"$ref": f"#/$defs/a{i + 1}"}] * 9} for i in range(20)}
    schema = {"$ref": "#/$defs/a0", "$defs": levels}
    assert find_violations(1, schema) == []
    assert find_violations(1, {**schema, "type": "string"}) == ["$: must be a string"]


def test_the_same_line_comes_once() -> None:
    assert find_violations(1, {"allOf": [{"type": "null"}, {"type": "null"}]}) == [
        "$: must be null"
    ]


def test_a_deep_value_is_checked_as_far_as_it_goes() -> None:
    value: Any = 1
    for _ in range(1000):
        value = [value]
    schema = {"type": "array", "items": {"$ref": "#"}}
    for given_schema in (schema, {"const": value}, {"enum": [value]}, {"uniqueItems": True}):
        assert find_violations(value, given_schema) == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "$defs", *CHECKS]) | st.text(), inner)
    ),
    max_leaves=30,
)


@given(json_values, json_values)
def test_any_schema_and_any_value(value: Any, schema: Any) -> None:
    lines = find_violations(value, schema)
    assert len(lines) <= 8
    assert all(": " in line for line in lines)


@given(st.sampled_from(sorted(CHECKS)), json_values, json_values)
def test_any_value_of_a_keyword(keyword: str, wanted: Any, value: Any) -> None:
    find_violations(value, {keyword: wanted})
