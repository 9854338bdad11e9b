"""A glossary's terms in a text."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from translation.scripts import WORD_LETTERS
from translation.text.masks import has_masks, split_at_masks


class Glossary(NamedTuple):
    """Terms and what they are translated as. ``version`` changes with every entry."""

    version: str = ""
    entries: Mapping[str, str] = {}


NO_GLOSSARY = Glossary()


class Terms:
    """The terms of a glossary that occur in some texts; of overlapping ones the longest counts.
    Upper and lower case are the same unless the glossary has both, and a term is no part of a
    longer word."""

    def __init__(self, glossary: Glossary, texts: str) -> None:
        folded = texts.casefold()
        self._meanings = {
            term: " ".join(meaning.split())
            for term, meaning in glossary.entries.items()
            if term.casefold() in folded and term.strip() and not has_masks(meaning)
        }
        self._folded = {term.casefold(): meaning for term, meaning in self._meanings.items()}
        self._pattern = _pattern(self._meanings) if self._meanings else None

    @property
    def any(self) -> bool:
        return self._pattern is not None

    def within(self, text: str) -> Mapping[str, str]:
        """Each term as it stands in the text, and its translation."""
        return {term: self._meaning(term) for term in self._found(text)}

    def apart(self, text: str) -> list[str]:
        """Texts and translated terms in turn; the first and the last are texts, or empty. The text
        is one without masks."""
        if self._pattern is None:
            return [text]
        parts = self._pattern.split(text)
        parts[1::2] = map(self._meaning, parts[1::2])
        return parts

    def kept(self, source: str, translated: str) -> bool:
        """Whether a translation has the terms of its source as the glossary has them, as often."""
        meanings = Counter(self._meaning(term).casefold() for term in self._found(source))
        folded = translated.casefold() if meanings else ""
        return all(folded.count(meaning) >= number for meaning, number in meanings.items())

    def _found(self, text: str) -> list[str]:
        """The terms in a text, as often as they are there."""
        if self._pattern is None:
            return []
        return self._pattern.findall("\n".join(split_at_masks(text)[1::2]))

    def _meaning(self, term: str) -> str:
        if term in self._meanings:
            return self._meanings[term]
        return self._folded.get(term.casefold(), term)


def _pattern(terms: Iterable[str]) -> "re.Pattern[str]":
    """Finds the terms; only letters of scripts that keep words apart bound one."""
    longest_first = sorted(terms, key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first))
    letter = f"[{WORD_LETTERS}]"
    return re.compile(f"((?<!{letter})(?:{words})(?!{letter}))", re.IGNORECASE)
