"""What Anthropic's clients send, and the neutral shape it is brought into."""

import base64
from collections.abc import Mapping
from typing import Any, get_type_hints

import pytest

from handlers.anthropic import request as messages_request
from handlers.anthropic.request import FIELDS, estimate
from handlers.reading.fields import MAX_BODY
from support import fakes
from support.anthropic_exchange import COUNT, message, refused, send
from support.exchange import NATIVE, OPENAI, UNKNOWN, USER, VISION
from support.fakes import FakeFetch, FakeReply
from workers_ai.text.generation import Generation, Schema

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
ENCODED = base64.b64encode(PNG).decode()
DATA_URL = "data:image/png;base64," + ENCODED
PAGE = "https://images.example.com/a.png"
BODY: dict[str, Any] = {"model": OPENAI, "max_tokens": 1000, "messages": USER}
TOOL = {
    "name": "get_weather",
    "description": "Looks out of the window",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}},
}
FUNCTION = {
    "name": "get_weather",
    "description": "Looks out of the window",
    "parameters": TOOL["input_schema"],
}
USE = {"type": "tool_use", "id": "toolu_1", "name": "get_weather", "input": {"city": "Ulm"}}
CALL = {
    "id": "toolu_1",
    "type": "function",
    "function": {"name": "get_weather", "arguments": '{"city":"Ulm"}'},
}


def generation(fetch: FakeFetch | None = None, **body: Any) -> Generation:
    return fakes.run(messages_request.read({**BODY, **body}, fakes.ports(fetch=fetch)))[1]


def messages(*given: Any, **body: Any) -> list[Mapping[str, Any]]:
    return list(generation(messages=list(given), **body).messages)


def user(content: Any) -> dict[str, Any]:
    return {"role": "user", "content": content}


def assistant(content: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": content}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def image(**source: Any) -> dict[str, Any]:
    return {"type": "image", "source": source}


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
def test_what_is_required(name: str) -> None:
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
        ("mcp_servers", {"mcp_servers": [{"type": "url", "url": "https://a.example"}]}),
        ("thread", {"thread": {"id": "thread_1"}}),
    ],
)
def test_a_wrong_field_is_named(param: str, fields: dict[str, Any]) -> None:
    got = refused(param, **fields)
    assert f"'{param}'" in got.error["message"] or param == "model"


def test_null_is_the_same_as_absent() -> None:
    required = BODY.keys()
    fields = {row.name: None for row in FIELDS if row.name not in required}
    assert generation(**fields) == generation()


def test_empty_lists_of_what_is_refused_pass() -> None:
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


# --- tools -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [{}, {"type": "custom"}, {"type": None}])
def test_tools_become_functions(kind: dict[str, Any]) -> None:
    more = {"cache_control": {"type": "ephemeral"}, "strict": True, "input_examples": []}
    assert generation(tools=[{**TOOL, **kind, **more}]).tools == [FUNCTION]


@pytest.mark.parametrize("description", [None, False, 5])
def test_a_description_that_is_no_text_is_dropped(description: Any) -> None:
    got = generation(tools=[{**TOOL, "description": description}])
    assert got.tools == [{**FUNCTION, "description": ""}]


@pytest.mark.parametrize(
    ("param", "tool"),
    [
        ("tools[0]", "get_weather"),
        ("tools[0].name", {"input_schema": {}}),
        ("tools[0].name", {"name": 5, "input_schema": {}}),
        ("tools[0].input_schema", {"name": "a"}),
        ("tools[0].input_schema", {"name": "a", "input_schema": []}),
        ("tools[0].type", {"type": "function", "function": {"name": "a"}}),
        ("tools[0].type", {"type": ["custom"], "name": "a", "input_schema": {}}),
    ],
)
def test_a_tool_that_cannot_be_read_is_named(param: str, tool: Any) -> None:
    refused(param, tools=[tool])


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("web_search_20260318", "web_search"),
        ("web_fetch_20250910", "web_fetch"),
        ("bash_20250124", "bash"),
        ("text_editor_20250728", "text_editor"),
        ("code_execution_20260521", "code_execution"),
        ("computer_toolset_20260801", "computer"),
        ("browser_toolset_20260801", "browser"),
        ("memory_20250818", "memory"),
        ("tool_search_tool_bm25_20251119", "tool_search"),
        ("mcp_toolset", "mcp_toolset"),
    ],
)
def test_anthropics_own_tools_are_refused_by_name(kind: str, name: str) -> None:
    got = refused("tools[1].type", tools=[TOOL, {"type": kind, "name": name}])
    assert f"Anthropic's {name} tool" in got.error["message"]


