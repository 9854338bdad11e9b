"""Detects the language of texts: by their script, then by n-grams.

Most scripts are those of one language. For the others each n-gram of letters casts votes for
languages, as many as the table has that ``scripts/make_ngrams.py`` makes; the sums of votes are log
probabilities but for a factor. The work is bounded: a sample of a page decides as well as the page.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import repeat
from math import exp
from operator import add
from typing import NamedTuple

from translation.languages.ngrams import TABLES, WEIGHT, Table
from translation.scripts import LATIN, SCRIPTS, count_letters, is_latin, letters_of

MAX_CHARACTERS = 1000
"""Characters of all texts that are read, in pieces from all over them."""
MAX_WORDS = 50
"""Words of these that vote."""

MAX_OF_ONE = 200
"""Characters of a single text that are read."""
SURE = 0.5
"""The least confidence of a detection to rely on."""
_UNSURE = 0.2
"""Below this, texts of a few plain letters are taken for English, as most of them are."""

_ALIKE = 0.7
"""The share of a script from which on a text is in it without a closer look."""

_PIECES = 10
_BETWEEN = "\0"  # ends a tag that was cut off


class Detection(NamedTuple):
    """A language's code, and how sure that is, 0 to 1: from :data:`SURE` on it is reliable.

    The code is one of m2m100's languages or, where the script leaves no doubt, of one that it does
    not support. ``script`` is what most of the text is written in.
    """

    code: str
    confidence: float
    script: str = ""


NOTHING = Detection("en", 0.0)

NOISE = re.compile(
    r"""
      (?:\A|\0) [^<>\0]* ["'/] >                        # a tag whose beginning was cut off
    | < [a-zA-Z/!?] [^<>\0]* (?: > | (?=\0) | \Z )
    | & (?: \# \w+ | \w+ ) ;
    | \$? \{ [^{}\0]* \}+
    | % (?: \(\w+\) | \d+\$ )? [a-zA-Z]
    | (?: https? | ftp | file | mailto ) : \S+ | www\. \S+
    | (?<![!-~]) [\w.+-]+ @ [\w-]+ \. [\w.-]+
    | @ [\w.-]+ \#?
    | : [\w+-]+ :
    | (?<![!-~]) (?: / | -- | [!-$'-;=?A-z|~]*?         # code: x_y, aB, a.b, anything with digits
        (?: [\d\\=\#$^|] | [a-zA-Z]_[a-zA-Z] | [a-z][A-Z] | \w\.\w ) ) [!-$'-;=?A-z|~]*
    """,
    re.VERBOSE | re.ASCII,
)
"""What is not language. No alternative can start within a run that another one has tried, so that
it takes linear time."""

_DENSE = dict.fromkeys(("hangul", "kana", "han"), 5)
"""Letters that one of their characters counts for: it is a syllable."""
_BESIDES_HAN = 0.1
"""The kana or Hangul for each Chinese character from which on a text is not Chinese."""

# Letters by which a script turns out to be that of another language.
_MARKS = {"bengali": ("ৰৱ", "as"), "ethiopic": ("ቐቑቒቓቔቕቖ", "ti")}

_WORD = re.compile(r"[^\W\d_]+")
# Vowel signs are no letters to Python.
_WORDS = {"devanagari": re.compile(r"[^\s!-@\[-`{-~\0]+")}


_FIRST_WORDS = {
    "en": "hello hi hey world good day morning night yes ok okay thanks please one two test login",
    "de": "hallo guten tag danke bitte",
    "es": "hola gracias buenos adiós",
    "fr": "bonjour salut merci oui",
    "id": "halo selamat terima kasih",
    "it": "ciao grazie buongiorno",
    "nl": "goedemorgen bedankt",
    "no": "takk",
    "pl": "cześć dziękuję",
    "pt": "olá obrigado obrigada bom",
    "sv": "hej tack",
    "tr": "merhaba",
}
"""What people write to see whether it works: too short for n-grams."""
_FIRST_WORD_VOTES = 20
_LANGUAGE_OF_WORD = {word: code for code, row in _FIRST_WORDS.items() for word in row.split()}


def detect(texts: Sequence[str]) -> Detection:
    """Detects the language of most of the texts, by one vote over all of them.

    URLs, tags, entities, placeholders, code and numbers do not count. Returns :data:`NOTHING`,
    English without confidence, if nothing remains.
    """
    text = _sample(texts)
    script, share = _main_script(text)
    if not script:
        return NOTHING
    code, probability = _detect_in_script(script, text)
    if probability < _UNSURE and text.isascii():
        code = "en"
    return Detection(code, share * probability, script)


def differing_language(text: str, script: str) -> str | None:
    """Detects the language of one of several texts if it is in another script than most of them.

    Returns None if the text seems to be in the language of the others. Words in Latin letters are
    used in texts of all scripts, so for these the detection must be sure.
    """
    text = text[:MAX_OF_ONE]
    if script == LATIN:
        is_alike = text.isascii() or is_latin(text)
    elif script:
        is_alike = sum(map(len, letters_of(script).findall(text))) >= _ALIKE * len(text)
    else:
        is_alike = False
    if is_alike:  # as nearly always
        return None
    text = _sample([text])
    other_script, _ = _main_script(text)
    if other_script in ("", script) or (script, other_script) == ("kana", "han"):
        return None
    code, probability = _detect_in_script(other_script, text)
    return None if other_script == LATIN and probability < SURE else code


def words(text: str, script: str) -> list[str]:
    """Returns the words of a text in a script, in small letters."""
    text = text.lower().replace("i̇", "i").replace("।", " ")
    return _WORDS.get(script, _WORD).findall(text)


def features(words: Sequence[str]) -> list[str]:
    """Returns what may vote: letters, once each; n-grams of two to four characters, with ``_``
    before and after a word; the words. N-grams across words are useless but harmless.
    """
    ones = f"_{'_'.join(words)}_"
    twos = list(map(add, ones, ones[1:]))
    threes = list(map(add, twos, ones[2:]))
    fours = map(add, threes, ones[3:])
    return [*set(ones), *twos, *threes, *fours, *[f"_{word}_" for word in words if len(word) > 2]]


def _sample(texts: Sequence[str]) -> str:
    text = _BETWEEN.join(texts)
    if len(text) > MAX_CHARACTERS:
        length = MAX_CHARACTERS // _PIECES
        starts = (place * (len(text) - length) // (_PIECES - 1) for place in range(_PIECES))
        text = _BETWEEN.join(text[start : start + length] for start in starts)
    return unicodedata.normalize("NFC", NOISE.sub(" ", text))


def _main_script(text: str) -> tuple[str, float]:
    """Returns the script of most of a text and its share; ``("", 0.0)`` for no letters."""
    counts = count_letters(text)
    if not counts:
        return "", 0.0
    for script, factor in _DENSE.items():
        if script in counts:
            counts[script] *= factor
    # Chinese characters are also those of Japanese and Korean, which have others besides.
    for other in ("kana", "hangul"):
        if counts[other] > _BESIDES_HAN * counts["han"]:
            counts[other] += counts.pop("han", 0)
    script, number = counts.most_common(1)[0]
    return script, number / counts.total()


def _detect_in_script(script: str, text: str) -> tuple[str, float]:
    """Returns the language of a text in a script, and its probability."""
    if script in TABLES:
        found = words(text, script)
        return _vote(TABLES[script], found[:: 1 + len(found) // MAX_WORDS])
    marks, other = _MARKS.get(script, ("", ""))
    if any(mark in text for mark in marks):
        return other, 1.0
    return SCRIPTS[script].languages.split()[0], 1.0


def _vote(table: Table, words: Sequence[str]) -> tuple[str, float]:
    """Returns the language with most votes, and its probability."""
    cast = table.prior + "".join(map(table.votes.get, features(words), repeat("")))
    votes = {code: cast.count(letter) for letter, code in table.languages.items()}
    for word in words[:4]:
        # "ok" may also begin a text in a script that English is not written in.
        if _LANGUAGE_OF_WORD.get(word) in votes:
            votes[_LANGUAGE_OF_WORD[word]] += _FIRST_WORD_VOTES
    code = max(votes, key=votes.__getitem__)
    return code, 1 / sum(exp((number - votes[code]) * WEIGHT) for number in votes.values())
