"""Cloudflare's own paths, read as a program written for Cloudflare's API reads them."""

import json
from typing import Any

import pytest

from core.ports import Media
from core.web import Answer, PassThrough, Response
from gateway.handle import handle
from gateway.locate import normalise
from support.fakes import FakeAI, FakeReply, answer, call, changed, failure, ports, request, run

ACCOUNT = "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353"
M2M100 = "@cf/meta/m2m100-1.2b"


def post(
    model: str, body: object, *replies: FakeReply, prefix: str = ACCOUNT
) -> tuple[Any, FakeAI]:
    ai = FakeAI(*replies)
    return run(call(ai, "POST", f"{prefix}/ai/run/{model}", body)), ai


def raw(ai: FakeAI, content_type: str, model: str, **headers: str) -> Answer:
    """A request whose body is not JSON."""
    sent = request("POST", f"/ai/run/{model}", b"", {"content-type": content_type, **headers})
    sent = changed(sent, body=lambda: "the body")
    return run(handle(sent, lambda: ports(ai)))


@pytest.mark.parametrize("prefix", [ACCOUNT, "", "/v1", "/"])
def test_the_guides_translation(prefix: str) -> None:
    body = {"text": "Hello", "source_lang": "en", "target_lang": "zh"}
    got, ai = post(M2M100, body, answer({"translated_text": "你好"}), prefix=prefix)
    assert got.status == 200
    assert json.loads(got.body) == {
        "result": {"translated_text": "你好"},
        "success": True,
        "errors": [],
        "messages": [],
    }
    assert (ai.calls[0].model, ai.calls[0].inputs) == (M2M100, body)
    assert got.headers["x-model-served"] == M2M100


def test_a_percent_encoded_model() -> None:
    _, ai = post("%40cf/meta/m2m100-1.2b", {"text": "a"}, answer({}))
    assert ai.calls[0].model == M2M100


def test_an_unknown_model_is_passed_on() -> None:
    got, ai = post("@cf/new/thing", {"anything": [1]}, answer([1, 2]))
    assert ai.calls[0].inputs == {"anything": [1]}
    assert json.loads(got.body)["result"] == [1, 2]


@pytest.mark.parametrize("content_type", ["image/png", "audio/mpeg", "text/event-stream"])
def test_files_and_streams_come_bare(content_type: str) -> None:
    got, _ = post("@cf/x/y", {"prompt": "a"}, FakeReply(b"bytes", content_type=content_type))
    assert isinstance(got, PassThrough)
    assert got.headers["content-type"] == content_type
    assert got.stream.pieces == [b"bytes"]


@pytest.mark.parametrize(
    ("content_type", "model", "name"),
    [
        ("audio/mpeg", "@cf/openai/whisper", "audio"),
        ("application/octet-stream", "@cf/openai/whisper", "audio"),
        ("image/png", "@cf/microsoft/resnet-50", "image"),
        ("application/octet-stream", "@cf/llava-hf/llava-1.5-7b-hf", "image"),
        ("multipart/form-data; boundary=x", "@cf/black-forest-labs/flux-2-dev", "multipart"),
        ("audio/mpeg", "@cf/new/ear", "audio"),
        ("image/png", "@cf/new/eye", "image"),
    ],
)
def test_files_and_forms_go_up_as_streams(content_type: str, model: str, name: str) -> None:
    ai = FakeAI(answer({"text": "a"}))
    assert raw(ai, content_type, model).status == 200
    assert ai.calls[0].inputs == {name: Media("the body", content_type)}


def test_a_stream_is_sent_but_once() -> None:
    ai = FakeAI(failure(3040, 429), answer({}))
    assert raw(ai, "audio/mpeg", "@cf/openai/whisper").status == 429
    assert len(ai.calls) == 1


