"""Splits a text into what is translated and what is not.

A text becomes a :class:`Template`: strings that stay as they are (line ends, indentation, blocks'
tags, numbers, addresses) and :class:`Segment` s in between. What must come back untouched inside a
segment – inline tags, placeholders, entities, addresses, elements that are not to be translated –
is masked, see :mod:`translation.text.signs` and :mod:`translation.text.masks`.
"""

import re
from collections.abc import Sequence

from core.errors import TooLarge
from core.limits import TRANSLATION_SIGNS, TRANSLATION_TEXTS
from translation.text.markup import BLOCKS, INLINE, PLAIN, Markup, Token, read_tokens
from translation.text.templates import ESCAPES, Segment, Template

_LETTER = re.compile(r"[^\W\d_]")


def parse_templates(texts: Sequence[str], markup: Markup = PLAIN) -> list[Template]:
    """Splits the texts of a request into templates. Raises :class:`TooLarge` as soon as there are
    more signs in them than a request may have."""
    if len(texts) > TRANSLATION_TEXTS:
        raise TooLarge(
            f"A translation may have {TRANSLATION_TEXTS:,} texts, and these are {len(texts):,}: "
            "send fewer at a time."
        )
    templates: list[Template] = []
    remaining = TRANSLATION_SIGNS
    for text in texts:
        template, signs = _parse(text, markup, remaining)
        templates += (template,)
        remaining -= signs
    return templates


def parse_template(text: str, markup: Markup = PLAIN) -> Template:
    """Splits a text into a template.

    Rendered with its own segments' texts it is the same text again, except that entities inside
    words of XML or HTML are read as the letters they stand for. Raises :class:`TooLarge`.
    """
    return _parse(text, markup, TRANSLATION_SIGNS)[0]


def _parse(text: str, markup: Markup, most_signs: int) -> tuple[Template, int]:
    """Returns a text's template, and how many signs the text has."""
    parts: list[str | Segment] = []
    run: list[Token] = []
    signs = 0
    for token in read_tokens(text, markup):
        if token.kind != "text":
            signs += 1
            if signs > most_signs:
                raise TooLarge(
                    f"A translation may have {TRANSLATION_SIGNS:,} lines, tags, placeholders and "
                    "other signs, and this has more: send fewer or shorter texts at a time."
                )
        if not _ends_segment(token, run, markup):
            run.append(token)
            continue
        _add_segment(run, parts, markup)
        run = []
        if token.kind == "open" and not _is_block(token, markup):
            run.append(token)
        else:
            parts.append(token.text)
    _add_segment(run, parts, markup)
    return Template(parts), signs


def _ends_segment(token: Token, run: Sequence[Token], markup: Markup) -> bool:
    if token.kind == "line":
        return markup.lines
    if not token.name:
        return False
    # XML says nowhere which tags are inline; where one element follows another is a border.
    between_elements = (
        markup.kind == "xml"
        and markup.outline
        and token.kind == "open"
        and token.name not in markup.inside
        and token.name.lower() not in INLINE
        and _last_kind(run) == "close"
    )
    return between_elements or _is_block(token, markup)


def _is_block(token: Token, markup: Markup) -> bool:
    if token.name in markup.inside:
        return False
    named = markup.kind != "xml" or markup.outline
    return token.name in markup.splitting or (named and token.name.lower() in BLOCKS)


def _last_kind(run: Sequence[Token]) -> str:
    return next((t.kind for t in reversed(run) if t.kind != "text" or not t.text.isspace()), "")


def _add_segment(run: list[Token], parts: list[str | Segment], markup: Markup) -> None:
    """Adds a run of tokens to the parts: a segment and the texts around it that stay.

    A run without a letter is nothing but text that stays.
    """
    if len(run) == 1:  # as most are
        _add_single(run[0], parts, markup)
        return
    partners = _pair_tags(run)
    first, last = _trim(run, partners)
    inner = run[first:last]
    if not any(token.kind == "text" and _LETTER.search(token.text) for token in inner):
        parts += [token.text for token in run]
        return
    parts += [token.text for token in run[:first]]
    masked, tokens, line_ends = _mask(inner, first, partners)
    core = masked.strip()
    at = masked.index(core)
    texts = "".join([token.text for token in inner if token.kind == "text"])
    line_ends = [(place - at, line_end) for place, line_end in line_ends]
    segment = Segment(core, tokens, _escape(texts) if markup.kind else (), line_ends)
    parts += [masked[:at], segment, masked[at + len(core) :]]
    parts += [token.text for token in run[last:]]


def _add_single(token: Token, parts: list[str | Segment], markup: Markup) -> None:
    text = token.text
    if token.kind != "text" or not _LETTER.search(text):
        parts.append(text)
        return
    before, core, after = text.partition(text.strip())
    parts += [before, Segment(core, (), _escape(text) if markup.kind else ()), after]


def _escape(texts: str) -> Sequence[str]:
    """Returns the signs that a translation of the texts must write as entities."""
    return [sign for sign in ESCAPES if sign not in texts]


def _pair_tags(run: Sequence[Token]) -> dict[int, int]:
    """Returns which tags are a pair: for the place of each that of the other."""
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


def _trim(run: Sequence[Token], partners: dict[int, int]) -> tuple[int, int]:
    """Returns where the segment begins and ends: without blanks and tags around it."""
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


def _is_blank(token: Token) -> bool:
    return token.kind == "text" and token.text.isspace()


def _is_edge(token: Token) -> bool:
    return token.kind != "text" and token.edge


def _mask(
    inner: Sequence[Token], first: int, partners: dict[int, int]
) -> tuple[str, list[tuple[str, ...]], list[tuple[int, str]]]:
    """Returns the text with masks for its tokens, what each mask stands for, and where a blank
    stands for which line end."""
    out: list[str] = []
    length = 0
    tokens: list[tuple[str, ...]] = []
    line_ends: list[tuple[int, str]] = []
    numbers: dict[int, int] = {}
    for place, token in enumerate(inner, first):
        if token.kind == "text":
            piece = token.text
        elif token.kind == "line":
            line_ends.append((length, token.text))
            piece = " "
        elif place in partners and token.kind == "close":
            piece = f"</{numbers[partners[place]]}>"
        elif place in partners:
            closing = inner[partners[place] - first].text
            tokens.append((token.text, closing))
            numbers[place] = len(tokens)
            piece = f"<{len(tokens)}>"
        else:
            tokens.append((token.text,))
            piece = f"<{'' if token.kind in ('open', 'close') else 'x'}{len(tokens)}/>"
        out.append(piece)
        length += len(piece)
    return "".join(out), tokens, line_ends
