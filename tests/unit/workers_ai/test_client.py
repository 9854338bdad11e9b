from collections.abc import Mapping
from typing import Any

import pytest

from core.errors import (
    APIError,
    BadRequest,
    NotFound,
    RateLimited,
    Upstream,
    UpstreamTimeout,
    answer_too_large,
    timed_out,
)
from core.ports import SMALL_BYTES, Call, Reply
from support import fakes
from support.fakes import FakeAI, FakeReply, FakeSleep, answer, failure
from workers_ai import client
from workers_ai.errors import ERROR_BODY_LIMIT

OK = {"response": "Hi"}


def busy() -> FakeReply:
    return failure(3040, 429)


class World:
    """Runs calls on the given replies and keeps what happened."""

    def __init__(
        self, *replies: Reply | APIError, headers: Mapping[str, str] | None = None
    ) -> None:
        self.ai = FakeAI(*replies)
        self._headers = headers
        self.waited: list[float] = []

    def run(self, *models: str) -> list[Reply]:
        ports = fakes.ports(self.ai)
        request = fakes.request("POST", "/", headers=self._headers)
        calls = [Call(model, {}) for model in models or ("m",)]
        try:
            return fakes.run(client.run(ports, request, calls))
        finally:
            assert isinstance(ports.sleep, FakeSleep)
            self.waited = ports.sleep.waited

    def fail(self, *models: str) -> APIError:
        with pytest.raises(APIError) as caught:
            self.run(*models)
        return caught.value

    @property
    def asked(self) -> list[str]:
        return [call.model for call in self.ai.calls]


def test_replies_come_in_the_order_of_their_calls() -> None:
    replies = [answer(OK), answer(OK), answer(OK, status=201)]
    world = World(*replies)
    assert world.run("a", "b", "c") == replies
    assert world.asked == ["a", "b", "c"]
    assert not any(reply.was_read or reply.cancelled for reply in replies)
    assert world.waited == []


@pytest.mark.parametrize(
    "passing",
    [
        busy(),
        FakeReply(b"<html>Bad gateway</html>", 502, "text/html"),
        FakeReply(b"", 500),
        answer({"errors": [{"code": 3040, "message": "m"}]}, status=429),
        answer({"description": "AiError: 3040: Capacity temporarily exceeded"}, status=400),
        answer({"errors": [{"code": 3040}], "success": False}),
        answer({"internalCode": 3040}, content_type="application/json; charset=utf-8"),
    ],
)
def test_retries_retryable_errors_once(passing: FakeReply) -> None:
    good = answer(OK)
    world = World(passing, good)
    assert world.run() == [good]
    assert world.asked == ["m", "m"]
    assert world.waited == [client.BACKOFF]


def test_gives_up_after_two_tries() -> None:
    world = World(busy(), busy(), answer(OK))
    error = world.fail()
    assert isinstance(error, RateLimited)
    assert (error.status, error.code) == (429, "capacity_exceeded")
    assert world.asked == ["m", "m"]
    assert world.waited == [client.BACKOFF]


@pytest.mark.parametrize(
    ("lasting", "kind"),
    [
        (failure(5006), BadRequest),
        (failure(5007), NotFound),
        (failure(3036, 429), RateLimited),
        (failure(4006, 429), RateLimited),
        (failure(3007, 408), Upstream),
        (FakeReply(b"{}", 429), RateLimited),
        (FakeReply(b"{}", 499), Upstream),
        (answer({"errors": [{"code": 5007}], "success": False}), NotFound),
        (timed_out(), UpstreamTimeout),
    ],
)
def test_does_not_retry_other_errors(lasting: Reply | APIError, kind: type[APIError]) -> None:
    world = World(lasting, answer(OK))
    assert isinstance(world.fail(), kind)
    assert world.asked == ["m"]
    assert world.waited == []


def test_retries_only_the_calls_that_failed() -> None:
    a, b, c = answer(OK), answer(OK), answer(OK)
    world = World(busy(), b, busy(), a, c)
    assert world.run("a", "b", "c") == [a, b, c]
    assert world.asked == ["a", "b", "c", "a", "c"]
    assert world.waited == [client.BACKOFF]