def test_the_type_of_an_unheard_of_tool_is_not_repeated() -> None:
    got = refused("tools[0].type", tools=[{"type": "credit_balance", "name": "a"}])
    assert "credit" not in got.error["message"]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (None, ("auto", None)),
        ({"type": "auto"}, ("auto", None)),
        ({"type": "any"}, ("required", None)),
        ({"type": "none"}, ("none", None)),
        ({"type": "tool", "name": "get_weather"}, ("named", "get_weather")),
    ],
)
def test_tool_choice(choice: Any, expected: tuple[str, str | None]) -> None:
    got = generation(tools=[TOOL], tool_choice=choice)
    assert (got.tool_choice, got.tool_name) == expected


@pytest.mark.parametrize(
    ("param", "choice"),
    [
        ("tool_choice.type", {}),
        ("tool_choice.type", {"type": "required"}),
        ("tool_choice.name", {"type": "tool"}),
        ("tool_choice.name", {"type": "tool", "name": "get_time"}),
        (
            "tool_choice.disable_parallel_tool_use",
            {"type": "auto", "disable_parallel_tool_use": "yes"},
        ),
    ],
)
def test_a_tool_choice_that_cannot_be_read_is_named(param: str, choice: Any) -> None:
    refused(param, tools=[TOOL], tool_choice=choice)


def test_a_choice_without_tools() -> None:
    assert generation(tool_choice={"type": "any"}).tool_choice == "auto"
    refused("tool_choice.name", tool_choice={"type": "tool", "name": "get_weather"})


@pytest.mark.parametrize("kind", ["auto", "any"])
def test_one_call_at_most(kind: str) -> None:
    choice = {"type": kind, "disable_parallel_tool_use": True}
    assert generation(tools=[TOOL], tool_choice=choice).options == {"parallel_tool_calls": False}
    choice["disable_parallel_tool_use"] = False
    assert generation(tools=[TOOL], tool_choice=choice).options == {}


# --- system and text ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("Be kind.", "Be kind."),
        ([text("Be kind.")], "Be kind."),
        ([{**text("Be kind."), "cache_control": {}}, text(""), text("Be brief.")], None),
    ],
)
def test_the_system_prompt(system: Any, expected: str | None) -> None:
    [first, _] = messages(*USER, system=system)
    assert first == {"role": "system", "content": expected or "Be kind.\nBe brief."}


@pytest.mark.parametrize("system", ["", [], [text("")]])
def test_no_system_prompt(system: Any) -> None:
    assert messages(*USER, system=system) == USER


def test_system_messages_within_the_conversation() -> None:
    given = [*USER, {"role": "system", "content": [text("Be kind.")]}, *USER]
    assert messages(*given) == [*USER, {"role": "system", "content": "Be kind."}, *USER]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Hi", "Hi"),
        ("", ""),
        ([], ""),
        ([text("Hi")], "Hi"),
        ([text("Hi"), text(""), {**text("you"), "cache_control": {}}], "Hi\nyou"),
        ("a\x00\ud83d", "a\x00\ud83d"),
    ],
)
def test_text_in_every_shape(content: Any, expected: str) -> None:
    assert messages(user(content)) == [user(expected)]
    assert messages(assistant(content), *USER) == [assistant(expected), *USER]


