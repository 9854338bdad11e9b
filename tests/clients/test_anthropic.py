"""Anthropic's own package, as people set it up. What models answer is in mock_ai/README.md."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import anthropic as sdk
import pytest
from anthropic import Anthropic, AsyncAnthropic, DefaultAsyncHttpxClient, DefaultHttpxClient
from anthropic.types import Message, MessageParam, TextBlock, ThinkingBlock, ToolParam, ToolUseBlock
from pydantic import BaseModel

from clients.checking import AsyncTransport, Transport
from clients.talk import NATIVE, OPENAI, RESPONSES, VISION, WIRES
from clients.test_vision import BASE64, PNG

CLAUDE = "claude-opus-4-6"
TOOL: ToolParam = {
    "name": "get_weather",
    "description": "The weather of a city",
    "input_schema": {
        "type": "object",
        "properties": {"city": {"type": "string", "description": "its name"}},
        "required": ["city"],
    },
}
CALL = '[[call:get_weather {"city":"Paris"}]]'
BOTH = CALL + '[[call:get_weather {"city":"Rome"}]]'
STREAMS = ["openai", "native", "anonymous", "heartbeats", "chunk-usage", "nulls", "id-first"]
STREAMS += ["split", "packed", "crlf", "no-blank-line-at-end", "no-done", "no-tail", "json"]


@pytest.fixture(scope="session")
def anthropic(base_url: str, api_key: str) -> Iterator[Anthropic]:
    """The base URL without /v1; nothing is tried twice behind a test's back."""
    with Anthropic(
        base_url=base_url,
        api_key=api_key,
        max_retries=0,
        http_client=DefaultHttpxClient(transport=Transport()),
    ) as client:
        yield client


@pytest.fixture
async def async_anthropic(base_url: str, api_key: str) -> AsyncIterator[AsyncAnthropic]:
    async with AsyncAnthropic(
        base_url=base_url,
        api_key=api_key,
        max_retries=0,
        http_client=DefaultAsyncHttpxClient(transport=AsyncTransport()),
    ) as client:
        yield client


def user(content: Any) -> list[MessageParam]:
    return [{"role": "user", "content": content}]


def ask(client: Anthropic, content: Any, model: str = OPENAI, **fields: Any) -> Message:
    asked: Any = {"model": model, "max_tokens": 1000, "messages": user(content), **fields}
    message = client.messages.create(**asked)
    assert isinstance(message, Message)
    return message


def stream(client: Anthropic, content: Any, model: str = OPENAI, **fields: Any) -> Message:
    """The message that the package puts together from a stream."""
    asked: Any = {"model": model, "max_tokens": 1000, "messages": user(content), **fields}
    with client.messages.stream(**asked) as events:
        return events.get_final_message()


both = pytest.mark.parametrize("send", [ask, stream])


def text(message: Message) -> str:
    """The text of a message that has nothing else."""
    [block] = message.content
    assert isinstance(block, TextBlock)
    return block.text


def inputs_of(client: Anthropic, **fields: Any) -> dict[str, Any]:
    """What Workers AI is given."""
    inputs: dict[str, Any] = json.loads(text(ask(client, "[[inputs]]", **fields)))
    return inputs


# --- text --------------------------------------------------------------------------------------


@both
@pytest.mark.parametrize("model", [*WIRES, CLAUDE])
def test_a_message(anthropic: Anthropic, send: Any, model: str) -> None:
    message = send(anthropic, "Hello", model)
    assert text(message) == 'You said "Hello".'
    assert (message.stop_reason, message.stop_sequence) == ("end_turn", None)
    assert message.usage.input_tokens > 0
    assert message.usage.output_tokens > 0


def test_the_request_id(anthropic: Anthropic) -> None:
    assert ask(anthropic, "Hello")._request_id


@both
def test_system_text(anthropic: Anthropic, send: Any) -> None:
    system = [{"type": "text", "text": "Be kind.", "cache_control": {"type": "ephemeral"}}]
    assert "Be kind." in text(send(anthropic, "Hello", system=system))


@both
def test_a_history(anthropic: Anthropic, send: Any) -> None:
    history: list[MessageParam] = [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": [{"type": "text", "text": "Hello"}]},
        *user([{"type": "text", "text": "And now?"}]),
    ]
    assert text(send(anthropic, "", messages=history)) == 'You said "And now?".'


