import pytest

from translation.engines.engine import alternate, split_at_masks_and_terms
from translation.languages.locales import LANGUAGES, Locale
from translation.text.terms import NO_GLOSSARY, Glossary, Terms

FR, ZH, JA, TH = (Locale(LANGUAGES[code]) for code in ("fr", "zh", "ja", "th"))


@pytest.mark.parametrize(
    ("pieces", "parts"),
    [
        ([], [""]),
        ([("a", True)], ["", "a", ""]),
        ([(" a\t", True)], [" ", "a", "\t"]),
        ([("<x1/>", False), (" a", True)], ["<x1/> ", "a", ""]),
        ([("a", True), ("\t", False), ("b", True)], ["", "a", "\t", "b", ""]),
        ([("12", True), ("a", True), ("…", True)], ["12", "a", "…"]),
        ([("a", True), ("-", True), ("b", True)], ["", "a", "-", "b", ""]),
        ([(" ", True), ("", True)], [" "]),
    ],
)
def test_alternates_parts_that_stay_and_parts_that_are_translated(
    pieces: list[tuple[str, bool]], parts: list[str]
) -> None:
    assert alternate(pieces, FR) == parts


@pytest.mark.parametrize(
    ("target", "between", "after"),
    [
        (FR, " ", " "),
        (FR, "", " "),
        (TH, "", " "),
        (ZH, " ", ""),
        (JA, " ", ""),
        (ZH, "", ""),
        (ZH, " <x1/> ", " <x1/> "),
        (FR, "  ", "  "),
    ],
)
def test_sentences_are_joined_as_the_target_joins_them(
    target: Locale, between: str, after: str
) -> None:
    assert alternate([("A.", True), (between, False), ("B.", True)], target)[2] == after
    assert alternate([(" A.", True), (" ", False)], target) == [" ", "A.", " "]


def test_every_two_sentences_are_joined() -> None:
    sentences = [(f"{letter}。", True) for letter in "甲乙丙丁"]
    assert "".join(alternate(sentences, FR)) == "甲。 乙。 丙。 丁。"


def test_masks_and_terms_stay_and_terms_are_translated() -> None:
    terms = Terms(Glossary("1", {"fox": "renard"}), "fox")
    assert list(split_at_masks_and_terms("A <1>red fox</1> runs", terms)) == [
        ("", False),
        ("A", True),
        (" <1>", False),
        ("red ", True),
        ("renard", False),
        ("", True),
        ("</1> ", False),
        ("runs", True),
        ("", False),
    ]
    assert list(split_at_masks_and_terms("fox", Terms(NO_GLOSSARY, "fox"))) == [
        ("", False),
        ("fox", True),
        ("", False),
    ]
