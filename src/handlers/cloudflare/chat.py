"""Chat completions below Cloudflare's own address, where One API's Cloudflare channel sends
them."""

from core.ports import Ports
from core.web import Request, Response, Stream
from handlers.openai.chat.endpoint import answer_chat
from handlers.reading.fields import read_json


async def create(request: Request, ports: Ports) -> Response | Stream:
    """Creates a chat completion whose content is always a string: the channel fails on null, the
    content of answers with tool calls alone. Raises :class:`APIError`."""
    return await answer_chat(await read_json(request), request, ports, empty_content="")
