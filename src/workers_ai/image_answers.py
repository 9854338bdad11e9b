"""What image models answer: base64 in JSON, or the bare file. Told apart by what comes."""

import binascii
import re
from typing import NamedTuple

from errors import Upstream
from image_header import HEAD, Size, dimensions
from images import sniff
from ports import Reply

_KEY = re.compile(rb'"(?:image|images|b64_json)"\s*:\s*\[?\s*"')
_ESCAPE = re.compile(rb"\\(?:u00([0-9A-Fa-f]{2})|([^u]))", re.DOTALL)
_GLANCE = 4_096
"""Characters of base64 that are decoded first: enough for the size of what models make."""


_NOTHING = memoryview(b"")


class Picture(NamedTuple):
    """An image as it came, in one of two forms, and the other form when it is asked for.

    ``base64`` is a view of a string in the upstream's own JSON, so that a megabyte is passed on
    without being decoded. ``size`` is (width, height) in pixels, None where the file does not say.
    """

    content_type: str
    size: Size | None
    file: bytes | None = None
    base64: memoryview = _NOTHING

    def in_json(self) -> bytes | memoryview:
        """In base64, as the inside of a JSON string: what upstream escaped, stays so."""
        return self.base64 if self.file is None else self.encoded()

    def encoded(self) -> bytes:
        """In plain base64."""
        if self.file is None:
            return _plain(self.base64)
        return binascii.b2a_base64(self.file, newline=False)

    def decoded(self) -> bytes:
        """As a file. Raises :class:`errors.Upstream` where the base64 is broken."""
        return _decode(self.base64) if self.file is None else self.file


async def read(reply: Reply) -> Picture:
    """The image in an answer. Raises :class:`errors.Upstream` where there is none."""
    body = await reply.read()
    content_type = sniff(body)
    if content_type:
        return Picture(content_type, dimensions(body[:HEAD]), file=body)
    text = _literal(body)
    head = _decode(text[:_GLANCE])
    content_type = sniff(head)
    if content_type is None:
        raise _none()
    size = dimensions(head) or dimensions(_decode(text[: HEAD // 3 * 4]))
    return Picture(content_type, size, base64=text)


def _literal(body: bytes) -> memoryview:
    """The inside of the JSON string that holds the image; of a data URL, its data."""
    found = _KEY.search(body)
    start = found.end() if found else len(body)
    end = body.find(b'"', start)
    if body.startswith(b"data:", start):
        start = body.find(b",", start, start + 100) + 1 or end
    if end <= start:
        raise _none()
    return memoryview(body)[start:end]


def _plain(text: memoryview) -> bytes:
    """Without JSON's escapes: some writers have ``\\/`` for a slash, or ``\\u002B`` for a plus."""
    data = bytes(text)
    if b"\\" not in data:
        return data
    return _ESCAPE.sub(lambda found: found[2] or bytes.fromhex(found[1].decode()), data)


def _decode(text: memoryview) -> bytes:
    """A file from its base64, or the beginning of one; some leave out the padding."""
    data = _plain(text).rstrip(b"=")
    data = data[:-1] if len(data) % 4 == 1 else data
    try:
        return binascii.a2b_base64(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        raise _none() from None


def _none() -> Upstream:
    return Upstream("The model's answer holds no image.")
