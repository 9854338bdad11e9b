"""Languages and their variants: reads the codes of all dialects and writes those of each.

A language has the code that m2m100 gives it, or else its ISO code. A *locale* is a language with
or without a variant (``zh`` in Taiwan's characters, Brazil's ``pt``). Codes are case-insensitive,
``_`` being ``-``, and are looked up first as they are, then without their last parts, so that
``de-AT`` is German. Sources: the model's published list, DeepL's list of June 2026, and what
clients send.
"""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

MAX_CODE_LENGTH = 60
"""Characters; the longest name has 45."""

AUTO = frozenset({"", "auto", "detect", "und", "autodetect", "auto-detect"})
"""Codes that ask for the language to be detected."""


class Language(NamedTuple):
    """A language. ``m2m100``: whether that model supports it; the others need a text model."""

    code: str
    name: str
    m2m100: bool


class Variant(NamedTuple):
    """A way of writing a language. ``codes[0]`` is its BCP 47 tag.

    ``needs_llm``: m2m100 cannot be steered to it, so a text model translates into it if there is a
    choice.
    """

    language: str
    id: str
    name: str
    codes: tuple[str, ...]
    needs_llm: bool = False


_M2M100 = {
    "af": "Afrikaans",
    "am": "Amharic",
    "ar": "Arabic",
    "ast": "Asturian",
    "az": "Azerbaijani",
    "ba": "Bashkir",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "br": "Breton",
    "bs": "Bosnian",
    "ca": "Catalan",
    "ceb": "Cebuano",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "ff": "Fulah",
    "fi": "Finnish",
    "fr": "French",
    "fy": "Western Frisian",
    "ga": "Irish",
    "gd": "Scottish Gaelic",
    "gl": "Galician",
    "gu": "Gujarati",
    "ha": "Hausa",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "ht": "Haitian Creole",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "ig": "Igbo",
    "ilo": "Iloko",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "jv": "Javanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "kn": "Kannada",
    "ko": "Korean",
    "lb": "Luxembourgish",
    "lg": "Ganda",
    "ln": "Lingala",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mg": "Malagasy",
    "mk": "Macedonian",
    "ml": "Malayalam",
    "mn": "Mongolian",
    "mr": "Marathi",
    "ms": "Malay",
    "my": "Burmese",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "ns": "Northern Sotho",
    "oc": "Occitan",
    "or": "Odia",
    "pa": "Punjabi",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sd": "Sindhi",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "ss": "Swati",
    "su": "Sundanese",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "th": "Thai",
    "tl": "Tagalog",
    "tn": "Tswana",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "wo": "Wolof",
    "xh": "Xhosa",
    "yi": "Yiddish",
    "yo": "Yoruba",
    "zh": "Chinese",
    "zu": "Zulu",
}

_LLM_ONLY = {
    "ace": "Acehnese",
    "an": "Aragonese",
    "as": "Assamese",
    "ay": "Aymara",
    "ber": "Tamazight",
    "bho": "Bhojpuri",
    "bo": "Tibetan",
    "ckb": "Central Kurdish",
    "co": "Corsican",
    "dv": "Dhivehi",
    "eo": "Esperanto",
    "eu": "Basque",
    "fj": "Fijian",
    "fo": "Faroese",
    "gn": "Guarani",
    "gom": "Konkani",
    "haw": "Hawaiian",
    "hmn": "Hmong",
    "kmr": "Northern Kurdish",
    "ky": "Kyrgyz",
    "la": "Latin",
    "lmo": "Lombard",
    "mai": "Maithili",
    "mi": "Maori",
    "mn-mong": "Mongolian in the traditional Mongolian script",
    "mt": "Maltese",
    "ny": "Chichewa",
    "om": "Oromo",
    "otq": "Querétaro Otomi",
    "pag": "Pangasinan",
    "pam": "Kapampangan",
    "qu": "Quechua",
    "rw": "Kinyarwanda",
    "sa": "Sanskrit",
    "scn": "Sicilian",
    "se": "Northern Sami",
    "sm": "Samoan",
    "sn": "Shona",
    "st": "Southern Sotho",
    "te": "Telugu",
    "tg": "Tajik",
    "ti": "Tigrinya",
    "tk": "Turkmen",
    "tlh": "Klingon",
    "to": "Tongan",
    "ts": "Tsonga",
    "tt": "Tatar",
    "ty": "Tahitian",
    "ug": "Uyghur",
    "ur-roman": "Urdu in Latin script",
    "yua": "Yucatec Maya",
}

LANGUAGES: Mapping[str, Language] = {
    code: Language(code, name, by_m2m100)
    for table, by_m2m100 in ((_M2M100, True), (_LLM_ONLY, False))
    for code, name in table.items()
}

