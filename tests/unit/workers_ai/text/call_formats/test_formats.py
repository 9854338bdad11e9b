"""Every format of the table, as the models write it."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.events import calls_of, feed_one_by_one, reasoning_of, text_of
from support.pieces import cut, cuts, every_cut
from support.steps import CountedText, assert_linear
from workers_ai.text.call_formats.declared import DeclaredTools
from workers_ai.text.call_formats.table import CLOSINGS, FORMATS, LISTS
from workers_ai.text.events import Event, Finish, Reasoning
from workers_ai.text.stages.leaked_calls import LeakedCalls

TOOLS = DeclaredTools(
    [
        {
            "name": "bash",
            "parameters": {
                "type": "object",
                "properties": {
                    "command": {"type": "string"},
                    "timeout": {"type": "integer"},
                    "lines": {"type": "array", "items": {"type": "string"}},
                    "quiet": {"anyOf": [{"type": "boolean"}, {"type": "null"}]},
                },
                "required": ["command"],
            },
        },
        {"name": "now", "parameters": {"type": "object", "properties": {}}},
    ]
)

LS = ("bash", {"command": "ls"})
LS_5 = ("bash", {"command": "ls", "timeout": 5})
NOW: tuple[str, dict[str, Any]] = ("now", {})
ALL = {"command": 'echo "a, {b}" > <c>\n', "timeout": 5, "lines": ["x", "y"], "quiet": True}
ALL_JSON = json.dumps(ALL)
WITH_ALL = ("bash", ALL)

FOUND: dict[str, tuple[str, list[tuple[str, Any]]]] = {
    # GLM
    "glm": (
        "<tool_call>bash<arg_key>command</arg_key><arg_value>ls</arg_value></tool_call>",
        [LS],
    ),
    "glm-4.5": (
        "<tool_call>bash\n<arg_key>command</arg_key>\n<arg_value>ls</arg_value>\n"
        "<arg_key>timeout</arg_key>\n<arg_value>5</arg_value>\n</tool_call>",
        [LS_5],
    ),
    "glm types": (
        "<tool_call>bash<arg_key>command</arg_key>"
        '<arg_value>echo "a, {b}" > <c>\n</arg_value><arg_key>timeout</arg_key>'
        "<arg_value>5</arg_value><arg_key>lines</arg_key><arg_value>[\"x\", \"y\"]</arg_value>"
        "<arg_key>quiet</arg_key><arg_value>True</arg_value></tool_call>",
        [WITH_ALL],
    ),
    "glm without arguments": ("<tool_call>now</tool_call>", [NOW]),
    "glm twice": (
        "<tool_call>bash<arg_key>command</arg_key><arg_value>ls</arg_value></tool_call>\n"
        "<tool_call>now</tool_call>",
        [LS, NOW],
    ),
    # gpt-oss
    "harmony": (
        '<|channel|>commentary to=functions.bash <|constrain|>json<|message|>{"command":"ls"}'
        "<|call|>",
        [LS],
    ),
    "harmony, recipient in the role": (
        "<|start|>assistant to=functions.bash<|channel|>commentary json<|message|>"
        '{"command":"ls"}<|call|>',
        [LS],
    ),
    "harmony, analysis": (
        '<|channel|>analysis to=functions.bash code<|message|>{"command":"ls"}<|call|>',
        [LS],
    ),
    "harmony twice": (
        '<|channel|>commentary to=functions.bash <|constrain|>json<|message|>{"command":"ls"}'
        "<|call|><|start|>assistant<|channel|>commentary to=functions.now <|constrain|>json"
        "<|message|>{}<|call|>",
        [LS, NOW],
    ),
    # Gemma
    "gemma": ('<|tool_call>call:bash{command:<|"|>ls<|"|>}<tool_call|>', [LS]),
    "gemma types": (
        '<|tool_call>call:bash{command:<|"|>echo "a, {b}" > <c>\n<|"|>,lines:[<|"|>x<|"|>,'
        '<|"|>y<|"|>],quiet:true,timeout:5}<tool_call|><|tool_call>call:now{}<tool_call|>',
        [WITH_ALL, NOW],
    ),
    "gemma, bare words and JSON's strings": (
        '<|tool_call>call:bash{command: ls, lines: ["x", y],}<tool_call|>',
        [("bash", {"command": "ls", "lines": ["x", "y"]})],
    ),
    "gemma 3": ("```tool_code\nprint(default_api.bash(command='ls'))\n```", [LS]),
    # Qwen, Nemotron
    "qwen": ("<function=bash><parameter=command>ls</parameter></function>", [LS]),
    "qwen3-coder": (
        "<tool_call>\n<function=bash>\n<parameter=command>\nls\n</parameter>\n"
        "<parameter=timeout>\n5\n</parameter>\n</function>\n</tool_call>",
        [LS_5],
    ),
    "qwen3-coder, no opening": (
        "<function=bash>\n<parameter=command>\nls\n</parameter>\n</function>\n</tool_call>",
        [LS],
    ),
    "qwen3-coder, elements in a value": (
        "<tool_call><function=bash><parameter=command>\n<p>\n</parameter> </p>\n</parameter>"
        "</function></tool_call>",
        [("bash", {"command": "<p>\n</parameter> </p>"})],
    ),
    "hermes": (
        f'<tool_call>\n{{"name": "bash", "arguments": {ALL_JSON}}}\n</tool_call>',
        [WITH_ALL],
    ),
    "hermes, the tag in a string": (
        '<tool_call>{"name": "bash", "arguments": {"command": "</tool_call>"}}</tool_call>',
        [("bash", {"command": "</tool_call>"})],
    ),
    "qwen2.5-coder": ('<tools>{"name": "bash", "arguments": {"command": "ls"}}</tools>', [LS]),
    "nemotron": ('<TOOLCALL>[{"name":"bash","arguments":{"command":"ls"}}]</TOOLCALL>', [LS]),
    # Granite, Mistral, Llama
    "granite": ('<|tool_call|>[{"name":"bash","arguments":{"command":"ls"}}]', [LS]),
    "mistral": ('[TOOL_CALLS]bash[ARGS]{"command":"ls"}', [LS]),
    "mistral twice": (
        '[TOOL_CALLS]bash[CALL_ID]a1B2c3[ARGS]{"command":"ls"}[TOOL_CALLS]now{}',
        [LS, NOW],
    ),
    "mistral, list": (
        '[TOOL_CALLS] [{"name": "bash", "arguments": {"command": "ls"}}, '
        '{"name": "now", "arguments": {}}]</s>',
        [LS, NOW],
    ),
    "llama": (
        '<|python_tag|>{"name": "bash", "parameters": {"command": "ls"}}; '
        '{"name": "now", "parameters": {}}<|eom_id|>',
        [LS, NOW],
    ),
    "llama, built-in": ('<|python_tag|>bash.call(command="ls")<|eom_id|>', [LS]),
    "llama, custom": ('<function=bash>{"command": "ls"}</function>', [LS]),
    "llama 4": (
        "<|python_start|>[bash(command='ls', timeout=5), now()]<|python_end|>",
        [LS_5, NOW],
    ),
    # DeepSeek, Kimi, MiniMax, Apertus
    "deepseek r1": (
        "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>bash\n```json\n"
        '{"command": "ls"}\n```<｜tool▁call▁end｜>\n'
        "<｜tool▁call▁begin｜>function<｜tool▁sep｜>now\n"
        "```json\n{}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜><｜end▁of▁sentence｜>",
        [LS, NOW],
    ),
    "deepseek v3.1": (
        '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>bash<｜tool▁sep｜>{"command": "ls"}'
        "<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
        [LS],
    ),
    "deepseek v3.2": (
        '<｜DSML｜function_calls>\n<｜DSML｜invoke name="bash">\n<｜DSML｜parameter name="command" '
        'string="true">ls</｜DSML｜parameter>\n<｜DSML｜parameter name="timeout" string="false">5'
        "</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>",
        [LS_5],
    ),
    "deepseek v4": (
        '<｜｜DSML｜｜ calls>\n<｜｜DSML｜｜ invoke name="bash">\n<｜｜DSML｜｜ parameter '
        'name="command" string="true">ls</｜｜DSML｜｜ parameter>\n'
        "</｜｜DSML｜｜ invoke>\n</｜｜DSML｜｜ calls>",
        [LS],
    ),
    "kimi": (
        "<|tool_calls_section_begin|><|tool_call_begin|>functions.bash:0"
        '<|tool_call_argument_begin|>{"command": "ls"}<|tool_call_end|><|tool_call_begin|>'
        "functions.now:1<|tool_call_argument_begin|>{}<|tool_call_end|><|tool_calls_section_end|>",
        [LS, NOW],
    ),
    "minimax": (
        '<minimax:tool_call>\n<invoke name="bash">\n<parameter name="command">ls</parameter>\n'
        '<parameter name="timeout">5</parameter>\n</invoke>\n</minimax:tool_call>',
        [LS_5],
    ),
    "invoke with elements": ('<invoke name="bash">\n  <command>ls</command>\n</invoke>', [LS]),
    "apertus": ('<|tools_prefix|>[{"bash": {"command": "ls"}}, {"now": {}}]<|tools_suffix|>',
                [LS, NOW]),
    "fenced": ('```json\n{"name": "bash", "arguments": {"command": "```"}}\n```',
               [("bash", {"command": "```"})]),
    # Names
    "namespace": ('<tool_call>{"name": "functions.bash", "arguments": {"command": "ls"}}'
                  "</tool_call>", [LS]),
    "channel": ('<tool_call>{"name": "bash<|channel|>commentary", "arguments": {"command": "ls"}}'
                "</tool_call>", [LS]),
    "JSON in JSON": ('<tool_call>{"name": "bash", "arguments": "{\\"command\\": \\"ls\\"}"}'
                     "</tool_call>", [LS]),
    "JSON in JSON in JSON": (
        '<tool_call>{"name": "bash", "arguments": '
        + json.dumps(json.dumps(json.dumps({"command": "ls"}))) + "}</tool_call>", [LS]),
}  # fmt: skip

ALONE = {
    "json": ('{"name": "functions.bash", "arguments": {"command": "ls"}}</tool_call>', [LS]),
    "python": ('[bash(command="ls"), now()]', [LS, NOW]),
    "mistral": ('bash[ARGS]{"command": "ls"}', [LS]),
    "glm": ("bash<arg_key>command</arg_key><arg_value>ls</arg_value></tool_call>", [LS]),
    "gemma": ("call:bash{command:ls}", [LS]),
    "harmony": ('commentary to=functions.bash json{"command":"ls"}', [LS]),
    "harmony after the prompt's start": (
        ' to=functions.bash<|channel|>commentary <|constrain|>json<|message|>{"command":"ls"}'
        "<|call|>",
        [LS],
    ),
}


def leaked(events: Sequence[Event]) -> list[tuple[str, Any]]:
    return [(call.name, json.loads(call.arguments)) for call in calls_of(events)]


@pytest.mark.parametrize(("text", "calls"), FOUND.values(), ids=FOUND.keys())
def test_recovers_calls_from_the_answer(text: str, calls: list[Any]) -> None:
    for before, behind in (("", ""), ("Let me look.\n\n", ""), ("Look:", "\nDone, <b>.")):
        for pieces in every_cut(before + text + behind):
            events = feed_one_by_one(LeakedCalls(TOOLS), *pieces)
            assert leaked(events) == calls
            assert text_of(events) == before.rstrip() + behind.lstrip()


@pytest.mark.parametrize(("text", "calls"), FOUND.values(), ids=FOUND.keys())
def test_recovers_calls_from_the_thinking(text: str, calls: list[Any]) -> None:
    for before, behind in (("", ""), ("I'll look. ", "\nYes.")):
        for pieces in every_cut(before + text + behind):
            events = feed_one_by_one(LeakedCalls(TOOLS), *map(Reasoning, pieces), Finish("stop"))
            assert leaked(events) == calls
            assert reasoning_of(events) == before.rstrip() + behind.lstrip()
            assert text_of(events) == ""


@pytest.mark.parametrize(("text", "calls"), ALONE.values(), ids=ALONE.keys())
def test_recovers_an_answer_that_is_only_what_remains_of_calls(text: str, calls: list[Any]) -> None:
    for pieces in every_cut(text):
        events = feed_one_by_one(LeakedCalls(TOOLS), *pieces)
        assert leaked(events) == calls
        assert text_of(events) == ""
    for other in (f"Look: {text}", f"{text} is how."):
        events = feed_one_by_one(LeakedCalls(TOOLS), *other)
        assert (leaked(events), text_of(events)) == ([], other)


@pytest.mark.parametrize(
    ("text", "calls"),
    [*FOUND.values(), *ALONE.values()],
    ids=[*FOUND, *(f"{name} alone" for name in ALONE)],
)
def test_calls_of_other_tools_stay_text(text: str, calls: list[Any]) -> None:
    others = DeclaredTools([{"name": "bas"}, {"name": "bashful"}, {"name": "no"}])
    for pieces in every_cut(f"a {text}\n"):
        events = feed_one_by_one(LeakedCalls(others), *pieces)
        assert (calls_of(events), text_of(events)) == ([], f"a {text}\n")
        thoughts = feed_one_by_one(LeakedCalls(others), *map(Reasoning, pieces))
        assert (calls_of(thoughts), reasoning_of(thoughts)) == ([], f"a {text}\n")


@pytest.mark.parametrize("text", [text for text, _ in FOUND.values()], ids=FOUND.keys())
def test_loses_nothing_of_a_call_that_is_cut_short(text: str) -> None:
    for end in range(1, len(text)):
        stage = LeakedCalls(TOOLS)
        events = [event for piece in text[:end] for event in stage.feed([piece])]
        events += [*stage.feed([Finish("length")]), *stage.close()]
        calls = leaked(events)
        if not calls:
            assert text_of(events) == text[:end]
        assert all(set(arguments) != {"timeout"} for _, arguments in calls)


@pytest.mark.parametrize(
    "text",
    [
        "<tool_call>bash</tool_call>",
        "<tool_call>bash<arg_key>command</arg_key></tool_call>",
        "<tool_call>bash<arg_key>command</arg_key><arg_value>ls</tool_call>",
        "<tool_call>bash<arg_key>command</arg_key>and<arg_value>ls</arg_value></tool_call>",
        "<function=bash></function>",
        "<function=bash>ls</function>",
        '<invoke name="bash">ls</invoke>',
        '<invoke name="bash"></invoke>',
        '<invoke name="bash"><other>ls</other></invoke>',
        '<invoke name="bash"><parameter name="command" string="false">ls</parameter></invoke>',
        "<|tool_call>call:bash{command:}<tool_call|>",
        "<|tool_call>call:bash{ls}<tool_call|>",
        "<|tool_call>call:bash ls<tool_call|>",
        "<|channel|>commentary to=functions.bash <|message|>ls<|call|>",
        "<|channel|>final<|message|>text",
        "[TOOL_CALLS]bash[ARGS]ls",
        "[TOOL_CALLS]bash[ARGS]" + "x" * 500 + "{}",
        "<|python_tag|>bash.call('ls')",
        "<|python_start|>[bash()()]",
        "<|tool_call>c all:now{}<tool_call|>",
        '<invoke name="now" x></invoke>',
        "<｜tool▁call▁begin｜>now<｜tool▁sep｜>{}{}<｜tool▁call▁end｜>",
        "<tool_call><function=now></function><function=other></function></tool_call>",
        "<｜tool▁call▁begin｜>function<｜tool▁sep｜>now```{}```<｜tool▁call▁end｜>",
        '<tool_call>{"name": "now", "arguments": [1]}</tool_call>',
        '<tool_call>{"name": "now"</tool_call>',
        '<tool_call>{"type": "function", 5}</tool_call>',
        '<tool_call>[{"name": "now", "arguments": {}}, 5]</tool_call>',
        '<tool_call>{"name": "now", "arguments": "[1]"}</tool_call>',
        '<|tools_prefix|>[{"now": {}}, 5]<|tools_suffix|>',
        '<tool_call><function=bash>[{"command": "ls"}]</function></tool_call>',
        "<tool_call><function=bash><parameter=command>ls</parameter></function> and"
        "<function=other></function></tool_call>",
        "<|channel|>commentary to=functions.now<|message|>{]",
        "<|python_start|>[bash(command=ls(1))]",
        "<|tool_call_begin|>functions.bash:0<|tool_call_argument_begin|>[1]",
        '<|tools_prefix|>[{"bash": "ls"}]<|tools_suffix|>',
        "<|tool_calls_section_begin|> and <|tool_calls_section_end|>",
        "<function_calls>\n<function_calls>",
        "A [link](now), [TOOL_CALLS] and a list: [1, 2].",
        "to=functions.now is a recipient",
        "call: now",
        "[now] and later",
        "now",
    ],
)
def test_what_is_no_call_stays_text(text: str) -> None:
    for pieces in every_cut(text) if len(text) < 300 else [[text], list(text)]:
        events = feed_one_by_one(LeakedCalls(TOOLS), *pieces)
        assert (calls_of(events), text_of(events)) == ([], text)


@pytest.mark.parametrize(
    ("text", "given_at_once"),
    [
        ("a <tool_call>bashf", "a <tool_call>bashf"),
        ("a <tool_call>bash<b", "a"),
        ("a <|channel|>final", "a"),
        ("a <|channel|>final.", "a <|channel|>final."),
        ("a <|channel|>commentary to=functions.x", "a <|channel|>commentary to=functions.x"),
        ("a <|tool_call>call:n", "a"),
        ("a <|tool_call>call:x", "a <|tool_call>call:x"),
        ("a [TOOL_CALLS]x", "a [TOOL_CALLS]x"),
        ("a [link", "a [link"),
        ("a [T", "a"),
        ('a <invoke name="x', 'a <invoke name="x'),
        ("bashing", "bashing"),
        ("call:x", "call:x"),
        ("<tool_call>now</tool_call>\n<b", "<b"),
        ("<tool_call>now</tool_call></tool", ""),
        ('<|tool_call|>{"name":"now","arguments":{}} ; x', "; x"),
    ],
)
def test_text_is_held_no_longer_than_needed(text: str, given_at_once: str) -> None:
    stage = LeakedCalls(TOOLS)
    events = [event for character in text for event in stage.feed([character])]
    assert text_of(events) == given_at_once


def test_every_format_says_where_it_is_published() -> None:
    assert all(row.source.startswith("https://") for row in FORMATS)
    assert len({row.name for row in FORMATS}) == len(FORMATS)


scraps = st.sampled_from(
    [opening for row in FORMATS for opening in row.openings]
    + [*LISTS, *CLOSINGS, "bash", "now", "functions.", '{"command": "ls"}', "{}", "[ARGS]", "call:"]
    + ["<arg_key>", "</arg_key>", "<arg_value>", "</arg_value>", "<parameter=command>", "json"]
    + ["</parameter>", ' name="now">', "commentary to=functions.now", "<|message|>", " ", ";", '"']
    + [
        '{"name": "now", "arguments": {}}',
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<｜tool▁sep｜>",
        "a",
        "\n",
    ]
)


@given(st.lists(scraps, max_size=10).map("".join), cuts, st.booleans())
def test_the_calls_do_not_depend_on_the_pieces(text: str, cuts: list[int], thinks: bool) -> None:
    def read(pieces: Sequence[str]) -> tuple[list[Any], str, str]:
        events = feed_one_by_one(
            LeakedCalls(TOOLS), *(map(Reasoning, pieces) if thinks else pieces)
        )
        return leaked(events), text_of(events), reasoning_of(events)

    calls, said, thought = read([text] if text else [])
    assert read(cut(text, cuts)) == (calls, said, thought)
    if not calls:
        assert (thought if thinks else said) == text


MARKS = ["[", "; ", '"', "{", "<|", "<arg_key>", "</arg_value>", "</parameter>", "<|message|>"]
BLOCKS = [
    *MARKS,
    *(text for text, _ in FOUND.values()),
    *(text.replace("bash", "x") for text, _ in FOUND.values()),
    *(text[: len(text) // 2] for text, _ in FOUND.values()),
    *(CLOSINGS[0], *LISTS),
]
"""Each over and over."""
OPENINGS = [
    "<tool_call>bash<arg_key>command</arg_key><arg_value>",
    "<tool_call><function=bash><parameter=command>",
    '<|tool_call>call:bash{command:<|"|>',
    '[TOOL_CALLS]bash[ARGS]{"command":"',
    '<|tool_call|>{"name":"now","arguments":{}}',
    "<|python_start|>[bash(command='",
    '<invoke name="bash"><parameter name="command">',
    "call:bash{command:",
    "bash<arg_key>",
]
"""What may stand before that."""


@pytest.mark.parametrize(
    ("opening", "block"),
    [*(("", block) for block in BLOCKS), *((o, mark) for o in OPENINGS for mark in MARKS)],
)
@pytest.mark.parametrize("whole", [False, True])
def test_takes_steps_linear_in_the_answer(whole: bool, opening: str, block: str) -> None:
    def read(size: int) -> None:
        text = opening + (block * size)[:size]
        pieces = [CountedText(text)] if whole else map(CountedText, text)
        feed_one_by_one(LeakedCalls(TOOLS), *pieces)

    assert_linear(read, 4000 if whole else 1500)
