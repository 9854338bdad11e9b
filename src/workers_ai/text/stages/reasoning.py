"""Hides reasoning, or writes it into the text."""

from workers_ai.text.events import Event, Reasoning, Usage
from workers_ai.text.stages.thinking import CLOSE, OPEN


class HideReasoning:
    """Drops reasoning (``reasoning_format: hidden``)."""

    def feed(self, events: list[Event]) -> list[Event]:
        return [event for event in events if not isinstance(event, Reasoning)]

    def close(self) -> list[Event]:
        return []


class ReasoningInText:
    """Writes reasoning into the text between think tags (``reasoning_format: raw``)."""

    def __init__(self) -> None:
        self._is_open = False

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if isinstance(event, Reasoning):
                out.append(event.text if self._is_open else OPEN + event.text)
                self._is_open = True
                continue
            if not isinstance(event, Usage):
                out += self.close()
            out.append(event)
        return out

    def close(self) -> list[Event]:
        was_open, self._is_open = self._is_open, False
        return [CLOSE + "\n\n"] if was_open else []
