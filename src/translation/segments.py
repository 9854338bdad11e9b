"""A text apart into what is translated and what is not, and together again.

A text becomes a :class:`Template`: strings that stay as they are (line ends, indentation, blocks'
tags, numbers, addresses) and :class:`Segment` s in between. What must come back untouched inside a
segment – inline tags, placeholders, entities, addresses, elements that are not to be translated –
is masked, see :mod:`translation.masks`.

The signs are those of the clients: ``@0#``, ``{0}``, ``<b0></b0>`` and ``<a id=1>`` of Immersive
Translate, ``{v1}`` of PDFMathTranslate, ``%s``, ``%1$s``, ``{{…}}`` and ``${x}`` of subtitles and
message catalogues; and those of HTML: ``translate="no"``, ``class="notranslate"``, ``<code>``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from translation.masks import unmask


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
    as two strings. ``escape``: signs that a translation must write as entities."""

    text: str
    tokens: Sequence[tuple[str, ...]] = ()
    escape: str = ""

    def render(self, translated: str) -> str:
        """A translation of :attr:`text`, with its masks intact, in the client's own signs."""
        for sign in self.escape:
            if sign in translated:
                translated = _ESCAPES[sign][0].sub(_ESCAPES[sign][1], translated)
        if not self.tokens:
            return translated
        return unmask(translated, lambda number, closing: self.tokens[number - 1][closing])


_ESCAPES = {
    # A model that writes entities means them; and none of these may break a mask.
    "&": (re.compile(r"&(?!#?\w{2,31};)"), "&amp;"),
    "<": (re.compile(r"<(?!/?x?\d+/?>)"), "&lt;"),
    ">": (re.compile(r"(?<!\d)(?<!\d/)>"), "&gt;"),
}


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


_NAME = r"[A-Za-z_][\w:.-]*"
_ATTRIBUTES = r"""(?:\s(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)?"""
_LINE_ENDS = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
# The first sign is looked for by itself, which the regular expression engine does fast; what
# follows says which sign it has to be.
_SIGN = rf"""
    [<&{{%$\#@\[:{_LINE_ENDS}](?:
        (?P<line>(?<=\r)\n | (?<=[{_LINE_ENDS}]))
      | (?<=<)(?:
            (?P<hidden>!--|!\[CDATA\[|\?)
          | (?P<empty>(?P<pair>{_NAME}){_ATTRIBUTES}></(?P=pair)\s*>)
          | (?P<tag>/?(?P<name>{_NAME}){_ATTRIBUTES}>)
          | (?P<declaration>![A-Za-z][^<>]*+>)
          | (?P<mask>/?x?\d+\s*/?>))
      | (?P<entity>(?<=&)(?:\#\d{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
      | (?P<placeholder>
            (?<=\{{)\{{[^{{}}\r\n]*+\}}\}}
          | (?:(?<=[$%\#])\{{|(?<=\{{))\s*[\w.$-]*(?:\s*[,:][^{{}}\r\n]*)?\}}
          | (?<=@)\d+\# | (?<=\[)\[\d+\]\] | (?<=\[)\d+\]
          | (?<=%)\([\w.]+\)[sdif]
          | (?<=%)(?:\d+\$)?[-+0\#]{{0,4}}\d{{0,4}}(?:\.\d{{1,4}})?(?:hh?|ll?|[zjtL])?
            [@diouxXeEfFgGcs](?![A-Za-z])
          | (?<=%)[0-9A-F]{{2}}
          | (?<=:)[A-Za-z][\w+-]{{1,40}}:))
"""
_ADDRESS = r"""
    (?P<address>(?<![A-Za-z0-9])(?:
        (?:(?:https?|ftp)://|www\.)[!-;=?-~]*[A-Za-z0-9/=\#&_-]
      | [A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+))
"""
_SIGNS = re.compile(_SIGN, re.VERBOSE)
_ADDRESSES_AND_SIGNS = re.compile(f"{_ADDRESS}|{_SIGN}", re.VERBOSE)

_ENDINGS = {"!--": "-->", "![CDATA[": "]]>", "?": "?>"}
_UNTRANSLATED = re.compile(
    r"""\s(?:translate\s*=\s*["']?no\b|class\s*=\s*["']?[^"'<>]*\bnotranslate\b)""", re.IGNORECASE
)
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
    has_address = "://" in text or "@" in text or "www." in text
    pattern = _ADDRESSES_AND_SIGNS if has_address else _SIGNS
    elements: dict[int, int] | None = None
    at = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        if start < at:  # inside of what is already taken
            continue
        kind = match.lastgroup or ""
        if kind == "hidden":
            place = text.find(_ENDINGS[match["hidden"]], end)
            if place < 0:
                continue
            end = place + len(_ENDINGS[match["hidden"]])
        elif kind == "entity" and _is_letter(text, start, end):
            continue
        token = _TOKENS[kind](match, text[start:end], markup)
        if token.kind == "open" and _is_ignored(token, markup):
            elements = _elements(text, start) if elements is None else elements
            if start in elements:
                end = elements[start]
                token = _Token(text[start:end], "free", token.name)
        if start > at:
            yield _text(text[at:start], markup)
        yield token
        at = end
    if at < len(text):
        yield _text(text[at:], markup)


