"""``POST /v1/audio/speech``, as OpenAI publishes it. The sound is streamed as it comes."""

import binascii
import re
from collections.abc import Mapping
from typing import Any

from core.errors import APIError, BadRequest, Upstream
from core.limits import MEDIA_ANSWER_BYTES, SPEECH_CHARACTERS
from core.ports import Call, Ports
from core.web import JSON, PassThrough, Request, Response
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, read_json, require_field
from translation.languages.detection import SURE, detect
from untrusted.json_text import parse_json
from workers_ai import client
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Model

TASK = "Text-to-Speech"

FIELDS = (
    Field("model", fields.text),
    Field("input", fields.text),
    Field("response_format", fields.one_of("mp3", "opus", "aac", "flac", "wav", "pcm")),
    Field("speed", fields.number, remark="1: no model here speaks faster or slower"),
    Field("stream_format", fields.one_of("audio", "sse"), remark="audio"),
    Field("voice"),  # read below: a name or an object with one
    Field("instructions", remark="no model here follows any"),
)

VOICES: Mapping[str, tuple[str, ...]] = {
    "alloy": ("asteria", "celeste"),
    "ash": ("orion", "nestor"),
    "ballad": ("orpheus", "alvaro"),
    "cedar": ("zeus", "sirio"),
    "coral": ("hera", "carina"),
    "echo": ("arcas", "javier"),
    "fable": ("athena", "diana"),
    "marin": ("luna", "selena"),
    "nova": ("luna", "estrella"),
    "onyx": ("zeus", "nestor"),
    "sage": ("athena", "aquila"),
    "shimmer": ("asteria", "selena"),
    "verse": ("orion", "alvaro"),
}
"""The nearest speaker for each of OpenAI's voices, and the next for models without it: by sex and
tone, as Deepgram describes its speakers."""

ENCODINGS: Mapping[str, tuple[dict[str, Any], str]] = {
    "mp3": ({"encoding": "mp3"}, "audio/mpeg"),
    "opus": ({"encoding": "opus", "container": "ogg"}, "audio/ogg"),
    "aac": ({"encoding": "aac"}, "audio/aac"),
    "flac": ({"encoding": "flac"}, "audio/flac"),
    "wav": ({"encoding": "linear16", "container": "wav"}, "audio/wav"),
    "pcm": ({"encoding": "linear16", "container": "none", "sample_rate": 24000}, "audio/pcm"),
}
"""Each format, as the inputs of a model that can encode and as a content type."""

