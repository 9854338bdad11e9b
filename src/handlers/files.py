"""``GET /file/{name}``: generated files, for clients that know their names."""

import re
import time

from core.errors import NotFound
from core.ports import Ports
from core.web import PassThrough, Request, Response
from storage.files import find_file

_DATE = re.compile(r"\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT", re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


async def retrieve(request: Request, ports: Ports) -> Response | PassThrough:
    """Returns a file; 304 if the client has it, 404 if it is not found or expired."""
    name = request.path.rstrip("/").rpartition("/")[2]
    stored = await find_file(name, ports)
    if stored is None:
        raise NotFound("There is no such file (any more).")
    created = time.gmtime(stored.created)
    etag = f'"{name.partition(".")[0]}"'
    headers: dict[str, str] = {
        "cache-control": "public, max-age=31536000, immutable",
        "etag": etag,
        "last-modified": time.strftime("%a, %d %b %Y %H:%M:%S GMT", created),
        "x-content-type-options": "nosniff",
    }
    if _is_cached(request, etag, tuple(created)[:6]):
        return PassThrough(stored.body, 304, headers)
    headers["content-type"] = stored.content_type
    if stored.size is not None:
        headers["content-length"] = str(stored.size)
    return PassThrough(stored.body, 200, headers)


def _is_cached(request: Request, etag: str, created: tuple[int, ...]) -> bool:
    """Returns whether the client has the file (RFC 9110: a tag precedes a date)."""
    tags = request.header("if-none-match")
    if tags is not None:
        cached = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return etag in cached or "*" in cached
    since = _DATE.fullmatch(request.header("if-modified-since") or "")
    if since is None or since[2] not in _MONTHS:
        return False
    day, _, year, *clock = since.groups()
    return (int(year), _MONTHS.index(since[2]) + 1, int(day), *map(int, clock)) >= created
