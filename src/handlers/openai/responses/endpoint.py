"""``POST /v1/responses`` and ``/v1/responses/input_tokens``, as OpenAI publishes them, for every
text model."""

from core.errors import APIError
from core.ports import Ports
from core.web import Request, Response, Stream, json_response
from handlers.openai.responses.answer import write_response
from handlers.openai.responses.echo import echo_request
from handlers.openai.responses.history import KeptEvents, open_responses, prepare_keeping
from handlers.openai.responses.request import read_responses_request
from handlers.openai.responses.stream import ResponseEvents
from handlers.reading.fields import read_json
from workers_ai.text.inputs import estimate_input_tokens
from workers_ai.text.run import complete_text, stream_text

_PARAMS = {"messages": "input", "response_format": "text.format"}
"""The names in errors of :mod:`workers_ai`, and the fields' names here."""


async def create(request: Request, ports: Ports) -> Response | Stream:
    """Creates a Response, streamed or not. Raises :class:`APIError`."""
    responses = open_responses(request, ports)
    values, generation = await read_responses_request(await read_json(request), ports, responses)
    keep = prepare_keeping(values, responses, ports)
    repeated = echo_request(values, generation, is_stored=keep is not None)
    try:
        if values.get("stream"):
            origins = generation.tool_origins
            encoder = (
                KeptEvents(repeated, origins, keep) if keep else ResponseEvents(repeated, origins)
            )
            return await stream_text([generation], ports, request, encoder)
        answers = await complete_text([generation], ports, request)
    except APIError as error:
        error.param = _PARAMS.get(error.param or "", error.param)
        raise
    [events] = answers.choices
    response = write_response(events, repeated, generation.tool_origins)
    if keep:
        keep(response)
    return json_response(response, headers=answers.headers)


async def count_tokens(request: Request, ports: Ports) -> Response:
    """Answers ``{"object": "response.input_tokens", "input_tokens": int}``, an estimate: no
    tokenizer fits into a Worker. Images are counted without being loaded."""
    body = await read_json(request)
    if body.get("input") is None:
        body["input"] = ""
    responses = open_responses(request, ports)
    _, generation = await read_responses_request(body, ports, responses, load_images=False)
    count = estimate_input_tokens(generation)
    return json_response({"object": "response.input_tokens", "input_tokens": count})
