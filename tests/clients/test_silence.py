"""A model that thinks where nobody sees it, by OpenAI's and Anthropic's packages: the first event
comes at once, and what keeps the connection meanwhile disturbs nobody."""

from collections.abc import Iterator

import httpx2
import pytest
from anthropic import Anthropic
from anthropic import DefaultHttpxClient as AnthropicHttpxClient
from openai import DefaultHttpxClient, OpenAI

from clients.checking import Transport
from core.dialect import COMMENT
from handlers.anthropic.errors import PING

THINKER = "@mock/think"
STALLED = "@mock/think/stall"
"""Nothing comes of it but its thinking, however long one waits."""
TEXT = "Sunlight is scattered by air."
ASKED = f"[[think:{'Hm. ' * 40}]][[say:{TEXT}]]"


class _Interrupted(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, keep_alive: bytes) -> None:
        self._stream = stream
        self._keep_alive = keep_alive

    def __iter__(self) -> Iterator[bytes]:
        events = b"".join(self._stream).split(b"\n\n")
        for event in events[:-1]:
            yield self._keep_alive + event + b"\n\n"

    def close(self) -> None:
        self._stream.close()


class InterruptingTransport(Transport):
    """Puts a keep-alive before every event, as if the model paused there."""

    def __init__(self, keep_alive: bytes) -> None:
        super().__init__()
        self._keep_alive = keep_alive

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = super().handle_request(request)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _Interrupted(response.stream, self._keep_alive)
        return response


@pytest.fixture
def anthropic(base_url: str, api_key: str) -> Iterator[Anthropic]:
    client = AnthropicHttpxClient(transport=Transport())
    with Anthropic(base_url=base_url, api_key=api_key, max_retries=0, http_client=client) as made:
        yield made


@pytest.fixture
def interrupted_openai(base_url: str, api_key: str) -> Iterator[OpenAI]:
    client = DefaultHttpxClient(transport=InterruptingTransport(COMMENT))
    url = f"{base_url}/v1"
    with OpenAI(base_url=url, api_key=api_key, max_retries=0, http_client=client) as made:
        yield made


@pytest.fixture
def interrupted_anthropic(base_url: str, api_key: str) -> Iterator[Anthropic]:
    client = AnthropicHttpxClient(transport=InterruptingTransport(PING))
    with Anthropic(base_url=base_url, api_key=api_key, max_retries=0, http_client=client) as made:
        yield made


def test_a_chat_begins_before_the_model_says_anything(openai: OpenAI) -> None:
    with openai.chat.completions.create(
        model=STALLED,
        messages=[{"role": "user", "content": ASKED}],
        reasoning_effort="high",
        extra_body={"include_reasoning": False},
        stream=True,
    ) as stream:
        [choice] = next(stream).choices
        assert (choice.delta.role, choice.delta.content) == ("assistant", "")


@pytest.mark.parametrize("display", ["omitted", None])
def test_a_message_begins_before_the_model_says_anything(
    anthropic: Anthropic, display: str | None
) -> None:
    with anthropic.messages.create(
        model=STALLED,
        max_tokens=2000,
        messages=[{"role": "user", "content": ASKED}],
        extra_body={"thinking": {"type": "adaptive", "display": display}} if display else {},
        stream=True,
    ) as stream:
        assert next(iter(stream)).type == "message_start"


def test_comments_disturb_no_chat(interrupted_openai: OpenAI) -> None:
    with interrupted_openai.chat.completions.stream(
        model=THINKER,
        messages=[{"role": "user", "content": ASKED}],
        reasoning_effort="high",
    ) as stream:
        message = stream.get_final_completion().choices[0].message
    assert message.content == TEXT


def test_comments_disturb_no_response(interrupted_openai: OpenAI) -> None:
    with interrupted_openai.responses.stream(
        model=THINKER, input=ASKED, reasoning={"effort": "high"}, store=False
    ) as stream:
        assert stream.get_final_response().output_text == TEXT


def test_pings_disturb_no_message(interrupted_anthropic: Anthropic) -> None:
    with interrupted_anthropic.messages.stream(
        model=THINKER,
        max_tokens=2000,
        messages=[{"role": "user", "content": ASKED}],
        thinking={"type": "adaptive"},
    ) as stream:
        assert stream.get_final_text() == TEXT
