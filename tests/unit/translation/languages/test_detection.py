"""Which language a text is in: scripts, n-grams, what is left out, and how often it is right.

tests/data/README.md says where the texts for the last come from.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation import scripts
from translation.languages import detection, locales, ngrams
from translation.languages.detection import NOTHING, detect, differing_language

ROOT = Path(__file__).resolve().parents[4]
CODES = {code for table in ngrams.TABLES.values() for code in table.languages.values()} | {
    row.languages.split()[0] for row in scripts.SCRIPTS.values() if row.languages
}

# --- scripts -----------------------------------------------------------------------------------

ONE_LANGUAGE = {
    "am": "ሰላም ለዓለም",
    "as": "নমস্কাৰ পৃথিৱী",
    "ber": "ⴰⵣⵓⵍ ⴰⵎⴰⴹⴰⵍ",
    "bn": "ওহে বিশ্ব",
    "bo": "བཀྲ་ཤིས་བདེ་ལེགས།",
    "dv": "އައްސަލާމް ޢަލައިކުމް",
    "el": "Γειά σου Κόσμε",
    "gu": "નમસ્તે દુનિયા",
    "he": "שלום עולם",
    "hy": "Բարեւ աշխարհ",
    "ja": "設定を変更する",
    "ka": "გამარჯობა მსოფლიო",
    "km": "សួស្តី\u200bពិភពលោក",
    "kn": "ಹಲೋ ವರ್ಲ್ಡ್",
    "ko": "안녕하세요 세계",
    "lo": "ສະບາຍດີຊາວໂລກ",
    "ml": "ഹലോ വേൾഡ്",
    "mn-mong": "ᠰᠠᠢᠨ ᠪᠠᠢᠨ᠎ᠠ ᠤᠤ",
    "my": "မင်္ဂလာပါကမ္ဘာလောက",
    "or": "ନମସ୍କାର ଦୁନିଆ",
    "pa": "ਸਤ ਸ੍ਰੀ ਅਕਾਲ",
    "si": "ආයුබෝවන් ලෝකය",
    "ta": "வணக்கம் உலகம்",
    "te": "హలో వరల్డ్",
    "th": "สวัสดีชาวโลก",
    "ti": "ሰላም ቐዳም",
    "yi": "אַ גוטן טאָג װעלט",
    "zh": "你好，世界",
}


@pytest.mark.parametrize(("code", "text"), ONE_LANGUAGE.items())
def test_a_script_of_one_language_decides(code: str, text: str) -> None:
    assert differing_language(text, "latin") == code
    assert detect([text]).code == code
    assert detect([text]).confidence >= 0.5


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ja", "ﾊﾝｶｸ"),
        ("ja", "東京都庁舎前駅で待ち合わせ"),
        ("zh", "「の」是日語中常用的一個假名，在華語地區的招牌上也時常見到"),
        ("zh", "㈱𠀋一二三"),
        ("ko", "大韓民國의 서울特別市에서"),
        ("el", "ἐν ἀρχῇ ἦν ὁ λόγος"),
        ("ka", "ᲒᲐᲛᲐᲠᲯᲝᲑᲐ"),
        ("he", "שׁלום עוֹלם"),
        ("zh", "Cloudflare Workers 部署指南"),
        ("ja", "GitHubにログインする"),
    ],
)
def test_a_script_decides_in_all_its_forms(code: str, text: str) -> None:
    assert differing_language(text, "latin") == code
    assert detect([text]).code == code


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "123", "🙂🙂", "…—“”", "Hello", "Grüße", "¿Qué?"),
        "Press 确定 to go on with the next step",
        "The word θάλασσα is Greek and means sea",
        "https://example.com/a-long-path-of-latin-letters?q=abc and some words 好",
    ],
)
def test_texts_in_latin_letters_do_not_differ(text: str) -> None:
    assert differing_language(text, "latin") is None


@pytest.mark.parametrize(
    ("text", "script", "code"),
    [
        ("Это русский текст", "latin", "ru"),
        ("Это русский текст", "han", "ru"),
        ("Это русский текст", "cyrillic", None),
        ("Налаштування", "cyrillic", None),
        ("هذا نص باللغة العربية", "latin", "ar"),
        ("यह हिंदी में लिखा गया है", "cyrillic", "hi"),
        ("This is an English text that is long enough", "han", "en"),
        ("Dies ist ein deutscher Satz, der lang genug ist", "cyrillic", "de"),
        *((words, "han", None) for words in ("GitHub", "iPhone 15 Pro Max", "API", "WLAN")),
        ("東京都", "kana", None),
        ("你好，世界", "hangul", "zh"),
        ("日本語の文章です", "han", "ja"),
        ("12:30", "han", None),
    ],
)
def test_a_text_in_another_script_differs(text: str, script: str, code: str | None) -> None:
    assert differing_language(text, script) == code


def test_tags_and_links_do_not_outweigh_the_script() -> None:
    link = '<a href="https://example.com/very/long/link" class="button">确定</a>'
    assert differing_language(link, "latin") == "zh"
    assert differing_language("{{user_name}}さん", "latin") == "ja"


# --- languages that share a script -------------------------------------------------------------

SENTENCES = {
    "ru": "Всё это время они ждали, когда откроется дверь.",
    "uk": "Увесь цей час вони чекали, коли відчиняться двері.",
    "bg": "През цялото време те чакаха да се отвори вратата.",
    "sr": "Све време су чекали да се врата отворе.",
    "mk": "Цело време чекаа да се отвори вратата.",
    "be": "Увесь гэты час яны чакалі, калі адчыняцца дзверы.",
    "kk": "Осы уақыт бойы олар есіктің ашылуын күтті.",
    "mn": "Тэд энэ хугацаанд хаалга онгойхыг хүлээж байлаа.",
    "ar": "انتظروا طوال هذا الوقت حتى يفتح الباب.",
    "fa": "در تمام این مدت منتظر بودند تا در باز شود.",
    "ur": "وہ اس تمام وقت دروازہ کھلنے کا انتظار کرتے رہے۔",
    "ps": "دوی ټول دا وخت د دروازې د خلاصېدو په تمه وو.",
    "sd": "اهي سڄو وقت دروازو کلڻ جو انتظار ڪندا رهيا.",
    "hi": "वे इतने समय तक दरवाज़ा खुलने का इंतज़ार करते रहे।",
    "mr": "ते इतका वेळ दार उघडण्याची वाट पाहत होते.",
    "ne": "उनीहरूले यति समयसम्म ढोका खुल्ने प्रतीक्षा गरिरहेका थिए।",
    "he": "כל הזמן הזה הם חיכו שהדלת תיפתח.",
    "yi": "די גאנצע צייט האבן זיי געווארט אז די טיר זאל זיך עפענען.",
    "id": "Mereka bisa menunggu karena pintunya belum dibuka oleh petugas kantor.",
    "ms": "Mereka boleh menunggu kerana pintunya belum dibuka oleh pegawai pejabat.",
    "no": "De ventet hele tiden på at døren skulle åpnes, men ingen kom.",
    "da": "De ventede længe på, at nogen ville åbne døren, men der kom ikke nogen.",
    "sv": "De väntade hela tiden på att dörren skulle öppnas, men ingen kom.",
    "cs": "Celou dobu čekali, až se otevřou dveře, ale nikdo nepřišel.",
    "sk": "Celý čas čakali, kým sa otvoria dvere, ale nikto neprišiel.",
    "es": "Esperaron todo el tiempo a que se abriera la puerta, pero no vino nadie.",
    "pt": "Eles esperaram o tempo todo que a porta se abrisse, mas ninguém veio.",
    "gl": "Non sei onde está a miña casa, pero hoxe vou coas miñas irmás á praia.",
    "ca": "Van esperar tota l'estona que s'obrís la porta, però no va venir ningú.",
    "hr": "Cijelo su vrijeme čekali da se otvore vrata, ali nitko nije došao.",
    "it": "Hanno aspettato tutto il tempo che si aprisse la porta, ma non è venuto nessuno.",
    "fr": "Ils ont attendu tout ce temps que la porte s'ouvre, mais personne n'est venu.",
    "ro": "Au așteptat tot timpul să se deschidă ușa, dar nu a venit nimeni.",
    "de": "Sie warteten die ganze Zeit, dass die Tür aufgeht, aber es kam niemand.",
    "nl": "Ze wachtten de hele tijd tot de deur openging, maar er kwam niemand.",
    "af": "Hulle het die hele tyd gewag dat die deur oopgaan, maar niemand het gekom nie.",
    "en": "They waited all that time for the door to open, but nobody came.",
    "fi": "He odottivat koko ajan oven avautumista, mutta kukaan ei tullut.",
    "et": "Nad ootasid kogu aeg ukse avanemist, aga keegi ei tulnud.",
    "hu": "Egész idő alatt várták, hogy kinyíljon az ajtó, de nem jött senki.",
    "pl": "Cały czas czekali, aż otworzą się drzwi, ale nikt nie przyszedł.",
    "tr": "Bütün bu süre boyunca kapının açılmasını beklediler ama kimse gelmedi.",
    "vi": "Họ đã đợi suốt thời gian đó để cửa mở, nhưng không có ai đến.",
    "tl": "Naghintay sila sa buong oras na iyon na mabuksan ang pinto, ngunit walang dumating.",
    "sw": "Walisubiri wakati wote huo mlango ufunguliwe, lakini hakuna aliyekuja.",
}


@pytest.mark.parametrize(("code", "text"), SENTENCES.items())
def test_n_grams_detect_languages_of_one_script(code: str, text: str) -> None:
    found = detect([text])
    assert found.code == code
    assert found.confidence >= 0.5


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ru", "OK, это длится уже всё время"),
        ("ru", "Test тест на русском языке"),
        ("hi", "hello दरवाज़ा खुलने का इंतज़ार"),
        ("ar", "Hi انتظروا طوال هذا الوقت"),
        ("he", "Login כל הזמן הזה הם חיכו"),
    ],
)
def test_a_latin_first_word_has_no_vote_in_another_script(code: str, text: str) -> None:
    assert detect([text]).code == code


def test_serbian_in_latin_letters() -> None:
    assert detect(["Svo vreme su čekali da se otvore vrata, ali niko nije došao."]).code == "sr"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hello", "en"),
        ("hi", "en"),
        ("OK", "en"),
        ("One", "en"),
        ("Hallo", "de"),
        ("Danke!", "de"),
        ("¡Gracias!", "es"),
        ("Merci", "fr"),
        ("Ciao", "it"),
        ("Olá", "pt"),
        ("Merhaba", "tr"),
        ("Hello world", "en"),
        ("Hello, world!", "en"),
        ("Cancel", "en"),
        ("Settings", "en"),
        ("Sign in", "en"),
        ("Bonjour", "fr"),
        ("Paramètres", "fr"),
        ("Guten Tag", "de"),
        ("Einstellungen", "de"),
        ("Abbrechen", "de"),
        ("Hola", "es"),
        ("Buenos días", "es"),
        ("Bom dia", "pt"),
        ("Configurações", "pt"),
        ("Buongiorno", "it"),
        ("Impostazioni", "it"),
        ("Goedemorgen", "nl"),
        ("Привет", "ru"),
        ("Сохранить", "ru"),
        ("Налаштування", "uk"),
        ("Günaydın", "tr"),
        ("Dzień dobry", "pl"),
        ("Xin chào", "vi"),
        ("ISTANBUL'DA GÖRÜŞÜRÜZ", "tr"),
        ("İstanbul'da görüşürüz", "tr"),
    ],
)
def test_short_strings(text: str, code: str) -> None:
    assert detect([text]).code == code


@pytest.mark.parametrize("text", ["a", "Submit", "Home", "API", "iPhone 15 Pro Max"])
def test_a_few_plain_letters_are_english_for_want_of_anything_better(text: str) -> None:
    assert detect([text]).code == "en"
    assert detect([text]).confidence < 0.2


def test_letters_may_come_in_two_characters() -> None:
    assert detect(["Họ đã đợi".encode().decode()]) == detect(["Họ đã đợi"])


# --- a vote over a batch -----------------------------------------------------------------------


def test_a_batch_has_one_vote() -> None:
    assert detect(["OK", "Menü", "Die Datei wurde nicht gefunden.", "Bitte warten"]).code == "de"
    assert detect(["iPhone 15", "你好，世界", "Cloudflare"]).code == "zh"
    assert detect(["漢字", "東京", "これは日本語の文章です。"]).code == "ja"
    page = [SENTENCES["fr"]] * 40 + [SENTENCES["en"]] * 10
    assert detect(page).code == "fr"


def test_confidence_is_lower_for_a_page_of_two_scripts() -> None:
    one = detect([SENTENCES["ru"]])
    two = detect([SENTENCES["ru"], SENTENCES["en"]])
    assert one.confidence > 0.9
    assert two.confidence < 0.7


def test_confidence_grows_with_the_text() -> None:
    assert detect(["hotel"]).confidence < 0.5 < detect([SENTENCES["es"]]).confidence
    assert detect([SENTENCES["de"]]).confidence > 0.95


def test_a_page_is_looked_at_from_its_beginning_to_its_end() -> None:
    menu = ["Home", "Products", "About us", "Contact"] * 2
    assert detect([*menu, *[SENTENCES["pl"]] * 60]).code == "pl"
    assert detect([*[SENTENCES["pl"]] * 60, *menu]).code == "pl"
    assert detect([" ".join([SENTENCES["en"]] * 3 + [SENTENCES["da"]] * 60)]).code == "da"


def test_the_work_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the texts' length, as many characters are looked at and as many words vote."""
    looked_at: list[int] = []
    voted: list[int] = []
    count_letters, features = scripts.count_letters, detection.features

    def spy_letters(text: str) -> Counter[str]:
        looked_at.append(len(text))
        return count_letters(text)

    def spy_words(words: list[str]) -> list[str]:
        voted.append(len(words))
        return features(words)

    monkeypatch.setattr(detection, "count_letters", spy_letters)
    monkeypatch.setattr(detection, "features", spy_words)
    for texts in ([SENTENCES["en"]] * 10_000, ["a " * 100_000], ["x"] * 100_000):
        detect(texts)
    differing_language("好" + "x " * 100_000, "han")
    assert len(looked_at) == 4
    assert len(voted) == 4
    assert max(looked_at) <= detection.MAX_CHARACTERS + 20
    assert max(voted) <= detection.MAX_WORDS
    assert min(voted) > detection.MAX_WORDS // 4


