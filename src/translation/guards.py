"""What a translation must not be: empty, looping, far too long or short, chatter, left as it was,
or in another script. Small models make each of these mistakes; see the fairseq and CTranslate2
issues 2875, 4167 and 702, 1040.

The checks count in C and look at samples, as they run on every sentence.
"""

import re

from translation.languages import Locale
from translation.sentences import width

LONGER, SHORTER = 4, 4
"""How many times as long, or as short, a translation may be."""
SLACK = 30
"""Letters that do not count: a short text may well need a long one."""
LOOP = 4
"""Times that the same words come one after the other."""

_SCRIPTS = {
    "Latin": r"A-Za-z\u00aa\u00ba\u00c0-\u024f\u0250-\u02af\u1e00-\u1eff\ua720-\ua7ff\uff21-\uff5a",
    "Greek": r"\u0370-\u03ff\u1f00-\u1fff",
    "Cyrillic": r"\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Armenian": r"\u0531-\u0587\ufb13-\ufb17",
    "Hebrew": r"\u05d0-\u05f4\ufb1d-\ufb4f",
    "Arabic": r"\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Thaana": r"\u0780-\u07bf",
    "Devanagari": r"\u0900-\u097f\ua8e0-\ua8ff",
    "Bengali": r"\u0980-\u09ff",
    "Gurmukhi": r"\u0a00-\u0a7f",
    "Gujarati": r"\u0a80-\u0aff",
    "Odia": r"\u0b00-\u0b7f",
    "Tamil": r"\u0b80-\u0bff",
    "Telugu": r"\u0c00-\u0c7f",
    "Kannada": r"\u0c80-\u0cff",
    "Malayalam": r"\u0d00-\u0d7f",
    "Sinhala": r"\u0d80-\u0dff",
    "Thai": r"\u0e00-\u0e7f",
    "Lao": r"\u0e80-\u0eff",
    "Tibetan": r"\u0f00-\u0fff",
    "Burmese": r"\u1000-\u109f\uaa60-\uaa7f",
    "Georgian": r"\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "Hangul": r"\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff",
    "Ethiopic": r"\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f",
    "Khmer": r"\u1780-\u17ff",
    "Mongolian": r"\u1800-\u18af",
    "Japanese": r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f",
    "Han": r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
}
_WRITTEN_IN = {
    "Greek": "el",
    "Cyrillic": "ba be bg kk ky mk mn ru tg tt uk",
    "Armenian": "hy",
    "Hebrew": "he yi",
    "Arabic": "ar ckb fa ps sd ug ur",
    "Thaana": "dv",
    "Devanagari": "bho gom hi mai mr ne sa",
    "Bengali": "as bn",
    "Gurmukhi": "pa",
    "Gujarati": "gu",
    "Odia": "or",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Thai": "th",
    "Lao": "lo",
    "Tibetan": "bo",
    "Burmese": "my",
    "Georgian": "ka",
    "Hangul": "ko",
    "Ethiopic": "am ti",
    "Khmer": "km",
    "Mongolian": "mn-mong",
    "Japanese": "ja",
    "Han": "zh",
}
_SCRIPT_OF = {code: script for script, codes in _WRITTEN_IN.items() for code in codes.split()}
_RUNS = {script: re.compile(f"[{letters}]+") for script, letters in _SCRIPTS.items()}
_EITHER = frozenset("az ber bs ff ha kmr ms sr tk uz".split())
"""Languages that are written in more than one script: nothing is said about theirs."""

_LETTERS = re.compile(r"[^\W\d_]+")
_MASK = re.compile(r"</?x?\d+/?>")

_CHATTER = re.compile(
    r"""\s*(?:(?:sure|certainly|of\ course|okay)[,!.:]
      |(?:here(?:'s|\ is|\ are)|below\ is)\ (?:the|a|your|my)\b[^.:\n]*\btranslat
      |(?:the\ )?translat(?:ion|ed\ text)\b[^.:\n]{0,40}:
      |as\ an?\ (?:ai|large\ language)\b
      |i(?:'m|\ am)\ (?:sorry|unable)\b|i\ (?:cannot|can't)\b|sorry,\ )""",
    re.VERBOSE | re.IGNORECASE,
)


def acceptable(source: str, translated: str, target: Locale) -> bool:
    """Whether the text, masked or not, may pass for a translation of the source."""
    if not translated.strip():
        return False
    if "<" in source:
        source, translated = _MASK.sub("", source), _MASK.sub("", translated)
    there, here = width(source), width(translated)
    if here > there * LONGER + SLACK or here * SHORTER + SLACK < there:
        return False
    if source == translated:
        return not _is_prose(source)
    return not (
        _loops(source, translated)
        or (_CHATTER.match(translated) and not _CHATTER.match(source))
        or ("\n" in translated and "\n" not in source)
        or _wrong_script(source, translated, target)
    )


def _is_prose(text: str) -> bool:
    """Whether it is more than a name, a title or a term, which are the same in many languages."""
    if _count(_RUNS["Japanese"], text) >= 8:
        return True
    return sum(word.islower() and word.isalpha() for word in text.split()) >= 3


def _loops(source: str, translated: str) -> bool:
    """Whether something is repeated that the source does not repeat. Looks at three places: a loop
    goes on to the end, or takes up most of a text."""
    if len(translated) < 24:
        return False
    for place in (len(translated) // 2, len(translated) * 3 // 4, len(translated) - 10):
        probe = translated[place : place + 8]
        if translated.count(probe) >= LOOP and len(_LETTERS.sub("", probe)) < len(probe) - 2:
            return not _repeats(source)
    return False


def _repeats(text: str) -> bool:
    step = max(1, len(text) // 16)
    return any(text.count(text[at : at + 6]) >= LOOP for at in range(0, len(text) - 6, step))


def _wrong_script(source: str, translated: str, target: Locale) -> bool:
    """Whether hardly a letter is the target language's. Names in Latin letters may stay."""
    if target.code in _EITHER:
        return False
    script = _SCRIPT_OF.get(target.code, "Latin")
    letters = _count(_LETTERS, translated)
    own = _count(_RUNS[script], translated)
    if own * 5 >= letters:
        return False
    return letters - own > 3 and (script == "Latin" or _is_prose(translated) or letters > 20)


def _count(pattern: "re.Pattern[str]", text: str) -> int:
    return sum(map(len, pattern.findall(text)))
