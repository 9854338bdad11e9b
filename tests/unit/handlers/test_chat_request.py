"""What clients send as a chat request, and the one shape it is brought into."""

import base64
import json
from collections.abc import Mapping
from typing import Any

import pytest

import fakes
from exchange import CHAT, NATIVE, OPENAI, UNKNOWN, USER, VISION, Got, chat, send
from fakes import FakeFetch, FakeReply
from handlers import chat_request
from handlers.fields import MAX_BODY
from workers_ai.generation import Generation, Schema
from workers_ai.inputs import EFFORTS

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
DATA_URL = "data:image/png;base64," + base64.b64encode(PNG).decode()
PAGE = "https://images.example.com/a.png"


def generation(fetch: FakeFetch | None = None, **body: Any) -> Generation:
    body = {"model": OPENAI, "messages": USER, **body}
    return fakes.run(chat_request.read(body, fakes.ports(fetch=fetch)))[1]


def messages(*given: Any, **body: Any) -> list[Mapping[str, Any]]:
    return list(generation(messages=list(given), **body).messages)


def refused(param: str, **body: Any) -> Got:
    got = chat(**body)
    assert (got.status, got.error["param"]) == (400, param), got.error
    assert got.ai.calls == []
    return got


# --- roles and content -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "expected"), [("system", "system"), ("developer", "system"), ("user", "user")]
)
@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Hi", "Hi"),
        ("", ""),
        (None, ""),
        ([], ""),
        ([{"type": "text", "text": "Hi"}], "Hi"),
        ([{"type": "text", "text": "Hi"}, {"type": "input_text", "text": "you"}], "Hi\nyou"),
        (["Hi", {"type": "text", "text": "you"}, "there"], "Hi\nyou\nthere"),
        ([{"type": "text", "text": ""}], ""),
        ("a\x00\ud83d", "a\x00\ud83d"),
    ],
)
def test_text_in_every_shape(role: str, expected: str, content: Any, text: str) -> None:
    assert messages({"role": role, "content": content}) == [{"role": expected, "content": text}]


def test_a_message_without_content() -> None:
    given = [{"role": "system"}, {"role": "user"}, {"role": "assistant"}]
    assert [message["content"] for message in messages(*given)] == ["", "", ""]


def test_names_and_unknown_fields_of_a_message_are_tolerated() -> None:
    given = {"role": "user", "content": "Hi", "name": "bob", "cache_control": {"type": "ephemeral"}}
    assert messages(given) == [{"role": "user", "content": "Hi"}]


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ([], "messages"),
        (["Hi"], "messages[0]"),
        ([None], "messages[0]"),
        ([*USER, {"content": "Hi"}], "messages[1].role"),
        ([{"role": "bot", "content": "Hi"}], "messages[0].role"),
        ([{"role": ["user"], "content": "Hi"}], "messages[0].role"),
        ([{"role": None, "content": "Hi"}], "messages[0].role"),
        ([{"role": "user", "content": 5}], "messages[0].content"),
        ([{"role": "user", "content": {"type": "text", "text": "Hi"}}], "messages[0].content"),
        ([{"role": "system", "content": True}], "messages[0].content"),
        ([{"role": "assistant", "content": 1.5}], "messages[0].content"),
        ([{"role": "user", "content": ["a", 5]}], "messages[0].content[1]"),
        ([{"role": "system", "content": ["a", None]}], "messages[0].content[1]"),
        ([{"role": "user", "content": [{"type": "text"}]}], "messages[0].content[0].text"),
        ([{"role": "user", "content": [{"text": "Hi"}]}], "messages[0].content[0].type"),
        ([{"role": "user", "content": [{"type": ["text"]}]}], "messages[0].content[0].type"),
        (
            [{"role": "system", "content": [{"type": "text", "text": 5}]}],
            "messages[0].content[0].text",
        ),
        (
            [{"role": "user", "content": [{"type": "input_audio", "input_audio": {}}]}],
            "messages[0].content[0].type",
        ),
        (
            [{"role": "user", "content": [{"type": "file", "file": {}}]}],
            "messages[0].content[0].type",
        ),
    ],
)
def test_a_message_that_cannot_be_read_is_named(given: list[Any], param: str) -> None:
    refused(param, messages=given)


