"""What an engine is.

It cuts masked texts as it needs them, says how they go into calls, and gives for every text of a
call its translation, or None where it left that one out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from core.errors import APIError
from core.ports import Ports
from core.web import Request
from translation.languages.locales import Locale
from translation.text.masks import remove_masks, split_at_masks
from translation.text.terms import Terms


class Pair(NamedTuple):
    """From what into what. ``sure``: whether the source is certain."""

    source: Locale
    target: Locale
    sure: bool = True


class Outcome(NamedTuple):
    """What a call brought: translations in the order of its texts, or an error."""

    texts: Sequence[str | None]
    neurons: float = 0.0
    error: APIError | None = None


class Engine(Protocol):
    @property
    def model(self) -> str:
        """The id of its model."""

    def cut(self, text: str) -> list[str]:
        """What stays and what is translated in turn; the first and the last stay."""

    def batches(self, texts: Sequence[str]) -> list[list[str]]:
        """The texts of each call."""

    async def run(
        self, batches: Sequence[Sequence[str]], ports: Ports, request: Request
    ) -> list[Outcome]:
        """Makes the calls, side by side. One outcome each."""

    def fits(self, text: str, translated: str) -> bool:
        """Whether a translation has the glossary's terms."""


# --- cutting ---------------------------------------------------------------------------------

_LETTER = re.compile(r"[^\W\d_]")
_UNSPACED = frozenset({"ja", "zh"})
"""Languages without a space between sentences."""


def alternate(pieces: Iterable[tuple[str, bool]], target: Locale) -> list[str]:
    """What stays and what is translated in turn, from pieces that say which they are. Between
    sentences there is what the target has there."""
    out = [""]
    for piece, translated in pieces:
        core = piece.strip() if translated else ""
        if not _LETTER.search(remove_masks(core)):
            out[-1] += piece
            continue
        at = piece.index(core)
        out[-1] += piece[:at]
        out += [core, piece[at + len(core) :]]
    spaced = target.code not in _UNSPACED
    for place in range(2, len(out) - 1, 2):
        if out[place] in ("", " "):
            out[place] = " " if spaced else ""
    return out


def split_at_masks_and_terms(text: str, terms: Terms) -> Iterator[tuple[str, bool]]:
    """The text in pieces: masks and terms, which have their translation, and what is between."""
    for place, part in enumerate(split_at_masks(text)):
        if place % 2 == 0:
            yield part, False
        else:
            for at, piece in enumerate(terms.split_at_terms(part)):
                yield piece, at % 2 == 0
