import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import texts
from translation.text import signs
from translation.text.markup import PLAIN, Markup
from translation.text.segments import parse_template
from translation.text.templates import Segment

XML, HTML = Markup("xml"), Markup("html")

names = st.sets(st.sampled_from(["a", "b", "x", "p", "br", "span", "code"]), max_size=2).map(
    frozenset
)
markups = st.builds(
    Markup,
    st.sampled_from(["", "xml", "html"]),
    ignore=names,
    splitting=names,
    inside=names,
    outline=st.booleans(),
    lines=st.booleans(),
)
SIGNS = "<>/&;{}[]%$#@:!-?=\"'abxp01 \n\r\u2028\\"


def segments(text: str, markup: Markup = PLAIN) -> list[str]:
    return [segment.text for segment in parse_template(text, markup).segments]


def again(text: str, markup: Markup = PLAIN) -> str:
    """The text with its own words for translations."""
    return parse_template(text, markup).render(segments(text, markup))


def shouted(text: str, markup: Markup = PLAIN) -> str:
    """The text with what is translated in capitals."""
    return parse_template(text, markup).render(
        signs.ENTITY.sub("&", one.upper()).replace("<X", "<x") for one in segments(text, markup)
    )


# --- together again -----------------------------------------------------------------------------


@given(texts.texts | st.text() | st.text(SIGNS), markups)
def test_its_own_words_give_the_text_again(text: str, markup: Markup) -> None:
    # Entities that are letters are read as such in markup, and only there.
    if not markup.kind or not signs.ENTITY.search(text):
        assert again(text, markup) == text


@given(texts.xml, markups)
def test_a_document_is_the_same_again_but_for_letters_as_entities(
    document: str, markup: Markup
) -> None:
    read = document.replace("&#233;", "é").replace("&#x4e2d;", "中")
    read = re.sub(r"(?<=[^\W_])&apos;(?=[^\W_])", "'", read)  # as in "don't"
    assert again(read, markup) == read


@given(texts.texts | st.text(SIGNS), markups)
def test_nothing_to_translate_is_without_a_letter(text: str, markup: Markup) -> None:
    for segment in segments(text, markup):
        assert segment == segment.strip()
        assert any(sign.isalpha() for sign in segment)


def test_translations_go_where_their_segments_were() -> None:
    template = parse_template("  One\n\n<p>Two <b>{0}</b></p> 3")
    assert segments("  One\n\n<p>Two <b>{0}</b></p> 3") == ["One", "Two <1><x2/></1>"]
    assert template.render(["Un", "<1><x2/></1> deux"]) == "  Un\n\n<p><b>{0}</b> deux</p> 3"


# --- lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "end",
    ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
    + ["\n\n", "\r\n \r\n", "\n\r"],
)
def test_a_line_end_ends_a_segment_and_stays(end: str) -> None:
    text = f"  One{end}\tTwo  {end}"
    assert segments(text) == ["One", "Two"]
    assert shouted(text) == f"  ONE{end}\tTWO  {end}"


def test_line_ends_that_end_no_segment_are_blanks() -> None:
    text = "<p>\n  One big\r\nsegment <b>of\nthree</b> lines\n</p>"
    markup = HTML._replace(lines=False)
    assert segments(text, markup) == ["One big segment <1>of three</1> lines"]
    assert again(text, markup) == text


@pytest.mark.parametrize(
    ("translated", "lines"),
    [
        ("Un grand segment de trois", "Un grand\nsegment de trois"),
        ("Ein grosses <1>Segment</1>", "Ein\ngrosses <b>Segment</b>"),
        ("大段<1>落</1>", "大段\n<b>落</b>"),
        ("<1>大段落</1>", "<b>\n大段落</b>"),
        ("", "\n"),
    ],
)
def test_a_translation_has_as_many_line_ends_about_where_they_were(
    translated: str, lines: str
) -> None:
    template = parse_template("One big\nsegment <b>here</b>", PLAIN._replace(lines=False))
    assert template.render([translated]) == lines


