"""Images of a given size in every format that is told apart, and a place where files are kept."""

import zlib
from dataclasses import dataclass, field
from typing import Any

from core.ports import StoredFile
from core.web import Buffer, UploadedFile
from support.fakes import FakeReply


def png(width: int = 3, height: int = 2) -> bytes:
    """A real one, black."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + checksum

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    rows = zlib.compress((b"\0" + bytes(width)) * height)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def jpeg(width: int = 3, height: int = 2, metadata: int = 14, marker: int = 0xC0) -> bytes:
    """As far as its size, behind that many bytes of metadata, with fill bytes."""
    frame = b"\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + bytes(10)
    segments = [(0xE0, bytes(metadata)), (0xC4, bytes(20)), (marker, frame)]
    return b"\xff\xd8" + b"\xff\xff".join(
        [b""]
        + [bytes([kind]) + (len(data) + 2).to_bytes(2, "big") + data for kind, data in segments]
        + [b"\xff\xd9"]
    )


def gif(width: int = 3, height: int = 2) -> bytes:
    return b"GIF89a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + bytes(9)


def bmp(width: int = 3, height: int = 2) -> bytes:
    """Its rows go downwards."""
    sides = width.to_bytes(4, "little") + (-height).to_bytes(4, "little", signed=True)
    return b"BM" + bytes(16) + sides + bytes(30)


def webp(layout: bytes, width: int = 3, height: int = 2) -> bytes:
    """In one of its three layouts: ``VP8 ``, ``VP8L`` or ``VP8X``."""
    data = {
        b"VP8 ": bytes(3)
        + b"\x9d\x01\x2a"
        + width.to_bytes(2, "little")
        + height.to_bytes(2, "little"),
        b"VP8L": b"\x2f" + (width - 1 | height - 1 << 14).to_bytes(4, "little"),
        b"VP8X": bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"),
    }[layout]
    return b"RIFF" + bytes(4) + b"WEBP" + layout + bytes(4) + data + bytes(12)


def upload(
    data: bytes | None = None, name: str = "a.png", content_type: str = "application/octet-stream"
) -> UploadedFile:
    """A file of a form, of which no more than its beginning may be read."""
    content = png() if data is None else data

    async def read(most: int | None = None) -> bytes:
        assert most is not None, "the file must not be read into Python"
        return content[:most]

    return UploadedFile(name, content_type, len(content), object(), read)


def bytes_of(data: bytes | Buffer) -> bytes:
    return data if isinstance(data, bytes) else data.read()


class FakeFiles:
    """Keeps files in a dict; ``full`` takes none, as a store does whose day is over."""

    def __init__(self, *, full: bool = False) -> None:
        self.kept: dict[str, Kept] = {}
        self._full = full

    async def put(self, name: str, data: bytes | Buffer, content_type: str, seconds: int) -> None:
        if self._full:
            raise OSError
        self.kept[name] = Kept(bytes_of(data), content_type, seconds)

    async def get(self, name: str) -> StoredFile | None:
        kept = self.kept.get(name)
        if kept is None:
            return None
        body = FakeReply(kept.data)
        return StoredFile(body, kept.content_type, len(kept.data), kept.created)


@dataclass
class Kept:
    data: bytes
    content_type: str
    seconds: int = 60
    created: int = field(default=784_111_777)  # Sun, 06 Nov 1994 08:49:37 GMT


def options_of(call: Any) -> dict[str, Any]:
    """The inputs of a call, those of a form too, but for the prompt and the images."""
    inputs = dict(
        call.inputs.get("multipart").fields if "multipart" in call.inputs else call.inputs
    )
    return {name: value for name, value in inputs.items() if name != "prompt"}
