import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.events import BROKEN, feed_one_by_one, reasoning_of, text_of
from support.pieces import cut, cuts, every_cut
from support.steps import CountedText, assert_linear
from workers_ai.text.call_formats.declared import DeclaredTools
from workers_ai.text.events import (
    Event,
    Finish,
    Reasoning,
    Token,
    ToolArguments,
    ToolStart,
    Usage,
)
from workers_ai.text.stages.leaked_calls import LeakedCalls

TOOLS = DeclaredTools([{"name": name} for name in ("weather", "now", "weather_map")])
ARGUMENTS = {"city": "Łódź", "html": "a > b `c` </tool>", "deep": {"x": [1, {}]}}
CALL = json.dumps({"name": "weather", "arguments": ARGUMENTS}, ensure_ascii=False)
OTHER = json.dumps({"name": "unknown", "arguments": ARGUMENTS})
BARE = f"<|python_tag|>{CALL}"


def leaked(events: Iterable[Event]) -> list[tuple[str, Any]]:
    """The recovered calls as (name, arguments)."""
    calls: list[list[str]] = []
    ids = set()
    for event in events:
        if isinstance(event, ToolStart):
            assert event.call == len(calls)
            calls.append([event.name, ""])
            ids.add(event.id)
        elif isinstance(event, ToolArguments):
            calls[event.call][1] += event.text
    assert len(ids) == len(calls)
    return [(name, json.loads(arguments)) for name, arguments in calls]


WEATHER = ("weather", ARGUMENTS)


@pytest.mark.parametrize(
    ("text", "calls", "said"),
    [
        # in tags
        (f"<tool_call>{CALL}</tool_call>", [WEATHER], ""),
        (f"<tool_call>\n{CALL}\n</tool_call>\n", [WEATHER], ""),
        (f"\n\n<tool_call>{CALL}", [WEATHER], ""),
        (f"<tool_call>{CALL}</tool_call>\n<tool_call>{CALL}</tool_call>", [WEATHER] * 2, ""),
        (f"<tool_call>[{CALL}, {CALL}]</tool_call>", [WEATHER] * 2, ""),
        (f"Let me see.\n\n<tool_call>{CALL}</tool_call>", [WEATHER], "Let me see."),
        (f"a <tool_call>{CALL}</tool_call> b <tool_call>{CALL}</tool_call>", [WEATHER] * 2, "ab"),
        (f"<tool_call><function=weather>{json.dumps(ARGUMENTS)}</function></tool_call>",
         [WEATHER], ""),
        (f"<function=weather>{json.dumps(ARGUMENTS)}</function>", [WEATHER], ""),
        (f"ok <function=weather>{json.dumps(ARGUMENTS)}", [WEATHER], "ok"),
        ("<function=now></function>", [("now", {})], ""),
        # JSON and nothing else
        (CALL, [WEATHER], ""),
        (f"  [{CALL}]\n", [WEATHER], ""),
        (f"{CALL}\n{CALL}", [WEATHER] * 2, ""),
        (f"{CALL}; {CALL}", [WEATHER] * 2, ""),
        (f"```json\n{CALL}\n```", [WEATHER], ""),
        (f"```\n[{CALL}]\n```\n", [WEATHER], ""),
        (f"I call a tool.\n```json\n{CALL}\n```", [WEATHER], "I call a tool."),
        (BARE, [WEATHER], ""),
        (f"{BARE}\n{BARE}", [WEATHER] * 2, ""),
        (f"[TOOL_CALLS][{CALL}, {CALL}]", [WEATHER] * 2, ""),
        (f"[TOOL_CALLS] [{CALL}]", [WEATHER], ""),
        # shapes of a call
        ('{"name": "now", "parameters": {}}', [("now", {})], ""),
        ('{"name": "now", "input": {"x": 1}}', [("now", {"x": 1})], ""),
        ('{"name": "now", "arguments": null}', [("now", {})], ""),
        ('{"name": "now", "arguments": "{\\"x\\": 1}"}', [("now", {"x": 1})], ""),
        ('{"name": "now", "arguments": ""}', [("now", {})], ""),
        ('{"arguments": {"x": 1}, "name": "now"}', [("now", {"x": 1})], ""),
        ('{"type": "function", "name": "now", "parameters": {}}', [("now", {})], ""),
        ('{"id": "c", "function": {"name": "now", "arguments": {}}}', [("now", {})], ""),
        ('{"function": "now", "parameters": {}}', [("now", {})], ""),
        ('{"name": "now", "arguments": {"x": "line\nend"}}', [("now", {"x": "line\nend"})], ""),
    ],
)  # fmt: skip
def test_leaked_calls_are_recovered(text: str, calls: list[Any], said: str) -> None:
    for pieces in every_cut(text):
        events = feed_one_by_one(LeakedCalls(TOOLS), *pieces, Usage(1, 1))
        assert leaked(events) == calls
        assert text_of(events) == said


