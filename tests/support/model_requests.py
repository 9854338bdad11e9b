"""Every way to reach a model: a request for each handler of the table of routes in each of its
dialects, streamed and not, what the models answer to it, and by what its success is known.

A new handler or dialect has to be added to :data:`REQUESTS`; tests/unit/test_faults.py says so.
"""

import base64
import json
from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from core.ports import SMALL_BYTES, Call
from core.web import Form, Request
from support import upstream
from support.exchange import CHAT, OPENAI, RESPONSES, TEXT
from support.exchange import NATIVE as NATIVE_MODEL
from support.fakes import changed, request, run
from support.pictures import png, upload
from support.translators import Translators

JSON = "application/json"
EVENTS = "text/event-stream"

PROMPT = "What colour has a kakapo?"
"""What clients say. No error repeats it."""
WORDS = ("Moss ", "green ", "– ", "naïve ", "answer.")
"""What text models say. Each word is a frame of a stream."""
VECTOR = [0.0625, -0.25, 0.5]
PICTURE = png(64, 64)
SOUND = b"ID3\x04\x00" + bytes(300) + b"\xff\xfb"
HEARD = "Moss naïve"
TRANSLATED = {"The old cat sleeps here.": "Le vieux chat dort là.", "It is late now.": "Tard déjà."}
[FIRST, SECOND] = TRANSLATED


class Body(NamedTuple):
    """A good answer of a model: the pieces in which it comes, and its content type."""

    pieces: Sequence[bytes]
    content_type: str = JSON

    @property
    def is_stream(self) -> bool:
        return self.content_type == EVENTS


Model = Callable[[Call], Body]


class ModelRequest(NamedTuple):
    """A request that reaches a model.

    ``answer``: what the model answers to a call. ``proofs``: what a true answer has in it, all of
    it. ``unseen``: kinds of faults in what is handed on without being read. ``calls``: how many are
    made side by side.
    """

    target: str
    body: Any
    answer: Model
    proofs: Sequence[str]
    method: str = "POST"
    unseen: tuple[str, ...] = ()
    calls: int = 1

    @property
    def is_streamed(self) -> bool:
        """Whether the model's answer is a stream."""
        return self.answer is text and isinstance(self.body, dict) and "stream" in self.body

    def make(self) -> Request:
        if isinstance(self.body, Form):
            form = self.body

            async def read_form(limit: int) -> Form:
                return form

            return changed(request(self.method, self.target), form=read_form)
        return request(self.method, self.target, self.body)


# --- what models answer ----------------------------------------------------------------------


def as_json(value: object) -> Body:
    data = json.dumps(value, ensure_ascii=False).encode()
    middle = len(data) // 2
    return Body([data[:middle], data[middle:]])


def text(call: Call) -> Body:
    """Cloudflare's own shape, or OpenAI's."""
    is_native = call.model == NATIVE_MODEL
    whole = "".join(WORDS)
    usage = upstream.spent(9, 5)
    if not call.inputs.get("stream"):
        message = {"role": "assistant", "content": whole}
        choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
        native = {"response": whole, "usage": usage}
        return as_json(native if is_native else {"choices": choices, "usage": usage})
    if is_native:
        frames = [upstream.native(word) for word in WORDS]
    else:
        frames = [upstream.chunk(content=word) for word in WORDS]
        frames.append(upstream.chunk(finish="stop"))
    return Body([*frames, upstream.tail(9, 5), upstream.DONE], EVENTS)


def json_text(call: Call) -> Body:
    message = {"role": "assistant", "content": json.dumps({"colour": "".join(WORDS)})}
    return as_json({"choices": [{"message": message, "finish_reason": "stop"}]})


def vectors(call: Call) -> Body:
    count = len(call.inputs["text"])
    return as_json({"shape": [count, len(VECTOR)], "data": [VECTOR] * count})


def scores(call: Call) -> Body:
    return as_json({"response": [{"id": 0, "score": 0.0625}, {"id": 1, "score": 0.5}]})


def verdict(call: Call) -> Body:
    return as_json({"response": "unsafe\nS10", "usage": upstream.spent(9, 5)})


def picture(call: Call) -> Body:
    return as_json({"image": base64.b64encode(PICTURE).decode()})


def picture_file(call: Call) -> Body:
    return Body([PICTURE[:100], PICTURE[100:]], "image/png")


def sound(call: Call) -> Body:
    return Body([SOUND[:100], SOUND[100:]], "audio/mpeg")


def sound_in_json(call: Call) -> Body:
    return as_json({"audio": base64.b64encode(SOUND).decode()})


