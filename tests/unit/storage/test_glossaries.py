import json
import re
from typing import Any

import pytest

from core.errors import APIError, BadRequest, NotConfigured, NotFound
from core.limits import GLOSSARIES_USED_CHARACTERS, GLOSSARY_BYTES, GLOSSARY_ENTRIES
from core.ports import Statement
from storage import tables
from storage.glossaries import (
    Dictionary,
    DictionaryInfo,
    Glossaries,
    GlossaryInfo,
    StoredGlossary,
    new_glossary,
)
from support.databases import FakeDatabase
from support.fakes import run

EN_FR = Dictionary("en", "fr", {"fox": "renard", "Ä 中 '": '"é"'})
EN_DE = Dictionary("en", "de", {"fox": "Fuchs"})


@pytest.fixture
def database() -> FakeDatabase:
    return FakeDatabase()


def store(database: FakeDatabase | None, owner: str = "me", **options: Any) -> Glossaries:
    return Glossaries(database, owner, **{"most": 20, **options})


def save(
    database: FakeDatabase, name: str, *dictionaries: Dictionary, owner: str = "me"
) -> StoredGlossary:
    mine = store(database, owner)
    return run(mine.load(run(mine.create(new_glossary(name, list(dictionaries)))).id))


def all_of(database: FakeDatabase, owner: str = "me", **options: Any) -> list[GlossaryInfo]:
    return run(store(database, owner, **options).all())


def failure(call: object) -> APIError:
    with pytest.raises(APIError) as caught:
        run(call)  # type: ignore[arg-type]
    return caught.value


def test_a_new_one_has_an_id_and_a_date() -> None:
    made = new_glossary("mine", [EN_FR])
    assert re.fullmatch(r"[0-9a-f]{32}", made.id)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", made.created)
    assert made.id != new_glossary("mine", [EN_FR]).id


def test_what_is_stored_is_found(database: FakeDatabase) -> None:
    made = new_glossary("mine", [EN_FR, EN_DE])
    info = run(store(database).create(made))
    assert info[:3] == made[:3]
    assert info.dictionaries == [DictionaryInfo("en", "fr", 2), DictionaryInfo("en", "de", 1)]
    assert run(store(database).find(made.id)) == info
    assert run(store(database).load(made.id)) == made._replace(version=info.version)


def test_all_are_listed_by_their_dates(
    database: FakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all_of(database) == []
    for date in ("2026-02", "2026-01", "2026-03"):
        monkeypatch.setattr("time.strftime", lambda form, when, date=date: date)
        save(database, date, EN_FR)
    monkeypatch.undo()
    assert [glossary.name for glossary in all_of(database)] == ["2026-01", "2026-02", "2026-03"]


def test_entries_are_read_where_they_are_used_and_only_those(database: FakeDatabase) -> None:
    saved = save(database, "mine", EN_FR, EN_DE)
    read: list[dict[str, Any]] = []
    run_statements = tables.run_statements

    async def listen(database: Any, *statements: Statement) -> list[list[dict[str, Any]]]:
        results = await run_statements(database, *statements)
        read.extend(row for rows in results for row in rows)
        return results

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "run_statements", listen)
        run(store(database).all())
        run(store(database).find(saved.id))
        assert "renard" not in json.dumps(read)
        run(store(database).load_entries([saved.id], "en", "de"))
    assert "renard" not in json.dumps(read)
    assert "Fuchs" in json.dumps(read)


def test_reports_an_unknown_glossary(database: FakeDatabase) -> None:
    saved = save(database, "mine", EN_FR)
    mine = store(database)
    for call in (
        mine.find("x"),
        mine.load(""),
        mine.delete("x"),
        mine.save(saved._replace(id="x")),
        mine.load_entries([saved.id, "x"], "en", "fr"),
    ):
        error = failure(call)
        assert isinstance(error, NotFound)
        assert error.code == "glossary_not_found"
    assert [info.id for info in all_of(database)] == [saved.id]


def test_a_deleted_one_is_gone(database: FakeDatabase) -> None:
    kept, gone = save(database, "a", EN_FR), save(database, "b", EN_FR)
    run(store(database).delete(gone.id))
    assert all_of(database) == [kept.info]
    assert isinstance(failure(store(database).delete(gone.id)), NotFound)
    assert isinstance(failure(store(database).save(gone)), NotFound)


