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

Each character of the pattern is tried in as many ways as there are for the choices before it, and
more often if it is repeated: in ``(a{900}){90}b`` there are 81,000 steps for every place at which
the search begins, though there is no choice.
"""

import re
from math import comb
from typing import NamedTuple

_MAX_LENGTH = 512
_MAX_CHOICES = 24
"""Most spans, and most options: with more of them even short texts would take too long."""
_MAX_GROUPS = 16

_GROUP_STEPS = 8
"""Entering and leaving a group takes as long as this many characters."""

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

_WIDE_RANGE = re.compile(r"(\\u[0-9a-fA-F]{4}|.)-(\\u[0-9a-fA-F]{4}|[^\0-\xff])", re.DOTALL)
"""A range of characters that ends outside Latin-1: Python visits each of them to compile it."""


class Work:
    """What a part of a pattern may take: ``spans`` repeats that vary, ``options`` either-or
    choices, and how many steps by the spans and options that come before them."""

    def __init__(self, spans: int = 0, options: int = 0, steps: int = 0) -> None:
        self.spans = spans
        self.options = options
        self.steps = {(0, 0): steps} if steps else {}

    def add(self, part: "Work") -> None:
        """Adds the work of what comes next in the pattern."""
        for (spans, options), steps in part.steps.items():
            place = self.spans + spans, self.options + options
            self.steps[place] = self.steps.get(place, 0) + steps
        self.spans += part.spans
        self.options += part.options


class Pattern(NamedTuple):
    """A pattern and its work. One that ``is_anchored`` can match only at the start of a text."""

    compiled: re.Pattern[str]
    work: Work
    is_anchored: bool

    def steps(self, text: str, *, limit: int) -> int:
        """Returns how many steps a search takes at worst, or any number above ``limit``.

        A step is taken in every way to share the text among the part before the match and the
        spans before the step, times two for every option before it.
        """
        total = len(text)
        for (spans, options), steps in self.work.steps.items():
            shares = spans if self.is_anchored else spans + 1
            total += steps * comb(len(text) + shares + 1, shares) << options
            if total > limit:
                break
        return total

    def search(self, text: str) -> bool:
        return self.compiled.search(text) is not None


def compile_steps(pattern: str) -> int:
    """Returns how many steps of a few microseconds :func:`compile_bounded` takes at worst."""
    if len(pattern) > _MAX_LENGTH:
        return 1
    steps = 6 * len(pattern)
    if "\\u" in pattern or not pattern.isascii():  # the map of a set has 65,536 places
        steps += 40 * pattern.count("[")
        steps += sum(
            max(0, min(_code(last), 0xFFFF) - _code(first)) // 16
            for first, last in _WIDE_RANGE.findall(pattern)
        )
    return steps


def _code(character: str) -> int:
    return ord(character) if len(character) == 1 else int(character[2:], 16)


def compile_bounded(pattern: str) -> Pattern | None:
    """Compiles a pattern; returns None if it is broken or its work has no bound.

    Accepts what means the same in ECMA-262 and Python: no back references, no named groups. A
    repeat around a choice must end: ``(a+){3}`` counts as ``a+a+a+``, ``(a+)+`` is rejected.
    """
    if len(pattern) > _MAX_LENGTH:
        return None
    python: list[str] = []
    groups = [Work()]  # that of every group that is still open
    repeatable: Work | None = None  # that of what a repeat sign would repeat
    is_anchored = pattern.startswith("^")
    position = 0
    while position < len(pattern):
        token = _TOKEN.match(pattern, position)
        if token is None:
            return None
        position = token.end()
        # Python's own $ also matches before a line end.
        python.append(r"\Z" if token["end"] else token[0])
        work = Work()
        if token["open"]:
            groups.append(Work(steps=_GROUP_STEPS))
            repeatable = None
        elif token["close"]:
            work = repeatable = groups.pop()
        elif token["repeat"]:
            if repeatable is None:
                return None
            work, repeatable = _repeat_work(token, repeatable), None
        elif token["or"]:
            work, repeatable = Work(options=1), None
            is_anchored = is_anchored and len(groups) > 1
        else:
            work = Work(steps=1)
            repeatable = work if token["atom"] else None
        if not 0 < len(groups) <= _MAX_GROUPS:
            return None
        groups[-1].add(work)
        if max(groups[-1].spans, groups[-1].options) > _MAX_CHOICES:
            return None
    try:
        return Pattern(re.compile("".join(python), re.ASCII), groups[0], is_anchored)
    except (re.error, OverflowError):
        return None


def _repeat_work(token: re.Match[str], once: Work) -> Work:
    """Returns the work that a repeat sign adds to that of what it repeats."""
    sign = token["repeat"][0]
    if sign == "?":
        return Work(options=1)
    ends = sign == "{" and not (token["to"] and not token["high"])
    varies = int(not ends or bool(token["to"]))
    more = Work()
    if not (once.spans or once.options):
        least, steps = int(token["low"] or 1), sum(once.steps.values())
        more.add(Work(varies, 0, steps * max(least - 1, 0)))
        more.add(Work(0, 0, steps * varies))
        return more
    times = int(token["high"] or token["low"]) if ends else _MAX_CHOICES + 2
    for _ in range(min(times - 1, _MAX_CHOICES + 1)):
        more.add(once)
    more.add(Work(varies))
    return more
