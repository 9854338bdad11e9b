"""The table of scripts: their Unicode ranges, and the languages written in them.

Language detection counts letters by it, the guards judge by it whether a translation is in the
script of its language, and sentences and terms take their classes of letters from here.

``letters`` are what a language is detected by. ``extras`` are what the guards count besides:
digits, punctuation and rare forms of letters. Other scripts use some of them as well (the
Devanagari danda ends sentences in Bengali too), so they say nothing about a language.
"""

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import NamedTuple


class Script(NamedTuple):
    """Ranges are pairs of characters, first and last, with spaces between the pairs. ``languages``
    are codes of :data:`~translation.languages.locales.LANGUAGES`; the first is the language that
    the script stands for where n-grams do not decide."""

    letters: str
    languages: str = ""
    extras: str = ""


LATIN = "latin"
SCRIPTS = {
    # The script of all languages that no row names.
    LATIN: Script(
        "AZ az \u00c0\u02af \u1e00\u1eff",
        extras="\u00aa\u00aa \u00ba\u00ba \ua720\ua7ff \uff21\uff5a",
    ),
    "greek": Script("\u0370\u03ff \u1f00\u1fff", "el"),
    "cyrillic": Script(
        "\u0400\u052f", "ru ba be bg kk ky mk mn tg tt uk", "\u1c80\u1c8f \u2de0\u2dff \ua640\ua69f"
    ),
    "armenian": Script("\u0531\u058f", "hy", "\ufb13\ufb17"),
    "hebrew": Script("\u05d0\u05f2 \ufb1d\ufb4f", "he yi", "\u05f3\u05f4"),
    # Between its two blocks of forms lie the variation selectors of emoji.
    "arabic": Script(
        "\u0620\u06ff \u0750\u077f \u08a0\u08ff \ufb50\ufdff \ufe70\ufefc", "ar ckb fa ps sd ug ur"
    ),
    "thaana": Script("\u0780\u07bf", "dv"),
    "devanagari": Script(
        "\u0900\u0963 \u0971\u097f", "hi bho gom mai mr ne sa", "\u0964\u0970 \ua8e0\ua8ff"
    ),
    "bengali": Script("\u0980\u09ff", "bn as"),
    "gurmukhi": Script("\u0a00\u0a7f", "pa"),
    "gujarati": Script("\u0a80\u0aff", "gu"),
    "odia": Script("\u0b00\u0b7f", "or"),
    "tamil": Script("\u0b80\u0bff", "ta"),
    "telugu": Script("\u0c00\u0c7f", "te"),
    "kannada": Script("\u0c80\u0cff", "kn"),
    "malayalam": Script("\u0d00\u0d7f", "ml"),
    "sinhala": Script("\u0d80\u0dff", "si"),
    "thai": Script("\u0e01\u0e5b", "th"),
    "lao": Script("\u0e81\u0edf", "lo"),
    "tibetan": Script("\u0f00\u0fff", "bo"),
    "burmese": Script("\u1000\u109f \uaa60\uaa7f", "my"),
    "georgian": Script("\u10a0\u10ff \u1c90\u1cbf \u2d00\u2d2d", "ka"),
    "hangul": Script("\u1100\u11ff \u3131\u318e \uac00\ud7a3", "ko", "\ua960\ua97f \ud7b0\ud7ff"),
    "ethiopic": Script("\u1200\u139f \u2d80\u2dde", "am ti", "\uab00\uab2f"),
    "khmer": Script("\u1780\u17ff", "km"),
    "mongolian": Script("\u1820\u18aa", "mn-mong", "\u1800\u181f"),
    "tifinagh": Script("\u2d30\u2d7f", "ber"),
    # Japanese is written in these and in han, see _ranges.
    "kana": Script(
        "\u3041\u309f \u30a1\u30fa \u30fc\u30ff \uff66\uff9d",
        "ja",
        "\u30a0\u30a0 \u30fb\u30fb \u31f0\u31ff \uff9e\uff9f",
    ),
    "han": Script(
        "\u3005\u3005 \u3105\u312f \u3400\u4dbf \u4e00\u9fff \uf900\ufaff \U00020000\U0003ffff",
        "zh",
        "\u3006\u3007",
    ),
}

SCRIPT_OF = {code: name for name, row in SCRIPTS.items() for code in row.languages.split()}
"""By language; those that are missing are written in Latin letters."""

IN_SEVERAL_SCRIPTS = frozenset("az ber bs ff ha kmr ms sr tk uz".split())
"""Languages that people write in more than one script."""

WORD_LETTERS = r"A-Za-z0-9\u00c0-\u058f\u1e00-\u1fff"
"""Digits, and the letters of scripts that put spaces between words and nothing else: Latin, Greek,
Cyrillic, Armenian. Chinese, Japanese and Thai have no spaces; Korean, Arabic and Hebrew write short
words and endings together with others."""

WIDE_CHARACTERS = re.compile(
    r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f"
    r"\U00020000-\U0003ffff]+"
)
"""Runs of Chinese, Japanese and Korean characters, their punctuation included: blocks of East Asian
width, of which each character says as much as a syllable."""


def _ranges(name: str, *, extras: bool) -> str:
    """What stands between the brackets of a regular expression."""
    row = SCRIPTS[name]
    pairs = row.letters.split() + (row.extras.split() if extras else [])
    ranges = "".join(f"{pair[0]}-{pair[1]}" for pair in pairs)
    return ranges + _ranges("han", extras=extras) if name == "kana" else ranges


@cache
def letters_of(script: str) -> "re.Pattern[str]":
    """Returns the pattern of runs of a script's letters."""
    return re.compile(f"[{_ranges(script, extras=False)}]+")


@cache
def characters_of(script: str) -> "re.Pattern[str]":
    """Returns the pattern of runs of a script's letters and extras."""
    return re.compile(f"[{_ranges(script, extras=True)}]+")


# ``re`` looks at every character of a range, up to 2 ms: so only what most translations need is
# made at import.
characters_of(LATIN)
characters_of("han")

# The letters of all scripts in order, behind a range in which no character is.
_RANGES = [
    ("", "", ""),
    *sorted((*pair, name) for name, row in SCRIPTS.items() for pair in row.letters.split()),
]
_FIRST = [first for first, _, _ in _RANGES]


_BEYOND_LATIN = re.compile("[^\0-\u02af\u1e00-\u1eff]")


def script_of(character: str) -> str:
    """Returns the script of a letter; empty for any other character."""
    _, last, script = _RANGES[bisect_right(_FIRST, character) - 1]
    return script if character <= last else ""


def is_latin(text: str) -> bool:
    """Whether a text has no letter of a script other than Latin."""
    # A pattern of all other scripts would take 6 ms to compile.
    return not any(map(script_of, set(_BEYOND_LATIN.findall(text))))


def count_letters(text: str) -> Counter[str]:
    """Counts the letters of a text by script."""
    counts: Counter[str] = Counter()
    for character, number in Counter(text).items():
        _, last, script = _RANGES[bisect_right(_FIRST, character) - 1]
        if character <= last:
            counts[script] += number
    return counts
