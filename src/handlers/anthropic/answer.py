"""Neutral events to Anthropic messages: the whole object, and its stream.

Fields that Anthropic's published types require are all there, null where they have no value.
"""

import os
from collections.abc import Iterable, Sequence
from json.encoder import encode_basestring
from typing import Any

from core.web import dump_json
from handlers.anthropic.errors import error_event
from handlers.openai.chunks import LONGEST_PIECE, pieces
from untrusted.json_text import find_json, parse_json
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolArguments, ToolStart, Usage

STOP_REASONS = {
    "stop": "end_turn",
    "length": "max_tokens",
    "tool_calls": "tool_use",
    "content_filter": "refusal",
}

SIGNATURE = "d29ya2Vycy1haQ=="
"""The types require one of every thinking block, and clients drop blocks whose signature is empty.
It says "workers-ai" in base64 and is not looked at when it comes back."""


def message(events: Sequence[Event], *, model: str, stops: Sequence[str]) -> dict[str, Any]:
    """A ``message``. ``stops`` are the stop sequences that were asked for."""
    content: list[dict[str, Any]] = []
    calls: dict[int, dict[str, Any]] = {}
    arguments: dict[int, str] = {}
    ending: dict[str, Any] = {}
    usage = Usage(0, 0)
    for event in events:
        if isinstance(event, str | Token):
            _append(content, "text", event if isinstance(event, str) else event.text)
        elif isinstance(event, Reasoning):
            _append(content, "thinking", event.text)
        elif isinstance(event, ToolStart):
            calls[event.call] = _tool_use(event)
            content.append(calls[event.call])
        elif isinstance(event, ToolArguments):
            arguments[event.call] = arguments.get(event.call, "") + event.text
        elif isinstance(event, Finish):
            ending = _ending(event, stops)
        elif isinstance(event, Usage):
            usage = event
    for number, text in arguments.items():
        calls[number]["input"] = _input(text)
    for block in content:
        if block["type"] == "thinking":
            block["signature"] = SIGNATURE
    return {
        **_envelope(model),
        "content": content or [_EMPTY["text"]],
        **ending,
        "usage": {**_REST_OF_USAGE, **_usage(usage)},
    }


_EMPTY: dict[str, dict[str, Any]] = {
    "text": {"type": "text", "text": "", "citations": None},
    "thinking": {"type": "thinking", "thinking": "", "signature": ""},
}
"""Blocks as they begin. An answer without any content has an empty text, which clients read
without looking."""


def _append(content: list[dict[str, Any]], kind: str, text: str) -> None:
    if not content or content[-1]["type"] != kind:
        content.append(dict(_EMPTY[kind]))
    content[-1][kind] += text


def _tool_use(start: ToolStart) -> dict[str, Any]:
    return {
        "type": "tool_use",
        "id": start.id,
        "name": start.name,
        "input": {},
        "caller": {"type": "direct"},
    }


def _input(text: str) -> dict[str, Any]:
    """The arguments as the object that the dialect has no other form for. What is none, as when
    ``max_tokens`` cut it short, is given as it is under a name of its own."""
    try:
        value = find_json(text)
        if isinstance(value, str):  # written as JSON twice
            value = find_json(value)
    except ValueError:
        value = None
    return value if isinstance(value, dict) else {"arguments": text}


def _envelope(model: str) -> dict[str, Any]:
    return {
        "id": "msg_" + os.urandom(12).hex(),
        "type": "message",
        "role": "assistant",
        "model": model,
        "container": None,
        "diagnostics": None,
    }


def _ending(finish: Finish, stops: Sequence[str]) -> dict[str, Any]:
    """Models may stop for sequences of their own, too: of those the client knows nothing."""
    sequence = finish.stop_sequence if finish.stop_sequence in stops else None
    reason = "stop_sequence" if sequence else STOP_REASONS.get(finish.reason, "end_turn")
    return {"stop_reason": reason, "stop_sequence": sequence, "stop_details": None}


_REST_OF_USAGE = {
    "cache_creation": None,
    "inference_geo": None,
    "service_tier": "standard",
    "speed": None,
}
"""What the usage of a whole message has and that of a ``message_delta`` has not."""


def _usage(usage: Usage) -> dict[str, Any]:
    """Anthropic's usage: ``input_tokens`` leaves out those from the cache. Cloudflare's ``neurons``
    where known."""
    cached = min(usage.cached_tokens or 0, usage.prompt_tokens)
    thinking = usage.reasoning_tokens
    value: dict[str, Any] = {
        "input_tokens": usage.prompt_tokens - cached,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": cached,
        "output_tokens": usage.completion_tokens,
        "output_tokens_details": None if thinking is None else {"thinking_tokens": thinking},
        "server_tool_use": None,
    }
    if usage.neurons is not None:
        value["neurons"] = usage.neurons
    return value


# --- the stream --------------------------------------------------------------------------------