def transcript(call: Call) -> Body:
    info = {"language": "en", "duration": 1.5}
    segments = [{"start": 0.0, "end": 1.5, "text": HEARD, "avg_logprob": -0.25}]
    return as_json({"transcription_info": info, "text": HEARD, "segments": segments})


def deepgram(call: Call) -> Body:
    words = [{"word": word, "start": 0.5, "end": 1.5} for word in HEARD.split()]
    alternatives = [{"transcript": HEARD, "words": words}]
    return as_json({"results": {"channels": [{"alternatives": alternatives}]}})


def translation(call: Call) -> Body:
    translators = Translators(translate=lambda text, target: TRANSLATED[text])
    [reply] = run(translators.run(call))
    return as_json(json.loads(run(reply.read(SMALL_BYTES))))


# --- requests --------------------------------------------------------------------------------

USER = [{"role": "user", "content": PROMPT}]
SCHEMA = {
    "type": "json_schema",
    "json_schema": {"name": "c", "schema": {"type": "object", "required": ["colour"]}},
}
RUN = "/client/v4/accounts/a/ai/run/"
RUN_CHAT = {"messages": USER}
BOTH = tuple(TRANSLATED.values())
ONE = BOTH[:1]
FROM_TO = {"source_lang": "EN", "target_lang": "FR"}
JSON_RPC = {
    "jsonrpc": "2.0",
    "method": "LMT_handle_texts",
    "id": 7,
    "params": {
        "texts": [{"text": FIRST}, {"text": SECOND}],
        "lang": {"source_lang_user_selected": "EN", "target_lang": "FR"},
    },
}


def recording(**fields: str) -> Form:
    return Form([*fields.items(), ("file", upload(b"recorded", "a.mp3", "audio/mpeg"))])


def drawing(**fields: str) -> Form:
    return Form([*fields.items(), ("image", upload(png(64, 64)))])


def _texts() -> Mapping[str, ModelRequest]:
    """Of text models, each streamed too."""
    chat = {"model": OPENAI, "messages": USER}
    rows = {
        "chat": ModelRequest(CHAT, chat, text, WORDS),
        "chat-of-two": ModelRequest(CHAT, {**chat, "n": 2}, text, WORDS, calls=2),
        "chat-native": ModelRequest(CHAT, {**chat, "model": NATIVE_MODEL}, text, WORDS),
        "chat-in-json": ModelRequest(
            CHAT, {**chat, "response_format": SCHEMA}, json_text, ["colour"]
        ),
        "completions": ModelRequest(
            TEXT, {"model": NATIVE_MODEL, "prompt": [PROMPT, PROMPT]}, text, WORDS, calls=2
        ),
        "responses": ModelRequest(RESPONSES, {"model": OPENAI, "input": PROMPT}, text, WORDS),
        "messages": ModelRequest("/v1/messages", {**chat, "max_tokens": 99}, text, WORDS),
        "cloudflare-chat": ModelRequest(
            "/client/v4/accounts/a/ai/v1/chat/completions", chat, text, WORDS
        ),
    }
    streamed = {
        f"{name}/stream": row._replace(body={**row.body, "stream": True})
        for name, row in rows.items()
    }
    return {**rows, **streamed}


def _translations() -> Mapping[str, ModelRequest]:
    """In all dialects. Two texts take two calls to m2m100 and one to a text model."""

    def row(target: str, body: Any, proofs: Sequence[str] = BOTH) -> ModelRequest:
        return ModelRequest(target, body, translation, proofs, calls=len(proofs))

    def in_address(target: str, proofs: Sequence[str]) -> ModelRequest:
        return row(target, None, proofs)._replace(method="GET")

    google = "&sl=en&tl=fr"
    text_list = {"text_list": [FIRST, SECOND], "source_lang": "en", "target_lang": "fr"}
    return {
        "deeplx": row("/translate", {"text": f"{FIRST} {SECOND}", **FROM_TO}),
        "deeplx-pro": row("/v1/translate", {"text": FIRST, **FROM_TO}, ONE),
        "deeplx-in-address": in_address(f"/translate?text={FIRST}&target_lang=fr", ONE),
        "immersive": row("/imme", text_list),
        "hcfy": row("/hcfy", {"text": FIRST, "destination": ["法语", "英语"]}, ONE),
        "kiss": row("/kiss", {"texts": [FIRST, SECOND], "from": "en", "to": "fr"}),
        "libre": row("/translate", {"q": [FIRST, SECOND], "source": "en", "target": "fr"}),
        "azure": row("/translate?from=en&to=fr", [{"Text": FIRST}, {"Text": SECOND}]),
        "deepl": row("/v2/translate", {"text": [FIRST, SECOND], **FROM_TO}),
        "deepl-by-text-model": row(
            "/v2/translate", {"text": [FIRST], "formality": "more", **FROM_TO}, ONE
        ),
        "jsonrpc": row("/jsonrpc", JSON_RPC),
        "google-single": in_address(f"/translate_a/single?q={FIRST}&dj=1{google}", ONE),
        "google-batch": in_address(f"/translate_a/t?q={FIRST}&q={SECOND}{google}", BOTH),
        "google-html": row("/v1/translateHtml", [[[FIRST, SECOND], "en", "fr"], "wt_lib"]),
    }