# --- what is never sent -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\t\u3000\xa0",
        "12",
        "1,234.50",
        "-5 %",
        "2024-05-01 10:30:00",
        "$5.00",
        "…",
        "—",
        "§ 12",
        "3 < 5",
        "5 > 3",
        "<3",
        "+ - * / =",
        "👍",
        "👨‍👩‍👧‍👦 ❤️ 🇫🇷",
        "★★★☆☆",
        "https://example.com/a?b=c&d=e#f",
        "http://localhost:8080/",
        "www.example.com",
        "ftp://example.com/file.txt",
        "(https://example.com/)",
        "someone@example.com",
        "<someone@example.com>",
        "a.b+c@sub.example.co.uk, d@example.org",
        "{0}",
        "{0} / {1}",
        "@0#",
        "%s: %d%%",
        "%1$s",
        "${x}",
        "{{name}}",
        "[1] [[2]]",
        ":smile: :+1:",
        "&nbsp;&amp;&#8212;",
        "<b0></b0>",
        "<a id=1></a>",
        "<br/>",
        "<code>word</code>",
        "<p>12</p>",
        "<!-- words -->",
        "<?php words ?>",
        "<!DOCTYPE html>",
        "<1>",
    ],
)
@pytest.mark.parametrize("markup", [PLAIN, XML, HTML], ids=["", "xml", "html"])
def test_a_text_without_words_has_no_segments(text: str, markup: Markup) -> None:
    assert segments(text, markup) == []
    assert again(text, markup) == text


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "OK",
        "字",
        "한",
        "I <3 you",
        "3 < 5 and 7 > 2",
        "50% of people",
        "100% sure",
        "50%",
        "%50 indirim",
        "a:b",
        "Re: Fwd: hello",
        "at 10:30:45 today",
        "Title:Subtitle:Text",
        "C# and F#",
        "R&D",
        "AT&T; and more",
        "[sic]",
        "[x] done",
        "{ not closed",
        "f(x) = {x | x > 0}",
        "@user said",
        "#hashtag",
        "$100 each",
        "if (a < b) then",
        "a <- b",
        "<- back",
        "x << 3",
        "“quoted”",
        "example.com is down",
    ],
)
def test_what_only_looks_like_a_sign_is_text(text: str) -> None:
    if any(sign.isalpha() for sign in text):
        assert segments(text) == [text]
    assert again(text) == text


# --- masks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sign",
    [
        "@0#",
        "@12#",
        "{0}",
        "{}",
        "{v1}",
        "{ name }",
        "{0:N2}",
        "{count, number}",
        "{user.name}",
        "{{name}}",
        "{{ user | upper }}",
        "{\\an8}",
        "{\\pos(10,20)\\b1}",
        "${x}",
        "${a.b}",
        "#{x}",
        "%{x}",
        "%s",
        "%d",
        "%1$s",
        "%2$-10s",
        "%05.2f",
        "%+d",
        "%lld",
        "%@",
        "%(name)s",
        "%3C",
        "%26%26",
        "%E4%BD%A0",
        "[1]",
        "[[1]]",
        ":smile:",
        ":+1:",
        "<b0></b0>",
        "<a id=1></a>",
        "<1>",
        "</1>",
        "<x2/>",
        "< 3 >",
        "<code>foo('bar')</code>",
        "<CODE>foo</code>",
        "<kbd>Ctrl</kbd>",
        "<samp>x</samp>",
        "<var>y</var>",
        "<math><mi>z</mi></math>",
        "<svg><text>w</text></svg>",
        '<b translate="no">Acme</b>',
        "<b translate=no>Acme</b>",
        "<b TRANSLATE='NO'>Acme</b>",
        '<i class="big notranslate">Acme</i>',
        "<i class=notranslate>Acme <i>Inc</i></i>",
    ],
)
@pytest.mark.parametrize("markup", [PLAIN, XML, HTML], ids=["", "xml", "html"])
def test_a_sign_is_masked_and_may_move(sign: str, markup: Markup) -> None:
    text = f"Take {sign} for it"
    template = parse_template(text, markup)
    [segment] = template.segments
    assert segment.text == "Take <x1/> for it"
    assert segment.tokens == [(sign,)]
    assert template.render(["Pour <x1/>, le"]) == f"Pour {sign}, le"


