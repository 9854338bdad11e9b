"""What clients send as a Responses request, and what becomes of it."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from handlers.openai.responses import request as responses_request
from handlers.openai.responses.request import FIELDS, LOGPROBS
from handlers.reading import fields
from handlers.reading.tools import OTHERS
from support import fakes
from support.exchange import NATIVE, OPENAI, RESPONSES, VISION, Got, ReadyAI, respond, send
from support.fakes import FakeFetch, FakeReply
from workers_ai.catalogue.model import EFFORTS
from workers_ai.text.generation import Generation, Schema

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
DATA_URL = "data:image/png;base64," + base64.b64encode(PNG).decode()
PAGE = "https://images.example.com/a.png"
IMAGE = {"type": "image_url", "image_url": {"url": DATA_URL}}
TOOL = {
    "type": "function",
    "name": "f",
    "description": "It does.",
    "parameters": {"type": "object", "properties": {"a": {"type": "integer"}}},
    "strict": True,
}
CALL = {"type": "function_call", "id": "fc_1", "call_id": "c1", "name": "f", "arguments": "{}"}
RESULT = {"type": "function_call_output", "call_id": "c1", "output": "42"}


def generation(fetch: FakeFetch | None = None, **body: Any) -> Generation:
    body = {"model": OPENAI, "input": "Hello", **body}
    return fakes.run(responses_request.read(body, fakes.ports(fetch=fetch)))[1]


def messages(*items: Any, **body: Any) -> list[Mapping[str, Any]]:
    return list(generation(input=list(items), **body).messages)


def refused(param: str, **body: Any) -> Got:
    got = respond(**body)
    assert (got.status, got.error["param"]) == (400, param), got.error
    assert got.ai.calls == []
    return got


# --- the table ---------------------------------------------------------------------------------


def test_every_field_of_the_openai_package_is_a_row() -> None:
    """A field that a new version of the package brings has to be decided on."""
    params = pytest.importorskip("openai.types.responses.response_create_params")
    published = {
        name
        for kind in ("Base", "NonStreaming", "Streaming")
        for name in getattr(params, f"ResponseCreateParams{kind}").__annotations__
    }
    assert {"model", "input", "stream", "text"} <= published
    assert published - {row.name for row in FIELDS} == set()


def test_no_field_has_two_rows() -> None:
    names = [row.name for row in FIELDS]
    assert len(names) == len(set(names))


def test_what_is_ignored_is_ignored_on_purpose() -> None:
    ignored = {row.name: row.remark for row in FIELDS if row.check is None}
    assert ignored.keys() == {
        *("access_programs", "background_options", "context_management", "image", "moderation"),
        *("prompt_cache_options", "prompt_cache_retention", "service_tier", "store"),
        "stream_options",
    }
    assert all(ignored.values())
    for name in ignored:
        anything: dict[str, Any] = {name: ["anything"]}
        assert respond(**anything).status == 200


def test_every_kind_of_tool_of_the_openai_package_can_be_named() -> None:
    typing = pytest.importorskip("typing_extensions")
    tools = pytest.importorskip("openai.types.responses.tool_param")
    kinds = {
        kind
        for member in typing.get_args(tools.ToolParam)
        for kind in typing.get_args(typing.get_type_hints(member)["type"])
    }
    assert kinds - OTHERS == {"function"}


WRONG: Mapping[str, Sequence[Any]] = {
    "model": [5, ["m"]],
    "input": [5, {}, True],
    "instructions": [5, ["Be brief."]],
    "stream": ["true", 1],
    "max_output_tokens": ["5", 0, -1, 1.5],
    "max_tool_calls": ["5", 0],
    "tools": [{}, "f"],
    "tool_choice": [5, ["f"]],
    "parallel_tool_calls": ["yes"],
    "text": ["text", []],
    "reasoning": ["low", []],
    "include": [5, [5], {}],
    "top_logprobs": ["2", -1, 21],
    "temperature": ["1", -1, 3],
    "top_p": ["1", -1, 2],
    "metadata": ["x", []],
    "truncation": ["never", 5],
    "user": [5],
    "prompt_cache_key": [5],
    "safety_identifier": [5],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_a_wrong_value_is_told_by_its_name(name: str, value: object) -> None:
    refused(name, **{name: value, "tools": [TOOL]} if name != "tools" else {name: value})


@pytest.mark.parametrize("name", ["model", "input"])
@pytest.mark.parametrize("null", [False, True])
def test_a_required_field(name: str, null: bool) -> None:
    body: dict[str, Any] = {"model": OPENAI, "input": "Hello"}
    del body[name]
    got = send("POST", RESPONSES, body | ({name: None} if null else {}), ai=ReadyAI())
    assert (got.status, got.error["param"]) == (400, name)
    assert got.error["code"] == "missing_required_parameter"


def test_null_is_absent() -> None:
    nulls = {row.name: None for row in FIELDS if row.name not in ("model", "input")}
    plain, with_nulls = respond().json, respond(**nulls).json
    for body in (plain, with_nulls):
        del body["id"], body["output"][0]["id"]
    assert with_nulls == plain


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("previous_response_id", "resp_1"),
        ("conversation", "conv_1"),
        ("conversation", {"id": "conv_1"}),
        ("prompt", {"id": "pmpt_1"}),
        ("background", True),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_needs_a_store_is_refused(field: str, value: object, stream: bool) -> None:
    got = refused(field, **{field: value}, stream=stream)
    assert got.error["code"] == "unsupported_parameter"


@pytest.mark.parametrize("fields", [{"background": False}, {"store": True}, {"truncation": "auto"}])
def test_what_costs_nothing_is_accepted(fields: dict[str, Any]) -> None:
    assert respond(**fields).status == 200


# --- input -------------------------------------------------------------------------------------


def test_input_as_text() -> None:
    assert generation(input="Hi").messages == [{"role": "user", "content": "Hi"}]
    assert generation(input="").messages == [{"role": "user", "content": ""}]


def test_instructions_come_first() -> None:
    first = {"role": "system", "content": "Be brief."}
    hello = {"role": "user", "content": "Hello"}
    assert generation(instructions="Be brief.").messages == [first, hello]
    assert generation(instructions="").messages == [hello]
    given = {"role": "developer", "content": "Rhyme."}
    assert respond(input=[given, hello], instructions="Be brief.").inputs["messages"] == [
        {"role": "system", "content": "Be brief.\n\nRhyme."},
        hello,
    ]


@pytest.mark.parametrize("typed", [{}, {"type": "message"}, {"type": None}])
@pytest.mark.parametrize(
    ("role", "expected"),
    [("system", "system"), ("developer", "system"), ("user", "user"), ("assistant", "assistant")],
)
@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Hi", "Hi"),
        ([{"type": "input_text", "text": "Hi"}], "Hi"),
        ([{"type": "input_text", "text": "Hi"}, {"type": "input_text", "text": "you"}], "Hi\nyou"),
    ],
)
def test_messages(typed: Any, role: str, expected: str, content: Any, text: str) -> None:
    item = {**typed, "role": role, "content": content, "status": "completed", "phase": None}
    assert messages(item) == [{"role": expected, "content": text}]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ({"type": "output_text", "text": "Hi", "annotations": [], "logprobs": []}, "Hi"),
        ({"type": "refusal", "refusal": "No."}, "No."),
    ],
)
def test_what_the_model_said_comes_back(part: dict[str, Any], text: str) -> None:
    item = {"type": "message", "id": "msg_1", "role": "assistant", "content": [part]}
    assert messages(item) == [{"role": "assistant", "content": text}]


@pytest.mark.parametrize("url", [DATA_URL, PAGE])
def test_images(url: str) -> None:
    fetch = FakeFetch({PAGE: FakeReply(PNG)})
    parts = [
        {"type": "input_text", "text": "What is this?"},
        {"type": "input_image", "image_url": url, "detail": "auto"},
    ]
    [message] = messages({"role": "user", "content": parts}, fetch=fetch, model=VISION)
    assert message["content"] == [{"type": "text", "text": "What is this?"}, IMAGE]


def test_a_model_that_does_not_see_is_told_so() -> None:
    parts = [{"type": "input_image", "image_url": DATA_URL}]
    refused("input[0].content[0]", model=NATIVE, input=[{"role": "user", "content": parts}])


def test_one_turn_of_the_model_is_one_message() -> None:
    items = [
        {"role": "user", "content": "Hello"},
        {"type": "reasoning", "id": "rs_1", "summary": [], "content": [{"text": "Hm."}]},
        {"role": "assistant", "content": [{"type": "output_text", "text": "Let me look."}]},
        CALL,
        {**CALL, "id": "fc_2", "call_id": "c2", "arguments": ' {"a": 1} '},
        RESULT,
        {**RESULT, "call_id": "c2", "output": [{"type": "input_text", "text": "43"}]},
        {"type": "reasoning", "summary": [{"type": "summary_text", "text": "So."}]},
        {**CALL, "call_id": "c3"},
        {**RESULT, "call_id": "c3", "output": ""},
    ]
    calls = [
        {"id": name, "type": "function", "function": {"name": "f", "arguments": arguments}}
        for name, arguments in (("c1", "{}"), ("c2", '{"a": 1}'), ("c3", "{}"))
    ]
    assert messages(*items) == [
        {"role": "user", "content": "Hello"},
        {
            "role": "assistant",
            "content": "Let me look.",
            "reasoning": "Hm.",
            "tool_calls": calls[:2],
        },
        {"role": "tool", "tool_call_id": "c1", "name": "f", "content": "42"},
        {"role": "tool", "tool_call_id": "c2", "name": "f", "content": "43"},
        {"role": "assistant", "content": "", "reasoning": "So.", "tool_calls": calls[2:]},
        {"role": "tool", "tool_call_id": "c3", "name": "f", "content": ""},
    ]


def test_new_thinking_begins_a_new_turn() -> None:
    thought = {"type": "reasoning", "summary": [], "content": [{"text": "Hm."}]}
    first, second = messages(CALL, thought, {**CALL, "call_id": "c2"})
    assert [call["id"] for call in first["tool_calls"]] == ["c1"]
    assert "reasoning" not in first
    assert [call["id"] for call in second["tool_calls"]] == ["c2"]
    assert second["reasoning"] == "Hm."


def test_two_answers_stay_two() -> None:
    said = [{"role": "assistant", "content": text} for text in ("One.", "Two.")]
    assert messages(*said) == said


def test_thinking_that_came_to_nothing_is_not_that_of_the_next_answer() -> None:
    thought = {"type": "reasoning", "summary": [{"text": "Hm."}]}
    user, assistant = {"role": "user", "content": "Go on."}, {"role": "assistant", "content": "No."}
    assert messages(thought, user, assistant) == [user, assistant]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"content": [{"text": "a"}, {"text": "b"}], "summary": [{"text": "c"}]}, "a\nb"),
        ({"content": [], "summary": [{"text": "c"}]}, "c"),
        ({"content": None, "summary": [], "encrypted_content": "gAAA"}, None),
        ({}, None),
    ],
)
def test_reasoning_items(item: dict[str, Any], expected: str | None) -> None:
    said = {"role": "assistant", "content": "Hi"}
    [message] = messages({"type": "reasoning", "id": "rs_1", **item}, said)
    assert message.get("reasoning") == expected


def test_images_in_results_come_after_all_results() -> None:
    picture = {"type": "input_image", "image_url": DATA_URL}
    items = [
        CALL,
        {**CALL, "call_id": "c2"},
        {**RESULT, "output": [{"type": "input_text", "text": "A map"}, picture]},
        {**RESULT, "call_id": "c2", "output": [picture]},
    ]
    shown = {"type": "text", "text": "The images in the results above:"}
    for rest in ([], [{"role": "user", "content": "Where?"}]):
        _, first, second, pictures, *after = messages(*items, *rest, model=VISION)
        assert (first["content"], second["content"]) == ("A map", "")
        assert pictures == {"role": "user", "content": [shown, IMAGE, IMAGE]}
        assert after == rest


@pytest.mark.parametrize(
    ("items", "param"),
    [
        ([], "input"),
        (["Hi"], "input[0]"),
        ([None], "input[0]"),
        ([{"role": "user", "content": "Hi"}, 5], "input[1]"),
        ([{"role": "bot", "content": "Hi"}], "input[0].role"),
        ([{"type": "message", "content": "Hi"}], "input[0].role"),
        ([{"role": "user", "content": 5}], "input[0].content"),
        ([{"role": "user", "content": [{"type": "input_file"}]}], "input[0].content[0].type"),
        ([{"role": "user", "content": [{"type": "input_audio"}]}], "input[0].content[0].type"),
        (
            [{"role": "user", "content": [{"type": "input_image", "file_id": "file_1"}]}],
            "input[0].content[0].image_url",
        ),
        ([{"type": "item_reference", "id": "msg_1"}], "input[0]"),
        ([{"id": "msg_1"}], "input[0]"),
        ([{"type": None, "id": "msg_1"}], "input[0]"),
        ([{"type": "web_search_call", "id": "ws_1"}], "input[0].type"),
        ([{"type": "custom_tool_call_output", "call_id": "c"}], "input[0].type"),
        ([{"type": ["message"]}], "input[0].type"),
        ([{"type": "function_call", "call_id": "c1", "arguments": "{}"}], "input[0].name"),
        ([{**RESULT, "output": 5}], "input[0].output"),
        ([{**RESULT, "output": [5]}], "input[0].output[0]"),
        ([{**RESULT, "output": [{"type": "input_file"}]}], "input[0].output[0].type"),
        ([{"type": "reasoning", "summary": "Hm."}], "input[0].summary"),
        ([{"type": "reasoning", "summary": ["Hm."]}], "input[0].summary[0]"),
        ([{"type": "reasoning", "content": [{}]}], "input[0].content[0].text"),
    ],
)
def test_an_item_that_cannot_be_read_is_named(items: list[Any], param: str) -> None:
    refused(param, input=items, model=VISION)


def test_a_prompt_that_cannot_fit_is_told_by_its_name_here() -> None:
    got = refused("input", model=NATIVE, input="over " * 200_000)
    assert got.error["code"] == "context_length_exceeded"


# --- tools -------------------------------------------------------------------------------------


def test_tools_are_flat_here() -> None:
    made = generation(tools=[TOOL, {"type": "function", "name": "g", "parameters": None}])
    assert made.tools == [
        {"name": "f", "description": "It does.", "parameters": TOOL["parameters"]},
        {"name": "g", "description": "", "parameters": {"type": "object", "properties": {}}},
    ]


@pytest.mark.parametrize("kind", sorted(OTHERS))
def test_tools_that_openai_runs_are_refused_by_name(kind: str) -> None:
    got = refused("tools[1].type", tools=[TOOL, {"type": kind}])
    assert f"{kind} tools do not run here" in got.error["message"]


@pytest.mark.parametrize("kind", ["credit", "", 5, ["function"]])
def test_a_tool_of_no_kind(kind: object) -> None:
    refused("tools[0].type", tools=[{"type": kind, "name": "f"}])


OTHER = {"type": "function", "name": "g", "parameters": None, "strict": False}
ALLOWED = {
    "type": "allowed_tools",
    "mode": "required",
    "tools": [{"type": "function", "name": "g"}],
}


@pytest.mark.parametrize(
    ("given", "choice", "name", "left", "repeated"),
    [
        (None, "auto", None, "fg", "auto"),
        ("auto", "auto", None, "fg", "auto"),
        ("none", "none", None, "fg", "none"),
        ("required", "required", None, "fg", "required"),
        ("any", "required", None, "fg", "required"),
        ({"type": "function", "name": "g"}, "named", "g", "fg", {"type": "function", "name": "g"}),
        (
            {"type": "function", "function": {"name": "g"}},
            *("named", "g", "fg", {"type": "function", "name": "g"}),
        ),
        (ALLOWED, "required", None, "g", ALLOWED),
        ({**ALLOWED, "mode": "auto"}, "auto", None, "g", {**ALLOWED, "mode": "auto"}),
    ],
)
def test_tool_choice(given: Any, choice: str, name: str | None, left: str, repeated: Any) -> None:
    body = {"tools": [TOOL, OTHER], "tool_choice": given}
    made = generation(**body)
    assert (made.tool_choice, made.tool_name) == (choice, name)
    assert "".join(tool["name"] for tool in made.tools) == left
    answered = respond(**body).json
    assert answered["tool_choice"] == repeated
    assert [tool["name"] for tool in answered["tools"]] == ["f", "g"]


@pytest.mark.parametrize(
    "given", [{"type": "function", "name": "h"}, {"type": "web_search"}, {"type": "mcp"}, {}, "f"]
)
def test_a_choice_of_what_is_not_declared(given: object) -> None:
    refused("tool_choice", tools=[TOOL], tool_choice=given)


@pytest.mark.parametrize("given", [True, False])
def test_parallel_calls_are_the_models_own_matter(given: bool) -> None:
    assert generation(parallel_tool_calls=given).options == {"parallel_tool_calls": given}


# --- the answer's form -------------------------------------------------------------------------

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("format", "json_mode", "schema"),
    [
        (None, False, None),
        ({"type": "text"}, False, None),
        ({"type": "json_object"}, True, None),
        (
            {"type": "json_schema", "name": "n", "schema": SCHEMA, "strict": True},
            *(True, Schema(SCHEMA, "n", strict=True)),
        ),
        (
            {"type": "json_schema", "name": "n", "schema": SCHEMA, "description": "d"},
            *(True, Schema(SCHEMA, "n", "d")),
        ),
        (
            {"type": "json_schema", "json_schema": {"name": "n", "schema": SCHEMA}},
            *(True, Schema(SCHEMA, "n")),
        ),
    ],
)
def test_text_format(format: Any, json_mode: bool, schema: Schema | None) -> None:
    made = generation(text={"format": format, "verbosity": "low"})
    assert (made.json_mode, made.schema) == (json_mode, schema)


@pytest.mark.parametrize(
    ("text", "param"),
    [
        ({"format": "json_object"}, "text.format"),
        ({"format": {}}, "text.format.type"),
        ({"format": {"type": "yaml"}}, "text.format.type"),
        ({"format": {"type": "json_schema", "schema": "x"}}, "text.format.schema"),
        ({"format": {"type": "json_schema"}}, "text.format.schema"),
        ({"format": {"type": "json_schema", "json_schema": "x"}}, "text.format.json_schema"),
        ({"verbosity": "lots"}, "text.verbosity"),
    ],
)
def test_a_text_format_that_cannot_be_read(text: object, param: str) -> None:
    refused(param, text=text)


@pytest.mark.parametrize("effort", EFFORTS)
def test_effort(effort: str) -> None:
    assert generation(reasoning={"effort": effort}).effort == effort


@pytest.mark.parametrize("given", [None, {}, {"effort": None, "summary": "auto"}])
def test_effort_left_open(given: object) -> None:
    assert generation(reasoning=given).effort is None


@pytest.mark.parametrize(
    ("reasoning", "param"),
    [
        ({"effort": "some"}, "reasoning.effort"),
        ({"effort": 5}, "reasoning.effort"),
        ({"summary": "long"}, "reasoning.summary"),
        ({"summary": ["auto"]}, "reasoning.summary"),
        ({"generate_summary": 5}, "reasoning.generate_summary"),
    ],
)
def test_a_reasoning_that_cannot_be_read(reasoning: object, param: str) -> None:
    refused(param, reasoning=reasoning)


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        ({}, {}),
        ({"top_logprobs": 0}, {}),
        ({"include": ["reasoning.encrypted_content", "file_search_call.results"]}, {}),
        ({"include": [LOGPROBS]}, {"logprobs": True}),
        ({"include": [LOGPROBS], "top_logprobs": 0}, {"logprobs": True}),
        ({"include": [LOGPROBS], "top_logprobs": 3}, {"logprobs": True, "top_logprobs": 3}),
        ({"top_logprobs": 3}, {"logprobs": True, "top_logprobs": 3}),
    ],
)
def test_log_probabilities(asked: dict[str, Any], options: dict[str, Any]) -> None:
    assert generation(**asked).options == options


def test_log_probabilities_of_a_model_without_them() -> None:
    refused("include", model=NATIVE, include=[LOGPROBS])
    refused("top_logprobs", model=NATIVE, top_logprobs=1)
    assert respond(model=NATIVE, top_logprobs=0).status == 200


def test_sampling_and_limits() -> None:
    made = generation(
        temperature=0.5, top_p=0.9, max_output_tokens=77, seed=3, top_k=4, user="ann", n=3
    )
    assert made.options == {"temperature": 0.5, "top_p": 0.9, "seed": 3, "top_k": 4}
    assert (made.max_tokens, made.affinity, made.n) == (77, "ann", 1)
    assert generation(user="ann", prompt_cache_key="k").affinity == "k"


# --- what the answer repeats -------------------------------------------------------------------


def test_the_answer_repeats_what_was_asked_for() -> None:
    asked: dict[str, Any] = {
        "instructions": "Be brief.",
        "max_output_tokens": 99,
        "max_tool_calls": 5,
        "metadata": {"a": "b"},
        "parallel_tool_calls": False,
        "prompt_cache_key": "k",
        "reasoning": {"effort": "low", "summary": "concise"},
        "safety_identifier": "s",
        "temperature": 0.5,
        "text": {
            "format": {
                "type": "json_schema",
                "name": "n",
                "description": "d",
                "schema": SCHEMA,
                "strict": True,
            },
            "verbosity": "high",
        },
        "top_logprobs": 2,
        "top_p": 0.25,
        "truncation": "auto",
        "user": "ann",
        "tools": [TOOL],
    }
    got = respond(fakes.answer({"response": '{"a":1}'}), **asked)
    assert {name: got.json[name] for name in asked} == asked
    older = respond(reasoning={"generate_summary": "detailed"}).json["reasoning"]
    assert older == {"effort": None, "summary": "detailed"}


def test_tools_are_repeated_in_full() -> None:
    nested = {"type": "function", "function": {"name": "g", "description": False}}
    empty = {"description": None, "parameters": None, "strict": False}
    assert respond(tools=[TOOL, nested]).json["tools"] == [
        TOOL,
        {"type": "function", "name": "g", **empty},
    ]


def test_odd_metadata_is_refused_without_its_words() -> None:
    got = refused("metadata", metadata={"credit": 5})
    assert "credit" not in got.error["message"]


def test_fields_read_it_all() -> None:
    """What is not checked is not read."""
    assert all(row.check or not row.option for row in FIELDS)
    assert fields.read({"store": True, "image": 5}, FIELDS) == {}
