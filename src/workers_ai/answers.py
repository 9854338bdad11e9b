"""Answers of text models to neutral events.

Three dialects come through one binding, told apart by the shape of the answer and never by
the model's name: ``{response}``, ``{choices}`` or ``{output}``, sometimes mixed in one stream. A whole answer and a stream frame are read by the same :class:`Reader`.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from errors import Upstream, from_workers_ai
from json_text import parse_json
from web import dump_json
from workers_ai.events import (
    Event,
    Failure,
    Finish,
    Reasoning,
    Token,
    ToolArguments,
    ToolStart,
    Usage,
)

FINISH_REASONS = {
    "stop": "stop",
    "end_turn": "stop",
    "eos": "stop",
    "stop_sequence": "stop",
    "length": "length",
    "max_tokens": "length",
    "max_output_tokens": "length",
    "model_length": "length",
    "tool_calls": "tool_calls",
    "tool_use": "tool_calls",
    "function_call": "tool_calls",
    "content_filter": "content_filter",
}


def new_call_id() -> str:
    return "call_" + os.urandom(12).hex()


def json_text(value: object) -> str:
    """Arguments and JSON answers as text, whether the model gave text or a value."""
    return value if isinstance(value, str) else dump_json(value).decode()


def plain_text(value: object) -> str:
    """Answer text of any shape: JSON mode answers objects, and numbers come as numbers."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, dict) for part in value):
        return "".join(plain_text(part.get("text")) for part in value)
    return json_text(value)


def _text_or_empty(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) and 0 <= value < 1e15 else 0


