"""A request's steps: locate, authenticate, admit, answer, finish.

locate         address → route, with its dialect; the part of the path that may be a key
authenticate   key in address or headers, else in the parameters of the body
admit          the parameters, on the routes that take them; which client's they are
answer         the handler of the route
finish         headers of every answer; what the request has used
"""

from collections.abc import Callable, Mapping

from access.keys import (
    Match,
    keys_in_head,
    keys_in_parameters,
    match_key,
    read_keys,
    refusal,
)
from core.errors import APIError, known_error
from core.ids import new_id
from core.log import log_exception
from core.ports import Ports
from core.web import Answer, Request, Response
from gateway.cors import CORS, preflight
from gateway.finish import finish, leave
from gateway.locate import dialect_of_error, locate
from gateway.routes import Route
from handlers.reading import parameters

PRIVATE: Mapping[str, str] = {
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
}
"""Headers of every answer: no cache keeps it, since its address may have a key in it, and a browser
that shows it takes it for what its content type says and runs nothing in it."""


async def handle(request: Request, connect: Callable[[], Ports]) -> Answer:
    """Answers a request; never raises. ``connect`` gives the ports, and may refuse."""
    answer: Answer
    try:
        if request.method == "OPTIONS":
            answer = preflight(request)
        else:
            route, segment = locate(request)
            ports = connect()
            route = await authenticate(request, route, segment, ports)
            route = await admit(request, route)
            answer = await route.handler(request, ports)
    except GeneratorExit:  # the client has gone away, and the edge closes this coroutine
        leave(request)
        raise
    except Exception as cause:
        answer = error_answer(request, cause)
    headers = {**CORS, **PRIVATE, **answer.headers}
    request_id = headers.get("x-request-id") or new_id("req_")
    headers["x-request-id"] = request_id
    headers["request-id"] = request_id  # where Anthropic's clients look for it
    headers["x-trace-id"] = request_id  # and DeepL's
    return finish(request, answer._replace(headers=headers))


async def authenticate(request: Request, route: Route, segment: str | None, ports: Ports) -> Route:
    """Finds the key that goes along with the request. A body is read only where neither address nor
    headers have one; then the route is as :func:`read_parameters` gives it. Raises
    :class:`Unauthorized`, :class:`Forbidden` or :class:`NotConfigured`."""
    keys = read_keys(ports.settings.api_keys)
    if route.public:
        return route
    in_head = keys_in_head(request, route.scope, in_url=route.key_in_url, segment=segment)
    match = match_key(keys, in_head, route.scope)
    if match.key is None and route.parameters:
        route = await read_parameters(request, route)
        in_body = match_key(keys, keys_in_parameters(request.parameters.values), route.scope)
        match = Match(in_body.key, match.out_of_scope or in_body.out_of_scope)
    if match.key is None:
        raise refusal(keys, match)
    request.key = match.key
    return route


async def admit(request: Request, route: Route) -> Route:
    """The route as it is answered: read for parameters where it takes them."""
    if route.parameters and request.parameters is None:
        return await read_parameters(request, route)
    return route


async def read_parameters(request: Request, route: Route) -> Route:
    """Reads the parameters, wherever they are; where several clients share the path, the route
    becomes that of the client that sends such parameters."""
    request.parameters = await parameters.read_parameters(request, route.parameters)
    if route.choose is None:
        return route
    handler, request.dialect = route.choose(request.parameters)
    return route._replace(handler=handler, dialect=request.dialect)


def error_answer(request: Request, cause: Exception) -> Response:
    """The error in the dialect that the client reads. What nobody foresaw is logged."""
    error = known_error(cause)
    if not isinstance(cause, APIError):
        log_exception(cause)
    error.headers.setdefault("x-request-id", new_id("req_"))
    return dialect_of_error(request).error_response(error)
