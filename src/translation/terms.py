"""A glossary's terms in a text."""

import re
from collections.abc import Mapping

from translation.job import Glossary


class Terms:
    """The terms of a glossary that occur in some texts; of overlapping ones the longest counts.
    Upper and lower case are the same, and a term is no part of a longer word."""

    def __init__(self, glossary: Glossary, texts: str) -> None:
        folded = texts.casefold()
        found = [term for term in glossary.entries if term.casefold() in folded]
        self._meanings = {term.casefold(): glossary.entries[term] for term in found}
        self._pattern = _pattern(found) if found else None

    @property
    def any(self) -> bool:
        return self._pattern is not None

    def within(self, text: str) -> Mapping[str, str]:
        """Each term as it stands in the text, and its translation."""
        if self._pattern is None:
            return {}
        return {term: self._meaning(term) for term in self._pattern.findall(text)}

    def apart(self, text: str) -> list[str]:
        """Texts and translated terms in turn; the first and the last are texts, or empty."""
        if self._pattern is None:
            return [text]
        parts = self._pattern.split(text)
        parts[1::2] = map(self._meaning, parts[1::2])
        return parts

    def kept(self, source: str, translated: str) -> bool:
        """Whether a translation has the terms of its source as the glossary has them."""
        meanings = self.within(source).values()
        folded = translated.casefold() if meanings else ""
        return all(meaning.casefold() in folded for meaning in meanings)

    def _meaning(self, term: str) -> str:
        return self._meanings.get(term.casefold(), term)


def _pattern(terms: list[str]) -> "re.Pattern[str]":
    """Chinese, Japanese and Thai have no spaces between words, so only letters that do form words
    bound a term."""
    longest_first = sorted(terms, key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first))
    return re.compile(
        rf"((?<![A-Za-z0-9\u00c0-\u052f])(?:{words})(?![A-Za-z0-9\u00c0-\u052f]))", re.IGNORECASE
    )
