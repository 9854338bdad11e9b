"""Translates Workers AI's errors: one table from its codes to the errors that clients are given.

Sources: Cloudflare's errors page of 2026-07-29, and codes seen in public logs.
"""

import re
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from core.errors import (
    APIError,
    BadRequest,
    Forbidden,
    NotFound,
    Overflow,
    RateLimited,
    TooLarge,
    Upstream,
)
from core.web import dump_json
from untrusted.json_text import parse_json

ERROR_BODY_LIMIT = 65_536
"""Bytes of an error. What is larger is a page, and its status says it all."""
RETRY_AFTER = 3
"""Seconds, for a model that is out of capacity: long enough for a queue to move."""


def _retry_at_midnight() -> dict[str, str]:
    """The free allocation is renewed at 00:00 UTC; OpenAI's SDKs retry sooner without the second
    header."""
    return {"retry-after": str(86_400 - int(time.time()) % 86_400), "x-should-retry": "false"}


def _retry_soon() -> dict[str, str]:
    return {"retry-after": str(RETRY_AFTER), "x-should-retry": "true"}


class _Row(NamedTuple):
    """The error that a code becomes; ``status`` only if it is not that of the class."""

    kind: type[APIError]
    message: str
    code: str | None = None
    status: int | None = None
    headers: Callable[[], dict[str, str]] = dict


SCHEMA_UNSUPPORTED = "json_schema_unsupported"

INVALID_INPUT = "invalid_input"
"""The code of what the service refuses without one that clients know."""

INVALID_IMAGE = "invalid_image"

_REFUSED = _Row(BadRequest, "Workers AI refused this input.", INVALID_INPUT)
_INVALID_INPUT = _Row(BadRequest, "The input does not fit what this model takes.", INVALID_INPUT)
_UNSUPPORTED_CALL = _Row(
    BadRequest, "This model does not support this kind of call.", "unsupported_call"
)
_MODEL_NOT_FOUND = _Row(NotFound, "Workers AI has no such model.", "model_not_found")
_MODEL_RETIRED = _Row(NotFound, "Workers AI has retired this model.", "model_not_found")
_MODEL_PRIVATE = _Row(Forbidden, "This model is private to another account.", "model_not_available")
_TOO_LARGE = _Row(TooLarge, "The request is larger than Workers AI takes.")
_TIMEOUT = _Row(Upstream, "The model took too long to answer.", "timeout", 504)
_NEURONS_EXHAUSTED = _Row(
    RateLimited,
    "The free Workers AI neurons of today are used up; they return at 00:00 UTC.",
    "daily_neurons_exhausted",
    headers=_retry_at_midnight,
)
_CONTEXT_TOO_LONG = _Row(
    BadRequest,
    "The input and the answer asked for do not fit into this model's context window.",
    "context_length_exceeded",
)
_FAILED = _Row(Upstream, "Workers AI failed to answer.")

