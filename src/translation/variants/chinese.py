"""Converts Chinese from one script into the other, as OpenCC does.

Most characters have one counterpart. Where one has several, phrases decide: 头发 is 頭髮, 发现 is
發現. The leftmost phrase counts, and of those the longest.

Any text is accepted, nothing but Chinese characters is changed, and the work is linear in the
length of the text. Tables are unpacked at import, before the runtime takes its snapshot: unpacking
them in a request would take more CPU than it has.
"""

import re
from operator import add
from typing import Literal, NamedTuple

from translation.variants import chinese_tables as tables

Script = Literal["hans", "hant"]
Region = Literal["hant", "tw", "hk"]
Table = dict[int, int]

_BLOCK = 1000
"""Characters that are looked at together, to find out which script a text is in."""


def to_simplified(text: str) -> str:
    """Converts a text to simplified characters, from traditional ones of any region (OpenCC's t2s).

    Words stay: 軟體 becomes 软体, not 软件.
    """
    return SIMPLIFIED[script_of(text) == "hant"](text)


def to_traditional(text: str, region: Region) -> str:
    """Converts a text to traditional characters: for ``hant`` as OpenCC's own standard has them
    (s2t), for ``tw`` as Taiwan does, words included (s2twp: 软件 becomes 軟體), for ``hk`` as Hong
    Kong does (s2hk).

    In a text that is traditional already, 范先生 or 公里 must not become 範先生 or 公裏: there only
    characters that traditional text never has are converted, and those that the region writes in
    its own way.
    """
    convert = TRADITIONAL_BY_REGION[region]
    if script_of(text) != "hant":
        return convert(text)
    if not ONLY_SIMPLIFIED.isdisjoint(text):
        text = _without_simplified(text)
    return text.translate(convert.variants)


def script_of(text: str) -> Script | None:
    """Returns the script of a Chinese text, simplified (``hans``) or traditional (``hant``).

    Returns None if it has no character that only one of the two has. The first thousand characters
    with such a one decide.
    """
    for start in range(0, len(text), _BLOCK):
        characters = set(text[start : start + _BLOCK])
        simplified = len(characters & ONLY_SIMPLIFIED)
        traditional = len(characters & ONLY_TRADITIONAL)
        if simplified or traditional:
            return "hans" if simplified >= traditional else "hant"
    return None


class _Lines:
    """A table of phrases, as ``chinese_tables`` describes it: the pattern of the places
    where there can be a phrase, and lines by their pair of characters."""

    def __init__(self, table: str, undo: Table) -> None:
        pattern, simple, other = table.split("\n\n")
        self.places = re.compile(pattern)
        lines = simple.splitlines()
        pairs = "".join([line[:2] for line in lines]).translate(undo)
        self.by_pair = dict(zip(map(add, pairs[::2], pairs[1::2]), lines, strict=True))
        self.by_pair |= {line[:2]: line[3:] for line in other.splitlines()}
        self.undo = undo


class _Phrases:
    """Phrases and their values, which replace them.

    A text is searched for the pattern of a table. Around what is found there may be the pair of
    characters by which a phrase is kept; its line is read when a text first has it.
    """

    def __init__(self, lines: _Lines, variants: Table) -> None:
        self._lines = lines
        self._read: dict[str, list[tuple[int, str, str]]] = {}
        self._variants = variants

    def _phrases(self, pair: str) -> list[tuple[int, str, str]]:
        """Returns the phrases with this pair: where they have it, they themselves, their value."""
        if pair not in self._read:
            phrases = []
            for item in self._lines.by_pair[pair].split():
                phrase, has_value, value = item.partition("=")
                if not has_value:
                    phrase, value = item.translate(self._lines.undo), item
                phrases.append((phrase.index(pair), phrase, value.translate(self._variants)))
            self._read[pair] = phrases
        return self._read[pair]

    def find(self, text: str) -> dict[tuple[int, int], str]:
        """Returns the values of the phrases in a text, by where a phrase begins and its negative
        length, so that of overlapping phrases the one that counts comes first when sorted.

        The leftmost one, as 皇后 (queen) in 皇后面前, where 后面 (behind) is no word::

            {(0, -2): "皇后", (1, -2): "後面"}

        The longest one, as 不赞成 (to disapprove), in which 不赞 is another phrase::

            {(0, -3): "不贊成", (0, -2): "不讚"}
        """
        lines = self._lines.by_pair
        hits = [
            (place, pair)
            for match in self._lines.places.finditer(text)
            for place in (match.start() - 1, match.start())
            if (pair := text[place : place + 2]) in lines
        ]
        found = {}
        for place, pair in hits:
            for at, phrase, value in self._phrases(pair):
                # A negative start counts from the text's end, which is too near for the phrase.
                start = place - at
                if text.startswith(phrase, start):
                    found[start, -len(phrase)] = value
        return found


