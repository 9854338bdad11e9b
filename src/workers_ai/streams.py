"""Streams of text models to neutral events: server-sent events, cut anywhere, in mixed shapes.

A token must cost about 5 µs, and parsing its JSON alone costs more. So frames that differ from
an earlier one only in one string literal are recognised by what stands before and after it,
and only the literal is read (by ``json``'s own C scanner). Everything else takes the slow,
complete way.
"""

import re
from json.decoder import scanstring  # type: ignore[attr-defined]

from errors import truncated
from json_text import parse_json
from workers_ai.answers import Reader
from workers_ai.events import Event, Failure, Reasoning

NATIVE_HEAD = 'data: {"response":"'
_padded = re.compile(r'(?:,"p":"[^"\\]*")?\}').fullmatch
"""What follows the text in a native frame; ``p`` only hides the token's length."""

_VARYING = (
    ('"content":"', lambda text: text),
    ('"reasoning_content":"', Reasoning),
    ('"reasoning":"', Reasoning),
)


class Decoder:
    """``feed`` and ``close`` give the events of the bytes so far; :class:`Failure` is the last.

    ``events`` counts frames. Accepts LF and CRLF, comments, several ``data:`` lines in a frame
    and a missing blank line at the end. Without ``[DONE]`` or a finish reason the stream is
    truncated, which is a failure and not an end.
    """

    def __init__(self) -> None:
        self.events = 0
        self.ended = False
        self._rest = b""
        self._reader = Reader()
        self._templates: list[tuple[str, str, type[Reasoning] | None]] = []
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
        events = self._frames([self._rest.decode("utf-8", "replace")]) if self._rest else []
        self._rest = b""
        if not self._failed:
            if not (self.ended or self._reader.finished):
                self._failed = True
                return [*events, Failure(truncated())]
            events.extend(self._reader.tools.close())
        return events

    def _frames(self, frames: list[str]) -> list[Event]:
        events: list[Event] = []
        if self._failed:
            return events
        self.events += len(frames)
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
            for head, tail, kind in self._templates:
                if frame.startswith(head) and frame.endswith(tail):
                    try:
                        text, end = scanstring(frame, len(head))
                    except ValueError:
                        continue
                    if end == len(frame) - len(tail):
                        if text:
                            events.append(kind(text) if kind else text)
                        break
            else:
                found = self._frame(frame)
                events.extend(found)
                if found and isinstance(found[-1], Failure):
                    self._failed = True
                    break
        return events

    def _frame(self, frame: str) -> list[Event]:
        lines = [
            line[6:] if line.startswith("data: ") else line[5:]
            for line in frame.split("\n")
            if line.startswith("data:")
        ]
        if not lines:
            return []
        try:
            payloads = [_parse("\n".join(lines))]
        except ValueError:
            # Not one event over several lines, then, but several events without blank lines.
            try:
                payloads = [_parse(line) for line in lines]
            except ValueError:
                return [Failure(truncated())]
        events: list[Event] = []
        for payload in payloads:
            if payload is _DONE:
                self.ended = True
            else:
                events.extend(self._reader.read(payload))
        if len(events) == 1 and len(lines) == 1:
            self._learn(frame, events[0])
        return events

    def _learn(self, frame: str, event: Event) -> None:
        """Remembers what stands around the text, if the frame holds nothing but one text.

        Another frame with the same head and tail then has the same structure around another
        string, and so means the same with another text.
        """
        if not isinstance(event, str | Reasoning):
            return
        text = event if isinstance(event, str) else event.text
        kind = None if isinstance(event, str) else Reasoning
        key_of = {None: ('"content":"',), Reasoning: ('"reasoning_content":"', '"reasoning":"')}
        for key in key_of[kind]:
            start = frame.find(key) + len(key)
            if start < len(key):
                continue
            literal, end = scanstring(frame, start)
            tail = frame[end:]
            if literal != text or any(other in tail for other in key_of[kind]):
                continue
            template = (frame[:start], tail, kind)
            # The newest first, and few: a stream whose frames all differ must not get slower.
            self._templates = [template, *self._templates[:1]]
            return


_DONE = object()


def _parse(data: str) -> object:
    if data.strip() == "[DONE]":
        return _DONE
    return parse_json(data)
