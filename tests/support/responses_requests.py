"""Responses requests, and what they ask of the model."""

import base64
from collections.abc import Mapping
from typing import Any

from handlers.openai.responses.request import read_responses_request
from support import fakes
from support.exchange import OPENAI, Got, respond
from support.fakes import FakeFetch
from workers_ai.text.generation import Generation

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
DATA_URL = "data:image/png;base64," + base64.b64encode(PNG).decode()
PAGE = "https://images.example.com/a.png"
IMAGE = {"type": "image_url", "image_url": {"url": DATA_URL}}
TOOL = {
    "type": "function",
    "name": "f",
    "description": "It does.",
    "parameters": {"type": "object", "properties": {"a": {"type": "integer"}}},
    "strict": True,
}
SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}}
CALL = {"type": "function_call", "id": "fc_1", "call_id": "c1", "name": "f", "arguments": "{}"}
RESULT = {"type": "function_call_output", "call_id": "c1", "output": "42"}


def generation(fetch: FakeFetch | None = None, **body: Any) -> Generation:
    body = {"model": OPENAI, "input": "Hello", **body}
    return fakes.run(read_responses_request(body, fakes.ports(fetch=fetch)))[1]


def messages(*items: Any, **body: Any) -> list[Mapping[str, Any]]:
    return list(generation(input=list(items), **body).messages)


def refused(param: str, **body: Any) -> Got:
    got = respond(**body)
    assert (got.status, got.error["param"]) == (400, param), got.error
    assert got.ai.calls == []
    return got