@pytest.mark.parametrize(
    "sign",
    [
        "&amp;",
        "&nbsp;",
        "&#8212;",
        "&#x2014;",
        "&lt;",
        "https://example.com/a_(b)/c",
        "https://example.com/{id}/x",
        "someone@example.com",
        "<br/>",
        "<img src='a b.png' alt=\"x > y\">",
        "<!-- a <b>note</b> -->",
        "<![CDATA[ <b> ]]>",
        "<?php echo '<b>'; ?>",
        "\x00",
        "\x1b",
        "\x7f",
        "\x9f",
        "\ud83d",
        "\udc00",
        "\uffff",
        "\ufffd",
    ],
)
def test_a_sign_at_an_end_is_left_out(sign: str) -> None:
    markup = Markup("", inside=frozenset({"br"}))
    assert segments(f"One {sign} two", markup) == ["One <x1/> two"]
    assert segments(f"{sign} One two {sign}", markup) == ["One two"]
    assert shouted(f"{sign} One {sign} two {sign}", markup) == f"{sign} ONE {sign} TWO {sign}"


def test_a_placeholder_at_an_end_belongs_to_the_sentence() -> None:
    assert segments("{0} files in @1#") == ["<x1/> files in <x2/>"]


def test_a_pair_of_tags_is_one_mask() -> None:
    template = parse_template('See <a href="/x?a=1&b=2" title="a > b">the <b>page</b></a> now')
    [segment] = template.segments
    assert segment.text == "See <1>the <2>page</2></1> now"
    assert template.render(["Voir <1>la <2>page</2></1>"]) == (
        'Voir <a href="/x?a=1&b=2" title="a > b">la <b>page</b></a>'
    )


def test_tags_around_everything_are_left_out() -> None:
    assert segments("<i><b>Hello</b></i>") == ["Hello"]
    assert segments("<b>Hello</b> <b>world</b>") == ["<1>Hello</1> <2>world</2>"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("one <b>two three", "one <1/>two three"),
        ("one </b> two", "one <1/> two"),
        ("one <a>two <b>three</a> four", "one <1>two <2/>three</1> four"),
        ("one <b>two <b>three</b> four", "one <1/>two <2>three</2> four"),
        ("one <B>two</b> three", "one <1>two</1> three"),
    ],
)
def test_a_tag_without_its_partner_is_alone(text: str, masked: str) -> None:
    assert segments(text) == [masked]
    assert again(text) == text


def test_masks_of_a_text_are_not_taken_for_those_made_here() -> None:
    assert segments("Take <1>this</1> and <b>that</b>") == ["Take <x1/>this<x2/> and <3>that</3>"]
    # Letters that are written as entities could make one.
    for text in ("a <&#120;1/> b {0}", "a <&#120;1> b {0}"):
        assert again(text, HTML) == text


@pytest.mark.parametrize("ending", ["-->", "]]>", "?>"])
def test_what_has_no_end_is_text(ending: str) -> None:
    begin = {"-->": "<!--", "]]>": "<![CDATA[", "?>": "<?"}[ending]
    assert segments(f"one {begin} two") == [f"one {begin} two"]
    assert segments(f"one {begin} two {ending} three") == ["one <x1/> three"]


def test_what_is_hidden_has_no_signs() -> None:
    assert segments("one <!-- {a: --> <b>two</b>} three") == ["one <x1/> <2>two</2>} three"]


def test_an_address_ends_before_what_ends_a_sentence() -> None:
    template = parse_template(
        "See https://example.com/a, then (www.example.org). Or https://x.org/a/!"
    )
    assert template.segments[0].tokens == [
        ("https://example.com/a",),
        ("www.example.org",),
        ("https://x.org/a/",),
    ]


# --- elements -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["script", "style", "pre"])
def test_a_block_that_is_not_translated_ends_a_segment(name: str) -> None:
    text = f"One <{name}>if (a<b) c('</p>')</{name}> two"
    assert segments(text, HTML) == ["One", "two"]
    assert again(text, HTML) == text


def test_an_element_ends_with_its_own_end() -> None:
    text = "one <x>two <x/> <x>three</x> four</x> five"
    assert segments(text, PLAIN._replace(ignore=frozenset({"x"}))) == ["one <x1/> five"]
    assert segments("one <code>two") == ["one <1/>two"]


def test_class_names_that_only_begin_so_do_not_count() -> None:
    text = '<i class="notranslate-not">one</i> two <i translate="yes">three</i> data-x'
    assert "<1>one</1>" in segments(text)[0]
    assert "<2>three</2>" in segments(text)[0]


def test_blocks_of_html_end_segments() -> None:
    text = "<ul><li>One</li><li>Two <b>three</b></li></ul>Four<br>five<br/>six<hr />seven<p></p>x"
    assert segments(text, HTML) == [
        "One",
        "Two <1>three</1>",
        "Four",
        "five",
        "six",
        "seven",
        "x",
    ]


