"""What the core asks of the world, each with one adapter in ``edge/`` and one fake in tests."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from core.errors import APIError
from core.settings import Settings
from core.web import Buffer, UploadedFile

SMALL_BYTES = 65_535
"""What an error has at most, and most answers have."""


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

    async def read(self, limit: int) -> bytes:
        """The whole body. Raises :class:`AnswerTooLarge` past ``limit`` bytes,
        :class:`UpstreamTimeout` if it is late, :class:`Upstream` if it breaks off; of a fetch,
        :class:`OSError` instead of the last."""

    async def buffer(self, limit: int) -> Buffer:
        """The same, but it stays on the platform's side."""

    async def read_small(self) -> bytes | None:
        """The whole body if it has less than :data:`SMALL_BYTES`; else None, also if it breaks off
        or is late. ``read`` and ``buffer`` give it again, or raise why there was none."""

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
    async def run(self, *calls: Call) -> Sequence[Reply | APIError]:
        """Runs all calls side by side (at most 6 at a time); one reply each, in order.

        Never raises for what the service answers: a rejected call becomes a reply with an
        error status and Workers AI's own error JSON, one that is late :func:`timed_out`. What is
        late, or whose client has gone away, is given up.
        """

    async def models(self) -> list[dict[str, Any]]:
        """The account's live model list as ``env.AI.models()`` gives it."""


class Fetch(Protocol):
    async def __call__(
        self, urls: Sequence[str], headers: Mapping[str, str], seconds: float
    ) -> list[Reply | OSError]:
        """GETs side by side, at most 6, that do not follow redirects; an error for each that cannot
        connect. Raises :class:`OSError` if one is late: bodies and all must be there in time."""


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


VectorEncoding = Literal["float", "base64"]


class Vectors(Protocol):
    """The vectors of an answer ``{data: [[…], …], …}``: numbers that fit into a float32, equally
    many in each. They stay on the platform's side."""

    @property
    def count(self) -> int: ...

    @property
    def rest(self) -> dict[str, Any]:
        """What the answer says besides."""

    def write(
        self, between: Sequence[str], encoding: VectorEncoding, dimensions: int | None
    ) -> Buffer:
        """Returns the vectors as JSON, with these texts around and between them: arrays of numbers
        or base64 of little-endian float32. With ``dimensions`` only so many numbers of each, scaled
        to a vector of length 1. Raises :class:`ValueError`."""


class Ports(NamedTuple):
    ai: AI
    fetch: Fetch
    settings: Settings
    sleep: Callable[[float], Awaitable[None]]
    """Waits that many seconds."""
    run_later: Callable[[Coroutine[Any, Any, None]], None]
    """Starts what the answer does not wait for, and what goes on after it. Never raises: an error
    is logged."""
    read_vectors: Callable[[Buffer], Vectors]
    """Reads an answer with vectors. Raises :class:`ValueError` for any other."""
    files: Files | None = None
    """None where the Worker has no store bound."""
    database: Database | None = None
    """None where the Worker has no D1 database bound."""
