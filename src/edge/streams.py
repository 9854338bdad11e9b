"""Streams answers: reads upstream bytes, converts them and sends them on, at about 5 µs a token.

A read that waits for at least ``min`` bytes costs one crossing into Python however many tokens it
brings. So ``min`` starts at 1, which passes on the first token at once, and grows up to what comes
in a quarter of a second at the model's pace, or up to a limit.
Reads and writes are synchronous callbacks of the platform's own streams: cancellation and
backpressure come with them, and no asyncio task is involved. A TransformStream would cost 60 µs a
token, an asyncio loop 190 µs.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from js import (
    Function,
    Object,
    Promise,
    Proxy,
    ReadableStream,
    Uint8Array,
    clearTimeout,
    setTimeout,
)
from pyodide.ffi import JsException, create_proxy, to_js

from core.errors import APIError, timed_out, truncated
from core.limits import KEEP_ALIVE_SECONDS, STREAM_SILENCE_SECONDS
from core.log import log_exception
from core.web import Outcome, Source, Stream
from edge.departure import Departure
from edge.functions import functions
from edge.promises import chain, ignore_outcome, start_call, unchain
from edge.values import to_small_object, to_uint8_array

if TYPE_CHECKING:
    from typing import TypeVar

    from js import (
        PromiseWithResolvers,
        ReadableStreamController,
        ReadableStreamReader,
        ReadableStreamReadResult,
    )

    from edge.promises import Chained

    T = TypeVar("T")

NATIVE_FRAME = 48
"""Bytes of a native model's one-token frame, the unit of the setting STREAM_FLUSH_BYTES. Frames in
OpenAI's shape are about five times as wide; a read may wait for the same number of tokens."""

WIDE_FRAME = 768
"""Bytes of the widest frame that a read may wait for a number of. Larger frames hold more than a
token."""

VIEW_BYTES = 16_384
"""Size of the buffer that a read fills; larger only where ``min`` is."""

MAX_PIECE_BYTES = 1024 * 1024
"""What is converted at a time. An upstream that is no byte stream may bring any amount in one
read."""

MAX_QUEUED = 8
"""Pieces that may wait for a slow client before reading pauses."""

PIECE_SECONDS = 0.25
"""What a read may wait for, in time. More would look jerky, and a slow model like a silent one,
because what a read has so far cannot be seen."""

SHORTEST_READ_SECONDS = 0.001
"""Below this, how long a read took says nothing about the pace: its bytes were there already."""


def readable_stream(stream: Stream, departure: Departure | None = None) -> ReadableStream:
    """Returns a JavaScript ReadableStream of the answer. Nothing of it stays once its client has
    cancelled it or, by ``departure``, has gone away."""
    functions.prepare()
    return _Pump(stream, departure or Departure()).open()