@both
def test_max_tokens(anthropic: Anthropic, send: Any) -> None:
    message = send(anthropic, "[[tokens:50]]", NATIVE, max_tokens=7)
    assert (message.stop_reason, message.usage.output_tokens) == ("max_tokens", 7)


@both
@pytest.mark.parametrize("model", WIRES)
def test_stop_sequences(anthropic: Anthropic, send: Any, model: str) -> None:
    message = send(anthropic, "[[say:one two three]]", model, stop_sequences=[" two", "x"])
    assert text(message) == "one"
    assert (message.stop_reason, message.stop_sequence) == ("stop_sequence", " two")
    message = send(anthropic, "[[say:one two three]]", model, stop_sequences=[" four"])
    assert (message.stop_reason, message.stop_sequence) == ("end_turn", None)


def test_sampling(anthropic: Anthropic) -> None:
    body = {"temperature": 0.5, "top_p": 0.9, "top_k": 30}
    inputs = inputs_of(anthropic, model=NATIVE, extra_body=body)
    assert {name: inputs[name] for name in body} == body


@both
def test_every_character(anthropic: Anthropic, send: Any) -> None:
    said = '日本語 🌍 \\ " {}\n\n data: x'
    assert text(send(anthropic, f"[[say:{said}]]")) == said


@pytest.mark.parametrize("quirk", STREAMS)
def test_streams_of_every_kind(anthropic: Anthropic, quirk: str) -> None:
    message = stream(anthropic, "[[say:one two three four]]", f"@mock/stream/{quirk}")
    assert text(message) == "one two three four"


def test_the_stream_comes_in_pieces(anthropic: Anthropic) -> None:
    with anthropic.messages.stream(
        model=NATIVE, max_tokens=1000, messages=user("[[tokens:200]]")
    ) as events:
        pieces = list(events.text_stream)
        assert len(pieces) > 20
        assert "".join(pieces) == text(events.get_final_message())


def test_a_client_may_leave_in_the_middle(anthropic: Anthropic) -> None:
    with anthropic.messages.stream(
        model="@mock/stream/slow/5", max_tokens=1000, messages=user("[[tokens:500]]")
    ) as events:
        for _ in events.text_stream:
            break
    assert text(ask(anthropic, "Hello")) == 'You said "Hello".'


@pytest.mark.anyio
async def test_asynchronously(async_anthropic: AsyncAnthropic) -> None:
    message = await async_anthropic.messages.create(
        model=OPENAI, max_tokens=100, messages=user("Hello")
    )
    assert text(message) == 'You said "Hello".'
    async with async_anthropic.messages.stream(
        model=OPENAI, max_tokens=100, messages=user("Hello")
    ) as events:
        assert text(await events.get_final_message()) == 'You said "Hello".'


# --- thinking ----------------------------------------------------------------------------------


@both
@pytest.mark.parametrize("model", [OPENAI, "@mock/think", "@mock/think/tags"])
def test_thinking(anthropic: Anthropic, send: Any, model: str) -> None:
    asked = {"type": "enabled", "budget_tokens": 1024}
    message = send(anthropic, "[[think:Well.]][[say:Yes.]]", model, thinking=asked)
    thought, said = message.content
    assert isinstance(thought, ThinkingBlock)
    assert (thought.thinking.strip(), said.text) == ("Well.", "Yes.")
    assert thought.signature
    again: list[MessageParam] = [
        *user("Really?"),
        {"role": "assistant", "content": message.content},
        *user("Hello"),
    ]
    assert text(send(anthropic, "", model, messages=again)) == 'You said "Hello".'


@both
@pytest.mark.parametrize("model", ["@mock/think", "@mock/think/tags", RESPONSES])
def test_no_thinking_unless_asked_for(anthropic: Anthropic, send: Any, model: str) -> None:
    assert text(send(anthropic, "[[think:Well.]][[say:Yes.]]", model)) == "Yes."


