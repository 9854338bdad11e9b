"""The tables in D1, created when they are first needed: nobody has to run a migration."""

from typing import Any

from core.ports import Database, NoSuchTable, Statement

SCHEMA = (
    # Without a rowid a row costs one of the 100,000 writes that are free a day, not two.
    Statement(
        "CREATE TABLE IF NOT EXISTS translations"
        " (key TEXT PRIMARY KEY, text TEXT NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID"
    ),
    Statement(
        "CREATE TABLE IF NOT EXISTS translation_usage"
        " (day INTEGER PRIMARY KEY, characters INTEGER NOT NULL, neurons REAL NOT NULL)"
    ),
    Statement(
        "CREATE TABLE IF NOT EXISTS glossaries (id TEXT PRIMARY KEY, name TEXT NOT NULL,"
        " created TEXT NOT NULL, version TEXT NOT NULL, dictionaries TEXT NOT NULL) WITHOUT ROWID"
    ),
)


async def run_statements(database: Database, *statements: Statement) -> list[list[dict[str, Any]]]:
    """Runs statements, all or none, and returns the rows of each. Raises :class:`OSError`."""
    try:
        return await database.run(*statements)
    except NoSuchTable:
        rows = await database.run(*SCHEMA, *statements)
        return rows[len(SCHEMA) :]
