"""What happens to events between a decoder and an encoder.

Each stage takes a list of events and gives the list that goes on: ``feed(events)`` as often as
there is something, ``close()`` once at the end for what was held back. Before a :class:`Failure`,
which stays the last event, a stage gives what it holds, and it is not closed any more. Stages know
nothing of wire formats or dialects.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Protocol

from untrusted.json_text import json_values, parse_json
from workers_ai.text.answers import ToolCalls
from workers_ai.text.events import (
    Event,
    Failure,
    Finish,
    Reasoning,
    Token,
    ToolArguments,
    ToolStart,
    Usage,
)
from workers_ai.tokens import estimate

OPEN, CLOSE = "<think>", "</think>"
_CLOSE_ALONE = re.compile(r"^[ \t]*</think>[ \t]*$", re.MULTILINE)


class Stage(Protocol):
    def feed(self, events: list[Event]) -> list[Event]: ...

    def close(self) -> list[Event]: ...


def through(stages: Iterable[Stage], events: list[Event], *, last: bool) -> list[Event]:
    """The events after all stages; ``last`` closes them."""
    for stage in stages:
        events = stage.feed(events)
        if last and not (events and isinstance(events[-1], Failure)):
            events = events + stage.close()
    return events


class _Markers:
    """Strings to look for in a text that comes in pieces."""

    def __init__(self, markers: Iterable[str]) -> None:
        self._markers = tuple(markers)
        self._longest = max(map(len, self._markers)) - 1
        self._first = re.compile("|".join(re.escape(marker[0]) for marker in self._markers))

    def held(self, text: str) -> int:
        """How many characters at the end of ``text`` may be the beginning of a marker."""
        start = max(0, len(text) - self._longest)
        for found in self._first.finditer(text, start):
            end = text[found.start() :]
            if any(marker.startswith(end) for marker in self._markers):
                return len(end)
        return 0


_CLOSE = _Markers([CLOSE])


class Thinking:
    """Takes ``<think>…</think>`` out of the text and gives it as reasoning.

    ``opened``: the model's template has written ``<think>`` already, so the answer begins inside
    and only ``</think>`` is seen. If that never comes though the answer was not cut short, the
    model had not been thinking, and its words are given as text (a second time where they were
    streamed as reasoning). ``limit`` is the ``max_tokens`` of the call, ``whole`` that all the text
    comes at once: then a closing tag on a line of its own is enough for a model that ``may_think``.

    White space around the tags is the template's, not the model's, and goes.
    """

    def __init__(self, *, opened: bool, limit: int, whole: bool, may_think: bool) -> None:
        self._state = "opened" if opened else "start"
        self._limit = limit
        self._whole = whole
        self._may_think = may_think
        self._cut = False
        self._text = ""
        self._unproven: list[str] = []
        """All text of an answer that is only taken for thinking so far."""
        self._begun = False
        """Thinking has been given, so that white space now belongs to it."""

    def feed(self, events: list[Event]) -> list[Event]:
        if self._state == "outside":
            return events
        out: list[Event] = []
        for event in events:
            if isinstance(event, str):
                out.extend(self._read(event))
                continue
            if isinstance(event, Usage):
                self._cut |= event.completion_tokens >= self._limit
            elif isinstance(event, Finish):
                self._cut |= event.reason == "length"
            else:
                out.extend(self._interrupted())
            out.append(event)
        return out

    def _interrupted(self) -> list[Event]:
        """What was held back, before an event of another kind. Where no text has come yet, the
        service itself tells thinking and answer apart."""
        if self._state == "start" or (self._state == "opened" and not self._unproven):
            return self._leave()
        if self._state == "opened" and self._whole:
            return []  # it is all told at the end
        text, self._text = self._text, ""
        return self._thought(text)

    def _read(self, text: str) -> list[Event]:
        if self._state == "outside":
            return [text]
        self._text += text
        if self._state == "start" or (self._state == "opened" and not self._unproven):
            begun = self._text.lstrip()
            if begun.startswith(OPEN):
                self._text, self._state = begun[len(OPEN) :], "inside"
            elif OPEN.startswith(begun):
                return []
            elif self._state == "opened":
                text = self._text
            elif self._whole and self._may_think and _CLOSE_ALONE.search(begun):
                self._state = "inside"
            else:
                return self._leave()
        if self._state == "opened":
            self._unproven.append(text)
        thought = [] if self._state == "after" else self._think()
        if self._state == "after":
            self._text = self._text.lstrip()
            if self._text:
                thought += self._leave()
        return thought

    def _think(self) -> list[Event]:
        before, mark, after = self._text.partition(CLOSE)
        if mark:
            self._text, self._state = after, "after"
            return self._thought(before.rstrip())
        if self._state == "opened" and self._whole:
            return []
        size = len(before[: len(before) - _CLOSE.held(before)].rstrip())
        self._text = before[size:]
        return self._thought(before[:size])

    def _thought(self, text: str) -> list[Event]:
        text = text if self._begun else text.lstrip()
        self._begun |= bool(text)
        return [Reasoning(text)] if text else []

    def _leave(self) -> list[Event]:
        text, self._text, self._state = self._text, "", "outside"
        return [text] if text else []

    def close(self) -> list[Event]:
        text, self._text = self._text, ""
        if self._state == "inside" or (self._state == "opened" and self._cut):
            return self._thought(text.rstrip())
        if self._state == "opened":
            text = "".join(self._unproven) or text
        return [text] if text and self._state != "after" else []


class HideReasoning:
    """Drops reasoning (``reasoning_format: hidden``)."""

    def feed(self, events: list[Event]) -> list[Event]:
        return [event for event in events if not isinstance(event, Reasoning)]

    def close(self) -> list[Event]:
        return []


class ReasoningInText:
    """Writes reasoning into the text between think tags (``reasoning_format: raw``)."""

    def __init__(self) -> None:
        self._open = False

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if isinstance(event, Reasoning):
                event, self._open = (event.text if self._open else OPEN + event.text), True
            elif not isinstance(event, Usage):
                out.extend(self.close())
            out.append(event)
        return out

    def close(self) -> list[Event]:
        was_open, self._open = self._open, False
        return [CLOSE + "\n\n"] if was_open else []


_MARKS = {"<tool_call>": "</tool_call>", "<function=": "</function>", "```": "```"}
"""What a call inside the text begins and ends with."""
_BEGINNINGS = _Markers(_MARKS)
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


class Stop:
    """Ends the answer before the stop sequence that is complete first, wherever it is cut into
    pieces. ``done`` tells that nothing more is wanted from the model.
    """

    def __init__(self, sequences: Sequence[str]) -> None:
        self._sequences = sequences
        self._beginnings = _Markers(sequences)
        self._text = ""
        self._pieces: list[str | Token] = []
        """What ``text`` consists of: all that is held back."""
        self.done = False

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if self.done:
                if isinstance(event, Usage):
                    out.append(event)
            elif isinstance(event, str | Token):
                out.extend(self._read(event))
            else:
                if isinstance(event, ToolStart | Failure):
                    out.extend(self.close())
                out.append(event)
        return out

    def _read(self, piece: str | Token) -> list[Event]:
        self._pieces.append(piece)
        self._text += _text_of(piece)
        found = [
            (place + len(stop), place, stop)
            for stop in self._sequences
            if (place := self._text.find(stop)) >= 0
        ]
        if found:
            _, place, stop = min(found)
            before = self._take(place, split=True)
            self._text, self._pieces, self.done = "", [], True
            return [*before, Finish("stop", stop)]
        return self._take(len(self._text) - self._beginnings.held(self._text), split=False)

    def _take(self, size: int, *, split: bool) -> list[Event]:
        """The first ``size`` characters of what is held; less where they end inside of a token
        with log probabilities, if it may not be ``split``."""
        out: list[Event] = []
        while self._pieces:
            text = _text_of(self._pieces[0])
            if len(text) <= size:
                out.append(self._pieces.pop(0))
            elif size and (split or isinstance(self._pieces[0], str)):
                out.append(text[:size])
                self._pieces[0] = text[size:]
                break
            else:
                break
            size -= len(text)
        self._text = "".join(map(_text_of, self._pieces))
        return out

    def close(self) -> list[Event]:
        return self._take(len(self._text), split=False)


def _text_of(piece: str | Token) -> str:
    return piece.text if isinstance(piece, Token) else piece


class Ending:
    """Says once, at the end, why the answer ended and what it cost.

    Native models give no finish reason; streams send usage in several frames; and a model may
    say ``stop`` after tool calls. ``limit`` is the ``max_tokens`` of the call, ``prompt_tokens()``
    the estimate to fall back on.
    """

    def __init__(self, *, limit: int, prompt_tokens: Callable[[], int]) -> None:
        self._limit = limit
        self._prompt_tokens = prompt_tokens
        self._reason = ""
        self._stop_sequence: str | None = None
        self._usage: Usage | None = None
        self._calls = False
        self._failed = False
        self._pieces: list[str] = []

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if type(event) is str:
                self._pieces.append(event)
            elif isinstance(event, Finish):
                if not self._reason:
                    self._reason, self._stop_sequence = event
                continue
            elif isinstance(event, Usage):
                self._add(event)
                continue
            else:
                self._special(event)
            out.append(event)
        return out

    def _add(self, usage: Usage) -> None:
        """The last usage counts, but one without prompt tokens is only what came since."""
        more = self._usage is not None and not usage.prompt_tokens
        self._usage = usage.plus(self._usage) if more and self._usage else usage

    def _special(self, event: Event) -> None:
        if isinstance(event, ToolStart):
            self._calls = True
            self._pieces.append(event.name)
        elif isinstance(event, Failure):
            self._failed = True
        elif isinstance(event, Reasoning | Token | ToolArguments):
            self._pieces.append(event.text)

    def usage(self) -> Usage:
        """What the call has cost so far, estimated where the model does not say."""
        return self._usage or Usage(self._prompt_tokens(), estimate("".join(self._pieces)))

    def close(self) -> list[Event]:
        if self._failed:
            return []
        usage = self.usage()
        reason = self._reason
        if not reason and self._usage and usage.completion_tokens >= self._limit:
            reason = "length"
        elif self._calls and reason in ("", "stop"):
            reason = "tool_calls"
        elif reason == "tool_calls" and not self._calls:
            reason = "stop"
        reason = reason or "stop"
        return [Finish(reason, self._stop_sequence if reason == "stop" else None), usage]
