"""What tells one API from another wherever a request does not get an ordinary answer."""

from collections.abc import Callable
from typing import NamedTuple

from core.errors import APIError
from core.web import EVENT_STREAM, Response


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
