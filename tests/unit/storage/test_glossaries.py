import re

import pytest

from core.errors import APIError, BadRequest, NotConfigured, NotFound
from core.limits import GLOSSARY_BYTES, GLOSSARY_ENTRIES
from storage.glossaries import Dictionary, Glossaries, StoredGlossary, new_glossary, read_entries
from support.databases import FakeDatabase
from support.fakes import run

EN_FR = Dictionary("en", "fr", {"fox": "renard", "Ä 中 '": '"é"'})
EN_DE = Dictionary("en", "de", {"fox": "Fuchs"})


@pytest.fixture
def database() -> FakeDatabase:
    return FakeDatabase()


def save(database: FakeDatabase, name: str, *dictionaries: Dictionary) -> StoredGlossary:
    return run(Glossaries(database).save(new_glossary(name, list(dictionaries))))


def failure(call: object) -> APIError:
    with pytest.raises(APIError) as caught:
        run(call)  # type: ignore[arg-type]
    return caught.value


def test_a_new_one_has_an_id_and_a_date() -> None:
    made = new_glossary("mine", [EN_FR])
    assert re.fullmatch(r"[0-9a-f]{32}", made.id)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", made.created)
    assert made.id != new_glossary("mine", [EN_FR]).id


def test_what_is_saved_is_found(database: FakeDatabase) -> None:
    saved = save(database, "mine", EN_FR, EN_DE)
    assert run(Glossaries(database).get(saved.id)) == [saved]
    assert saved.name == "mine"
    assert list(saved.dictionaries) == [EN_FR, EN_DE]


def test_all_are_listed_by_their_dates(
    database: FakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(Glossaries(database).all()) == []
    for date in ("2026-02", "2026-01", "2026-03"):
        monkeypatch.setattr("time.strftime", lambda form, when, date=date: date)
        save(database, date, EN_FR)
    monkeypatch.undo()
    names = [glossary.name for glossary in run(Glossaries(database).all())]
    assert names == ["2026-01", "2026-02", "2026-03"]


def test_several_come_in_the_order_asked_for(database: FakeDatabase) -> None:
    first, second, third = (save(database, name, EN_FR) for name in "abc")
    assert run(Glossaries(database).get(third.id, first.id)) == [third, first]
    assert run(Glossaries(database).get(second.id, second.id)) == [second, second]


def test_reports_an_unknown_glossary(database: FakeDatabase) -> None:
    saved = save(database, "mine", EN_FR)
    store = Glossaries(database)
    for call in (store.get("x"), store.get(saved.id, "x"), store.get(""), store.delete("x")):
        error = failure(call)
        assert isinstance(error, NotFound)
        assert error.code == "glossary_not_found"


def test_a_deleted_one_is_gone(database: FakeDatabase) -> None:
    kept, gone = save(database, "a", EN_FR), save(database, "b", EN_FR)
    run(Glossaries(database).delete(gone.id))
    assert run(Glossaries(database).all()) == [kept]
    assert isinstance(failure(Glossaries(database).delete(gone.id)), NotFound)


def test_saved_again_it_is_the_same_with_another_version(database: FakeDatabase) -> None:
    saved = save(database, "mine", EN_FR)
    again = run(Glossaries(database).save(saved._replace(name="other")))
    assert again.id == saved.id
    assert again.created == saved.created
    assert again.version != saved.version
    assert run(Glossaries(database).all()) == [again]


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
        error = failure(Glossaries(database).save(new_glossary("mine", [too_large])))
        assert isinstance(error, BadRequest)
        assert error.code == "glossary_too_large"
    assert len(run(Glossaries(database).all())) == 1


def test_rejects_half_a_surrogate_pair(database: FakeDatabase) -> None:
    for made in (
        new_glossary("\ud83d", [EN_FR]),
        new_glossary("mine", [Dictionary("en", "fr", {"\ud83d": "x"})]),
        new_glossary("mine", [Dictionary("en", "fr", {"x": "\ud83d"})]),
    ):
        assert failure(Glossaries(database).save(made)).status == 400


def test_without_a_database_there_are_none() -> None:
    with pytest.raises(NotConfigured) as caught:
        Glossaries(None)
    assert caught.value.status == 501
    assert "D1" in caught.value.message
    assert failure(read_entries(["x"], "en", "fr", None)).status == 501


def test_reports_a_broken_database(database: FakeDatabase) -> None:
    database.broken = True
    for call in (Glossaries(database).all(), Glossaries(database).save(new_glossary("a", [EN_FR]))):
        assert failure(call).status == 503


# --- for a pair of languages --------------------------------------------------------------------


def test_for_a_pair_there_is_what_its_dictionary_has(database: FakeDatabase) -> None:
    saved = save(database, "mine", EN_FR, EN_DE)
    found = run(read_entries([saved.id], "en", "fr", database))
    assert found == (saved.version, EN_FR.entries)


def test_of_several_the_first_counts_most(database: FakeDatabase) -> None:
    one = save(database, "a", Dictionary("en", "fr", {"fox": "goupil", "dog": "chien"}))
    two = save(database, "b", EN_FR)
    ids = [one.id, two.id]
    version, entries = run(read_entries(ids, "en", "fr", database))
    assert entries == {**EN_FR.entries, "fox": "goupil", "dog": "chien"}
    assert version == f"{one.version} {two.version}"
    other, entries = run(read_entries(ids[::-1], "en", "fr", database))
    assert entries["fox"] == "renard"
    assert other != version


def test_one_of_several_may_have_nothing_for_the_pair(database: FakeDatabase) -> None:
    one, two = save(database, "a", EN_DE), save(database, "b", EN_FR)
    _, entries = run(read_entries([one.id, two.id], "en", "fr", database))
    assert entries == EN_FR.entries


def test_nothing_for_the_pair_is_an_error(database: FakeDatabase) -> None:
    saved = save(database, "mine", EN_FR, Dictionary("en", "es", {}))
    for source, target in (("fr", "en"), ("en", "de"), ("en", "es")):
        error = failure(read_entries([saved.id], source, target, database))
        assert isinstance(error, BadRequest)
        assert error.param == "glossary_id"
    missing = failure(read_entries([saved.id, "x"], "en", "fr", database))
    assert isinstance(missing, NotFound)