def test_ignore_tags_stay_as_they_are() -> None:
    markup = XML._replace(ignore=frozenset({"keep"}))
    assert segments("<d>One <keep>two <b>three</b></keep> four</d>", markup) == ["One <x1/> four"]


def test_splitting_tags_end_a_segment_and_others_never_do() -> None:
    text = "<d>One <s>two</s> <p>three</p></d>"
    markup = XML._replace(splitting=frozenset({"s"}), inside=frozenset({"p"}))
    assert segments(text, markup) == ["One", "two", "three"]
    assert segments("One <p>two</p> three", XML) == ["One", "two", "three"]
    assert segments("One <p>two</p> three", markup) == ["One <1>two</1> three"]


def test_outline_detection_is_where_elements_follow_one_another() -> None:
    text = "<doc><head1>One</head1>\t<par>Two <w>three</w> four</par></doc>"
    outline = ["One", "Two <1>three</1> four"]
    assert segments(text, XML) == outline
    assert segments(text, XML._replace(outline=False)) == [
        "<1>One</1>\t<2>Two <3>three</3> four</2>"
    ]
    assert segments("One <p>two</p> three", XML._replace(outline=False)) == ["One <1>two</1> three"]
    assert segments(text, XML._replace(inside=frozenset({"par"}))) == [
        "<1>One</1>\t<2>Two <3>three</3> four</2>"
    ]
    assert segments("<y1>One</y1><y2>two</y2> three", XML) == ["One", "<1>two</1> three"]
    assert segments("<b>One</b> <i>two</i>", XML) == ["<1>One</1> <2>two</2>"]
    assert segments("<x1>One</x1> <x2>two</x2>", HTML) == ["<1>One</1> <2>two</2>"]


def test_only_html_has_tags_that_need_no_end() -> None:
    assert segments("One <img> two</img>", HTML) == ["One <x1/> two"]
    assert segments("One <img> two</img>", XML) == ["One <1> two</1>"]


# --- entities -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("caf&eacute; noir", "café noir"),
        ("don&#39;t", "don't"),
        ("don&rsquo;t", "don’t"),
        ("Donau&shy;dampf", "Donau\u00addampf"),
        ("می&zwnj;خواهم", "می\u200cخواهم"),
        ("&#1055;&#1088;&#1080;", "При"),
        ("R&amp;D", "R<x1/>D"),
        ("1990&ndash;2000 a", "1990<x1/>2000 a"),
        ("say &quot;hi&quot; now", "say <x1/>hi<x2/> now"),
        ("&lt;b&gt; is a tag", "b<x1/> is a tag"),
        ("&unknown; is", "is"),
    ],
)
@pytest.mark.parametrize("markup", [XML, HTML], ids=["xml", "html"])
def test_entities_inside_words_are_read_and_others_masked(
    text: str, read: str, markup: Markup
) -> None:
    assert segments(text, markup) == [read]


def test_a_text_without_markup_keeps_its_entities() -> None:
    for text in ("caf&eacute; noir", "don&#39;t go"):
        assert segments(text) == [text]
    assert segments("a &alpha; b") == ["a <x1/> b"]


@pytest.mark.parametrize("markup", [XML, HTML], ids=["xml", "html"])
def test_a_translation_into_markup_is_escaped(markup: Markup) -> None:
    template = parse_template("<p>One <b>two</b></p>", markup)
    assert template.render(["1 < 2 & <1>3 > 2</1> ]]> &amp; <b>"]) == (
        "<p>1 &lt; 2 &amp; <b>3 &gt; 2</b> ]]&gt; &amp;amp; &lt;b&gt;</p>"
    )


def test_a_translation_into_a_text_is_not() -> None:
    assert parse_template("One <b>two</b>").render(["1 < 2 & <1>3</1>"]) == "1 < 2 & <b>3</b>"


def test_signs_that_the_markup_itself_does_not_escape_are_not_either() -> None:
    template = parse_template("<p>AT&T, 3 < 5</p>", HTML)
    assert template.render(["AT&T : 3 < 5 > 2"]) == "<p>AT&T : 3 < 5 &gt; 2</p>"
    assert parse_template("a > b", XML).render(["a > b ]]> c & d"]) == "a > b ]]&gt; c &amp; d"


def test_a_segment_without_masks_is_its_translation() -> None:
    assert Segment("Hello").render("Bonjour") == "Bonjour"
