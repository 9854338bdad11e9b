import json

import pytest

from support.events import BROKEN, calls_of, feed_one_by_one
from support.pieces import every_cut
from support.steps import CountedText, assert_linear
from workers_ai.text.call_formats.declared import DeclaredTools
from workers_ai.text.events import Event, Finish, ToolArguments, ToolStart, Usage
from workers_ai.text.stages.repaired_calls import RepairedCalls

TOOLS = DeclaredTools([{"name": "bash"}, {"name": "tools.run"}])
LS = '{"command": "ls"}'


@pytest.mark.parametrize(
    ("name", "repaired"),
    [
        ("bash", "bash"),
        ("functions.bash", "bash"),
        ("functions.bash:0", "bash"),
        ("default_api.bash", "bash"),
        ("bash<|channel|>commentary", "bash"),
        ("functions.bash<|constrain|>json", "bash"),
        (" bash\n", "bash"),
        ("tools.run", "tools.run"),
        ("functions.other", "functions.other"),
        ("other<|channel|>commentary", "other<|channel|>commentary"),
    ],
)
def test_repairs_names(name: str, repaired: str) -> None:
    events = feed_one_by_one(RepairedCalls(TOOLS), ToolStart(0, "a", name), ToolArguments(0, "{}"))
    assert events == [ToolStart(0, "a", repaired), ToolArguments(0, "{}")]


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        (LS, LS),
        (f" {LS}\n", f" {LS}"),
        (LS + "</tool_call>", LS),
        (LS + "\n</tool_call>\n<|im_end|>", LS),
        (LS + "<|call|>", LS),
        ('{"command": "</tool_call>"}', '{"command": "</tool_call>"}'),
        (json.dumps(LS), LS),
        (json.dumps(json.dumps(LS)) + "</tool_call>", LS),
        # not repaired
        (LS + LS, LS + LS),
        (LS + "</tool", LS + "</tool"),
        ('"text"', '"text"'),
        ('"text', '"text'),
        ('"{}" and', '"{}" and'),
        ("ls -la", "ls -la"),
        ("x" * 500 + "{}", "x" * 500 + "{}"),
        ('{"command": "l', '{"command": "l'),
        ("[1]", "[1]"),
    ],
)
def test_repairs_arguments(text: str, repaired: str) -> None:
    for pieces in every_cut(text):
        arguments = [ToolArguments(0, piece) for piece in pieces]
        for end in ([], [Finish("tool_calls"), Usage(1, 1)], [ToolStart(1, "b", "bash")]):
            events = feed_one_by_one(
                RepairedCalls(TOOLS), ToolStart(0, "a", "bash"), *arguments, *end
            )
            assert calls_of(events)[0].arguments == repaired
            if isinstance(events[-1], Usage):
                assert events[-2:] == end


def test_arguments_are_streamed() -> None:
    stage = RepairedCalls(TOOLS)
    start = ToolStart(0, "a", "bash")
    pieces: list[Event] = [ToolArguments(0, piece) for piece in ('{"a":', ' "<', 'b>"')]
    assert stage.feed([start, *pieces]) == [start, *pieces]
    assert stage.feed([ToolArguments(0, "}</tool")]) == [ToolArguments(0, "}")]
    assert stage.feed([ToolArguments(0, "_call>")]) == []
    assert stage.close() == []


def test_arguments_by_turns() -> None:
    events = feed_one_by_one(
        RepairedCalls(TOOLS),
        ToolStart(0, "a", "bash"),
        ToolArguments(0, '{"a":'),
        ToolStart(1, "b", "bash"),
        ToolArguments(1, "{}<|call|>"),
        ToolArguments(0, "1}<|call|>"),
    )
    assert [call.arguments for call in calls_of(events)] == ['{"a":1}', "{}"]


def test_a_call_that_became_a_name_is_taken_apart() -> None:
    name = "bash<arg_key>command</arg_key><arg_value>ls</arg_value>"
    for end in ("", "</tool_call>"):
        events = feed_one_by_one(
            RepairedCalls(TOOLS), ToolStart(0, "a", name + end), ToolArguments(0, "{}")
        )
        assert [call[1:] for call in calls_of(events)] == [("bash", '{"command":"ls"}')]
    broken = ToolStart(0, "a", "bash<arg_key>command")
    assert feed_one_by_one(RepairedCalls(TOOLS), broken)[0] == ToolStart(0, "a", "bash")


def test_nothing_is_lost_before_a_failure() -> None:
    events: list[Event] = [ToolStart(0, "a", "bash"), ToolArguments(0, '"{'), BROKEN]
    assert feed_one_by_one(RepairedCalls(TOOLS), *events, close=False) == events


@pytest.mark.parametrize("opening", ["", '"', "{}", '{"', "x"])
@pytest.mark.parametrize("block", ["a", "{", "}", '"', "\\", "</tool_call>", " ", '{"a":[]}'])
def test_takes_steps_linear_in_the_arguments(block: str, opening: str) -> None:
    def read(size: int) -> None:
        text = CountedText(opening + (block * size)[:size])
        arguments = [ToolArguments(0, piece) for piece in map(CountedText, text)]
        feed_one_by_one(RepairedCalls(TOOLS), ToolStart(0, "a", "bash"), *arguments)

    assert_linear(read, 1000)
