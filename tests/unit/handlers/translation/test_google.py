"""Google's addresses."""

from typing import Any

import pytest

from support.exchange import Got, send
from support.translators import Translators
from translation.languages.detection import detect


def get(path: str, ai: Translators | None = None) -> Got:
    return send("GET", path, b"", ai=ai or Translators())


SINGLE = "/translate_a/single?client=gtx&dt=t&ie=UTF-8"


def test_objects() -> None:
    assert get(f"{SINGLE}&dj=1&sl=auto&tl=zh-CN&q=Hello").json == {
        "sentences": [{"trans": "[zh] Hello", "orig": "Hello"}],
        "src": "en",
        "confidence": round(detect(["Hello"]).confidence, 3),
    }


def test_lists() -> None:
    got = get(f"{SINGLE}&sl=en&tl=fr&q=Hello").json
    assert got[0] == [["[fr] Hello", "Hello", None, None, 1]]
    assert (got[1], got[2], got[6], got[8]) == (None, "en", 1.0, [["en"], None, [1.0], ["en"]])


def test_translates_several_texts() -> None:
    got = get(f"{SINGLE}&dj=1&sl=en&tl=fr&q=One&q=Two").json
    assert [row["trans"] for row in got["sentences"]] == ["[fr] One", "[fr] Two"]


def test_posted() -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    got = send(
        "POST", f"{SINGLE}&dj=1&sl=auto&tl=fr", b"q=Hello", ai=Translators(), headers=headers
    )
    assert got.json["sentences"][0]["trans"] == "[fr] Hello"


@pytest.mark.parametrize(
    ("given", "told"),
    [("zh", "zh-CN"), ("zh-TW", "zh-TW"), ("iw", "iw"), ("he", "iw"), ("jv", "jw")],
)
def test_codes_as_it_writes_them(given: str, told: str) -> None:
    assert get(f"{SINGLE}&dj=1&sl={given}&tl=fr&q=Hello").json["src"] == told


def test_pairs() -> None:
    path = "/translate_a/t?client=gtx&tl=fr&q=One&q=Two"
    assert get(f"{path}&sl=auto").json == [["[fr] One", "en"], ["[fr] Two", "en"]]
    assert get(f"{path}&sl=en").json == ["[fr] One", "[fr] Two"]


def test_pairs_of_html() -> None:
    path = "/translate_a/t?client=gtx&tl=fr&sl=en&q=A%20%3Cb%3Ecat%3C/b%3E%20%26amp;%20dog"
    assert get(f"{path}&format=html").json == ["[French] A <b>cat</b> &amp; dog"]


def html(body: Any) -> Got:
    return send("POST", "/v1/translateHtml", body, ai=Translators())


def test_html() -> None:
    assert html([[["Hello", "", "<b>5</b>"], "auto", "fr"], "wt_lib"]).json == [
        ["[fr] Hello", "", "<b>5</b>"],
        ["en", "en", "en"],
    ]
    assert send("POST", "/translateHtml", [[["Hello"], "en", "fr"]], ai=Translators()).status == 200


@pytest.mark.parametrize(
    "body",
    [
        *([], [[]], [[["a"], "en"], "wt_lib"], [["a", "en", "fr"], "wt_lib"], [[[], "en", "fr"]]),
        *([[["a"], None, "fr"]], [[["a"], "en", 5]], [[[5], "en", "fr"]], [[[["a"]], "en", "fr"]]),
        *(["wt_lib"], [None], {}, {"q": "a"}),
    ],
)
def test_rejects_invalid_html_requests(body: Any) -> None:
    got = html(body)
    assert (got.status, got.json["error"]["code"], got.ai.calls) == (400, 400, [])


@pytest.mark.parametrize("path", [SINGLE, "/translate_a/t?client=gtx"])
@pytest.mark.parametrize(
    "rest", ["", "&tl=fr", "&q=&tl=fr", "&q=a", "&q=a&tl=xx", "&q=a&tl=fr&sl=xx"]
)
def test_what_is_missing(path: str, rest: str) -> None:
    got = get(path + rest)
    assert (got.status, got.json["error"]["code"], got.ai.calls) == (400, 400, [])
