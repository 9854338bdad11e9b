"""Answers of speech models to one kind of transcript, told apart by their shape.

Whisper turbo: ``{transcription_info, text, segments: [{start, end, text, words, …}]}``. Whisper:
``{text, words: [{word, start, end}]}``. Deepgram: ``{results: {channels: [{alternatives:
[{transcript, words}]}]}}``. Times are seconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from core.errors import Upstream
from untrusted.json_text import parse_json

LONGEST_CUE = 7.0
"""Seconds of speech on one subtitle, where a model gives words but no segments."""
LONGEST_LINE = 84
"""Characters on one subtitle: two lines of 42, as broadcasters have it."""


class Word(NamedTuple):
    word: str
    start: float
    end: float


class Segment(NamedTuple):
    """A cue. ``scores``: Whisper's own figures (``avg_logprob``, …) where the model gave them."""

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
    """The transcript in a model's answer. ``language`` holds where the model does not tell.

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


def _whisper(answer: Mapping[str, Any], language: str) -> Transcript:
    info = answer.get("transcription_info") or {}
    given = answer.get("segments") or []
    words = _words(answer.get("words") or (w for s in given for w in s.get("words") or ()))
    segments = [
        Segment(
            str(segment.get("text", "")).strip(),
            float(segment["start"]),
            float(segment["end"]),
            {name: float(segment[name]) for name in _SCORES if name in segment},
        )
        for segment in given
    ]
    segments = segments or _cues(words)
    end = max([part.end for part in segments] + [part.end for part in words], default=0.0)
    return Transcript(
        str(answer.get("text") or "").strip(),
        str(info.get("language") or language),
        float(info.get("duration") or end),
        segments,
        words,
    )


_SCORES = ("temperature", "avg_logprob", "compression_ratio", "no_speech_prob")


def _deepgram(answer: Mapping[str, Any], language: str) -> Transcript:
    channel = answer["results"]["channels"][0]
    best = channel["alternatives"][0]
    words = _words(best.get("words") or ())
    duration = (answer.get("metadata") or {}).get("duration")
    end = max((word.end for word in words), default=0.0)
    return Transcript(
        str(best["transcript"]).strip(),
        str(channel.get("detected_language") or language),
        float(duration or end),
        _cues(words),
        words,
    )


_SHAPES = {"results": _deepgram, "text": _whisper}


def _words(given: Iterable[Mapping[str, Any]]) -> list[Word]:
    return [
        Word(
            str(word.get("punctuated_word") or word["word"]).strip(),
            float(word["start"]),
            float(word["end"]),
        )
        for word in given
    ]


def _cues(words: Sequence[Word]) -> list[Segment]:
    """Cues out of words: each ends with a sentence, or before it gets too long to read."""
    cues: list[Segment] = []
    line: list[Word] = []
    for word in words:
        text = " ".join(part.word for part in (*line, word))
        if line and (word.end - line[0].start > LONGEST_CUE or len(text) > LONGEST_LINE):
            cues.append(_cue(line))
            line = []
        line.append(word)
        if word.word.endswith((".", "?", "!", "。", "？", "！")):
            cues.append(_cue(line))
            line = []
    return [*cues, _cue(line)] if line else cues


def _cue(words: Sequence[Word]) -> Segment:
    return Segment(" ".join(word.word for word in words), words[0].start, words[-1].end, {})
