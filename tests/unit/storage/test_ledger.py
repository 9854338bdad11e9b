from types import SimpleNamespace

import pytest

from core import isolate
from core.ports import Statement
from storage import ledger, tables
from storage.ledger import (
    MIN_CHARACTERS,
    NEURONS_A_DAY,
    NEURONS_PER_CHARACTER,
    Usage,
    read_usage,
    record_usage,
)
from support.databases import FakeDatabase
from support.fakes import run


class Clock(SimpleNamespace):
    day = 20_484

    def time(self) -> float:
        """The last moment of the day."""
        return self.day * 86_400 + 86_399.9


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(ledger, "time", made)
    return made


def test_today_is_the_day_by_utc(clock: Clock) -> None:
    assert ledger.today() == 20_484
    clock.day = 0
    assert ledger.today() == 0


def test_without_a_database_the_isolate_counts() -> None:
    assert run(read_usage(None, "me")) == Usage()
    record_usage("me", 10, 1.5)
    record_usage("me", 5, 0.25)
    assert run(read_usage(None, "me")) == Usage(15, 1.75, 15)


def test_the_next_day_begins_anew(clock: Clock) -> None:
    record_usage("me", 10, 1.5)
    clock.day += 1
    assert run(read_usage(None, "me")) == Usage()
    record_usage("me", 1, 1.0)
    assert run(read_usage(None, "me")) == Usage(1, 1.0, 1)
    assert list(ledger.isolate_usage) == [20_485]


def test_the_database_counts_for_all_isolates(clock: Clock) -> None:
    database = FakeDatabase()
    assert run(read_usage(database, "me")) == Usage()
    run(tables.run_statements(database, record_usage("me", 10, 1.5)))
    isolate.forget()
    run(tables.run_statements(database, record_usage("me", 5, 0.25)))
    assert run(read_usage(database, "me")) == Usage(15, 1.75, 15)
    clock.day += 1
    assert run(read_usage(database, "me")) == Usage()
    run(tables.run_statements(database, record_usage("me", 1, 1.0)))
    assert run(read_usage(database, "me")) == Usage(1, 1.0, 1)


def test_a_broken_database_leaves_what_the_isolate_knows() -> None:
    database = FakeDatabase()
    run(tables.run_statements(database, record_usage("me", 10, 1.5)))
    isolate.forget()
    record_usage("me", 5, 0.25)
    database.broken = True
    assert run(read_usage(database, "me")) == Usage(5, 0.25, 5)


def test_the_limit_is_what_is_used_and_what_the_neurons_left_allow() -> None:
    full = int(NEURONS_A_DAY / NEURONS_PER_CHARACTER)
    assert full == 644_122
    assert Usage().limit == full
    assert Usage(1_000, 5_000, 2_000).limit == 1_000 + int(5_000 / NEURONS_PER_CHARACTER)
    # With enough to measure, by the day's own price.
    few, enough = MIN_CHARACTERS - 1, MIN_CHARACTERS
    assert Usage(10, 100, few).limit == 10 + int(9_900 / NEURONS_PER_CHARACTER)
    assert Usage(10, 100, enough).limit == 10 + int(9_900 / (100 / MIN_CHARACTERS))
    assert Usage(10, 0.0, enough).limit == 10 + full
    assert Usage(50_000, 10_000, 50_000).limit == 50_000
    assert Usage(50_000, 12_000, 90_000).limit == 50_000


def test_characters_are_counted_by_owner_and_neurons_together() -> None:
    database = FakeDatabase()
    for owner, characters, neurons in (("me", 10, 1.5), ("", 4, 0.5), ("me", 1, 1.0)):
        run(tables.run_statements(database, record_usage(owner, characters, neurons)))
    for place in (database, None):
        assert run(read_usage(place, "me")) == Usage(11, 3.0, 15)
        assert run(read_usage(place, "")) == Usage(4, 3.0, 15)
        assert run(read_usage(place, "other")) == Usage(0, 3.0, 15)


def test_rows_of_another_shape_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    database = FakeDatabase()
    rows: list[dict[str, object]] = [
        {},
        {"owner": "me"},
        {"owner": "me", "characters": "5", "neurons": None},
    ]

    async def answer(*statements: Statement) -> list[list[dict[str, object]]]:
        return [rows]

    monkeypatch.setattr(database, "run", answer)
    assert run(read_usage(database, "me")) == Usage()
