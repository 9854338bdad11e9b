"""Function calling, as agents do it: declared, chosen, streamed, answered, and sent back."""

import json
from collections.abc import Iterable
from typing import Any

import httpx2
import openai as sdk
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam
from pydantic import BaseModel

from clients.talk import (
    NATIVE,
    OPENAI,
    RESPONSES,
    WIRES,
    WITHOUT_TOOLS,
    answer_to,
    chat_body,
    inputs_of,
    text_of,
    texts,
    tool,
    user,
)
from workers_ai.catalogue.models import MODELS

TEXT_MODELS = [
    "@mock/mixed",
    *(
        model.id
        for model in MODELS
        if model.task == "Text Generation" and model.status == "current"
    ),
]
WEATHER = tool("get_weather", city="string")
TIME = tool("get_time", zone="string")
TOOLS = [WEATHER, TIME]
CALL = '[[call:get_weather {"city":"Paris"}]]'
BOTH = CALL + '[[call:get_time {"zone":"UTC"}]]'
PARIS = ("get_weather", {"city": "Paris"})
UTC = ("get_time", {"zone": "UTC"})
FORCED = {"type": "function", "function": {"name": "get_time"}}

DELTAS = ["stream/openai", "stream/whole-call", "stream/late-name", "stream/nulls"]
DELTAS += ["stream/null-end", "stream/split", "stream/packed", "stream/json", "finish/stop"]
DELTAS += ["finish/none", "native/openai", "native/stream/late-name", "native/stream/null-end"]
DELTAS += ["native/stream/whole-call", "native/stream/split", "native/stream/json"]


class GetWeather(BaseModel):
    """The weather of a city"""

    city: str


BARE = {
    "type": "object",
    "properties": {
        "plain": {"type": "string"},
        "either": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "place": {"$ref": "#/$defs/Place"},
        "places": {"type": "array", "items": {"type": "object", "properties": {"x": {}}}},
        "anything": {},
        "description": {"type": ["string", "null"], "description": ""},
    },
    "required": ["plain"],
    "$defs": {"Place": {"type": "object", "properties": {"zip": {"type": "string"}}}},
    "additionalProperties": False,
}
"""Parameters as libraries make them of types: without a word about what they are."""


def calls_of(message: Any) -> list[tuple[str, Any]]:
    calls = message.tool_calls or []
    return [(call.function.name, json.loads(call.function.arguments)) for call in calls]


def collected(chunks: Iterable[ChatCompletionChunk]) -> tuple[list[tuple[str, Any]], str | None]:
    """The calls of a stream, put together by index as front ends do, and the finish reason."""
    names: dict[int, str] = {}
    arguments: dict[int, str] = {}
    reason = None
    for chunk in chunks:
        for choice in chunk.choices:
            reason = choice.finish_reason or reason
            for call in choice.delta.tool_calls or ():
                assert call.function is not None
                names[call.index] = names.get(call.index, "") + (call.function.name or "")
                arguments[call.index] = arguments.get(call.index, "") + (
                    call.function.arguments or ""
                )
    return [(names[index], json.loads(arguments[index])) for index in sorted(names)], reason


# --- calls -------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [*WIRES, "@mock/openai", "@mock/native"])
def test_parallel_calls(openai: OpenAI, model: str) -> None:
    answer = openai.chat.completions.create(model=model, messages=user(BOTH), tools=TOOLS)
    [choice] = answer.choices
    assert calls_of(choice.message) == [PARIS, UTC]
    assert choice.finish_reason == "tool_calls"
    assert choice.message.content is None
    assert choice.message.tool_calls is not None
    ids = [call.id for call in choice.message.tool_calls]
    assert len(set(ids)) == 2 and all(ids)


@pytest.mark.parametrize("model", [*WIRES, *(f"@mock/{name}" for name in DELTAS)])
def test_parallel_calls_in_a_stream(openai: OpenAI, model: str) -> None:
    stream = openai.chat.completions.create(
        model=model, messages=user(BOTH), tools=TOOLS, stream=True
    )
    calls, reason = collected(stream)
    assert calls == [PARIS, UTC]
    assert reason == "tool_calls"


