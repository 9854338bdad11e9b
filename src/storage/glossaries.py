"""Stores glossaries in D1: each has a name, and a dictionary for each pair of languages."""

import json
import os
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from core.errors import BadRequest, NotConfigured, NotFound, Upstream
from core.limits import GLOSSARY_BYTES, GLOSSARY_ENTRIES
from core.ports import Database, Statement
from storage import tables

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
    """The terms for a pair of languages, which are codes of :data:`LANGUAGES`: a dictionary is for
    all variants of a language."""

    source: str
    target: str
    entries: Mapping[str, str]


class StoredGlossary(NamedTuple):
    """A glossary as it is stored. ``created``: in ISO 8601. ``version``: another after a change."""

    id: str
    name: str
    created: str
    version: str
    dictionaries: Sequence[Dictionary]

    def dictionary(self, source: str, target: str) -> Dictionary | None:
        pair = (source, target)
        return next((each for each in self.dictionaries if each[:2] == pair), None)

    def with_dictionary(self, dictionary: Dictionary) -> "StoredGlossary":
        """Returns the glossary with a dictionary added, or replaced if it has its languages."""
        others = [each for each in self.dictionaries if each[:2] != dictionary[:2]]
        return self._replace(dictionaries=[*others, dictionary])


def new_glossary(name: str, dictionaries: Sequence[Dictionary]) -> StoredGlossary:
    created = time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime())
    return StoredGlossary(os.urandom(16).hex(), name, created, "", dictionaries)


class Glossaries:
    """The stored glossaries.

    Raises :class:`NotConfigured` (501) without a database, and :class:`Upstream` if that fails.
    """

    def __init__(self, database: Database | None) -> None:
        if database is None:
            raise NotConfigured(
                "Glossaries need a D1 database, bound as DB.", status=501, code="no_database"
            )
        self._database = database

    async def save(self, glossary: StoredGlossary) -> StoredGlossary:
        """Saves a glossary and returns it with its new version.

        Raises :class:`BadRequest` if it is too large or has half of a surrogate pair.
        """
        glossary = glossary._replace(version=os.urandom(6).hex())
        dictionaries = json.dumps(glossary.dictionaries, ensure_ascii=False)
        try:
            size = len((glossary.name + dictionaries).encode())
        except UnicodeEncodeError:
            raise BadRequest("A glossary holds whole characters.", param="entries") from None
        if size > GLOSSARY_BYTES or any(
            len(each.entries) > GLOSSARY_ENTRIES for each in glossary.dictionaries
        ):
            raise BadRequest(
                f"A dictionary has room for {GLOSSARY_ENTRIES} entries, a glossary for "
                f"{GLOSSARY_BYTES} bytes of them.",
                code="glossary_too_large",
                param="entries",
            )
        await self._run(Statement(_SAVE, (*glossary[:4], dictionaries)))
        return glossary

    async def all(self) -> list[StoredGlossary]:
        return [_read_row(row) for row in await self._run(Statement(_ALL))]

    async def get(self, *ids: str) -> list[StoredGlossary]:
        """Returns glossaries by their ids, in that order. Raises :class:`NotFound`."""
        rows = await self._run(Statement(_SOME, (json.dumps(ids),)))
        found = {row["id"]: _read_row(row) for row in rows}
        if any(id_ not in found for id_ in ids):
            raise NotFound("There is no such glossary.", code="glossary_not_found")
        return [found[id_] for id_ in ids]

    async def delete(self, id_: str) -> None:
        """Deletes a glossary. Raises :class:`NotFound`."""
        if not await self._run(Statement(_DELETE, (id_,))):
            raise NotFound("There is no such glossary.", code="glossary_not_found")

    async def _run(self, statement: Statement) -> list[dict[str, Any]]:
        try:
            [rows] = await tables.run_statements(self._database, statement)
        except OSError:
            raise Upstream("The database failed.", code="database_failed", status=503) from None
        return rows


def _read_row(row: Mapping[str, Any]) -> StoredGlossary:
    dictionaries = [Dictionary(*fields) for fields in json.loads(row["dictionaries"])]
    return StoredGlossary(row["id"], row["name"], row["created"], row["version"], dictionaries)


async def read_entries(
    ids: Sequence[str], source: str, target: str, database: Database | None
) -> tuple[str, dict[str, str]]:
    """Returns the version and the entries that glossaries have for a pair of languages.

    Of several entries for a term that of the first glossary counts. Raises :class:`NotFound`, and
    :class:`BadRequest` if there is nothing for the pair.
    """
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
