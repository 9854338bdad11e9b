"""GET /health: the Worker runs. It needs no key and asks nobody, so it is also the floor that
other requests' cost is measured against."""

from core.ports import Ports
from core.version import VERSION
from core.web import JSON, Request, Response, dump_json

_BODY = dump_json({"status": "ok", "version": VERSION})


async def check(request: Request, ports: Ports) -> Response:
    return Response(_BODY, headers={"content-type": JSON})
