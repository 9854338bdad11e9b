import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers_ai.tokens import at_least, at_most, collect_texts, estimate


@pytest.mark.parametrize(
    ("text", "least", "fair", "most"),
    [
        ("", 0, 0, 1),
        ("a", 0, 1, 1),
        ("abcd", 0, 1, 2),
        ("Hello, world", 1, 3, 5),
        ("x" * 1200, 100, 300, 401),
        ("你好世界", 0, 4, 7),
        ("你好 world", 0, 4, 6),
        ("😀" * 100, 8, 100, 151),
    ],
)
def test_estimates_tokens(text: str, least: int, fair: int, most: int) -> None:
    assert (at_least(text), estimate(text), at_most(text)) == (least, fair, most)


@given(st.text(), st.text())
def test_longer_text_is_never_less(text: str, more: str) -> None:
    for count in (at_least, estimate, at_most):
        assert count(text) <= count(text + more)


def test_collects_all_texts_except_images() -> None:
    value = [
        {"role": "user", "content": [{"type": "text", "text": "a"}]},
        ({"image_url": {"url": "data:…"}, "n": 5, "on": True, "none": None},),
    ]
    assert list(collect_texts(value)) == [
        *("role", "user", "content", "type", "text", "text", "a"),
        *("n", "5", "on", "True", "none"),
    ]
    assert list(collect_texts(None)) == []
    assert list(collect_texts("a")) == ["a"]
