"""LibreTranslate's paths."""

from typing import Any
from urllib.parse import urlencode

import pytest

from support.exchange import Got, send
from support.translators import Translators
from translation.languages.detection import detect


def translate(q: object = "Hello", **body: Any) -> Got:
    given = {"q": q, "source": "en", "target": "fr", **body}
    return send("POST", "/translate", given, ai=Translators(), TRANSLATION_MEMORY_TTL="0")


def found(*texts: str) -> dict[str, object]:
    """What is found in English texts: a whole number of per cent."""
    return {"confidence": round(100 * detect(texts).confidence), "language": "en"}


def refused(got: Got, words: str, status: int = 400) -> None:
    assert (got.status, got.ai.calls) == (status, [])
    assert got.json.keys() == {"error"}
    assert words in got.json["error"]


def test_an_answer() -> None:
    assert translate().json == {
        "translatedText": "[fr] Hello",
        "detectedLanguage": {"confidence": 100, "language": "en"},
    }
    assert translate(source="auto").json["detectedLanguage"] == found("Hello")


def test_lists() -> None:
    assert translate(["Hello", "", "You"], source="auto").json == {
        "translatedText": ["[fr] Hello", "", "[fr] You"],
        "detectedLanguage": [found("Hello", "You")] * 3,
    }
    assert translate(["Hello"]).json["translatedText"] == ["[fr] Hello"]


FIELDS = [("q", "Hello"), ("source", "auto"), ("target", "zh-Hans"), ("format", "text")]


@pytest.mark.parametrize("form", ["urlencoded", "multipart", "query", "get", "json"])
def test_all_ways_to_send(form: str) -> None:
    method, target, body, headers = "POST", "/translate", b"", {}
    if form == "urlencoded":
        body = urlencode(FIELDS).encode()
        headers = {"content-type": "application/x-www-form-urlencoded"}
    elif form == "multipart":
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in FIELDS
        ]
        body = "".join([*parts, "--x--\r\n"]).encode()
        headers = {"content-type": "multipart/form-data; boundary=x"}
    elif form == "json":
        got = send(method, target, dict(FIELDS), ai=Translators())
        assert got.json["translatedText"] == "[zh] Hello"
        return
    else:
        target += "?" + urlencode(FIELDS)
        method = "GET" if form == "get" else "POST"
    got = send(method, target, body, ai=Translators(), headers=headers)
    assert got.json["translatedText"] == "[zh] Hello"


def test_html() -> None:
    text = "See <b>this</b> &amp; that"
    assert translate(text, format="html").json["translatedText"] == f"[French] {text}"
    refused(translate(format="markdown"), "'format'")


@pytest.mark.parametrize(
    ("value", "there"),
    [(1, True), ("3", True), (0, False), ("0", False), ("", False), (None, False), (-1, False)],
)
def test_alternatives_where_they_are_asked_for(value: object, there: bool) -> None:
    assert translate(alternatives=value).json.get("alternatives") == ([] if there else None)
    several = translate(["a b", "c d"], alternatives=value).json
    assert several.get("alternatives") == ([[], []] if there else None)


@pytest.mark.parametrize("value", ["many", True, 1.5, "1e3", {}, "9" * 5_000])
def test_rejects_alternatives_that_are_not_numbers(value: object) -> None:
    refused(translate(alternatives=value), "'alternatives'")


@pytest.mark.parametrize("q", ["", [], None, 5, {}, [None], [["a"]]])
def test_no_text(q: object) -> None:
    refused(translate(q), "'q'")
    refused(send("POST", "/detect", {"q": q}), "'q'")


def test_rejects_unknown_languages() -> None:
    refused(translate(target="xx"), "'target'")
    refused(translate(source="xx"), "'source'")
    body = {"q": "Hello", "source": "en"}
    refused(send("POST", "/translate", body, ai=Translators()), "'target'")


@pytest.mark.parametrize(
    ("code", "told"),
    [("zh", "zh-Hans"), ("zt", "zh-Hant"), ("nb", "nb"), ("no", "nb"), ("pb", "pt-BR")],
)
def test_codes_as_it_writes_them(code: str, told: str) -> None:
    assert translate(source=code).json["detectedLanguage"]["language"] == told
    assert translate(target=code).status == 200


# --- the other paths -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"q": "Hello"}, ["Hello"]),
        (b"q=Hello", ["Hello"]),
        ({"q": ["Hello", "You"]}, ["Hello", "You"]),
    ],
)
def test_detect(body: object, words: list[str]) -> None:
    got = send("POST", "/detect", body)
    assert got.json == [found(*words)]
    assert send("GET", "/detect?q=Hello", b"").json == [found("Hello")]


def test_languages() -> None:
    rows = {row["code"]: row for row in send("GET", "/languages", b"").json}
    assert rows["de"]["name"] == "German"
    assert {"zh-Hans", "zh-Hant", "nb", "eu"} <= rows.keys()
    assert "zh" not in rows
    for row in rows.values():
        assert row["targets"] == sorted(rows)
    for code in rows:
        body = {"q": "12", "source": code, "target": "de"}
        assert send("POST", "/translate", body, ai=Translators()).status == 200, code
        body = {"q": "12", "source": "de", "target": code}
        assert send("POST", "/translate", body, ai=Translators()).status == 200, code


def test_languages_of_m2m100_alone() -> None:
    rows = send("GET", "/languages", b"", TRANSLATION_ENGINE="m2m100").json
    codes = {row["code"] for row in rows}
    assert len(codes) == 101
    assert "eu" not in codes
