"""Reads answers of text models into neutral events.

Three dialects come through one binding, distinguished by the shape of the answer and never by the
model's name: ``{response}``, ``{choices}`` or ``{output}``, sometimes mixed in one stream. The same
:class:`Reader` reads a whole answer and the frames of a stream.
"""

from collections.abc import Callable, Mapping
from typing import Any

from core.errors import APIError, Upstream
from untrusted.json_text import parse_json
from workers_ai.errors import error_of
from workers_ai.text.events import (
    Event,
    Failure,
    Finish,
    FinishReason,
    Reasoning,
    Token,
    Usage,
)
from workers_ai.text.tool_calls import ToolCalls, as_text, text_or_empty

FINISH_REASONS: Mapping[str, FinishReason] = {
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


def content_as_text(value: object) -> str:
    """Reads a message's content as text: a string, null, parts, or the value of JSON mode."""
    if isinstance(value, list) and all(
        isinstance(part, str) or (isinstance(part, dict) and "type" in part) for part in value
    ):
        texts = (part if isinstance(part, str) else part.get("text") for part in value)
        return "".join(map(text_or_empty, texts))
    return as_text(value)


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) and 0 <= value < 1e15 else 0


def read_usage(value: object) -> Usage | None:
    """Reads Workers AI's usage; None for the zeros that some streams send before the real one."""
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
        neurons if isinstance(neurons, int | float) and 0 <= neurons < 1e15 else None,
    )


