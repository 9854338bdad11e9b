"""Recovers tool calls that a model wrote into its text instead of making them."""

import re
from collections.abc import Collection
from enum import Enum, auto
from typing import Any

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
_may_end = re.compile("[>`]").search
"""Without one of these characters a piece completes no end."""
_WRAPPERS = ("<|python_tag|>", "[TOOL_CALLS]", "json")
"""What may stand before the JSON of a call; ``json`` after a fence."""
_match_function = re.compile(r"<function=([^>\s]+)>(.*?)(?:</function>)?", re.DOTALL).fullmatch
_GLANCE = 400
"""Characters that are enough to see whether JSON begins as a call does."""


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
        self._held = ""
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
                out += self._release(len(self._held))
                self._state = _OFF
            if isinstance(event, ToolStart | ToolArguments):
                event = event._replace(call=event.call + self._tools.count)
            out.append(event)
        return out

    def _read(self, text: str) -> list[Event]:
        if self._state is _OFF:
            return [text]
        if self._is_behind_call:
            text = text.lstrip()
            self._is_behind_call = not text
        if self._state is _WATCH and not self._held and _is_plain(text):
            return [text]
        self._held += text
        if self._state is _START:
            fits = self._begins_as_call(self._held)
            if fits is None:
                return []
            self._state = _BARE if fits else _WATCH
        if self._state is _BARE or (self._state is _INSIDE and not _may_end(text)):
            return []
        return self._watch()

    def _watch(self) -> list[Event]:
        """Passes on what cannot be part of a call, and the calls that are complete."""
        out: list[Event] = []
        while True:
            self._state = _WATCH
            marks = [(at, mark) for mark in _ENDS if (at := self._held.find(mark)) >= 0]
            at, mark = min(marks) if marks else (-1, "")
            if not marks:
                at = len(self._held) - _BEGINNINGS.count_held(self._held)
            # Without the white space before it, which goes if this is a call.
            out += self._release(len(self._held[:at].rstrip()))
            if not marks:
                return out
            block = self._held.lstrip()
            blank = len(self._held) - len(block)
            fits = self._block_begins_as_call(block, mark)
            if fits is False:
                out += self._release(blank + len(mark))
                continue
            end = block.find(_ENDS[mark], len(mark))
            if end < 0:
                self._state = _INSIDE if fits else _WATCH
                return out
            end += len(_ENDS[mark])
            calls = self._recover(block[:end])
            if calls:
                out += calls
                self._held = block[end:].lstrip()
                self._is_behind_call = not self._held
            else:
                out += self._release(blank + end)

    def _block_begins_as_call(self, block: str, mark: str) -> bool | None:
        """Whether what follows the mark begins as a call of a declared tool; None if that is still
        open."""
        inner = block[len(mark) :]
        if mark == "<tool_call>":
            begun = inner[:_GLANCE].lstrip()
            if begun.startswith("<function="):
                inner, mark = begun.removeprefix("<function="), "<function="
            elif "<function=".startswith(begun):
                return None
        if mark == "<function=":
            name, end, _ = inner.partition(">")
            if end:
                return name in self._names
            return None if any(known.startswith(name) for known in self._names) else False
        return self._begins_as_call(inner)

    def _begins_as_call(self, text: str) -> bool | None:
        """Whether text begins as the JSON of a declared tool's call; None if that is still open."""
        text = "".join(text.lstrip()[:_GLANCE].split())
        if any(wrapper.startswith(text) for wrapper in _WRAPPERS):
            return None
        for wrapper in _WRAPPERS:
            text = text.removeprefix(wrapper)
        text = text.removeprefix("[")
        if not text.startswith("{"):
            return False if text else None
        text = text[1:]
        if any(text.startswith(head) for head in self._heads):
            return True
        return None if any(head.startswith(text) for head in self._heads) else False

    def _recover(self, text: str) -> list[Event]:
        """The events of the calls that a text consists of; none if one is of another tool."""
        calls = read_calls(text)
        if any(call["name"] not in self._names for call in calls):
            return []
        return [event for call in calls for event in self._tools.read(call, whole=True)]

    def _release(self, size: int) -> list[Event]:
        text, self._held = self._held[:size], self._held[size:]
        return [text] if text else []

    def close(self) -> list[Event]:
        return self._recover(self._held) or self._release(len(self._held))


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
