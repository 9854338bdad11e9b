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
    assert settings.api_keys == ()
    assert settings.model_aliases == {}
    assert settings.retired_models == "refuse"
    assert settings.stream_flush_bytes == 1024
    assert settings.models_ttl == 21600


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("sk-1", [("", b"sk-1")]),
        ("alice=sk-1,bob=sk-2", [("alice", b"sk-1"), ("bob", b"sk-2")]),
        (" sk-1,\n\tbob=sk-2 ,, sk-3\r\n", [("", b"sk-1"), ("bob", b"sk-2"), ("", b"sk-3")]),
        ("c2VjcmV0Cg==", [("", b"c2VjcmV0Cg==")]),
        ("alice=c2VjcmV0Cg==", [("alice", b"c2VjcmV0Cg==")]),
        ("=sk-1", [("", b"sk-1")]),
        ("密钥=钥匙", [("密钥", "钥匙".encode())]),
        (" ,\n", []),
    ],
)
def test_api_keys(text: str, keys: list[tuple[str, bytes]]) -> None:
    assert [key[:2] for key in load(API_KEYS=text).api_keys] == keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("pages:translation=sk-1", ("pages", b"sk-1", "translation")),
        (":translation=sk-1", ("", b"sk-1", "translation")),
        ("translation=sk-1", ("translation", b"sk-1", "")),
        ("pages:translation=a=:b==", ("pages", b"a=:b==", "translation")),
        ("sk-1:fx", ("", b"sk-1:fx", "")),
        ("sk:translation==", ("", b"sk:translation==", "")),
    ],
)
def test_a_key_may_be_for_translation_alone(text: str, key: tuple[str, bytes, str]) -> None:
    assert load(API_KEYS=text).api_keys == (key,)


def test_good_values() -> None:
    assert load(MODEL_ALIASES='{"a*": "@cf/x/y"}').model_aliases == {"a*": "@cf/x/y"}
    assert load(RETIRED_MODELS="successor").retired_models == "successor"
    for text, size in {"1": 1, "65536": 65536}.items():
        assert load(STREAM_FLUSH_BYTES=text).stream_flush_bytes == size
    for text, seconds in {"0": 0, "604800": 604800}.items():
        assert load(MODELS_TTL=text).models_ttl == seconds


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("API_KEYS", "="),
        ("API_KEYS", "sk-1,=="),
        # For what else it may be is not known: it must not be for everything.
        ("API_KEYS", "pages:translations=sk-1"),
        ("API_KEYS", "pages:Translation=sk-1"),
        ("API_KEYS", "sk-1,pages:=sk-2"),
        ("API_KEYS", "a:b:translation=sk-1"),
        ("MODEL_ALIASES", "gpt-4o: credit"),
        ("MODEL_ALIASES", "[]"),
        ("MODEL_ALIASES", '{"a": 1}'),
        ("MODEL_ALIASES", "[" * 100_000),
        ("RETIRED_MODELS", "Successor"),
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
