"""The clients: OpenAI's package, sync and async, and plain HTTP. All of them check what comes."""

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest
from openai import AsyncOpenAI, DefaultAsyncHttpxClient, DefaultHttpxClient, OpenAI

from clients.checking import AsyncTransport, Transport


@pytest.fixture(scope="session")
def openai(base_url: str, api_key: str) -> Iterator[OpenAI]:
    """As people set it up, but that nothing is tried twice behind a test's back."""
    with OpenAI(
        base_url=f"{base_url}/v1",
        api_key=api_key,
        max_retries=0,
        http_client=DefaultHttpxClient(transport=Transport()),
    ) as client:
        yield client


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def async_openai(base_url: str, api_key: str) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(
        base_url=f"{base_url}/v1",
        api_key=api_key,
        max_retries=0,
        http_client=DefaultAsyncHttpxClient(transport=AsyncTransport()),
    ) as client:
        yield client


@pytest.fixture(scope="session")
def http(base_url: str, api_key: str) -> Iterator[httpx2.Client]:
    """What no client library would send, and what relays and front ends do."""
    with httpx2.Client(
        base_url=base_url,
        headers={"authorization": f"Bearer {api_key}"},
        timeout=60,
        transport=Transport(),
    ) as client:
        yield client
