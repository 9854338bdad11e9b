"""What happens to events between a decoder and an encoder.

Each stage takes a list of events and gives the list that goes on: ``feed(events)`` as often as
there is something, ``close()`` once at the end for what was held back. Stages know nothing of
wire formats or dialects.
"""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from json_text import find_json
from workers_ai.answers import ToolCalls
from workers_ai.events import (
    Event,
    Failure,
    Finish,
    Reasoning,
    Token,
    ToolStart,
    Usage,
)
from workers_ai.tokens import estimate

OPEN, CLOSE = "<think>", "</think>"


class Stage(Protocol):
    def feed(self, events: list[Event]) -> list[Event]: ...

    def close(self) -> list[Event]: ...


def _held(text: str, markers: Sequence[str]) -> int:
    """How many characters at the end of ``text`` may be the beginning of a marker."""
    longest = max(map(len, markers)) - 1
    for size in range(min(longest, len(text)), 0, -1):
        end = text[-size:]
        if any(marker.startswith(end) for marker in markers):
            return size
    return 0


class Thinking:
    """Takes ``<think>…</think>`` out of the text and gives it as reasoning.

    ``opened``: the model's template has written ``<think>`` already, so the answer begins inside
    and only ``</think>`` is seen. If that never comes though the answer was not cut short, the
    model had not been thinking, and its words are given as text (a second time where they were
    streamed as reasoning). ``limit`` is the ``max_tokens`` of the call, ``whole`` that all the text
    comes at once.
    """

    def __init__(self, *, opened: bool, limit: int, whole: bool) -> None:
        self._state = "inside" if opened else "start"
        self._proven = not opened
        self._limit = limit
        self._whole = whole
        self._cut = False
        self._text = ""
        self._unproven = ""

    def feed(self, events: list[Event]) -> list[Event]:
        if self._state == "outside":
            return events
        out: list[Event] = []
        for event in events:
            if isinstance(event, str):
                out.extend(self._read(event))
                continue
            if isinstance(event, Reasoning) and not self._text and not self._unproven:
                self._state = "outside"  # the service has told thinking and answer apart
            elif isinstance(event, Usage):
                self._cut |= event.completion_tokens >= self._limit
            elif isinstance(event, Finish):
                self._cut |= event.reason == "length"
            out.append(event)
        return out

    def _read(self, text: str) -> list[Event]:
        if self._state == "outside":
            return [text]
        self._text += text
        if self._state != "after":
            begun = self._text.lstrip()
            if begun.startswith(OPEN):
                self._text, self._state, self._proven = begun[len(OPEN) :], "inside", True
            elif not self._unproven and OPEN.startswith(begun):
                return []
            elif self._state == "start":
                return self._leave()
        if self._state == "inside":
            before, mark, after = self._text.partition(CLOSE)
            if not mark:
                return self._think()
            self._text, self._state = after, "after"
            thought = (self._unproven if self._whole else "") + before
            self._proven = True
            # Line breaks around the tags are the template's, not the model's.
            found: list[Event] = [Reasoning(thought)] if thought.strip() else []
            return found + self._after()
        return self._after()

    def _think(self) -> list[Event]:
        keep = _held(self._text, (CLOSE,))
        size = len(self._text) - keep
        thought, self._text = self._text[:size], self._text[size:]
        if not self._proven:
            self._unproven += thought
            if self._whole:
                return []
        return [Reasoning(thought)] if thought else []

    def _after(self) -> list[Event]:
        self._text = self._text.lstrip()
        return self._leave() if self._text else []

    def _leave(self) -> list[Event]:
        text, self._text, self._state = self._text, "", "outside"
        return [text] if text else []

    def close(self) -> list[Event]:
        text, self._text = self._text, ""
        if self._state == "start":
            return [text] if text else []
        if self._state != "inside":
            return []
        if self._proven:
            return [Reasoning(text)] if text else []
        everything = self._unproven + text
        if not self._cut:
            return [everything] if everything else []
        thought = everything if self._whole else text
        return [Reasoning(thought)] if thought else []


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
                out.append(event.text if self._open else OPEN + event.text)
                self._open = True
            else:
                out.extend(self.close())
                out.append(event)
        return out

    def close(self) -> list[Event]:
        was_open, self._open = self._open, False
        return [CLOSE + "\n\n"] if was_open else []


_TOOL_CALL = re.compile(r"<tool_call>(.*?)(?:</tool_call>|\Z)", re.DOTALL)
_FUNCTION = re.compile(r"<function=([\w.-]+)>(.*?)(?:</function>|\Z)", re.DOTALL)
_MARKS = ("<tool_call>", "<function=")
_STARTS = ("{", "[", "```", "<|python_tag|>", *_MARKS)