# --- images ------------------------------------------------------------------------------------


def image(url: object = DATA_URL, kind: str = "image_url") -> dict[str, Any]:
    return {"type": kind, "image_url": url}


@pytest.mark.parametrize(
    "part",
    [
        image({"url": DATA_URL}),
        image({"url": DATA_URL, "detail": "high"}),
        image(DATA_URL),
        image(DATA_URL, "input_image"),
        image({"url": PAGE}),
        image(PAGE),
    ],
)
@pytest.mark.parametrize("model", [VISION, UNKNOWN, "@cf/mistralai/mistral-small-3.1-24b-instruct"])
def test_images_become_data_urls(part: dict[str, Any], model: str) -> None:
    """Also for a model of which nobody says whether it sees."""
    fetch = FakeFetch({PAGE: FakeReply(PNG, content_type="text/plain")})
    content = [{"type": "text", "text": "What is this?"}, part, "Tell me."]
    [message] = messages({"role": "user", "content": content}, model=model, fetch=fetch)
    assert message["content"] == [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": DATA_URL}},
        {"type": "text", "text": "Tell me."},
    ]


def test_a_text_only_model_is_told_which_part_it_does_not_see() -> None:
    given = [*USER, {"role": "user", "content": ["What is this?", image(PAGE)]}]
    for model in (OPENAI, NATIVE):
        got = refused("messages[1].content[1]", messages=given, model=model)
        assert got.error["code"] == "unsupported_content"


@pytest.mark.parametrize("role", ["system", "developer", "assistant", "tool", "function"])
def test_images_belong_into_user_messages(role: str) -> None:
    got = refused(
        "messages[0].content[0].type",
        model=VISION,
        messages=[{"role": role, "content": [image()]}],
    )
    assert got.error["code"] == "unsupported_content"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (None, "invalid_type"),
        ({}, "invalid_type"),
        ({"url": 5}, "invalid_type"),
        ([DATA_URL], "invalid_type"),
        ("data:image/png;base64,AAAA", "invalid_image_url"),
        ("http://169.254.169.254/latest", "invalid_image_url"),
        ("https://gone.example.com/credit.png", "invalid_image_url"),
        ("", "invalid_image_url"),
    ],
)
def test_an_image_that_cannot_be_had_is_named(url: object, code: str) -> None:
    given = [{"role": "user", "content": [image(url)]}]
    got = refused("messages[0].content[0].image_url", model=VISION, messages=given)
    assert got.error["code"] == code


def test_many_images_may_not_fill_the_memory() -> None:
    """Each is at most 10 MB, but a small request can name any number of them."""
    big = FakeReply(PNG + b"x" * (9 * 1024 * 1024))
    fetch = FakeFetch({f"{PAGE}?{number}": big for number in range(9)})
    body = {"model": VISION, "messages": [{"role": "user", "content": [*map(image, fetch.pages)]}]}
    got = send("POST", CHAT, body, fetch=fetch)
    assert (got.status, got.error["param"]) == (413, "messages[0].content[2].image_url")
    assert len(fetch.urls) == 3
    assert 3 * 9 * 1024 * 1024 > MAX_BODY


# --- tool calls and results --------------------------------------------------------------------


def call(name: str = "f", arguments: object = "{}", **extra: Any) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "arguments": arguments}, **extra}


def one_call(given: dict[str, Any]) -> dict[str, Any]:
    [message] = messages({"role": "assistant", "content": None, "tool_calls": [given]})
    assert message["content"] == ""
    [read] = message["tool_calls"]
    assert read.keys() == {"id", "type", "function"}
    assert read["type"] == "function"
    result: dict[str, Any] = read
    return result


