"""Stored Responses as OpenAI's package and the AI SDK use them, over a server with a real D1."""

import json
from typing import Any

import httpx2
import openai as sdk
import pytest
from openai import AsyncOpenAI, OpenAI
from openai.types.responses import FunctionToolParam

from clients.talk import OPENAI, WIRES
from clients.test_responses import CALL, WEATHER, calls_of

TOOLS: list[FunctionToolParam] = [WEATHER]


def messages_of(client: OpenAI, **fields: Any) -> list[Any]:
    """What the model is sent for a request that asks for it."""
    given: dict[str, Any] = {"model": OPENAI, "input": "[[inputs]]", **fields}
    messages: list[Any] = json.loads(client.responses.create(**given).output_text)["messages"]
    return messages


@pytest.mark.parametrize("model", WIRES)
def test_a_conversation_goes_on(openai: OpenAI, model: str) -> None:
    first = openai.responses.create(model=model, input="My name is Zoë.", instructions="Be brief.")
    assert (first.status, first.model_dump()["store"]) == ("completed", True)
    with openai.responses.stream(
        model=model, input="Hello", previous_response_id=first.id
    ) as events:
        second = events.get_final_response()
    assert (second.previous_response_id, second.instructions) == (first.id, None)
    messages = messages_of(openai, previous_response_id=second.id)
    assert [message["content"] for message in messages] == [
        "My name is Zoë.",
        first.output_text,
        "Hello",
        second.output_text,
        "[[inputs]]",
    ]


@pytest.mark.anyio
async def test_async(async_openai: AsyncOpenAI) -> None:
    made = await async_openai.responses.create(model=OPENAI, input="Hello")
    assert (await async_openai.responses.retrieve(made.id)).output == made.output
    items = [item async for item in async_openai.responses.input_items.list(made.id)]
    assert len(items) == 1
    await async_openai.responses.delete(made.id)


def test_a_tool_is_answered_by_id(openai: OpenAI) -> None:
    first = openai.responses.create(model=OPENAI, input=CALL, tools=TOOLS)
    [call] = [item for item in first.output if item.type == "function_call"]
    assert calls_of(first) == [("get_weather", {"city": "Paris"})]
    result: Any = {"type": "function_call_output", "call_id": call.call_id, "output": "Sunny"}
    second = openai.responses.create(
        model=OPENAI, input=[result], tools=TOOLS, previous_response_id=first.id
    )
    assert second.status == "completed"
    messages = messages_of(openai, previous_response_id=second.id)
    roles = [message["role"] for message in messages]
    assert roles == ["user", "assistant", "tool", "assistant", "user"]


def test_retrieves_and_replays(openai: OpenAI) -> None:
    made = openai.responses.create(model=OPENAI, input=CALL, tools=TOOLS, metadata={"a": "b"})
    got = openai.responses.retrieve(made.id)
    assert got.to_dict() == made.to_dict()
    events = list(openai.responses.retrieve(made.id, stream=True))
    last: Any = events[-1]
    assert (last.type, last.response.output) == ("response.completed", made.output)
    after = events[3].sequence_number
    rest = list(openai.responses.retrieve(made.id, stream=True, starting_after=after))
    assert rest == events[4:]
    with openai.responses.stream(response_id=made.id) as replayed:
        assert replayed.get_final_response().output_text == made.output_text


def test_pages_through_input_items(openai: OpenAI) -> None:
    said: Any = [{"role": "user", "content": str(number)} for number in range(7)]
    made = openai.responses.create(model=OPENAI, input=said)
    for order in ("asc", "desc"):
        listed: Any = openai.responses.input_items.list(
            made.id, limit=3, order=order, include=["message.input_image.image_url"]
        )
        texts = [item.content[0].text for item in listed]  # fetches page after page
        assert texts == sorted(map(str, range(7)), reverse=order == "desc")


def test_deletes(openai: OpenAI) -> None:
    made = openai.responses.create(model=OPENAI, input="Hello")
    openai.responses.delete(made.id)
    with pytest.raises(sdk.NotFoundError):
        openai.responses.retrieve(made.id)
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.responses.create(model=OPENAI, input="Hello", previous_response_id=made.id)
    assert caught.value.code == "previous_response_not_found"


def test_what_is_not_to_be_stored_is_not(openai: OpenAI) -> None:
    made = openai.responses.create(model=OPENAI, input="Hello", store=False)
    assert made.model_dump()["store"] is False
    with pytest.raises(sdk.NotFoundError, match="store: false"):
        openai.responses.retrieve(made.id)


def test_only_what_is_in_the_background_can_be_cancelled(openai: OpenAI) -> None:
    made = openai.responses.create(model=OPENAI, input="Hello")
    with pytest.raises(sdk.BadRequestError, match="background"):
        openai.responses.cancel(made.id)


def test_counts_tokens(openai: OpenAI) -> None:
    made = openai.responses.create(model=OPENAI, input="The quick brown fox. " * 20)
    alone = openai.responses.input_tokens.count(model=OPENAI, input="Hello")
    both = openai.responses.input_tokens.count(
        model=OPENAI, input="Hello", previous_response_id=made.id, tools=TOOLS
    )
    assert 0 < alone.input_tokens < 20 < both.input_tokens


def test_a_round_of_the_ai_sdk(http: httpx2.Client) -> None:
    """Its default provider refers to the items of the step before."""
    user = {"role": "user", "content": [{"type": "input_text", "text": CALL}]}
    body: dict[str, Any] = {"model": OPENAI, "input": [user], "tools": [WEATHER], "stream": True}
    streamed = http.post("/v1/responses", json=body).text
    [last] = [line for line in streamed.splitlines() if '"type":"response.completed"' in line]
    output = json.loads(last.removeprefix("data: "))["response"]["output"]
    [call] = [item for item in output if item["type"] == "function_call"]
    references = [{"type": "item_reference", "id": item["id"]} for item in output]
    result = {"type": "function_call_output", "call_id": call["call_id"], "output": '"Sunny"'}
    body = {**body, "input": [user, *references, result], "stream": False}
    answer = http.post("/v1/responses", json=body).json()
    assert (answer["status"], answer["store"]) == ("completed", True)
