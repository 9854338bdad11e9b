"""Workers AI's own errors: one table from its codes to the errors that clients are given.

Sources: Cloudflare's errors page of 2026-07-29, and codes seen in public logs.
"""

import re
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from core.errors import APIError, BadRequest, Forbidden, NotFound, RateLimited, TooLarge, Upstream
from untrusted.json_text import parse_json

SECONDS_TO_RETRY = 3
"""``Retry-After`` for a model that is out of capacity: long enough for a queue to move."""


def _until_midnight() -> dict[str, str]:
    """The free allocation starts anew at 00:00 UTC; both SDKs retry sooner unless told not to."""
    return {"retry-after": str(86_400 - int(time.time()) % 86_400), "x-should-retry": "false"}


def _soon() -> dict[str, str]:
    return {"retry-after": str(SECONDS_TO_RETRY), "x-should-retry": "true"}


class _Row(NamedTuple):
    """What an upstream error becomes; ``status`` only where it is not that of the class."""

    kind: type[APIError]
    message: str
    code: str | None = None
    status: int | None = None
    headers: Callable[[], dict[str, str]] = dict


SCHEMA_UNSUPPORTED = "json_schema_unsupported"

_REFUSED = _Row(BadRequest, "Workers AI refused this input.")
_MISFIT = _Row(BadRequest, "The input does not fit what this model takes.")
_NO_SUCH_CALL = _Row(
    BadRequest, "This model does not support this kind of call.", "unsupported_call"
)
_NO_MODEL = _Row(NotFound, "Workers AI has no such model.", "model_not_found")
_RETIRED = _Row(NotFound, "Workers AI has retired this model.", "model_not_found")
_PRIVATE = _Row(Forbidden, "This model is private to another account.", "model_not_available")
_LARGE = _Row(TooLarge, "The request is larger than Workers AI takes.")
_TIMEOUT = _Row(Upstream, "The model took too long to answer.", "timeout", 504)
_NEURONS = _Row(
    RateLimited,
    "The free Workers AI neurons of today are used up; they return at 00:00 UTC.",
    "daily_neurons_exhausted",
    headers=_until_midnight,
)
_CONTEXT_LENGTH = _Row(
    BadRequest,
    "The input and the answer asked for do not fit into this model's context window.",
    "context_length_exceeded",
)
_FAILED = _Row(Upstream, "Workers AI failed to answer.")

WORKERS_AI: Mapping[int, _Row] = {
    3003: _Row(BadRequest, "Workers AI says that the request is incomplete."),
    3006: _LARGE,
    3007: _TIMEOUT,
    3008: _Row(Upstream, "The call to the model was aborted.", "aborted", 499),
    3010: _CONTEXT_LENGTH,
    3016: _Row(BadRequest, "Workers AI could not decode the image.", "invalid_image"),
    3023: _Row(
        Forbidden, "Workers AI does not serve this Cloudflare account.", "model_not_available"
    ),
    3030: _Row(
        BadRequest,
        "The content filter of Workers AI refused this input or its output.",
        "content_policy_violation",
    ),
    3036: _NEURONS,
    3039: _REFUSED,
    3040: _Row(
        RateLimited,
        "The model is out of capacity at the moment; try again in a few seconds.",
        "capacity_exceeded",
        headers=_soon,
    ),
    3041: _PRIVATE,
    3042: _NO_MODEL,
    3043: _FAILED,
    4006: _NEURONS,
    5004: _Row(BadRequest, "Workers AI could not decode the base64 in this request."),
    5005: _NO_SUCH_CALL,
    5006: _MISFIT,
    5007: _NO_MODEL,
    5016: _Row(
        Forbidden,
        "This model's licence must be accepted once for the account: run it with the prompt "
        "'agree', which accepts Meta's Llama 3.2 terms.",
        "model_not_available",
    ),
    5018: _PRIVATE,
    5019: _NO_SUCH_CALL,
    5021: _CONTEXT_LENGTH,
    5023: _Row(BadRequest, "This model does not stream JSON."),
    5024: _Row(
        BadRequest, "The model could not produce the JSON asked for.", "json_validate_failed"
    ),
    5025: _Row(BadRequest, "This model takes no JSON schema.", SCHEMA_UNSUPPORTED),
    5028: _RETIRED,
    5035: _Row(Forbidden, "This model needs the Workers Paid plan.", "model_not_available"),
    8001: _MISFIT,
    8002: _MISFIT,
    8007: _Row(BadRequest, "The model's engine refused this input."),
    1031: _Row(
        Upstream,
        "The Workers AI binding has no account behind it; run `wrangler login`.",
        "not_logged_in",
    ),
}