def usage(value: object) -> Usage | None:
    """Workers AI's usage, or None for the zeros that some streams send before the real one."""
    if not isinstance(value, dict):
        return None
    prompt = _count(value.get("prompt_tokens") or value.get("input_tokens"))
    completion = _count(value.get("completion_tokens") or value.get("output_tokens"))
    if prompt == 0 and completion == 0:
        return None
    details = value.get("prompt_tokens_details") or value.get("input_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    details = value.get("completion_tokens_details") or value.get("output_tokens_details")
    reasoning = details.get("reasoning_tokens") if isinstance(details, dict) else None
    neurons = value.get("neurons")
    return Usage(
        prompt,
        completion,
        None if cached is None else _count(cached),
        None if reasoning is None else _count(reasoning),
        neurons if isinstance(neurons, int | float) else None,
    )


class ToolCalls:
    """Puts tool calls together, however the model splits them.

    A stream names a call by ``index``, by ``id`` or by nothing; repeats id and name; sends
    argument fragments before the name; and ends with an all-null fragment. A whole answer has
    ``{name, arguments: object}`` or OpenAI's nested shape with either kind of arguments.
    """

    def __init__(self) -> None:
        self._count = 0
        self._current: dict[object, _Call] = {}
        self._last: object = None

    def read(self, fragment: object, *, whole: bool) -> Iterable[Event]:
        if not isinstance(fragment, dict):
            return
        function = fragment.get("function")
        part = function if isinstance(function, dict) else fragment
        name = _text_or_empty(part.get("name"))
        given = part["arguments"] if "arguments" in part else part.get("parameters")
        arguments = "" if given is None else json_text(given)
        call_id = _text_or_empty(fragment.get("id"))
        if not (name or arguments or call_id):
            return
        position = fragment.get("index")
        if whole or (position is None and name):
            key: object = object()
        elif position is None:
            key = self._last
        else:
            key = position
        call = self._current.get(key)
        if call is None or (name and call_id and call.upstream_id not in ("", call_id)):
            call = self._current[key] = _Call()
        self._last = key
        call.upstream_id = call.upstream_id or call_id
        if name and not call.id:
            call.index = self._count
            call.id = call_id or call.upstream_id or new_call_id()
            self._count += 1
            yield ToolStart(call.index, call.id, name)
            if call.waiting:
                yield ToolArguments(call.index, call.waiting)
        if not call.id:
            call.waiting += arguments
        elif arguments:
            call.has_arguments = True
            yield ToolArguments(call.index, arguments)
        if call.waiting and call.id:
            call.has_arguments, call.waiting = True, ""

    def close(self) -> Iterable[Event]:
        """A call without arguments still has the arguments ``{}``."""
        for call in self._current.values():
            if call.id and not call.has_arguments:
                call.has_arguments = True
                yield ToolArguments(call.index, "{}")


class _Call:
    __slots__ = ("has_arguments", "id", "index", "upstream_id", "waiting")

    def __init__(self) -> None:
        self.index = 0
        self.id = ""
        self.upstream_id = ""
        self.waiting = ""
        self.has_arguments = False


class Reader:
    """Reads the JSON of one answer: one whole answer, or its stream frames one after another."""

    def __init__(self) -> None:
        self.tools = ToolCalls()
        self.finished = False
        """A finish reason has come, or a whole answer did."""

    def read(self, payload: Any, *, whole: bool = False) -> list[Event]:
        """Events of one payload; of an unknown shape, none."""
        if not isinstance(payload, dict):
            # A bare JSON value is a whole answer of a model in JSON mode.
            return [plain_text(payload)] if whole and payload is not None else []
        if self._is_error(payload):
            return [Failure(from_workers_ai(502, dump_json(payload)))]
        events: list[Event] = []
        result = payload.get("result")
        if isinstance(result, dict):
            payload = result
        for key, reader in _SHAPES:
            if key in payload:
                reader(self, payload, whole, events)
        found = usage(payload.get("usage"))
        if found:
            events.append(found)
        if whole:
            self.finished = True
            events.extend(self.tools.close())
        return events

    @staticmethod
    def _is_error(payload: dict[str, Any]) -> bool:
        return bool(payload.get("error") or payload.get("errors") or "internalCode" in payload)

    def _choices(self, payload: dict[str, Any], whole: bool, events: list[Event]) -> None:
        """OpenAI's chat.completion, its chunks, and text_completion. One choice is asked for."""
        choices = payload["choices"]
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, dict):
            return
        message = choice.get("delta") or choice.get("message") or {}
        if isinstance(message, dict):
            self._message(message, choice, whole, events)
        if choice.get("text") is not None:
            self._text(choice["text"], choice.get("logprobs"), events)
        reason = choice.get("finish_reason")
        if isinstance(reason, str) and reason:
            self.finished = True
            events.extend(self.tools.close())
            events.append(Finish(FINISH_REASONS.get(reason, "stop")))

    def _message(
        self, message: dict[str, Any], choice: dict[str, Any], whole: bool, events: list[Event]
    ) -> None:
        thinking = message.get("reasoning_content") or message.get("reasoning")
        if isinstance(thinking, str) and thinking:
            events.append(Reasoning(thinking))
        self._text(message.get("content"), choice.get("logprobs"), events)
        calls = message.get("tool_calls")
        for call in calls if isinstance(calls, list) else ():
            events.extend(self.tools.read(call, whole=whole))
        if isinstance(message.get("function_call"), dict):
            events.extend(self.tools.read({"index": 0, **message["function_call"]}, whole=whole))

    @staticmethod
    def _text(content: object, logprobs: object, events: list[Event]) -> None:
        text = plain_text(content)
        if isinstance(logprobs, dict) and any(logprobs.values()):
            events.append(Token(text, logprobs))
        elif text:
            events.append(text)

    def _response(self, payload: dict[str, Any], whole: bool, events: list[Event]) -> None:
        """Cloudflare's native ``{response, tool_calls?, usage?}``."""
        if str(payload.get("type", "")).startswith("response."):
            return  # an event of the Responses API, read by its type
        text = plain_text(payload["response"])
        if text:
            events.append(text)
        calls = payload.get("tool_calls")
        for call in calls if isinstance(calls, list) else ():
            events.extend(self.tools.read(call, whole=whole))

    def _output(self, payload: dict[str, Any], whole: bool, events: list[Event]) -> None:
        """A Responses API object, as gpt-oss gives for ``input``."""
        output = payload["output"]
        for item in output if isinstance(output, list) else ():
            if not isinstance(item, dict):
                continue
            if item.get("type") == "reasoning":
                thinking = plain_text(item.get("content")) or plain_text(item.get("summary"))
                if thinking:
                    events.append(Reasoning(thinking))
            elif item.get("type") == "function_call":
                events.extend(self.tools.read({**item, "id": item.get("call_id")}, whole=True))
            else:
                self._text(item.get("content"), None, events)
        if payload.get("status") == "incomplete":
            events.extend(self.tools.close())
            events.append(Finish("length"))

    def _event(self, payload: dict[str, Any], whole: bool, events: list[Event]) -> None:
        """A Responses API stream event."""
        kind = payload["type"]
        delta = payload.get("delta")
        if kind == "response.output_text.delta":
            self._text(delta, None, events)
        elif kind in ("response.reasoning_text.delta", "response.reasoning_summary_text.delta"):
            if isinstance(delta, str) and delta:
                events.append(Reasoning(delta))
        elif kind == "response.output_item.added":
            item = payload.get("item")
            if isinstance(item, dict) and item.get("type") == "function_call":
                start = {"index": payload.get("output_index"), "id": item.get("call_id")}
                events.extend(self.tools.read({**start, "name": item.get("name")}, whole=False))
        elif kind == "response.function_call_arguments.delta":
            start = {"index": payload.get("output_index"), "arguments": delta}
            events.extend(self.tools.read(start, whole=False))
        elif kind in ("response.completed", "response.incomplete"):
            response = payload.get("response")
            found = usage(response.get("usage")) if isinstance(response, dict) else None
            if found:
                events.append(found)
            self.finished = True
            events.extend(self.tools.close())
            events.append(Finish("length" if kind == "response.incomplete" else "stop"))


_SHAPES: tuple[tuple[str, Callable[[Reader, dict[str, Any], bool, list[Event]], None]], ...] = (
    ("choices", Reader._choices),
    ("response", Reader._response),
    ("output", Reader._output),
    ("type", Reader._event),
)
"""A key that tells a shape, and what reads it."""


def read_whole(body: bytes) -> list[Event]:
    """Events of a complete, unstreamed answer. Raises :class:`errors.Upstream` when the body is
    not an answer at all."""
    try:
        payload = parse_json(body.decode("utf-8", "replace"))
    except ValueError:
        raise Upstream("The model's answer was not JSON.", code="upstream_error") from None
    events = Reader().read(payload, whole=True)
    for event in events:
        if isinstance(event, Failure):
            raise event.error
    if not events and not (isinstance(payload, dict) and payload.keys() & dict(_SHAPES).keys()):
        raise Upstream("The model's answer had no known shape.", code="upstream_error")
    return events
