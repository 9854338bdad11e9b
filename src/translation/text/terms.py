"""Finds a glossary's terms in texts and checks that translations keep them.

Both are read as words: runs of letters, and any other character alone. So a term is never a part of
a longer word. The time that it takes is linear in the length of the texts and of the terms,
whatever they are: a text is read from its end by an automaton (Aho and Corasick's), which knows at
each word the longest term that begins there.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from translation.scripts import WORD_LETTERS
from translation.text.masks import has_masks, split_at_masks


class Glossary(NamedTuple):
    """Terms and their translations. ``version`` changes with every entry."""

    version: str = ""
    entries: Mapping[str, str] = {}


NO_GLOSSARY = Glossary()

_WORD = re.compile(f"[{WORD_LETTERS}]+|[^{WORD_LETTERS}]")
_FIRST_WORD = re.compile(f"^(?:[{WORD_LETTERS}]+|.)", re.MULTILINE)
_LETTER = re.compile(f"[{WORD_LETTERS}]")
_MARKED_WORD = re.compile(f"[{WORD_LETTERS}]+|[^{WORD_LETTERS}]\0?")
# Spaces are usually followed by letters, and Chinese characters by others.
_UNUSUAL_ENDS = re.compile(
    rf"(?<=\W)(?<![{WORD_LETTERS}])(?![{WORD_LETTERS}])|(?<=[^{WORD_LETTERS}\W])(?=[{WORD_LETTERS}])"
)


def _keys(text: str) -> list[str]:
    """Returns what words are compared by: they are in small letters, and a mark makes two of each
    other character, that with letters behind it and that without, since a term can end with the
    latter only: "+" is in "C + D", and not in "C +D"."""
    marked = _UNUSUAL_ENDS.sub("\0", text.replace("\0", " "))
    return list(map(str.casefold, _MARKED_WORD.findall(marked)))


class Terms:
    """The terms of a glossary that occur in some texts.

    Of overlapping terms the first counts, and of those that begin together the longest. Upper and
    lower case are the same unless the glossary has both.
    """

    def __init__(self, glossary: Glossary, texts: str) -> None:
        self._start: _State | None = None
        self._meanings: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        if glossary.entries:
            self._find_terms(glossary.entries, texts)

    def _find_terms(self, entries: Mapping[str, str], texts: str) -> None:
        keys = _keys(texts)
        candidates = _candidates(entries, texts, set(keys))
        self._meanings = {
            term: " ".join(meaning.split())
            for term in candidates
            if not has_masks(meaning := entries[term])
        }
        self._folded = {term.casefold(): meaning for term, meaning in self._meanings.items()}
        start = _automaton([candidates[term] for term in self._meanings])
        self._start = start if _longest_terms(start, keys) else None

    def __bool__(self) -> bool:
        return self._start is not None

    def meanings_in(self, text: str) -> Mapping[str, str]:
        """Returns each term as it stands in the text, and its translation."""
        return {term: self._meaning(term) for term in self._find(text)}

    def split_at_terms(self, text: str) -> list[str]:
        """Splits a text without masks into texts and translated terms.

        The two alternate; the first and the last are texts, or empty.
        """
        if self._start is None:
            return [text]
        parts = self._split(text, self._start)
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
        if self._start is None:
            return []
        return self._split("\n".join(split_at_masks(text)[1::2]), self._start)[1::2]

    def _split(self, text: str, start: "_State") -> list[str]:
        """Splits a text into texts and terms, which alternate."""
        words = _WORD.findall(text)
        parts = []
        end = 0
        for place, length in _longest_terms(start, _keys(text)):
            # Before a term that begins with a word there never is another one.
            follows_word = place > 0 and _LETTER.match(words[place - 1])
            if place >= end and not follows_word:
                parts += ["".join(words[end:place]), "".join(words[place : place + length])]
                end = place + length
        return [*parts, "".join(words[end:])]

    def _meaning(self, term: str) -> str:
        if term in self._meanings:
            return self._meanings[term]
        return self._folded.get(term.casefold(), term)


def _candidates(entries: Mapping[str, str], texts: str, keys: Set[str]) -> dict[str, Sequence[str]]:
    """Returns the terms that may be in texts with these keys, as all their words are, and their
    keys."""
    most = len(texts)
    terms = [term for term in entries if len(term) <= most and term.strip() and "\n" not in term]
    # All at once, as most terms of a glossary are not in a text.
    first_words = map(str.casefold, _FIRST_WORD.findall("\n".join(terms)))
    words = {key.removesuffix("\0") for key in keys}
    of_terms = {
        term: _keys(term) for term, word in zip(terms, first_words, strict=True) if word in words
    }
    return {term: of_term for term, of_term in of_terms.items() if keys >= set(of_term)}


# --- the automaton ---------------------------------------------------------------------------


class _State:
    """What has been read of a text, from its end: as much of it as may be the end of a term.

    ``next``: the states by the word before. ``shorter``: the state of less of it, if there is none.
    ``length``: words of the longest term that begins here, 0 for none.
    """

    __slots__ = ("length", "next", "shorter")

    def __init__(self) -> None:
        self.next: dict[str, _State] = {}
        self.shorter: _State | None = None
        self.length = 0


def _automaton(terms: Iterable[Sequence[str]]) -> _State:
    """Returns the state in which nothing has been read. ``terms``: the keys of each."""
    start = _State()
    for keys in terms:
        state = start
        for key in reversed(keys):
            following = state.next.get(key)
            if following is None:
                following = state.next[key] = _State()
            state = following
        state.length = len(keys)
    states = [start]
    for state in states:  # shorter ones first
        for key, following in state.next.items():
            shorter = state.shorter
            while shorter and key not in shorter.next:
                shorter = shorter.shorter
            following.shorter = shorter.next[key] if shorter else start
            following.length = following.length or following.shorter.length
            states.append(following)
    return start


def _longest_terms(start: _State, keys: Sequence[str]) -> list[tuple[int, int]]:
    """Returns the places in a text where terms begin, in order, and the length of the longest of
    each, in words."""
    found = []
    state = start
    for place in range(len(keys) - 1, -1, -1):
        key = keys[place]
        while key not in state.next and state.shorter:
            state = state.shorter
        state = state.next.get(key, start)
        if state.length:
            found.append((place, state.length))
    found.reverse()
    return found
