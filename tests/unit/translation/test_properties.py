"""What holds of every translation, whatever the texts are and whatever the engines do."""

import json
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import APIError
from storage import translations
from support import texts
from support.fakes import ports, request, run
from support.translators import Translators, respelt
from translation import service
from translation.job import Job
from translation.languages import locales
from translation.text.markup import Markup
from translation.text.terms import Glossary

REQUEST = request("POST", "/translate")

# --- engines that go wrong ---------------------------------------------------------------------

INVENTED = (
    "<1>",
    "</1>",
    "<2/>",
    "<x1/>",
    "<x7/>",
    "< x1 / >",
    "<b>",
    "</b>",
    "{0}",
    "{{x}}",
    "@0#",
    " %s ",
    "[1]",
    "&amp;",
    "&lt;1&gt;",
    "&undefined;",
    "&",
    "<",
    ">",
    "]]>",
    "<!--",
    "\n",
    "\r",
    "\u2028",
    "\x00",
    "\x1b",
    "\ud83d",
    "\uffff",
)
RUBBISH = (
    "",
    "   ",
    "\n",
    "...",
    "null",
    "{}",
    '{"11": "x"}',
    "```\n```",
    "Sure, here is the translation: x",
    "I'm sorry, but I can't assist with that.",
    "that's it, " * 30,
    "哈哈" * 60,
    "x" * 3000,
    None,
    3030,
    3040,
    3043,
    5007,
)


