"""Writes the chunk streams of chat completions and text completions."""

import binascii
import os
import time
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any

from core.version import VERSION
from core.web import dump_json
from handlers.openai.errors import error_event
from workers_ai.text.events import Event, Usage

LONGEST_PIECE = 8_000
"""Characters of text in one chunk. Escaping makes them at most six times as many bytes, below 60
KiB; One API's scanner fails on lines of 64 KiB."""
DONE = b"data: [DONE]\n\n"


def split_text(text: str) -> list[str]:
    """Splits a text into pieces for one chunk each."""
    return [text[start : start + LONGEST_PIECE] for start in range(0, len(text), LONGEST_PIECE)]


def write_usage(usages: Iterable[Usage]) -> dict[str, Any]:
    """Writes the sum of the choices' usages, as each choice is a call: OpenAI's integers, and
    Cloudflare's ``neurons`` if known."""
    usage, *more = usages
    for addend in more:
        usage = usage.plus(addend)
    value: dict[str, Any] = {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": usage.prompt_tokens + usage.completion_tokens,
    }
    if usage.cached_tokens is not None:
        value["prompt_tokens_details"] = {"cached_tokens": usage.cached_tokens}
    if usage.reasoning_tokens is not None:
        value["completion_tokens_details"] = {"reasoning_tokens": usage.reasoning_tokens}
    if usage.neurons is not None:
        value["neurons"] = usage.neurons
    return value


def write_envelope(prefix: str, kind: str, model: str, served: str) -> dict[str, Any]:
    """Writes the fields that every answer object and every chunk begins with. ``model``: its name
    in the request; ``served``: the id of the model that answers. The fingerprint changes with that
    and with the version."""
    fingerprint = binascii.crc32(f"{served} {VERSION}".encode("utf-8", "replace"))
    return {
        "id": prefix + os.urandom(12).hex(),
        "object": kind,
        "created": int(time.time()),
        "model": model,
        "system_fingerprint": f"fp_{fingerprint:08x}",
    }


class Chunks:
    """Writes events as chunks: :class:`Encoder`.

    Chunks of text differ in their text only, so they are joined from strings; rarer ones are dumped
    as JSON. Subclasses define what a choice looks like: ``text_choice`` (with ``%s`` for the JSON
    string), ``open_choice`` and ``write_event``.
    """

    text_choice: str

    def __init__(self, envelope: dict[str, Any], choices: int, *, include_usage: bool) -> None:
        self._include_usage = include_usage
        self._usages: list[Usage] = []
        self._opened: set[int] = set()
        self._head = "data: " + dump_json(envelope).decode()[:-1] + ',"choices":['
        self._tail = '],"usage":null}\n\n' if include_usage else "]}\n\n"
        before, after = self.text_choice.split("%s")
        self._text_heads = [f'{self._head}{{"index":{index},{before}' for index in range(choices)]
        self._text_tail = after + "}" + self._tail

    def open_choice(self, index: int) -> Iterable[dict[str, Any]]:
        """Returns the choices to send before anything else of that index."""
        return ()

    def write_event(self, index: int, event: Event) -> Iterable[dict[str, Any]]:
        """Returns the choices, without their index, for an event other than a short text."""
        raise NotImplementedError

    def encode(self, index: int, events: list[Event]) -> bytes:
        out: list[str] = []
        if index not in self._opened:
            self._opened.add(index)
            out.extend(self._chunk(index, choice) for choice in self.open_choice(index))
        head, tail = self._text_heads[index], self._text_tail
        for event in events:
            if type(event) is str and len(event) <= LONGEST_PIECE:
                out.append(head)
                out.append(encode_basestring(event))
                out.append(tail)
            elif type(event) is Usage:
                self._usages.append(event)
            else:
                out.extend(self._chunk(index, choice) for choice in self.write_event(index, event))
        # A lone surrogate keeps its escape: the next token may be the other half.
        return "".join(out).encode("utf-8", "backslashreplace")

    def _chunk(self, index: int, choice: dict[str, Any]) -> str:
        return self._head + dump_json({"index": index, **choice}).decode() + self._tail

    def tail(self) -> bytes:
        """Returns the last chunk, with the usage, if asked for, and ``[DONE]``."""
        if not self._include_usage:
            return DONE
        usage = dump_json(write_usage(self._usages)).decode()
        return f'{self._head}],"usage":{usage}}}\n\n'.encode() + DONE

    def fail(self, cause: Exception) -> bytes:
        return error_event(cause)