def test_saved_again_it_is_the_same_with_another_version(database: FakeDatabase) -> None:
    saved = save(database, "mine", EN_FR)
    again = run(store(database).save(saved._replace(name="other", dictionaries=[EN_DE])))
    assert (again.id, again.created) == (saved.id, saved.created)
    assert again.version != saved.version
    assert again.dictionaries == [DictionaryInfo("en", "de", 1)]
    assert all_of(database) == [again]


# --- owners -------------------------------------------------------------------------------------


def test_an_owner_has_its_own(database: FakeDatabase) -> None:
    mine = save(database, "mine", EN_FR)
    other = store(database, "other")
    assert all_of(database, "other") == []
    for call in (
        other.find(mine.id),
        other.load(mine.id),
        other.save(mine._replace(name="taken")),
        other.delete(mine.id),
        other.load_entries([mine.id], "en", "fr"),
    ):
        assert isinstance(failure(call), NotFound)
    assert all_of(database) == [mine.info]


def test_one_that_sees_all_may_use_and_change_all(database: FakeDatabase) -> None:
    theirs = save(database, "theirs", EN_FR, owner="other")
    me = store(database, sees_all=True)
    assert run(me.all()) == [theirs.info]
    assert run(me.load_entries([theirs.id], "en", "fr"))[1] == EN_FR.entries
    changed = run(me.save(theirs._replace(name="changed")))
    assert all_of(database, "other") == [changed]
    run(me.delete(theirs.id))
    assert all_of(database, "other") == []


def test_an_owner_may_have_so_many(database: FakeDatabase) -> None:
    save(database, "another's", EN_FR, owner="other")
    mine = store(database, most=2)
    first, _ = (run(mine.create(new_glossary(name, [EN_FR]))) for name in "ab")
    error = failure(mine.create(new_glossary("c", [EN_FR])))
    assert (error.status, error.code) == (400, "too_many_glossaries")
    assert "GLOSSARIES_MAX" in error.message
    run(mine.delete(first.id))
    run(mine.create(new_glossary("c", [EN_FR])))
    assert {info.name for info in all_of(database)} == {"b", "c"}


def test_those_of_an_older_version_are_everybodys(database: FakeDatabase) -> None:
    old = (
        "CREATE TABLE glossaries (id TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL,"
        " version TEXT NOT NULL, dictionaries TEXT NOT NULL) WITHOUT ROWID"
    )
    row = Statement("INSERT INTO glossaries VALUES (?, ?, ?, ?, ?)")
    rows = [
        ("1", "old", "2026-01", "v", json.dumps([EN_FR, EN_DE])),
        ("2", "broken", "2026-02", "v", "[no"),
        ("3", "strange", "2026-03", "v", '["a", 5]'),
    ]
    run(database.run(Statement(old), *[row._replace(values=values) for values in rows]))
    expected = StoredGlossary("1", "old", "2026-01", "v", [EN_FR, EN_DE])
    for owner in ("me", "other"):
        assert all_of(database, owner)[0] == expected.info
        assert run(store(database, owner).load("1")) == expected
        assert isinstance(failure(store(database, owner).load("2")), NotFound)
    run(store(database).delete("1"))
    assert isinstance(failure(store(database, "other").find("1")), NotFound)


# --- contents -----------------------------------------------------------------------------------


def test_dictionaries_of_a_glossary() -> None:
    made = new_glossary("mine", [EN_FR])
    assert made.dictionary("en", "fr") == EN_FR
    assert made.dictionary("fr", "en") is None
    both = made.with_dictionary(EN_DE)
    assert list(both.dictionaries) == [EN_FR, EN_DE]
    changed = both.with_dictionary(Dictionary("en", "fr", {"a": "b"}))
    assert changed.dictionary("en", "fr") == Dictionary("en", "fr", {"a": "b"})
    assert len(changed.dictionaries) == 2
    assert list(made.dictionaries) == [EN_FR]


