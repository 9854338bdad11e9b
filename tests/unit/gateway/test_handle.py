"""What surrounds every route: keys, settings, request ids, bodies, and errors nobody foresaw."""

import gzip
import hmac
import json
from typing import Any

import pytest

from access import keys
from core.errors import NotConfigured
from core.limits import JSON_BODY_BYTES, JSON_TEXT_BYTES
from core.ports import Ports
from gateway.handle import handle
from support import fakes
from support.exchange import CHAT, OPENAI, TEXT, USER, ReadyAI, chat, send
from support.fakes import KEY, FakeAI, FakeReply, answer, failure

BODY = {"model": OPENAI, "messages": USER}


# --- keys --------------------------------------------------------------------------------------


def status(keys: str = KEY, path: str = "/v1/models", **headers: str) -> int:
    """The status of a request with these headers only; ``_`` stands for ``-``."""
    named = {
        "authorization": "",
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    return send("GET", path, headers=named, API_KEYS=keys).status


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer sk-1"},
        {"authorization": "bearer sk-1"},
        {"authorization": "BEARER   sk-1  "},
        {"x_api_key": "sk-1"},
        {"x_api_key": " sk-1 "},
        {"api_key": "sk-1"},
    ],
)
def test_a_key_comes_in_three_headers(headers: dict[str, str]) -> None:
    assert status("sk-1", **headers) == 200
    assert status("sk-12", **headers) == status("sk-", **headers) == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "sk-1"},
        {"authorization": "Bearer"},
        {"authorization": "Bearer "},
        {"authorization": "Basic sk-1"},
        {"authorization": "Bearer sk-1 sk-1"},
        {"authorization": "Bearer SK-1"},
        {"authorization": "Bearer sk-1é"},
        {"x_api_key": ""},
        {"x_api_key": "Bearer sk-1"},
        {"x_api_key": "alice=sk-1"},
        {"api_key": "alice"},
        {"cookie": "sk-1", "x_auth_token": "sk-1"},
    ],
)
def test_anything_else_is_a_wrong_key(headers: dict[str, str]) -> None:
    assert status("alice=sk-1", **headers) == 401
    assert status("alice=sk-1, =", x_api_key="=") == 503


def test_a_right_key_wins_over_wrong_ones() -> None:
    """Many clients always send an Authorization header."""
    right, wrong = "sk-1", "sk-x"
    assert status(right, authorization=f"Bearer {wrong}", x_api_key=right) == 200
    assert status(right, authorization=f"Bearer {wrong}", x_api_key=wrong, api_key=right) == 200
    assert status(right, authorization=f"Bearer {right}", x_api_key=wrong) == 200
    assert status(right, authorization=f"Bearer {wrong}", x_api_key=wrong, api_key=wrong) == 401


def test_several_keys() -> None:
    known = "sk-1, bob=sk-2\nsk-3"
    for key in ("sk-1", "sk-2", "sk-3"):
        assert status(known, x_api_key=key) == 200
    assert status(known, x_api_key="sk-4") == 401
    assert status("钥匙", x_api_key="钥匙") == 200


def test_the_key_goes_along_with_the_request() -> None:
    for key, name in {"sk-1": "", "sk-2": "bob"}.items():
        request = fakes.request("GET", "/v1/models", headers={"authorization": f"Bearer {key}"})
        fakes.run(handle(request, lambda: fakes.ports(API_KEYS="sk-1, bob=sk-2")))
        assert request.key.name == name


def test_a_wrong_key_is_the_only_401() -> None:
    got = send("POST", CHAT, BODY, headers={"authorization": "Bearer sk-x"})
    assert got.status == 401
    assert got.error["code"] == "invalid_api_key"
    assert got.error["type"] == "invalid_request_error"
    assert got.headers["www-authenticate"] == "Bearer"
    assert "sk-x" not in got.body.decode()
    assert got.ai.calls == []


