"""OpenAI's error object, in an answer and inside a stream."""

from typing import Any

from core.dialect import COMMENT, Dialect
from core.errors import APIError, known_error
from core.web import Response, dump_json, json_response


def error_object(error: APIError) -> dict[str, Any]:
    """``{"error": {"message", "type", "param", "code"}}``; ``param`` and ``code`` may be null."""
    return {
        "error": {
            "message": error.message,
            "type": error.type,
            "param": error.param,
            "code": error.code,
        }
    }


def error_response(error: APIError) -> Response:
    return json_response(error_object(error), error.status, error.headers)


def error_event(cause: Exception) -> bytes:
    """An error inside a stream: both SDKs raise on a truthy ``error`` in a data line."""
    return b"data: " + dump_json(error_object(known_error(cause))) + b"\n\n"


OPENAI = Dialect("openai", error_response, error_event, keep_alive=COMMENT)
