"""Why an answer ended and what it cost."""

from collections.abc import Callable

from workers_ai.text.events import (
    Event,
    Failure,
    Finish,
    Reasoning,
    Token,
    ToolArguments,
    ToolStart,
    Usage,
)
from workers_ai.tokens import estimate


class Ending:
    """Says once, at the end, why the answer ended and what it cost.

    Native models give no finish reason; streams send usage in several frames; and a model may
    say ``stop`` after tool calls. ``limit`` is the ``max_tokens`` of the call, ``prompt_tokens()``
    the estimate to fall back on.
    """

    def __init__(self, *, limit: int, prompt_tokens: Callable[[], int]) -> None:
        self._limit = limit
        self._prompt_tokens = prompt_tokens
        self._reason = ""
        self._stop_sequence: str | None = None
        self._usage: Usage | None = None
        self._calls = False
        self._failed = False
        self._pieces: list[str] = []

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if type(event) is str:
                self._pieces.append(event)
            elif isinstance(event, Finish):
                if not self._reason:
                    self._reason, self._stop_sequence = event
                continue
            elif isinstance(event, Usage):
                self._add(event)
                continue
            else:
                self._special(event)
            out.append(event)
        return out

    def _add(self, usage: Usage) -> None:
        """The last usage counts, but one without prompt tokens is only what came since."""
        more = self._usage is not None and not usage.prompt_tokens
        self._usage = usage.plus(self._usage) if more and self._usage else usage

    def _special(self, event: Event) -> None:
        if isinstance(event, ToolStart):
            self._calls = True
            self._pieces.append(event.name)
        elif isinstance(event, Failure):
            self._failed = True
        elif isinstance(event, Reasoning | Token | ToolArguments):
            self._pieces.append(event.text)

    def usage(self) -> Usage:
        """What the call has cost so far, estimated where the model does not say."""
        return self._usage or Usage(self._prompt_tokens(), estimate("".join(self._pieces)))

    def close(self) -> list[Event]:
        if self._failed:
            return []
        usage = self.usage()
        reason = self._reason
        if not reason and self._usage and usage.completion_tokens >= self._limit:
            reason = "length"
        elif self._calls and reason in ("", "stop"):
            reason = "tool_calls"
        elif reason == "tool_calls" and not self._calls:
            reason = "stop"
        reason = reason or "stop"
        return [Finish(reason, self._stop_sequence if reason == "stop" else None), usage]
