"""Holds a JSON value against a JSON Schema, as far as structured outputs use it.

Follows JSON Schema 2020-12 (https://json-schema.org/draft/2020-12), with what older clients
send: ``definitions``, ``items`` as a list, OpenAPI's ``nullable``. Keywords that are not in
:data:`_CHECKS`, and keywords whose value makes no sense, are ignored, as the standard asks for
unknown ones. References lead only into the schema itself.

Schemas come from outside, so the work is bounded: a schema that asks for more than
:data:`_BUDGET` steps or :data:`_DEPTH` levels is checked as far as that goes.
"""

import json
import operator
import re
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from typing import Any
from urllib.parse import unquote

from untrusted.patterns import bounded_pattern

_BUDGET = 100_000
"""Schemas applied, required names and listed values looked at, per call."""

_DEPTH = 64
"""Schemas applied inside one another."""

_PATTERN_STEPS = 2_000_000
"""Steps of backtracking that all patterns of one call may take at worst, about 0.1 s."""

Path = tuple[str | int, ...]
Found = Generator[tuple[Path, str], None, None]


def violations(value: Any, schema: Any, *, limit: int = 8) -> list[str]:
    """What is wrong with ``value``, at most ``limit`` lines of "path: what is expected".

    A path looks like ``items[2].name``, the value itself is ``$``. Lines quote the schema and
    names of properties but no other part of the value; they are for the model that is to
    repair it, and not for error messages. Never raises, whatever the schema.
    """
    lines: dict[str, None] = {}
    with suppress(RecursionError):  # what was found before the work became too much is true
        for path, expected in _Run(schema).check(value, schema, ()):
            lines[f"{_dotted(path)}: {expected}"] = None
            if len(lines) >= limit:
                break
    return list(lines)


