"""Glossaries of both versions, kept in a database."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.limits import GLOSSARY_BODY_BYTES, GLOSSARY_ENTRIES
from support.databases import FakeDatabase
from support.exchange import Got, send
from support.translators import LLM, Translators, instruction_of

ENTRIES = "cat\tmatou\ndog\tclebs"
ANIMALS = {"name": "Animals", "source_lang": "EN", "target_lang": "FR", "entries": ENTRIES}
TO_GERMAN = {"source_lang": "en", "target_lang": "de", "entries": "cat\tMieze"}
TO_FRENCH = {"source_lang": "en", "target_lang": "fr", "entries": ENTRIES, "entries_format": "tsv"}


class Service:
    """The Worker with a database of its own."""

    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.settings: dict[str, Any] = {}

    def send(self, method: str, path: str, body: object = b"", **headers: str) -> Got:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        ai, database = Translators(), self.database
        return send(method, path, body, ai=ai, headers=named, database=database, **self.settings)

    def made(self, version: int = 2, **fields: Any) -> str:
        """The id of a new glossary."""
        body = ANIMALS if version == 2 else {"name": "Both", "dictionaries": [TO_FRENCH, TO_GERMAN]}
        got = self.send("POST", f"/v{version}/glossaries", {**body, **fields})
        assert got.status == 201, got.body
        id_: str = got.json["glossary_id"]
        return id_

    def entries(self, id_: str) -> str:
        got = self.send("GET", f"/v2/glossaries/{id_}/entries", accept="text/tab-separated-values")
        assert got.status == 200
        assert got.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
        return got.body.decode()

    def dictionaries(self, id_: str) -> dict[str, str]:
        """By the target, of a glossary of version 3."""
        rows = self.send("GET", f"/v3/glossaries/{id_}/entries").json["dictionaries"]
        return {row["target_lang"]: row["entries"] for row in rows}

    def translate(self, text: str = "A cat!", target: str = "FR", **fields: Any) -> Got:
        body = {"text": [text], "source_lang": "EN", "target_lang": target, **fields}
        return self.send("POST", "/v2/translate", body)


class TwoKeys(Service):
    """The same for two keys; requests are those of ``sk-test`` unless they name the other."""

    OTHER: Mapping[str, str] = {"authorization": "Bearer sk-other"}

    def __init__(self, keys: str = "sk-test,other:translation=sk-other", **settings: str) -> None:
        super().__init__()
        self.settings = {"API_KEYS": keys, **settings}


@pytest.fixture
def service() -> Service:
    return Service()


# --- version 2 -------------------------------------------------------------------------------


def test_creates_a_glossary(service: Service) -> None:
    got = service.send("POST", "/v2/glossaries", {**ANIMALS, "entries_format": "tsv"})
    assert got.status == 201
    info = got.json
    assert re.fullmatch("[0-9a-f]{32}", info.pop("glossary_id"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", info.pop("creation_time"))
    assert info == {
        "ready": True,
        "name": "Animals",
        "source_lang": "en",
        "target_lang": "fr",
        "entry_count": 2,
    }


def test_stores_a_glossary(service: Service) -> None:
    assert service.send("GET", "/v2/glossaries").json == {"glossaries": []}
    first = service.send("POST", "/v2/glossaries", ANIMALS).json
    second = service.send("POST", "/v2/glossaries", {**ANIMALS, "name": "再 & 'more'"}).json
    listed = service.send("GET", "/v2/glossaries").json["glossaries"]
    assert sorted(listed, key=str) == sorted([first, second], key=str)
    assert first["glossary_id"] != second["glossary_id"]
    assert service.send("GET", f"/v2/glossaries/{second['glossary_id']}").json == second
    assert service.entries(first["glossary_id"]) == ENTRIES


def test_creates_a_glossary_from_a_form(service: Service) -> None:
    body = urlencode({**ANIMALS, "entries_format": "tsv"}).encode()
    got = service.send(
        "POST", "/v2/glossaries", body, content_type="application/x-www-form-urlencoded"
    )
    assert got.status == 201
    assert service.entries(got.json["glossary_id"]) == ENTRIES


@pytest.mark.parametrize("slash", ["", "/", "//"])
def test_deletes_a_glossary(service: Service, slash: str) -> None:
    id_, other = service.made(), service.made()
    got = service.send("DELETE", f"/v2/glossaries{slash or '/'}{id_}{slash}")
    assert (got.status, got.body) == (204, b"")
    assert service.send("GET", f"/v2/glossaries/{id_}").status == 404
    assert service.send("DELETE", f"/v2/glossaries/{id_}").status == 404
    assert service.entries(other) == ENTRIES


@pytest.mark.parametrize(
    ("form", "given", "kept"),
    [
        ("tsv", "a\tb\r\nc\td\r\n", "a\tb\nc\td"),
        ("tsv", "\n a \t b \n\n\n", "a\tb"),
        ("tsv", 'a "b"\tc, d', 'a "b"\tc, d'),
        ("csv", "a,b\nc,d", "a\tb\nc\td"),
        ("csv", '"a, b","say ""c"""\r\n\r\nc,d\r\n', 'a, b\tsay "c"\nc\td'),
        ("csv", "a,b,en,fr\nc,d,EN,FR-CA", "a\tb\nc\td"),
        ("tsv", "猫\tchat 😀", "猫\tchat 😀"),
        ("tsv", "a\tb\na\tb", "a\tb"),
    ],
)
def test_reads_and_writes_entries(service: Service, form: str, given: str, kept: str) -> None:
    assert service.entries(service.made(entries=given, entries_format=form)) == kept


