"""``/v2/translate``: every field as DeepL has it, and errors in DeepL's own words."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from core.limits import DEEPL_BODY_BYTES
from support.exchange import Got, send
from support.fakes import KEY
from support.translators import LLM, M2M100, Translators, instruction_of

TRANSLATE = "/v2/translate"
FORM = "application/x-www-form-urlencoded"


def translate(*texts: str, ai: Translators | None = None, engine: str = "auto", **body: Any) -> Got:
    """As JSON, and without a memory."""
    given = {"text": list(texts) or ["Hello"], "target_lang": "FR", **body}
    return send(
        "POST",
        TRANSLATE,
        given,
        ai=ai or Translators(),
        TRANSLATION_ENGINE=engine,
        TRANSLATION_MEMORY_TTL="0",
    )


def form(*fields: tuple[str, str], method: str = "POST", ai: Translators | None = None) -> Got:
    """The fields in a form, or in the query of a GET."""
    given = urlencode([("target_lang", "FR"), *fields])
    headers = {"content-type": FORM}
    ai = ai or Translators()
    if method == "GET":
        return send(method, f"{TRANSLATE}?{given}", b"", ai=ai)
    return send(method, TRANSLATE, given.encode(), ai=ai, headers=headers)


def texts(got: Got) -> list[str]:
    assert got.status == 200, got.body
    return [row["text"] for row in got.json["translations"]]


def refused(got: Got, message: str, status: int = 400) -> None:
    assert (got.status, got.json) == (status, {"message": message})
    assert got.ai.calls == []


# --- texts -------------------------------------------------------------------------------------


def test_an_answer() -> None:
    assert translate("Hello, World!", source_lang="EN").json == {
        "translations": [
            {
                "detected_source_language": "EN",
                "text": "[fr] Hello, World!",
                "billed_characters": 13,
            }
        ]
    }


def test_texts_keep_their_order() -> None:
    assert texts(translate("big town", "small town", "big town")) == [
        "[fr] big town",
        "[fr] small town",
        "[fr] big town",
    ]
    assert texts(form(("text", "big town"), ("text", "small town"))) == [
        "[fr] big town",
        "[fr] small town",
    ]
    assert texts(form(("text", "big town"), ("text", "small town"), method="GET")) == [
        "[fr] big town",
        "[fr] small town",
    ]


def test_one_text_as_a_string() -> None:
    assert texts(translate(text="Hello")) == ["[fr] Hello"]


@pytest.mark.parametrize("json_type", ["application/json", "text/plain", FORM])
def test_json_whatever_it_is_called(json_type: str) -> None:
    body = json.dumps({"text": ["Hello"], "target_lang": "FR"}).encode()
    headers = {"content-type": json_type}
    assert texts(send("POST", TRANSLATE, body, ai=Translators(), headers=headers)) == ["[fr] Hello"]


def test_empty_texts_keep_their_place_and_cost_nothing() -> None:
    got = translate("", "One", "", " \n", "2")
    assert texts(got) == ["", "[fr] One", "", " \n", "2"]
    assert [row["billed_characters"] for row in got.json["translations"]] == [0, 3, 0, 2, 1]
    assert len(got.ai.calls) == 1
    got = translate("")
    assert (texts(got), got.ai.calls) == ([""], [])


def test_fifty_texts() -> None:
    given = [f"Text {number}" for number in range(50)]
    ai = Translators(translate=lambda text, target: f"« {text} »")
    assert texts(translate(*given, ai=ai)) == [f"« {text} »" for text in given]
    refused(translate(*given, "One more"), "Too many texts: at most 50 in one request.")


@pytest.mark.parametrize("value", ["", [], None])
def test_no_text(value: object) -> None:
    refused(translate(text=value), "Parameter 'text' not specified")
    refused(send("POST", TRANSLATE, {"target_lang": "FR"}), "Parameter 'text' not specified")
    refused(form(), "Parameter 'text' not specified")
    refused(form(("text", "")), "Parameter 'text' not specified")


@pytest.mark.parametrize("value", [5, {}, ["a", None], [["a"]], [{"text": "a"}]])
def test_rejects_values_that_are_not_text(value: object) -> None:
    got = translate(text=value)
    assert got.status == 400
    assert "'text'" in got.json["message"]


def test_a_body_of_128_kb() -> None:
    body = json.dumps({"text": ["Hello"], "target_lang": "FR"}).encode()
    full = body + b" " * (128 * 1024 - len(body))
    assert texts(send("POST", TRANSLATE, full, ai=Translators())) == ["[fr] Hello"]
    got = send("POST", TRANSLATE, full + b" ", ai=Translators())
    assert (got.status, got.ai.calls, DEEPL_BODY_BYTES) == (413, [], 128 * 1024)


# --- languages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["DE", "de", "EN", "EN-US", "en-us", "PT", "ZH", "NB", "no", "he"])
def test_targets(code: str) -> None:
    assert texts(translate(target_lang=code, source_lang="FR"))


@pytest.mark.parametrize(
    ("code", "model", "told"),
    [
        ("PT", M2M100, "pt"),
        ("PT-BR", LLM, "Brazilian Portuguese"),
        ("PT-PT", LLM, "European Portuguese"),
        ("EN-US", M2M100, "en"),
        ("EN-GB", LLM, "British English"),
        ("ZH-HANS", M2M100, "zh"),
        ("ES-419", LLM, "Latin American Spanish"),
        ("EU", LLM, "Basque"),
    ],
)
def test_variants_are_made_by_whom_can(code: str, model: str, told: str) -> None:
    got = translate(target_lang=code, source_lang="FR")
    assert texts(got) == [f"[{told}] Hello"]
    assert [call.model for call in got.ai.calls] == [model]
    assert got.headers["x-model-served"] == model


@pytest.mark.parametrize("value", ["", "auto", "AUTO", None])
def test_detects_the_source(value: str | None) -> None:
    got = translate(source_lang=value)
    assert got.json["translations"][0]["detected_source_language"] == "EN"


@pytest.mark.parametrize(
    ("given", "told"),
    [("FR", "FR"), ("fr", "FR"), ("PT-BR", "PT"), ("no", "NB"), ("ZH-HANT", "ZH")],
)
def test_reports_the_source_in_deepls_spelling(given: str, told: str) -> None:
    got = translate(source_lang=given, target_lang="DE")
    assert got.json["translations"][0]["detected_source_language"] == told


def test_rejects_unknown_languages() -> None:
    refused(translate(target_lang="XX"), "Value for 'target_lang' not supported.")
    refused(translate(target_lang="auto"), "Value for 'target_lang' not supported.")
    refused(translate(source_lang="XX"), "Value for 'source_lang' not supported.")
    refused(translate(target_lang=""), "Parameter 'target_lang' not specified")
    refused(send("POST", TRANSLATE, {"text": ["a"]}), "Parameter 'target_lang' not specified")
    refused(translate(target_lang="EU", engine="m2m100"), "Value for 'target_lang' not supported.")


# --- what is said about the translation ----------------------------------------------------------

FORMAL = "DE ES ES-419 FR IT JA NL PL PT PT-BR PT-PT RU".split()


@pytest.mark.parametrize("code", FORMAL)
@pytest.mark.parametrize("formality", ["more", "less", "prefer_more", "prefer_less"])
def test_formality(code: str, formality: str) -> None:
    got = translate(source_lang="EN", target_lang=code, formality=formality)
    assert texts(got)
    assert [call.model for call in got.ai.calls] == [LLM]
    word = "informal" if formality.endswith("less") else "formal"
    assert f"the {word}, " in instruction_of(got.ai.calls[0])


@pytest.mark.parametrize("code", ["EN-US", "EN-GB", "ZH-HANT", "SV", "TR", "NB"])
def test_rejects_formality_for_languages_without_it(code: str) -> None:
    for formality in ("more", "less"):
        got = translate(source_lang="FR", target_lang=code.lower(), formality=formality)
        refused(got, f"Target language '{code}' doesn't support formality.")
    for formality in ("prefer_more", "prefer_less", "default"):
        got = translate(source_lang="FR", target_lang=code, formality=formality)
        assert texts(got)
        assert not any("formal" in str(call.inputs) for call in got.ai.calls)


def test_rejects_formality_for_m2m100() -> None:
    got = translate(target_lang="DE", formality="more", engine="m2m100")
    refused(got, "Target language 'DE' doesn't support formality.")
    assert texts(translate(target_lang="DE", formality="prefer_more", engine="m2m100"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("formality", "much"),
        ("split_sentences", "2"),
        ("split_sentences", True),
        ("tag_handling", "markdown"),
        ("model_type", "best"),
    ],
)
def test_rejects_unknown_values(field: str, value: object) -> None:
    got = send("POST", TRANSLATE, {"text": "Hello", "target_lang": "FR", field: value})
    refused(got, f"Value for '{field}' not supported.")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("formality", "default"),
        ("formality", ""),
        ("split_sentences", "1"),
        ("split_sentences", 0),
        ("tag_handling", ""),
        ("tag_handling_version", "v2"),
        ("preserve_formatting", True),
        ("preserve_formatting", "0"),
        ("show_billed_characters", False),
        ("style_id", "a"),
        ("translation_memory_id", "a"),
        ("translation_memory_threshold", 80),
        ("enable_beta_languages", True),
        ("outline_detection", "1"),
        ("something_new", {"a": [None]}),
        ("context", None),
        ("glossary_id", ""),
        ("model_type", None),
    ],
)
def test_accepts_values_without_effect(field: str, value: object) -> None:
    body = {"text": "Hello", "target_lang": "FR", field: value}
    got = send("POST", TRANSLATE, body, ai=Translators())
    assert texts(got) == ["[fr] Hello"]
    assert got.json["translations"][0]["billed_characters"] == 5


@pytest.mark.parametrize(
    ("given", "engine", "model", "used"),
    [
        ("quality_optimized", "auto", LLM, "quality_optimized"),
        ("prefer_quality_optimized", "auto", LLM, "quality_optimized"),
        ("latency_optimized", "auto", M2M100, "latency_optimized"),
        ("quality_optimized", "m2m100", M2M100, "latency_optimized"),
        ("quality_optimized", "llm", LLM, "quality_optimized"),
    ],
)
def test_the_type_of_model(given: str, engine: str, model: str, used: str) -> None:
    got = translate(model_type=given, engine=engine)
    assert [call.model for call in got.ai.calls] == [model]
    assert got.json["translations"][0]["model_type_used"] == used


def test_context_and_instructions() -> None:
    got = translate("Bank", context="About rivers.", custom_instructions=["Be brief.", "Smile."])
    [call] = got.ai.calls
    told = instruction_of(call)
    assert call.model == LLM
    assert "About rivers." in told
    assert "Be brief.\nSmile." in told
    got = form(("text", "Bank"), ("custom_instructions", "Be brief."), ("context", "Rivers"))
    assert "Be brief." in instruction_of(got.ai.calls[0])


def test_rejects_more_instructions_than_deepl() -> None:
    assert texts(translate(custom_instructions=["x" * 300] * 10))
    words = "Value for 'custom_instructions' not supported."
    refused(translate(custom_instructions=["x"] * 11), words)
    refused(translate(custom_instructions=["x" * 301]), words)


# --- sentences and tags --------------------------------------------------------------------------


def sent(got: Got) -> list[str]:
    assert got.status == 200, got.body
    return got.ai.texts if isinstance(got.ai, Translators) else []


def test_sentences() -> None:
    text = "One cat. Two dogs.\nThree."
    assert sent(translate(text)) == ["One cat.", "Two dogs.", "Three."]
    assert sent(translate(text, split_sentences="1")) == ["One cat.", "Two dogs.", "Three."]
    got = translate(text, split_sentences="nonewlines")
    assert sent(got) == ["One cat.", "Two dogs.", "Three."]
    assert texts(got) == ["[fr] One cat. [fr] Two dogs.\n[fr] Three."]
    got = translate(text, split_sentences="0")
    assert sent(got) == ["One cat. Two dogs. Three."]
    assert texts(got) == [f"[fr] {text}"]
    for engine in ("m2m100", "llm"):
        assert len(sent(translate(text, split_sentences="0", engine=engine))) == 1
    assert len(sent(form(("text", text), ("split_sentences", "0")))) == 1


def test_html_does_not_end_sentences_at_line_ends() -> None:
    assert len(sent(translate("One\ncat", tag_handling="html"))) == 1
    assert len(sent(translate("One\ncat", tag_handling="html", split_sentences="1"))) == 2
    assert len(sent(translate("One\ncat", tag_handling="xml"))) == 2


def test_tags_come_back() -> None:
    text = "<p>See <a href='x'>this</a> &amp; that</p>"
    for kind in ("html", "xml"):
        [got] = texts(translate(text, tag_handling=kind))
        assert got == text.replace("See", "[French] See")


@pytest.mark.parametrize("value", [["x", "y"], "x,y", ["x,y"], "x, y"])
def test_keeps_elements_untranslated(value: object) -> None:
    got = translate("Take <x>the one</x> or <y>two</y> now", tag_handling="xml", ignore_tags=value)
    assert not any("one" in text or "two" in text for text in sent(got))
    [text] = texts(got)
    assert "<x>the one</x>" in text and "<y>two</y>" in text


@pytest.mark.parametrize("tags", ["x,y", "x&ignore_tags=y"])
def test_keeps_elements_untranslated_in_a_form(tags: str) -> None:
    body = f"text=<x>one</x> or <y>two</y>&target_lang=FR&tag_handling=xml&ignore_tags={tags}"
    got = send("POST", TRANSLATE, body.encode(), ai=Translators(), headers={"content-type": FORM})
    assert sent(got) == ["or"]


def test_tags_that_end_sentences_and_that_do_not() -> None:
    text = "One <s>two</s> three"
    usual = sent(translate(text, tag_handling="xml", outline_detection=False))
    split = sent(translate(text, tag_handling="xml", splitting_tags=["s"]))
    assert len(usual) == 1
    assert split == ["One", "two", "three"]
    text = "<par>One</par> <par>two</par>"
    assert len(sent(translate(text, tag_handling="xml"))) == 2
    assert len(sent(translate(text, tag_handling="xml", non_splitting_tags="par"))) == 1


@pytest.mark.parametrize("value", [False, "0", "false", "False", 0])
def test_outline_detection(value: object) -> None:
    text = "<par>One</par> <par>two</par>"
    assert len(sent(translate(text, tag_handling="xml", outline_detection=value))) == 1
    assert len(sent(translate(text, tag_handling="xml", outline_detection=True))) == 2


# --- around --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [TRANSLATE, "/v1/v2/translate", "//v2//translate/", "/x/v2/translate"]
)
def test_paths(path: str) -> None:
    body = {"text": "Hello", "target_lang": "FR"}
    assert texts(send("POST", path, body, ai=Translators())) == ["[fr] Hello"]


def test_the_trace_id() -> None:
    for got in (translate(), translate(text=""), send("GET", "/v2/nothing")):
        assert got.headers["x-trace-id"] == got.headers["x-request-id"]


@pytest.mark.parametrize(
    ("mistake", "status", "message"),
    [
        (3036, 456, "Quota Exceeded"),
        (3040, 503, "out of capacity"),
        (3043, 502, "failed"),
        ("", 400, "usable"),
    ],
)
def test_failures(mistake: object, status: int, message: str) -> None:
    got = translate("Hello there you", ai=Translators({"Hello there you": mistake}))
    assert got.status == status
    assert message in got.json["message"]


def test_remembers_what_was_translated_before_the_neurons_ran_out() -> None:
    body: dict[str, Any] = {"text": ["One cat", "Two dogs"], "target_lang": "FR"}
    first = send("POST", TRANSLATE, body, ai=Translators(m2m100={"Two dogs": 3036}))
    again = send("POST", TRANSLATE, body, ai=Translators())
    assert (first.status, texts(again)) == (456, ["[fr] One cat", "[fr] Two dogs"])
    assert sent(again) == ["Two dogs"]


def test_a_glossary_without_a_database() -> None:
    got = translate(glossary_id="abc", source_lang="EN")
    assert (got.status, got.ai.calls) == (501, [])
    assert "D1" in got.json["message"]


def test_rejects_a_glossary_without_a_source() -> None:
    refused(translate(glossary_id="abc"), "Parameter 'source_lang' is required with a glossary.")


def test_rejects_more_than_five_glossaries() -> None:
    got = translate(glossary_ids=list("abcdef"), source_lang="EN")
    refused(got, "Value for 'glossary_ids' not supported.")
    assert translate(glossary_ids=list("abcde"), source_lang="EN").status == 501


def test_errors_contain_neither_text_nor_key() -> None:
    for got in (
        translate("secret words", target_lang="secret"),
        translate("secret words", formality="secret"),
        translate("secret words", ai=Translators({"secret words": 3043})),
        send(
            "POST",
            f"{TRANSLATE}?auth_key=secret",
            {"text": "secret"},
            headers={"authorization": ""},
        ),
        send("POST", TRANSLATE, b'{"text": "secret'),
    ):
        assert got.status >= 400
        assert "secret" not in got.body.decode()
        assert KEY not in got.body.decode()