@pytest.mark.parametrize(
    ("given", "arguments"),
    [
        ('{"a":1}', '{"a":1}'),
        ({"a": "你"}, '{"a":"你"}'),
        ({}, "{}"),
        ([1], "[1]"),
        ("", "{}"),
        (" \n", "{}"),
        (None, "{}"),
        ("no json", "no json"),
        (5, "5"),
        (False, "false"),
    ],
)
def test_arguments_become_text(given: object, arguments: str) -> None:
    nested = one_call(call(arguments=given, id="call_a"))
    assert nested == call(arguments=arguments, id="call_a")
    flat = one_call({"name": "f", "arguments": given, "id": "call_a"})
    assert flat == nested
    assert one_call({"name": "f", "parameters": given, "id": "call_a", "index": 0}) == nested


def test_calls_without_arguments_or_id() -> None:
    assert one_call({"function": {"name": "f"}})["function"] == {"name": "f", "arguments": "{}"}
    given = [call("f"), call("g", id=None), call("h", id=5), call("i", id="")]
    [message] = messages({"role": "assistant", "tool_calls": given})
    ids = [each["id"] for each in message["tool_calls"]]
    assert all(isinstance(each, str) and each for each in ids)
    assert len(set(ids)) == 4


def test_made_up_ids_differ_from_given_ones() -> None:
    given = [call("f", id="call_1"), call("g"), call("h", id="call_3"), call("i")]
    [message] = messages({"role": "assistant", "tool_calls": given})
    ids = [each["id"] for each in message["tool_calls"]]
    assert ids[::2] == ["call_1", "call_3"]
    assert len(set(ids)) == 4


def test_ids_that_come_again_in_a_later_turn() -> None:
    turn = [
        {"role": "assistant", "tool_calls": [call("f", id="a")]},
        {"role": "tool", "content": "1"},
    ]
    assert [message.get("tool_call_id") for message in messages(*turn, *turn)] == [
        *(None, "a"),
        *(None, "a"),
    ]


@pytest.mark.parametrize(
    ("calls", "param"),
    [
        (5, "messages[0].tool_calls"),
        ({"a": 1}, "messages[0].tool_calls"),
        (["f"], "messages[0].tool_calls[0]"),
        ([call(), {}], "messages[0].tool_calls[1].name"),
        ([{"function": {}}], "messages[0].tool_calls[0].function.name"),
        ([{"function": "f"}], "messages[0].tool_calls[0].function"),
        ([{"name": 5}], "messages[0].tool_calls[0].name"),
    ],
)
def test_a_call_that_cannot_be_read_is_named(calls: object, param: str) -> None:
    refused(param, messages=[{"role": "assistant", "tool_calls": calls}])


@pytest.mark.parametrize("calls", [None, []])
def test_an_assistant_message_without_calls(calls: object) -> None:
    given = {"role": "assistant", "content": "Hi", "tool_calls": calls, "function_call": None}
    assert messages(given) == [{"role": "assistant", "content": "Hi"}]


@pytest.mark.parametrize("calls", [{}, {"tool_calls": None}, {"tool_calls": []}])
def test_the_older_function_call(calls: dict[str, Any]) -> None:
    function = {"name": "f", "arguments": '{"a":1}'}
    read = messages(
        {"role": "assistant", "content": None, "function_call": function, **calls},
        {"role": "function", "name": "f", "content": "42"},
    )
    assert read == [
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": "call_0", "type": "function", "function": function}],
        },
        {"role": "tool", "tool_call_id": "call_0", "name": "f", "content": "42"},
    ]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("42", "42"),
        (None, ""),
        ([], ""),
        ({"a": "你"}, '{"a": "你"}'),
        (42, "42"),
        (4.5, "4.5"),
        (True, "true"),
        ([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}], "a\nb"),
        (["a", "b"], "a\nb"),
        ([1, 2], "[1, 2]"),
        ([{"id": 1}, {"id": 2}], '[{"id": 1}, {"id": 2}]'),
        ([None], "[null]"),
    ],
)
def test_tool_results_become_text(content: object, text: str) -> None:
    result = {"role": "tool", "tool_call_id": "call_a", "content": content}
    _, read = messages({"role": "assistant", "tool_calls": [call(id="call_a")]}, result)
    assert read == {"role": "tool", "tool_call_id": "call_a", "name": "f", "content": text}


