"""Routing: the route of an address, and the only place that decides which dialect answers."""

from collections.abc import Mapping
from urllib.parse import unquote

from core.dialect import Dialect
from core.errors import MethodNotAllowed, NotFound
from core.web import Request
from gateway.routes import DEFAULT_DIALECT, HEADER_DIALECTS, PATH_DIALECTS, ROUTES, Route


def _by_path() -> dict[str, dict[str, Route]]:
    table: dict[str, dict[str, Route]] = {}
    for route in ROUTES:
        table.setdefault(route.path, {})[route.method] = route
    return table


_BY_PATH = _by_path()


def locate(request: Request) -> tuple[Route, str | None]:
    """The route of a request, and the first part of its path where that may be a key. HEAD is
    answered as GET. From here on the request has a dialect; raises :class:`NotFound` and
    :class:`MethodNotAllowed`."""
    path = request.path
    if "/deployments/" in path or "/engines/" in path:
        path, request.path_model = split_model(path)
    routes, segment = find_routes(path)
    if not routes:
        request.dialect = _dialect_below(request.path)
        raise NotFound("There is no such endpoint here.", code="unknown_url")
    route = routes.get("GET" if request.method == "HEAD" else request.method)
    if route is None:
        request.dialect = next(iter(routes.values())).dialect
        allowed = ", ".join([*routes, *(["HEAD"] if "GET" in routes else []), "OPTIONS"])
        raise MethodNotAllowed(f"This endpoint takes {allowed}.", headers={"allow": allowed})
    for header, other in route.by_header.items():
        if request.header(header) is not None:
            route = other
    request.dialect = route.dialect
    return route, segment


def dialect_of_error(request: Request) -> Dialect:
    """The dialect of an error: that of the route, unless a header says that the client reads
    another one, which it sends on paths that several APIs share too."""
    for header, dialect in HEADER_DIALECTS.items():
        if request.header(header):
            return dialect
    return request.dialect or DEFAULT_DIALECT


def _dialect_below(path: str) -> Dialect:
    """The dialect of an address that is nobody's, behind a key perhaps."""
    for part in normalise(path).split("/")[1:3]:
        if part in PATH_DIALECTS:
            return PATH_DIALECTS[part]
    return DEFAULT_DIALECT


# --- paths -----------------------------------------------------------------------------------


def normalise(path: str) -> str:
    """The path as the route table has it: clients join their base URL with ``/v1/…`` in every
    way (``//v1/x``, ``/v1/v1/x``, ``/x``, ``/v1/x/``), and not all of them repeat a POST after a
    redirect. Below ``/client/v4/accounts/{any}/ai`` lies what Cloudflare's own API has there;
    ``/v1beta/openai`` and ``/openai/v1`` are Google's and Azure's bases for OpenAI's clients."""
    parts = [part for part in path.split("/") if part]
    if parts[:3] == ["client", "v4", "accounts"] and parts[4:5] == ["ai"]:
        del parts[: 5 if parts[5:6] == ["v1"] else 4]
    elif parts[:2] in _OPENAI_BASES:
        del parts[:2]
    start = 0
    while parts[start : start + 1] == ["v1"]:
        start += 1
    return "/" + "/".join(parts[start:])


_OPENAI_BASES = (["v1beta", "openai"], ["openai", "v1"])
_MODEL_PREFIXES = (["openai", "deployments"], ["engines"], ["v1", "engines"])
_MOST_PARTS_OF_A_MODEL = 3


def split_model(path: str) -> tuple[str, str | None]:
    """Splits the model from an address that names it, Azure's ``/openai/deployments/{model}/…`` or
    OpenAI's older ``/engines/{model}/…``: the path without it, and the model. Any other path comes
    back as it is, with None."""
    parts = [part for part in path.split("/") if part]
    for prefix in _MODEL_PREFIXES:
        start = len(prefix)
        if parts[:start] == prefix:
            for end in range(start + 1, start + 1 + _MOST_PARTS_OF_A_MODEL):
                endpoint = "/" + "/".join(parts[end:])
                if endpoint in _BY_PATH:
                    return endpoint, unquote("/".join(parts[start:end]))
    return path, None


def find_routes(path: str) -> tuple[Mapping[str, Route], str | None]:
    """The routes of a path as sent, by method, and its first part if they are behind it."""
    routes = _routes_at(path)
    if routes:
        return routes, None
    first, _, rest = path.lstrip("/").partition("/")
    routes = _routes_at(rest)
    if not all(route.key_in_url for route in routes.values()):
        return {}, None
    return routes, unquote(first)


_OWN_PREFIXES = ("v1/", "client/")
"""Prefixes that a route may have of its own, instead of being reached with and without them."""


_LONGEST_FOLDER = max(len(path) for path in _BY_PATH if path.endswith("/"))
"""Characters of the longest path that takes everything below it: no longer one is looked up."""


def _routes_at(path: str) -> Mapping[str, Route]:
    """The routes of a path, by method: its own below a prefix, or those that it shares."""
    short = normalise(path)
    for prefix in _OWN_PREFIXES:
        if path.lstrip("/").startswith(prefix) and f"/{prefix[:-1]}{short}" in _BY_PATH:
            return _BY_PATH[f"/{prefix[:-1]}{short}"]
    routes = _BY_PATH.get(short)
    end = 0
    while routes is None and 0 < (end := short.find("/", end + 1)) < _LONGEST_FOLDER:
        routes = _BY_PATH.get(short[: end + 1])
    return routes or {}
