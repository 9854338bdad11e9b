"""Regular expressions from outside, tried in bounded time.

Python's ``re`` backtracks: one pattern such as ``(a+)+$`` and a text of 40 letters stop the
program for hours. So a pattern is used only if its work can be bounded before it runs.
"""

import re
from functools import lru_cache
from math import comb
from typing import NamedTuple

_MAX_LENGTH = 512
_MAX_CHOICES = 24
_MAX_GROUPS = 16

_ESCAPE = r"\\(?:[dDwWsSnrtfv]|[^\w\s]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})"
_TOKEN = re.compile(
    rf"""
    (?P<open> \( (?:\?[:=!])? )
    | (?P<close> \) )
    | (?P<repeat>
        (?: [*+?] | \{{ (?P<low>\d{{1,4}}) (?: (?P<to>,) (?P<high>\d{{0,4}}) )? \}} ) \?? )
    | (?P<or> \| )
    | (?P<end> \$ )
    | (?P<atom> [^\\\[\](){{}}*+?|$] | \\[bB] | {_ESCAPE}
        | \[ \^? (?: (?!--|&&|\|\||~~) [^\[\]\\] | {_ESCAPE} )+ \] )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)


class Pattern(NamedTuple):
    """A pattern with ``spans`` open-ended repeats and ``options`` either-or choices."""

    compiled: re.Pattern[str]
    spans: int
    options: int

    def steps(self, text: str) -> int:
        """How many ways a search tries at worst: every way to share the text among the part
        before the match and the repeats, times two for every either-or."""
        return comb(len(text) + self.spans + 2, self.spans + 1) << self.options

    def search(self, text: str) -> bool:
        return self.compiled.search(text) is not None


@lru_cache(maxsize=64)
def bounded_pattern(pattern: str) -> Pattern | None:
    """The pattern ready for use, or None if it is broken or its work has no bound.

    Takes what means the same in ECMA-262 and Python: no back references, no named groups.
    A repeat around a choice is taken only if it ends: ``(a+){3}`` counts as ``a+a+a+``,
    ``(a+)+`` is refused.
    """
    if len(pattern) > _MAX_LENGTH:
        return None
    python: list[str] = []
    groups = [(0, 0)]  # (spans, options) of every group that is still open
    repeatable: tuple[int, int] | None = None  # of what a repeat sign would repeat
    position = 0
    while position < len(pattern):
        token = _TOKEN.match(pattern, position)
        if token is None:
            return None
        position = token.end()
        # Python's own $ also matches before a line end.
        python.append(r"\Z" if token["end"] else token[0])
        added = (0, 0)
        if token["open"]:
            groups.append((0, 0))
            repeatable = None
        elif token["close"]:
            added = repeatable = groups.pop()
        elif token["repeat"]:
            if repeatable is None:
                return None
            added, repeatable = _repeated(token, *repeatable), None
        elif token["or"]:
            added, repeatable = (0, 1), None
        else:
            repeatable = (0, 0) if token["atom"] else None
        if not 0 < len(groups) <= _MAX_GROUPS:
            return None
        groups[-1] = groups[-1][0] + added[0], groups[-1][1] + added[1]
        if max(groups[-1]) > _MAX_CHOICES:
            return None
    try:
        return Pattern(re.compile("".join(python), re.ASCII), *groups[0])
    except (re.error, OverflowError):
        return None


def _repeated(token: re.Match[str], spans: int, options: int) -> tuple[int, int]:
    """The choices that a repeat sign adds to those of what it repeats."""
    sign = token["repeat"][0]
    if sign == "?":
        return 0, 1
    ends = sign == "{" and not (token["to"] and not token["high"])
    varies = int(not ends or bool(token["to"]))
    if not (spans or options):
        return varies, 0
    times = int(token["high"] or token["low"]) if ends else _MAX_CHOICES + 2
    return spans * (times - 1) + varies, options * (times - 1)
