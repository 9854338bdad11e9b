"""Writes neutral events as a whole Anthropic message.

All fields that Anthropic's published types require are there, null if they have no value.
"""

import os
from collections.abc import Sequence
from typing import Any

from untrusted.json_text import find_json
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolArguments, ToolStart, Usage

STOP_REASONS = {
    "stop": "end_turn",
    "length": "max_tokens",
    "tool_calls": "tool_use",
    "content_filter": "refusal",
}

SIGNATURE = "d29ya2Vycy1haQ=="
"""Every thinking block requires one, and clients drop blocks with an empty one. It is "workers-ai"
in base64, and is ignored when a client sends it back."""


def write_message(events: Sequence[Event], *, model: str, stops: Sequence[str]) -> dict[str, Any]:
    """Writes a ``message``. ``stops``: the stop sequences of the request."""
    content: list[dict[str, Any]] = []
    calls: dict[int, dict[str, Any]] = {}
    arguments: dict[int, list[str]] = {}
    ending: dict[str, Any] = {}
    usage = Usage(0, 0)
    for event in events:
        if isinstance(event, str | Token):
            _append_text(content, "text", event if isinstance(event, str) else event.text)
        elif isinstance(event, Reasoning):
            _append_text(content, "thinking", event.text)
        elif isinstance(event, ToolStart):
            calls[event.call] = write_tool_use(event)
            content.append(calls[event.call])
        elif isinstance(event, ToolArguments):
            arguments.setdefault(event.call, []).append(event.text)
        elif isinstance(event, Finish):
            ending = write_ending(event, stops)
        elif isinstance(event, Usage):
            usage = event
    for number, pieces in arguments.items():
        calls[number]["input"] = _parse_input("".join(pieces))
    for block in content:
        kind = block["type"]
        if kind in EMPTY_BLOCKS:
            block[kind] = "".join(block[kind])
        if kind == "thinking":
            block["signature"] = SIGNATURE
    return {
        **write_envelope(model),
        "content": content or [EMPTY_BLOCKS["text"]],
        **ending,
        "usage": {**REST_OF_USAGE, **write_usage(usage)},
    }


EMPTY_BLOCKS: dict[str, dict[str, Any]] = {
    "text": {"type": "text", "text": "", "citations": None},
    "thinking": {"type": "thinking", "thinking": "", "signature": ""},
}
"""Blocks as they begin. An answer without content has an empty text, as clients read the first
block unchecked."""


def _append_text(content: list[dict[str, Any]], kind: str, text: str) -> None:
    """Adds a piece to the last block, or to a new one if that is of another kind."""
    if not content or content[-1]["type"] != kind:
        content.append({**EMPTY_BLOCKS[kind], kind: []})
    content[-1][kind].append(text)


def write_tool_use(start: ToolStart) -> dict[str, Any]:
    return {
        "type": "tool_use",
        "id": start.id,
        "name": start.name,
        "input": {},
        "caller": {"type": "direct"},
    }


def _parse_input(text: str) -> dict[str, Any]:
    """Parses arguments, which must be an object in this dialect. Text that is none, such as
    truncated JSON, becomes ``{"arguments": text}``."""
    try:
        value = find_json(text)
        if isinstance(value, str):  # encoded as JSON twice
            value = find_json(value)
    except ValueError:
        value = None
    return value if isinstance(value, dict) else {"arguments": text}


def write_envelope(model: str) -> dict[str, Any]:
    return {
        "id": "msg_" + os.urandom(12).hex(),
        "type": "message",
        "role": "assistant",
        "model": model,
        "container": None,
        "diagnostics": None,
    }


def write_ending(finish: Finish, stops: Sequence[str]) -> dict[str, Any]:
    """Writes why the answer ended. Sequences of the model's own, which the client did not send, are
    not reported."""
    sequence = finish.stop_sequence if finish.stop_sequence in stops else None
    reason = "stop_sequence" if sequence else STOP_REASONS.get(finish.reason, "end_turn")
    return {"stop_reason": reason, "stop_sequence": sequence, "stop_details": None}


REST_OF_USAGE = {
    "cache_creation": None,
    "inference_geo": None,
    "service_tier": "standard",
    "speed": None,
}
"""Fields of a message's usage that the usage of a ``message_delta`` does not have."""


def write_usage(usage: Usage) -> dict[str, Any]:
    """Writes Anthropic's usage, whose ``input_tokens`` exclude those from the cache, and
    Cloudflare's ``neurons`` if known."""
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
