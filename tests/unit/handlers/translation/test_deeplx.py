"""DeepLX's two paths."""

from typing import Any

import pytest

from support.exchange import Got, send
from support.translators import LLM, M2M100, Translators


def translate(text: object = "Hello", path: str = "/translate", **body: Any) -> Got:
    given = {"text": text, "source_lang": "EN", "target_lang": "FR", **body}
    return send("POST", path, given, ai=Translators(), TRANSLATION_MEMORY_TTL="0")


def refused(got: Got, status: int, message: str) -> None:
    assert got.status == status
    assert got.json == {"code": status, "message": message}
    assert got.ai.calls == []


def test_an_answer() -> None:
    answer = translate().json
    number = answer.pop("id")
    assert type(number) is int
    assert 8_300_000_000 <= number < 8_400_000_000
    assert number % 1000 == 0
    assert answer == {
        "code": 200,
        "data": "[fr] Hello",
        "alternatives": [],
        "source_lang": "EN",
        "target_lang": "FR",
        "method": "Free",
    }


def test_ids_differ() -> None:
    assert len({translate().json["id"] for _ in range(8)}) > 1


@pytest.mark.parametrize("path", ["/v1/translate", "/v1/v1/translate/", "/x/v1/translate"])
def test_the_better_engine(path: str) -> None:
    got = translate(path=path)
    assert [call.model for call in got.ai.calls] == [LLM]
    assert (got.json["data"], got.json["method"]) == ("[French] Hello", "Pro")


@pytest.mark.parametrize(
    "path", ["/translate", "/translate/", "//translate", "/deeplx", "/api/translate"]
)
def test_the_usual_engine(path: str) -> None:
    got = translate(path=path)
    assert [call.model for call in got.ai.calls] == [M2M100]
    assert got.json["method"] == "Free"


@pytest.mark.parametrize("code", ["fr", "FR", "fr-FR", "fr_ch", " French "])
def test_the_target_comes_back_as_it_was_sent(code: str) -> None:
    assert translate(target_lang=code).json["target_lang"] == code


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("de", "DE"),
        ("ZH-HANT", "ZH"),
        ("zh_TW", "ZH"),
        ("nb", "NB"),
        ("pt-br", "PT"),
        ("AUTO", "EN"),
    ],
)
def test_the_source_as_deepl_writes_it(given: str, told: str) -> None:
    assert translate(source_lang=given).json["source_lang"] == told


def test_a_source_that_is_not_given() -> None:
    body = {"text": "Hello", "target_lang": "FR"}
    assert send("POST", "/translate", body, ai=Translators()).json["source_lang"] == "EN"


@pytest.mark.parametrize("text", ["", " ", "\n", None])
def test_no_text(text: str | None) -> None:
    got = translate(text)
    assert (got.status, got.json["code"], got.ai.calls) == (404, 404, [])
    assert got.json["message"].startswith("No text to translate")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_bar_is_told_how(method: str) -> None:
    got = send(method, "/translate", b"")
    assert got.status == 404
    assert '"target_lang"' in got.json["message"] and "POST" in got.json["message"]


def test_with_get() -> None:
    target = "/translate?text=Hello%20you&source_lang=en&target_lang=fr"
    assert send("GET", target, b"", ai=Translators()).json["data"] == "[fr] Hello you"


@pytest.mark.parametrize("kind", ["html", "xml"])
def test_tags(kind: str) -> None:
    got = translate("See <a id=1>this</a> &amp; that", tag_handling=kind)
    assert got.json["data"] == "[French] See <a id=1>this</a> &amp; that"


def test_text_without_markup_is_not_escaped() -> None:
    assert translate("R&D at <work>").json["data"] == "[fr] R&D at <work>"


@pytest.mark.parametrize("kind", ["markdown", "HTML ", "true", False])
def test_tags_of_another_kind(kind: object) -> None:
    words = "Invalid tag_handling value. Allowed values are 'html' and 'xml'."
    refused(translate(tag_handling=kind), 400, words)


@pytest.mark.parametrize("kind", ["", None])
def test_no_tags(kind: object) -> None:
    assert translate(tag_handling=kind).status == 200


@pytest.mark.parametrize("value", [["a", "b"], [], {"a": "b"}, [["a"]]])
def test_rejects_several_texts(value: object) -> None:
    got = translate(value)
    assert (got.status, got.ai.calls) == (400, [])


def test_several_texts_of_a_form() -> None:
    got = send("POST", "/translate", b"text=a&text=b&target_lang=fr", ai=Translators())
    assert got.status == 400
    assert "/v2/translate" in got.json["message"]


@pytest.mark.parametrize(
    ("value", "text"), [(5, "5"), (["Hello"], "[fr] Hello"), (True, "[fr] true")]
)
def test_texts_that_can_be_read_as_one(value: object, text: str) -> None:
    assert translate(value).json["data"] == text


def test_rejects_an_unknown_language() -> None:
    got = translate(target_lang="XX")
    assert got.status == 400
    assert got.json["message"].startswith("unsupported target_lang; valid codes: AF, AM, AR")
    got = translate(source_lang="XX")
    assert got.json["message"].startswith("unsupported source_lang; valid codes: ")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_lines_stay_lines(end: str) -> None:
    text = f"  One{end}{end}Two {end}"
    assert translate(text).json["data"] == f"  [fr] One{end}{end}[fr] Two {end}"


def test_from_one_chinese_into_the_other() -> None:
    got = translate("abc", source_lang="ZH", target_lang="ZH-HANT")
    assert (got.status, got.json["source_lang"], got.ai.calls) == (200, "ZH", [])


def test_into_its_own_language() -> None:
    got = translate("Hello", target_lang="EN-US")
    assert (got.json["data"], got.ai.calls) == ("Hello", [])
