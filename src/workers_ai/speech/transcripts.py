"""Reads answers of speech models into one kind of transcript, recognised by their shape.

Whisper turbo: ``{transcription_info, text, segments: [{start, end, text, words, …}]}``. Whisper:
``{text, words: [{word, start, end}]}``. Deepgram: ``{results: {channels: [{alternatives:
[{transcript, words}]}]}}``. Times are seconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from core.errors import Upstream
from untrusted.json_text import check_number, parse_json

LONGEST_CUE = 7.0
"""Seconds of speech on one subtitle, if a model sends words but no segments."""
LONGEST_LINE = 84
"""Characters on one subtitle: two lines of 42, as broadcasters do it."""


class Word(NamedTuple):
    word: str
    start: float
    end: float


class Segment(NamedTuple):
    """A cue. ``scores``: Whisper's own figures (``avg_logprob``, …), if the model sent them."""

    text: str
    start: float
    end: float
    scores: Mapping[str, float]


class Transcript(NamedTuple):
    text: str
    language: str
    duration: float
    segments: Sequence[Segment]
    words: Sequence[Word]


def read_transcript(body: bytes, language: str) -> Transcript:
    """Reads the transcript in a model's answer. ``language`` is for models that do not report it.

    Raises :class:`Upstream` for an answer of another shape.
    """
    try:
        answer = parse_json(body.decode("utf-8", "replace"))
        for key, read in _SHAPES.items():
            if key in answer:
                return read(answer, language)
    except (ValueError, TypeError, LookupError, AttributeError):
        pass
    raise Upstream("The model's answer is no transcript.")


def _read_whisper(answer: Mapping[str, Any], language: str) -> Transcript:
    info = answer.get("transcription_info") or {}
    rows = answer.get("segments") or []
    words = _read_words(answer.get("words") or (w for s in rows for w in s.get("words") or ()))
    segments = [
        Segment(
            str(segment.get("text", "")).strip(),
            check_number(segment["start"]),
            check_number(segment["end"]),
            {name: check_number(segment[name]) for name in _SCORES if name in segment},
        )
        for segment in rows
    ]
    segments = segments or _make_cues(words)
    end = max([part.end for part in segments] + [part.end for part in words], default=0.0)
    return Transcript(
        _check_text(answer["text"]),
        str(info.get("language") or language),
        check_number(info.get("duration") or end),
        segments,
        words,
    )


_SCORES = ("temperature", "avg_logprob", "compression_ratio", "no_speech_prob")


def _read_deepgram(answer: Mapping[str, Any], language: str) -> Transcript:
    channel = answer["results"]["channels"][0]
    best = channel["alternatives"][0]
    words = _read_words(best.get("words") or ())
    duration = (answer.get("metadata") or {}).get("duration")
    end = max((word.end for word in words), default=0.0)
    return Transcript(
        _check_text(best["transcript"]),
        str(channel.get("detected_language") or language),
        check_number(duration or end),
        _make_cues(words),
        words,
    )


_SHAPES = {"results": _read_deepgram, "text": _read_whisper}


def _check_text(value: object) -> str:
    """Returns the text of a transcript, empty for silence. Raises :class:`TypeError` for others."""
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value.strip()


def _read_words(rows: Iterable[Mapping[str, Any]]) -> list[Word]:
    return [
        Word(
            str(word.get("punctuated_word") or word["word"]).strip(),
            check_number(word["start"]),
            check_number(word["end"]),
        )
        for word in rows
    ]


def _make_cues(words: Sequence[Word]) -> list[Segment]:
    """Groups words into cues: each ends with a sentence, or before it gets too long to read."""
    cues: list[Segment] = []
    line: list[Word] = []
    length = 0
    for word in words:
        length += 1 + len(word.word)  # with a blank before it
        if line and (word.end - line[0].start > LONGEST_CUE or length - 1 > LONGEST_LINE):
            cues.append(_cue(line))
            line, length = [], 1 + len(word.word)
        line.append(word)
        if word.word.endswith((".", "?", "!", "。", "？", "！")):
            cues.append(_cue(line))
            line, length = [], 0
    return [*cues, _cue(line)] if line else cues


def _cue(words: Sequence[Word]) -> Segment:
    return Segment(" ".join(word.word for word in words), words[0].start, words[-1].end, {})
