"""Neutral events to chat completions: the whole object, and its chunks."""

from collections.abc import Iterable, Sequence
from typing import Any

from handlers.openai.chunks import Chunks, envelope, pieces, usage_json
from handlers.openai.logprobs import Entry, entries, portions
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolArguments, ToolStart, Usage


def completion(
    choices: Sequence[list[Event]],
    *,
    model: str,
    legacy_functions: bool,
    empty_content: str | None = None,
) -> dict[str, Any]:
    """A ``chat.completion``. ``legacy_functions`` answers in ``function_call``, as the older
    ``functions`` ask for; ``empty_content`` stands beside calls without text."""
    usages = (event for events in choices for event in events if isinstance(event, Usage))
    return {
        **envelope("chatcmpl-", "chat.completion", model),
        "choices": [
            {"index": index, **_choice(events, legacy_functions, empty_content)}
            for index, events in enumerate(choices)
        ],
        "usage": usage_json(usages),
    }


def _choice(
    events: list[Event], legacy_functions: bool, empty_content: str | None
) -> dict[str, Any]:
    texts: list[str] = []
    thoughts: list[str] = []
    found: list[Entry] = []
    calls: list[dict[str, Any]] = []
    reason = "stop"
    for event in events:
        if isinstance(event, str):
            texts.append(event)
        elif isinstance(event, Reasoning):
            thoughts.append(event.text)
        elif isinstance(event, Token):
            texts.append(event.text)
            found += entries(event.logprobs)
        elif isinstance(event, ToolStart):
            function = {"name": event.name, "arguments": ""}
            calls.append({"id": event.id, "type": "function", "function": function})
        elif isinstance(event, ToolArguments):
            calls[event.call]["function"]["arguments"] += event.text
        elif isinstance(event, Finish):
            reason = event.reason
    text = "".join(texts)
    message: dict[str, Any] = {
        "role": "assistant",
        "content": text if text or not calls else empty_content,
        "refusal": None,
    }
    if thoughts:
        message["reasoning_content"] = "".join(thoughts)
    if calls and legacy_functions:
        message["function_call"] = calls[0]["function"]
    elif calls:
        message["tool_calls"] = calls
    return {
        "message": message,
        "logprobs": _logprobs(found),
        "finish_reason": _reason(reason, legacy_functions),
    }


def _reason(reason: str, legacy_functions: bool) -> str:
    return "function_call" if legacy_functions and reason == "tool_calls" else reason


def _logprobs(found: list[Entry]) -> dict[str, Any] | None:
    return {"content": found, "refusal": None} if found else None


def _choice_of(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
    return {"delta": delta, "logprobs": None, "finish_reason": reason}


class ChatChunks(Chunks):
    """``chat.completion.chunk`` events."""

    text_choice = '"delta":{"content":%s},"logprobs":null,"finish_reason":null'

    def __init__(self, *, model: str, n: int, include_usage: bool, legacy_functions: bool) -> None:
        super().__init__(
            envelope("chatcmpl-", "chat.completion.chunk", model), n, include_usage=include_usage
        )
        self._legacy = legacy_functions

    def first(self, index: int) -> Iterable[dict[str, Any]]:
        return [_choice_of({"role": "assistant", "content": "", "refusal": None})]

    def special(self, index: int, event: Event) -> Iterable[dict[str, Any]]:
        if isinstance(event, str):
            return [_choice_of({"content": piece}) for piece in pieces(event)]
        if isinstance(event, Reasoning):
            return [_choice_of({"reasoning_content": piece}) for piece in pieces(event.text)]
        if isinstance(event, Token):
            return [
                {**_choice_of({"content": piece}), "logprobs": _logprobs(found)}
                for piece, found in portions(event)
            ]
        if isinstance(event, ToolStart):
            function = {"name": event.name, "arguments": ""}
            return self._call(event.call, function, {"id": event.id, "type": "function"})
        if isinstance(event, ToolArguments):
            return [
                choice
                for piece in pieces(event.text)
                for choice in self._call(event.call, {"arguments": piece}, {})
            ]
        if isinstance(event, Finish):
            return [_choice_of({}, _reason(event.reason, self._legacy))]
        return ()

    def _call(
        self, index: int, function: dict[str, str], extra: dict[str, str]
    ) -> list[dict[str, Any]]:
        if not self._legacy:
            call = {"index": index, **extra, "function": function}
            return [_choice_of({"tool_calls": [call]})]
        return [_choice_of({"function_call": function})] if index == 0 else []
