"""What has been translated today, and what of the day's neurons that has taken.

Kept in D1, or, without it, for as long as the isolate lives. Only translations are counted: the
neurons that chats have taken are not known here.
"""

import time
from contextlib import suppress
from typing import NamedTuple

from core import isolate
from core.ports import Database, Statement
from storage import tables

NEURONS_A_DAY = 10_000
NEURONS_PER_CHARACTER = 2 * 31_050 / 1e6 / 4
"""m2m100's price, in and out, at four characters a token: until there is something to measure."""
ENOUGH = 5_000
"""Characters from which on the day's own price is used."""

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
        """The characters of this day: those used and those that the neurons left allow."""
        price = NEURONS_PER_CHARACTER
        if self.characters >= ENOUGH and self.neurons:
            price = self.neurons / self.characters
        return self.characters + int(max(0.0, NEURONS_A_DAY - self.neurons) / price)


_here: dict[int, Usage] = {}
"""What this isolate has counted on the latest day."""
isolate.keeps("the characters and neurons of today's translations", _here.clear)


def today() -> int:
    """The day by UTC, as the free neurons are counted: days since 1970. Under Pyodide a date in
    words would take a millisecond."""
    return int(time.time()) // 86_400


def record(characters: int, neurons: float) -> Statement:
    """Counts a request here; gives what counts it in D1."""
    day = today()
    before = _here.get(day, Usage())
    _here.clear()
    _here[day] = Usage(before.characters + characters, before.neurons + neurons)
    return Statement(_ADD, (day, characters, neurons))


async def read(database: Database | None) -> Usage:
    """Today's usage."""
    day = today()
    if database:
        with suppress(OSError):
            [rows] = await tables.run(database, Statement(_READ, (day,)))
            return Usage(int(rows[0]["characters"]), rows[0]["neurons"]) if rows else Usage()
    return _here.get(day, Usage())
