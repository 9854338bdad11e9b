"""Separates the channels of gpt-oss, if the service has left them in an answer."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from workers_ai.text.events import Event, Failure, Reasoning, Token, ToolStart
from workers_ai.text.stages import Markers

_ENDS = ("<|end|>", "<|return|>", "<|call|>")
_BEGINNINGS = ("<|start|>", "<|channel|>")
_MARKS = Markers([*_ENDS, *_BEGINNINGS])
_find_mark = re.compile("|".join(map(re.escape, [*_ENDS, *_BEGINNINGS]))).search
_CHANNELS = ("analysis", "commentary", "final")
_match_message = re.compile(
    r"\s*(?:<\|start\|>assistant\s*)?<\|channel\|>\s*(analysis|commentary|final)"
    r"(\s*(?:<\|constrain\|>\s*\w+\s*)?<\|message\|>)?"
).match
_match_recipient = re.compile(
    r"\s*(?:<\|start\|>assistant\s*(?:<\|channel\|>\s*\w+\s*)?|<\|channel\|>\s*\w+\s+)to="
).match
_find_body = re.compile(r"<\|message\|>|(?=\{)").search
_HEADERS = [
    start + rest
    for start in ("", "<|start|>assistant")
    for rest in (*(f"<|channel|>{channel}" for channel in _CHANNELS), *(["to="] if start else []))
]
"""What a header may be, without white space, up to its channel."""
_BEHIND_CHANNEL = ("<|constrain|>", "<|message|>", "to=")
_LONGEST_HEADER = 200
_is_ordinary = re.compile(r"\s*[^\s<]").match
"""The beginning of most answers, which is seen at once to be no header."""


class _State(Enum):
    START = auto()
    BETWEEN = auto()
    MESSAGE = auto()
    CALL = auto()
    OFF = auto()


_START, _BETWEEN, _MESSAGE, _CALL, _OFF = _State


class Channels:
    """Reads ``<|channel|>analysis<|message|>…<|end|>`` as reasoning, the channels ``commentary``
    and ``final`` as text. Calls, which are messages to somebody, pass as they are.

    Only what begins so is read in this way, the answer or what the service takes for reasoning; an
    answer about the format is not. Source: https://cookbook.openai.com/articles/openai-harmony
    """

    def __init__(self) -> None:
        self._text: _Messages | None = None
        self._reasoning: _Messages | None = None
        self._is_off = False
        """The answer has begun, and not with a channel."""

    def feed(self, events: list[Event]) -> list[Event]:
        if self._is_off:
            return events
        out: list[Event] = []
        for event in events:
            if isinstance(event, str):
                out += self._read_text(event)
            elif isinstance(event, Reasoning):
                if self._reasoning is None:
                    self._reasoning = _Messages(is_reasoning=True)
                out += self._reasoning.read(event.text)
            else:
                if isinstance(event, ToolStart | Token | Failure):
                    out += self.close()
                out.append(event)
        return out

    def _read_text(self, text: str) -> list[Event]:
        if self._is_off:
            return [text]
        out = self._reasoning.close() if self._reasoning else []
        if self._text is None:
            if _is_ordinary(text):
                self._is_off = True
                return [*out, text]
            self._text = _Messages(is_reasoning=False)
        out += self._text.read(text)
        self._is_off = self._text.is_off
        return out

    def close(self) -> list[Event]:
        out = self._reasoning.close() if self._reasoning else []
        return out + self._text.close() if self._text else out


class _Messages:
    """
    =======  ==========================================  =======================================
    state    the text so far                             next state
    =======  ==========================================  =======================================
    START    may become a header, held                   as BETWEEN, but OFF if it is none
    BETWEEN  may become a header, held                   MESSAGE or CALL when it is complete,
                                                         CALL if it is none
    MESSAGE  passes                                      BETWEEN at a mark, which goes
    CALL     passes with its header: for somebody else   BETWEEN behind a mark
    OFF      passes                                      none
    =======  ==========================================  =======================================
    """

    def __init__(self, *, is_reasoning: bool) -> None:
        self._is_reasoning = is_reasoning
        """What the service takes it for."""
        self._state = _START
        self._held = ""
        self._is_analysis = False

    @property
    def is_off(self) -> bool:
        return self._state is _OFF

    def read(self, text: str) -> list[Event]:
        if self._state is _OFF or (self._state is _START and not self._held and _is_ordinary(text)):
            self._state = _OFF
            return self._pass(text)
        text, self._held = self._held + text, ""
        out: list[Event] = []
        place = 0
        while True:
            if self._state is _START or self._state is _BETWEEN:
                size = self._read_header(text[place : place + _LONGEST_HEADER])
                if size is None:
                    self._held = text[place:]
                    return out
                if self._state is not _MESSAGE:
                    out += self._pass(text[place : place + size])
                place += size
            if self._state is _OFF:
                return out + self._pass(text[place:])
            found = _find_mark(text, place)
            if found is None:
                break
            is_end = found[0] in _ENDS
            passes = is_end and self._state is _CALL
            out += self._pass(text[place : found.end() if passes else found.start()])
            place = found.end() if is_end else found.start()
            self._state = _BETWEEN
        end = len(text) - _MARKS.count_held(text, place)
        out += self._pass(text[place:end])
        self._held = text[end:]
        return out

    def _read_header(self, text: str) -> int | None:
        """Reads the header that a text begins with, into the state; returns its size, None if more
        of it may come."""
        may_grow = len(text) < _LONGEST_HEADER
        message, recipient = _match_message(text), _match_recipient(text)
        if recipient:
            body = _find_body(text, recipient.end())
            if body is None and may_grow:
                return None
            self._state = _CALL
            return (body or recipient).end()
        if message:
            behind = "".join(text[message.end() :].split())
            if message[2] is None and may_grow and _begins_as(behind, _BEHIND_CHANNEL):
                return None
            self._state, self._is_analysis = _MESSAGE, message[1] == "analysis"
            return message.end()
        if may_grow and any(header.startswith("".join(text.split())) for header in _HEADERS):
            return None
        if self._state is _START:
            self._state = _OFF
            return 0
        mark = _find_mark(text)
        self._state = _CALL  # passes as it is, whoever speaks there
        return mark.end() if mark and not text[: mark.start()].strip() else 0

    def _pass(self, text: str) -> list[Event]:
        if not text:
            return []
        is_reasoning = self._is_analysis if self._state is _MESSAGE else self._is_reasoning
        return [Reasoning(text) if is_reasoning else text]

    def close(self) -> list[Event]:
        """Passes on what is held, but for the beginning of another message's header."""
        is_header = self._state is _BETWEEN and not _match_recipient(self._held)
        text = "" if is_header else self._held
        out = self._pass(text)
        self._state, self._held = _OFF, ""
        return out


def _begins_as(text: str, beginnings: Sequence[str]) -> bool:
    """Whether a text is a part of one of ``beginnings``, or goes on behind it."""
    return any(each.startswith(text) or text.startswith(each) for each in beginnings)
