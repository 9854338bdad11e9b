"""``POST /v1/chat/completions``, as OpenAI publishes it."""

from handlers import chat_request
from handlers.chat_answer import ChatChunks, completion
from handlers.fields import read_json
from handlers.sampling import wants_usage
from ports import Ports
from web import Request, Response, Stream, json_response
from workers_ai import text


async def create(request: Request, ports: Ports) -> Response | Stream:
    """A chat completion, streamed or not. Raises :class:`errors.APIError`."""
    values, generation = await chat_request.read(await read_json(request), ports)
    legacy_functions = "functions" in values and not values.get("tools")
    model = values["model"]
    if values.get("stream"):
        encoder = ChatChunks(
            model=model,
            n=generation.n,
            include_usage=wants_usage(values),
            legacy_functions=legacy_functions,
        )
        return await text.stream([generation], ports, request, encoder)
    answers = await text.complete([generation], ports, request)
    body = completion(answers.choices, model=model, legacy_functions=legacy_functions)
    return json_response(body, headers=answers.headers)
