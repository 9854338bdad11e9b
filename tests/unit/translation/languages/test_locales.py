import re

import pytest

from translation.languages.locales import (
    LANGUAGES,
    SPELLINGS,
    VARIANTS,
    Locale,
    Spelling,
    find_locale,
    is_auto,
)

# m2m100's own list, and the codes that clients send for each beside its own.
M2M100 = """af am ar ast az ba be bg bn br bs ca ceb cs cy da de el en es et fa ff fi fr fy ga gd gl
gu ha he hi hr ht hu hy id ig ilo is it ja jv ka kk km kn ko lb lg ln lo lt lv mg mk ml mn mr ms my
ne nl no ns oc or pa pl ps pt ro ru sd si sk sl so sq sr ss su sv sw ta th tl tn tr uk ur uz vi wo
xh yi yo zh zu""".split()
ALIASES = {
    "az": "az-Latn",
    "cs": "cz",
    "da": "dk",
    "el": "gr",
    "en": "en-US en-GB en-AU eng",
    "es": "es-419 es-MX es-ES",
    "fa": "prs fa-AF per",
    "ff": "ful",
    "he": "iw",
    "hr": "sh",
    "id": "in",
    "ja": "jp",
    "jv": "jw",
    "ko": "kr ko-KR",
    "mn": "mn-Cyrl",
    "ms": "may zsm",
    "my": "bur",
    "ne": "npi",
    "no": "nb nn no-NO nb-NO",
    "ns": "nso",
    "or": "ory",
    "pt": "pt-BR pt-PT pb pt-AO",
    "ro": "mo ro-MD",
    "sr": "sr-Cyrl sr-Latn srp sr-Latn-RS",
    "tl": "fil fil-PH",
    "uk": "ua",
    "uz": "uz-Latn",
    "yi": "ji",
    "zh": "zh-CN zh-SG zh-Hans zh-CHS zh-CN-NE wyw cmn zh-TW zh-Hant zh-CHT cht zt zh-HK zh-MO yue"
    " cn chi zho",
}
VARIANT_IDS = {
    "hans": "zh-CN zh-SG zh-Hans zh-CHS zh-CN-NE cmn cn zh-Hans-CN zh-Hans-HK",
    "tw": "zh-TW zh-Hant zh-CHT cht zt zh-Hant-TW cmn-Hant zho_Hant",
    "hk": "zh-HK zh-MO zh-Hant-HK zh-Hant-MO",
    "yue": "yue yue-CN zh-yue",
    "wyw": "wyw lzh",
    "us": "en-US",
    "gb": "en-GB",
    "br": "pt-BR pb",
    "pt": "pt-PT",
    "419": "es-419 es-MX es-AR",
    "ca": "fr-CA",
    "nn": "nn nn-NO",
    "cyrl": "sr-Cyrl",
    "latn": "sr-Latn sr-Latn-RS",
    "": "zh zho en en-AU pt pt-AO es es-ES fr fr-FR no nb no-NO sr srp de-AT",
}


def language(code: str) -> str:
    found = find_locale(code)
    assert found, code
    return found.code


def test_all_languages_of_m2m100_are_there() -> None:
    assert [code for code, row in LANGUAGES.items() if row.m2m100] == M2M100
    assert all(row.code == code for code, row in LANGUAGES.items())
    assert all(code == code.lower() for code in LANGUAGES)


@pytest.mark.parametrize("code", M2M100)
def test_a_code_and_its_aliases_in_any_letters(code: str) -> None:
    for one in (code, *ALIASES.get(code, "").split()):
        for written in (one, one.upper(), one.title(), one.replace("-", "_"), f" {one}\n"):
            assert language(written) == code, written


@pytest.mark.parametrize("variant", VARIANT_IDS)
def test_variants(variant: str) -> None:
    for code in VARIANT_IDS[variant].split():
        for written in (code, code.upper(), code.lower(), code.replace("-", "_")):
            found = find_locale(written)
            assert found
            assert found.variant_id == variant, written


