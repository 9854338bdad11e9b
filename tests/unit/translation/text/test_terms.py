import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support.steps import assert_linear
from translation.scripts import WORD_LETTERS
from translation.text.terms import Glossary, Terms


def terms(text: str = "", /, **entries: str) -> Terms:
    """The text names all terms, unless it is given."""
    named = {name.replace("_", " "): meaning for name, meaning in entries.items()}
    return Terms(Glossary("1", named), text or " ".join(named))


def test_splits_a_text_at_its_terms() -> None:
    found = terms(fox="renard", quick_fox="goupil")
    assert found.split_at_terms("A quick fox, no Fox.") == ["A ", "goupil", ", no ", "renard", "."]
    assert found.split_at_terms("fox") == ["", "renard", ""]
    assert found.split_at_terms("A dog") == ["A dog"]
    assert found.split_at_terms("") == [""]


def test_of_overlapping_terms_the_longest_counts() -> None:
    found = terms(New="Neu", New_York="Neu York", York_City="Yorkstadt")
    assert found.split_at_terms("New York City") == ["", "Neu York", " City"]


def test_a_term_is_no_part_of_a_longer_word() -> None:
    found = terms(fox="x", ox="y", été="z", Viet="v", мир="w")
    for text in ("foxes", "firefox", "fox2", "Fóx", "étés", "Việt", "миру", "éfox"):
        assert found.split_at_terms(text) == [text]
    for text in ("fox-trot", "(fox)", "fox's", "fox_x"[:3], "«fox»", "fox。"):
        assert len(found.split_at_terms(text)) == 3, text


def test_languages_without_spaces_have_terms_inside() -> None:
    found = Terms(Glossary("1", {"狐狸": "fox", "きつね": "fox"}), "狐狸きつね")
    assert found.split_at_terms("那只狐狸很快") == ["那只", "fox", "很快"]
    assert found.split_at_terms("そのきつねは") == ["その", "fox", "は"]


def test_terms_are_plain_text() -> None:
    entries = {"C++": "C plus plus", "a.b": "x", ".NET": "dotnet", "(x)": "y", "50%": "half"}
    found = Terms(Glossary("1", entries), " ".join(entries))
    assert found.split_at_terms("C++ and .NET, axb a.b (x) 50%")[1::2] == [
        "C plus plus",
        "dotnet",
        "x",
        "y",
        "half",
    ]


def test_case_does_not_matter_unless_the_glossary_has_both() -> None:
    found = Terms(Glossary("1", {"us": "nous", "US": "États-Unis", "Straße": "rue"}), "us straße")
    assert found.split_at_terms("us US Us")[1::2] == ["nous", "États-Unis", "États-Unis"]
    assert found.split_at_terms("STRAßE straße")[1::2] == ["rue", "rue"]


def test_only_terms_that_occur_in_the_texts_are_there() -> None:
    assert terms("a dog", fox="renard", dog="chien").meanings_in("fox dog") == {"dog": "chien"}
    assert not terms("a cat", fox="renard")
    assert terms("a Fox", fox="renard")
    assert terms("a cat", fox="renard").split_at_terms("fox") == ["fox"]
    nothing = Terms(Glossary(), "fox")
    assert not nothing
    assert nothing.meanings_in("fox") == {}
    assert nothing.keeps_terms("fox", "renard")


def test_meanings_are_by_the_terms_as_they_stand_in_the_text() -> None:
    found = terms(fox="renard", dog="chien")
    assert found.meanings_in("A Fox, a fox and a cat") == {"Fox": "renard", "fox": "renard"}


def test_masks_are_no_terms() -> None:
    found = terms(x1="y", x="z", b="c")
    found = Terms(Glossary("1", {"x1": "y", "1": "one", "x": "z"}), "x1 1 x")
    assert found.meanings_in("a <x1/> <1>b</1>") == {}
    assert found.meanings_in("a <x1/>x<1>1</1>") == {"x": "z", "1": "one"}


