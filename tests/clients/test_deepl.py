"""DeepL's own Python package."""

import io
from collections.abc import Iterator
from contextlib import closing

import deepl
import pytest
from deepl import http_client
from deepl.api_data import MultilingualGlossaryDictionaryEntries as Entries

from conftest import Server


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_tried_twice() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(http_client, "max_network_retries", 0)
    yield
    patch.undo()


@pytest.fixture(params=["", "/{key}/"], ids=["key in the header", "key in the path"])
def client(request: pytest.FixtureRequest, server: Server) -> Iterator[deepl.DeepLClient]:
    path = request.param.format(key=server.api_key)
    key = "undefined" if path else server.api_key
    with closing(deepl.DeepLClient(key, server_url=server.base_url + path)) as client:
        yield client


def test_a_text(client: deepl.DeepLClient) -> None:
    result = client.translate_text("Hello, you.", target_lang="FR")
    assert isinstance(result, deepl.TextResult)
    assert result.text == "[fr] Hello, you."
    assert result.detected_source_lang == "EN"
    assert result.billed_characters == 11


def test_several_texts_with_everything(client: deepl.DeepLClient) -> None:
    results = client.translate_text(
        ["Hello", "", "<x>stay</x> World"],
        source_lang="EN",
        target_lang="DE",
        formality="prefer_more",
        context="A greeting.",
        split_sentences="nonewlines",
        preserve_formatting=True,
        tag_handling="xml",
        tag_handling_version="v2",
        outline_detection=False,
        ignore_tags=["x"],
        non_splitting_tags="b",
        splitting_tags="p",
        model_type="prefer_quality_optimized",
        custom_instructions=["Be brief."],
        extra_body_parameters={"enable_beta_languages": True},
    )
    assert isinstance(results, list)
    assert [bool(result.text) for result in results] == [True, False, True]
    assert "<x>stay</x>" in results[2].text
    assert [result.billed_characters for result in results] == [5, 0, 17]
    assert {result.model_type_used for result in results} == {"quality_optimized"}


@pytest.mark.parametrize("number", [1, 3])
def test_a_text_model_writes_the_translations_and_nothing_else(
    client: deepl.DeepLClient, number: int
) -> None:
    texts = [f"There are {number} houses on the {place}th hill." for place in range(number)]
    results = client.translate_text(texts, target_lang="FR", model_type="quality_optimized")
    assert isinstance(results, list)
    assert [result.text for result in results] == [f"[fr] {text}" for text in texts]


def test_languages(client: deepl.DeepLClient) -> None:
    """The kind of languages comes in the body of a GET."""
    sources = {row.code: row for row in client.get_source_languages()}
    targets = {row.code: row for row in client.get_target_languages()}
    assert sources["DE"].name == targets["DE"].name == "German"
    assert sources["DE"].supports_formality is None
    assert targets["DE"].supports_formality is True
    assert targets["SV"].supports_formality is False
    assert "EN-GB" in targets and "EN-GB" not in sources


def test_usage(client: deepl.DeepLClient) -> None:
    before = client.get_usage().character
    client.translate_text(f"Something new {id(client)}.", target_lang="FR")
    after = client.get_usage().character
    assert isinstance(before.count, int) and isinstance(after.count, int)
    assert after.count > before.count
    assert after.limit and after.valid and not after.limit_reached


def test_errors(client: deepl.DeepLClient, server: Server) -> None:
    with pytest.raises(deepl.DeepLException, match="Value for 'target_lang' not supported"):
        client.translate_text("Hello", target_lang="XX")
    with pytest.raises(deepl.DeepLException, match="'SV' doesn't support formality"):
        client.translate_text("Hello", target_lang="SV", formality="more")
    with pytest.raises(deepl.DeepLException, match="Too many texts"):
        client.translate_text(["Hello"] * 51, target_lang="FR")
    with pytest.raises(deepl.DeepLException, match="128 KB"):
        client.translate_text("Hello " * 25_000, target_lang="FR")
    with (
        closing(deepl.DeepLClient("sk-wrong", server_url=server.base_url)) as wrong,
        pytest.raises(deepl.AuthorizationException, match="supply a valid auth_key"),
    ):
        wrong.translate_text("Hello", target_lang="FR")


def test_glossaries(client: deepl.DeepLClient) -> None:
    made = client.create_glossary("Animals", "EN", "FR", {"cat": "matou", "dog": "clebs"})
    try:
        assert (made.ready, made.entry_count, made.source_lang) == (True, 2, "EN")
        assert made.glossary_id in {row.glossary_id for row in client.list_glossaries()}
        assert client.get_glossary(made.glossary_id).creation_time == made.creation_time
        assert client.get_glossary_entries(made) == {"cat": "matou", "dog": "clebs"}
        result = client.translate_text_with_glossary("A cat.", made)
        assert isinstance(result, deepl.TextResult)
        assert "matou" in result.text
    finally:
        client.delete_glossary(made)
    with pytest.raises(deepl.GlossaryNotFoundException):
        client.get_glossary(made.glossary_id)
    pairs = {(pair.source_lang, pair.target_lang) for pair in client.get_glossary_languages()}
    assert ("en", "fr") in pairs


def test_a_glossary_from_csv(client: deepl.DeepLClient) -> None:
    made = client.create_glossary_from_csv(
        "Birds", "EN", "FR", io.StringIO('hen,poule\n"cock, old",coq\n')
    )
    try:
        assert client.get_glossary_entries(made) == {"hen": "poule", "cock, old": "coq"}
    finally:
        client.delete_glossary(made)


def test_multilingual_glossaries(client: deepl.DeepLClient) -> None:
    french, german = Entries("EN", "FR", {"cat": "matou"}), Entries("EN", "DE", {"cat": "Mieze"})
    made = client.create_multilingual_glossary("Both", [french, german])
    try:
        assert [row.target_lang for row in made.dictionaries] == ["FR", "DE"]
        named = client.update_multilingual_glossary_name(made, "New")
        assert named.name == "New"
        more = Entries("EN", "FR", {"dog": "clebs"})
        changed = client.update_multilingual_glossary_dictionary(made, more)
        assert {row.target_lang: row.entry_count for row in changed.dictionaries} == {
            "FR": 2,
            "DE": 1,
        }
        replaced = client.replace_multilingual_glossary_dictionary(made, more)
        assert replaced.entry_count == 1
        [row] = client.get_multilingual_glossary_entries(made, "EN", "FR").dictionaries
        assert (str(row.entries), row.target_lang) == ("dog\tclebs", "fr")
        client.delete_multilingual_glossary_dictionary(made, source_lang="EN", target_lang="DE")
        left = client.get_multilingual_glossary(made.glossary_id)
        assert [row.target_lang for row in left.dictionaries] == ["FR"]
        listed = client.list_multilingual_glossaries()
        assert made.glossary_id in {row.glossary_id for row in listed}
        with pytest.raises(deepl.DeepLException):
            client.translate_text(
                "A dog.", source_lang="EN", target_lang="DE", glossary=left.glossary_id
            )
    finally:
        client.delete_multilingual_glossary(made)
