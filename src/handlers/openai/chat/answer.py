"""Writes neutral events as chat completions: the whole object, and its chunks."""

from collections.abc import Iterable, Sequence
from typing import Any

from handlers.openai.chunks import Chunks, split_text, write_envelope, write_usage
from handlers.openai.logprobs import Entry, read_entries, split_token
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolArguments, ToolStart, Usage


def write_completion(
    choices: Sequence[list[Event]],
    *,
    model: str,
    legacy_functions: bool,
    empty_content: str | None = None,
) -> dict[str, Any]:
    """Writes a ``chat.completion``. ``legacy_functions``: as the older ``function_call``.
    ``empty_content``: the content beside calls without text."""
    usages = [event for events in choices for event in events if type(event) is Usage]
    return {
        **write_envelope("chatcmpl-", "chat.completion", model),
        "choices": [
            {"index": index, **_write_choice(events, legacy_functions, empty_content)}
            for index, events in enumerate(choices)
        ],
        "usage": write_usage(usages),
    }


def _write_choice(
    events: list[Event], legacy_functions: bool, empty_content: str | None
) -> dict[str, Any]:
    texts: list[str] = []
    thoughts: list[str] = []
    logprobs: list[Entry] = []
    calls: list[dict[str, Any]] = []
    arguments: list[list[str]] = []
    reason = "stop"
    for event in events:
        if type(event) is str:
            texts.append(event)
        elif type(event) is Reasoning:
            thoughts.append(event.text)
        elif type(event) is Token:
            texts.append(event.text)
            logprobs += read_entries(event.logprobs)
        elif type(event) is ToolStart:
            function = {"name": event.name, "arguments": ""}
            calls.append({"id": event.id, "type": "function", "function": function})
            arguments.append([])
        elif type(event) is ToolArguments:
            arguments[event.call].append(event.text)
        elif type(event) is Finish:
            reason = event.reason
    for call, pieces in zip(calls, arguments, strict=True):
        call["function"]["arguments"] = "".join(pieces)
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
        "logprobs": _write_logprobs(logprobs),
        "finish_reason": _name_reason(reason, legacy_functions),
    }


def _name_reason(reason: str, legacy_functions: bool) -> str:
    return "function_call" if legacy_functions and reason == "tool_calls" else reason


def _write_logprobs(entries: list[Entry]) -> dict[str, Any] | None:
    return {"content": entries, "refusal": None} if entries else None


def _write_delta(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
    return {"delta": delta, "logprobs": None, "finish_reason": reason}


class ChatChunks(Chunks):
    """Writes ``chat.completion.chunk`` events."""

    text_choice = '"delta":{"content":%s},"logprobs":null,"finish_reason":null'

    def __init__(self, *, model: str, n: int, include_usage: bool, legacy_functions: bool) -> None:
        super().__init__(
            write_envelope("chatcmpl-", "chat.completion.chunk", model),
            n,
            include_usage=include_usage,
        )
        self._legacy_functions = legacy_functions

    def open_choice(self, index: int) -> Iterable[dict[str, Any]]:
        return [_write_delta({"role": "assistant", "content": "", "refusal": None})]

    def write_event(self, index: int, event: Event) -> Iterable[dict[str, Any]]:
        if type(event) is str:
            return [_write_delta({"content": piece}) for piece in split_text(event)]
        if type(event) is Reasoning:
            return [_write_delta({"reasoning_content": piece}) for piece in split_text(event.text)]
        if type(event) is Token:
            return [
                {**_write_delta({"content": piece}), "logprobs": _write_logprobs(entries)}
                for piece, entries in split_token(event)
            ]
        if type(event) is ToolStart:
            function = {"name": event.name, "arguments": ""}
            return self._write_call(event.call, function, {"id": event.id, "type": "function"})
        if type(event) is ToolArguments:
            return [
                choice
                for piece in split_text(event.text)
                for choice in self._write_call(event.call, {"arguments": piece}, {})
            ]
        if type(event) is Finish:
            return [_write_delta({}, _name_reason(event.reason, self._legacy_functions))]
        return ()

    def _write_call(
        self, index: int, function: dict[str, str], extra: dict[str, str]
    ) -> list[dict[str, Any]]:
        if not self._legacy_functions:
            call = {"index": index, **extra, "function": function}
            return [_write_delta({"tool_calls": [call]})]
        return [_write_delta({"function_call": function})] if index == 0 else []
