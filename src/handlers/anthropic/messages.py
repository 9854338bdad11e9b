"""``POST /v1/messages`` and ``/v1/messages/count_tokens``, as Anthropic publishes them."""

from core.ports import Ports
from core.web import Request, Response, Stream, json_response
from handlers.anthropic.answer import write_message
from handlers.anthropic.request import count_input_tokens, read_messages_request
from handlers.anthropic.stream import MessageEvents
from handlers.reading.fields import read_json
from workers_ai.text.inputs import estimate_input_tokens
from workers_ai.text.run import complete_text, stream_text


async def create(request: Request, ports: Ports) -> Response | Stream:
    """Creates a message, streamed or not. Raises :class:`APIError`."""
    values, generation = await read_messages_request(await read_json(request), ports)
    model, stops = values["model"], generation.stop
    if values.get("stream"):
        input_tokens = estimate_input_tokens(generation)
        encoder = MessageEvents(model=model, stops=stops, input_tokens=input_tokens)
        return await stream_text([generation], ports, request, encoder)
    answers = await complete_text([generation], ports, request)
    body = write_message(answers.choices[0], model=model, stops=stops)
    return json_response(body, headers=answers.headers)


async def count_tokens(request: Request, ports: Ports) -> Response:
    """Answers ``{"input_tokens": int}``, an estimate: no tokenizer fits into a Worker."""
    input_tokens = await count_input_tokens(await read_json(request), ports)
    return json_response({"input_tokens": input_tokens})
