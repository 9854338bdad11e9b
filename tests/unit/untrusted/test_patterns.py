import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from untrusted.patterns import compile_bounded

pieces = st.sampled_from(
    ["a", "b", ".", "[ab]", "[^a-]", r"\d", r"\.", "(", "(?:", "(?=", "(?!", ")", "|", "^", "$"]
)
repeats = st.sampled_from(["", "", "", "?", "*", "+", "+?", "{2}", "{1,3}", "{2,}", "{"])
written = st.lists(st.tuples(pieces, repeats).map("".join), max_size=8).map("".join)
texts = st.text("ab1.-\n", max_size=8)


@given(written, texts)
def test_means_what_it_means_in_python(pattern: str, text: str) -> None:
    bounded = compile_bounded(pattern)
    assume(bounded is not None)
    assert bounded is not None
    python = pattern.replace("$", r"\Z")
    assert bounded.search(text) == (re.search(python, text, re.ASCII) is not None)


@given(st.text() | written)
def test_never_raises(pattern: str) -> None:
    compile_bounded(pattern)


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (r"^\d{4}-\d{2}-\d{2}$", "2026-11-17", "2026-11-17\n"),
        (r"^(\d{1,3}\.){3}\d{1,3}$", "192.0.2.1", "192.0.2"),
        (r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", "user@example.com", "user@example"),
        (r"^([01]?\d|2[0-3]):[0-5]\d$", "23:59", "24:00"),
        (r"^(?=.*\d)(?=.*[A-Z]).{8,}$", "Password1", "password1"),
        (r"^#(?:[0-9a-fA-F]{3}){1,2}$", "#00ffAA", "#00ff"),
        (r"^\+?[1-9]\d{1,14}$", "+4930123456", "+0"),
        (r"^\w+$", "abc", "é"),
    ],
)
def test_accepts_usual_patterns(pattern: str, good: str, bad: str) -> None:
    bounded = compile_bounded(pattern)
    assert bounded is not None
    assert bounded.search(good)
    assert not bounded.search(bad)
    assert bounded.steps(good) < 1_000_000


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a*)*",
        "(a|a)*b",
        "(a|ab){2,}",
        "(a?){30}",
        "((a{0,9}){0,9}){0,9}",
        "a?" * 30,
        "(.*a){25}",
        "a*" * 30,
        "(?:(?:a+)b?)+",
        "((((a+)))){99}",
    ],
)
def test_rejects_patterns_without_a_bound(pattern: str) -> None:
    assert compile_bounded(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "[",
        "a**",
        "*a",
        "a*+",
        "a{2}{3}",
        "[z-a]",
        "a{3,1}",
        "[[a]",
        "[a--b]",
        "[a&&b]",
        r"\1",
        r"(a)\1",
        r"\p{L}",
        r"\A",
        r"\Z",
        "(?i)a",
        "(?P<n>a)",
        "(?<n>a)",
        "(?<=a)b",
        "(?>a)",
        "[]",
        "[]a]",
        "[^]",
        "{",
        "a{2",
        "a{99999}",
        "(" * 20 + ")" * 20,
        "a" * 1000,
    ],
)
def test_rejects_what_is_broken_or_means_something_else(pattern: str) -> None:
    assert compile_bounded(pattern) is None


def test_counts_the_choices_of_the_example() -> None:
    address = compile_bounded(r"(\d{1,3}\.){3}\d{1,3}$")
    assert address is not None
    assert (address.spans, address.options) == (4, 0)
    assert address.steps("192.168.0.1") == 6188


def test_more_text_and_more_choices_mean_more_steps() -> None:
    one, two, options = (compile_bounded(text) for text in ("a*b", "a*a*b", "(a|b)a?c"))
    assert one is not None and two is not None and options is not None
    assert one.steps("a" * 1000) < 10**6 < two.steps("a" * 1000)
    assert options.steps("a" * 1000) == 4 * 1002
