import base64
import json
from typing import Any, get_type_hints

import pytest

from core.web import Answer, PassThrough, Response
from handlers.openai.audio import speech
from support.fakes import FakeAI, FakeReply, answer, call, failure, run
from support.openai_shapes import check_answer
from workers_ai.catalogue.lookup import BUILT_IN

MP3 = b"ID3\x04" + bytes(60)


def say(*replies: FakeReply, **fields: Any) -> tuple[Answer, FakeAI]:
    ai = FakeAI(*replies)
    body = {"model": "aura-1", "input": "Hello", "voice": "alloy", **fields}
    got = run(call(ai, "POST", "/v1/audio/speech", body))
    if got.status != 200:
        assert isinstance(got, Response)
        check_answer("error", json.loads(got.body), status=got.status)
    return got, ai


def sound(content_type: str = "audio/mpeg") -> FakeReply:
    return FakeReply(MP3, content_type=content_type)


def test_passes_the_sound_through_unread() -> None:
    reply = sound()
    got, ai = say(reply)
    assert isinstance(got, PassThrough)
    assert got.stream is reply
    assert not reply.was_read
    assert got.headers["content-type"] == "audio/mpeg"
    assert got.headers["x-model-served"] == "@cf/deepgram/aura-1"
    assert ai.calls[0].inputs == {"text": "Hello", "encoding": "mp3", "speaker": "asteria"}


@pytest.mark.parametrize("said", ["application/octet-stream", "audio/mpeg"])
@pytest.mark.parametrize("wanted", speech.ENCODINGS)
def test_every_format_of_a_model_that_encodes(wanted: str, said: str) -> None:
    inputs, content_type = speech.ENCODINGS[wanted]
    got, ai = say(sound(said), response_format=wanted)
    assert got.headers["content-type"] == content_type
    assert ai.calls[0].inputs.items() >= inputs.items()


def test_uses_the_models_content_type() -> None:
    assert say(sound("audio/wav"))[0].headers["content-type"] == "audio/wav"


def test_melotts_answers_base64() -> None:
    reply = answer({"audio": base64.b64encode(MP3).decode()})
    got, ai = say(reply, model="tts-1")
    assert isinstance(got, Response)
    assert (got.body, got.headers["content-type"]) == (MP3, "audio/mpeg")
    assert ai.calls[0].inputs == {"prompt": "Hello"}


@pytest.mark.parametrize(
    ("head", "content_type"),
    [(b"RIFF", "audio/wav"), (b"OggS", "audio/ogg"), (b"\xff\xfb", "audio/mpeg")],
)
def test_the_type_is_that_of_the_bytes(head: bytes, content_type: str) -> None:
    got, _ = say(answer({"audio": base64.b64encode(head).decode()}), model="tts-1")
    assert got.headers["content-type"] == content_type


def test_melotts_takes_a_language_for_a_voice() -> None:
    reply = answer({"audio": base64.b64encode(MP3).decode()})
    assert say(reply, model="tts-1", voice="FR")[1].calls[0].inputs["lang"] == "fr"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("你好,世界", "zh"),
        ("El viejo gato duerme debajo de la mesa de la cocina.", "es"),
        ("The old cat sleeps beneath the kitchen table.", None),
        ("OK", None),
        ("12:30", None),
    ],
)
def test_melotts_reads_a_text_in_its_language(text: str, lang: str | None) -> None:
    reply = answer({"audio": base64.b64encode(MP3).decode()})
    inputs = say(reply, model="tts-1", input=text)[1].calls[0].inputs
    assert inputs.get("lang") == lang
    assert "lang" not in say(sound(), model="@cf/deepgram/aura-1", input=text)[1].calls[0].inputs


def test_a_language_that_the_model_does_not_speak() -> None:
    got, _ = say(failure(8002, 400), model="tts-1", voice="es")
    assert got.status == 400
    assert isinstance(got, Response)
    assert b"aura-2-es speaks Spanish" in got.body


@pytest.mark.parametrize(
    "model", ["@cf/deepgram/aura-1", "@cf/deepgram/aura-2-en", "@cf/deepgram/aura-2-es"]
)
@pytest.mark.parametrize("voice", speech.VOICES)
def test_openais_voices_are_speakers_of_each_model(model: str, voice: str) -> None:
    row = BUILT_IN.get(model)
    assert row
    speaker = say(sound(), model=model, voice=voice)[1].calls[0].inputs["speaker"]
    assert speaker in row.details["speakers"]
    assert speaker in speech.VOICES[voice]


@pytest.mark.parametrize("voice", ["angus", "Angus", {"id": "angus"}, {"name": "angus"}])
def test_native_voices(voice: Any) -> None:
    assert say(sound(), voice=voice)[1].calls[0].inputs["speaker"] == "angus"


