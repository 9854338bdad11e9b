"""An error of Workers AI that comes with status 200 is that error, at every endpoint."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from core.ports import Call, Reply
from core.web import Form, UploadedFile
from gateway.handle import handle
from support.exchange import CHAT, NATIVE, RESPONSES, TEXT, USER
from support.fakes import FakeAI, FakeReply, changed, ports, request, run
from workers_ai.errors import ERRORS_BY_CODE, read_error

MESSAGES: dict[str, Any] = {"model": NATIVE, "messages": USER}
ENDPOINTS: dict[str, tuple[str, object]] = {
    "chat": (CHAT, MESSAGES),
    "chat, streamed": (CHAT, {**MESSAGES, "stream": True}),
    "chat with images": (CHAT, {**MESSAGES, "model": "dall-e-3"}),
    "completions": (TEXT, {"model": NATIVE, "prompt": "Hello"}),
    "responses": (RESPONSES, {"model": NATIVE, "input": "Hello"}),
    "messages": ("/v1/messages", {**MESSAGES, "max_tokens": 9}),
    "embeddings": ("/v1/embeddings", {"model": "@cf/baai/bge-m3", "input": ["a"] * 150}),
    "rerank": ("/v1/rerank", {"query": "q", "documents": ["a", "b"]}),
    "moderations": ("/v1/moderations", {"input": ["a", "b"]}),
    "images": ("/v1/images/generations", {"prompt": "A fox", "n": 2}),
    "speech": ("/v1/audio/speech", {"model": "tts-1", "input": "Hello"}),
    "transcriptions": ("/v1/audio/transcriptions", None),
    "translation": ("/translate", {"text": "A fox.", "source_lang": "en", "target_lang": "de"}),
    "native": (f"/client/v4/accounts/a/ai/run/{NATIVE}", {"prompt": "Hello"}),
}
SHAPES: Sequence[Callable[[int], object]] = (
    lambda code: {"errors": [{"code": code, "message": "m"}], "success": False, "result": None},
    lambda code: {"internalCode": code, "message": "m", "name": "AiError", "description": "d"},
)
ERRORS = {
    read_error(502, json.dumps({"internalCode": code}).encode()).status: code
    for code in ERRORS_BY_CODE
}
"""A code for each status."""


class FailingAI(FakeAI):
    """Answers every call with the same body and status."""

    def __init__(self, body: bytes, status: int = 200) -> None:
        super().__init__()
        self.made: list[FakeReply] = []
        self._body = body
        self._status = status

    async def run(self, *calls: Call, signal: Any = None) -> list[Reply]:
        self.calls += calls
        headers = {"cf-ai-req-id": "req-1"}
        replies = [FakeReply(self._body, self._status, headers=headers) for _ in calls]
        self.made += replies
        return list(replies)


def send(name: str, ai: FakeAI) -> Any:
    path, body = ENDPOINTS[name]
    made = request("POST", path, body)

    async def read_file() -> bytes:
        return b"sound"

    async def form(limit: int) -> Form:
        return Form([("file", UploadedFile("a.mp3", "audio/mpeg", 5, object(), read_file))])

    return run(handle(changed(made, form=form), lambda: ports(ai)))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("status", ERRORS)
@pytest.mark.parametrize("name", ENDPOINTS)
def test_an_error_with_status_200_is_its_codes_own(
    name: str, status: int, shape: Callable[[int], object]
) -> None:
    body = json.dumps(shape(ERRORS[status])).encode()
    ai = FailingAI(body)
    got = send(name, ai)
    assert got.status == send(name, FailingAI(body, status)).status
    assert got.status == status or name == "translation", got
    assert all(reply.was_read or reply.cancelled for reply in ai.made)
    if name != "translation":
        assert got.headers["x-request-id"] == "req-1"


@pytest.mark.parametrize("name", ENDPOINTS)
def test_a_failure_without_an_error_is_a_failure(name: str) -> None:
    body = {"success": False, "errors": [], "messages": [], "result": None}
    assert send(name, FailingAI(json.dumps(body).encode())).status == 502