def test_neighbours_of_one_role_are_one_turn() -> None:
    given = [user("a"), user([text("b")]), assistant("c"), assistant([text("d"), USE]), user("e")]
    assert messages(*given) == [
        user("a\nb"),
        {**assistant("c\nd"), "tool_calls": [CALL]},
        user("e"),
    ]


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ([], "messages"),
        (["Hi"], "messages[0]"),
        ([*USER, {"content": "Hi"}], "messages[1].role"),
        ([{"role": "tool", "content": "Hi"}], "messages[0].role"),
        ([{"role": ["user"], "content": "Hi"}], "messages[0].role"),
        ([{"role": "user"}], "messages[0].content"),
        ([user(None)], "messages[0].content"),
        ([user(5)], "messages[0].content"),
        ([user(["Hi"])], "messages[0].content[0]"),
        ([user([{"text": "Hi"}])], "messages[0].content[0].type"),
        ([user([{"type": ["text"], "text": "Hi"}])], "messages[0].content[0].type"),
        ([user([{"type": "text"}])], "messages[0].content[0].text"),
        ([user([USE])], "messages[0].content[0].type"),
        ([user([{"type": "thinking", "thinking": "a"}])], "messages[0].content[0].type"),
        ([user([{"type": "container_upload", "file_id": "a"}])], "messages[0].content[0].type"),
        ([assistant([image()]), *USER], "messages[0].content[0].type"),
        ([assistant([{"type": "server_tool_use"}]), *USER], "messages[0].content[0].type"),
        ([{"role": "system", "content": [image()]}, *USER], "messages[0].content[0].type"),
        ([assistant([{**USE, "id": 5}]), *USER], "messages[0].content[0].id"),
        ([assistant([{**USE, "name": None}]), *USER], "messages[0].content[0].name"),
        ([assistant([{**USE, "input": "{}"}]), *USER], "messages[0].content[0].input"),
        ([assistant([{"type": "thinking"}]), *USER], "messages[0].content[0].thinking"),
        ([user([{"type": "tool_result"}])], "messages[0].content[0].tool_use_id"),
        (
            [user([{"type": "tool_result", "tool_use_id": "a", "content": [USE]}])],
            "messages[0].content[0].content[0].type",
        ),
    ],
)
def test_a_message_that_cannot_be_read_is_named(given: list[Any], param: str) -> None:
    refused(param, messages=given, model=VISION)


def test_system_blocks_are_text() -> None:
    refused("system[1].type", system=[text("a"), image()])
    refused("system[0].text", system=[{"type": "text"}])


@pytest.mark.parametrize("last", [assistant("The answer is ("), assistant([USE])])
def test_a_prefilled_answer_is_refused(last: dict[str, Any]) -> None:
    got = refused("messages", messages=[*USER, last])
    assert "prefill" in got.error["message"]


# --- images and documents ----------------------------------------------------------------------


@pytest.mark.parametrize("model", [VISION, UNKNOWN])
@pytest.mark.parametrize(
    "source",
    [
        {"type": "base64", "media_type": "image/png", "data": ENCODED},
        {"type": "base64", "media_type": "image/jpeg", "data": ENCODED},
        {"type": "url", "url": PAGE},
    ],
)
def test_images_become_data_urls(source: dict[str, Any], model: str) -> None:
    """With their true type, whatever the client says it is."""
    fetch = FakeFetch({PAGE: FakeReply(PNG, content_type="text/plain")})
    content = [text("What is this?"), image(**source), text("Tell me.")]
    [got] = messages(user(content), model=model, fetch=fetch)
    assert got["content"] == [
        text("What is this?"),
        {"type": "image_url", "image_url": {"url": DATA_URL}},
        text("Tell me."),
    ]


@pytest.mark.parametrize(
    ("param", "source"),
    [
        ("source", "a"),
        ("source", None),
        ("source.type", {}),
        ("source.type", {"type": "file", "file_id": "file_1"}),
        ("source.url", {"type": "url"}),
        ("source.data", {"type": "base64", "media_type": "image/png"}),
        ("source.media_type", {"type": "base64", "data": ENCODED}),
        ("source", {"type": "base64", "media_type": "image/png", "data": "***"}),
        ("source", {"type": "base64", "media_type": "image/png", "data": ""}),
        ("source", {"type": "url", "url": "http://127.0.0.1/a.png"}),
        ("source", {"type": "url", "url": PAGE}),
    ],
)
def test_an_image_that_cannot_be_had_is_named(param: str, source: Any) -> None:
    block = {"type": "image", "source": source}
    refused(f"messages[0].content[0].{param}", messages=[user([block])], model=VISION)


def test_a_model_without_eyes() -> None:
    seen = image(type="url", url=PAGE)
    got = refused("messages[0].content[0].source", messages=[user([seen])])
    assert "vision" in got.error["message"]
    refused("messages[0].content[0].content[0].source", messages=[user([result([seen])])])


