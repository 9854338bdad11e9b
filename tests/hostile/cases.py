"""A case: a request and what upstream answers it with, whole in a small file."""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from core.ports import Call, Reply
from core.web import Form, Request, UploadedFile
from support import fakes
from support.fakes import FakeAI, FakeReply

CORPUS = Path(__file__).parent / "corpus"
MOST_PIECES = 100


class File(NamedTuple):
    """A file of a form."""

    name: str
    content_type: str
    data: bytes


class Given(NamedTuple):
    """An answer of the service. ``cuts``: the seed by which a stream comes in pieces."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"
    cuts: int = 0

    def reply(self) -> FakeReply:
        random = Random(self.cuts)
        count = random.choice((0, 1, 10, MOST_PIECES)) if self.body else 0
        places = sorted(random.randrange(len(self.body)) for _ in range(count))
        pieces = [
            self.body[start:end]
            for start, end in zip([0, *places], [*places, len(self.body)], strict=True)
        ]
        headers = {"cf-ai-req-id": f"id-{self.cuts}"} if self.cuts % 2 else None
        return FakeReply(pieces, self.status, self.content_type, headers)


@dataclass
class Case:
    """``form``: the fields, where the body is a form that the platform has read. ``given``: the
    answers, one after another and again from the first. ``is_sound``: they are what a service in
    good health answers, so that none of them excuses an error of the gateway's. ``is_odd``: the
    address is none that a client would have, and may be of any dialect. ``endpoint``: method and
    path of the route."""

    method: str
    target: str
    headers: dict[str, str | None] = field(default_factory=dict)
    body: bytes = b""
    form: list[tuple[str, str | File]] | None = None
    given: list[Given] = field(default_factory=list)
    is_sound: bool = True
    is_odd: bool = False
    settings: dict[str, str] = field(default_factory=dict)
    endpoint: str = ""
    note: str = ""

    @property
    def size(self) -> int:
        """Bytes that come from outside."""
        form = sum(
            len(name) + (len(value.data) if isinstance(value, File) else len(value))
            for name, value in self.form or ()
        )
        heads = sum(len(name) + len(text or "") for name, text in self.headers.items())
        answers = sum(len(each.body) for each in self.given)
        return len(self.target) + heads + len(self.body) + form + answers

    def request(self) -> Request:
        request = fakes.request(self.method, self.target, self.body, self.headers)
        if self.form is None:
            return request
        fields = [(name, _field(value)) for name, value in self.form]

        async def form(*limits: int) -> Form:
            return Form(fields)

        return fakes.changed(request, form=form)

    def write(self, path: Path) -> None:
        case = {**self.__dict__, "body": _text(self.body)}
        case["given"] = [{**each._asdict(), "body": _text(each.body)} for each in self.given]
        case["form"] = self.form and [
            [
                name,
                {**value._asdict(), "data": _text(value.data)}
                if isinstance(value, File)
                else value,
            ]
            for name, value in self.form
        ]
        path.write_text(json.dumps(case, indent=1) + "\n")

    @classmethod
    def read(cls, path: Path) -> "Case":
        case = json.loads(path.read_text())
        case["body"] = _bytes(case["body"])
        case["given"] = [Given(**{**each, "body": _bytes(each["body"])}) for each in case["given"]]
        case["form"] = case["form"] and [
            (
                name,
                File(**{**value, "data": _bytes(value["data"])})
                if isinstance(value, dict)
                else value,
            )
            for name, value in case["form"]
        ]
        return cls(**case)


def corpus() -> list[Path]:
    return sorted(CORPUS.glob("*.json"))


_READABLE = 500


def _text(data: bytes) -> str | dict[str, str]:
    """Bytes for JSON: readable if they are a short text, small if they repeat themselves."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = ""
    if len(data) <= _READABLE and (text or not data):
        return text
    return {"zlib": base64.b64encode(zlib.compress(data, 9)).decode()}


def _bytes(stored: str | Mapping[str, str]) -> bytes:
    if isinstance(stored, str):
        return stored.encode()
    return zlib.decompress(base64.b64decode(stored["zlib"]))


def _field(value: str | File) -> str | UploadedFile:
    if isinstance(value, str):
        return value
    data = value.data

    async def read(most: int | None = None) -> bytes:
        return data[:most]

    return UploadedFile(value.name, value.content_type, len(data), object(), read)


class Service(FakeAI):
    """Gives a case's answers, and again from the first when they are over."""

    def __init__(self, given: Sequence[Given]) -> None:
        super().__init__()
        self._given = given or [Given(b"", 500)]

    async def run(self, *calls: Call, signal: Any = None, **options: Any) -> list[Reply]:
        start = len(self.calls)
        self.calls += calls
        return [
            self._given[place % len(self._given)].reply()
            for place in range(start, start + len(calls))
        ]
