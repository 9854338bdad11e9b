"""Images to the answers of the image endpoints."""

import time
from collections.abc import Mapping
from typing import Any

from core.ports import Ports
from core.web import JSON, Buffer, JoinedBody, Request, dump_json
from handlers.openai.images.request import OUTPUT_FORMATS, unsupported_output_format
from storage.files import data_url, keep_file
from workers_ai import client
from workers_ai.images.answers import Picture, read_image
from workers_ai.images.inputs import ImageRequest, build_calls

IN_BASE64 = ("gpt-image", "chatgpt-image")
"""Names (their beginnings) of models that always answer in base64 with OpenAI, so that their
clients read nothing else. Others give URLs unless asked."""


async def answer_with_images(
    wanted: ImageRequest, values: Mapping[str, Any], request: Request, ports: Ports
) -> JoinedBody:
    pictures, headers = await generate_images(wanted, request, ports)
    kind = pictures[0].content_type.removeprefix("image/")
    asked = values.get("output_format", kind)
    if asked != kind:
        raise unsupported_output_format([kind])
    default = "b64_json" if values["model"].lower().startswith(IN_BASE64) else "url"
    about: dict[str, Any] = {"quality": wanted.quality, "background": "opaque"}
    if pictures[0].size:
        about["size"] = "{}x{}".format(*pictures[0].size)
    if kind in OUTPUT_FORMATS:
        about["output_format"] = kind
    # Put together by hand, so that a megabyte of base64 is never escaped.
    parts: list[bytes | Buffer] = [b'{"created":%d,"data":[' % time.time()]
    for index, picture in enumerate(pictures):
        between = b"," if index else b""
        if values.get("response_format", default) == "b64_json":
            parts += [between + b'{"b64_json":"', picture.in_json(), b'"}']
        else:
            url = await publish_image(picture, request, ports)
            parts.append(between + dump_json({"url": url}))
    parts.append(b"]," + dump_json(about)[1:])
    return JoinedBody(parts, headers={"content-type": JSON, **headers})


async def generate_images(
    wanted: ImageRequest, request: Request, ports: Ports
) -> tuple[list[Picture], dict[str, str]]:
    """The images, and headers that tell how they were made."""
    replies = await client.run(ports, request, build_calls(wanted))
    return [await read_image(reply) for reply in replies], client.served_headers(
        wanted.model, replies
    )


async def publish_image(picture: Picture, request: Request, ports: Ports) -> str:
    """Where the image is kept, or a ``data:`` URL where there is no store that takes it."""
    if ports.files is None:
        return data_url(picture.encoded(), picture.content_type)
    return await keep_file(picture.decoded(), picture.content_type, ports, request)
