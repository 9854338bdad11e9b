"""Masks: placeholders in a text for everything that must come back untouched.

    <1>…</1>   a pair of tags, which stays around words and inside of what it was inside of
    <2/>       a tag whose partner is elsewhere: the tags keep their order
    <x3/>      anything else; it may move

Numbers count from 1, a pair having one. A translation of a masked text is accepted only if
:func:`restore_masks` finds every mask exactly once and no other sign; if it does not,
:func:`split_at_masks` returns the texts between them.
"""

import re
from collections.abc import Callable, Iterable
from html import unescape

from translation.text import signs

_MASK = re.compile(r"<(/)?(x)?(\d{1,6})(/)?>")
MAX_LENGTH = len("<x123456/>")
"""Characters of a mask."""
_MASKS = re.compile(r"(?:</?x?\d{1,6}/?>\s*)+")
_AS_WRITTEN_BACK = re.compile(r"<[ ]?(/?)[ ]?(x?)[ ]?(\d{1,6})[ ]?(/?)[ ]?>", re.IGNORECASE)
_EMPTIED = re.compile(r"<(\d{1,6})>\s*</\1>")


def has_masks(text: str) -> bool:
    return "<" in text and _MASK.search(text) is not None


def replace_masks(
    text: str, token: Callable[[int, bool], str], convert: Callable[[str], str] = lambda text: text
) -> str:
    """Replaces every mask by ``token(number, closing)``, and converts the texts between them."""
    out = []
    at = 0
    for mask in _MASK.finditer(text):
        out += [convert(text[at : mask.start()]), token(int(mask[3]), mask[1] is not None)]
        at = mask.end()
    return "".join([*out, convert(text[at:])])


def remove_masks(text: str) -> str:
    return _MASK.sub("", text) if "<" in text else text


def move_out_of_mask(text: str, place: int) -> int:
    """Returns a place in a text, moved before or behind the mask if it is inside of one."""
    start = text.rfind("<", max(0, place - MAX_LENGTH), place)
    mask = _MASK.match(text, start) if start >= 0 else None
    return (start or mask.end()) if mask and mask.end() > place else place


def restore_masks(source: str, translated: str) -> str | None:
    """Returns a translation with the masks of its source spelt as they were.

    Returns None if a mask is lost, doubled or in a place where tags would no longer nest, or if the
    translation has a sign that the source does not have.
    """
    if "&" in translated and "&" not in source:  # as in the pages that models have learnt from
        translated = signs.ENTITY.sub(lambda entity: unescape(entity[0]), translated)
    expected, found = signs.find_signs(source), signs.find_signs(translated)
    if found != expected and "<" in translated:
        translated = _AS_WRITTEN_BACK.sub(_respell, translated)
        found = signs.find_signs(translated)
    fits = found == expected or (sorted(found) == sorted(expected) and _still_nest(expected, found))
    return translated if fits and not _has_emptied(source, translated) else None


def _respell(mask: "re.Match[str]") -> str:
    return f"<{mask[1]}{mask[2].lower()}{int(mask[3])}{mask[4]}>"


def _still_nest(expected: list[str], found: list[str]) -> bool:
    """Whether the same tags in another order are inside of the same tags as before."""
    before, after = ([sign for sign in row if sign[1:2] != "x"] for row in (expected, found))
    if before == after:
        return True
    parents = _parents(before)
    return parents is not None and parents == _parents(after)


def _parents(tags: Iterable[str]) -> dict[str, str] | None:
    """Returns for each tag the one that it is inside of; None if they do not nest."""
    parents: dict[str, str] = {}
    opened = [""]
    for tag in tags:
        if tag[1:2] != "/":
            parents[tag] = opened[-1]
            opened.append(tag[1:])
        elif opened.pop() != tag[2:]:
            return None
    return parents


def _has_emptied(source: str, translated: str) -> bool:
    """Whether a pair of tags that had words between them has none any more."""
    return "</" in translated and len(_EMPTIED.findall(translated)) > len(_EMPTIED.findall(source))


def split_at_masks(text: str) -> list[str]:
    """Splits a text into masks, with the white space around them, and the texts between them.

    The two alternate; the first and the last are masks, or empty.
    """
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
