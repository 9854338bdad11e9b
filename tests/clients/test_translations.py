"""That ``translations.expected`` and the mock Workers AI agree, for tests that build on it."""

import json
from collections.abc import Iterator

import httpx2
import pytest

from clients.talk import OPENAI, chat_body
from support.translations import NAMES, expected
from translation.languages.locales import LANGUAGES, VARIANTS

M2M100 = "@cf/meta/m2m100-1.2b"
INDIC = "@cf/ai4bharat/indictrans2-en-indic-1B"

TEXTS = [
    "Hello world, it costs 5 €.",
    " Two\r\n\nlines\t",
    "Größe é e\u0301 ﬁ Ａ µ ª ² Ⅷ ℃ 𝐀",
    "你好，世界。々〇𠀀 ひらがな カタカナー 안녕하세요",
    "हिन्दी ภาษาไทย العَرَبِيَّة עִבְרִית Привет, її ґанок",
    "<1>Hi</1> <a href='b'>you</a> {name} {0} {{a}} ${x} %s %1$s %(n)s %3C 100% @1# [2] [[3]]",
    ":name: &nbsp; &#x27; a.b@c.de https://a.b/c?d=e (f) 👍🏽 a<b",
]


def scripts() -> Iterator[str]:
    """One language per script, and those whose codes are not plain."""
    seen = set()
    for code in NAMES:
        mark = expected("a", code)[-1]
        if mark not in seen or "-" in code:
            seen.add(mark)
            yield code


def translated(http: httpx2.Client, model: str, **inputs: object) -> dict[str, object]:
    answer = http.post(f"/ai/run/{model}", json=inputs)
    assert answer.status_code == 200, answer.text
    result: dict[str, object] = answer.json()["result"]
    return result


@pytest.mark.parametrize("target", ["fr", "ru", "zh", "ja", "ko", "hi", "ar", "th", "el"])
def test_m2m100(http: httpx2.Client, target: str) -> None:
    for text in TEXTS:
        answer = translated(http, M2M100, text=text, source_lang="xh", target_lang=target)
        assert answer == {"translated_text": expected(text, target)}


@pytest.mark.parametrize("target", ["tel_Telu", "sat_Olck", "mni_Mtei", "kha_Latn", "kas_Arab"])
def test_indictrans2(http: httpx2.Client, target: str) -> None:
    answer = translated(http, INDIC, text=TEXTS, target_language=target)
    assert answer == {"translations": [expected(text, target) for text in TEXTS]}


@pytest.mark.parametrize("target", list(scripts()))
def test_a_chat_model(http: httpx2.Client, target: str) -> None:
    body = {
        "model": OPENAI,
        "messages": [
            {"role": "system", "content": f"Translate from Welsh into {NAMES[target][0]}."},
            {"role": "user", "content": json.dumps(dict(enumerate(TEXTS)))},
        ],
        "reasoning_effort": "none",
    }
    answer = http.post("/v1/chat/completions", json=body)
    assert answer.status_code == 200, answer.text
    content = json.loads(answer.json()["choices"][0]["message"]["content"])
    assert list(content.values()) == [expected(text, target, keeps=True) for text in TEXTS]


def test_a_chat_model_with_a_plain_text(http: httpx2.Client) -> None:
    body = chat_body(OPENAI, f"Translate to Russian:\n\n{TEXTS[0]}", reasoning_effort="none")
    content = http.post("/v1/chat/completions", json=body).json()["choices"][0]["message"][
        "content"
    ]
    assert content == expected(TEXTS[0], "ru", keeps=True)


def test_a_chat_model_knows_every_language_that_the_service_has() -> None:
    named = {language.name for language in LANGUAGES.values()} | {one.name for one in VARIANTS}
    assert named <= {name for names in NAMES.values() for name in names}


def test_translations_are_known_by_heart() -> None:
    """So that not both are wrong in the same way."""
    assert expected("Hello world.", "fr") == "[fr] Hello world."
    assert expected("Hello {n}.", "uk") == "[ук] белло {н}."
    assert expected("Hello {n}.", "uk", keeps=True) == "[ук] белло {n}."
    assert expected("Hello", "zh") == "[中] 贝龙"
    assert expected("Hello", "zh-Hant") == "[中] 貝龍"
    assert expected("你好", "en") == "[en] vwxklm"
    assert expected("Hello", "pt-BR") == "[pt-BR] Hello"
    assert expected("Hello", "tel_Telu") == "[తఎల] బఎలలఒ"
