"""The output items of a Response while it is generated: messages, reasoning, function calls."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from core.ids import new_id
from handlers.openai.logprobs import Entry
from handlers.reading.freeform import read_input
from workers_ai.text.events import ToolStart
from workers_ai.text.generation import ToolOrigin


class ItemForm(NamedTuple):
    """A kind of item that holds text: its JSON, that of its part, and the names of their events."""

    prefix: str
    item: Mapping[str, Any]
    parts: str
    """The item's key for its list of parts, which has one."""
    part: Mapping[str, Any]
    part_event: str
    text_event: str
    part_index: str
    """The key for the part's index in events."""
    extra: str = ""
    """Further fields of a delta of text."""


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
    """A message or a reasoning item at index ``place`` of the output: a part of text that grows."""

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

    def write_logprobs(self) -> dict[str, list[Entry]]:
        return {"logprobs": self.logprobs} if self.form is MESSAGE else {}

    def write_part(self) -> dict[str, Any]:
        return {**self.form.part, "text": self.text, **self.write_logprobs()}

    def write_json(self, *, empty: bool = False) -> dict[str, Any]:
        parts = [] if empty else [self.write_part()]
        return {"id": self.id, **self.form.item, "status": self.status, self.form.parts: parts}


class CallItem:
    """A call of a function, or of the tool that it is to the client, whose arguments grow."""

    def __init__(self, place: int, start: ToolStart, origin: ToolOrigin) -> None:
        self.place = place
        self.origin = origin
        self.id = new_id("ctc_" if origin.is_custom else "fc_")
        self.status = "in_progress"
        self._call_id = start.id
        self.texts: list[str] = []

    @property
    def input(self) -> str:
        """The arguments as JSON, or a custom tool's text."""
        arguments = "".join(self.texts)
        return read_input(arguments) if self.origin.is_custom else arguments

    def write_json(self, *, empty: bool = False) -> dict[str, Any]:
        origin = self.origin
        kind, key = ("custom_tool_call", "input") if origin.is_custom else _FUNCTION_CALL
        return {
            "id": self.id,
            "type": kind,
            "status": self.status,
            "call_id": self._call_id,
            **({"namespace": origin.namespace} if origin.namespace else {}),
            "name": origin.name,
            key: "" if empty else self.input,
        }


_FUNCTION_CALL = ("function_call", "arguments")