def test_cancels_the_others_when_one_fails_for_good() -> None:
    first, third = answer(OK), answer(OK)
    world = World(first, failure(5007), third, busy())
    assert isinstance(world.fail("a", "b", "c", "d"), NotFound)
    assert world.asked == ["a", "b", "c", "d"]
    assert first.cancelled
    assert third.cancelled


def test_cancels_replies_of_the_first_try_too() -> None:
    first = answer(OK)
    world = World(first, busy(), failure(5007))
    assert isinstance(world.fail("a", "b"), NotFound)
    assert first.cancelled


def test_raises_the_first_error_that_is_not_retryable() -> None:
    assert isinstance(World(busy(), failure(5007), failure(5006)).fail("a", "b", "c"), NotFound)


class Clock:
    """Every look at it takes some seconds."""

    def __init__(self, step: float) -> None:
        self.now = 1000.0
        self._step = step

    def time(self) -> float:
        self.now += self._step
        return self.now


@pytest.mark.parametrize("name", ["x-stainless-read-timeout", "x-stainless-timeout"])
@pytest.mark.parametrize(
    ("timeout", "passed", "tries"),
    [
        ("600", 10.0, 2),
        ("600", 599.6, 1),
        ("600", 599.4, 2),
        ("0.4", 0.0, 1),
        ("not a number", 10.0, 2),
        ("", 10.0, 2),
    ],
)
def test_does_not_retry_longer_than_the_client_waits(
    monkeypatch: pytest.MonkeyPatch, name: str, timeout: str, passed: float, tries: int
) -> None:
    monkeypatch.setattr(client, "time", Clock(passed))
    world = World(busy(), busy(), headers={name: timeout})
    world.fail()
    assert len(world.asked) == tries
    assert len(world.waited) == tries - 1


def test_an_error_names_the_call() -> None:
    reply = answer({"internalCode": 5007}, status=400, headers={"cf-ai-req-id": "req-1"})
    assert World(reply).fail().headers["x-request-id"] == "req-1"
    assert "x-request-id" not in World(failure(5007)).fail().headers
    last = answer({"internalCode": 3040}, status=429, headers={"cf-ai-req-id": "req-2"})
    error = World(busy(), last).fail()
    assert error.headers["x-request-id"] == "req-2"
    assert error.headers["x-should-retry"] == "true"


def test_only_json_is_looked_at_for_errors() -> None:
    busy_words = FakeReply(b'{"internalCode": 3040}', content_type="text/event-stream")
    assert World(busy_words).run() == [busy_words]
    large = answer({"internalCode": 3040, "description": "x" * SMALL_BYTES})
    assert World(large).run() == [large]


def test_one_late_call_of_several_gives_up_the_others() -> None:
    in_time = answer(OK)
    error = World(in_time, timed_out(), busy()).fail("a", "b", "c")
    assert (error.status, error.code) == (504, "upstream_timeout")
    assert in_time.cancelled


@pytest.mark.parametrize("limit", [10, 100])
def test_an_answer_has_a_limit(limit: int) -> None:
    reply = FakeReply(b"x" * 11)
    if limit > 10:
        assert fakes.run(client.read_answer(reply, limit)) == b"x" * 11
        return
    with pytest.raises(Upstream) as caught:
        fakes.run(client.read_answer(reply, limit))
    assert (caught.value.status, caught.value.code) == (502, "upstream_error")
    assert reply.cancelled


class Page(FakeReply):
    """An error whose body is longer than anybody wants to read."""

    async def read(self, limit: int) -> bytes:
        self.limit = limit
        raise answer_too_large()


def test_limits_what_is_read_of_an_error() -> None:
    """It is still the upstream that failed, and not the client's request that is too large."""
    page = Page(b"", 503, "text/html")
    good = answer(OK)
    assert World(page, good).run() == [good]
    assert page.limit == ERROR_BODY_LIMIT
    error = World(Page(b"", 503), Page(b"", 503)).fail()
    assert (error.status, error.code) == (502, "upstream_error")


def test_reads_request_ids() -> None:
    headers: dict[str, Any] = {"headers": {"cf-ai-req-id": "req-1"}}
    assert client.request_id_header(answer(OK, **headers)) == {"x-request-id": "req-1"}
    assert client.request_id_header(answer(OK)) == {}
