"""A text apart into what is translated and what is not, and together again.

A text becomes a :class:`Template`: strings that stay as they are (line ends, indentation, blocks'
tags, numbers, addresses) and :class:`Segment` s in between. What must come back untouched inside a
segment – inline tags, placeholders, entities, addresses, elements that are not to be translated –
is masked, see :mod:`translation.text.signs` and :mod:`translation.text.masks`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from translation.text import signs
from translation.text.masks import outside, unmask


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


class Segment(NamedTuple):
    """``text``: what is translated, masked. ``tokens``: what each mask stands for, a pair of tags
    as two strings. ``escape``: signs that a translation must write as entities. ``line_ends``:
    blanks of the text that are line ends, where those do not end a segment."""

    text: str
    tokens: Sequence[tuple[str, ...]] = ()
    escape: Sequence[str] = ()
    line_ends: Sequence[tuple[int, str]] = ()

    def render(self, translated: str) -> str:
        """A translation of :attr:`text`, with its masks intact, in the client's own signs."""
        if self.line_ends:
            translated = self._in_lines(translated)
        if not self.tokens:
            return self._escaped(translated)
        return unmask(
            translated, lambda number, closing: self.tokens[number - 1][closing], self._escaped
        )

    def _in_lines(self, translated: str) -> str:
        """The translation with as many line ends, about where they were."""
        out = []
        at = 0
        for place, line_end in self.line_ends:
            near = max(at, place * len(translated) // len(self.text))
            before, behind = translated.rfind(" ", at, near + 1), translated.find(" ", near)
            blanks = [blank for blank in (before, behind) if blank >= 0]
            end = min(blanks, key=lambda blank: abs(blank - near), default=-1)
            if end < 0:
                end = outside(translated, near)
            out += [translated[at:end], line_end]
            at = end + bool(blanks)
        return "".join([*out, translated[at:]])

    def _escaped(self, text: str) -> str:
        for sign in self.escape:
            text = text.replace(sign, _ESCAPES[sign])
        return text


_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "]]>": "]]&gt;"}


class Template(NamedTuple):
    """The parts of a text in order."""

    parts: Sequence[str | Segment]

    @property
    def segments(self) -> list[Segment]:
        return [part for part in self.parts if isinstance(part, Segment)]

    def render(self, translations: Iterable[str]) -> str:
        """The text with the translations of its segments, in order."""
        given = iter(translations)
        return "".join(
            part if isinstance(part, str) else part.render(next(given)) for part in self.parts
        )


def parse(text: str, markup: Markup = PLAIN) -> Template:
    """The text as a template. Rendered with its own segments' texts it is the same text again, but
    for entities inside words of XML or HTML, which are read as the letters they stand for."""
    parts: list[str | Segment] = []
    run: list[_Token] = []
    for token in _tokens(text, markup):
        if not _ends_segment(token, run, markup):
            run.append(token)
            continue
        _close(run, parts, markup)
        run = []
        if token.kind == "open" and not _is_block(token, markup):
            run.append(token)
        else:
            parts.append(token.text)
    _close(run, parts, markup)
    return Template(parts)


# --- tokens ----------------------------------------------------------------------------------


class _Token(NamedTuple):
    """``kind``: text, line, open, close or free. ``edge``: a segment that begins or ends with it
    does so behind or before it."""

    text: str
    kind: str
    name: str = ""
    edge: bool = True


