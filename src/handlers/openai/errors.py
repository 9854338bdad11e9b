"""OpenAI's error object, in an answer and inside a stream."""

from collections.abc import Mapping
from typing import Any

from core.dialect import COMMENT, CONTEXT_UNKNOWN, Dialect, word_error
from core.errors import APIError, known_error
from core.web import Response, dump_json, json_response

WORDS: Mapping[str, str] = {
    # litellm, LlamaIndex, Cline and Roo read "maximum context length is N tokens", opencode and pi
    # "reduce the length of the messages" as well; the code is for langchain-openai and Codex.
    "context_length_exceeded": (
        "This model's maximum context length is {window} tokens. However, you requested {tokens} "
        "tokens. Please reduce the length of the {param}."
    ),
    # opencode, pi and others that follow the Responses API.
    CONTEXT_UNKNOWN: (
        "The input exceeds the context window of this model, its maximum context length. Please "
        "reduce the length of the {param}."
    ),
    # Cline, LibreChat, litellm's proxies.
    "invalid_api_key": "Incorrect API key provided. {message}",
    # Codex waits as long as "try again in Ns" says; opencode and LangChain read "rate limit".
    "rate_limit_exceeded": "Rate limit reached. {message} Please try again in {seconds}s.",
    "capacity_exceeded": "Rate limit reached. {message} Please try again in {seconds}s.",
}
"""What libraries and agents search for in messages, by the error's code; who does, beside it."""


def error_object(error: APIError) -> dict[str, Any]:
    """``{"error": {"message", "type", "param", "code"}}``; ``param`` and ``code`` may be null."""
    return {
        "error": {
            "message": word_error(error, WORDS),
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
