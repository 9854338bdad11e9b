"""Writes neutral events as a whole Response.

The models here return their thinking itself, which becomes a reasoning item's ``content``
(``reasoning_text``), as with other servers of open models. Clients that ask for a summary read
nothing else, so then the thinking is the summary, which no model here writes.
"""

import time
from collections.abc import Iterable, Mapping
from typing import Any

from handlers.openai.logprobs import Entry, split_token
from handlers.openai.responses.items import (
    MESSAGE,
    REASONING,
    REASONING_SUMMARY,
    CallItem,
    ItemForm,
    TextItem,
)
from storage.responses import new_response_id, output_item_id
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolArguments, ToolStart, Usage
from workers_ai.text.generation import ToolOrigin
from workers_ai.tokens import estimate

INCOMPLETE = {"length": "max_output_tokens", "content_filter": "content_filter"}
"""Finish reasons that make a Response ``incomplete``, and the reason that it reports."""


class ResponseBuilder:
    """Builds a Response: ``add`` the events, then ``write_json``.

    ``request`` has the fields that it repeats of the request, ``origins`` is
    :attr:`Generation.tool_origins`. Subclasses extend the methods that change an item.
    """

    def __init__(
        self, request: Mapping[str, Any], origins: Mapping[str, ToolOrigin] | None = None
    ) -> None:
        self._request = request
        self._origins = origins or {}
        self._reasoning = (
            REASONING_SUMMARY if (request.get("reasoning") or {}).get("summary") else REASONING
        )
        self._id = new_response_id()
        self._created = int(time.time())
        self._items: list[TextItem | CallItem] = []
        self._text: TextItem | None = None
        """The open item of text, always the last item; None if there is none."""
        self._calls: list[CallItem] = []
        """All calls. They stay open until the end, as their arguments may come in turns."""
        self._usage: Usage | None = None
        self._reason: str | None = None
        """The finish reason; None before the end."""

    def add(self, event: Event) -> None:
        if type(event) is str:
            self._add_text(MESSAGE, event)
        elif type(event) is Reasoning:
            self._add_text(self._reasoning, event.text)
        elif type(event) is Token:
            for piece, entries in split_token(event):
                self._add_scored_text(piece, [_with_bytes(entry) for entry in entries])
        elif type(event) is ToolStart:
            self._close_text()
            origin = self._origins.get(event.name) or ToolOrigin(event.name)
            self._calls.append(CallItem(len(self._items), event, origin))
            self._open(self._calls[-1])
        elif type(event) is ToolArguments:
            self._add_arguments(self._calls[event.call], event.text)
        elif type(event) is Usage:
            self._usage = event
        elif type(event) is Finish:
            self._finish(event.reason)

    def write_json(self, *, error: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Returns the Response in its present state. While it is in progress it has no items: they
        have their own events."""
        status = "failed" if error else self._status()
        reason = INCOMPLETE.get(self._reason or "") if status == "incomplete" else None
        return {
            "id": self._id,
            "object": "response",
            "created_at": self._created,
            "status": status,
            "completed_at": int(time.time()) if status == "completed" else None,
            "error": error,
            "incomplete_details": {"reason": reason} if reason else None,
            "output": [item.write_json() for item in self._items if status != "in_progress"],
            **({} if self._usage is None else {"usage": self._write_usage(self._usage)}),
            **self._request,
        }

    def _status(self) -> str:
        if self._reason is None:
            return "in_progress"
        return "incomplete" if self._reason in INCOMPLETE else "completed"

    def _write_usage(self, usage: Usage) -> dict[str, Any]:
        """Writes integers, and Cloudflare's ``neurons`` if known. ``reasoning_tokens``, which is
        required, is estimated if the model does not report it."""
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

    # --- changes of items, which subclasses extend ---

    def _open(self, item: TextItem | CallItem) -> None:
        prefix = item.id.partition("_")[0]
        item.id = output_item_id(prefix, self._id, len(self._items))
        self._items.append(item)

    def _close(self, item: TextItem | CallItem) -> None:
        if item.status == "in_progress":
            item.status = "completed"

    def _open_text(self, form: ItemForm) -> TextItem:
        """Returns the open item of that form; opens one if there is none."""
        if self._text is None or self._text.form is not form:
            self._close_text()
            self._text = TextItem(len(self._items), form)
            self._open(self._text)
        return self._text

    def _add_text(self, form: ItemForm, text: str) -> None:
        self._open_text(form).texts.append(text)

    def _add_scored_text(self, text: str, logprobs: list[Entry]) -> None:
        item = self._open_text(MESSAGE)
        item.texts.append(text)
        item.logprobs += logprobs

    def _add_arguments(self, call: CallItem, text: str) -> None:
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
            self._open_text(MESSAGE)  # an empty answer is an answer
        self._close_text()
        for call in self._calls:
            self._close(call)


def _with_bytes(entry: Entry) -> Entry:
    """Adds the bytes, which are required in this dialect."""
    tops = [_with_bytes(top) for top in entry.get("top_logprobs", ())]
    data = entry["bytes"]
    if data is None:
        data = list(entry["token"].encode("utf-8", "replace"))
    return {**entry, "bytes": data, **({"top_logprobs": tops} if "top_logprobs" in entry else {})}


def write_response(
    events: Iterable[Event],
    request: Mapping[str, Any],
    origins: Mapping[str, ToolOrigin] | None = None,
) -> dict[str, Any]:
    """Writes a whole answer, see :class:`ResponseBuilder`."""
    builder = ResponseBuilder(request, origins)
    for event in events:
        builder.add(event)
    return builder.write_json()
