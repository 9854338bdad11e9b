"""``GET /health``: the Worker runs. It needs no key and calls no service, so the cost of other
requests is measured in multiples of it."""

from core.ports import Ports
from core.version import VERSION
from core.web import JSON, Request, Response, dump_json

_BODY = dump_json({"status": "ok", "version": VERSION})


async def check(request: Request, ports: Ports) -> Response:
    """Answers ``{"status": "ok", "version": str}``."""
    return Response(_BODY, headers={"content-type": JSON})
