"""The Worker's entry point, whose ``fetch`` the runtime calls for every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers import WorkerEntrypoint

import compiled  # noqa: F401  # first: what is imported after it need not be compiled
from edge.serve import serve

if TYPE_CHECKING:
    from js import Response
    from workers import Request


class Default(WorkerEntrypoint):
    # Static, so that it is the same function for every instance: the runtime makes one for each
    # request, and works out the signature of what it calls once for each function.
    @staticmethod
    async def fetch(request: Request) -> Response:
        return await serve(request.js_object)
