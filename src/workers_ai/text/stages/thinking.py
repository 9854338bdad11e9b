"""Thinking between tags in the text."""

import re

from workers_ai.text.events import Event, Finish, Reasoning, Usage
from workers_ai.text.stages import Markers

OPEN, CLOSE = "<think>", "</think>"
_CLOSE_ALONE = re.compile(r"^[ \t]*</think>[ \t]*$", re.MULTILINE)
_CLOSE = Markers([CLOSE])


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
