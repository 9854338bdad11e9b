import json
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import truncated
from workers_ai.text.events import (
    Event,
    Failure,
    Finish,
    Reasoning,
    Token,
    ToolArguments,
    ToolStart,
    Usage,
)
from workers_ai.text.stages import (
    Ending,
    HideReasoning,
    LeakedCalls,
    ReasoningInText,
    Stage,
    Stop,
    Thinking,
    through,
)

BROKEN = Failure(truncated())


def run(stage: Stage, *events: Event, closed: bool = True) -> list[Event]:
    """The events fed one by one, as a stream has them."""
    out = [given for event in events for given in stage.feed([event])]
    return out + stage.close() if closed else out


def text_of(events: Iterable[Event]) -> str:
    parts = (e.text if isinstance(e, Token) else e for e in events if isinstance(e, str | Token))
    return "".join(parts)


def thought_of(events: Iterable[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Reasoning))


def cut(text: str, cuts: Iterable[int]) -> list[str]:
    places = sorted({0, len(text), *(cut % (len(text) + 1) for cut in cuts)})
    return [text[start:end] for start, end in pairwise(places)]


cuts = st.lists(st.integers(0, 300), max_size=12)


def all_cuts(text: str) -> list[list[str]]:
    """Whole, every split in two, and character by character."""
    return [[text], list(text), *([text[:at], text[at:]] for at in range(1, len(text)))]


# --- Thinking --------------------------------------------------------------------------------


def thinking(opened: bool = False, whole: bool = False, may_think: bool = False) -> Thinking:
    return Thinking(opened=opened, limit=100, whole=whole, may_think=may_think)


@pytest.mark.parametrize(
    ("text", "thought", "said"),
    [
        ("<think>Hm.</think>Yes", "Hm.", "Yes"),
        ("<think>\nHm.\n\nWell.\n</think>\n\nYes\n", "Hm.\n\nWell.", "Yes\n"),
        ("\n <think>Hm.</think> Yes", "Hm.", "Yes"),
        ("<think>\n\n</think>\n\nYes", "", "Yes"),
        ("<think></think>", "", ""),
        ("<think>a < b </ think> c</think>d", "a < b </ think> c", "d"),
        ("<think>a<think>b</think>c</think>d", "a<think>b", "c</think>d"),
        ("<think>Hm.</think>a<think>b</think>c", "Hm.", "a<think>b</think>c"),
        ("<think>never closed </thi", "never closed </thi", ""),
        ("<think>", "", ""),
        ("  <thin", "", "  <thin"),
        ("<thinking>no</thinking>", "", "<thinking>no</thinking>"),
        ("Yes", "", "Yes"),
        (" \n Yes ", "", " \n Yes "),
        ("a <think>b</think>", "", "a <think>b</think>"),
        ("a</think>b", "", "a</think>b"),
        ("", "", ""),
    ],
)
def test_tagged_thinking(text: str, thought: str, said: str) -> None:
    for whole in (False, True):
        for pieces in all_cuts(text):
            events = run(thinking(whole=whole), *pieces)
            assert (thought_of(events), text_of(events)) == (thought, said)


@pytest.mark.parametrize(
    ("text", "thought", "said"),
    [
        ("Hm.</think>Yes", "Hm.", "Yes"),
        ("\nHm.\n</think>\n\nYes\n", "Hm.", "Yes\n"),
        ("\n</think>\n\nYes", "", "Yes"),
        ("</think>Yes", "", "Yes"),
        ("<think>Hm.</think>Yes", "Hm.", "Yes"),
        ("\n<think>\nHm.</think>Yes", "Hm.", "Yes"),
        ("a<think>b</think>c", "a<think>b", "c"),
        ("a</thi</think>b", "a</thi", "b"),
    ],
)
def test_thinking_opened_by_the_template(text: str, thought: str, said: str) -> None:
    for whole in (False, True):
        for pieces in all_cuts(text):
            events = run(thinking(opened=True, whole=whole), *pieces)
            assert (thought_of(events), text_of(events)) == (thought, said)