@pytest.mark.parametrize(
    ("voice", "given"), [("angus", {"speaker": "angus"}), ("alloy", {}), (None, {})]
)
def test_passes_any_voice_to_a_model_with_unknown_inputs(voice: Any, given: Any) -> None:
    inputs = say(sound(), model="@cf/new/mouth", voice=voice)[1].calls[0].inputs
    assert {name: inputs[name] for name in ("speaker", "lang") if name in inputs} == given


@pytest.mark.parametrize("voice", speech.VOICES)
def test_one_voice_has_all_of_openais_names(voice: str) -> None:
    reply = answer({"audio": base64.b64encode(MP3).decode()})
    assert say(reply, model="tts-1", voice=voice)[1].calls[0].inputs == {"prompt": "Hello"}


def test_no_voice() -> None:
    assert say(sound(), voice=None, model="aura-2-en")[1].calls[0].inputs["speaker"] == "luna"


def test_a_speed_of_one() -> None:
    assert say(sound(), speed=1.0)[0].status == 200


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"input": None}, "input"),
        ({"input": ""}, "input"),
        ({"input": "  "}, "input"),
        ({"input": "a" * 4097}, "input"),
        ({"input": 5}, "input"),
        ({"voice": "nobody"}, "voice"),
        ({"voice": "nobody", "model": "tts-1"}, "voice"),
        ({"voice": "angus", "model": "tts-1"}, "voice"),
        ({"voice": 5}, "voice"),
        ({"voice": {"x": 1}}, None),
        ({"speed": 1.5}, "speed"),
        ({"speed": "1"}, "speed"),
        ({"response_format": "ogg"}, "response_format"),
        ({"response_format": "wav", "model": "tts-1"}, "response_format"),
        ({"stream_format": "sse"}, "stream_format"),
        ({"model": "whisper-1"}, "model"),
        ({"model": None}, "model"),
    ],
)
def test_errors_name_the_invalid_field(fields: dict[str, Any], param: str | None) -> None:
    if param is None:
        assert say(sound(), **fields)[0].status == 200
        return
    got, ai = say(**fields)
    assert isinstance(got, Response)
    assert (got.status, json.loads(got.body)["error"]["param"]) == (400, param)
    assert not ai.calls


@pytest.mark.parametrize("body", [{}, {"audio": 5}, {"audio": "not base64!"}, []])
def test_reports_upstream_answers_without_sound(body: Any) -> None:
    got, _ = say(answer(body), model="tts-1")
    assert isinstance(got, Response)
    assert (got.status, json.loads(got.body)["error"]["code"]) == (502, "upstream_error")


@pytest.mark.parametrize("format", ["mp3", "pcm"])
@pytest.mark.parametrize("said", ["", "audio/mpeg", "application/octet-stream", "text/html"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!DOCTYPE html><title>502</title>",
        b"\n<html>",
        b'data: {"response":"Hi"}\n\n',
        b"event: error\ndata: {}\n\n",
        b": ping\n\n",
        b" \r\n",
        b"Service unavailable",
        b'{"result":{}}',
        b'{"audio":""}',
    ],
)
def test_rejects_sound_that_is_none(body: bytes, said: str, format: str) -> None:
    reply = FakeReply(body, content_type=said)
    got, _ = say(reply, response_format=format)
    assert isinstance(got, Response)
    assert (got.status, json.loads(got.body)["error"]["code"]) == (502, "upstream_error")
    assert reply.was_read or reply.cancelled


@pytest.mark.parametrize("said", ["text/event-stream; charset=utf-8", "text/plain"])
def test_rejects_sound_that_is_said_to_be_text(said: str) -> None:
    assert say(sound(said))[0].status == 502


def test_json_that_is_said_to_be_sound_is_still_json() -> None:
    reply = answer({"audio": base64.b64encode(MP3).decode()}, content_type="audio/mpeg")
    got, _ = say(reply)
    assert isinstance(got, Response)
    assert got.body == MP3


def test_quiet_samples_are_no_text() -> None:
    reply = FakeReply(b"\x20\x00:\x00" * 9, content_type="audio/mpeg")
    assert isinstance(say(reply, response_format="pcm")[0], PassThrough)


def test_upstream_errors_come_through() -> None:
    got, _ = say(failure(8002))
    assert got.status == 400


def test_every_field_of_openai_is_a_row() -> None:
    params = pytest.importorskip("openai.types.audio.speech_create_params")
    names = set(get_type_hints(params.SpeechCreateParams))
    assert names <= {row.name for row in speech.FIELDS}
