r"""Searches for regular expressions from outside in bounded time.

Python's ``re`` backtracks: one pattern such as ``(a+)+$`` and a text of 40 letters stop the
program for hours. So a pattern is used only if its work can be bounded before it runs.

What takes time is choice, so the choices of a pattern are counted: ``spans`` are repeats that may
take more or fewer characters, ``options`` are alternatives and what may be missing. The pattern of
an IPv4 address has four spans and no options::

    (\d{1,3}\.){3}\d{1,3}$
     -------               1 span: one to three digits
    ------------           3 spans: as if the group was written three times
                -------    1 span

A search in a text of 11 characters shares these out among the part before the match and the spans,
in ``comb(11 + 4 + 2, 4 + 1)``, or 6188, ways at most. ``(a+)+`` has no such bound, as nothing says
how many times the inner repeat is there: it is rejected.
"""

import re
from functools import lru_cache
from math import comb
from typing import NamedTuple

_MAX_LENGTH = 512
_MAX_CHOICES = 24
"""Most spans, and most options: with more of them even short texts would take too long."""
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
    """A pattern with ``spans`` repeats that vary and ``options`` either-or choices."""

    compiled: re.Pattern[str]
    spans: int
    options: int

    def steps(self, text: str) -> int:
        """Returns how many ways a search tries at worst: every way to share the text among the part
        before the match and the repeats, times two for every either-or."""
        return comb(len(text) + self.spans + 2, self.spans + 1) << self.options

    def search(self, text: str) -> bool:
        return self.compiled.search(text) is not None


@lru_cache(maxsize=64)
def compile_bounded(pattern: str) -> Pattern | None:
    """Compiles a pattern; returns None if it is broken or its work has no bound.

    Accepts what means the same in ECMA-262 and Python: no back references, no named groups. A
    repeat around a choice must end: ``(a+){3}`` counts as ``a+a+a+``, ``(a+)+`` is rejected.
    """
    if len(pattern) > _MAX_LENGTH:
        return None
    python: list[str] = []
    groups = [(0, 0)]  # spans and options of every group that is still open
    repeatable: tuple[int, int] | None = None  # those of what a repeat sign would repeat
    position = 0
    while position < len(pattern):
        token = _TOKEN.match(pattern, position)
        if token is None:
            return None
        position = token.end()
        # Python's own $ also matches before a line end.
        python.append(r"\Z" if token["end"] else token[0])
        choices = (0, 0)
        if token["open"]:
            groups.append((0, 0))
            repeatable = None
        elif token["close"]:
            choices = repeatable = groups.pop()
        elif token["repeat"]:
            if repeatable is None:
                return None
            choices, repeatable = _repeat_choices(token, *repeatable), None
        elif token["or"]:
            choices, repeatable = (0, 1), None
        else:
            repeatable = (0, 0) if token["atom"] else None
        if not 0 < len(groups) <= _MAX_GROUPS:
            return None
        groups[-1] = groups[-1][0] + choices[0], groups[-1][1] + choices[1]
        if max(groups[-1]) > _MAX_CHOICES:
            return None
    try:
        return Pattern(re.compile("".join(python), re.ASCII), *groups[0])
    except (re.error, OverflowError):
        return None


def _repeat_choices(token: re.Match[str], spans: int, options: int) -> tuple[int, int]:
    """Returns the spans and options that a repeat sign adds to those of what it repeats."""
    sign = token["repeat"][0]
    if sign == "?":
        return 0, 1
    ends = sign == "{" and not (token["to"] and not token["high"])
    varies = int(not ends or bool(token["to"]))
    if not (spans or options):
        return varies, 0
    times = int(token["high"] or token["low"]) if ends else _MAX_CHOICES + 2
    return spans * (times - 1) + varies, options * (times - 1)
