import json
from hashlib import sha256
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ports import Statement
from storage import translations
from storage.translations import RECENT_CHARACTERS, RECENT_TEXTS, Memory, key_maker, recent
from support.databases import FakeDatabase
from support.fakes import run

DAY = 86_400
COUNT = Statement("INSERT INTO translation_usage_by_key VALUES ('2026-01-01', '', 1, 1)")


class Clock(SimpleNamespace):
    now = 1_000_000.5

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(translations, "time", made)
    return made


def recall(database: FakeDatabase | None, *keys: str, seconds: int = DAY) -> dict[str, str]:
    return run(Memory(database, seconds).recall(keys))


def keep(database: FakeDatabase | None, seconds: int = DAY, **texts: str) -> None:
    run(Memory(database, seconds).keep(texts))


# --- keys ---------------------------------------------------------------------------------------


def test_a_key_is_the_sha_256_of_the_conditions_and_the_text() -> None:
    key = key_maker("1", "model", "en")("Hello")
    assert key == sha256(b'["1", "model", "en"]Hello').hexdigest()


@given(
    st.lists(st.tuples(st.lists(st.text(), max_size=3), st.text()), min_size=2, max_size=2).filter(
        lambda pair: pair[0] != pair[1]
    )
)
def test_what_differs_has_other_keys(pair: list[tuple[list[str], str]]) -> None:
    first, second = (key_maker(*conditions)(text) for conditions, text in pair)
    assert first != second


def test_half_a_character_has_a_key() -> None:
    assert key_maker()("\ud83d") != key_maker()("\ud83e")


# --- in the isolate -----------------------------------------------------------------------------


def test_what_is_kept_is_known() -> None:
    assert recall(None, "a") == {}
    keep(None, a="A", b="B")
    assert recall(None, "a", "b", "c") == {"a": "A", "b": "B"}
    keep(None, a="other")
    assert recall(None, "a") == {"a": "other"}


def test_translations_expire(clock: Clock) -> None:
    keep(None, seconds=10, a="A")
    clock.now += 9
    assert recall(None, "a") == {"a": "A"}
    clock.now += 1
    assert recall(None, "a") == {}


def test_expires_to_the_second() -> None:
    recent.put("a", "A", 10)
    assert recent.get("a", 9.9) == "A"
    assert recent.get("a", 10.0) is None


def test_a_time_to_live_of_zero_turns_memory_off() -> None:
    database = FakeDatabase()
    keep(None, a="A")
    keep(database, seconds=0, b="B")
    assert recall(database, "a", "b", seconds=0) == {}
    assert database.batches == []
    assert recall(None, "b") == {}


def test_the_least_recently_used_make_room() -> None:
    for number in range(RECENT_TEXTS):
        recent.put(str(number), "x", 10)
    assert recent.get("0", 1) == "x"
    recent.put("new", "x", 10)
    assert recent.get("0", 1) == "x"
    assert recent.get("1", 1) is None
    assert recent.get("2", 1) == "x"
    assert recent.get("new", 1) == "x"