def _tag(match: "re.Match[str]", text: str, markup: Markup) -> _Token:
    name = match["name"]
    if text.startswith("</"):
        return _Token(text, "close", name)
    void = text.endswith("/>") or (markup.kind != "xml" and name.lower() in _VOID)
    return _Token(text, "free" if void else "open", name)


def _kept(kind: str, *, edge: bool = True) -> Callable[["re.Match[str]", str, Markup], _Token]:
    return lambda match, text, markup: _Token(text, kind, "", edge)


_TOKENS: dict[str, Callable[["re.Match[str]", str, Markup], _Token]] = {
    "line": _kept("line"),
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


def _is_ignored(token: _Token, markup: Markup) -> bool:
    return (
        token.name.lower() in _IGNORED
        or token.name in markup.ignore
        or _UNTRANSLATED.search(token.text) is not None
    )


_ANY_TAG = re.compile(rf"<(/?)({_NAME}){_ATTRIBUTES}>")


def _elements(text: str, at: int) -> dict[int, int]:
    """Where each element from there on begins, and where it ends."""
    ends: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for tag in _ANY_TAG.finditer(text, at):
        if not tag[1]:
            opened.setdefault(tag[2], []).append(tag.start())
        elif opened.get(tag[2]):
            ends[opened[tag[2]].pop()] = tag.end()
    return ends


_MARKUP_SIGNS = frozenset('<>&"\xa0')
_ENTITY = re.compile(r"&#?\w{2,31};")


def _is_letter(text: str, start: int, end: int) -> bool:
    """Whether an entity is a part of a word: a letter, or an apostrophe inside."""
    before, after = text[max(0, start - 1) : start].isalnum(), text[end : end + 1].isalnum()
    sign = unescape(text[start:end])
    if sign in _MARKUP_SIGNS:
        return False
    return (before and after) or (sign.isalpha() and (before or after))


def _text(text: str, markup: Markup) -> _Token:
    if markup.kind and "&" in text:  # the entities left in it are letters
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
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
    return token.name in markup.splitting or token.name.lower() in _BLOCKS


def _last_kind(run: Sequence[_Token]) -> str:
    return next((t.kind for t in reversed(run) if t.kind != "text" or not t.text.isspace()), "")


def _close(run: list[_Token], parts: list[str | Segment], markup: Markup) -> None:
    """Adds what has been gathered to the parts: a segment and what stays around it, or, without a
    letter in it, nothing but text that stays."""
    partners = _partners(run)
    first, last = _trimmed(run, partners)
    inner = run[first:last]
    if not any(token.kind == "text" and _LETTER.search(token.text) for token in inner):
        parts += [token.text for token in run]
        return
    parts += [token.text for token in run[:first]]
    masked, tokens = _masked(inner, first, partners)
    core = masked.strip()
    at = masked.index(core)
    escape = ""
    if markup.kind:
        texts = "".join(token.text for token in inner if token.kind == "text")
        escape = "".join(sign for sign in _ESCAPES if sign not in texts)
    parts += [masked[:at], Segment(core, tokens, escape), masked[at + len(core) :]]
    parts += [token.text for token in run[last:]]


def _partners(run: Sequence[_Token]) -> dict[int, int]:
    """Which tags are a pair: the place of each to that of the other."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(run):
        if token.kind == "open":
            opened.append(place)
        elif token.kind == "close":
            depth = next(
                (d for d in range(len(opened) - 1, -1, -1) if run[opened[d]].name == token.name), -1
            )
            if depth >= 0:
                start = opened[depth]
                del opened[depth:]
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
) -> tuple[str, list[tuple[str, ...]]]:
    """The text with its masks, and what they stand for."""
    out: list[str] = []
    tokens: list[tuple[str, ...]] = []
    numbers: dict[int, int] = {}
    for place, token in enumerate(inner, first):
        if token.kind == "text":
            out.append(token.text)
        elif place in partners and token.kind == "close":
            out.append(f"</{numbers[partners[place]]}>")
        elif place in partners:
            closing = inner[partners[place] - first].text
            tokens.append((token.text, closing))
            numbers[place] = len(tokens)
            out.append(f"<{len(tokens)}>")
        else:
            tokens.append((token.text,))
            out.append(f"<{'' if token.kind in ('open', 'close') else 'x'}{len(tokens)}/>")
    return "".join(out), tokens