@pytest.mark.parametrize("model", WIRES)
def test_words_beside_a_call(openai: OpenAI, model: str) -> None:
    ask = user(f"[[say:Let me see.]]{CALL}")
    answer = openai.chat.completions.create(model=model, messages=ask, tools=TOOLS)
    assert answer.choices[0].message.content == "Let me see."
    assert calls_of(answer.choices[0].message) == [PARIS]
    chunks = list(
        openai.chat.completions.create(model=model, messages=ask, tools=TOOLS, stream=True)
    )
    assert "".join(texts(chunks)) == "Let me see."
    assert collected(chunks) == ([PARIS], "tool_calls")


@pytest.mark.parametrize("model", WIRES)
def test_a_call_without_arguments(openai: OpenAI, model: str) -> None:
    ask: Any = {"messages": user("[[call:ping]]"), "tools": [tool("ping")]}
    answer = openai.chat.completions.create(model=model, **ask)
    assert calls_of(answer.choices[0].message) == [("ping", {})]
    stream = openai.chat.completions.create(model=model, stream=True, **ask)
    assert collected(stream) == ([("ping", {})], "tool_calls")


@pytest.mark.parametrize("model", WIRES)
def test_arguments_of_every_kind(openai: OpenAI, model: str) -> None:
    given = {"s": 'quote " slash \\ 汉 🌍 \n', "i": 3, "f": 1.5, "b": True, "n": None, "l": [{}]}
    ask: Any = {
        "messages": user(f"[[call:get_weather {json.dumps(given, ensure_ascii=False)}]]"),
        "tools": TOOLS,
    }
    answer = openai.chat.completions.create(model=model, **ask)
    assert calls_of(answer.choices[0].message) == [("get_weather", given)]
    stream = openai.chat.completions.create(model=model, stream=True, **ask)
    assert collected(stream)[0] == [("get_weather", given)]


@pytest.mark.parametrize("model", WIRES)
def test_the_package_reads_the_arguments(openai: OpenAI, model: str) -> None:
    tools = [sdk.pydantic_function_tool(GetWeather, name="get_weather")]
    answer = openai.chat.completions.parse(model=model, messages=user(CALL), tools=tools)
    [call] = answer.choices[0].message.tool_calls or []
    assert call.function.parsed_arguments == GetWeather(city="Paris")
    with openai.chat.completions.stream(model=model, messages=user(CALL), tools=tools) as events:
        done = [event for event in events if event.type == "tool_calls.function.arguments.done"]
        final = events.get_final_completion()
    assert [event.parsed_arguments for event in done] == [GetWeather(city="Paris")]
    [call] = final.choices[0].message.tool_calls or []
    assert call.function.parsed_arguments == GetWeather(city="Paris")
    assert final.choices[0].finish_reason == "tool_calls"


