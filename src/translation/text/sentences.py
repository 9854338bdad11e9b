"""Splits a line of text into sentences, and sentences into pieces short enough for m2m100.

The model was trained on at most 256 pieces of words at a time and drops what follows the first
sentence, so it gets one at a time (facebookresearch/fairseq#2875, #4167).
"""

import re
from collections.abc import Iterator, Sequence

from translation import scripts
from translation.text import masks

MAX_WIDTH = 200
"""Of a piece for m2m100, by :func:`width`."""
WIDE = 2.5
"""The width of a Chinese, Japanese or Korean character, which says as much as that many letters."""

_TRIES = 32
"""Stops that are looked at from the end of a piece on, until one ends a sentence."""

ORDINALS = frozenset("bs cs da de et fi fo hr hu is lb lt lv no pl sk sl sr tr".split())
"""Languages that write "the 3rd" as "3."."""

# A stop, the quotes and brackets that close behind it, and white space; or a stop of a script
# that writes without, but for the end of a quotation that Japanese goes on after.
_STOP = re.compile(
    r"""(?: (?P<spaced>(?<![.!?\u2026\u061f\u06d4\u0589\u203c\u2049])
            [.!?\u2026\u061f\u06d4\u0589\u203c\u2049]++["'\u2018-\u201d\u00ab\u00bb)\]]*+
            (?:[\x20\xa0\u202f]\u00bb)?)(?=\s)
          | (?P<close>[\u3002\uff01\uff1f\uff61\u0964\u0965\u1362\u1367\u104b\u17d4\u17d5\u0f0d]++
            ["'\u201d\u2019\u300d\u300f\uff09\u3011)\]]*+)(?!\u3068|\u3063\u3066))
    \s*+""",
    re.VERBOSE,
)
_OPENING = re.compile(r"""(?:["'\u201c\u2018\u00ab\u00bf\u00a1(\[]|</?x?\d+/?>)*+""")
# What a full stop does not end: an initial, "e.g.", and short forms of the languages that write
# them before names or capitals. ``etc`` is none: a capital after it begins a sentence.
_SHORT = re.compile(
    r"""(?:^|[\s("'\u201c\u00ab\[])(?:(?:[^\W\d_]\.)*[^\W\d_]|Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Hon|
    Sr|Jr|St|Mt|Ft|Gen|Col|Capt|Lt|Sgt|Gov|Sen|Rep|Pres|vs|cf|ca|al|approx|Inc|Ltd|Co|Corp|Bros|Ave|
    Blvd|Rd|Dept|Est|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Hr|Fr|bzw|usw|evtl|ggf|inkl|geb|
    vgl|Str|Tel|MM|Mme|Mlle|Sra|Srta|Dra|Ud|Uds|EE|UU|Sig|Dott|Ing|Avv|bijv|dhr|mevr|np|ul|św|inż|
    mgr|např|tzv|Sn|Av|гг|ул|рис|стр|им|проф|Св|डॉ|प्रो)\.$""",
    re.VERBOSE,
)
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(\[])(?:[Nn]os?|[Nn]r|[Ff]igs?|Eqs?|[Vv]ol|[Ss]ec|[Cc]h|[Aa]rt|Abb|Bd|pp|№)\.$"
)
_NUMBER = re.compile(r"(?:^|[\s(\[])\d{1,2}\.$")
_CLAUSE = re.compile(r"(?:[;:,\u060c\u061b](?=\s)|[\u3001\uff0c\uff1b\uff1a])\s*")


def split_sentences(line: str, language: str = "") -> list[str]:
    """Splits a line into sentences and the white space between them.

    The two alternate; the first and the last are sentences.
    """
    out: list[str] = []
    at = 0
    for stop in _STOP.finditer(line):
        end, after = stop.end(stop.lastgroup or 0), stop.end()
        if after == len(line) or (stop["spaced"] and _goes_on(line, at, end, after, language)):
            continue
        out += [line[at:end], line[end:after]]
        at = after
    return [*out, line[at:]]


def split_to_length(line: str, max_length: int, language: str = "") -> Iterator[str]:
    """Splits a line into pieces of at most that many characters, which together are the line.

    It is cut behind a sentence, or the white space behind that, else as :func:`split_to_width`
    does.
    """
    stops = list(_STOP.finditer(line)) if len(line) > max_length else []
    at = passed = 0
    while len(line) - at > max_length:
        most = at + max_length
        first = passed
        while passed < len(stops) and stops[passed].end(stops[passed].lastgroup or 0) <= most:
            passed += 1
        cut = _last_end(line, stops[max(first, passed - _TRIES) : passed], at, most, language)
        cut = cut or at + len(next(split_to_width(line[at : most + 1], max_length)))
        yield line[at:cut]
        at = cut
    yield line[at:]


def _last_end(
    line: str, stops: Sequence["re.Match[str]"], start: int, most: int, language: str
) -> int:
    """Returns where the last of the sentences ends that these stops may end, 0 if none does."""
    starts = [start, *(stop.end() for stop in stops)]
    for stop, before in zip(reversed(stops), reversed(starts[:-1]), strict=True):
        end, after = stop.end(stop.lastgroup or 0), stop.end()
        if not (stop["spaced"] and _goes_on(line, before, end, after, language)):
            return after if after <= most else end
    return 0


def _goes_on(line: str, start: int, end: int, after: int, language: str) -> bool:
    """Whether the sentence continues behind what looks like its end."""
    opening = _OPENING.match(line, after)
    first = opening.end() if opening else after
    if line[first : first + 1].islower():
        return True
    word = line[max(start, end - 16) : end]
    if _NUMBER.search(word):
        return language in ORDINALS or line[start : end - 1].isdecimal()
    return bool(_SHORT.search(word) or (line[after].isdecimal() and _BEFORE_NUMBER.search(word)))


def width(text: str) -> float:
    """Returns the length of a text in letters of the Latin alphabet that would say as much."""
    if text.isascii():
        return len(text)
    narrow = len(scripts.WIDE_CHARACTERS.sub("", text))
    return narrow + (len(text) - narrow) * WIDE


def split_to_width(sentence: str, max_width: int = MAX_WIDTH) -> Iterator[str]:
    """Splits a sentence into pieces of at most that width, which together are the sentence.

    It is cut behind a clause, else between words, else anywhere but inside of a mask.
    """
    at = 0
    while width(window := sentence[at : at + max_width + 1]) > max_width:
        room = _fitting(window, max_width)
        cut = max((clause.end() for clause in _CLAUSE.finditer(window, room // 3, room)), default=0)
        cut = cut or window.rfind(" ", room // 3, room) + 1
        cut = cut or masks.move_out_of_mask(sentence[at : at + room + masks.MAX_LENGTH], room)
        yield window[:cut]
        at += cut
    if at < len(sentence):
        yield sentence[at:]


def _fitting(text: str, max_width: int) -> int:
    """Returns how many characters of a text fit into a width."""
    low, high = 1, min(len(text), max_width)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle]) <= max_width:
            low = middle
        else:
            high = middle - 1
    return low