class _Pump:
    """Sends the answer to the client: the source of the ReadableStream that the platform reads.

    Each pull returns a promise, and the platform does not pull again until that is resolved. A
    *pending* pull therefore means: "the client keeps up, the readers read on by themselves". It
    stays pending as long as the queue has room, so that flowing bytes cost no crossings for pulls.
    A *resolved* pull means: "the queue is full, no reader is reading on; pull again when it has
    room". So backpressure costs two crossings, and only when a client is slower than the model.
    """

    def __init__(self, stream: Stream, departure: Departure) -> None:
        self._stream = stream
        self._departure = departure
        self._head = stream.head
        self._controller: ReadableStreamController | None = None  # comes with the first pull
        self._pending_pull: PromiseWithResolvers | None = None
        self._is_over = False
        self._sent_at = 0.0
        """When the client was last sent anything, on the clock ``monotonic``."""
        self._readers = [_UpstreamReader(source, stream, self) for source in stream.sources]
        self._timer: object = None
        callbacks = (self._on_pull, self._on_cancel, self._on_timer)
        self._callbacks = [create_proxy(callback) for callback in callbacks]
        self._cancel_trap: Any = None

    def open(self) -> ReadableStream:
        pull, cancel, _ = self._callbacks
        # A function that calls ``cancel`` until ``_release`` takes that away, then does nothing: a
        # client may still cancel a stream that is closed, while there is something in its queue.
        self._cancel_trap = to_js({"apply": cancel}, dict_converter=Object.fromEntries)
        on_cancel = Proxy.new(Function.prototype, self._cancel_trap)
        self._departure.watch(self._on_left)
        return ReadableStream.new(
            to_js({"pull": pull, "cancel": on_cancel}, dict_converter=Object.fromEntries),
            to_small_object({"highWaterMark": MAX_QUEUED}),
        )

    def run_step(self, step: Callable[..., T], *args: object) -> T | None:
        """Runs the work of a callback, which must not raise: an exception that reached JavaScript
        would break the transfer and show its traceback. It ends the answer with an error event
        instead."""
        try:
            return step(*args)
        except Exception as error:
            self.fail(error)
            return None

    # --- callbacks of the platform -----------------------------------------------------------

    def _on_pull(self, controller: ReadableStreamController) -> Promise[None] | None:
        """Called when the queue has room: at the start, and again after each pull that was
        resolved. Never called while a pull is pending or after ``_on_cancel``."""
        self._controller = controller
        return self.run_step(self._pull)

    def _on_cancel(self, *_: object) -> None:
        """Called at most once, when the client goes away before it has everything; also while a
        pull is pending. The platform calls nothing afterwards."""
        self._end("left")
        self._release()

    def _on_left(self) -> None:
        """Called when the client goes away without a word to the stream."""
        self._end("left")
        self._close()

    def _on_timer(self) -> None:
        self.run_step(self._check_silence)

    # --- what the readers call ---------------------------------------------------------------

    @property
    def has_room(self) -> bool:
        """Whether the client can take more now."""
        controller = self._controller
        return not self._is_over and controller is not None and controller.desiredSize > 0

    def send(self, data: bytes) -> None:
        if data and self._controller is not None:
            self._sent_at = monotonic()
            self._controller.enqueue(to_uint8_array(data))

    def resolve_pull(self) -> None:
        """Ends the pending pull, if there is one: the platform pulls again when there is room."""
        pull, self._pending_pull = self._pending_pull, None
        if pull is not None:
            pull.resolve()

    def on_reader_ended(self) -> None:
        """Called when an upstream has ended well; the last one ends the answer."""
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
        """Ends the answer now, with these last bytes."""
        if self._is_over:
            return
        self._end(outcome)
        self.send(last)
        self._close()

    # --- its own work ------------------------------------------------------------------------

    def _pull(self) -> Promise[None] | None:
        if self._departure.has_left:
            self._on_left()
            return None
        self._pending_pull = Promise.withResolvers()
        promise = self._pending_pull.promise
        head, self._head = self._head, b""
        self.send(head)
        for reader in self._readers:
            reader.read()
        if self._timer is None and not self._is_over:
            self._sent_at = monotonic()
            self._set_timer(math.inf)
        return promise

    def _check_silence(self) -> None:
        """Gives up if an upstream is late, and keeps a client that was sent nothing for long. One
        timer looks after all reads and all that is sent: it is set anew only when it fires, for
        when the first of them will be late."""
        now = monotonic()
        deadline = min(
            (reader.deadline for reader in self._readers if reader.is_reading), default=math.inf
        )
        if deadline <= now:
            self.fail(timed_out())
            return
        if self._stream.keep_alive:
            if self._sent_at + KEEP_ALIVE_SECONDS <= now:
                if self.has_room:
                    self.send(self._stream.keep_alive)
                self._sent_at = now  # a client without room has something to read
            deadline = min(deadline, self._sent_at + KEEP_ALIVE_SECONDS)
        self._set_timer(deadline - now)

    def _set_timer(self, seconds: float) -> None:
        # What begins later is not late before the shortest of these is over.
        seconds = min(seconds, STREAM_SILENCE_SECONDS, self._stream.first_byte_seconds)
        if self._stream.keep_alive:
            seconds = min(seconds, KEEP_ALIVE_SECONDS)
        self._timer = setTimeout(self._callbacks[-1], seconds * 1000)

    def _end(self, outcome: Outcome) -> None:
        """Stops all reading and reports how the answer ended, the first time."""
        if self._is_over:
            return
        self._is_over = True
        self._departure.unwatch(self._on_left)
        if self._timer is not None:
            clearTimeout(self._timer)
        for reader in self._readers:
            self.run_step(reader.stop)
        self.run_step(self._stream.finished, outcome)

    def _close(self) -> None:
        """Closes the stream: the platform pulls no more, and hands on what is in its queue."""
        if self._controller is not None:  # else the first pull is still to come, and closes it
            self._controller.close()
            self._release()

    def _release(self) -> None:
        self.resolve_pull()
        self._cancel_trap.apply = None
        for callback in self._callbacks:
            callback.destroy()
        self._callbacks = []
        self._readers = []


