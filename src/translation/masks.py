"""Masks: what stands in a text for everything that must come back untouched.

    <1>…</1>   a pair of tags, which stays properly nested
    <2/>       a tag whose partner is elsewhere: the tags keep their order
    <x3/>      anything else; it may move

Numbers count from 1, a pair having one. A translation of a masked text is accepted only if
:func:`intact` finds every mask exactly once; where it does not, :func:`split_at_masks` gives the
texts between them.
"""

import re
from collections.abc import Callable, Iterable

_MASK = re.compile(r"<(/)?(x)?(\d+)(/)?>")
_AS_WRITTEN_BACK = re.compile(r"<\s*(/?)\s*(x?)\s*(\d+)\s*(/?)\s*>", re.IGNORECASE)
_MASKS = re.compile(r"\s*(?:</?x?\d+/?>\s*)+")


def has_masks(text: str) -> bool:
    return "<" in text and _MASK.search(text) is not None


def unmask(text: str, token: Callable[[int, bool], str]) -> str:
    """The text with ``token(number, closing)`` for every mask."""
    return _MASK.sub(lambda mask: token(int(mask[3]), mask[1] is not None), text)


def intact(source: str, translated: str) -> str | None:
    """The translation with its masks as ``source`` has them, or None where one is lost, doubled or
    in a place where tags would no longer nest."""
    if "<" not in source:
        return translated
    wanted = [mask[0] for mask in _MASK.finditer(source)]
    if not wanted:
        return translated
    translated = _AS_WRITTEN_BACK.sub(_tidy, translated)
    found = [mask[0] for mask in _MASK.finditer(translated)]
    if found == wanted:
        return translated
    if sorted(found) != sorted(wanted):
        return None
    tags = [mask for mask in found if mask[1] != "x"]
    if any(mask.endswith("/>") for mask in tags):
        fits = tags == [mask for mask in wanted if mask[1] != "x"]
    else:
        fits = _nest(tags)
    return translated if fits else None


def _tidy(mask: "re.Match[str]") -> str:
    return f"<{mask[1]}{mask[2].lower()}{mask[3]}{mask[4]}>"


def _nest(tags: Iterable[str]) -> bool:
    opened: list[str] = []
    for tag in tags:
        if tag[1] != "/":
            opened.append(tag[1:])
        elif not opened or opened.pop() != tag[2:]:
            return False
    return True


def split_at_masks(text: str) -> list[str]:
    """The masks with the white space around them, and the texts between, in turn: the first and
    the last are masks, or empty."""
    out = [""]
    at = 0
    for masks in _MASKS.finditer(text):
        out += [text[at : masks.start()], masks[0]] if masks.start() > at else []
        if masks.start() == at:
            out[-1] += masks[0]
        at = masks.end()
    return [*out, text[at:], ""] if at < len(text) else out
