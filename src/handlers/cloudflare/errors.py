"""Errors in Cloudflare's envelope, with Cloudflare's code where there is one."""

from core.dialect import Dialect
from core.errors import APIError
from core.web import Response, json_response

CODES = {401: 10000, 403: 10000, 404: 7000, 405: 7001, 413: 3006}
"""Cloudflare's codes for what does not come from Workers AI, by status."""


def error_response(error: APIError) -> Response:
    """``{"result": null, "success": false, "errors": [{"code", "message"}], "messages": []}``."""
    code = error.upstream_code or CODES.get(error.status, 5006 if error.status < 500 else 10001)
    errors = [{"code": code, "message": error.message}]
    body = {"result": None, "success": False, "errors": errors, "messages": []}
    return json_response(body, error.status, error.headers)


CLOUDFLARE = Dialect("cloudflare", error_response)
