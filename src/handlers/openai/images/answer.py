"""Runs image models, and writes the answers of the image endpoints.

An image that the client wants as base64, and that the model returns as base64, is cut out of the
upstream's JSON and inserted into the answer unchanged, on the platform's side.
"""

import time
from collections.abc import Mapping
from typing import Any

from core.ports import Ports
from core.web import JSON, Buffer, JoinedBody, Request, dump_json
from handlers.openai.images.request import OUTPUT_FORMATS, unsupported_output_format
from storage.files import keep_file, write_data_url
from workers_ai import client
from workers_ai.images.answers import Picture, read_image
from workers_ai.images.inputs import ImageRequest, build_calls

BASE64_MODELS = ("gpt-image", "chatgpt-image")
"""Prefixes of OpenAI's models that always answer in base64: their clients read nothing else. The
others' default is a URL."""


async def answer_with_images(
    image_request: ImageRequest, values: Mapping[str, Any], request: Request, ports: Ports
) -> JoinedBody:
    """Generates the images of a request and answers with them. Raises :class:`APIError`."""
    pictures, headers = await generate_images(image_request, request, ports)
    format = pictures[0].content_type.removeprefix("image/")
    if values.get("output_format", format) != format:
        raise unsupported_output_format([format])
    default = "b64_json" if values["model"].lower().startswith(BASE64_MODELS) else "url"
    properties: dict[str, Any] = {"quality": image_request.quality, "background": "opaque"}
    if pictures[0].size:
        properties["size"] = "{}x{}".format(*pictures[0].size)
    if format in OUTPUT_FORMATS:
        properties["output_format"] = format
    # Joined by hand, so that a megabyte of base64 is never escaped.
    parts: list[bytes | Buffer] = [b'{"created":%d,"data":[' % time.time()]
    for index, picture in enumerate(pictures):
        separator = b"," if index else b""
        if values.get("response_format", default) == "b64_json":
            parts += [separator + b'{"b64_json":"', picture.in_json(), b'"}']
        else:
            url = await publish_image(picture, request, ports)
            parts.append(separator + dump_json({"url": url}))
    parts.append(b"]," + dump_json(properties)[1:])
    return JoinedBody(parts, headers={"content-type": JSON, **headers})


async def generate_images(
    image_request: ImageRequest, request: Request, ports: Ports
) -> tuple[list[Picture], dict[str, str]]:
    """Returns the images, and headers that report how they were served."""
    replies = await client.run(ports, request, build_calls(image_request))
    headers = client.served_headers(image_request.model, replies)
    return await client.read_each(replies, read_image), headers


async def publish_image(picture: Picture, request: Request, ports: Ports) -> str:
    """Stores an image and returns its address, a ``data:`` URL if it cannot be stored."""
    if ports.files is None:
        return write_data_url(picture.encoded(), picture.content_type)
    return await keep_file(picture.decoded(), picture.content_type, ports, request)
