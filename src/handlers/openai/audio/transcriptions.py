"""``POST /v1/audio/transcriptions`` and ``/translations``, as OpenAI publishes them.

The file goes from the client's form to the model as a stream, never into Python.
"""

import re
from collections.abc import Mapping
from typing import Any

from core.errors import BadRequest, TooLarge
from core.limits import AUDIO_FILE_BYTES, TRANSCRIPT_BYTES
from core.ports import Call, Media, MediaEncoding, Ports, Reply
from core.web import Form, Request, Response, UploadedFile
from handlers.openai.audio.spoken_languages import NAMES, find_code, name_language
from handlers.openai.audio.transcript_formats import WRITERS, Task, write_events
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields
from translation.languages.detection import detect
from translation.languages.locales import is_auto
from workers_ai import client
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Model
from workers_ai.speech.transcripts import Transcript, read_transcript

TASK = "Automatic Speech Recognition"
DEFAULT_MODEL = "whisper-1"
MAX_FORM = AUDIO_FILE_BYTES + 64 * 1024

MOST_NUMBERS = 4 * 1024 * 1024
"""Bytes of a file that may be sent as numbers: each takes some ten bytes of JSON."""

STREAMED = ("json", "text")
GRANULARITIES = ("segment", "word")

_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
"""A language tag (BCP 47) such as ``en``, ``zh-CN``, or Deepgram's ``multi``."""


