"""Every setting: what it takes, what it is where it is not set, and how a wrong one is told."""

import pytest

from core.errors import DISABLING_WORDS, NotConfigured
from core.settings import ROWS, Settings


def load(**texts: str) -> Settings:
    return Settings.load(texts.get)


def test_every_row_is_a_field_and_is_described() -> None:
    assert [row.name.lower() for row in ROWS] == list(Settings._fields)
    assert all(row.takes and row.meaning.endswith(".") for row in ROWS)


@pytest.mark.parametrize("texts", [{}, {row.name: "" for row in ROWS}])
def test_the_defaults(texts: dict[str, str]) -> None:
    settings = load(**texts)
    assert settings.api_keys == ""
    assert settings.model_aliases == {}
    assert settings.retired_models == "refuse"
    assert settings.model_timeout == 90
    assert settings.stream_flush_bytes == 1024
    assert settings.models_ttl == 21600


def test_good_values() -> None:
    assert load(MODEL_ALIASES='{"a*": "@cf/x/y"}').model_aliases == {"a*": "@cf/x/y"}
    assert load(RETIRED_MODELS="successor").retired_models == "successor"
    for text, size in {"1": 1, "65536": 65536}.items():
        assert load(STREAM_FLUSH_BYTES=text).stream_flush_bytes == size
    for text, seconds in {"1": 1, "600": 600}.items():
        assert load(MODEL_TIMEOUT=text).model_timeout == seconds
    for text, seconds in {"0": 0, "604800": 604800}.items():
        assert load(MODELS_TTL=text).models_ttl == seconds


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("MODEL_ALIASES", "gpt-4o: credit"),
        ("MODEL_ALIASES", "[]"),
        ("MODEL_ALIASES", '{"a": 1}'),
        ("MODEL_ALIASES", "[" * 100_000),
        ("RETIRED_MODELS", "Successor"),
        ("MODEL_TIMEOUT", "0"),
        ("MODEL_TIMEOUT", "601"),
        ("MODEL_TIMEOUT", "90 s"),
        ("STREAM_FLUSH_BYTES", "0"),
        ("STREAM_FLUSH_BYTES", "65537"),
        ("STREAM_FLUSH_BYTES", "1 KB"),
        ("STREAM_FLUSH_BYTES", "1.5"),
        ("MODELS_TTL", "-1"),
        ("MODELS_TTL", "604801"),
        ("MODELS_TTL", "1" * 10_000),
    ],
)
def test_a_value_that_cannot_be_read_is_told_by_name_and_not_quoted(name: str, text: str) -> None:
    with pytest.raises(NotConfigured) as caught:
        load(**{name: text})
    [row] = [row for row in ROWS if row.name == name]
    message = f"The setting {name} cannot be read: it takes {row.takes}."
    assert caught.value.message == message
    assert (caught.value.status, caught.value.code) == (503, "invalid_setting")
    assert not [word for word in DISABLING_WORDS if word in message.lower()]


def test_they_are_read_anew_when_a_variable_changes() -> None:
    assert load(API_KEYS="one").api_keys != load(API_KEYS="two").api_keys
    assert load(API_KEYS="one") is load(API_KEYS="one")