BAD_ENTRIES = [
    *(("tsv", text) for text in ("", "\n", "a", "a\t", "\tb", " \t ", "a\tb\tc", "a\tb\nc")),
    *(("tsv", text) for text in ("a\x00\tb", "a\u2028b\tc", "a\tb\x1bc", "a\ud83d\tb", "a,b")),
    *(("tsv", text) for text in ("a" * 1025 + "\tb", "a\t" + "b" * 1025)),
    *(("csv", text) for text in ("", "a", "a,", ",b", "a,b,c", "a,b,en", "a,b,en,fr,x")),
    *(
        ("csv", text)
        for text in ("a,b,de,fr", "a,b,en,xx", '"a\nc",b', '"a\tc",b', '"' + "a" * 200_000)
    ),
    ("tsv", None),
    ("tsv", {"a": "b"}),
]


@pytest.mark.parametrize(("form", "entries"), BAD_ENTRIES)
def test_rejects_invalid_entries(service: Service, form: str, entries: object) -> None:
    body = {**ANIMALS, "entries": entries, "entries_format": form}
    got = service.send("POST", "/v2/glossaries", body)
    assert got.status == 400
    assert "entries" in got.json["message"]
    assert service.send("GET", "/v2/glossaries").json == {"glossaries": []}


def test_rejects_contradictory_terms(service: Service) -> None:
    got = service.send("POST", "/v2/glossaries", {**ANIMALS, "entries": "a\tb\na\tc"})
    assert (got.status, got.json) == (400, {"message": "A source term is in the entries twice."})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " "),
        ("name", None),
        ("name", "x" * 1025),
        ("name", "a\nb"),
        ("name", "\ud83d"),
        ("source_lang", "XX"),
        ("source_lang", ""),
        ("source_lang", "auto"),
        ("target_lang", "XX"),
        ("target_lang", None),
        ("target_lang", "EN-GB"),
        ("entries_format", "xlsx"),
    ],
)
def test_rejects_unknown_values(service: Service, field: str, value: object) -> None:
    got = service.send("POST", "/v2/glossaries", {**ANIMALS, field: value})
    assert (got.status, got.json) == (400, {"message": f"Value for '{field}' not supported."})