REQUESTS: Mapping[str, ModelRequest] = {
    **_texts(),
    "chat-in-address": ModelRequest(
        f"{CHAT}?debug=1&model={OPENAI}&prompt=Hi", None, text, WORDS, method="GET"
    ),
    "chat-of-images": ModelRequest(
        CHAT, {"model": "dall-e-3", "messages": USER}, picture, ["data:image/png"]
    ),
    "chat-of-images/stream": ModelRequest(
        CHAT, {"model": "dall-e-3", "messages": USER, "stream": True}, picture, ["data:image/png"]
    ),
    "embeddings": ModelRequest(
        "/v1/embeddings",
        {"model": "@cf/baai/bge-m3", "input": ["a"] * 101},
        vectors,
        [json.dumps(VECTOR)],
        calls=2,
    ),
    "embeddings-in-base64": ModelRequest(
        "/v1/embeddings",
        {"model": "@cf/baai/bge-m3", "input": ["a"], "encoding_format": "base64"},
        vectors,
        [base64.b64encode(array("f", VECTOR)).decode()],
    ),
    "rerank": ModelRequest(
        "/v1/rerank", {"query": PROMPT, "documents": ["a", "b"]}, scores, ["0.0625"]
    ),
    "rerank-as-embeddings": ModelRequest(
        "/v1/embeddings", {"query": PROMPT, "documents": ["a", "b"]}, scores, ["0.0625"]
    ),
    "moderations": ModelRequest(
        "/v1/moderations", {"input": [PROMPT, PROMPT]}, verdict, ['"hate":true'], calls=2
    ),
    "images": ModelRequest(
        "/v1/images/generations",
        {"prompt": PROMPT, "n": 2, "response_format": "b64_json"},
        picture,
        [base64.b64encode(PICTURE).decode()],
        calls=2,
    ),
    "images-as-files": ModelRequest(
        "/v1/images/generations",
        {"prompt": PROMPT},
        picture_file,
        ["data:image/png"],
        unseen=("rest",),
    ),
    "edits": ModelRequest("/v1/images/edits", drawing(prompt=PROMPT), picture, ["b64_json"]),
    "variations": ModelRequest("/v1/images/variations", drawing(), picture, ["b64_json"]),
    "speech": ModelRequest(
        "/v1/audio/speech",
        {"model": "tts-1-hd", "input": PROMPT},
        sound,
        ["ID3"],
        unseen=("reset", "rest"),
    ),
    "speech-in-json": ModelRequest(
        "/v1/audio/speech", {"model": "tts-1", "input": PROMPT}, sound_in_json, ["ID3"]
    ),
    "transcriptions": ModelRequest(
        "/v1/audio/transcriptions", recording(), transcript, HEARD.split()
    ),
    "transcriptions/stream": ModelRequest(
        "/v1/audio/transcriptions", recording(stream="true"), transcript, HEARD.split()
    ),
    "transcriptions-of-words": ModelRequest(
        "/v1/audio/transcriptions",
        recording(model="@cf/deepgram/nova-3", response_format="verbose_json"),
        deepgram,
        HEARD.split(),
    ),
    "subtitles": ModelRequest(
        "/v1/audio/transcriptions", recording(response_format="srt"), transcript, HEARD.split()
    ),
    "speech-translations": ModelRequest(
        "/v1/audio/translations", recording(), transcript, HEARD.split()
    ),
    "run": ModelRequest(RUN + OPENAI, RUN_CHAT, text, WORDS, unseen=("type",)),
    "run/stream": ModelRequest(
        RUN + OPENAI,
        {**RUN_CHAT, "stream": True},
        text,
        WORDS,
        unseen=("type", "body", "reset", "rest", "stream", "number", "form"),
    ),
    **_translations(),
}
"""By name; ``/stream`` is the same request streamed."""
