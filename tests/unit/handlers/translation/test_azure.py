"""Azure's Translator and Edge's."""

from typing import Any

import pytest

from support.exchange import Got, send
from support.translators import Translators
from translation.languages.detection import detect


def translate(body: Any, query: str = "from=&to=fr", path: str = "/translate") -> Got:
    return send("POST", f"{path}?api-version=3.0&{query}", body, ai=Translators())


def test_an_answer() -> None:
    assert translate([{"Text": "Hello"}], "from=&to=zh-Hans").json == [
        {
            "detectedLanguage": {"language": "en", "score": round(detect(["Hello"]).confidence, 2)},
            "translations": [{"text": "[zh] Hello", "to": "zh-Hans"}],
        }
    ]


@pytest.mark.parametrize("body", [["Hello", "", "You"], [{"Text": "Hello"}, {"text": ""}, "You"]])
def test_texts_in_order(body: Any) -> None:
    got = translate(body, path="/translate/translatetext").json
    assert [row["translations"][0]["text"] for row in got] == ["[fr] Hello", "", "[fr] You"]


def test_no_texts() -> None:
    got = translate([])
    assert (got.status, got.json, got.ai.calls) == (200, [], [])


@pytest.mark.parametrize("query", ["textType=html", "textType=HTML"])
def test_html(query: str) -> None:
    text = "See <b>this</b> &amp; that"
    got = translate([{"Text": text}], f"to=fr&{query}").json
    assert got[0]["translations"][0]["text"] == f"[French] {text}"


@pytest.mark.parametrize(
    ("given", "told"),
    [("zh", "zh-Hans"), ("zh-TW", "zh-Hant"), ("tl", "fil"), ("sr", "sr-Cyrl"), ("nb", "nb")],
)
def test_codes_as_it_writes_them(given: str, told: str) -> None:
    got = translate(["Hello"], f"from={given}&to=fr").json
    assert got[0]["detectedLanguage"] == {"language": told, "score": 1.0}


@pytest.mark.parametrize(
    "item", [None, 5, [], {}, {"Text": None}, {"Text": ["a"]}, {"Body": "a"}, [{"Text": "a"}]]
)
def test_rejects_invalid_texts(item: Any) -> None:
    got = translate([{"Text": "Hello"}, item])
    assert (got.status, got.json["error"]["code"], got.ai.calls) == (400, 400_000, [])


@pytest.mark.parametrize("query", ["", "to=", "to=xx", "to=fr&to=de", "to=fr,de", "from=xx&to=fr"])
def test_rejects_unknown_languages(query: str) -> None:
    got = translate([{"Text": "Hello"}], query)
    assert (got.status, got.json["error"]["code"], got.ai.calls) == (400, 400_000, [])