@pytest.mark.parametrize("text", ["The answer.\n", " <thin", "a</thin", "\n\n", ""])
def test_thinking_that_was_none(text: str) -> None:
    """The template opened it, but the model answered at once and ended by itself."""
    for pieces in all_cuts(text):
        events = run(thinking(opened=True), *pieces, Usage(5, 99))
        assert text_of(events) == text
        assert text.strip().startswith(thought_of(events))
    assert run(thinking(opened=True, whole=True), text, Usage(5, 99)) == [
        Usage(5, 99),
        *([text] if text else []),
    ]


@pytest.mark.parametrize("end", [Usage(5, 100), Finish("length")])
def test_thinking_cut_short(end: Event) -> None:
    for whole in (False, True):
        for pieces in all_cuts("\nHm. Well </th"):
            events = run(thinking(opened=True, whole=whole), *pieces, end)
            assert (thought_of(events), text_of(events)) == ("Hm. Well </th", "")
            assert end in events


def test_thinking_is_streamed() -> None:
    stage = thinking(opened=True)
    assert stage.feed(["Hm"]) == [Reasoning("Hm")]
    assert stage.feed([" well", " <"]) == [Reasoning(" well")]
    assert stage.feed(["3"]) == [Reasoning(" <3")]
    assert stage.feed(["</think>"]) == []
    assert stage.feed(["Yes", " "]) == ["Yes", " "]


def test_a_model_that_does_not_think_is_not_delayed() -> None:
    stage = thinking()
    assert stage.feed(["H"]) == ["H"]
    assert stage.feed(["<think>", "i"]) == ["<think>", "i"]


def test_the_service_tells_thinking_and_answer_apart() -> None:
    events: list[Event] = [Reasoning("Hm"), "</think> is a tag", Usage(1, 1)]
    for opened in (False, True):
        for whole in (False, True):
            assert run(thinking(opened, whole, True), *events) == events
            tokens: list[Event] = [Token("Yes", {}), Usage(1, 1)]
            assert run(thinking(opened, whole, True), *tokens) == tokens


def test_what_is_held_comes_before_other_events() -> None:
    call = ToolStart(0, "a", "f")
    assert run(thinking(), " <th", call) == [" <th", call]
    assert run(thinking(), " <th", BROKEN, closed=False) == [" <th", BROKEN]
    assert run(thinking(), "<think>a </th", BROKEN, closed=False) == [
        Reasoning("a"),
        Reasoning(" </th"),
        BROKEN,
    ]
    assert run(thinking(opened=True), "a </th", BROKEN, closed=False) == [
        Reasoning("a"),
        Reasoning(" </th"),
        BROKEN,
    ]
    assert run(thinking(opened=True, whole=True), "a", call, "b") == [call, "ab"]
    assert run(thinking(), "<think>a</think>\n", call, "b") == [Reasoning("a"), call, "b"]


def test_a_closing_tag_alone_on_its_line_is_enough_in_a_whole_answer() -> None:
    def read(text: str, **more: bool) -> tuple[str, str]:
        events = run(thinking(whole=True, **more), text)
        return thought_of(events), text_of(events)

    assert read("Hm.\n</think>\n\nYes", may_think=True) == ("Hm.", "Yes")
    assert read("Hm.\n</think>", may_think=True) == ("Hm.", "")
    inside = "The tag `</think>` ends it.\n</think >"
    assert read(inside, may_think=True) == ("", inside)
    assert read("Hm.\n</think>\n\nYes") == ("", "Hm.\n</think>\n\nYes")


tags = st.sampled_from(["<think>", "</think>", "<", "<th", "</", "think>", " ", "\n", "a", "Yes"])
tagged = st.lists(tags, max_size=10).map("".join)


