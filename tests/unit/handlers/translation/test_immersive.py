"""Immersive Translate's custom API."""

from typing import Any

import pytest

from support.exchange import Got, send
from support.translators import Translators


def translate(texts: object, **body: Any) -> Got:
    given = {"text_list": texts, "source_lang": "auto", "target_lang": "fr", **body}
    return send("POST", "/imme", given, ai=Translators())


def into(code: str) -> list[str]:
    ai = Translators(translate=lambda text, target: f"~ {text}")
    body = {"text_list": ["Hello"], "source_lang": "en", "target_lang": code}
    got = send("POST", "/imme", body, ai=ai)
    assert got.status == 200, got.body
    return [row["text"] for row in got.json["translations"]]


def test_as_many_as_were_sent_in_order() -> None:
    rows = translate(["One", "", "Two", "One", "5"]).json["translations"]
    assert [row["text"] for row in rows] == ["[fr] One", "", "[fr] Two", "[fr] One", "5"]
    assert {row["detected_source_lang"] for row in rows} == {"en"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("zh", "zh-CN"),
        ("zh-CN", "zh-CN"),
        ("zh-TW", "zh-TW"),
        ("no", "no"),
        ("fil", "fil"),
        ("de", "de"),
    ],
)
def test_codes_as_it_writes_them(given: str, told: str) -> None:
    [row] = translate(["Hello"], source_lang=given).json["translations"]
    assert row["detected_source_lang"] == told


@pytest.mark.parametrize(
    "code", "zh-CN zh-TW zh-HK yue pt-br fil jw mn-Mong ur-roman sr-Latn".split()
)
def test_targets_as_it_writes_them(code: str) -> None:
    assert into(code) == ["~ Hello"]


def test_a_text_alone() -> None:
    assert len(translate("Hello").json["translations"]) == 1


@pytest.mark.parametrize("texts", [[], "", None, {}, [None], [5], [["a"]]])
def test_no_texts(texts: object) -> None:
    got = translate(texts)
    assert (got.status, got.json["code"], got.ai.calls) == (400, 400, [])
    assert "'text_list'" in got.json["message"]


def test_placeholders_stay() -> None:
    [row] = translate(["Hello {0}, you have {1} mails"]).json["translations"]
    assert row["text"] == "[French] Hello {0}, you have {1} mails"
