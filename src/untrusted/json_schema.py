"""Validates a JSON value against a JSON Schema, as far as structured outputs use it.

Follows JSON Schema 2020-12 (https://json-schema.org/draft/2020-12), with what older clients
send: ``definitions``, ``items`` as a list, OpenAPI's ``nullable``. Keywords that are not in
:data:`CHECKS`, and keywords whose value makes no sense, are ignored, as the standard requires for
unknown ones. References lead only into the schema itself.
"""

import json
import operator
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from untrusted.validation import Check, Path, Validation, Violations


def find_violations(value: Any, schema: Any, *, limit: int = 8) -> list[str]:
    """Returns what is wrong with a value, at most ``limit`` lines of "path: what is expected".

    A path looks like ``items[2].name``, the value itself is ``$``. Lines quote the schema and
    names of properties but no other part of the value; they are for the model that is to
    repair it, and not for error messages. Never raises, whatever the schema.
    """
    found: dict[tuple[Path, str], None] = {}
    with suppress(RecursionError):  # what was found before the work became too much is true
        for violation in Validation(schema, CHECKS).collect(value, schema, ()):
            found[violation] = None
            if len(found) >= limit:
                break
    return list(dict.fromkeys(f"{_dotted(path)}: {expected}" for path, expected in found))


_SHOWN_BITS = 1024
"""Longest integer that is written: the time for one grows with the square of its length."""

_SHOWN_VALUES = 24

_ENCODER = json.JSONEncoder(ensure_ascii=False)

_PRODUCT_STEP = 1 << 18
"""Bits of one integer times bits of another that are divided in one step."""


def _dotted(path: Path) -> str:
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif re.fullmatch(r"[A-Za-z_$][\w$-]*", step):
            text += f".{step[:64]}" if text else step[:64]
        else:
            text += f"[{_shown(step)}]"
    return text or "$"


def _shown(value: Any) -> str:
    """A part of the schema as a short text. What is long is cut before it is written, too."""
    if isinstance(value, list | dict):
        return "a listed value"
    if isinstance(value, int) and value.bit_length() > _SHOWN_BITS:
        return "a listed number"
    text = _ENCODER.encode(value[:64] if isinstance(value, str) else value)
    return text if len(text) <= 64 else f"{text[:63]}…"


def _ref(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
    if not isinstance(expected, str) or not (expected == "#" or expected.startswith("#/")):
        return
    target = validation.prepare("$ref", expected, lambda: _find_target(validation, expected))
    yield from validation.check(value, target, path)


def _find_target(validation: Validation, reference: str) -> Any:
    """Returns the part of the schema that a reference names; None if there is none."""
    validation.spend(len(reference))
    target = validation.root
    for step in unquote(reference).split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(target, dict) and step in target:
            target = target[step]
        elif isinstance(target, list) and re.fullmatch("[0-9]{1,6}", step):
            target = target[int(step)] if int(step) < len(target) else None
        else:
            return None
    return target


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_integer(value: Any) -> bool:
    return _is_number(value) and (isinstance(value, int) or value.is_integer())


_TYPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "object": ("an object", lambda value: isinstance(value, dict)),
    "array": ("an array", lambda value: isinstance(value, list)),
    "string": ("a string", lambda value: isinstance(value, str)),
    "integer": ("an integer", _is_integer),
    "number": ("a number", _is_number),
    "boolean": ("true or false", lambda value: isinstance(value, bool)),
    "null": ("null", lambda value: value is None),
}


def _type(validation: Validation, value: Any, expected: Any, schema: Any, path: Path) -> Violations:
    names = expected if isinstance(expected, list) else [expected]
    validation.spend(len(names))
    if not names or not all(isinstance(name, str) and name in _TYPES for name in names):
        return
    if schema.get("nullable") is True:
        names = [*names, "null"]
    if not any(_TYPES[name][1](value) for name in names):
        yield path, "must be " + " or ".join(_TYPES[name][0] for name in names[: len(_TYPES)])


