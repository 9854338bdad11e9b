"""Neutral events to OpenAI's Responses: the whole object, and the events of its stream.

The models here give their thinking itself, which is a reasoning item's ``content``
(``reasoning_text``), as other servers of open models have it. Who asks for a summary of it reads
nothing else, so there it takes the place of the summary that no model here writes.

Pieces of text are kept to lines that any relay can read. The ``done`` events and the last one
repeat the whole of it, as OpenAI's do, however long: One API, which reads lines of 64 KiB, has no
Responses, and New API reads at least 10 MB.
"""

import time
from collections.abc import Iterable, Mapping
from typing import Any

from core.ids import new_id
from handlers.openai.logprobs import Entry, split_token
from handlers.openai.responses.items import (
    MESSAGE,
    REASONING,
    REASONING_SUMMARY,
    CallItem,
    ItemForm,
    TextItem,
)
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolArguments, ToolStart, Usage
from workers_ai.tokens import estimate

INCOMPLETE = {"length": "max_output_tokens", "content_filter": "content_filter"}
"""Finish reasons that leave a response ``incomplete``, to the reason that it tells."""


class Answer:
    """A Response in its making: ``add`` the events, then ask for its ``json``.

    ``request`` is what it repeats of the request. Subclasses are told of every change.
    """

    def __init__(self, request: Mapping[str, Any]) -> None:
        self._request = request
        self._thoughts = (
            REASONING_SUMMARY if (request.get("reasoning") or {}).get("summary") else REASONING
        )
        self._id = new_id("resp_")
        self._created = int(time.time())
        self._items: list[TextItem | CallItem] = []
        self._text: TextItem | None = None
        """The item that text goes into, the last one if there is any."""
        self._calls: list[CallItem] = []
        """All calls. They stay open to the end, as their arguments may come in turns."""
        self._usage: Usage | None = None
        self._reason: str | None = None
        """Why it ended; None while it has not."""

    def add(self, event: Event) -> None:
        if isinstance(event, str):
            self._write(MESSAGE, event)
        elif isinstance(event, Reasoning):
            self._write(self._thoughts, event.text)
        elif isinstance(event, Token):
            for piece, found in split_token(event):
                self._score(piece, [_with_bytes(entry) for entry in found])
        elif isinstance(event, ToolStart):
            self._close_text()
            self._calls.append(CallItem(len(self._items), event))
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
                if isinstance(item, TextItem) and item.form is not MESSAGE
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

    def _open(self, item: TextItem | CallItem) -> None:
        self._items.append(item)

    def _close(self, item: TextItem | CallItem) -> None:
        if item.status == "in_progress":
            item.status = "completed"

    def _in(self, form: ItemForm) -> TextItem:
        """The open item of that form, made where there is none."""
        if self._text is None or self._text.form is not form:
            self._close_text()
            self._text = TextItem(len(self._items), form)
            self._open(self._text)
        return self._text

    def _write(self, form: ItemForm, text: str) -> None:
        self._in(form).texts.append(text)

    def _score(self, text: str, logprobs: list[Entry]) -> None:
        item = self._in(MESSAGE)
        item.texts.append(text)
        item.logprobs += logprobs

    def _argue(self, call: CallItem, text: str) -> None:
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
        elif not any(isinstance(item, CallItem) or item.form is MESSAGE for item in self._items):
            self._in(MESSAGE)  # an answer of nothing is still an answer
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