@given(tagged, cuts, st.booleans(), st.sampled_from([Usage(5, 9), Usage(5, 100)]))
@example("<think>a<think>b", [8], False, Usage(5, 9))
def test_thinking_does_not_depend_on_the_pieces(
    text: str, cuts: list[int], opened: bool, end: Usage
) -> None:
    (one, many, whole) = (
        run(stage, *pieces, end)
        for stage, pieces in (
            (thinking(opened), [text]),
            (thinking(opened), cut(text, cuts)),
            (thinking(opened, whole=True), [text]),
        )
    )
    assert text_of(one) == text_of(many) == text_of(whole)
    assert thought_of(one).rstrip() == thought_of(many).rstrip()
    if not (opened and "</think>" not in text):
        assert thought_of(one) == thought_of(whole)
    if not opened and not text.lstrip().startswith("<think>"):
        assert text_of(one) == text


# --- reasoning in the answer -----------------------------------------------------------------


def test_hidden_reasoning() -> None:
    events: list[Event] = [Reasoning("a"), "b", Usage(1, 2)]
    assert run(HideReasoning(), *events) == ["b", Usage(1, 2)]


def test_raw_reasoning() -> None:
    thoughts: list[Event] = [Reasoning("a"), Usage(0, 1), Reasoning("b"), Usage(0, 1)]
    before: list[Event] = ["<think>a", Usage(0, 1), "b", Usage(0, 1)]
    close = "</think>\n\n"
    assert run(ReasoningInText(), *thoughts, "c", "d") == [*before, close, "c", "d"]
    assert run(ReasoningInText(), *thoughts) == [*before, close]
    assert run(ReasoningInText(), *thoughts, Finish("stop")) == [*before, close, Finish("stop")]
    assert run(ReasoningInText(), "c") == ["c"]
    assert run(ReasoningInText(), Reasoning("a"), BROKEN)[-1] == BROKEN


@given(st.text(min_size=1).filter(lambda text: text.strip() == text), cuts)
def test_raw_reasoning_is_what_was_taken_out(thought: str, cuts: list[int]) -> None:
    text = f"<think>{thought}</think>\n\nYes"
    if "</think>" in thought:
        return
    stages: list[Stage] = [thinking(), ReasoningInText()]
    events = [e for piece in cut(text, cuts) for e in through(stages, [piece], last=False)]
    assert text_of([*events, *through(stages, [], last=True)]) == text


# --- LeakedCalls -----------------------------------------------------------------------------

NAMES = {"weather", "now", "weather_map"}
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
    for pieces in all_cuts(text):
        events = run(LeakedCalls(NAMES), *pieces, Usage(1, 1))
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
        "<function=now><parameter=x>1</parameter></function>",
        "<function=now>[1]</function>",
        "<function=now>{}{}</function>",
        "<tool_call>now</tool_call>",
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
def test_what_is_no_call_of_a_declared_tool_stays_as_it_is(text: str) -> None:
    for pieces in all_cuts(text) if len(text) < 500 else [[text], list(text)]:
        events = run(LeakedCalls(NAMES), *pieces, Usage(1, 1))
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
        ("a <tools", "a <tools"),
        ("a <tool_call>no", "a <tool_call>no"),
        ('a <tool_call>{"name": "now"', "a"),
        ('a <tool_call>{"name": "other"', 'a <tool_call>{"name": "other"'),
        ("a <function=no", "a"),
        ("a <function=x", "a <function=x"),
        ("a <tool_call><func", "a"),
        ("<|python_tag|>pri", "<|python_tag|>pri"),
    ],
)
def test_text_is_held_no_longer_than_needed(text: str, given_at_once: str) -> None:
    stage = LeakedCalls(NAMES)
    events = [event for character in text for event in stage.feed([character])]
    assert text_of(events) == given_at_once
    assert text_of([*events, *stage.close()]) == text


def test_a_call_in_tags_is_given_when_it_is_complete() -> None:
    stage = LeakedCalls(NAMES)
    assert leaked(stage.feed([f"a <tool_call>{CALL}</tool_call>"])) == [WEATHER]
    assert stage.feed(["\n b"]) == ["b"]