@pytest.mark.parametrize(
    "text",
    [
        OTHER,
        f"<tool_call>{OTHER}</tool_call>",
        f"Look: <tool_call>{OTHER}</tool_call> done",
        f"```json\n{OTHER}\n```",
        f"[{CALL}, {OTHER}]",
        f"<tool_call>{CALL}{OTHER}</tool_call>",
        "<function=unknown>{}</function>",
        "<function=now><parameter=x>1</function>",
        "<function=now>[1]</function>",
        "<function=now>{}{}</function>",
        "<tool_call>tomorrow</tool_call>",
        "<tool_call></tool_call>",
        "<tool_call>" * 300,
        "The tag <tool_call> begins a call, </tool_call> ends it.",
        f"Such as {CALL}.",
        f"{CALL} is how.",
        '{"name": "now"}',
        '{"name": "now", "arguments": [1]}',
        '{"name": "now", "arguments": "text"}',
        '{"name": "now", "arguments": {"x": 1}',
        '{"name": 5, "arguments": {}}',
        '{"type": "function", "function": {}, "arguments": {}}',
        '{"type": "function", "value": 1}',
        '{"id": "c", "answer": 42}',
        '{"answer": 42}',
        '[{"answer": 42}]',
        "[1] is a footnote",
        "[[1]]",
        "{}",
        "{",
        "[TOOL_CALLS]",
        "<|python_tag|>print(1)",
        "```python\nprint('now')\n```\nand ```json\n[1]\n``` too",
        "json is a format",
        "```",
        "```json",
        "a ` b `` c ``` d",
        " < <t <tool <function <function= ",
        "  \n ",
        "",
        "Plain text \n with < and > and ` in it\n\n",
    ],
)
def test_leaves_everything_else_as_text(text: str) -> None:
    for pieces in every_cut(text) if len(text) < 500 else [[text], list(text)]:
        events = feed_one_by_one(LeakedCalls(TOOLS), *pieces, Usage(1, 1))
        assert leaked(events) == []
        assert text_of(events) == text


@pytest.mark.parametrize(
    ("text", "given_at_once"),
    [
        ("Plain", "Plain"),
        ("Plain ", "Plain"),
        ('{"answer', '{"answer'),
        ('{"nam', ""),
        ('{"name": "unk', '{"name": "unk'),
        ('{"name": "weather_m', ""),
        ('{"name": "weather_x', '{"name": "weather_x'),
        ("[1", "[1"),
        ("```py", "```py"),
        ("```js", ""),
        ("a <tool", "a"),
        ("a <toolbox", "a <toolbox"),
        ("a <tool_call>no", "a"),
        ("a <tool_call>not", "a <tool_call>not"),
        ('a <tool_call>{"name": "now"', "a"),
        ('a <tool_call>{"name": "other"', 'a <tool_call>{"name": "other"'),
        ("a <function=no", "a"),
        ("a <function=x", "a <function=x"),
        ("a <tool_call><func", "a"),
        ("<|python_tag|>pri", "<|python_tag|>pri"),
    ],
)
def test_text_is_held_no_longer_than_needed(text: str, given_at_once: str) -> None:
    stage = LeakedCalls(TOOLS)
    events = [event for character in text for event in stage.feed([character])]
    assert text_of(events) == given_at_once
    assert text_of([*events, *stage.close()]) == text


def test_passes_on_a_tagged_call_once_it_is_complete() -> None:
    stage = LeakedCalls(TOOLS)
    assert leaked(stage.feed([f"a <tool_call>{CALL}</tool_call>"])) == [WEATHER]
    assert stage.feed(["\n b"]) == ["b"]


def test_calls_that_the_model_makes_end_the_search() -> None:
    start = ToolStart(0, "a", "now")
    held = '{"name": "now", "argu'
    assert feed_one_by_one(LeakedCalls(TOOLS), held, start, CALL) == [held, start, CALL]
    assert feed_one_by_one(LeakedCalls(TOOLS), held, BROKEN, close=False) == [held, BROKEN]
    token = Token("x", {})
    assert feed_one_by_one(LeakedCalls(TOOLS), held, token, CALL) == [held, token, CALL]


def test_recovered_calls_and_made_ones_are_counted_together() -> None:
    tagged_call = f"<tool_call>{CALL}</tool_call>"
    made: list[Event] = [ToolStart(0, "a", "now"), ToolArguments(0, "{}")]
    events = feed_one_by_one(LeakedCalls(TOOLS), tagged_call, *made)
    assert leaked(events) == [WEATHER, ("now", {})]


TAGGED = f"<tool_call>{CALL}</tool_call>"


