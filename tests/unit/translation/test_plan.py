from collections.abc import Callable
from typing import Any

import pytest

from core.errors import BadRequest, NotConfigured
from support.fakes import ports, run
from support.translators import LLM as QWEN
from support.translators import M2M100
from translation.engines.engine import Pair
from translation.engines.llm import LLM
from translation.job import Job, Style
from translation.languages.locales import Locale, find_locale
from translation.plan import (
    SHORT_CHARACTERS,
    SHORT_SENTENCES,
    SHORT_TEXTS,
    Group,
    Unit,
    leaves,
    untranslated,
)
from translation.text import segments
from translation.text.terms import Glossary


def locale(code: str) -> Locale:
    found = find_locale(code)
    assert found
    return found


def group(
    *texts: str, source: str = "en", target: str = "fr", sure: bool = True, **job: Any
) -> Group:
    made = Group(Job(list(texts), locale(target), **job), locale(source), is_certain=sure)
    for text in texts:
        made.add_template(segments.parse_template(text))
    return made


def chain(made: Group, engine: str = "auto") -> list[str]:
    """The models that have a go in turn; ``*`` behind one that is asked again, ``/`` behind a text
    model that gets pieces."""
    steps = run(made.steps(ports(TRANSLATION_ENGINE=engine)))
    return [
        ("llm" if step.engine.model == QWEN else "m2m100")
        + ("*" if step.is_retry else "")
        + ("/" if isinstance(step.engine, LLM) and step.engine.in_pieces else "")
        for step in steps
    ]


M2M100_FIRST = ["m2m100", "llm", "llm*"]
LLM_FIRST = ["llm", "llm*", "m2m100"]
LLM_ALONE = ["llm", "llm*", "llm/"]
M2M100_ALONE = ["m2m100", "m2m100*"]

# --- who has a go -------------------------------------------------------------------------------


def test_short_plain_texts_go_to_m2m100_first() -> None:
    assert chain(group("Hello world")) == M2M100_FIRST
    assert chain(group("Hello world", target="zh-TW")) == M2M100_FIRST
    assert chain(group("Hello world", target="sr-Latn")) == M2M100_FIRST
    assert chain(group("Hello world", target="en-US", source="de")) == M2M100_FIRST


@pytest.mark.parametrize(
    "made",
    [
        lambda: group("Hello", quality=True),
        lambda: group("Hello", style=Style("more")),
        lambda: group("Hello", style=Style("", "context")),
        lambda: group("Hello", style=Style("", "", ("Be brief.",))),
        lambda: group("Hello fox", glossary=Glossary("1", {"fox": "renard"})),
        lambda: group("Hello", sure=False),
        lambda: group("Hello", target="pt-BR"),
        lambda: group("Hello", target="en-GB", source="de"),
        lambda: group("Hello", target="yue"),
        lambda: group("Hello <b>big</b> world"),
        lambda: group("Hello {0}"),
        lambda: group(*(f"text {'abcdefghi'[number]}" for number in range(SHORT_TEXTS + 1))),
        lambda: group("a" * 500 + " " + "b" * (SHORT_CHARACTERS - 500)),
        lambda: group("A cat. " * 3 + "".join(f"{'B' * n} dog. " for n in range(2, 13))),
    ],
    ids=[
        *["quality", "formality", "context", "instructions", "terms", "unsure", "pt-BR", "en-GB"],
        *["yue", "tags", "placeholders", "texts", "characters", "sentences"],
    ],
)
def test_a_text_model_goes_first_where_it_does_better(made: Callable[[], Group]) -> None:
    assert chain(made()) == LLM_FIRST
    assert chain(made(), "m2m100") == M2M100_ALONE
    assert chain(made(), "llm") == LLM_ALONE


