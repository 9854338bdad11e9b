"""Every client's request, as it is sent, and the answer as that client reads it."""

import json

import pytest

from support.exchange import Got, send
from support.fakes import KEY
from support.translation_clients import CLIENTS, Client
from support.translation_shapes import checker, errors_of
from support.translators import LLM, M2M100, Translators
from translation.languages import locales

every_client = pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)

REFUSED = {"deeplx": 401, "deepl": 403, "libre": 403, "azure": 401, "google": 401, "jsonrpc": 401}
"""The status of a wrong key, by dialect."""


def code(language: str) -> str:
    """m2m100 is told codes, text models names."""
    locale = locales.find_locale(language)
    assert locale, language
    return locale.code


def translated(text: str, into: str) -> str:
    return "\n".join(f"[{into}] {line}" if line else "" for line in text.split("\n"))


def ai() -> Translators:
    return Translators(translate=lambda text, target: f"[{code(target)}] {text}")


def ask(client: Client, key: str = KEY, keys: str = KEY) -> Got:
    """The request as it is, with no header of ours."""
    method, target, body, headers = client.request(key)
    return send(
        method, target, body, ai=ai(), headers={"authorization": None, **headers}, API_KEYS=keys
    )


@every_client
def test_client_reads_its_translations(client: Client) -> None:
    got = ask(client)
    assert got.status == 200, got.body
    if client.answer:
        checker(client.answer)("answer", got.json, status=200)
    read = client.read(got.json)
    assert read.texts == [translated(text, client.into) for text in client.texts]
    engines = {call.model for call in got.ai.calls}
    assert engines == {LLM if client.llm else M2M100}
    assert client.source is None or read.source == client.source


@every_client
def test_wrong_key_gets_the_clients_error(client: Client) -> None:
    got = ask(client, "sk-wrong")
    if client.answer:
        dialect = errors_of(client.answer)
        assert got.status == REFUSED[dialect]
        checker(client.answer)("error", got.json, status=got.status)
    else:
        assert got.status == 401
    assert got.ai.calls == []
    assert "sk-wrong" not in got.body.decode()


@every_client
def test_missing_key_gets_the_clients_error(client: Client) -> None:
    got = ask(client, keys="")
    assert got.status == 503
    if client.answer:
        checker(client.answer)("error", got.json, status=503)
        assert "API_KEYS" in json.dumps(got.json)
    assert got.ai.calls == []


@every_client
def test_a_key_for_translation_is_enough(client: Client) -> None:
    got = ask(client, keys=f"pages:translation={KEY}")
    assert got.status == (200 if client.answer else 403)
