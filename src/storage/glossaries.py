"""Stores glossaries in D1: each has a name, and a dictionary for each pair of languages.

Entries may be many, so they are read where they are used, and only those.
"""

import json
import os
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from core.errors import BadRequest, NotConfigured, NotFound, Upstream
from core.limits import GLOSSARIES_USED_CHARACTERS, GLOSSARY_BYTES, GLOSSARY_ENTRIES
from core.ports import Database, Statement
from storage import tables

_VISIBLE = "(owner IN ('', ?) OR ?)"
"""Takes an owner, and whether it sees everything. What has no owner is older than owners are."""
_INFO = "SELECT id, name, created, version, counts FROM glossaries_by_key WHERE "
_CREATE = (
    "INSERT INTO glossaries_by_key (id, owner, name, created, version, counts, dictionaries)"
    " SELECT ?, ?, ?, ?, ?, ?, ?"
    " WHERE (SELECT count(*) FROM glossaries_by_key WHERE owner = ?) < ? RETURNING id"
)
_CHANGE = (
    "UPDATE glossaries_by_key SET name = ?, version = ?, counts = ?, dictionaries = ?"
    f" WHERE id = ? AND {_VISIBLE} RETURNING id"
)
_LIST = f"{_INFO} {_VISIBLE} ORDER BY created"
_ONE = f"{_INFO} id = ? AND {_VISIBLE}"
_WHOLE = _ONE.replace("counts FROM", "dictionaries FROM")
_DELETE = f"DELETE FROM glossaries_by_key WHERE id = ? AND {_VISIBLE} RETURNING id"
_ENTRIES = (
    "WITH found AS (SELECT id, version, (SELECT json_extract(one.value, '$[2]')"
    " FROM json_each(dictionaries) AS one WHERE json_extract(one.value, '$[0]') = ?"
    " AND json_extract(one.value, '$[1]') = ?) AS entries"
    f" FROM glossaries_by_key WHERE id IN (SELECT value FROM json_each(?)) AND {_VISIBLE})"
    " SELECT id, version, total, CASE WHEN total <= ? THEN entries END AS entries"
    " FROM found, (SELECT coalesce(sum(length(entries)), 0) AS total FROM found)"
)
"""The entries for a pair of languages, unless those of all glossaries together are too many."""


UNREADABLE = (ValueError, TypeError, LookupError)
"""What reading a row of another shape raises."""


class Dictionary(NamedTuple):
    """The terms for a pair of languages, which are codes of :data:`LANGUAGES`: a dictionary is for
    all variants of a language."""

    source: str
    target: str
    entries: Mapping[str, str]


class DictionaryInfo(NamedTuple):
    source: str
    target: str
    entry_count: int


class GlossaryInfo(NamedTuple):
    """A stored glossary without its entries. ``created``: in ISO 8601. ``version``: another after a
    change."""

    id: str
    name: str
    created: str
    version: str
    dictionaries: Sequence[DictionaryInfo]


