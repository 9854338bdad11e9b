import json
from collections.abc import Sequence
from typing import Any, get_type_hints

import pytest

from core.ports import Media
from core.web import Form, Response, UploadedFile
from gateway.handle import handle
from handlers.openai.audio import transcriptions
from support.fakes import FakeAI, FakeReply, answer, changed, failure, ports, request, run
from support.openai_shapes import check_answer, check_event

WORDS = [{"word": "Hello", "start": 0, "end": 1.25}, {"word": "there.", "start": 1.25, "end": 2.5}]
TURBO = {
    "transcription_info": {"language": "en", "duration": 3723.5},
    "text": "Hello there. Bye.",
    "segments": [
        {"start": 0.0, "end": 2.5, "text": " Hello there.", "avg_logprob": -0.25, "words": WORDS},
        {"start": 3722.0, "end": 3723.5, "text": " Bye.", "words": []},
    ],
}


DONE = "transcript.text.done"


def file(size: int = 3, name: str = "a.mp3", content_type: str = "audio/mpeg") -> UploadedFile:
    async def read() -> bytes:
        raise AssertionError("the file must not be read into Python")

    return UploadedFile(name, content_type, size, object(), read)


def send(
    *replies: FakeReply,
    path: str = "/v1/audio/transcriptions",
    form: Sequence[tuple[str, Any]] | None = None,
    **values: str,
) -> tuple[Response, FakeAI]:
    ai = FakeAI(*replies)
    sent = [("file", file())] if form is None else form

    async def read(limit: int) -> Form:
        return Form([*sent, *values.items()])

    made = changed(request("POST", path, b""), form=read)
    got = run(handle(made, lambda: ports(ai)))
    assert isinstance(got, Response)
    if got.status != 200:
        check_answer("error", json.loads(got.body), status=got.status)
    return got, ai


def test_json() -> None:
    got, ai = send(answer(TURBO), model="whisper-1", language="en", prompt="Names: Ann")
    value = json.loads(got.body)
    check_answer("transcription", value)
    assert value["text"] == "Hello there. Bye."
    call = ai.calls[0]
    assert call.model == "@cf/openai/whisper-large-v3-turbo"
    assert isinstance(call.inputs["audio"], Media)
    assert (call.inputs["audio"].encoding, call.inputs["audio"].content_type) == (
        "stream",
        "audio/mpeg",
    )
    assert call.inputs["language"] == "en"
    assert call.inputs["initial_prompt"] == "Names: Ann"
    assert call.inputs["task"] == "transcribe"


def test_the_model_has_a_default() -> None:
    assert send(answer(TURBO))[1].calls[0].model == "@cf/openai/whisper-large-v3-turbo"


def test_text() -> None:
    got, _ = send(answer(TURBO), response_format="text")
    assert got.headers["content-type"].startswith("text/plain")
    assert got.body == b"Hello there. Bye.\n"


def test_srt() -> None:
    got, _ = send(answer(TURBO), response_format="srt")
    assert got.body.decode() == (
        "1\n00:00:00,000 --> 00:00:02,500\nHello there.\n\n2\n01:02:02,000 --> 01:02:03,500\nBye.\n"
    )


def test_vtt() -> None:
    got, _ = send(answer(TURBO), response_format="vtt")
    assert got.headers["content-type"].startswith("text/vtt")
    assert got.body.decode() == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.500\nHello there.\n\n"
        "01:02:02.000 --> 01:02:03.500\nBye.\n"
    )


def test_subtitles_of_text_without_stamps() -> None:
    got, _ = send(answer({"text": "Hi"}), response_format="srt")
    assert got.body == b"1\n00:00:00,000 --> 00:00:00,000\nHi\n"


@pytest.mark.parametrize(
    ("granularities", "has"),
    [((), {"segments"}), (("word",), {"words"}), (("word", "segment"), {"words", "segments"})],
)
def test_verbose_json(granularities: tuple[str, ...], has: set[str]) -> None:
    form = [("file", file()), *(("timestamp_granularities[]", name) for name in granularities)]
    got, _ = send(answer(TURBO), form=form, response_format="verbose_json")
    value = json.loads(got.body)
    check_answer("transcription_verbose", value)
    assert value.keys() & {"words", "segments"} == has
    assert (value["language"], value["duration"]) == ("english", 3723.5)
    if "segments" in has:
        assert [segment["id"] for segment in value["segments"]] == [0, 1]
        assert value["segments"][0]["avg_logprob"] == -0.25
    if "words" in has:
        assert value["words"][1] == {"word": "there.", "start": 1.25, "end": 2.5}