def test_a_result_without_an_id_belongs_to_the_oldest_open_call() -> None:
    read = messages(
        {"role": "assistant", "tool_calls": [call("f", id="a"), call("g", id="b"), call("h")]},
        {"role": "tool", "tool_call_id": "b", "content": "1"},
        {"role": "tool", "content": "2"},
        {"role": "tool", "tool_call_id": None, "name": "x", "content": "3"},
    )
    third = read[0]["tool_calls"][2]["id"]
    assert [(each["tool_call_id"], each["name"]) for each in read[1:]] == [
        ("b", "g"),
        ("a", "f"),
        (third, "h"),
    ]


def test_a_result_of_an_unknown_call_keeps_what_it_says() -> None:
    """Front ends cut histories, and the call may have been cut off."""
    read = messages(
        {"role": "tool", "tool_call_id": "a", "name": "f", "content": "1"},
        {"role": "tool", "content": "2"},
        {"role": "tool", "tool_call_id": 7, "name": 7, "content": "3"},
    )
    assert read == [
        {"role": "tool", "tool_call_id": "a", "name": "f", "content": "1"},
        {"role": "tool", "tool_call_id": "call_0", "content": "2"},
        {"role": "tool", "tool_call_id": "call_0", "content": "3"},
    ]


@pytest.mark.parametrize("key", ["reasoning_content", "reasoning"])
def test_earlier_thinking_is_kept_apart(key: str) -> None:
    [message] = messages({"role": "assistant", "content": "42", key: "Let me see."})
    assert message == {"role": "assistant", "content": "42", "reasoning": "Let me see."}
    parts = [{"type": "thinking", "thinking": "Hm."}, {"type": "output_text", "text": "42"}]
    [message] = messages({"role": "assistant", "content": parts, key: None})
    assert message == {"role": "assistant", "content": "42"}


def test_an_earlier_refusal_is_what_the_assistant_said() -> None:
    said = {"role": "assistant", "content": "No."}
    assert messages({"role": "assistant", "content": None, "refusal": "No."}) == [said]
    parts = [{"type": "refusal", "refusal": "No."}]
    assert messages({"role": "assistant", "content": parts}) == [said]
    [message] = messages({"role": "assistant", "content": "Yes.", "refusal": None})
    assert message["content"] == "Yes."


# --- tools -------------------------------------------------------------------------------------

TOOL = {
    "type": "function",
    "function": {"name": "f", "description": "does f", "parameters": {"type": "object"}},
}
DECLARED = {"name": "f", "description": "does f", "parameters": {"type": "object"}}


@pytest.mark.parametrize(
    "body",
    [
        {"tools": [TOOL]},
        {"tools": [{"type": "function", **TOOL["function"]}]},  # type: ignore[dict-item]
        {"tools": [{"function": TOOL["function"]}]},
        {"tools": [TOOL["function"]]},
        {"functions": [TOOL["function"]]},
    ],
)
def test_tools_nested_flat_and_old(body: dict[str, Any]) -> None:
    read = generation(**body)
    assert (list(read.tools), read.tool_choice, read.tool_name) == ([DECLARED], "auto", None)


@pytest.mark.parametrize("description", [None, False, 5, []])
def test_a_tool_without_description_or_parameters(description: object) -> None:
    given: dict[str, Any] = {"name": "f", "description": description}
    [tool] = generation(tools=[{"function": given}]).tools
    parameters = {"type": "object", "properties": {}}
    assert tool == {"name": "f", "description": "", "parameters": parameters}
    [tool] = generation(tools=[{"function": {"name": "f", "parameters": None}}]).tools
    assert tool["parameters"] == parameters


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"tools": [5]}, "tools[0]"),
        ({"tools": [TOOL, {"type": "custom", "custom": {}}]}, "tools[1].type"),
        ({"tools": [{"type": "web_search"}]}, "tools[0].type"),
        ({"tools": [{"type": "function"}]}, "tools[0].name"),
        ({"tools": [{"type": "function", "function": {}}]}, "tools[0].function.name"),
        ({"tools": [{"type": "function", "function": "f"}]}, "tools[0].function"),
        (
            {"tools": [{"function": {"name": "f", "parameters": []}}]},
            "tools[0].function.parameters",
        ),
        ({"functions": [TOOL["function"], 5]}, "functions[1]"),
        ({"functions": [{"name": "f", "parameters": "{}"}]}, "functions[0].parameters"),
        ({"functions": [{}]}, "functions[0].name"),
    ],
)
def test_a_tool_that_cannot_be_read_is_named(body: dict[str, Any], param: str) -> None:
    refused(param, **body)


