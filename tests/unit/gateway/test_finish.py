"""What a request came to: its key, its outcome and what it has used."""

from collections.abc import Iterator

import pytest

from core.ports import Call, Reply
from core.web import Answer, Outcome, Stream
from gateway import finish
from gateway.finish import Finished
from support import fakes
from support.exchange import CHAT, NATIVE, USAGE, USER
from support.fakes import FakeAI, answer, failure, sse

BODY = {"model": NATIVE, "messages": USER}


@pytest.fixture
def seen() -> Iterator[list[Finished]]:
    """What an observer is told."""
    told: list[Finished] = []
    finish.observers.append(told.append)
    yield told
    finish.observers.remove(told.append)


def ask(ai: FakeAI, body: object = BODY, path: str = CHAT, **headers: str | None) -> Answer:
    return fakes.run(fakes.call(ai, "POST", path, body, headers, API_KEYS=f"me={fakes.KEY}"))


def test_reports_what_a_whole_answer_has_used(seen: list[Finished]) -> None:
    got = ask(FakeAI(answer({"response": "Hi", "usage": USAGE})))
    [told] = seen
    assert told.request_id == got.headers["x-request-id"]
    assert (told.method, told.status, told.dialect, told.outcome) == (
        "POST",
        200,
        "openai",
        "complete",
    )
    assert told.key and told.key.name == "me"
    used = told.used
    assert used.models == [NATIVE]
    assert (used.prompt_tokens, used.completion_tokens, used.neurons) == (5, 2, 1.5)


def test_adds_up_every_choice(seen: list[Finished]) -> None:
    replies = [answer({"response": "Hi", "usage": USAGE}) for _ in range(3)]
    ask(FakeAI(*replies), {**BODY, "n": 3})
    assert (seen[0].used.prompt_tokens, seen[0].used.neurons) == (15, 4.5)
    assert seen[0].used.models == [NATIVE]


@pytest.mark.parametrize("outcome", ["complete", "failed", "left"])
def test_reports_a_stream_when_it_is_over(seen: list[Finished], outcome: Outcome) -> None:
    stream = ask(FakeAI(sse("Hi", {"response": "", "usage": USAGE})), {**BODY, "stream": True})
    assert isinstance(stream, Stream)
    assert seen == []
    fakes.drain(stream)
    stream.finished(outcome)
    [told] = seen
    assert told.outcome == outcome
    assert (told.used.prompt_tokens, told.used.completion_tokens) == (5, 2)


def test_estimates_what_a_stream_has_used_that_its_client_left(seen: list[Finished]) -> None:
    stream = ask(FakeAI(sse("One two three four", "never read")), {**BODY, "stream": True})
    assert isinstance(stream, Stream)
    [source] = stream.sources
    source.converter.feed(source.upstream.pieces[0])
    stream.finished("left")
    used = seen[0].used
    assert used.prompt_tokens > 0
    assert 3 <= used.completion_tokens <= 6
    assert used.neurons is None


@pytest.mark.parametrize(
    ("path", "headers", "dialect", "status"),
    [
        (CHAT, {"authorization": "Bearer wrong"}, "openai", 401),
        ("/nothing", {}, "openai", 404),
        ("/v2/nothing", {}, "deepl", 404),
        ("/v1/messages", {"authorization": "Bearer wrong"}, "anthropic", 401),
    ],
)
def test_reports_requests_that_reach_no_handler(
    seen: list[Finished], path: str, headers: dict[str, str], dialect: str, status: int
) -> None:
    ask(FakeAI(), path=path, **headers)
    [told] = seen
    assert (told.status, told.dialect, told.key) == (status, dialect, None)
    assert told.used.models == []


def test_reports_a_failed_model(seen: list[Finished]) -> None:
    ask(FakeAI(failure(3007)))
    assert (seen[0].status, seen[0].outcome) == (504, "failed")


def test_reports_a_request_whose_client_goes_away(seen: list[Finished]) -> None:
    class WaitingAI(FakeAI):
        async def run(self, *calls: Call) -> list[Reply]:
            await fakes.for_ever()
            return []

    work = fakes.call(WaitingAI(), "POST", CHAT, BODY, API_KEYS=f"me={fakes.KEY}")
    work.send(None)
    assert seen == []
    work.close()
    [told] = seen
    assert (told.status, told.outcome, told.dialect) == (499, "left", "openai")
    assert told.key and told.key.name == "me"


def test_an_observer_that_fails_costs_no_answer(
    seen: list[Finished], capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(told: Finished) -> None:
        raise ValueError("secret")

    finish.observers.insert(0, fail)
    try:
        assert ask(FakeAI(answer({"response": "Hi"}))).status == 200
    finally:
        finish.observers.remove(fail)
    assert len(seen) == 1
    log = capsys.readouterr().err
    assert log.startswith("ValueError")
    assert "secret" not in log
