"""What the core asks of the world, each with one adapter in ``edge/`` and one fake in tests."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from core.settings import Settings
from core.web import Buffer, UploadedFile, no_signal


class Reply(Protocol):
    """An upstream answer, of Workers AI or of a fetch, whatever its status.

    ``stream`` is the unread body, opaque, for :class:`Source`. A body that is neither
    read nor streamed must be cancelled: it holds one of six connections.
    """

    @property
    def status(self) -> int: ...

    @property
    def stream(self) -> Any: ...

    def header(self, name: str) -> str | None: ...

    async def read(self, limit: int | None = None) -> bytes:
        """The whole body; raises :class:`TooLarge` past ``limit`` bytes."""

    async def buffer(self) -> Buffer:
        """The whole body, which stays on the platform's side."""

    async def peek(self) -> bytes:
        """Some bytes from the beginning of the body, which stays unread; none if it is empty."""

    async def cancel(self) -> None: ...


MediaEncoding = Literal["stream", "numbers", "base64", "encoded"]


class Media(NamedTuple):
    """Bytes as a model's input, encoded as it takes them: ``stream`` (``{body, contentType}``, at
    most one a call), ``numbers`` (an array), ``base64`` text, or ``encoded`` (``{body,
    contentType}`` with such text). ``source`` is a file of the client's, which stays on the
    platform's side where that is possible, bytes, or an opaque stream (for ``stream`` alone)."""

    source: UploadedFile | bytes | Any
    content_type: str
    encoding: MediaEncoding = "stream"


class Multipart(NamedTuple):
    """A ``multipart/form-data`` input (``{multipart: {body, contentType}}``): texts and files."""

    fields: Sequence[tuple[str, str | UploadedFile | Media]]


class Call(NamedTuple):
    """One ``env.AI.run``: model id, inputs, extra request headers.

    Inputs are JSON-like; values at the top may also be :class:`Media` or :class:`Multipart`.
    """

    model: str
    inputs: Mapping[str, Any]
    headers: Mapping[str, str] = {}

    @property
    def repeatable(self) -> bool:
        """Whether it can be made a second time: a stream can be read but once."""
        media = (value for value in self.inputs.values() if isinstance(value, Media))
        return all(isinstance(item.source, UploadedFile | bytes) for item in media)


MAX_PARALLEL_CALLS = 6
"""Connections of one request that may wait for headers; the platform makes the seventh wait."""


class AI(Protocol):
    async def run(self, *calls: Call, signal: Callable[[], Any] = no_signal) -> list[Reply]:
        """Runs all calls side by side (at most 6 at a time); one reply each, in order.

        Never raises for what the service answers: a rejected call becomes a reply with an
        error status and Workers AI's own error JSON.
        """

    async def models(self) -> list[dict[str, Any]]:
        """The account's live model list as ``env.AI.models()`` gives it."""


class Fetch(Protocol):
    async def __call__(self, url: str, headers: Mapping[str, str]) -> Reply:
        """A GET that does not follow redirects; raises :class:`OSError` when it cannot connect."""


class StoredFile(NamedTuple):
    """A kept file: ``body`` is bytes or an opaque stream, ``created`` seconds since 1970."""

    body: Any
    content_type: str
    size: int | None
    created: int


class Files(Protocol):
    """Generated files, kept for a while under names that cannot be guessed."""

    async def put(self, name: str, data: bytes | Buffer, content_type: str, seconds: int) -> None:
        """Keeps a file for that long. Raises :class:`OSError` when the store does not take it,
        as KV does after a day's 1,000 writes on the Free plan."""

    async def get(self, name: str) -> StoredFile | None: ...


class NoSuchTable(OSError):
    """A statement names a table that has not been made yet."""


class Statement(NamedTuple):
    """SQL for SQLite, and the values of its ``?``."""

    sql: str
    values: Sequence[str | int | float] = ()


class Database(Protocol):
    """D1."""

    async def run(self, *statements: Statement) -> list[list[dict[str, Any]]]:
        """Runs all of them or none, in one call; the rows of each. Raises :class:`OSError`, and
        :class:`NoSuchTable` where that is why."""


class Ports(NamedTuple):
    ai: AI
    fetch: Fetch
    settings: Settings
    sleep: Callable[[float], Awaitable[None]]
    """Waits that many seconds."""
    files: Files | None = None
    """None where the Worker has no store bound."""
    database: Database | None = None
    """None where the Worker has no D1 database bound."""
