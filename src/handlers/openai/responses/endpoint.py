"""``POST /v1/responses``, as OpenAI publishes it, for every text model. Nothing is stored."""

from errors import APIError
from handlers import responses_request
from handlers.fields import read_json
from handlers.responses_answer import ResponseEvents, response
from ports import Ports
from web import Request, Response, Stream, json_response
from workers_ai import text

_PARAMS = {"messages": "input", "response_format": "text.format"}
"""What errors that come of the model's side call a field, and what it is called here."""


async def create(request: Request, ports: Ports) -> Response | Stream:
    """A response, streamed or not. Raises :class:`errors.APIError`."""
    values, generation = await responses_request.read(await read_json(request), ports)
    repeated = responses_request.echo(values, generation)
    try:
        if values.get("stream"):
            return await text.stream([generation], ports, request, ResponseEvents(repeated))
        answers = await text.complete([generation], ports, request)
    except APIError as error:
        error.param = _PARAMS.get(error.param or "", error.param)
        raise
    [events] = answers.choices
    return json_response(response(events, repeated), headers=answers.headers)
