import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.variants.serbian import to_latin

ALPHABET = "АаБбВвГгДдЂђЕеЖжЗзИиЈјКкЛлЉљМмНнЊњОоПпРрСсТтЋћУуФфХхЦцЧчЏџШш"
CYRILLIC = re.compile(f"[{ALPHABET}]")


def test_the_alphabet() -> None:
    assert to_latin(" ".join(ALPHABET)) == (
        "A a B b V v G g D d Đ đ E e Ž ž Z z I i J j K k L l Lj lj M m N n Nj nj O o P p R r "
        "S s T t Ć ć U u F f H h C c Č č Dž dž Š š"
    )


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        (
            "Сва људска бића рађају се слободна и једнака у достојанству и правима.",
            "Sva ljudska bića rađaju se slobodna i jednaka u dostojanstvu i pravima.",
        ),
        ("Ђорђе и Њујорк, џез и ћевапчићи", "Đorđe i Njujork, džez i ćevapčići"),
        ("инјекција, конјугација, надживети", "injekcija, konjugacija, nadživeti"),
        ("Чича Миша, Жика и Шаћир", "Čiča Miša, Žika i Šaćir"),
        ("коњ, љубав, наџак", "konj, ljubav, nadžak"),
    ],
)
def test_text(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Љубав", "Ljubav"),
        ("ЉУБАВ", "LJUBAV"),
        ("КРАЉ", "KRALJ"),
        ("КРАЉ ЉУБОМИР И ЊЕГОВ ЏЕП", "KRALJ LJUBOMIR I NJEGOV DŽEP"),
        ("Љ. Џ. Њ.", "Lj. Dž. Nj."),
        ("Љ", "Lj"),
        ("ЊЊЊ", "NJNJNJ"),
        ("ЊЏ, АЉ", "NJDŽ, ALJ"),
        ("„Џез“, ЏЕЗ-бенд", "„Džez“, DŽEZ-bend"),
        ("АЊа, АЊћ", "ANja, ANjć"),
        ("Његош и ЊЕГОШ", "Njegoš i NJEGOŠ"),
    ],
)
def test_digraphs_are_capitals_in_capitals_only(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    "text",
    [
        "Već latinica: ljubav, NJUJORK, džez",
        "English, français, 中文, ქართული, Ελλάδα",
        "щ ъ ы ь э ю я й ё ї є ѓ ќ ѕ",  # letters that Serbian does not have
        "https://example.com/?a=1&b=%D0 {0} %s <b>:) 😀\u0301\ud800",
        "",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert to_latin(text) == text


@given(st.text(st.sampled_from(ALPHABET + "ab.- \n") | st.characters(exclude_categories=())))
def test_no_serbian_letter_is_left_and_all_others_are(text: str) -> None:
    latin = to_latin(text)
    assert not CYRILLIC.search(latin)
    assert to_latin(latin) == latin
    rest = iter(latin)
    assert all(character in rest for character in CYRILLIC.sub("", text))


@given(st.text(st.sampled_from(ALPHABET)))
def test_case_tells_nothing_else(text: str) -> None:
    assert to_latin(text).lower() == to_latin(text.lower())
