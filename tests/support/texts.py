"""Texts for property tests: words between the signs of every client, and well-formed XML.

``SIGNS`` are the tags, placeholders and entities that have to come back as often as they were sent;
none of them is a part of another, so that counting them in a text is counting what it has.
"""

import re
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

ADDRESSES = ("https://example.com/a?b=1#c", "someone@example.com")
SIGNS = (
    "@0#",
    "@12#",
    "{0}",
    "{v1}",
    "{{user name}}",
    "{count, number}",
    "{\\an8}",
    "<b0></b0>",
    "<b1></b1>",
    "<a id=1>",
    "</a>",
    '<span class="x">',
    "</span>",
    "<img src='a b.png'/>",
    "<br/>",
    "%s",
    "%1$s",
    "%-10.2f",
    "%(name)s",
    "${x}",
    "#{y}",
    "[1]",
    "[[2]]",
    ":smile:",
    "&amp;",
    "&nbsp;",
    "&#8212;",
    "%3C",
    "%26%26",
    "<code>foo(bar)</code>",
    '<i translate="no">Acme</i>',
    "<em class='notranslate'>Foo</em>",
    "<!-- a comment -->",
    "<?php echo 1 ?>",
    *ADDRESSES,
    "<1>",
    "</2>",
    "<x3/>",
    "< 4 >",
)
LINE_ENDS = ("\n", "\r\n", "\r", "\u2028", "\x0b", "\x85")
_WORDS = (
    "Hello",
    "world",
    "the quick brown fox",
    "He said it. She did not.",
    "e.g. this",
    "3 < 5",
    "50% of",
    "a:b",
    "<3",
    "I & you",
    "don't",
    "你好。再见！",
    "Ünïcödé",
    "नमस्ते।",
    "12.5",
    "…",
    "👍",
    "{",
    "}",
    "[",
    "%",
    '"quoted"',
    "x > y",
    "\ud83d",
    "\x00",
)
_BLANKS = ("", " ", "  ", "\t", "\u3000", "\xa0")


def _spaced(parts: list[tuple[str, str]]) -> str:
    """Letters of one are not of the next: "%s" and "he" would be no sign and a word."""
    text = before = ""
    for blank, part in parts:
        meets = not blank and (before in ADDRESSES or (before + part[:1])[-2:].isalnum())
        text += (" " if meets else blank) + part
        before = part
    return text


texts = st.lists(
    st.tuples(st.sampled_from(_BLANKS), st.sampled_from((*SIGNS, *_WORDS, *LINE_ENDS, "", ""))),
    max_size=12,
).map(_spaced)
"""Words, signs and line ends, with and without blanks between them."""

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def line_ends(text: str) -> list[str]:
    return _LINE_END.findall(text)


def blanks_around(text: str) -> tuple[str, str]:
    """The white space before and behind what is in a text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


# --- XML -------------------------------------------------------------------------------------

_names = st.sampled_from(["p", "b", "a", "x", "item", "code", "title", "ns_y", "имя"])
_characters = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])
    | st.sampled_from("\n&<>\"' .?!"),
    max_size=20,
)
_entities = st.sampled_from(["&amp;", "&lt;", "&gt;", "&#233;", "&#x4e2d;", "&quot;", "&apos;"])
_leaves = (
    _characters.map(lambda text: escape(text, {"\r": "&#13;"}))
    | _entities
    | st.sampled_from(
        ["Hello world", "the quick brown fox", "<br/>", "<!-- note -->", "<![CDATA[1 < 2 & 3]]>"]
    )
)


def _element(name: str, value: str | None, inner: list[str]) -> str:
    attribute = "" if value is None else f" class={quoteattr(value)}"
    return f"<{name}{attribute}>{''.join(inner)}</{name}>"


xml = st.builds(
    "<doc>{}</doc>".format,
    st.recursive(
        _leaves,
        lambda inner: st.builds(
            _element, _names, st.none() | _characters, st.lists(inner, max_size=4)
        ),
        max_leaves=12,
    ),
)
"""Well-formed documents."""
