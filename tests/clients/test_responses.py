"""The Responses API as users of OpenAI's package ask for it, on models of all three wire formats.
Every answer and every event is checked on its way in (checking)."""

import base64
import json
from collections.abc import Iterable
from typing import Any

import httpx2
import openai as sdk
import pytest
from openai import AsyncOpenAI, OpenAI, pydantic_function_tool
from openai.types.responses import (
    FunctionToolParam,
    ResponseFunctionToolCall,
    ResponseInputParam,
    ResponseReasoningItem,
    ResponseStreamEvent,
)
from pydantic import BaseModel

from clients.talk import NATIVE, OPENAI, RESPONSES, VISION, WIRES, extra

WEATHER: FunctionToolParam = {
    "type": "function",
    "name": "get_weather",
    "description": "The weather of a city",
    "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string", "description": "city"}},
        "required": ["city"],
    },
    "strict": False,
}
TIME: FunctionToolParam = {**WEATHER, "name": "get_time", "description": "The time in a city"}
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC"
)
"""One black pixel."""
DATA_URL = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
CALL = '[[call:get_weather {"city":"Paris"}]]'


class Town(BaseModel):
    name: str
    people: int


class GetWeather(BaseModel):
    """The weather of a city"""

    city: str


def inputs_of(client: OpenAI, model: str, **fields: Any) -> dict[str, Any]:
    """What Workers AI is given for a request with these fields."""
    given = {"input": "[[inputs]]", **fields}
    inputs: dict[str, Any] = json.loads(client.responses.create(model=model, **given).output_text)
    return inputs


def deltas(events: Iterable[ResponseStreamEvent], kind: str = "output_text") -> str:
    return "".join(
        str(getattr(event, "delta", ""))
        for event in events
        if event.type == f"response.{kind}.delta"
    )


def calls_of(response: Any) -> list[tuple[str, Any]]:
    calls = [item for item in response.output if isinstance(item, ResponseFunctionToolCall)]
    return [(call.name, json.loads(call.arguments)) for call in calls]


# --- text --------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [*WIRES, "gpt-4o", "@mock/native", "@mock/openai"])
def test_an_answer_whole_and_streamed(openai: OpenAI, model: str) -> None:
    said = 'You said "Grüße, 世界 🌍".'
    answer = openai.responses.create(model=model, input="Grüße, 世界 🌍")
    assert answer.output_text == said
    assert (answer.status, answer.model) == ("completed", model)
    assert answer.usage is not None
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens
    assert extra(answer.usage, "neurons") >= 0
    events = list(openai.responses.create(model=model, input="Grüße, 世界 🌍", stream=True))
    assert deltas(events) == said
    last = events[-1]
    assert last.type == "response.completed"
    assert last.response.output_text == said
    # The same call has the same price, whichever way it is answered.
    assert last.response.usage == answer.usage


@pytest.mark.anyio
@pytest.mark.parametrize("model", WIRES)
async def test_the_asynchronous_client(async_openai: AsyncOpenAI, model: str) -> None:
    answer = await async_openai.responses.create(model=model, input="Hello")
    assert answer.output_text == 'You said "Hello".'
    async with async_openai.responses.stream(model=model, input="Hello") as events:
        assert (await events.get_final_response()).output_text == 'You said "Hello".'


@pytest.mark.parametrize("model", WIRES)
def test_the_stream_helper_puts_the_answer_together(openai: OpenAI, model: str) -> None:
    with openai.responses.stream(model=model, input="Hello") as events:
        snapshots = [
            event.snapshot for event in events if event.type == "response.output_text.delta"
        ]
        final = events.get_final_response()
    assert snapshots[-1] == final.output_text == 'You said "Hello".'


def test_instructions_and_a_conversation(openai: OpenAI) -> None:
    answer = openai.responses.create(model=NATIVE, input="Hello", instructions="Be brief.")
    assert "Be brief." in answer.output_text
    assert answer.instructions == "Be brief."
    history: ResponseInputParam = [
        {"role": "user", "content": "Hello"},
        *[item.to_dict() for item in answer.output],  # type: ignore[list-item]
        {"role": "user", "content": [{"type": "input_text", "text": "[[inputs]]"}]},
    ]
    messages = json.loads(openai.responses.create(model=OPENAI, input=history).output_text)
    assert messages["messages"] == [
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": answer.output_text},
        {"role": "user", "content": "[[inputs]]"},
    ]


