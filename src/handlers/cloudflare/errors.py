"""Errors in Cloudflare's envelope, with Cloudflare's code where there is one."""

from collections.abc import Mapping

from core.dialect import CONTEXT_UNKNOWN, Dialect, word_error
from core.errors import APIError
from core.web import Response, json_response

CODES = {401: 10000, 403: 10000, 404: 7000, 405: 7001, 413: 3006}
"""Cloudflare's codes for what does not come from Workers AI, by status."""


CODES_BY_NAME = {"context_length_exceeded": 5021}
"""Cloudflare's codes for what is found here before Workers AI is asked."""

WORDS: Mapping[str, str] = {
    # Cloudflare's own packages take the number before the colon for the code.
    "context_length_exceeded": (
        "AiError: 5021: The estimated number of input and maximum output tokens ({tokens}) "
        "exceeded this model context window limit ({window})."
    ),
    CONTEXT_UNKNOWN: "AiError: 5021: The input exceeded this model context window limit.",
    "capacity_exceeded": "AiError: 3040: Capacity temporarily exceeded, please try again.",
}
"""What libraries search for in messages, by the error's code."""


def error_response(error: APIError) -> Response:
    """``{"result": null, "success": false, "errors": [{"code", "message"}], "messages": []}``."""
    code = (
        error.upstream_code
        or CODES_BY_NAME.get(error.code or "")
        or CODES.get(error.status, 5006 if error.status < 500 else 10001)
    )
    errors = [{"code": code, "message": word_error(error, WORDS)}]
    body = {"result": None, "success": False, "errors": errors, "messages": []}
    return json_response(body, error.status, error.headers)


CLOUDFLARE = Dialect("cloudflare", error_response)
