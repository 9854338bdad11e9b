"""What schemas from outside cost at worst, in steps of Python."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from support.steps import assert_linear, count_steps
from untrusted.json_schema import CHECKS, find_violations

MOST = 500_000
"""Lines of Python that any check may run: about what the budget allows."""


def numbered(schema: Callable[[int], Any], count: int) -> dict[str, Any]:
    return {f"k{i}": schema(i) for i in range(count)}


def nested(schema: Any, levels: int = 50) -> Any:
    for _ in range(levels):
        schema = {"allOf": [schema]}
    return schema


# Each takes a size; with the size given beside it, it is some 50 to 100 KB, or far more.
CASES: dict[str, tuple[int, Callable[[int], tuple[Any, Any]]]] = {
    "patterns of properties": (
        800,
        lambda n: (
            numbered(int, 30),
            {"patternProperties": {f"{'[a-z]' * 15}{i}": True for i in range(n)}},
        ),
    ),
    "patterns beside other properties": (
        800,
        lambda n: (
            numbered(int, 30),
            {
                "additionalProperties": False,
                "patternProperties": {f"^{'x?' * 20}{i}": True for i in range(n)},
            },
        ),
    ),
    "patterns with wide ranges": (
        800,
        lambda n: ("a", {"allOf": [{"pattern": rf"[\u0400-\uffff]{i}"} for i in range(n)]}),
    ),
    "patterns with many choices": (
        1000,
        lambda n: (["a" * 40] * n, {"items": {"pattern": "(a|b)?" * 12}}),
    ),
    "types": (9000, lambda n: (["a"] * 1000, {"items": {"type": ["null"] * n + ["string"]}})),
    "reference of escapes": (
        29_000,
        lambda n: (["a"] * 1000, {"items": {"$ref": "#/" + "%41" * n}}),
    ),
    "reference of steps": (
        40_000,
        lambda n: (["a"] * 1000, {"items": {"$ref": "#" + "/a" * n}, "a": {}}),
    ),
    "references of escapes": (
        300,
        lambda n: (["a"] * n, {"prefixItems": [{"$ref": f"#/{i}" + "%41" * 99} for i in range(n)]}),
    ),
    "alternatives that are true": (
        18_000,
        lambda n: ([0] * 1000, {"items": {"allOf": [True] * n}}),
    ),
    "alternatives that are false": (15_000, lambda n: ([0] * 9, {"items": {"anyOf": [False] * n}})),
    "one of many": (9000, lambda n: ([0] * 1000, {"items": {"oneOf": [False] * n}})),
    "prefixes": (18_000, lambda n: ([[0] * n] * 100, {"items": {"prefixItems": [True] * n}})),
    "required": (9000, lambda n: ([{}] * 1000, {"anyOf": [{"items": {"required": ["a"] * n}}]})),
    "required, far inside": (
        9000,
        lambda n: ({}, {"anyOf": [nested({"required": [f"a{i}" for i in range(n)]})]}),
    ),
    "listed values that are shown": (
        9000,
        lambda n: ([0] * n, {"anyOf": [{"items": {"enum": ["x" * 3000] * 24}}]}),
    ),
    "properties, again and again": (
        9000,
        lambda n: (
            numbered(int, n),
            {"$defs": {"a": {"properties": {}}}, "allOf": [{"$ref": "#/$defs/a"}] * 1000},
        ),
    ),
    "other properties, again and again": (
        9000,
        lambda n: (
            numbered(int, n),
            {"$defs": {"a": {"additionalProperties": True}}, "allOf": [{"$ref": "#/$defs/a"}] * 99},
        ),
    ),
    "constants": (
        9000,
        lambda n: ([[0] * n] * 1000, {"items": {"const": [0] * n}}),
    ),
    "unlike items": (
        40_000,
        lambda n: ([[i] for i in range(n)], {"allOf": [{"uniqueItems": True}] * 99}),
    ),
    "the same line": (
        4000,
        lambda n: (
            {"x" * 9000: 1},
            {"properties": {"x" * 9000: {"allOf": [{"type": "null"}] * n}}},
        ),
    ),
    "every keyword": (
        9000,
        lambda n: ([{}] * n, {"items": {keyword: {} for keyword in CHECKS}}),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_steps_are_linear_and_bounded(case: str) -> None:
    size, build = CASES[case]
    small = size // 16

    def check(size: int) -> None:
        value, schema = inputs[size]
        find_violations(value, schema)

    inputs = {each: build(each) for each in (1, small, 2 * small, size)}
    assert_linear(check, small)
    assert count_steps(partial(check, size)) < MOST


def test_a_fixed_repeat_is_not_tried_when_it_takes_too_long() -> None:
    text = "a" * 90_000
    assert find_violations(text, {"pattern": "(a{900}){90}b"}) == []
    assert find_violations("", {"pattern": "((){2000}){9999}b"}) == []
    assert find_violations(text, {"pattern": "^(a{9}){9}b"}) != []


class ComparedNumber(int):
    comparisons = 0

    def __eq__(self, other: object) -> bool:
        ComparedNumber.comparisons += 1
        return int(self) == other

    __hash__ = int.__hash__


@pytest.mark.parametrize("modulus", [2**31 - 1, 2**61 - 1])
def test_numbers_with_the_same_hash_are_not_compared_with_each_other(modulus: int) -> None:
    numbers = [ComparedNumber(modulus * i) for i in range(1, 500)]
    ComparedNumber.comparisons = 0
    assert find_violations(numbers, {"uniqueItems": True, "items": {"enum": numbers}}) == []
    assert ComparedNumber.comparisons == 0


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [
        (1, 1.0, True),
        (0, -0.0, False),
        (10**20, 1e20, 10**20 + 1),
        (0.5, 0.5, "0.5"),
        (1, 1, ["number", "0x1"]),
    ],
)
def test_numbers_are_compared_by_value(one: Any, same: Any, other: Any) -> None:
    assert find_violations(same, {"const": one}) == []
    assert find_violations([one, other], {"uniqueItems": True}) == []
    assert find_violations([one, same], {"uniqueItems": True}) != []
    assert find_violations(other, {"enum": [one]}) != []


def test_huge_numbers_are_divided_within_the_budget() -> None:
    value, factor = 10**4290, 3 * 10**2100 + 1
    assert find_violations(value, {"multipleOf": factor}) == [
        "$: must be a multiple of a listed number"
    ]
    # No line comes, as the budget is spent before all alternatives were looked at.
    schema = {"anyOf": [{"items": {"multipleOf": factor}}]}
    assert find_violations([value] * 1000, schema) == []


def test_a_large_answer_to_a_usual_schema_is_checked_to_its_end() -> None:
    schema = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "id": {"type": "integer", "minimum": 1},
                "name": {"type": "string", "minLength": 1, "pattern": r"^[^\n]+$"},
                "mail": {"type": ["string", "null"], "pattern": r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$"},
                "kind": {"$ref": "#/$defs/kind"},
            },
            "required": ["id", "name", "mail", "kind"],
            "additionalProperties": False,
        },
        "$defs": {"kind": {"enum": [f"kind {i}" for i in range(200)]}},
    }
    person = {"id": 1, "name": "Ada Lovelace", "mail": "ada.lovelace@example.com", "kind": "kind 7"}
    wrong = {**person, "mail": "nobody at example.com", "kind": "none"}
    assert find_violations([person] * 100, schema) == []
    assert [line.split(":")[0] for line in find_violations([person] * 100 + [wrong], schema)] == [
        "[100].mail",
        "[100].kind",
    ]
