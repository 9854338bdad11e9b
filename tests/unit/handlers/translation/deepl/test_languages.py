"""The lists that DeepL's clients ask for."""

from typing import Any

import pytest

from storage import ledger
from support.exchange import Got, send
from support.translators import Translators
from translation.languages.locales import LANGUAGES

FORM = {"content-type": "application/x-www-form-urlencoded"}


def get(target: str, body: bytes = b"", engine: str = "auto", **headers: str) -> Got:
    return send("GET", target, body, headers=headers, TRANSLATION_ENGINE=engine)


def by_code(got: Got, key: str = "language") -> dict[str, Any]:
    assert got.status == 200, got.body
    rows = {row[key]: row for row in got.json}
    assert len(rows) == len(got.json)
    return rows


# --- version 2 -------------------------------------------------------------------------------


def test_sources() -> None:
    rows = by_code(get("/v2/languages"))
    assert rows["DE"] == {"language": "DE", "name": "German"}
    assert rows["NB"]["name"] == "Norwegian (bokmål)"
    assert {"EN", "PT", "ZH", "EU"} <= rows.keys()
    assert not {"EN-US", "PT-BR", "ZH-HANS"} & rows.keys()
    assert len(rows) == len(LANGUAGES)


def test_targets() -> None:
    rows = by_code(get("/v2/languages?type=target"))
    assert rows["DE"] == {"language": "DE", "name": "German", "supports_formality": True}
    assert {"EN-US", "EN-GB", "PT-PT", "PT-BR", "ZH", "ZH-HANS", "ZH-HANT", "ES-419"} <= rows.keys()
    assert not {"EN", "PT"} & rows.keys()
    formal = {code for code, row in rows.items() if row["supports_formality"]}
    assert {"DE", "ES", "ES-419", "FR", "IT", "JA", "NL", "PL", "PT-BR", "PT-PT", "RU"} <= formal
    assert not {"EN-US", "ZH", "SV"} & formal


def test_what_is_listed_is_taken() -> None:
    sources = by_code(get("/v2/languages"))
    targets = by_code(get("/v2/languages?type=target"))
    body: dict[str, Any]
    for code in sources:
        body = {"text": "Hello", "source_lang": code, "target_lang": "CY"}
        assert send("POST", "/v2/translate", body, ai=Translators()).status == 200, code
    for code, row in targets.items():
        formality = "more" if row["supports_formality"] else "default"
        body = {"text": "12", "source_lang": "CY", "target_lang": code, "formality": formality}
        assert send("POST", "/v2/translate", body, ai=Translators()).status == 200, code
        if not row["supports_formality"]:
            body["formality"] = "less"
            assert send("POST", "/v2/translate", body, ai=Translators()).status == 400, code


def test_m2m100_alone_has_fewer() -> None:
    for kind in ("source", "target"):
        rows = by_code(get(f"/v2/languages?type={kind}", engine="m2m100"))
        assert not {"EU", "TE", "PT-BR", "EN-GB"} & rows.keys()
        assert {"ZH", "DE", "YO"} <= rows.keys()
        assert not any(row.get("supports_formality") for row in rows.values())
    rows = by_code(get("/v2/languages?type=target", engine="m2m100"))
    assert {"EN-US", "ZH-HANT"} <= rows.keys()


@pytest.mark.parametrize("kind", ["source", "target"])
def test_the_type_in_the_body_of_a_get(kind: str) -> None:
    """As DeepL's Python package sends it."""
    asked = get(f"/v2/languages?type={kind}").json
    assert get("/v2/languages", f"type={kind}".encode(), **FORM).json == asked
    posted = send("POST", "/v2/languages", f"type={kind}".encode(), headers=FORM)
    assert posted.json == asked


def test_rejects_an_unknown_type() -> None:
    got = get("/v2/languages?type=both")
    assert (got.status, got.json) == (400, {"message": "Value for 'type' not supported."})


# --- version 3 -------------------------------------------------------------------------------


def test_by_resource() -> None:
    rows = by_code(get("/v3/languages?resource=translate_text"), "lang")
    assert rows["de"]["usable_as_source"] and rows["de"]["usable_as_target"]
    assert rows["de"]["features"].keys() == {
        "auto_detection",
        "formality",
        "glossary",
        "tag_handling",
    }
    assert "formality" not in rows["sv"]["features"]
    for code, source, target in [
        ("en", True, False),
        ("en-US", False, True),
        ("pt-BR", False, True),
        ("zh", True, True),
        ("zh-Hant", False, True),
        ("es-419", False, True),
        ("sr-Latn", False, True),
        ("mn-Mong", True, True),
        ("ur-Roman", True, True),
    ]:
        assert (rows[code]["usable_as_source"], rows[code]["usable_as_target"]) == (source, target)


def test_a_resource_without_features() -> None:
    rows = by_code(get("/v3/languages?resource=glossary&include=beta"), "lang")
    assert rows["de"]["features"] == {}


def test_rejects_unknown_resources() -> None:
    got = get("/v3/languages")
    assert (got.status, got.json) == (400, {"message": "Parameter 'resource' not specified"})
    got = get("/v3/languages?resource=voice")
    assert (got.status, got.json) == (400, {"message": "Value for 'resource' not supported."})


def test_resources() -> None:
    got = get("/v3/languages/resources")
    names = [row["name"] for row in got.json]
    assert names == ["translate_text", "glossary"]
    for name in names:
        assert get(f"/v3/languages?resource={name}").status == 200
    features = {feature["name"]: feature for feature in got.json[0]["features"]}
    assert features["formality"] == {"name": "formality", "needs_target_support": True}


# --- usage and glossaries ----------------------------------------------------------------------


def usage() -> tuple[int, int]:
    got = get("/v2/usage")
    assert got.json == send("POST", "/v2/usage", b"").json
    return got.json["character_count"], got.json["character_limit"]


def test_usage() -> None:
    count, limit = usage()
    assert (count, limit) == (0, ledger.Usage().limit)
    body = {"text": "Hello", "target_lang": "FR"}
    assert send("POST", "/v2/translate", body, ai=Translators()).status == 200
    count, later = usage()
    assert count == 5
    assert 600_000 < later < limit + 5


def test_usage_of_a_day_whose_neurons_are_used_up() -> None:
    body = {"text": "Hello", "target_lang": "FR"}
    assert send("POST", "/v2/translate", body, ai=Translators()).status == 200
    ledger.record_usage("another", 700_000, ledger.NEURONS_A_DAY)
    assert usage() == (5, 5)


def test_the_pairs_of_glossaries() -> None:
    pairs = get("/v2/glossary-language-pairs").json["supported_languages"]
    assert {"source_lang": "en", "target_lang": "de"} in pairs
    assert not any(pair["source_lang"] == pair["target_lang"] for pair in pairs)
    assert len({tuple(pair.values()) for pair in pairs}) == len(pairs)


@pytest.mark.parametrize(
    "path", ["/v2/nothing", "/v2/document", "/v3/nothing", "/v2", "/v2/write/x"]
)
@pytest.mark.parametrize("key", ["", "/sk-x"])
def test_what_deepl_has_and_this_has_not(path: str, key: str) -> None:
    got = send("POST", f"{key}{path}", {})
    assert (got.status, got.json) == (404, {"message": "There is no such endpoint here."})


def test_another_method() -> None:
    got = send("DELETE", "/v2/languages", {})
    assert (got.status, got.json) == (
        405,
        {"message": "This endpoint takes GET, POST, HEAD, OPTIONS."},
    )