def _at_random(random: Random, text: str, insert: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + insert + text[at:]


def _without_a_part(random: Random, text: str) -> str:
    start = random.randint(0, len(text))
    return text[:start] + text[random.randint(start, len(text)) :]


def _shuffled(random: Random, text: str) -> str:
    words = text.split(" ")
    random.shuffle(words)
    return " ".join(words)


_WAYS: tuple[Callable[[Random, str, str], object], ...] = (
    lambda random, text, target: respelt(text, target),
    lambda random, text, target: respelt(text, target),
    lambda random, text, target: text,
    lambda random, text, target: text * 2,
    lambda random, text, target: text.swapcase(),
    lambda random, text, target: text.replace("<", " < ").replace(">", " > "),
    lambda random, text, target: text.replace("<", "&lt;"),
    lambda random, text, target: text.translate({ord(sign): None for sign in "<>/"}),
    lambda random, text, target: _without_a_part(random, respelt(text, target)),
    lambda random, text, target: _shuffled(random, respelt(text, target)),
    lambda random, text, target: _at_random(random, respelt(text, target), random.choice(INVENTED)),
    lambda random, text, target: random.choice(RUBBISH),
)

_CONTENTS: tuple[Callable[[Random, dict[str, str]], str], ...] = (
    lambda random, kept: json.dumps(kept),
    lambda random, kept: json.dumps(kept),
    lambda random, kept: f"```json\n{json.dumps(kept)}\n```",
    lambda random, kept: json.dumps(kept)[: random.randint(0, 200)],
    lambda random, kept: json.dumps({str(n): kept[key] for n, key in enumerate(kept, 1)}),
    lambda random, kept: json.dumps({str(n): kept[key] for n, key in enumerate(kept)}),
    lambda random, kept: json.dumps(dict(list(kept.items())[random.randint(0, 3) :])),
    lambda random, kept: json.dumps(list(kept.values())),
    lambda random, kept: json.dumps(dict.fromkeys(kept, random.choice([1, None, "", [], "x"]))),
    lambda random, kept: "\n".join(map(str, kept.values())),
    lambda random, kept: "no JSON",
    lambda random, kept: "[" * 5000,
)


def engines(random: Random, *, wrong: bool) -> Translators:
    """``wrong``: each text and each answer may come out in another way of being wrong."""
    if not wrong:
        return Translators(translate=respelt)

    def translate(text: str, target: str) -> object:
        return random.choice(_WAYS)(random, text, target)

    def content(data: dict[str, str], answered: str) -> str:
        return random.choice(_CONTENTS)(random, json.loads(answered))

    return Translators(translate=translate, content=content)


def translate(job: Job, ai: Translators, engine: str) -> list[str] | None:
    """The translations; None where the request failed, in a way that is foreseen."""
    translations.recent.clear()  # examples follow one another within one test
    try:
        done = run(service.translate_job(job, ports(ai, TRANSLATION_ENGINE=engine), REQUEST))
    except APIError as error:
        assert error.code != "internal_error"
        return None
    finally:
        assert len(ai.calls) <= 45
    assert len(done.texts) == len(done.sources) == len(job.texts)
    return list(done.texts)


# --- what holds ----------------------------------------------------------------------------------

EN, FR, ZH = (locales.LANGUAGES[code] for code in ("en", "fr", "zh"))
targets = st.sampled_from(["fr", "zh", "zh-TW", "ru", "pt-BR", "ar"]).map(locales.find_locale)
markups = st.builds(
    Markup,
    st.sampled_from(["", "xml", "html"]),
    ignore=st.sampled_from([frozenset(), frozenset({"a", "x"})]),
    splitting=st.sampled_from([frozenset(), frozenset({"b", "span"})]),
    inside=st.sampled_from([frozenset(), frozenset({"br", "p"})]),
    outline=st.booleans(),
    lines=st.booleans(),
)
options = st.fixed_dictionaries(
    {
        "quality": st.booleans(),
        "sentences": st.booleans(),
        "glossary": st.sampled_from([Glossary(), Glossary("1", {"fox": "renard", "world": "x1"})]),
    }
)
engine_settings = st.sampled_from(["auto", "m2m100", "llm"])


def check(source: str, translated: str, markup: Markup) -> None:
    assert texts.line_ends(translated) == texts.line_ends(source)
    # A translation of one letter has no room for a line end inside.
    if markup.lines:
        assert texts.blanks_around(translated) == texts.blanks_around(source)
    for sign in texts.SIGNS:
        # In markup an ampersand of the model's own is written so.
        more = sign == "&amp;" and markup.kind and translated.count(sign) > source.count(sign)
        assert more or translated.count(sign) == source.count(sign), sign


@given(
    st.lists(texts.texts, min_size=1, max_size=4),
    targets,
    markups,
    options,
    engine_settings,
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_lines_blanks_and_signs_stay(
    given_texts: list[str],
    target: locales.Locale,
    markup: Markup,
    options: dict[str, Any],
    engine: str,
    random: Random,
    wrong: bool,
) -> None:
    source = locales.Locale(EN)
    job = Job(given_texts, target, source, markup, **options)
    translated = translate(job, engines(random, wrong=wrong), engine)
    for before, after in zip(given_texts, translated or (), strict=False):
        check(before, after, markup)


def elements(document: str) -> Counter[tuple[str, tuple[tuple[str, str], ...]]]:
    root = ElementTree.fromstring(document)
    return Counter((element.tag, tuple(sorted(element.attrib.items()))) for element in root.iter())


@given(texts.xml, targets, markups, engine_settings, st.randoms(use_true_random=False))
def test_well_formed_xml_stays_well_formed(
    document: str, target: locales.Locale, markup: Markup, engine: str, random: Random
) -> None:
    before = elements(document)
    job = Job([document], target, locales.Locale(EN), markup._replace(kind="xml"))
    ai = engines(random, wrong=True)
    for translated in translate(job, ai, engine) or ():
        assert elements(translated) == before


@pytest.mark.parametrize("engine", ["auto", "m2m100", "llm"])
@given(st.lists(st.sampled_from(["Hello world", "", " \n", "12", "Good day."]), max_size=60))
def test_engines_that_work_translate_everything(engine: str, given_texts: list[str]) -> None:
    job = Job(given_texts, locales.Locale(FR), locales.Locale(EN))
    ai = Translators(translate=lambda text, target: f"Ah, {text}")
    translated = translate(job, ai, engine)
    words = {"Hello world", "Good day."}
    assert translated == [f"Ah, {one}" if one in words else one for one in given_texts]
    assert set(ai.texts) == words & set(given_texts)
