"""Neutral events to OpenAI's Responses: the whole object, and the events of its stream.

The models here give their thinking itself, which is a reasoning item's ``content``
(``reasoning_text``), as other servers of open models have it. Who asks for a summary of it reads
nothing else, so there it takes the place of the summary that no model here writes.

Pieces of text are kept to lines that any relay can read. The ``done`` events and the last one
repeat the whole of it, as OpenAI's do, however long: One API, which reads lines of 64 KiB, has no
Responses, and New API reads at least 10 MB.
"""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from core.errors import APIError, BadRequest, RateLimited, known_error
from core.web import dump_json
from handlers.openai.chunks import LONGEST_PIECE, pieces
from handlers.openai.errors import error_object
from handlers.openai.logprobs import Entry, portions
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolArguments, ToolStart, Usage
from workers_ai.tokens import estimate

INCOMPLETE = {"length": "max_output_tokens", "content_filter": "content_filter"}
"""Finish reasons that leave a response ``incomplete``, to the reason that it tells."""


class _Form(NamedTuple):
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


_ANSWER = _Form(
    "msg_",
    {"type": "message", "role": "assistant"},
    "content",
    {"type": "output_text", "annotations": []},
    "response.content_part",
    "response.output_text",
    "content_index",
    ',"logprobs":[]',
)
_THOUGHTS = _Form(
    "rs_",
    {"type": "reasoning", "summary": []},
    "content",
    {"type": "reasoning_text"},
    "response.content_part",
    "response.reasoning_text",
    "content_index",
)
_SUMMARY = _Form(
    "rs_",
    {"type": "reasoning"},
    "summary",
    {"type": "summary_text"},
    "response.reasoning_summary_part",
    "response.reasoning_summary_text",
    "summary_index",
)


def _new_id(prefix: str) -> str:
    return prefix + os.urandom(12).hex()


class _Text:
    """A message or a reasoning item, the response's ``place``-th: one part of text that grows."""

    def __init__(self, place: int, form: _Form) -> None:
        self.place = place
        self.form = form
        self.id = _new_id(form.prefix)
        self.status = "in_progress"
        self.texts: list[str] = []
        self.logprobs: list[Entry] = []

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def scores(self) -> dict[str, list[Entry]]:
        return {"logprobs": self.logprobs} if self.form is _ANSWER else {}

    def part(self) -> dict[str, Any]:
        return {**self.form.part, "text": self.text, **self.scores()}

    def json(self, *, empty: bool = False) -> dict[str, Any]:
        parts = [] if empty else [self.part()]
        return {"id": self.id, **self.form.item, "status": self.status, self.form.parts: parts}


class _Call:
    """A function call whose arguments grow."""

    def __init__(self, place: int, start: ToolStart) -> None:
        self.place = place
        self.id = _new_id("fc_")
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


