"""The shared check of the events of a streamed Response: OpenAI's types, and what those leave open,
which is their order and that they agree with each other. Raises ``AssertionError`` and says where.

response_stream.check(response_stream.parse(body))
"""

import json
from dataclasses import dataclass
from typing import Any

from support.openai_shapes import LONGEST_LINE, check_event, parse_sse

LONGEST_LINE_OF_ALL = 10 * 1024 * 1024
"""What repeats a whole text is as long as the text. New API reads lines of 10 MiB, and One API has
no Responses; the pieces are kept to :data:`LONGEST_LINE` all the same."""

ENDS = ("response.completed", "response.incomplete", "response.failed")
PARTS = {
    "response.content_part": "content",
    "response.reasoning_summary_part": "summary",
}
"""What comes before ``.added`` and ``.done``, and the key of the item that has the part."""
TEXTS = (
    "response.output_text",
    "response.reasoning_text",
    "response.reasoning_summary_text",
)
CALLS = {
    "function_call": ("response.function_call_arguments", "arguments"),
    "custom_tool_call": ("response.custom_tool_call_input", "input"),
}
"""What comes before ``.delta`` and ``.done`` of a kind of call, and the key of its text."""
ARGUMENTS = [stem for stem, _ in CALLS.values()]


@dataclass
class _Item:
    """What came for one item so far."""

    added: dict[str, Any]
    part: dict[str, Any] | None = None
    part_done: bool = False
    text: str = ""
    text_done: bool = False
    logprobs: list[Any] | None = None
    done: dict[str, Any] | None = None


def parse(data: bytes) -> list[Any]:
    """The events of a whole stream."""
    return parse_sse(data, named=True, longest=LONGEST_LINE_OF_ALL)


def check(events: list[Any]) -> None:
    """All events of one stream."""
    for number, event in enumerate(events):
        check_event("response", event)
        if event["type"] == "error":
            # With an error object for the SDKs, and the fields of OpenAI's type.
            check_event("response", {name: event[name] for name in event.keys() - {"error"}})
        _require(event["sequence_number"] == number, f"event {number} has another number")
    kinds = [event["type"] for event in events]
    _require(kinds[:2] == ["response.created", "response.in_progress"], "it begins otherwise")
    failed = kinds[-1] == "error"
    end = len(events) - (2 if failed else 1)
    _require(end > 1 and kinds[end] in ENDS, "it does not end with the whole Response")
    _require(failed == (kinds[end] == "response.failed"), "failed without an error, or an error so")
    _check_responses([event["response"] for event in (*events[:2], events[end])], kinds[end])
    items: list[_Item] = []
    for event in events[2:end]:
        _read(event, items)
    output = events[end]["response"]["output"]
    _require(len(output) == len(items), "the Response has other items than the stream")
    for item, final in zip(items, output, strict=True):
        if failed and item.done is None:
            _require(final["id"] == item.added["id"], "an item has another id in the end")
            continue
        _require(item.done is not None, "an item is not done")
        _require(final == item.done, "an item is different in the end")
    if failed:
        error = events[end]["response"]["error"]
        _require(error["message"] == events[-1].get("message"), "two errors that differ")


def _check_responses(responses: list[dict[str, Any]], kind: str) -> None:
    *begun, last = responses
    for response in begun:
        _require(response["status"] == "in_progress", "a new Response is not in progress")
        _require(response["output"] == [], "a new Response has output")
        _require("usage" not in response, "a new Response has usage")
    same = last.keys() - {"status", "completed_at", "error", "incomplete_details", "output"}
    stored = [response["store"] for response in responses]
    _require(stored in ([True] * 3, [False] * 3, [True, True, False]), "store changes otherwise")
    for name in same - {"usage", "store"}:
        values = [response[name] for response in responses]
        _require(values[0] == values[1] == values[2], f"{name} is not always the same")
    status = last["status"]
    _require(kind == f"response.{status}", f"{kind} has the status {status}")
    _require((status == "failed") == bool(last["error"]), "error belongs to failed")
    cut = bool(last["incomplete_details"])
    _require((status == "incomplete") == cut, "incomplete_details belong to incomplete")
    _require((status == "completed") == bool(last["completed_at"]), "completed_at and completed")
    _require(status == "failed" or last.get("usage"), "usage is missing")
    for item in last["output"]:
        _require(item["status"] != "in_progress", "an item is in progress in the end")


