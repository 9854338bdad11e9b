"""Streamed answers: upstream bytes through a converter to the client, at about 5 µs a token.

A read that waits for ``min`` bytes costs one crossing into Python however many tokens it brings,
so ``min`` doubles from 1, which passes on the first token at once, up to a limit. Reads and writes
are synchronous callbacks of the platform's own streams, so cancellation and backpressure come with
them and no asyncio task is involved. A TransformStream would cost 60 µs a token, an asyncio loop
190 µs.
"""

from typing import Any

from js import Array, Object, Promise, ReadableStream, Uint8Array
from pyodide.ffi import JsException, create_proxy, to_js

from edge.values import js_bytes, small_object, then_of
from errors import truncated
from web import Source, Stream

NATIVE_FRAME = 48
"""Bytes of a one-token frame of a native model, in which the flush limit is counted. Frames of
OpenAI's shape are some five times as wide, and a read may wait for as many tokens of them."""
VIEW = 16_384
AHEAD = 8
"""Pieces that may wait for a slow client before reading pauses."""


def readable(stream: Stream) -> Any:
    """A JavaScript ReadableStream of the answer."""
    return _Pump(stream).readable


class _Pump:
    """The output side. A pull lasts, as an unresolved promise, for as long as the client keeps up:
    the platform pulls again only after it, so that flowing bytes cost no crossings for pulls."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._controller: Any = None
        self._pulled: Any = None
        self._over = False
        self._taps = [_Tap(source, stream.flush, self) for source in stream.sources]
        self._proxies = [create_proxy(self._pull), create_proxy(self._cancel)]
        pull, cancel = self._proxies
        self.readable = ReadableStream.new(
            to_js({"pull": pull, "cancel": cancel}, dict_converter=Object.fromEntries),
            small_object({"highWaterMark": AHEAD}),
        )

    def _pull(self, controller: Any) -> Any:
        """Gives the promise that lasts until the client is slower than the model."""
        if self._over:
            self._close_when_taken()
            return None
        if self._controller is None:
            self._controller = controller
            self.send(self._stream.head)
        self._pulled = Promise.withResolvers()
        pulled = self._pulled.promise
        for tap in self._taps:
            tap.read()
        return pulled

    @property
    def flowing(self) -> bool:
        """Whether the client can take more now; if not, its next pull reads on."""
        if not self._over and self._controller.desiredSize > 0:
            return True
        self._pause()
        return False

    def _pause(self) -> None:
        pulled, self._pulled = self._pulled, None
        if pulled is not None:
            pulled.resolve()

    def _cancel(self, _reason: Any = None) -> None:
        self._over = True
        for tap in self._taps:
            tap.cancel()
        self._release()

    def send(self, data: bytes) -> None:
        if data:
            self._controller.enqueue(js_bytes(data))

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
        self.send(last)
        self._pause()
        self._close_when_taken()

    def _close_when_taken(self) -> None:
        """Closing with something left would let a client that goes away call a proxy that is
        gone. Every piece that is taken brings another pull."""
        if self._controller.desiredSize >= AHEAD:
            self._controller.close()
            self._release()

    def _release(self) -> None:
        self._pause()
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
        self._then = then_of()
        self._callbacks: tuple[Any, ...] = (
            create_proxy(self._on_read),
            create_proxy(self._on_error),
        )
        self.ended = False
        self._once = Array.of(0)
        self._options = Object.new()
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
        read = self._reader.read
        if self._view is None:
            read = read.bind(self._reader)
        else:
            if self._view.byteLength < self._min:
                self._view = Uint8Array.new(self._min)
            self._options.min = self._min
            read = read.bind(self._reader, self._view, self._options)
        # As in promise_of: the promise itself, and no future for what ``then`` gives.
        promise = self._once.map(read)[0]
        self._once.forEach(self._then.bind(promise, *self._callbacks))

    def _on_read(self, result: Any) -> None:
        self._reading = False
        try:
            if not self.ended:
                self._take(result)
        except Exception as error:
            self._pump.broken(error)
        self._release_if_ended()

    def _on_error(self, _reason: Any) -> None:
        self._reading = False
        if not self.ended:
            self._pump.broken(truncated())
        self._release_if_ended()

    def _release_if_ended(self) -> None:
        """A read that is under way still calls in, even after a cancel."""
        if self.ended and not self._reading:
            callbacks, self._callbacks = self._callbacks, ()
            for callback in callbacks:
                callback.destroy()

    def _take(self, result: Any) -> None:
        value, over = result.value, result.done
        if value is not None and value.byteLength:
            data = value.to_bytes()
            self._pump.send(self._converter.feed(data))
            self._grow(len(data))
        if self._view is not None and value is not None:
            self._view = Uint8Array.new(value.buffer)
        if over or self._converter.done or self._converter.failed:
            self._end(cancel=not over)
        elif self._pump.flowing:
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
            self._release_if_ended()


def _ignore(_reason: Any) -> None:
    """An upstream that was given up may say so; nobody is left to tell."""
