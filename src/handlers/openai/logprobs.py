"""Log probabilities: models give them in the form of chat or of text completions, mostly without
the fields that are null. A client gets them in the form of its endpoint, complete."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from handlers.openai.chunks import pieces
from workers_ai.text.events import Token

UNLIKELY = -9999.0
"""OpenAI's figure for a token whose probability is not known."""

AT_ONCE = 4
"""Entries in one chunk: with 20 alternatives each and a piece of text it stays below 60 KiB."""

Entry = dict[str, Any]
"""What chat completions say of a token: ``token``, ``logprob``, ``bytes``, ``top_logprobs``."""


def entries(given: Mapping[str, Any]) -> list[Entry]:
    """The entries of a model's ``logprobs`` object; what cannot be read is left out."""
    content = given.get("content")
    items = content if isinstance(content, list) else _rows(given)
    return [{**_scored(item), "top_logprobs": _tops(item)} for item in items if _is_token(item)]


def portions(token: Token) -> Iterator[tuple[str, list[Entry]]]:
    """What goes into one chunk each. A model that answers a stream request with JSON gives all
    its text and all its entries in one event."""
    found = entries(token.logprobs)
    batches = [found[at : at + AT_ONCE] for at in range(0, len(found), AT_ONCE)]
    for piece, batch in zip_longest(pieces(token.text), batches):
        yield piece or "", batch or []


def as_lists(found: Sequence[Entry], offset: int) -> dict[str, list[Any]] | None:
    """The form of text completions; ``offset`` is where in the text the first token begins."""
    if not found:
        return None
    offsets = []
    for entry in found:
        offsets.append(offset)
        offset += len(entry["token"])
    return {
        "tokens": [entry["token"] for entry in found],
        "token_logprobs": [entry["logprob"] for entry in found],
        "top_logprobs": [
            {top["token"]: top["logprob"] for top in entry["top_logprobs"]} for entry in found
        ],
        "text_offset": offsets,
    }


def _rows(given: Mapping[str, Any]) -> list[Entry]:
    """The lists of text completions, turned into entries."""
    tokens, scores, tops = (
        value if isinstance(value, list) else []
        for value in map(given.get, ("tokens", "token_logprobs", "top_logprobs"))
    )
    size = len(tokens)
    return [
        {"token": token, "logprob": score, "top_logprobs": _alternatives(top)}
        for token, score, top in zip_longest(tokens, scores[:size], tops[:size])
    ]


def _alternatives(top: object) -> list[Entry]:
    pairs = top.items() if isinstance(top, dict) else ()
    return [{"token": token, "logprob": score} for token, score in pairs]


def _tops(item: Entry) -> list[Entry]:
    tops = item.get("top_logprobs")
    return [_scored(top) for top in (tops if isinstance(tops, list) else ()) if _is_token(top)]


def _is_token(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("token"), str)


def _scored(item: Entry) -> Entry:
    score, raw = item.get("logprob"), item.get("bytes")
    if isinstance(score, bool) or not isinstance(score, int | float):
        score = UNLIKELY
    readable = isinstance(raw, list) and all(type(byte) is int for byte in raw)
    return {
        "token": item["token"],
        "logprob": max(UNLIKELY, min(0.0, score)),
        "bytes": raw if readable else None,
    }
