"""The Worker as a channel of One API and New API: what these relays, written in Go, send to test
a channel, and what they can read.

One API 8df4a267 (``controller/channel-test.go``, ``relay/adaptor/openai/main.go``,
``monitor/manage.go``) and New API ef8ae4db with the newer 0089a12f.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from openai import OpenAI

from clients.talk import NATIVE, OPENAI, WIRES, answer_to, chat_body, user
from workers_ai.catalogue.models import MODELS

TEXT_MODELS = [model.id for model in MODELS if model.task == "Text Generation" and model.live]
LICENSED = "@cf/meta/llama-3.2-11b-vision-instruct"
CHAT = "/v1/chat/completions"


@pytest.fixture(scope="module", autouse=True)
def paid(openai: OpenAI, http: httpx2.Client) -> Iterator[None]:
    """A paying account that has accepted the licence of Llama 3.2."""
    answer_to(openai, "@mock/plan/paid", "")
    http.post("/v1/completions", json={"model": LICENSED, "prompt": "agree"})
    yield
    answer_to(openai, "@mock/reset", "")


# --- Go ------------------------------------------------------------------------------------------

INT, STRING, ANY = "int", "string", "any"


def unmarshal(text: str, into: Any) -> Any:
    """As Go's encoding/json reads JSON into a type: unknown keys are skipped, null leaves the zero
    value, and one value of another type spoils the whole. 10.0 is no int."""
    return _read(json.loads(text, parse_float=_Float), into, "")


class _Float(float):
    """A number written with a point or an exponent."""


def _read(value: Any, into: Any, path: str) -> Any:
    if value is None or into is ANY:
        return value
    wrong = ValueError(f"cannot unmarshal {value!r} into {path or 'the whole'}")
    if into is INT:
        if type(value) is not int:
            raise wrong
    elif into is STRING:
        if not isinstance(value, str):
            raise wrong
    elif isinstance(into, list):
        if not isinstance(value, list):
            raise wrong
        return [_read(item, into[0], f"{path}[{place}]") for place, item in enumerate(value)]
    else:
        if not isinstance(value, dict):
            raise wrong
        return {name: _read(value.get(name), kind, f"{path}.{name}") for name, kind in into.items()}
    return value


USAGE = {
    "prompt_tokens": INT,
    "completion_tokens": INT,
    "total_tokens": INT,
    "prompt_tokens_details": {"cached_tokens": INT, "audio_tokens": INT, "text_tokens": INT},
    "completion_tokens_details": {"reasoning_tokens": INT, "audio_tokens": INT},
}
CALLS = [
    {
        "id": STRING,
        "type": STRING,
        "index": INT,
        "function": {"name": STRING, "arguments": STRING},
    }
]
ERROR = {"message": STRING, "type": STRING, "param": STRING, "code": ANY}
ANSWER = {
    "id": STRING,
    "model": STRING,
    "object": STRING,
    "created": INT,
    "choices": [
        {
            "index": INT,
            "message": {
                "role": STRING,
                "content": ANY,
                "reasoning_content": STRING,
                "tool_calls": CALLS,
            },
            "finish_reason": STRING,
        }
    ],
    "usage": USAGE,
    "error": ERROR,
}
CHUNK = {
    "id": STRING,
    "object": STRING,
    "created": INT,
    "model": STRING,
    "choices": [
        {
            "index": INT,
            "delta": {
                "role": STRING,
                "content": STRING,
                "reasoning_content": STRING,
                "tool_calls": CALLS,
            },
            "finish_reason": STRING,
        }
    ],
    "usage": USAGE,
    "error": ERROR,
}
MODEL = {
    "id": STRING,
    "object": STRING,
    "created": INT,
    "owned_by": STRING,
    "permission": [{"id": STRING}],
    "root": STRING,
    "parent": STRING,
    "metadata": {},
}

LINE = 64 * 1024
"""bufio.Scanner's default buffer: a longer line ends One API's stream without a word."""


@dataclass
class Relayed:
    """What a relay has made of a stream."""

    text: str
    reasoning: str
    usage: Mapping[str, Any] | None
    done: bool
    events: list[dict[str, Any]]


def relay_stream(body: bytes) -> Relayed:
    """As One API reads a stream: line by line, ``data: `` with one blank, the rest skipped."""
    relayed = Relayed("", "", None, False, [])
    for line in body.split(b"\n"):
        assert len(line) < LINE, "token too long"
        text = line.decode().removesuffix("\r")
        if len(text) < 6 or text[:6] not in ("data: ", "[DONE]"):
            continue
        data = text[6:]
        if data.startswith("[DONE]"):
            relayed.done = True
            continue
        assert not relayed.done, "something comes after [DONE]"
        event = unmarshal(data, CHUNK)
        relayed.events.append(event)
        for choice in event["choices"] or ():
            delta = choice["delta"] or {}
            relayed.text += delta.get("content") or ""
            relayed.reasoning += delta.get("reasoning_content") or ""
        relayed.usage = event["usage"] or relayed.usage
    return relayed


# --- One API -------------------------------------------------------------------------------------

PROBE = "Output only your specific model name with no additional text."


@pytest.mark.parametrize("model", TEXT_MODELS)
def test_one_apis_test_of_a_channel(http: httpx2.Client, model: str) -> None:
    """No stream, no max_tokens; a usage, a choice and a content that is a string."""
    answer = http.post(CHAT, json={"model": model, "messages": user(PROBE)})
    assert answer.status_code == 200, answer.text
    value = unmarshal(answer.text, ANSWER)
    assert value["error"] is None
    assert value["usage"]["total_tokens"] > 0
    assert isinstance(value["choices"][0]["message"]["content"], str)


@pytest.mark.parametrize("model", ["gpt-3.5-turbo", "gpt-4o-mini", "gpt-5", "glm-4.7-flash"])
def test_it_passes_for_the_names_that_a_channel_has(http: httpx2.Client, model: str) -> None:
    answer = http.post(CHAT, json={"model": model, "messages": user(PROBE)})
    assert unmarshal(answer.text, ANSWER)["model"] == model


@pytest.mark.parametrize("model", TEXT_MODELS)
def test_one_api_relays_a_stream(http: httpx2.Client, model: str) -> None:
    """With ENFORCE_INCLUDE_USAGE, so that it need not count for itself."""
    body = chat_body(model, "Hello", stream=True, stream_options={"include_usage": True})
    answer = http.post(CHAT, json=body, headers={"accept": "text/event-stream"})
    assert not answer.headers["content-type"].startswith("application/json")
    relayed = relay_stream(answer.content)
    assert relayed.text in ('You said "Hello".', "safe")
    assert relayed.done
    assert relayed.usage is not None
    assert relayed.usage["prompt_tokens"] > 0


@pytest.mark.parametrize("model", ["@mock/stream/json", "@mock/native/stream/json"])
def test_no_line_is_too_long_for_one_api(http: httpx2.Client, model: str) -> None:
    """Even where the model gives all at once, and each character becomes six."""
    text = "\x01" * 15_000
    body = chat_body(model, f"[[say:{text}]]", stream=True, max_tokens=20_000)
    relayed = relay_stream(http.post(CHAT, json=body).content)
    assert relayed.text == text


def test_no_line_with_the_arguments_of_a_call_is_too_long(http: httpx2.Client) -> None:
    tools = [{"type": "function", "function": {"name": "write"}}]
    call = json.dumps({"text": "a" * 80_000})
    for model in ("@mock/stream/whole-call", "@mock/stream/json", "@mock/native/stream/json"):
        body = chat_body(model, f"[[call:write {call}]]", tools=tools, stream=True)
        relayed = relay_stream(http.post(CHAT, json={**body, "max_tokens": 15_000}).content)
        pieces = [
            piece["function"]["arguments"]
            for event in relayed.events
            for choice in event["choices"]
            for piece in choice["delta"]["tool_calls"] or ()
        ]
        assert json.loads("".join(pieces)) == json.loads(call)


def test_an_error_before_the_stream_is_no_stream(http: httpx2.Client) -> None:
    """One API takes JSON for an error if a stream was asked for, whatever the status; so the
    status must say it too, or its users see a success."""
    for model, status in {"@mock/error/3036": 429, "@mock/error/5021": 400, "none": 404}.items():
        answer = http.post(CHAT, json=chat_body(model, stream=True))
        assert answer.status_code == status
        assert answer.headers["content-type"].startswith("application/json")
        error = unmarshal(answer.text, {"error": ERROR})["error"]
        assert error["message"]


# --- when a relay switches a channel off ---------------------------------------------------------

DISABLING_TYPES = {"insufficient_quota", "authentication_error", "permission_error", "forbidden"}
DISABLING_CODES = {"invalid_api_key", "account_deactivated"}
DISABLING_WORDS = (
    # One API
    "your access was terminated",
    "violation of our policies",
    "your credit balance is too low",
    "organization has been disabled",
    "credit",
    "balance",
    "permission denied",
    "organization has been restricted",
    "api key not valid",
    "api key expired",
    "已欠费",
    # New API
    "this organization has been disabled.",
    "you exceeded your current quota",
    "the security token included in the request is invalid",
    "operation not allowed",
    "your account is not authorized",
)


def switches_off(answer: httpx2.Response) -> bool:
    error = unmarshal(answer.text, {"error": ERROR})["error"]
    said = error["message"].lower()
    return (
        answer.status_code == 401
        or error["type"] in DISABLING_TYPES
        or error["code"] in DISABLING_CODES
        or any(word in said for word in DISABLING_WORDS)
    )


CODES = (
    *(1031, 3003, 3006, 3007, 3008, 3010, 3023, 3030, 3036, 3039, 3041, 3042, 3046, 4006, 5004),
    *(5005, 5006, 5007, 5016, 5018, 5019, 5021, 5023, 5024, 5025, 5028, 5035, 7000, 7003, 8001),
    *(8002, 8007),
)


@pytest.mark.parametrize("code", CODES)
def test_no_error_of_workers_ai_switches_the_channel_off(http: httpx2.Client, code: int) -> None:
    assert not switches_off(http.post(CHAT, json=chat_body(f"@mock/error/{code}")))


def test_no_mistake_of_a_user_switches_the_channel_off(http: httpx2.Client) -> None:
    for answer in (
        http.post(CHAT, content=b"{"),
        http.post(CHAT, json=chat_body("credit-balance-1")),
        http.post(CHAT, json=chat_body(OPENAI, temperature="balance")),
        http.post("/v1/credit"),
        http.put(CHAT),
        http.post(CHAT, json=chat_body("@mock/html-502")),
    ):
        assert answer.status_code >= 400
        assert not switches_off(answer)


def test_a_wrong_key_does(http: httpx2.Client) -> None:
    wrong = http.post(CHAT, json=chat_body(OPENAI), headers={"authorization": "Bearer wrong"})
    assert switches_off(wrong)


# --- New API -------------------------------------------------------------------------------------


def test_new_api_imports_the_models(http: httpx2.Client) -> None:
    """One wrong type in one model spoils the import of all."""
    for query in ("", "?aliases=1"):
        answer = http.get(f"/v1/models{query}")
        models = unmarshal(answer.text, {"data": [MODEL]})["data"]
        assert {OPENAI, NATIVE} <= {model["id"] for model in models}
        assert all(model["id"] and model["created"] for model in models)


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("model", TEXT_MODELS)
def test_new_apis_test_of_a_channel(http: httpx2.Client, model: str, stream: bool) -> None:
    """A budget so small that thinking would eat it."""
    body = {"model": model, "messages": user("hi"), "max_tokens": 16, "stream": stream}
    if stream:
        body["stream_options"] = {"include_usage": True}
    answer = http.post(CHAT, json=body)
    assert answer.status_code == 200, answer.text
    if not stream:
        value = unmarshal(answer.text, ANSWER)
        assert "error" not in answer.json()
        assert value["usage"]["prompt_tokens"] > 0
        assert isinstance(value["choices"][0]["message"]["content"], str)
        return
    relayed = relay_stream(answer.content)
    assert relayed.done
    # Only the usage of the very last event counts.
    last = relayed.events[-1]["usage"]
    assert last is not None
    assert last["prompt_tokens"] > 0


@pytest.mark.parametrize("name", ["o1", "o3-mini", "o4-mini", "gpt-5", "gpt-5-mini"])
def test_new_apis_bodies_for_models_that_reason(http: httpx2.Client, name: str) -> None:
    body = {
        "model": name,
        "messages": [{"role": "developer", "content": "Be brief."}, *user("hi")],
        "max_completion_tokens": 3000,
        "reasoning_effort": "high",
    }
    value = unmarshal(http.post(CHAT, json=body).text, ANSWER)
    said = 'You said "hi". The system text is "Be brief.".'
    assert value["choices"][0]["message"]["content"] == said
    assert value["model"] == name


def test_tool_calls_through_go(http: httpx2.Client) -> None:
    tools = [{"type": "function", "function": {"name": "look", "parameters": {}}}]
    for model in WIRES:
        body = chat_body(model, '[[call:look {"at": "you"}]]', tools=tools)
        [choice] = unmarshal(http.post(CHAT, json=body).text, ANSWER)["choices"]
        [call] = choice["message"]["tool_calls"]
        assert json.loads(call["function"]["arguments"]) == {"at": "you"}
        relayed = relay_stream(http.post(CHAT, json={**body, "stream": True}).content)
        pieces = [
            piece
            for event in relayed.events
            for choice in event["choices"]
            for piece in choice["delta"]["tool_calls"] or ()
        ]
        assert pieces[0]["function"]["name"] == "look"
        assert json.loads("".join(piece["function"]["arguments"] for piece in pieces)) == {
            "at": "you"
        }