class Answer:
    """A Response in its making: ``add`` the events, then ask for its ``json``.

    ``request`` is what it repeats of the request. Subclasses are told of every change.
    """

    def __init__(self, request: Mapping[str, Any]) -> None:
        self._request = request
        self._thoughts = _SUMMARY if (request.get("reasoning") or {}).get("summary") else _THOUGHTS
        self._id = _new_id("resp_")
        self._created = int(time.time())
        self._items: list[_Text | _Call] = []
        self._text: _Text | None = None
        """The item that text goes into, the last one if there is any."""
        self._calls: list[_Call] = []
        """All calls. They stay open to the end, as their arguments may come in turns."""
        self._usage: Usage | None = None
        self._reason: str | None = None
        """Why it ended; None while it has not."""

    def add(self, event: Event) -> None:
        if isinstance(event, str):
            self._write(_ANSWER, event)
        elif isinstance(event, Reasoning):
            self._write(self._thoughts, event.text)
        elif isinstance(event, Token):
            for piece, found in portions(event):
                self._score(piece, [_with_bytes(entry) for entry in found])
        elif isinstance(event, ToolStart):
            self._close_text()
            self._calls.append(_Call(len(self._items), event))
            self._open(self._calls[-1])
        elif isinstance(event, ToolArguments):
            self._argue(self._calls[event.call], event.text)
        elif isinstance(event, Usage):
            self._usage = event
        elif isinstance(event, Finish):
            self._finish(event.reason)

    def json(self, *, error: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The Response as it stands. One that is not completed, incomplete or failed is still in
        progress: its items are told by their own events."""
        status = "failed" if error else self._status()
        cut = INCOMPLETE.get(self._reason or "") if status == "incomplete" else None
        return {
            "id": self._id,
            "object": "response",
            "created_at": self._created,
            "status": status,
            "completed_at": int(time.time()) if status == "completed" else None,
            "error": error,
            "incomplete_details": {"reason": cut} if cut else None,
            "output": [item.json() for item in self._items if status != "in_progress"],
            "usage": None if self._usage is None else self._usage_json(self._usage),
            **self._request,
        }

    def _status(self) -> str:
        if self._reason is None:
            return "in_progress"
        return "incomplete" if self._reason in INCOMPLETE else "completed"

    def _usage_json(self, usage: Usage) -> dict[str, Any]:
        """All integers, and Cloudflare's ``neurons`` where known. Where the model does not say how
        much of it was thinking, that is estimated: the key is required."""
        thinking = usage.reasoning_tokens
        if thinking is None:
            thoughts = [
                item.text
                for item in self._items
                if isinstance(item, _Text) and item.form is not _ANSWER
            ]
            thinking = min(estimate("".join(thoughts)), usage.completion_tokens)
        value: dict[str, Any] = {
            "input_tokens": usage.prompt_tokens,
            "input_tokens_details": {
                "cached_tokens": usage.cached_tokens or 0,
                "cache_write_tokens": 0,
            },
            "output_tokens": usage.completion_tokens,
            "output_tokens_details": {"reasoning_tokens": thinking},
            "total_tokens": usage.prompt_tokens + usage.completion_tokens,
        }
        if usage.neurons is not None:
            value["neurons"] = usage.neurons
        return value

    # --- what happens to items; subclasses add to it ---

    def _open(self, item: _Text | _Call) -> None:
        self._items.append(item)

    def _close(self, item: _Text | _Call) -> None:
        if item.status == "in_progress":
            item.status = "completed"

    def _in(self, form: _Form) -> _Text:
        """The open item of that form, made where there is none."""
        if self._text is None or self._text.form is not form:
            self._close_text()
            self._text = _Text(len(self._items), form)
            self._open(self._text)
        return self._text

    def _write(self, form: _Form, text: str) -> None:
        self._in(form).texts.append(text)

    def _score(self, text: str, logprobs: list[Entry]) -> None:
        item = self._in(_ANSWER)
        item.texts.append(text)
        item.logprobs += logprobs

    def _argue(self, call: _Call, text: str) -> None:
        call.texts.append(text)

    def _close_text(self) -> None:
        if self._text is not None:
            self._close(self._text)
            self._text = None

    def _finish(self, reason: str) -> None:
        self._reason = reason
        if reason in INCOMPLETE:
            for item in self._items[-1:]:
                item.status = "incomplete"
        elif not any(isinstance(item, _Call) or item.form is _ANSWER for item in self._items):
            self._in(_ANSWER)  # an answer of nothing is still an answer
        self._close_text()
        for call in self._calls:
            self._close(call)


def _with_bytes(entry: Entry) -> Entry:
    """This dialect always has the bytes."""
    tops = [_with_bytes(top) for top in entry.get("top_logprobs", ())]
    known = entry["bytes"]
    data = list(entry["token"].encode("utf-8", "replace")) if known is None else known
    return {**entry, "bytes": data, **({"top_logprobs": tops} if "top_logprobs" in entry else {})}


def response(events: Iterable[Event], request: Mapping[str, Any]) -> dict[str, Any]:
    """The Response of a whole answer."""
    answer = Answer(request)
    for event in events:
        answer.add(event)
    return answer.json()


# --- streams ---------------------------------------------------------------------------------


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

    def _where(self, item: _Text | _Call) -> dict[str, Any]:
        return {"item_id": item.id, "output_index": item.place}

    def _part(self, item: _Text) -> dict[str, Any]:
        return {**self._where(item), item.form.place: 0}

    def _open(self, item: _Text | _Call) -> None:
        super()._open(item)
        added = item.json(empty=True)
        self._say("response.output_item.added", output_index=item.place, item=added)
        if isinstance(item, _Text):
            form, where = item.form, self._part(item)
            self._say(f"{form.part_event}.added", **where, part=item.part())
            kind = f"{form.text_event}.delta"
            begun = dump_json({"type": kind, **where, "delta": ""}).decode()
            self._head = f"event: {kind}\ndata: {begun[:-3]}"
            self._tail = f'{form.extra},"sequence_number":'
            self._texts = item.texts if form is _ANSWER else None

    def _close(self, item: _Text | _Call) -> None:
        super()._close(item)
        if isinstance(item, _Text):
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

    def _write(self, form: _Form, text: str) -> None:
        super()._write(form, text)
        for piece in pieces(text):
            line = f"{self._head}{encode_basestring(piece)}{self._tail}{self._number}}}\n\n"
            self._out.append(line)
            self._number += 1

    def _score(self, text: str, logprobs: list[Entry]) -> None:
        super()._score(text, logprobs)
        assert self._text is not None
        where = self._part(self._text)
        self._say("response.output_text.delta", **where, delta=text, logprobs=logprobs)

    def _argue(self, call: _Call, text: str) -> None:
        super()._argue(call, text)
        for piece in pieces(text):
            self._say("response.function_call_arguments.delta", **self._where(call), delta=piece)


def _code(error: APIError) -> str:
    """Of the codes that a Response's error may have."""
    if isinstance(error, RateLimited):
        return "rate_limit_exceeded"
    return "invalid_prompt" if isinstance(error, BadRequest) else "server_error"
