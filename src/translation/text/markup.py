"""Reads a text as tokens: tags, signs that are no words, line ends, and the texts between them."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Literal, NamedTuple

from translation.text import signs


class Markup(NamedTuple):
    """How the tags of a text are read.

    ``kind``: ``xml`` or ``html``, in which translations are escaped, or ``""`` for a text that may
    have tags all the same. ``ignore``: elements that are not translated. ``splitting``: tags that
    end a segment; ``inside``: tags that never do; ``outline``: whether XML's other tags may.
    ``lines``: whether a line end ends a segment.
    """

    kind: str = ""
    ignore: frozenset[str] = frozenset()
    splitting: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    outline: bool = True
    lines: bool = True


PLAIN = Markup()


TokenKind = Literal["text", "line", "open", "close", "free"]


class Token(NamedTuple):
    """A piece of a text: words, a line end, an opening or closing tag, or another sign (``free``).

    ``name``: a tag's. ``edge``: whether the sign stays out of a segment that would begin or end
    with it.
    """

    text: str
    kind: TokenKind
    name: str = ""
    edge: bool = True


_UNTRANSLATED = frozenset("code kbd math pre samp script style svg var".split())
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
    """Yields a text's tokens and the texts between them, in time linear in its length."""
    pattern = signs.pattern_for(text)
    elements: dict[int, int] | None = None
    unended: set[str] = set()
    at = place = 0
    while match := pattern.search(text, place):
        start, place = match.span()
        kind = match.lastgroup or ""
        if kind == "hidden":
            ending = signs.ENDINGS[match["hidden"]]
            end = -1 if ending in unended else text.find(ending, place)
            if end < 0:
                unended.add(ending)
                continue
            place = end + len(ending)
        elif kind == "address":
            place = start + len(match[0].rstrip(signs.NOT_OF_ADDRESSES))
        elif kind == "entity" and _is_letter(text, start, place, markup):
            continue
        token = _READERS[kind](match, text[start:place], markup)
        if token.kind == "open" and _is_ignored(token, markup):
            elements = _find_elements(text, start) if elements is None else elements
            if start in elements:
                place = elements[start]
                token = Token(text[start:place], "free", token.name)
        if start > at:
            yield _read_text(text[at:start], markup)
        yield token
        at = place
    if at < len(text):
        yield _read_text(text[at:], markup)


_Reader = Callable[["re.Match[str]", str, Markup], Token]
"""Makes a token of a match, the token's text, and the markup."""


def _read_tag(match: "re.Match[str]", text: str, markup: Markup) -> Token:
    name = match["name"]
    if text.startswith("</"):
        return Token(text, "close", name)
    void = text.endswith("/>") or (markup.kind != "xml" and name.lower() in _VOID)
    return Token(text, "free" if void else "open", name)


def _keep(kind: TokenKind, *, edge: bool = True) -> _Reader:
    return lambda match, text, markup: Token(text, kind, match["pair"] or "", edge)


_READERS: dict[str, _Reader] = {
    "line": _keep("line"),
    "control": _keep("free"),
    "hidden": _keep("free"),
    "declaration": _keep("free"),
    "tag": _read_tag,
    "address": _keep("free"),
    "entity": _keep("free"),
    # Words around them depend on them: "{0} files" is better translated as a whole.
    "empty": _keep("free", edge=False),
    "mask": _keep("free", edge=False),
    "placeholder": _keep("free", edge=False),
}

_ATTRIBUTE = re.compile(r"""\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


def _is_ignored(token: Token, markup: Markup) -> bool:
    if token.name.lower() in _UNTRANSLATED or token.name in markup.ignore:
        return True
    if "translate" not in token.text.lower():
        return False
    attributes = {name.lower(): "".join(value) for name, *value in _ATTRIBUTE.findall(token.text)}
    return (
        attributes.get("translate", "").lower() == "no"
        or "notranslate" in attributes.get("class", "").lower().split()
    )


def _find_elements(text: str, at: int) -> dict[int, int]:
    """Returns where each element from there on begins, and where it ends."""
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
"""Signs that are parts of a word inside of it: apostrophes, soft hyphens, zero-width signs."""


def _is_letter(text: str, start: int, end: int, markup: Markup) -> bool:
    """Whether an entity is a letter, or part of a word."""
    sign = unescape(text[start:end])
    before, after = text[max(0, start - 1) : start].isalnum(), text[end : end + 1].isalnum()
    if sign in _PARTS_OF_WORDS:
        return before and after
    # A word may be written in nothing but entities, which only markup is free to read.
    return sign.isalpha() and (markup.kind != "" or before or after)


def _read_text(text: str, markup: Markup) -> Token:
    if markup.kind and "&" in text:  # the entities that are still in it are letters
        decoded = signs.ENTITY.sub(lambda entity: unescape(entity[0]), text)
        if signs.find_signs(decoded) == signs.find_signs(text):  # "&#120;" may make a sign
            text = decoded
    return Token(text, "text")
