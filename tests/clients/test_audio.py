"""Speech and its transcripts, as OpenAI's package asks for them. What is said stands in a comment
of the mock's recordings, so that what one endpoint speaks the other can hear."""

import json
import re
from itertools import pairwise
from typing import Any

import httpx2
import openai as sdk
import pytest
from openai import OpenAI

from clients.test_images import calls_of
from support import openai_shapes

TURBO, WHISPER, NOVA = (
    "@cf/openai/whisper-large-v3-turbo",
    "@cf/openai/whisper",
    "@cf/deepgram/nova-3",
)
AURA, MELO = "@cf/deepgram/aura-1", "@cf/myshell-ai/melotts"
SENTENCES = "Hello there my friend. How are you doing today?"
MAGIC = {
    "mp3": (b"ID3", "audio/mpeg"),
    "wav": (b"RIFF", "audio/wav"),
    "flac": (b"fLaC", "audio/flac"),
    "opus": (b"OggS", "audio/ogg"),
    "aac": (b"\xff", "audio/aac"),
    "pcm": (b"", "audio/pcm"),
}


def speech(openai: OpenAI, text: str = SENTENCES, **fields: Any) -> bytes:
    asked = {"model": AURA, "voice": "alloy", **fields}
    return openai.audio.speech.create(input=text, **asked).read()


@pytest.fixture(scope="module")
def recording(openai: OpenAI) -> tuple[str, bytes]:
    return "a.wav", speech(openai, response_format="wav")


# --- speech --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", MAGIC)
def test_every_format(openai: OpenAI, form: Any) -> None:
    answer = openai.audio.speech.create(
        model=AURA, input=SENTENCES, voice="alloy", response_format=form
    )
    magic, content_type = MAGIC[form]
    assert answer.response.headers["content-type"] == content_type
    assert answer.response.headers["x-model-served"] == AURA
    assert answer.content.startswith(magic)
    assert len(answer.content) > 500
    if form not in ("aac", "pcm"):  # which have no place for what is said
        heard = openai.audio.transcriptions.create(
            model="whisper-1", file=(f"a.{form}", answer.content)
        )
        assert heard.text == SENTENCES


@pytest.mark.parametrize(
    ("model", "served"),
    [("tts-1", MELO), ("gpt-4o-mini-tts", MELO), ("tts-1-hd", AURA), (MELO, MELO)],
)
def test_names(openai: OpenAI, model: str, served: str) -> None:
    answer = openai.audio.speech.create(model=model, input=SENTENCES, voice="nova")
    assert answer.response.headers["x-model-served"] == served
    assert answer.response.headers["content-type"] == "audio/mpeg"
    assert answer.content.startswith(b"ID3")


@pytest.mark.parametrize(
    ("model", "voice", "speaker"),
    [
        (AURA, "alloy", "asteria"),
        (AURA, "onyx", "zeus"),
        (AURA, "angus", "angus"),
        ("@cf/deepgram/aura-2-en", "marin", "luna"),
        ("@cf/deepgram/aura-2-en", "zeus", "zeus"),
        ("@cf/deepgram/aura-2-es", "alloy", "celeste"),
        ("@cf/deepgram/aura-2-es", "sirio", "sirio"),
    ],
)
def test_voices(openai: OpenAI, http: httpx2.Client, model: str, voice: str, speaker: str) -> None:
    assert speech(openai, model=model, voice=voice)
    call = calls_of(http)[-1]
    assert (call["model"], call["inputs"]["speaker"]) == (model, speaker)


def test_the_language_of_a_model_with_one_voice(openai: OpenAI, http: httpx2.Client) -> None:
    assert speech(openai, model=MELO, voice="zh")
    assert calls_of(http)[-1]["inputs"]["lang"] == "zh"