def _read(event: dict[str, Any], items: list[_Item]) -> None:
    kind, place = event["type"], event["output_index"]
    stem, _, step = kind.rpartition(".")
    if kind == "response.output_item.added":
        _require(place == len(items), "output indexes have a gap")
        _check_new(event["item"])
        items.append(_Item(event["item"]))
        return
    _require(0 <= place < len(items), f"{kind} comes before its item")
    item = items[place]
    _require(item.done is None, f"{kind} comes after its item is done")
    if kind == "response.output_item.done":
        _check_done(event["item"], item)
        item.done = event["item"]
        return
    _require(event["item_id"] == item.added["id"], f"{kind} is of another item")
    index = event.get("content_index", event.get("summary_index", 0))
    _require(index == 0, f"{kind} is of a part that there is not")
    if stem in PARTS:
        _read_part(event, item, stem, step)
    elif stem in TEXTS or stem in ARGUMENTS:
        _read_text(event, item, stem, step)
    else:
        raise AssertionError(f"{kind} has no place in the stream")


def _read_part(event: dict[str, Any], item: _Item, stem: str, step: str) -> None:
    _require(PARTS[stem] in item.added, f"{stem} is of another kind of item")
    if step == "added":
        _require(item.part is None, "a part is added twice")
        _require(event["part"]["text"] == "", "a new part has text")
        item.part = event["part"]
    else:
        _require(item.text_done, "a part is done before its text")
        _require(event["part"]["text"] == item.text, "a part has another text in the end")
        item.part, item.part_done = event["part"], True


def _read_text(event: dict[str, Any], item: _Item, stem: str, step: str) -> None:
    of_call, key = CALLS.get(item.added["type"], ("", "text"))
    _require(of_call == stem or not of_call, f"{stem} is of another kind of item")
    _require(of_call or stem not in ARGUMENTS, f"{stem} is of another kind of item")
    _require(of_call or item.part is not None, f"{stem} comes before its part")
    _require(not item.text_done, f"{stem} goes on after it is done")
    if step == "delta":
        _require(event["delta"] or event.get("logprobs"), "a delta of nothing")
        size = len(json.dumps(event, ensure_ascii=False).encode("utf-8", "backslashreplace"))
        _require(size < LONGEST_LINE, f"a delta has {size} bytes")
        # Two halves of a surrogate pair, one in each delta, are one character to JavaScript.
        halves = (item.text + event["delta"]).encode("utf-16", "surrogatepass")
        item.text = halves.decode("utf-16", "surrogatepass")
    else:
        whole = event[key]
        _require(whole == item.text, "the deltas do not add up")
        item.text_done = True
    if stem == "response.output_text":
        so_far = item.logprobs or []
        if step == "done":
            _require(event["logprobs"] == so_far, "the log probabilities do not add up")
        item.logprobs = so_far if step == "done" else [*so_far, *event["logprobs"]]


def _check_new(item: dict[str, Any]) -> None:
    _require(item["status"] == "in_progress", "a new item is not in progress")
    for key in PARTS.values():
        _require(not item.get(key), "a new item has parts")
    for _, key in CALLS.values():
        _require(not item.get(key), f"a new call has {key}")


def _check_done(done: dict[str, Any], item: _Item) -> None:
    _require(item.text_done, "an item is done before its text")
    _require(done["status"] in ("completed", "incomplete"), "an item is done and is not")
    for key in ("id", "type", "role", "name", "namespace", "call_id"):
        _require(done.get(key) == item.added.get(key), f"an item has another {key} in the end")
    if done["type"] in CALLS:
        key = CALLS[done["type"]][1]
        _require(done[key] == item.text, f"a call has another {key} in the end")
        return
    _require(item.part_done, "an item is done before its part")
    parts = [part for key in PARTS.values() for part in done.get(key, ())]
    _require(parts == [item.part], "an item has other parts in the end")


def _require(condition: object, message: str) -> None:
    if not condition:
        raise AssertionError(message)
