"""What tells one API from another wherever a request does not get an ordinary answer."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from core.errors import APIError
from core.web import EVENT_STREAM, Response

CONTEXT_UNKNOWN = "context_length_exceeded, by how much is unknown"
"""A row of a table of :func:`word_error`, for a model whose context window nobody knows."""


def word_error(error: APIError, words: Mapping[str, str]) -> str:
    """Returns the message of an error in the words that a dialect's clients search for.

    ``words``: the error's code to a message with the fields ``message`` (the error's own),
    ``tokens`` and ``window`` (of an overflow), ``param`` and ``seconds`` (until a retry).
    """
    code = error.code or ""
    if code == "context_length_exceeded" and error.overflow is None:
        code = CONTEXT_UNKNOWN
    wording = words.get(code)
    if wording is None:
        return error.message
    tokens, window = error.overflow or (0, 0)
    return wording.format(
        message=error.message,
        tokens=tokens,
        window=window,
        param=error.param or "input",
        seconds=error.headers.get("retry-after"),
    )


class Dialect(NamedTuple):
    """How an API words its errors and sends its streams. Every route has one.

    ``error_response`` renders an error before the first byte. ``error_event`` renders one inside a
    stream, in place of all that is left of it; None where the API does not stream.
    ``stream_type`` is the content type of its streams. ``keep_alive`` is what clients skip in them;
    empty where they would read it, as in lines of JSON.
    """

    name: str
    error_response: Callable[[APIError], Response]
    error_event: Callable[[Exception], bytes] | None = None
    stream_type: str = EVENT_STREAM
    keep_alive: bytes = b""


COMMENT = b": keep-alive\n\n"
"""The keep-alive of event streams whose events have nothing for it."""