def test_translations() -> None:
    got, ai = send(answer(TURBO), path="/v1/audio/translations", response_format="verbose_json")
    check_answer("translation_verbose", json.loads(got.body))
    assert ai.calls[0].inputs["task"] == "translate"
    got, _ = send(answer(TURBO), path="/v1/audio/translations")
    assert json.loads(got.body) == {"text": "Hello there. Bye."}


def test_rejects_models_that_do_not_translate() -> None:
    got, _ = send(path="/v1/audio/translations", model="@cf/openai/whisper")
    assert (got.status, json.loads(got.body)["error"]["param"]) == (400, "model")


def test_streamed() -> None:
    got, _ = send(answer(TURBO), stream="true")
    assert got.headers["content-type"].startswith("text/event-stream")
    lines = got.body.decode().split("\n\n")
    assert lines[-2:] == ["data: [DONE]", ""]
    events = [json.loads(line.removeprefix("data: ")) for line in lines[:-2]]
    for event in events:
        check_event("transcription", event)
    assert "".join(event.get("delta", "") for event in events) == "Hello there. Bye."
    assert [event["type"] for event in events] == [*["transcript.text.delta"] * 2, DONE]
    assert events[-1]["text"] == "Hello there. Bye."


@pytest.mark.parametrize(
    ("text", "segments", "deltas"),
    [
        ("你好。再见。", ["你好。", "再见。"], ["你好。", "再见。"]),
        ("Hi  there", ["Hi", "there"], ["Hi", "  there"]),
        ("one two", ["two", "one"], ["one two"]),
        ("one two", ["nothing", "two"], ["one two"]),
        ("one two", ["one"], ["one", " two"]),
        ("one", [], ["one"]),
        ("", [], []),
        ("x" * 10_000, [], ["x" * 8_000, "x" * 2_000]),
    ],
)
def test_the_pieces_of_a_stream_are_its_text(
    text: str, segments: list[str], deltas: list[str]
) -> None:
    parts = [{"start": 0, "end": 1, "text": part} for part in segments]
    got, _ = send(answer({"text": text, "segments": parts}), stream="1")
    events = [json.loads(line[6:]) for line in got.body.decode().split("\n\n")[:-2]]
    assert [event["delta"] for event in events[:-1]] == deltas
    assert events[-1] == {"type": DONE, "text": text}


@pytest.mark.parametrize("form", ["srt", "vtt", "verbose_json"])
def test_rejects_streams_of_other_formats(form: str) -> None:
    got, ai = send(stream="true", response_format=form)
    error = json.loads(got.body)["error"]
    assert (got.status, error["param"], ai.calls) == (400, "response_format", [])
    assert "json or text" in error["message"]
    assert send(answer(TURBO), stream="false", response_format=form)[0].status == 200
    path = "/v1/audio/translations"  # where OpenAI streams nothing
    got, _ = send(answer(TURBO), path=path, stream="true", response_format=form)
    assert not got.headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize(
    ("model", "language", "given"),
    [
        ("whisper-1", "de", "de"),
        ("whisper-1", "DE", "de"),
        ("whisper-1", "zh-CN", "zh"),
        ("whisper-1", "pt_BR", "pt"),
        ("whisper-1", "english", "en"),
        ("whisper-1", "Haitian Creole", "ht"),
        ("whisper-1", "jv", "jw"),
        ("nova-3", "German", "de"),
        ("nova-3", "zh-CN", "zh-CN"),
        ("nova-3", "multi", "multi"),
        ("@cf/new/ear", "en-US", "en-US"),
    ],
)
def test_languages(model: str, language: str, given: str) -> None:
    _, ai = send(answer(TURBO), model=model, language=language)
    assert ai.calls[0].inputs["language"] == given


@pytest.mark.parametrize("language", ["", "auto", "Auto"])
def test_an_empty_language_is_none(language: str) -> None:
    got, ai = send(answer(TURBO), model="whisper-1", language=language)
    assert got.status == 200
    assert "language" not in ai.calls[0].inputs


@pytest.mark.parametrize(
    ("model", "reported", "asked", "text", "name"),
    [
        ("whisper-1", {"language": "de"}, {}, "Guten Tag", "german"),
        ("whisper-1", {"language": "xx"}, {}, "Guten Tag", "xx"),
        ("@cf/openai/whisper", {}, {"language": "fr"}, "Bonjour", "french"),
        ("@cf/openai/whisper", {}, {}, "Guten Morgen, wie geht es Ihnen?", "german"),
        ("@cf/openai/whisper-tiny-en", {}, {}, "Bonjour", "english"),
        ("@cf/openai/whisper", {}, {}, "", "english"),
    ],
)
def test_the_language_of_a_transcript_has_openais_name(
    model: str, reported: dict[str, str], asked: dict[str, Any], text: str, name: str
) -> None:
    reply = answer({"text": text, "transcription_info": reported})
    got, _ = send(reply, model=model, response_format="verbose_json", **asked)
    assert json.loads(got.body)["language"] == name


