"""One request through the application: JavaScript in, JavaScript out."""

from typing import Any

from core.errors import BadRequest
from core.web import Passed, Request, Response, Spliced, Stream
from edge.bindings import ports
from edge.media import read_form
from edge.promises import forget, promise_of, run
from edge.streams import readable
from edge.values import header_of, joined, read_body, response
from gateway.handle import handle


async def serve(request: Any) -> Any:
    """Answers a JavaScript Request with a JavaScript Response."""
    return await run(_answer(request))


async def _answer(request: Any) -> Any:
    # ``new URL`` in JavaScript and one crossing for each of its parts would cost more.
    scheme, _, rest = request.url.partition("://")
    target = "/" + rest.partition("/")[2] if "/" in rest else "/"
    path, _, query = target.partition("#")[0].partition("?")
    headers = request.headers
    method = request.method
    plain = Request(
        method=method,
        path=path,
        query_string=query,
        header=lambda name: header_of(headers, name),
        read=lambda limit: _read(request, limit, headers),
        signal=lambda: getattr(request, "signal", None),
        form=lambda limit: read_form(request, headers, limit),
        body=lambda: request.body,
        origin=f"{scheme}://{rest.partition('/')[0]}",
    )
    answer = await handle(plain, ports)
    if isinstance(answer, Response):
        body: Any = answer.body
    elif isinstance(answer, Spliced):
        body = joined(answer.parts)
    else:
        body = readable(answer) if isinstance(answer, Stream) else answer.stream
    if method == "HEAD" or answer.status in (204, 304):
        if body and isinstance(answer, Stream | Passed):
            forget(promise_of(body.cancel, body))
        body = None
    return response(body, answer.status, answer.headers)


async def _read(request: Any, limit: int, headers: Any) -> bytes:
    try:
        return await read_body(request, limit, headers)
    except OSError:
        raise BadRequest("The request body broke off.", code="incomplete_body") from None
