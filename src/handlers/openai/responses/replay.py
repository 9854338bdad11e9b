"""Writes a stored Response as the events of a stream.

They are those that a model would have caused that says everything at once, so their numbers are not
those of the stream in which the Response was made, but the same at each replay.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from core.web import dump_json
from handlers.openai.chunks import split_text

_CALLS = {
    "function_call": ("response.function_call_arguments", "arguments"),
    "custom_tool_call": ("response.custom_tool_call_input", "input"),
}
"""Types of calls: what their events are called, and the key of the text that grows."""
_PARTS = {
    "output_text": ("response.content_part", "response.output_text", "content_index"),
    "reasoning_text": ("response.content_part", "response.reasoning_text", "content_index"),
    "summary_text": (
        "response.reasoning_summary_part",
        "response.reasoning_summary_text",
        "summary_index",
    ),
}
"""Types of parts: what their events and those of their texts are called, and the key of their
place."""

_Event = tuple[str, Mapping[str, Any]]


def replay_events(response: Mapping[str, Any], after: int) -> bytes:
    """Returns the events with a number greater than ``after``."""
    events = []
    for number, (kind, fields) in enumerate(_events(response)):
        if number > after:
            data = dump_json({"type": kind, "sequence_number": number, **fields})
            events.append(b"event: %b\ndata: %b\n\n" % (kind.encode(), data))
    return b"".join(events)


def _events(response: Mapping[str, Any]) -> Iterator[_Event]:
    unknown = {"completed_at": None, "incomplete_details": None}
    begun = {**response, "status": "in_progress", "output": [], **unknown}
    begun.pop("usage", None)
    yield "response.created", {"response": begun}
    yield "response.in_progress", {"response": begun}
    for place, item in enumerate(response["output"]):
        yield from _item_events(place, item)
    yield f"response.{response['status']}", {"response": response}


def _item_events(place: int, item: Mapping[str, Any]) -> Iterator[_Event]:
    where = {"item_id": item["id"], "output_index": place}
    events, key = _CALLS.get(item["type"], ("", ""))
    parts = {name: item[name] for name in ("content", "summary") if item.get(name)}
    added = {**item, "status": "in_progress", **{name: [] for name in parts}}
    if key:
        added[key] = ""
    yield "response.output_item.added", {"output_index": place, "item": added}
    if key:
        for piece in split_text(item[key]):
            yield f"{events}.delta", {**where, "delta": piece}
        name = {"name": item["name"]} if key == "arguments" else {}
        yield f"{events}.done", {**where, **name, key: item[key]}
    for listed in parts.values():
        for index, part in enumerate(listed):
            yield from _part_events(where, index, part)
    yield "response.output_item.done", {"output_index": place, "item": item}


def _part_events(where: Mapping[str, Any], index: int, part: Mapping[str, Any]) -> Iterator[_Event]:
    if part["type"] not in _PARTS:
        return
    part_event, text_event, index_key = _PARTS[part["type"]]
    where = {**where, index_key: index}
    text, scores = part["text"], {name: part[name] for name in ("logprobs",) if name in part}
    empty: dict[str, Any] = {name: [] for name in scores}
    yield f"{part_event}.added", {**where, "part": {**part, "text": "", **empty}}
    entries = scores.get("logprobs", ())
    if entries and "".join(entry["token"] for entry in entries) == text:
        for entry in entries:
            yield f"{text_event}.delta", {**where, "delta": entry["token"], "logprobs": [entry]}
    else:
        *pieces, last = split_text(text) or [""]
        for piece in pieces:
            yield f"{text_event}.delta", {**where, "delta": piece, **empty}
        if last or entries:
            yield f"{text_event}.delta", {**where, "delta": last, **scores}
    yield f"{text_event}.done", {**where, "text": text, **scores}
    yield f"{part_event}.done", {**where, "part": part}