@pytest.mark.parametrize(
    ("language", "words"),
    [("xx", "It knows: af, am"), ("klingon", "It knows: af, am"), ("?", "such as en")],
)
def test_rejects_invalid_languages(language: str, words: str) -> None:
    got, ai = send(model="whisper-1", language=language)
    error = json.loads(got.body)["error"]
    assert (got.status, error["param"], ai.calls) == (400, "language", [])
    assert words in error["message"]


def test_nova_3_and_its_trouble_with_streams() -> None:
    best = {"transcript": "Hi", "words": []}
    nova = answer({"results": {"channels": [{"alternatives": [best]}]}})
    got, ai = send(failure(5006), nova, model="nova-3")
    assert json.loads(got.body)["text"] == "Hi"
    assert [call.inputs["audio"].encoding for call in ai.calls] == ["stream", "encoded"]
    assert ai.calls[0].inputs["detect_language"] is True
    assert "task" not in ai.calls[0].inputs
    got, ai = send(failure(5006), model="whisper-1")
    assert (got.status, len(ai.calls)) == (400, 1)


def test_plain_whisper_and_its_schema() -> None:
    ways: list[str]
    for size, ways in ((4 * 1024 * 1024, ["stream", "numbers"]), (5 * 1024 * 1024, ["stream"])):
        replies = [failure(5006), answer({"text": "Hi"})]
        got, ai = send(*replies, form=[("file", file(size))], model="@cf/openai/whisper")
        assert [call.inputs["audio"].encoding for call in ai.calls] == ways
        assert got.status == (200 if "numbers" in ways else 400)
    got, ai = send(failure(3030), model="@cf/openai/whisper")
    assert (got.status, len(ai.calls)) == (400, 1)


def test_plain_whisper_gets_what_its_row_says() -> None:
    _, ai = send(answer({"text": "a"}), model="@cf/openai/whisper", prompt="x", language="de")
    assert ai.calls[0].inputs.keys() == {"audio"}


@pytest.mark.parametrize(
    ("name", "content_type", "sent"),
    [
        ("a.wav", "", "audio/wav"),
        ("a.WAV", "application/octet-stream", "audio/wav"),
        ("a.m4a", "audio/x-m4a", "audio/x-m4a"),
        ("a.webm", "video/webm", "video/webm"),
        ("a", "", "application/octet-stream"),
    ],
)
def test_the_type_of_the_file(name: str, content_type: str, sent: str) -> None:
    form = [("file", file(name=name, content_type=content_type))]
    assert send(answer(TURBO), form=form)[1].calls[0].inputs["audio"].content_type == sent


@pytest.mark.parametrize(
    ("form", "values", "status", "param"),
    [
        ([], {}, 400, "file"),
        ([("file", "text")], {}, 400, "file"),
        ([("file", file(0))], {}, 400, "file"),
        ([("file", file(25 * 1024 * 1024 + 1))], {}, 413, "file"),
        (None, {"response_format": "diarized_json"}, 400, "response_format"),
        (None, {"temperature": "hot"}, 400, "temperature"),
        (None, {"temperature": "2"}, 400, "temperature"),
        (None, {"stream": "maybe"}, 400, "stream"),
        (None, {"timestamp_granularities[]": "page"}, 400, "timestamp_granularities"),
        (None, {"model": "gpt-4o"}, 400, "model"),
        (None, {"model": "@cf/deepgram/flux"}, 400, "model"),
        (None, {"language": "somewhere else"}, 400, "language"),
    ],
)
def test_errors_name_the_invalid_field(form: Any, values: Any, status: int, param: str) -> None:
    got, ai = send(form=form, **values)
    assert (got.status, json.loads(got.body)["error"]["param"]) == (status, param)
    assert not ai.calls


def test_upstream_errors_come_through() -> None:
    got, _ = send(failure(3030, 400))
    assert json.loads(got.body)["error"]["code"] == "content_policy_violation"


@pytest.mark.parametrize("name", ["transcription", "translation"])
def test_every_field_of_openai_is_a_row(name: str) -> None:
    module = pytest.importorskip(f"openai.types.audio.{name}_create_params")
    kind = "TranscriptionCreateParamsBase" if name == "transcription" else "TranslationCreateParams"
    names = set(get_type_hints(getattr(module, kind)))
    assert names <= {row.name for row in transcriptions.FIELDS}
