"""Anthropic's messages and blocks, and what a request of them asks of the model."""

import base64
from collections.abc import Mapping
from typing import Any

from handlers.anthropic.request import read_messages_request
from support import fakes
from support.exchange import OPENAI, USER
from support.fakes import FakeFetch
from workers_ai.text.generation import Generation

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
    return fakes.run(read_messages_request({**BODY, **body}, fakes.ports(fetch=fetch)))[1]


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


def result(content: Any = "sunny", **more: Any) -> dict[str, Any]:
    block = {"type": "tool_result", "tool_use_id": "toolu_1", "content": content, **more}
    return {key: value for key, value in block.items() if value is not ...}
