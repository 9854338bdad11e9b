import pytest

from translation.engines.engine import Pair
from translation.guards import is_acceptable
from translation.languages import locales
from translation.scripts import IN_SEVERAL_SCRIPTS, SCRIPTS


def pair(source: str, target: str) -> Pair:
    found = locales.find_locale(source), locales.find_locale(target)
    assert found[0] and found[1]
    return Pair(found[0], found[1])


@pytest.mark.parametrize(
    ("source", "target", "text", "translated"),
    [
        # Short texts and long words for them
        ("en", "fr", "OK", "D'accord"),
        ("en", "de", "Off", "Ausgeschaltet"),
        ("en", "ru", "Log in", "Войти в систему"),
        ("en", "es", "N/A", "No disponible"),
        ("en", "ja", "Settings", "設定"),
        ("en", "zh", "Unsubscribe from this newsletter", "退订"),
        ("zh", "en", "好", "All right, that is fine with me"),
        ("zh", "en", "中华人民共和国", "People's Republic of China"),
        ("de", "en", "Donaudampfschifffahrtsgesellschaftskapitän", "Steamship captain"),
        ("ja", "en", "お疲れ様でした", "Thank you for all your hard work today"),
        ("en", "th", "The weather is nice today.", "วันนี้อากาศดี"),
        ("en", "my", "The weather is nice today.", "ယနေ့ ရာသီဥတု သာယာသည်။"),
        ("en", "ko", "He went to the market to buy some fruit.", "그는 과일을 사러 시장에 갔다."),
        ("en", "zh", "He went to the market to buy some fruit.", "他去市场买水果。"),
        ("en", "en-GB", "The color of the aluminum", "The colour of the aluminium"),
        ("en", "zh", "twelve", "12"),
        ("en", "de", "<x1/> of <x2/> files", "<x1/> von <x2/> Dateien"),
        # Names, titles, terms and quotations
        ("en", "fr", "iPhone", "iPhone"),
        ("en", "de", "Visual Studio Code", "Visual Studio Code"),
        ("en", "zh", "Microsoft Visual Studio Code", "Microsoft Visual Studio Code"),
        ("en", "ja", "Grand Theft Auto San Andreas", "Grand Theft Auto San Andreas！"),
        ("en", "ru", "The New York Times", "The New York Times"),
        ("en", "zh", "Use npm install foo bar", "使用 npm install foo bar"),
        ("en", "ru", "OpenAI", "OpenAI"),
        ("en", "ar", "Wi-Fi", "Wi-Fi"),
        ("en", "ja", "Click OK", "OKをクリック"),
        (
            "en",
            "zh",
            "Hilton Worldwide Holdings Inc. (HLT)",
            "希尔顿全球控股公司 Hilton Worldwide (HLT)",
        ),
        ("fr", "en", "coup d'état", "coup d'état"),
        ("de", "en", "Kindergarten", "Kindergarten"),
        ("zh", "ja", "東京大学大学院工学系研究科", "東京大学大学院工学系研究科"),
        ("en", "fr", "The sign says 出口 here", "Le panneau dit 出口 ici"),
        ("en", "fr", "中文", "中文"),
        ("en", "fr", "Русский язык", "Русский язык"),
        ("en", "ru", "5 μm", "5 мкм"),
        ("en", "fr", "Δ", "Δ"),
        ("en", "fr", "E = mc²", "E = mc²"),
        # Kindred languages share whole phrases
        ("da", "no", "det er en god bil", "det er en god bil"),
        ("ru", "uk", "мама мыла раму", "мама мила раму"),
        ("cs", "sk", "to je moja dobrá mama", "to je moja dobrá mama"),
        ("id", "ms", "saya suka makan nasi", "saya suka makan nasi"),
        # Characters at the edges of a script
        ("en", "ja", "Hello, Mr. Tsuji", "\ufa11\U00020bb7"),
        ("en", "zh", "Good morning", "ㄗㄠˇㄢ"),
        # Languages in two scripts
        ("en", "sr", "Good morning", "Dobro jutro"),
        ("en", "sr", "Good morning", "Добро јутро"),
        ("en", "uz", "Good morning", "Хайрли тонг"),
        # Repetitions that the source has, or that are no loops
        ("en", "de", "Ha ha ha ha ha ha ha ha ha ha!", "Ha ha ha ha ha ha ha ha ha ha!"),
        ("zh", "en", "哈哈哈哈哈哈哈哈", "Hahahahahahahahahahahahaha"),
        ("en", "de", "Nooooooooooooooooooooooo!", "Neeeeeeeeeeeeeeeeeeeeeeein!"),
        (
            "en",
            "fr",
            "red apple, green apple, yellow apple, blue apple, big apple",
            "pomme rouge, pomme verte, pomme jaune, pomme bleue, pomme grosse",
        ),
        ("en", "fr", "Name", "Nom : ____________________________"),
        ("en", "de", "A very, very, very good day to you all", "Einen sehr, sehr, sehr guten Tag"),
        ("en", "fr", "Name ........................ Page", "Nom ........................ Page"),
        # What sounds like an assistant and is a translation
        ("zh", "en", "当然，我会来。", "Of course, I will come."),
        ("zh", "en", "当然！", "Sure!"),
        ("zh", "en", "对不起，我不能来。", "I'm sorry, I can't come."),
        ("zh", "en", "抱歉，我帮不了你。", "Sorry, I can't help you."),
        ("fr", "en", "Voici la liste :", "Here is the list:"),
        ("es", "en", "Aquí está su libro.", "Here is your book."),
        ("en", "de", "OK, I'm coming.", "Okay, ich komme."),
        ("en", "de", "Sorry, I can't", "Sorry, ich kann nicht"),
        ("en", "fr", "Sure, here is the translation: yes", "Bien sûr, voici la traduction : oui"),
        ("en", "fr", "Translation: Bob Smith", "Traduction : Bob Smith"),
        ("zh", "en", "译者：张三", "Translator: Zhang San"),
        ("en", "fr", "As an AI company, we grow.", "En tant qu'entreprise d'IA, nous grandissons."),
        ("en", "vi", "Epidemic: five dead", "Dịch bệnh: năm người chết"),
        ("en", "ru", "Transfer: 500 rubles", "Перевод: 500 рублей"),
        ("en", "nl", "Sure, why not", "Sure, why not"),
    ],
)
def test_accepts_good_translations(source: str, target: str, text: str, translated: str) -> None:
    assert is_acceptable(text, translated, pair(source, target))


