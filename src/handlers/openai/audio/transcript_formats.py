"""The formats in which a transcript is given."""

from collections.abc import Callable, Mapping
from typing import Any

from core.web import JSON, dump_json
from handlers.openai.chunks import pieces
from workers_ai.speech.transcripts import Segment, Transcript


def _usage(transcript: Transcript) -> dict[str, Any]:
    return {"type": "duration", "seconds": transcript.duration}


def _json(transcript: Transcript, task: str, _: list[str]) -> bytes:
    usage = {"usage": _usage(transcript)} if task == "transcribe" else {}
    return dump_json({"text": transcript.text, **usage})


def _text(transcript: Transcript, task: str, _: list[str]) -> bytes:
    return f"{transcript.text}\n".encode()


def _verbose_json(transcript: Transcript, task: str, granularities: list[str]) -> bytes:
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
        body["usage"] = _usage(transcript)
    return dump_json(body)


def _cues(transcript: Transcript) -> list[Segment]:
    """The segments, or else all of it as one."""
    if transcript.segments or not transcript.text:
        return list(transcript.segments)
    return [Segment(transcript.text, 0.0, transcript.duration, {})]


def _stamp(seconds: float, comma: str) -> str:
    millis = round(seconds * 1000)
    minutes, millis = divmod(millis, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{millis // 1000:02}{comma}{millis % 1000:03}"


def _srt(transcript: Transcript, task: str, _: list[str]) -> bytes:
    cues = [
        f"{place}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n{cue.text}\n"
        for place, cue in enumerate(_cues(transcript), 1)
    ]
    return "\n".join(cues).encode()


def _vtt(transcript: Transcript, task: str, _: list[str]) -> bytes:
    cues = [
        f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n{cue.text}\n"
        for cue in _cues(transcript)
    ]
    return "\n".join(["WEBVTT\n", *cues]).encode()


WRITERS: Mapping[str, tuple[str, Callable[[Transcript, str, list[str]], bytes]]] = {
    "json": (JSON, _json),
    "text": ("text/plain; charset=utf-8", _text),
    "verbose_json": (JSON, _verbose_json),
    "srt": ("application/x-subrip; charset=utf-8", _srt),
    "vtt": ("text/vtt; charset=utf-8", _vtt),
}


def write_events(transcript: Transcript) -> bytes:
    """OpenAI's transcript events: a piece for each segment, which together are the whole, and the
    whole."""
    deltas: list[str] = []
    at = 0
    for cue in transcript.segments:
        found = transcript.text.find(cue.text, at)
        if found >= 0:
            end = found + len(cue.text)
            deltas.append(transcript.text[at:end])
            at = end
    deltas += pieces(transcript.text[at:])
    events: list[dict[str, Any]] = [
        {"type": "transcript.text.delta", "delta": delta} for delta in deltas if delta
    ]
    events.append({"type": "transcript.text.done", "text": transcript.text})
    return (
        b"".join(b"data: " + dump_json(event) + b"\n\n" for event in events) + b"data: [DONE]\n\n"
    )