NAMED = ("named", "f")


@pytest.mark.parametrize("field", ["tool_choice", "function_call"])
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("auto", ("auto", None)),
        ("none", ("none", None)),
        ("required", ("required", None)),
        ("any", ("required", None)),
        (None, ("auto", None)),
        ({"type": "function", "function": {"name": "f"}}, NAMED),
        ({"type": "function", "name": "f"}, NAMED),
        ({"name": "f"}, NAMED),
    ],
)
def test_tool_choice(field: str, given: Any, expected: tuple[str, str | None]) -> None:
    read = generation(tools=[TOOL], **{field: given})
    assert (read.tool_choice, read.tool_name) == expected


@pytest.mark.parametrize("field", ["tool_choice", "function_call"])
@pytest.mark.parametrize(
    "given",
    [
        "sometimes",
        "",
        {},
        {"name": "g"},
        {"name": ["f"]},
        {"type": "function", "function": {"name": "credit"}},
        {"type": "function", "function": "f"},
    ],
)
def test_a_choice_that_cannot_be_made(field: str, given: object) -> None:
    refused(field, tools=[TOOL], **{field: given})


def test_tool_choice_wins_over_function_call() -> None:
    assert generation(tools=[TOOL], tool_choice="none", function_call="auto").tool_choice == "none"


@pytest.mark.parametrize("given", ["required", {"name": "g"}, "sometimes"])
@pytest.mark.parametrize("tools", [None, []])
def test_without_tools_there_is_nothing_to_choose(tools: object, given: object) -> None:
    read = generation(tools=tools, tool_choice=given)
    assert (read.tools, read.tool_choice) == ([], "auto")


TOOLS = [{"function": {"name": name}} for name in "fgh"]
ALLOWED = [{"type": "function", "function": {"name": "h"}}, {"type": "function", "name": "f"}]


@pytest.mark.parametrize("mode", ["auto", "required"])
@pytest.mark.parametrize("nested", [True, False])
def test_allowed_tools(mode: str, nested: bool) -> None:
    given: dict[str, Any] = {"mode": mode, "tools": ALLOWED}
    given = {"allowed_tools": given} if nested else given
    read = generation(tools=TOOLS, tool_choice={"type": "allowed_tools", **given})
    assert [tool["name"] for tool in read.tools] == ["f", "h"]
    assert (read.tool_choice, read.tool_name) == (mode, None)


@pytest.mark.parametrize(
    ("allowed", "param"),
    [
        (5, "tool_choice.allowed_tools"),
        ({"tools": ALLOWED}, "tool_choice.allowed_tools.mode"),
        ({"mode": "none", "tools": ALLOWED}, "tool_choice.allowed_tools.mode"),
        ({"mode": "auto"}, "tool_choice.allowed_tools.tools"),
        ({"mode": "auto", "tools": [5]}, "tool_choice.allowed_tools.tools[0]"),
        ({"mode": "auto", "tools": [{"name": "x"}]}, "tool_choice.allowed_tools.tools[0]"),
    ],
)
def test_allowed_tools_that_cannot_be_read(allowed: object, param: str) -> None:
    refused(param, tools=TOOLS, tool_choice={"type": "allowed_tools", "allowed_tools": allowed})


