from hypothesis import given
from hypothesis import strategies as st

from support.events import BROKEN, feed_one_by_one, text_of
from support.pieces import cut, cuts
from workers_ai.text.events import Event, Finish, Reasoning, Usage
from workers_ai.text.stages import Stage, run_stages
from workers_ai.text.stages.reasoning import HideReasoning, ReasoningInText
from workers_ai.text.stages.thinking import Thinking


def test_drops_hidden_reasoning() -> None:
    events: list[Event] = [Reasoning("a"), "b", Usage(1, 2)]
    assert feed_one_by_one(HideReasoning(), *events) == ["b", Usage(1, 2)]


def test_writes_raw_reasoning_between_tags() -> None:
    thoughts: list[Event] = [Reasoning("a"), Usage(0, 1), Reasoning("b"), Usage(0, 1)]
    before: list[Event] = ["<think>a", Usage(0, 1), "b", Usage(0, 1)]
    close = "</think>\n\n"
    assert feed_one_by_one(ReasoningInText(), *thoughts, "c", "d") == [*before, close, "c", "d"]
    assert feed_one_by_one(ReasoningInText(), *thoughts) == [*before, close]
    assert feed_one_by_one(ReasoningInText(), *thoughts, Finish("stop")) == [
        *before,
        close,
        Finish("stop"),
    ]
    assert feed_one_by_one(ReasoningInText(), "c") == ["c"]
    assert feed_one_by_one(ReasoningInText(), Reasoning("a"), BROKEN)[-1] == BROKEN


@given(st.text(min_size=1).filter(lambda text: text.strip() == text), cuts)
def test_raw_reasoning_is_what_was_taken_out(thought: str, cuts: list[int]) -> None:
    text = f"<think>{thought}</think>\n\nYes"
    if "</think>" in thought:
        return
    stages: list[Stage] = [
        Thinking(opened=False, limit=100, whole=False, may_think=False),
        ReasoningInText(),
    ]
    events = [e for piece in cut(text, cuts) for e in run_stages(stages, [piece], is_last=False)]
    assert text_of([*events, *run_stages(stages, [], is_last=True)]) == text