def test_accepts_the_longest_names_and_terms(service: Service) -> None:
    name, term = "x" * 1024, "a" * 1024
    id_ = service.made(name=name, entries=f"{term}\t{term}")
    assert service.send("GET", f"/v2/glossaries/{id_}").json["name"] == name


def test_rejects_too_many_entries(service: Service) -> None:
    most = "\n".join(f"a{number}\tb" for number in range(GLOSSARY_ENTRIES))
    assert service.made(entries=most)
    got = service.send("POST", "/v2/glossaries", {**ANIMALS, "entries": f"{most}\nz\tb"})
    assert got.status == 400
    assert str(GLOSSARY_ENTRIES) in got.json["message"]


def test_rejects_a_body_that_is_too_large(service: Service) -> None:
    body = json.dumps(ANIMALS).encode()
    full = body + b" " * (GLOSSARY_BODY_BYTES - len(body))
    assert service.send("POST", "/v2/glossaries", full).status == 201
    assert service.send("POST", "/v2/glossaries", full + b" ").status == 413


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("path", ["nothing", "nothing/entries"])
def test_reports_an_unknown_glossary(service: Service, version: int, path: str) -> None:
    got = service.send("GET", f"/v{version}/glossaries/{path}")
    assert (got.status, got.json) == (404, {"message": "There is no such glossary."})


@pytest.mark.parametrize(
    "rest", ["x", "entries/x", "dictionaries/x", "glossaries", "entries/entries"]
)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_reports_an_unknown_path(service: Service, method: str, rest: str) -> None:
    got = service.send(method, f"/v2/glossaries/{service.made()}/{rest}")
    assert (got.status, got.json) == (404, {"message": "There is no such endpoint here."})


# --- version 3 -------------------------------------------------------------------------------


def test_creates_several_dictionaries(service: Service) -> None:
    body = {"name": "Both", "dictionaries": [TO_FRENCH, TO_GERMAN]}
    got = service.send("POST", "/v3/glossaries", body)
    assert got.status == 201
    info = got.json
    assert (info["name"], info["dictionaries"]) == (
        "Both",
        [
            {"source_lang": "en", "target_lang": "fr", "entry_count": 2},
            {"source_lang": "en", "target_lang": "de", "entry_count": 1},
        ],
    )
    assert service.send("GET", f"/v3/glossaries/{info['glossary_id']}").json == info
    assert service.send("GET", "/v3/glossaries").json == {"glossaries": [info]}
    assert service.send("GET", "/v2/glossaries").json == {"glossaries": []}


def test_entries_of_one_and_of_all(service: Service) -> None:
    id_ = service.made(3)
    assert service.dictionaries(id_) == {"fr": ENTRIES, "de": "cat\tMieze"}
    got = service.send("GET", f"/v3/glossaries/{id_}/entries?source_lang=EN&target_lang=DE")
    [row] = got.json["dictionaries"]
    assert row == {**TO_GERMAN, "entries_format": "tsv"}
    got = service.send("GET", f"/v3/glossaries/{id_}/entries?source_lang=de&target_lang=en")
    assert got.status == 404
    got = service.send("GET", f"/v3/glossaries/{id_}/entries?source_lang=de")
    assert (got.status, got.json) == (400, {"message": "Value for 'target_lang' not supported."})


def test_one_of_version_2_in_version_3(service: Service) -> None:
    id_ = service.made()
    assert service.dictionaries(id_) == {"fr": ENTRIES}
    [row] = service.send("GET", "/v3/glossaries").json["glossaries"]
    assert row["glossary_id"] == id_


def test_renames_a_glossary(service: Service) -> None:
    id_ = service.made(3)
    before = service.send("GET", f"/v3/glossaries/{id_}").json
    got = service.send("PATCH", f"/v3/glossaries/{id_}", {"name": "New"})
    assert (got.status, got.json) == (200, {**before, "name": "New"})
    assert service.dictionaries(id_) == {"fr": ENTRIES, "de": "cat\tMieze"}
    assert service.send("PATCH", f"/v3/glossaries/{id_}", {"name": ""}).status == 400


