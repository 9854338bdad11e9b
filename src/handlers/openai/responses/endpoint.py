"""``POST /v1/responses``, as OpenAI publishes it, for every text model. Nothing is stored."""

from core.errors import APIError
from core.ports import Ports
from core.web import Request, Response, Stream, json_response
from handlers.openai.responses.answer import write_response
from handlers.openai.responses.echo import echo_request
from handlers.openai.responses.request import read_responses_request
from handlers.openai.responses.stream import ResponseEvents
from handlers.reading.fields import read_json
from workers_ai.text.run import complete_text, stream_text

_PARAMS = {"messages": "input", "response_format": "text.format"}
"""The names in errors of :mod:`workers_ai`, and the fields' names here."""


async def create(request: Request, ports: Ports) -> Response | Stream:
    """Creates a Response, streamed or not. Raises :class:`APIError`."""
    values, generation = await read_responses_request(await read_json(request), ports)
    repeated = echo_request(values, generation)
    try:
        if values.get("stream"):
            return await stream_text([generation], ports, request, ResponseEvents(repeated))
        answers = await complete_text([generation], ports, request)
    except APIError as error:
        error.param = _PARAMS.get(error.param or "", error.param)
        raise
    [events] = answers.choices
    return json_response(write_response(events, repeated), headers=answers.headers)
