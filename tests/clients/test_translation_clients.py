"""Every client of a translation service, over HTTP: what it sends, and the answer as it reads it.

Words are the mock's: those of French begin with its code, those of other languages are left open.
"""

import re

import httpx2
import pytest

from clients.checking import Transport
from conftest import Server
from support.translation_clients import CLIENTS, Client
from support.translation_shapes import checker, errors_of

every_client = pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)

SIGNS = re.compile(r"@\d+#|\{\w+\}|</?\w+[^>]*>|&\w+;|\n")
REFUSED = {"deepl": 403, "libre": 403}
"""The status of a wrong key; of the other dialects it is 401."""


def ask(server: Server, client: Client, key: str) -> httpx2.Response:
    method, target, body, headers = client.request(key)
    # The library sends no header that ends in a blank; servers take it off anyway.
    sent = {name: text.strip() for name, text in headers.items()}
    with httpx2.Client(transport=Transport(), timeout=60) as http:
        return http.request(method, server.base_url + target, content=body, headers=sent)


@every_client
def test_it_reads_its_translations(server: Server, client: Client) -> None:
    got = ask(server, client, server.api_key)
    assert got.status_code == 200, got.text
    if client.answer:
        checker(client.answer)("answer", got.json(), status=200)
    read = client.read(got.json())
    assert len(read.texts) == len(client.texts)
    for text, given in zip(read.texts, client.texts, strict=True):
        assert text.strip()
        assert sorted(SIGNS.findall(text)) == sorted(SIGNS.findall(given))
        if client.into == "fr" and not client.llm:
            assert text == re.sub(r"^(?=.)", "[fr] ", given, flags=re.MULTILINE)
    assert client.source is None or read.source == client.source


@every_client
def test_a_wrong_key_is_told_in_its_words(server: Server, client: Client) -> None:
    got = ask(server, client, "sk-wrong")
    dialect = errors_of(client.answer)
    assert got.status_code == REFUSED.get(dialect, 401)
    if client.answer:
        checker(client.answer)("error", got.json(), status=got.status_code)
    assert "sk-wrong" not in got.text