def test_adds_and_changes_entries(service: Service) -> None:
    id_ = service.made(3)
    change = {**TO_FRENCH, "entries": "cat\tminou\ncow\tvache"}
    got = service.send("PATCH", f"/v3/glossaries/{id_}", {"dictionaries": [change]})
    assert got.status == 200
    assert service.dictionaries(id_) == {
        "fr": "cat\tminou\ndog\tclebs\ncow\tvache",
        "de": "cat\tMieze",
    }
    added = {**TO_FRENCH, "target_lang": "it"}
    got = service.send("PATCH", f"/v3/glossaries/{id_}", {"dictionaries": [added]})
    assert [row["target_lang"] for row in got.json["dictionaries"]] == ["de", "fr", "it"]


def test_replaces_a_dictionary(service: Service) -> None:
    id_ = service.made(3)
    path = f"/v3/glossaries/{id_}/dictionaries"
    got = service.send("PUT", path, {**TO_FRENCH, "entries": "cow\tvache"})
    assert got.json == {"source_lang": "en", "target_lang": "fr", "entry_count": 1}
    assert service.dictionaries(id_) == {"fr": "cow\tvache", "de": "cat\tMieze"}
    assert service.send("PUT", f"/v3/glossaries/{id_}", TO_FRENCH).status == 404
    assert service.send("PUT", "/v3/glossaries/nothing/dictionaries", TO_FRENCH).status == 404


def test_deletes_a_dictionary(service: Service) -> None:
    id_ = service.made(3)
    path = f"/v3/glossaries/{id_}/dictionaries"
    got = service.send("DELETE", f"{path}?source_lang=EN&target_lang=FR")
    assert (got.status, got.body) == (204, b"")
    assert service.dictionaries(id_) == {"de": "cat\tMieze"}
    assert service.send("DELETE", f"{path}?source_lang=EN&target_lang=FR").status == 404
    assert service.send("DELETE", path).status == 400
    assert service.send("DELETE", f"{path}?source_lang=en&target_lang=de").status == 204
    assert service.send("GET", f"/v3/glossaries/{id_}").json["dictionaries"] == []
    assert service.send("GET", f"/v2/glossaries/{id_}").status == 404
    assert service.translate(glossary_id=id_).status == 400


@pytest.mark.parametrize(
    "dictionaries",
    [None, [], {}, "x", [None], [5], [{}], [TO_FRENCH, {}], [{**TO_FRENCH, "target_lang": "xx"}]],
)
def test_rejects_invalid_dictionaries(service: Service, dictionaries: object) -> None:
    body = {"name": "x", "dictionaries": dictionaries}
    assert service.send("POST", "/v3/glossaries", body).status == 400
    id_ = service.made(3)
    got = service.send("PATCH", f"/v3/glossaries/{id_}", {"dictionaries": dictionaries})
    assert got.status == 400
    assert service.dictionaries(id_) == {"fr": ENTRIES, "de": "cat\tMieze"}


def test_rejects_two_dictionaries_of_a_pair(service: Service) -> None:
    body = {"name": "x", "dictionaries": [TO_FRENCH, {**TO_FRENCH, "target_lang": "fr-CA"}]}
    got = service.send("POST", "/v3/glossaries", body)
    assert (got.status, got.json) == (400, {"message": "A pair of languages is there twice."})


# --- used ------------------------------------------------------------------------------------


def used(got: Got, term: str, meaning: str) -> bool:
    """Whether the model was told so, and the text has it although the model has not done so."""
    assert got.status == 200, got.body
    first = got.ai.calls[0]
    assert first.model == LLM
    [told] = [line for line in instruction_of(first).splitlines() if "terms" in line]
    [row] = got.json["translations"]
    return f"{term} = {meaning}" in told and meaning in row["text"]


def test_uses_the_terms_of_a_glossary(service: Service) -> None:
    for id_ in (service.made(), service.made(3)):
        assert used(service.translate(glossary_id=id_), "cat", "matou")
        assert used(service.translate(target="FR-CA", glossary_ids=[id_]), "cat", "matou")


