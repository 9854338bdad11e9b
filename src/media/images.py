"""Images that a client sends: as a ``data:`` URL, or by the address of a web page.

Workers AI takes data URLs only, so both become one. Every refusal is a 400 with the code
``invalid_image_url`` that names the request's parameter and quotes nothing.
"""

import binascii
import re
from urllib.parse import unquote, unquote_to_bytes, urljoin

from core.errors import BadRequest, TooLarge
from core.ports import Fetch, Reply
from untrusted.public_url import public_url

MAX_BYTES = 10 * 1024 * 1024
MAX_REDIRECTS = 3

_REDIRECTS = {301, 302, 303, 307, 308}

_SIGNATURES = re.compile(
    rb"(?P<png>\x89PNG\r\n\x1a\n)"
    rb"|(?P<jpeg>\xff\xd8\xff)"
    rb"|(?P<gif>GIF8[79]a)"
    rb"|(?P<webp>RIFF.{4}WEBP)"
    rb"|(?P<avif>.{4}ftypavi[fs])"
    rb"|(?P<bmp>BM.{4}\0{4})",
    re.DOTALL,
)
_KNOWN = "a PNG, JPEG, GIF, WebP, AVIF or BMP image"
_DECLARED_KNOWN = re.compile(r"image/(?:png|jpe?g|gif|webp|avif|bmp)")
_DECLARED = re.compile(r"image/[a-z0-9.+-]+")

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_URL_SAFE = str.maketrans("-_", "+/")


def sniff(head: bytes) -> str | None:
    """The media type of an image by its first bytes (16 are enough), None if unknown."""
    found = _SIGNATURES.match(head)
    return f"image/{found.lastgroup}" if found else None


def guard(url: str, param: str | None = None) -> str:
    """The URL, checked and normalised by :func:`public_url`, or a 400."""
    try:
        return public_url(url)
    except ValueError as error:
        raise _refusal(f"The image URL {error}", param) from None


async def load(url: str, fetch: Fetch, param: str) -> str:
    """The image as a ``data:`` URL with its true media type, in base64.

    Takes a ``data:`` URL or the address of an image on the public web, at most
    :data:`MAX_BYTES` of image. Raises :class:`BadRequest`.
    """
    url = url.strip()
    if url[:5].lower() == "data:":
        return _checked(url, param)
    for _ in range(1 + MAX_REDIRECTS):
        url = guard(url, param)
        try:
            reply = await fetch(url, {"accept": "image/*"})
        except OSError:
            raise _refusal("The image could not be fetched (no connection).", param) from None
        location = reply.header("location") if reply.status in _REDIRECTS else None
        if location is None:
            data = await _body(reply, param)
            media_type = sniff(data)
            if media_type is None:
                raise _refusal(f"What the image URL leads to is not {_KNOWN}.", param)
            return _data_url(media_type, _encoded(data))
        await reply.cancel()
        try:
            url = urljoin(url, location)
        except ValueError:
            raise _refusal("The image could not be fetched (bad redirect).", param) from None
    raise _refusal("The image could not be fetched (too many redirects).", param)


async def _body(reply: Reply, param: str) -> bytes:
    """The whole body of a 200; any other reply is cancelled and a 400 raised."""
    length = reply.header("content-length") or ""
    if reply.status != 200:
        refusal = _refusal(f"The image could not be fetched (status {reply.status}).", param)
    elif length.isdecimal() and (len(length) > 15 or int(length) > MAX_BYTES):
        refusal = _too_large(param)
    else:
        try:
            return await reply.read(MAX_BYTES)
        except TooLarge:
            raise _too_large(param) from None
        except OSError:
            raise _refusal("The image could not be fetched (connection lost).", param) from None
    await reply.cancel()
    raise refusal


def _checked(url: str, param: str) -> str:
    """A ``data:`` URL (RFC 2397), as it came where it is right already.

    The bytes decide on the type. A type that :func:`sniff` does not know is believed, unless
    it claims to be one that it does. Costs two passes over the text, no decoding.
    """
    head, comma, payload = url.partition(",")
    declared, *attributes = head[5:].lower().replace(" ", "").split(";")
    if not comma:
        raise _refusal("The image's data URL has no comma and so no data.", param)
    if attributes[-1:] == ["base64"]:
        payload = _base64(payload, param)
    else:
        payload = _encoded(unquote_to_bytes(payload.encode("utf-8", "replace")))
    if len(payload) // 4 * 3 - payload.count("=", -2) > MAX_BYTES:
        raise _too_large(param)
    media_type = sniff(binascii.a2b_base64(payload[:64]))
    if media_type is None and payload and not _DECLARED_KNOWN.fullmatch(declared):
        media_type = declared if _DECLARED.fullmatch(declared) else None
    if media_type is None:
        raise _refusal(f"The image's data is not {_KNOWN}.", param)
    return _data_url(media_type, payload)


def _base64(text: str, param: str) -> str:
    """Base64 as the standard has it, from what clients also send: percent-encoded, with line
    ends, with the URL-safe alphabet, without padding."""
    body = text.rstrip("=")
    if not _is_base64(body):
        text = "".join(unquote(text).split()).translate(_URL_SAFE)
        body = text.rstrip("=")
    if not _is_base64(body) or len(body) % 4 == 1 or len(text) - len(body) > 2:
        raise _refusal("The image's data is not valid base64.", param)
    padding = -len(body) % 4
    return text if len(text) - len(body) == padding else body + "=" * padding


def _is_base64(text: str) -> bool:
    return text.isascii() and not text.encode().translate(None, _BASE64)


def _encoded(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).decode()


def _data_url(media_type: str, payload: str) -> str:
    return f"data:{media_type};base64,{payload}"


def _too_large(param: str) -> BadRequest:
    return _refusal("The image is larger than 10 MB.", param)


def _refusal(message: str, param: str | None) -> BadRequest:
    return BadRequest(message, code="invalid_image_url", param=param)
