"""Counts the characters translated today and the neurons that took.

Kept in D1, or without it for as long as the isolate lives. Only translations are counted, not the
neurons of chats.
"""

import time
from contextlib import suppress
from typing import NamedTuple

from core import isolate
from core.ports import Database, Statement
from storage import tables

NEURONS_A_DAY = 10_000
NEURONS_PER_CHARACTER = 2 * 31_050 / 1e6 / 4
"""m2m100's price for input and output, at four characters a token: until the day has its own."""
MIN_CHARACTERS = 5_000
"""Characters from which on the day has a price of its own."""

_ADD = (
    "INSERT INTO translation_usage (day, characters, neurons) VALUES (?, ?, ?) ON CONFLICT (day)"
    " DO UPDATE SET characters = characters + excluded.characters,"
    " neurons = neurons + excluded.neurons"
)
_READ = "SELECT characters, neurons FROM translation_usage WHERE day = ?"


class Usage(NamedTuple):
    characters: int = 0
    neurons: float = 0.0

    @property
    def limit(self) -> int:
        """The characters of this day: those used and those that the remaining neurons allow."""
        price = NEURONS_PER_CHARACTER
        if self.characters >= MIN_CHARACTERS and self.neurons:
            price = self.neurons / self.characters
        return self.characters + int(max(0.0, NEURONS_A_DAY - self.neurons) / price)


isolate_usage: dict[int, Usage] = {}
"""What this isolate has counted on its latest day."""
isolate.keeps("the characters and neurons of today's translations", isolate_usage.clear)


def today() -> int:
    """Returns the day by UTC, as free neurons are counted: days since 1970. Under Pyodide a date in
    words would take a millisecond."""
    return int(time.time()) // 86_400


def record_usage(characters: int, neurons: float) -> Statement:
    """Counts a request in the isolate and returns the statement that counts it in D1."""
    day = today()
    before = isolate_usage.get(day, Usage())
    isolate_usage.clear()
    isolate_usage[day] = Usage(before.characters + characters, before.neurons + neurons)
    return Statement(_ADD, (day, characters, neurons))


async def read_usage(database: Database | None) -> Usage:
    """Returns today's usage, of all isolates if there is a database."""
    day = today()
    if database:
        with suppress(OSError):
            [rows] = await tables.run_statements(database, Statement(_READ, (day,)))
            return Usage(int(rows[0]["characters"]), rows[0]["neurons"]) if rows else Usage()
    return isolate_usage.get(day, Usage())
