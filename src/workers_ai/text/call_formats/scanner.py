"""Finds calls in a text that arrives in pieces."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from workers_ai.text.call_formats.declared import Call, DeclaredTools
from workers_ai.text.call_formats.endings import Ending
from workers_ai.text.call_formats.table import (
    CLOSINGS,
    FORMATS,
    GLANCE,
    LEADS,
    Format,
    skip_remains,
)
from workers_ai.text.stages import Markers

_BY_OPENING: dict[str, list[Format]] = {}
for _format in FORMATS:
    for _opening in _format.openings:
        _BY_OPENING.setdefault(_opening, []).append(_format)
_BARE = [_format for _format in FORMATS if not _format.openings]
_MARKS = sorted([*_BY_OPENING, *LEADS], key=len, reverse=True)
_BEGINNINGS = Markers(_MARKS)
_is_plain = re.compile(r"[^<`\[]*[^<`\[\s]").fullmatch
"""Text without a part of a mark, and without white space at its end, which may stand before one."""
_find_mark = re.compile("|".join(map(re.escape, _MARKS))).search
_STARTS = {each.name: tuple(head.before for head in each.begins) for each in FORMATS}
_LONGEST_START = max(len(start) for starts in _STARTS.values() for start in starts)
_LONGEST_CLOSING = max(map(len, CLOSINGS))
_skip_separator = re.compile(r"\s*[;,]?\s{0,99}").match


class Found(NamedTuple):
    """Calls, and the text that they were, with the white space before it."""

    text: str
    calls: list[Call]


class _State(Enum):
    START = auto()
    BARE = auto()
    WATCH = auto()
    INSIDE = auto()
    BEHIND = auto()


class _Open(Enum):
    OPEN = auto()


_OPEN = _Open.OPEN
"""It cannot be seen yet, so what is held stays held."""
_START, _BARE_STATE, _WATCH, _INSIDE, _BEHIND = _State


class Scanner:
    """Passes text on, and the calls of declared tools among it as :class:`Found`.

    What may become a call is held back until it is one, or cannot be one any more; then it stays
    text. White space around a call goes, and what is left there of a template.

    ======  ==============================================  ======================================
    state   the text so far                                 next state
    ======  ==============================================  ======================================
    START   too short to see whether the answer begins as   BARE if it does, else WATCH
            a call without marks
    BARE    all of it is held: it may be nothing but calls  none; the end decides
    WATCH   passes, but for what may be the beginning of a  INSIDE once that is certain
            call
    INSIDE  a call, held                                    BEHIND or WATCH when it is complete
    BEHIND  what may be left behind a call                  INSIDE at another one, else WATCH
    ======  ==============================================  ======================================
    """

    def __init__(self, tools: DeclaredTools) -> None:
        self._tools = tools
        self._glance = GLANCE + tools.longest_name
        self._state = _START
        # All that is held are these three, in this order. Each piece is looked at as it comes, and
        # a second time only in a text that is complete or short: so the cost is linear.
        self._spaces: list[str] = []
        """White space, and marks of lists, that go if a call follows."""
        self._held = ""
        self._pieces: list[str] = []
        """What has come since it was certain that ``_held`` is the beginning of a call."""
        self._format = FORMATS[0]
        """The format of that call, or of the last one."""
        self._opening = ""
        self._ending: Ending = self._format.end(self._format.openings[0])

    @property
    def held(self) -> int:
        """How many characters are held."""
        return sum(map(len, [*self._spaces, self._held, *self._pieces]))

    def read(self, text: str) -> list[str | Found]:
        state = self._state
        if state is _WATCH and not self._held:
            if not self._spaces and _is_plain(text):
                return [text]
            if text.isspace():
                self._spaces.append(text)
                return []
        if state is _BARE_STATE:
            self._pieces.append(text)
            return []
        if state is _INSIDE:
            return self._read_inside(text)
        self._held += text
        if state is _START:
            begun = self._choose(_BARE, self._held, 0)
            if begun is not None:
                self._state = _START if begun is _OPEN else _BARE_STATE
                return []
        return self._scan([], is_behind=state is _BEHIND)

    def _read_inside(self, text: str) -> list[str | Found]:
        end = self._ending.find(text, 0)
        if end < 0:
            self._pieces.append(text)
            return []
        self._pieces.append(text[:end])
        block = self._take()
        self._held = text[end:]
        calls = self._recover(block)
        out = self._found(block, calls) if calls else self._pass(block)
        return self._scan(out, is_behind=bool(calls))

    def _scan(self, out: list[str | Found], *, is_behind: bool) -> list[str | Found]:
        """Passes on what cannot be part of a call, and the calls that are complete."""
        self._state = _WATCH
        text, passed, place = self._held, 0, 0
        while True:
            opening, begun = "", None
            if is_behind:
                passed = place = _end_of(skip_remains(text, place))
                begun = self._choose_behind(text, place)
                if begun is _OPEN:
                    self._state, self._held = _BEHIND, text[place:]
                    return out
                at, is_behind = place, False
            if begun is None:
                found = _find_mark(text, place)
                if found is None:
                    break
                opening, at, place = found[0], found.start(), found.end()
                if opening in LEADS:
                    out += self._pass(text[passed:at])
                    self._spaces.append(opening)
                    passed = place
                    continue
                begun = self._choose(_BY_OPENING[opening], text, place)
                if begun is None:
                    continue
            if begun is not _OPEN:
                self._begin(begun, opening)
                end = self._ending.find(text, place)
            if begun is _OPEN or end < 0:
                out += self._pass(text[passed:at])
                self._state = _WATCH if begun is _OPEN else _INSIDE
                self._held = text[at:]
                return out
            place = end
            calls = self._recover(text[at:end])
            if calls:
                out += self._pass(text[passed:at])
                out += self._found(text[at:end], calls)
                passed, is_behind = end, True
        at = len(text) - _BEGINNINGS.count_held(text, place)
        out += self._pass(text[passed:at])
        self._held = text[at:]
        return out

    def _choose(self, formats: Sequence[Format], text: str, start: int) -> "Format | _Open | None":
        """Returns the format in which a call of a declared tool begins at a place, as far as a
        glance goes; None if there is none, :data:`_OPEN` if that cannot be seen yet."""
        glance = text[start : start + self._glance]
        begun = "".join(glance.split())
        is_open = False
        for format in formats:
            # Most are told apart here, in one step.
            if len(begun) > _LONGEST_START and not begun.startswith(_STARTS[format.name]):
                continue
            fits = format.matches(begun, self._tools)
            if fits:
                return format
            is_open |= fits is None
        return _OPEN if is_open and len(glance) < self._glance else None

    def _choose_behind(self, text: str, place: int) -> "Format | _Open | None":
        """The same for what comes behind a call, which may be another one without an opening."""
        rest = text[place : place + _LONGEST_CLOSING]
        if any(closing.startswith(rest) for closing in CLOSINGS):
            return _OPEN
        if not self._format.repeats:
            return None
        start = _end_of(_skip_separator(text, place))
        if start == len(text):
            return _OPEN
        return self._choose([self._format], text, start)

    def _begin(self, format: Format, opening: str) -> None:
        self._format, self._opening = format, opening
        self._ending = format.end(opening)

    def _recover(self, block: str) -> list[Call]:
        """Reads the calls that a text consists of; none if one is of another tool."""
        inner = block[len(self._opening) :].removesuffix(self._ending.tag)
        try:
            calls = self._format.read(inner, self._tools)
        except ValueError:
            return []
        declared = []
        for call in calls:
            name = self._tools.find(call.name)
            if name is None:
                return []
            declared.append(call._replace(name=name))
        return declared

    def _recover_all(self, text: str) -> list[Call]:
        """Reads a text that consists of calls without openings, and of nothing else."""
        calls: list[Call] = []
        place = 0
        while place < len(text):
            start = _end_of(_skip_separator(text, place))
            begun = self._choose(_BARE, text, start)
            if begun is None or begun is _OPEN:
                return []
            self._begin(begun, "")
            end = self._ending.find(text, start)
            end = len(text) if end < 0 else end
            more = self._recover(text[start:end])
            if not more:
                return []
            calls += more
            place = _end_of(skip_remains(text, end))
        return calls

    def _found(self, block: str, calls: list[Call]) -> list[str | Found]:
        text = "".join([*self._spaces, block])
        self._spaces.clear()
        return [Found(text, calls)]

    def _pass(self, text: str) -> list[str | Found]:
        """Passes on a text without the white space at its end, which goes if a call follows."""
        said = text.rstrip()
        passed = "".join([*self._spaces, said]) if said else ""
        if said:
            self._spaces.clear()
        if len(said) < len(text):
            self._spaces.append(text[len(said) :])
        return [passed] if passed else []

    def _take(self) -> str:
        """Takes all that is held but the white space before it."""
        text = "".join([self._held, *self._pieces])
        self._held = ""
        self._pieces.clear()
        return text

    def release(self) -> str:
        """Takes all that is held, as the text that it is."""
        text = "".join([*self._spaces, self._take()])
        self._spaces.clear()
        self._state = _WATCH
        return text

    def close(self, *, is_cut: bool = False) -> list[str | Found]:
        """Passes on the rest of the text. ``is_cut``: the answer was cut short, so that a call
        without its end may lack arguments."""
        calls: list[Call] = []
        block = self._take()
        if self._state is _BARE_STATE:
            calls = self._recover_all(block)
        elif self._state is _INSIDE and not (is_cut and self._format.is_cut_unsafe):
            calls = self._recover(block)
        if calls:
            return self._found(block, calls)
        self._held = block
        text = self.release()
        return [text] if text else []


def _end_of(found: "re.Match[str] | None") -> int:
    assert found, "a pattern that matches nothing, too"
    return found.end()
