"""Detects the format of an image by its first bytes."""

import re

_SIGNATURES = re.compile(
    rb"(?P<png>\x89PNG\r\n\x1a\n)"
    rb"|(?P<jpeg>\xff\xd8\xff)"
    rb"|(?P<gif>GIF8[79]a)"
    rb"|(?P<webp>RIFF.{4}WEBP)"
    rb"|(?P<avif>.{4}ftypavi[fs])"
    rb"|(?P<bmp>BM.{4}\0{4})",
    re.DOTALL,
)

FORMATS = "a PNG, JPEG, GIF, WebP, AVIF or BMP image"
"""The formats above in words, for error messages."""
DECLARED_FORMATS = re.compile(r"image/(?:png|jpe?g|gif|webp|avif|bmp)")
"""Media types by which clients declare them."""


def sniff(head: bytes) -> str | None:
    """Returns the media type of an image from its first bytes (16 are enough), None if unknown."""
    found = _SIGNATURES.match(head)
    return f"image/{found.lastgroup}" if found else None
