"""A request of an Anthropic client through the whole application, every answer held against
Anthropic's own types.

got = message(answer({"response": "Hi"}), max_tokens=5)
assert got.text == "Hi"
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.ports import Reply
from support.anthropic_shapes import check_stream
from support.exchange import OPENAI, USER, ReadyAI, check
from support.exchange import Got as AnyGot
from support.fakes import FakeAI, FakeFetch, call, drain, run
from support.openai_shapes import parse_sse

MESSAGES, COUNT = "/v1/messages", "/v1/messages/count_tokens"


@dataclass(frozen=True)
class Got(AnyGot):
    """What came back; ``json`` is the whole message, of a stream what its events add up to."""

    streamed: dict[str, Any]

    @property
    def json(self) -> Any:
        return self.streamed if self.events else super().json

    @property
    def error(self) -> dict[str, Any]:
        found: dict[str, Any] = (self.events[-1] if self.events else super().json)["error"]
        return found

    @property
    def content(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json["content"]
        return found

    @property
    def text(self) -> str:
        """The text of an answer that has nothing else."""
        [block] = self.content
        text: str = block["text"]
        return text

    @property
    def kinds(self) -> list[str]:
        """The types of the stream's events."""
        return [event["type"] for event in self.events]

    @property
    def param(self) -> str | None:
        """What the error says it is about."""
        param: str | None = self.error.get("details", {}).get("param")
        return param


def send(
    method: str,
    target: str,
    body: object = None,
    *replies: Reply,
    ai: FakeAI | None = None,
    headers: Mapping[str, str] | None = None,
    fetch: FakeFetch | None = None,
    split: Callable[[bytes], Iterable[bytes]] | None = None,
    **settings: str,
) -> Got:
    """One request and its checked answer. Upstream gives ``replies``, or what ``ai`` does."""
    ai = ai or FakeAI(*replies)
    given = run(call(ai, method, target, body, headers, fetch, **settings))
    data = drain(given, split)
    check(method, target, body, headers, given, data)
    if given.headers["content-type"].startswith("text/event-stream"):
        events = parse_sse(data, named=True)
        return Got(given.status, given.headers, data, ai, events, check_stream(events))
    got = Got(given.status, given.headers, data, ai, [], {})
    if got.status >= 400:
        assert got.json["request_id"] == given.headers["request-id"]
    return got


def message(*replies: Reply, ai: FakeAI | None = None, **fields: Any) -> Got:
    """A message of these fields; without replies the model says "Hi"."""
    ai = ai or (FakeAI(*replies) if replies else ReadyAI())
    body = {"model": OPENAI, "max_tokens": 1000, "messages": USER, **fields}
    return send("POST", MESSAGES, body, ai=ai)


def stream(*replies: Reply, **fields: Any) -> Got:
    """The same, streamed."""
    return message(*replies, stream=True, **fields)


def refused(param: str | None, **fields: Any) -> Got:
    """What a request is told that is never sent on."""
    got = message(ai=FakeAI(), **fields)
    assert (got.status, got.error["type"]) == (400, "invalid_request_error"), got.error
    assert got.param == param, got.error
    assert got.ai.calls == []
    return got
