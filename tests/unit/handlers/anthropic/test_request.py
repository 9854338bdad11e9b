"""What Anthropic's clients send, and what becomes of it."""

from typing import Any, get_type_hints

import pytest

from handlers.anthropic.request import FIELDS
from support import fakes
from support.anthropic_exchange import COUNT, message, refused, send
from support.anthropic_messages import (
    BODY,
    PAGE,
    TOOL,
    USE,
    assistant,
    generation,
    image,
    result,
    user,
)
from support.exchange import NATIVE, USER, VISION
from workers_ai.text.generation import Schema
from workers_ai.text.inputs import estimate_input_tokens

# --- the table -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "names"),
    [
        (
            "anthropic.types.message_create_params",
            ["MessageCreateParamsNonStreaming", "MessageCreateParamsStreaming"],
        ),
        (
            "anthropic.types.beta.message_create_params",
            ["MessageCreateParamsNonStreaming", "MessageCreateParamsStreaming"],
        ),
        ("anthropic.types.message_count_tokens_params", ["MessageCountTokensParams"]),
        ("anthropic.types.beta.message_count_tokens_params", ["MessageCountTokensParams"]),
    ],
)
def test_every_field_of_the_anthropic_package_is_a_row(module: str, names: list[str]) -> None:
    params = pytest.importorskip(module)
    published = {field for name in names for field in get_type_hints(getattr(params, name))}
    # A header, and a word that must not be in the source: it switches channels off (errors.py).
    others = {"betas", "fallback_credit_token"}
    assert published - others <= {row.name for row in FIELDS}


def test_rows_are_named_once_and_say_why_they_are_ignored() -> None:
    assert len({row.name for row in FIELDS}) == len(FIELDS)
    assert all(row.remark for row in FIELDS if row.check is None)


def test_ignored_and_unknown_fields_do_not_reach_the_model() -> None:
    given: dict[str, Any] = {row.name: {"any": ["thing"]} for row in FIELDS if row.check is None}
    got = message(**given, something_new=1)
    assert got.inputs.keys() == message().inputs.keys()


@pytest.mark.parametrize("name", ["model", "max_tokens", "messages"])
def test_requires_fields(name: str) -> None:
    body = {key: value for key, value in BODY.items() if key != name}
    for given in (body, {**body, name: None}):
        got = send("POST", "/v1/messages", given)
        assert (got.status, got.param) == (400, name)
        assert got.error["details"]["error_code"].startswith("missing_")


@pytest.mark.parametrize(
    ("param", "fields"),
    [
        ("model", {"model": 5}),
        ("max_tokens", {"max_tokens": 0}),
        ("max_tokens", {"max_tokens": "many"}),
        ("max_tokens", {"max_tokens": True}),
        ("system", {"system": {"type": "text", "text": "a"}}),
        ("stream", {"stream": "yes"}),
        ("stop_sequences", {"stop_sequences": [1]}),
        ("stop_sequences", {"stop_sequences": ["a"] * 17}),
        ("stop_sequences", {"stop_sequences": ["a", "b" * 257]}),
        ("temperature", {"temperature": 1.1}),
        ("temperature", {"temperature": -0.1}),
        ("top_p", {"top_p": 2}),
        ("top_k", {"top_k": 0.5}),
        ("tools", {"tools": {}}),
        ("tool_choice", {"tool_choice": "auto"}),
        ("thinking", {"thinking": True}),
        ("thinking.type", {"thinking": {}}),
        ("thinking.type", {"thinking": {"type": "hard"}}),
        ("thinking.display", {"thinking": {"type": "adaptive", "display": "all"}}),
        ("thinking.budget_tokens", {"thinking": {"type": "enabled", "budget_tokens": 1023}}),
        ("thinking.budget_tokens", {"thinking": {"type": "enabled", "budget_tokens": "1k"}}),
        ("output_config", {"output_config": "high"}),
        ("output_config.effort", {"output_config": {"effort": "none"}}),
        ("output_config.format", {"output_config": {"format": "json"}}),
        ("output_config.format.type", {"output_config": {"format": {"type": "json_object"}}}),
        ("output_config.format.schema", {"output_config": {"format": {"type": "json_schema"}}}),
        ("output_format.schema", {"output_format": {"type": "json_schema", "schema": []}}),
        ("metadata", {"metadata": "me"}),
        ("metadata.user_id", {"metadata": {"user_id": 5}}),
        ("thread", {"thread": {"id": "thread_1"}}),
    ],
)
def test_errors_name_the_invalid_field(param: str, fields: dict[str, Any]) -> None:
    got = refused(param, **fields)
    assert f"'{param}'" in got.error["message"] or param == "model"


