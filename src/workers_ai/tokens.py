"""Estimates token counts. No tokenizer fits into a Worker, and none would suit every model.

English text has about 4 characters a token, code and other Latin scripts about 3, Chinese,
Japanese and Korean 1 to 1.5 characters. Each function says on which side it errs.
"""

from typing import Any

PER_MESSAGE = 8
"""Role, separators and template around a message."""
PER_IMAGE = 1500
"""An upper bound; models scale images to between 250 and 1,300 tokens."""


def estimate(text: str) -> int:
    """Estimates fairly, for usage that the model did not report."""
    whole = Estimate()
    whole.add(text)
    return whole.tokens


class Estimate:
    """Estimates as :func:`estimate` does, for a text that comes in pieces."""

    def __init__(self) -> None:
        self._characters = 0
        self._wide = 0

    def add(self, text: str) -> None:
        self._characters += len(text)
        self._wide += _count_wide(text)

    @property
    def tokens(self) -> int:
        return (self._characters - self._wide + 3) // 4 + self._wide


def at_most(text: str, pieces: int = 1) -> int:
    """Estimates high: what a prompt, joined of so many pieces, may take of the context window."""
    wide = _count_wide(text)
    return (len(text) - wide) // 3 + wide * 3 // 2 + pieces


def at_least(text: str) -> int:
    """Estimates low: a prompt that exceeds a window even so cannot fit."""
    return len(text) // 12


def _count_wide(text: str) -> int:
    """Counts characters outside ASCII, in C."""
    return 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore"))


def collect_texts(value: Any) -> list[str]:
    """Collects every string inside a JSON-like value, keys included, image URLs excluded."""
    texts: list[str] = []
    _collect(value, texts)
    return texts


def _collect(value: Any, texts: list[str]) -> None:
    # Not a generator: every string would pass through one for each level of nesting. Strings are
    # added where they are found, without a call, as a request consists of little else.
    kind = type(value)
    if kind is dict:
        for key, item in value.items():
            if key == "image_url":
                continue
            if type(item) is str:
                texts += (key, item)
            else:
                texts += (key,)
                _collect(item, texts)
    elif kind is list or kind is tuple:
        for item in value:
            if type(item) is str:
                texts += (item,)
            else:
                _collect(item, texts)
    elif value is not None:
        texts += (str(value),)
