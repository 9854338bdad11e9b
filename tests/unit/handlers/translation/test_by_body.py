"""``/translate``: whose request it is."""

from typing import Any

import pytest

from handlers.reading.parameters import Parameters
from handlers.translation import azure, by_body, deeplx, hcfy, immersive, kiss, libretranslate
from handlers.translation.azure import AZURE
from handlers.translation.deeplx import DEEPLX
from handlers.translation.libretranslate import LIBRETRANSLATE
from support.exchange import send
from support.translation_shapes import checker
from support.translators import Translators


@pytest.mark.parametrize(
    ("values", "module"),
    [
        ({"text": "a", "target_lang": "fr"}, deeplx),
        ({}, deeplx),
        ({"q": "a"}, libretranslate),
        ({"q": "a", "text": "a"}, libretranslate),
        ({"text": "a", "from": "en", "to": "fr"}, kiss),
        ({"text": "a", "from": "en", "q": "a"}, kiss),
        ({"texts": ["a"]}, kiss),
        ({"text": "a", "destination": ["fr"]}, hcfy),
        ({"text": "a", "destination": ["fr"], "from": "en", "texts": [], "q": ""}, hcfy),
        ({"text_list": ["a"]}, immersive),
        ({"text_list": ["a"], "text": "a", "destination": [], "from": "", "q": ""}, immersive),
        ({"text_list": None}, immersive),
        ({"to": "fr", "target": "fr"}, deeplx),
    ],
)
def test_the_first_parameter_in_the_table_decides(values: dict[str, Any], module: Any) -> None:
    dialect = LIBRETRANSLATE if module is libretranslate else DEEPLX
    assert by_body.choose(Parameters(values)) == (module.translate, dialect)


@pytest.mark.parametrize("array", [[], [{"Text": "a"}], ["a"], [1]])
def test_an_array_is_azures_whatever_the_query(array: list[Any]) -> None:
    found = by_body.choose(Parameters({"from": "en", "q": "a", "text_list": "a"}, array))
    assert found == (azure.translate, AZURE)


PATHS = [
    "/translate",
    "/deeplx",
    "/hcfy",
    "/imme",
    "/immersive_translate",
    "/kiss",
    "/translatetext",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"text": "Hello", "target_lang": "fr"}, "deeplx"),
        ({"text_list": ["Hello"], "target_lang": "fr"}, "immersive"),
        ({"text": "Hello", "from": "en", "to": "fr"}, "kiss"),
        ({"q": "Hello", "target": "fr"}, "libre"),
        ({"text": "Hello", "destination": ["法语"]}, "hcfy"),
    ],
)
def test_every_path_takes_every_body(path: str, body: Any, answer: str) -> None:
    got = send("POST", path, body, ai=Translators())
    assert got.status == 200
    checker(answer)("answer", got.json, status=200)


@pytest.mark.parametrize("path", PATHS)
def test_invalid_bodies_get_deeplxs_errors(path: str) -> None:
    got = send("POST", path, b'{"q": ')
    assert got.json == {"code": 400, "message": "The request body is not valid JSON."}