def _enum(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
    if not isinstance(expected, list) or not expected:
        return
    listed = validation.prepare(
        "enum", id(expected), lambda: frozenset(map(validation.freeze, expected))
    )
    if validation.freeze(value) not in listed:
        shown = validation.prepare("shown", id(expected), lambda: _shown_list(validation, expected))
        yield path, f"must be one of {shown}"


def _shown_list(validation: Validation, values: list[Any]) -> str:
    validation.spend(_SHOWN_VALUES)
    return ", ".join(map(_shown, values[:_SHOWN_VALUES]))


def _const(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
    if validation.freeze(value) != validation.freeze(expected):
        yield path, f"must be {_shown(expected)}"


def _bound(
    of: Callable[[Any], bool],
    measure: Callable[[Any], Any],
    is_violated: Callable[[Any, Any], bool],
    message: str,
) -> Check:
    def check(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
        if of(value) and _is_number(expected) and is_violated(measure(value), expected):
            yield path, message.format(_shown(expected))

    return check


def _multiple(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
    if _is_number(value) and _is_number(expected):
        if isinstance(value, int) and isinstance(expected, int):
            validation.spend(value.bit_length() * expected.bit_length() // _PRODUCT_STEP)
        if _is_no_multiple(value, expected):
            yield path, f"must be a multiple of {_shown(expected)}"


def _is_no_multiple(value: float, factor: float) -> bool:
    if factor <= 0:
        return False
    if isinstance(value, int) and isinstance(factor, int):
        return value % factor != 0
    try:
        quotient = value / factor
        # 19.99 counts as a multiple of 0.01, though their binary fractions are not.
        return abs(quotient - round(quotient)) > 1e-9 * max(1, abs(quotient))
    except (OverflowError, ValueError):
        return False


def _pattern(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
    if isinstance(value, str) and validation.matches(expected, value) is False:
        yield path, f"must match the pattern {_shown(expected)}"


def _unique(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
    if expected is not True or not isinstance(value, list):
        return
    if len(set(map(validation.freeze, value))) < len(value):
        yield path, "must not have the same item twice"


def _prefix(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
    if isinstance(value, list) and isinstance(expected, list):
        for index, (item, schema) in enumerate(zip(value, expected, strict=False)):
            yield from validation.check(item, schema, (*path, index))


def _items(
    validation: Validation, value: Any, expected: Any, schema: Any, path: Path
) -> Violations:
    if isinstance(expected, list):
        yield from _prefix(validation, value, expected, schema, path)
    elif isinstance(value, list):
        prefix = schema.get("prefixItems")
        start = len(prefix) if isinstance(prefix, list) else 0
        for index in range(start, len(value)):
            yield from validation.check(value[index], expected, (*path, index))


def _required(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
    if isinstance(value, dict) and isinstance(expected, list):
        validation.spend(len(expected))
        for name in expected:
            if isinstance(name, str) and name not in value:
                yield (*path, name), "is required"


def _properties(
    validation: Validation, value: Any, expected: Any, _: Any, path: Path
) -> Violations:
    if isinstance(value, dict) and isinstance(expected, dict):
        validation.spend(len(value))
        for name, item in value.items():
            if name in expected:
                yield from validation.check(item, expected[name], (*path, name))


def _by_pattern(
    validation: Validation, value: Any, expected: Any, _: Any, path: Path
) -> Violations:
    if isinstance(value, dict) and isinstance(expected, dict):
        validation.spend(len(value))
        for name, item in value.items():
            for pattern, schema in expected.items():
                if validation.matches(pattern, name):
                    yield from validation.check(item, schema, (*path, name))


def _additional(
    validation: Validation, value: Any, expected: Any, schema: Any, path: Path
) -> Violations:
    if not isinstance(value, dict):
        return
    known = schema.get("properties")
    known = known if isinstance(known, dict) else {}
    patterns = schema.get("patternProperties")
    patterns = patterns if isinstance(patterns, dict) else {}
    validation.spend(len(value))
    for name, item in value.items():
        # A pattern that cannot be tried might have matched.
        if name not in known and all(validation.matches(each, name) is False for each in patterns):
            yield from validation.check(item, expected, (*path, name))


def _all_of(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
    for schema in expected if isinstance(expected, list) else ():
        yield from validation.check(value, schema, path)


def _any_of(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
    if not isinstance(expected, list) or not expected:
        return
    near = []
    for schema in expected:
        found = list(validation.collect(value, schema, path))
        if not found:
            return
        if all(place != path for place, _ in found):
            near.append(found)
    # Of "an object with …, or null" only the object is meant when there is an object.
    yield from near[0] if len(near) == 1 else [(path, "must fit one of the alternatives")]


def _one_of(
    validation: Validation, value: Any, expected: Any, schema: Any, path: Path
) -> Violations:
    if not isinstance(expected, list) or not expected:
        return
    fitting = sum(validation.accepts(value, each, path) for each in expected)
    if not fitting:
        yield from _any_of(validation, value, expected, schema, path)
    elif fitting > 1:
        yield path, "must fit only one of the alternatives"


def _not(validation: Validation, value: Any, expected: Any, _: Any, path: Path) -> Violations:
    if isinstance(expected, dict | bool) and validation.accepts(value, expected, path):
        yield path, "must not be what the schema excludes"


def _if(validation: Validation, value: Any, expected: Any, schema: Any, path: Path) -> Violations:
    branch = "then" if validation.accepts(value, expected, path) else "else"
    yield from validation.check(value, schema.get(branch), path)


def _is(*types: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, types)


def _same(value: Any) -> Any:
    return value


CHECKS: dict[str, Check] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minLength": _bound(_is(str), len, operator.lt, "must have at least {} characters"),
    "maxLength": _bound(_is(str), len, operator.gt, "must have at most {} characters"),
    "pattern": _pattern,
    "minimum": _bound(_is_number, _same, operator.lt, "must be at least {}"),
    "maximum": _bound(_is_number, _same, operator.gt, "must be at most {}"),
    "exclusiveMinimum": _bound(_is_number, _same, operator.le, "must be more than {}"),
    "exclusiveMaximum": _bound(_is_number, _same, operator.ge, "must be less than {}"),
    "multipleOf": _multiple,
    "minItems": _bound(_is(list), len, operator.lt, "must have at least {} items"),
    "maxItems": _bound(_is(list), len, operator.gt, "must have at most {} items"),
    "uniqueItems": _unique,
    "prefixItems": _prefix,
    "items": _items,
    "minProperties": _bound(_is(dict), len, operator.lt, "must have at least {} properties"),
    "maxProperties": _bound(_is(dict), len, operator.gt, "must have at most {} properties"),
    "required": _required,
    "properties": _properties,
    "patternProperties": _by_pattern,
    "additionalProperties": _additional,
    "$ref": _ref,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
}