def test_fetched_images_are_held_to_the_size_of_a_body() -> None:
    large = PNG + b"x" * (7 * 1024 * 1024)
    fetch = FakeFetch({f"{PAGE}?{number}": FakeReply(large) for number in range(3)})
    content = [image(type="url", url=url) for url in fetch.pages]
    assert sum(len(reply.pieces[0]) * 4 // 3 for reply in fetch.pages.values()) > MAX_BODY
    body = {**BODY, "model": VISION, "messages": [user(content)]}
    got = send("POST", "/v1/messages", body, fetch=fetch)
    assert (got.status, got.error["type"]) == (413, "invalid_request_error")


def test_documents_that_are_text() -> None:
    source = {"type": "text", "media_type": "text/plain", "data": "It is red."}
    block = {"type": "document", "source": source, "citations": {"enabled": True}}
    assert messages(user([block]))[0]["content"] == "It is red."
    named = {**block, "title": "Apples", "context": "From a book"}
    assert messages(user([named]))[0]["content"] == "Apples\nFrom a book\nIt is red."


@pytest.mark.parametrize(
    ("param", "source"),
    [
        ("source", None),
        ("source.type", {}),
        ("source.type", {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0="}),
        ("source.type", {"type": "url", "url": "https://a.example/a.pdf"}),
        ("source.type", {"type": "file", "file_id": "file_1"}),
        ("source.type", {"type": "content", "content": "a"}),
        ("source.data", {"type": "text"}),
    ],
)
def test_other_documents_are_refused(param: str, source: Any) -> None:
    block = {"type": "document", "source": source}
    refused(f"messages[0].content[0].{param}", messages=[user([block])], model=VISION)


def test_search_results() -> None:
    block = {
        "type": "search_result",
        "title": "Apples",
        "source": "https://a.example",
        "content": [text("They are red."), text("Some are green.")],
    }
    [got] = messages(user([block]))
    assert got["content"] == "Apples\nhttps://a.example\nThey are red.\nSome are green."
    for name in ("title", "source", "content"):
        refused(f"messages[0].content[0].{name}", messages=[user([{**block, name: None}])])


# --- calls, results and thinking ---------------------------------------------------------------


def result(content: Any = "sunny", **more: Any) -> dict[str, Any]:
    block = {"type": "tool_result", "tool_use_id": "toolu_1", "content": content, **more}
    return {key: value for key, value in block.items() if value is not ...}


def told(content: str) -> dict[str, Any]:
    return {
        "role": "tool",
        "tool_call_id": "toolu_1",
        "content": content,
        "name": "get_weather",
    }


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (result(), "sunny"),
        (result(""), ""),
        (result(None), ""),
        (result(...), ""),
        (result([]), ""),
        (result([text("sunny"), text("warm")]), "sunny\nwarm"),
        (result(is_error=False), "sunny"),
        (result("no window", is_error=True), "Error: no window"),
    ],
)
def test_calls_and_their_results(block: dict[str, Any], expected: str) -> None:
    asked = assistant([text("Let me look."), USE])
    assert messages(*USER, asked, user([block])) == [
        *USER,
        {**assistant("Let me look."), "tool_calls": [CALL]},
        told(expected),
    ]


def test_results_come_right_after_the_calls() -> None:
    [*_, first, second] = messages(assistant([USE]), user([text("Well?"), result()]))
    assert (first, second) == (told("sunny"), user("Well?"))


def test_several_calls_and_results() -> None:
    other = {**USE, "id": "toolu_2", "name": "get_time", "input": {}}
    answers = [result(), {**result("noon"), "tool_use_id": "toolu_2"}]
    [asked, *results] = messages(assistant([USE, other]), user(answers))
    assert [call["function"]["name"] for call in asked["tool_calls"]] == ["get_weather", "get_time"]
    assert asked["tool_calls"][1]["function"]["arguments"] == "{}"
    assert [got["name"] for got in results] == ["get_weather", "get_time"]


def test_a_result_of_a_call_that_nobody_made() -> None:
    [got] = messages(user([result()]))
    assert got == {"role": "tool", "tool_call_id": "toolu_1", "content": "sunny"}


def test_an_image_as_a_result_is_shown_in_the_users_message() -> None:
    seen = image(type="base64", media_type="image/png", data=ENCODED)
    given = [assistant([USE]), user([result([text("Look:"), seen]), text("Well?")])]
    [_, got, shown] = messages(*given, model=VISION)
    assert got == told("Look:\n(An image, shown in the next message.)")
    part = {"type": "image_url", "image_url": {"url": DATA_URL}}
    assert shown == user([part, text("Well?")])


def test_earlier_thinking() -> None:
    thought = {"type": "thinking", "thinking": "Rain?", "signature": "abc"}
    hidden = {"type": "redacted_thinking", "data": "xyz"}
    [got, _] = messages(assistant([thought, hidden, thought, text("No.")]), *USER)
    assert got == {**assistant("No."), "reasoning": "Rain?\nRain?"}


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
    assert estimate(generation(**body)) == counted(**body)
    got = message(stream=True, **body)
    assert got.events[0]["message"]["usage"]["input_tokens"] == counted(**body)
    assert got.json["usage"]["input_tokens"] == 5
