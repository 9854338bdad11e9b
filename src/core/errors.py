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
    │   ├── UpstreamTimeout   504  it did not answer in time
    │   └── AnswerTooLarge    502
    └── NotConfigured         503  the operator has to set something

Relays such as One API and New API switch a whole channel off when an error has status 401, the
type ``insufficient_quota``, ``authentication_error``, ``permission_error`` or ``forbidden``, or one
of :data:`DISABLING_WORDS` in its message. So messages are written here, from what is known, and
never quote upstream or user text.
"""

from collections.abc import Mapping
from typing import NamedTuple

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


class Overflow(NamedTuple):
    """The tokens that a request takes with its answer, and the context window that has fewer."""

    tokens: int
    window: int


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
        self.details: Mapping[str, object] = {}
        """What a dialect's own error object says beyond this."""
        self.upstream_code: int | None = None
        """Workers AI's own code, where the error comes from there."""
        self.overflow: Overflow | None = None
        """Of ``context_length_exceeded``: the numbers, as far as they are known."""


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
    code = "upstream_error"


class UpstreamTimeout(Upstream):
    status = 504
    code = "upstream_timeout"


class AnswerTooLarge(Upstream):
    """Told apart from others where it is none of the model's."""


class NotConfigured(APIError):
    status = 503
    code = "not_configured"


def known_error(cause: Exception) -> APIError:
    """The error that a client is given for ``cause``; of other than APIErrors nothing is told."""
    return cause if isinstance(cause, APIError) else internal_error()


def internal_error() -> APIError:
    """For what nobody foresaw. The cause is in the log, never in the answer."""
    return APIError("The gateway failed to handle this request.", code="internal_error")


def truncated() -> APIError:
    """For an upstream that stops in the middle of its answer."""
    return Upstream("The model's answer broke off before its end.")


def timed_out() -> APIError:
    """For an upstream that was given up because nothing came from it for too long."""
    return UpstreamTimeout("The model took too long to answer.")


def answer_too_large() -> APIError:
    """For an upstream that was given up because its answer is longer than any could be."""
    return AnswerTooLarge("The model's answer is too large.")
