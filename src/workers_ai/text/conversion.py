"""Converts one upstream stream into one choice of a dialect's stream."""

from collections.abc import Callable, Sequence
from typing import Protocol

from workers_ai.text.decoder import Decoder
from workers_ai.text.events import Event, Failure
from workers_ai.text.stages import Stage, run_stages
from workers_ai.text.stages.stop import StopSequences


class Encoder(Protocol):
    """Writes one answer in one dialect. ``index`` is the choice that the events belong to."""

    def encode(self, index: int, events: list[Event]) -> bytes: ...

    def tail(self) -> bytes:
        """Writes the end of a good answer, after every choice has ended."""

    def fail(self, cause: Exception) -> bytes:
        """Writes the end of a broken answer; only an :class:`APIError` is described."""


class Conversion:
    """Converts one upstream stream into one choice of a dialect (a :class:`Converter`)."""

    def __init__(
        self,
        encoder: Encoder,
        index: int,
        stages: Sequence[Stage],
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        self._decoder = Decoder()
        self._encoder = encoder
        self._index = index
        self._stages = stages
        self.settle = settle
        self._stop = next((stage for stage in stages if isinstance(stage, StopSequences)), None)
        self.failed = False

    @property
    def events(self) -> int:
        return self._decoder.events

    @property
    def done(self) -> bool:
        return self._decoder.ended or self._is_stopped

    @property
    def _is_stopped(self) -> bool:
        return self._stop is not None and self._stop.done

    def feed(self, data: bytes) -> bytes:
        if self.failed:
            return b""
        return self._encode(run_stages(self._stages, self._decoder.feed(data), is_last=False))

    def close(self) -> bytes:
        """Converts the rest; an upstream that was stopped is not expected to have ended well."""
        if self.failed:
            return b""
        events = [] if self._is_stopped else self._decoder.close()
        return self._encode(run_stages(self._stages, events, is_last=True))

    def _encode(self, events: list[Event]) -> bytes:
        if events and isinstance(events[-1], Failure):
            self.failed = True
            written = self._encoder.encode(self._index, events[:-1])
            return written + self._encoder.fail(events[-1].error)
        return self._encoder.encode(self._index, events) if events else b""