def test_the_size_of_recent_translations_is_bounded() -> None:
    half = "x" * (RECENT_CHARACTERS // 2)
    recent.put("a", half, 10)
    recent.put("b", half, 10)
    assert recent.get("a", 1) == half
    recent.put("c", "x", 10)
    assert recent.get("b", 1) is None
    assert recent.get("a", 1) == half
    # Put again, a text counts once.
    for _ in range(5):
        recent.put("a", half, 10)
    assert recent.get("c", 1) == "x"
    recent.put("d", half * 3, 10)
    assert [recent.get(key, 1) for key in "abcd"] == [None] * 4
    recent.put("e", half, 10)
    assert recent.get("e", 1) == half


def test_clear_forgets_all() -> None:
    recent.put("a", "x" * RECENT_CHARACTERS, 10)
    recent.clear()
    assert recent.get("a", 1) is None
    recent.put("b", "x" * RECENT_CHARACTERS, 10)
    assert recent.get("b", 1)


# --- in the database ----------------------------------------------------------------------------


@pytest.fixture
def database() -> FakeDatabase:
    made = FakeDatabase()
    keep(made, z="Z")
    made.batches.clear()
    recent.clear()
    return made


def test_reads_and_writes_once(database: FakeDatabase) -> None:
    keep(database, a="Ä 中 😀 \"'\\", b="B")
    assert [len(batch) for batch in database.batches] == [1]
    recent.clear()
    database.batches.clear()
    assert recall(database, "a", "b", "c") == {"a": "Ä 中 😀 \"'\\", "b": "B"}
    assert [len(batch) for batch in database.batches] == [1]
    assert json.loads(str(database.batches[0][0].values[0])) == ["a", "b", "c"]


def test_what_the_isolate_knows_is_not_asked_for(database: FakeDatabase) -> None:
    keep(database, a="A")
    database.batches.clear()
    assert recall(database, "a") == {"a": "A"}
    assert database.batches == []
    assert recall(database, "a", "z") == {"a": "A", "z": "Z"}
    assert json.loads(str(database.batches[0][0].values[0])) == ["z"]
    database.batches.clear()
    assert recall(database, "a", "z") == {"a": "A", "z": "Z"}
    assert database.batches == []


def test_another_isolate_finds_it_until_it_expires(clock: Clock) -> None:
    database = FakeDatabase()
    keep(database, seconds=10, a="A")
    recent.clear()
    clock.now += 9
    assert recall(database, "a", seconds=DAY) == {"a": "A"}
    clock.now += 1
    # Here, too: reading it has not made it younger.
    assert recall(database, "a", seconds=DAY) == {}
    recent.clear()
    assert recall(database, "a", seconds=DAY) == {}


def test_what_is_kept_again_lives_longer(clock: Clock) -> None:
    database = FakeDatabase()
    keep(database, seconds=10, a="A")
    clock.now += 8
    keep(database, seconds=10, a="B")
    recent.clear()
    clock.now += 8
    assert recall(database, "a") == {"a": "B"}


def test_other_statements_go_into_the_same_write(database: FakeDatabase) -> None:
    run(Memory(database, DAY).keep({"a": "A"}, COUNT))
    assert [len(batch) for batch in database.batches] == [2]
    assert database.batches[0][0] == COUNT
    database.batches.clear()
    run(Memory(database, 0).keep({"a": "A"}, Statement("SELECT 1")))
    assert database.batches == [(Statement("SELECT 1"),)]
    database.batches.clear()
    run(Memory(database, DAY).keep({}))
    assert database.batches == []


def test_one_in_256_writes_deletes_what_has_expired(clock: Clock) -> None:
    database = FakeDatabase()
    keep(database, seconds=10, a="A")
    keep(database, seconds=30, b="B")
    clock.now += 20
    count = Statement("SELECT count(*) AS rows FROM translations")
    run(Memory(database, DAY).keep({"0c": "C", "00": "D"}))
    assert run(database.run(count)) == [[{"rows": 4}]]
    run(Memory(database, DAY).keep({"00": "D", "0c": "C"}))
    assert run(database.run(count)) == [[{"rows": 3}]]
    assert recall(database, "a", "b", "0c", "00") == {"b": "B", "0c": "C", "00": "D"}


def test_a_broken_database_costs_nothing(database: FakeDatabase) -> None:
    database.broken = True
    assert recall(database, "z") == {}
    keep(database, a="A")
    assert recall(database, "a", "z") == {"a": "A"}
    database.broken = False
    recent.clear()
    assert recall(database, "a", "z") == {"z": "Z"}


def test_tables_are_made_when_they_are_needed() -> None:
    database = FakeDatabase()
    assert recall(database, "a") == {}
    keep(database, a="A")
    recent.clear()
    assert recall(database, "a") == {"a": "A"}


def test_rows_of_another_shape_are_ignored(
    database: FakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[dict[str, object]] = [
        {},
        {"key": "a"},
        {"key": 1, "text": "x", "expires": 1},
        {"key": "a", "text": None},
    ]

    async def answer(*statements: Statement) -> list[list[dict[str, object]]]:
        return [rows]

    monkeypatch.setattr(database, "run", answer)
    assert recall(database, "a", "z") == {}
