"""Loads images that a client sends: as a ``data:`` URL, or by the address of a web page.

Workers AI takes data URLs only, so both become one.
"""

from urllib.parse import urljoin

from core.errors import TooLarge
from core.limits import IMAGE_BYTES, IMAGE_REDIRECTS
from core.ports import Fetch, Reply
from media.data_urls import (
    image_too_large,
    invalid_image,
    normalize_data_url,
    write_data_url,
)
from media.sniffing import FORMATS, sniff
from untrusted.public_url import normalize_public_url

_REDIRECTS = {301, 302, 303, 307, 308}


async def load_image(url: str, fetch: Fetch, param: str) -> str:
    """Returns the image as a ``data:`` URL with its true media type, in base64.

    Takes a ``data:`` URL or the address of an image on the public web, at most
    :data:`IMAGE_BYTES` of image. Raises :class:`BadRequest`.
    """
    url = url.strip()
    if url[:5].lower() == "data:":
        return normalize_data_url(url, param)
    for _ in range(1 + IMAGE_REDIRECTS):
        url = _public_url(url, param)
        try:
            reply = await fetch(url, {"accept": "image/*"})
        except OSError:
            raise invalid_image("The image could not be fetched (no connection).", param) from None
        location = reply.header("location") if reply.status in _REDIRECTS else None
        if location is None:
            data = await _read_body(reply, param)
            media_type = sniff(data)
            if media_type is None:
                raise invalid_image(f"What the image URL leads to is not {FORMATS}.", param)
            return write_data_url(media_type, data)
        await reply.cancel()
        try:
            url = urljoin(url, location)
        except ValueError:
            raise invalid_image("The image could not be fetched (bad redirect).", param) from None
    raise invalid_image("The image could not be fetched (too many redirects).", param)


def _public_url(url: str, param: str) -> str:
    try:
        return normalize_public_url(url)
    except ValueError as error:
        raise invalid_image(f"The image URL {error}", param) from None


async def _read_body(reply: Reply, param: str) -> bytes:
    """Returns the whole body of a 200; cancels any other reply and raises a 400."""
    length = reply.header("content-length") or ""
    if reply.status != 200:
        error = invalid_image(f"The image could not be fetched (status {reply.status}).", param)
    elif length.isdecimal() and (len(length) > 15 or int(length) > IMAGE_BYTES):
        error = image_too_large(param)
    else:
        try:
            return await reply.read(IMAGE_BYTES)
        except TooLarge:
            raise image_too_large(param) from None
        except OSError:
            raise invalid_image(
                "The image could not be fetched (connection lost).", param
            ) from None
    await reply.cancel()
    raise error
