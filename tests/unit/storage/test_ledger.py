from types import SimpleNamespace

import pytest

from core import isolate
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
    assert run(read_usage(None)) == Usage(0, 0.0)
    record_usage(10, 1.5)
    record_usage(5, 0.25)
    assert run(read_usage(None)) == Usage(15, 1.75)


def test_the_next_day_begins_anew(clock: Clock) -> None:
    record_usage(10, 1.5)
    clock.day += 1
    assert run(read_usage(None)) == Usage()
    record_usage(1, 1.0)
    assert run(read_usage(None)) == Usage(1, 1.0)
    assert list(ledger.isolate_usage) == [20_485]


def test_the_database_counts_for_all_isolates(clock: Clock) -> None:
    database = FakeDatabase()
    assert run(read_usage(database)) == Usage()
    run(tables.run_statements(database, record_usage(10, 1.5)))
    isolate.forget()
    run(tables.run_statements(database, record_usage(5, 0.25)))
    assert run(read_usage(database)) == Usage(15, 1.75)
    clock.day += 1
    assert run(read_usage(database)) == Usage()
    run(tables.run_statements(database, record_usage(1, 1.0)))
    assert run(read_usage(database)) == Usage(1, 1.0)


def test_a_broken_database_leaves_what_the_isolate_knows() -> None:
    database = FakeDatabase()
    run(tables.run_statements(database, record_usage(10, 1.5)))
    isolate.forget()
    record_usage(5, 0.25)
    database.broken = True
    assert run(read_usage(database)) == Usage(5, 0.25)


def test_the_limit_is_what_is_used_and_what_the_neurons_left_allow() -> None:
    full = int(NEURONS_A_DAY / NEURONS_PER_CHARACTER)
    assert full == 644_122
    assert Usage().limit == full
    assert Usage(1_000, 5_000).limit == 1_000 + int(5_000 / NEURONS_PER_CHARACTER)
    # With enough to measure, by the day's own price.
    assert Usage(MIN_CHARACTERS - 1, 100).limit == MIN_CHARACTERS - 1 + int(
        9_900 / NEURONS_PER_CHARACTER
    )
    assert Usage(MIN_CHARACTERS, 100).limit == MIN_CHARACTERS + int(9_900 / (100 / MIN_CHARACTERS))
    assert Usage(MIN_CHARACTERS, 0.0).limit == MIN_CHARACTERS + full
    assert Usage(50_000, 10_000).limit == 50_000
    assert Usage(50_000, 12_000).limit == 50_000
