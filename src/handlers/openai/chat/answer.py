"""Writes neutral events as chat completions: the whole object, and its chunks."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from handlers.openai.chunks import Chunks, split_text, write_envelope, write_usage
from handlers.openai.logprobs import Entry, read_entries, split_token
from handlers.reading.freeform import read_input
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolArguments, ToolStart, Usage
from workers_ai.text.generation import ToolOrigin


def write_completion(
    choices: Sequence[list[Event]],
    *,
    model: str,
    served: str,
    legacy_functions: bool,
    empty_content: str | None = None,
    origins: Mapping[str, ToolOrigin] | None = None,
) -> dict[str, Any]:
    """Writes a ``chat.completion``. ``legacy_functions``: as the older ``function_call``.
    ``empty_content``: the content beside calls without text. ``origins``: see
    :attr:`Generation.tool_origins`."""
    write_choice = partial(
        _write_choice,
        legacy_functions=legacy_functions,
        empty_content=empty_content,
        origins=origins or {},
    )
    usages = [event for events in choices for event in events if type(event) is Usage]
    return {
        **write_envelope("chatcmpl-", "chat.completion", model, served),
        "choices": [
            {"index": index, **write_choice(events)} for index, events in enumerate(choices)
        ],
        "usage": write_usage(usages),
    }


def _write_choice(
    events: list[Event],
    legacy_functions: bool,
    empty_content: str | None,
    origins: Mapping[str, ToolOrigin],
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
        origin = origins.get(call["function"]["name"])
        if origin and origin.is_custom:
            custom = {"name": origin.name, "input": read_input("".join(pieces))}
            calls[calls.index(call)] = {"id": call["id"], "type": "custom", "custom": custom}
        else:
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


def _write_custom(call: int, custom: dict[str, str], **extra: str) -> dict[str, Any]:
    return _write_delta({"tool_calls": [{"index": call, **extra, "custom": custom}]})


class ChatChunks(Chunks):
    """Writes ``chat.completion.chunk`` events."""

    text_choice = '"delta":{"content":%s},"logprobs":null,"finish_reason":null'

    def __init__(
        self,
        *,
        model: str,
        served: str,
        n: int,
        include_usage: bool,
        legacy_functions: bool,
        origins: Mapping[str, ToolOrigin] | None = None,
    ) -> None:
        super().__init__(
            write_envelope("chatcmpl-", "chat.completion.chunk", model, served),
            n,
            include_usage=include_usage,
        )
        self._legacy_functions = legacy_functions
        self._origins = origins or {}
        self._custom_arguments: dict[tuple[int, int], list[str]] = {}
        """Of calls of custom tools, by choice and call: what their input is shows at their end."""

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
            origin = self._origins.get(event.name)
            if origin and origin.is_custom:
                self._custom_arguments[index, event.call] = []
                custom = {"name": origin.name, "input": ""}
                return [_write_custom(event.call, custom, id=event.id, type="custom")]
            function = {"name": event.name, "arguments": ""}
            return self._write_call(event.call, function, {"id": event.id, "type": "function"})
        if type(event) is ToolArguments:
            if (index, event.call) in self._custom_arguments:
                self._custom_arguments[index, event.call].append(event.text)
                return ()
            return [
                choice
                for piece in split_text(event.text)
                for choice in self._write_call(event.call, {"arguments": piece}, {})
            ]
        if type(event) is Finish:
            last = _write_delta({}, _name_reason(event.reason, self._legacy_functions))
            return [*self._write_inputs(index), last]
        return ()

    def _write_inputs(self, index: int) -> Iterable[dict[str, Any]]:
        for (choice, call), pieces in self._custom_arguments.items():
            for piece in split_text(read_input("".join(pieces))) if choice == index else ():
                yield _write_custom(call, {"input": piece})

    def _write_call(
        self, index: int, function: dict[str, str], extra: dict[str, str]
    ) -> list[dict[str, Any]]:
        if not self._legacy_functions:
            call = {"index": index, **extra, "function": function}
            return [_write_delta({"tool_calls": [call]})]
        return [_write_delta({"function_call": function})] if index == 0 else []
