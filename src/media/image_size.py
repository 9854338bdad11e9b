"""Reads the width and height of an image from its first bytes, without decoding it."""

from collections.abc import Callable, Mapping

from media.sniffing import sniff

HEAD = 65_536
"""Bytes that are enough for nearly every file: a JPEG's size stands behind its metadata."""

Size = tuple[int, int]


def read_dimensions(head: bytes) -> Size | None:
    """Returns width and height in pixels; None if the bytes do not have them or one is zero."""
    reader = _READERS.get(sniff(head) or "")
    size = reader(head) if reader else None
    return size if size and all(size) else None


def _png(head: bytes) -> Size | None:
    """PNG, 11.2.2: IHDR is the first chunk, and begins with both as 32 bits."""
    if head[12:16] != b"IHDR" or len(head) < 24:
        return None
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")


def _jpeg(head: bytes) -> Size | None:
    """ITU T.81, B.2.2: in the start-of-frame segment, behind others of stated lengths."""
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker = head[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = head[at + 5 : at + 7], head[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        else:
            at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    return None


def _gif(head: bytes) -> Size | None:
    return (_little(head[6:8]), _little(head[8:10])) if len(head) >= 10 else None


def _webp(head: bytes) -> Size | None:
    """The three layouts of https://developers.google.com/speed/webp/docs/riff_container."""
    if len(head) < 30:
        return None
    layout = head[12:16]
    if layout == b"VP8X":
        return 1 + _little(head[24:27]), 1 + _little(head[27:30])
    if layout == b"VP8L":
        bits = _little(head[21:25])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if layout == b"VP8 ":
        return _little(head[26:28]) & 0x3FFF, _little(head[28:30]) & 0x3FFF
    return None


def _bmp(head: bytes) -> Size | None:
    """A negative height means that the rows go downwards."""
    if len(head) < 26:
        return None
    width, height = (int.from_bytes(head[at : at + 4], "little", signed=True) for at in (18, 22))
    return abs(width), abs(height)


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")


_READERS: Mapping[str, Callable[[bytes], Size | None]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/gif": _gif,
    "image/webp": _webp,
    "image/bmp": _bmp,
}
