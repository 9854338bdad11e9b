"""Generated files: their names, and the addresses they are served at."""

import binascii
import os
from collections.abc import Mapping

from core.ports import Ports
from core.web import Buffer, Request

EXTENSIONS: Mapping[str, str] = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
    "image/bmp": "bmp",
}


async def keep_file(data: bytes | Buffer, content_type: str, ports: Ports, request: Request) -> str:
    """Stores a file and gives the address it is served at; a ``data:`` URL where there is no store,
    or where it takes no more: what was made has been paid for."""
    name = f"{os.urandom(16).hex()}.{EXTENSIONS.get(content_type, 'bin')}"
    try:
        if ports.files is not None:
            await ports.files.put(name, data, content_type, ports.settings.files_ttl)
            return f"{request.origin}/file/{name}"
    except OSError:
        pass
    data = data if isinstance(data, bytes) else data.read()
    return data_url(binascii.b2a_base64(data, newline=False), content_type)


def data_url(encoded: bytes, content_type: str) -> str:
    """The ``data:`` URL (RFC 2397) of a file in base64."""
    return f"data:{content_type};base64,{encoded.decode('ascii', 'replace')}"
