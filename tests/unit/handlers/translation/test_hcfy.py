"""划词翻译, which writes languages in Chinese and has a second choice."""

from collections.abc import Sequence
from typing import Any

import pytest

from handlers.translation import hcfy
from support.exchange import Got, send
from support.translators import LLM, M2M100, Translators
from translation.languages import detection, locales


def translate(text: object = "Hello", **body: Any) -> Got:
    given = {"name": "mine", "text": text, "destination": ["中文(简体)", "英语"], **body}
    return send("POST", "/hcfy", given, ai=Translators())


def test_an_answer() -> None:
    assert translate(source="英语").json == {
        "text": "Hello",
        "from": "英语",
        "to": "中文(简体)",
        "result": ["[zh] Hello"],
    }


@pytest.mark.parametrize("source", ["", None, "自动检测", "auto"])
def test_detects_the_source(source: str | None) -> None:
    assert translate(source=source).json["from"] == "英语"


def test_the_second_choice_is_for_what_is_in_the_first_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = detection.Detection("zh", 0.9)
    monkeypatch.setattr(detection, "detect", lambda texts: found)
    got = translate("你好").json
    assert (got["from"], got["to"], got["result"]) == ("中文(简体)", "英语", ["[en] 你好"])


@pytest.mark.parametrize(
    ("text", "first", "to"),
    [
        ("這個軟體很好用", "中文(繁体)", "英语"),
        ("这个软件很好用", "中文(繁体)", "中文(繁体)"),
        ("這個軟體很好用", "中文(简体)", "中文(简体)"),
    ],
)
def test_chinese_is_in_the_first_language_if_it_is_in_its_script(
    text: str, first: str, to: str
) -> None:
    assert translate(text, destination=[first, "英语"]).json["to"] == to


def test_a_source_that_is_not_certain_is_left_to_a_text_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = detection.Detection("da", 0.2)
    monkeypatch.setattr(detection, "detect", lambda texts: found)
    assert [call.model for call in translate("Kedvet").ai.calls] == [LLM]
    certain = translate("Kedvet", source="丹麦语")
    assert [call.model for call in certain.ai.calls] == [M2M100]


def test_a_text_is_parsed_and_detected_once(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = []
    detect = detection.detect

    def listen(given: Sequence[str]) -> detection.Detection:
        texts.append(given)
        return detect(given)

    monkeypatch.setattr(detection, "detect", listen)
    assert translate("Where is the house?\nHere it is.", destination=["法语"]).status == 200
    assert texts == [["Where is the house?\nHere it is."]]


def test_there_may_be_one_choice() -> None:
    got = translate(destination=["英语"], source="英语")
    assert (got.json["to"], got.json["result"], got.ai.calls) == ("英语", ["Hello"], [])
    assert translate(destination="法语").json["to"] == "法语"


def test_a_paragraph_each() -> None:
    got = translate("One.\n\nTwo.", destination=["法语"])
    assert got.json["result"] == ["[fr] One.", "", "[fr] Two."]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("中文(繁体)", "zh-Hant"),
        ("中文(粤语)", "yue"),
        ("中文(文言文)", "lzh"),
        ("中文", "zh-Hans"),
        ("日语", "ja"),
        ("韩语", "ko"),
        ("印度尼西亚语", "id"),
        ("菲律宾语", "tl"),
        ("de", "de"),
        ("French", "fr"),
    ],
)
def test_names(name: str, code: str) -> None:
    known = locales.find_locale(code)
    assert known
    got = translate(destination=[name])
    assert got.status == 200
    assert hcfy.CODES.get(got.json["to"]) in (known.tag, known.code)


def test_every_name_is_that_of_a_language() -> None:
    assert all(locales.find_locale(code) for code in hcfy.CODES.values())
    assert len(set(hcfy.NAMES.values())) == len(hcfy.NAMES)


@pytest.mark.parametrize(
    "destination", [[], ["火星语"], "", None, [None], {}, 5, ["火星语", "英语"]]
)
def test_rejects_unknown_destinations(destination: object) -> None:
    got = translate(destination=destination)
    assert (got.status, got.json["code"], got.ai.calls) == (400, 400, [])
    assert "火星" not in got.json["message"]


@pytest.mark.parametrize("text", ["", "  ", None, ["a", "b"], {}])
def test_no_text(text: object) -> None:
    got = translate(text)
    assert (got.status, got.json["code"], got.ai.calls) == (400, 400, [])
