"""Reads JSON from outside: request bodies, upstream answers, a model's prose.

Use :func:`parse_json` instead of :func:`json.loads` for every text from outside: under
Pyodide a few thousand nested brackets overflow JavaScript's stack inside ``json.loads``, and
that ends the whole isolate, not the request.
"""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

MAX_DEPTH = 128
"""Most levels of nesting. Real requests have about ten."""

_CANDIDATES = 64
"""Most places of a text that are tried. Where brackets nest too deeply it is the first one alone:
each costs a walk through the rest of the text then."""

_IN_STRING = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
_MARK = re.compile(r'["{}\[\]]')

_FENCE = re.compile(r"^[ \t]*```[\w-]*\s*(?=[\[{])", re.MULTILINE)
_OPENING = re.compile(r'\{\s*["}]|\[\s*[]\[{"\d\-tfn]')
_TRAILING_COMMA = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*"?)|,(?=\s*[\]}])', re.DOTALL)

_BETWEEN = re.compile(r"[\s,;]*")

_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))


def parse_json(text: str) -> Any:
    """Parses a text that is JSON and nothing else.

    Stricter than :func:`json.loads`: no NaN, no number too large for a float, at most
    :data:`MAX_DEPTH` levels. So the result can be written as JSON again. Raises
    :class:`ValueError`.
    """
    _check_depth(text)
    return _STRICT.decode(text)


def check_number(value: Any) -> float:
    """Returns a JSON number as a float. Raises :class:`ValueError` for other values, and for an
    integer too large for a float."""
    if type(value) is float or (type(value) is int and abs(value) <= sys.float_info.max):
        return float(value)
    raise ValueError("This is no number, or too large.")


def find_json(text: str) -> Any:
    """Finds the JSON in a model's answer, which may be fenced or have prose around it.

    A text that is JSON as a whole is parsed as it is. Otherwise the first fence that begins
    with JSON counts, then the first object or array; a list of bare numbers is taken for a
    footnote mark such as ``[1]`` unless there is nothing else. Line ends inside strings and
    trailing commas are accepted. A broken outer value is never replaced by a piece from
    inside it. Takes time linear in the length of the text. Raises :class:`ValueError` if
    there is no JSON.
    """
    try:
        _check_depth(text)
        return _LENIENT.decode(text.strip())
    except ValueError:
        pass
    footnote = None
    for attempt in _attempts(text):
        is_deep = _nests_deeply(attempt)
        for value in _fenced_values(attempt, is_deep):
            return value
        for value in _values(attempt, is_deep):
            if not _is_footnote(value):
                return value
            footnote = value if footnote is None else footnote
    if footnote is None:
        raise ValueError("There is no JSON in the text.")
    return footnote


def read_json_values(text: str) -> list[Any]:
    """Parses a text of several JSON values, with white space, commas or semicolons between them.

    Line ends inside strings are accepted. Raises :class:`ValueError` if there is anything else.
    """
    _check_depth(text)
    values, position = [], len(text) - len(text.lstrip())
    while position < len(text):
        value, position = _LENIENT.raw_decode(text, position)
        values.append(value)
        between = _BETWEEN.match(text, position)
        position = between.end() if between else position
    return values


class Nesting:
    """Follows the JSON of an object or an array that arrives in ``pieces``, none of which it reads
    twice."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._followed = 0
        self._depth = 0
        self._in_string = False
        self._has_begun = False
        self._unread = ""

    def check_closed(self) -> bool:
        """Returns whether all brackets are closed, and there have been some."""
        text = "".join([self._unread, *self.pieces[self._followed :]])
        self._followed = len(self.pieces)
        position = 0
        while position < len(text):
            if self._in_string:
                inside = _IN_STRING.match(text, position)
                position = inside.end() if inside else position
                if text[position : position + 1] != '"':
                    break  # the end, or a lone backslash before it
                self._in_string = False
                position += 1
                continue
            mark = _MARK.search(text, position)
            if mark is None:
                position = len(text)
                break
            position = mark.end()
            self._has_begun = True
            if mark[0] == '"':
                self._in_string = True
            else:
                self._depth += 1 if mark[0] in "{[" else -1
        self._unread = text[position:]
        return self._has_begun and not (self._in_string or self._depth)


def _attempts(text: str) -> Iterator[str]:
    """Yields the text, then the text without trailing commas."""
    opening = _OPENING.search(text)
    if opening is not None:
        yield text
        # From the first bracket on, so that a lone quote in the prose does not swap what is inside
        # strings and what is outside.
        start = opening.start()
        yield text[:start] + _TRAILING_COMMA.sub(r"\1", text[start:])


def _fenced_values(text: str, is_deep: bool) -> Iterator[Any]:
    for fence in islice(_FENCE.finditer(text), 1 if is_deep else _CANDIDATES):
        with suppress(ValueError):
            yield _decode(text, fence.end(), is_deep)[0]


def _values(text: str, is_deep: bool) -> Iterator[Any]:
    """Yields the JSON objects and arrays in a text, in order, none from inside another."""
    position = 0
    for _ in range(1 if is_deep else _CANDIDATES):
        opening = _OPENING.search(text, position)
        if opening is None:
            return
        try:
            value, position = _decode(text, opening.start(), is_deep)
        except json.JSONDecodeError as error:
            # Going on from the place of the error, not from the next bracket, takes linear time and
            # does not mistake {"a": {"b": 1}, oops} for {"b": 1}.
            position = max(opening.start() + 1, error.pos)
        else:
            yield value


def _is_footnote(value: Any) -> bool:
    return isinstance(value, list) and all(type(item) is int for item in value)


def _decode(text: str, start: int, is_deep: bool) -> tuple[Any, int]:
    if is_deep:
        _check_depth(text, start)
    return _LENIENT.raw_decode(text, start)


def _check_depth(text: str, start: int = 0) -> None:
    """Raises :class:`ValueError` if JSON that begins at ``start`` nests too deeply.

    Works by whole-string operations: once escapes are removed, every other piece between quotes is
    outside strings; then each replacement removes one level of brackets.
    """
    if text.count("[", start) + text.count("{", start) <= MAX_DEPTH:
        return
    if _is_deep(_split_at_quotes(text[start:])[::2]):
        raise ValueError("The JSON is nested too deeply.")


def _nests_deeply(text: str) -> bool:
    """Returns whether JSON may be nested too deeply that begins anywhere in a text.

    Whether a place is inside a string depends on where the JSON begins, so both are looked at. What
    begins later nests no deeper than the whole.
    """
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    pieces = _split_at_quotes(text)
    return _is_deep(pieces[::2]) or _is_deep(pieces[1::2])


def _split_at_quotes(text: str) -> list[str]:
    return text.replace("\\\\", "").replace('\\"', "").split('"')


def _is_deep(pieces: list[str]) -> bool:
    brackets = "".join(pieces).encode("ascii", "ignore").translate(_BRACKETS, _NOT_BRACKETS)
    levels = 0
    while levels <= MAX_DEPTH and b"[]" in brackets:
        brackets = brackets.replace(b"[]", b"")
        levels += 1
    return levels + brackets.count(b"[") > MAX_DEPTH


def _reject_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON.")


def _parse_float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("A number is too large.")
    return value


_STRICT = json.JSONDecoder(parse_constant=_reject_constant, parse_float=_parse_float)
_LENIENT = json.JSONDecoder(parse_constant=_reject_constant, parse_float=_parse_float, strict=False)
