"""Stores Responses and their input items in D1, for a while and for the owner of a key.

The ids of items tell that of their Response, so that items are found by the key of the table: an
index of them would cost a write for each. The last four digits differ: 0000 in the id of the
Response, from 0001 on those of its output, from 8000 on those of its input.
"""

import json
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from core.errors import BadRequest, Upstream
from core.ids import new_id
from core.limits import RESPONSE_CHAIN, RESPONSES_USED_CHARACTERS
from core.ports import Database, Statement
from storage import tables

Item = dict[str, Any]

CLEANING_ID = "resp_0"
"""A write of a Response whose id begins so, one of 16, also deletes what has expired, for which D1
reads the whole table."""

UNDER_WAY_SECONDS = 0.5
"""What is not found is looked for once more after this: a client may refer to an answer at once,
and faster than that is stored."""

_ITEM_ID = re.compile(r"[a-z]{1,16}(_[0-9a-f]{20})([0-9a-f])[0-9a-f]{3}")
_RESPONSE_ID = re.compile(r"resp_[0-9a-f]{20}0000")
_FIRST_INPUT = 0x8000

_VISIBLE = "owner = ? AND expires > ?"
_KEEP = (
    "INSERT OR REPLACE INTO responses (id, owner, previous, expires, output, input, response)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_CLEAN = "DELETE FROM responses WHERE expires <= ?"
_ONE = f"SELECT response, output FROM responses WHERE id = ? AND {_VISIBLE}"
_DELETE = f"DELETE FROM responses WHERE id = ? AND {_VISIBLE} RETURNING id"
_TURNS = (
    "WITH RECURSIVE turns (id, previous, age) AS ("
    f"SELECT id, previous, 0 FROM responses WHERE id = ? AND {_VISIBLE}"
    " UNION ALL SELECT responses.id, responses.previous, age + 1 FROM turns"
    f" JOIN responses ON responses.id = turns.previous WHERE {_VISIBLE} AND age < ?),"
    " sizes (total) AS (SELECT coalesce(sum(length(input) + length(output)), 0)"
    " FROM turns JOIN responses USING (id))"
    " SELECT id, turns.previous AS previous, total,"
    " CASE WHEN total <= ? THEN input END AS input, CASE WHEN total <= ? THEN output END AS output"
    " FROM turns JOIN responses USING (id) JOIN sizes ORDER BY age DESC"
)
_ITEMS = (
    "WITH found (id, kind, items) AS ("
    "SELECT id, 'output', output FROM responses"
    f" WHERE id IN (SELECT value FROM json_each(?)) AND {_VISIBLE}"
    " UNION ALL SELECT id, 'input', input FROM responses"
    f" WHERE id IN (SELECT value FROM json_each(?)) AND {_VISIBLE}),"
    " sizes (total) AS (SELECT coalesce(sum(length(items)), 0) FROM found)"
    " SELECT id, kind, total, CASE WHEN total <= ? THEN items END AS items FROM found JOIN sizes"
)

UNREADABLE = (ValueError, TypeError, LookupError)
"""What reading a row of another shape raises."""


class Turn(NamedTuple):
    """A Response with its input, as a turn of a conversation. ``previous``: the id of the Response
    that it continues, or ``""``."""

    id: str
    previous: str
    input: list[Item]
    output: list[Item]


def new_response_id() -> str:
    return f"{new_id('resp_')[:-4]}0000"


def output_item_id(prefix: str, response_id: str, place: int) -> str:
    """Returns the id of an output item, such as ``msg_…``."""
    return f"{prefix}{response_id[4:-4]}{place + 1:04x}"


_PREFIXES = {
    "message": "msg",
    "reasoning": "rs",
    "function_call": "fc",
    "custom_tool_call": "ctc",
}


def _with_ids(response_id: str, items: Sequence[Item]) -> list[Item]:
    """Returns input items with an id for those to which their client has given none."""
    named = []
    for place, item in enumerate(items):
        if not isinstance(item.get("id"), str):
            prefix = _PREFIXES.get(item.get("type") or "message", "item")
            item = {**item, "id": f"{prefix}{response_id[4:-4]}{_FIRST_INPUT + place:04x}"}
        named.append(item)
    return named


class Responses:
    """The stored Responses of an owner, see :func:`access.keys.owner_of`.

    ``seconds``: how long they are kept. Reading raises :class:`Upstream` if the database fails.
    """

    def __init__(
        self,
        database: Database,
        owner: str,
        seconds: int,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._database = database
        self._owner = owner
        self._seconds = seconds
        self._sleep = sleep

    async def keep(
        self, id_: str, previous: str, response: str, *, input: str, output: str
    ) -> None:
        """Stores a Response, its input items and its output items, each as JSON. If the database
        fails they are not stored, and nobody is told: the client has its answer by now."""
        now = int(time.time())
        values = (id_, self._owner, previous, now + self._seconds, output, input, response)
        statements = [Statement(_KEEP, values)]
        if id_.startswith(CLEANING_ID):
            statements.append(Statement(_CLEAN, (now,)))
        with suppress(OSError):
            await tables.run_statements(self._database, *statements)

    async def load(self, id_: str) -> dict[str, Any] | None:
        """Returns a Response, None if there is none."""
        rows = await self._find_one(_ONE, id_)
        if not rows:
            return None
        try:
            [row] = rows
            return {**_read_object(row["response"]), "output": _read_items(row["output"])}
        except UNREADABLE:
            raise _failed() from None

    async def delete(self, id_: str) -> bool:
        """Deletes a Response. Returns whether there was one."""
        return bool(await self._find_one(_DELETE, id_))

    async def load_turns(self, id_: str) -> list[Turn]:
        """Returns a Response and those that it continues, the oldest first. If one of them is gone,
        so are those before it. Raises :class:`BadRequest` if they are too many or too large."""
        most = RESPONSES_USED_CHARACTERS
        rows = await self._find_one(_TURNS, id_, *self._visible(), RESPONSE_CHAIN, most, most)
        try:
            _check_size(rows)
            turns = [
                Turn(
                    row["id"],
                    row["previous"],
                    _with_ids(row["id"], _read_items(row["input"])),
                    _read_items(row["output"]),
                )
                for row in rows
            ]
        except UNREADABLE:
            raise _failed() from None
        if len(turns) > RESPONSE_CHAIN:
            raise _too_much()
        return turns

    async def find_items(self, ids: Iterable[str]) -> dict[str, Item]:
        """Returns those of the items that are stored, by their ids. Raises :class:`BadRequest` if
        their Responses are too many or too large."""
        outputs: set[str] = set()
        inputs: set[str] = set()
        for id_ in ids:
            if match := _ITEM_ID.fullmatch(id_):
                (inputs if match[2] >= "8" else outputs).add(f"resp{match[1]}0000")
        count = len(outputs) + len(inputs)
        if not count:
            return {}
        if count > RESPONSE_CHAIN:
            raise _too_much()
        visible = self._visible()
        lists = json.dumps(sorted(outputs)), json.dumps(sorted(inputs))
        values = (lists[0], *visible, lists[1], *visible, RESPONSES_USED_CHARACTERS)
        rows = await self._find(Statement(_ITEMS, values), count)
        found: dict[str, Item] = {}
        try:
            _check_size(rows)
            for row in rows:
                items = _read_items(row["items"])
                if row["kind"] == "input":
                    items = _with_ids(row["id"], items)
                found.update({item["id"]: item for item in items})
        except UNREADABLE:
            raise _failed() from None
        return found

    def _visible(self) -> tuple[str, int]:
        return self._owner, int(time.time())

    async def _find_one(self, sql: str, id_: str, *values: str | int) -> list[dict[str, Any]]:
        if not _RESPONSE_ID.fullmatch(id_):
            return []
        return await self._find(Statement(sql, (id_, *self._visible(), *values)), 1)

    async def _find(self, statement: Statement, count: int) -> list[dict[str, Any]]:
        """Returns the rows of a statement, which is run once more if they are fewer than that."""
        rows = await self._run(statement)
        if len(rows) < count:
            await self._sleep(UNDER_WAY_SECONDS)
            rows = await self._run(statement)
        return rows

    async def _run(self, statement: Statement) -> list[dict[str, Any]]:
        try:
            [rows] = await tables.run_statements(self._database, statement)
        except OSError:
            raise _failed() from None
        return rows


def _check_size(rows: Iterable[Mapping[str, Any]]) -> None:
    if any(row["total"] > RESPONSES_USED_CHARACTERS for row in rows):
        raise _too_much()


def _read_object(text: str) -> dict[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise TypeError
    return value


def _read_items(text: str) -> list[Item]:
    value = json.loads(text)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise TypeError
    return value


def _too_much() -> BadRequest:
    return BadRequest(
        f"A request may continue and refer to {RESPONSE_CHAIN} stored responses, with "
        f"{RESPONSES_USED_CHARACTERS:,} characters together: send the conversation as input, from "
        "where it still matters.",
        code="too_many_stored_responses",
    )


def _failed() -> Upstream:
    return Upstream("The database failed.", code="database_failed", status=503)