def test_every_key_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key given with each key known, also after a match, so that nothing can be timed."""
    assert vars(keys)["compare_digest"] is hmac.compare_digest
    compared = []

    def compare(given: bytes, known: bytes) -> bool:
        compared.append((given, known))
        return hmac.compare_digest(given, known)

    monkeypatch.setattr(keys, "compare_digest", compare)
    assert status("a,b", authorization="Bearer x", x_api_key="a") == 200
    assert compared == [(b"x", b"a"), (b"x", b"b"), (b"a", b"a"), (b"a", b"b")]


@pytest.mark.parametrize("keys", ["", " ", ","])
def test_without_a_key_it_is_closed(keys: str) -> None:
    got = send("POST", CHAT, BODY, API_KEYS=keys)
    assert (got.status, got.error["code"]) == (503, "not_configured")
    assert "npx wrangler secret put API_KEYS" in got.error["message"]
    assert status(keys) == 503
    assert got.ai.calls == []
    assert status(keys, "/health") == 200


def test_health_needs_no_key() -> None:
    assert status("sk-1", "/health") == 200


@pytest.mark.parametrize("path", ["/v1/nothing", TEXT])
def test_what_does_not_exist_is_told_without_a_key(path: str) -> None:
    assert status("sk-1", path) in (404, 405)


# --- settings ----------------------------------------------------------------------------------


def test_a_setting_that_cannot_be_read_is_told() -> None:
    got = send("POST", CHAT, BODY, MODELS_TTL="soon")
    assert (got.status, got.error["code"]) == (503, "invalid_setting")
    assert "MODELS_TTL" in got.error["message"]
    assert "soon" not in got.error["message"]
    assert got.ai.calls == []


# --- request ids -------------------------------------------------------------------------------


def test_every_answer_has_a_request_id_of_its_own() -> None:
    found = [send("GET", path) for path in ("/health", "/nothing", CHAT, "/v1/models")]
    found += [send("OPTIONS", CHAT), chat(), chat(stream=True)]
    ids = {got.headers["x-request-id"] for got in found}
    assert len(ids) == len(found)
    assert all(name.startswith("req_") for name in ids)


def test_the_services_own_request_id_is_passed_on() -> None:
    headers = {"cf-ai-req-id": "abc-1"}
    assert chat(answer({"response": "Hi"}, headers=headers)).headers["x-request-id"] == "abc-1"
    stream = chat(fakes.sse("Hi", headers=headers), stream=True)
    assert stream.headers["x-request-id"] == "abc-1"
    refused = FakeReply(failure(5007).pieces[0], 400, headers=headers)
    assert chat(refused).headers["x-request-id"] == "abc-1"


# --- bodies ------------------------------------------------------------------------------------


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/json; charset=utf-8"])
def test_the_content_type_does_not_matter(content_type: str) -> None:
    assert send("POST", CHAT, BODY, ai=ReadyAI(), headers={"content-type": content_type}).json


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe{}", b'{"model":NaN}', b'{"n":1e999}', b"{}{}"]
    + [b"[" * 100_000, b'{"a":' * 5_000 + b"1" + b"}" * 5_000, b'{"seed":' + b"9" * 5_000 + b"}"],
)
def test_a_body_that_is_no_json_object(body: bytes) -> None:
    got = send("POST", CHAT, body)
    assert (got.status, got.error["code"]) == (400, "invalid_json")


@pytest.mark.parametrize("path", [CHAT, "/v1/messages", "/translate", "/v2/translate"])
@pytest.mark.parametrize(
    "body", [gzip.compress(b"{}", mtime=0), b"\x28\xb5\x2f\xfd\x20\x02\x11"], ids=["gzip", "zstd"]
)
def test_a_compressed_body(path: str, body: bytes) -> None:
    got = send("POST", path, body)
    assert got.status == 415
    assert "compressed" in str(got.json)


def test_a_byte_order_mark_is_forgiven() -> None:
    assert (
        send("POST", CHAT, b"\xef\xbb\xbf" + json.dumps(BODY).encode(), ai=ReadyAI()).status == 200
    )


def test_what_a_body_may_have() -> None:
    """1.5 MB, and 5 MB with what is in base64, however that is written."""

    def code(text: str, file: str = "") -> str:
        head, tail = json.dumps({**BODY, "metadata": {"file": "?"}, "user": text}).split("?")
        got = send("POST", CHAT, (head + file + tail).encode(), ai=ReadyAI())
        return "" if got.status == 200 else f"{got.status} {got.error['code']}"

    room = 1000  # for the rest
    text = "a " * ((JSON_TEXT_BYTES - room) // 2)
    file = "Ab+/" * ((JSON_BODY_BYTES - JSON_TEXT_BYTES - room) // 4)
    assert code(text) == ""
    assert code(text + "a " * room) == "413 request_too_large"
    assert code(text, file) == ""
    assert code(text, file + "Ab+/" * room) == "413 request_too_large"
    assert code(text + "a " * room, file) == "413 request_too_large"
    for written in (file.replace("+/", "-_"), file.replace("/Ab+/", "\\/Ab+\\n")):
        assert code(text, written[: len(file)].rstrip("\\")) == ""
    assert code("", " ".join([file[:999]] * 2000)) == "413 request_too_large"


# --- what nobody foresaw -----------------------------------------------------------------------


class BrokenAI(FakeAI):
    async def run(self, *calls: Any) -> Any:
        raise RuntimeError(f"no luck with {calls[0].inputs} and {KEY}")


def test_an_unforeseen_error_is_a_plain_500_and_its_message_stays_inside(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The log says what kind of error and where. Its message may hold a prompt."""
    got = chat(ai=BrokenAI(), messages=[{"role": "user", "content": "secret words"}])
    assert (got.status, got.error["code"]) == (500, "internal_error")
    assert got.error["type"] == "api_error"
    out, log = capsys.readouterr()
    assert out == ""
    assert log.startswith("RuntimeError in run ")
    assert "test_handle.py:" in log
    assert log.count("\n") == 1
    for told in (got.body.decode(), log):
        assert "secret" not in told
        assert KEY not in told
        assert "luck" not in told


def test_a_foreseen_error_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    assert chat(failure(5007)).status == 404
    assert send("GET", "/nothing").status == 404
    assert capsys.readouterr() == ("", "")


def test_a_broken_port_is_an_error_too() -> None:
    def connect() -> Ports:
        raise NotConfigured("This Worker has no Workers AI binding.")

    request = fakes.request("GET", "/v1/models")
    assert fakes.run(handle(request, connect)).status == 503


# --- caches and browsers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/v1/models"),
        ("GET", "/health"),
        ("GET", f"/translate?token={KEY}&text=a"),
        ("GET", f"/{KEY}/translate"),
        ("POST", "/v1/chat/completions"),
        ("GET", "/v1/nothing"),
        ("PUT", "/v1/models"),
    ],
)
def test_no_cache_keeps_an_answer_and_no_browser_runs_one(method: str, target: str) -> None:
    got = send(method, target, BODY if method == "POST" else None, ai=ReadyAI())
    assert got.headers["cache-control"] == "private, no-store"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in got.headers["content-security-policy"]
    streamed = send("POST", CHAT, {**BODY, "stream": True}, ai=ReadyAI())
    assert streamed.headers["cache-control"] == "private, no-store"
