"""Request fields as tables: what OpenAI has is there, and a wrong type is told by its name."""

from collections.abc import Sequence
from typing import Any

import pytest

from core.errors import BadRequest
from handlers.openai import completions
from handlers.openai.chat import request as chat_request
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, require_field, select_options
from support.exchange import CHAT, OPENAI, TEXT, USER, Got, ReadyAI, send

TABLES = {CHAT: chat_request.FIELDS, TEXT: completions.FIELDS}
BODIES: dict[str, dict[str, Any]] = {
    CHAT: {"model": OPENAI, "messages": USER},
    TEXT: {"model": OPENAI, "prompt": "Hello"},
}
every_table = pytest.mark.parametrize("path", TABLES)


def with_field(path: str, name: str, value: object) -> Got:
    return send("POST", path, {**BODIES[path], name: value}, ai=ReadyAI())


# --- the tables --------------------------------------------------------------------------------


@every_table
def test_every_field_of_the_openai_package_is_a_row(path: str) -> None:
    """A field that a new version of the package brings has to be decided on."""
    chat_params = pytest.importorskip("openai.types.chat.completion_create_params")
    text_params = pytest.importorskip("openai.types.completion_create_params")
    params = {CHAT: chat_params, TEXT: text_params}[path]
    published = {
        name
        for kind in ("Base", "NonStreaming", "Streaming")
        for name in getattr(params, f"CompletionCreateParams{kind}").__annotations__
    }
    assert {"model", "stream", "stop", "logit_bias"} <= published
    assert published - {row.name for row in TABLES[path]} == set()


@every_table
def test_no_field_has_two_rows(path: str) -> None:
    names = [row.name for row in TABLES[path]]
    assert len(names) == len(set(names))


def test_ignored_fields_say_why() -> None:
    ignored = {row.name: row.remark for row in chat_request.FIELDS if row.check is None}
    assert ignored.keys() == {
        *("audio", "metadata", "moderation", "prompt_cache_options", "prompt_cache_retention"),
        *("safety_identifier", "service_tier", "store", "verbosity", "web_search_options"),
    }
    assert all(ignored.values())
    assert all(row.check for row in completions.FIELDS)
    assert not any(row.option and row.check is None for row in chat_request.FIELDS)


VALUES: dict[str, Sequence[Any]] = {
    "boolean": [True, False],
    "integer": [1],
    "number": [0.5],
    "string": ["x"],
    "array": [[], [5], [None]],
    "object": [{}, {"a": 1}],
}
TYPES = {
    "boolean": "stream parallel_tool_calls echo enable_thinking include_reasoning",
    "boolean or integer": "logprobs",  # one in chat, the other in text completions
    "integer": """max_tokens max_completion_tokens n seed top_logprobs top_k best_of""",
    "integer or number": """temperature top_p frequency_penalty presence_penalty min_p
        repetition_penalty""",
    "string or integer or number": "user",
    "string": """model prompt_cache_key suffix reasoning_effort reasoning_format lora""",
    "string or array": "stop prompt modalities",
    "string or object": "tool_choice function_call",
    "array": "messages tools functions",
    "object": """logit_bias stream_options response_format prediction chat_template_kwargs
        thinking reasoning""",
}
TAKES = {name: types for types, names in TYPES.items() for name in names.split()}


def test_the_type_of_every_row_is_known() -> None:
    checked = {row.name for rows in TABLES.values() for row in rows if row.check}
    assert checked == TAKES.keys()


WRONG = [
    (path, row.name, kind)
    for path, rows in TABLES.items()
    for row in rows
    for kind in VALUES
    if row.check and kind not in TAKES[row.name].split(" or ")
]


@pytest.mark.parametrize(("path", "name", "kind"), WRONG)
def test_rejects_wrong_types_and_names_the_field(path: str, name: str, kind: str) -> None:
    for value in VALUES[kind]:
        got = with_field(path, name, value)
        assert (got.status, got.error["param"]) == (400, name), value
        assert f"'{name}'" in got.error["message"]
        assert got.ai.calls == []


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        (CHAT, "logprobs", 1),
        (TEXT, "logprobs", True),
        (TEXT, "logprobs", 1.5),
        (CHAT, "stop", ["a", 1]),
        (CHAT, "stop", {"a": 1}),
        (CHAT, "model", "gpt-4o" + "x" * 507),
        (TEXT, "model", "gpt-4o" + "x" * 507),
        (CHAT, "max_tokens", 0),
        (CHAT, "max_tokens", -2),
        (CHAT, "max_tokens", 1.5),
        (CHAT, "max_completion_tokens", 0),
        (CHAT, "n", 0),
        (CHAT, "n", 5),
        (CHAT, "temperature", -0.1),
        (CHAT, "temperature", 2.1),
        (CHAT, "top_p", 1.1),
        (CHAT, "min_p", -1),
        (CHAT, "top_logprobs", 21),
        (CHAT, "reasoning_effort", "hard"),
        (CHAT, "reasoning_effort", "credit"),
        (CHAT, "reasoning_format", "balance"),
        (CHAT, "stop", [str(number) for number in range(17)]),
        (CHAT, "stop", "a" * 257),
        (TEXT, "stop", ["a", "b" * 257]),
        (TEXT, "best_of", 21),
        (TEXT, "best_of", -1),
        (TEXT, "logprobs", 6),
    ],
)
def test_rejects_values_out_of_range(path: str, name: str, value: object) -> None:
    got = with_field(path, name, value)
    assert (got.status, got.error["param"]) == (400, name)
    assert got.error["code"] in ("invalid_value", "invalid_type")