def test_calls_that_the_model_makes_end_the_search() -> None:
    start = ToolStart(0, "a", "now")
    held = '{"name": "now", "argu'
    assert run(LeakedCalls(NAMES), held, start, CALL) == [held, start, CALL]
    assert run(LeakedCalls(NAMES), held, BROKEN, closed=False) == [held, BROKEN]
    token = Token("x", {})
    assert run(LeakedCalls(NAMES), held, token, CALL) == [held, token, CALL]


def test_recovered_calls_and_made_ones_are_counted_together() -> None:
    tagged_call = f"<tool_call>{CALL}</tool_call>"
    made: list[Event] = [ToolStart(0, "a", "now"), ToolArguments(0, "{}")]
    events = run(LeakedCalls(NAMES), tagged_call, *made)
    assert leaked(events) == [WEATHER, ("now", {})]


scraps = st.sampled_from(
    ["<tool_call>", "</tool_call>", "<function=now>", "<function=", "</function>", "```", "json"]
    + [CALL, OTHER, '{"name": "', "now", '", "arguments": {}}', "{", "}", "[", "]", '"', " ", "\n"]
    + ["[TOOL_CALLS]", "<|python_tag|>", "<", "a b", ";", ","]
)


@given(st.lists(scraps, max_size=8).map("".join), cuts)
def test_leaked_calls_do_not_depend_on_the_pieces(text: str, cuts: list[int]) -> None:
    one = run(LeakedCalls(NAMES), text)
    many = run(LeakedCalls(NAMES), *cut(text, cuts))
    assert leaked(one) == leaked(many)
    assert text_of(one) == text_of(many)
    if not leaked(one):
        assert text_of(one) == text


@given(st.text(max_size=40), cuts)
def test_other_text_passes_unchanged(text: str, cuts: list[int]) -> None:
    events = run(LeakedCalls(NAMES), *cut(text, cuts))
    assert text_of(events) == text


# --- Stop ------------------------------------------------------------------------------------


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
def test_stop_sequences(sequences: list[str], text: str, said: str, stopped: bool) -> None:
    for pieces in all_cuts(text):
        for tokens in (False, True):
            given: list[Event] = [Token(p, {"content": [p]}) if tokens else p for p in pieces]
            stage = Stop(sequences)
            events = run(stage, *given)
            assert text_of(events) == said
            assert stage.done is stopped
            ends = [event for event in events if isinstance(event, Finish)]
            assert [end.reason for end in ends] == ["stop"] * stopped
            assert all(end.stop_sequence in sequences for end in ends)


def test_text_is_held_only_while_it_may_be_a_stop() -> None:
    stage = Stop(["END", "\n\n"])
    assert stage.feed(["a", "bE"]) == ["a", "b"]
    assert text_of(stage.feed(["N"])) == ""
    assert text_of(stage.feed(["O\n"])) == "ENO"
    assert stage.close() == ["\n"]


def test_log_probabilities_stay_with_tokens_that_are_held() -> None:
    tokens = [Token(text, {"content": [text]}) for text in ("a", "E", "N", "x", "")]
    assert run(Stop(["END"]), *tokens) == tokens
    assert run(Stop(["END"]), *tokens[:3]) == tokens[:3]
    assert run(Stop(["END"]), Token("aE", {}), Token("ND", {})) == ["a", Finish("stop", "END")]


def test_nothing_but_usage_follows_a_stop() -> None:
    stage = Stop(["END"])
    rest: list[Event] = ["b", Reasoning("c"), ToolStart(0, "a", "f"), Finish("length"), Usage(1, 1)]
    assert run(stage, "aEND b", *rest) == ["a", Finish("stop", "END"), Usage(1, 1)]
    # A failure behind it came too late: a stream is not read that far.
    assert run(Stop(["END"]), "aEND", BROKEN) == ["a", Finish("stop", "END")]


