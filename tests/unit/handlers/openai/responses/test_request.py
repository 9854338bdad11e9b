"""What clients send as a Responses request, and what becomes of it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from handlers.openai.responses.request import FIELDS, LOGPROBS
from handlers.reading.fields import read_fields
from support.exchange import NATIVE, OPENAI, RESPONSES, ReadyAI, respond, send
from support.fakes import answer
from support.responses_requests import SCHEMA, TOOL, generation, refused
from workers_ai.catalogue.model import EFFORTS
from workers_ai.text.generation import Schema

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


def test_ignored_fields_say_why() -> None:
    ignored = {row.name: row.remark for row in FIELDS if row.check is None}
    assert ignored.keys() == {
        *("access_programs", "background_options", "context_management", "image", "moderation"),
        *("prompt_cache_options", "prompt_cache_retention", "service_tier", "stream_options"),
    }
    assert all(ignored.values())
    for name in ignored:
        anything: dict[str, Any] = {name: ["anything"]}
        assert respond(**anything).status == 200


def test_every_kind_of_tool_of_the_openai_package_is_taken() -> None:
    typing = pytest.importorskip("typing_extensions")
    tools = pytest.importorskip("openai.types.responses.tool_param")
    kinds = {
        kind
        for member in typing.get_args(tools.ToolParam)
        for kind in typing.get_args(typing.get_type_hints(member)["type"])
    }
    assert {"function", "custom", "namespace", "web_search"} <= kinds
    for kind in kinds - {"function", "custom", "namespace"}:
        made = generation(tools=[{"type": kind}, TOOL])
        assert [tool["name"] for tool in made.tools] == ["f"]


WRONG: Mapping[str, Sequence[Any]] = {
    "model": [5, ["m"]],
    "input": [5, {}, True],
    "instructions": [5, ["Be brief."]],
    "stream": ["true", 1],
    "max_output_tokens": ["5", 0, -2, 1.5],
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
    "user": [],
    "prompt_cache_key": [5],
    "safety_identifier": [5],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_errors_name_the_invalid_field(name: str, value: object) -> None:
    refused(name, **{name: value, "tools": [TOOL]} if name != "tools" else {name: value})


@pytest.mark.parametrize("name", ["model", "input"])
@pytest.mark.parametrize("null", [False, True])
def test_requires_fields(name: str, null: bool) -> None:
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
        ("conversation", "conv_1"),
        ("conversation", {"id": "conv_1"}),
        ("prompt", {"id": "pmpt_1"}),
        ("background", True),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_rejects_fields_that_need_a_store(field: str, value: object, stream: bool) -> None:
    got = refused(field, **{field: value}, stream=stream)
    assert got.error["code"] == "unsupported_parameter"


@pytest.mark.parametrize("fields", [{"background": False}, {"store": True}, {"truncation": "auto"}])
def test_accepts_fields_without_effect(fields: dict[str, Any]) -> None:
    assert respond(**fields).status == 200


# --- tools -------------------------------------------------------------------------------------


def test_tools_are_flat_here() -> None:
    made = generation(tools=[TOOL, {"type": "function", "name": "g", "parameters": None}])
    assert made.tools == [
        {"name": "f", "description": "It does.", "parameters": TOOL["parameters"]},
        {"name": "g", "description": "", "parameters": {"type": "object", "properties": {}}},
    ]


@pytest.mark.parametrize("kind", [5, ["function"]])
def test_rejects_tools_without_a_valid_type(kind: object) -> None:
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
    call = answer({"response": None, "tool_calls": [{"name": "g", "arguments": {}}]})
    answered = respond(*([call] if made.forces_call else []), **body).json
    assert answered["tool_choice"] == repeated
    assert [tool["name"] for tool in answered["tools"]] == ["f", "g"]


@pytest.mark.parametrize(
    "given", [{"type": "function", "name": "h"}, {"type": "web_search"}, {"type": "mcp"}, {}, "f"]
)
def test_rejects_a_choice_of_an_undeclared_tool(given: object) -> None:
    refused("tool_choice", tools=[TOOL], tool_choice=given)


@pytest.mark.parametrize("given", [True, False])
def test_parallel_calls_are_the_models_own_matter(given: bool) -> None:
    assert generation(parallel_tool_calls=given).options == {"parallel_tool_calls": given}


# --- the answer's form -------------------------------------------------------------------------


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
def test_rejects_invalid_text_formats(text: object, param: str) -> None:
    refused(param, text=text)


@pytest.mark.parametrize("effort", EFFORTS)
def test_effort(effort: str) -> None:
    assert generation(reasoning={"effort": effort}).effort == effort


def test_an_effort_in_the_models_name() -> None:
    assert generation(model="gpt-5-high").effort == "high"
    assert generation(model="gpt-5-high", reasoning={"effort": "low"}).effort == "low"


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
def test_rejects_invalid_reasoning(reasoning: object, param: str) -> None:
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


def test_rejects_models_without_log_probabilities() -> None:
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


def test_fields_read_it_all() -> None:
    """What is not checked is not read."""
    assert all(row.check or not row.option for row in FIELDS)
    assert read_fields({"service_tier": "flex", "image": 5}, FIELDS) == {}
