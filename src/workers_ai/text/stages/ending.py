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
from workers_ai.tokens import estimate


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
        self._texts: list[str] = []
        """All that the model wrote, for an estimate of its tokens."""

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if type(event) is str:
                self._texts.append(event)
            elif isinstance(event, Finish):
                self._finish = self._finish or event
                continue
            elif isinstance(event, Usage):
                self._add_usage(event)
                continue
            else:
                self._note(event)
            out.append(event)
        return out

    def _add_usage(self, usage: Usage) -> None:
        """The last usage counts, but one without prompt tokens is only what came since."""
        if self._usage and not usage.prompt_tokens:
            usage = usage.plus(self._usage)
        self._usage = usage

    def _note(self, event: Event) -> None:
        if isinstance(event, ToolStart):
            self._has_calls = True
            self._texts.append(event.name)
        elif isinstance(event, Failure):
            self._has_failed = True
        elif isinstance(event, Reasoning | Token | ToolArguments):
            self._texts.append(event.text)

    def usage(self) -> Usage:
        """Reports what the call has cost so far, estimated if the model does not say."""
        return self._usage or Usage(self._prompt_tokens(), estimate("".join(self._texts)))

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