class _UpstreamReader:
    """Reads one upstream and converts its bytes as they come; at most one read is under way."""

    def __init__(self, source: Source, stream: Stream, pump: _Pump) -> None:
        self._upstream: ReadableStream | None = source.upstream
        self._converter = source.converter
        self._pump = pump
        self._flush = stream.flush
        self._seconds = stream.first_byte_seconds
        """How long the next read may take."""
        self._read_began = 0.0
        self._last_arrival: float | None = None
        """When the last read ended. What the next one brings has come since then, even if the
        client is slow and it begins later."""
        self._min_bytes = 1
        self._events = 0
        """Events that the converter had counted before the last read."""
        self._reader: ReadableStreamReader | None = None
        self._view: Uint8Array | None = None
        """What the next read fills; None for an upstream that is no byte stream."""
        self._read_options = Object.new()
        self._pending_read: Chained | None = None
        self.has_ended = False
        self._callbacks = [create_proxy(self._on_read), create_proxy(self._on_error)]

    @property
    def is_reading(self) -> bool:
        return self._pending_read is not None

    @property
    def deadline(self) -> float:
        """When the read that is under way is late, on the clock ``monotonic``."""
        return self._read_began + self._seconds

    def read(self) -> None:
        """Starts a read, unless one is under way: one of the two callbacks is called when it
        ends."""
        if self.is_reading or self.has_ended:
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
        self._read_began = monotonic()
        self._pending_read = chain(reading, *self._callbacks)

    def stop(self, *, cancel: bool = True) -> None:
        """Stops reading and releases everything, at once: a read that is under way may never end.
        Cancels the upstream, unless it has ended by itself."""
        if self.has_ended:
            return
        self.has_ended = True
        pending, self._pending_read = self._pending_read, None
        if pending is not None:
            unchain(pending)
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback.destroy()
        source: ReadableStream | ReadableStreamReader | None = self._reader
        if source is None:
            source = self._upstream
        self._upstream = self._reader = self._view = None
        if cancel and source is not None:
            ignore_outcome(start_call(source.cancel, source))

    # --- callbacks of a read -----------------------------------------------------------------

    def _on_read(self, result: ReadableStreamReadResult) -> None:
        """Called with what a read has brought, unless the reader was stopped before."""
        self._pending_read = None
        self._pump.run_step(self._take, result)

    def _on_error(self, _reason: object) -> None:
        """Called when the upstream has broken off, in place of ``_on_read``."""
        self._pending_read = None
        self._pump.run_step(self._pump.fail, truncated())

    # --- its own work ------------------------------------------------------------------------

    def _open(self, upstream: ReadableStream) -> ReadableStreamReader:
        try:
            reader = upstream.getReader(to_small_object({"mode": "byob"}))
        except JsException:
            # Not a byte stream: a read brings one piece, as the upstream has cut it.
            return upstream.getReader()
        self._view = Uint8Array.new(VIEW_BYTES)
        return reader

    def _take(self, result: ReadableStreamReadResult) -> None:
        value, is_over = result.value, result.done
        size = 0 if value is None else value.byteLength
        if value is not None and size:
            self._convert(value, size)
            self._adapt_min_bytes(size)
        if self._view is not None and value is not None:
            # The read has detached the view; its memory comes back with the result.
            self._view = Uint8Array.new(value.buffer)
        if is_over or self._converter.done or self._converter.failed:
            self._end(cancel=not is_over)
        elif self._pump.has_room:
            self.read()
        else:
            self._pump.resolve_pull()  # the next pull reads on

    def _convert(self, value: Uint8Array, size: int) -> None:
        if size <= MAX_PIECE_BYTES:
            self._pump.send(self._converter.feed(value.to_bytes()))
            return
        for start in range(0, size, MAX_PIECE_BYTES):
            piece = value.subarray(start, start + MAX_PIECE_BYTES).to_bytes()
            self._pump.send(self._converter.feed(piece))
            if self._converter.done or self._converter.failed:
                return

    def _adapt_min_bytes(self, size: int) -> None:
        """Sets how much the next read waits for: at most twice what this one has brought, as its
        tokens may have come in one go."""
        self._seconds = STREAM_SILENCE_SECONDS
        events, self._events = self._converter.events - self._events, self._converter.events
        # As wide as the events of this read are: the first may well be a hundred times as wide.
        frame = min(max(size / max(1, events), NATIVE_FRAME), WIDE_FRAME)
        last_arrival, self._last_arrival = self._last_arrival, monotonic()
        if last_arrival is None:
            return  # a model takes longer to its first token than to others
        seconds = max(self._last_arrival - last_arrival, SHORTEST_READ_SECONDS)
        in_time = size / seconds * PIECE_SECONDS
        self._min_bytes = int(max(1, min(in_time, 2 * size, self._flush * frame / NATIVE_FRAME)))

    def _end(self, *, cancel: bool = False) -> None:
        self.stop(cancel=cancel)
        if not self._converter.failed:
            self._pump.send(self._converter.close())
        if self._converter.failed:
            self._pump.finish("failed")  # its error event has been sent
        else:
            self._pump.on_reader_ended()
