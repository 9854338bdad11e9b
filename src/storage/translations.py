"""The translation memory: what has been translated before costs nothing.

It has two levels: the latest translations in this isolate, and D1 if the Worker has it. A request
reads D1 once and writes it once, before it is answered, so that a client that was too impatient
finds what it has paid for when it asks again. A key is the SHA-256 of all that a translation
depends on.
"""

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

from core import isolate
from core.ports import Database, Statement
from storage import tables

RECENT_TEXTS, RECENT_CHARACTERS = 2_000, 500_000
"""Most that an isolate keeps: a megabyte or two of its 128."""
CLEANING_KEY = "00"
"""A write whose first key begins so, one of 256, also deletes what has expired, for which D1 reads
the whole table."""

_RECALL = (
    "SELECT key, text, expires FROM translations"
    " WHERE key IN (SELECT value FROM json_each(?)) AND expires > ?"
)
_KEEP = (
    "INSERT OR REPLACE INTO translations (key, text, expires)"
    " SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), ? FROM json_each(?)"
)
_CLEAN = "DELETE FROM translations WHERE expires <= ?"


class _Recent:
    """The latest translations; the least recently used make room for new ones.

    Plain values only, as they outlive the request.
    """

    def __init__(self) -> None:
        self._entries: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._characters = 0

    def get(self, key: str, now: float) -> str | None:
        entry = self._entries.get(key)
        if entry is None or entry[1] <= now:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: str, text: str, expires: float) -> None:
        old = self._entries.pop(key, None)
        self._characters += len(text) - (len(old[0]) if old else 0)
        self._entries[key] = text, expires
        while len(self._entries) > RECENT_TEXTS or self._characters > RECENT_CHARACTERS:
            _, (dropped, _) = self._entries.popitem(last=False)
            self._characters -= len(dropped)

    def __len__(self) -> int:
        return len(self._entries)

    def clear(self) -> None:
        self._entries.clear()
        self._characters = 0


recent = _Recent()
isolate.keeps("recent translations", recent.clear)


def key_maker(*conditions: str) -> Callable[[str], str]:
    """Returns what makes the keys of texts that are translated under the same conditions."""
    start = sha256(json.dumps(conditions).encode())

    def key(text: str) -> str:
        digest = start.copy()
        digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    return key


class Memory:
    """Recalls and keeps translations for one request, which does not ask a database again that has
    failed. ``seconds``: how long they are kept; 0 turns memory off."""

    def __init__(self, database: Database | None, seconds: int) -> None:
        self._database = database
        self._seconds = seconds

    async def recall(self, keys: Iterable[str]) -> dict[str, str]:
        """Returns the known translations by their keys. A database that cannot be read has none."""
        if not self._seconds:
            return {}
        now = time.time()
        found = {}
        missing = []
        for key in keys:
            text = recent.get(key, now)
            if text is None:
                missing.append(key)
            else:
                found[key] = text
        if missing:
            [rows] = await self._run(Statement(_RECALL, (json.dumps(missing), int(now)))) or [[]]
            for row in rows:
                match row:
                    case {"key": str(key), "text": str(text), "expires": int(expires)}:
                        found[key] = text
                        recent.put(key, text, expires)
        return found

    def keep_in_isolate(self, texts: Mapping[str, str]) -> None:
        """Keeps translations by their keys in this isolate alone."""
        expires = int(time.time()) + self._seconds
        for key, text in texts.items() if self._seconds else ():
            recent.put(key, text, expires)

    async def keep(self, texts: Mapping[str, str], *others: Statement) -> None:
        """Keeps translations by their keys, and runs other statements in the same write. A
        database that cannot be written costs the next request its memory, not this one."""
        now = int(time.time())
        self.keep_in_isolate(texts)
        statements = list(others)
        if texts and self._seconds:
            expires = now + self._seconds
            entries = json.dumps(list(texts.items()), ensure_ascii=False)
            statements.append(Statement(_KEEP, (expires, entries)))
            if next(iter(texts)).startswith(CLEANING_KEY):
                statements.append(Statement(_CLEAN, (now,)))
        if statements:
            await self._run(*statements)

    async def _run(self, *statements: Statement) -> list[list[dict[str, Any]]] | None:
        """Returns the rows of each statement, or None without a database that works."""
        if self._database is None:
            return None
        try:
            return await tables.run_statements(self._database, *statements)
        except OSError:
            self._database = None
            return None
