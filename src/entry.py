"""The Worker: ``fetch`` takes a request in and gives a response out."""

from workers import WorkerEntrypoint

from edge.serve import serve


class Default(WorkerEntrypoint):
    # Static, so that it is the same function for every instance: the runtime makes one for each
    # request, and works out the signature of what it calls once for each function.
    @staticmethod
    async def fetch(request):
        return await serve(request.js_object)
