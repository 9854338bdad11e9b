"""Finds where a call ends in a text that arrives in pieces. Each character is looked at once."""

import re
from functools import cache
from typing import Protocol


class Ending(Protocol):
    tag: str
    """The closing tag, if the call has one."""

    def find(self, text: str, start: int) -> int:
        """Returns the place behind the end of the call, -1 if that has not come yet. ``text`` from
        ``start`` on is what follows the text of the call before."""


_in_string = {quote: re.compile(rf"[{quote}\\]").search for quote in "\"'"}


class _Strings:
    """Knows whether a place is inside a quoted string."""

    def __init__(self) -> None:
        self._quote = ""
        self._is_escaped = False

    @property
    def is_open(self) -> bool:
        return bool(self._quote)

    def enter(self, quote: str) -> None:
        self._quote = quote

    def leave(self, text: str, place: int) -> int:
        """Returns the place behind the string, -1 if it does not end in this text."""
        if self._is_escaped and place < len(text):
            self._is_escaped = False
            place += 1
        search = _in_string[self._quote]
        while found := search(text, place):
            place = found.end()
            if found[0] == self._quote:
                self._quote = ""
                return place
            if place == len(text):
                self._is_escaped = True
                return -1
            place += 1
        return -1


@cache
def _searcher(tag: str, quotes: str) -> "re.Pattern[str]":
    return re.compile("|".join([re.escape(tag), *quotes]))


class TagEnd:
    """The call ends with ``tag``. ``quotes``: one inside a string does not count."""

    def __init__(self, tag: str, quotes: str = "") -> None:
        self.tag = tag
        self._search = _searcher(tag, quotes).search
        self._strings = _Strings()
        self._seen = ""
        """The last characters outside strings, which may be the beginning of the tag."""

    def find(self, text: str, start: int) -> int:
        offset = 0
        if self._seen:
            offset = len(self._seen)
            text, start, self._seen = self._seen + text[start:], 0, ""
            offset -= start
        place = start
        while True:
            if self._strings.is_open:
                place = self._strings.leave(text, place)
                if place < 0:
                    return -1
            found = self._search(text, place)
            if found is None:
                self._seen = text[max(place, len(text) - len(self.tag) + 1) :]
                return -1
            place = found.end()
            if found[0] == self.tag:
                return place - offset
            self._strings.enter(found[0])


_BRACKETS = {"{": 1, "[": 1, "(": 1, "}": -1, "]": -1, ")": -1}
_find_bracket = {
    '"': re.compile(r'["{}\[\]]').search,
    "\"'": re.compile(r"[\"'{}\[\]()]").search,
}


class BracketEnd:
    """The call ends with the bracket that closes the first one of ``openings``.

    ``patience``: the first one comes within so many characters, or the call ends there, as what it
    is not.
    """

    tag = ""

    def __init__(self, openings: str, quotes: str, patience: int) -> None:
        self._opening = re.compile(f"[{re.escape(openings)}]").search
        self._patience = patience
        self._search = _find_bracket[quotes]
        self._strings = _Strings()
        self._depth = 0

    def find(self, text: str, start: int) -> int:
        place = start
        if not self._depth:
            found = self._opening(text, start, start + self._patience)
            if found is None:
                self._patience -= len(text) - start
                return -1 if self._patience > 0 else len(text) + min(0, self._patience)
            self._depth, place = 1, found.end()
        while True:
            if self._strings.is_open:
                place = self._strings.leave(text, place)
                if place < 0:
                    return -1
            found = self._search(text, place)
            if found is None:
                return -1
            place = found.end()
            step = _BRACKETS.get(found[0])
            if step is None:
                self._strings.enter(found[0])
                continue
            self._depth += step
            if not self._depth:
                return place
