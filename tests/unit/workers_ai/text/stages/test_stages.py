from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from support.events import BROKEN, text_of
from support.pieces import cut, cuts
from workers_ai.text.call_formats.declared import DeclaredTools
from workers_ai.text.events import Event, Finish, Usage
from workers_ai.text.stages import Stage, run_stages
from workers_ai.text.stages.channels import Channels
from workers_ai.text.stages.ending import Ending
from workers_ai.text.stages.leaked_calls import LeakedCalls
from workers_ai.text.stages.repaired_calls import RepairedCalls
from workers_ai.text.stages.stop import StopSequences
from workers_ai.text.stages.thinking import Thinking


class Closing:
    """A stage that has something to say at the end."""

    def feed(self, events: list[Event]) -> list[Event]:
        return events

    def close(self) -> list[Event]:
        return ["late"]


def test_stages_close_in_turn_and_never_after_a_failure() -> None:
    stopped = Finish("stop", "ate")
    assert run_stages([Closing(), StopSequences(["ate"])], ["a"], is_last=True) == [
        "a",
        "l",
        stopped,
    ]
    assert run_stages([Closing(), Closing()], [], is_last=False) == []
    assert run_stages([Closing(), Closing()], ["a", BROKEN], is_last=True) == ["a", BROKEN]
    # A stop sequence ends the answer before the failure; so the later stages do close.
    assert run_stages([StopSequences(["x"]), Closing()], ["ax", BROKEN], is_last=True) == [
        "a",
        Finish("stop", "x"),
        "late",
    ]


scraps = st.sampled_from(
    [
        "<think>",
        "</think>",
        "<",
        "<th",
        "</",
        "think>",
        " ",
        "\n",
        "a",
        "Yes",
        "{",
        "}",
        '"',
        "json",
    ]
    + ["<tool_call>", "</tool_call>", "<function=now>", "<function=", "</function>", "```"]
    + ['{"name": "now", "arguments": {}}', '{"name": "', "now", '", "arguments": {}}']
    + ["[TOOL_CALLS]", "<|python_tag|>", "\nUs", "er:", "##", "#", "<|channel|>", "final"]
)


def every_stage(opened: bool = False) -> list[Stage]:
    tools = DeclaredTools([{"name": "now"}])
    return [
        Channels(),
        Thinking(opened=opened, limit=100, whole=False, may_think=False),
        RepairedCalls(tools),
        LeakedCalls(tools),
        StopSequences(["\nUser:", "###"]),
        Ending(limit=9, prompt_tokens=lambda: 7),
    ]


MAKERS: tuple[Callable[[], list[Stage]], ...] = (every_stage, lambda: every_stage(opened=True))


@given(st.sampled_from(MAKERS), st.lists(scraps, max_size=8).map("".join), cuts)
def test_a_truncated_answer_always_ends_with_its_failure(
    make: Callable[[], list[Stage]], text: str, cuts: list[int]
) -> None:
    stages = make()
    events = [e for piece in cut(text, cuts) for e in run_stages(stages, [piece], is_last=False)]
    events += run_stages(stages, [BROKEN], is_last=True)
    stopped = next(stage for stage in stages if isinstance(stage, StopSequences)).done
    assert (events[-1] == BROKEN) is not stopped
    assert events.count(BROKEN) == (not stopped)


@given(st.text(max_size=40), cuts)
def test_ordinary_text_passes_all_stages(text: str, cuts: list[int]) -> None:
    stages = every_stage()
    events = [e for piece in cut(text, cuts) for e in run_stages(stages, [piece], is_last=False)]
    events += run_stages(stages, [Usage(3, 4)], is_last=True)
    assert text_of(events) == text
    assert events[-2:] == [Finish("stop"), Usage(3, 4)]
