from typing import Any

import pytest

from core.errors import APIError, truncated
from support.fakes import FakeAI, FakeReply, answer, failure, ports, request, run
from translation.engines.engine import Outcome, Pair
from translation.engines.m2m100 import M2M100
from translation.languages.locales import find_locale
from translation.text.terms import NO_GLOSSARY, Glossary, Terms
from workers_ai import tokens


def pair(source: str = "en", target: str = "fr", *, sure: bool = True) -> Pair:
    found = find_locale(source), find_locale(target)
    assert found[0] and found[1]
    return Pair(found[0], found[1], sure)


def engine(
    languages: Pair | None = None, glossary: Glossary = NO_GLOSSARY, *, by_sentence: bool = True
) -> M2M100:
    terms = Terms(glossary, " ".join(glossary.entries))
    return M2M100(languages or pair(), terms, by_sentence=by_sentence)


def outcomes(*replies: FakeReply, languages: Pair | None = None) -> tuple[list[Outcome], FakeAI]:
    ai = FakeAI(*replies)
    texts = [[f"text {number}"] for number in range(len(replies))]
    asked = engine(languages).run(texts, ports(ai), request("POST", "/translate"))
    return run(asked), ai


@pytest.mark.parametrize(
    ("source", "target", "sure", "knows"),
    [
        ("en", "fr", True, True),
        ("te", "en", True, False),
        ("en", "te", True, False),
        ("zh", "yue", True, False),
        ("en", "yue", True, True),
        ("fr", "fr", False, True),
    ],
)
def test_supports_pairs_of_its_languages(source: str, target: str, sure: bool, knows: bool) -> None:
    assert M2M100.supports(pair(source, target, sure=sure)) == knows


def test_sends_sentences_one_by_one() -> None:
    assert engine().cut("One cat. Two dogs!  Three.") == [
        *["", "One cat.", " ", "Two dogs!", "  "],
        *["Three.", ""],
    ]
    assert engine(pair("zh", "en")).cut("你好。再见。") == ["", "你好。", " ", "再见。", ""]
    assert engine(pair("de", "zh")).cut("Am 3. Mai. Ja.") == ["", "Am 3. Mai.", "", "Ja.", ""]


def test_keeps_sentences_together_on_request() -> None:
    text = "One cat. Two dogs!"
    assert engine(by_sentence=False).cut(text) == ["", text, ""]


def test_cuts_long_sentences() -> None:
    text = "one two three four five, " * 20
    parts = engine().cut(text)
    assert "".join(parts) == text
    assert len(parts) > 5
    assert all(len(part) <= 200 for part in parts)


def test_masks_and_terms_are_never_sent() -> None:
    glossary = Glossary("1", {"red fox": "renard roux"})
    assert engine(glossary=glossary).cut("See <1>the Red Fox</1> <x2/>. 12 <x3/> Run.") == [
        *["", "See", " <1>", "the", " renard roux</1> <x2/>. 12 <x3/> ", "Run.", ""]
    ]
    assert engine(glossary=glossary).cut("red fox") == ["renard roux"]


def test_one_text_a_call() -> None:
    assert engine().batches(["a", "b"]) == [["a"], ["b"]]


def test_the_calls() -> None:
    got, ai = outcomes(answer({"translated_text": " un "}), answer({"translated_text": "deux"}))
    assert [list(one.texts) for one in got] == [["un"], ["deux"]]
    assert [(call.model, call.inputs) for call in ai.calls] == [
        ("@cf/meta/m2m100-1.2b", {"text": text, "source_lang": "en", "target_lang": "fr"})
        for text in ("text 0", "text 1")
    ]
    tokens_used = tokens.estimate("text 0") + tokens.estimate("un")
    assert got[0].neurons == pytest.approx(tokens_used * 31_050 / 1e6)
    assert got[0].error is None


@pytest.mark.parametrize(
    ("languages", "codes"),
    [
        (pair("zh-TW", "pt-BR"), ("zh", "pt")),
        (pair("nb", "iw"), ("no", "he")),
        (pair("fr", "fr", sure=False), ("en", "fr")),
        (pair("fil", "sr-Latn"), ("tl", "sr")),
    ],
)
def test_languages_are_the_models_own_codes(languages: Pair, codes: tuple[str, str]) -> None:
    _, ai = outcomes(answer({"translated_text": "x"}), languages=languages)
    inputs = ai.calls[0].inputs
    assert (inputs["source_lang"], inputs["target_lang"]) == codes


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"{}",
        b'{"translated_te',
        b'{"translated_text": null}',
        b'{"translated_text": 5}',
    ]
    + [b"<html>", b"[" * 5000, b"\xff"],
)
def test_an_answer_of_another_shape_is_a_failure_of_the_service(body: bytes) -> None:
    got, _ = outcomes(FakeReply(body), answer({"translated_text": "deux"}))
    assert [list(one.texts) for one in got] == [[None], ["deux"]]
    assert got[0].error and (got[0].error.status, got[0].error.code) == (502, "upstream_error")


def test_an_error_is_the_outcome_of_its_call_without_retries() -> None:
    got, ai = outcomes(failure(3040, 429), answer({"translated_text": "deux"}), failure(3030))
    assert [one.error.code if one.error else None for one in got] == [
        "capacity_exceeded",
        None,
        "content_policy_violation",
    ]
    assert [list(one.texts) for one in got] == [[None], ["deux"], [None]]
    assert got[0].neurons == 0
    assert len(ai.calls) == 3


class Broken(FakeReply):
    async def read(self, limit: int | None = None) -> bytes:
        raise truncated()


def test_an_answer_that_breaks_off_is_an_error() -> None:
    got, _ = outcomes(Broken(), answer({"translated_text": "deux"}))
    assert isinstance(got[0].error, APIError)
    assert list(got[1].texts) == ["deux"]


def test_every_translation_has_the_terms_that_were_taken_out() -> None:
    glossary: Any = Glossary("1", {"fox": "renard"})
    assert engine(glossary=glossary).keeps_terms("fox", "goupil")
