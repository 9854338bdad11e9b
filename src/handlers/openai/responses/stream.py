"""Neutral events to the events of a streamed Response."""

from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

from core.errors import APIError, BadRequest, RateLimited, known_error
from core.web import dump_json
from handlers.openai.chunks import LONGEST_PIECE, split_text
from handlers.openai.errors import error_object
from handlers.openai.logprobs import Entry
from handlers.openai.responses.answer import Answer
from handlers.openai.responses.items import MESSAGE, CallItem, ItemForm, TextItem
from workers_ai.text.events import Event


class ResponseEvents(Answer):
    """The events of a streamed Response: :class:`Encoder`.

    A delta of text is fixed but for its text and its number, so it is put together from strings;
    everything rarer is dumped.
    """

    def __init__(self, request: Mapping[str, Any]) -> None:
        super().__init__(request)
        self._out: list[str] = []
        self._number = 0
        self._texts: list[str] | None = None
        """The texts of the open message, None where none is open."""
        self._head = self._tail = ""
        """What stands before and after the text of a delta for the open item."""

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
        value = self.json()
        self._say(f"response.{value['status']}", response=value)
        return self._flush()

    def fail(self, cause: Exception) -> bytes:
        """The failed Response, and then the error as its own event. That has OpenAI's error object
        too: at its sight the Python package raises, and not at the fields alone."""
        self._begin()
        error = known_error(cause)
        for item in self._items:
            if item.status == "in_progress":
                item.status = "incomplete"
        told = {"code": _code(error), "message": error.message}
        self._say("response.failed", response=self.json(error=told))
        fields = {"code": error.code, "message": error.message, "param": error.param}
        self._say("error", **fields, **error_object(error))
        return self._flush()

    def _begin(self) -> None:
        if self._number:
            return
        value = dump_json(self.json()).decode()
        for kind in ("response.created", "response.in_progress"):
            head = f'event: {kind}\ndata: {{"type":"{kind}","sequence_number":{self._number}'
            self._out.append(f'{head},"response":{value}}}\n\n')
            self._number += 1

    def _flush(self) -> bytes:
        # A lone surrogate keeps its escape: the next token may hold the other half.
        data = "".join(self._out).encode("utf-8", "backslashreplace")
        self._out.clear()
        return data

    def _say(self, kind: str, **fields: Any) -> None:
        data = {"type": kind, "sequence_number": self._number, **fields}
        self._number += 1
        self._out.append(f"event: {kind}\ndata: {dump_json(data).decode()}\n\n")

    def _where(self, item: TextItem | CallItem) -> dict[str, Any]:
        return {"item_id": item.id, "output_index": item.place}

    def _part(self, item: TextItem) -> dict[str, Any]:
        return {**self._where(item), item.form.place: 0}

    def _open(self, item: TextItem | CallItem) -> None:
        super()._open(item)
        added = item.json(empty=True)
        self._say("response.output_item.added", output_index=item.place, item=added)
        if isinstance(item, TextItem):
            form, where = item.form, self._part(item)
            self._say(f"{form.part_event}.added", **where, part=item.part())
            kind = f"{form.text_event}.delta"
            begun = dump_json({"type": kind, **where, "delta": ""}).decode()
            self._head = f"event: {kind}\ndata: {begun[:-3]}"
            self._tail = f'{form.extra},"sequence_number":'
            self._texts = item.texts if form is MESSAGE else None

    def _close(self, item: TextItem | CallItem) -> None:
        super()._close(item)
        if isinstance(item, TextItem):
            self._texts = None
            form, where = item.form, self._part(item)
            self._say(f"{form.text_event}.done", **where, text=item.text, **item.scores())
            self._say(f"{form.part_event}.done", **where, part=item.part())
        else:
            self._say(
                "response.function_call_arguments.done",
                **self._where(item),
                name=item.name,
                arguments=item.arguments,
            )
        self._say("response.output_item.done", output_index=item.place, item=item.json())

    def _write(self, form: ItemForm, text: str) -> None:
        super()._write(form, text)
        for piece in split_text(text):
            line = f"{self._head}{encode_basestring(piece)}{self._tail}{self._number}}}\n\n"
            self._out.append(line)
            self._number += 1

    def _score(self, text: str, logprobs: list[Entry]) -> None:
        super()._score(text, logprobs)
        assert self._text is not None
        where = self._part(self._text)
        self._say("response.output_text.delta", **where, delta=text, logprobs=logprobs)

    def _argue(self, call: CallItem, text: str) -> None:
        super()._argue(call, text)
        for piece in split_text(text):
            self._say("response.function_call_arguments.delta", **self._where(call), delta=piece)


def _code(error: APIError) -> str:
    """Of the codes that a Response's error may have."""
    if isinstance(error, RateLimited):
        return "rate_limit_exceeded"
    return "invalid_prompt" if isinstance(error, BadRequest) else "server_error"
