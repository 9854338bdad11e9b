import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from support.steps import count_steps
from untrusted.patterns import compile_bounded, compile_steps

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
    assert bounded.steps(good, limit=1_000_000) < 1_000_000


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


def steps_of(pattern: str, text: str) -> int:
    bounded = compile_bounded(pattern)
    assert bounded is not None
    return bounded.steps(text, limit=10**12)


def test_counts_the_choices_of_the_example() -> None:
    address = compile_bounded(r"(\d{1,3}\.){3}\d{1,3}$")
    assert address is not None
    assert (address.work.spans, address.work.options) == (4, 0)
    # The last digits and the end are tried in all 6188 ways, what comes before in fewer.
    assert 2 * 6188 < steps_of(r"(\d{1,3}\.){3}\d{1,3}$", "192.168.0.1") < 6 * 6188


def test_more_text_and_more_choices_mean_more_steps() -> None:
    text = "a" * 1000
    assert steps_of("a*b", text) < 2 * 10**6 < steps_of("a*a*b", text)
    assert steps_of("(a|b)a?c", text) > 4 * 1002
    assert steps_of("^a*b", text) < steps_of("a*b", text) / 100
    assert steps_of("^a*b|a*c", text) > steps_of("a*b", text)


@pytest.mark.parametrize(
    ("pattern", "text", "least"),
    [
        ("(a{900}){90}b", "a" * 1000, 81_000 * 1000),
        ("((){2000}){9999}", "", 2000 * 9999),
        (r"(?:(?=a){2000}){999}", "", 2000 * 999),
        ("[ab]" * 100, "a" * 1000, 100 * 1000),
        ("(?:[ab]{100,}c){5}", "a" * 1000, 10**11),
    ],
)
def test_counts_fixed_repeats_as_if_written_out(pattern: str, text: str, least: int) -> None:
    assert steps_of(pattern, text) >= least


def test_stops_counting_at_the_limit() -> None:
    bounded = compile_bounded("a*" * 24)
    assert bounded is not None
    assert 10**6 < bounded.steps("a" * 90_000, limit=10**6) < 10**12


@pytest.mark.parametrize(
    "pattern", ["a" * 400, "[ЁЂ]" * 100, r"[\u0400-\uffff]" * 30, "[ -\uffff]"]
)
def test_compiling_takes_no_more_steps_than_announced(pattern: str) -> None:
    re.purge()
    assert count_steps(lambda: compile_bounded(pattern)) < 128 * compile_steps(pattern)
