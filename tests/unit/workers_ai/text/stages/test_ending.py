import tracemalloc
from collections.abc import Sequence

import pytest

from support.events import BROKEN, feed_one_by_one
from workers_ai.text.events import (
    Event,
    Finish,
    FinishReason,
    Reasoning,
    Token,
    ToolArguments,
    ToolStart,
    Usage,
)
from workers_ai.text.stages.ending import Ending
from workers_ai.tokens import estimate


def ending(*events: Event, limit: int = 10) -> list[Event]:
    return feed_one_by_one(Ending(limit=limit, prompt_tokens=lambda: 77), *events)


CALLED: tuple[Event, ...] = (ToolStart(0, "a", "f"), ToolArguments(0, "{}"))


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([], "stop"),
        ([Usage(5, 9)], "stop"),
        ([Usage(5, 10)], "length"),
        ([Usage(5, 11)], "length"),
        ([Finish("stop"), Usage(5, 10)], "stop"),
        ([Finish("length"), Usage(5, 1)], "length"),
        ([Finish("content_filter")], "content_filter"),
        ([Finish("stop"), Finish("length")], "stop"),
        (CALLED, "tool_calls"),
        ([*CALLED, Finish("stop")], "tool_calls"),
        ([*CALLED, Finish("tool_calls"), Usage(5, 10)], "tool_calls"),
        ([*CALLED, Finish("length")], "length"),
        ([*CALLED, Finish("content_filter")], "content_filter"),
        ([*CALLED, Usage(5, 10)], "length"),
        ([Finish("tool_calls")], "stop"),
        # An estimate is no reason to say that the answer was cut.
        (["many words " * 50], "stop"),
    ],
)
def test_reports_why_an_answer_ended(events: Sequence[Event], reason: FinishReason) -> None:
    out = ending(*events)
    assert [event for event in out if isinstance(event, Finish)] == [Finish(reason)]
    assert out[-2] == Finish(reason)
    assert isinstance(out[-1], Usage)


@pytest.mark.parametrize(
    ("events", "usage"),
    [
        ([Usage(5, 7, 1, 2, 0.5)], Usage(5, 7, 1, 2, 0.5)),
        ([Usage(5, 1), Usage(5, 2), Usage(5, 7)], Usage(5, 7)),
        ([Usage(23, 0), Usage(0, 9), Usage(0, 6)], Usage(23, 15)),
        ([Usage(23, 0), Usage(0, 9), Usage(0, 6), Usage(23, 15, 0)], Usage(23, 15, 0)),
        ([Usage(0, 3), Usage(0, 4)], Usage(0, 7)),
        (["a" * 400], Usage(77, 100)),
        ([Reasoning("a" * 200), "a" * 100, Token("a" * 100, {})], Usage(77, 100)),
        ([ToolStart(0, "a", "f" * 100), ToolArguments(0, "a" * 300)], Usage(77, 100)),
        ([], Usage(77, 0)),
    ],
)
def test_reports_what_an_answer_cost(events: Sequence[Event], usage: Usage) -> None:
    assert ending(*events)[-1] == usage


def test_the_rest_passes_and_the_end_comes_last() -> None:
    events: list[Event] = ["a", Reasoning("b"), Token("c", {}), *CALLED]
    out = ending("a", Finish("stop"), Usage(1, 2), *events[1:])
    assert out == [*events, Finish("tool_calls"), Usage(1, 2)]


def test_reports_no_ending_after_a_failure() -> None:
    assert ending("a", Usage(1, 1), BROKEN) == ["a", BROKEN]


def test_estimates_a_prompt_only_if_usage_is_missing() -> None:
    def never() -> int:
        raise AssertionError

    assert feed_one_by_one(Ending(limit=1, prompt_tokens=never), Usage(3, 4))[-1] == Usage(3, 4)


def test_keeps_nothing_of_what_it_counts() -> None:
    stage = Ending(limit=10, prompt_tokens=lambda: 77)
    pieces = [f"word {number}" for number in range(20_000)]
    tracemalloc.start()
    try:
        for piece in pieces:
            stage.feed([piece])
        assert tracemalloc.get_traced_memory()[0] < 50_000
    finally:
        tracemalloc.stop()
    assert stage.usage() == Usage(77, estimate("".join(pieces)))
