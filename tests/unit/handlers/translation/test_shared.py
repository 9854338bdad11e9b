"""What goes wrong, told in every dialect: with its status, in its shape, and in words of ours."""

import json
from collections.abc import Callable, Mapping

import pytest

from core.errors import BadRequest
from handlers.reading.parameters import Parameters
from handlers.translation import shared
from support.exchange import Got, send
from support.translation_requests import DIALECTS, Dialect
from support.translation_shapes import checker
from support.translators import LLM, M2M100, Translators

every_dialect = pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.answer)

TEXT = "Zebras were hiding there"


def ask(
    dialect: Dialect,
    text: str = TEXT,
    target: str = "fr",
    source: str = "en",
    ai: Translators | None = None,
    engine: str = "auto",
) -> Got:
    method, path, body = dialect.request(text, target, source)
    got = send(method, path, body, ai=ai or Translators(), TRANSLATION_ENGINE=engine)
    kind = "answer" if got.status == 200 else "error"
    checker(dialect.answer)(kind, got.json, status=got.status)
    return got


@every_dialect
def test_it_translates(dialect: Dialect) -> None:
    got = ask(dialect)
    assert got.status == 200
    assert f"[fr] {TEXT}" in got.body.decode()
    assert got.headers["x-model-served"] == M2M100


def failing(code: int) -> Callable[[], Translators]:
    return lambda: Translators({TEXT: code})


MISTAKES: Mapping[str, tuple[Callable[[], Translators], dict[str, int]]] = {
    # What happens, and the status: that of DeepLX, and of others where it is another one.
    "the neurons are used up": (failing(3036), {"": 429, "deepl": 456}),
    "the models are busy": (failing(3040), {"": 503}),
    "the service fails": (failing(3043), {"": 502}),
    "the account may not use the models": (failing(5035), {"": 503}),
    "the models do not exist": (failing(5007), {"": 503}),
    "the models say nothing": (
        lambda: Translators({TEXT: ""}),
        {"": 422, "deepl": 400, "libre": 400},
    ),
    "the models give the text back": (
        lambda: Translators({TEXT: TEXT}),
        {"": 422, "deepl": 400, "libre": 400},
    ),
}


@every_dialect
@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_the_models_do(dialect: Dialect, mistake: str) -> None:
    ai, statuses = MISTAKES[mistake]
    got = ask(dialect, ai=ai())
    assert got.status == statuses.get(dialect.errors, statuses[""]), got.body
    assert "Zebras" not in got.body.decode()


@every_dialect
def test_exhausted_neurons_report_when_they_return(dialect: Dialect) -> None:
    got = ask(dialect, ai=Translators({TEXT: 3036}))
    assert 0 < int(got.headers["retry-after"]) <= 86_400
    assert len(got.ai.calls) == 1  # another engine would have none either


@every_dialect
def test_a_busy_model_is_tried_again_and_the_client_told_when(dialect: Dialect) -> None:
    got = ask(dialect, ai=Translators({TEXT: 3040}))
    assert int(got.headers["retry-after"]) > 0
    assert [call.model for call in got.ai.calls] == [M2M100, LLM, LLM]


@every_dialect
@pytest.mark.parametrize("language", ["xx", "auto", "", "Zebra", "fr;de", "😀", "-" * 100_000])
def test_rejects_an_unknown_target(dialect: Dialect, language: str) -> None:
    got = ask(dialect, target=language)
    assert got.status == 400
    assert got.ai.calls == []
    assert "Zebra" not in got.body.decode()


@every_dialect
@pytest.mark.parametrize("language", ["xx", "Zebra", "-" * 100_000])
def test_rejects_an_unknown_source(dialect: Dialect, language: str) -> None:
    got = ask(dialect, source=language)
    assert got.status == 400
    assert got.ai.calls == []
    assert "Zebra" not in got.body.decode()


@pytest.mark.parametrize(
    "dialect",
    [one for one in DIALECTS if one.errors not in ("deepl", "jsonrpc")],
    ids=lambda dialect: dialect.answer,
)
def test_errors_list_the_valid_codes(dialect: Dialect) -> None:
    """But for DeepL's clients, which know its own words."""
    told = ask(dialect, target="xx").body.decode().lower()
    assert all(f" {code}," in told for code in ("de", "fr", "ja", "eu", "uk"))


@every_dialect
@pytest.mark.parametrize("source", ["auto", "AUTO", "Auto", ""])
def test_auto_detects_the_source(dialect: Dialect, source: str) -> None:
    got = ask(dialect, source=source)
    assert got.status == 200
    assert got.ai.calls[0].inputs["source_lang"] == "en"


@every_dialect
def test_rejects_languages_that_the_engine_does_not_support(dialect: Dialect) -> None:
    got = ask(dialect, target="eu", engine="m2m100")
    assert got.status == 400
    assert got.ai.calls == []
    assert ask(dialect, target="eu").status == 200


@every_dialect
def test_rejects_more_work_than_a_request_may_call(dialect: Dialect) -> None:
    text = " ".join(f"Zebra number {number} was hiding." for number in range(46))
    got = ask(dialect, text, engine="m2m100")
    assert got.status == (400 if dialect.errors == "libre" else 413)
    told = got.body.decode()
    assert "46" in told and "45" in told
    assert got.ai.calls == []


@every_dialect
def test_the_source_comes_back_where_there_is_nothing_to_do(dialect: Dialect) -> None:
    got = ask(dialect, "12 : 30")
    assert got.status == 200
    assert "12 : 30" in got.body.decode()
    assert got.ai.calls == []


@every_dialect
@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧 Zebras hide", "שָׁלוֹם\u200f Zebras", "e\u0301te\u0301 of Zebras"]
)
def test_signs_of_all_kinds_come_through(dialect: Dialect, text: str) -> None:
    got = ask(dialect, text)
    assert got.status == 200
    assert [call.inputs["text"] for call in got.ai.calls if call.model == M2M100] == [text]
    assert text in json.dumps(got.json, ensure_ascii=False)


@pytest.mark.parametrize(
    ("value", "text"), [("a", "a"), (["a"], "a"), (5, "5"), (True, "true"), (None, ""), ("", "")]
)
def test_reads_a_single_text(value: object, text: str) -> None:
    assert shared.read_single_text(Parameters({"text": value}), "text") == text


@pytest.mark.parametrize("value", [["a", "b"], [], {}, [{}], {"a": "b"}])
def test_rejects_several_texts(value: object) -> None:
    with pytest.raises(BadRequest):
        shared.read_single_text(Parameters({"text": value}), "text")