_BY_STATUS: Mapping[int, _Row] = {
    # An upstream 401 or 403 is the binding's trouble, not that of the client's key.
    401: _FAILED,
    403: _FAILED,
    404: _NO_MODEL,
    408: _TIMEOUT,
    413: _LARGE,
    429: _Row(
        RateLimited,
        "Workers AI takes no more calls for this model at the moment.",
        "rate_limit_exceeded",
        headers=_soon,
    ),
    499: _Row(Upstream, "The call to the model was aborted.", "aborted", 499),
}
"""For errors without a known code; every other 4xx is a refusal, every 5xx a failure."""

RETRYABLE = frozenset({"capacity_exceeded", "upstream_error"})
"""Codes of errors that another try, before the first byte, may cure."""

_TWO_FACED = frozenset({3010, 3030})
"""Codes that besides what they usually say (context, content filter) also stand for inputs that
an engine cannot read, as public logs of 2026 show."""
_BAD_INPUT = re.compile(
    r"\b(?:invalid|not valid|incomplete|missing|decode|unprocessable|tensor|corrupt|unsupported)\b",
    re.IGNORECASE,
)

_CODE = re.compile(r"\b(\d{4})\s*:")
_INPUT_NAMES = "|".join(
    """messages role content type text image_url url name tool_calls tool_call_id tools function
    description parameters properties arguments tool_choice response_format json_schema schema
    prompt max_tokens stream temperature top_p top_k seed repetition_penalty frequency_penalty
    presence_penalty""".split()
)
_POINTER = re.compile(rf"'(/(?=')|(?:/(?:\d{{1,4}}|{_INPUT_NAMES})(?=[/']))+)")
"""The JSON pointers of a schema violation (``'/messages/0'``), as far as they consist of names
that are the service's own: below ``properties`` they are the client's words."""


def _describe(body: bytes) -> tuple[int | None, str]:
    """Code and text of an upstream error body, whichever of its shapes it has.

    ``{"internalCode", "description", …}``, ``{"errors": [{"code", "message"}]}``, or text;
    codes also hide inside the text (``8007: 4006: you have used up …``), so the innermost known
    one counts.
    """
    text = body[:20_000].decode("utf-8", "replace")
    code = None
    try:
        value = parse_json(text)
    except ValueError:
        value = None
    if isinstance(value, dict):
        listed = value.get("errors") or value.get("error")
        first = listed[0] if isinstance(listed, list) and listed else listed
        detail = first if isinstance(first, dict) else value
        code = detail.get("internalCode") or detail.get("code")
        text = " ".join(
            part
            for part in (detail.get("description"), detail.get("message"), first)
            if isinstance(part, str)
        )
    if code == 8007 and "maximum context length" in text:
        return 5021, text
    inside = [number for number in map(int, _CODE.findall(text)) if number in WORKERS_AI]
    if inside:
        return inside[-1], text
    return (code if isinstance(code, int) and not isinstance(code, bool) else None), text


_CONTEXT = re.compile(r"\((\d+)\) exceeded this model context window limit \((\d+)\)")


def from_workers_ai(status: int, body: bytes) -> APIError:
    """The error that a Workers AI error answer stands for. Of upstream text nothing is kept
    but the JSON pointers of a schema violation."""
    number, text = _describe(body)
    row = WORKERS_AI.get(number or 0) or _BY_STATUS.get(status)
    if row is None:
        row = _REFUSED if 400 <= status < 500 else _FAILED
    if number in _TWO_FACED and _BAD_INPUT.search(text):
        row = _MISFIT
    message = row.message
    pointers = _POINTER.findall(text) if row is _MISFIT else []
    if pointers:
        message += " It points at " + ", ".join(dict.fromkeys(pointers)) + "."
    error = row.kind(message, code=row.code, status=row.status, headers=row.headers())
    exceeded = _CONTEXT.search(text)
    error.upstream_code = number
    if exceeded:
        error.context_overflow = int(exceeded[1]) - int(exceeded[2])
    return error