@pytest.mark.parametrize("model", WIRES)
@pytest.mark.parametrize("stream", [False, True])
def test_a_limit_leaves_it_incomplete(openai: OpenAI, model: str, stream: bool) -> None:
    ask: Any = {"model": model, "input": "[[think:short]][[tokens:100]]", "max_output_tokens": 30}
    ask |= {"reasoning": {"effort": "low"}, "stream": stream}
    answer: Any = openai.responses.create(**ask)
    if stream:
        answer = list(answer)[-1].response
    assert answer.status == "incomplete"
    assert answer.incomplete_details.reason == "max_output_tokens"
    assert answer.usage.output_tokens == 30


@pytest.mark.parametrize("stream", [False, True])
def test_what_the_filter_cuts_is_incomplete(openai: OpenAI, stream: bool) -> None:
    answer: Any = openai.responses.create(
        model="@mock/refused/filter", input="[[say:one two three four]]", stream=stream
    )
    if stream:
        answer = list(answer)[-1].response
    assert answer.incomplete_details.reason == "content_filter"


def test_nothing_is_cut_at_256_tokens(openai: OpenAI) -> None:
    for model in WIRES:
        answer = openai.responses.create(model=model, input="[[tokens:1000]]")
        assert len(answer.output_text.split()) == 1000


def test_fields_reach_the_model(openai: OpenAI) -> None:
    fields = {"temperature": 0.5, "top_p": 0.9}
    for model in WIRES:
        given = inputs_of(openai, model, **fields, max_output_tokens=900)
        assert {name: given.get(name) for name in fields} == fields
        assert given["max_tokens"] == 900


def test_what_was_asked_for_is_repeated(openai: OpenAI) -> None:
    answer = openai.responses.create(
        model=NATIVE,
        input="Hello",
        metadata={"a": "b"},
        truncation="auto",
        store=True,
        temperature=0.5,
        tools=[WEATHER],
    )
    assert answer.metadata == {"a": "b"}
    assert answer.truncation == "auto"
    assert answer.temperature == 0.5
    assert answer.tools[0].to_dict() == WEATHER
    assert extra(answer, "store") is True


# --- thinking ----------------------------------------------------------------------------------

THINKERS = ["@mock/think", "@mock/think/reasoning", "@mock/think/both", "@mock/think/tags"]


@pytest.mark.parametrize("model", [*THINKERS, RESPONSES, OPENAI])
def test_thinking_is_an_item_of_its_own(openai: OpenAI, model: str) -> None:
    ask: Any = {
        "model": model,
        "input": "[[think:Let me see.]][[say:42]]",
        "reasoning": {"effort": "low"},
    }
    thought, message = openai.responses.create(**ask).output
    assert isinstance(thought, ResponseReasoningItem)
    assert thought.content is not None
    assert [part.text for part in thought.content] == ["Let me see."]
    assert message.type == "message"
    events = list(openai.responses.create(**ask, stream=True))
    assert deltas(events, "reasoning_text") == "Let me see."
    assert deltas(events) == "42"


def test_thinking_as_a_summary_for_who_asks_for_one(openai: OpenAI) -> None:
    ask: Any = {
        "model": "@mock/think",
        "input": "[[think:Let me see.]][[say:42]]",
        "reasoning": {"effort": "low", "summary": "auto"},
    }
    thought = openai.responses.create(**ask).output[0]
    assert isinstance(thought, ResponseReasoningItem)
    assert [part.text for part in thought.summary] == ["Let me see."]
    events = list(openai.responses.create(**ask, stream=True))
    assert deltas(events, "reasoning_summary_text") == "Let me see."


def test_effort_steers_the_thinking(openai: OpenAI) -> None:
    answer = openai.responses.create(
        model=OPENAI, input="[[think:Hm.]][[say:42]]", reasoning={"effort": "none"}
    )
    assert [item.type for item in answer.output] == ["message"]


# --- tools -------------------------------------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("model", [*WIRES, "@mock/stream/late-name", "@mock/leak/tool_call"])
def test_a_call_and_its_result(openai: OpenAI, model: str, stream: bool) -> None:
    question: ResponseInputParam = [{"role": "user", "content": CALL}]
    ask: Any = {"model": model, "tools": [WEATHER, TIME]}
    if stream:
        with openai.responses.stream(input=question, **ask) as events:
            final: Any = events.get_final_response()
    else:
        final = openai.responses.create(input=question, **ask)
    assert calls_of(final) == [("get_weather", {"city": "Paris"})]
    call = next(item for item in final.output if item.type == "function_call")
    history = [*question, *(item.to_dict() for item in final.output)]
    for item in history:
        item.pop("parsed_arguments", None)  # the stream helper's own
    result = {"type": "function_call_output", "call_id": call.call_id, "output": "Sunny, 21 °C"}
    answer = openai.responses.create(input=[*history, result], **ask)  # type: ignore[list-item]
    assert "Sunny, 21 °C" in answer.output_text