def _check_number(value: Any, param: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise BadRequest(f"'{param}' must be a number.", param=param, code="invalid_type") from None


def _check_language(value: Any, param: str) -> str | None:
    """Accepts a language tag or an English name; ``auto`` is the same as absent."""
    tag: str = fields.text(value, param)
    if is_auto(tag):
        return None
    if tag.strip().lower() in NAMES.values():
        return find_code(tag)
    if not _TAG.fullmatch(tag):
        raise BadRequest(
            f"'{param}' must be the code of a language, such as en.",
            param=param,
            code="invalid_value",
        )
    return tag


FIELDS = (
    Field("model", fields.text),
    Field("language", _check_language, remark="an ISO code; without it the model listens"),
    Field("prompt", fields.text, remark="where the model takes one"),
    Field("response_format", fields.one_of(*WRITERS)),
    Field("temperature", fields.within(_check_number, 0, 1), remark="no model here has it"),
    Field("stream", fields.one_of("true", "false", "True", "False", "1", "0")),
    Field("file"),  # read below: a file
    Field("timestamp_granularities"),  # read below: may repeat, and has brackets in its name
    # Accepted and ignored on purpose.
    Field("chunking_strategy", remark="the model cuts as it does"),
    Field("include", remark="log probabilities, which no model here gives"),
    Field("keywords", remark="no model here is steered by them"),
    Field("known_speaker_names", remark="nobody is told apart here"),
    Field("known_speaker_references", remark="nobody is told apart here"),
    Field("languages", remark="one language, or the model listens"),
)


async def transcribe(request: Request, ports: Ports) -> Response:
    """Transcribes a recording. Raises :class:`APIError`."""
    return await _transcribe(request, ports, "transcribe")


async def translate(request: Request, ports: Ports) -> Response:
    """Transcribes a recording in English. Raises :class:`APIError`."""
    return await _transcribe(request, ports, "translate")


async def _transcribe(request: Request, ports: Ports, task: Task) -> Response:
    form = await fields.read_form(request, MAX_FORM)
    values = read_fields(form.texts(), FIELDS)
    model = await resolve_model(values.get("model", DEFAULT_MODEL), TASK, ports)
    if not model.accepts_input("audio"):
        raise BadRequest(
            "This model listens on a WebSocket only; use whisper-large-v3-turbo.",
            param="model",
            code="wrong_endpoint",
        )
    file = _read_file(form)
    granularities = _read_granularities(form)
    options = _build_options(model, values, task)
    format = values.get("response_format", "json")
    is_streamed = task == "transcribe" and values.get("stream", "0") in ("true", "True", "1")
    if is_streamed and format not in STREAMED:
        raise BadRequest(
            "A streamed transcript comes as events of text: 'response_format' can be "
            f"{' or '.join(STREAMED)}.",
            param="response_format",
            code="unsupported_value",
        )

    async def run_model(way: MediaEncoding) -> Reply:
        audio = Media(file, _guess_content_type(file), way)
        [reply] = await client.run(ports, request, [Call(model.id, {"audio": audio, **options})])
        return reply

    try:
        reply = await run_model("stream")
    except BadRequest as error:
        other_way = _find_other_way(model, file)
        if error.upstream_code != 5006 or other_way is None:
            raise
        reply = await run_model(other_way)
    language = "en" if task == "translate" else values.get("language") or _only_language(model)
    answer = await client.read_answer(reply, TRANSCRIPT_BYTES)
    transcript = read_transcript(answer, language)
    if format == "verbose_json":
        transcript = transcript._replace(language=_name_language(transcript))
    headers = client.served_headers(model, [reply])
    if is_streamed:
        return Response(
            write_events(transcript), 200, {**headers, "content-type": request.dialect.stream_type}
        )
    content_type, write = WRITERS[format]
    return Response(
        write(transcript, task, granularities), 200, {**headers, "content-type": content_type}
    )


def _only_language(model: Model) -> str:
    languages = model.details.get("languages", ())
    return languages[0] if len(languages) == 1 else ""


def _name_language(transcript: Transcript) -> str:
    """Returns the language of a transcript by OpenAI's name, detected in its text if the model did
    not report it."""
    code = transcript.language or detect([transcript.text]).code
    return name_language(code)


def _read_file(form: Form) -> UploadedFile:
    files = [value for value in form.all("file") if isinstance(value, UploadedFile)]
    if not files:
        raise BadRequest(
            "'file' is required: the recording, as a file of the form.",
            param="file",
            code="missing_required_parameter",
        )
    if not files[0].size:
        raise BadRequest("The file is empty.", param="file", code="invalid_value")
    if files[0].size > AUDIO_FILE_BYTES:
        raise TooLarge("The file is larger than 25 MB.", param="file")
    return files[0]


def _find_other_way(model: Model, file: UploadedFile) -> MediaEncoding | None:
    """Returns another way to send the recording if the service rejects a stream, as it does for
    nova-3 of some accounts (cloudflare/workerd#5082) and for older whispers, whose schema wants
    numbers."""
    if model.accepts_input("detect_language"):
        return "encoded"
    return "numbers" if not model.accepts_input("task") and file.size <= MOST_NUMBERS else None


_CONTENT_TYPES = {
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "audio/mp4",
    "mpeg": "audio/mpeg",
    "mpga": "audio/mpeg",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "webm": "audio/webm",
}


def _guess_content_type(file: UploadedFile) -> str:
    """Returns the content type that the client sent, else that of the file's extension."""
    if file.content_type.startswith(("audio/", "video/")):
        return file.content_type
    return _CONTENT_TYPES.get(file.name.rpartition(".")[2].lower(), "application/octet-stream")


def _read_granularities(form: Form) -> list[str]:
    values = form.all("timestamp_granularities[]", "timestamp_granularities")
    check = fields.one_of(*GRANULARITIES)
    return [str(check(value, "timestamp_granularities")) for value in values] or ["segment"]


def _build_options(model: Model, values: Mapping[str, Any], task: Task) -> dict[str, Any]:
    """Builds the inputs besides the recording that the model accepts."""
    if task == "translate" and not model.accepts_input("task"):
        raise BadRequest(
            "This model does not translate; use whisper-large-v3-turbo.",
            param="model",
            code="unsupported_value",
        )
    language = values.get("language")
    if language is not None and model.inputs and model.accepts_input("task"):
        language = find_code(language)
        if language is None:
            raise BadRequest(
                f"This model does not know the language. It knows: {', '.join(NAMES)}.",
                param="language",
                code="unsupported_value",
            )
    options = {
        "task": task,
        "language": language,
        "initial_prompt": values.get("prompt"),
        "detect_language": None if "language" in values else True,
        "punctuate": True,
        "smart_format": True,
    }
    accepted = model.inputs or {"language"}
    return {
        name: value for name, value in options.items() if value is not None and name in accepted
    }
