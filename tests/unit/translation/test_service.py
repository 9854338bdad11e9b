from collections.abc import Callable
from typing import Any

import pytest

from support.fakes import ports, request, run
from support.translators import M2M100, Translators, instruction_of, respelt
from translation import service
from translation.job import Job, Translations
from translation.languages.detection import Detection
from translation.languages.locales import Locale, find_locale
from translation.text.markup import Markup


def locale(code: str) -> Locale:
    found = find_locale(code)
    assert found
    return found


def translate(
    *texts: str,
    source: str | None = "en",
    target: str = "fr",
    ai: Translators | None = None,
    **job: Any,
) -> Translations:
    asked = Job(list(texts), locale(target), locale(source) if source else None, **job)
    return run(
        service.translate_job(asked, ports(ai or Translators()), request("POST", "/translate"))
    )


@pytest.fixture
def detects(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[list[str]]]:
    """Says what the detection finds: a language, and of single texts that of their scripts."""

    def finds(code: str, confidence: float = 1.0, **scripts: str) -> list[list[str]]:
        asked: list[list[str]] = []

        def detect(texts: list[str]) -> Detection:
            asked.append(list(texts))
            return Detection(code, confidence)

        monkeypatch.setattr("translation.languages.detection.detect", detect)
        monkeypatch.setattr(
            "translation.languages.detection.differing_language",
            lambda text, script: scripts.get(text),
        )
        return asked

    return finds


def test_as_many_texts_come_out_as_go_in_in_order() -> None:
    texts = ["One", "", "Two", " ", "One", "12", "\n"]
    done = translate(*texts)
    assert done.texts == ["[fr] One", "", "[fr] Two", " ", "[fr] One", "12", "\n"]
    assert done.sources == [locale("en")] * 7
    assert done.confidence == 1.0
    assert translate().texts == []


def test_a_text_is_put_together_again() -> None:
    text = "  First line. Second one.\r\n\r\n\t- <b>Item</b> {0}\n3 < 5\n"
    [got] = translate(text).texts
    assert (
        got == ("  [French] First line. Second one.\r\n\r\n\t- [French] <b>Item</b> {0}\n3 < 5\n")
        or got == "  [French] First line. Second one.\r\n\r\n\t[French] - <b>Item</b> {0}\n3 < 5\n"
    )


def test_markup_is_the_jobs() -> None:
    html = Markup("html", lines=False)
    [got] = translate("<p>R&amp;D\nis <b>fun</b></p>", markup=html).texts
    assert got == "<p>[French]\nR&amp;D is <b>fun</b></p>"


# --- the source's language -----------------------------------------------------------------------


def test_uses_the_source_of_the_job(detects: Callable[..., list[list[str]]]) -> None:
    asked = detects("de")
    done = translate("Hello", source="it")
    assert done.sources == [locale("it")]
    assert asked == []


def test_detects_the_source_by_one_vote_over_all_texts(
    detects: Callable[..., list[list[str]]],
) -> None:
    asked = detects("de", 0.8)
    ai = Translators()
    done = translate("Hallo <b>du</b>", "12", "Welt\nda", source=None, ai=ai)
    assert asked == [["Hallo <1>du</1>", "", "Welt\nda"]]
    assert done.sources == [locale("de")] * 3
    assert done.confidence == 0.8
    assert "from German into French" in instruction_of(ai.calls[0])


def test_a_text_in_another_script_has_another_source(
    detects: Callable[..., list[list[str]]],
) -> None:
    detects("de", 0.3, Привет="ru", 你好="zh")
    ai = Translators(translate=respelt)
    done = translate("Hallo", "Привет", "你好", source=None, target="zh", ai=ai)
    assert done.sources == [locale("de"), locale("ru"), locale("zh")]
    assert done.texts[2] == "你好"
    # The vote is not certain, the scripts are.
    by_text = {tuple(batch): call for batch, call in zip(ai.batches, ai.calls, strict=True)}
    assert by_text["Привет",].inputs["source_lang"] == "ru"
    assert instruction_of(by_text["Hallo",]).startswith("Translate into ")


def test_a_text_alone_is_what_the_vote_says(detects: Callable[..., list[list[str]]]) -> None:
    detects("uk", 0.9, Привет="ru")
    assert translate("Привет", source=None).sources == [locale("uk")]


@pytest.mark.parametrize(("confidence", "sure"), [(0.5, True), (0.49, False), (0.0, False)])
def test_a_source_that_is_not_certain_is_left_to_a_text_model(
    confidence: float, sure: bool, detects: Callable[..., list[list[str]]]
) -> None:
    detects("de", confidence)
    ai = Translators()
    translate("Hallo", source=None, ai=ai)
    assert (ai.asked == [M2M100]) == sure
    if not sure:
        assert instruction_of(ai.calls[0]).startswith("Translate into French.")


def test_takes_an_unknown_language_for_english(
    detects: Callable[..., list[list[str]]],
) -> None:
    detects("xx", 0.9)
    assert translate("Hello", source=None).sources == [locale("en")]


# --- from a language into itself ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target"),
    [("fr", "fr"), ("en-US", "en-GB"), ("pt", "pt-BR"), ("nb", "nn"), ("zh-TW", "zh-Hant")],
)
def test_the_same_language_is_unchanged(source: str, target: str) -> None:
    ai = Translators()
    text = " A <b>text</b>\n 頭髮 后 &amp;"
    assert translate(text, source=source, target=target, ai=ai).texts == [text]
    assert not ai.calls


@pytest.mark.parametrize(
    ("source", "target", "text", "converted"),
    [
        ("zh", "zh-TW", "软件 <b>头发</b>\n{头发}", "軟體 <b>頭髮</b>\n{头发}"),
        ("zh-CN", "zh-HK", "软件", "軟件"),
        ("zh-TW", "zh-CN", "頭髮", "头发"),
        ("zh-TW", "zh", "頭髮", "头发"),
        ("zh", "zh", "頭髮", "头发"),
        ("sr", "sr-Latn", "Здраво {x}", "Zdravo {x}"),
        ("sr-Cyrl", "sr-Latn", "Здраво", "Zdravo"),
    ],
)
def test_scripts_of_a_language_are_converted(
    source: str, target: str, text: str, converted: str
) -> None:
    ai = Translators()
    assert translate(text, source=source, target=target, ai=ai).texts == [converted]
    assert not ai.calls


def test_words_that_only_look_like_the_targets_language_are_translated(
    detects: Callable[..., list[list[str]]],
) -> None:
    detects("fr", 0.2)
    assert translate("Bonjour", source=None).texts == ["[French] Bonjour"]
    detects("fr", 0.9)
    assert translate("Bonjour", source=None).texts == ["Bonjour"]


def test_cantonese_is_more_than_a_spelling() -> None:
    [text] = translate("软件", source="zh", target="yue").texts
    assert text == "[Cantonese in Traditional characters] 軟件"