@pytest.mark.parametrize("model", WIRES)
def test_parallel_calls_in_a_stream(openai: OpenAI, model: str) -> None:
    both = CALL + '[[call:get_time {"city":"Rome"}]]'
    with openai.responses.stream(model=model, input=both, tools=[WEATHER, TIME]) as events:
        done = [event for event in events if event.type == "response.function_call_arguments.done"]
        final = events.get_final_response()
    expected = [("get_weather", {"city": "Paris"}), ("get_time", {"city": "Rome"})]
    assert calls_of(final) == expected
    assert [json.loads(event.arguments) for event in done] == [each for _, each in expected]


@pytest.mark.parametrize("model", [OPENAI, RESPONSES])
def test_a_choice_of_tools(openai: OpenAI, model: str) -> None:
    def called(choice: Any) -> list[str]:
        answer = openai.responses.create(
            model=model, input="Hello", tools=[WEATHER, TIME], tool_choice=choice
        )
        assert answer.tool_choice == choice or answer.tool_choice.to_dict() == choice  # type: ignore[union-attr]
        return [name for name, _ in calls_of(answer)]

    assert called("auto") == called("none") == []
    assert called({"type": "function", "name": "get_time"}) == ["get_time"]
    time_only = [{"type": "function", "name": "get_time"}]
    allowed = {"type": "allowed_tools", "mode": "required", "tools": time_only}
    assert called(allowed) == ["get_time"]


def test_arguments_as_a_model_of_pydantic(openai: OpenAI) -> None:
    tool: Any = {
        **pydantic_function_tool(GetWeather)["function"],
        "type": "function",
        "name": "get_weather",
    }
    answer = openai.responses.parse(model=OPENAI, input=CALL, tools=[tool])
    *_, call = answer.output
    assert call.type == "function_call"
    assert call.parsed_arguments == {"city": "Paris"}


@pytest.mark.parametrize("kind", ["web_search", "code_interpreter"])
def test_tools_of_openai_are_left_out_unless_forced(openai: OpenAI, kind: str) -> None:
    tool: Any = {"type": kind, "container": {"type": "auto"}}
    answer = openai.responses.create(model=OPENAI, input="Hello", tools=[tool])
    assert answer.output_text == 'You said "Hello".'
    forced: Any = {"type": kind}
    with pytest.raises(sdk.BadRequestError, match="does not run here") as caught:
        openai.responses.create(model=OPENAI, input="Hello", tools=[tool], tool_choice=forced)
    assert caught.value.param == "tool_choice"


@pytest.mark.parametrize("model", WIRES)
def test_a_custom_tool(openai: OpenAI, model: str) -> None:
    tool: Any = {"type": "custom", "name": "apply_patch", "description": "Edits files."}
    forced: Any = {"type": "custom", "name": "apply_patch"}
    answer = openai.responses.create(model=model, input="Go", tools=[tool], tool_choice=forced)
    call = answer.output[-1]
    assert call.type == "custom_tool_call"
    assert (call.name, type(call.input)) == ("apply_patch", str)
    history: Any = [
        {"role": "user", "content": "Go"},
        call.model_dump(exclude_none=True),
        {"type": "custom_tool_call_output", "call_id": call.call_id, "output": "Done"},
    ]
    assert openai.responses.create(model=model, input=history, tools=[tool]).status == "completed"


# --- JSON --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "model", [*WIRES, "@mock/native/json/mismatch-once", "@mock/native/json/fenced"]
)
def test_a_model_of_pydantic(openai: OpenAI, model: str) -> None:
    answer = openai.responses.parse(model=model, input="A town", text_format=Town)
    assert isinstance(answer.output_parsed, Town)
    with openai.responses.stream(model=model, input="A town", text_format=Town) as events:
        assert events.get_final_response().output_parsed == answer.output_parsed


@pytest.mark.parametrize("model", WIRES)
def test_a_json_object(openai: OpenAI, model: str) -> None:
    answer = openai.responses.create(
        model=model, input="JSON please", text={"format": {"type": "json_object"}}
    )
    assert isinstance(json.loads(answer.output_text), dict)


# --- images and log probabilities --------------------------------------------------------------


