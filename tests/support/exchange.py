"""A request through the whole application, with every answer held against OpenAI's own types.

got = chat(answer({"response": "Hi"}), messages=[…])
assert got.message["content"] == "Hi"
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.ports import Call, Reply
from core.web import Answer
from gateway.locate import normalise
from handlers.openai.chat.request import read_chat_request
from support import dialects, response_stream
from support.fakes import FakeAI, FakeFetch, Headers, answer, call, drain, ports, run, sse
from support.openai_shapes import parse_sse
from workers_ai.text.generation import Generation

NATIVE = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
"""Cloudflare's own wire format, with tools."""
OPENAI = "@cf/zai-org/glm-4.7-flash"
"""OpenAI's wire format, with tools, log probabilities and thinking that can be switched off."""
VISION = "@cf/google/gemma-4-26b-a4b-it"
FIM = "@cf/qwen/qwen2.5-coder-32b-instruct"
UNKNOWN = "@cf/new/model"
"""An id of which the catalogue knows nothing."""

CHAT, TEXT = "/v1/chat/completions", "/v1/completions"
RESPONSES = "/v1/responses"
USER = [{"role": "user", "content": "Hello"}]
USAGE = {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7, "neurons": 1.5}


class ReadyAI(FakeAI):
    """Answers every call: a stream where one is asked for, and whatever the model."""

    async def run(self, *calls: Call) -> list[Reply]:
        self.calls += calls
        return [
            sse("Hi", {"response": "", "usage": USAGE})
            if call.inputs.get("stream")
            else answer({"response": "Hi", "usage": USAGE})
            for call in calls
        ]


@dataclass(frozen=True)
class Got:
    """What came back. ``events`` are the JSON events of a stream, without ``[DONE]``."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    ai: FakeAI
    events: list[Any]

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> dict[str, Any]:
        """The error object; an answer that is none fails the test."""
        found: dict[str, Any] = (self.events[-1] if self.events else self.json)["error"]
        return found

    @property
    def inputs(self) -> Mapping[str, Any]:
        """What the model was given in the first call."""
        return self.ai.calls[0].inputs

    @property
    def choice(self) -> dict[str, Any]:
        """The only choice of a whole answer."""
        [choice] = self.json["choices"]
        found: dict[str, Any] = choice
        return found

    @property
    def message(self) -> dict[str, Any]:
        found: dict[str, Any] = self.choice["message"]
        return found

    def choices(self, index: int = 0) -> list[dict[str, Any]]:
        """Every choice of that index in a stream's chunks, in order."""
        chunks = [event for event in self.events if "error" not in event]
        return [each for chunk in chunks for each in chunk["choices"] if each["index"] == index]

    def deltas(self, key: str, index: int = 0) -> list[Any]:
        """What a chat stream's deltas have under that key."""
        deltas = [choice["delta"] for choice in self.choices(index)]
        return [delta[key] for delta in deltas if key in delta]


def send(
    method: str,
    target: str,
    body: object = None,
    *replies: Reply,
    ai: FakeAI | None = None,
    headers: Headers | None = None,
    database: Any = None,
    fetch: FakeFetch | None = None,
    split: Callable[[bytes], Iterable[bytes]] | None = None,
    in_turn: bool = False,
    **settings: str,
) -> Got:
    """One request and its checked answer. Upstream gives ``replies``, or what ``ai`` does."""
    ai = ai or FakeAI(*replies)
    given = run(call(ai, method, target, body, headers, fetch, database, **settings))
    data = drain(given, split, in_turn=in_turn)
    check(method, target, body, headers, given, data)
    streamed = given.headers.get("content-type", "").startswith("text/event-stream")
    responses = normalise(target.partition("?")[0]).startswith("/responses")
    parse = response_stream.parse if responses else parse_sse
    return Got(given.status, given.headers, data, ai, parse(data) if streamed else [])


def check(
    method: str,
    target: str,
    body: object,
    headers: Headers | None,
    given: Answer,
    data: bytes,
) -> None:
    """Holds an answer against the dialect of its path."""
    assert all(name == name.lower() for name in given.headers)
    asked = dialects.json_object(body) if isinstance(body, bytes) else body
    dialects.Exchange(
        method=method,
        path=target.partition("?")[0],
        sent={name: text for name, text in (headers or {}).items() if text is not None},
        asked=asked if isinstance(asked, dict) else {},
        status=given.status,
        headers=given.headers,
        body=data,
    ).check()


def chat(*replies: Reply, ai: FakeAI | None = None, **fields: Any) -> Got:
    """A chat request of these fields; without replies the model says "Hi"."""
    ai = ai or (FakeAI(*replies) if replies else ReadyAI())
    return send("POST", CHAT, {"model": OPENAI, "messages": USER, **fields}, ai=ai)


def complete(*replies: Reply, ai: FakeAI | None = None, **fields: Any) -> Got:
    """A text completion request, likewise."""
    ai = ai or (FakeAI(*replies) if replies else ReadyAI())
    return send("POST", TEXT, {"model": OPENAI, "prompt": "Hello", **fields}, ai=ai)


def respond(*replies: Reply, ai: FakeAI | None = None, **fields: Any) -> Got:
    """A Responses request, likewise."""
    ai = ai or (FakeAI(*replies) if replies else ReadyAI())
    return send("POST", RESPONSES, {"model": OPENAI, "input": "Hello", **fields}, ai=ai)


def generation(fetch: FakeFetch | None = None, **fields: Any) -> Generation:
    """What a chat request of these fields asks of the model."""
    body = {"model": OPENAI, "messages": USER, **fields}
    return run(read_chat_request(body, ports(fetch=fetch)))[1]


def messages(*given: Any, **fields: Any) -> list[Mapping[str, Any]]:
    """The messages of a chat request as the model's side gets them."""
    return list(generation(messages=list(given), **fields).messages)


def refused(param: str, **fields: Any) -> Got:
    """The 400 that a chat request of these fields gets, which names ``param``."""
    got = chat(**fields)
    assert (got.status, got.error["param"]) == (400, param), got.error
    assert got.ai.calls == []
    return got