VARIANTS = (
    Variant(
        "zh",
        "hans",
        "Simplified Chinese",
        ("zh-Hans", "zh-CN", "zh-SG", "zh-CHS", "zh-CN-NE", "cmn", "cn"),
    ),
    Variant(
        "zh",
        "tw",
        "Traditional Chinese",
        ("zh-Hant", "zh-TW", "zh-CHT", "cht", "zt", "cmn-Hant", "zho-Hant"),
    ),
    Variant(
        "zh",
        "hk",
        "Traditional Chinese as written in Hong Kong",
        ("zh-HK", "zh-MO", "zh-Hant-HK", "zh-Hant-MO"),
    ),
    Variant("zh", "yue", "Cantonese in Traditional characters", ("yue", "zh-yue"), needs_llm=True),
    Variant("zh", "wyw", "Classical Chinese", ("lzh", "wyw"), needs_llm=True),
    Variant("en", "us", "American English", ("en-US",)),
    Variant("en", "gb", "British English", ("en-GB",), needs_llm=True),
    Variant("pt", "br", "Brazilian Portuguese", ("pt-BR", "pb"), needs_llm=True),
    Variant("pt", "pt", "European Portuguese", ("pt-PT",), needs_llm=True),
    Variant("es", "419", "Latin American Spanish", ("es-419", "es-MX", "es-AR"), needs_llm=True),
    Variant("fr", "ca", "Canadian French", ("fr-CA",), needs_llm=True),
    Variant("no", "nn", "Norwegian Nynorsk", ("nn",), needs_llm=True),
    Variant("sr", "cyrl", "Serbian in Cyrillic script", ("sr-Cyrl",)),
    Variant("sr", "latn", "Serbian in Latin script", ("sr-Latn",)),
)

_ALIASES = {
    # Other codes of the same language, and country codes that clients send for it.
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "eng": "en",
    "per": "fa",
    "prs": "fa",
    "ful": "ff",
    "iw": "he",
    "sh": "hr",
    "in": "id",
    "jp": "ja",
    "jw": "jv",
    "kr": "ko",
    "ku": "kmr",
    "may": "ms",
    "mww": "hmn",
    "zsm": "ms",
    "bur": "my",
    "npi": "ne",
    "nb": "no",
    "nso": "ns",
    "ory": "or",
    "mo": "ro",
    "srp": "sr",
    "fil": "tl",
    "ua": "uk",
    "ur-latn": "ur-roman",
    "ji": "yi",
    "chi": "zh",
    "zho": "zh",
}


Spelling = Literal["libre", "azure", "google", "immersive", "deepl", "deepl_target"]
"""How a dialect writes codes, see :data:`SPELLINGS`."""


class Locale(NamedTuple):
    """A language, with a variant or without."""

    language: Language
    variant: Variant | None = None

    @property
    def code(self) -> str:
        return self.language.code

    @property
    def variant_id(self) -> str:
        return self.variant.id if self.variant else ""

    @property
    def name(self) -> str:
        """The English name, as a text model understands it."""
        return self.variant.name if self.variant else self.language.name

    @property
    def tag(self) -> str:
        """The BCP 47 tag."""
        return self.variant.codes[0] if self.variant else _TAGS.get(self.code, self.code)

    def spell(self, spelling: Spelling) -> str:
        """Returns the code as a dialect writes it."""
        return SPELLINGS[spelling](self)


_TAGS = {"ns": "nso", "no": "nb", "mn-mong": "mn-Mong", "ur-roman": "ur-Latn", "zh": "zh-Hans"}


def _tags(**special: str) -> Callable[[Locale], str]:
    """Returns a spelling by BCP 47 tags, except for the given languages and tags of variants."""
    table = {name.replace("_", "-"): code for name, code in special.items()}
    return lambda locale: table.get(locale.tag if locale.variant else locale.code, locale.tag)


def _deepl(locale: Locale) -> str:
    """Spells the language without its variant, as DeepL spells sources."""
    return {"no": "NB", "ns": "NSO"}.get(locale.code, locale.code.upper())


SPELLINGS: Mapping[Spelling, Callable[[Locale], str]] = {
    "libre": _tags(),
    "azure": _tags(tl="fil", sr="sr-Cyrl", hmn="mww", mn="mn-Cyrl", tlh="tlh-Latn"),
    "google": _tags(
        zh="zh-CN",
        zh_Hans="zh-CN",
        zh_Hant="zh-TW",
        zh_HK="zh-TW",
        he="iw",
        jv="jw",
        kmr="ku",
        no="no",
    ),
    "immersive": _tags(
        zh="zh-CN", zh_Hans="zh-CN", zh_Hant="zh-TW", no="no", tl="fil", ur_roman="ur-roman"
    ),
    "deepl": _deepl,
    "deepl_target": lambda locale: locale.tag.upper() if locale.variant else _deepl(locale),
}
"""What spells a locale, by dialect."""


def _locales_by_name() -> dict[str, Locale]:
    table = {code: Locale(language) for code, language in LANGUAGES.items()}
    table |= {language.name.lower(): Locale(language) for language in LANGUAGES.values()}
    table |= {alias: table[code] for alias, code in _ALIASES.items()}
    for variant in VARIANTS:
        locale = Locale(LANGUAGES[variant.language], variant)
        for name in (*variant.codes, variant.name):
            table[name.lower()] = locale
    return table


_LOCALES = _locales_by_name()


def find_locale(code: str) -> Locale | None:
    """Returns the locale that a code or an English name stands for; None if it is unknown."""
    key = code.strip().lower().replace("_", "-")
    while 0 < len(key) <= MAX_CODE_LENGTH:
        locale = _LOCALES.get(key)
        if locale is not None:
            return locale
        key = key.rpartition("-")[0]
    return None


def find_or_english(code: str) -> Locale:
    """Returns the locale of a code that detection returns; English if it is unknown."""
    return find_locale(code) or Locale(LANGUAGES["en"])


def is_auto(code: object) -> bool:
    """Whether a client's source language means "detect it"."""
    return code is None or (isinstance(code, str) and code.strip().lower() in AUTO)