class LeakedCalls:
    """Recovers tool calls that a model wrote into its text instead of making them.

    Known forms: ``<tool_call>{…}</tool_call>`` anywhere, ``<function=name>{…}</function>``, and an
    answer that is nothing but JSON ``{"name": …, "arguments" or "parameters": …}`` (or a list
    of such), bare, in a code fence, or after ``<|python_tag|>`` or ``[TOOL_CALLS]``. Text that may
    become one is held back; if any call names a tool that was not declared, all of it stays text.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._text = ""
        self._state = "start"

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if isinstance(event, str):
                out.extend(self._read(event))
                continue
            if isinstance(event, ToolStart | Token | Failure):
                out.extend(self._release())
                self._state = "off"
            out.append(event)
        return out

    def _read(self, text: str) -> list[Event]:
        if self._state == "off":
            return [text]
        self._text += text
        if self._state == "hold":
            return []
        if self._state == "start":
            begun = self._text.lstrip()
            if not begun or any(start.startswith(begun) for start in _STARTS):
                return []
            if begun.startswith(_STARTS):
                self._state = "hold"
                return []
            self._state = "watch"
        found = [place for mark in _MARKS if (place := self._text.find(mark)) >= 0]
        if found:
            self._state = "hold"
            size = min(found)
        else:
            size = len(self._text) - _held(self._text, _MARKS)
        free, self._text = self._text[:size], self._text[size:]
        return [free] if free else []

    def _release(self) -> list[Event]:
        text, self._text = self._text, ""
        return [text] if text else []

    def close(self) -> list[Event]:
        calls, left = find_calls(self._text)
        if not calls or any(name not in self._names for name, _ in calls):
            return self._release()
        self._text = ""
        events: list[Event] = [left] if left else []
        tools = ToolCalls()
        for name, arguments in calls:
            events.extend(tools.read({"name": name, "arguments": arguments}, whole=True))
        events.extend(tools.close())
        return events


def find_calls(text: str) -> tuple[list[tuple[str, object]], str]:
    """Calls written as text, as (name, arguments), and the text that is left beside them."""
    calls: list[tuple[str, object]] = []
    for match in _TOOL_CALL.finditer(text):
        calls.extend(_calls_in(match[1]) or [("", None)])
    for match in _FUNCTION.finditer(text):
        calls.append((match[1], _json(match[2]) or {}))
    if calls:
        return calls, _FUNCTION.sub("", _TOOL_CALL.sub("", text)).strip()
    bare = text.strip().removeprefix("<|python_tag|>").removeprefix("[TOOL_CALLS]").strip()
    if bare.startswith("```") and bare.endswith("```") and len(bare) > 6:
        bare = bare[3:-3].removeprefix("json").strip()
    if bare[:1] not in ("{", "[") or bare[-1:] not in ("}", "]"):
        return [], text
    return _calls_in(bare), ""


def _calls_in(text: str) -> list[tuple[str, object]]:
    value = _json(text)
    calls: list[tuple[str, object]] = []
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            return []
        function = item.get("function")
        part = function if isinstance(function, dict) else item
        name = part.get("name") or (function if isinstance(function, str) else None)
        given = [part[key] for key in ("arguments", "parameters", "input") if key in part]
        if not isinstance(name, str) or not given:
            return []
        calls.append((name, given[0] if isinstance(given[0], dict | str) else {}))
    return calls


def _json(text: str) -> object:
    try:
        return find_json(text)
    except ValueError:
        return None


class Stop:
    """Ends the answer before the first of the stop sequences, wherever it is cut into pieces.

    ``done`` tells that nothing more is wanted from the model.
    """

    def __init__(self, sequences: Sequence[str]) -> None:
        self._sequences = sequences
        self._text = ""
        self.done = False

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if self.done:
                if isinstance(event, Usage | Failure):
                    out.append(event)
            elif isinstance(event, str):
                out.extend(self._read(event))
            else:
                if not isinstance(event, Usage | Reasoning):
                    out.extend(self.close())
                out.append(event)
        return out

    def _read(self, text: str) -> list[Event]:
        self._text += text
        found = [place for stop in self._sequences if (place := self._text.find(stop)) >= 0]
        if found:
            before, self._text, self.done = self._text[: min(found)], "", True
            return [before, Finish("stop")] if before else [Finish("stop")]
        size = len(self._text) - _held(self._text, self._sequences)
        free, self._text = self._text[:size], self._text[size:]
        return [free] if free else []

    def close(self) -> list[Event]:
        text, self._text = self._text, ""
        return [text] if text else []


class Ending:
    """Says once, at the end, why the answer ended and what it cost.

    Native models give no finish reason; streams send usage in several frames, some of them
    zeros; and a model may say ``stop`` after tool calls. ``limit`` is the ``max_tokens`` of the call,
    ``prompt_tokens()`` the estimate to fall back on.
    """

    def __init__(self, *, limit: int, prompt_tokens: Callable[[], int]) -> None:
        self._limit = limit
        self._prompt_tokens = prompt_tokens
        self._reason = ""
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
                self._reason = self._reason or event.reason
                continue
            elif isinstance(event, Usage):
                self._usage = event
                continue
            else:
                self._special(event)
            out.append(event)
        return out

    def _special(self, event: Event) -> None:
        if isinstance(event, ToolStart):
            self._calls = True
        elif isinstance(event, Failure):
            self._failed = True
        elif isinstance(event, Reasoning | Token):
            self._pieces.append(event.text)

    def close(self) -> list[Event]:
        if self._failed:
            return []
        usage = self._usage or Usage(self._prompt_tokens(), estimate("".join(self._pieces)))
        reason = self._reason
        if self._calls and reason != "length":
            reason = "tool_calls"
        elif not reason and self._usage and usage.completion_tokens >= self._limit:
            reason = "length"
        elif reason == "tool_calls" and not self._calls:
            reason = "stop"
        return [Finish(reason or "stop"), usage]
