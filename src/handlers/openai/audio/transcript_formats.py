"""Writes transcripts in OpenAI's formats."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from core.web import JSON, dump_json
from handlers.openai.chunks import split_text
from workers_ai.speech.transcripts import Segment, Transcript

Task = Literal["transcribe", "translate"]
Writer = Callable[[Transcript, Task, list[str]], bytes]
"""Writes a transcript; the list has the granularities (``segment``, ``word``)."""


def _write_usage(transcript: Transcript) -> dict[str, Any]:
    return {"type": "duration", "seconds": transcript.duration}


def _write_json(transcript: Transcript, task: Task, _: list[str]) -> bytes:
    usage = {"usage": _write_usage(transcript)} if task == "transcribe" else {}
    return dump_json({"text": transcript.text, **usage})


def _write_text(transcript: Transcript, task: Task, _: list[str]) -> bytes:
    return f"{transcript.text}\n".encode()


def _write_verbose_json(transcript: Transcript, task: Task, granularities: list[str]) -> bytes:
    body: dict[str, Any] = {
        "task": task,
        "language": transcript.language,
        "duration": transcript.duration,
        "text": transcript.text,
    }
    if "segment" in granularities:
        body["segments"] = [
            {
                "id": place,
                "seek": 0,
                "start": segment.start,
                "end": segment.end,
                "text": segment.text,
                "tokens": [],
                "temperature": segment.scores.get("temperature", 0.0),
                "avg_logprob": segment.scores.get("avg_logprob", 0.0),
                "compression_ratio": segment.scores.get("compression_ratio", 0.0),
                "no_speech_prob": segment.scores.get("no_speech_prob", 0.0),
            }
            for place, segment in enumerate(transcript.segments)
        ]
    if "word" in granularities:
        body["words"] = [word._asdict() for word in transcript.words]
    if task == "transcribe":
        body["usage"] = _write_usage(transcript)
    return dump_json(body)


def _make_cues(transcript: Transcript) -> list[Segment]:
    """Returns the segments; without segments, the whole text as one."""
    if transcript.segments or not transcript.text:
        return list(transcript.segments)
    return [Segment(transcript.text, 0.0, transcript.duration, {})]


def _format_time(seconds: float, separator: str) -> str:
    millis = round(seconds * 1000)
    minutes, millis = divmod(millis, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{millis // 1000:02}{separator}{millis % 1000:03}"


def _write_srt(transcript: Transcript, task: Task, _: list[str]) -> bytes:
    cues = [
        f"{place}\n{_format_time(cue.start, ',')} --> {_format_time(cue.end, ',')}\n{cue.text}\n"
        for place, cue in enumerate(_make_cues(transcript), 1)
    ]
    return "\n".join(cues).encode()


def _write_vtt(transcript: Transcript, task: Task, _: list[str]) -> bytes:
    cues = [
        f"{_format_time(cue.start, '.')} --> {_format_time(cue.end, '.')}\n{cue.text}\n"
        for cue in _make_cues(transcript)
    ]
    return "\n".join(["WEBVTT\n", *cues]).encode()


WRITERS: Mapping[str, tuple[str, Writer]] = {
    "json": (JSON, _write_json),
    "text": ("text/plain; charset=utf-8", _write_text),
    "srt": ("application/x-subrip; charset=utf-8", _write_srt),
    "verbose_json": (JSON, _write_verbose_json),
    "vtt": ("text/vtt; charset=utf-8", _write_vtt),
}
"""Each format's content type and writer."""


_GAP = 200
"""Characters of the text that may be in no segment. The place of one is not searched further on."""


def write_events(transcript: Transcript) -> bytes:
    """Writes OpenAI's transcript events: a delta for each segment, then the whole text. The deltas
    joined are the whole text."""
    deltas: list[str] = []
    start = 0
    for cue in transcript.segments:
        place = transcript.text.find(cue.text, start, start + len(cue.text) + _GAP)
        if place >= 0:
            end = place + len(cue.text)
            deltas.append(transcript.text[start:end])
            start = end
    deltas += split_text(transcript.text[start:])
    events: list[dict[str, Any]] = [
        {"type": "transcript.text.delta", "delta": delta} for delta in deltas if delta
    ]
    events.append({"type": "transcript.text.done", "text": transcript.text})
    return (
        b"".join(b"data: " + dump_json(event) + b"\n\n" for event in events) + b"data: [DONE]\n\n"
    )
