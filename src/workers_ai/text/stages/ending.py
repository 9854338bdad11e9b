"""Reports why an answer ended and what it cost."""

from collections.abc import Callable

from workers_ai.text.events import (
    Event,
    Failure,
    Finish,
    FinishReason,
    Reasoning,
    Token,
    ToolArguments,
    ToolStart,
    Usage,
)
from workers_ai.tokens import Estimate


class Ending:
    """Reports finish reason and usage once, at the end.

    Native models give no finish reason; streams send usage in several frames; and a model may say
    ``stop`` after tool calls. ``limit`` is the ``max_tokens`` of the call, ``prompt_tokens()`` an
    estimate for models that report no usage.
    """

    def __init__(self, *, limit: int, prompt_tokens: Callable[[], int]) -> None:
        self._limit = limit
        self._prompt_tokens = prompt_tokens
        self._finish: Finish | None = None
        self._usage: Usage | None = None
        self._has_calls = False
        self._has_failed = False
        self._written = Estimate()
        """Of all that the model wrote, which is not kept: no answer is too long for that."""

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        texts: list[str] = []
        for event in events:
            if type(event) is str:
                texts.append(event)
            elif isinstance(event, Finish):
                self._finish = self._finish or event
                continue
            elif isinstance(event, Usage):
                self._add_usage(event)
                continue
            else:
                texts.append(self._note(event))
            out.append(event)
        self._written.add("".join(texts))
        return out

    def _add_usage(self, usage: Usage) -> None:
        """The last usage counts, but one without prompt tokens is only what came since."""
        if self._usage and not usage.prompt_tokens:
            usage = usage.plus(self._usage)
        self._usage = usage

    def _note(self, event: Event) -> str:
        """Notes what an event tells about the ending. Returns what the model wrote for it."""
        if isinstance(event, ToolStart):
            self._has_calls = True
            return event.name
        if isinstance(event, Failure):
            self._has_failed = True
        return event.text if isinstance(event, Reasoning | Token | ToolArguments) else ""

    def usage(self) -> Usage:
        """Reports what the call has cost so far, estimated if the model does not say."""
        return self._usage or Usage(self._prompt_tokens(), self._written.tokens)

    def close(self) -> list[Event]:
        if self._has_failed:
            return []
        reason = self._reason()
        sequence = self._finish.stop_sequence if self._finish and reason == "stop" else None
        self._usage = self.usage()  # kept: an estimate costs a walk through the whole prompt
        return [Finish(reason, sequence), self._usage]

    def _reason(self) -> FinishReason:
        reason = self._finish.reason if self._finish else None
        if reason is None and self._usage and self._usage.completion_tokens >= self._limit:
            return "length"
        if reason in (None, "stop", "tool_calls"):
            return "tool_calls" if self._has_calls else "stop"
        return reason
