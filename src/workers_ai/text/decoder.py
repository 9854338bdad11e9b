"""Decodes streams of text models to neutral events: server-sent events, cut anywhere, mixed shapes.

A token must cost about 5 µs, and parsing its JSON alone costs more. So most frames are read without
that, on one of two fast paths::

    data: {"response":"Hel","p":"abcdefghi"}
          native: always the same, but for the text and the padding

    data: {"id":"x","choices":[{"index":0,"delta":{"content":"Hel"}}],"model":"m"}
    └───────────────────────── head ─────────────────────────┘    └──── tail ────┘
          learned: like an earlier frame of the stream, but for the text

Only the text is read there, by ``json``'s own C scanner. Everything else takes the slow, complete
way: it is parsed, read by :class:`Reader`, and perhaps learned.
"""

import re
from collections.abc import Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from core.errors import APIError, Upstream, truncated
from core.limits import STREAM_EVENT_BYTES
from untrusted.json_text import parse_json
from workers_ai.text.answers import Reader
from workers_ai.text.events import Event, Failure, Reasoning, Usage

NATIVE_HEAD = 'data: {"response":"'
_is_native_tail = re.compile(r'(?:,"p":"[^"\\\x00-\x1f]*")?\}').fullmatch
"""What follows the text in a native frame; ``p`` only hides the token's length."""


class Decoder:
    """``feed`` and ``close`` return the events of the bytes so far; :class:`Failure` is the last.

    ``events`` counts frames, ``parsed`` those of them that took the slow way. Accepts LF and CRLF,
    comments, several ``data:`` lines in a frame and a missing blank line at the end. Without
    ``[DONE]`` or a finish reason the stream is truncated, which is a failure and not an end. What
    follows ``[DONE]`` is not read.
    """

    def __init__(self) -> None:
        self.events = 0
        self.parsed = 0
        self.ended = False
        self.templates = Templates()
        self._unread = bytearray()
        """The beginning of a frame whose end has not come."""
        self._reader = Reader()
        self._has_failed = False

    def feed(self, data: bytes) -> list[Event]:
        if self._has_failed or self.ended:
            return []
        unread = self._unread
        # Only what is new is looked at, and the two bytes before it, which may begin a blank line.
        start = max(0, len(unread) - 2)
        unread += data
        if unread.find(b"\r", start) >= 0:
            unread[start:] = unread[start:].replace(b"\r\n", b"\n")
        end = unread.rfind(b"\n\n", start)
        if end < 0:
            return self._fail(_too_large()) if len(unread) > STREAM_EVENT_BYTES else []
        frames = unread[:end].decode("utf-8", "replace")
        del unread[: end + 2]
        return self._read_frames(frames.split("\n\n"))

    def close(self) -> list[Event]:
        data, self._unread = self._unread, bytearray()
        events = self._read_frames([data.decode("utf-8", "replace")]) if data else []
        if self._has_failed:
            return events
        if not (self.ended or self._reader.finished):
            return [*events, *self._fail(truncated())]
        return [*events, *self._reader.tools.close()]

    def _fail(self, error: APIError) -> list[Event]:
        self._has_failed = True
        self._unread.clear()
        return [Failure(error)]

    def _read_frames(self, frames: list[str]) -> list[Event]:
        events: list[Event] = []
        if self._has_failed or self.ended:
            return events
        frames = [*filter(None, frames)]  # blank lines
        self.events += len(frames)
        place, count = 0, len(frames)
        while place < count:
            # Each fast path reads as many frames in a row as it can: a call for each of them would
            # be a tenth of what a frame costs.
            start = place
            if frames[start].startswith(NATIVE_HEAD):
                place = _read_native(frames, start, events)
            if place == start:
                place = self.templates.read(frames, start, events)
            if place == start:
                events += self._parse(frames[start])
                if self._has_failed or self.ended:
                    break
                place += 1
        return events

    def _parse(self, frame: str) -> list[Event]:
        """The slow way: the events of any frame."""
        self.parsed += 1
        try:
            payloads = _payloads(frame)
        except ValueError:
            return self._fail(truncated())
        events: list[Event] = []
        for payload in payloads:
            if payload is _DONE:
                self.ended = True
                return events
            events += self._reader.read(payload)
            if events and isinstance(events[-1], Failure):
                self._has_failed = True
                return events
        if events and self.templates.patience and "\n" not in frame:
            self.templates.learn(frame, events)
        return events


