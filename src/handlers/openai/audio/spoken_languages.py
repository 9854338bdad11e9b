"""The languages that speech models know, by the codes and the names that OpenAI's API has for them.

Codes and names are Whisper's. OpenAI takes either, and answers with the name.
"""

from collections.abc import Mapping

_ROWS = """
af afrikaans, am amharic, ar arabic, as assamese, az azerbaijani, ba bashkir, be belarusian,
bg bulgarian, bn bengali, bo tibetan, br breton, bs bosnian, ca catalan, cs czech, cy welsh,
da danish, de german, el greek, en english, es spanish, et estonian, eu basque, fa persian,
fi finnish, fo faroese, fr french, gl galician, gu gujarati, ha hausa, haw hawaiian, he hebrew,
hi hindi, hr croatian, ht haitian creole, hu hungarian, hy armenian, id indonesian, is icelandic,
it italian, ja japanese, jw javanese, ka georgian, kk kazakh, km khmer, kn kannada, ko korean,
la latin, lb luxembourgish, ln lingala, lo lao, lt lithuanian, lv latvian, mg malagasy, mi maori,
mk macedonian, ml malayalam, mn mongolian, mr marathi, ms malay, mt maltese, my myanmar, ne nepali,
nl dutch, nn nynorsk, no norwegian, oc occitan, pa punjabi, pl polish, ps pashto, pt portuguese,
ro romanian, ru russian, sa sanskrit, sd sindhi, si sinhala, sk slovak, sl slovenian, sn shona,
so somali, sq albanian, sr serbian, su sundanese, sv swedish, sw swahili, ta tamil, te telugu,
tg tajik, th thai, tk turkmen, tl tagalog, tr turkish, tt tatar, uk ukrainian, ur urdu, uz uzbek,
vi vietnamese, yi yiddish, yo yoruba, yue cantonese, zh chinese
"""
NAMES: Mapping[str, str] = dict(row.split(None, 1) for row in _ROWS.strip().split(","))
"""By code, the names in small letters."""

_OTHER_NAMES = {
    "burmese": "my",
    "castilian": "es",
    "flemish": "nl",
    "haitian": "ht",
    "javanese": "jw",
    "jv": "jw",
    "letzeburgesch": "lb",
    "mandarin": "zh",
    "moldavian": "ro",
    "moldovan": "ro",
    "nb": "no",
    "panjabi": "pa",
    "pushto": "ps",
    "sinhalese": "si",
    "valencian": "ca",
}
_CODES: Mapping[str, str] = {**_OTHER_NAMES, **{name: code for code, name in NAMES.items()}}


def find_code(language: str) -> str | None:
    """Returns Whisper's code for a code, a language tag (``pt-BR``) or a name, in any case; None if
    it knows none."""
    language = language.strip().lower()
    for form in (language, language.replace("_", "-").partition("-")[0]):
        code = _CODES.get(form, form)
        if code in NAMES:
            return code
    return None


def name_language(language: str) -> str:
    """Returns the name of a language, or what is given if Whisper does not know it."""
    return NAMES.get(find_code(language) or "", language)
