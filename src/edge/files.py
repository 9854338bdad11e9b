"""Where generated files are kept: R2 if the Worker has a bucket, else KV."""

import time
from typing import Any

from pyodide.ffi import JsException

from edge.values import js_bytes, small_object
from ports import StoredFile


class BucketFiles:
    """R2. It has no time to live of its own, so the file carries its end with it."""

    def __init__(self, bucket: Any) -> None:
        self._bucket = bucket

    async def put(self, name: str, data: bytes | Any, content_type: str, seconds: int) -> None:
        now = int(time.time())
        options = {
            "httpMetadata": {"contentType": content_type},
            "customMetadata": {"created": str(now), "expires": str(now + seconds)},
        }
        await _kept(self._bucket.put(name, js_bytes(data), small_object(options)))

    async def get(self, name: str) -> StoredFile | None:
        found = await self._bucket.get(name)
        if not found:
            return None
        metadata = found.customMetadata
        if int(metadata.expires) < time.time():
            await found.body.cancel()
            return None
        return StoredFile(
            found.body, found.httpMetadata.contentType, found.size, int(metadata.created)
        )


class NamespaceFiles:
    """KV, which forgets by itself."""

    def __init__(self, namespace: Any) -> None:
        self._namespace = namespace

    async def put(self, name: str, data: bytes | Any, content_type: str, seconds: int) -> None:
        value = js_bytes(data)
        metadata = {"type": content_type, "size": value.byteLength, "created": int(time.time())}
        options = {"expirationTtl": max(60, seconds), "metadata": metadata}
        await _kept(self._namespace.put(name, value, small_object(options)))

    async def get(self, name: str) -> StoredFile | None:
        found = await self._namespace.getWithMetadata(name, "stream")
        if not found.value:
            return None
        metadata = found.metadata
        return StoredFile(found.value, metadata.type, int(metadata.size), int(metadata.created))


async def _kept(writing: Any) -> None:
    try:
        await writing
    except JsException as error:
        raise OSError("the store did not take the file") from error


def files(env: Any) -> BucketFiles | NamespaceFiles | None:
    """The store of this Worker, or None."""
    bucket = getattr(env, "BUCKET", None)
    if bucket:
        return BucketFiles(bucket)
    namespace = getattr(env, "FILES", None)
    return NamespaceFiles(namespace) if namespace else None