@pytest.mark.parametrize("term", ["", " ", "\t"])
def test_an_empty_term_is_none(term: str) -> None:
    assert not Terms(Glossary("1", {term: "x"}), "a b")


def test_meanings_are_one_line_and_without_masks() -> None:
    entries = {"fox": "un\n renard", "dog": "<x1/>", "cat": "<b>chat</b>"}
    assert Terms(Glossary("1", entries), "fox dog cat").split_at_terms("fox dog cat") == [
        "",
        "un renard",
        " dog ",
        "<b>chat</b>",
        "",
    ]


def test_checks_that_a_translation_keeps_the_terms() -> None:
    found = terms(fox="Renard", dog="chien")
    assert found.keeps_terms("the fox", "le renard")
    assert found.keeps_terms("a cat", "un chat")
    assert not found.keeps_terms("the fox", "le goupil")
    assert not found.keeps_terms("the fox and the dog", "le renard et le loup")
    assert found.keeps_terms("<x1/> fox", "renard <x1/>")
    assert found.keeps_terms("a fox saw a Fox", "un renard a vu un Renard")
    assert not found.keeps_terms("a fox saw a Fox", "un renard a vu un goupil")


def by_pattern(terms: list[str], text: str) -> list[str]:
    """What a regular expression finds, which may take any time."""
    words = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
    letter = f"[{WORD_LETTERS}]"
    return re.split(f"((?<!{letter})(?:{words})(?!{letter}))", text, flags=re.IGNORECASE)


few_words = st.text("aB+ 中", min_size=1, max_size=5).filter(str.strip)


@given(st.lists(few_words, min_size=1, max_size=6), st.text("ab+ 中", max_size=30))
@example(["+", "a+", "+a+"], "a+a+a")
@example(["a a b", "a a", "a b a"], "a a a b a a b")
def test_finds_what_a_pattern_finds(named: list[str], text: str) -> None:
    found = Terms(Glossary("1", {term: term.upper() for term in named}), text)
    expected = by_pattern(named, text)
    assert [part.upper() for part in found.split_at_terms(text)] == [
        " ".join(part.upper().split()) if place % 2 else part.upper()
        for place, part in enumerate(expected)
    ]
    assert found or len(expected) == 1


NASTY = {
    "beginnings of one another": lambda n: {"a " * number + "b": "x" for number in range(1, n)},
    "ends of one another": lambda n: {"b" + " a" * number: "x" for number in range(1, n)},
    "parts of one another": lambda n: {" ".join("a" * number): "x" for number in range(1, n)},
    "without letters": lambda n: {"+" * number + "-": "x" for number in range(1, n)},
    "without spaces": lambda n: {"中" * number + "文": "x" for number in range(1, n)},
    "ordinary": lambda n: {f"term{number} of work": f"t{number}" for number in range(n * n)},
}


@pytest.mark.parametrize("kind", NASTY)
@pytest.mark.parametrize("word", ["a ", "b a ", "+", "中", "term5 of work and ", "aa", "- + a"])
def test_takes_time_linear_in_the_text(kind: str, word: str) -> None:
    glossary = Glossary("1", NASTY[kind](20))

    def work(size: int) -> None:
        text = word * size
        found = Terms(glossary, text)
        found.split_at_terms(text)
        found.meanings_in(text)
        found.keeps_terms(text, text)

    assert_linear(work, 2_000)


@pytest.mark.parametrize("kind", NASTY)
@pytest.mark.parametrize("word", ["a ", "+", "中", "term5 of work and "])
def test_takes_time_linear_in_the_terms(kind: str, word: str) -> None:
    text = word * 100

    def work(size: int) -> None:
        entries = NASTY[kind](20)
        copies = {f"{term} {number}": "x" for number in range(size) for term in entries}
        Terms(Glossary("1", copies), " ".join(map(str, range(100))) + text)

    assert_linear(work, 40)
