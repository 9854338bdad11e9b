"""Implements the port :class:`Files`: with R2 if the Worker has a bucket, else with KV."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from core.limits import STORE_SECONDS
from core.ports import StoredFile
from core.web import Buffer
from edge.promises import call_js, ignore_outcome, start_call
from edge.values import to_small_object, to_uint8_array

if TYPE_CHECKING:
    from js import ReadableStream
    from workers import Env, KVNamespace, R2Bucket

UNREADABLE = (AttributeError, TypeError, ValueError)
"""What metadata that somebody else has written raises."""


class R2Files:
    """Keeps files in R2, where nothing expires: their metadata says how long they are valid."""

    def __init__(self, bucket: R2Bucket) -> None:
        self._bucket = bucket

    async def put(self, name: str, data: bytes | Buffer, content_type: str, seconds: int) -> None:
        now = int(time.time())
        options = {
            "httpMetadata": {"contentType": content_type},
            "customMetadata": {"created": str(now), "expires": str(now + seconds)},
        }
        bucket = self._bucket
        value = to_uint8_array(data)
        await call_js(
            bucket.put, bucket, name, value, to_small_object(options), seconds=STORE_SECONDS
        )

    async def get(self, name: str) -> StoredFile | None:
        bucket = self._bucket
        found = await call_js(bucket.get, bucket, name, seconds=STORE_SECONDS)
        if not found:
            return None
        try:
            metadata = found.customMetadata
            has_expired = int(metadata.expires) < time.time()
            file = StoredFile(
                found.body, found.httpMetadata.contentType, found.size, int(metadata.created)
            )
        except UNREADABLE as error:
            _give_up(found.body)
            raise OSError("the file's metadata is not readable") from error
        if has_expired:
            _give_up(found.body)
            return None
        return file


class KVFiles:
    """Keeps files in KV, which deletes expired files by itself."""

    def __init__(self, namespace: KVNamespace) -> None:
        self._namespace = namespace

    async def put(self, name: str, data: bytes | Buffer, content_type: str, seconds: int) -> None:
        value = to_uint8_array(data)
        metadata = {"type": content_type, "size": value.byteLength, "created": int(time.time())}
        options = {"expirationTtl": max(60, seconds), "metadata": metadata}
        namespace = self._namespace
        await call_js(
            namespace.put, namespace, name, value, to_small_object(options), seconds=STORE_SECONDS
        )

    async def get(self, name: str) -> StoredFile | None:
        namespace = self._namespace
        found = await call_js(
            namespace.getWithMetadata, namespace, name, "stream", seconds=STORE_SECONDS
        )
        if not found.value:
            return None
        metadata = found.metadata
        try:
            return StoredFile(found.value, metadata.type, int(metadata.size), int(metadata.created))
        except UNREADABLE as error:
            _give_up(found.value)
            raise OSError("the file's metadata is not readable") from error


def _give_up(body: ReadableStream) -> None:
    ignore_outcome(start_call(body.cancel, body))


def find_file_store(env: Env) -> R2Files | KVFiles | None:
    """Returns the Worker's file store, or None if it has none bound."""
    bucket = getattr(env, "BUCKET", None)
    if bucket:
        return R2Files(bucket)
    namespace = getattr(env, "FILES", None)
    return KVFiles(namespace) if namespace else None
