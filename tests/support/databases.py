"""D1 for tests: the same statements on SQLite, in memory."""

import sqlite3
from typing import Any

from core.ports import NoSuchTable, Statement


class FakeDatabase:
    """``batches`` holds what was run, call by call. ``broken``: every call fails; ``failures`` are
    those that did."""

    def __init__(self) -> None:
        self.batches: list[tuple[Statement, ...]] = []
        self.broken = False
        self.failures = 0
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.row_factory = sqlite3.Row

    async def run(self, *statements: Statement) -> list[list[dict[str, Any]]]:
        if self.broken:
            self.failures += 1
            raise OSError("the database is away")
        self.batches.append(statements)
        self._connection.execute("BEGIN")
        try:
            rows = [self._rows(statement) for statement in statements]
        except sqlite3.Error as error:
            self._connection.execute("ROLLBACK")
            missing = "no such table" in str(error)
            raise (NoSuchTable if missing else OSError)(str(error)) from error
        self._connection.execute("COMMIT")
        return rows

    def _rows(self, statement: Statement) -> list[dict[str, Any]]:
        cursor = self._connection.execute(statement.sql, statement.values)
        return [dict(row) for row in cursor.fetchall()]

    def __del__(self) -> None:
        self._connection.close()
