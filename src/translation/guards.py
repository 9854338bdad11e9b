"""What a translation must not be: empty, looping, far too long or short, chatter, left as it was,
or in another script. Small models make each of these mistakes; see the fairseq and CTranslate2
issues 2875, 4167 and 702, 1040.

A good translation that is refused costs a second one, so what may be right is let through. The
checks count in C and look at samples, as they run on every sentence.
"""

import re

from translation.engines.engine import Pair
from translation.languages.locales import Locale
from translation.scripts import IN_SEVERAL_SCRIPTS, LATIN, SCRIPT_OF, characters_of
from translation.text.masks import remove_masks
from translation.text.sentences import width

LONGER, SHORTER = 4, 4
"""How many times as long, or as short, a translation may be."""
SLACK = 30
"""Letters that do not count: a short text may well need a long one."""
LOOP = 4
"""Times that the same words come one after the other."""
LONG_ENOUGH = 24
"""Letters from which on repeating something is a loop."""
OWN = 1 / 8
"""The least part of a text in the target's script: the rest may be names, code, quotations."""
SAMPLE = 64
"""Characters from the beginning of a text that usually say enough."""
PROSE, KINDRED_PROSE = 3, 8
"""Words in small letters from which on a text is no name, title or term, which are the same in many
languages. Kindred languages also have whole phrases in common."""

_KINDRED = tuple(
    frozenset(codes.split())
    for codes in (
        "da no",
        "id ms",
        "cs sk",
        "bs hr sr",
        "ast ca es gl oc pt",
        "be ru uk",
        "bg mk",
        "af nl",
        "ss xh zu",
        "ns st tn",
    )
)

_LETTERS = re.compile(r"[^\W\d_]+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_PARTICLES = re.compile("[\u3041-\u3096不了们他你們在我是的这這]")
"""Letters without which neither Japanese nor Chinese has a sentence, and most names are."""

_HEADING = 100
"""Characters at most of what comes before a translation, up to its colon."""
_TRANSLATION = re.compile(
    "translat|traduc|traduz|tradui|tradot|übersetz|vertal|oversæt|oversett|översätt|tłumacz|"
    "překlad|çeviri|terjemah|bản dịch|译|譯|翻訳|訳文|訳者|번역|ترجم|अनुवाद",
    re.IGNORECASE,
)
_SERVICE = r"""
    (?:sure|certainly|of\ course|okay)[,!.:]?\ here(?:['\u2019]s|\ is|\ are|\ you)\b
  | as\ an?\ (?:ai|large\ language\ model)\b
  | (?:i(?:['\u2019]m|\ am)\ sorry,?\ (?:but\ )?)?i\ (?:cannot|can['\u2019]t|am\ unable\ to)\ (?:
    (?:assist|help)\ (?:you\ )?with\ (?:that|this)|fulfil|comply|translate)"""
"""What assistants say and hardly anybody else does."""
_ENGLISH = r"""
    (?:sure|certainly|of\ course)[,!.:]\ | here(?:['\u2019]s|\ is|\ are)\ (?:the|a|your|my)\b
  | (?:sorry,\ (?:but\ )?)?i(?:['\u2019]m|\ am)\ (?:sorry|unable)\b
  | (?:sorry,\ (?:but\ )?)?i\ (?:cannot|can['\u2019]t)\b"""
"""What they say as well, and no text in another language begins with."""
_INTO_ENGLISH = re.compile(_SERVICE, re.VERBOSE | re.IGNORECASE)
_INTO_OTHERS = re.compile(f"{_SERVICE}|{_ENGLISH}", re.VERBOSE | re.IGNORECASE)


def is_acceptable(source: str, translated: str, pair: Pair) -> bool:
    """Whether the text, masked or not, may pass for a translation of the source."""
    source, translated = remove_masks(source), remove_masks(translated)
    if not _LETTER_OR_DIGIT.search(translated):
        return False
    there, here = width(source), width(translated)
    if here > there * LONGER + SLACK or here * SHORTER + SLACK < there:
        return False
    return not (
        (source == translated and _is_prose(source, pair))
        or (here >= LONG_ENOUGH and _loops(translated) and not _loops(source))
        or _chatters(source, translated, pair.target)
        or (_is_foreign(translated, pair.target) and not _is_foreign(source, pair.source))
    )


def _is_prose(text: str, pair: Pair) -> bool:
    """Whether it is more than what is the same in both languages."""
    codes = {pair.source.code, pair.target.code}
    kindred = any(codes <= kin for kin in _KINDRED)
    enough = KINDRED_PROSE if kindred else PROSE
    return _small_words(text) >= enough or len(_PARTICLES.findall(text)) >= 2


def _small_words(text: str) -> int:
    return sum(len(word) > 1 and word.islower() for word in set(_LETTERS.findall(text)))


def _loops(text: str) -> bool:
    """Whether something is said :data:`LOOP` times in a row. Looks at five places: a loop takes up
    most of a text, and goes on to its end."""
    size = 8 if text.isascii() else 4
    last = len(text)
    for end in (last, last - 3, last * 3 // 4, last // 2, last // 4):
        start = end - size
        before = text.rfind(text[start:end], 0, end - 1) if start > 0 else -1
        period = start - before
        begin = end - LOOP * period
        if before >= 0 and begin >= 0 and text[begin : end - period] == text[begin + period : end]:
            if _LETTERS.search(text, end - period, end):
                return True
    return False


def _chatters(source: str, translated: str, target: Locale) -> bool:
    """Whether a text model talks about its work instead of doing it."""
    pattern = _INTO_ENGLISH if target.code == "en" else _INTO_OTHERS
    if pattern.match(translated):
        return not pattern.match(source)
    head, colon, _ = translated[:_HEADING].replace("\uff1a", ":").partition(":")
    return (
        colon != ""
        and _TRANSLATION.search(head) is not None
        and _TRANSLATION.search(source) is None
    )


def _is_foreign(text: str, locale: Locale) -> bool:
    """Whether hardly a letter is in the language's script. Names in Latin letters may stay."""
    if locale.code in IN_SEVERAL_SCRIPTS:
        return False
    script = SCRIPT_OF.get(locale.code, LATIN)
    runs = characters_of(script)
    sample = text[:SAMPLE]
    if sum(map(len, runs.findall(sample))) * 3 >= len(sample):
        return False
    letters = "".join(_LETTERS.findall(text))
    others = runs.sub("", letters)
    if width(others) <= width(letters) * (1 - OWN):
        return False
    others = characters_of(LATIN).sub("", others)
    return width(others) > 2 or (script != LATIN and _small_words(text) >= PROSE)
