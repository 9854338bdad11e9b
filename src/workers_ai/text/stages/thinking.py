"""Separates thinking between tags from the text of an answer."""

import re
from enum import Enum, auto

from core.limits import HELD_CHARACTERS
from workers_ai.text.events import Event, Finish, Reasoning, Usage
from workers_ai.text.stages import Markers

OPEN, CLOSE = "<think>", "</think>"
_CLOSINGS = {
    OPEN: CLOSE,
    # Gemma 4: https://huggingface.co/google/gemma-4-26b-a4b-it (chat_template.jinja)
    "<|channel>thought": "<channel|>",
    # Apertus: https://github.com/swiss-ai/apertus-format (docs/format.md)
    "<|inner_prefix|>": "<|inner_suffix|>",
}
"""The tags around thinking, of most families and of those that have their own."""
_MARKERS = {close: Markers([close]) for close in _CLOSINGS.values()}
_close_on_its_own_line = re.compile(r"^[ \t]*</think>[ \t]*$", re.MULTILINE).search
_is_plain = re.compile(r"[^<]*[^<\s]").fullmatch
"""Text that neither holds a part of a tag nor ends in white space that may stand before one."""


class _State(Enum):
    START = auto()
    OPENED = auto()
    PRESUMED = auto()
    INSIDE = auto()
    BEHIND = auto()
    OUTSIDE = auto()


_START, _OPENED, _PRESUMED, _INSIDE, _BEHIND, _OUTSIDE = _State


class Thinking:
    """Takes ``<think>…</think>``, or the tags of another family, out of the text and passes what
    is between them on as reasoning.

    ========  =========================================  =====================================
    state     the text so far                            next state
    ========  =========================================  =====================================
    START     white space or a part of ``<think>``       INSIDE at ``<think>``, else OUTSIDE
    OPENED    the same, behind a ``<think>`` that the    INSIDE at another ``<think>``, else
              model's template wrote                     PRESUMED
    PRESUMED  taken for thinking, which only the         BEHIND at ``</think>``, INSIDE when it
              ``</think>`` will prove                    is too long to be sent a second time
    INSIDE    thinking                                   BEHIND at ``</think>``
    BEHIND    white space behind ``</think>``            OUTSIDE at anything else
    OUTSIDE   the answer                                 none
    ========  =========================================  =====================================

    ``opened`` begins in OPENED. An answer that ends as PRESUMED was cut short while thinking, if
    it used up ``limit``, the ``max_tokens`` of the call. If not, the model had not been thinking,
    and its words are passed on as text (a second time where they were streamed as reasoning).
    ``whole``: all the text comes at once; then a closing tag on a line of its own is enough for a
    model that ``may_think``.

    White space around the tags is the template's, not the model's, and goes.
    """

    def __init__(self, *, opened: bool, limit: int, whole: bool, may_think: bool) -> None:
        self._state = _OPENED if opened else _START
        self._limit = limit
        self._whole = whole
        self._may_think = may_think
        self._is_cut = False
        self._close = CLOSE
        """The tag that ends the thinking."""
        # All that is held are these two. White space is collected without a look at it, as a text
        # may end with any amount of it again and again.
        self._spaces: list[str] = []
        self._held = ""
        self._presumed: list[str] = []
        """All text of an answer that is PRESUMED to be thinking."""
        self._presumed_size = 0
        self._has_begun = False
        """Reasoning has been passed on, so that white space now belongs to it."""

    def feed(self, events: list[Event]) -> list[Event]:
        if self._state is _OUTSIDE:
            return events
        out: list[Event] = []
        for event in events:
            if isinstance(event, str):
                out += self._read(event)
                continue
            if isinstance(event, Usage):
                self._is_cut |= event.completion_tokens >= self._limit
            elif isinstance(event, Finish):
                self._is_cut |= event.reason == "length"
            else:
                out += self._release()
            out.append(event)
        return out

    def _release(self) -> list[Event]:
        """Passes on what is held before an event of another kind. If no text has come yet, the
        service itself separates thinking and answer."""
        state = self._state
        if state is _START or state is _OPENED:
            return self._leave()
        if state is _PRESUMED and self._whole:
            return []  # close() decides what all of it is
        return self._reasoning(self._take())

    def _read(self, text: str) -> list[Event]:
        state = self._state
        self._held += text
        if state is _START or state is _OPENED:
            state = self._state = self._begin()
            text = self._held
            if state is _START or state is _OPENED:
                return []
        if state is _OUTSIDE:
            return self._leave()
        if state is _PRESUMED:
            self._presumed += self._spaces if not self._presumed else ()
            self._presumed.append(text)
            self._presumed_size += len(text)
            if self._presumed_size > HELD_CHARACTERS and not self._whole:
                self._presumed.clear()
                state = self._state = _INSIDE
        out = [] if state is _BEHIND else self._think()
        if self._state is _BEHIND:
            self._held = self._held.lstrip()
            if self._held:
                out += self._leave()
        return out

    def _begin(self) -> _State:
        """Decides what an answer begins with, and takes the opening tag away."""
        text = self._held.lstrip()
        if not text:
            self._spaces.append(self._held)
            self._held = ""
            return self._state
        for tag, close in _CLOSINGS.items() if text[0] == "<" else ():
            if text.startswith(tag):
                self._held, self._close = text[len(tag) :], close
                self._spaces.clear()
                return _INSIDE
            if tag.startswith(text):
                return self._state
        if self._state is _OPENED:
            return _PRESUMED
        if self._whole and self._may_think and _close_on_its_own_line(text):
            return _INSIDE
        return _OUTSIDE

    def _think(self) -> list[Event]:
        """Passes on what cannot be part of the closing tag or of the white space before it."""
        if self._state is _PRESUMED and self._whole and self._close not in self._held:
            return []
        if self._has_begun and _is_plain(self._held):
            return [Reasoning(self._take())]
        before, tag, behind = self._held.partition(self._close)
        size = len(before) if tag else len(before) - _MARKERS[self._close].count_held(before)
        self._held = before[:size].rstrip()
        spaces = before[len(self._held) : size]
        out = self._reasoning(self._take()) if self._held else []
        if tag:
            self._spaces.clear()
            self._held, self._state = behind, _BEHIND
        else:
            self._held = before[size:]
            if spaces:
                self._spaces.append(spaces)
        return out

    def _take(self) -> str:
        text = "".join([*self._spaces, self._held])
        self._held = ""
        self._spaces.clear()
        return text

    def _reasoning(self, text: str) -> list[Event]:
        text = text if self._has_begun else text.lstrip()
        self._has_begun |= bool(text)
        return [Reasoning(text)] if text else []

    def _leave(self) -> list[Event]:
        text, self._held, self._state = self._held, "", _OUTSIDE
        if self._spaces:
            text = "".join([*self._spaces, text])
            self._spaces.clear()
        return [text] if text else []

    def close(self) -> list[Event]:
        state = self._state
        if state is _BEHIND or state is _OUTSIDE:
            return []
        text = self._take()
        was_opened = state is _OPENED or state is _PRESUMED
        if state is _INSIDE or (was_opened and self._is_cut):
            return self._reasoning(text.rstrip())
        if state is _PRESUMED:
            text = "".join(self._presumed)
        return [text] if text else []