class Reader:
    """Reads the JSON of one answer: one whole answer, or its stream frames one after another."""

    def __init__(self) -> None:
        self.tools = ToolCalls()
        self.finished = False
        """Whether a finish reason has come."""
        self.recognised = False
        """Whether some payload had a known shape."""

    def read(self, payload: Any, *, whole: bool = False) -> list[Event]:
        """Returns the events of one payload, none for an unknown shape. A :class:`Failure` comes
        alone."""
        if not isinstance(payload, dict):
            return []
        upstream_error = error_of(payload)
        if upstream_error is not None:
            return [Failure(upstream_error)]
        events: list[Event] = []
        result = payload.get("result")
        if isinstance(result, dict):
            payload = {**payload, **result}
        try:
            for key, reader in _SHAPES:
                if key not in payload or (whole and payload[key] is None):
                    continue
                if reader(self, payload, whole, events):
                    self.recognised = True
                    break
        except APIError as error:
            return [Failure(error)]
        usage = read_usage(payload.get("usage"))
        if usage:
            events.append(usage)
        if whole:
            events.extend(self.tools.close())
        return events

    def _finish(self, reason: object, events: list[Event], stopped_by: object = None) -> None:
        if isinstance(reason, str) and reason:
            self.finished = True
            events.extend(self.tools.close())
            # vLLM names the stop sequence, or the number of a token that ends the answer.
            sequence = stopped_by if isinstance(stopped_by, str) else None
            events.append(Finish(FINISH_REASONS.get(reason, "stop"), sequence))

    def _tool_calls(self, calls: object, whole: bool, events: list[Event]) -> None:
        for call in calls if isinstance(calls, list) else ():
            events.extend(self.tools.read(call, whole=whole))

    def _choices(self, payload: dict[str, Any], whole: bool, events: list[Event]) -> bool:
        """OpenAI's chat.completion, its chunks, and text_completion, with one choice each."""
        choices = payload["choices"]
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, dict):
            return False
        message = choice.get("delta") or choice.get("message")
        if isinstance(message, dict):
            self._message(message, choice, whole, events)
        if choice.get("text") is not None:
            self._text(choice["text"], choice.get("logprobs"), events)
        self._finish(choice.get("finish_reason"), events, choice.get("stop_reason"))
        return not whole or any(choice.get(key) is not None for key in _CHOICE_KEYS)

    def _message(
        self, message: dict[str, Any], choice: dict[str, Any], whole: bool, events: list[Event]
    ) -> None:
        # Some models set both to the same.
        thinking = message.get("reasoning_content") or message.get("reasoning")
        if isinstance(thinking, str) and thinking:
            events.append(Reasoning(thinking))
        self._text(message.get("content"), choice.get("logprobs"), events)
        self._tool_calls(message.get("tool_calls"), whole, events)
        if isinstance(message.get("function_call"), dict):
            self._tool_calls([{"index": 0, **message["function_call"]}], whole, events)

    @staticmethod
    def _text(content: object, logprobs: object, events: list[Event]) -> None:
        text = content_as_text(content)
        if isinstance(logprobs, dict) and any(logprobs.values()):
            events.append(Token(text, logprobs))
        elif text:
            events.append(text)

    def _response(self, payload: dict[str, Any], whole: bool, events: list[Event]) -> bool:
        """Cloudflare's native ``{response, tool_calls?, usage?}``; a frame may have one of them."""
        text = as_text(payload.get("response"))
        if text:
            events.append(text)
        self._tool_calls(payload.get("tool_calls"), whole, events)
        self._finish(payload.get("finish_reason"), events)
        return True

    def _output(self, payload: dict[str, Any], whole: bool, events: list[Event]) -> bool:
        """A Responses API object, as gpt-oss returns for ``input``."""
        output = payload["output"]
        if not isinstance(output, list):
            return False
        for item in output:
            if not isinstance(item, dict):
                continue
            if item.get("type") == "reasoning":
                thinking = content_as_text(item.get("content"))
                thinking = thinking or content_as_text(item.get("summary"))
                if thinking:
                    events.append(Reasoning(thinking))
            elif item.get("type") == "function_call":
                events.extend(self.tools.read({**item, "id": item.get("call_id")}, whole=True))
            else:
                self._text(item.get("content"), None, events)
        if payload.get("status") == "incomplete":
            self._finish(_incomplete_reason(payload), events)
        return True

    def _event(self, payload: dict[str, Any], whole: bool, events: list[Event]) -> bool:
        """A Responses API stream event."""
        kind = payload["type"]
        if not isinstance(kind, str) or not kind.startswith("response."):
            return False
        delta, place = payload.get("delta"), payload.get("output_index")
        response = payload.get("response")
        item = payload.get("item")
        if kind == "response.output_text.delta":
            self._text(delta, None, events)
        elif kind in ("response.reasoning_text.delta", "response.reasoning_summary_text.delta"):
            if isinstance(delta, str) and delta:
                events.append(Reasoning(delta))
        elif kind == "response.function_call_arguments.delta":
            self._tool_calls([{"index": place, "arguments": delta}], False, events)
        elif isinstance(item, dict) and item.get("type") == "function_call":
            # Added with its name, and done with all arguments again.
            call = {"index": place, "id": item.get("call_id"), "name": item.get("name")}
            if not self.tools.has_arguments(place):
                call["arguments"] = item.get("arguments")
            self._tool_calls([call], False, events)
        elif kind in ("response.completed", "response.incomplete"):
            response = response if isinstance(response, dict) else {}
            usage = read_usage(response.get("usage"))
            if usage:
                events.append(usage)
            completed = kind == "response.completed"
            self._finish("stop" if completed else _incomplete_reason(response), events)
        return True


_CHOICE_KEYS = ("message", "delta", "text", "finish_reason")
"""Keys of which a choice has one at least."""

_SHAPES: tuple[tuple[str, Callable[[Reader, dict[str, Any], bool, list[Event]], bool]], ...] = (
    ("choices", Reader._choices),
    ("type", Reader._event),
    ("response", Reader._response),
    ("tool_calls", Reader._response),
    ("output", Reader._output),
)
"""Keys that identify a shape, each with its reader, which returns False if it is not that shape
after all. The first counts, so that a text is not read twice."""


def _incomplete_reason(response: dict[str, Any]) -> str:
    details = response.get("incomplete_details")
    reason = details.get("reason") if isinstance(details, dict) else None
    return reason if isinstance(reason, str) and reason in FINISH_REASONS else "length"


def read_whole(body: bytes) -> list[Event]:
    """Reads the events of a complete, unstreamed answer.

    Raises the :class:`APIError` that it holds, or :class:`Upstream` if it is not an answer at all.
    """
    try:
        payload = parse_json(body.decode("utf-8", "replace"))
    except ValueError:
        raise Upstream("The model's answer was not JSON.") from None
    reader = Reader()
    events = reader.read(payload, whole=True)
    if events and isinstance(events[0], Failure):
        raise events[0].error
    if not reader.recognised:
        raise Upstream("The model's answer had no known shape.")
    return events
