"""Recovers tool calls that a model wrote into its text or its thinking instead of making them."""

from collections.abc import Iterable

from core.limits import HELD_CHARACTERS, TOOL_CALLS
from workers_ai.text.call_formats.declared import Call, DeclaredTools
from workers_ai.text.call_formats.scanner import Found, Scanner
from workers_ai.text.events import (
    Event,
    Failure,
    Finish,
    Reasoning,
    Token,
    ToolArguments,
    ToolStart,
)
from workers_ai.text.tool_calls import ToolCalls


class LeakedCalls:
    """Turns calls of the declared tools back into events, whatever their format.

    A call in the answer is passed on as soon as it is complete. One in the thinking may be only a
    draft: it counts if the answer ends without text and without any other call, or if the service
    says that it ended with a call. Until then it is kept; if it does not count, it is thinking.

    Nothing is looked for any more once the model makes its calls itself, gives log probabilities
    or fails, or once more is held than any call is long. Calls beyond the number that an answer may
    have stay text.
    """

    def __init__(self, tools: DeclaredTools) -> None:
        self._declared = tools
        self._tools = ToolCalls()
        self._text = Scanner(tools)
        self._thoughts: Scanner | None = None
        """Looks through the thinking, while there is some."""
        self._drafts: list[Found] = []
        self._are_drafts_told = False
        """They have been passed on as thinking."""
        self._unmeasured = 0
        """Characters since it was last measured how much is held."""
        self._is_off = False
        self._finish_reason = ""

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if self._is_off:
                out.append(self._counted(event))
            elif isinstance(event, str):
                self._unmeasured += len(event)
                if self._thoughts and not event.isspace():
                    out += self._end_thoughts()
                out += self._answer(self._text.read(event))
            elif isinstance(event, Reasoning):
                if self._thoughts is None:
                    self._thoughts = Scanner(self._declared)
                self._unmeasured += len(event.text)
                out += self._think(self._thoughts.read(event.text))
            else:
                if isinstance(event, ToolStart | Token | Failure):
                    out += self._turn_off()
                elif isinstance(event, Finish):
                    self._finish_reason = event.reason
                out.append(self._counted(event))
        if self._unmeasured > HELD_CHARACTERS and not self._is_off:
            self._unmeasured = 0
            if self._count_held() > HELD_CHARACTERS:
                out += self._turn_off()
        return out

    def _count_held(self) -> int:
        scanners = [self._text, *([self._thoughts] if self._thoughts else [])]
        return sum(scanner.held for scanner in scanners) + sum(
            len(draft.text) for draft in self._drafts
        )

    def _counted(self, event: Event) -> Event:
        """Counts calls that the model makes together with those that were recovered."""
        if isinstance(event, ToolStart | ToolArguments):
            return event._replace(call=event.call + self._tools.count)
        return event

    def _answer(self, parts: Iterable[str | Found]) -> list[Event]:
        out: list[Event] = []
        for part in parts:
            if isinstance(part, Found) and not self._has_room(part):
                part = part.text
            if isinstance(part, Found):
                out += [*self._tell_drafts(), *self._make(part.calls)]
                self._drafts.clear()
                continue
            if not part.isspace():
                out += self._tell_drafts()
            out.append(part)
        return out

    def _think(self, parts: Iterable[str | Found]) -> list[Event]:
        out: list[Event] = []
        for part in parts:
            if isinstance(part, Found):
                self._drafts.append(part)
            else:
                out.append(Reasoning(part))
        return out

    def _end_thoughts(self) -> list[Event]:
        scanner, self._thoughts = self._thoughts, None
        return self._think(scanner.close(is_cut=self._is_cut)) if scanner else []

    @property
    def _is_cut(self) -> bool:
        return self._finish_reason == "length"

    def _tell_drafts(self) -> list[Event]:
        were_told, self._are_drafts_told = self._are_drafts_told, bool(self._drafts)
        return [] if were_told else [Reasoning(draft.text) for draft in self._drafts]

    def _has_room(self, found: Found) -> bool:
        return self._tools.count + len(found.calls) <= TOOL_CALLS

    def _make(self, calls: Iterable[Call]) -> list[Event]:
        return [event for call in calls for event in self._tools.read(call._asdict(), whole=True)]

    def _turn_off(self) -> list[Event]:
        out = [*self._end_thoughts(), *self._tell_drafts()]
        text = self._text.release()
        self._is_off = True
        return [*out, text] if text else out

    def close(self) -> list[Event]:
        if self._is_off:
            return []
        out = [*self._end_thoughts(), *self._answer(self._text.close(is_cut=self._is_cut))]
        if self._finish_reason == "tool_calls" or not self._are_drafts_told:
            for draft in self._drafts:
                out += self._make(draft.calls) if self._has_room(draft) else ()
        return out
