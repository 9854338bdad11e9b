"""The application: which route, who may, and how an error is told."""

import os
import sys
import traceback
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import unquote

from access import keys
from core.errors import APIError, MethodNotAllowed, NotFound, internal_error
from core.ports import Ports
from core.web import Answer, Request, Response
from handlers import files, health, rerank
from handlers.anthropic import messages
from handlers.anthropic.errors import error_response as anthropic_response
from handlers.cloudflare import native
from handlers.openai import completions, embeddings, models, moderations
from handlers.openai.audio import speech, transcriptions
from handlers.openai.chat import endpoint as chat
from handlers.openai.errors import error_response as openai_response
from handlers.openai.images import endpoints as images
from handlers.openai.responses import endpoint as responses
from handlers.reading import parameters
from handlers.reading.parameters import Parameters
from handlers.translation import by_body, deeplx, google, jsonrpc, libretranslate, shared
from handlers.translation.deepl import glossaries, languages
from handlers.translation.deepl import translate as deepl

Handler = Callable[[Request, Ports], Awaitable[Answer]]
Render = Callable[[APIError], Response]
Dialect = tuple[Handler, Render]


class Route(NamedTuple):
    """A method and a path; a path that ends in ``/`` takes everything below it as a name.
    ``public`` routes need no key, ``key_in_url`` ones take it from query and path too;
    ``render`` tells errors in the route's dialect. ``scope``: of the keys that are limited to it.
    ``parameters``: bytes of a body that is read for the handler, whatever form it has."""

    method: str
    path: str
    handler: Handler
    public: bool = False
    key_in_url: bool = False
    render: Render = openai_response
    scope: str = ""
    parameters: int = 0
    dialect: Callable[[Parameters], Dialect] | None = None
    """Where several clients share the path: tells them apart."""


def _translation(
    path: str,
    handler: Handler,
    render: Render,
    methods: str = "GET POST",
    limit: int = shared.LIMIT,
    dialect: Callable[[Parameters], Dialect] | None = None,
) -> Iterator[Route]:
    """Routes of a translation client. Many of them can set nothing but an address, so the key may
    be in it."""
    for method in methods.split():
        yield Route(method, path, handler, False, True, render, keys.TRANSLATION, limit, dialect)


def _glossaries(method: str, path: str, handler: Handler) -> Iterator[Route]:
    return _translation(path, handler, deepl.error, method, glossaries.LIMIT)


_SAME = "/api/translate /deeplx /hcfy /imme /immersive_translate /kiss /translatetext".split()
"""Other names of ``/translate``."""

