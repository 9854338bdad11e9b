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
        "CREATE TABLE IF NOT EXISTS translation_usage_by_key (day INTEGER NOT NULL,"
        " owner TEXT NOT NULL, characters INTEGER NOT NULL, neurons REAL NOT NULL,"
        " PRIMARY KEY (day, owner)) WITHOUT ROWID"
    ),
    # What is large comes last, as SQLite reads a row up to the last column that is asked for.
    Statement(
        "CREATE TABLE IF NOT EXISTS glossaries_by_key (id TEXT PRIMARY KEY, owner TEXT NOT NULL,"
        " name TEXT NOT NULL, created TEXT NOT NULL, version TEXT NOT NULL, counts TEXT NOT NULL,"
        " dictionaries TEXT NOT NULL) WITHOUT ROWID"
    ),
    Statement(
        "CREATE TABLE IF NOT EXISTS responses (id TEXT PRIMARY KEY, owner TEXT NOT NULL,"
        " previous TEXT NOT NULL, expires INTEGER NOT NULL, output TEXT NOT NULL,"
        " input TEXT NOT NULL, response TEXT NOT NULL) WITHOUT ROWID"
    ),
    # Older versions' tables, which have no owner: their glossaries are everybody's.
    Statement(
        "CREATE TABLE IF NOT EXISTS glossaries (id TEXT PRIMARY KEY, name TEXT NOT NULL,"
        " created TEXT NOT NULL, version TEXT NOT NULL, dictionaries TEXT NOT NULL) WITHOUT ROWID"
    ),
    Statement(
        "INSERT OR IGNORE INTO glossaries_by_key SELECT id, '', name, created, version,"
        " (SELECT json_group_array(json_array(json_extract(one.value, '$[0]'),"
        " json_extract(one.value, '$[1]'), (SELECT count(*) FROM json_each(one.value, '$[2]'))))"
        " FROM json_each(glossaries.dictionaries) AS one WHERE one.type = 'array'), dictionaries"
        " FROM glossaries WHERE json_valid(dictionaries)"
    ),
    Statement("DROP TABLE glossaries"),
    Statement("DROP TABLE IF EXISTS translation_usage"),
)


async def run_statements(database: Database, *statements: Statement) -> list[list[dict[str, Any]]]:
    """Runs statements, all or none, and returns the rows of each. Raises :class:`OSError`, also for
    results that are not a list for each statement. Readers check what is in a row."""
    try:
        return _check_results(await database.run(*statements), len(statements))
    except NoSuchTable:
        results = await database.run(*SCHEMA, *statements)
        return _check_results(results, len(SCHEMA) + len(statements))[len(SCHEMA) :]


def _check_results(results: Any, count: int) -> list[list[dict[str, Any]]]:
    is_list = isinstance(results, list) and len(results) == count
    if not is_list or not all(isinstance(rows, list) for rows in results):
        raise OSError("The database gave no results.")
    checked: list[list[dict[str, Any]]] = results
    return checked
