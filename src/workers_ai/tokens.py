"""Estimates of token counts. No tokenizer fits into a Worker, and none would fit every model.

English text has about 4 characters a token, code and other Latin scripts about 3, Chinese,
Japanese and Korean 1 to 1.5 characters. Each estimate says on which side it errs.
"""

from typing import Any

PER_MESSAGE = 8
"""Role, separators and template around a message."""
PER_IMAGE = 1500
"""An upper figure; models scale images to between 250 and 1,300 tokens."""


def estimate(text: str) -> int:
    """A fair estimate, for usage that the model did not report."""
    wide = _wide(text)
    return (len(text) - wide + 3) // 4 + wide


def at_most(text: str) -> int:
    """Rather too many: what a prompt may cost when room for the answer is worked out."""
    wide = _wide(text)
    return (len(text) - wide) // 3 + wide * 3 // 2 + 1


def at_least(text: str) -> int:
    """Rather too few: a prompt that exceeds a window even so cannot fit."""
    return len(text) // 12


def _wide(text: str) -> int:
    """Characters outside ASCII, counted in C."""
    return 0 if text.isascii() else len(text) - len(text.encode("ascii", "ignore"))


def texts(value: Any) -> list[str]:
    """Every string inside a JSON-like value, keys included; image URLs left out."""
    found: list[str] = []
    _collect(value, found)
    return found


def _collect(value: Any, found: list[str]) -> None:
    # Not a generator: each level of one would be gone through again for every string.
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key != "image_url":
                found.append(str(key))
                _collect(item, found)
    elif isinstance(value, list | tuple):
        for item in value:
            _collect(item, found)
    elif value is not None:
        found.append(str(value))
