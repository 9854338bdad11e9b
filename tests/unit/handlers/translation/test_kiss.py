"""kiss-translator's custom API."""

import pytest

from support.exchange import send
from support.translators import Translators


def test_reads_a_single_text() -> None:
    body = {"text": "Hello", "from": "auto", "to": "zh-CN"}
    got = send("POST", "/kiss", body, ai=Translators())
    assert got.json == {"text": "[zh] Hello", "src": "en"}


def test_several_texts() -> None:
    body = {"texts": ["Hello", "", "You"], "from": "zh-TW", "to": "fr"}
    got = send("POST", "/kiss", body, ai=Translators())
    assert [row["text"] for row in got.json] == ["[fr] Hello", "", "[fr] You"]
    assert {row["src"] for row in got.json} == {"zh-TW"}


def test_answers_a_list_of_one_with_a_list() -> None:
    got = send("POST", "/kiss", {"texts": ["Hello"], "to": "fr"}, ai=Translators())
    assert got.json == [{"text": "[fr] Hello", "src": "en"}]


def test_several_texts_by_the_name_of_one_are_not_cut() -> None:
    body = {"text": ["Hello", "You"], "from": "en", "to": "fr"}
    got = send("POST", "/kiss", body, ai=Translators())
    assert [row["text"] for row in got.json] == ["[fr] Hello", "[fr] You"]


@pytest.mark.parametrize(
    "body",
    [
        {"text": "", "from": "en", "to": "fr"},
        {"texts": [], "from": "en", "to": "fr"},
        {"texts": None, "text": "Hello", "to": "fr"},
        {"from": "en", "to": "fr"},
        {"text": {"a": "b"}, "from": "en", "to": "fr"},
    ],
)
def test_no_text(body: object) -> None:
    got = send("POST", "/kiss", body, ai=Translators())
    assert (got.status, got.json["code"], got.ai.calls) == (400, 400, [])


def test_no_target() -> None:
    got = send("POST", "/kiss", {"text": "Hello", "from": "en"})
    assert got.status == 400
    assert got.json["message"].startswith("unsupported to; valid codes: ")
    got = send("POST", "/kiss", {"text": "Hello", "from": "xx", "to": "fr"})
    assert got.json["message"].startswith("unsupported from; valid codes: ")
