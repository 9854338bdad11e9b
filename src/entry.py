"""The Worker: ``fetch`` takes a request in and gives a response out."""

from workers import WorkerEntrypoint, import_from_javascript

from edge.serve import serve


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        # The raw environment: the SDK's own wrapper around env.AI differs from version to
        # version and costs twice as much.
        env = import_from_javascript("cloudflare:workers").env
        return await serve(request.js_object, env)