def test_as_it_comes(openai: OpenAI) -> None:
    with openai.audio.speech.with_streaming_response.create(
        model=AURA, input=SENTENCES * 10, voice="alloy", response_format="wav"
    ) as answer:
        assert b"".join(answer.iter_bytes()).startswith(b"RIFF")


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"input": ""}, "input"),
        ({"input": " "}, "input"),
        ({"input": "x" * 4097}, "input"),
        ({"speed": 2}, "speed"),
        ({"response_format": "ogg"}, "response_format"),
        ({"response_format": "wav", "model": MELO}, "response_format"),
        ({"voice": "nobody"}, "voice"),
        ({"voice": "nobody", "model": MELO}, "voice"),
        ({"stream_format": "sse"}, "stream_format"),
        ({"model": "gpt-4o"}, "model"),
    ],
)
def test_speech_that_cannot_be(openai: OpenAI, fields: dict[str, Any], param: str) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.audio.speech.create(**{"model": AURA, "input": "Hi", "voice": "alloy", **fields})
    assert caught.value.param == param


def test_sound_from_models_that_say_something_else(openai: OpenAI) -> None:
    for quirk in ("not-json", "null"):
        with pytest.raises(sdk.InternalServerError):
            speech(openai, model=f"@mock/speech/{quirk}")


# --- transcripts ---------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [TURBO, WHISPER, NOVA, "@cf/openai/whisper-tiny-en"])
def test_every_model_in_every_form(
    openai: OpenAI, recording: tuple[str, bytes], model: str
) -> None:
    def hear(form: Any, **fields: Any) -> Any:
        return openai.audio.transcriptions.create(
            model=model, file=recording, response_format=form, **fields
        )

    assert hear("json").text == SENTENCES
    assert hear("text") == SENTENCES + "\n"
    whole = hear("verbose_json", timestamp_granularities=["segment", "word"])
    assert whole.text == SENTENCES
    assert whole.duration == pytest.approx(len(SENTENCES) / 15, abs=0.1)
    assert " ".join(word.word for word in whole.words) == SENTENCES
    assert " ".join(segment.text for segment in whole.segments) == SENTENCES
    for parts in (whole.words, whole.segments):
        assert parts[0].start == 0
        assert all(part.start < part.end for part in parts)
        assert all(a.end <= b.start + 0.01 for a, b in pairwise(parts))
    stamp = r"\d\d:\d\d:\d\d"
    srt = hear("srt")
    assert re.match(rf"1\n{stamp},\d{{3}} --> {stamp},\d{{3}}\nHello there", srt)
    vtt = hear("vtt")
    assert re.match(rf"WEBVTT\n\n{stamp}\.\d{{3}} --> {stamp}\.\d{{3}}\nHello there", vtt)
    for text in (srt, vtt):
        assert text.count("-->") == len(whole.segments)


@pytest.mark.parametrize(
    ("asked", "given"),
    [([], {"segments"}), (["word"], {"words"}), (["segment"], {"segments"})],
)
def test_granularities(
    openai: OpenAI, recording: tuple[str, bytes], asked: list[Any], given: set[str]
) -> None:
    raw = openai.audio.transcriptions.with_raw_response.create(
        model="whisper-1",
        file=recording,
        response_format="verbose_json",
        timestamp_granularities=asked,
    )
    value = json.loads(raw.text)
    openai_shapes.check_answer("transcription_verbose", value, status=200)
    assert value.keys() & {"segments", "words"} == given
    assert value["language"] == "english"


def test_granularities_that_are_none(openai: OpenAI, recording: tuple[str, bytes]) -> None:
    letters: Any = ["letter"]
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.audio.transcriptions.create(
            model="whisper-1", file=recording, timestamp_granularities=letters
        )
    assert caught.value.param == "timestamp_granularities"


def test_the_content_types(http: httpx2.Client, recording: tuple[str, bytes]) -> None:
    for form, content_type in {
        "json": "application/json",
        "verbose_json": "application/json",
        "text": "text/plain; charset=utf-8",
        "srt": "application/x-subrip; charset=utf-8",
        "vtt": "text/vtt; charset=utf-8",
    }.items():
        answer = http.post(
            "/v1/audio/transcriptions",
            data={"model": "whisper-1", "response_format": form},
            files={"file": recording},
        )
        assert answer.headers["content-type"] == content_type
        assert answer.headers["x-model-served"] == TURBO


