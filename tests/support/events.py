"""Neutral events for tests of what makes, changes and writes them."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from core.errors import truncated
from workers_ai.text.answers import Reader, read_whole
from workers_ai.text.events import Event, Failure, Reasoning, Token, ToolArguments, ToolStart
from workers_ai.text.stages import Stage

BROKEN = Failure(truncated())


def feed_one_by_one(stage: Stage, *events: Event, close: bool = True) -> list[Event]:
    """What a stage makes of events that come one at a time, as a stream has them."""
    out = [given for event in events for given in stage.feed([event])]
    return out + stage.close() if close else out


def read_answer(payload: object) -> list[Event]:
    """The events of a whole answer."""
    return read_whole(json.dumps(payload).encode())


def read_stream(*payloads: object) -> list[Event]:
    """The events of a stream of these payloads."""
    reader = Reader()
    events = [event for payload in payloads for event in reader.read(payload)]
    return [*events, *reader.tools.close()]


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


class Called(NamedTuple):
    id: str
    name: str
    arguments: str


def calls_of(events: Iterable[Event]) -> list[Called]:
    """The calls as a client puts them together; a gap or a repetition fails."""
    calls: list[Called] = []
    for event in events:
        if isinstance(event, ToolStart):
            assert event.call == len(calls)
            calls.append(Called(event.id, event.name, ""))
        elif isinstance(event, ToolArguments):
            assert event.text
            call = calls[event.call]
            calls[event.call] = call._replace(arguments=call.arguments + event.text)
    return calls
