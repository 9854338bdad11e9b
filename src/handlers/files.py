"""``GET /file/{name}``: generated files, for whoever knows their name; and how they get there."""

import re
import time

from core.errors import NotFound
from core.ports import Ports
from core.web import PassThrough, Request, Response

_NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{1,8}")
_DATE = re.compile(r"\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT", re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


async def retrieve(request: Request, ports: Ports) -> Response | PassThrough:
    """The file; 304 for a client that has it, 404 for a name that is none (any more)."""
    name = request.path.rstrip("/").rpartition("/")[2]
    stored = await ports.files.get(name) if ports.files and _NAME.fullmatch(name) else None
    if stored is None:
        raise NotFound("There is no such file (any more).")
    moment = time.gmtime(stored.created)
    etag = f'"{name.partition(".")[0]}"'
    headers: dict[str, str] = {
        "cache-control": "public, max-age=31536000, immutable",
        "etag": etag,
        "last-modified": time.strftime("%a, %d %b %Y %H:%M:%S GMT", moment),
        "x-content-type-options": "nosniff",
    }
    if _is_known(request, etag, tuple(moment)[:6]):
        return PassThrough(stored.body, 304, headers)
    headers["content-type"] = stored.content_type
    if stored.size is not None:
        headers["content-length"] = str(stored.size)
    return PassThrough(stored.body, 200, headers)


def _is_known(request: Request, etag: str, created: tuple[int, ...]) -> bool:
    """Whether the client has it already (RFC 9110: the tag counts, if there is one)."""
    tags = request.header("if-none-match")
    if tags is not None:
        known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return etag in known or "*" in known
    since = _DATE.fullmatch(request.header("if-modified-since") or "")
    if since is None or since[2] not in _MONTHS:
        return False
    day, _, year, *clock = since.groups()
    return (int(year), _MONTHS.index(since[2]) + 1, int(day), *map(int, clock)) >= created