_IGNORED = frozenset("code kbd math pre samp script style svg var".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLOCKS = frozenset(
    """address article aside blockquote body br button caption center dd details dialog dir div dl
    dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html
    iframe legend li main menu nav noscript ol optgroup option p pre script section select style
    summary table tbody td template textarea tfoot th thead title tr ul""".split()
)
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font g i img input ins kbd label mark
    q s samp small span strike strong sub sup time tt u var wbr x""".split()
)


def _tokens(text: str, markup: Markup) -> Iterator[_Token]:
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
                token = _Token(text[start:place], "free", token.name)
        if start > at:
            yield _text(text[at:start], markup)
        yield token
        at = place
    if at < len(text):
        yield _text(text[at:], markup)


def _tag(match: "re.Match[str]", text: str, markup: Markup) -> _Token:
    name = match["name"]
    if text.startswith("</"):
        return _Token(text, "close", name)
    void = text.endswith("/>") or (markup.kind != "xml" and name.lower() in _VOID)
    return _Token(text, "free" if void else "open", name)


def _kept(kind: str, *, edge: bool = True) -> Callable[["re.Match[str]", str, Markup], _Token]:
    return lambda match, text, markup: _Token(text, kind, match["pair"] or "", edge)


_TOKENS: dict[str, Callable[["re.Match[str]", str, Markup], _Token]] = {
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


def _is_ignored(token: _Token, markup: Markup) -> bool:
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


def _text(text: str, markup: Markup) -> _Token:
    if markup.kind and "&" in text:  # the entities left in it are letters
        decoded = signs.ENTITY.sub(lambda entity: unescape(entity[0]), text)
        if signs.found(decoded) == signs.found(text):  # "&#120;" may make a sign
            text = decoded
    return _Token(text, "text")


# --- segments --------------------------------------------------------------------------------

_LETTER = re.compile(r"[^\W\d_]")


def _ends_segment(token: _Token, run: Sequence[_Token], markup: Markup) -> bool:
    if token.kind == "line":
        return markup.lines
    if not token.name:
        return False
    # XML says nowhere which tags are inline; where one element follows another is a border.
    between = (
        markup.kind == "xml"
        and markup.outline
        and token.kind == "open"
        and token.name not in markup.inside
        and token.name.lower() not in _INLINE
        and _last_kind(run) == "close"
    )
    return between or _is_block(token, markup)


def _is_block(token: _Token, markup: Markup) -> bool:
    if token.name in markup.inside:
        return False
    named = markup.kind != "xml" or markup.outline
    return token.name in markup.splitting or (named and token.name.lower() in _BLOCKS)


def _last_kind(run: Sequence[_Token]) -> str:
    return next((t.kind for t in reversed(run) if t.kind != "text" or not t.text.isspace()), "")


def _close(run: list[_Token], parts: list[str | Segment], markup: Markup) -> None:
    """Adds what has been gathered to the parts: a segment and what stays around it, or, without a
    letter in it, nothing but text that stays."""
    alone = len(run) == 1  # as most are
    partners = {} if alone else _partners(run)
    first, last = (0, 1) if alone else _trimmed(run, partners)
    inner = run[first:last]
    if not any(token.kind == "text" and _LETTER.search(token.text) for token in inner):
        parts += [token.text for token in run]
        return
    parts += [token.text for token in run[:first]]
    masked, tokens, line_ends = _masked(inner, first, partners)
    core = masked.strip()
    at = masked.index(core)
    escape: Sequence[str] = ()
    if markup.kind:
        texts = "".join(token.text for token in inner if token.kind == "text")
        escape = [sign for sign in _ESCAPES if sign not in texts]
    line_ends = [(place - at, line_end) for place, line_end in line_ends]
    parts += [masked[:at], Segment(core, tokens, escape, line_ends), masked[at + len(core) :]]
    parts += [token.text for token in run[last:]]


def _partners(run: Sequence[_Token]) -> dict[int, int]:
    """Which tags are a pair: the place of each to that of the other."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    names: dict[str, int] = {}
    for place, token in enumerate(run):
        name = token.name.lower()
        if token.kind == "open":
            opened.append(place)
            names[name] = names.get(name, 0) + 1
        elif token.kind == "close" and names.get(name):
            start = -1
            while start < 0 or run[start].name.lower() != name:
                start = opened.pop()
                names[run[start].name.lower()] -= 1
            pairs[start], pairs[place] = place, start
    return pairs


def _trimmed(run: Sequence[_Token], partners: dict[int, int]) -> tuple[int, int]:
    """Where the segment begins and ends: without blanks and tags around it."""
    first, last = 0, len(run)
    while first < last:
        if _is_edge(run[first]) and partners.get(first, -1) in (-1, last - 1):
            last -= first in partners
            first += 1
        elif _is_edge(run[last - 1]) and last - 1 not in partners:
            last -= 1
        elif _is_blank(run[first]):
            first += 1
        elif _is_blank(run[last - 1]):
            last -= 1
        else:
            break
    return first, last


def _is_blank(token: _Token) -> bool:
    return token.kind == "text" and token.text.isspace()


def _is_edge(token: _Token) -> bool:
    return token.kind != "text" and token.edge


def _masked(
    inner: Sequence[_Token], first: int, partners: dict[int, int]
) -> tuple[str, list[tuple[str, ...]], list[tuple[int, str]]]:
    """The text with its masks, what they stand for, and where a blank stands for which line end."""
    out = ""
    tokens: list[tuple[str, ...]] = []
    line_ends: list[tuple[int, str]] = []
    numbers: dict[int, int] = {}
    for place, token in enumerate(inner, first):
        if token.kind == "text":
            out += token.text
        elif token.kind == "line":
            line_ends.append((len(out), token.text))
            out += " "
        elif place in partners and token.kind == "close":
            out += f"</{numbers[partners[place]]}>"
        elif place in partners:
            closing = inner[partners[place] - first].text
            tokens.append((token.text, closing))
            numbers[place] = len(tokens)
            out += f"<{len(tokens)}>"
        else:
            tokens.append((token.text,))
            out += f"<{'' if token.kind in ('open', 'close') else 'x'}{len(tokens)}/>"
    return out, tokens, line_ends
