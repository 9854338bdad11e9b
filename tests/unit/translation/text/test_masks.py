import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.text.masks import (
    has_masks,
    move_out_of_mask,
    remove_masks,
    replace_masks,
    restore_masks,
    split_at_masks,
)

masks = st.sampled_from(["<1>", "</1>", "<2>", "</2>", "<3/>", "<x4/>", "<x5/>"])
masked = st.lists(masks | st.sampled_from(["a", " ", "b c", "<", ">", "/"])).map("".join)


@pytest.mark.parametrize(
    ("text", "has"),
    [("a <1>b</1>", True), ("<x12/>", True), ("<3/>", True), ("a", False), ("<3 <a> x1/>", False)],
)
def test_has_masks(text: str, has: bool) -> None:
    assert has_masks(text) == has


def test_replaces_masks_and_converts_what_is_between() -> None:
    text = replace_masks("a <1>b</1> <x2/>", lambda n, closing: f"[{n}{closing}]", str.upper)
    assert text == "A [1False]B[1True] [2False]"


def test_without_masks() -> None:
    assert remove_masks("a <1>b</1><x2/>< c") == "a b< c"


# --- restored masks ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "translated"),
    [
        ("Hello", "Bonjour"),
        ("I <3 you", "Je t'aime <3"),
        ("Click <1>here</1> now", "Cliquez <1>ici</1>"),
        ("<x1/> of <x2/>", "<x2/> : <x1/>"),
        ("<1>a</1> <2>b</2>", "<2>b</2> <1>a</1>"),
        ("<1>a <2>b</2></1>", "<1><2>b</2> a</1>"),
        ("<1>a</1> <x2/>", "<1><x2/> a</1>"),
        ("a <1/>b <x2/>", "<x2/> b <1/>a"),
        ("a</1> <2>b</2>", "a</1> <2>b</2>"),
        ("<1> </1> a", "b <1></1>"),
    ],
)
def test_masks_may_move_where_that_changes_nothing(source: str, translated: str) -> None:
    assert restore_masks(source, translated) == translated


@pytest.mark.parametrize(
    ("source", "translated"),
    [
        ("<x1/> a", "a"),
        ("<x1/> a", "<x1/> a <x1/>"),
        ("<x1/> a", "<x2/> a"),
        ("<x1/> a", "<1/> a"),
        ("<1>a</1>", "<1>a"),
        ("<1>a</1>", "a</1>"),
        ("<1>a</1>", "</1>a<1>"),
        ("<1>a</1>", "<1>a</1>b</1>"),
        ("<1>a</1> <2>b</2>", "<1>a <2>b</1></2>"),
        ("<1>a</1> <2>b</2>", "<1>a <2>b</2></1>"),
        ("<1>a <2>b</2></1>", "<1>a</1> <2>b</2>"),
        ("a <1/>b <2/>c", "a <2/>b <1/>c"),
        ("a</1> <2>b</2>", "<2>a</2> b</1>"),
        ("<1>a <2>b</2>", "<2>b</2> <1>a"),
        ("<1>a <2/>b</1> c", "<2/><1>a b</1> c"),
        ("a <1/>b <2>c</2>", "<2>c</2> <1/>a b"),
        ("Click <1>here</1>", "Cliquez ici <1></1>"),
        ("Click <1>here</1>", "<1> </1> Cliquez ici"),
        ("a", "<1>a</1>"),
        ("a", "<x1/> a"),
        ("a", "a <b>"),
        ("a", "a {0}"),
        ("a", "a %s"),
        ("a", "a [1]"),
        ("a", "a <!-- b"),
        ("a", "a\nb"),
        ("a", "a\u2028b"),
        ("a", "a\rb"),
        ("a", "a\x00"),
        ("a", "a\ud83d"),
        ("a", "a\ufffd"),
        ("a", "a &lt;1&gt; b"),
    ],
)
def test_rejects_lost_doubled_invented_and_misplaced_masks(source: str, translated: str) -> None:
    assert restore_masks(source, translated) is None


@pytest.mark.parametrize(
    ("source", "written", "translated"),
    [
        ("a <1>b</1>", "c < 1 >d< / 1 >", "c <1>d</1>"),
        ("a <x1/>", "<X1 /> c", "<x1/> c"),
        ("a <x1/>", "<x01/> c", "<x1/> c"),
        ("ا <x1/>", "<x١/> ب", "<x1/> ب"),
        ("Tom", "Tom &amp; Jerry &#39;s &eacute;", "Tom & Jerry 's é"),
        ("a < b", "&lt; c", "< c"),
    ],
)
def test_masks_and_signs_are_read_as_models_write_them(
    source: str, written: str, translated: str
) -> None:
    assert restore_masks(source, written) == translated


def test_entities_stay_where_the_source_has_some() -> None:
    assert restore_masks("caf&eacute;", "caf&eacute;") == "caf&eacute;"


def test_turkish_percentages_are_no_placeholders() -> None:
    assert restore_masks("50% discount", "%50 indirim") == "%50 indirim"


# --- split_at_masks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("a", ["", "a", ""]),
        ("a <x1/> b", ["", "a", " <x1/> ", "b", ""]),
        ("<1>a</1>", ["<1>", "a", "</1>"]),
        ("<1> <2>a</2>\t</1> b", ["<1> <2>", "a", "</2>\t</1> ", "b", ""]),
        ("<x1/>", ["<x1/>"]),
        (" <x1/>  <x2/> ", [" <x1/>  <x2/> "]),
        ("a < b", ["", "a < b", ""]),
    ],
)
def test_split_at_masks(text: str, parts: list[str]) -> None:
    assert split_at_masks(text) == parts


@given(masked)
def test_parts_are_the_text_and_those_between_have_no_masks(text: str) -> None:
    parts = split_at_masks(text)
    assert "".join(parts) == text
    assert len(parts) % 2 == 1
    for part in parts[1::2]:
        assert part.strip() or part == text
        assert not has_masks(part)
    assert all(not remove_masks(part).strip() for part in parts[::2])


# --- outside ------------------------------------------------------------------------------------


@given(masked, st.data())
def test_no_place_is_inside_of_a_mask(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    found = move_out_of_mask(text, place)
    assert 0 <= found <= len(text)
    assert remove_masks(text[:found]) + remove_masks(text[found:]) == remove_masks(text)
    if remove_masks(text[:place]) + remove_masks(text[place:]) == remove_masks(text):
        assert found == place