def test_a_thread_is_rejected_in_the_words_at_which_runners_go_on_without() -> None:
    details = refused("thread", thread={"type": "create"}).error["details"]
    assert details == {
        "error_code": "thread_unsupported_request",
        "param": "thread",
        "unsupported": ["thread"],
    }


def test_null_is_the_same_as_absent() -> None:
    required = BODY.keys()
    fields = {row.name: None for row in FIELDS if row.name not in required}
    assert generation(**fields) == generation()


def test_accepts_empty_values_of_unsupported_fields() -> None:
    assert generation(mcp_servers=[], thread=None) == generation()


# --- small fields ----------------------------------------------------------------------------


def test_sampling_goes_to_the_model_under_its_own_name() -> None:
    options: dict[str, Any] = {"temperature": 0.5, "top_p": 0.9, "top_k": 40}
    assert generation(**options).options == options
    native = message(model=NATIVE, temperature=0, top_p=0, top_k=500).inputs
    assert (native["temperature"], native["top_p"], native["top_k"]) == (0, 0.001, 50)


def test_max_tokens_goes_to_the_model() -> None:
    assert generation(max_tokens=77.0).max_tokens == 77
    assert message(max_tokens=77).inputs["max_tokens"] == 77


def test_the_model_by_its_name_of_anthropics() -> None:
    assert generation(model="claude-opus-4-6").model.id == VISION
    got = send("POST", "/v1/messages", {**BODY, "model": "no-such-model"})
    assert (got.status, got.error["type"]) == (404, "not_found_error")
    got = refused("model", model="@cf/openai/whisper")
    assert "/v1/audio/transcriptions" in got.error["message"]


def test_stop_sequences() -> None:
    assert generation(stop_sequences=["a", "", "b"]).stop == ["a", "b"]
    assert generation().stop == []


def test_metadata_keeps_a_user_on_one_replica() -> None:
    assert generation(metadata={"user_id": "user_1"}).affinity == "user_1"
    got = message(metadata={"user_id": "user_1"})
    assert got.ai.calls[0].headers == {"x-session-affinity": "user_1"}
    for metadata in ({}, {"user_id": None}, {"user_id": ""}, {"user_id": "a\r\nb"}):
        assert generation(metadata=metadata).affinity is None


@pytest.mark.parametrize(
    ("fields", "effort", "shown"),
    [
        ({}, "none", False),
        ({"thinking": {"type": "disabled"}}, "none", False),
        ({"thinking": {"type": "disabled"}, "output_config": {"effort": "max"}}, "none", False),
        ({"output_config": {"effort": "low"}}, "low", False),
        ({"output_config": {"effort": None}}, "none", False),
        ({"model": "gpt-5-high"}, "high", False),
        ({"model": "gpt-5-high", "output_config": {"effort": "low"}}, "low", False),
        ({"model": "gpt-5-high", "thinking": {"type": "disabled"}}, "none", False),
        ({"model": "gpt-5-high", "thinking": {"type": "adaptive"}}, "high", True),
        ({"thinking": {"type": "adaptive"}}, "medium", True),
        ({"thinking": {"type": "between_tools"}}, "medium", True),
        ({"thinking": {"type": "adaptive"}, "output_config": {"effort": "xhigh"}}, "xhigh", True),
        ({"thinking": {"type": "adaptive", "display": "summarized"}}, "medium", True),
        ({"thinking": {"type": "adaptive", "display": "omitted"}}, "medium", False),
        ({"thinking": {"type": "enabled"}}, "medium", True),
        ({"thinking": {"type": "enabled", "budget_tokens": 1024}}, "low", True),
        ({"thinking": {"type": "enabled", "budget_tokens": 4096}}, "low", True),
        ({"thinking": {"type": "enabled", "budget_tokens": 4097}}, "medium", True),
        ({"thinking": {"type": "enabled", "budget_tokens": 16384}}, "medium", True),
        ({"thinking": {"type": "enabled", "budget_tokens": 31999}}, "high", True),
        (
            {
                "thinking": {"type": "enabled", "budget_tokens": 31999},
                "output_config": {"effort": "low"},
            },
            "low",
            True,
        ),
    ],
)
def test_thinking(fields: dict[str, Any], effort: str, shown: bool) -> None:
    got = generation(**fields)
    assert got.effort == effort
    assert got.reasoning_format == ("parsed" if shown else "hidden")


