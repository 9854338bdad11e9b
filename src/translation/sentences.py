"""One line of text into sentences, short enough for m2m100.

The model has seen no more than 256 pieces of words at a time and drops what follows the first
sentence, so it gets one at a time (facebookresearch/fairseq#2875, #4167).
"""

import re
from collections.abc import Iterator

LONGEST = 200
"""Characters; one of Chinese, Japanese or Korean counts as :data:`WIDE`."""
WIDE = 2.5

# A stop, the quotes and brackets that close behind it, and white space; or a stop of a script
# that writes without.
_STOP = re.compile(
    r"""(?:[.!?\u2026\u061f\u06d4\u0589\u203c\u2049]+["'\u201d\u2019\u00bb)\]]*(?=\s)
      |[\u3002\uff01\uff1f\uff61\u0964\u0965\u1362\u104b\u17d4\u17d5\u0f0d]+["'\u201d\u2019\u300d\u300f\uff09)\]]*)
    \s*""",
    re.VERBOSE,
)
_LOWER = re.compile(
    r"""["'\u201c\u2018\u00ab(\[<x\d/>]*[a-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u045f]"""
)
# What a full stop does not end: an initial, "e.g.", the number of a day ("3. Mai"), and short forms
# of the languages that write them so. ``etc`` is none: a capital after it begins a sentence.
_SHORT = re.compile(
    r"""(?:^|[\s("'\u201c\u00ab\[])(?:(?:[^\W\d_]\.)*[^\W\d_]|\d\d?|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Sr|Jr|St|Mt|
    Ft|Gen|Col|Capt|Lt|Sgt|Gov|Sen|Rep|Pres|vs|cf|ca|al|approx|Inc|Ltd|Co|Corp|Bros|Ave|Blvd|Rd|Dept|
    Est|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Hr|Fr|bzw|usw|evtl|ggf|inkl|Str|Tel|MM|Mme|Mlle|
    Sra|Srta|Dra|Ud|Uds|Sig|Dott|Ing|\u0433\u0433|\u0443\u043b|\u0440\u0438\u0441|\u0441\u0442\u0440)\.$""",
    re.VERBOSE,
)
_NUMBERED = re.compile(
    r"(?:^|[\s(\[])(?:[Nn]os?|Nr|[Ff]igs?|Eqs?|[Vv]ol|[Ss]ec|[Cc]h|[Aa]rt|Abb|pp)\.$"
)
"""What does not end before a number."""
_CLAUSE = re.compile(r"[;:,\u3001\uff0c\uff1b\uff1a\u060c\u061b]+\s*")


def split(line: str) -> list[str]:
    """Sentences and the white space between them in turn; the first and the last are sentences."""
    out: list[str] = []
    at = 0
    for stop in _STOP.finditer(line):
        body = line[at : stop.end()].rstrip()
        end = at + len(body)
        if stop.end() == len(line) or _goes_on(line, at, end, stop.end()):
            continue
        out += [body, line[end : stop.end()]]
        at = stop.end()
    return [*out, line[at:]]


def _goes_on(line: str, start: int, end: int, after: int) -> bool:
    """Whether what looks like an end is none."""
    if _LOWER.match(line, after):
        return True
    if line[end - 1] != "." or line[end - 2 : end - 1] == ".":
        return False
    word = line[max(start, end - 16) : end]
    return bool(_SHORT.search(word) or (line[after].isdecimal() and _NUMBERED.search(word)))


def width(text: str) -> float:
    """Its length in letters of the Latin alphabet that would say as much."""
    if text.isascii():
        return len(text)
    wide = len(_WIDE.sub("", text))
    return wide + (len(text) - wide) * WIDE


_WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f]+"
)


def shorten(sentence: str, longest: float = LONGEST) -> Iterator[str]:
    """The sentence in pieces of at most that width, cut behind clauses, else between words, else
    anywhere. Together the pieces are the sentence."""
    while width(sentence) > longest:
        room = _fitting(sentence, longest)
        cut = max((m.end() for m in _CLAUSE.finditer(sentence, room // 3, room)), default=0)
        cut = cut or sentence.rfind(" ", room // 3, room) + 1 or room
        yield sentence[:cut]
        sentence = sentence[cut:]
    if sentence:
        yield sentence


def _fitting(sentence: str, longest: float) -> int:
    """How many characters fit."""
    low, high = 1, min(len(sentence), int(longest))
    while low < high:
        middle = (low + high + 1) // 2
        if width(sentence[:middle]) <= longest:
            low = middle
        else:
            high = middle - 1
    return low
