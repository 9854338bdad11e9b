"""Validates a value against a schema in bounded time: the walk, without the keywords.

Schemas come from outside, so a validation that takes more than :data:`_BUDGET` steps or
:data:`_DEPTH` levels ends early, with :class:`RecursionError`. Steps are spent before the work that
they stand for, and nothing is looped over, compiled, decoded or compared without them.
"""

from collections.abc import Callable, Generator, Hashable, Mapping
from contextlib import closing
from functools import partial
from typing import Any, TypeVar

from untrusted.patterns import Pattern, compile_bounded, compile_steps

_BUDGET = 30_000
"""Steps per call: a schema or a keyword applied, a property or an element of a list looked at. Each
takes a few microseconds under Pyodide; an answer of 5,000 values takes about as many steps."""

_DEPTH = 64
"""Schemas applied inside one another."""

_PATTERN_STEPS = 2_000_000
"""Steps of searching that all patterns of one call may take at worst, about 0.02 s."""

_TEXT_STEP = 512
"""Characters that are compared in one step."""

_LEVELS_STEP = 8
"""Levels that a violation is handed up in one step."""

Path = tuple[str | int, ...]
Violations = Generator[tuple[Path, str], None, None]
"""Paths of values that violate the schema, and what is expected of each."""

_Prepared = TypeVar("_Prepared")


class Validation:
    """One validation: the root that references point into, and the remaining budget."""

    def __init__(self, root: Any, checks: Mapping[str, "Check"]) -> None:
        self.root = root
        self.checks = checks
        self.budget = _BUDGET
        self.pattern_steps = _PATTERN_STEPS
        self.active: set[tuple[int, int]] = set()
        self.prepared: dict[tuple[str, Hashable], Any] = {}

    def check(self, value: Any, schema: Any, path: Path) -> Violations:
        """Yields the violations of a schema by a value that stands at a path."""
        self.spend(1)
        if schema is False:
            yield path, "is not allowed"
        if not isinstance(schema, dict):
            return
        # A reference that comes back to the same schema for the same value adds nothing.
        step = id(schema), id(value)
        if step in self.active:
            return
        if len(self.active) >= _DEPTH:
            raise RecursionError
        self.active.add(step)
        try:
            for check, expected in self.prepare(
                "checks", id(schema), partial(self._checks_of, schema)
            ):
                self.spend(1)
                yield from check(self, value, expected, schema, path)
        finally:
            self.active.discard(step)

    def _checks_of(self, schema: dict[str, Any]) -> list[tuple["Check", Any]]:
        self.spend(3)
        return [
            (check, schema[keyword]) for keyword, check in self.checks.items() if keyword in schema
        ]

    def collect(self, value: Any, schema: Any, path: Path) -> Violations:
        """Yields what :meth:`check` yields, for callers that want more than the first violation."""
        for violation in self.check(value, schema, path):
            self.spend(1 + len(self.active) // _LEVELS_STEP)
            yield violation

    def accepts(self, value: Any, schema: Any, path: Path) -> bool:
        with closing(self.check(value, schema, path)) as found:
            return next(found, None) is None

    def spend(self, steps: int) -> None:
        """Takes steps off the budget. Raises :class:`RecursionError` if there are not enough."""
        self.budget -= steps
        if self.budget < 0:
            raise RecursionError

    def prepare(self, purpose: str, part: Hashable, make: Callable[[], _Prepared]) -> _Prepared:
        """Returns what ``make`` makes of a part of the schema: made, and paid for, only once."""
        key = purpose, part
        if key not in self.prepared:
            self.prepared[key] = make()
        prepared: _Prepared = self.prepared[key]
        return prepared

    def matches(self, pattern: Any, text: str) -> bool | None:
        """Whether a text matches a pattern; None if that cannot be found out in bounded time."""
        self.spend(1)
        if not isinstance(pattern, str):
            return None
        bounded = self.prepare("pattern", pattern, partial(self._compile, pattern))
        if bounded is None:
            return None
        self.spend(len(bounded.work.steps))
        steps = bounded.steps(text, limit=self.pattern_steps)
        if steps > self.pattern_steps:
            return None
        self.pattern_steps -= steps
        return bounded.search(text)

    def _compile(self, pattern: str) -> Pattern | None:
        self.spend(compile_steps(pattern))
        return compile_bounded(pattern)

    def freeze(self, value: Any, depth: int = 0) -> Any:
        """Returns what is hashable, and equal for equal JSON values: 1 and 1.0, not 1 and true.

        Numbers become text, since anybody can choose thousands of numbers with the same hash.
        """
        self.spend(1 + (len(value) // _TEXT_STEP if isinstance(value, str) else 0))
        if depth > _DEPTH:
            raise RecursionError
        if isinstance(value, dict):
            return frozenset((name, self.freeze(item, depth + 1)) for name, item in value.items())
        if isinstance(value, list):
            return tuple(self.freeze(item, depth + 1) for item in value)
        if isinstance(value, bool):
            return bool, value
        if isinstance(value, float):
            return float, hex(int(value)) if value.is_integer() else value.hex()
        return (float, hex(value)) if isinstance(value, int) else value


Check = Callable[[Validation, Any, Any, dict[str, Any], Path], Violations]
"""(validation, value, value of the keyword, the schema around it, path of the value)"""