ERRORS_BY_CODE: Mapping[int, _Row] = {
    3003: _Row(BadRequest, "Workers AI says that the request is incomplete.", INVALID_INPUT),
    3006: _TOO_LARGE,
    3007: _TIMEOUT,
    3008: _Row(Upstream, "The call to the model was aborted.", "aborted", 499),
    3010: _CONTEXT_TOO_LONG,
    3016: _Row(BadRequest, "Workers AI could not decode the image.", INVALID_IMAGE),
    3023: _Row(
        Forbidden, "Workers AI does not serve this Cloudflare account.", "model_not_available"
    ),
    3030: _Row(
        BadRequest,
        "The content filter of Workers AI refused this input or its output.",
        "content_policy_violation",
    ),
    3036: _NEURONS_EXHAUSTED,
    3039: _REFUSED,
    3040: _Row(
        RateLimited,
        "The model is out of capacity at the moment.",
        "capacity_exceeded",
        headers=_retry_soon,
    ),
    3041: _MODEL_PRIVATE,
    3042: _MODEL_NOT_FOUND,
    3043: _FAILED,
    4006: _NEURONS_EXHAUSTED,
    5004: _Row(
        BadRequest, "Workers AI could not decode the base64 in this request.", INVALID_INPUT
    ),
    5005: _UNSUPPORTED_CALL,
    5006: _INVALID_INPUT,
    5007: _MODEL_NOT_FOUND,
    5016: _Row(
        Forbidden,
        "This model's licence must be accepted once for the account: run it with the prompt "
        "'agree', which accepts Meta's Llama 3.2 terms.",
        "model_not_available",
    ),
    5018: _MODEL_PRIVATE,
    5019: _UNSUPPORTED_CALL,
    5021: _CONTEXT_TOO_LONG,
    5023: _Row(BadRequest, "This model does not stream JSON.", INVALID_INPUT),
    5024: _Row(
        BadRequest, "The model could not produce the JSON asked for.", "json_validate_failed"
    ),
    5025: _Row(BadRequest, "This model takes no JSON schema.", SCHEMA_UNSUPPORTED),
    5028: _MODEL_RETIRED,
    5035: _Row(Forbidden, "This model needs the Workers Paid plan.", "model_not_available"),
    8001: _INVALID_INPUT,
    8002: _INVALID_INPUT,
    8007: _Row(BadRequest, "The model's engine refused this input.", INVALID_INPUT),
    8006: _Row(
        BadRequest,
        "Workers AI could not decode an image of this request. It also takes text for one that "
        "has 'data:image/' and ';base64,' in it.",
        INVALID_IMAGE,
    ),
    1031: _Row(
        Upstream,
        "The Workers AI binding has no account behind it; run `wrangler login`.",
        "not_logged_in",
    ),
}

ERRORS_BY_STATUS: Mapping[int, _Row] = {
    # An upstream 401 or 403 is about the binding, not about the client's key.
    401: _FAILED,
    403: _FAILED,
    404: _MODEL_NOT_FOUND,
    408: _TIMEOUT,
    413: _TOO_LARGE,
    429: _Row(
        RateLimited,
        "Workers AI takes no more calls for this model at the moment.",
        "rate_limit_exceeded",
        headers=_retry_soon,
    ),
    499: _Row(Upstream, "The call to the model was aborted.", "aborted", 499),
}
"""For errors without a known code; any other 4xx is a rejected input, any 5xx a failure."""

RETRYABLE = frozenset({"capacity_exceeded", "upstream_error"})
"""Codes of errors that may go away when the call is retried before the first byte."""

AMBIGUOUS_CODES = frozenset({3010, 3030})
"""Codes that, besides a full context or the content filter, also stand for inputs that an engine
cannot read, as public logs of 2026 show."""

# Patterns are strings: an import that compiled them would cost every cold start a millisecond.
_INVALID_INPUT_WORDS = (
    r"(?i)\b(?:invalid|not valid|incomplete|missing|decode|unprocessable|tensor|corrupt"
    r"|unsupported)\b"
)
_CODE = r"\b(\d{4})\s*:"
_OVERFLOWS = (
    r"\((?P<tokens>\d{1,9})\) exceeded this model context window limit \((?P<window>\d{1,9})\)",
    # An engine's: of input and answer together, or of each.
    r"maximum context length is (?P<window>\d{1,9}) tokens.{1,60}? (?P<tokens>\d{1,9}) tokens",
    r"\((?P<answer>\d{1,9}) > (?P<window>\d{1,9}) - (?P<tokens>\d{1,9})\)",
    r"maximum context length is (?P<window>\d{1,9}) tokens.{1,60}? (?P<tokens>\d{1,9}) input tok",
)
_INPUT_NAMES = "|".join(
    """messages role content type text image_url url name tool_calls tool_call_id tools function
    description parameters properties arguments tool_choice response_format json_schema schema
    prompt max_tokens stream temperature top_p top_k seed repetition_penalty frequency_penalty
    presence_penalty input instructions reasoning reasoning_effort chat_template_kwargs text query
    queries documents contexts audio lang language source_lang target_lang speaker encoding image
    mask multipart width height steps num_steps guidance strength negative_prompt""".split()
)
_POINTER = rf"'(/(?=')|(?:/(?:\d{{1,4}}|{_INPUT_NAMES})(?=[/']))+)"
"""The JSON pointers of a schema violation (``'/messages/0'``), as far as they consist of the
service's own names: what stands below ``properties`` are the client's words."""


