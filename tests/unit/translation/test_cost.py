"""What a text costs: in proportion to its length, whatever it is made of, and up to a limit."""

from collections.abc import Callable

import pytest

from core.errors import TooLarge
from core.limits import TRANSLATION_SIGNS, TRANSLATION_TEXTS
from support.exchange import send
from support.steps import CountedText, assert_linear
from support.translation_requests import DIALECTS, Dialect
from support.translators import LLM as LLM_ID
from support.translators import Translators
from translation import guards
from translation.engines.engine import Pair, alternate, split_at_masks_and_terms
from translation.engines.llm import LLM
from translation.engines.m2m100 import M2M100
from translation.job import PLAIN_STYLE
from translation.languages import detection, locales
from translation.service import parse_texts
from translation.text import masks, sentences
from translation.text.markup import PLAIN, Markup
from translation.text.segments import parse_template, parse_templates
from translation.text.terms import NO_GLOSSARY, Terms
from translation.variants import chinese, serbian
from workers_ai.catalogue.models import MODELS

UNITS = (
    ["a", "a ", "a\n", "a\r\n", "\u2028a", "1\n", "字", "字。", "a字", "aб中か", "e\u0301"]
    + ["\u0301", "<b>", "a<b>", "<b>a</b>", "</b>", "<p>", "<p>a", "<br>a", "<a", "<<"]
    + ["<!--", "<?", "<![CDATA[", "<code>", "<code>a</code>", "<a translate=no>", "<a x='"]
    + ["<i></i>", "<1>", "</1>", "< 1 / >", "{", "{{", "{0}", "a{0}", "{a, plural, ", "{a:"]
    + ["}", "{\\", "${a}", "[[1]]", "[1", "@1#", ":a:", "&", "&amp;", "&amp;a", "a&#97;"]
    + ["&#x61;", "%s", "%1$s", "%3C", "%C3%A9", "%(a)s", "100% ", "http://", "http://a "]
    + ["http://{", "www.a.b ", "a@b.c ", "._", "a@", ". ", "A. ", "1. ", "a. b ", "A! "]
    + ["(", '"', "“", ", ", "; ", "-"]
)
"""What texts are made of here."""
SIZE = 1_000
"""Characters, of which twice as many may still have fewer signs than there may be."""

ENGLISH, CHINESE = (locales.find_or_english(code) for code in ("en", "zh"))
PAIR = Pair(ENGLISH, CHINESE)
MODEL = next(model for model in MODELS if model.id == LLM_ID)


def made_of(unit: str, size: int) -> CountedText:
    return CountedText("a " + unit * (size // len(unit)) + " b")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "markup", [PLAIN, Markup("xml"), Markup("html", lines=False)], ids=["plain", "xml", "html"]
)
def test_parsing_and_writing_is_linear(unit: str, markup: Markup) -> None:
    def work(size: int) -> None:
        template = parse_template(made_of(unit, size), markup)
        template.render([CountedText("字" * len(segment.text)) for segment in template.segments])
        template.render([CountedText(segment.text) for segment in template.segments])

    assert_linear(work, SIZE)


@pytest.mark.parametrize("unit", UNITS)
def test_cutting_is_linear(unit: str) -> None:
    terms = Terms(NO_GLOSSARY, "")

    def work(size: int) -> None:
        M2M100(PAIR, terms).cut(made_of(unit, size))
        for in_pieces in (False, True):
            LLM(MODEL, PAIR, PLAIN_STYLE, terms, in_pieces=in_pieces).cut(made_of(unit, size))

    assert_linear(work, 10 * SIZE)


@pytest.mark.parametrize("unit", UNITS)
def test_judging_is_linear(unit: str) -> None:
    def work(size: int) -> None:
        text = made_of(unit, size)
        for translated in (text, CountedText(text.replace("a", "字"))):
            masks.restore_masks(text, translated)
            guards.is_acceptable(text, translated, PAIR)

    assert_linear(work, 10 * SIZE)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "convert",
    [chinese.to_simplified, lambda text: chinese.to_traditional(text, "tw"), serbian.to_latin],
    ids=["hans", "tw", "latn"],
)
def test_respelling_is_linear(unit: str, convert: Callable[[str], str]) -> None:
    assert_linear(lambda size: convert(made_of(unit, size)), 10 * SIZE)


@pytest.mark.parametrize("unit", UNITS)
def test_detection_is_linear(unit: str) -> None:
    def work(size: int) -> None:
        texts = [made_of(unit, size)] * 2
        script = detection.detect(texts).script
        detection.differing_language(texts[0], script)

    assert_linear(work, 10 * SIZE)


def test_several_texts_are_linear() -> None:
    texts = ["Where is it?", "Где это находится?", "هذا هو البيت", "", "12"]
    assert_linear(lambda size: parse_texts(texts * size), 50)


def test_line_ends_are_put_back_in_linear_time() -> None:
    def work(size: int) -> None:
        template = parse_template("a\n" * size + "b", Markup("html", lines=False))
        template.render([CountedText("字" * (2 * size))])

    assert_linear(work, 1_200)


def test_a_stop_that_ends_no_sentence_is_looked_at_a_few_times() -> None:
    assert_linear(lambda size: list(sentences.split_to_length("A. " * size, 1000)), 5_000)


def test_pieces_that_stay_are_gathered_in_linear_time() -> None:
    def work(size: int) -> None:
        terms = Terms(NO_GLOSSARY, "")
        pieces = split_at_masks_and_terms(CountedText("a <x1/>" + " 1 <x1/>" * size), terms)
        alternate(((CountedText(piece), yes) for piece, yes in pieces), CHINESE)

    assert_linear(work, 1_000)


# --- limits -------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["a\n", "<b>", "&amp;", "{0}", "%s "])
def test_the_signs_of_a_request_are_limited(unit: str) -> None:
    most = unit * TRANSLATION_SIGNS
    assert parse_template(most).parts
    half = unit * (TRANSLATION_SIGNS // 2)
    assert len(parse_templates([half, half])) == 2
    for texts in ([most + unit], [half, half, unit], [unit + most]):
        with pytest.raises(TooLarge) as caught:
            parse_templates(texts)
        assert f"{TRANSLATION_SIGNS:,}" in caught.value.message


def test_beyond_the_limit_nothing_more_is_read() -> None:
    def work(times: int) -> None:
        with pytest.raises(TooLarge):
            parse_template("a\n" * TRANSLATION_SIGNS * (1 + times))

    assert_linear(work, 1)


def test_the_texts_of_a_request_are_limited() -> None:
    assert len(parse_templates(["a"] * TRANSLATION_TEXTS)) == TRANSLATION_TEXTS
    with pytest.raises(TooLarge) as caught:
        parse_templates([""] * (TRANSLATION_TEXTS + 1))
    assert f"{TRANSLATION_TEXTS:,}" in caught.value.message


@pytest.mark.parametrize("dialect", DIALECTS, ids=[dialect.answer for dialect in DIALECTS])
def test_every_client_is_told_the_limit_before_a_model_is_called(dialect: Dialect) -> None:
    method, target, body = dialect.request("a\n" * 40_000)
    got = send(method, target, body, ai=Translators())
    assert (got.status in (400, 413), got.ai.calls) == (True, [])
    assert f"{TRANSLATION_SIGNS:,}" in got.body.decode()


def test_a_detection_has_the_same_limit() -> None:
    got = send("POST", "/detect", {"q": "a\n" * 45_000})
    assert got.status == 400
    assert f"{TRANSLATION_SIGNS:,}" in got.json["error"]