def test_the_first_glossary_wins(service: Service) -> None:
    ids = [
        service.made(entries=f"cat\t{meaning}\ndog\tclebs") for meaning in "un deux trois".split()
    ]
    for order in (ids, ids[::-1], [ids[1], ids[0], ids[2]]):
        meaning = "un deux trois".split()[ids.index(order[0])]
        assert used(service.translate(glossary_ids=order), "cat", meaning)
        assert used(service.translate("A cat?", glossary_ids=",".join(order)), "cat", meaning)


def test_rejects_a_pair_without_a_dictionary(service: Service) -> None:
    got = service.translate(target="DE", glossary_id=service.made())
    assert (got.status, got.ai.calls) == (400, [])


def test_rejects_a_translation_with_an_unknown_glossary(service: Service) -> None:
    got = service.translate(glossary_id="nothing")
    assert (got.status, got.json) == (404, {"message": "There is no such glossary."})
    assert service.translate(glossary_ids=[service.made(), "nothing"]).status == 404


ODD = st.text(st.characters(codec=None), max_size=12)
CELLS = ODD | st.sampled_from(["cat", "cat\tmatou", "cat,matou", '"', "\n", "\ud83d", "\x00", "en"])
VALUES = st.recursive(
    CELLS | st.none() | st.integers(), lambda inner: st.lists(inner, max_size=3), max_leaves=4
)
DICTIONARY = st.fixed_dictionaries(
    {
        "source_lang": st.sampled_from(["en", "EN-GB", "de", "", "xx"]),
        "target_lang": st.sampled_from(["fr", "zh-TW", "de", "auto"]),
        "entries": st.lists(CELLS, max_size=6).map("\n".join) | VALUES,
    },
    optional={"entries_format": st.sampled_from(["tsv", "csv", "x"])},
)


@given(
    DICTIONARY,
    st.fixed_dictionaries({}, optional={"name": VALUES, "dictionaries": st.lists(DICTIONARY)}),
)
def test_any_glossary_is_stored_or_rejected(fields: dict[str, Any], more: dict[str, Any]) -> None:
    service = Service()
    id_ = service.made(3)
    body = {"name": "x", **fields, **more}
    for method, path in (
        ("POST", "/v2/glossaries"),
        ("POST", "/v3/glossaries"),
        ("PATCH", f"/v3/glossaries/{id_}"),
        ("PUT", f"/v3/glossaries/{id_}/dictionaries"),
    ):
        assert service.send(method, path, body).status in (200, 201, 400)
    for row in service.send("GET", "/v3/glossaries").json["glossaries"]:
        for entries in service.dictionaries(row["glossary_id"]).values():
            assert all(len(line.split("\t")) == 2 for line in entries.split("\n"))


# --- the database ------------------------------------------------------------------------------

EVERY = [
    ("GET", "/v2/glossaries", b""),
    ("POST", "/v2/glossaries", ANIMALS),
    ("GET", "/v2/glossaries/x", b""),
    ("GET", "/v2/glossaries/x/entries", b""),
    ("DELETE", "/v2/glossaries/x", b""),
    ("GET", "/v3/glossaries", b""),
    ("POST", "/v3/glossaries", {"name": "x", "dictionaries": [TO_FRENCH]}),
    ("GET", "/v3/glossaries/x", b""),
    ("PATCH", "/v3/glossaries/x", {"name": "x"}),
    ("PUT", "/v3/glossaries/x/dictionaries", TO_FRENCH),
    ("DELETE", "/v3/glossaries/x", b""),
]


@pytest.mark.parametrize(("method", "path", "body"), EVERY)
def test_without_a_database(method: str, path: str, body: object) -> None:
    got = send(method, path, body)
    assert got.status == 501
    assert "D1" in got.json["message"]


