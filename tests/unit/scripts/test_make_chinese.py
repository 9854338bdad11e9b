"""How phrases are chosen and written, on dictionaries small enough to see why."""

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from translation.variants import chinese_tables

ROOT = Path(__file__).resolve().parents[3]


def load_script() -> Any:
    spec = importlib.util.spec_from_file_location(
        "make_chinese", ROOT / "scripts" / "make_chinese.py"
    )
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


script = load_script()

CHARACTERS = {"发": "發", "头": "頭", "现": "現", "面": "面", "条": "條", "们": "們", "里": "裏"}
DICTIONARY = {
    "头发": "頭髮",
    "发现": "發現",
    "白头发": "白頭髮",
    "发条": "發條",
    "面条": "麪條",
    "方面": "方面",
    "公里": "公里",
    "头发里": "頭髮裏",
    "发面条": "發麪條",
    "公里里": "公里裏",
    "里面": "裏面",
}


def right(text: str) -> str:
    """What the whole dictionary makes of a text, by a search of its own."""
    out = ""
    while text:
        found = [phrase for phrase in DICTIONARY if text.startswith(phrase)]
        phrase = max(found, key=len, default=text[0])
        out += DICTIONARY.get(phrase) or CHARACTERS.get(phrase, phrase)
        text = text[len(phrase) :]
    return out


def weights(default: float = 1.0, **weight: float) -> Callable[[str], float]:
    return lambda character: weight.get(character, default)


# --- the model ----------------------------------------------------------------------------------


def test_the_model_takes_the_leftmost_phrase_and_of_those_the_longest() -> None:
    model = script.Model({"a": "A"}, {"ab": "1", "abc": "2", "bcd": "3", "da": "4"})
    assert [model(text) for text in ("abcd", "abd", "abda", "bcda", "xaa", "")] == [
        *("2d", "1d", "14", "3A", "xAA", "")
    ]


def test_phrases_that_shorter_ones_make_right_are_left_out() -> None:
    model = script.Model(CHARACTERS, {})
    script.trim(DICTIONARY, right, model)
    assert model.phrases == {"头发": "頭髮", "面条": "麪條", "公里": "公里"}
    assert all(model(phrase) == value for phrase, value in DICTIONARY.items())


def test_a_phrase_is_kept_where_a_shorter_one_would_be_wrong() -> None:
    meanings = {"个中": "箇中", "这个中": "這個中", "一个中心": "一個中心"}
    model = script.Model({"个": "個", "这": "這"}, {})
    script.trim(meanings, lambda phrase: meanings[phrase], model)
    assert list(model.phrases) == ["个中", "这个中", "一个中心"]


def words(**times: int) -> dict[str, int]:
    return times


@pytest.mark.parametrize(
    ("frequent", "least", "guards"),
    [
        (words(方面=50, 条件=50), 0.25, {"方面"}),
        (words(方面=50, 条件=50), 0.26, set()),
        (words(方面=50, 条件=25, 条约=25), 0.25, {"方面"}),  # what begins as the phrase goes on
        (words(方面=50, 件=50), 0.0001, set()),  # nothing goes on as a phrase does
        (words(条件=100), 0.0, set()),  # not a word
        (words(里面=50, 条件=50), 0.25, {"里面"}),
    ],
)
def test_frequent_words_that_run_into_a_phrase_are_kept_as_guards(
    frequent: dict[str, int], least: float, guards: set[str]
) -> None:
    model = script.Model(CHARACTERS, {"头发": "頭髮", "面条": "麪條"})
    script.guard(["方面", "里面", "头发"], right, model, frequent, least)
    assert model.phrases.keys() - {"头发", "面条"} == guards
    assert model("方面条") == ("方面條" if "方面" in guards else "方麪條")


def test_what_is_right_already_is_closed() -> None:
    model = script.Model({"乾": "干", "净": "净"}, {"乾坤": "乾坤", "大乾": "乾元"})
    script.close(["乾元", "乾坤", "净", "大乾"], model)
    assert model.phrases == {"乾坤": "乾坤", "大乾": "乾元", "乾元": "乾元"}


# --- where phrases are looked for -----------------------------------------------------------------


def test_anchors_are_few_and_rare() -> None:
    phrases = ["头发", "理发", "发型", "发现了", "了不起"]
    assert script.anchors(phrases, weights(2.0, 发=5.0, 了=5.0)) == {
        **{"头发": "发", "理发": "发", "发型": "发", "发现了": "发"},
        "了不起": "不",
    }


def test_a_phrase_with_two_anchors_goes_to_the_rarer() -> None:
    phrases = ["ab", "ac", "ad", "ef", "eg", "eh", "ae"]
    assert script.anchors(phrases, weights(a=1.5, e=1.6))["ae"] == "a"
    assert script.anchors(phrases, weights(a=1.6, e=1.5))["ae"] == "e"


