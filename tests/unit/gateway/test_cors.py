"""Pages of any origin may call the gateway."""

import pytest

from support.exchange import CHAT, chat, send
from support.fakes import failure

STAINLESS = "authorization,content-type,x-stainless-lang,x-stainless-retry-count"


@pytest.mark.parametrize("path", [CHAT, "/v1/nothing", "/"])
def test_a_preflight_comes_without_a_key(path: str) -> None:
    """``*`` does not cover Authorization, hence the names are reflected."""
    headers = {"authorization": "", "access-control-request-headers": STAINLESS}
    got = send("OPTIONS", path, headers=headers, API_KEYS="")
    assert (got.status, got.body) == (204, b"")
    assert got.headers["access-control-allow-headers"] == STAINLESS
    assert got.headers["vary"] == "access-control-request-headers"
    assert {"GET", "POST"} <= set(got.headers["access-control-allow-methods"].split(", "))
    assert int(got.headers["access-control-max-age"]) > 0


def test_a_preflight_that_asks_for_nothing() -> None:
    got = send("OPTIONS", CHAT, headers={"authorization": ""})
    assert "authorization" in got.headers["access-control-allow-headers"]


def test_every_answer_may_be_read_by_a_page() -> None:
    """Among others the errors; that it is so on every other answer, exchange.send checks."""
    for got in (
        chat(),
        chat(stream=True),
        chat(stream=True, tools=5),
        send("GET", "/nothing"),
        send("GET", CHAT),
        send("POST", CHAT, b"{"),
        send("GET", "/health"),
        send("OPTIONS", CHAT),
        chat(failure(5007)),
    ):
        assert got.headers["access-control-allow-origin"] == "*"
        assert got.headers["access-control-expose-headers"] == "*"
