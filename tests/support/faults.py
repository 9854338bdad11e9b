"""What a failing service does instead of answering: the table that drives the tests of faults.

A :class:`Fault` makes the reply of a good answer, so that one row serves every endpoint. The
requests are in :mod:`support.model_requests`.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import Any, Literal, NamedTuple

from core.errors import APIError, Upstream, answer_too_large, truncated
from core.ports import SMALL_BYTES, Call, Reply
from support.fakes import FakeAI, FakeBuffer
from support.model_requests import EVENTS, JSON, Body, Model
from support.upstream import DONE, frame
from workers_ai.errors import ERRORS_BY_CODE

NOISE = "Pelican <b>credit balance</b>"
"""What the service says in every fault. None of it may reach a client."""
PAGE = f"<!DOCTYPE html><html><body><h1>{NOISE}</h1><hr>nginx</body></html>".encode()
REQUEST_ID = "req-1"
READ_AT_MOST = 32 * 1024 * 1024
"""Bytes of a body without end after which a reader is taken for one that never stops."""

Piece = bytes | Exception
Kind = Literal[
    "code", "status", "page", "body", "reset", "rest", "type", "number", "form", "stream"
]


class FaultyReply:
    """A reply that comes in pieces, perhaps without end; an exception breaks it off."""

    name = ""

    def __init__(
        self, pieces: Iterable[Piece], content_type: str = JSON, status: int = 200
    ) -> None:
        self.status = status
        self.content_type = content_type
        self.is_given_up = False
        """Whether it has been read to its end, or cancelled."""
        self.pieces = self._read(pieces)

    @property
    def stream(self) -> "FaultyReply":
        return self

    def header(self, name: str) -> str | None:
        return {"content-type": self.content_type, "cf-ai-req-id": REQUEST_ID}.get(name)

    async def read(self, limit: int) -> bytes:
        data = bytearray()
        for piece in self.pieces:
            data += piece
            if len(data) > limit:
                self.is_given_up = True
                raise answer_too_large()
        return bytes(data)

    async def buffer(self, limit: int) -> FakeBuffer:
        return FakeBuffer(await self.read(limit))

    async def read_small(self) -> bytes | None:
        pieces: list[Piece] = []
        size = 0
        try:
            for piece in self.pieces:
                pieces.append(piece)
                size += len(piece)
                if size > SMALL_BYTES:
                    return None
        except APIError as error:
            pieces.append(error)
            return None
        finally:
            self.pieces = self._read_again(pieces, self.pieces)
        return b"".join(piece for piece in pieces if isinstance(piece, bytes))

    @staticmethod
    def _read_again(pieces: Sequence[Piece], rest: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            if isinstance(piece, Exception):
                raise piece
            yield piece
        yield from rest

    async def peek(self) -> bytes:
        first = next(self.pieces, b"")
        self.pieces = chain([first], self.pieces)
        return first[:64]

    async def cancel(self) -> None:
        self.is_given_up = True

    def _read(self, pieces: Iterable[Piece]) -> Iterator[bytes]:
        count = 0
        for piece in pieces:
            if isinstance(piece, Exception):
                self.is_given_up = True
                raise piece
            count += len(piece)
            assert count < READ_AT_MOST, "a body without end is read without end"
            yield piece
        self.is_given_up = True


class Fault(NamedTuple):
    """``reply`` makes what comes of a good answer.

    ``kind``: ``code`` and ``status`` of Workers AI's errors; ``page`` from somewhere else; ``body``
    that is wrong from its beginning, ``rest`` in what follows, which may also be a ``reset``; JSON
    of another ``type``; another ``number`` in place of each; another ``form`` of the same;
    ``stream``, inside one. ``statuses``: what an answer may have for it. ``is_harmless``: a true
    answer is right too.
    """

    kind: Kind
    reply: Callable[[Body], FaultyReply]
    statuses: tuple[int, ...] = (502,)
    code: int | None = None
    is_harmless: bool = False


class FaultyAI(FakeAI):
    """Answers every call by ``model``, and those that ``is_struck`` picks by their place in a round
    of calls and their number with ``fault``. ``made`` are the replies."""

    def __init__(
        self,
        model: Model,
        fault: Fault | None,
        is_struck: Callable[[int, int], bool] = lambda place, count: True,
    ) -> None:
        super().__init__()
        self.made: list[FaultyReply] = []
        self._model = model
        self._fault = fault
        self._is_struck = is_struck

    async def run(self, *calls: Call, **options: Any) -> list[Reply]:
        self.calls += calls
        replies = [self._reply(call, place, len(calls)) for place, call in enumerate(calls)]
        self.made += replies
        return list(replies)

    def _reply(self, call: Call, place: int, count: int) -> FaultyReply:
        good = self._model(call)
        if self._fault is None or not self._is_struck(place, count):
            return FaultyReply(good.pieces, good.content_type)
        return self._fault.reply(good)


# --- codes -----------------------------------------------------------------------------------


def _plain(code: int) -> dict[str, Any]:
    return {"internalCode": code, "message": NOISE, "name": "AiError", "description": NOISE}


def _listed(code: int) -> dict[str, Any]:
    errors = [{"code": code, "message": NOISE}]
    return {"errors": errors, "success": False, "result": None, "messages": []}


def _dump(value: object) -> bytes:
    return json.dumps(value).encode()


def _status_of(code: int) -> int:
    row = ERRORS_BY_CODE[code]
    return row.status or row.kind.status


def _fault_of_code(code: int, value: object, status: int) -> Fault:
    data = _dump(value)
    statuses = (_status_of(code),)
    return Fault("code", lambda good: FaultyReply([data], JSON, status), statuses, code)


def _code_faults(code: int) -> Mapping[str, Fault]:
    status = _status_of(code)
    return {
        f"{code}": _fault_of_code(code, _plain(code), status),
        f"{code}-listed": _fault_of_code(code, _listed(code), status),
        f"{code}-in-200": _fault_of_code(code, _plain(code), 200),
        f"{code}-listed-in-200": _fault_of_code(code, _listed(code), 200),
    }


CODES: Mapping[str, Fault] = {
    **{name: fault for code in ERRORS_BY_CODE for name, fault in _code_faults(code).items()},
    **{
        f"{code}-thrown": _fault_of_code(code, {"description": f"{code}: {NOISE}"}, 502)
        for code in (3007, 3036, 3040, 5007)
    },
}
"""Every code of Workers AI: with its status and with 200, each in both shapes of a body; some also
as the binding throws them."""

_STATUSES = {
    400: 400,
    401: 502,
    403: 502,
    404: 404,
    408: 504,
    413: 413,
    422: 400,
    429: 429,
    499: 499,
    500: 502,
    503: 502,
    520: 502,
}
"""Statuses of answers without a code, and those that clients get for them."""


def _status_fault(status: int, ours: int) -> Fault:
    return Fault("status", lambda good: FaultyReply([PAGE], "text/html", status), (ours,))


STATUSES: Mapping[str, Fault] = {
    f"status-{status}": _status_fault(status, ours) for status, ours in _STATUSES.items()
}


# --- bodies ----------------------------------------------------------------------------------


def _body(kind: Kind, *pieces: Piece, content_type: str = "") -> Fault:
    """These pieces instead of the good ones, as the good answer's content type."""
    return Fault(kind, lambda good: FaultyReply(pieces, content_type or good.content_type))