def test_every_phrase_has_its_anchor_and_its_pair() -> None:
    for phrase, anchor in script.anchors(DICTIONARY, weights()).items():
        assert anchor in phrase
        pair = script.pair(phrase, anchor)
        assert pair in phrase and len(pair) == 2 and anchor in pair


@pytest.mark.parametrize(
    ("phrase", "anchor", "pair"),
    [("abc", "a", "ab"), ("abc", "b", "ab"), ("abc", "c", "bc"), ("aba", "a", "ab")],
)
def test_pairs(phrase: str, anchor: str, pair: str) -> None:
    assert script.pair(phrase, anchor) == pair


def found(pattern: str, text: str) -> list[int]:
    return [match.start() for match in re.compile(pattern).finditer(text)]


def test_an_anchor_with_few_neighbours_is_found_beside_one_only() -> None:
    pattern = script.places({"ab": "a", "ca": "a"})
    assert found(pattern, "ab ca ax xa a") == [0, 4]


def test_an_anchor_with_many_neighbours_is_found_everywhere() -> None:
    many = {f"a{chr(0x4E00 + number)}": "a" for number in range(script.FEW + 1)}
    assert found(script.places(many), "a ax xa") == [0, 2, 6]
    assert found(script.places({**many, "bc": "b"}), "a b bc") == [0, 4]


def test_a_pattern_means_what_its_characters_say() -> None:
    assert found(script.places({"]^": "]", "-\\": "-"}), "]^-\\ab") == [0, 2]


# --- how it is written ----------------------------------------------------------------------------


def test_pairs_of_characters_are_in_order() -> None:
    assert script.pairs({"发": "發", "们": "們"}) == "们們发發"


def test_a_table_has_values_alone_where_they_tell_the_phrase() -> None:
    phrases = {"头发": "頭髮", "白发": "白髮", "想象": "想像", "发如雪": "髮如雪", "毛发": "毛法"}
    undo = {"頭": "头", "髮": "发"}
    pattern, simple, other = script.table(phrases, weights(发=0.1, 象=0.1), undo).split("\n\n")
    assert simple.split("\n") == ["髮如雪", "頭髮", "白髮"]
    assert other.split("\n") == ["想象 想象=想像", "毛发 毛发=毛法"]
    assert found(pattern, "头发 白发 想象 发如雪 毛发 发") == [1, 4, 7, 9, 14]


def test_phrases_with_the_same_pair_share_a_line() -> None:
    phrases = {"头发": "頭髮", "白头发": "白頭髮", "头发里": "頭髮裏"}
    undo = {"頭": "头", "髮": "发", "裏": "里"}
    _, simple, other = script.table(phrases, weights(发=0.1), undo).split("\n\n")
    assert (simple, other) == ("頭髮 頭髮裏 白頭髮", "")
    del phrases["头发"], phrases["头发里"]
    _, simple, other = script.table(phrases, weights(发=0.1), undo).split("\n\n")
    assert (simple, other) == ("", "头发 白頭髮")


def test_the_file_has_each_table_behind_its_name() -> None:
    made = {"PAIRS": "们們", "TABLE": "[发]\n\n頭髮\n白髮\n\n"}
    assert script.render(made) == "PAIRS\n们們\n\f\nTABLE\n[发]\n\n頭髮\n白髮\n\n\n"


def test_the_file_is_as_the_script_writes_it() -> None:
    names = ("TO_TRADITIONAL", "TO_SIMPLIFIED", "BOTH", "COMMON", "SIMPLE")
    names += tuple(each for region in script.REGIONS for each in (f"TO_{region}", region))
    made = {name: getattr(chinese_tables, name) for name in names}
    assert script.FILE.read_text("utf-8") == script.render(made)


def test_characters_that_lead_on_to_another_are_left_out() -> None:
    chain = {"苎": "苧", "苧": "薴", "们": "們", "㐹": "𫠉", "一": "一二"}
    assert script.changed(lambda character: chain.get(character, character)) == {
        "苎": "苧",
        "们": "們",
    }


def test_check_notices_a_file_that_is_not_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "FILE", tmp_path / "tables.txt")
    monkeypatch.setattr(script, "version", script.PACKAGES.get)
    monkeypatch.setattr(script, "tables", lambda: {"PAIRS": "们們"})
    assert script.main(["--check"]) == 1
    assert script.main([]) == 0
    assert script.main(["--check"]) == 0
    (tmp_path / "tables.txt").write_text("PAIRS\n")
    assert script.main(["--check"]) == 1
    assert "run scripts/make_chinese.py" in capsys.readouterr().out
    assert script.main(["--chekc"]) == 2


def test_no_other_version_of_a_dictionary_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "FILE", tmp_path / "tables.txt")
    monkeypatch.setattr(script, "version", {**script.PACKAGES, "opencc": "1.0"}.get)
    assert script.main([]) == 1
    assert "opencc must be 1.4.2, not 1.0" in capsys.readouterr().out
    assert not (tmp_path / "tables.txt").exists()
