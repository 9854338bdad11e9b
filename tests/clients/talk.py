"""Short ways to say what the tests say to models again and again.

What the models answer is in mock_ai/README.md: ``You said "…".``, or what a command in double
square brackets asks for.
"""

import json
from collections.abc import Iterable
from typing import Any

from openai import OpenAI, Stream
from openai.types.chat import (
    ChatCompletion,
    ChatCompletionChunk,
    ChatCompletionMessageParam,
    ChatCompletionToolParam,
)
from pydantic import BaseModel

NATIVE = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
OPENAI = "@cf/zai-org/glm-4.7-flash"
RESPONSES = "@cf/openai/gpt-oss-20b"
WIRES = (NATIVE, OPENAI, RESPONSES)
"""A model of each of Workers AI's three wire formats."""

VISION = "@cf/google/gemma-4-26b-a4b-it"
WITHOUT_TOOLS = "@cf/meta/llama-3.2-3b-instruct"


def user(text: str) -> list[ChatCompletionMessageParam]:
    return [{"role": "user", "content": text}]


def chat_body(model: str, text: str = "Hello", **fields: Any) -> dict[str, Any]:
    """The body of a chat request, for clients without a library."""
    return {"model": model, "messages": user(text), **fields}


def answer_to(client: OpenAI, model: str, text: str, **fields: Any) -> str:
    """What the model says to one user message."""
    answer = client.chat.completions.create(model=model, messages=user(text), **fields)
    assert isinstance(answer, ChatCompletion)
    content = answer.choices[0].message.content
    assert content is not None
    return content


def inputs_of(client: OpenAI, model: str, **fields: Any) -> dict[str, Any]:
    """What Workers AI is given for a request with these fields."""
    if "messages" in fields:
        [*before, last] = fields.pop("messages")
        messages = [*before, {**last, "content": f"{last['content']} [[inputs]]"}]
    else:
        messages = user("[[inputs]]")
    answer = client.chat.completions.create(model=model, messages=messages, **fields)
    inputs: dict[str, Any] = json.loads(answer.choices[0].message.content or "")
    return inputs


def text_of(stream: Stream[ChatCompletionChunk]) -> str:
    """The text of a whole stream."""
    return "".join(texts(stream))


def texts(chunks: Iterable[ChatCompletionChunk], index: int = 0) -> list[str]:
    """The pieces of text of one choice, empty ones left out."""
    choices = (choice for chunk in chunks for choice in chunk.choices)
    return [one.delta.content for one in choices if one.index == index and one.delta.content]


def extra(value: BaseModel, name: str) -> Any:
    """A field that the package has no type for, None where it is not there."""
    return (value.model_extra or {}).get(name)


def tool(name: str, **properties: str) -> ChatCompletionToolParam:
    """A function with arguments of these JSON types, all of them required."""
    return {
        "type": "function",
        "function": {
            "name": name,
            "description": f"The function {name}",
            "parameters": {
                "type": "object",
                "properties": {
                    key: {"type": kind, "description": key} for key, kind in properties.items()
                },
                "required": list(properties),
            },
        },
    }
