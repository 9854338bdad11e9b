"""Reads a text as tokens: tags, signs that are no words, line ends, and the texts between them."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple

from translation.text import signs


class Markup(NamedTuple):
    """How tags are read. ``kind``: ``xml`` or ``html``, in which translations are escaped, or
    ``""``, a text that may have tags all the same. ``ignore``: elements that stay as they are.
    ``splitting`` and ``inside``: tags that end a segment, and that never do. ``outline``: whether
    XML's other tags may. ``lines``: whether line ends do."""

    kind: str = ""
    ignore: frozenset[str] = frozenset()
    splitting: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    outline: bool = True
    lines: bool = True


PLAIN = Markup()


class Token(NamedTuple):
    """``kind``: text, line, open, close or free. ``edge``: a segment that begins or ends with it
    does so behind or before it."""

    text: str
    kind: str
    name: str = ""
    edge: bool = True


_IGNORED = frozenset("code kbd math pre samp script style svg var".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
BLOCKS = frozenset(
    """address article aside blockquote body br button caption center dd details dialog dir div dl
    dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html
    iframe legend li main menu nav noscript ol optgroup option p pre script section select style
    summary table tbody td template textarea tfoot th thead title tr ul""".split()
)
INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font g i img input ins kbd label mark
    q s samp small span strike strong sub sup time tt u var wbr x""".split()
)


def read_tokens(text: str, markup: Markup) -> Iterator[Token]:
    """The text's tokens and the texts between them. In time linear in its length."""
    pattern = signs.pattern(text)
    elements: dict[int, int] | None = None
    never_ended: set[str] = set()
    at = place = 0
    while match := pattern.search(text, place):
        start, place = match.span()
        kind = match.lastgroup or ""
        if kind == "hidden":
            ending = signs.ENDINGS[match["hidden"]]
            found = -1 if ending in never_ended else text.find(ending, place)
            if found < 0:
                never_ended.add(ending)
                continue
            place = found + len(ending)
        elif kind == "address":
            place = start + len(match[0].rstrip(signs.NOT_OF_ADDRESSES))
        elif kind == "entity" and _is_letter(text, start, place, markup):
            continue
        token = _TOKENS[kind](match, text[start:place], markup)
        if token.kind == "open" and _is_ignored(token, markup):
            elements = _elements(text, start) if elements is None else elements
            if start in elements:
                place = elements[start]
                token = Token(text[start:place], "free", token.name)
        if start > at:
            yield _text(text[at:start], markup)
        yield token
        at = place
    if at < len(text):
        yield _text(text[at:], markup)


def _tag(match: "re.Match[str]", text: str, markup: Markup) -> Token:
    name = match["name"]
    if text.startswith("</"):
        return Token(text, "close", name)
    void = text.endswith("/>") or (markup.kind != "xml" and name.lower() in _VOID)
    return Token(text, "free" if void else "open", name)


def _kept(kind: str, *, edge: bool = True) -> Callable[["re.Match[str]", str, Markup], Token]:
    return lambda match, text, markup: Token(text, kind, match["pair"] or "", edge)


_TOKENS: dict[str, Callable[["re.Match[str]", str, Markup], Token]] = {
    "line": _kept("line"),
    "control": _kept("free"),
    "hidden": _kept("free"),
    "declaration": _kept("free"),
    "tag": _tag,
    "address": _kept("free"),
    "entity": _kept("free"),
    # Words around them depend on them: "{0} files" is better translated as a whole.
    "empty": _kept("free", edge=False),
    "mask": _kept("free", edge=False),
    "placeholder": _kept("free", edge=False),
}

_ATTRIBUTE = re.compile(r"""\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def _is_ignored(token: Token, markup: Markup) -> bool:
    if token.name.lower() in _IGNORED or token.name in markup.ignore:
        return True
    if "translate" not in token.text.lower():
        return False
    attributes = {name.lower(): "".join(value) for name, *value in _ATTRIBUTE.findall(token.text)}
    return (
        attributes.get("translate", "").lower() == "no"
        or "notranslate" in attributes.get("class", "").lower().split()
    )


def _elements(text: str, at: int) -> dict[int, int]:
    """Where each element from there on begins, and where it ends."""
    ends: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for tag in signs.TAG.finditer(text, at):
        name = tag[2].lower()
        if not tag[1]:
            if not tag[0].endswith("/>"):
                opened.setdefault(name, []).append(tag.start())
        elif opened.get(name):
            ends[opened[name].pop()] = tag.end()
    return ends


_PARTS_OF_WORDS = frozenset("'\u2019\u00ad\u200b\u200c\u200d")
"""Signs that are parts of a word inside of it: apostrophes, and what shows how letters join."""


def _is_letter(text: str, start: int, end: int, markup: Markup) -> bool:
    """Whether an entity is a letter, or part of a word."""
    sign = unescape(text[start:end])
    before, after = text[max(0, start - 1) : start].isalnum(), text[end : end + 1].isalnum()
    if sign in _PARTS_OF_WORDS:
        return before and after
    # A word may be written in nothing but entities, which only markup is free to read.
    return sign.isalpha() and (markup.kind != "" or before or after)


def _text(text: str, markup: Markup) -> Token:
    if markup.kind and "&" in text:  # the entities left in it are letters
        decoded = signs.ENTITY.sub(lambda entity: unescape(entity[0]), text)
        if signs.found(decoded) == signs.found(text):  # "&#120;" may make a sign
            text = decoded
    return Token(text, "text")
