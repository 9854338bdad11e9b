import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.events import BROKEN, feed_one_by_one, text_of
from support.pieces import cut, cuts, every_cut
from support.steps import assert_linear
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolStart, Usage
from workers_ai.text.stages.stop import StopSequences


@pytest.mark.parametrize(
    ("sequences", "text", "said", "stopped"),
    [
        (["END"], "a END b", "a ", True),
        (["END"], "END", "", True),
        (["END"], "a EN", "a EN", False),
        (["END"], "a ENEND b", "a EN", True),
        (["aab"], "aaab", "a", True),
        (["\n\n"], "a\nb\n\nc", "a\nb", True),
        (["x", "y"], "a y x", "a ", True),
        (["ab", "abc"], "1abc2", "1", True),
        # The one that is complete first, as the model's own would be.
        (["ENDX", "D"], "ENDX", "EN", True),
        (["bcd", "abcde"], "abcde", "a", True),
        (["."], "no", "no", False),
        (["停止"], "请停止吧", "请", True),
    ],
)
def test_ends_at_the_sequence_that_is_complete_first(
    sequences: list[str], text: str, said: str, stopped: bool
) -> None:
    for pieces in every_cut(text):
        for tokens in (False, True):
            given: list[Event] = [Token(p, {"content": [p]}) if tokens else p for p in pieces]
            stage = StopSequences(sequences)
            events = feed_one_by_one(stage, *given)
            assert text_of(events) == said
            assert stage.done is stopped
            ends = [event for event in events if isinstance(event, Finish)]
            assert [end.reason for end in ends] == ["stop"] * stopped
            assert all(end.stop_sequence in sequences for end in ends)


def test_text_is_held_only_while_it_may_be_a_stop() -> None:
    stage = StopSequences(["END", "\n\n"])
    assert stage.feed(["a", "bE"]) == ["a", "b"]
    assert text_of(stage.feed(["N"])) == ""
    assert text_of(stage.feed(["O\n"])) == "ENO"
    assert stage.close() == ["\n"]


def test_log_probabilities_stay_with_tokens_that_are_held() -> None:
    tokens = [Token(text, {"content": [text]}) for text in ("a", "E", "N", "x", "")]
    assert feed_one_by_one(StopSequences(["END"]), *tokens) == tokens
    assert feed_one_by_one(StopSequences(["END"]), *tokens[:3]) == tokens[:3]
    assert feed_one_by_one(StopSequences(["END"]), Token("aE", {}), Token("ND", {})) == [
        "a",
        Finish("stop", "END"),
    ]


def test_nothing_but_usage_follows_a_stop() -> None:
    stage = StopSequences(["END"])
    rest: list[Event] = ["b", Reasoning("c"), ToolStart(0, "a", "f"), Finish("length"), Usage(1, 1)]
    assert feed_one_by_one(stage, "aEND b", *rest) == ["a", Finish("stop", "END"), Usage(1, 1)]
    # A failure behind it came too late: a stream is not read that far.
    assert feed_one_by_one(StopSequences(["END"]), "aEND", BROKEN) == ["a", Finish("stop", "END")]


def test_releases_held_text_before_calls_and_failures() -> None:
    start = ToolStart(0, "a", "f")
    assert feed_one_by_one(StopSequences(["END"]), "EN", start) == ["EN", start]
    assert feed_one_by_one(StopSequences(["END"]), "EN", BROKEN, close=False) == ["EN", BROKEN]
    # Not so these, which a sequence may lie around.
    stage = StopSequences(["END"])
    assert feed_one_by_one(stage, "E", Usage(1, 1), "N", Reasoning("x"), Finish("stop"), "D") == [
        Usage(1, 1),
        Reasoning("x"),
        Finish("stop"),
        Finish("stop", "END"),
    ]


letters = st.text("ab\n", max_size=30)
sequences = st.lists(st.text("ab\n", min_size=1, max_size=4), min_size=1, max_size=4)


@given(letters, sequences, cuts)
def test_stops_do_not_depend_on_the_pieces(text: str, stops: list[str], cuts: list[int]) -> None:
    ends = [(at + len(stop), at) for stop in stops if (at := text.find(stop)) >= 0]
    expected = text[: min(ends)[1]] if ends else text
    for pieces in ([text], cut(text, cuts)):
        stage = StopSequences(stops)
        events = feed_one_by_one(stage, *pieces)
        assert text_of(events) == expected
        assert stage.done is bool(ends)


STOPS = ["ab" * 127 + "c", "a" * 255 + "b", "b" + "ab" * 100 + "c"]


@pytest.mark.parametrize("text", ["a", "ab", "ba", "aab", "ab" * 127 + "a", "x"])
@pytest.mark.parametrize("whole", [False, True])
def test_takes_steps_linear_in_the_answer(text: str, whole: bool) -> None:
    def stop(size: int) -> None:
        answer = (text * size)[:size]
        pieces = [answer] if whole else list(answer)
        feed_one_by_one(StopSequences(STOPS), *pieces)

    assert_linear(stop, 2000)


def test_takes_steps_linear_in_tokens_that_are_held() -> None:
    def stop(size: int) -> None:
        tokens: list[Event] = [Token("a" * 200, {}), *[Token("", {})] * size]
        feed_one_by_one(StopSequences(STOPS), *tokens)

    assert_linear(stop, 1000)