def test_limits_of_short_texts() -> None:
    assert chain(group(*(f"text {'abcdefgh'[number]}" for number in range(8)))) == M2M100_FIRST
    assert chain(group(*["same text"] * 50)) == M2M100_FIRST
    assert chain(group("a" * 499 + " " + "b" * 500)) == M2M100_FIRST
    sentences = "".join(f"{'B' * n} dog. " for n in range(2, 2 + SHORT_SENTENCES))
    assert chain(group(sentences)) == M2M100_FIRST
    assert chain(group("Hello cat", glossary=Glossary("1", {"fox": "renard"}))) == M2M100_FIRST


@pytest.mark.parametrize(("source", "target"), [("te", "en"), ("en", "te"), ("eu", "te")])
def test_languages_m2m100_does_not_support_go_to_the_text_model_alone(
    source: str, target: str
) -> None:
    made = group("Hello", source=source, target=target)
    assert chain(made) == chain(made, "llm") == LLM_ALONE


@pytest.mark.parametrize(
    ("source", "target", "param"),
    [
        ("te", "en", "source_lang"),
        ("en", "te", "target_lang"),
        ("eu", "te", "source_lang"),
        ("zh", "yue", "target_lang"),
    ],
)
def test_rejects_languages_that_the_only_engine_does_not_support(
    source: str, target: str, param: str
) -> None:
    with pytest.raises(BadRequest) as caught:
        chain(group("Hello", source=source, target=target), "m2m100")
    assert caught.value.status == 400
    assert caught.value.code == "unsupported_language"
    assert caught.value.param == param


def test_the_text_model_is_the_settings() -> None:
    steps = run(
        group("Hello", quality=True).steps(
            ports(TRANSLATION_MODEL="@cf/meta/llama-3.2-1b-instruct")
        )
    )
    assert [step.engine.model for step in steps] == [
        "@cf/meta/llama-3.2-1b-instruct",
        "@cf/meta/llama-3.2-1b-instruct",
        M2M100,
    ]


# --- what goes to the engines -------------------------------------------------------------------


def test_equal_texts_are_one_unit() -> None:
    made = group("Hello\nworld", "Hello", " Hello ")
    assert list(made.units) == ["Hello", "world"]


@pytest.mark.parametrize(
    ("source", "target", "sure"),
    [("fr", "fr", True), ("en", "en", True), ("en", "en", False), ("en", "en-GB", True)]
    + [("pt-PT", "pt-BR", True), ("zh-TW", "zh-CN", True), ("sr", "sr-Latn", True)]
    + [("yue", "yue", True), ("wyw", "wyw", True)],
)
def test_nothing_is_translated_from_a_language_into_itself(
    source: str, target: str, sure: bool
) -> None:
    assert not group("Hello", source=source, target=target, sure=sure).units


@pytest.mark.parametrize(
    ("source", "target", "sure"),
    [("fr", "fr", False), ("zh", "yue", True), ("zh", "wyw", True), ("yue", "wyw", True)]
    + [("yue", "zh", True), ("wyw", "zh-TW", True)],
)
def test_texts_of_a_guessed_language_are_translated_into_it(
    source: str, target: str, sure: bool
) -> None:
    assert group("Hello", source=source, target=target, sure=sure).units


def test_a_piece_of_one_text_may_be_another_text() -> None:
    made = group("One.", "One. Two.")
    [first, *_] = run(made.steps(ports()))
    units = made.cut(made.units.values(), first.engine)
    assert [unit.text for unit in units] == ["One.", "Two."]
    for unit in units:
        unit.result = unit.text.upper()
    assert [made.units[text].write() for text in ("One.", "One. Two.")] == ["ONE.", "ONE. TWO."]