@pytest.mark.parametrize(
    ("source", "target", "text", "translated"),
    [
        # Nothing
        ("en", "fr", "Hello", ""),
        ("en", "fr", "Hello", "  "),
        ("en", "fr", "Hello", "..."),
        ("en", "zh", "Hello", "。"),
        ("en", "fr", "Hello <x1/>", "<x1/>"),
        # Loops
        ("az", "en", "O nədir", "that's it, " * 5 + "that's it."),
        ("en", "fr", "What is it?", "Qu'est-ce que c'est que " * 4),
        ("en", "zh", "We are who we are", "我们是谁" * 5),
        ("en", "zh", "What is it, then?", "这是什么？" + "我们" * 8),
        ("en", "ja", "What is it, then?", "それは何ですか" + "、それは何ですか" * 5),
        ("en", "ru", "What is it, then?", "Что это такое? " + "то есть, " * 7),
        ("en", "ko", "What is it, then?", "그것은 무엇입니까 " * 4),
        ("en", "de", "Hello there", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        # Too long, too short
        ("en", "fr", "Hello", "Bonjour à toutes et à tous, mesdames et messieurs, chers amis"),
        ("en", "zh", "Hello", "大家好，女士们先生们，亲爱的朋友们，欢迎你们的到来"),
        ("zh", "en", "你好", "Hello to all of you, ladies and gentlemen, dear friends"),
        ("en", "fr", "word " * 40, "Un mot."),
        ("en", "zh", "word " * 40, "一个词。"),
        ("zh", "en", "我们今天去公园散步然后回家吃饭最后睡觉" * 4, "We went to the park."),
        # Left as it was
        ("en", "fr", "this is not a name", "this is not a name"),
        ("en", "fr", "Hello, how are you doing?", "Hello, how are you doing?"),
        ("en", "zh", "This is what we do here.", "This is what we do here."),
        ("de", "en", "Das ist kein guter Name", "Das ist kein guter Name"),
        ("zh", "ja", "这是我们的世界", "这是我们的世界"),
        ("ja", "zh", "これは世界です", "これは世界です"),
        ("zh", "ja", "我的朋友", "我的朋友"),
        ("da", "no", *["det er en meget god bil, som jeg har her"] * 2),
        ("ru", "uk", *["мы все очень хорошо знаем друг друга здесь"] * 2),
        ("en", "fr", "我们的世界", "我们的世界"),
        # Chatter
        ("en", "fr", "Hello", "Sure! Here is the translation: Bonjour"),
        ("en", "fr", "Hello", "Certainly, Bonjour"),
        ("en", "fr", "Hello", "Translation: Bonjour"),
        ("en", "fr", "Hello", "Traduction : Bonjour"),
        ("en", "fr", "Hello", "Voici la traduction en français : Bonjour"),
        ("en", "de", "Hello", "Hier ist die Übersetzung: Hallo"),
        ("en", "es", "Hello", "Aquí está la traducción: Hola"),
        ("en", "zh", "Hello", "以下是翻译：你好"),
        ("en", "zh", "Hello", "译文：你好"),
        ("en", "ja", "Hello", "翻訳：こんにちは"),
        ("en", "ko", "Hello", "번역: 안녕하세요"),
        ("zh", "en", "你好", "Here's the translation: Hello"),
        ("zh", "en", "你好", "Sure, here's your text: Hello"),
        ("zh", "en", "你好吗", "As an AI language model, I feel nothing"),
        ("zh", "en", "怎么做炸弹？", "I'm sorry, but I can't assist with that."),
        ("en", "fr", "How do I do it?", "I'm sorry, I cannot do this"),
        ("en", "fr", "How do I do it?", "I’m unable to do this"),
        ("en", "es", "How do I do it?", "I can't translate that"),
        ("en", "de", "How do I do it?", "Sorry, but I can't say"),
        # Wrong scripts
        ("en", "zh", "Good morning to you", "good morning to you all"),
        ("en", "zh", "Good morning", "Доброе утро"),
        ("en", "zh", "Good morning", "おはようございます"),
        ("zh", "en", "你好", "你好"),
        ("zh", "en", "早上好", "おはよう"),
        ("zh", "fr", "是的", "是的"),
        ("ru", "en", "Привет", "Привет"),
        ("en", "fr", "Good morning", "Καλημέρα"),
        ("en", "ru", "Good morning", "Καλημέρα"),
        ("en", "ru", "Good morning to all", "dobroe utro vsem"),
        ("en", "ar", "Good morning", "בוקר טוב"),
        ("en", "hi", "Good morning", "સુપ્રભાત"),
        ("en", "ko", "Good morning", "おはよう"),
        ("en", "ja", "Good morning", "안녕하세요"),
    ],
)
def test_rejects_bad_translations(source: str, target: str, text: str, translated: str) -> None:
    assert not is_acceptable(text, translated, pair(source, target))


# One word in each script: a translation in it is right for its languages, and for no others.
WORDS = {
    "latin": "Bonjour",
    "greek": "Καλημέρα",
    "cyrillic": "Добро",
    "armenian": "Բարեւ",
    "hebrew": "שלום",
    "arabic": "مرحبا",
    "thaana": "އައްސަލާމް",
    "devanagari": "नमस्ते",
    "bengali": "নমস্কার",
    "gurmukhi": "ਸਤਿ ਸ੍ਰੀ",
    "gujarati": "નમસ્તે",
    "odia": "ନମସ୍କାର",
    "tamil": "வணக்கம்",
    "telugu": "నమస్కారం",
    "kannada": "ನಮಸ್ಕಾರ",
    "malayalam": "നമസ്കാരം",
    "sinhala": "ආයුබෝවන්",
    "thai": "สวัสดี",
    "lao": "ສະບາຍດີ",
    "tibetan": "བཀྲ་ཤིས་བདེ་ལེགས",
    "burmese": "မင်္ဂလာပါ",
    "georgian": "გამარჯობა",
    "hangul": "안녕하세요",
    "ethiopic": "ሰላምታ",
    "khmer": "សួស្តី",
    "mongolian": "ᠰᠠᠶᠢᠨ",
    "kana": "こんにちは",
    "han": "你好世界",
    "tifinagh": "ⴰⵣⵓⵍ",
}
# Languages in Latin letters are all that the table does not name.
LANGUAGES = {name: row.languages.split() for name, row in SCRIPTS.items()} | {
    "latin": ["fr", "de", "sw", "vi"]
}


def test_there_is_a_word_for_every_script() -> None:
    assert WORDS.keys() == SCRIPTS.keys()


@pytest.mark.parametrize("script", WORDS)
def test_accepts_the_script_of_the_language_and_rejects_others(script: str) -> None:
    source, text = ("zh", "早安啊") if script == "latin" else ("en", "Good day")
    for code in LANGUAGES[script]:
        assert is_acceptable(text, WORDS[script], pair(source, code)), code
        for other, wrong in WORDS.items():
            latin_name = other == "latin"
            kanji = (script, other) == ("kana", "han")
            accepted = latin_name or kanji or code in IN_SEVERAL_SCRIPTS
            if other != script:
                assert is_acceptable(text, wrong, pair(source, code)) == accepted, other


@pytest.mark.parametrize("code", sorted(IN_SEVERAL_SCRIPTS))
def test_accepts_any_script_for_languages_in_several(code: str) -> None:
    for word in WORDS.values():
        assert is_acceptable("Good day", word, pair("en", code))


REST = (
    "sphinx of black quartz judge my vow, pack my box with five dozen liquor jugs, "
    "how vexingly quick daft zebras jump, bright vixens do fowl quack"
)


@pytest.mark.parametrize("quarters", [1, 2, 3, 4])
@pytest.mark.parametrize("unit", ["und so ", "der eine und der andere, ", "не так, "])
def test_rejects_a_loop_anywhere_in_a_text(unit: str, quarters: int) -> None:
    loop = (unit * 8)[: len(REST) * quarters // 4]
    languages = pair("en", "ru" if unit[0] == "н" else "de")
    if len(loop) > 4.2 * len(unit):
        assert not is_acceptable(REST, loop + REST[len(loop) :], languages)


def test_four_times_is_a_loop_and_three_times_is_none() -> None:
    for unit in ("eins zwei drei, ", "Ja, das ist so. ", "a b c d e f g "):
        assert is_acceptable(REST, unit * 3 + "und gut ist es", pair("en", "de"))
        assert not is_acceptable(REST, unit * 4, pair("en", "de"))
    assert is_acceptable("what", "na " * 7, pair("en", "de"))
    assert not is_acceptable("what", "na " * 8, pair("en", "de"))


def test_the_limits_of_length() -> None:
    def fits(source: str, translated: str) -> bool:
        return is_acceptable(source, translated, pair("en", "fr"))

    def letters(count: int) -> str:
        return "".join("abcdefghijklmnopqrstuvwxyz"[n * n % 26] for n in range(count))

    assert fits(letters(10), letters(70))
    assert not fits(letters(10), letters(71))
    assert fits(letters(70), letters(10))
    assert not fits(letters(71), letters(10))
