"""``POST /v1/messages`` and ``/v1/messages/count_tokens``, as Anthropic publishes them."""

from core.ports import Ports
from core.web import Request, Response, Stream, json_response
from handlers.anthropic import request as messages_request
from handlers.anthropic.answer import message
from handlers.anthropic.stream import MessageEvents
from handlers.reading.fields import read_json
from workers_ai.text import run as text


async def create(request: Request, ports: Ports) -> Response | Stream:
    """A message, streamed or not. Raises :class:`APIError`."""
    values, generation = await messages_request.read(await read_json(request), ports)
    model, stops = values["model"], generation.stop
    if values.get("stream"):
        input_tokens = messages_request.estimate(generation)
        encoder = MessageEvents(model=model, stops=stops, input_tokens=input_tokens)
        return await text.stream_text([generation], ports, request, encoder)
    answers = await text.complete_text([generation], ports, request)
    body = message(answers.choices[0], model=model, stops=stops)
    return json_response(body, headers=answers.headers)


async def count_tokens(request: Request, ports: Ports) -> Response:
    """``{"input_tokens": int}``, an estimate: no tokenizer fits into a Worker."""
    input_tokens = await messages_request.count(await read_json(request), ports)
    return json_response({"input_tokens": input_tokens})
