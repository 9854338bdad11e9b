"""Tool calls that a model wrote into its text."""

import re
from collections.abc import Collection
from typing import Any

from untrusted.json_text import json_values, parse_json
from workers_ai.text.events import Event, Failure, Token, ToolArguments, ToolStart
from workers_ai.text.stages import Markers
from workers_ai.text.tool_calls import ToolCalls

_MARKS = {"<tool_call>": "</tool_call>", "<function=": "</function>", "```": "```"}
"""What a call inside the text begins and ends with."""
_BEGINNINGS = Markers(_MARKS)
_ENDS = re.compile("[>`]")
"""Without one of these a piece ends nothing."""
_WRAPPERS = ("<|python_tag|>", "[TOOL_CALLS]", "json")
"""What may stand before the JSON of a call; ``json`` after a fence."""
_FUNCTION = re.compile(r"<function=([^>\s]+)>(.*?)(?:</function>)?", re.DOTALL)
_LOOK = 400
"""Characters that tell whether JSON begins as a call does."""


class LeakedCalls:
    """Recovers tool calls that a model wrote into its text instead of making them.

    Known forms: ``<tool_call>…</tool_call>``, ``<function=name>…</function>`` and code fences,
    anywhere; and an answer that is nothing but calls, bare or after ``<|python_tag|>`` or
    ``[TOOL_CALLS]``. A call is JSON, ``{"name": …, "arguments" or "parameters": …}``, or several of
    such. What may become a call of a declared tool (``names``) is held back until it is one, or
    cannot be one any more; then it stays text. White space around a recovered call goes.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._tools = ToolCalls()
        self._text = ""
        self._state = "start"
        self._called = False
        """A call was the last that came, and the white space after it goes."""
        self._heads = ['"type":"function"', '"id":"', '"arguments":', '"parameters":']
        for head in ('"name":"', '"function":"', '"function":{"name":"'):
            self._heads += [f'{head}{"".join(name.split())}"' for name in names]

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if isinstance(event, str):
                out.extend(self._read(event))
                continue
            if isinstance(event, ToolStart | Token | Failure):
                # The model does make its calls, or there is nothing more to come.
                out.extend(self._cut(len(self._text)))
                self._state = "off"
            if isinstance(event, ToolStart | ToolArguments):
                event = event._replace(call=event.call + self._tools.count)
            out.append(event)
        return out

    def _read(self, text: str) -> list[Event]:
        if self._state == "off":
            return [text]
        if self._called:
            text = text.lstrip()
            self._called = not text
        self._text += text
        if self._state == "start":
            fits = self._fits(self._text)
            if fits is None:
                return []
            self._state = "bare" if fits else "watch"
        if self._state == "bare" or (self._state == "inside" and not _ENDS.search(text)):
            return []
        return self._watch()

    def _watch(self) -> list[Event]:
        """Gives what cannot be part of a call, and the calls that are complete."""
        out: list[Event] = []
        while True:
            self._state = "watch"
            found = [(at, mark) for mark in _MARKS if (at := self._text.find(mark)) >= 0]
            at, mark = min(found) if found else (-1, "")
            if not found:
                at = len(self._text) - _BEGINNINGS.held(self._text)
            # Without the white space before it, which goes if this is a call.
            out += self._cut(len(self._text[:at].rstrip()))
            if not found:
                return out
            block = self._text.lstrip()
            blank = len(self._text) - len(block)
            fits = self._may_be_call(block, mark)
            if fits is False:
                out += self._cut(blank + len(mark))
                continue
            end = block.find(_MARKS[mark], len(mark))
            if end < 0:
                self._state = "inside" if fits else "watch"
                return out
            end += len(_MARKS[mark])
            calls = self._calls(block[:end])
            if calls:
                out += calls
                self._text = block[end:].lstrip()
                self._called = not self._text
            else:
                out += self._cut(blank + end)

    def _may_be_call(self, block: str, mark: str) -> bool | None:
        """Whether what follows the mark begins as a call of a declared tool, as :meth:`_fits`."""
        inner = block[len(mark) :]
        if mark == "<tool_call>":
            begun = inner[:_LOOK].lstrip()
            if begun.startswith("<function="):
                inner, mark = begun.removeprefix("<function="), "<function="
            elif "<function=".startswith(begun):
                return None
        if mark == "<function=":
            name, end, _ = inner.partition(">")
            if end:
                return name in self._names
            return None if any(known.startswith(name) for known in self._names) else False
        return self._fits(inner)

    def _fits(self, text: str) -> bool | None:
        """Whether text begins as the JSON of a declared tool's call; None if that is open yet."""
        text = "".join(text.lstrip()[:_LOOK].split())
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

    def _calls(self, block: str) -> list[Event]:
        """The events of the calls a text consists of, if all of them are of declared tools."""
        calls = calls_in(block)
        if any(name not in self._names for name, _ in calls):
            return []
        events: list[Event] = []
        for name, arguments in calls:
            call = {"name": name, "arguments": arguments}
            events.extend(self._tools.read(call, whole=True))
        return events

    def _cut(self, size: int) -> list[Event]:
        text, self._text = self._text[:size], self._text[size:]
        return [text] if text else []

    def close(self) -> list[Event]:
        calls = self._calls(self._text)
        return calls or self._cut(len(self._text))


def calls_in(text: str) -> list[tuple[str, object]]:
    """The calls that a text consists of, as (name, arguments); none if it holds anything else."""
    text = text.strip()
    for mark, end in (("<tool_call>", "</tool_call>"), ("```", "```")):
        text = text.removeprefix(mark).removesuffix(end).strip()
    function = _FUNCTION.fullmatch(text)
    for wrapper in _WRAPPERS[1:]:
        text = text.removeprefix(wrapper)
    try:
        if function:
            arguments = json_values(function[2]) or [{}]
            calls = [_call({"name": function[1], "arguments": arguments[0]})]
            return calls if len(arguments) == 1 else []
        values = [value for part in text.split(_WRAPPERS[0]) for value in json_values(part)]
        return [
            _call(item)
            for value in values
            for item in (value if isinstance(value, list) else [value])
        ]
    except ValueError:
        return []


def _call(item: Any) -> tuple[str, object]:
    """One call in any of its shapes. Raises :class:`ValueError` for what is none."""
    if not isinstance(item, dict):
        raise ValueError("not an object")
    function = item.get("function")
    part = function if isinstance(function, dict) else item
    name = part.get("name") or function
    given = [part[key] for key in ("arguments", "parameters", "input") if key in part]
    if not isinstance(name, str) or not given:
        raise ValueError("no name or no arguments")
    arguments = given[0] or {}
    if not isinstance(parse_json(arguments) if isinstance(arguments, str) else arguments, dict):
        raise ValueError("arguments that are no object")
    return name, arguments