def test_tools_as_clients_write_them(http: httpx2.Client) -> None:
    """Without a description or parameters, flat, with types that native schemas do not know."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "city": {"type": "string"},
            "unit": {"enum": ["c", "f"]},
            "days": {"type": ["integer", "null"]},
            "at": {"anyOf": [{"type": "string"}, {"type": "number"}]},
            "tags": {"type": "array", "items": {"type": "string"}},
            "place": {"type": "object", "properties": {"lat": {"type": "number"}}},
        },
        "additionalProperties": False,
    }
    tools = [
        {"type": "function", "function": {"name": "bare"}},
        {"type": "function", "function": {"name": "null", "description": None, "parameters": None}},
        {"type": "function", "function": {"name": "empty", "parameters": {}}},
        {"type": "function", "name": "flat", "parameters": {"type": "object"}},
        {"type": "function", "function": {"name": "get_weather", "parameters": schema}},
    ]
    for model in [*WIRES, WITHOUT_TOOLS]:
        body = chat_body(model, f"[[say:]]{CALL}", tools=tools, tool_choice="auto")
        answer = http.post("/v1/chat/completions", json=body)
        assert answer.status_code == 200, answer.text


# --- choices -----------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [*WIRES, WITHOUT_TOOLS])
def test_none_means_no_calls(openai: OpenAI, model: str) -> None:
    answer = openai.chat.completions.create(
        model=model, messages=user(CALL), tools=TOOLS, tool_choice="none"
    )
    assert answer.choices[0].message.tool_calls is None
    assert answer.choices[0].message.content == f'You said "{CALL}".'
    assert answer.choices[0].finish_reason == "stop"


@pytest.mark.parametrize("model", [OPENAI, RESPONSES])
def test_required_and_named_tools(openai: OpenAI, model: str) -> None:
    required = openai.chat.completions.create(
        model=model, messages=user("Hello"), tools=TOOLS, tool_choice="required"
    )
    assert calls_of(required.choices[0].message) == [("get_weather", {"city": "city"})]
    choice: Any = FORCED
    named = openai.chat.completions.create(
        model=model, messages=user(BOTH), tools=TOOLS, tool_choice=choice
    )
    assert calls_of(named.choices[0].message) == [UTC]
    assert named.choices[0].finish_reason == "tool_calls"
    stream = openai.chat.completions.create(
        model=model, messages=user("Hello"), tools=TOOLS, tool_choice=choice, stream=True
    )
    assert collected(stream) == ([("get_time", {"zone": "zone"})], "tool_calls")


def test_some_of_the_tools_allowed(http: httpx2.Client) -> None:
    choice = {
        "type": "allowed_tools",
        "allowed_tools": {
            "mode": "required",
            "tools": [{"type": "function", "function": {"name": "get_time"}}],
        },
    }
    body = chat_body(OPENAI, "Hello", tools=TOOLS, tool_choice=choice)
    [call] = http.post("/v1/chat/completions", json=body).json()["choices"][0]["message"][
        "tool_calls"
    ]
    assert call["function"]["name"] == "get_time"


@pytest.mark.parametrize(
    "choice", ["sometimes", {"type": "function", "function": {"name": "get_rich"}}, 7]
)
def test_a_choice_of_no_declared_tool_is_refused(openai: OpenAI, choice: Any) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.chat.completions.create(
            model=OPENAI, messages=user("Hello"), tools=TOOLS, tool_choice=choice
        )
    assert caught.value.param == "tool_choice"


def test_parallel_calls_switched_off(openai: OpenAI) -> None:
    given = inputs_of(openai, OPENAI, tools=TOOLS, parallel_tool_calls=False)
    assert given["parallel_tool_calls"] is False


# --- results -----------------------------------------------------------------------------------


@pytest.mark.parametrize("model", WIRES)
def test_the_results_go_back_to_the_model(openai: OpenAI, model: str) -> None:
    asked = openai.chat.completions.create(model=model, messages=user(BOTH), tools=TOOLS)
    message = asked.choices[0].message
    weather, clock = message.tool_calls or []
    history: list[Any] = [
        *user(BOTH),
        message.model_dump(exclude_unset=True),  # as people do it
        {"role": "tool", "tool_call_id": weather.id, "content": "sunny"},
        {"role": "tool", "tool_call_id": clock.id, "content": [{"type": "text", "text": "noon"}]},
    ]
    answer = openai.chat.completions.create(model=model, messages=history, tools=TOOLS)
    said = "The tool get_weather answered: sunny The tool get_time answered: noon"
    assert answer.choices[0].message.content == said
    assert answer.choices[0].finish_reason == "stop"
    stream = openai.chat.completions.create(model=model, messages=history, tools=TOOLS, stream=True)
    assert text_of(stream) == said


@pytest.mark.parametrize("model", WIRES)
@pytest.mark.parametrize(
    "messages",
    [
        # As it should be, but out of order.
        [
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}},
                    {"id": "b", "type": "function", "function": {"name": "g", "arguments": "{}"}},
                ],
            },
            {"role": "tool", "tool_call_id": "b", "content": "2"},
            {"role": "tool", "tool_call_id": "a", "content": "1"},
        ],
        # Arguments and results as objects, without ids.
        [
            {
                "role": "assistant",
                "tool_calls": [
                    {"function": {"name": "g", "arguments": {"x": 1}}},
                    {"name": "f", "arguments": {}},
                ],
            },
            {"role": "tool", "content": 2},
            {"role": "tool", "content": 1},
        ],
        # Names instead of ids, and no call before.
        [
            {"role": "tool", "name": "g", "content": "2"},
            {"role": "function", "name": "f", "content": "1"},
        ],
    ],
)
def test_results_in_the_shapes_that_clients_send(
    http: httpx2.Client, model: str, messages: list[ChatCompletionMessageParam]
) -> None:
    body = {"model": model, "messages": [*user("Hello"), *messages]}
    answer = http.post("/v1/chat/completions", json=body)
    assert answer.status_code == 200, answer.text
    content = answer.json()["choices"][0]["message"]["content"]
    assert content == "The tool g answered: 2 The tool f answered: 1"


# --- calls as text -----------------------------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("wire", ["", "native/"])
@pytest.mark.parametrize("form", ["tool_call", "json", "fenced", "python_tag", "mistral"])
def test_calls_that_a_model_writes_into_its_text(
    openai: OpenAI, form: str, wire: str, stream: bool
) -> None:
    model = f"@mock/{wire}leak/{form}"
    if stream:
        chunks = openai.chat.completions.create(
            model=model, messages=user(BOTH), tools=TOOLS, stream=True
        )
        assert collected(chunks) == ([PARIS, UTC], "tool_calls")
    else:
        answer = openai.chat.completions.create(model=model, messages=user(BOTH), tools=TOOLS)
        assert calls_of(answer.choices[0].message) == [PARIS, UTC]
        assert answer.choices[0].finish_reason == "tool_calls"


@pytest.mark.parametrize("form", ["tool_call", "json", "fenced", "python_tag", "mistral"])
def test_only_declared_tools_are_taken_out_of_the_text(openai: OpenAI, form: str) -> None:
    for stream in (False, True):
        ask: Any = {
            "model": f"@mock/leak/{form}",
            "messages": user('[[call:rm {"path":"/"}]]'),
            "tools": TOOLS,
        }
        if stream:
            chunks = list(openai.chat.completions.create(stream=True, **ask))
            assert collected(chunks) == ([], "stop")
            assert '"rm"' in "".join(texts(chunks))
        else:
            [choice] = openai.chat.completions.create(**ask).choices
            assert choice.message.tool_calls is None
            assert '"rm"' in choice.message.content
            assert choice.finish_reason == "stop"


def test_what_looks_like_a_call_stays_text_without_tools(openai: OpenAI) -> None:
    said = '<tool_call>{"name": "get_weather", "arguments": {}}</tool_call>'
    for model in WIRES:
        assert answer_to(openai, model, f"[[say:{said}]]") == said


@pytest.mark.parametrize("model", [NATIVE, OPENAI])
def test_text_in_brackets_is_not_held_for_a_call(openai: OpenAI, model: str) -> None:
    for said in (
        '{"not": "a call"}',
        "[1, 2] or so",
        "```python\nprint()\n```",
        "a < b <tool",
        "{",
    ):
        ask = user(f"[[say:{said}]]")
        answer = openai.chat.completions.create(model=model, messages=ask, tools=TOOLS)
        assert answer.choices[0].message.content == said
        chunks = openai.chat.completions.create(model=model, messages=ask, tools=TOOLS, stream=True)
        assert text_of(chunks) == said


# --- models without function calling -----------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True])
def test_a_model_without_function_calling_calls_in_words(openai: OpenAI, stream: bool) -> None:
    written = '<tool_call>{"name": "get_weather", "arguments": {"city": "Paris"}}</tool_call>'
    ask: Any = {
        "model": WITHOUT_TOOLS,
        "messages": user(f"[[say:{written}]]"),
        "tools": TOOLS,
    }
    if stream:
        chunks = openai.chat.completions.create(stream=True, **ask)
        assert collected(chunks) == ([PARIS], "tool_calls")
    else:
        answer = openai.chat.completions.create(**ask)
        assert calls_of(answer.choices[0].message) == [PARIS]
        assert answer.choices[0].finish_reason == "tool_calls"


def test_a_model_without_function_calling_is_told_of_tools_and_results(openai: OpenAI) -> None:
    history: list[Any] = [
        {"role": "system", "content": "Be brief."},
        *user("The weather?"),
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {
                    "id": "a",
                    "type": "function",
                    "function": {"name": "get_weather", "arguments": '{"city":"Paris"}'},
                }
            ],
        },
        {"role": "tool", "tool_call_id": "a", "content": "sunny"},
        *user("So?"),
    ]
    given = inputs_of(openai, WITHOUT_TOOLS, messages=history, tools=TOOLS)
    assert "tools" not in given
    system, *conversation = given["messages"]
    assert "Be brief." in system["content"]
    assert '"get_weather"' in system["content"] and '"city"' in system["content"]
    assert {message["role"] for message in conversation} <= {"user", "assistant"}
    said = json.dumps(conversation)
    assert "get_weather" in said and "Paris" in said and "sunny" in said


# --- the older form ------------------------------------------------------------------------------


@pytest.mark.parametrize("model", WIRES)
def test_functions_are_answered_with_a_function_call(openai: OpenAI, model: str) -> None:
    ask: Any = {
        "model": model,
        "messages": user(CALL),
        "functions": [one["function"] for one in TOOLS],
        "function_call": "auto",
    }
    [choice] = openai.chat.completions.create(**ask).choices
    assert choice.finish_reason == "function_call"
    assert choice.message.tool_calls is None
    assert choice.message.function_call.name == "get_weather"
    assert json.loads(choice.message.function_call.arguments) == {"city": "Paris"}
    name = arguments = ""
    reason = None
    for chunk in openai.chat.completions.create(stream=True, **ask):
        [choice] = chunk.choices
        reason = choice.finish_reason or reason
        if choice.delta.function_call:
            name += choice.delta.function_call.name or ""
            arguments += choice.delta.function_call.arguments or ""
    assert (name, json.loads(arguments), reason) == (*PARIS, "function_call")


def test_a_function_can_be_named(openai: OpenAI) -> None:
    [choice] = openai.chat.completions.create(
        model=OPENAI,
        messages=user("Hello"),
        functions=[one["function"] for one in TOOLS],
        function_call={"name": "get_time"},
    ).choices
    assert choice.message.function_call is not None
    assert choice.message.function_call.name == "get_time"


def test_the_result_of_a_function_goes_back(openai: OpenAI) -> None:
    history: list[Any] = [
        *user("Hello"),
        {
            "role": "assistant",
            "content": None,
            "function_call": {"name": "get_weather", "arguments": '{"city":"Paris"}'},
        },
        {"role": "function", "name": "get_weather", "content": "sunny"},
    ]
    for model in WIRES:
        answer = openai.chat.completions.create(
            model=model, messages=history, functions=[WEATHER["function"]]
        )
        assert answer.choices[0].message.content == "The tool get_weather answered: sunny"


@pytest.mark.parametrize("strict", [None, True])
def test_no_model_refuses_a_tool_for_what_it_leaves_out(openai: OpenAI, strict: Any) -> None:
    function: Any = {"name": "find", "parameters": BARE, "strict": strict}
    messages = user("[[call:find {}]]")
    for model in TEXT_MODELS:
        if "llama-3.2-11b" in model:
            continue  # its licence is not accepted
        answer = openai.chat.completions.create(
            model=model, messages=messages, tools=[{"type": "function", "function": function}]
        )
        assert answer.choices[0].message is not None, model


@pytest.mark.parametrize("choice", ["required", FORCED])
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "model", [NATIVE, WITHOUT_TOOLS, "@mock/forced/late", "@mock/native/forced/late"]
)
def test_a_forced_call_is_made(openai: OpenAI, model: str, choice: Any, stream: bool) -> None:
    """By models without an input for it too, and by those that have to be told twice."""
    messages = user("Hello")
    if model == WITHOUT_TOOLS:
        messages = user(
            '[[say:<tool_call>{"name": "get_time", "arguments": {"zone": "zone"}}</tool_call>]]'
        )
    answer: Any = openai.chat.completions.create(
        model=model, messages=messages, tools=TOOLS, tool_choice=choice, stream=stream
    )
    if stream:
        calls, reason = collected(answer)
    else:
        calls, reason = calls_of(answer.choices[0].message), answer.choices[0].finish_reason
    assert reason == "tool_calls"
    assert calls[0][0] == "get_time" or choice == "required"


@pytest.mark.parametrize("choice", ["required", FORCED])
@pytest.mark.parametrize("stream", [False, True])
def test_a_forced_call_that_is_never_made_is_an_error(
    openai: OpenAI, choice: Any, stream: bool
) -> None:
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.chat.completions.create(
            model="@mock/forced/ignored", messages=user("Hello"), tools=TOOLS,
            tool_choice=choice, stream=stream,
        )  # fmt: skip
    assert (caught.value.code, caught.value.param) == ("tool_use_failed", "tool_choice")


@pytest.mark.parametrize("wire", ["", "native/"])
def test_a_result_that_mentions_a_data_url_does_no_harm(openai: OpenAI, wire: str) -> None:
    source = 'const url = "data:image/png;base64," + data;'
    history: list[Any] = [
        *user("Read it"),
        {"role": "assistant", "content": None, "tool_calls": [
            {"id": "1", "type": "function", "function": {"name": "get_time", "arguments": "{}"}}
        ]},
        {"role": "tool", "tool_call_id": "1", "content": source},
    ]  # fmt: skip
    answer = openai.chat.completions.create(
        model=f"@mock/{wire}image-marker", messages=history, tools=TOOLS
    )
    assert "image/png" in (answer.choices[0].message.content or "")