def test_thinking_is_off_in_the_model_unless_asked_for() -> None:
    assert message().inputs["chat_template_kwargs"] == {"enable_thinking": False}
    on = message(thinking={"type": "adaptive"}).inputs
    assert on["chat_template_kwargs"] == {"enable_thinking": True}


@pytest.mark.parametrize("place", ["output_config", "output_format"])
def test_structured_outputs(place: str) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}}
    given = {"type": "json_schema", "schema": schema}
    fields: dict[str, Any] = {place: {"format": given} if place == "output_config" else given}
    got = generation(**fields)
    assert (got.json_mode, got.schema) == (True, Schema(schema, strict=True))
    answered = message(fakes.answer({"response": {"a": 5}}), model=NATIVE, **fields)
    assert answered.text == '{"a":5}'
    assert answered.inputs["response_format"] == {"type": "json_schema", "json_schema": schema}


def test_no_structured_output() -> None:
    got = generation(output_config={"format": None})
    assert (got.json_mode, got.schema) == (False, None)


# --- counting ----------------------------------------------------------------------------------


def counted(**body: Any) -> int:
    body = {"model": VISION, "messages": USER, **body}
    got = send("POST", COUNT, body)
    assert got.status == 200
    assert got.json.keys() == {"input_tokens"}
    tokens: int = got.json["input_tokens"]
    return tokens


def test_count_tokens_counts_everything() -> None:
    few = counted()
    assert 0 < few < 20
    many = "word " * 400
    assert counted(messages=[user(many)]) - few == pytest.approx(500, rel=0.1)
    assert counted(system=many) - few == pytest.approx(510, rel=0.1)
    assert counted(tools=[{**TOOL, "description": many}]) - few > 500
    asked = [assistant([{**USE, "input": {"city": many}}]), user([result(many)])]
    assert counted(messages=asked) - few > 1000
    thought = {"type": "thinking", "thinking": many, "signature": ""}
    assert counted(messages=[assistant([thought]), *USER]) - few > 500
    # One for a character of Chinese.
    assert counted(messages=[user("好" * 400)]) - few == pytest.approx(400, rel=0.1)


def test_images_are_counted_without_being_looked_at() -> None:
    images = [image(type="url", url=PAGE), image(type="base64", media_type="a", data="b")]
    assert counted(messages=[user(images)]) - counted() > 1000


def test_count_tokens_reads_the_request_as_messages_do() -> None:
    got = send("POST", COUNT, {"model": VISION, "messages": [user(5)], "max_tokens": 5})
    assert (got.status, got.param) == (400, "messages[0].content")
    for name in ("model", "messages"):
        got = send("POST", COUNT, {"model": VISION, "messages": USER, name: None})
        assert (got.status, got.param) == (400, name)


def test_the_estimate_of_a_stream_is_that_of_count_tokens() -> None:
    body: dict[str, Any] = {
        "model": VISION,
        "system": "Be kind.",
        "messages": USER,
        "tools": [TOOL],
    }
    assert estimate_input_tokens(generation(**body)) == counted(**body)
    got = message(stream=True, **body)
    assert got.events[0]["message"]["usage"]["input_tokens"] == counted(**body)
    assert got.json["usage"]["input_tokens"] == 5