def _typed(value: object) -> Fault:
    return _body("type", _dump(value), content_type=JSON)


def _half(good: Body) -> bytes:
    """Half of a good answer; of a stream up to the middle of a frame."""
    data = b"".join(good.pieces)
    return data[: len(data) // 2]


def _endless(good: Body, piece: bytes) -> FaultyReply:
    return FaultyReply(chain(good.pieces[:1], repeat(piece * 65_536)), good.content_type)


def _late() -> Exception:
    """What reading raises once a deadline has passed."""
    return Upstream("The model took too long to answer.", code="timeout", status=504)


_NUMBER = re.compile(rb"(?<=[:,\[ ])-?\d+(?:\.\d+)?(?=[,\]}])")


def _numbers(number: bytes) -> Fault:
    def reply(good: Body) -> FaultyReply:
        pieces = [_NUMBER.sub(number, b"".join(good.pieces))]
        return FaultyReply(pieces, good.content_type)

    return Fault("number", reply, is_harmless=True)


def _as(content_type: str) -> Fault:
    return Fault("form", lambda good: FaultyReply(good.pieces, content_type), is_harmless=True)


BODIES: Mapping[str, Fault] = {
    "reset": Fault(
        "reset", lambda good: FaultyReply([good.pieces[0], truncated()], good.content_type)
    ),
    "reset-at-once": _body("body", truncated()),
    "late": Fault(
        "reset", lambda good: FaultyReply([good.pieces[0], _late()], good.content_type), (504,)
    ),
    "late-at-once": _body("body", _late())._replace(statuses=(504,)),
    "half": Fault("rest", lambda good: FaultyReply([_half(good)], good.content_type)),
    "half-a-character": Fault(
        "rest", lambda good: FaultyReply([_half(good) + b"\xe4\xb8"], good.content_type)
    ),
    "empty": _body("body"),
    "blank": _body("body", b" \r\n\t"),
    "page": _body("page", PAGE, content_type="text/html"),
    "page-as-answer": _body("body", PAGE),
    "words-as-answer": _body("body", NOISE.encode()),
    "null": _typed(None),
    "list": _typed([NOISE]),
    "number": _typed(42),
    "string": _typed(NOISE),
    "other-object": _typed({"pelican": NOISE}),
    "empty-object": _typed({}),
    "null-response": _typed({"response": None}),
    "null-choices": _typed({"choices": None}),
    "no-choice": _typed({"choices": []}),
    "empty-choice": _typed({"choices": [{}]}),
    "null-message": _typed({"choices": [{"index": 0, "message": None}]}),
    "result-of-null": _typed({"result": None, "success": True, "errors": [], "messages": []}),
    "failure-without-error": Fault(
        "code",
        lambda good: FaultyReply([_dump({"success": False, "errors": [], "result": None})]),
    ),
    "numbers-null": _numbers(b"null"),
    "numbers-nan": _numbers(b"NaN"),
    "numbers-infinite": _numbers(b"-Infinity"),
    "numbers-huge": _numbers(b"1e400"),
    "numbers-long": _numbers(b"9" * 400),
    "numbers-as-words": _numbers(b'"many"'),
    "as-text": _as("text/plain"),
    "as-json": _as(JSON),
    "as-stream": _as(EVENTS),
    "as-nothing": _as(""),
    "endless": Fault("rest", lambda good: _endless(good, b"a")),
    "endless-blank": Fault("rest", lambda good: _endless(good, b" ")),
}


# --- inside streams --------------------------------------------------------------------------


def _in_stream(*pieces: Piece, is_harmless: bool = False, goes_on: bool = False) -> Fault:
    """These pieces after the first frame, and the rest of the stream if it ``goes_on``."""

    def reply(good: Body) -> FaultyReply:
        first, *rest = good.pieces
        return FaultyReply([first, *pieces, *(rest if goes_on else [])], good.content_type)

    return Fault("stream", reply, is_harmless=is_harmless)


_HARMLESS_LINES = {
    "comment": f": {NOISE}\n\n".encode(),
    "field": b"id: 7\nretry: 10\n\n",
    "blank-lines": b"\n\n\n\n",
    "unknown-event": b"event: pelican\ndata: {}\n\n",
    "null-frame": b"data: null\n\n",
    "number-frame": b"data: 42\n\n",
    "other-frame": frame({"pelican": NOISE}),
}
_DEADLY_LINES = {
    "garbage-frame": f"data: {NOISE}\n\n".encode(),
    "half-a-frame": b'data: {"response": "Moss\n\n',
    "nan-frame": b'data: {"response": NaN}\n\n',
}

IN_STREAMS: Mapping[str, Fault] = {
    **{
        f"{code}-{shape}-in-stream": _in_stream(frame(make(code)))._replace(code=code)
        for code in ERRORS_BY_CODE
        for shape, make in {"plain": _plain, "listed": _listed}.items()
    },
    "error-event": _in_stream(frame({"type": "error", "message": NOISE}), goes_on=True),
    "error-of-an-engine": _in_stream(
        frame({"error": {"message": NOISE, "code": 500}}), DONE, goes_on=True
    ),
    "breaks-off": _in_stream(),
    "reset-in-stream": _in_stream(truncated()),
    "late-in-stream": _in_stream(_late()),
    "page-in-stream": _in_stream(PAGE),
    **{
        name: _in_stream(lines, goes_on=True, is_harmless=True)
        for name, lines in _HARMLESS_LINES.items()
    },
    **{name: _in_stream(lines, goes_on=True) for name, lines in _DEADLY_LINES.items()},
}
"""Of streams alone, behind their first frame."""

FAULTS: Mapping[str, Fault] = {**CODES, **STATUSES, **BODIES, **IN_STREAMS}
