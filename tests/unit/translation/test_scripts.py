"""The table of scripts is well formed, and its classes hold the letters that they say."""

import pytest

from translation.languages.locales import LANGUAGES
from translation.scripts import (
    IN_SEVERAL_SCRIPTS,
    LATIN,
    SCRIPTS,
    WIDE_CHARACTERS,
    characters_of,
    count_letters,
    is_latin,
    letters_of,
    script_of,
)


def test_ranges_are_pairs_and_do_not_overlap() -> None:
    ranges = sorted(
        pair for row in SCRIPTS.values() for pair in f"{row.letters} {row.extras}".split()
    )
    assert all(len(pair) == 2 for pair in ranges)
    edges = [ord(edge) for pair in ranges for edge in pair]
    assert edges == sorted(edges)
    assert all(last < first for last, first in zip(edges[1::2], edges[2::2], strict=False))


def test_every_language_is_one_that_can_be_translated_and_has_one_script() -> None:
    codes = [code for row in SCRIPTS.values() for code in row.languages.split()]
    assert len(codes) == len(set(codes))
    assert set(codes) | IN_SEVERAL_SCRIPTS <= LANGUAGES.keys()


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", {}),
        ("12 … \U0001f642 \u2764\ufe0f", {}),
        ("Grüße, Κόσμε!", {"latin": 5, "greek": 5}),
        ("GitHubにログインする", {"latin": 6, "kana": 7}),
        ("漢字 · 한글 · ㄅㄆ · \U00020bb7", {"han": 5, "hangul": 2}),
        ("वह गया।", {"devanagari": 5}),
        ("\U0010ffff\0\ud83d", {}),
    ],
)
def test_counts_letters_by_script(text: str, counts: dict[str, int]) -> None:
    assert count_letters(text) == counts


def test_runs_of_letters_and_of_characters() -> None:
    assert letters_of("devanagari").findall("वह गया। १२") == ["वह", "गया"]
    assert characters_of("devanagari").findall("वह गया। १२") == ["वह", "गया।", "१२"]
    assert letters_of("kana").findall("設定を変更、OK") == ["設定を変更"]
    assert letters_of("han").findall("設定を変更") == ["設定", "変更"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_letter_has_its_script(script: str) -> None:
    for pair in SCRIPTS[script].letters.split():
        assert {script_of(edge) for edge in pair} == {script}
        assert is_latin(f"“{pair}” 🙂") == (script == LATIN)


def test_wide_characters_are_those_of_east_asia() -> None:
    assert WIDE_CHARACTERS.fullmatch("字한かカ、。！（\uff76\U00020000")
    assert not WIDE_CHARACTERS.search("aé…“”हक་ไ")
