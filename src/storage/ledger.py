"""Counts the characters translated today and the neurons that took, by the owner of a key.

Kept in D1, or without it for as long as the isolate lives. Only translations are counted, not the
neurons of chats.
"""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from core import isolate
from core.ports import Database, Statement
from storage import tables

NEURONS_A_DAY = 10_000
NEURONS_PER_CHARACTER = 2 * 31_050 / 1e6 / 4
"""m2m100's price for input and output, at four characters a token: until the day has its own."""
MIN_CHARACTERS = 5_000
"""Characters from which on the day has a price of its own."""

_ADD = (
    "INSERT INTO translation_usage_by_key (day, owner, characters, neurons) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (day, owner) DO UPDATE SET characters = characters + excluded.characters,"
    " neurons = neurons + excluded.neurons"
)
_READ = "SELECT owner, characters, neurons FROM translation_usage_by_key WHERE day = ?"


class Usage(NamedTuple):
    """``characters``: the owner's. ``neurons`` and ``all_characters``: of all keys, as the neurons
    of a day are the account's."""

    characters: int = 0
    neurons: float = 0.0
    all_characters: int = 0

    @property
    def limit(self) -> int:
        """The characters of this day: those used and those that the remaining neurons allow."""
        price = NEURONS_PER_CHARACTER
        if self.all_characters >= MIN_CHARACTERS and self.neurons:
            price = self.neurons / self.all_characters
        return self.characters + int(max(0.0, NEURONS_A_DAY - self.neurons) / price)


Counts = dict[str, tuple[int, float]]
"""Characters and neurons by owner."""

isolate_usage: dict[int, Counts] = {}
"""What this isolate has counted on its latest day."""
isolate.keeps("the characters and neurons of today's translations", isolate_usage.clear)


def today() -> int:
    """Returns the day by UTC, as free neurons are counted: days since 1970. Under Pyodide a date in
    words would take a millisecond."""
    return int(time.time()) // 86_400


def record_usage(owner: str, characters: int, neurons: float) -> Statement:
    """Counts a request in the isolate and returns the statement that counts it in D1."""
    day = today()
    counts = isolate_usage.get(day, {})
    isolate_usage.clear()
    isolate_usage[day] = counts
    before = counts.get(owner, (0, 0.0))
    counts[owner] = before[0] + characters, before[1] + neurons
    return Statement(_ADD, (day, owner, characters, neurons))


async def read_usage(database: Database | None, owner: str) -> Usage:
    """Returns today's usage, of all isolates if there is a database."""
    day = today()
    if database:
        with suppress(OSError):
            [rows] = await tables.run_statements(database, Statement(_READ, (day,)))
            return _sum(_read_counts(rows), owner)
    return _sum(isolate_usage.get(day, {}), owner)


def _read_counts(rows: Sequence[Mapping[str, Any]]) -> Counts:
    counts: Counts = {}
    for row in rows:
        match row:
            case {
                "owner": str(owner),
                "characters": int() | float() as characters,
                "neurons": int() | float() as neurons,
            }:
                counts[owner] = int(characters), neurons
    return counts


def _sum(counts: Counts, owner: str) -> Usage:
    characters, _ = counts.get(owner, (0, 0.0))
    neurons = sum(neurons for _, neurons in counts.values())
    return Usage(characters, neurons, sum(count for count, _ in counts.values()))
