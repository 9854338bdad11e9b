"""Masks: what stands in a text for everything that must come back untouched.

    <1>…</1>   a pair of tags, which stays around words and inside of what it was inside of
    <2/>       a tag whose partner is elsewhere: the tags keep their order
    <x3/>      anything else; it may move

Numbers count from 1, a pair having one. A translation of a masked text is accepted only if
:func:`restored` finds every mask exactly once and no other sign; where it does not,
:func:`split_at_masks` gives the texts between them.
"""

import re
from collections.abc import Callable, Iterable
from html import unescape

from translation.text import signs

_MASK = re.compile(r"<(/)?(x)?(\d{1,6})(/)?>")
LONGEST = len("<x123456/>")
_MASKS = re.compile(r"(?:</?x?\d{1,6}/?>\s*)+")
_AS_WRITTEN_BACK = re.compile(r"<[ ]?(/?)[ ]?(x?)[ ]?(\d{1,6})[ ]?(/?)[ ]?>", re.IGNORECASE)
_EMPTIED = re.compile(r"<(\d{1,6})>\s*</\1>")


def has_masks(text: str) -> bool:
    return "<" in text and _MASK.search(text) is not None


def unmask(
    text: str, token: Callable[[int, bool], str], others: Callable[[str], str] = lambda text: text
) -> str:
    """The text with ``token(number, closing)`` for every mask, and ``others`` of what is between
    them."""
    out = []
    at = 0
    for mask in _MASK.finditer(text):
        out += [others(text[at : mask.start()]), token(int(mask[3]), mask[1] is not None)]
        at = mask.end()
    return "".join([*out, others(text[at:])])


def without_masks(text: str) -> str:
    return _MASK.sub("", text) if "<" in text else text


def outside(text: str, place: int) -> int:
    """That place of a text, or one before or behind the mask that it is inside of."""
    start = text.rfind("<", max(0, place - LONGEST), place)
    mask = _MASK.match(text, start) if start >= 0 else None
    return (start or mask.end()) if mask and mask.end() > place else place


def restored(source: str, translated: str) -> str | None:
    """The translation with the masks of ``source`` as they were; None where one is lost, doubled
    or in a place where tags would no longer nest, or where there is a sign that was not there."""
    if "&" in translated and "&" not in source:  # as in the pages that models have learnt from
        translated = signs.ENTITY.sub(lambda entity: unescape(entity[0]), translated)
    wanted, found = signs.found(source), signs.found(translated)
    if found != wanted and "<" in translated:
        translated = _AS_WRITTEN_BACK.sub(_tidy, translated)
        found = signs.found(translated)
    fits = found == wanted or (sorted(found) == sorted(wanted) and _may_move(wanted, found))
    return translated if fits and not _has_emptied(source, translated) else None


def _tidy(mask: "re.Match[str]") -> str:
    return f"<{mask[1]}{mask[2].lower()}{int(mask[3])}{mask[4]}>"


def _may_move(wanted: list[str], found: list[str]) -> bool:
    """Whether the tags in ``found``, the same as in ``wanted``, still do what they did."""
    before, after = ([sign for sign in each if sign[1:2] != "x"] for each in (wanted, found))
    if before == after:
        return True
    around = _around(before)
    return around is not None and around == _around(after)


def _around(tags: Iterable[str]) -> dict[str, str] | None:
    """Inside of what each tag is; None where they do not nest."""
    around: dict[str, str] = {}
    opened = [""]
    for tag in tags:
        if tag[1:2] != "/":
            around[tag] = opened[-1]
            opened.append(tag[1:])
        elif opened.pop() != tag[2:]:
            return None
    return around


def _has_emptied(source: str, translated: str) -> bool:
    """Whether the words of a pair of tags have left it."""
    return "</" in translated and len(_EMPTIED.findall(translated)) > len(_EMPTIED.findall(source))


def split_at_masks(text: str) -> list[str]:
    """The masks with the white space around them, and the texts between, in turn: the first and
    the last are masks, or empty."""
    out = [""]
    at = 0
    for masks in _MASKS.finditer(text):
        between = text[at : masks.start()]
        words = between.rstrip()
        if words:
            out += [words, between[len(words) :] + masks[0]]
        else:
            out[-1] += between + masks[0]
        at = masks.end()
    return [*out, text[at:], ""] if at < len(text) else out