def test_limits(database: FakeDatabase) -> None:
    most = Dictionary("en", "fr", {f"term {number}": "x" for number in range(GLOSSARY_ENTRIES)})
    assert save(database, "mine", most, most._replace(target="de"))
    more = Dictionary("en", "fr", {**most.entries, "one more": "x"})
    long = Dictionary("en", "fr", {"term": "é" * (GLOSSARY_BYTES // 2)})
    for too_large in (more, long):
        error = failure(store(database).create(new_glossary("mine", [too_large])))
        assert isinstance(error, BadRequest)
        assert error.code == "glossary_too_large"
    assert len(all_of(database)) == 1


def test_rejects_half_a_surrogate_pair(database: FakeDatabase) -> None:
    for made in (
        new_glossary("\ud83d", [EN_FR]),
        new_glossary("mine", [Dictionary("en", "fr", {"\ud83d": "x"})]),
        new_glossary("mine", [Dictionary("en", "fr", {"x": "\ud83d"})]),
    ):
        assert failure(store(database).create(made)).status == 400


def test_without_a_database_there_are_none() -> None:
    with pytest.raises(NotConfigured) as caught:
        store(None)
    assert caught.value.status == 501
    assert "D1" in caught.value.message


def test_reports_a_broken_database(database: FakeDatabase) -> None:
    database.broken = True
    for call in (store(database).all(), store(database).create(new_glossary("a", [EN_FR]))):
        assert failure(call).status == 503


# --- for a pair of languages --------------------------------------------------------------------


def test_for_a_pair_there_is_what_its_dictionary_has(database: FakeDatabase) -> None:
    saved = save(database, "mine", EN_FR, EN_DE)
    found = run(store(database).load_entries([saved.id], "en", "fr"))
    assert found == (saved.version, EN_FR.entries)


def test_of_several_the_first_counts_most(database: FakeDatabase) -> None:
    one = save(database, "a", Dictionary("en", "fr", {"fox": "goupil", "dog": "chien"}))
    two = save(database, "b", EN_FR)
    ids = [one.id, two.id]
    version, entries = run(store(database).load_entries(ids, "en", "fr"))
    assert entries == {**EN_FR.entries, "fox": "goupil", "dog": "chien"}
    assert version == f"{one.version} {two.version}"
    other, entries = run(store(database).load_entries(ids[::-1], "en", "fr"))
    assert entries["fox"] == "renard"
    assert other != version


def test_one_of_several_may_have_nothing_for_the_pair(database: FakeDatabase) -> None:
    one, two = save(database, "a", EN_DE), save(database, "b", EN_FR)
    _, entries = run(store(database).load_entries([one.id, two.id], "en", "fr"))
    assert entries == EN_FR.entries


def test_nothing_for_the_pair_is_an_error(database: FakeDatabase) -> None:
    saved = save(database, "mine", EN_FR, Dictionary("en", "es", {}))
    for source, target in (("fr", "en"), ("en", "de"), ("en", "es")):
        error = failure(store(database).load_entries([saved.id], source, target))
        assert isinstance(error, BadRequest)
        assert error.param == "glossary_id"
    missing = failure(store(database).load_entries([saved.id, "x"], "en", "fr"))
    assert isinstance(missing, NotFound)


def test_the_entries_of_all_together_are_limited(database: FakeDatabase) -> None:
    half = {f"{number}": "x" * 999 for number in range(GLOSSARIES_USED_CHARACTERS // 2_000)}
    saved = [save(database, name, Dictionary("en", "fr", half), EN_DE) for name in "abc"]
    ids = [glossary.id for glossary in saved]
    assert len(run(store(database).load_entries(ids[:1], "en", "fr"))[1]) == len(half)
    error = failure(store(database).load_entries(ids, "en", "fr"))
    assert (error.status, error.code) == (400, "glossary_too_large")
    assert f"{GLOSSARIES_USED_CHARACTERS:,}" in error.message
    assert run(store(database).load_entries(ids, "en", "de"))[1] == EN_DE.entries


@pytest.mark.parametrize(
    "row", [{}, {"id": "1", "counts": "[", "dictionaries": "["}, {"counts": None}, {"counts": "5"}]
)
def test_rows_of_another_shape_are_not_listed_and_a_failure_where_asked_for(
    database: FakeDatabase, monkeypatch: pytest.MonkeyPatch, row: dict[str, object]
) -> None:
    async def answer(*statements: Statement) -> list[list[dict[str, object]]]:
        return [[row]]

    monkeypatch.setattr(database, "run", answer)
    assert all_of(database) == []
    for call in (
        store(database).find("1"),
        store(database).load("1"),
        store(database).load_entries(["1"], "en", "fr"),
    ):
        assert failure(call).status == 503