# --- tools ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("streamed", [False, True])
def test_a_tool_runner_goes_on_without_a_thread(anthropic: Anthropic, streamed: bool) -> None:
    @sdk.beta_tool
    def get_weather(city: str) -> str:
        """The weather of a city.

        Args:
            city: its name
        """
        return f"sunny in {city}"

    asked: Any = {"model": OPENAI, "max_tokens": 1000, "messages": user(CALL)}
    runner: Any = anthropic.beta.messages.tool_runner(**asked, tools=[get_weather], stream=streamed)
    if streamed:
        messages = [stream.get_final_message() for stream in runner]
    else:
        messages = list(runner)
    assert [message.stop_reason for message in messages] == ["tool_use", "end_turn"]
    assert "sunny in Paris" in messages[-1].content[0].text


def calls_of(message: Message) -> list[tuple[str, Any]]:
    blocks = [block for block in message.content if isinstance(block, ToolUseBlock)]
    return [(block.name, block.input) for block in blocks]


@both
@pytest.mark.parametrize("model", [*WIRES, "@mock/leak/tool_call", "@mock/stream/late-name"])
def test_parallel_calls(anthropic: Anthropic, send: Any, model: str) -> None:
    message = send(anthropic, BOTH, model, tools=[TOOL])
    assert calls_of(message) == [
        ("get_weather", {"city": "Paris"}),
        ("get_weather", {"city": "Rome"}),
    ]
    assert message.stop_reason == "tool_use"


@both
@pytest.mark.parametrize("model", WIRES)
def test_a_whole_round(anthropic: Anthropic, send: Any, model: str) -> None:
    asked = send(anthropic, CALL, model, tools=[TOOL])
    [call] = [block for block in asked.content if isinstance(block, ToolUseBlock)]
    result: Any = {
        "type": "tool_result",
        "tool_use_id": call.id,
        "content": [{"type": "text", "text": "sunny"}],
    }
    messages: list[MessageParam] = [
        *user(CALL),
        {"role": "assistant", "content": asked.content},
        *user([result]),
    ]
    assert "sunny" in text(send(anthropic, "", model, messages=messages, tools=[TOOL]))


@both
@pytest.mark.parametrize("choice", [{"type": "any"}, {"type": "tool", "name": "get_weather"}])
def test_a_forced_call(anthropic: Anthropic, send: Any, choice: Any) -> None:
    message = send(anthropic, "Hello", tools=[TOOL], tool_choice=choice)
    assert [name for name, _ in calls_of(message)] == ["get_weather"]


@both
def test_no_call_where_none_is_wanted(anthropic: Anthropic, send: Any) -> None:
    message = send(anthropic, CALL, tools=[TOOL], tool_choice={"type": "none"})
    assert calls_of(message) == []


# --- images and structured outputs ---------------------------------------------------------------


@both
@pytest.mark.parametrize("model", [VISION, CLAUDE])
def test_an_image(anthropic: Anthropic, send: Any, model: str) -> None:
    source = {"type": "base64", "media_type": "image/png", "data": BASE64}
    content = [{"type": "text", "text": "What is it?"}, {"type": "image", "source": source}]
    expected = f'You said "What is it?". Images: image/png {len(PNG)} bytes.'
    assert text(send(anthropic, content, model)) == expected


class City(BaseModel):
    name: str
    inhabitants: int


@pytest.mark.parametrize("model", WIRES)
def test_structured_outputs(anthropic: Anthropic, model: str) -> None:
    message = anthropic.messages.parse(
        model=model, max_tokens=1000, messages=user("A city"), output_format=City
    )
    assert isinstance(message.parsed_output, City)
    with anthropic.messages.stream(
        model=model, max_tokens=1000, messages=user("A city"), output_format=City
    ) as events:
        assert isinstance(events.get_final_message().parsed_output, City)


# --- counting, models and the beta ---------------------------------------------------------------


def test_count_tokens(anthropic: Anthropic) -> None:
    few = anthropic.messages.count_tokens(model=OPENAI, messages=user("Hello"))
    many = anthropic.messages.count_tokens(
        model=OPENAI, messages=user("Hello " * 1000), system="Be kind.", tools=[TOOL]
    )
    assert 0 < few.input_tokens < 20
    assert 1000 < many.input_tokens < 2500


