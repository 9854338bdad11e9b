"""Images in ``data:`` URLs (RFC 2397): checked, and in one spelling.

Every refusal is a 400 with the code ``invalid_image_url`` that names the request's parameter and
quotes nothing.
"""

import binascii
import re
from urllib.parse import unquote, unquote_to_bytes

from core.errors import BadRequest
from core.limits import IMAGE_BYTES
from media.sniffing import DECLARED_FORMATS, FORMATS, sniff

_DECLARED = re.compile(r"image/[a-z0-9.+-]+")

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_URL_SAFE = str.maketrans("-_", "+/")


def normalize_data_url(url: str, param: str) -> str:
    """Returns a ``data:`` URL with the image's true media type, in base64; a correct one unchanged.

    The bytes decide on the type. A type that :func:`sniff` does not know is believed, unless
    it claims to be one that it does. Costs two passes over the text, no decoding. Raises
    :class:`BadRequest`.
    """
    head, comma, payload = url.partition(",")
    declared, *attributes = head[5:].lower().replace(" ", "").split(";")
    if not comma:
        raise invalid_image("The image's data URL has no comma and so no data.", param)
    if attributes[-1:] == ["base64"]:
        payload = _repaired_base64(payload, param)
    else:
        payload = _encode(unquote_to_bytes(payload.encode("utf-8", "replace")))
    if len(payload) // 4 * 3 - payload.count("=", -2) > IMAGE_BYTES:
        raise image_too_large(param)
    media_type = sniff(binascii.a2b_base64(payload[:64]))
    if media_type is None and payload and not DECLARED_FORMATS.fullmatch(declared):
        media_type = declared if _DECLARED.fullmatch(declared) else None
    if media_type is None:
        raise invalid_image(f"The image's data is not {FORMATS}.", param)
    return _data_url(media_type, payload)


def _repaired_base64(text: str, param: str) -> str:
    """Returns standard base64 from what clients also send: percent-encoded, with line ends, with
    the URL-safe alphabet, without padding."""
    body = text.rstrip("=")
    if not _is_base64(body):
        text = "".join(unquote(text).split()).translate(_URL_SAFE)
        body = text.rstrip("=")
    if not _is_base64(body) or len(body) % 4 == 1 or len(text) - len(body) > 2:
        raise invalid_image("The image's data is not valid base64.", param)
    padding = -len(body) % 4
    return text if len(text) - len(body) == padding else body + "=" * padding


def _is_base64(text: str) -> bool:
    return text.isascii() and not text.encode().translate(None, _BASE64)


def _encode(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).decode()


def write_data_url(media_type: str, data: bytes) -> str:
    return _data_url(media_type, _encode(data))


def _data_url(media_type: str, payload: str) -> str:
    return f"data:{media_type};base64,{payload}"


def image_too_large(param: str) -> BadRequest:
    return invalid_image(f"The image is larger than {IMAGE_BYTES // 1024 // 1024} MB.", param)


def invalid_image(message: str, param: str) -> BadRequest:
    return BadRequest(message, code="invalid_image_url", param=param)
