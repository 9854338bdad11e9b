import re

import pytest

from translation import guards
from translation.engines import llm
from translation.text import markup, masks, segments, sentences, signs, templates

UNITS = (
    ["<", "{", "&", "[", "%", "@", ":", "#", "$", '"', "'", "(", ".", "!", "?", ",", ";", "-", "/"]
    + [" ", "\t", "\n", "\r", "\u3000", "。", "、", "”", "字", "é", "x", "a "]
    + [
        "<a ",
        "<a href=",
        '<a b="',
        "<a b='",
        "<a></a ",
        "<a></b>",
        "<b>",
        "</b>",
        "<b/>",
        "<1 ",
        "< ",
    ]
    + ["<!--", "<![CDATA[", "<?", "<!D", "<code>", "</code>", "<code ", "<svg/>", "<x1/>", "<1>"]
    + ["{{", "{ ", "{a:", "{a ", "{\\", "${", "%1$", "%(a", "%26", "%2", "[[1", "@1", ":a"]
    + ["&#1", "&amp;", "&amp", "&#120;", "&lt;", " class=", "<a translate=no>", "<p "]
    + ["http://", "www.", "a@", "@b.c", "a.", "a@b.", ". ", "A. ", "1. ", "Mr. ", ", ", "A.b "]
)


HEADS = ("", '<a title="', "<1", "{", "www.a a@b ")
PATTERNS = {
    id(value): value
    for module in (guards, llm, markup, masks, segments, sentences, signs, templates)
    for value in vars(module).values()
    if isinstance(value, re.Pattern)
}


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_takes_more_than_linear_time(unit: str) -> None:
    """What takes quadratic time would go on and on here."""
    for pattern in PATTERNS.values():
        pattern.findall(unit * (50_000 // len(unit)) + " b")
    for head in HEADS:
        text = head + unit * (2_400 // len(unit)) + " b"
        template = segments.parse_template(text, markup.Markup("html"))
        template.render([segment.text for segment in template.segments])
        for segment in template.segments:
            masks.restore_masks(segment.text, segment.text)
            masks.split_at_masks(segment.text)
            sentences.split_sentences(segment.text)
            list(sentences.split_to_width(segment.text))


def examples() -> list[tuple[str, str]]:
    """The kinds and examples of the table in the module's docstring."""
    table = (signs.__doc__ or "").split(f"\n{'=' * 11} ")[1]
    rows = [row.split(None, 1) for row in table.splitlines()[1:]]
    return [
        (
            kind,
            example.encode().decode("unicode_escape") if kind in ("line", "control") else example,
        )
        for kind, row in rows
        for example in row.split("  ")
    ]


@pytest.mark.parametrize(("kind", "example"), examples())
def test_finds_the_examples_of_the_table(kind: str, example: str) -> None:
    found = [
        (sign.lastgroup, sign[0]) for sign in signs.pattern_for(example).finditer(f"a {example} b")
    ]
    if kind == "none":
        assert found == []
    else:
        # "\r\n" is two signs, of which the reader of markup makes two tokens as well.
        assert {name for name, _ in found} == {kind}
        assert "".join(text for _, text in found) == example


def test_finds_all_signs_but_entities_and_addresses() -> None:
    text = "<1>a</1> {0}\n<b>%s</b> &amp; https://a.org <!-- b --> \x00"
    assert signs.find_signs(text) == [
        "<1>",
        "</1>",
        "{0}",
        "\n",
        "<b>",
        "%s",
        "</b>",
        "<!--",
        "\x00",
    ]