class StoredGlossary(NamedTuple):
    """A glossary as it is stored, with its entries."""

    id: str
    name: str
    created: str
    version: str
    dictionaries: Sequence[Dictionary]

    @property
    def info(self) -> GlossaryInfo:
        counts = [DictionaryInfo(*each[:2], len(each.entries)) for each in self.dictionaries]
        return GlossaryInfo(*self[:4], counts)

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
    """The stored glossaries of an owner, see :func:`access.keys.owner_of`.

    ``sees_all``: whether those of all others are accessible too. ``most``: how many the owner may
    have. Raises :class:`NotConfigured` (501) without a database, and :class:`Upstream` if that
    fails.
    """

    def __init__(
        self, database: Database | None, owner: str, *, sees_all: bool = False, most: int = 0
    ) -> None:
        if database is None:
            raise NotConfigured(
                "Glossaries need a D1 database, bound as DB.", status=501, code="no_database"
            )
        self._database = database
        self._owner = owner
        self._most = most
        self._visible = (owner, int(sees_all))

    async def create(self, glossary: StoredGlossary) -> GlossaryInfo:
        """Stores a new glossary and returns it with its version.

        Raises :class:`BadRequest` if it is too large, has half of a surrogate pair or is one too
        many.
        """
        info, dictionaries = _prepare(glossary)
        values = (info.id, self._owner, *info[1:4], json.dumps(info.dictionaries), dictionaries)
        if not await self._run(Statement(_CREATE, (*values, self._owner, self._most))):
            raise BadRequest(
                f"A key may have {self._most} glossaries here (GLOSSARIES_MAX): delete one first.",
                code="too_many_glossaries",
            )
        return info

    async def save(self, glossary: StoredGlossary) -> GlossaryInfo:
        """Stores a changed glossary and returns it with its new version.

        Raises :class:`NotFound`, and :class:`BadRequest` as :meth:`create` does.
        """
        info, dictionaries = _prepare(glossary)
        counts = json.dumps(info.dictionaries)
        values = (info.name, info.version, counts, dictionaries, info.id)
        await self._run_one(Statement(_CHANGE, (*values, *self._visible)))
        return info

    async def all(self) -> list[GlossaryInfo]:
        """Returns the glossaries without their entries, by age; rows of another shape are left
        out."""
        infos = map(_read_info, await self._run(Statement(_LIST, self._visible)))
        return [info for info in infos if info]

    async def find(self, id_: str) -> GlossaryInfo:
        """Returns a glossary without its entries. Raises :class:`NotFound`."""
        info = _read_info(await self._run_one(Statement(_ONE, (id_, *self._visible))))
        if info is None:
            raise _failed()
        return info

    async def load(self, id_: str) -> StoredGlossary:
        """Returns a glossary with its entries. Raises :class:`NotFound`."""
        row = await self._run_one(Statement(_WHOLE, (id_, *self._visible)))
        try:
            dictionaries = [Dictionary(*fields) for fields in json.loads(row["dictionaries"])]
            return StoredGlossary(
                row["id"], row["name"], row["created"], row["version"], dictionaries
            )
        except UNREADABLE:
            raise _failed() from None

    async def delete(self, id_: str) -> None:
        """Deletes a glossary. Raises :class:`NotFound`."""
        await self._run_one(Statement(_DELETE, (id_, *self._visible)))

    async def load_entries(
        self, ids: Sequence[str], source: str, target: str
    ) -> tuple[str, dict[str, str]]:
        """Returns the version and the entries that glossaries have for a pair of languages.

        Of several entries for a term that of the first glossary counts. Raises :class:`NotFound`,
        and :class:`BadRequest` if there is nothing for the pair, or too much.
        """
        most = GLOSSARIES_USED_CHARACTERS
        values = (source, target, json.dumps(ids), *self._visible, most)
        rows = await self._run(Statement(_ENTRIES, values))
        try:
            is_too_much = any(row["total"] > most for row in rows)
            found = {
                row["id"]: (row["version"], json.loads(row["entries"] or "{}")) for row in rows
            }
        except UNREADABLE:
            raise _failed() from None
        if any(id_ not in found for id_ in ids):
            raise _not_found()
        if is_too_much:
            raise BadRequest(
                "The glossaries have too many entries for these languages: a translation has room "
                f"for {most:,} characters of them.",
                code="glossary_too_large",
                param="glossary_id",
            )
        entries: dict[str, str] = {}
        for id_ in reversed(ids):
            entries.update(found[id_][1])
        if not entries:
            raise BadRequest(
                "The glossary has no dictionary for these languages.",
                code="unsupported_value",
                param="glossary_id",
            )
        return " ".join(found[id_][0] for id_ in ids), entries

    async def _run_one(self, statement: Statement) -> dict[str, Any]:
        rows = await self._run(statement)
        if not rows:
            raise _not_found()
        [row] = rows
        return row

    async def _run(self, statement: Statement) -> list[dict[str, Any]]:
        try:
            [rows] = await tables.run_statements(self._database, statement)
        except OSError:
            raise _failed() from None
        return rows


def _prepare(glossary: StoredGlossary) -> tuple[GlossaryInfo, str]:
    """Returns what is stored of a glossary, with a new version, and its dictionaries as JSON."""
    info = glossary.info._replace(version=os.urandom(6).hex())
    dictionaries = json.dumps(glossary.dictionaries, ensure_ascii=False)
    try:
        size = len((info.name + dictionaries).encode())
    except UnicodeEncodeError:
        raise BadRequest("A glossary holds whole characters.", param="entries") from None
    if size > GLOSSARY_BYTES or any(
        each.entry_count > GLOSSARY_ENTRIES for each in info.dictionaries
    ):
        raise BadRequest(
            f"A dictionary has room for {GLOSSARY_ENTRIES} entries, a glossary for 1 MB of them.",
            code="glossary_too_large",
            param="entries",
        )
    return info, dictionaries


def _read_info(row: Mapping[str, Any]) -> GlossaryInfo | None:
    try:
        counts = [DictionaryInfo(*fields) for fields in json.loads(row["counts"])]
        return GlossaryInfo(row["id"], row["name"], row["created"], row["version"], counts)
    except UNREADABLE:
        return None


def _failed() -> Upstream:
    return Upstream("The database failed.", code="database_failed", status=503)


def _not_found() -> NotFound:
    return NotFound("There is no such glossary.", code="glossary_not_found")
