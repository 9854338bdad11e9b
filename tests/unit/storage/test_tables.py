import pytest

from core.ports import Statement
from storage import tables
from support.databases import FakeDatabase
from support.fakes import run

ALL = Statement("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
MADE = ["glossaries_by_key", "responses", "translation_usage_by_key", "translations"]


def test_creates_missing_tables_and_runs_the_statements() -> None:
    database = FakeDatabase()
    rows = run(tables.run_statements(database, Statement("SELECT * FROM glossaries_by_key"), ALL))
    assert rows[0] == []
    assert [row["name"] for row in rows[1]] == MADE
    assert len(database.batches) == 2


def test_existing_tables_take_one_call() -> None:
    database = FakeDatabase()
    run(tables.run_statements(database, *tables.SCHEMA))
    database.batches.clear()
    assert run(tables.run_statements(database, Statement("SELECT ? AS a", (5,)))) == [[{"a": 5}]]
    assert len(database.batches) == 1


def test_creating_tables_again_keeps_their_rows() -> None:
    database = FakeDatabase()
    run(tables.run_statements(database, Statement("INSERT INTO translations VALUES ('a', 'b', 1)")))
    run(tables.run_statements(database, *tables.SCHEMA))
    assert run(tables.run_statements(database, Statement("SELECT key FROM translations"))) == [
        [{"key": "a"}]
    ]


@pytest.mark.parametrize("sql", ["SELECT nothing", "INSERT INTO translations VALUES (1)"])
def test_reports_other_failures(sql: str) -> None:
    database = FakeDatabase()
    run(tables.run_statements(database, *tables.SCHEMA))
    with pytest.raises(OSError):
        run(tables.run_statements(database, Statement(sql)))
    assert len(database.batches) == 2
