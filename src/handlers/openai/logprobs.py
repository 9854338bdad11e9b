"""Reads and writes log probabilities.

Models return them in the form of chat or of text completions, mostly without the fields that are
null. A client gets them in the form of its endpoint, complete.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from core.errors import BadRequest
from handlers.openai.chunks import split_text
from workers_ai.catalogue.model import Model
from workers_ai.text.events import Token

UNLIKELY = -9999.0
"""OpenAI's value for a token whose probability is unknown."""

ENTRIES_PER_CHUNK = 4
"""With 20 alternatives each and a piece of text, a chunk stays below 60 KiB."""

Entry = dict[str, Any]
"""A token in chat completions: ``{token, logprob, bytes, top_logprobs}``."""


def require_logprobs(model: Model, param: str) -> None:
    """Raises :class:`BadRequest` if the model gives no log probabilities."""
    if not model.accepts_input("logprobs"):
        raise BadRequest(
            "This model gives no log probabilities.", param=param, code="unsupported_parameter"
        )


def read_entries(logprobs: Mapping[str, Any]) -> list[Entry]:
    """Returns the entries of a model's ``logprobs`` object; unreadable ones are dropped."""
    content = logprobs.get("content")
    items = content if isinstance(content, list) else _read_lists(logprobs)
    return [
        {**_complete_entry(item), "top_logprobs": _read_alternatives(item)}
        for item in items
        if _is_token(item)
    ]


def split_token(token: Token) -> Iterator[tuple[str, list[Entry]]]:
    """Yields text and entries for one chunk each. A model that answers a stream request with JSON
    returns all its text and all its entries in one event."""
    entries = read_entries(token.logprobs)
    starts = range(0, len(entries), ENTRIES_PER_CHUNK)
    batches = [entries[start : start + ENTRIES_PER_CHUNK] for start in starts]
    for piece, batch in zip_longest(split_text(token.text), batches):
        yield piece or "", batch or []


def write_lists(entries: Sequence[Entry], offset: int) -> dict[str, list[Any]] | None:
    """Writes entries in the form of text completions, None if there are none. ``offset``: where in
    the text the first token begins."""
    if not entries:
        return None
    offsets = []
    for entry in entries:
        offsets.append(offset)
        offset += len(entry["token"])
    return {
        "tokens": [entry["token"] for entry in entries],
        "token_logprobs": [entry["logprob"] for entry in entries],
        "top_logprobs": [
            {top["token"]: top["logprob"] for top in entry["top_logprobs"]} for entry in entries
        ],
        "text_offset": offsets,
    }


def _read_lists(logprobs: Mapping[str, Any]) -> list[Entry]:
    """Reads the lists of text completions as entries."""
    tokens, scores, tops = (
        value if isinstance(value, list) else []
        for value in map(logprobs.get, ("tokens", "token_logprobs", "top_logprobs"))
    )
    size = len(tokens)
    return [
        {"token": token, "logprob": score, "top_logprobs": _list_alternatives(top)}
        for token, score, top in zip_longest(tokens, scores[:size], tops[:size])
    ]


def _list_alternatives(top: object) -> list[Entry]:
    pairs = top.items() if isinstance(top, dict) else ()
    return [{"token": token, "logprob": score} for token, score in pairs]


def _read_alternatives(item: Entry) -> list[Entry]:
    tops = item.get("top_logprobs")
    if not isinstance(tops, list):
        return []
    return [_complete_entry(top) for top in tops if _is_token(top)]


def _is_token(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("token"), str)


def _complete_entry(item: Entry) -> Entry:
    score, raw = item.get("logprob"), item.get("bytes")
    if isinstance(score, bool) or not isinstance(score, int | float):
        score = UNLIKELY
    is_readable = isinstance(raw, list) and all(type(byte) is int for byte in raw)
    return {
        "token": item["token"],
        "logprob": max(UNLIKELY, min(0.0, score)),
        "bytes": raw if is_readable else None,
    }
