"""Writes neutral events as the stream of an Anthropic message."""

from collections.abc import Iterable, Sequence
from json.encoder import encode_basestring
from typing import Any

from core.web import dump_json
from handlers.anthropic.answer import (
    EMPTY_BLOCKS,
    REST_OF_USAGE,
    SIGNATURE,
    write_ending,
    write_envelope,
    write_tool_use,
    write_usage,
)
from handlers.anthropic.errors import error_event
from handlers.openai.chunks import LONGEST_PIECE, split_text
from untrusted.json_text import Nesting
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolArguments, ToolStart, Usage

_DELTAS = {
    "text": ("text_delta", "text"),
    "thinking": ("thinking_delta", "thinking"),
    "tool_use": ("input_json_delta", "partial_json"),
}
"""Types of blocks, to the type of their deltas and the key of its text."""


def _dump_event(value: dict[str, Any]) -> str:
    return f"event: {value['type']}\ndata: {dump_json(value).decode()}\n\n"


class MessageEvents:
    """Writes events as Anthropic's stream: :class:`Encoder`.

    One content block is open at a time. Deltas differ in their text only, so they are joined from
    strings; rarer events are dumped as JSON. ``input_tokens`` is an estimate, as ``message_start``
    requires a count that is only known at the end; ``message_delta`` has the real one.
    """

    def __init__(self, *, model: str, stops: Sequence[str], input_tokens: int) -> None:
        self._stops = stops
        self._start: dict[str, Any] | None = {
            **write_envelope(model),
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
            "stop_details": None,
            "usage": {**REST_OF_USAGE, **write_usage(Usage(input_tokens, 0))},
        }
        self._blocks = 0
        self._open = ""
        """The type of the open block, empty if none is open."""
        self._call = -1
        self._arguments = Nesting()
        self._head = ""
        self._held: list[Event] = []
        """Events that wait until the open call is complete."""
        self._finish = Finish("stop")
        self._usage = Usage(0, 0)

    def encode(self, index: int, events: list[Event]) -> bytes:
        out: list[str] = []
        if self._start is not None:
            out.append(_dump_event({"type": "message_start", "message": self._start}))
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
                out.extend(self._write_in_turn(event))
        return _encode(out)

    def _write_in_turn(self, event: Event) -> Iterable[str]:
        """Writes an event, or holds it: calls may overlap, blocks may not."""
        if isinstance(event, ToolArguments) and event.call == self._call:
            self._arguments.pieces.append(event.text)
        elif self._held or (self._open == "tool_use" and not self._arguments.check_closed()):
            self._held.append(event)
            return ()
        return self._write(event)

    def _write(self, event: Event) -> Iterable[str]:
        if isinstance(event, str | Token):
            return self._write_delta("text", event if isinstance(event, str) else event.text)
        if isinstance(event, Reasoning):
            return self._write_delta("thinking", event.text)
        if isinstance(event, ToolStart):
            self._call, self._arguments = event.call, Nesting()
            return self._begin_block(write_tool_use(event))
        if isinstance(event, ToolArguments) and event.call == self._call:
            return self._write_delta("tool_use", event.text)
        return ()

    def _write_delta(self, kind: str, text: str) -> Iterable[str]:
        if self._open != kind:
            yield from self._begin_block(EMPTY_BLOCKS[kind])
        for piece in split_text(text):
            yield f"{self._head}{encode_basestring(piece)}}}}}\n\n"

    def _begin_block(self, block: dict[str, Any]) -> Iterable[str]:
        yield from self._end_block()
        index, kind = self._blocks, block["type"]
        self._blocks, self._open = index + 1, kind
        delta, key = _DELTAS[kind]
        self._head = (
            'event: content_block_delta\ndata: {"type":"content_block_delta",'
            f'"index":{index},"delta":{{"type":"{delta}","{key}":'
        )
        yield _dump_event({"type": "content_block_start", "index": index, "content_block": block})

    def _end_block(self) -> Iterable[str]:
        """Ends the open block, if any."""
        kind, self._open = self._open, ""
        index = self._blocks - 1
        if kind == "thinking":
            delta = {"type": "signature_delta", "signature": SIGNATURE}
            yield _dump_event({"type": "content_block_delta", "index": index, "delta": delta})
        if kind:
            yield _dump_event({"type": "content_block_stop", "index": index})

    def _write_held(self) -> Iterable[str]:
        """Writes the events held, each call with all its arguments."""
        arguments: dict[int, list[ToolArguments]] = {}
        for event in self._held:
            if isinstance(event, ToolArguments):
                arguments.setdefault(event.call, []).append(event)
        for event in self._held:
            if not isinstance(event, ToolArguments):
                yield from self._write(event)
            if isinstance(event, ToolStart):
                for piece in arguments.get(event.call, ()):
                    yield from self._write(piece)

    def tail(self) -> bytes:
        out = list(self._write_held())
        if not self._blocks:
            out.extend(self._begin_block(EMPTY_BLOCKS["text"]))
        out.extend(self._end_block())
        delta = {**write_ending(self._finish, self._stops), "container": None}
        out.append(
            _dump_event(
                {"type": "message_delta", "delta": delta, "usage": write_usage(self._usage)}
            )
        )
        out.append(_dump_event({"type": "message_stop"}))
        return _encode(out)

    def fail(self, cause: Exception) -> bytes:
        return error_event(cause)


def _encode(out: Iterable[str]) -> bytes:
    # A lone surrogate keeps its escape: the next token may be the other half.
    return "".join(out).encode("utf-8", "backslashreplace")
