"""Passes a request to the gateway, and its answer to the runtime."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.errors import BadRequest
from core.web import JoinedBody, PassThrough, Request, Response, Stream
from edge.bindings import load_ports
from edge.departure import Departure
from edge.media import read_form
from edge.promises import ignore_outcome, run, start_call
from edge.streams import readable_stream
from edge.values import join_parts, make_response, read_body, read_header
from gateway.handle import handle

if TYPE_CHECKING:
    import js


async def serve(request: js.Request) -> js.Response:
    """Answers a JavaScript Request with a JavaScript Response."""
    departure = Departure(request)
    answer = await run(_answer_request(request, departure), departure)
    return make_response(None, 499, {}) if answer is None else answer


async def _answer_request(request: js.Request, departure: Departure) -> js.Response:
    # Cheaper than ``new URL`` with one crossing for each part.
    scheme, _, rest = request.url.partition("://")
    target = "/" + rest.partition("/")[2] if "/" in rest else "/"
    path, _, query = target.partition("#")[0].partition("?")
    headers = request.headers
    method = request.method
    gateway_request = Request(
        method=method,
        path=path,
        query_string=query,
        header=lambda name: read_header(headers, name),
        read=lambda limit: _read_request_body(request, limit, headers),
        form=lambda limit: read_form(request, headers, limit),
        body=lambda: request.body,
        origin=f"{scheme}://{rest.partition('/')[0]}",
    )
    answer = await handle(gateway_request, load_ports)
    if isinstance(answer, Response):
        body: Any = answer.body
    elif isinstance(answer, JoinedBody):
        body = join_parts(answer.parts)
    else:
        body = readable_stream(answer, departure) if isinstance(answer, Stream) else answer.stream
    if method == "HEAD" or answer.status in (204, 304):
        if body and isinstance(answer, Stream | PassThrough):
            ignore_outcome(start_call(body.cancel, body))
        body = None
    return make_response(body, answer.status, answer.headers)


async def _read_request_body(request: js.Request, limit: int, headers: js.Headers) -> bytes:
    try:
        return await read_body(request, limit, headers)
    except OSError:
        raise BadRequest("The request body broke off.", code="incomplete_body") from None
