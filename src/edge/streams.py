"""Streamed answers: upstream bytes through a converter to the client, at about 5 µs a token.

A read that waits for ``min`` bytes costs one crossing into Python however many tokens it brings,
so ``min`` doubles from 1, which passes on the first token at once, up to a limit. Reads and writes
are synchronous callbacks of the platform's own streams, so cancellation and backpressure come with
them and no asyncio task is involved. A TransformStream would cost 60 µs a token, an asyncio loop
190 µs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from js import Object, Promise, ReadableStream, Uint8Array
from pyodide.ffi import JsException, create_proxy, to_js

from core.errors import APIError, truncated
from core.log import log_exception
from core.web import Outcome, Source, Stream
from edge.functions import functions
from edge.promises import chain, ignore_outcome, start_call
from edge.values import to_small_object, to_uint8_array

if TYPE_CHECKING:
    from typing import TypeVar

    from js import (
        PromiseWithResolvers,
        ReadableStreamController,
        ReadableStreamReader,
        ReadableStreamReadResult,
    )

    T = TypeVar("T")

NATIVE_FRAME = 48
"""Bytes of a one-token frame of a native model, in which the flush limit is counted. Frames of
OpenAI's shape are some five times as wide, and a read may wait for as many tokens of them."""
VIEW_BYTES = 16_384
MAX_QUEUED = 8
"""Pieces that may wait for a slow client before reading pauses."""


def readable_stream(stream: Stream) -> ReadableStream:
    """A JavaScript ReadableStream of the answer."""
    functions.prepare()
    return _Pump(stream).readable


