"""DeepL's JSON-RPC."""

from typing import Any

import pytest

from support.exchange import Got, send
from support.translation_shapes import checker
from support.translators import Translators

LANG = {"source_lang_user_selected": "auto", "target_lang": "FR"}
CALL: dict[str, Any] = {"jsonrpc": "2.0", "method": "LMT_handle_texts", "id": 8352948001}


def call(texts: object = ({"text": "Hello", "requestAlternatives": 3},), **fields: Any) -> Got:
    params = {"texts": texts, "splitting": "newlines", "lang": LANG, "timestamp": 1}
    return send("POST", "/jsonrpc", {**CALL, "params": params, **fields}, ai=Translators())


def failed(got: Got, status: int = 400, code: int = -32600, number: object = 8352948001) -> Any:
    assert (got.status, got.json["id"], got.json["error"]["code"]) == (status, number, code)
    checker("jsonrpc")("error", got.json, status=status)
    return got.json["error"]["data"]["what"]


def test_an_answer() -> None:
    assert call([{"text": "Hello"}, {"text": ""}, {"text": "You"}]).json == {
        "jsonrpc": "2.0",
        "id": 8352948001,
        "result": {
            "lang": "EN",
            "lang_is_confident": True,
            "detectedLanguages": {},
            "texts": [
                {"text": "[fr] Hello", "alternatives": []},
                {"text": "", "alternatives": []},
                {"text": "[fr] You", "alternatives": []},
            ],
        },
    }


@pytest.mark.parametrize("number", [0, -1, 2**60, "abc", "", 1.5, None])
def test_the_id_comes_back(number: object) -> None:
    assert call(id=number).json["id"] == number
    failed(call(id=number, method="x"), code=-32601, number=number)
    target, headers = "/wrong/jsonrpc", {"authorization": "Bearer wrong"}
    got = send("POST", target, {**CALL, "id": number}, headers=headers)
    failed(got, 401, number=number)


@pytest.mark.parametrize("number", [[], {}, [1], {"a": 1}, True, False])
def test_answers_null_for_an_invalid_id(number: object) -> None:
    assert call(id=number).json["id"] is None


def test_without_an_id() -> None:
    body = {name: value for name, value in CALL.items() if name != "id"}
    failed(send("POST", "/jsonrpc", {**body, "params": None}), number=None)


@pytest.mark.parametrize("method", ["LMT_handle_jobs", "", None, 5, ["LMT_handle_texts"]])
def test_another_method(method: object) -> None:
    failed(call(method=method), code=-32601)


def test_the_method_in_the_query_is_another() -> None:
    body = {**CALL, "params": {"texts": [{"text": "Hello"}], "lang": LANG}}
    got = send("POST", "/jsonrpc?client=x&method=LMT_handle_jobs", body, ai=Translators())
    assert got.status == 200


@pytest.mark.parametrize(
    "texts", [[], None, "Hello", {}, ["Hello"], [{}], [{"text": None}], [{"text": 5}], [[]]]
)
def test_rejects_invalid_texts(texts: object) -> None:
    got = call(texts)
    assert failed(got) in ("Invalid texts.", "Invalid text.")
    assert got.ai.calls == []


@pytest.mark.parametrize(
    ("lang", "what"),
    [
        ({"target_lang": "XX"}, "Invalid target_lang."),
        ({"target_lang": "FR", "source_lang_user_selected": "XX"}, "Invalid source_lang."),
        ({}, "Invalid target_lang."),
        (None, "Invalid target_lang."),
        ([], "Invalid target_lang."),
        ({"target_lang": None}, "Invalid target_lang."),
        ({"target_lang": {"a": "FR"}}, "'target_lang' must be a string."),
    ],
)
def test_rejects_unknown_languages(lang: object, what: str) -> None:
    params = {"texts": [{"text": "Hello"}], "lang": lang}
    assert failed(call(params=params)) == what


@pytest.mark.parametrize("source", ["auto", "", None, "EN", "en"])
def test_sources(source: object) -> None:
    lang = {"source_lang_user_selected": source, "target_lang": "ZH-HANT"}
    got = call(params={"texts": [{"text": "Hello"}], "lang": lang})
    assert got.json["result"]["lang"] == "EN"


@pytest.mark.parametrize("params", [None, [], "x", 5, {}])
def test_rejects_invalid_params(params: object) -> None:
    failed(call(params=params))


def test_rejects_invalid_json() -> None:
    failed(send("POST", "/jsonrpc", b'{"id": 5'), code=-32700, number=None)
    failed(send("POST", "/jsonrpc", b"[1]"), code=-32601, number=None)


@pytest.mark.parametrize(("code", "status"), [(3036, 429), (3040, 503), (3043, 502)])
def test_failures(code: int, status: int) -> None:
    params = {"texts": [{"text": "Hello"}], "lang": LANG}
    body = {**CALL, "params": params}
    got = send("POST", "/jsonrpc", body, ai=Translators({"Hello": code}))
    failed(got, status, code=-32000)
    assert ("retry-after" in got.headers) is (code != 3043)
