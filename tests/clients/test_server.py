"""What lies between a client and the Worker: the same on the local host and in the runtime."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest


@pytest.fixture(scope="module")
def client(base_url: str, api_key: str) -> Iterator[httpx.Client]:
    headers = {"authorization": f"Bearer {api_key}"}
    with httpx.Client(base_url=base_url, headers=headers, timeout=30) as client:
        yield client


def chat(model: str, **fields: Any) -> dict[str, Any]:
    return {"model": model, "messages": [{"role": "user", "content": "Hello"}], **fields}


def left(client: httpx.Client) -> int:
    """How many bodies and calls of the mock AI have ended because nobody wanted them any more."""
    answer = client.post("/v1/chat/completions", json=chat("@mock/state")).json()
    state = json.loads(answer["choices"][0]["message"]["content"])
    return int(state["cancelled"] + state["aborted"])


def test_the_page_is_served_before_the_worker(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert client.get("/index.html").headers["location"] == "/"


def test_doubled_slashes_reach_the_worker(client: httpx.Client) -> None:
    answer = client.get(f"{client.base_url}//v1//models")
    assert answer.json()["object"] == "list"


def test_methods_nobody_has_heard_of_reach_the_worker(client: httpx.Client) -> None:
    assert client.request("PURGE", "/v1/models").status_code == 405


def test_a_body_that_nobody_reads_does_not_disturb_the_next_request(client: httpx.Client) -> None:
    for _ in range(3):
        assert client.put("/v1/models", content=bytes(1_000_000)).status_code == 405
        assert client.get("/health").status_code == 200


def test_a_body_that_is_too_large_is_told_so(client: httpx.Client) -> None:
    answer = client.post("/v1/chat/completions", content=bytes(26 * 1024 * 1024))
    assert answer.status_code == 413
    assert client.get("/health").status_code == 200


def test_a_head_request_has_no_body(client: httpx.Client) -> None:
    answer = client.head("/")
    assert answer.status_code == 200
    assert answer.content == b""


def test_a_client_that_leaves_ends_the_call_of_the_model(client: httpx.Client) -> None:
    before = left(client)
    stall = chat("@mock/stream/stall", stream=True)
    with client.stream("POST", "/v1/chat/completions", json=stall) as answer:
        assert next(answer.iter_lines()).startswith("data: {")
    for _ in range(400):
        if left(client) > before:
            return
        time.sleep(0.05)
    pytest.fail("the stream of the model still runs")