# --- what has no say ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("", " \n\t", "12345", "3.14 %", "+++ --- ***", "🙂👍", "❤\ufe0f", "…", "\0", "\ud83d"),
        *("https://example.com/der/die/das?und=oder", "www.example.com", "mailto:a@example.com"),
        *("someone@example.com", "@0# @1#", "{0} {1}", "{{name}}", "{v1}", "%s %d", "%1$s %2$d"),
        *("%(name)s", "${user}", "<b0></b0>", "<a id=1></a>", "<br/>", "&nbsp;&amp;&#160;"),
        *(":smile:", "snake_case", "camelCase()", "os.path.join", "--verbose", "v1.2.3", "x86_64"),
        *("/usr/local/bin", "#define", "a=b", "C:\\Windows"),
        '<div class="unterschiedliche einstellungen" title="noch mehr',
    ],
)
def test_nothing_to_go_by_is_english_without_confidence(text: str) -> None:
    assert detect([text]) == NOTHING == ("en", 0.0, "")
    assert detect([text, text]) == NOTHING


def test_no_text_at_all() -> None:
    assert detect([]) == NOTHING


@pytest.mark.parametrize(
    "noise",
    [
        "https://www.example.com/this/is/the/address/of/something/in/english/with/words",
        '<div class="the-quick-brown-fox jumps-over-the-lazy-dog" title="with many words">',
        "{{the_name_of_the_thing}}",
        "the.name.of.the.thing.that.this.is.about@somewhere.example.com",
        "%(the_name_of_something_that_is_filled_in)s",
        ":the_name_of_the_smiling_face_with_open_mouth:",
        "getElementsByTheNameThatTheyWereGiven()",
        "THE_NAME_OF_THE_VARIABLE_WITH_THE_THINGS",
    ],
)
def test_noise_has_no_say(noise: str) -> None:
    alone = detect(["Wo ist der Bahnhof?"])
    assert alone.code == "de"
    assert detect([f"{noise} Wo ist der Bahnhof?"]) == alone
    assert detect([f"Wo ist {noise} der Bahnhof?"]) == alone
    assert detect(["Wo ist der Bahnhof?", noise]) == alone


