"""Anthropic's error object, in an answer and inside a stream."""

from collections.abc import Mapping
from typing import Any

from core.dialect import CONTEXT_UNKNOWN, Dialect, word_error
from core.errors import APIError, known_error
from core.web import Response, dump_json, json_response

OVERLOADED = 529
"""The status of a model that is out of capacity; Anthropic's clients wait and retry."""

ERROR_TYPES: Mapping[int, str] = {
    401: "authentication_error",
    404: "not_found_error",
    504: "timeout_error",
    OVERLOADED: "overloaded_error",
}
"""Where Anthropic's type is not the error's own. ``permission_error`` is left out on purpose:
relays disable a channel for it."""


WORDS: Mapping[str, str] = {
    # Claude Code reads both numbers and compacts by them; langchain-anthropic, litellm,
    # pydantic-ai, opencode and Cline read the first four words.
    "context_length_exceeded": "prompt is too long: {tokens} tokens > {window} maximum",
    CONTEXT_UNKNOWN: "prompt is too long: it exceeds the context window of this model",
    # Claude Code.
    "invalid_api_key": "invalid x-api-key. {message}",
    # opencode, pi, litellm in the middle of a stream.
    "capacity_exceeded": "Overloaded. {message}",
    "rate_limit_exceeded": "This request would exceed a rate limit. {message}",
    # litellm.
    "content_policy_violation": "Output blocked by content filtering policy. {message}",
    # Claude Code, OpenClaw.
    "request_too_large": "Request exceeds the maximum size. {message}",
}
"""What libraries and agents search for in messages, by the error's code; who does, beside it."""


def error_status(error: APIError) -> int:
    return OVERLOADED if error.code == "capacity_exceeded" else error.status


def error_object(error: APIError) -> dict[str, Any]:
    """``{"type": "error", "error": {"type", "message", "details"}, "request_id"}``. ``details`` has
    ``error_code`` and ``param``: the SDKs read ``error_code`` and ignore one they do not know."""
    details = {"error_code": error.code, "param": error.param, **error.details}
    details = {name: value for name, value in details.items() if value is not None}
    return {
        "type": "error",
        "error": {
            "type": ERROR_TYPES.get(error_status(error), error.type),
            "message": word_error(error, WORDS),
            **({"details": details} if details else {}),
        },
        "request_id": error.headers.get("x-request-id"),
    }


def error_response(error: APIError) -> Response:
    return json_response(error_object(error), error_status(error), error.headers)


def error_event(cause: Exception) -> bytes:
    """An error inside a stream, under its own event name."""
    return b"event: error\ndata: " + dump_json(error_object(known_error(cause))) + b"\n\n"


PING = b'event: ping\ndata: {"type": "ping"}\n\n'
"""Anthropic's own keep-alive, byte for byte."""

ANTHROPIC = Dialect("anthropic", error_response, error_event, keep_alive=PING)
