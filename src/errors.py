"""Every error a client can be given.

    APIError
    ├── BadRequest            400  invalid_request_error
    ├── Unauthorized          401  the gateway key is wrong: the only 401 there is
    ├── Forbidden             403  the account may not use this model
    ├── NotFound              404
    ├── MethodNotAllowed      405
    ├── TooLarge              413
    ├── RateLimited           429
    ├── Upstream              502, 504  Workers AI failed
    └── NotConfigured         503  the operator has to set something

Relays such as One API and New API switch a whole channel off when an error has status 401,
one of the types ``insufficient_quota``, ``authentication_error``, ``permission_error``,
``forbidden``, or one of the words in :data:`DISABLING_WORDS`. So messages are written here, from what is
known, and never quote upstream or user text.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from web import Response, dump_json, json_response

DISABLING_WORDS = (
    "credit",
    "balance",
    "permission denied",
    "violation of our policies",
    "your access was terminated",
    "organization has been disabled",
    "organization has been restricted",
    "api key not valid",
    "api key expired",
    "已欠费",
    "you exceeded your current quota",
    "the security token included in the request is invalid",
    "operation not allowed",
    "your account is not authorized",
)


class APIError(Exception):
    """An error with everything OpenAI's error object holds, plus status and headers."""

    status = 500
    type = "api_error"
    code: str | None = None

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        status: int | None = None,
        type: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        self.code = code if code is not None else self.code
        self.status = status if status is not None else self.status
        self.type = type if type is not None else self.type
        self.headers = dict(headers or {})


class BadRequest(APIError):
    status = 400
    type = "invalid_request_error"


class Unauthorized(BadRequest):
    status = 401
    code = "invalid_api_key"


class Forbidden(BadRequest):
    status = 403


class NotFound(BadRequest):
    status = 404
    code = "not_found"


class MethodNotAllowed(BadRequest):
    status = 405
    code = "method_not_allowed"


class TooLarge(BadRequest):
    status = 413
    code = "request_too_large"


class RateLimited(APIError):
    status = 429
    type = "rate_limit_error"


class Upstream(APIError):
    status = 502


class NotConfigured(APIError):
    status = 503
    code = "not_configured"


def internal_error() -> APIError:
    """For what nobody foresaw. The cause is in the log, never in the answer."""
    return APIError("The gateway failed to handle this request.", code="internal_error")