class _Pump:
    """The output side. A pull lasts, as an unresolved promise, for as long as the client keeps up:
    the platform pulls again only after it, so that flowing bytes cost no crossings for pulls."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._head = stream.head
        self._controller: ReadableStreamController  # comes with the first pull
        self._pending_pull: PromiseWithResolvers | None = None
        self._is_over = False
        self._readers = [_UpstreamReader(source, stream.flush, self) for source in stream.sources]
        self._callbacks = [create_proxy(self._on_pull), create_proxy(self._on_cancel)]
        pull, cancel = self._callbacks
        self.readable = ReadableStream.new(
            to_js({"pull": pull, "cancel": cancel}, dict_converter=Object.fromEntries),
            to_small_object({"highWaterMark": MAX_QUEUED}),
        )

    def run_step(self, step: Callable[..., T], *args: object) -> T | None:
        """Takes a step of a callback. What that raises ends the answer with an error event:
        thrown into JavaScript it would break the transfer, and be told with its traceback."""
        try:
            return step(*args)
        except Exception as error:
            self.fail(error)
            return None

    def _on_pull(self, controller: ReadableStreamController) -> Promise[None] | None:
        """Gives the promise that lasts until the client is slower than the model."""
        self._controller = controller
        return self.run_step(self._pull)

    def _pull(self) -> Promise[None] | None:
        if self._is_over:
            self._close_when_taken()
            return None
        self._pending_pull = Promise.withResolvers()
        promise = self._pending_pull.promise
        head, self._head = self._head, b""
        self.send(head)
        for reader in self._readers:
            reader.read()
        return promise

    @property
    def has_room(self) -> bool:
        """Whether the client can take more now."""
        return not self._is_over and self._controller.desiredSize > 0

    def resolve_pull(self) -> None:
        pull, self._pending_pull = self._pending_pull, None
        if pull is not None:
            pull.resolve()

    def _on_cancel(self, _reason: object = None) -> None:
        has_left, self._is_over = not self._is_over, True
        self.run_step(self._stop)
        if has_left:
            self.run_step(self._stream.finished, "left")
        self._release()

    def send(self, data: bytes) -> None:
        if data:
            self._controller.enqueue(to_uint8_array(data))

    def on_reader_ended(self) -> None:
        """A reader has come to its end; the last one ends the answer."""
        if all(reader.has_ended for reader in self._readers):
            self.finish("complete", self._stream.tail())

    def fail(self, error: Exception) -> None:
        """Ends the answer with an error event."""
        if not isinstance(error, APIError):
            log_exception(error)
        if self._is_over:
            return
        try:
            last = self._stream.fail(error)
        except Exception as another:
            log_exception(another)
            last = b""
        self.finish("failed", last)

    def finish(self, outcome: Outcome, last: bytes = b"") -> None:
        """Ends the answer at once, with these bytes."""
        if self._is_over:
            return
        self._is_over = True
        self._stop()
        self._stream.finished(outcome)
        self.send(last)
        self.resolve_pull()
        self._close_when_taken()

    def _stop(self) -> None:
        for reader in self._readers:
            reader.stop()

    def _close_when_taken(self) -> None:
        """Closing with something left would let a client that goes away call a proxy that is
        gone. Every piece that is taken brings another pull."""
        if self._controller.desiredSize >= MAX_QUEUED:
            self._controller.close()
            self._release()

    def _release(self) -> None:
        self.resolve_pull()
        for proxy in self._callbacks:
            proxy.destroy()
        self._callbacks = []


class _UpstreamReader:
    """One upstream: at most one read under way, its bytes converted as they come."""

    def __init__(self, source: Source, flush: int, pump: _Pump) -> None:
        self._upstream: ReadableStream | None = source.upstream
        self._converter = source.converter
        self._pump = pump
        self._flush = flush
        self._min_bytes = 1
        self._bytes_read = 0
        self._reader: ReadableStreamReader | None = None
        self._view: Uint8Array | None = None
        self._is_reading = False
        self._callbacks = [create_proxy(self._on_read), create_proxy(self._on_error)]
        self.has_ended = False
        self._read_options = Object.new()

    def read(self) -> None:
        if self._is_reading or self.has_ended:
            return
        if self._upstream is None:
            self._end()
            return
        if self._reader is None:
            self._reader = self._open(self._upstream)
        reader = self._reader
        if self._view is None:
            reading = start_call(reader.read, reader)
        else:
            if self._view.byteLength < self._min_bytes:
                self._view = Uint8Array.new(self._min_bytes)
            self._read_options.min = self._min_bytes
            reading = start_call(reader.read, reader, self._view, self._read_options)
        chain(reading, *self._callbacks)
        self._is_reading = True

    def _open(self, upstream: ReadableStream) -> ReadableStreamReader:
        try:
            reader = upstream.getReader(to_small_object({"mode": "byob"}))
        except JsException:
            # Not a byte stream; then pieces come as the upstream cuts them.
            return upstream.getReader()
        self._view = Uint8Array.new(VIEW_BYTES)
        return reader

    def _on_read(self, result: ReadableStreamReadResult) -> None:
        self._is_reading = False
        if not self.has_ended:
            self._pump.run_step(self._take, result)
        self._release_if_ended()

    def _on_error(self, _reason: object) -> None:
        self._is_reading = False
        if not self.has_ended:
            self._pump.run_step(self._pump.fail, truncated())
        self._release_if_ended()

    def _take(self, result: ReadableStreamReadResult) -> None:
        value, is_over = result.value, result.done
        if value is not None and value.byteLength:
            data = value.to_bytes()
            self._pump.send(self._converter.feed(data))
            self._grow_min_bytes(len(data))
        if self._view is not None and value is not None:
            self._view = Uint8Array.new(value.buffer)
        if is_over or self._converter.done or self._converter.failed:
            self._end(cancel=not is_over)
        elif self._pump.has_room:
            self.read()
        else:
            self._pump.resolve_pull()  # the client's next pull reads on

    def _grow_min_bytes(self, size: int) -> None:
        self._bytes_read += size
        width = self._bytes_read / max(1, self._converter.events)
        limit = self._flush * max(1.0, width / NATIVE_FRAME)
        self._min_bytes = int(max(1, min(self._min_bytes * 2, limit)))

    def _end(self, *, cancel: bool = False) -> None:
        self.stop(cancel=cancel)
        if not self._converter.failed:
            self._pump.send(self._converter.close())
        if self._converter.failed:
            self._pump.finish("failed")  # its error event is out
        else:
            self._pump.on_reader_ended()

    def stop(self, *, cancel: bool = True) -> None:
        """Reads no more; nor does anybody else, unless the upstream has ended by itself."""
        if self.has_ended:
            return
        self.has_ended = True
        source = self._upstream if self._reader is None else self._reader
        if cancel and source is not None:
            ignore_outcome(start_call(source.cancel, source))
        self._release_if_ended()

    def _release_if_ended(self) -> None:
        """A read that is under way still calls in, even after a cancel."""
        if self.has_ended and not self._is_reading:
            callbacks, self._callbacks = self._callbacks, []
            for callback in callbacks:
                callback.destroy()
