"""Glossaries in D1: a name, and a dictionary for each pair of languages."""

import json
import os
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from core.errors import BadRequest, NotConfigured, NotFound, Upstream
from core.ports import Database, Statement
from storage import tables

MOST_ENTRIES = 2_000
"""Of one dictionary: every request looks each of them up in its texts."""
MOST_BYTES = 1_000_000
"""Of a glossary, as JSON; a row of D1 has room for two million."""

_SAVE = (
    "INSERT OR REPLACE INTO glossaries (id, name, created, version, dictionaries)"
    " VALUES (?, ?, ?, ?, ?)"
)
_ALL = "SELECT id, name, created, version, dictionaries FROM glossaries ORDER BY created"
_SOME = (
    "SELECT id, name, created, version, dictionaries FROM glossaries"
    " WHERE id IN (SELECT value FROM json_each(?))"
)
_DELETE = "DELETE FROM glossaries WHERE id = ? RETURNING id"


class Dictionary(NamedTuple):
    """``source`` and ``target`` are codes of :data:`LANGUAGES`: a dictionary
    is for all variants of a language."""

    source: str
    target: str
    entries: Mapping[str, str]


class StoredGlossary(NamedTuple):
    """``created``: when, in ISO 8601. ``version`` is another after each change."""

    id: str
    name: str
    created: str
    version: str
    dictionaries: Sequence[Dictionary]

    def dictionary(self, source: str, target: str) -> Dictionary | None:
        pair = (source, target)
        return next((one for one in self.dictionaries if (one.source, one.target) == pair), None)

    def with_dictionary(self, dictionary: Dictionary) -> "StoredGlossary":
        """With this one in the place of that for the same languages."""
        others = [one for one in self.dictionaries if one[:2] != dictionary[:2]]
        return self._replace(dictionaries=[*others, dictionary])


def new(name: str, dictionaries: Sequence[Dictionary]) -> StoredGlossary:
    created = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime())
    return StoredGlossary(os.urandom(16).hex(), name, created, "", dictionaries)


class Glossaries:
    """Raises :class:`NotConfigured` (501) without a database, and
    :class:`Upstream` where that fails."""

    def __init__(self, database: Database | None) -> None:
        if database is None:
            raise NotConfigured(
                "Glossaries need a D1 database, bound as DB.", status=501, code="no_database"
            )
        self._database = database

    async def save(self, glossary: StoredGlossary) -> StoredGlossary:
        """Raises :class:`BadRequest` for one that is too large or has half a character."""
        glossary = glossary._replace(version=os.urandom(6).hex())
        dictionaries = json.dumps(glossary.dictionaries, ensure_ascii=False)
        try:
            size = len((glossary.name + dictionaries).encode())
        except UnicodeEncodeError:
            raise BadRequest("A glossary holds whole characters.", param="entries") from None
        if size > MOST_BYTES or any(
            len(one.entries) > MOST_ENTRIES for one in glossary.dictionaries
        ):
            raise BadRequest(
                f"A dictionary has room for {MOST_ENTRIES} entries, a glossary for 1 MB of them.",
                code="glossary_too_large",
                param="entries",
            )
        await self._run(Statement(_SAVE, (*glossary[:4], dictionaries)))
        return glossary

    async def all(self) -> list[StoredGlossary]:
        return [_read(row) for row in await self._run(Statement(_ALL))]

    async def get(self, *ids: str) -> list[StoredGlossary]:
        """Those glossaries, in that order. Raises :class:`NotFound`."""
        rows = await self._run(Statement(_SOME, (json.dumps(ids),)))
        found = {row["id"]: _read(row) for row in rows}
        if any(one not in found for one in ids):
            raise NotFound("There is no such glossary.", code="glossary_not_found")
        return [found[one] for one in ids]

    async def delete(self, id_: str) -> None:
        """Raises :class:`NotFound`."""
        if not await self._run(Statement(_DELETE, (id_,))):
            raise NotFound("There is no such glossary.", code="glossary_not_found")

    async def _run(self, statement: Statement) -> list[dict[str, Any]]:
        try:
            [rows] = await tables.run(self._database, statement)
        except OSError:
            raise Upstream("The database failed.", code="database_failed", status=503) from None
        return rows


def _read(row: Mapping[str, Any]) -> StoredGlossary:
    dictionaries = [Dictionary(*one) for one in json.loads(row["dictionaries"])]
    return StoredGlossary(row["id"], row["name"], row["created"], row["version"], dictionaries)


async def entries_for(
    ids: Sequence[str], source: str, target: str, database: Database | None
) -> tuple[str, dict[str, str]]:
    """The version and the entries that these glossaries, the first of which counts most, have for a
    pair of languages. Raises :class:`NotFound`, and :class:`BadRequest` where there
    is nothing for the pair."""
    found = await Glossaries(database).get(*ids)
    entries: dict[str, str] = {}
    for glossary in reversed(found):
        dictionary = glossary.dictionary(source, target)
        entries.update(dictionary.entries if dictionary else {})
    if not entries:
        raise BadRequest(
            "The glossary has no dictionary for these languages.",
            code="unsupported_value",
            param="glossary_id",
        )
    return " ".join(glossary.version for glossary in found), entries
