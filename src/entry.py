"""The Worker: ``fetch`` takes a request in and gives a response out."""

from workers import WorkerEntrypoint

from edge.serve import serve


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return await serve(request.js_object)