def test_a_call_in_the_thinking_is_made_at_the_end() -> None:
    stage = LeakedCalls(TOOLS)
    assert stage.feed([Reasoning(f"Hm. {TAGGED}\n"), "\n", Finish("stop")]) == [
        Reasoning("Hm."),
        Finish("stop"),
    ]
    assert leaked(stage.close()) == [WEATHER]


@pytest.mark.parametrize(
    ("behind", "calls", "said"),
    [
        (["No."], [], "No."),
        (["No.", Finish("stop")], [], "No."),
        (["I'll look.", Finish("tool_calls")], [WEATHER], "I'll look."),
        (["<tool_call>", '{"name": "now", "arguments": {}}</tool_call>'], [("now", {})], ""),
        ([ToolStart(0, "a", "now"), ToolArguments(0, "{}")], [("now", {})], ""),
        ([Token("No.", {})], [], "No."),
        ([Reasoning(" So:"), TAGGED], [WEATHER], ""),
    ],
)
def test_a_draft_in_the_thinking_is_no_call(
    behind: list[Event], calls: list[Any], said: str
) -> None:
    events = feed_one_by_one(LeakedCalls(TOOLS), Reasoning("Hm."), Reasoning(f" {TAGGED}"), *behind)
    assert leaked(events) == calls
    assert text_of(events) == said
    assert reasoning_of(events).replace("So:", "") == f"Hm. {TAGGED}"


def test_drafts_are_released_before_a_failure() -> None:
    events = feed_one_by_one(LeakedCalls(TOOLS), Reasoning(TAGGED), "<tool", BROKEN, close=False)
    assert events == [Reasoning(TAGGED), "<tool", BROKEN]


scraps = st.sampled_from(
    ["<tool_call>", "</tool_call>", "<function=now>", "<function=", "</function>", "```", "json"]
    + [CALL, OTHER, '{"name": "', "now", '", "arguments": {}}', "{", "}", "[", "]", '"', " ", "\n"]
    + ["[TOOL_CALLS]", "<|python_tag|>", "<", "a b", ";", ","]
)


@given(st.lists(scraps, max_size=8).map("".join), cuts)
def test_leaked_calls_do_not_depend_on_the_pieces(text: str, cuts: list[int]) -> None:
    one = feed_one_by_one(LeakedCalls(TOOLS), text)
    many = feed_one_by_one(LeakedCalls(TOOLS), *cut(text, cuts))
    assert leaked(one) == leaked(many)
    assert text_of(one) == text_of(many)
    if not leaked(one):
        assert text_of(one) == text


@given(st.text(max_size=40), cuts)
def test_other_text_passes_unchanged(text: str, cuts: list[int]) -> None:
    events = feed_one_by_one(LeakedCalls(TOOLS), *cut(text, cuts))
    assert text_of(events) == text


BLOCKS = [
    "<function=x>",
    "<function=f>",
    "<function=",
    "<tool_call>",
    "<tool_call> <function=x>",
    "```",
    "``` \n",
    "` ",
    "<",
    " ",
    "\n<",
    "a  ",
    '<tool_call>{"name":"f","arguments":{}}</tool_call>\n',
    '<tool_call>{"name":"f"}</tool_call>',
    '<function=f>{"a":"<b>`"}</function>',
    '```json\n{"name":"f","arguments":{}}```',
    "```json" + " " * 300,
]
"""Each over and over."""
OPENINGS = [
    "",
    '{"name":"f","arguments":',
    '<function=f>{"a":"',
    '<tool_call>{"name":"f",',
    "Well,",
]
"""What may stand before that."""


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("whole", [False, True])
def test_takes_steps_linear_in_the_answer(whole: bool, block: str, opening: str) -> None:
    def read(size: int) -> None:
        text = opening + (block * size)[:size]
        pieces = [CountedText(text)] if whole else map(CountedText, text)
        feed_one_by_one(LeakedCalls(DeclaredTools([{"name": "f"}, {"name": "g"}])), *pieces)

    assert_linear(read, 1000)


@pytest.mark.parametrize(
    "opening", ['{"name":"f","arguments":"', '<tool_call>{"name":"f",', "Well,"]
)
@pytest.mark.parametrize("piece", ["abc", " "])
def test_what_is_too_long_for_a_call_is_text(
    monkeypatch: pytest.MonkeyPatch, opening: str, piece: str
) -> None:
    monkeypatch.setattr("workers_ai.text.stages.leaked_calls.HELD_CHARACTERS", 300)
    stage = LeakedCalls(TOOLS)
    events = [event for text in [opening, *[piece] * 700] for event in stage.feed([text])]
    assert len(text_of(events)) >= 600
    assert text_of(events + stage.close()) == opening + piece * 700