def test_a_model_sees_an_image(openai: OpenAI) -> None:
    parts: Any = [
        {"type": "input_text", "text": "What is it?"},
        {"type": "input_image", "image_url": DATA_URL, "detail": "auto"},
    ]
    answer = openai.responses.create(model=VISION, input=[{"role": "user", "content": parts}])
    said = f'You said "What is it?". Images: image/png {len(PNG)} bytes.'
    assert answer.output_text == said
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.responses.create(model=NATIVE, input=[{"role": "user", "content": parts}])
    assert caught.value.param == "input[0].content[1]"


def test_an_image_as_a_result(openai: OpenAI) -> None:
    call: Any = {"type": "function_call", "call_id": "c", "name": "look", "arguments": "{}"}
    image = {"type": "input_image", "image_url": DATA_URL, "detail": "auto"}
    result: Any = {"type": "function_call_output", "call_id": "c", "output": [image]}
    question: Any = {"role": "user", "content": "Look."}
    answer = openai.responses.create(model=VISION, input=[question, call, result])
    assert f"image/png {len(PNG)} bytes" in answer.output_text


@pytest.mark.parametrize("model", [OPENAI, RESPONSES])
@pytest.mark.parametrize("stream", [False, True])
def test_log_probabilities(openai: OpenAI, model: str, stream: bool) -> None:
    answer: Any = openai.responses.create(
        model=model,
        input="Hello",
        include=["message.output_text.logprobs"],
        top_logprobs=2,
        reasoning={"effort": "low"},
        stream=stream,
    )
    if stream:
        answer = list(answer)[-1].response
    [part] = answer.output[-1].content
    assert "".join(entry.token for entry in part.logprobs) == part.text == 'You said "Hello".'
    assert all(len(entry.top_logprobs) == 2 for entry in part.logprobs)


# --- errors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("conversation", "conv_1"),
        ("background", True),
        ("prompt", {"id": "pmpt_1"}),
    ],
)
def test_what_needs_a_store_is_refused(openai: OpenAI, field: str, value: Any) -> None:
    given: Any = {field: value}
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.responses.create(model=OPENAI, input="Hello", **given)
    assert (caught.value.param, caught.value.code) == (field, "unsupported_parameter")


@pytest.mark.parametrize("stream", [False, True])
def test_errors_before_the_first_byte_have_their_status(openai: OpenAI, stream: bool) -> None:
    with pytest.raises(sdk.RateLimitError) as caught:
        openai.responses.create(model="@mock/error/3036", input="Hello", stream=stream)
    assert caught.value.code == "daily_neurons_exhausted"
    with pytest.raises(sdk.NotFoundError):
        openai.responses.create(model="no-such-model", input="Hello", stream=stream)


@pytest.mark.parametrize(
    "model", ["@mock/stream/error", "@mock/stream/broken", "@mock/native/stream/cut-event"]
)
def test_a_stream_that_breaks_raises(openai: OpenAI, model: str) -> None:
    seen = []
    with pytest.raises(sdk.APIError) as caught:
        for event in openai.responses.create(model=model, input="one two three", stream=True):
            seen.append(event)
    last = seen[-1]
    assert last.type == "response.failed"
    assert last.response.error is not None
    assert last.response.error.message == caught.value.message
    assert last.response.output_text == deltas(seen)


@pytest.mark.parametrize(
    "quirk", ["split", "packed", "crlf", "heartbeats", "json", "anonymous", "no-done", "nulls"]
)
def test_odd_streams(openai: OpenAI, quirk: str) -> None:
    with openai.responses.stream(model=f"@mock/stream/{quirk}", input="Grüße 🌍") as events:
        assert events.get_final_response().output_text == 'You said "Grüße 🌍".'


@pytest.mark.parametrize(
    "path", ["/v1/responses", "/responses", "//v1/responses/", "/v1/v1/responses"]
)
def test_every_path_form(http: httpx2.Client, path: str) -> None:
    answer = http.post(path, json={"model": NATIVE, "input": "Hello"}).json()
    assert answer["output"][0]["content"][0]["text"] == 'You said "Hello".'


def test_a_client_that_goes_away(openai: OpenAI) -> None:
    stream = openai.responses.create(model=NATIVE, input="[[tokens:3000]]", stream=True)
    kinds = [next(stream).type for _ in range(6)]
    stream.close()
    assert kinds[0] == "response.created"
    assert openai.responses.create(model=NATIVE, input="Hello").output_text == 'You said "Hello".'