_MAGIC_BYTES = (
    (b"ID3", "audio/mpeg"),
    (b"RIFF", "audio/wav"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
)
_looks_like_text = re.compile(
    rb"(?!ID3|RIFF|OggS|fLaC)[\t\n\r -~]*\Z|\s*(?:<[!?A-Za-z]|(?:data|event|id|retry)?:)"
).match
"""Words, a page or an event stream, whatever its content type says. Sound never begins as loud as
these letters would be, but for the names of its formats."""


async def create(request: Request, ports: Ports) -> Response | PassThrough:
    """Creates speech from a text. Raises :class:`APIError`."""
    body = await read_json(request)
    values = read_fields(body, FIELDS)
    model = await resolve_model(require_field(values, "model"), TASK, ports)
    text = require_field(values, "input")
    if not text.strip() or len(text) > SPEECH_CHARACTERS:
        raise BadRequest(
            f"'input' must have 1 to {SPEECH_CHARACTERS} characters.",
            param="input",
            code="invalid_value",
        )
    if values.get("speed", 1) != 1:
        raise BadRequest(
            "'speed' must be 1: no model here speaks faster or slower.",
            param="speed",
            code="unsupported_value",
        )
    if values.get("stream_format") == "sse":
        raise BadRequest(
            "'stream_format' must be audio.", param="stream_format", code="unsupported_value"
        )
    format = values.get("response_format", "mp3")
    inputs = _build_inputs(model, text, format)
    inputs.update(_choose_voice(body.get("voice"), model))
    if "lang" not in inputs and "lang" in model.inputs:
        inputs.update(_detect_language(text))
    try:
        [reply] = await client.run(ports, request, [Call(model.id, inputs)])
    except APIError as error:
        if error.upstream_code == 8002 and "lang" in inputs:
            error.message = (
                "This model does not speak the language of the text. aura-2-es speaks Spanish; "
                "aura-1, aura-2-en and melotts speak English."
            )
        raise
    headers = client.served_headers(model, [reply])
    content_type = reply.header("content-type") or ""
    is_json = content_type.startswith(JSON)
    head = b"" if is_json else await reply.peek()
    if is_json or head.startswith(b'{"'):
        sound = _decode_sound(await client.read_answer(reply, MEDIA_ANSWER_BYTES))
        return Response(sound, 200, {**headers, "content-type": _sniff_sound(sound)})
    if not head or content_type.startswith("text/") or _looks_like_text(head):
        await reply.cancel()
        raise _no_sound()
    if not content_type.startswith("audio/") or content_type == "audio/mpeg":
        # The service reports audio/mpeg for every encoding, so the requested format is more exact.
        content_type = ENCODINGS[format][1]
    return PassThrough(reply.stream, 200, {**headers, "content-type": content_type})


def _build_inputs(model: Model, text: str, format: str) -> dict[str, Any]:
    """Builds the text, under the model's name for it, and the encoding."""
    name = "text" if model.accepts_input("text") else "prompt"
    if model.accepts_input("encoding"):
        return {name: text, **ENCODINGS[format][0]}
    if format != "mp3":
        raise BadRequest(
            "This model speaks mp3 only; aura-1 has the other formats.",
            param="response_format",
            code="unsupported_value",
        )
    return {name: text}


def _choose_voice(voice: Any, model: Model) -> dict[str, str]:
    """Returns the input that selects the voice: a speaker, or a language (``en``, ``es``, …) for
    models with one voice."""
    if isinstance(voice, dict):
        voice = voice.get("id") or voice.get("name")
    name = fields.text(voice, "voice").lower() if voice is not None else ""
    speakers = model.details.get("speakers", ())
    if not model.inputs and name not in VOICES:
        return {"speaker": name} if name else {}  # its inputs are unknown, so it may have speakers
    if not speakers:
        return _choose_language(name, model)
    if name in speakers:
        return {"speaker": name}
    matching = [speaker for speaker in VOICES.get(name, ()) if speaker in speakers]
    if name and name not in VOICES:
        raise BadRequest(
            f"'voice' must be one of OpenAI's or one of the model's: {', '.join(speakers)}.",
            param="voice",
            code="unsupported_value",
        )
    default = model.details.get("default_speaker") or speakers[0]
    return {"speaker": matching[0] if matching else default}


def _choose_language(name: str, model: Model) -> dict[str, str]:
    """Returns the language for a model with one voice, which all of OpenAI's names mean."""
    if not name or name in VOICES:
        return {}
    if len(name) == 2 and model.accepts_input("lang"):
        return {"lang": name}
    raise BadRequest(
        "This model has one voice: 'voice' can be one of OpenAI's names, or a language such as en.",
        param="voice",
        code="unsupported_value",
    )


def _detect_language(text: str) -> dict[str, str]:
    """Returns the language that a text is surely in, for a model that reads all as English else."""
    found = detect([text])
    is_other = found.confidence >= SURE and found.code != "en"
    return {"lang": found.code} if is_other else {}


def _decode_sound(body: bytes) -> bytes:
    """Decodes the sound in ``{audio: base64}``."""
    try:
        sound = binascii.a2b_base64(parse_json(body.decode("utf-8", "replace"))["audio"])
    except (ValueError, TypeError, KeyError):
        raise _no_sound() from None
    if not sound:
        raise _no_sound()
    return sound


def _no_sound() -> Upstream:
    return Upstream("The model's answer holds no sound.")


def _sniff_sound(sound: bytes) -> str:
    for magic, content_type in _MAGIC_BYTES:
        if sound.startswith(magic):
            return content_type
    return "audio/mpeg"
