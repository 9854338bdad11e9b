"""The language of texts: scripts first, then n-grams.

Most scripts are those of one language. For the others each n-gram of letters casts votes for
languages, as many as the table says that ``scripts/make_ngrams.py`` makes; the sums of votes are
log probabilities but for a factor. The work is bounded: a sample of a page tells as much as the
page.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import repeat
from math import exp
from operator import add
from typing import NamedTuple

from translation.languages.ngrams import TABLES, WEIGHT, Table

MAX_CHARACTERS = 1000
"""How much of the texts is looked at, in pieces from all over them."""
MAX_WORDS = 50
"""How many of the words there have a vote."""

MAX_APART = 200
"""How much of a single text is looked at."""
SURE = 0.5
_UNSURE = 0.2
"""Less than that says nothing of a few plain letters, and most such texts are English."""

_ALIKE = 0.7
"""How much of a text in the letters of a script is enough to look no further."""

_PIECES = 10
_BETWEEN = "\0"  # ends a tag that was cut off


class Detection(NamedTuple):
    """A language's code and how sure that is: from :data:`SURE` on it is as good as certain. The
    code is m2m100's or, where the script leaves no doubt, that of a language which m2m100 lacks.
    ``script`` is what most of the text is written in."""

    code: str
    confidence: float
    script: str = ""


NOTHING = Detection("en", 0.0)

# What is not language. No alternative can start within a run that another one has tried, so all
# of it takes linear time.
_NOISE = re.compile(
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

# The scripts: from which character up to which, and the language of one that has only one.
_LATIN = "latin"
_SCRIPTS = (
    ("\0", "", "", None),
    ("A", "Z", _LATIN, None),
    ("a", "z", _LATIN, None),
    ("À", "ʯ", _LATIN, None),
    ("Ͱ", "Ͽ", "greek", "el"),
    ("Ѐ", "ԯ", "cyrillic", None),
    ("Ա", "֏", "armenian", "hy"),
    ("א", "ײ", "hebrew", None),
    ("ؠ", "ۿ", "arabic", None),
    ("ݐ", "ݿ", "arabic", None),
    ("ހ", "޿", "thaana", "dv"),
    ("ࢠ", "ࣿ", "arabic", None),
    ("ऀ", "ॣ", "devanagari", None),
    ("ॱ", "ॿ", "devanagari", None),
    ("ঀ", "৿", "bengali", "bn"),
    ("਀", "੿", "gurmukhi", "pa"),
    ("઀", "૿", "gujarati", "gu"),
    ("଀", "୿", "odia", "or"),
    ("஀", "௿", "tamil", "ta"),
    ("ఀ", "౿", "telugu", "te"),
    ("ಀ", "೿", "kannada", "kn"),
    ("ഀ", "ൿ", "malayalam", "ml"),
    ("඀", "෿", "sinhala", "si"),
    ("ก", "๛", "thai", "th"),
    ("ກ", "ໟ", "lao", "lo"),
    ("ༀ", "࿿", "tibetan", "bo"),
    ("က", "႟", "burmese", "my"),
    ("Ⴀ", "ჿ", "georgian", "ka"),
    ("ᄀ", "ᇿ", "hangul", "ko"),
    ("ሀ", "᎟", "ethiopic", "am"),
    ("ក", "៿", "khmer", "km"),
    ("ᠠ", "ᢪ", "mongolian", "mn-mong"),
    ("Ა", "Ჿ", "georgian", "ka"),
    ("Ḁ", "ỿ", _LATIN, None),
    ("ἀ", "῿", "greek", "el"),
    ("ⴀ", "ⴭ", "georgian", "ka"),
    ("ⴰ", "⵿", "tifinagh", "ber"),
    ("ⶀ", "ⷞ", "ethiopic", "am"),
    ("々", "々", "han", "zh"),
    ("ぁ", "ゟ", "kana", "ja"),
    ("ァ", "ヺ", "kana", "ja"),
    ("ー", "ヿ", "kana", "ja"),
    ("ㄅ", "ㄯ", "han", "zh"),
    ("ㄱ", "ㆎ", "hangul", "ko"),
    ("㐀", "䶿", "han", "zh"),
    ("一", "鿿", "han", "zh"),
    ("ꩠ", "ꩿ", "burmese", "my"),
    ("가", "힣", "hangul", "ko"),
    ("\uf900", "\ufaff", "han", "zh"),
    ("\ufb1d", "\ufb4f", "hebrew", None),
    ("\ufb50", "\ufdff", "arabic", None),
    ("\ufe70", "\ufefc", "arabic", None),
    ("ｦ", "ﾝ", "kana", "ja"),
    ("𠀀", "𳑿", "han", "zh"),
)
_FIRST = [row[0] for row in _SCRIPTS]
_LANGUAGES = {script: language for _, _, script, language in _SCRIPTS if language}
_DENSE = dict.fromkeys(("hangul", "kana", "han"), 5)
"""What one of their characters counts: it is as good as a syllable."""
_BESIDES_HAN = 0.1
"""From how many kana or Hangul for each Chinese character on a text is not Chinese."""

_BEYOND_LATIN = re.compile("[^\0-ʯḀ-ỿ]")
"""What may be of another script. The ranges of those would take 6 ms to compile: ``re`` looks at
every character of a range."""

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
    """The language of most of what the texts say, as one vote over all of them.

    URLs, tags, entities, placeholders, code and numbers have no say. English without confidence
    if nothing is left.
    """
    text = _sample(texts)
    script, share = _main_script(text)
    if not script:
        return NOTHING
    code, probability = _language(script, text)
    if probability < _UNSURE and text.isascii():
        code = "en"
    return Detection(code, share * probability, script)


def apart(text: str, script: str) -> str | None:
    """The language of one of several texts, most of which are in this script; None where it seems
    to be theirs. Words in Latin letters are at home everywhere, so those must be certain."""
    text = text[:MAX_APART]
    if script == _LATIN:
        alike = text.isascii() or not any(map(_script_of, set(_BEYOND_LATIN.findall(text))))
    else:
        alike = sum(map(len, _letters(script).findall(text))) >= _ALIKE * len(text)
    if alike:  # as nearly always
        return None
    text = _sample([text])
    own, _ = _main_script(text)
    if own in ("", script) or (script, own) == ("kana", "han"):
        return None
    code, probability = _language(own, text)
    return None if own == _LATIN and probability < SURE else code


@cache
def _letters(script: str) -> "re.Pattern[str]":
    """Runs of the script's letters, and of those that it shares."""
    names = (script, "han") if script == "kana" else (script,)
    ranges = (f"{first}-{last}" for first, last, name, _ in _SCRIPTS if name in names)
    return re.compile(f"[{''.join(ranges)}]+")


