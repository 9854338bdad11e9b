"""The shared check of what this Worker sends to Anthropic's clients. Each function raises
``AssertionError`` and says where.

:func:`check_answer` holds JSON against Anthropic's own types and against what relays need,
:func:`check_stream` all events of a stream, as ``openai_shapes.parse_sse(…, named=True)`` has
them, against the order in which Anthropic sends them.
"""

import json
import sys
from itertools import pairwise
from typing import Any

from support.openai_shapes import DISABLING_TYPES, check_go_safe
from untrusted.json_text import parse_json

NO_OBJECT = "a call's input is no object"
"""It is passed on as the model writes it, so a model may be to blame."""

DELTAS = {"text": "text_delta", "thinking": "thinking_delta", "tool_use": "input_json_delta"}


def _parse_input(text: str) -> Any:
    try:
        return parse_json(text)
    except ValueError:
        return None


def check_answer(kind: str, value: object, *, status: int | None = None) -> None:
    """A whole JSON answer of that kind: a row of :data:`ANSWERS`.

    ``status`` is the HTTP status, where known: 401 and ``authentication_error`` belong together.
    """
    _check_type(kind, value)
    if kind == "error":
        _check_error(value, status)
        return
    check_go_safe(value)
    if kind == "message":
        assert isinstance(value, dict)
        _check_content(value["content"])
        _check_ending(value, value["content"])


def _check_type(kind: str, value: object) -> None:
    try:
        from support import anthropic_types
    except ModuleNotFoundError:
        # Pyodide has no pydantic. The same tests hold the types under CPython.
        if sys.platform == "emscripten":
            return
        raise
    expected = anthropic_types.EVENT if kind == "event" else anthropic_types.ANSWERS[kind]
    faults = anthropic_types.faults(expected, value)
    _require(not faults, f"not Anthropic's {kind}: " + "; ".join(faults[:8]))


def _require(condition: object, message: str) -> None:
    if not condition:
        raise AssertionError(message)


def _check_error(value: Any, status: int | None) -> None:
    error = value["error"]
    _require(error["message"], "error.message must not be empty")
    wrong_key = error["type"] == "authentication_error"
    if status is not None:
        _require((status == 401) == wrong_key, "401 and authentication_error belong together")
        _require((status == 529) == (error["type"] == "overloaded_error"), "529 is for overload")
    if not wrong_key:
        _require(error["type"] not in DISABLING_TYPES, f"error.type is {error['type']}")
        # The words that must not be said, whatever the dialect.
        check_go_safe({"object": "", "error": {**error, "code": None}})


def _check_content(blocks: list[dict[str, Any]]) -> None:
    _require(blocks, "content must not be empty")
    ids = [block["id"] for block in blocks if block["type"] == "tool_use"]
    _require(len(ids) == len(set(ids)), "two tool calls have the same id")
    for block in blocks:
        if block["type"] == "thinking":
            _require(block["signature"], "a thinking block needs a signature")
    for kind, next_kind in pairwise(block["type"] for block in blocks):
        _require(kind != next_kind or kind == "tool_use", f"two {kind} blocks side by side")


def _check_ending(value: dict[str, Any], blocks: list[dict[str, Any]]) -> None:
    reason, sequence = value["stop_reason"], value["stop_sequence"]
    _require(reason is not None, "stop_reason must not be null at the end")
    _require((reason == "stop_sequence") == (sequence is not None), "stop_sequence fits no reason")
    calls = any(block["type"] == "tool_use" for block in blocks)
    _require(calls or reason != "tool_use", "stop_reason tool_use without a tool call")


def check_event(event: dict[str, Any]) -> None:
    """One event of a stream, of whichever type."""
    _check_type("event", event)
    check_go_safe({**event, "object": ""})


def check_stream(events: list[Any]) -> dict[str, Any]:
    """All events of a stream; gives the message that a client has at the end.

    A stream may end with an error event; then the message is what came before it.
    """
    _require(events, "the stream is empty")
    for event in events:
        check_event(event)
    failed = events[-1]["type"] == "error"
    rest = [event for event in events if event["type"] != "ping"]
    if failed:
        _check_error(rest.pop(), None)
    _require(not any(event["type"] == "error" for event in rest), "an error is not the last event")
    if not rest:
        _require(failed, "the stream has only pings")
        return {}
    _require(rest[0]["type"] == "message_start", "message_start must be the first event")
    message: dict[str, Any] = json.loads(json.dumps(rest.pop(0)["message"]))
    _require(message["content"] == [], "message_start already has content")
    for name in ("stop_reason", "stop_sequence"):
        _require(message[name] is None, f"message_start already has a {name}")
    _require(type(message["usage"]["input_tokens"]) is int, "message_start has no input_tokens")
    _check_blocks(message, rest, failed)
    return message


def _check_blocks(message: dict[str, Any], events: list[Any], failed: bool) -> None:
    blocks: list[dict[str, Any]] = message["content"]
    open_block: dict[str, Any] | None = None
    arguments = ""
    ended: list[str] = []
    for event in events:
        kind = event["type"]
        if kind == "content_block_start":
            _require(open_block is None, "a block begins before the last one has ended")
            _require(event["index"] == len(blocks), "a block's index is not its place")
            open_block, arguments = dict(event["content_block"]), ""
            blocks.append(open_block)
            began = [open_block.get(name) for name in ("text", "thinking", "signature", "input")]
            _require(not any(began), "a block begins with content")
        elif kind in ("content_block_delta", "content_block_stop"):
            _require(not ended, f"{kind} after message_delta")
            _require(open_block is not None, f"{kind} without an open block")
            assert open_block is not None
            _require(event["index"] == len(blocks) - 1, f"{kind} of another than the open block")
            if kind == "content_block_delta":
                arguments += _apply(event["delta"], open_block)
                continue
            if open_block["type"] == "tool_use":
                open_block["input"] = _parse_input(arguments or "{}")
                _require(isinstance(open_block["input"], dict), NO_OBJECT)
            open_block = None
        else:
            _require(open_block is None, f"{kind} while a block is open")
            ended.append(kind)
            if kind == "message_delta":
                message.update(event["delta"])
                message["usage"].update(event["usage"])
    if not failed:
        _require(ended == ["message_delta", "message_stop"], f"the stream ends with {ended}")
        _check_content(blocks)
        _check_ending(message, blocks)


def _apply(delta: dict[str, Any], block: dict[str, Any]) -> str:
    """Adds a delta to its block; gives what it adds to a call's arguments."""
    if delta["type"] == "signature_delta":
        _require(block["type"] == "thinking", "a signature outside a thinking block")
        block["signature"] = delta["signature"]
        return ""
    kind = block["type"]
    _require(delta["type"] == DELTAS[kind], f"a {delta['type']} in a {kind} block")
    if kind == "tool_use":
        return str(delta["partial_json"])
    _require(not block.get("signature"), "thinking goes on after its signature")
    block[kind] += delta[kind]
    return ""