def _read_body(body: bytes) -> tuple[int | None, str]:
    """Reads code and text from an upstream error body in any of its shapes.

    ``{"internalCode", "description", …}``, ``{"errors": [{"code", "message"}]}``, or text. Codes
    also stand inside the text (``8007: 4006: you have used up …``): the innermost known one counts.
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
    if "Invalid data for image" in text:
        return 8006, text
    known = [number for number in map(int, re.findall(_CODE, text)) if number in ERRORS_BY_CODE]
    if known:
        return known[-1], text
    return (code if isinstance(code, int) and not isinstance(code, bool) else None), text


def read_error(status: int, body: bytes) -> APIError:
    """Translates an error answer of Workers AI.

    Nothing of its text is kept but the JSON pointers of a schema violation.
    """
    number, text = _read_body(body)
    row = ERRORS_BY_CODE.get(number or 0) or ERRORS_BY_STATUS.get(status)
    if row is None:
        row = _REFUSED if 400 <= status < 500 else _FAILED
    if number in AMBIGUOUS_CODES and re.search(_INVALID_INPUT_WORDS, text):
        row = _INVALID_INPUT
    message = row.message
    pointers = re.findall(_POINTER, text) if row is _INVALID_INPUT else []
    if pointers:
        message += " It points at " + ", ".join(dict.fromkeys(pointers)) + "."
    error = row.kind(
        message,
        code=row.code,
        status=row.status,
        headers=row.headers(),
        param=_read_param(text) if row is _INVALID_INPUT else None,
    )
    error.upstream_code = number
    if row is _CONTEXT_TOO_LONG:
        error.overflow = _read_overflow(text)
    return error


def _read_param(text: str) -> str:
    """Returns the input that a schema violation is about: that of the deepest pointer, or one that
    is missing. The inputs below it are not always in the client's order. Where the service names
    none, the model is what to change."""
    pointers = re.findall(_POINTER, text)
    deepest = max(pointers, key=lambda pointer: pointer.count("/"), default="/")
    missing = re.search(rf"are '(?:\w+,){{0,9}}?({_INPUT_NAMES})[,']", text)
    return deepest.split("/")[1] or (missing[1] if missing else "model")


def _read_overflow(text: str) -> Overflow | None:
    for pattern in _OVERFLOWS:
        found = re.search(pattern, text)
        if found:
            numbers = {name: int(value) for name, value in found.groupdict().items()}
            taken = numbers["tokens"] + numbers.get("answer", 0)
            if taken > numbers["window"]:
                return Overflow(taken, numbers["window"])
    return None


def find_error(body: bytes) -> APIError | None:
    """Finds the error that an answer with status 200 holds in place of a result."""
    if len(body) > ERROR_BODY_LIMIT:
        return None
    # One of these is in every error. Results are longer and seldom have any.
    if not (b'"error' in body or b'"internalCode"' in body or b'"success"' in body):
        return None
    try:
        payload = parse_json(body.decode("utf-8", "replace"))
    except ValueError:
        return None
    return error_of(payload) if isinstance(payload, dict) else None


def error_of(payload: Mapping[str, Any]) -> APIError | None:
    """Returns the error that a JSON object stands for: Cloudflare's two shapes, the engine's, or an
    event's. None if it is none."""
    if payload.get("error") or payload.get("errors") or "internalCode" in payload:
        return read_error(502, dump_json(payload))
    kind = payload.get("type")
    if kind == "error" or payload.get("success") is False:
        return read_error(502, dump_json(payload))
    if kind == "response.failed":
        response = payload.get("response")
        return read_error(502, dump_json(response if isinstance(response, dict) else payload))
    return None
