from typing import Any

import pytest

from core.errors import BadRequest
from workers_ai.catalogue.model import Model
from workers_ai.text.events import Event, Finish, Reasoning, Token, ToolStart, Usage
from workers_ai.text.generation import Generation, Schema
from workers_ai.text.structured import Checked, add_usage, check_json, repair_request

SCHEMA = Schema({"type": "object", "required": ["a"]})
COST = Usage(5, 7)
END: list[Event] = [Finish("stop"), COST]


def checked(*texts: Event, schema: Schema | None = SCHEMA) -> Checked:
    return check_json([*texts, *END], schema)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"a":1}', '{"a":1}'),
        (' { "a" : 1.50 }\n', ' { "a" : 1.50 }\n'),
        ('{"a": "é\\ud83d"}', '{"a": "é\\ud83d"}'),
        ('Sure:\n```json\n{"a": 1}\n```\nBye', '{"a":1}'),
        ('{"a": 1,}', '{"a":1}'),
        ('{"a": "line\nend"}', '{"a":"line\\nend"}'),
    ],
)
def test_keeps_the_json_and_drops_what_is_around_it(text: str, kept: str) -> None:
    found = checked(text)
    assert (found.problems, found.is_json, found.text) == ([], True, kept)
    assert found.events == [kept, *END]


def test_checks_json_in_pieces_and_after_thinking() -> None:
    found = checked(Reasoning("{}"), '{"a"', ":1}")
    assert found.events == [Reasoning("{}"), '{"a"', ":1}", *END]
    found = checked(Reasoning("{}"), 'So: {"a"', ":1}")
    assert found.events == [Reasoning("{}"), '{"a":1}', *END]


def test_log_probabilities_stay_as_long_as_their_text_does() -> None:
    tokens: list[Event] = [Token('{"a"', {"content": [1]}), Token(":1}", {"content": [2]})]
    assert checked(*tokens).events == [*tokens, *END]
    assert checked(Token("So: ", {}), *tokens).events == ['{"a":1}', *END]


@pytest.mark.parametrize(
    ("text", "schema", "parsed", "problem"),
    [
        ("No.", SCHEMA, False, "not JSON"),
        ("", SCHEMA, False, "not JSON"),
        ('{"a": 1', SCHEMA, False, "not JSON"),
        ("{}", SCHEMA, True, "a"),
        ("[]", SCHEMA, True, "object"),
        ("[]", None, True, "not a JSON object"),
        ('"a"', None, True, "not a JSON object"),
    ],
)
def test_names_what_is_wrong(text: str, schema: Schema | None, parsed: bool, problem: str) -> None:
    found = checked(text, schema=schema)
    assert found.is_json is parsed
    assert problem in " ".join(found.problems)


@pytest.mark.parametrize(
    "events",
    [
        ['{"a":', Finish("length"), COST],
        ["I cannot", Finish("content_filter"), COST],
        [ToolStart(0, "a", "f"), Finish("tool_calls"), COST],
        [COST],
    ],
)
def test_passes_answers_that_did_not_end_by_themselves(events: list[Event]) -> None:
    found = check_json(events, SCHEMA)
    assert (found.problems, found.events) == ([], events)


def test_accepts_a_boolean_as_schema() -> None:
    assert checked("[]", schema=Schema(True)).problems == []
    assert checked("[]", schema=Schema(False)).problems


@pytest.mark.parametrize(
    ("text", "strict", "passes"),
    [
        ('{"a":1}', True, True),
        ("{}", True, False),
        ("{}", False, True),
        ("No.", False, False),
        ("No.", True, False),
    ],
)
def test_rejects_strict_answers_that_stay_wrong(text: str, strict: bool, passes: bool) -> None:
    schema = SCHEMA._replace(strict=strict)
    found = checked(text)
    assert found.is_passable(schema) is passes
    if passes:
        assert found.accept(schema) == found.events
        return
    with pytest.raises(BadRequest) as caught:
        found.accept(schema)
    error = caught.value
    assert (error.code, error.param) == ("json_validate_failed", "response_format")


def test_json_that_is_no_object_is_better_than_nothing() -> None:
    assert checked("[1]", schema=None).accept(None) == ["[1]", *END]


MODEL = Model("m", "Text Generation")


@pytest.mark.parametrize(
    "fields",
    [
        {"messages": [{"role": "user", "content": "Give"}]},
        {"prompt": "Give", "suffix": "x"},
    ],
)
def test_a_repair_shows_the_answer_and_what_is_wrong(fields: dict[str, Any]) -> None:
    generation = Generation(MODEL, json_mode=True, schema=SCHEMA, n=4, **fields)
    again = repair_request(generation, checked("So {}"))
    assert (again.n, again.prompt, again.suffix) == (1, None, None)
    assert (again.json_mode, again.schema) == (True, SCHEMA)
    question, wrong, complaint = again.messages
    assert question == {"role": "user", "content": "Give"}
    assert wrong == {"role": "assistant", "content": "{}"}
    assert complaint["role"] == "user"
    assert checked("So {}").problems[0] in complaint["content"]


def test_adds_the_usage_of_both_answers() -> None:
    first: list[Event] = ["a", Finish("stop"), Usage(1, 2, 3, None, 0.5)]
    second: list[Event] = ["b", Finish("stop"), Usage(10, 20, None, 4, 0.25)]
    both = Usage(11, 22, 3, 4, 0.75)
    assert add_usage(first, second, to=second) == ["b", Finish("stop"), both]
    assert add_usage(first, second, to=first) == ["a", Finish("stop"), both]
