"""Validates a value against a schema in bounded time: the walk, without the keywords.

Schemas come from outside, so a validation that takes more than :data:`_BUDGET` steps or
:data:`_DEPTH` levels ends early, with :class:`RecursionError`.
"""

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from typing import Any

from untrusted.patterns import compile_bounded

_BUDGET = 100_000
"""Schemas applied, required names and listed values looked at, per call."""

_DEPTH = 64
"""Schemas applied inside one another."""

_PATTERN_STEPS = 2_000_000
"""Steps of backtracking that all patterns of one call may take at worst, about 0.1 s."""

Path = tuple[str | int, ...]
Violations = Generator[tuple[Path, str], None, None]
"""Paths of values that violate the schema, and what is expected of each."""


class Validation:
    """One validation: the root that references point into, and the remaining budget."""

    def __init__(self, root: Any, checks: Mapping[str, "Check"]) -> None:
        self.root = root
        self.checks = checks
        self.budget = _BUDGET
        self.pattern_steps = _PATTERN_STEPS
        self.active: set[tuple[int, int]] = set()
        self.listed: dict[int, frozenset[Any]] = {}

    def check(self, value: Any, schema: Any, path: Path) -> Violations:
        """Yields the violations of a schema by a value that stands at a path."""
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
            for keyword, check in self.checks.items():
                if keyword in schema:
                    yield from check(self, value, schema[keyword], schema, path)
        finally:
            self.active.discard(step)

    def accepts(self, value: Any, schema: Any, path: Path) -> bool:
        with closing(self.check(value, schema, path)) as found:
            return next(found, None) is None

    def spend(self, steps: int) -> None:
        """Takes steps off the budget. Raises :class:`RecursionError` if there are not enough."""
        self.budget -= steps
        if self.budget < 0:
            raise RecursionError

    def matches(self, pattern: Any, text: str) -> bool | None:
        """Whether a text matches a pattern; None if that cannot be found out in bounded time."""
        bounded = compile_bounded(pattern) if isinstance(pattern, str) else None
        if bounded is None or bounded.steps(text) > self.pattern_steps:
            return None
        self.pattern_steps -= bounded.steps(text)
        return bounded.search(text)

    def freeze(self, value: Any, depth: int = 0) -> Any:
        """Returns what is hashable, and equal for equal JSON values: 1 and 1.0, not 1 and true."""
        self.spend(1)
        if depth > _DEPTH:
            raise RecursionError
        if isinstance(value, dict):
            return frozenset((name, self.freeze(item, depth + 1)) for name, item in value.items())
        if isinstance(value, list):
            return tuple(self.freeze(item, depth + 1) for item in value)
        return (bool, value) if isinstance(value, bool) else value


Check = Callable[[Validation, Any, Any, dict[str, Any], Path], Violations]
"""(validation, value, value of the keyword, the schema around it, path of the value)"""
