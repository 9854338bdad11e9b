"""Recovers tool calls that a model wrote into its text instead of making them."""

import re
from collections.abc import Collection
from enum import Enum, auto
from typing import Any

from core.limits import HELD_CHARACTERS
from untrusted.json_text import parse_json, read_json_values
from workers_ai.text.events import Event, Failure, Token, ToolArguments, ToolStart
from workers_ai.text.stages import Markers
from workers_ai.text.tool_calls import ToolCalls

_ENDS = {"<tool_call>": "</tool_call>", "<function=": "</function>", "```": "```"}
"""What a call inside the text begins with, and what it ends with."""
_BEGINNINGS = Markers(_ENDS)
_is_plain = re.compile(r"[^<`]*[^<`\s]").fullmatch
"""Text without a part of a beginning, and without white space at its end, which may stand before
one."""
_find_mark = re.compile(r"<function=|(?:<tool_call>|```)(?=\s*(?:[{\[<j]|\Z))").search
"""Finds what a call may begin with, unless it is plain from the next letter that it is none."""
_match_space = re.compile(r"\s*").match
_WRAPPERS = ("<|python_tag|>", "[TOOL_CALLS]", "json")
"""What may stand before the JSON of a call; ``json`` after a fence."""
_match_function = re.compile(r"<function=([^>\s]+)>(.*?)(?:</function>)?", re.DOTALL).fullmatch
_GLANCE = 400
"""Characters that are enough to see whether JSON begins as a call does, but for a tool's name."""


class _State(Enum):
    START = auto()
    BARE = auto()
    WATCH = auto()
    INSIDE = auto()
    OFF = auto()


_START, _BARE, _WATCH, _INSIDE, _OFF = _State


class LeakedCalls:
    """Turns calls of the declared tools (``names``) back into events.

    Known forms: ``<tool_call>…</tool_call>``, ``<function=name>…</function>`` and code fences,
    anywhere; and an answer that is nothing but calls, bare or after ``<|python_tag|>`` or
    ``[TOOL_CALLS]``. A call is JSON, ``{"name": …, "arguments" or "parameters": …}``, or several of
    such. What may become a call is held back until it is one, or cannot be one any more; then it
    stays text. White space around a recovered call goes.

    ======  ==============================================  ======================================
    state   the text so far                                 next state
    ======  ==============================================  ======================================
    START   too short to see whether the answer begins as   BARE if it does, else WATCH
            the JSON of a call
    BARE    all of it is held: it may be nothing but calls  none; the end decides
    WATCH   passes, but for what may be the beginning of a  INSIDE once that is certain
            call
    INSIDE  a call in tags or a fence, held                 WATCH when it is complete
    OFF     passes: the model makes its calls itself, or    none
            gives log probabilities, or failed
    ======  ==============================================  ======================================

    Any state but OFF becomes OFF.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._tools = ToolCalls()
        self._glance = _GLANCE + max(map(len, names), default=0)
        # All that is held are these three, in this order. Each piece is looked at as it comes, and
        # a second time only in a text that is complete or short: so the cost is linear.
        self._spaces: list[str] = []
        """White space that goes if a call follows."""
        self._held = ""
        self._pieces: list[str] = []
        """What has come since it was certain that ``_held`` is the beginning of a call."""
        self._end = ""
        """What the call ends with."""
        self._seen = ""
        """The last characters of the call, which may be the beginning of its end."""
        self._unmeasured = 0
        """Characters since it was last measured how much is held."""
        self._state = _START
        self._is_behind_call = False
        """A recovered call was the last event, and the white space after it goes."""
        self._heads = ['"type":"function"', '"id":"', '"arguments":', '"parameters":']
        for head in ('"name":"', '"function":"', '"function":{"name":"'):
            self._heads += [f'{head}{"".join(name.split())}"' for name in names]

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if isinstance(event, str):
                out += self._read(event)
                continue
            if isinstance(event, ToolStart | Token | Failure):
                out += self._release()
                self._state = _OFF
            if isinstance(event, ToolStart | ToolArguments):
                event = event._replace(call=event.call + self._tools.count)
            out.append(event)
        if self._unmeasured > HELD_CHARACTERS:
            self._unmeasured = 0
            if sum(map(len, [*self._spaces, self._held, *self._pieces])) > HELD_CHARACTERS:
                out += self._release()
                self._state = _OFF
        return out

    def _read(self, text: str) -> list[Event]:
        if self._state is _OFF:
            return [text]
        if self._is_behind_call:
            text = text.lstrip()
            self._is_behind_call = not text
        is_clear = self._state is _WATCH and not self._held
        if is_clear and not self._spaces and _is_plain(text):
            return [text]
        self._unmeasured += len(text)
        if is_clear and text.isspace():
            self._spaces.append(text)
            return []
        if self._state is _BARE:
            self._pieces.append(text)
            return []
        if self._state is _INSIDE:
            return self._read_inside(text)
        self._held += text
        if self._state is _START:
            fits = self._begins_as_call(self._held)
            if fits is None:
                return []
            self._state = _BARE if fits else _WATCH
        return [] if self._state is _BARE else self._watch()

    def _read_inside(self, text: str) -> list[Event]:
        self._pieces.append(text)
        seen = self._seen + text
        self._seen = seen[1 - len(self._end) :]
        if self._end not in seen:
            return []
        self._held = "".join([self._held, *self._pieces])
        self._pieces.clear()
        return self._watch()

    def _watch(self) -> list[Event]:
        """Passes on what cannot be part of a call, and the calls that are complete."""
        out: list[Event] = []
        self._state = _WATCH
        text, passed, place = self._held, 0, 0
        while found := _find_mark(text, place):
            mark, at, place = found[0], found.start(), found.end()
            fits = self._block_begins_as_call(text[place : place + self._glance], mark)
            if fits is False:
                continue
            end = text.find(_ENDS[mark], place)
            if end < 0:
                out += self._pass(text[passed:at])
                self._held = text[at:]
                if fits:
                    self._state, self._end = _INSIDE, _ENDS[mark]
                    self._seen = text[max(place, len(text) - len(self._end) + 1) :]
                return out
            place = end + len(_ENDS[mark])
            calls = self._recover(text[at:place])
            if calls:
                out += self._pass(text[passed:at])
                self._spaces.clear()
                out += calls
                passed = place = _end_of_space(text, place)
                self._is_behind_call = passed == len(text)
        at = len(text) - _BEGINNINGS.count_held(text, place)
        out += self._pass(text[passed:at])
        self._held = text[at:]
        return out

    def _pass(self, text: str) -> list[Event]:
        """Passes on a text without the white space at its end, which goes if a call follows."""
        said = text.rstrip()
        passed = "".join([*self._spaces, said]) if said else ""
        if said:
            self._spaces.clear()
        if len(said) < len(text):
            self._spaces.append(text[len(said) :])
        return [passed] if passed else []

    def _block_begins_as_call(self, inner: str, mark: str) -> bool | None:
        """Whether what follows the mark, as far as a glance goes, begins as a call of a declared
        tool; None if that is still open."""
        if mark == "<tool_call>":
            begun = inner.lstrip()
            if begun.startswith("<function="):
                inner, mark = begun.removeprefix("<function="), "<function="
            elif "<function=".startswith(begun):
                return None if len(inner) < self._glance else False
        if mark == "<function=":
            name, end, _ = inner.partition(">")
            if end:
                return name in self._names
            return None if any(known.startswith(name) for known in self._names) else False
        return self._begins_as_call(inner)

    def _begins_as_call(self, text: str) -> bool | None:
        """Whether text begins as the JSON of a declared tool's call; None if that is still open."""
        still_open = None if len(text) < self._glance else False
        text = "".join(text[: self._glance].split())
        if any(wrapper.startswith(text) for wrapper in _WRAPPERS):
            return still_open
        for wrapper in _WRAPPERS:
            text = text.removeprefix(wrapper)
        text = text.removeprefix("[")
        if not text.startswith("{"):
            return False if text else still_open
        text = text[1:]
        if any(text.startswith(head) for head in self._heads):
            return True
        return still_open if any(head.startswith(text) for head in self._heads) else False

    def _recover(self, text: str) -> list[Event]:
        """The events of the calls that a text consists of; none if one is of another tool."""
        calls = read_calls(text)
        if any(call["name"] not in self._names for call in calls):
            return []
        return [event for call in calls for event in self._tools.read(call, whole=True)]

    def _take(self) -> str:
        """Takes all that is held but the white space before it."""
        text = "".join([self._held, *self._pieces])
        self._held = ""
        self._pieces.clear()
        return text

    def _release(self) -> list[Event]:
        text = "".join([*self._spaces, self._take()])
        self._spaces.clear()
        return [text] if text else []

    def close(self) -> list[Event]:
        self._held = self._take()
        return self._recover(self._held) or self._release()