def test_text_beside_a_placeholder_has_a_say() -> None:
    assert detect(["<b0>Einstellungen</b0>"]) == detect(["Einstellungen"])
    assert detect(["Einstellungen{name}"]) == detect(["Einstellungen"])
    assert detect(["%sEinstellungen&nbsp;"]) == detect(["Einstellungen"])


def test_a_tag_that_the_sample_cuts_off_has_no_say() -> None:
    link = '<a href="https://example.com" title="this is the title of the thing, and that">{}</a>'
    page = [link.format(SENTENCES["hu"])] * 40
    assert detect(page).code == "hu"
    assert detect(page).confidence > 0.9


# --- any text ----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [*SENTENCES.values(), *ONE_LANGUAGE.values(), "<", ">", "{", "}", "&", "%", ":", "@", "\0"]
)
TEXTS = st.lists(st.text(st.characters(codec=None)) | st.lists(PIECES, max_size=8).map(" ".join))


@given(TEXTS)
def test_any_texts_have_a_known_language(texts: list[str]) -> None:
    code, confidence, script = detect(texts)
    assert locales.find_locale(code)
    assert 0 <= confidence <= 1
    for text in texts:
        differing = differing_language(text, script)
        assert differing is None or locales.find_locale(differing)


@given(st.sampled_from("<>{}&%:@/a.A_ \"'=\0-1é好"), st.sampled_from("<>{}&%:@/a.A_ \"'=\0-1é好"))
def test_noise_is_found_in_linear_time(one: str, other: str) -> None:
    """A pattern that goes back over a long run would take minutes here."""
    text = (one * 50 + other) * 2000
    assert len(detection.NOISE.sub("", text)) <= len(text)


