"""What happens to events between a decoder and an encoder.

Each stage takes a list of events and gives the list that goes on: ``feed(events)`` as often as
there is something, ``close()`` once at the end for what was held back. Before a :class:`Failure`,
which stays the last event, a stage gives what it holds, and it is not closed any more. Stages know
nothing of wire formats or dialects.
"""

import re
from collections.abc import Iterable
from typing import Protocol

from workers_ai.text.events import Event, Failure


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


class Markers:
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