@pytest.mark.parametrize(("method", "path", "body"), EVERY)
def test_with_a_database_that_fails(service: Service, method: str, path: str, body: object) -> None:
    service.database.broken = True
    got = service.send(method, path, body)
    assert (got.status, got.json) == (503, {"message": "The database failed."})


# --- owners -------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [2, 3])
@pytest.mark.parametrize("settings", [{}, {"SHARED_MEMORY": "on"}], ids=["off", "on"])
def test_a_key_has_its_own_glossaries(version: int, settings: dict[str, str]) -> None:
    service = TwoKeys(**settings)
    id_ = service.made(version)
    other = service.OTHER
    for each in (2, 3):
        assert service.send("GET", f"/v{each}/glossaries", **other).json == {"glossaries": []}
    change = {"name": "Taken", "dictionaries": [TO_GERMAN]}
    text = {"text": ["A cat!"], "source_lang": "EN", "target_lang": "FR"}
    requests: list[tuple[str, str, object]] = [
        ("GET", f"/v2/glossaries/{id_}", b""),
        ("GET", f"/v2/glossaries/{id_}/entries", b""),
        ("GET", f"/v3/glossaries/{id_}", b""),
        ("GET", f"/v3/glossaries/{id_}/entries", b""),
        ("PATCH", f"/v3/glossaries/{id_}", change),
        ("PUT", f"/v3/glossaries/{id_}/dictionaries", TO_FRENCH),
        ("DELETE", f"/v3/glossaries/{id_}/dictionaries?source_lang=en&target_lang=fr", b""),
        ("DELETE", f"/v2/glossaries/{id_}", b""),
        ("DELETE", f"/v3/glossaries/{id_}", b""),
        ("POST", "/v2/translate", {**text, "glossary_id": id_}),
    ]
    for method, path, body in requests:
        got = service.send(method, path, body, **other)
        assert (got.status, got.ai.calls) == (404, []), path
        assert got.json["message"] == "There is no such glossary."
    [listed] = service.send("GET", "/v3/glossaries").json["glossaries"]
    assert (listed["glossary_id"], listed["name"] != "Taken") == (id_, True)
    assert service.translate(glossary_id=id_).status == 200


def test_the_only_key_has_all_glossaries() -> None:
    service = TwoKeys()
    id_ = service.made()
    service.settings = {"API_KEYS": "renewed=sk-test"}
    assert service.entries(id_) == ENTRIES
    assert service.send("DELETE", f"/v2/glossaries/{id_}").status == 204


@pytest.mark.parametrize("version", [2, 3])
def test_a_key_may_have_so_many_glossaries(version: int) -> None:
    service = TwoKeys(GLOSSARIES_MAX="2")
    ids = [service.made(version) for _ in range(2)]
    body = ANIMALS if version == 2 else {"name": "Both", "dictionaries": [TO_FRENCH]}
    got = service.send("POST", f"/v{version}/glossaries", body)
    assert got.status == 400
    assert "2 glossaries" in got.json["message"]
    assert service.send("POST", f"/v{version}/glossaries", body, **service.OTHER).status == 201
    # Those that are there can be changed all the same.
    assert service.send("PATCH", f"/v3/glossaries/{ids[0]}", {"name": "New"}).status == 200
    assert service.send("DELETE", f"/v2/glossaries/{ids[1]}").status == 204
    assert service.made(version)


def test_a_glossary_without_dictionaries_has_no_entries(service: Service) -> None:
    id_ = service.made(2)
    pair = "source_lang=en&target_lang=fr"
    assert service.send("DELETE", f"/v3/glossaries/{id_}/dictionaries?{pair}").status == 204
    for path in (f"/v2/glossaries/{id_}", f"/v2/glossaries/{id_}/entries"):
        got = service.send("GET", path)
        assert (got.status, got.json) == (404, {"message": "The glossary has no entries."})
    assert service.send("GET", "/v2/glossaries").json == {"glossaries": []}
    assert service.send("GET", f"/v3/glossaries/{id_}").json["dictionaries"] == []