# --- the table ---------------------------------------------------------------------------------


def test_the_table_is_well_formed() -> None:
    assert len(set(ngrams.LETTERS)) == len(ngrams.LETTERS)
    assert set(ngrams.TABLES) <= set(scripts.SCRIPTS)
    for languages_of, votes, prior in ngrams.TABLES.values():
        letters = set(ngrams.LETTERS[: len(languages_of)])
        assert languages_of.keys() == letters
        assert len(set(languages_of.values())) == len(letters)
        assert set(prior) <= letters
        assert set("".join(votes.values())) <= letters
        assert all(ngram.strip("_") for ngram in votes)


def test_no_ngram_is_there_twice() -> None:
    file = (ROOT / "src" / "translation" / "languages" / "ngrams.txt").read_text("utf-8")
    votes = [part.rstrip("\n").rpartition("\n")[2].split() for part in file.split("\n\f")]
    assert [len(table.votes) for table in ngrams.TABLES.values()] == list(map(len, votes))


def test_the_table_is_small() -> None:
    file = ROOT / "src" / "translation" / "languages" / "ngrams.txt"
    assert len(file.read_bytes()) <= 200_000


def test_every_language_is_one_that_can_be_translated() -> None:
    assert all(locales.LANGUAGES[code] for code in CODES)
    known = {code for code, language in locales.LANGUAGES.items() if language.m2m100}
    assert known <= CODES


