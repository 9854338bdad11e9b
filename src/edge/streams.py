"""Streamed answers: upstream bytes through a converter to the client, at about 5 µs a token.

A read that waits for ``min`` bytes costs one crossing into Python however many tokens it brings,
so ``min`` doubles from 1, which passes on the first token at once, up to a limit. The client's
pulls start the reads, so backpressure and cancellation come with the platform, and no asyncio
task is involved. A TransformStream would cost 60 µs a token, an asyncio loop 190 µs.
"""

from typing import Any

from js import Object, ReadableStream, Uint8Array
from pyodide.ffi import JsException, create_proxy, to_js

from edge.values import js_bytes, small_object
from errors import truncated
from web import Source, Stream

NATIVE_FRAME = 48
"""Bytes of a one-token frame of a native model, in which the flush limit is counted. Frames of
OpenAI's shape are some five times as wide, and a read may wait for as many tokens of them."""
VIEW = 16_384


def readable(stream: Stream) -> Any:
    """A JavaScript ReadableStream of the answer."""
    return _Pump(stream).readable


class _Pump:
    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._controller: Any = None
        self._over = False
        self._taps = [_Tap(source, stream.flush, self) for source in stream.sources]
        self._proxies = [create_proxy(self._pull), create_proxy(self._cancel)]
        pull, cancel = self._proxies
        self.readable = ReadableStream.new(
            to_js({"pull": pull, "cancel": cancel}, dict_converter=Object.fromEntries)
        )

    def _pull(self, controller: Any) -> None:
        """Called when the client can take more; it enqueues later, when a read has come back."""
        if self._over:
            # All has been taken, so this closes at once and nothing calls in any more.
            controller.close()
            self._release()
            return
        if self._controller is None:
            self._controller = controller
            self.send(self._stream.head)
        for tap in self._taps:
            tap.read()

    def _cancel(self, _reason: Any = None) -> None:
        self._over = True
        for tap in self._taps:
            tap.cancel()
        self._release()

    def send(self, data: bytes) -> bool:
        if data:
            self._controller.enqueue(js_bytes(data))
        return bool(data)

    def ended(self) -> None:
        """A tap has come to its end; the last one ends the answer."""
        if not self._over and all(tap.ended for tap in self._taps):
            self._finish(self._stream.tail())

    def broken(self, error: Exception | None) -> None:
        """Ends the answer at once; without an error, its event has been written already."""
        if self._over:
            return
        for tap in self._taps:
            tap.cancel()
        self._finish(b"" if error is None else self._stream.fail(error))

    def _finish(self, last: bytes) -> None:
        self._over = True
        if not self.send(last):
            self._controller.close()
            self._release()

    def _release(self) -> None:
        for proxy in self._proxies:
            proxy.destroy()
        self._proxies = []


class _Tap:
    """One upstream: at most one read under way, its bytes converted as they come."""

    def __init__(self, source: Source, flush: int, pump: _Pump) -> None:
        self._converter = source.converter
        self._pump = pump
        self._flush = flush
        self._min = 1
        self._size = 0
        self._reading = False
        self.ended = False
        try:
            self._reader = source.upstream.getReader(small_object({"mode": "byob"}))
            self._view: Any = Uint8Array.new(VIEW)
        except JsException:
            # Not a byte stream; then pieces come as the upstream cuts them.
            self._reader = source.upstream.getReader()
            self._view = None

    def read(self) -> None:
        if self._reading or self.ended:
            return
        self._reading = True
        if self._view is None:
            promise = self._reader.read()
        else:
            if self._view.byteLength < self._min:
                self._view = Uint8Array.new(self._min)
            promise = self._reader.read(self._view, small_object({"min": self._min}))
        promise.then(self._on_read, self._on_error)

    def _on_read(self, result: Any) -> None:
        self._reading = False
        if self.ended:
            return
        try:
            self._take(result)
        except Exception as error:
            self._pump.broken(error)

    def _on_error(self, _reason: Any) -> None:
        self._reading = False
        if not self.ended:
            self._pump.broken(truncated())

    def _take(self, result: Any) -> None:
        value, over = result.value, result.done
        sent = False
        if value is not None and value.byteLength:
            data = value.to_bytes()
            sent = self._pump.send(self._converter.feed(data))
            self._grow(len(data))
        if self._view is not None and value is not None:
            self._view = Uint8Array.new(value.buffer)
        if over or self._converter.done or self._converter.failed:
            self._end(cancel=not over)
        elif not sent:
            # The client still waits, and nobody will pull again for it.
            self.read()

    def _grow(self, size: int) -> None:
        self._size += size
        width = self._size / max(1, self._converter.events)
        limit = self._flush * max(1.0, width / NATIVE_FRAME)
        self._min = int(max(1, min(self._min * 2, limit)))

    def _end(self, *, cancel: bool) -> None:
        if cancel:
            self.cancel()
        self.ended = True
        if not self._converter.failed:
            self._pump.send(self._converter.close())
        if self._converter.failed:
            self._pump.broken(None)
        else:
            self._pump.ended()

    def cancel(self) -> None:
        if not self.ended:
            self.ended = True
            self._reader.cancel().catch(_ignore)


def _ignore(_reason: Any) -> None:
    """An upstream that was given up may say so; nobody is left to tell."""