def test_rejects_an_empty_file() -> None:
    for content_type in ("audio/mpeg", "application/x-www-form-urlencoded"):
        ai = FakeAI()
        got = raw(ai, content_type, "@cf/openai/whisper", **{"content-length": "0"})
        assert (got.status, ai.calls) == (400, [])


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", ""])
@pytest.mark.parametrize(
    ("data", "given"),
    [
        (b"ID3 sound", Media(b"ID3 sound", "application/octet-stream")),
        (b' {"audio": [1, 2]}', [1, 2]),
    ],
)
def test_a_file_that_curl_calls_a_form(content_type: str, data: bytes, given: Any) -> None:
    """``curl --data-binary @speech.mp3`` in Cloudflare's own examples."""
    ai = FakeAI(answer({"text": "a"}))
    headers = {"content-type": content_type}
    got = run(call(ai, "POST", "/ai/run/@cf/openai/whisper", data, headers))
    assert got.status == 200
    assert ai.calls[0].inputs == {"audio": given}
    ai = FakeAI()
    got = run(call(ai, "POST", "/ai/run/@cf/openai/whisper", b'{"audio": [', headers))
    assert (got.status, ai.calls) == (400, [])


@pytest.mark.parametrize(
    "body", [b"", b"  ", b"{", b'{"a": "b', b"[1", b'"', b"nothing", b"1 2", b'{"a":{}', b"[NaN]"]
)
def test_rejects_truncated_answers(body: bytes) -> None:
    got, _ = post(M2M100, {"text": "a"}, *[FakeReply(body) for _ in range(2)])
    assert isinstance(got, Response)
    value = json.loads(got.body)
    assert (got.status, value["success"], value["errors"][0]["code"]) == (502, False, 10001)


LARGE = json.dumps({"data": [[0.5] * 8000, [0.25] * 8000], "text": "NaN"}).encode()


@pytest.mark.parametrize(
    "body",
    [
        LARGE[:-1],
        LARGE[: LARGE.index(b"], [") + 1] + b"}",
        LARGE.replace(b"0.25]", b"NaN]"),
        LARGE.replace(b"[0.5,", b"[-Infinity,"),
    ],
    ids=["cut", "cut-inside", "nan", "infinite"],
)
def test_rejects_large_answers_that_are_no_json(body: bytes) -> None:
    got, _ = post(M2M100, {"text": "a"}, *[FakeReply(body) for _ in range(2)])
    assert got.status == 502


@pytest.mark.parametrize("body", [LARGE, LARGE.replace(b"NaN", b"}]"), b" " + LARGE])
def test_hands_on_large_answers(body: bytes) -> None:
    got, _ = post(M2M100, {"text": "a"}, FakeReply(body))
    assert json.loads(got.body)["result"] == json.loads(body)


@pytest.mark.parametrize("body", [b"{}", b" [1]\n", b'"a"', b"1.5", b"true", b"null"])
def test_any_json_is_a_result(body: bytes) -> None:
    got, _ = post(M2M100, {"text": "a"}, FakeReply(body))
    assert json.loads(got.body)["result"] == json.loads(body)


def test_rejects_a_page_instead_of_an_answer() -> None:
    reply = FakeReply(b"<html>", content_type="text/html; charset=UTF-8")
    got, _ = post(M2M100, {"text": "a"}, reply)
    assert isinstance(got, Response)
    assert (got.status, reply.cancelled, reply.was_read) == (502, True, False)
    assert b"<" not in got.body


@pytest.mark.parametrize(
    ("code", "upstream", "status"),
    [(5007, 400, 404), (5006, 400, 400), (4006, 429, 429), (5035, 403, 403)],
)
def test_errors_have_cloudflares_envelope_and_codes(code: int, upstream: int, status: int) -> None:
    got, _ = post(M2M100, {"text": "a"}, failure(code, upstream))
    value = json.loads(got.body)
    assert (got.status, value["success"], value["result"]) == (status, False, None)
    assert [error["code"] for error in value["errors"]] == [code]
    assert isinstance(value["errors"][0]["message"], str)


def test_errors_of_the_gateway_have_it_too() -> None:
    headers = {"authorization": "Bearer wrong"}
    got = run(call(FakeAI(), "POST", f"/ai/run/{M2M100}", {"text": "a"}, headers))
    assert isinstance(got, Response)
    assert (got.status, json.loads(got.body)["errors"][0]["code"]) == (401, 10000)
    got, _ = post(M2M100, b"not json")
    assert (got.status, json.loads(got.body)["success"]) == (400, False)


@pytest.mark.parametrize("path", ["/chat/completions", "/embeddings", "/completions", "/models"])
def test_the_openai_surface_lies_below_ai_v1(path: str) -> None:
    assert normalise(f"{ACCOUNT}/ai/v1{path}") == path