# --- response_format ---------------------------------------------------------------------------

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, (False, None)),
        ({"type": "text"}, (False, None)),
        ({"type": "json_object"}, (True, None)),
        ({"type": "json_object", "schema": None, "json_schema": None}, (True, None)),
        ({"type": "json_object", "schema": SCHEMA}, (True, Schema(SCHEMA))),
        ({"type": "json_schema", "schema": SCHEMA}, (True, Schema(SCHEMA))),
        ({"type": "json_schema", "json_schema": SCHEMA}, (True, Schema(SCHEMA))),
        ({"type": "json_schema", "json_schema": {"schema": SCHEMA}}, (True, Schema(SCHEMA))),
        (
            {
                "type": "json_schema",
                "json_schema": {
                    "name": "n",
                    "description": "d",
                    "schema": SCHEMA,
                    "strict": True,
                },
            },
            (True, Schema(SCHEMA, "n", "d", True)),
        ),
        (
            {"type": "json_schema", "name": "n", "schema": SCHEMA, "strict": True},
            (True, Schema(SCHEMA, "n", None, True)),
        ),
        (
            {
                "type": "json_schema",
                "json_schema": {"name": "", "description": 5, "schema": SCHEMA, "strict": None},
            },
            (True, Schema(SCHEMA, "answer", None, False)),
        ),
        ({"type": "json_schema", "json_schema": {"name": "n"}}, (True, None)),
        ({"type": "json_schema", "json_schema": {"name": "n", "schema": None}}, (True, None)),
    ],
)
def test_response_format(given: object, expected: tuple[bool, Schema | None]) -> None:
    read = generation(response_format=given)
    assert (read.json_mode, read.schema) == expected


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ({}, "response_format.type"),
        ({"type": None}, "response_format.type"),
        ({"type": "xml"}, "response_format.type"),
        ({"type": ["text"]}, "response_format.type"),
        ({"type": "json_schema"}, "response_format.json_schema"),
        ({"type": "json_schema", "json_schema": []}, "response_format.json_schema"),
        (
            {"type": "json_schema", "json_schema": {"schema": 5}},
            "response_format.json_schema.schema",
        ),
    ],
)
def test_a_format_that_cannot_be_read(given: object, param: str) -> None:
    refused(param, response_format=given)


# --- reasoning ---------------------------------------------------------------------------------


@pytest.mark.parametrize("effort", EFFORTS)
def test_effort_by_name(effort: str) -> None:
    assert generation(reasoning_effort=effort).effort == effort
    assert generation(reasoning={"effort": effort}).effort == effort


@pytest.mark.parametrize(
    ("body", "effort"),
    [
        ({}, None),
        ({"enable_thinking": True}, "medium"),
        ({"enable_thinking": False}, "none"),
        ({"reasoning": {"enabled": True}}, "medium"),
        ({"reasoning": {"enabled": False}}, "none"),
        ({"reasoning": {"enabled": "no", "effort": None}}, None),
        ({"reasoning": {}}, None),
        ({"thinking": {"type": "enabled", "budget_tokens": 1024}}, "medium"),
        ({"thinking": {"type": "adaptive"}}, "medium"),
        ({"thinking": {"type": "disabled"}}, "none"),
        ({"thinking": {"type": "perhaps"}}, None),
        ({"thinking": {"type": {}}}, None),
        ({"reasoning_effort": "low", "enable_thinking": False}, "low"),
        ({"reasoning": {"effort": "high", "enabled": False}}, "high"),
        ({"enable_thinking": False, "thinking": {"type": "enabled"}}, "none"),
    ],
)
def test_the_switches_of_other_servers(body: dict[str, Any], effort: str | None) -> None:
    assert generation(**body).effort == effort


def test_an_effort_that_nobody_has() -> None:
    refused("reasoning.effort", reasoning={"effort": "hard"})


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ({}, "parsed"),
        ({"include_reasoning": True}, "parsed"),
        ({"include_reasoning": False}, "hidden"),
        ({"reasoning": {"exclude": True}}, "hidden"),
        ({"reasoning": {"exclude": False}}, "parsed"),
        ({"reasoning_format": "raw"}, "raw"),
        ({"reasoning_format": "hidden"}, "hidden"),
        ({"reasoning_format": "parsed", "include_reasoning": False}, "parsed"),
    ],
)
def test_where_reasoning_goes(body: dict[str, Any], form: str) -> None:
    assert generation(**body).reasoning_format == form


def test_template_arguments_are_passed_on() -> None:
    given = {"enable_thinking": False, "thinking": True}
    assert generation(chat_template_kwargs=given).template == given
    assert generation().template == {}


# --- the rest ----------------------------------------------------------------------------------


