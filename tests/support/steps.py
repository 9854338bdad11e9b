"""Counts what Python does, to hold how the cost of a parser grows: in steps, not in seconds.

A step is a line of Python that is run, and, of a text that is a :class:`CountedText`, every
:data:`CHARACTERS` characters that are copied or searched, as that is done by one line; of
:class:`CountedBytes` the same.
"""

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any, SupportsIndex

CHARACTERS = 64
MARGIN = 1.15
"""How much more than double a doubled input may take: dictionaries grow in leaps."""


class _Counter:
    def __init__(self) -> None:
        self.lines = 0
        self.characters = 0

    def trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            self.lines += 1
        return self.trace


_counter = _Counter()


def count_steps(work: Callable[[], object]) -> int:
    """Runs ``work`` and counts its steps."""
    _counter.lines = _counter.characters = 0
    before = sys.gettrace()
    sys.settrace(_counter.trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return _counter.lines + _counter.characters // CHARACTERS


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """Asserts that ``work(2 * size)`` takes at most a little more than twice the steps of
    ``work(size)``."""
    work(1)  # imports and caches
    assert_doubled(*(count_steps(partial(work, each)) for each in (size, 2 * size)))


def assert_doubled(once: int, twice: int) -> None:
    """Asserts that these are at most a little more than twice the steps."""
    assert twice <= 2 * MARGIN * once, f"{once} steps, and {twice} for twice as much"


def _count(result: Any, characters: int) -> Any:
    """Counts characters; parts of a counted text are counted too."""
    _counter.characters += characters
    if type(result) is str:
        return CountedText(result)
    if isinstance(result, tuple | list):
        return type(result)(CountedText(part) for part in result)
    return result


class CountedText(str):
    """A text that counts the characters that are copied from it or searched in it."""

    def __add__(self, other: str) -> Any:
        return _count(super().__add__(other), len(self) + len(other))

    def __radd__(self, other: str) -> Any:
        return _count(str.__add__(other, self), len(self) + len(other))

    def __getitem__(self, key: SupportsIndex | slice) -> Any:
        part = super().__getitem__(key)
        return _count(part, len(part))

    def find(self, text: str, start: Any = 0, end: Any = None) -> int:
        place = super().find(text, start, end)
        last = len(self) if end is None else min(end, len(self))
        _counter.characters += (last if place < 0 else place) - start
        return place

    def __contains__(self, text: object) -> bool:
        assert isinstance(text, str)
        return self.find(text) >= 0


class CountedBytes(bytes):
    """Bytes that count what is copied when they are joined with others."""

    def __add__(self, other: Any) -> bytes:
        _counter.characters += len(self) + len(other)
        return super().__add__(other)

    def __radd__(self, other: bytes) -> bytes:
        _counter.characters += len(self) + len(other)
        return other.__add__(self)


def _wrapper(name: str) -> Any:
    plain = getattr(str, name)

    def method(self: CountedText, *arguments: Any) -> Any:
        return _count(plain(self, *arguments), len(self))

    return method


for _name in "lstrip partition removeprefix removesuffix replace rstrip split strip".split():
    setattr(CountedText, _name, _wrapper(_name))
