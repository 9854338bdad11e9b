"""The application: which route, who may, and how an error is told."""

import os
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hmac import compare_digest

from errors import (
    APIError,
    MethodNotAllowed,
    NotConfigured,
    NotFound,
    Unauthorized,
    anthropic_response,
    internal_error,
    openai_response,
)
from handlers import (
    chat,
    completions,
    embeddings,
    files,
    health,
    images,
    messages,
    models,
    moderations,
    native,
    rerank,
    responses,
    speech,
    transcriptions,
)
from ports import Ports
from settings import Settings
from web import Answer, Request, Response

Handler = Callable[[Request, Ports], Awaitable[Answer]]


@dataclass(frozen=True)
class Route:
    """A method and a path; a path that ends in ``/`` takes everything below it as a name.
    ``public`` routes need no key, ``key_in_query`` ones take it as ``?key=`` too, for browsers;
    ``render`` tells errors in the route's dialect."""

    method: str
    path: str
    handler: Handler
    public: bool = False
    key_in_query: bool = False
    render: Callable[[APIError], Response] = openai_response


ROUTES = (
    Route("POST", "/chat/completions", chat.create),
    Route("GET", "/chat/completions", chat.debug, key_in_query=True),
    Route("POST", "/completions", completions.create),
    Route("POST", "/messages", messages.create, render=anthropic_response),
    Route("POST", "/messages/count_tokens", messages.count_tokens, render=anthropic_response),
    Route("POST", "/responses", responses.create),
    Route("GET", "/models", models.list_models),
    Route("GET", "/models/", models.retrieve),
    Route("POST", "/audio/transcriptions", transcriptions.transcribe),
    Route("POST", "/audio/translations", transcriptions.translate),
    Route("POST", "/audio/speech", speech.create),
    Route("POST", "/embeddings", embeddings.create),
    Route("POST", "/images/generations", images.generate),
    Route("POST", "/images/edits", images.edit),
    Route("POST", "/images/variations", images.vary),
    Route("GET", "/file/", files.retrieve, public=True),
    Route("POST", "/rerank", rerank.create),
    Route("POST", "/v2/rerank", rerank.create),
    Route("POST", "/moderations", moderations.create),
    Route("POST", "/ai/run/", native.run, render=native.error),
    Route("GET", "/ai/models/search", native.search, render=native.error),
    Route("GET", "/health", health.check, public=True),
)


def _by_path() -> dict[str, dict[str, Route]]:
    table: dict[str, dict[str, Route]] = {}
    for route in ROUTES:
        table.setdefault(route.path, {})[route.method] = route
    return table


_BY_PATH = _by_path()


async def handle(request: Request, connect: Callable[[], Ports]) -> Answer:
    """Answers a request; never raises. ``connect`` gives the ports, and may refuse."""
    answer: Answer
    render: Callable[[APIError], Response] = openai_response
    try:
        if request.method == "OPTIONS":
            answer = _preflight(request)
        else:
            route = find(request.method, request.path)
            render = route.render
            ports = connect()
            if not route.public:
                authenticate(request, ports.settings, in_query=route.key_in_query)
            answer = await route.handler(request, ports)
    except Exception as cause:
        error = cause if isinstance(cause, APIError) else internal_error()
        if error is not cause:
            log(cause)
        error.headers.setdefault("x-request-id", _new_request_id())
        # Anthropic's clients say so with every request, on paths that they share with others too.
        answer = (anthropic_response if request.header("anthropic-version") else render)(error)
    headers = {**CORS, **answer.headers}
    if "x-request-id" not in headers:
        headers["x-request-id"] = _new_request_id()
    headers["request-id"] = headers["x-request-id"]  # where Anthropic's clients look for it
    return replace(answer, headers=headers)


def _new_request_id() -> str:
    return "req_" + os.urandom(12).hex()


def log(error: Exception) -> None:
    """The kind of an unforeseen error and where it was raised. Not its message: that may hold a
    prompt."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.name} {frame.filename}:{frame.lineno}" for frame in frames[::-1])
    print(f"{type(error).__name__} in {where}", file=sys.stderr)


# --- routes ----------------------------------------------------------------------------------


def normalise(path: str) -> str:
    """The path as the route table has it: clients join their base URL with ``/v1/…`` in every
    way (``//v1/x``, ``/v1/v1/x``, ``/x``, ``/v1/x/``), and not all of them repeat a POST after a
    redirect. Below ``/client/v4/accounts/{any}/ai`` lies what Cloudflare's own API has there."""
    parts = [part for part in path.split("/") if part]
    if parts[:3] == ["client", "v4", "accounts"] and parts[4:5] == ["ai"]:
        del parts[: 5 if parts[5:6] == ["v1"] else 4]
    while parts and parts[0] == "v1":
        del parts[0]
    return "/" + "/".join(parts)


def find(method: str, path: str) -> Route:
    """The route for a method and a path as sent. HEAD is answered as GET."""
    path = normalise(path)
    routes = _BY_PATH.get(path)
    end = 0
    while routes is None and (end := path.find("/", end + 1)) > 0:
        routes = _BY_PATH.get(path[: end + 1])
    if routes is None:
        raise NotFound("There is no such endpoint here.", code="unknown_url")
    route = routes.get("GET" if method == "HEAD" else method)
    if route is None:
        allowed = ", ".join([*routes, *(["HEAD"] if "GET" in routes else []), "OPTIONS"])
        raise MethodNotAllowed(f"This endpoint takes {allowed}.", headers={"allow": allowed})
    return route


# --- authentication --------------------------------------------------------------------------


def authenticate(request: Request, settings: Settings, *, in_query: bool = False) -> str:
    """The name of the key (``""`` for one without). A header with a wrong key does not spoil
    another with a right one: many clients always send an Authorization header. ``in_query`` says
    that ``?key=`` counts too."""
    if not settings.api_keys:
        raise NotConfigured(
            "No key is set for this gateway. Set one with: npx wrangler secret put API_KEYS"
        )
    for given in _keys(request, in_query):
        name = None
        for known_name, known in settings.api_keys:
            if compare_digest(given, known):
                name = known_name
        if name is not None:
            return name
    raise Unauthorized(
        "The key for this gateway is missing or wrong; send it as: Authorization: Bearer <key>",
        headers={"www-authenticate": "Bearer"},
    )


def _keys(request: Request, in_query: bool) -> Iterator[bytes]:
    """The keys that the request has, one header after the other: each look-up costs."""
    if in_query and request.query.get("key"):
        yield request.query["key"].encode("utf-8", "replace")
    scheme, _, credentials = (request.header("authorization") or "").partition(" ")
    if scheme.lower() == "bearer" and credentials.strip():
        yield credentials.strip().encode()
    for name in ("x-api-key", "api-key"):
        key = (request.header(name) or "").strip()
        if key:
            yield key.encode()


# --- CORS ------------------------------------------------------------------------------------

CORS: Mapping[str, str] = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "*",
}


def _preflight(request: Request) -> Response:
    """Before authentication, as browsers send it without the key; ``*`` does not cover
    Authorization, so the headers asked for are named."""
    headers = {
        "access-control-allow-methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
        "access-control-allow-headers": request.header("access-control-request-headers")
        or "authorization, content-type, x-api-key",
        "access-control-max-age": "86400",
        "vary": "access-control-request-headers",
    }
    return Response(status=204, headers=headers)