def test_models(anthropic: Anthropic) -> None:
    models = {model.id: model for model in anthropic.models.list()}
    assert models[OPENAI].display_name == "glm-4.7-flash"
    assert anthropic.models.retrieve(OPENAI) == models[OPENAI]
    assert anthropic.models.retrieve(CLAUDE).id == CLAUDE


def test_the_beta_has_the_same(anthropic: Anthropic) -> None:
    """Claude Code uses it, with ?beta=true and fields that only steer Anthropic's own servers."""
    message = anthropic.beta.messages.create(
        model=OPENAI,
        max_tokens=1000,
        betas=["context-management-2025-06-27"],
        context_management={"edits": [{"type": "clear_tool_uses_20250919"}]},
        messages=[{"role": "user", "content": "Hello"}],
    )
    assert message.content[0].type == "text"
    count = anthropic.beta.messages.count_tokens(
        model=OPENAI, messages=[{"role": "user", "content": "Hello"}]
    )
    assert count.input_tokens > 0


def test_the_key_in_the_older_header(base_url: str, api_key: str) -> None:
    with Anthropic(
        base_url=base_url,
        api_key="wrong",
        default_headers={"x-api-key": api_key},
        max_retries=0,
        http_client=DefaultHttpxClient(transport=Transport()),
    ) as client:
        assert text(ask(client, "Hello")) == 'You said "Hello".'


# --- errors --------------------------------------------------------------------------------------


@both
@pytest.mark.parametrize(
    ("code", "kind", "type_"),
    [
        (5006, sdk.BadRequestError, "invalid_request_error"),
        (5021, sdk.BadRequestError, "invalid_request_error"),
        (3030, sdk.BadRequestError, "invalid_request_error"),
        (5035, sdk.PermissionDeniedError, "invalid_request_error"),
        (5007, sdk.NotFoundError, "not_found_error"),
        (4006, sdk.RateLimitError, "rate_limit_error"),
        (3040, sdk.OverloadedError, "overloaded_error"),
        (3007, sdk.GatewayTimeoutError, "timeout_error"),
    ],
)
def test_errors_before_the_first_byte(
    anthropic: Anthropic, send: Any, code: int, kind: type[sdk.APIStatusError], type_: str
) -> None:
    with pytest.raises(kind) as raised:
        send(anthropic, "Hello", f"@mock/error/{code}")
    assert raised.value.type == type_
    assert raised.value.request_id


@pytest.mark.parametrize("quirk", ["broken", "cut-event", "error", "abort"])
def test_errors_inside_a_stream(anthropic: Anthropic, quirk: str) -> None:
    with pytest.raises(sdk.APIStatusError) as raised:
        stream(anthropic, "[[tokens:50]]", f"@mock/stream/{quirk}")
    assert raised.value.type in ("api_error", "rate_limit_error", "overloaded_error")


def test_a_wrong_key(base_url: str) -> None:
    with Anthropic(
        base_url=base_url,
        api_key="wrong",
        max_retries=0,
        http_client=DefaultHttpxClient(transport=Transport()),
    ) as client:
        for send in (ask, stream):
            with pytest.raises(sdk.AuthenticationError):
                send(client, "Hello")
        with pytest.raises(sdk.AuthenticationError):
            client.models.list()


def test_what_cannot_be_done_is_named(anthropic: Anthropic) -> None:
    search: Any = {"type": "web_search_20250305", "name": "web_search"}
    assert text(ask(anthropic, "Hello", tools=[search])) == 'You said "Hello".'
    with pytest.raises(sdk.BadRequestError, match="the client runs"):
        forced: Any = {"type": "tool", "name": "web_search"}
        ask(anthropic, "Hello", tools=[search], tool_choice=forced)
    with pytest.raises(sdk.BadRequestError, match="vision"):
        source = {"type": "base64", "media_type": "image/png", "data": BASE64}
        ask(anthropic, [{"type": "image", "source": source}])


def test_a_busy_model_is_tried_again_by_the_package(base_url: str, api_key: str) -> None:
    """Three failures: two tries of the Worker, and the first of the package's second."""
    with Anthropic(base_url=base_url, api_key=api_key, max_retries=1) as client:
        assert text(ask(client, "Hello", "@mock/flaky/3040/3/anthropic")) == 'You said "Hello".'