def _read_native(frames: list[str], start: int, events: list[Event]) -> int:
    """Reads native frames from number ``start`` on; returns the number of the first other one."""
    for place in range(start, len(frames)):
        frame = frames[place]
        if not frame.startswith(NATIVE_HEAD):
            return place
        try:
            text, end = scanstring(frame, len(NATIVE_HEAD))
        except ValueError:
            return place
        if not _is_native_tail(frame, end):
            return place
        if text:
            events.append(text)
    return len(frames)


class _Template(NamedTuple):
    """A frame without its text: ``head``, the literal, ``tail``.

    Where the model gives its reasoning under two names, it is ``head``, the literal, ``middle``,
    the literal once more, ``tail``. ``usage`` is what some models add to every token.
    """

    head: str
    middle: str | None
    tail: str
    kind: type[Reasoning] | None
    usage: Sequence[Event]


_PATIENCE = 8
"""Templates to learn in a row before one of them is of use."""
_find_literals = re.compile(r'"(?:content|text|reasoning_content|reasoning)":"').finditer
"""What may stand before a text; its last quotation mark is the literal's first."""
_PROBE = "(probe)"


class Templates:
    """What the frames of one stream look like around their texts."""

    def __init__(self) -> None:
        self._templates: list[_Template] = []
        self.patience = _PATIENCE
        """How many more to learn. A stream whose frames all differ must not learn for ever."""

    def read(self, frames: list[str], start: int, events: list[Event]) -> int:
        """Reads frames like earlier ones from number ``start`` on; returns the number of the first
        other one."""
        for place in range(start, len(frames)):
            frame = frames[place]
            for head, middle, tail, kind, usage in self._templates:
                if not frame.startswith(head):
                    continue
                try:
                    text, end = scanstring(frame, len(head))
                except ValueError:
                    continue
                if middle is not None:
                    tail = middle + frame[len(head) : end] + tail
                # An empty text may leave its place to another one, so it is read slowly.
                if text and end == len(frame) - len(tail) and frame.endswith(tail):
                    events.append(kind(text) if kind else text)
                    if usage:
                        events.extend(usage)
                    self.patience = _PATIENCE
                    break
            else:
                return place
        return len(frames)

    def learn(self, frame: str, events: list[Event]) -> None:
        """Remembers what stands around the text, if the frame holds nothing but one text and its
        usage. Another frame that only differs in the text then means the same with another text.
        """
        first, *usage = events
        if not isinstance(first, str | Reasoning):
            return
        if not all(isinstance(event, Usage) for event in usage):
            return
        self.patience -= 1
        kind = Reasoning if isinstance(first, Reasoning) else None
        text = first.text if isinstance(first, Reasoning) else first
        parts: list[str] = []
        literals: set[str] = set()
        part_start = 0
        for match in _find_literals(frame):
            start = match.end()
            literal, end = scanstring(frame, start)
            if literal == text:
                parts.append(frame[part_start:start])
                literals.add(frame[start:end])
                part_start = end
        parts.append(frame[part_start:])
        if len(literals) != 1 or len(parts) > 3:
            return
        probe = (_PROBE + '"').join(parts)
        if Reader().read(*_payloads(probe)) != [kind(_PROBE) if kind else _PROBE, *usage]:
            return  # the text came from elsewhere
        head, *middle, tail = parts
        template = _Template(head, middle[0] if middle else None, tail, kind, usage)
        # The newest first, and few: a stream whose frames all differ must not get slower.
        self._templates = [template, *self._templates[:1]]


def _too_large() -> APIError:
    return Upstream("The model's answer has a part that is too large.")


_DONE = object()


def _payloads(frame: str) -> list[Any]:
    """Parses the JSON of a frame's data lines. Raises :class:`ValueError`."""
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
