"""Neutral events for tests of what makes, changes and writes them."""

from collections.abc import Iterable

from core.errors import truncated
from workers_ai.text.events import Event, Failure, Reasoning, Token
from workers_ai.text.stages import Stage

BROKEN = Failure(truncated())


def feed_one_by_one(stage: Stage, *events: Event, close: bool = True) -> list[Event]:
    """What a stage makes of events that come one at a time, as a stream has them."""
    out = [given for event in events for given in stage.feed([event])]
    return out + stage.close() if close else out


def text_of(events: Iterable[Event]) -> str:
    parts = (e.text if isinstance(e, Token) else e for e in events if isinstance(e, str | Token))
    return "".join(parts)


def reasoning_of(events: Iterable[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Reasoning))


def merged(events: Iterable[Event]) -> list[Event]:
    """Neighbouring texts, and neighbouring reasoning, put together."""
    out: list[Event] = []
    for event in events:
        last = out[-1] if out else None
        if isinstance(event, str) and isinstance(last, str):
            out[-1] = last + event
        elif isinstance(event, Reasoning) and isinstance(last, Reasoning):
            out[-1] = Reasoning(last.text + event.text)
        else:
            out.append(event)
    return out
