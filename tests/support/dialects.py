"""Which dialect is spoken on which path, and the check that an answer is in it.

An :class:`Exchange` is a request and what came back, of whatever client: the transports of the
client tests fill one, and so do the requests that unit tests make up. ``check`` raises
``AssertionError``.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from support import anthropic_shapes, openai_shapes, response_stream, translation_shapes
from untrusted.json_text import parse_json

EVENT_STREAM = "text/event-stream"
JSON = "application/json"
Asked = Mapping[str, Any]


# --- what is right where -------------------------------------------------------------------------


def _check_chunks(kind: str, body: bytes, asked: Asked) -> None:
    events = openai_shapes.parse_sse(body)
    wanted = (asked.get("stream_options") or {}).get("include_usage") is True
    openai_shapes.check_stream(kind, events, include_usage=wanted)
    for event in events:
        assert event.get("model", asked["model"]) == asked["model"], "model is not as asked"


def _check_response_events(body: bytes, asked: Asked) -> None:
    response_stream.check(response_stream.parse(body))


def _check_replayed_events(body: bytes, asked: Asked) -> None:
    """Those of a stored Response; ``starting_after`` leaves out the first ones."""
    events = response_stream.parse(body)
    if not events or events[0]["sequence_number"]:
        for event in events:
            openai_shapes.check_event("response", event)
    else:
        response_stream.check(events)


def _stored(value: Any, asked: Asked) -> str:
    return "response_deleted" if "deleted" in value else "response"


def _check_anthropic_events(body: bytes, asked: Asked) -> None:
    message = anthropic_shapes.check_stream(openai_shapes.parse_sse(body, named=True))
    assert message.get("model", asked["model"]) == asked["model"], "model is not as asked"


def _check_transcript_events(body: bytes, asked: Asked) -> None:
    *deltas, done = openai_shapes.parse_sse(body)
    for event in (*deltas, done):
        openai_shapes.check_event("transcription", event)
    assert done["type"] == "transcript.text.done", "the last event is not the whole text"
    text = "".join(event["delta"] for event in deltas)
    assert text == done["text"], "the pieces are not the whole text"


@dataclass(frozen=True)
class Shape:
    """What comes from a path. ``answer`` says of which kind a whole JSON answer is, and ``check``
    holds it against that; ``stream`` holds a whole stream, ``event`` one event of a stream that the
    client has left. ``types`` are the media types that an answer may have."""

    answer: Callable[[Any, Asked], str] | None
    check: Callable[..., None] = openai_shapes.check_answer
    stream: Callable[[bytes, Asked], None] | None = None
    event: Callable[[Any], None] = field(default=lambda event: None)
    types: tuple[str, ...] = (JSON,)
    statuses: tuple[int, ...] = (200,)
    served: bool = False
    """A model has answered, which a header names; an answer that names it too has the name that
    the client asked for."""


def _always(kind: str) -> Callable[[Any, Asked], str]:
    return lambda value, asked: kind


def _chunks(kind: str) -> Shape:
    stream = partial(_check_chunks, kind)
    event = partial(openai_shapes.check_event, kind)
    return Shape(_always(kind), stream=stream, event=event, served=True)


def _embeddings(value: Any, asked: Asked) -> str:
    """Vectors in the form asked for, or what a reranker says, which New API asks here."""
    if "documents" in asked:
        return "rerank"
    return "embeddings_base64" if asked.get("encoding_format") == "base64" else "embeddings"


def _heard(kind: str) -> Shape:
    """Forms say ``response_format`` where nobody looks, but only one kind has a language."""

    def answer(value: Any, asked: Asked) -> str:
        return f"{kind}_verbose" if "language" in value else kind

    return Shape(
        answer,
        stream=_check_transcript_events,
        event=partial(openai_shapes.check_event, kind),
        types=(JSON, "text/plain", "text/vtt", "application/x-subrip"),
        served=True,
    )


def _translated(*answers: str, **more: Any) -> Shape:
    return Shape(_always("answer"), translation_shapes.checker(*answers), **more)


_ANTHROPIC = anthropic_shapes.check_answer
_BY_BODY = _translated("deeplx", "immersive", "kiss", "kiss list", "hcfy", "libre", "azure")
_KEY = "(?:/(?!v[23]/)[^/]+)?(?:/v1)?"
"""Of translation routes alone: the key may be the first part of the path."""

SHAPES: Mapping[str, Shape | None] = {
    "/chat/completions": _chunks("chat"),
    "/completions": _chunks("completion"),
    "/responses": Shape(
        _always("response"),
        stream=_check_response_events,
        event=partial(openai_shapes.check_event, "response"),
        served=True,
    ),
    "/responses/input_tokens": Shape(_always("response_tokens")),
    "/responses/[^/]+/input_items": Shape(_always("response_items")),
    "/responses/.+": Shape(
        _stored,
        stream=_check_replayed_events,
        event=partial(openai_shapes.check_event, "response"),
    ),
    "/messages/count_tokens": Shape(_always("count"), _ANTHROPIC),
    "/messages": Shape(
        _always("message"),
        _ANTHROPIC,
        _check_anthropic_events,
        anthropic_shapes.check_event,
        served=True,
    ),
    "/embeddings": Shape(_embeddings, served=True),
    "/rerank|/v2/rerank": Shape(_always("rerank"), served=True),
    "/moderations": Shape(_always("moderation"), served=True),
    "/images/(generations|edits|variations)": Shape(_always("images"), served=True),
    "/audio/transcriptions": _heard("transcription"),
    "/audio/translations": replace(_heard("translation"), stream=None),
    "/audio/speech": Shape(
        None,
        types=("audio/mpeg", "audio/wav", "audio/ogg", "audio/flac", "audio/aac", "audio/pcm"),
        served=True,
    ),
    "/audio/(voices|models)": Shape(None, types=(JSON,)),
    "/models": Shape(_always("models")),
    "/models/.+": Shape(_always("model")),
    "/health": Shape(None),
    "/file/.+": Shape(None, types=("image/png", "image/jpeg")),
    "/client/v4/.*|/ai/.*": None,
    f"{_KEY}/((api/)?translate|deeplx|hcfy|imme|immersive_translate|kiss|translatetext)": _BY_BODY,
    f"{_KEY}/v2/translate": _translated("deepl"),
    f"{_KEY}/v2/languages": _translated("deepl languages"),
    f"{_KEY}/v2/usage": _translated("deepl usage"),
    f"{_KEY}/v2/glossary-language-pairs": _translated("deepl pairs"),
    f"{_KEY}/v2/glossaries.*": _translated(
        "deepl glossary",
        "deepl glossaries",
        statuses=(200, 201, 204),
        types=(JSON, "text/tab-separated-values"),
    ),
    f"{_KEY}/v3/glossaries.*": _translated(
        "deepl multilingual",
        "deepl multilinguals",
        "deepl dictionary",
        "deepl entries",
        statuses=(200, 201, 204),
    ),
    f"{_KEY}/v3/languages": _translated("deepl by resource"),
    f"{_KEY}/v3/languages/resources": _translated("deepl resources"),
    "(?:/[^/]+)?/v[23](/.*)?": _translated("deepl"),
    f"{_KEY}/jsonrpc": _translated("jsonrpc"),
    f"{_KEY}/detect": _translated("libre detect"),
    f"{_KEY}/languages": _translated("libre languages"),
    f"{_KEY}/translate_a/single": _translated("google objects", "google lists"),
    f"{_KEY}/translate_a/t": _translated("google pairs"),
    f"{_KEY}/translateHtml": _translated("google html"),
}
"""By path, without ``/v1``; the first counts. None has another dialect's errors too, and checks of
its own. Paths that are none have OpenAI's errors, or DeepL's below its versions."""


def find_shape(path: str, sent: Mapping[str, str]) -> Shape | None:
    """What is right on a path for a client that sends these headers."""
    path = re.sub("/+", "/", path).rstrip("/")
    path = re.sub("^(/v1|/v1beta/openai|/openai/v1)+", "", path)
    for pattern, shape in SHAPES.items():
        if re.fullmatch(pattern, path, re.DOTALL):
            anthropic = path.startswith("/models") and "anthropic-version" in sent
            return Shape(shape.answer, _ANTHROPIC) if shape and anthropic else shape
    return Shape(None)


@dataclass
class Exchange:
    """``path`` has no query; ``sent`` are the request's headers, ``asked`` is its JSON."""

    method: str
    path: str
    sent: Mapping[str, str]
    asked: Asked
    status: int
    headers: Mapping[str, str]
    body: bytes | bytearray

    def check(self, *, whole: bool = True) -> None:
        """``whole`` is false for a client that has gone away in the middle."""
        shape = find_shape(self.path, self.sent)
        self._check_headers()
        if shape and self.method not in ("OPTIONS", "HEAD") and self.status != 304:
            self._check_body(shape, whole)

    def _check_headers(self) -> None:
        # "*" or the origin: without either a page in a browser cannot read the answer.
        assert self.headers.get("access-control-allow-origin"), "no CORS header"
        if self.method != "OPTIONS":
            request_id = self.headers.get("x-request-id", "")
            assert re.fullmatch(r"[\x21-\x7e]+", request_id), f"x-request-id is {request_id!r}"
            for name, whose in {"request-id": "Anthropic", "x-trace-id": "DeepL"}.items():
                assert self.headers.get(name) == request_id, f"{whose}'s name for it is missing"

    def _check_body(self, shape: Shape, whole: bool) -> None:
        media_type = self.headers.get("content-type", "").partition(";")[0]
        if self.status >= 400:
            assert media_type == JSON, f"an error as {media_type}"
            # Their clients say so with every request, on paths that they share with others too.
            check = _ANTHROPIC if "anthropic-version" in self.sent else shape.check
            if whole:
                check("error", json.loads(self.body), status=self.status)
            return
        assert self.status in shape.statuses, "a status that clients do not expect"
        if self.status == 204:
            assert not self.body, "a body where none may be"
            return
        if shape.served:
            assert self.headers.get("x-model-served"), "x-model-served is missing"
        if self.method == "GET" and self.path.endswith("/completions"):
            return  # plain text for an address bar
        if shape.stream and "stream" in self.asked:
            # Clients ask for one of the two and read nothing else.
            expected = EVENT_STREAM if self.asked["stream"] else JSON
            assert media_type == expected, f"{media_type} for stream={self.asked['stream']}"
        if media_type == EVENT_STREAM:
            assert shape.stream, "a stream where there is none"
            if whole:
                shape.stream(bytes(self.body), self.asked)
            else:
                for event in _begun(bytes(self.body)):
                    shape.event(event)
            return
        assert media_type in shape.types, f"an answer as {media_type}"
        if shape.answer and media_type == JSON and whole:
            value = json.loads(self.body)
            shape.check(shape.answer(value, self.asked), value, status=self.status)
            if shape.served and "model" in value and self.asked.get("model"):
                assert value["model"] == self.asked["model"], "model is not as asked"


def json_object(body: bytes) -> dict[str, Any]:
    """What a request asks for; nothing where it is no JSON object."""
    try:
        value = parse_json(body.decode())
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _begun(body: bytes) -> Iterator[Any]:
    """The events of a stream of which the client has not seen the end."""
    complete, _, _ = body.rpartition(b"\n\n")
    for line in complete.split(b"\n"):
        if line.startswith(b"data: ") and line != b"data: [DONE]":
            yield json.loads(line.removeprefix(b"data: "))
