"""Writes neutral events as the events of a streamed Response.

Pieces of text are limited to lines that any relay can read. The ``done`` events and the last one
repeat the whole text, as OpenAI's do, however long: One API, which reads lines of 64 KiB, has no
Responses, and New API reads at least 10 MB.
"""

from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

from core.errors import APIError, BadRequest, RateLimited, known_error
from core.web import dump_json
from handlers.openai.chunks import LONGEST_PIECE, split_text
from handlers.openai.errors import error_object
from handlers.openai.logprobs import Entry
from handlers.openai.responses.answer import ResponseBuilder
from handlers.openai.responses.items import MESSAGE, CallItem, ItemForm, TextItem
from workers_ai.text.events import Event
from workers_ai.text.generation import ToolOrigin


class ResponseEvents(ResponseBuilder):
    """Writes events as those of a Response: :class:`Encoder`.

    Deltas of text differ in text and number only, so they are joined from strings; rarer events are
    dumped as JSON.
    """

    def __init__(
        self, request: Mapping[str, Any], origins: Mapping[str, ToolOrigin] | None = None
    ) -> None:
        super().__init__(request, origins)
        self._out: list[str] = []
        self._number = 0
        self._texts: list[str] | None = None
        """The texts of the open message, None if none is open."""
        self._head = self._tail = ""
        """What precedes and follows the text in a delta for the open item."""

    def encode(self, index: int, events: Sequence[Event]) -> bytes:
        self._begin()
        out = self._out
        for event in events:
            texts = self._texts
            if type(event) is str and texts is not None and len(event) <= LONGEST_PIECE:
                text = encode_basestring(event)
                out.append(f"{self._head}{text}{self._tail}{self._number}}}\n\n")
                self._number += 1
                texts.append(event)
            else:
                self.add(event)
        return self._flush()

    def tail(self) -> bytes:
        value = self.write_json()
        self._emit(f"response.{value['status']}", response=value)
        return self._flush()

    def fail(self, cause: Exception) -> bytes:
        """Ends the stream with the failed Response, then the error as an event of its own. That
        also has OpenAI's error object, without which the Python package does not raise."""
        self._begin()
        error = known_error(cause)
        for item in self._items:
            if item.status == "in_progress":
                item.status = "incomplete"
        written = error_object(error)
        fields = {name: written["error"][name] for name in ("code", "message", "param")}
        failure = {"code": _name_code(error), "message": fields["message"]}
        self._emit("response.failed", response=self.write_json(error=failure))
        self._emit("error", **fields, **written)
        return self._flush()

    def _begin(self) -> None:
        if self._number:
            return
        value = dump_json(self.write_json()).decode()
        for kind in ("response.created", "response.in_progress"):
            head = f'event: {kind}\ndata: {{"type":"{kind}","sequence_number":{self._number}'
            self._out.append(f'{head},"response":{value}}}\n\n')
            self._number += 1

    def _flush(self) -> bytes:
        # A lone surrogate keeps its escape: the next token may be the other half.
        data = "".join(self._out).encode("utf-8", "backslashreplace")
        self._out.clear()
        return data

    def _emit(self, kind: str, **fields: Any) -> None:
        data = {"type": kind, "sequence_number": self._number, **fields}
        self._number += 1
        self._out.append(f"event: {kind}\ndata: {dump_json(data).decode()}\n\n")

    def _locate_item(self, item: TextItem | CallItem) -> dict[str, Any]:
        return {"item_id": item.id, "output_index": item.place}

    def _locate_part(self, item: TextItem) -> dict[str, Any]:
        return {**self._locate_item(item), item.form.part_index: 0}

    def _open(self, item: TextItem | CallItem) -> None:
        super()._open(item)
        added = item.write_json(empty=True)
        self._emit("response.output_item.added", output_index=item.place, item=added)
        if isinstance(item, TextItem):
            form, where = item.form, self._locate_part(item)
            self._emit(f"{form.part_event}.added", **where, part=item.write_part())
            kind = f"{form.text_event}.delta"
            delta = dump_json({"type": kind, **where, "delta": ""}).decode()
            self._head = f"event: {kind}\ndata: {delta[:-3]}"  # up to the text's quotation marks
            self._tail = f'{form.extra},"sequence_number":'
            self._texts = item.texts if form is MESSAGE else None

    def _close(self, item: TextItem | CallItem) -> None:
        super()._close(item)
        if isinstance(item, TextItem):
            self._texts = None
            form, where = item.form, self._locate_part(item)
            self._emit(f"{form.text_event}.done", **where, text=item.text, **item.write_logprobs())
            self._emit(f"{form.part_event}.done", **where, part=item.write_part())
        elif item.origin.is_custom:
            input, where = item.input, self._locate_item(item)
            for piece in split_text(input):
                self._emit("response.custom_tool_call_input.delta", **where, delta=piece)
            self._emit("response.custom_tool_call_input.done", **where, input=input)
        else:
            self._emit(
                "response.function_call_arguments.done",
                **self._locate_item(item),
                name=item.origin.name,
                arguments=item.input,
            )
        self._emit("response.output_item.done", output_index=item.place, item=item.write_json())

    def _add_text(self, form: ItemForm, text: str) -> None:
        super()._add_text(form, text)
        for piece in split_text(text):
            line = f"{self._head}{encode_basestring(piece)}{self._tail}{self._number}}}\n\n"
            self._out.append(line)
            self._number += 1

    def _add_scored_text(self, text: str, logprobs: list[Entry]) -> None:
        super()._add_scored_text(text, logprobs)
        assert self._text is not None
        where = self._locate_part(self._text)
        self._emit("response.output_text.delta", **where, delta=text, logprobs=logprobs)

    def _add_arguments(self, call: CallItem, text: str) -> None:
        super()._add_arguments(call, text)
        if call.origin.is_custom:
            return  # what its text is shows when the JSON around it is whole
        for piece in split_text(text):
            self._emit(
                "response.function_call_arguments.delta", **self._locate_item(call), delta=piece
            )


def _name_code(error: APIError) -> str:
    """Returns one of the codes that a Response's error may have."""
    if isinstance(error, RateLimited):
        return "rate_limit_exceeded"
    return "invalid_prompt" if isinstance(error, BadRequest) else "server_error"
