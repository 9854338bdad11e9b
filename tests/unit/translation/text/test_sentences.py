import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import texts
from translation.text.masks import remove_masks
from translation.text.sentences import MAX_WIDTH, WIDE, split_sentences, split_to_width, width

lines = texts.texts | st.text() | st.text(".!?…。！？ \"'”)」AbÄß1e,;、字한ना <>x/")


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["One cat.", "Two dogs!", "Three birds?", "Four."]),
        ("en", ["Really?!", "Yes!!!", "Well...", "I think so… maybe.", "Wait…", "What?"]),
        # Short forms, initials, numbers
        ("en", ["Mr. Smith met Dr. Jones, e.g. at St. James vs. the U.S. Army.", "Done."]),
        ("en", ["J. R. R. Tolkien wrote it.", "It sold."]),
        ("en", ["It costs 3.50 at 10.30, see Fig. 3 and No. 5 on p. 12.", "Yes."]),
        ("en", ["He is 20.", "She is 30."]),
        ("en", ["No.", "She says no.", "Ask for no. 5."]),
        ("en", ["It was 1999.", "Then came 2000."]),
        ("en", ["1. First item.", "2. Second item."]),
        ("en", ["We sell apples, pears, etc.", "They are good."]),
        ("en", ["Version 2.0.1 is at example.com/a.html now.", "Get it."]),
        ("de", ["Am 3. Mai begann der 2. Weltkrieg.", "Er ist 20. Sie auch."]),
        ("de", ["Das gilt z. B. für Hr. Maier, d. h. bzw. Fr. Kunz.", "Ja."]),
        ("cs", ["Narozen 5. Května.", "Dobře."]),
        ("fr", ["M. Dupont et Mme. Durand arrivent.", "Ils partent."]),
        ("ru", ["А. С. Пушкин жил на ул. Мойка.", "Он поэт."]),
        ("es", ["¿Qué tal?", "¡Muy bien!", "El Sr. García vive en EE. UU. desde ayer.", "Sí."]),
        # What follows begins with a small letter
        ("en", ["Is Yahoo! good? he asked.", "It is."]),
        ("en", ["He cried no! “maybe” she said. (or so) <1>it</1> went.", "<1>It</1> did."]),
        ("en", ['"Is it?" he asked.', '"Yes!"', "John nodded."]),
        ("de", ["Er sagte: „Hallo.“", "Dann ging er."]),
        ("fr", ["« Oui. » dit-il.", "« Non. »", "Ah."]),
        ("en", ["(He left.)", "[She stayed.]", "They met."]),
        ("el", ["Ο κ. Νίκος. και εγώ.", "Είμαι καλά."]),
        # Scripts with stops of their own
        ("zh", ["你好。", "我是小明！", "你呢？", "他说：“好。”", "再见。"]),
        ("zh", ["他用iPhone。", "iPhone很好。"]),
        ("ja", ["今日は。", "「そうです。」と言った。", "はい！！"]),
        ("ko", ["안녕하세요.", "저는 학생입니다.", "네?"]),
        ("ar", ["كيف حالك؟", "أنا بخير.", "شكرا"]),
        ("ur", ["وہ گیا۔", "میں آیا۔"]),
        ("hi", ["वह गया।", "डॉ. सिंह आए।", "क्या?"]),
        ("hy", ["Բարև։", "Ինչպես ես։"]),
        ("am", ["ሰላም።", "እንዴት ነህ፧", "ደህና።"]),
        ("my", ["မင်္ဂလာပါ။", "နေကောင်းလား။"]),
        ("km", ["សួស្តី។", "អ្នកសុខសប្បាយទេ។"]),
        ("bo", ["བཀྲ་ཤིས།", "བདེ་ལེགས།"]),
    ],
)
def test_sentences(language: str, sentences: list[str]) -> None:
    for line in (" ".join(sentences), "  ".join(sentences)):
        assert split_sentences(line, language)[::2] == sentences
        assert not "".join(split_sentences(line, language)[1::2]).strip()


@pytest.mark.parametrize(
    "sentences", [["你好。", "再见！", "「好？」", "嗯。"], ["はい。", "いいえ。"], ["वह।", "मैं।"]]
)
def test_some_scripts_have_no_space_between_sentences(sentences: list[str]) -> None:
    assert split_sentences("".join(sentences))[::2] == sentences


@pytest.mark.parametrize("line", ["", "a", "...", "No stop", "3.14", "a.b.c", "One.", "。"])
def test_a_line_of_one_sentence(line: str) -> None:
    assert split_sentences(line) == [line]


@given(lines, st.sampled_from(["", "de", "en"]))
def test_sentences_and_what_is_between_are_the_line(line: str, language: str) -> None:
    parts = split_sentences(line, language)
    assert "".join(parts) == line
    assert len(parts) % 2 == 1
    assert all(part.isspace() or not part for part in parts[1::2])
    assert all(part == part.rstrip() for part in parts[:-1:2])


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("", 0),
        ("abc", 3),
        ("äöü", 3),
        ("नमस्ते", 6),
        ("你好", 2 * WIDE),
        ("안녕a", 2 * WIDE + 1),
        ("カナ。", 3 * WIDE),
        ("𠀀", WIDE),
    ],
)
def test_width(text: str, letters: float) -> None:
    assert width(text) == letters


@given(lines, st.integers(20, 60))
def test_pieces_are_the_sentence_and_none_is_too_wide(sentence: str, longest: int) -> None:
    pieces = list(split_to_width(sentence, longest))
    assert "".join(pieces) == sentence
    assert all(0 < width(piece) <= longest for piece in pieces)


@given(st.lists(st.sampled_from(["<1>", "</1>", "<x22/>", "abcde", "字字"])).map("".join))
def test_no_mask_is_cut(sentence: str) -> None:
    pieces = list(split_to_width(sentence, 20))
    assert "".join(map(remove_masks, pieces)) == remove_masks(sentence)


def test_a_sentence_that_is_short_enough_is_one_piece() -> None:
    assert list(split_to_width("a" * MAX_WIDTH)) == ["a" * MAX_WIDTH]
    assert list(split_to_width("字" * int(MAX_WIDTH / WIDE))) == ["字" * int(MAX_WIDTH / WIDE)]
    assert list(split_to_width("")) == []


def test_a_long_one_is_cut_behind_clauses_else_between_words_else_anywhere() -> None:
    assert list(split_to_width("aaa bbb, ccc ddd eee", 12)) == ["aaa bbb, ", "ccc ddd eee"]
    assert list(split_to_width("aaaaa, bb cc dd", 12)) == ["aaaaa, ", "bb cc dd"]
    assert list(split_to_width("aaa 1,000 ddd eee", 12)) == ["aaa 1,000 ", "ddd eee"]
    assert list(split_to_width("aaaaa bbbbb ccccc", 12)) == ["aaaaa bbbbb ", "ccccc"]
    assert list(split_to_width("a" * 30, 12)) == ["a" * 12, "a" * 12, "a" * 6]
    assert list(split_to_width("字字字、字字字", 12)) == ["字字字、", "字字字"]
    assert list(split_to_width("字字字字字字字", 12)) == ["字字字字", "字字字"]
    # A clause that is much too short is none.
    assert list(split_to_width("a, bbb ccc ddd", 12)) == ["a, bbb ccc ", "ddd"]
