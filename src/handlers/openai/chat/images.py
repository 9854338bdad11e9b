"""Image models in a chat: the last user message is the prompt, the answer Markdown with the image.

So front ends that support chat alone show images, and relays' channel tests, which are chats, pass.
"""

import binascii
import re
from collections.abc import Mapping
from typing import Any

from core.errors import BadRequest
from core.limits import CHOICES
from core.ports import Ports
from core.web import Request, Response, json_response, stream_headers
from handlers.openai.chat.answer import ChatChunks, write_completion
from handlers.openai.images.answer import generate_images, publish_image
from handlers.openai.images.request import (
    OPTIONS,
    QUALITIES,
    VARIATION,
    build_image_request,
    read_size,
)
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, require_field
from handlers.reading.sampling import wants_usage
from handlers.reading.vision import Vision
from media.image_size import HEAD, read_dimensions
from workers_ai import tokens
from workers_ai.catalogue.model import Model
from workers_ai.images.inputs import InputImage, input_name
from workers_ai.text.events import Event, Finish, Usage

FIELDS = (
    Field("model", fields.text),
    Field("messages", fields.array),
    Field("stream", fields.boolean),
    Field("stream_options", fields.mapping, remark="include_usage"),
    Field("n", fields.within(fields.integer, 1, CHOICES), remark="an image each"),
    Field("size", read_size),
    Field("quality", fields.one_of(*QUALITIES)),
    Field("seed", fields.integer, remark="of chat clients: dropped where the model has none"),
    Field("negative_prompt", fields.text, remark="the same"),
    Field("guidance", fields.number, remark="the same"),
    Field("steps", fields.within(fields.integer, 1, None), remark="the same"),
)
"""The other fields of a chat request are for text models."""

LONGEST_ALT = 80
"""Characters of the prompt in the image's description."""


async def create_image_completion(
    body: dict[str, Any], model: Model, request: Request, ports: Ports
) -> Response:
    """Creates a chat completion of images, streamed or not. Raises :class:`APIError`."""
    values = read_fields(body, FIELDS)
    messages = require_field(values, "messages")
    prompt, images = await _read_last_message(messages, Vision(model, ports))
    if not prompt.strip() and not images:
        raise BadRequest(
            "The last user message has no text to make an image of.",
            param="messages",
            code="invalid_value",
        )
    prompt = prompt if prompt.strip() else VARIATION
    for field, option in OPTIONS.items():
        if field in values and input_name(model, option) is None:
            del values[field]
    image_request = build_image_request(model, {**values, "prompt": prompt}, images)
    pictures, headers = await generate_images(image_request, request, ports)
    alt = " ".join(re.sub(r"[\[\]()!\\`<>]", " ", prompt).split())[:LONGEST_ALT].strip()
    # Image models count no tokens, but relays consider an answer without any broken.
    usage = Usage(tokens.estimate(prompt), tokens.estimate(alt) + 1)
    choices: list[list[Event]] = [
        [f"![{alt}]({await publish_image(picture, request, ports)})", usage, Finish("stop")]
        for picture in pictures
    ]
    if not values.get("stream"):
        answer = write_completion(
            choices, model=values["model"], served=model.id, legacy_functions=False
        )
        return json_response(answer, headers=headers)
    encoder = ChatChunks(
        model=values["model"],
        served=model.id,
        n=len(choices),
        include_usage=wants_usage(values),
        legacy_functions=False,
    )
    chunks = [encoder.encode(index, events) for index, events in enumerate(choices)]
    return Response(
        b"".join([*chunks, encoder.tail()]), 200, {**stream_headers(request), **headers}
    )


async def _read_last_message(messages: list[Any], vision: Vision) -> tuple[str, list[InputImage]]:
    """Returns the text and the images of the last user message."""
    for place, message in reversed(list(enumerate(messages))):
        if isinstance(message, dict) and message.get("role") == "user":
            return await _read_content(message.get("content"), f"messages[{place}].content", vision)
    raise BadRequest(
        "An image model needs a user message: its text is the prompt.",
        param="messages",
        code="invalid_value",
    )


async def _read_content(content: Any, param: str, vision: Vision) -> tuple[str, list[InputImage]]:
    if isinstance(content, str):
        return content, []
    texts: list[str] = []
    images: list[tuple[dict[str, Any], str]] = []
    for place, part in enumerate(fields.array(content, param)):
        part_param = f"{param}[{place}]"
        part = {"type": "text", "text": part} if isinstance(part, str) else part
        kind = fields.mapping(part, part_param).get("type")
        if kind in ("text", "input_text"):
            texts.append(fields.text(part.get("text"), f"{part_param}.text"))
        elif kind in ("image_url", "input_image"):
            param_of_image = f"{part_param}.image_url"
            images.append((_read_image(part, param_of_image, vision), param_of_image))
        else:
            raise BadRequest(
                f"'{part_param}.type' must be text or image_url.",
                param=f"{part_param}.type",
                code="unsupported_content",
            )
    await vision.fetch_images()
    return "\n".join(texts), [_decode_image(image["url"], param) for image, param in images]


def _read_image(part: Mapping[str, Any], param: str, vision: Vision) -> dict[str, Any]:
    image = part.get("image_url")
    url = fields.text(image.get("url") if isinstance(image, dict) else image, param)
    loaded: dict[str, Any] = vision.read_image(url, param)["image_url"]
    return loaded


def _decode_image(data_url: str, param: str) -> InputImage:
    head, _, encoded = data_url.partition(",")
    data = binascii.a2b_base64(encoded)
    content_type = head.removeprefix("data:").removesuffix(";base64")
    return InputImage(data, content_type, read_dimensions(data[:HEAD]), param)
