"""Rejects translations that are empty, looping, far too long or short, chatter, left as they were,
or in another script. Small models make each of these mistakes; see the fairseq and CTranslate2
issues 2875, 4167 and 702, 1040.

Rejecting a good translation costs another one, so whatever may be right is accepted. The checks
count in C and look at samples, as they run on every sentence.
"""

import re

from translation.engines.engine import Pair
from translation.languages.locales import Locale
from translation.scripts import IN_SEVERAL_SCRIPTS, LATIN, SCRIPT_OF, characters_of
from translation.text.masks import remove_masks
from translation.text.sentences import width

MAX_RATIO = 4
"""How many times as long or as short as its source a translation may be."""
SLACK = 30
"""Letters that a translation may be longer or shorter besides: short texts vary most."""
LOOP_REPEATS = 4
"""Repeats of the same words, one after the other, that make a loop."""
MIN_LOOP_WIDTH = 24
"""Letters that a text has at least if it loops."""
MIN_SHARE = 1 / 8
"""The least share of the target's script: the rest may be names, code, quotations."""
SAMPLE = 64
"""Characters from the beginning of a text that usually decide."""
PROSE, KINDRED_PROSE = 3, 8
"""Words in small letters that make a text more than a name, title or term, which are the same in
many languages. Kindred languages also have whole phrases in common."""

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
"""Letters without which Japanese and Chinese have no sentences, but most names."""

_HEADING = 100
"""Characters at most of what comes before a translation, up to its colon."""
_TRANSLATION = re.compile(
    "translat|traduc|traduz|tradui|tradot|übersetz|vertal|oversæt|oversett|översätt|tłumacz|"
    "překlad|çeviri|terjemah|bản dịch|译|譯|翻訳|訳文|訳者|번역|ترجم|अनुवाद",
    re.IGNORECASE,
)
_ASSISTANT = r"""
    (?:sure|certainly|of\ course|okay)[,!.:]?\ here(?:['\u2019]s|\ is|\ are|\ you)\b
  | as\ an?\ (?:ai|large\ language\ model)\b
  | (?:i(?:['\u2019]m|\ am)\ sorry,?\ (?:but\ )?)?i\ (?:cannot|can['\u2019]t|am\ unable\ to)\ (?:
    (?:assist|help)\ (?:you\ )?with\ (?:that|this)|fulfil|comply|translate)"""
"""What assistants say and hardly anybody else does."""
_ASSISTANT_IN_ENGLISH = r"""
    (?:sure|certainly|of\ course)[,!.:]\ | here(?:['\u2019]s|\ is|\ are)\ (?:the|a|your|my)\b
  | (?:sorry,\ (?:but\ )?)?i(?:['\u2019]m|\ am)\ (?:sorry|unable)\b
  | (?:sorry,\ (?:but\ )?)?i\ (?:cannot|can['\u2019]t)\b"""
"""What else they say; no text in a language other than English begins so."""
_INTO_ENGLISH = re.compile(_ASSISTANT, re.VERBOSE | re.IGNORECASE)
_INTO_OTHERS = re.compile(f"{_ASSISTANT}|{_ASSISTANT_IN_ENGLISH}", re.VERBOSE | re.IGNORECASE)


def is_acceptable(source: str, translated: str, pair: Pair) -> bool:
    """Whether a text, masked or not, may pass for a translation of its source."""
    source, translated = remove_masks(source), remove_masks(translated)
    if not _LETTER_OR_DIGIT.search(translated):
        return False
    before, after = width(source), width(translated)
    if after > before * MAX_RATIO + SLACK or after * MAX_RATIO + SLACK < before:
        return False
    return not (
        (source == translated and _is_prose(source, pair))
        or (after >= MIN_LOOP_WIDTH and _is_loop(translated) and not _is_loop(source))
        or _is_chatter(source, translated, pair.target)
        or (_is_foreign(translated, pair.target) and not _is_foreign(source, pair.source))
    )


def _is_prose(text: str, pair: Pair) -> bool:
    """Whether a text is more than what is the same in both languages."""
    codes = {pair.source.code, pair.target.code}
    are_kindred = any(codes <= kindred for kindred in _KINDRED)
    least = KINDRED_PROSE if are_kindred else PROSE
    return _count_small_words(text) >= least or len(_PARTICLES.findall(text)) >= 2


def _count_small_words(text: str) -> int:
    return sum(len(word) > 1 and word.islower() for word in set(_LETTERS.findall(text)))


def _is_loop(text: str) -> bool:
    """Whether a text repeats something :data:`LOOP_REPEATS` times in a row.

    Looks at five places: a loop takes up most of a text, and goes on to its end.
    """
    size = 8 if text.isascii() else 4
    last = len(text)
    for end in (last, last - 3, last * 3 // 4, last // 2, last // 4):
        start = end - size
        before = text.rfind(text[start:end], 0, end - 1) if start > 0 else -1
        period = start - before
        begin = end - LOOP_REPEATS * period
        if before >= 0 and begin >= 0 and text[begin : end - period] == text[begin + period : end]:
            if _LETTERS.search(text, end - period, end):
                return True
    return False


def _is_chatter(source: str, translated: str, target: Locale) -> bool:
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
    """Whether hardly a letter of a text is in its language's script. Names in Latin letters may
    stay."""
    if locale.code in IN_SEVERAL_SCRIPTS:
        return False
    script = SCRIPT_OF.get(locale.code, LATIN)
    runs = characters_of(script)
    sample = text[:SAMPLE]
    if sum(map(len, runs.findall(sample))) * 3 >= len(sample):
        return False
    letters = "".join(_LETTERS.findall(text))
    others = runs.sub("", letters)
    if width(others) <= width(letters) * (1 - MIN_SHARE):
        return False
    others = characters_of(LATIN).sub("", others)
    return width(others) > 2 or (script != LATIN and _count_small_words(text) >= PROSE)