def test_every_variant_is_of_a_language_and_is_found_by_its_codes_and_name() -> None:
    assert {row.id for row in VARIANTS} | {""} == VARIANT_IDS.keys()
    for row in VARIANTS:
        for name in (*row.codes, row.name):
            assert find_locale(name) == Locale(LANGUAGES[row.language], row)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("se", "Northern Sami"),
        ("sa", "Sanskrit"),
        ("be", "Belarusian"),
        ("mn-Mong", "Mongolian in the traditional Mongolian script"),
        ("ur-roman", "Urdu in Latin script"),
        ("ka", "Georgian"),
        ("si", "Sinhala"),
        ("ku", "Northern Kurdish"),
        ("ckb", "Central Kurdish"),
        ("mww", "Hmong"),
    ],
)
def test_codes_that_are_no_other_languages(code: str, found: str) -> None:
    locale = find_locale(code)
    assert locale
    assert locale.name == found


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_english_names(code: str) -> None:
    name = LANGUAGES[code].name
    assert language(name) == language(name.lower()) == language(name.upper()) == code


def test_names_of_locales() -> None:
    names = {"zh-TW": "Traditional Chinese", "en-gb": "British English", "de-AT": "German"}
    for code, name in names.items():
        locale = find_locale(code)
        assert locale
        assert locale.name == name


@pytest.mark.parametrize(
    "code",
    ["", " ", "-", "--", "_", "x", "xx", "xx-DE", "qqq", "auto", "e n", "germanish", "德语", "\x00"]
    + ["-" * 100_000, "en" * 100_000, "a-" * 100_000, "en-" + "x" * 100],
)
def test_what_nobody_knows(code: str) -> None:
    assert find_locale(code) is None


@pytest.mark.parametrize(
    "code", ["auto", "AUTO", " Auto ", "", "detect", "und", "auto-detect", None]
)
def test_auto(code: object) -> None:
    assert is_auto(code)


@pytest.mark.parametrize("code", ["en", "aut", 0, False, [], {}])
def test_not_auto(code: object) -> None:
    assert not is_auto(code)


# --- spellings ----------------------------------------------------------------------------------

WRITTEN: dict[Spelling, dict[str, str]] = {
    "libre": {"zh": "zh-Hans", "zh-TW": "zh-Hant", "no": "nb", "pt-BR": "pt-BR", "ns": "nso"},
    "azure": {
        "zh": "zh-Hans",
        "zh-TW": "zh-Hant",
        "no": "nb",
        "tl": "fil",
        "sr": "sr-Cyrl",
        "sr-Latn": "sr-Latn",
        "mn": "mn-Cyrl",
        "hmn": "mww",
        "he": "he",
    },
    "google": {
        "zh": "zh-CN",
        "zh-TW": "zh-TW",
        "zh-HK": "zh-TW",
        "zh-CN": "zh-CN",
        "he": "iw",
        "jv": "jw",
        "no": "no",
        "kmr": "ku",
        "en": "en",
    },
    "immersive": {
        "zh": "zh-CN",
        "zh-TW": "zh-TW",
        "zh-HK": "zh-HK",
        "no": "no",
        "tl": "fil",
        "ur-roman": "ur-roman",
    },
    "deepl": {"zh-TW": "ZH", "no": "NB", "en-GB": "EN", "pt-BR": "PT", "de": "DE", "ns": "NSO"},
    "deepl_target": {
        "zh": "ZH",
        "zh-CN": "ZH-HANS",
        "zh-TW": "ZH-HANT",
        "en-GB": "EN-GB",
        "pt-BR": "PT-BR",
        "no": "NB",
        "de": "DE",
    },
}


@pytest.mark.parametrize("spelling", WRITTEN)
def test_codes_as_each_dialect_has_them(spelling: Spelling) -> None:
    for code, written in WRITTEN[spelling].items():
        locale = find_locale(code)
        assert locale
        assert locale.spell(spelling) == written


@pytest.mark.parametrize("spelling", list(SPELLINGS))
def test_what_is_written_is_found_again(spelling: Spelling) -> None:
    written: dict[str, str] = {}
    for code, row in LANGUAGES.items():
        as_written = Locale(row).spell(spelling)
        assert language(as_written) == code
        assert re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]+)?", as_written)
        assert as_written not in written, (code, written.get(as_written))
        written[as_written] = code
    for variant in VARIANTS:
        locale = Locale(LANGUAGES[variant.language], variant)
        assert language(locale.spell(spelling)) == variant.language
