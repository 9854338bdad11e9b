"""The world as the core sees it, for tests: replies that are queued, and requests that are made up.

ai = FakeAI(answer({"response": "Hi"}))
response = await call(ai, "POST", "/v1/chat/completions", {...})
"""

import base64
import json
import math
import re
from array import array
from collections.abc import Callable, Coroutine, Generator, Iterable, Mapping, Sequence
from copy import copy
from email import message_from_bytes
from itertools import zip_longest
from types import coroutine
from typing import Any, TypeVar, cast

from core.errors import APIError, BadRequest, TooLarge, answer_too_large
from core.ports import SMALL_BYTES, Call, Ports, Reply, VectorEncoding, Vectors
from core.settings import Settings
from core.web import Answer, Buffer, Form, JoinedBody, PassThrough, Request, Response, Stream
from gateway.handle import handle
from handlers.openai.errors import OPENAI

KEY = "sk-test"

T = TypeVar("T")
Headers = Mapping[str, str | None]


class FakeReply:
    """An upstream answer whose body is at hand; ``pieces`` are what a stream would bring."""

    def __init__(
        self,
        body: bytes | Sequence[bytes] = b"",
        status: int = 200,
        content_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.pieces = [body] if isinstance(body, bytes) else list(body)
        self.stream = self
        self.cancelled = False
        self.was_read = False
        self._headers = {"content-type": content_type, **(headers or {})}

    def header(self, name: str) -> str | None:
        return self._headers.get(name)

    async def read(self, limit: int) -> bytes:
        self.was_read = True
        body = b"".join(self.pieces)
        if len(body) > limit:
            self.cancelled = True
            raise answer_too_large()
        return body

    async def buffer(self, limit: int) -> "FakeBuffer":
        return FakeBuffer(await self.read(limit))

    async def read_small(self) -> bytes | None:
        body = b"".join(self.pieces)
        return body if len(body) <= SMALL_BYTES else None

    async def peek(self) -> bytes:
        return b"".join(self.pieces)[:64]

    async def cancel(self) -> None:
        self.cancelled = True


class FakeBuffer:
    """Keeps count of the bytes that were ``seen``, also through its parts."""

    def __init__(self, data: bytes, whole: "FakeBuffer | None" = None) -> None:
        self.size = len(data)
        self.seen = 0
        self._data = data
        self._whole = whole or self

    def read(self, start: int = 0, end: int | None = None) -> bytes:
        data = self._data[start:end]
        self._whole.seen += len(data)
        return data

    def find(self, byte: int, start: int = 0) -> int:
        return self._data.find(byte, start)

    def slice(self, start: int, end: int) -> "FakeBuffer":
        return FakeBuffer(self._data[start:end], self._whole)


class FakeVectors:
    """Vectors as Python's own numbers, and as they were written."""

    def __init__(self, answer: FakeBuffer) -> None:
        text = answer.read().decode()
        self.rest = json.loads(text, parse_constant=_no_number)
        if not isinstance(self.rest, dict):
            raise ValueError("The answer is no object.")
        self._rows = self.rest.pop("data", None)
        if not isinstance(self._rows, list) or not all(map(_is_vector, self._rows)):
            raise ValueError("The answer has no vectors.")
        if {len(row) for row in self._rows} != {len(self._rows[0])}:
            raise ValueError("The vectors are not of one size.")
        self.count = len(self._rows)
        self._texts = re.findall(r"\[[^][]*\]", text[text.index('"data"') :])[: self.count]

    def write(
        self, between: Sequence[str], encoding: VectorEncoding, dimensions: int | None
    ) -> FakeBuffer:
        rows = self._rows
        if dimensions is not None:
            rows = [_shortened(row, dimensions) for row in rows]
        if encoding == "base64":
            rows = [base64.b64encode(array("f", row)).decode() for row in rows]
        texts = self._texts if rows is self._rows else map(json.dumps, rows)
        first, *others = between
        pairs = zip(texts, others, strict=True)
        return FakeBuffer("".join([first, *(part for pair in pairs for part in pair)]).encode())


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON.")


def _is_vector(row: object) -> bool:
    return isinstance(row, list) and bool(row) and all(map(_fits_float32, row))


def _fits_float32(number: object) -> bool:
    return type(number) in (int, float) and abs(cast(float, number)) < 3.4028236e38


def _shortened(row: list[float], size: int) -> list[float]:
    length = math.hypot(*row[:size]) or 1
    return [number / length for number in row[:size]]


def answer(value: object, **options: Any) -> FakeReply:
    """A JSON answer."""
    return FakeReply(json.dumps(value).encode(), **options)


def failure(code: int, status: int = 400, text: str = "whatever the service says") -> FakeReply:
    """An error answer in the binding's usual shape."""
    body = {"internalCode": code, "message": text, "name": "AiError", "description": text}
    return FakeReply(json.dumps(body).encode(), status)


def sse(
    *payloads: object, done: bool = True, headers: Mapping[str, str] | None = None
) -> FakeReply:
    """A stream of one frame a payload; a ``str`` payload is a native text frame."""
    frames = [
        b"data: " + json.dumps({"response": p} if isinstance(p, str) else p).encode() + b"\n\n"
        for p in payloads
    ]
    if done:
        frames.append(b"data: [DONE]\n\n")
    return FakeReply(frames, content_type="text/event-stream", headers=headers)


class FakeAI:
    """Gives the queued replies one after another; ``calls`` holds what was asked."""

    def __init__(
        self, *replies: Reply | APIError, models: Callable[[], list[dict[str, Any]]] = list
    ) -> None:
        self.replies = list(replies)
        self.calls: list[Call] = []
        self.rounds = 0
        self._models = models

    async def run(self, *calls: Call) -> Sequence[Reply | APIError]:
        self.calls += calls
        self.rounds += 1
        return [self.replies.pop(0) for _ in calls]

    async def models(self) -> list[dict[str, Any]]:
        return self._models()


class FakeFetch:
    """Answers GETs from a table of URLs; an unknown one cannot be connected to."""

    def __init__(self, pages: Mapping[str, FakeReply] | None = None) -> None:
        self.pages = dict(pages or {})
        self.urls: list[str] = []

    async def __call__(
        self, urls: Sequence[str], headers: Mapping[str, str], seconds: float
    ) -> list[Reply | OSError]:
        self.urls += urls
        return [self.pages.get(url, OSError("no such host")) for url in urls]


class FakeSleep:
    def __init__(self) -> None:
        self.waited: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)


