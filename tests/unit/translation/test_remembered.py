"""What a request leaves in the memory and in D1, and what the next one makes of it."""

from typing import Any

import pytest

from core import isolate
from core.errors import APIError
from storage import ledger
from support.databases import FakeDatabase
from support.fakes import ports, request, run
from support.translators import Translators
from translation import service
from translation.job import Job, Style
from translation.languages.locales import find_locale
from translation.text.terms import Glossary


def translate(
    ai: Translators,
    *texts: str,
    database: FakeDatabase | None = None,
    target: str = "fr",
    settings: dict[str, str] | None = None,
    **job: Any,
) -> list[str]:
    source, into = find_locale("en"), find_locale(target)
    assert into
    made = ports(ai, database=database, **(settings or {}))  # type: ignore[arg-type]
    asked = Job(list(texts), into, source, **job)
    return list(run(service.translate_job(asked, made, request("POST", "/translate"))).texts)


@pytest.fixture
def database() -> FakeDatabase:
    made = FakeDatabase()
    translate(Translators(), "warm up", database=made)
    made.batches.clear()
    return made


def another_isolate() -> None:
    isolate.forget()


def test_a_request_reads_and_writes_once(database: FakeDatabase) -> None:
    translate(Translators({"Two.": "that's it, " * 20}), "One. Two. Three.", database=database)
    read, write = database.batches
    assert [statement.sql.split()[0] for statement in read] == ["SELECT"]
    assert {statement.sql.split()[0] for statement in write} == {"INSERT"}


def test_a_database_that_fails_is_asked_once_a_request(database: FakeDatabase) -> None:
    """It may have taken its whole time to fail."""
    database.broken = True
    assert translate(Translators(), "One. Two.", database=database) == ["[fr] One. [fr] Two."]
    assert database.failures == 1
    assert translate(Translators(), "Three.", database=database) == ["[fr] Three."]
    assert database.failures == 2
    database.broken = False
    another_isolate()
    ai = Translators()
    translate(ai, "Four.", database=database)
    assert len(database.batches) == 2


def test_a_repeat_costs_nothing(database: FakeDatabase) -> None:
    texts = ["One <b>big</b> cat.", "Two. Three."]
    first = translate(Translators(), *texts, database=database)
    database.batches.clear()
    ai = Translators()
    assert translate(ai, *texts, database=database) == first
    assert not ai.calls
    assert database.batches == []
    another_isolate()
    assert translate(ai, *texts, database=database) == first
    assert not ai.calls
    assert len(database.batches) == 1
    assert run(ledger.read_usage(database, "")).characters == len("warm up") + sum(
        len(text) for text in ("One <1>big</1> cat.", "Two. Three.")
    )


def test_only_what_is_new_is_asked(database: FakeDatabase) -> None:
    translate(Translators(), "One. Two.", database=database)
    another_isolate()
    ai = Translators()
    translate(ai, "Two. Three. One.", database=database)
    assert ai.batches == [["Three."]]


def test_only_what_the_guards_let_pass_is_kept(database: FakeDatabase) -> None:
    translate(Translators({"Two.": "that's it, " * 20}), "One. Two.", database=database)
    ai = Translators()
    assert translate(ai, "One. Two.", database=database) == ["[fr] One. [fr] Two."]
    assert ai.batches == [["Two."]]


def test_what_another_engine_has_made_is_kept_as_well(database: FakeDatabase) -> None:
    ai = Translators(m2m100={"Two.": ""}, llm={"One <1>big</1> cat.": ""})
    first = translate(ai, "Two.", "One <b>big</b> cat.", database=database)
    another_isolate()
    again = Translators()
    assert translate(again, "Two.", "One <b>big</b> cat.", database=database) == first
    assert not again.calls


@pytest.mark.parametrize(("code", "name"), [(3036, "daily_neurons_exhausted"), (3043, None)])
def test_what_is_done_is_kept_when_the_request_fails(
    code: int, name: str | None, database: FakeDatabase
) -> None:
    with pytest.raises(APIError) as caught:
        translate(Translators({"Two.": code}), "One. Two. Three.", database=database)
    assert name in (None, caught.value.code)
    another_isolate()
    ai = Translators()
    translate(ai, "One. Two. Three.", database=database)
    assert ai.batches == [["Two."]]


def test_a_broken_database_costs_nothing() -> None:
    database = FakeDatabase()
    database.broken = True
    ai = Translators()
    assert translate(ai, "One.", database=database) == ["[fr] One."]
    assert translate(ai, "One.", database=database) == ["[fr] One."]
    assert len(ai.calls) == 1


def test_a_time_to_live_of_zero_turns_memory_off(database: FakeDatabase) -> None:
    off = {"TRANSLATION_MEMORY_TTL": "0"}
    ai = Translators()
    for _ in range(2):
        translate(ai, "One.", database=database, settings=off)
    assert ai.batches == [["One."], ["One."]]
    # What is used is counted all the same.
    assert [len(batch) for batch in database.batches] == [1, 1]
    assert run(ledger.read_usage(database, "")).characters == len("warm up") + 2 * len("One.")
    translate(ai, "One.", database=database)
    assert len(ai.calls) == 3


@pytest.mark.parametrize(
    "other",
    [
        {"target": "es"},
        {"target": "fr-CA"},
        {"style": Style("more")},
        {"style": Style("", "context")},
        {"style": Style("", "", ("Be brief.",))},
        {"glossary": Glossary("1", {"fox": "renard"})},
        {"settings": {"TRANSLATION_ENGINE": "llm"}},
        {"settings": {"TRANSLATION_MODEL": "@cf/google/gemma-4-26b-a4b-it"}, "quality": True},
    ],
    ids=lambda options: next(iter(options)),
)
def test_under_other_conditions_it_is_another_translation(
    other: dict[str, Any], database: FakeDatabase
) -> None:
    ai = Translators()
    translate(ai, "Hello", database=database)
    translate(ai, "Hello", database=database, **other)
    assert len(ai.calls) == 2
    translate(ai, "Hello", database=database, **other)
    assert len(ai.calls) == 2


def test_usage_is_counted_once_a_request(database: FakeDatabase) -> None:
    before = run(ledger.read_usage(database, ""))
    translate(Translators(m2m100={"Two.": ""}), "One. Two. Three.", database=database)
    after = run(ledger.read_usage(database, ""))
    assert after.characters - before.characters == len("One.Two.Three.")
    assert after.neurons > before.neurons + 1.5
    counted = [
        statement
        for batch in database.batches
        for statement in batch
        if "INTO translation_usage" in statement.sql
    ]
    assert len(counted) == 1
    another_isolate()
    assert run(ledger.read_usage(database, "")) == after


def test_nothing_is_written_where_nothing_is_asked(database: FakeDatabase) -> None:
    translate(Translators(), "12", "", database=database)
    assert database.batches == []
