"""The protocol of engines, and how they cut texts.

An engine cuts masked texts as it needs them, says how they go into calls, and returns for every
text of a call its translation, or None if it left that one out.
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
    """The languages of a translation. ``is_certain``: whether the source is known, not guessed."""

    source: Locale
    target: Locale
    is_certain: bool = True


class Outcome(NamedTuple):
    """The result of a call: translations in the order of its texts, or an error."""

    texts: Sequence[str | None]
    neurons: float = 0.0
    error: APIError | None = None


class Engine(Protocol):
    @property
    def model(self) -> str:
        """The id of its model."""

    def cut(self, text: str) -> list[str]:
        """Cuts a text into parts that stay and parts that are translated.

        The two alternate; the first and the last stay.
        """

    def batches(self, texts: Sequence[str]) -> list[list[str]]:
        """Groups texts by the call that they go into."""

    async def run(
        self, batches: Sequence[Sequence[str]], ports: Ports, request: Request
    ) -> list[Outcome]:
        """Makes the calls in parallel and returns one outcome for each."""

    def keeps_terms(self, text: str, translated: str) -> bool:
        """Whether a translation has the glossary's terms."""


# --- cutting ---------------------------------------------------------------------------------

_LETTER = re.compile(r"[^\W\d_]")
_UNSPACED = frozenset({"ja", "zh"})
"""Languages without a space between sentences."""


def alternate(pieces: Iterable[tuple[str, bool]], target: Locale) -> list[str]:
    """Joins pieces into parts that stay and parts that are translated, one after the other.

    A piece says whether it is to be translated. Between two sentences comes what the target has
    there: a space or nothing.
    """
    out: list[str] = []
    between: list[str] = []
    for piece, is_translated in pieces:
        core = piece.strip() if is_translated else ""
        if not _LETTER.search(remove_masks(core)):
            between += (piece,)
            continue
        before, core, after = piece.partition(core)
        out += "".join([*between, before]), core
        between = [after]
    out += ("".join(between),)
    has_spaces = target.code not in _UNSPACED
    for place in range(2, len(out) - 1, 2):
        if out[place] in ("", " "):
            out[place] = " " if has_spaces else ""
    return out


def split_at_masks_and_terms(text: str, terms: Terms) -> Iterator[tuple[str, bool]]:
    """Yields a text's pieces, and whether they are to be translated: not masks, nor terms, which
    have their translation, but what is between them."""
    for place, part in enumerate(split_at_masks(text)):
        if place % 2 == 0:
            yield part, False
        else:
            for at, piece in enumerate(terms.split_at_terms(part)):
                yield piece, at % 2 == 0