class _Conversion(NamedTuple):
    table: Table
    phrases: tuple[_Phrases, ...]
    variants: Table
    """The part of the table for a text that is in the script already."""

    def __call__(self, text: str) -> str:
        found: dict[tuple[int, int], str] = {}
        for phrases in self.phrases:
            found |= phrases.find(text)
        converted = text.translate(self.table)
        pieces: list[str] = []
        end = 0
        for (start, length), value in sorted(found.items()):
            if start >= end:
                pieces += converted[end:start], value
                end = start - length
        return "".join(pieces) + converted[end:]


def _table(pairs: str) -> Table:
    return str.maketrans(pairs[::2], pairs[1::2])


SIMPLER = _table(tables.TO_TRADITIONAL[::-1]) | _table(tables.TO_SIMPLIFIED)
"""Simplified characters by traditional ones."""

ONLY_SIMPLIFIED = frozenset(tables.TO_TRADITIONAL[::2]).difference(tables.BOTH)
ONLY_TRADITIONAL = frozenset(chr(old) for old, new in SIMPLER.items() if old != new).difference(
    tables.BOTH
)
"""Characters of which a text in the other script has none."""

_COMMON = _Lines(tables.COMMON, SIMPLER)


def _simplified() -> dict[bool, _Conversion]:
    """Returns conversions to simplified characters, by whether the text is traditional."""
    phrases = (_Phrases(_Lines(tables.SIMPLE, {}), {}),)
    # What Taiwan writes for 着 is in other texts a character of its own.
    others = {key: value for key, value in SIMPLER.items() if key != ord("著")}
    return {True: _Conversion(SIMPLER, phrases, {}), False: _Conversion(others, phrases, {})}


def _traditional(pairs: str, region_phrases: str) -> _Conversion:
    """Returns the conversion to a region's characters, from its variants and its own phrases."""
    variants = _table(pairs)
    common = tables.TO_TRADITIONAL
    table = str.maketrans(common[::2], common[1::2].translate(variants)) | variants
    phrases = [_Phrases(_COMMON, variants)]
    phrases += [_Phrases(_Lines(region_phrases, {}), {})] if region_phrases else []
    return _Conversion(table, tuple(phrases), variants)


SIMPLIFIED = _simplified()
TRADITIONAL_BY_REGION: dict[Region, _Conversion] = {
    "hant": _traditional("", ""),
    "tw": _traditional(tables.TO_TAIWAN, tables.TAIWAN),
    "hk": _traditional(tables.TO_HONG_KONG, tables.HONG_KONG),
}


def _without_simplified(text: str) -> str:
    """Converts the simplified characters of a text that is otherwise traditional.

    What they become is decided in the whole text in simplified characters, where phrases are found.
    """
    converted = TRADITIONAL_BY_REGION["hant"](text.translate(SIMPLER))
    pairs = zip(text, converted, strict=True)
    return "".join(new if old in ONLY_SIMPLIFIED else old for old, new in pairs)
