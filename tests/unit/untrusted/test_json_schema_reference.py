"""json_schema against the reference implementation, the ``jsonschema`` package."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from untrusted.json_schema import find_violations

names = st.sampled_from(["a", "b", "ab", "1"])
small = st.integers(0, 3)
scalars = st.sampled_from([None, True, False, 0, 1, 2, 1.0, 1.5, -1, "", "a", "ab", "b1", "a b"])
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)
types = st.sampled_from(["object", "array", "string", "integer", "number", "boolean", "null"])
patterns = st.sampled_from(
    ["a", "^a", "b$", "^[ab]+$", "a|1", "^(?:ab)?$", r"\d", "^[^a]*b?", "(a|b){2}", r"^\w{1,2}$"]
)
refs = st.sampled_from(["#", "#/$defs/a", "#/$defs/b"]).map(lambda ref: {"$ref": ref})


def schemas(inner: st.SearchStrategy[Any], items: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Schemas around ``inner``; references stand only one level further inside the value."""
    below = inner | refs
    several = st.lists(inner, min_size=1, max_size=3)
    keywords: dict[str, st.SearchStrategy[Any]] = {
        "type": types | st.lists(types, min_size=1, max_size=3, unique=True),
        "enum": st.lists(values, min_size=1, max_size=3),
        "const": values,
        "minLength": small,
        "maxLength": small,
        "pattern": patterns,
        "minimum": small,
        "maximum": small,
        "exclusiveMinimum": small,
        "exclusiveMaximum": small,
        "multipleOf": st.sampled_from([0.5, 1, 2]),
        "minItems": small,
        "maxItems": small,
        "uniqueItems": st.booleans(),
        "minProperties": small,
        "maxProperties": small,
        "required": st.lists(names, unique=True, max_size=2),
        "properties": st.dictionaries(names, below, max_size=3),
        "patternProperties": st.dictionaries(patterns, below, max_size=2),
        "additionalProperties": below,
        "allOf": several,
        "anyOf": several,
        "oneOf": several,
        "not": inner,
        "if": inner,
        "then": inner,
        "else": inner,
        **{name: strategy(below) for name, strategy in items.items()},
    }
    return st.lists(st.sampled_from(sorted(keywords)), max_size=4, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({name: keywords[name] for name in chosen})
    )


def documents(items: dict[str, Any]) -> st.SearchStrategy[Any]:
    tree = st.recursive(st.booleans(), lambda inner: schemas(inner, items), max_leaves=10)
    return st.builds(
        lambda root, a, b: {**(root if isinstance(root, dict) else {}), "$defs": {"a": a, "b": b}},
        tree,
        tree,
        tree,
    )


def several(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, min_size=1, max_size=3)


@settings(max_examples=1500)
@given(documents({"items": lambda inner: inner, "prefixItems": several}), values)
def test_agrees_on_2020_12(schema: Any, value: Any) -> None:
    agreed = Draft202012Validator(schema).is_valid(value)
    assert (find_violations(value, schema) == []) == agreed


@settings(max_examples=500)
@given(documents({"items": lambda inner: inner | several(inner)}), values)
def test_agrees_on_draft_7(schema: Any, value: Any) -> None:
    agreed = Draft7Validator(schema).is_valid(value)
    assert (find_violations(value, schema) == []) == agreed