def test_max_tokens() -> None:
    assert generation().max_tokens is None
    assert generation(max_tokens=7).max_tokens == 7
    assert generation(max_completion_tokens=8).max_tokens == 8
    assert generation(max_tokens=7, max_completion_tokens=8).max_tokens == 8
    assert generation(max_tokens=7, max_completion_tokens=None).max_tokens == 7


def test_sampling_parameters_go_to_the_model() -> None:
    given: dict[str, Any] = {
        "temperature": 0.5,
        "top_p": 0.9,
        "seed": 7,
        "frequency_penalty": 1,
        "presence_penalty": -1,
        "logit_bias": {"50256": -100},
        "top_k": 40,
        "min_p": 0.1,
        "repetition_penalty": 1.1,
        "lora": "mine",
        "parallel_tool_calls": False,
        "prediction": {"type": "content", "content": "x"},
    }
    assert generation(**given).options == given
    assert chat(model=UNKNOWN, **given).inputs.items() >= given.items()
    assert generation().options == {}


def test_penalties_are_clamped() -> None:
    given: dict[str, Any] = {
        "frequency_penalty": 9,
        "presence_penalty": -9,
        "repetition_penalty": 9,
    }
    assert list(generation(**given).options.values()) == [2, -2, 2]


def test_stop_and_n() -> None:
    assert generation(stop="x").stop == ["x"]
    assert generation(stop=["x", "", "y"]).stop == ["x", "y"]
    assert generation(stop=[]).stop == generation(stop="").stop == generation().stop == []
    assert [generation(n=n).n for n in (1, 2.0, 4)] == [1, 2, 4]
    assert generation().n == 1


def test_log_probabilities() -> None:
    assert generation(logprobs=True).options == {"logprobs": True}
    asked: dict[str, Any] = {"logprobs": True, "top_logprobs": 3}
    assert generation(**asked).options == asked
    assert generation(model=UNKNOWN, **asked).options == asked
    assert generation(logprobs=False, top_logprobs=0).options == {}
    assert generation(model=NATIVE, logprobs=False).options == {}
    got = refused("logprobs", model=NATIVE, logprobs=True)
    assert got.error["code"] == "unsupported_parameter"


@pytest.mark.parametrize("given", [["text"], "text", [], None])
def test_text_is_what_models_answer_with(given: object) -> None:
    assert chat(modalities=given).status == 200


@pytest.mark.parametrize("given", [["text", "audio"], ["audio"], "image"])
def test_no_model_speaks(given: object) -> None:
    audio = {"voice": "alloy", "format": "wav"}
    got = refused("modalities", modalities=given, audio=audio)
    assert got.error["code"] == "unsupported_value"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, None),
        ({"user": "u-1"}, "u-1"),
        ({"prompt_cache_key": "k", "user": "u-1"}, "k"),
        ({"user": ""}, None),
        ({"user": "käse"}, None),
        ({"user": "a\r\nx-evil: 1"}, None),
        ({"user": "u" * 10_000}, "u" * 128),
    ],
)
def test_affinity_is_a_header_that_can_be_sent(body: dict[str, Any], expected: str | None) -> None:
    assert generation(**body).affinity == expected
    headers = chat(**body).ai.calls[0].headers
    assert headers == ({"x-session-affinity": expected} if expected else {})


def test_the_model_that_was_asked_for() -> None:
    assert generation(model="gpt-4o").model.id == VISION
    assert generation(model=UNKNOWN).model.id == UNKNOWN
    assert refused("model", model="").error["code"] == "missing_model"
    assert refused("model", model="@cf/baai/bge-m3").error["code"] == "wrong_endpoint"
    got = chat(model="credit-balance")
    assert (got.status, got.error["code"], got.error["param"]) == (404, "model_not_found", "model")


def test_what_is_sent_can_be_written_as_json() -> None:
    """Whole numbers too large for JavaScript and lone surrogates included."""
    got = chat(
        model=UNKNOWN, seed=10**400, user="\ud800", messages=[{"role": "user", "content": "\ud83d"}]
    )
    assert json.loads(json.dumps(got.inputs)) == got.inputs