def ports(
    ai: FakeAI | None = None,
    fetch: FakeFetch | None = None,
    database: Any = None,
    **settings: str,
) -> Ports:
    """Ports over fakes; ``settings`` as the environment would have them."""
    texts = {"API_KEYS": KEY, "MODELS_TTL": "0", **settings}
    loaded = Settings.load(texts.get)
    return Ports(
        ai or FakeAI(),
        fetch or FakeFetch(),
        loaded,
        FakeSleep(),
        run,
        cast("Callable[[Buffer], Vectors]", FakeVectors),
        database=database,
    )


def request(
    method: str, target: str, body: object = None, headers: Headers | None = None
) -> Request:
    """A request with the right key, as a handler of OpenAI's gets it. A body that is not bytes is
    sent as JSON; a header that is None is not sent."""
    path, _, query = target.partition("?")
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {"authorization": f"Bearer {KEY}", **(headers or {})}

    async def read(limit: int) -> bytes:
        if len(data) > limit:
            raise TooLarge("The body is too large.")
        return data

    async def form(limit: int) -> Form:
        return _form(await read(limit), named.get("content-type") or "")

    made = Request(method, path, query, named.get, read, form=form)
    made.dialect = OPENAI
    return made


def changed(request: Request, **attributes: Any) -> Request:
    """A copy of a request with other attributes."""
    copied = copy(request)
    for name, value in attributes.items():
        setattr(copied, name, value)
    return copied


def _form(data: bytes, content_type: str) -> Form:
    """The texts of a multipart body. Files are left out: tests that need one make it."""
    message = message_from_bytes(f"content-type: {content_type}\r\n\r\n".encode() + data)
    if not message.is_multipart():
        raise BadRequest("The request body must be a form.", code="invalid_form")
    fields = []
    for part in message.walk():
        name = part.get_param("name", header="content-disposition")
        value = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(value, bytes) and not part.get_filename():
            fields.append((name, value.decode("utf-8", "replace")))
    return Form(fields)


async def call(
    ai: FakeAI,
    method: str,
    target: str,
    body: object = None,
    headers: Headers | None = None,
    fetch: FakeFetch | None = None,
    database: Any = None,
    **settings: str,
) -> Answer:
    """One request through the whole application."""
    sent = request(method, target, body, headers)
    return await handle(sent, lambda: ports(ai, fetch, database, **settings))


def drain(
    answer: Answer,
    split: Callable[[bytes], Iterable[bytes]] | None = None,
    *,
    in_turn: bool = False,
) -> bytes:
    """The whole body of an answer, as the edge would send it. ``split`` cuts the upstream anew;
    ``in_turn`` takes a piece of every source in turn, instead of one source after another. An
    upstream whose pieces raise an :class:`APIError` breaks off."""
    if isinstance(answer, Response):
        return answer.body
    if isinstance(answer, PassThrough):
        return b"".join(answer.stream.pieces)
    if isinstance(answer, JoinedBody):
        return b"".join(part if isinstance(part, bytes) else part.read() for part in answer.parts)
    out = [answer.head]
    if in_turn:
        return b"".join([*out, *_in_turn(answer)])
    for source in answer.sources:
        pieces: Iterable[bytes] = source.upstream.pieces
        if split:
            pieces = split(b"".join(pieces))
        try:
            for piece in pieces:
                out.append(source.converter.feed(piece))
                if source.converter.failed:
                    return b"".join(out)
                if source.converter.done:
                    break
        except APIError as error:
            return b"".join([*out, answer.fail(error)])
        out.append(source.converter.close())
        if source.converter.failed:
            return b"".join(out)
    return b"".join([*out, answer.tail()])


def _in_turn(stream: Stream) -> Iterable[bytes]:
    converters = [source.converter for source in stream.sources]
    for pieces in zip_longest(*(source.upstream.pieces for source in stream.sources)):
        for converter, piece in zip(converters, pieces, strict=True):
            if converter.done or piece is None:
                continue
            yield converter.feed(piece)
            if converter.failed:
                return
    for converter in converters:
        yield converter.close()
        if converter.failed:
            return
    yield stream.tail()


@coroutine
def for_ever() -> Generator[None, None, None]:
    """Waits for what never comes."""
    yield


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs to its end what waits for fakes only: at once, and without an event loop."""
    try:
        work.send(None)
    except StopIteration as stop:
        result: T = stop.value
        return result
    raise AssertionError("it waits for something real")