def test_notice_names_the_sources() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    script = (ROOT / "scripts" / "make_ngrams.py").read_text("utf-8")
    packages = re.findall(r'"([a-z0-9-]+)(?:==|@)([0-9.]+)"', script)
    assert len(packages) == 4
    assert all(f"{name} {version}" in notice for name, version in packages)


# --- how often it is right ---------------------------------------------------------------------

TSV = ROOT / "tests" / "data" / "languages.tsv"
GUIDE = set(
    "ar bg cs da de el en es fi fr he hi hr hu id it ja ko ms nl no pl pt ro ru sk sr sv th tr uk "
    "vi zh".split()
)


def texts() -> Mapping[str, Mapping[str, list[str]]]:
    """By kind and language; ``sr-Latn`` is Serbian in Latin letters."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in TSV.read_text("utf-8").splitlines():
        language, kind, text = line.split("\t")
        found["labels" if kind == "labels" else "sentences"][language].append(text)
    for language, sentences in found["sentences"].items():
        found["pairs"][language] = [pair for text in sentences for pair in word_pairs(text)]
    return found


def word_pairs(text: str) -> list[str]:
    """Up to two pairs of neighbours among the longer words of a text."""
    words = [word.strip("!-/:;,.?()[]\"'„“”‘’«»…।、。،؛") for word in text.split()]
    longer = [word for word in words if len(word) >= 5 and not re.search(r"[\d%{}<>&=_/]", word)]
    return [" ".join(longer[place : place + 2]) for place in range(0, len(longer) - 1, 2)][:2]


BY_KIND = texts()


def accuracy(kind: str, wanted: Callable[[str], bool]) -> dict[str, float]:
    """In per cent, of the languages that are wanted."""
    return {
        language: 100
        * sum(detect([text]).code == language.partition("-")[0] for text in found)
        / len(found)
        for language, found in BY_KIND[kind].items()
        if wanted(language) and len(found) >= 8
    }


def mean(found: Mapping[str, float]) -> float:
    return sum(found.values()) / len(found)


# Few words, if any, are long ones with spaces around them, and their scripts tell them anyway.
WITHOUT_PAIRS = {"ja", "ko", "th", "zh"}


def test_the_texts_are_enough() -> None:
    for language in GUIDE:
        assert len(BY_KIND["sentences"][language]) >= 50
        assert len(BY_KIND["pairs"][language]) >= 50 or language in WITHOUT_PAIRS


@pytest.mark.parametrize(
    ("kind", "least", "least_of_each"),
    [("sentences", 94, 40), ("pairs", 78, 40), ("labels", 70, 25)],
)
def test_the_languages_most_asked_for(kind: str, least: float, least_of_each: float) -> None:
    found = accuracy(kind, GUIDE.__contains__)
    assert len(found) >= len(GUIDE) - len(WITHOUT_PAIRS)
    assert mean(found) >= least, found
    assert min(found.values()) >= least_of_each, found


@pytest.mark.parametrize(("kind", "least"), [("sentences", 87), ("pairs", 73), ("labels", 58)])
def test_the_other_languages(kind: str, least: float) -> None:
    found = accuracy(kind, lambda language: language not in GUIDE)
    assert len(found) >= 30
    assert mean(found) >= least, found


def test_confident_detections_are_seldom_wrong() -> None:
    found = [
        (detect([text]), language.partition("-")[0])
        for language in GUIDE
        for text in BY_KIND["sentences"][language]
    ]
    sure = [said.code == language for said, language in found if said.confidence >= 0.5]
    assert len(sure) >= 0.9 * len(found)
    assert sum(sure) >= 0.95 * len(sure)
