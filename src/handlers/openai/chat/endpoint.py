"""``POST /v1/chat/completions``, as OpenAI publishes it, and a ``GET`` of it for browsers."""

from typing import Any

from core.errors import MethodNotAllowed
from core.ports import Ports
from core.web import Request, Response, Stream, json_response
from handlers.openai.chat.answer import ChatChunks, write_completion
from handlers.openai.chat.images import create_image_completion
from handlers.openai.chat.request import TEXT_GENERATION, read_chat_request
from handlers.reading.fields import read_json
from handlers.reading.sampling import wants_usage
from untrusted.json_text import parse_json
from workers_ai.catalogue.lookup import find_model
from workers_ai.images.inputs import TEXT_TO_IMAGE
from workers_ai.text.run import complete_text, stream_text

OTHER_TASKS = {TEXT_TO_IMAGE: create_image_completion}
"""Tasks whose models answer in a chat too, though they generate no text."""


async def create(request: Request, ports: Ports) -> Response | Stream:
    """Creates a chat completion, streamed or not. Raises :class:`APIError`."""
    return await answer_chat(await read_json(request), request, ports)


async def debug(request: Request, ports: Ports) -> Response:
    """Answers ``prompt`` as plain text, for a check from a browser's address bar:
    ``?debug=1&key=…&model=…&prompt=…``."""
    query = request.query
    if "debug" not in query:
        raise MethodNotAllowed(
            "This endpoint takes POST; a GET needs debug=1, key, model and prompt in its query.",
            headers={"allow": "POST, OPTIONS"},
        )
    messages = [{"role": "user", "content": query.get("prompt", "")}]
    body = {"model": query.get("model"), "messages": messages}
    answer = await answer_chat(body, request, ports, empty_content="")
    assert isinstance(answer, Response)
    message = parse_json(answer.body.decode("utf-8", "replace"))["choices"][0]["message"]
    headers = {"content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff"}
    return Response(
        message["content"].encode("utf-8", "replace"), 200, {**answer.headers, **headers}
    )


async def answer_chat(
    body: dict[str, Any], request: Request, ports: Ports, *, empty_content: str | None = None
) -> Response | Stream:
    """Creates a chat completion for a parsed body. ``empty_content``: the content of a whole answer
    that has tool calls and no text."""
    name = body.get("model")
    text_model = None
    if isinstance(name, str) and name.strip():
        model = await find_model(name, ports, TEXT_GENERATION)
        if model.task in OTHER_TASKS:
            return await OTHER_TASKS[model.task](body, model, request, ports)
        if model.task == TEXT_GENERATION:
            text_model = model
    values, generation = await read_chat_request(body, ports, text_model)
    legacy_functions = "functions" in values and not values.get("tools")
    if values.get("stream"):
        encoder = ChatChunks(
            model=values["model"],
            served=generation.model.id,
            n=generation.n,
            include_usage=wants_usage(values),
            legacy_functions=legacy_functions,
            origins=generation.tool_origins,
        )
        return await stream_text([generation], ports, request, encoder)
    answers = await complete_text([generation], ports, request)
    body = write_completion(
        answers.choices,
        model=values["model"],
        served=generation.model.id,
        legacy_functions=legacy_functions,
        empty_content=empty_content,
        origins=generation.tool_origins,
    )
    return json_response(body, headers=answers.headers)