def test_what_is_held_comes_before_calls_and_failures() -> None:
    start = ToolStart(0, "a", "f")
    assert run(Stop(["END"]), "EN", start) == ["EN", start]
    assert run(Stop(["END"]), "EN", BROKEN, closed=False) == ["EN", BROKEN]
    # Not so these, which a sequence may lie around.
    stage = Stop(["END"])
    assert run(stage, "E", Usage(1, 1), "N", Reasoning("x"), Finish("stop"), "D") == [
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
        stage = Stop(stops)
        events = run(stage, *pieces)
        assert text_of(events) == expected
        assert stage.done is bool(ends)


# --- Ending ----------------------------------------------------------------------------------


def ending(*events: Event, limit: int = 10) -> list[Event]:
    return run(Ending(limit=limit, prompt_tokens=lambda: 77), *events)


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
def test_why_an_answer_ended(events: Sequence[Event], reason: str) -> None:
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
def test_what_an_answer_cost(events: Sequence[Event], usage: Usage) -> None:
    assert ending(*events)[-1] == usage


def test_the_rest_passes_and_the_end_comes_last() -> None:
    events: list[Event] = ["a", Reasoning("b"), Token("c", {}), *CALLED]
    out = ending("a", Finish("stop"), Usage(1, 2), *events[1:])
    assert out == [*events, Finish("tool_calls"), Usage(1, 2)]


def test_a_failure_is_no_end() -> None:
    assert ending("a", Usage(1, 1), BROKEN) == ["a", BROKEN]


def test_a_prompt_is_only_estimated_where_that_is_needed() -> None:
    def never() -> int:
        raise AssertionError

    assert run(Ending(limit=1, prompt_tokens=never), Usage(3, 4))[-1] == Usage(3, 4)


# --- together --------------------------------------------------------------------------------


class Closing:
    """A stage that has something to say at the end."""

    def feed(self, events: list[Event]) -> list[Event]:
        return events

    def close(self) -> list[Event]:
        return ["late"]


def test_stages_close_in_turn_and_never_after_a_failure() -> None:
    stopped = Finish("stop", "ate")
    assert through([Closing(), Stop(["ate"])], ["a"], last=True) == ["a", "l", stopped]
    assert through([Closing(), Closing()], [], last=False) == []
    assert through([Closing(), Closing()], ["a", BROKEN], last=True) == ["a", BROKEN]
    # A stop sequence ends the answer before the failure; so the later stages do close.
    assert through([Stop(["x"]), Closing()], ["ax", BROKEN], last=True) == [
        "a",
        Finish("stop", "x"),
        "late",
    ]


def every_stage(opened: bool = False) -> list[Stage]:
    return [
        thinking(opened),
        LeakedCalls(NAMES),
        Stop(["\nUser:", "###"]),
        Ending(limit=9, prompt_tokens=lambda: 7),
    ]


MAKERS: tuple[Callable[[], list[Stage]], ...] = (every_stage, lambda: every_stage(opened=True))


@given(st.sampled_from(MAKERS), st.lists(tags | scraps, max_size=8).map("".join), cuts)
def test_a_truncated_answer_always_ends_with_its_failure(
    make: Callable[[], list[Stage]], text: str, cuts: list[int]
) -> None:
    stages = make()
    events = [e for piece in cut(text, cuts) for e in through(stages, [piece], last=False)]
    events += through(stages, [BROKEN], last=True)
    stopped = next(stage for stage in stages if isinstance(stage, Stop)).done
    assert (events[-1] == BROKEN) is not stopped
    assert events.count(BROKEN) == (not stopped)


@given(st.text(max_size=40), cuts)
def test_ordinary_text_passes_all_stages(text: str, cuts: list[int]) -> None:
    stages = every_stage()
    events = [e for piece in cut(text, cuts) for e in through(stages, [piece], last=False)]
    events += through(stages, [Usage(3, 4)], last=True)
    assert text_of(events) == text
    assert events[-2:] == [Finish("stop"), Usage(3, 4)]
