"""Stages: what happens to events between a decoder and an encoder.

Each stage is fed lists of events and returns the list that goes on: ``feed(events)`` as often as
events arrive, ``close()`` once at the end for what was held back. Before a :class:`Failure`, which
stays the last event, a stage releases what it holds; it is not closed after that. Stages know
nothing of wire formats or dialects.
"""

import re
from collections.abc import Iterable
from typing import Protocol

from workers_ai.text.events import Event, Failure


class Stage(Protocol):
    def feed(self, events: list[Event]) -> list[Event]: ...

    def close(self) -> list[Event]: ...


def run_stages(stages: Iterable[Stage], events: list[Event], *, is_last: bool) -> list[Event]:
    """Passes events through all stages in turn; ``is_last`` closes them."""
    for stage in stages:
        events = stage.feed(events)
        if is_last and not (events and isinstance(events[-1], Failure)):
            events = events + stage.close()
    return events


class Markers:
    """Strings to look for in a text that arrives in pieces."""

    def __init__(self, markers: Iterable[str]) -> None:
        self._markers = tuple(markers)
        self._longest = max(map(len, self._markers)) - 1
        first_letters = "".join({marker[0] for marker in self._markers})
        self.find_first_letter = re.compile(f"[{re.escape(first_letters)}]").search
        """Finds where a marker may begin. Without a match, a text holds no part of one."""

    def count_held(self, text: str, start: int = 0) -> int:
        """Counts the characters at the end of ``text`` that may be the beginning of a marker, none
        from before ``start``."""
        start = max(start, len(text) - self._longest)
        while first := self.find_first_letter(text, start):
            end = text[first.start() :]
            for marker in self._markers:
                if marker.startswith(end):
                    return len(end)
            start = first.end()
        return 0