@every_table
def test_a_name_of_any_other_length_comes_back(path: str) -> None:
    assert with_field(path, "model", "gpt-4o" + "x" * 506).json["model"].endswith("x" * 506)


@every_table
def test_null_is_the_same_as_absent(path: str) -> None:
    nulls = {row.name: None for row in TABLES[path]}
    got = send("POST", path, {**nulls, **BODIES[path]}, ai=ReadyAI())
    plain = send("POST", path, BODIES[path], ai=ReadyAI())
    assert got.status == 200
    assert got.inputs == plain.inputs


@every_table
@pytest.mark.parametrize("value", [5, "x", [None], {"a": 1}])
def test_unknown_and_ignored_fields_are_tolerated(path: str, value: object) -> None:
    names = ["requests", "websocket", "num_ctx", "extra_body", "raw", ""]
    names += [row.name for row in TABLES[path] if row.check is None]
    got = send("POST", path, {**dict.fromkeys(names, value), **BODIES[path]}, ai=ReadyAI())
    assert got.status == 200
    assert got.inputs == send("POST", path, BODIES[path], ai=ReadyAI()).inputs


@every_table
@pytest.mark.parametrize("missing", ["absent", "null"])
def test_requires_fields(path: str, missing: str) -> None:
    for name in BODIES[path]:
        body = {**BODIES[path], name: None}
        if missing == "absent":
            del body[name]
        got = send("POST", path, body)
        assert (got.status, got.error["param"]) == (400, name)
        assert got.error["code"] == "missing_required_parameter"


# --- the checks themselves ---------------------------------------------------------------------


@pytest.mark.parametrize(("value", "expected"), [(2, 2), (2.0, 2), (-3.0, -3), (10**400, 10**400)])
def test_integers(value: float, expected: int) -> None:
    read = fields.integer(value, "n")
    assert read == expected
    assert type(read) is int


def test_what_is_clearly_meant_is_read_so() -> None:
    clear = {"reasoning_effort": "", "max_tokens": -1, "user": 5, "tool_choice": {"type": "auto"}}
    empty = {"stop": "", "seed": "", "response_format": "", "tools": "", "logit_bias": ""}
    got = send("POST", CHAT, {**BODIES[CHAT], **clear, **empty}, ai=ReadyAI())
    plain = send("POST", CHAT, BODIES[CHAT], ai=ReadyAI())
    assert got.status == 200
    assert got.inputs == plain.inputs
    assert got.ai.calls[0].headers == {"x-session-affinity": "5"}


def test_clamped_numbers() -> None:
    check = fields.clamp(fields.number, -2, 2)
    assert [check(value, "x") for value in (-(10**400), -2, 0.5, 3)] == [-2, -2, 0.5, 2]


def test_numbers_within() -> None:
    assert fields.within(fields.number, 0, 2)(2, "x") == 2
    assert fields.within(fields.integer, 1, None)(10**400, "x") == 10**400
    with pytest.raises(BadRequest, match=r"^'x' must be at least 1\.$"):
        fields.within(fields.integer, 1, None)(0, "x")
    with pytest.raises(BadRequest, match=r"^'x' must be between 0 and 2\.$"):
        fields.within(fields.number, 0, 2)(10**400, "x")


@pytest.mark.parametrize(("value", "expected"), [("a", ["a"]), ([], []), (["a", ""], ["a", ""])])
def test_strings(value: object, expected: list[str]) -> None:
    assert fields.strings(2)(value, "x") == expected


def test_one_of_does_not_quote_what_it_was_given() -> None:
    values: list[object] = ["credit", ["a"], {}, 1, True]
    for value in values:
        with pytest.raises(BadRequest) as caught:
            fields.one_of("a", "b")(value, "x")
        assert caught.value.message == "'x' must be one of: a, b."


def test_read_and_options() -> None:
    rows = (Field("a", fields.text), Field("b", fields.number, option=True), Field("c"))
    values = read_fields({"a": "x", "b": 1, "c": 2, "d": 3}, rows)
    assert values == {"a": "x", "b": 1}
    assert select_options(values, rows) == {"b": 1}
    assert select_options({"a": "x"}, rows) == {}
    assert require_field(values, "a") == "x"


@pytest.mark.parametrize("path", [CHAT, TEXT])
def test_the_length_of_a_stop_sequence_has_a_limit_that_is_told(path: str) -> None:
    assert with_field(path, "stop", ["a" * 256] * 16).status == 200
    message = with_field(path, "stop", "a" * 257).error["message"]
    assert message == "'stop' takes strings of at most 256 characters."
