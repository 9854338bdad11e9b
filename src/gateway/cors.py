"""Cross-origin requests: any page may call the gateway, since it takes no cookies."""

from collections.abc import Mapping

from core.web import Request, Response

CORS: Mapping[str, str] = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "*",
}


def preflight(request: Request) -> Response:
    """Answers an OPTIONS request. Before authentication, as browsers send it without the key; ``*``
    does not cover Authorization, so the headers asked for are named."""
    headers = {
        "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
        "access-control-allow-headers": request.header("access-control-request-headers")
        or "authorization, content-type, x-api-key",
        "access-control-max-age": "86400",
        "vary": "access-control-request-headers",
    }
    return Response(status=204, headers=headers)
