"""The items of a Response in its making: messages, reasoning, function calls."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from core.ids import new_id
from handlers.openai.logprobs import Entry
from workers_ai.text.events import ToolStart


class ItemForm(NamedTuple):
    """What text is part of: how item and part look, and the names of their events."""

    prefix: str
    item: Mapping[str, Any]
    parts: str
    """The item's key for its parts, of which there is one."""
    part: Mapping[str, Any]
    part_event: str
    text_event: str
    place: str
    """What events call the part's number."""
    extra: str = ""
    """What a delta of text has besides."""


MESSAGE = ItemForm(
    "msg_",
    {"type": "message", "role": "assistant"},
    "content",
    {"type": "output_text", "annotations": []},
    "response.content_part",
    "response.output_text",
    "content_index",
    ',"logprobs":[]',
)
REASONING = ItemForm(
    "rs_",
    {"type": "reasoning", "summary": []},
    "content",
    {"type": "reasoning_text"},
    "response.content_part",
    "response.reasoning_text",
    "content_index",
)
REASONING_SUMMARY = ItemForm(
    "rs_",
    {"type": "reasoning"},
    "summary",
    {"type": "summary_text"},
    "response.reasoning_summary_part",
    "response.reasoning_summary_text",
    "summary_index",
)


class TextItem:
    """A message or a reasoning item, the response's ``place``-th: one part of text that grows."""

    def __init__(self, place: int, form: ItemForm) -> None:
        self.place = place
        self.form = form
        self.id = new_id(form.prefix)
        self.status = "in_progress"
        self.texts: list[str] = []
        self.logprobs: list[Entry] = []

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def scores(self) -> dict[str, list[Entry]]:
        return {"logprobs": self.logprobs} if self.form is MESSAGE else {}

    def part(self) -> dict[str, Any]:
        return {**self.form.part, "text": self.text, **self.scores()}

    def json(self, *, empty: bool = False) -> dict[str, Any]:
        parts = [] if empty else [self.part()]
        return {"id": self.id, **self.form.item, "status": self.status, self.form.parts: parts}


class CallItem:
    """A function call whose arguments grow."""

    def __init__(self, place: int, start: ToolStart) -> None:
        self.place = place
        self.id = new_id("fc_")
        self.status = "in_progress"
        self._call_id, self.name = start.id, start.name
        self.texts: list[str] = []

    @property
    def arguments(self) -> str:
        return "".join(self.texts)

    def json(self, *, empty: bool = False) -> dict[str, Any]:
        return {
            "id": self.id,
            "type": "function_call",
            "status": self.status,
            "call_id": self._call_id,
            "name": self.name,
            "arguments": "" if empty else self.arguments,
        }