@pytest.mark.parametrize("model", [TURBO, NOVA])
def test_events(openai: OpenAI, recording: tuple[str, bytes], model: str) -> None:
    create = openai.audio.transcriptions.create
    *deltas, done = create(model=model, file=recording, stream=True)
    assert done.type == "transcript.text.done"
    assert done.text == SENTENCES
    pieces = [event.delta for event in deltas if event.type == "transcript.text.delta"]
    assert "".join(pieces) == SENTENCES
    assert len(pieces) == len(deltas) > 0


def test_what_goes_to_the_model(
    openai: OpenAI, http: httpx2.Client, recording: tuple[str, bytes]
) -> None:
    openai.audio.transcriptions.create(
        model="whisper-1", file=recording, language="fr", prompt="Names: Ada", temperature=0
    )
    inputs = calls_of(http)[-1]["inputs"]
    assert (inputs["language"], inputs["initial_prompt"]) == ("fr", "Names: Ada")
    assert inputs["task"] == "transcribe"


# The package calls its own overloads for translations deprecated.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_translations(openai: OpenAI, http: httpx2.Client, recording: tuple[str, bytes]) -> None:
    answer = openai.audio.translations.create(model="whisper-1", file=recording)
    assert answer.text == f"In English: {SENTENCES}"
    assert calls_of(http)[-1]["inputs"]["task"] == "translate"
    whole = openai.audio.translations.create(
        model="whisper-1", file=recording, response_format="verbose_json"
    )
    assert whole.language == "english"
    assert whole.segments
    for model in (WHISPER, NOVA):
        with pytest.raises(sdk.BadRequestError, match="whisper-large-v3-turbo"):
            openai.audio.translations.create(model=model, file=recording)


@pytest.mark.parametrize("quirk", ["text-only", "whisper", "deepgram"])
def test_transcripts_of_another_shape(
    openai: OpenAI, recording: tuple[str, bytes], quirk: str
) -> None:
    answer = openai.audio.transcriptions.create(
        model=f"@mock/transcription/{quirk}", file=recording, response_format="srt"
    )
    assert "hello there" in answer.lower()


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"file": ("a.mp3", b"")}, "file"),
        ({"response_format": "xml"}, "response_format"),
        ({"temperature": 3}, "temperature"),
        ({"extra_body": {"language": "xx"}}, "language"),
        ({"model": "gpt-4o"}, "model"),
        ({"model": "@cf/deepgram/flux"}, "model"),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("task", ["transcriptions", "translations"])
def test_transcripts_that_cannot_be(
    openai: OpenAI,
    recording: tuple[str, bytes],
    task: str,
    fields: dict[str, Any],
    param: str,
) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        getattr(openai.audio, task).create(**{"model": "whisper-1", "file": recording, **fields})
    assert caught.value.param == param


def test_what_is_no_recording(openai: OpenAI) -> None:
    """Workers AI has the same number for it as for the content filter."""
    for model in (TURBO, WHISPER, NOVA):
        with pytest.raises(sdk.BadRequestError) as caught:
            openai.audio.transcriptions.create(model=model, file=("a.mp3", b"no sound" * 100))
        assert caught.value.code != "content_policy_violation"


@pytest.mark.parametrize("task", ["transcriptions", "translations"])
def test_without_a_file(http: httpx2.Client, task: str) -> None:
    for files in ({"other": ("a.mp3", b"ID3")}, {"file": (None, b"ID3")}):
        answer = http.post(f"/v1/audio/{task}", data={"model": "whisper-1"}, files=files)
        assert answer.status_code == 400
        assert answer.json()["error"]["param"] == "file"
    answer = http.post(f"/v1/audio/{task}", json={"model": "whisper-1"})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "invalid_form"


def test_25_megabytes_and_no_more(openai: OpenAI, http: httpx2.Client) -> None:
    most = 25 * 2**20
    said = b"[[say:At last.]]"
    fits = ("a.mp3", b"ID3" + bytes(most - 3 - len(said)) + said)
    assert openai.audio.transcriptions.create(model="whisper-1", file=fits).text == "At last."
    for size in (most + 1, most + 200_000):
        with pytest.raises(sdk.APIStatusError) as caught:
            openai.audio.transcriptions.create(model="whisper-1", file=("a.mp3", bytes(size)))
        assert caught.value.status_code == 413
    assert http.get("/health").status_code == 200