def words(text: str, script: str) -> list[str]:
    """The words of a text in a script, in small letters."""
    text = text.lower().replace("i̇", "i").replace("।", " ")
    return _WORDS.get(script, _WORD).findall(text)


def features(words: Sequence[str]) -> list[str]:
    """What may have votes: letters, once each; n-grams of words from two to four characters, ``_``
    standing before and after a word; the words. N-grams across words are of no use, but harmless.
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
    return unicodedata.normalize("NFC", _NOISE.sub(" ", text))


def _script_of(character: str) -> str:
    """Empty for what is of no script, or of all."""
    _, last, script, _ = _SCRIPTS[bisect_right(_FIRST, character) - 1]
    return script if character <= last else ""


def _main_script(text: str) -> tuple[str, float]:
    """The script of most of a text, and how much of it that is; nothing for no letters."""
    counts: Counter[str] = Counter()
    for character, number in Counter(text).items():
        if script := _script_of(character):
            counts[script] += number * _DENSE.get(script, 1)
    if not counts:
        return "", 0.0
    # Chinese characters are also those of Japanese and Korean, which have others besides.
    for other in ("kana", "hangul"):
        if counts[other] > _BESIDES_HAN * counts["han"]:
            counts[other] += counts.pop("han", 0)
    script, number = counts.most_common(1)[0]
    return script, number / counts.total()


def _language(script: str, text: str) -> tuple[str, float]:
    """The language of what a text has of a script, and its probability."""
    if script not in _LANGUAGES:
        found = words(text, script)
        return _vote(TABLES[script], found[:: 1 + len(found) // MAX_WORDS])
    marks, other = _MARKS.get(script, ("", ""))
    return (other if any(mark in text for mark in marks) else _LANGUAGES[script]), 1.0


def _vote(table: Table, words: Sequence[str]) -> tuple[str, float]:
    """The language with most votes, and its probability."""
    cast = table.prior + "".join(map(table.votes.get, features(words), repeat("")))
    votes = {code: cast.count(letter) for letter, code in table.languages.items()}
    for word in words[:4]:
        # "ok" may also begin a text in a script that English is not written in.
        if _LANGUAGE_OF_WORD.get(word) in votes:
            votes[_LANGUAGE_OF_WORD[word]] += _FIRST_WORD_VOTES
    code = max(votes, key=votes.__getitem__)
    return code, 1 / sum(exp((number - votes[code]) * WEIGHT) for number in votes.values())
