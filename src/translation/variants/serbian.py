"""Converts Serbian from Cyrillic to Latin letters by its orthography: one letter for each, but two
for љ, њ and џ.

There is no way back here. Latin text has foreign names in their own spelling, and Microsoft must
not become Мицрософт; nj is њ in konj and two letters in injekcija.
"""

import re

_CYRILLIC = "абвгдђежзијклмнопрстћуфхцчш"
_LATIN = "abvgdđežzijklmnoprstćufhcčš"
_DIGRAPHS = {"љ": "lj", "њ": "nj", "џ": "dž"}

_LETTERS = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _LATIN + _LATIN.upper()) | str.maketrans(
    _DIGRAPHS | {letter.upper(): pair.capitalize() for letter, pair in _DIGRAPHS.items()}
)
_CAPITALS = str.maketrans({letter.upper(): pair.upper() for letter, pair in _DIGRAPHS.items()})

_SMALL = "[а-шђјљњћџ]"
_CAPITAL = "[А-ШЂЈЉЊЋЏ]"
_IN_CAPITALS = re.compile(f"[ЉЊЏ](?={_CAPITAL})|(?<={_CAPITAL})[ЉЊЏ](?!{_SMALL})")


def to_latin(text: str) -> str:
    """Converts the Serbian Cyrillic letters of a text to Latin ones; everything else stays.

    A capital is ``Lj`` in Љубав and ``LJ`` in ЉУБАВ: beside another capital and before no small
    letter.
    """
    capitals = _IN_CAPITALS.sub(lambda found: found[0].translate(_CAPITALS), text)
    return capitals.translate(_LETTERS)
