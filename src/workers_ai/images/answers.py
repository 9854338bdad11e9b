"""Reads answers of image models: base64 in JSON, or the bare file, recognised by their bytes."""

import binascii
import re
from typing import NamedTuple

from core.errors import Upstream
from core.limits import MEDIA_ANSWER_BYTES
from core.ports import Reply
from core.web import Buffer
from media.image_size import HEAD, Size, read_dimensions
from media.sniffing import sniff
from workers_ai.client import request_id_header
from workers_ai.errors import ERROR_BODY_LIMIT, find_error

_KEY = re.compile(rb'"(?:image|images|b64_json)"\s*:\s*\[?\s*"')
_QUOTE = ord('"')
_ESCAPE = re.compile(rb"\\(?:u00([0-9A-Fa-f]{2})|([^u]))", re.DOTALL)
_GLANCE = 4_096
"""Bytes or characters to look at first: enough for the size of the images that models make."""


class Picture(NamedTuple):
    """An image as it came, in one of two forms, converted to the other one on request.

    ``data`` is the file, or with ``is_base64`` the inside of a string of the upstream's own JSON:
    so a megabyte is passed on without being decoded. ``size`` is (width, height) in pixels, None if
    the file does not say.
    """

    content_type: str
    size: Size | None
    data: Buffer
    is_base64: bool

    def in_json(self) -> bytes | Buffer:
        """Returns base64 as the inside of a JSON string: what upstream escaped stays escaped."""
        return self.data if self.is_base64 else self.encoded()

    def encoded(self) -> bytes:
        """Returns plain base64."""
        data = self.data.read()
        return _plain(data) if self.is_base64 else binascii.b2a_base64(data, newline=False)

    def decoded(self) -> bytes | Buffer:
        """Returns the file. Raises :class:`Upstream` if the base64 is broken."""
        return _decode(self.data.read()) if self.is_base64 else self.data


async def read_image(reply: Reply) -> Picture:
    """Reads the image in an answer. Raises the :class:`APIError` that it holds in its place, or
    :class:`Upstream`."""
    body = await reply.buffer(MEDIA_ANSWER_BYTES)
    head = body.read(0, _GLANCE)
    content_type = sniff(head)
    if content_type:
        size = read_dimensions(head) or read_dimensions(body.read(0, HEAD))
        return Picture(content_type, size, body, is_base64=False)
    error = find_error(body.read()) if body.size <= ERROR_BODY_LIMIT else None
    if error is not None:
        error.headers.update(request_id_header(reply))
        raise error
    text = _literal(body, head)
    head = _decode(text.read(0, _GLANCE))
    content_type = sniff(head)
    if content_type is None:
        raise _no_image()
    size = read_dimensions(head) or read_dimensions(_decode(text.read(0, HEAD // 3 * 4)))
    return Picture(content_type, size, text, is_base64=True)


def _literal(body: Buffer, head: bytes) -> Buffer:
    """Finds the inside of the JSON string that holds the image; of a data URL, its data."""
    key = _KEY.search(head) or _KEY.search(body.read())
    start = key.end() if key else body.size
    end = body.find(_QUOTE, start)
    begins = body.read(start, start + 100)
    if begins.startswith(b"data:"):
        comma = begins.find(b",")
        start = start + comma + 1 if comma > 0 else end
    if end <= start:
        raise _no_image()
    return body.slice(start, end)


def _plain(data: bytes) -> bytes:
    """Removes JSON's escapes: some writers have ``\\/`` for a slash, or ``\\u002B`` for a plus."""
    if b"\\" not in data:
        return data
    return _ESCAPE.sub(lambda escape: escape[2] or bytes.fromhex(escape[1].decode()), data)


def _decode(text: bytes) -> bytes:
    """Decodes the base64 of a file or of its beginning; some leave out the padding."""
    data = _plain(text).rstrip(b"=")
    data = data[:-1] if len(data) % 4 == 1 else data
    try:
        return binascii.a2b_base64(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        raise _no_image() from None


def _no_image() -> Upstream:
    return Upstream("The model's answer holds no image.")