class _Run:
    """One validation: the root that references point into, and what is left of the budget."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.budget = _BUDGET
        self.pattern_steps = _PATTERN_STEPS
        self.active: set[tuple[int, int]] = set()
        self.listed: dict[int, frozenset[Any]] = {}

    def check(self, value: Any, schema: Any, path: Path) -> Found:
        if schema is False:
            yield path, "is not allowed"
        if not isinstance(schema, dict):
            return
        self.spend(1)
        # A reference that comes back to the same schema for the same value adds nothing.
        step = id(schema), id(value)
        if step in self.active:
            return
        if len(self.active) >= _DEPTH:
            raise RecursionError
        self.active.add(step)
        try:
            for keyword, check in _CHECKS.items():
                if keyword in schema:
                    yield from check(self, value, schema[keyword], schema, path)
        finally:
            self.active.discard(step)

    def fits(self, value: Any, schema: Any, path: Path) -> bool:
        with closing(self.check(value, schema, path)) as found:
            return next(found, None) is None

    def spend(self, steps: int) -> None:
        self.budget -= steps
        if self.budget < 0:
            raise RecursionError

    def matches(self, pattern: Any, text: str) -> bool | None:
        """Whether the text matches; None where that cannot be told in bounded time."""
        bounded = bounded_pattern(pattern) if isinstance(pattern, str) else None
        if bounded is None or bounded.steps(text) > self.pattern_steps:
            return None
        self.pattern_steps -= bounded.steps(text)
        return bounded.search(text)

    def frozen(self, value: Any, depth: int = 0) -> Any:
        """Equal for equal JSON values: 1 and 1.0 are, 1 and true are not."""
        self.spend(1)
        if depth > _DEPTH:
            raise RecursionError
        if isinstance(value, dict):
            return frozenset((name, self.frozen(item, depth + 1)) for name, item in value.items())
        if isinstance(value, list):
            return tuple(self.frozen(item, depth + 1) for item in value)
        return (bool, value) if isinstance(value, bool) else value


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
    """A part of the schema as a short text."""
    if isinstance(value, list | dict):
        return "a listed value"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except ValueError:  # an int of thousands of digits
        return "a listed number"
    return text if len(text) <= 64 else f"{text[:63]}…"


Check = Callable[[_Run, Any, Any, dict[str, Any], Path], Found]
"""(run, value, value of the keyword, the schema around it, path of the value)"""


def _ref(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    if not isinstance(wanted, str) or not (wanted == "#" or wanted.startswith("#/")):
        return
    target = run.root
    steps = unquote(wanted).split("/")[1:]
    run.spend(len(steps))
    for step in steps:
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(target, dict) and step in target:
            target = target[step]
        elif isinstance(target, list) and re.fullmatch("[0-9]{1,6}", step):
            target = target[int(step)] if int(step) < len(target) else None
        else:
            return
    yield from run.check(value, target, path)


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


def _type(run: _Run, value: Any, wanted: Any, schema: Any, path: Path) -> Found:
    names = wanted if isinstance(wanted, list) else [wanted]
    if not names or not all(isinstance(name, str) and name in _TYPES for name in names):
        return
    if schema.get("nullable") is True:
        names = [*names, "null"]
    if not any(_TYPES[name][1](value) for name in names):
        yield path, "must be " + " or ".join(_TYPES[name][0] for name in names[: len(_TYPES)])


def _enum(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    if not isinstance(wanted, list) or not wanted:
        return
    if id(wanted) not in run.listed:
        run.listed[id(wanted)] = frozenset(map(run.frozen, wanted))
    if run.frozen(value) not in run.listed[id(wanted)]:
        yield path, "must be one of " + ", ".join(map(_shown, wanted[:24]))


def _const(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    if run.frozen(value) != run.frozen(wanted):
        yield path, f"must be {_shown(wanted)}"


def _bound(
    of: Callable[[Any], bool],
    measure: Callable[[Any], Any],
    is_violated: Callable[[Any, Any], bool],
    expected: str,
) -> Check:
    def check(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
        if of(value) and _is_number(wanted) and is_violated(measure(value), wanted):
            yield path, expected.format(_shown(wanted))

    return check


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


def _pattern(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    if isinstance(value, str) and run.matches(wanted, value) is False:
        yield path, f"must match the pattern {_shown(wanted)}"


def _unique(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    if wanted is not True or not isinstance(value, list):
        return
    if len(set(map(run.frozen, value))) < len(value):
        yield path, "must not have the same item twice"


def _prefix(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    if isinstance(value, list) and isinstance(wanted, list):
        for index, (item, schema) in enumerate(zip(value, wanted, strict=False)):
            yield from run.check(item, schema, (*path, index))


def _items(run: _Run, value: Any, wanted: Any, schema: Any, path: Path) -> Found:
    if isinstance(wanted, list):
        yield from _prefix(run, value, wanted, schema, path)
    elif isinstance(value, list):
        prefix = schema.get("prefixItems")
        start = len(prefix) if isinstance(prefix, list) else 0
        for index in range(start, len(value)):
            yield from run.check(value[index], wanted, (*path, index))


def _required(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    if isinstance(value, dict) and isinstance(wanted, list):
        run.spend(len(wanted))
        for name in wanted:
            if isinstance(name, str) and name not in value:
                yield (*path, name), "is required"


def _properties(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    if isinstance(value, dict) and isinstance(wanted, dict):
        for name, item in value.items():
            if name in wanted:
                yield from run.check(item, wanted[name], (*path, name))


def _by_pattern(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    if isinstance(value, dict) and isinstance(wanted, dict):
        for name, item in value.items():
            for pattern, schema in wanted.items():
                run.spend(1)
                if run.matches(pattern, name):
                    yield from run.check(item, schema, (*path, name))


def _additional(run: _Run, value: Any, wanted: Any, schema: Any, path: Path) -> Found:
    if not isinstance(value, dict):
        return
    known = schema.get("properties")
    known = known if isinstance(known, dict) else {}
    patterns = schema.get("patternProperties")
    patterns = patterns if isinstance(patterns, dict) else {}
    for name, item in value.items():
        # A pattern that cannot be tried might have matched.
        if name not in known and all(run.matches(each, name) is False for each in patterns):
            yield from run.check(item, wanted, (*path, name))


def _all_of(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    for schema in wanted if isinstance(wanted, list) else ():
        yield from run.check(value, schema, path)


def _any_of(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    if not isinstance(wanted, list) or not wanted:
        return
    near = []
    for schema in wanted:
        found = list(run.check(value, schema, path))
        if not found:
            return
        if all(place != path for place, _ in found):
            near.append(found)
    # Of "an object with …, or null" only the object is meant when there is an object.
    yield from near[0] if len(near) == 1 else [(path, "must fit one of the alternatives")]


def _one_of(run: _Run, value: Any, wanted: Any, schema: Any, path: Path) -> Found:
    if not isinstance(wanted, list) or not wanted:
        return
    fitting = sum(run.fits(value, each, path) for each in wanted)
    if not fitting:
        yield from _any_of(run, value, wanted, schema, path)
    elif fitting > 1:
        yield path, "must fit only one of the alternatives"


def _not(run: _Run, value: Any, wanted: Any, _: Any, path: Path) -> Found:
    if isinstance(wanted, dict | bool) and run.fits(value, wanted, path):
        yield path, "must not be what the schema excludes"


def _if(run: _Run, value: Any, wanted: Any, schema: Any, path: Path) -> Found:
    branch = "then" if run.fits(value, wanted, path) else "else"
    yield from run.check(value, schema.get(branch), path)


def _is(*types: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, types)


def _same(value: Any) -> Any:
    return value


_CHECKS: dict[str, Check] = {
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
    "multipleOf": _bound(_is_number, _same, _is_no_multiple, "must be a multiple of {}"),
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
