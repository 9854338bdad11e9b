"""Neutral events: what every answer of a text model is read as, streamed or not.

A piece of answer text, by far the commonest event, is a plain ``str``; everything else is one of
the tuples below. Decoders make events, stages change them, and one encoder per dialect writes them,
so all dialects share what comes before.
"""

from typing import Any, Literal, NamedTuple

from core.errors import APIError


class Reasoning(NamedTuple):
    """A piece of the model's thinking."""

    text: str


class Token(NamedTuple):
    """Answer text with the ``logprobs`` object that the model sent for it."""

    text: str
    logprobs: dict[str, Any]


class ToolStart(NamedTuple):
    """The beginning of a tool call. ``call`` counts from 0 without gaps."""

    call: int
    id: str
    name: str


class ToolArguments(NamedTuple):
    """A piece of the JSON text of a call's arguments."""

    call: int
    text: str


class Usage(NamedTuple):
    """What the call cost. ``neurons`` is Cloudflare's exact price, None if unknown."""

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None
    neurons: float | None = None

    def plus(self, other: "Usage") -> "Usage":
        """Adds both; a figure that one of them does not know counts as nothing."""
        pairs: Any = zip(self, other, strict=True)
        return Usage(*(a if b is None else b if a is None else a + b for a, b in pairs))


FinishReason = Literal["stop", "length", "tool_calls", "content_filter"]


class Finish(NamedTuple):
    """Why the answer ended. ``stop_sequence`` is what it stopped for, if that is known."""

    reason: FinishReason
    stop_sequence: str | None = None


class Failure(NamedTuple):
    """The upstream failed; nothing comes after this."""

    error: APIError


Event = str | Reasoning | Token | ToolStart | ToolArguments | Usage | Finish | Failure