_DELTAS = {
    "text": ("text_delta", "text"),
    "thinking": ("thinking_delta", "thinking"),
    "tool_use": ("input_json_delta", "partial_json"),
}
"""Kinds of blocks to the type of their deltas and the key of its text."""


def _event(value: dict[str, Any]) -> str:
    return f"event: {value['type']}\ndata: {dump_json(value).decode()}\n\n"


class MessageEvents:
    """Writes events as Anthropic's stream: :class:`Encoder`.

    One content block after another is open. A delta is fixed but for its text, so it is put
    together from strings; everything rarer is dumped. ``input_tokens`` is an estimate, as
    ``message_start`` has to name a count that is only known at the end; ``message_delta`` has the
    real one.
    """

    def __init__(self, *, model: str, stops: Sequence[str], input_tokens: int) -> None:
        self._stops = stops
        self._start: dict[str, Any] | None = {
            **_envelope(model),
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
            "stop_details": None,
            "usage": {**_REST_OF_USAGE, **_usage(Usage(input_tokens, 0))},
        }
        self._blocks = 0
        self._open = ""
        """The kind of the open block, or nothing."""
        self._call = -1
        self._arguments: list[str] = []
        self._head = ""
        self._held: list[Event] = []
        """What came before the open call was complete and does not belong to it."""
        self._finish = Finish("stop")
        self._usage = Usage(0, 0)

    def encode(self, index: int, events: list[Event]) -> bytes:
        out: list[str] = []
        if self._start is not None:
            out.append(_event({"type": "message_start", "message": self._start}))
            self._start = None
        for event in events:
            if type(event) is str and self._open == "text" and len(event) <= LONGEST_PIECE:
                out.append(self._head)
                out.append(encode_basestring(event))
                out.append("}}\n\n")
            elif isinstance(event, Finish):
                self._finish = event
            elif isinstance(event, Usage):
                self._usage = event
            else:
                out.extend(self._sort(event))
        return _bytes(out)

    def _sort(self, event: Event) -> Iterable[str]:
        """Blocks cannot overlap, calls can: what does not go on with an unfinished one waits."""
        if isinstance(event, ToolArguments) and event.call == self._call:
            self._arguments.append(event.text)
        elif self._held or (self._open == "tool_use" and not _is_json("".join(self._arguments))):
            self._held.append(event)
            return ()
        return self._write(event)

    def _write(self, event: Event) -> Iterable[str]:
        if isinstance(event, str | Token):
            return self._piece("text", event if isinstance(event, str) else event.text)
        if isinstance(event, Reasoning):
            return self._piece("thinking", event.text)
        if isinstance(event, ToolStart):
            self._call, self._arguments = event.call, []
            return self._begin(_tool_use(event))
        if isinstance(event, ToolArguments) and event.call == self._call:
            return self._piece("tool_use", event.text)
        return ()

    def _piece(self, kind: str, text: str) -> Iterable[str]:
        if self._open != kind:
            yield from self._begin(_EMPTY[kind])
        for piece in pieces(text):
            yield f"{self._head}{encode_basestring(piece)}}}}}\n\n"

    def _begin(self, block: dict[str, Any]) -> Iterable[str]:
        yield from self._end()
        index, kind = self._blocks, block["type"]
        self._blocks, self._open = index + 1, kind
        delta, key = _DELTAS[kind]
        self._head = (
            'event: content_block_delta\ndata: {"type":"content_block_delta",'
            f'"index":{index},"delta":{{"type":"{delta}","{key}":'
        )
        yield _event({"type": "content_block_start", "index": index, "content_block": block})

    def _end(self) -> Iterable[str]:
        """Ends the open block, if there is one."""
        kind, self._open = self._open, ""
        index = self._blocks - 1
        if kind == "thinking":
            delta = {"type": "signature_delta", "signature": SIGNATURE}
            yield _event({"type": "content_block_delta", "index": index, "delta": delta})
        if kind:
            yield _event({"type": "content_block_stop", "index": index})

    def _rest(self) -> Iterable[str]:
        """What was held, each call with all its arguments."""
        for event in self._held:
            if not isinstance(event, ToolArguments):
                yield from self._write(event)
            if isinstance(event, ToolStart):
                for other in self._held:
                    if isinstance(other, ToolArguments) and other.call == event.call:
                        yield from self._write(other)

    def tail(self) -> bytes:
        out = list(self._rest())
        if not self._blocks:
            out.extend(self._begin(_EMPTY["text"]))
        out.extend(self._end())
        delta = {**_ending(self._finish, self._stops), "container": None}
        out.append(_event({"type": "message_delta", "delta": delta, "usage": _usage(self._usage)}))
        out.append(_event({"type": "message_stop"}))
        return _bytes(out)

    def fail(self, cause: Exception) -> bytes:
        return error_event(cause)


def _bytes(out: Iterable[str]) -> bytes:
    # A lone surrogate keeps its escape: the next token may hold the other half.
    return "".join(out).encode("utf-8", "backslashreplace")


def _is_json(text: str) -> bool:
    try:
        parse_json(text)
    except ValueError:
        return False
    return True
