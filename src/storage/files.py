"""Stores generated files under names that cannot be guessed."""

import binascii
import os
import re
from collections.abc import Mapping

from core.errors import Upstream
from core.ports import Ports, StoredFile
from core.web import Buffer, Request

EXTENSIONS: Mapping[str, str] = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
    "image/bmp": "bmp",
}

_NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{1,8}")


async def keep_file(data: bytes | Buffer, content_type: str, ports: Ports, request: Request) -> str:
    """Stores a file and returns its address, a ``data:`` URL if there is no store or it is full:
    the file has been paid for."""
    name = f"{os.urandom(16).hex()}.{EXTENSIONS.get(content_type, 'bin')}"
    try:
        if ports.files is not None:
            await ports.files.put(name, data, content_type, ports.settings.files_ttl)
            return f"{request.origin}/file/{name}"
    except OSError:
        pass
    data = data if isinstance(data, bytes) else data.read()
    return write_data_url(binascii.b2a_base64(data, newline=False), content_type)


async def find_file(name: str, ports: Ports) -> StoredFile | None:
    """Returns a stored file, None if it is not found or expired. Raises :class:`Upstream`."""
    if ports.files is None or not _NAME.fullmatch(name):
        return None
    try:
        return await ports.files.get(name)
    except OSError:
        raise Upstream("The store of files failed.", code="store_failed", status=503) from None


def write_data_url(encoded: bytes, content_type: str) -> str:
    """Writes the ``data:`` URL (RFC 2397) of a file in base64."""
    return f"data:{content_type};base64,{encoded.decode('ascii', 'replace')}"
