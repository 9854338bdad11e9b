"""Finds a glossary's terms in texts and checks that translations keep them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from translation.scripts import WORD_LETTERS
from translation.text.masks import has_masks, split_at_masks


class Glossary(NamedTuple):
    """Terms and their translations. ``version`` changes with every entry."""

    version: str = ""
    entries: Mapping[str, str] = {}


NO_GLOSSARY = Glossary()


class Terms:
    """The terms of a glossary that occur in some texts.

    Of overlapping terms the longest counts. Upper and lower case are the same unless the glossary
    has both, and a term is no part of a longer word.
    """

    def __init__(self, glossary: Glossary, texts: str) -> None:
        folded = texts.casefold()
        self._meanings = {
            term: " ".join(meaning.split())
            for term, meaning in glossary.entries.items()
            if term.casefold() in folded and term.strip() and not has_masks(meaning)
        }
        self._folded = {term.casefold(): meaning for term, meaning in self._meanings.items()}
        self._pattern = _pattern(self._meanings) if self._meanings else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def meanings_in(self, text: str) -> Mapping[str, str]:
        """Returns each term as it stands in the text, and its translation."""
        return {term: self._meaning(term) for term in self._find(text)}

    def split_at_terms(self, text: str) -> list[str]:
        """Splits a text without masks into texts and translated terms.

        The two alternate; the first and the last are texts, or empty.
        """
        if self._pattern is None:
            return [text]
        parts = self._pattern.split(text)
        parts[1::2] = map(self._meaning, parts[1::2])
        return parts

    def keeps_terms(self, source: str, translated: str) -> bool:
        """Whether a translation has the glossary's translations of its source's terms, as often as
        the source has the terms."""
        meanings = Counter(self._meaning(term).casefold() for term in self._find(source))
        folded = translated.casefold() if meanings else ""
        return all(folded.count(meaning) >= number for meaning, number in meanings.items())

    def _find(self, text: str) -> list[str]:
        """Returns the terms of a text, repeated as they are there."""
        if self._pattern is None:
            return []
        return self._pattern.findall("\n".join(split_at_masks(text)[1::2]))

    def _meaning(self, term: str) -> str:
        if term in self._meanings:
            return self._meanings[term]
        return self._folded.get(term.casefold(), term)


def _pattern(terms: Iterable[str]) -> "re.Pattern[str]":
    """Returns what finds the terms; letters of scripts that keep words apart bound them."""
    longest_first = sorted(terms, key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first))
    letter = f"[{WORD_LETTERS}]"
    return re.compile(f"((?<!{letter})(?:{words})(?!{letter}))", re.IGNORECASE)
