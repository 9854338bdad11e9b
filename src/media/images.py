"""Fetches the images of a request that are given by addresses of the web.

Workers AI takes data URLs only, so they become such.
"""

from collections.abc import Mapping, Sequence
from time import monotonic
from typing import NamedTuple
from urllib.parse import urljoin

from core.errors import AnswerTooLarge, APIError, TooLarge, UpstreamTimeout
from core.limits import IMAGE_BYTES, IMAGE_FETCH_SECONDS, IMAGE_REDIRECTS, IMAGES_BYTES
from core.ports import MAX_PARALLEL_CALLS, Fetch, Reply
from media.data_urls import image_too_large, invalid_image, write_data_url
from media.sniffing import FORMATS, sniff
from untrusted.public_url import normalize_public_url

_REDIRECTS = {301, 302, 303, 307, 308}


class _Visit(NamedTuple):
    """A page to fetch on the way to the image at ``address``."""

    address: str
    param: str
    url: str
    redirects: int = 0


async def fetch_images(
    params: Mapping[str, Sequence[str]], fetch: Fetch, remaining: int
) -> dict[str, str]:
    """Returns images of the public web by their addresses, as ``data:`` URLs with their true media
    types, in base64.

    ``params``: the parameters of the request that have each address. An image has at most
    :data:`IMAGE_BYTES`. Nothing is fetched before all addresses have been checked. Raises
    :class:`BadRequest`, and :class:`TooLarge` if they would make the request larger by more than
    ``remaining`` characters.
    """
    images: dict[str, str] = {}
    visits = [
        _Visit(address, uses[0], _public_url(address, uses[0])) for address, uses in params.items()
    ]
    deadline = monotonic() + IMAGE_FETCH_SECONDS
    while visits:
        batch, visits = visits[:MAX_PARALLEL_CALLS], visits[MAX_PARALLEL_CALLS:]
        replies = await _fetch_pages(batch, fetch, deadline)
        for place, (visit, reply) in enumerate(zip(batch, replies, strict=True)):
            try:
                image = await _read_page(visit, reply)
                if isinstance(image, _Visit):
                    visits.insert(0, image)
                    continue
                remaining -= len(image) * len(params[visit.address])
                if remaining < 0:
                    raise images_too_large(visit.param)
            except APIError:
                for other in replies[place + 1 :]:
                    if not isinstance(other, OSError):
                        await other.cancel()
                raise
            images[visit.address] = image
    return images


def images_too_large(param: str) -> TooLarge:
    size = IMAGES_BYTES // 1024 // 1024
    return TooLarge(f"The images of this request are larger than {size} MB in all.", param=param)


async def _fetch_pages(
    visits: list[_Visit], fetch: Fetch, deadline: float
) -> list[Reply | OSError]:
    seconds = deadline - monotonic()
    try:
        if seconds > 0:
            return await fetch([visit.url for visit in visits], {"accept": "image/*"}, seconds)
    except OSError:
        pass
    raise _too_slow(visits[0].param)


async def _read_page(visit: _Visit, reply: Reply | OSError) -> str | _Visit:
    """Returns the image as a ``data:`` URL, or the visit that a redirect leads to."""
    param = visit.param
    if isinstance(reply, OSError):
        raise invalid_image("The image could not be fetched (no connection).", param)
    location = reply.header("location") if reply.status in _REDIRECTS else None
    if location is None:
        data = await _read_body(reply, param)
        media_type = sniff(data)
        if media_type is None:
            raise invalid_image(f"What the image URL leads to is not {FORMATS}.", param)
        return write_data_url(media_type, data)
    await reply.cancel()
    if visit.redirects == IMAGE_REDIRECTS:
        raise invalid_image("The image could not be fetched (too many redirects).", param)
    try:
        url = urljoin(visit.url, location)
    except ValueError:
        raise invalid_image("The image could not be fetched (bad redirect).", param) from None
    return visit._replace(url=_public_url(url, param), redirects=visit.redirects + 1)


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
        except AnswerTooLarge:
            raise image_too_large(param) from None
        except UpstreamTimeout:
            raise _too_slow(param) from None
        except OSError:
            raise invalid_image(
                "The image could not be fetched (connection lost).", param
            ) from None
    await reply.cancel()
    raise error


def _too_slow(param: str) -> APIError:
    return invalid_image("The image could not be fetched (it took too long).", param)