def test_each_engine_cuts_units_anew() -> None:
    made = group("One <b>big</b> cat. Two.")
    llm, _, m2m100 = run(made.steps(ports()))
    [unit] = made.cut(made.units.values(), llm.engine)
    assert unit.text == "One <1>big</1> cat. Two."
    pieces = made.cut([unit], m2m100.engine)
    assert [piece.text for piece in pieces] == ["One", "big", "cat.", "Two."]
    assert [part if isinstance(part, str) else part.text for part in unit.parts] == [
        *("", "One", " <1>", "big", "</1> ", "cat.", " ", "Two.", "")
    ]
    pieces[1].result = "gros"
    assert unit.write() == "One <1>gros</1> cat. Two."
    assert untranslated([unit]) == [pieces[0], pieces[2], pieces[3]]


def test_leaves_are_units_that_are_not_cut_any_further() -> None:
    whole, left, right = Unit("a b"), Unit("a"), Unit("b")
    assert leaves([whole]) == untranslated([whole]) == [whole]
    whole.parts = ["", left, " ", right, ""]
    assert leaves([whole, left]) == [left, right]
    left.result = "A"
    assert untranslated([whole]) == [right]
    assert whole.write() == "A b"
    whole.result = "X"
    assert leaves([whole]) == [whole]
    assert untranslated([whole]) == []
    assert whole.write() == "X"


# --- keys of the memory -------------------------------------------------------------------------


def key(made: Group, engine: str = "auto", text: str = "Hello", owner: str = "me") -> str:
    [first, *_] = run(made.steps(ports(TRANSLATION_ENGINE=engine)))
    return made.key_maker(first.engine, owner)(text)


def test_keys_depend_on_all_that_a_translation_depends_on() -> None:
    made = [
        key(group("Hello")),
        key(group("Hello"), "llm"),
        key(group("Hello"), owner=""),
        key(group("Hello"), text="Hello."),
        key(group("Hello", source="de")),
        key(group("Hello", target="es")),
        key(group("Hello", target="zh")),
        key(group("Hello", target="zh-TW")),
        key(group("Hello", target="zh-HK")),
        key(group("Hello", quality=True, source="de")),
        key(group("Hello", sure=False, target="pt-BR")),
        key(group("Hello", target="pt-BR")),
        key(group("Hello", target="pt-PT")),
        key(group("Hello", style=Style("more"))),
        key(group("Hello", style=Style("less"))),
        key(group("Hello", style=Style("", "more"))),
        key(group("Hello", style=Style("", "", ("more",)))),
        key(group("Hello", style=Style("", "", ("more", "less")))),
        key(group("Hello", style=Style("", "", ("moreless",)))),
        key(group("Hello", glossary=Glossary("1", {"fox": "x"}))),
        key(group("Hello", glossary=Glossary("2", {"fox": "x"}))),
        # m2m100 is told even what is a guess.
        key(group("Hello", source="it", sure=False), "m2m100"),
        key(group("Hello", source="nl", sure=False), "m2m100"),
    ]
    assert len(set(made)) == len(made)
    assert all(len(one) == 64 for one in made)


def test_equal_conditions_have_equal_keys() -> None:
    assert key(group("Hello")) == key(group("Other", "Hello", quality=False))
    assert key(group("Hello", target="zh")) == key(group("Hello", target="zh-CN"))
    assert key(group("Hello", quality=True)) == key(group("Hello"), "llm")
    guesses = [key(group("Hello", source=code, sure=False)) for code in ("it", "nl")]
    assert guesses[0] == guesses[1]


def test_pairs_are_of_the_job() -> None:
    assert group("Hello", source="de", sure=False).pair == Pair(locale("de"), locale("fr"), False)


@pytest.mark.parametrize(
    "model",
    ["no-such-model", "@cf/baai/bge-m3", "@cf/meta/m2m100-1.2b", "@cf/meta/llama-3-8b-instruct"],
)
def test_reports_a_setting_that_names_no_text_model(model: str) -> None:
    """The operator's to mend: no fault of the request."""
    with pytest.raises(NotConfigured) as caught:
        run(group("Hello").steps(ports(TRANSLATION_MODEL=model)))
    assert (caught.value.status, caught.value.code) == (503, "invalid_setting")
    assert "TRANSLATION_MODEL" in caught.value.message
