"""Chinese from one script into the other, as OpenCC does it.

Most characters have one counterpart. Where one has several, phrases decide: 头发 is 頭髮, 发现 is
發現. The leftmost phrase counts, and of those the longest.

No text is refused, nothing but Chinese characters is changed, and the work is linear in the length
of the text. Tables are unpacked here and now, which is before the runtime takes its snapshot: a
request that had to would spend more CPU than it has.
"""

import re
from operator import add
from typing import Literal, NamedTuple

from translation.variants import chinese_tables as tables

Script = Literal["hans", "hant"]
Table = dict[int, int]

_ENOUGH = 1000


def to_simplified(text: str) -> str:
    """The text in simplified characters, from traditional ones of any region (OpenCC's t2s).

    Words stay: 軟體 becomes 软体, not 软件.
    """
    return _SIMPLIFIED[script_of(text) == "hant"](text)


def to_traditional(text: str, region: str) -> str:
    """The text in traditional characters: for ``hant`` as OpenCC's own standard has them (s2t),
    for ``tw`` as Taiwan does, words included (s2twp: 软件 becomes 軟體), for ``hk`` as Hong Kong
    does (s2hk).

    Where the text is traditional already, 范先生 or 公里 must not become 範先生 or 公裏: then only
    characters that traditional text never has are converted, and those that the region writes in
    its own way. Raises :class:`KeyError` for another region.
    """
    convert = _TRADITIONAL[region]
    if script_of(text) != "hant":
        return convert(text)
    whole = _ONLY_SIMPLIFIED.isdisjoint(text)
    return (text if whole else _mended(text)).translate(convert.variants)


def script_of(text: str) -> Script | None:
    """Whether a Chinese text is written in simplified (``hans``) or traditional (``hant``)
    characters, None where it has none that only one of the two scripts has.

    A long text is judged by the first thousand characters that tell.
    """
    for start in range(0, len(text), _ENOUGH):
        characters = set(text[start : start + _ENOUGH])
        simplified = len(characters & _ONLY_SIMPLIFIED)
        traditional = len(characters & _ONLY_TRADITIONAL)
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
    """Phrases and what becomes of them.

    A text is searched for the pattern of a table. Around what is found there may be the pair of
    characters by which a phrase is kept; its line is read when a text first has it.
    """

    def __init__(self, lines: _Lines, variants: Table) -> None:
        self._lines = lines
        self._read: dict[str, list[tuple[int, str, str]]] = {}
        self._variants = variants

    def _phrases(self, pair: str) -> list[tuple[int, str, str]]:
        """The phrases with this pair: where they have it, they themselves, what becomes of them."""
        if pair not in self._read:
            found = []
            for item in self._lines.by_pair[pair].split():
                phrase, given, value = item.partition("=")
                if not given:
                    phrase, value = item.translate(self._lines.undo), item
                found.append((phrase.index(pair), phrase, value.translate(self._variants)))
            self._read[pair] = found
        return self._read[pair]

    def find(self, text: str) -> dict[tuple[int, int], str]:
        """What becomes of the phrases in the text, by where they begin and their negative length:
        sorted, the one that counts comes first."""
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
                # Before the text's beginning, this is too near its end for the phrase.
                start = place - at
                if text.startswith(phrase, start):
                    found[start, -len(phrase)] = value
        return found


class _Conversion(NamedTuple):
    table: Table
    phrases: tuple[_Phrases, ...]
    variants: Table
    """Of the table, what a text needs that is in the script already."""

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


_SIMPLER = _table(tables.TO_TRADITIONAL[::-1]) | _table(tables.TO_SIMPLIFIED)

_ONLY_SIMPLIFIED = frozenset(tables.TO_TRADITIONAL[::2]).difference(tables.BOTH)
_ONLY_TRADITIONAL = frozenset(chr(old) for old, new in _SIMPLER.items() if old != new).difference(
    tables.BOTH
)


_COMMON = _Lines(tables.COMMON, _SIMPLER)


def _simplified() -> dict[bool, _Conversion]:
    """To simplified characters, by whether the text is known to be in traditional ones."""
    phrases = (_Phrases(_Lines(tables.SIMPLE, {}), {}),)
    # What Taiwan writes for 着 is in other texts a character of its own.
    others = {key: value for key, value in _SIMPLER.items() if key != ord("著")}
    return {True: _Conversion(_SIMPLER, phrases, {}), False: _Conversion(others, phrases, {})}


def _traditional(pairs: str, own: str) -> _Conversion:
    """To the traditional characters of a region, by its variants and its phrases."""
    variants = _table(pairs)
    common = tables.TO_TRADITIONAL
    table = str.maketrans(common[::2], common[1::2].translate(variants)) | variants
    phrases = [_Phrases(_COMMON, variants)]
    phrases += [_Phrases(_Lines(own, {}), {})] if own else []
    return _Conversion(table, tuple(phrases), variants)


_SIMPLIFIED = _simplified()
_TRADITIONAL = {
    "hant": _traditional("", ""),
    "tw": _traditional(tables.TO_TAIWAN, tables.TAIWAN),
    "hk": _traditional(tables.TO_HONG_KONG, tables.HONG_KONG),
}


def _mended(text: str) -> str:
    """A traditional text without the simplified characters in it. What they become is decided in
    the text as it would be in simplified characters, where phrases are found."""
    converted = _TRADITIONAL["hant"](text.translate(_SIMPLER))
    pairs = zip(text, converted, strict=True)
    return "".join(new if old in _ONLY_SIMPLIFIED else old for old, new in pairs)