ROUTES = (
    Route("POST", "/chat/completions", chat.create),
    Route("GET", "/chat/completions", chat.debug, key_in_url=True),
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
    *_translation("/translate", deeplx.translate, deeplx.error, dialect=by_body.dialect),
    *(
        route
        for path in _SAME
        for route in _translation(path, deeplx.translate, deeplx.error, dialect=by_body.dialect)
    ),
    *_translation("/v1/translate", deeplx.translate_well, deeplx.error),
    *_translation("/v2/translate", deepl.translate, deepl.error, limit=deepl.LIMIT),
    *_translation("/v2/languages", languages.list_languages, deepl.error),
    *_translation("/v2/usage", languages.usage, deepl.error),
    *_translation("/v2/glossary-language-pairs", languages.glossary_pairs, deepl.error, "GET"),
    *_translation("/v3/languages", languages.list_by_resource, deepl.error, "GET"),
    *_translation("/v3/languages/resources", languages.list_resources, deepl.error, "GET"),
    *_glossaries("GET", "/v2/glossaries", glossaries.list_all),
    *_glossaries("POST", "/v2/glossaries", glossaries.create),
    *_glossaries("GET", "/v2/glossaries/", glossaries.retrieve),
    *_glossaries("DELETE", "/v2/glossaries/", glossaries.delete),
    *_glossaries("GET", "/v3/glossaries", glossaries.list_multilingual),
    *_glossaries("POST", "/v3/glossaries", glossaries.create_multilingual),
    *_glossaries("GET", "/v3/glossaries/", glossaries.retrieve_multilingual),
    *_glossaries("PATCH", "/v3/glossaries/", glossaries.update),
    *_glossaries("PUT", "/v3/glossaries/", glossaries.replace),
    *_glossaries("DELETE", "/v3/glossaries/", glossaries.delete),
    *_translation(
        "/jsonrpc", jsonrpc.translate, jsonrpc.error_for(None), "POST", dialect=jsonrpc.dialect
    ),
    *_translation("/detect", libretranslate.find_language, libretranslate.error),
    *_translation("/languages", libretranslate.list_languages, libretranslate.error, "GET"),
    *_translation("/translate_a/single", google.single, google.error),
    *_translation("/translate_a/t", google.several, google.error),
    *_translation("/translateHtml", google.html, google.error, "POST"),
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
    render: Render | None = None
    try:
        if request.method == "OPTIONS":
            answer = _preflight(request)
        else:
            route, segment = find(request.method, request.path)
            handler, render = route.handler, route.render
            ports = connect()
            if route.parameters:
                given = await parameters.read(request, route.parameters)
                request = replace(request, parameters=given)
                if route.dialect:
                    handler, render = route.dialect(given)
            if not route.public:
                keys.authenticate(
                    request,
                    ports.settings.api_keys,
                    scope=route.scope,
                    in_url=route.key_in_url,
                    segment=segment,
                )
            answer = await handler(request, ports)
    except Exception as cause:
        error = cause if isinstance(cause, APIError) else internal_error()
        if error is not cause:
            log(cause)
        error.headers.setdefault("x-request-id", _new_request_id())
        # Anthropic's clients say so with every request, on paths that they share with others too.
        anthropic = anthropic_response if request.header("anthropic-version") else None
        answer = (anthropic or render or _usual_render(request.path))(error)
    headers = {**CORS, **answer.headers}
    if "x-request-id" not in headers:
        headers["x-request-id"] = _new_request_id()
    headers["request-id"] = headers["x-request-id"]  # where Anthropic's clients look for it
    headers["x-trace-id"] = headers["x-request-id"]  # and DeepL's
    return answer._replace(headers=headers)


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


_DEEPL = frozenset({"v2", "v3"})
"""Where DeepL's clients look, behind the key perhaps, also for what is not here."""


def _usual_render(path: str) -> Render:
    """How it is told that a path is none, or not for this method."""
    routes, _ = _locate(path)
    for route in routes.values():
        return route.render
    return openai_response if _DEEPL.isdisjoint(normalise(path).split("/")[1:3]) else deepl.error


def find(method: str, path: str) -> tuple[Route, str | None]:
    """The route for a method and a path as sent, and the first part of the path where that may be
    a key. HEAD is answered as GET."""
    routes, segment = _locate(path)
    if not routes:
        raise NotFound("There is no such endpoint here.", code="unknown_url")
    route = routes.get("GET" if method == "HEAD" else method)
    if route is None:
        allowed = ", ".join([*routes, *(["HEAD"] if "GET" in routes else []), "OPTIONS"])
        raise MethodNotAllowed(f"This endpoint takes {allowed}.", headers={"allow": allowed})
    return route, segment


def _locate(path: str) -> tuple[Mapping[str, Route], str | None]:
    """The routes of a path, by method, and its first part if what is there is behind it."""
    routes = _routes(path)
    if routes:
        return routes, None
    first, _, rest = path.lstrip("/").partition("/")
    routes = _routes(rest)
    if not all(route.key_in_url for route in routes.values()):
        return {}, None
    return routes, unquote(first)


def _routes(path: str) -> Mapping[str, Route]:
    """The routes of a path, by method. ``/v1`` counts where there is something of its own."""
    short = normalise(path)
    if path.lstrip("/").startswith("v1/") and "/v1" + short in _BY_PATH:
        return _BY_PATH["/v1" + short]
    routes = _BY_PATH.get(short)
    end = 0
    while routes is None and (end := short.find("/", end + 1)) > 0:
        routes = _BY_PATH.get(short[: end + 1])
    return routes or {}


# --- CORS ------------------------------------------------------------------------------------

CORS: Mapping[str, str] = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "*",
}


def _preflight(request: Request) -> Response:
    """Before authentication, as browsers send it without the key; ``*`` does not cover
    Authorization, so the headers asked for are named."""
    headers = {
        "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
        "access-control-allow-headers": request.header("access-control-request-headers")
        or "authorization, content-type, x-api-key",
        "access-control-max-age": "86400",
        "vary": "access-control-request-headers",
    }
    return Response(status=204, headers=headers)