def _end_of_space(text: str, start: int) -> int:
    space = _match_space(text, start)
    return space.end() if space else start


def read_calls(text: str) -> list[dict[str, object]]:
    """Reads the calls that a text consists of, as ``{name, arguments}``; none if it holds anything
    else. Arguments are an object or its JSON."""
    text = text.strip()
    for mark, end in (("<tool_call>", "</tool_call>"), ("```", "```")):
        text = text.removeprefix(mark).removesuffix(end).strip()
    function = _match_function(text)
    for wrapper in _WRAPPERS[1:]:
        text = text.removeprefix(wrapper)
    try:
        if function:
            arguments = read_json_values(function[2]) or [{}]
            calls = [_read_call({"name": function[1], "arguments": arguments[0]})]
            return calls if len(arguments) == 1 else []
        values = [value for part in text.split(_WRAPPERS[0]) for value in read_json_values(part)]
        return [
            _read_call(item)
            for value in values
            for item in (value if isinstance(value, list) else [value])
        ]
    except ValueError:
        return []


def _read_call(item: Any) -> dict[str, object]:
    """Reads one call in any of its shapes. Raises :class:`ValueError` for what is none."""
    if not isinstance(item, dict):
        raise ValueError("not an object")
    function = item.get("function")
    part = function if isinstance(function, dict) else item
    name = part.get("name") or function
    values = [part[key] for key in ("arguments", "parameters", "input") if key in part]
    if not isinstance(name, str) or not values:
        raise ValueError("no name or no arguments")
    arguments = values[0] or {}
    if not isinstance(parse_json(arguments) if isinstance(arguments, str) else arguments, dict):
        raise ValueError("arguments that are no object")
    return {"name": name, "arguments": arguments}
