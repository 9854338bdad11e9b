"""Streams of text models to neutral events: server-sent events, cut anywhere, in mixed shapes.

A token must cost about 5 µs, and parsing its JSON alone costs more. So frames that differ from
an earlier one only in one string literal are recognised by what stands before and after it,
and only the literal is read (by ``json``'s own C scanner). Everything else takes the slow,
complete way.
"""

import re
from collections.abc import Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from core.errors import truncated
from untrusted.json_text import parse_json
from workers_ai.text.answers import Reader
from workers_ai.text.events import Event, Failure, Reasoning, Usage

NATIVE_HEAD = 'data: {"response":"'
_padded = re.compile(r'(?:,"p":"[^"\\\x00-\x1f]*")?\}').fullmatch
"""What follows the text in a native frame; ``p`` only hides the token's length."""


class _Template(NamedTuple):
    """A frame around its text: ``head``, the literal, ``tail``; with ``middle`` and the literal
    once more before the tail where the model gives its reasoning under two names. ``after`` is
    what the frame says besides: the usage that some models add to every token."""

    head: str
    middle: str | None
    tail: str
    kind: type[Reasoning] | None
    after: Sequence[Event]


class Decoder:
    """``feed`` and ``close`` give the events of the bytes so far; :class:`Failure` is the last.

    ``events`` counts frames. Accepts LF and CRLF, comments, several ``data:`` lines in a frame
    and a missing blank line at the end. Without ``[DONE]`` or a finish reason the stream is
    truncated, which is a failure and not an end. What follows ``[DONE]`` is not read.
    """

    def __init__(self) -> None:
        self.events = 0
        self.ended = False
        self._rest = b""
        self._reader = Reader()
        self._templates: list[_Template] = []
        self._patience = _PATIENCE
        self._failed = False

    def feed(self, data: bytes) -> list[Event]:
        searched = max(0, len(self._rest) - 3)
        data = self._rest + data
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n")
            searched = 0
        end = data.rfind(b"\n\n", searched) + 2
        if end == 1:
            self._rest = data
            return []
        self._rest = data[end:]
        return self._frames(data[: end - 2].decode("utf-8", "replace").split("\n\n"))

    def close(self) -> list[Event]:
        rest, self._rest = self._rest, b""
        events = self._frames([rest.decode("utf-8", "replace")]) if rest else []
        if not self._failed:
            if not (self.ended or self._reader.finished):
                self._failed = True
                return [*events, Failure(truncated())]
            events.extend(self._reader.tools.close())
        return events

    def _frames(self, frames: list[str]) -> list[Event]:
        events: list[Event] = []
        if self._failed or self.ended:
            return events
        self.events += len(frames)
        useful = False
        for frame in frames:
            if frame.startswith(NATIVE_HEAD):
                try:
                    text, end = scanstring(frame, len(NATIVE_HEAD))
                except ValueError:
                    end = 0
                if end and _padded(frame, end):
                    if text:
                        events.append(text)
                    continue
            for head, middle, tail, kind, after in self._templates:
                if frame.startswith(head):
                    try:
                        text, end = scanstring(frame, len(head))
                    except ValueError:
                        continue
                    if middle is not None:
                        tail = middle + frame[len(head) : end] + tail
                    # An empty text may leave its place to another one, so it is read slowly.
                    if text and end == len(frame) - len(tail) and frame.endswith(tail):
                        events.append(kind(text) if kind else text)
                        if after:
                            events.extend(after)
                        useful = True
                        break
            else:
                found = self._frame(frame)
                events.extend(found)
                if found and isinstance(found[-1], Failure):
                    self._failed = True
                if self._failed or self.ended:
                    break
        if useful:
            self._patience = _PATIENCE
        return events

    def _frame(self, frame: str) -> list[Event]:
        try:
            payloads = _payloads(frame)
        except ValueError:
            return [Failure(truncated())]
        events: list[Event] = []
        for payload in payloads:
            if payload is _DONE:
                self.ended = True
                break
            found = self._reader.read(payload)
            events.extend(found)
            if found and isinstance(found[-1], Failure):
                break
        else:
            if self._patience and events and "\n" not in frame:
                self._learn(frame, events)
        return events

    def _learn(self, frame: str, events: list[Event]) -> None:
        """Remembers what stands around the text, if the frame holds nothing but one text and its
        usage. Another frame that only differs in the text then means the same with another text.
        """
        first, *after = events
        if not isinstance(first, str | Reasoning):
            return
        if not all(isinstance(event, Usage) for event in after):
            return
        # Where no frame is like an earlier one, learning must not go on and on.
        self._patience -= 1
        kind = Reasoning if isinstance(first, Reasoning) else None
        text = first.text if isinstance(first, Reasoning) else first
        parts: list[str] = []
        literals: set[str] = set()
        begun = 0
        for match in _VARYING.finditer(frame):
            start = match.end()
            literal, end = scanstring(frame, start)
            if literal == text:
                parts.append(frame[begun:start])
                literals.add(frame[start:end])
                begun = end
        parts.append(frame[begun:])
        if len(literals) != 1 or len(parts) > 3:
            return
        probe = (_PROBE + '"').join(parts)
        if Reader().read(*_payloads(probe)) != [kind(_PROBE) if kind else _PROBE, *after]:
            return  # the text came from elsewhere
        head, *middle, tail = parts
        template = _Template(head, middle[0] if middle else None, tail, kind, after)
        # The newest first, and few: a stream whose frames all differ must not get slower.
        self._templates = [template, *self._templates[:1]]


_PATIENCE = 8
"""Templates to learn in a row without any use for them."""
_VARYING = re.compile(r'"(?:content|text|reasoning_content|reasoning)":"')
"""What may stand before a text; its quotation mark is the literal's first."""
_PROBE = "(probe)"

_DONE = object()


def _payloads(frame: str) -> list[Any]:
    """The JSON of a frame's data lines. Raises :class:`ValueError`."""
    lines = [line[5:].strip() for line in frame.split("\n") if line.startswith("data:")]
    lines = [line for line in lines if line]
    if not lines:
        return []
    try:
        return [_parse("\n".join(lines))]
    except ValueError:
        # Not one event over several lines, then, but several events without blank lines.
        return [_parse(line) for line in lines]


def _parse(data: str) -> object:
    return _DONE if data == "[DONE]" else parse_json(data)
