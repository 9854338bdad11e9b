"""What image models answer: base64 in JSON, or the bare file. Told apart by what comes."""

import binascii
import json
import re
from dataclasses import dataclass

from errors import Upstream
from image_header import HEAD, Size, dimensions
from images import sniff
from ports import Reply

_KEY = re.compile(rb'"(?:image|images|b64_json)"\s*:\s*\[?\s*"')
_GLANCE = 4_096
"""Characters of base64 that are decoded first: enough for the size of what models make."""


@dataclass(frozen=True)
class Picture:
    """An image as it came, in one of two forms, and the other form when it is asked for.

    ``base64`` is a view of the upstream's own JSON, so that a megabyte is passed on without
    being decoded. ``size`` is (width, height) in pixels, None where the file does not say.
    """

    content_type: str
    size: Size | None
    file: bytes | None = None
    base64: memoryview | None = None

    def encoded(self) -> bytes | memoryview:
        """As base64, fit to stand in a JSON string."""
        if self.base64 is not None:
            return self.base64
        return binascii.b2a_base64(self.file or b"", newline=False)

    def decoded(self) -> bytes:
        """As a file. Raises :class:`errors.Upstream` where the base64 is broken."""
        return self.file if self.file is not None else _decode(self.base64 or memoryview(b""))


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
    """The characters of the JSON string that holds the image; of a data URL, those after the
    comma. Most writers escape none of them."""
    found = _KEY.search(body)
    start = found.end() if found else len(body)
    end = body.find(b'"', start)
    if body.startswith(b"data:", start):
        start = body.find(b",", start, start + 100) + 1 or end
    if end <= start:
        raise _none()
    if body.find(b"\\", start, end) < 0:
        return memoryview(body)[start:end]
    try:
        text: str = json.loads(b'"' + body[start:end] + b'"')
        return memoryview(text.encode("ascii"))
    except ValueError:
        raise _none() from None


def _decode(text: memoryview) -> bytes:
    """A file from its base64; some leave out the padding."""
    try:
        return binascii.a2b_base64(bytes(text) + b"=" * (-len(text) % 4))
    except binascii.Error:
        raise _none() from None


def _none() -> Upstream:
    return Upstream("The model's answer holds no image.", code="upstream_error")
