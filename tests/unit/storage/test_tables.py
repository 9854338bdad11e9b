import pytest

from core.ports import Statement
from storage import tables
from support.databases import FakeDatabase
from support.fakes import run

ALL = Statement("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
MADE = ["glossaries", "translation_usage", "translations"]


def test_missing_tables_are_made_and_the_statements_run() -> None:
    database = FakeDatabase()
    rows = run(tables.run_statements(database, Statement("SELECT * FROM glossaries"), ALL))
    assert rows[0] == []
    assert [row["name"] for row in rows[1]] == MADE
    assert len(database.batches) == 2


def test_once_they_are_there_it_is_one_call() -> None:
    database = FakeDatabase()
    run(tables.run_statements(database, *tables.SCHEMA))
    database.batches.clear()
    assert run(tables.run_statements(database, Statement("SELECT ? AS a", (5,)))) == [[{"a": 5}]]
    assert len(database.batches) == 1


def test_making_them_again_keeps_what_is_in_them() -> None:
    database = FakeDatabase()
    run(tables.run_statements(database, Statement("INSERT INTO translations VALUES ('a', 'b', 1)")))
    run(tables.run_statements(database, *tables.SCHEMA))
    assert run(tables.run_statements(database, Statement("SELECT key FROM translations"))) == [
        [{"key": "a"}]
    ]


@pytest.mark.parametrize("sql", ["SELECT nothing", "INSERT INTO translations VALUES (1)"])
def test_what_else_fails_is_told(sql: str) -> None:
    database = FakeDatabase()
    run(tables.run_statements(database, *tables.SCHEMA))
    with pytest.raises(OSError):
        run(tables.run_statements(database, Statement(sql)))
    assert len(database.batches) == 2
