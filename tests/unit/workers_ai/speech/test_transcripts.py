import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import APIError
from workers_ai.speech.transcripts import LONGEST_CUE, LONGEST_LINE, Transcript, read_transcript


def read(answer: object, language: str = "") -> Transcript:
    return read_transcript(json.dumps(answer).encode(), language)


def words(*texts: str, seconds: float = 0.5) -> list[dict[str, Any]]:
    return [
        {"word": text, "start": place * seconds, "end": (place + 1) * seconds}
        for place, text in enumerate(texts)
    ]


def test_reads_whisper_turbo() -> None:
    transcript = read(
        {
            "transcription_info": {"language": "fr", "duration": 3.5},
            "text": " Bonjour. Ça va ?",
            "segments": [
                {
                    "start": 0,
                    "end": 1.5,
                    "text": " Bonjour.",
                    "avg_logprob": -0.2,
                    "words": words("Bonjour."),
                },
                {"start": 1.5, "end": 3.5, "text": " Ça va ?", "words": words("Ça", "va", "?")},
            ],
        }
    )
    assert (transcript.text, transcript.language, transcript.duration) == (
        "Bonjour. Ça va ?",
        "fr",
        3.5,
    )
    assert [(s.text, s.start, s.end) for s in transcript.segments] == [
        ("Bonjour.", 0.0, 1.5),
        ("Ça va ?", 1.5, 3.5),
    ]
    assert transcript.segments[0].scores == {"avg_logprob": -0.2}
    assert [word.word for word in transcript.words] == ["Bonjour.", "Ça", "va", "?"]


def test_reads_whisper_with_words_alone() -> None:
    transcript = read({"text": "One two. Three", "words": words("One", "two.", "Three")}, "en")
    assert transcript.language == "en"
    assert transcript.duration == 1.5
    assert [segment.text for segment in transcript.segments] == ["One two.", "Three"]


def test_reads_deepgram() -> None:
    best = {
        "transcript": "hello you",
        "words": [{**words("hello")[0], "punctuated_word": "Hello,"}],
    }
    channel = {"alternatives": [best], "detected_language": "de"}
    transcript = read({"results": {"channels": [channel]}, "metadata": {"duration": 9.5}})
    assert (transcript.text, transcript.language, transcript.duration) == ("hello you", "de", 9.5)
    assert transcript.words[0].word == "Hello,"


def test_reads_text_alone() -> None:
    assert read({"text": "Hi"}).segments == []


@given(st.lists(st.text("ab.", min_size=1, max_size=9), min_size=1, max_size=60), st.floats(0.1, 3))
def test_cues_hold_every_word_in_order_and_can_be_read(texts: list[str], seconds: float) -> None:
    transcript = read({"text": "x", "words": words(*texts, seconds=seconds)})
    assert (
        " ".join(segment.text for segment in transcript.segments).split() == " ".join(texts).split()
    )
    for segment in transcript.segments:
        one = " " not in segment.text
        assert one or segment.end - segment.start <= LONGEST_CUE + 1e-6
        assert one or len(segment.text) <= LONGEST_LINE


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        "x",
        5,
        None,
        {"results": {}},
        {"text": "a", "words": [{"word": "a"}]},
        {"results": {"channels": []}},
        {"text": None},
        {"text": 5},
        {"text": {}},
        {"results": {"channels": [{"alternatives": [{"transcript": None}]}]}},
        {"text": "a", "words": [{"word": "a", "start": 10**400, "end": 1}]},
        {"text": "a", "words": [{"word": "a", "start": "nan", "end": 1}]},
        {"text": "a", "segments": [{"start": 0, "end": True, "text": "a"}]},
        {"text": "a", "segments": [{"start": 0, "end": 1, "text": "a", "avg_logprob": "inf"}]},
        {"text": "a", "transcription_info": {"duration": 10**400}},
    ],
)
def test_rejects_answers_without_a_transcript(answer: object) -> None:
    with pytest.raises(APIError) as caught:
        read(answer)
    assert caught.value.status == 502


@given(st.binary())
def test_reads_or_rejects_any_bytes(body: bytes) -> None:
    with pytest.raises(APIError):
        read_transcript(body, "")
