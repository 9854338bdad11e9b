"""When Workers AI fails: as which exception of OpenAI's package it arrives, whether the package
should try again, and what the Worker tries again by itself.

That an error is shaped as OpenAI's, and says nothing for which relays switch a channel off, the
transport checks each time.
"""

import json
import time
from typing import Any

import httpx2
import openai as sdk
import pytest
from openai import AsyncOpenAI, DefaultHttpxClient, OpenAI

from clients.checking import Transport
from clients.talk import NATIVE, OPENAI, WIRES, answer_to, chat_body, text_of, texts, user

BAD, DENIED, NONE = sdk.BadRequestError, sdk.PermissionDeniedError, sdk.NotFoundError
LIMITED, FAILED, OTHER = sdk.RateLimitError, sdk.InternalServerError, sdk.APIStatusError

CODES: dict[int, tuple[type[sdk.APIStatusError], int, str | None]] = {
    1031: (FAILED, 502, "not_logged_in"),
    3003: (BAD, 400, "invalid_input"),
    3006: (OTHER, 413, "request_too_large"),
    3007: (FAILED, 504, "timeout"),
    3008: (OTHER, 499, "aborted"),
    3010: (BAD, 400, "context_length_exceeded"),
    3023: (DENIED, 403, "model_not_available"),
    3030: (BAD, 400, "content_policy_violation"),
    3036: (LIMITED, 429, "daily_neurons_exhausted"),
    3039: (BAD, 400, "invalid_input"),
    3040: (LIMITED, 429, "capacity_exceeded"),
    3041: (DENIED, 403, "model_not_available"),
    3042: (NONE, 404, "model_not_found"),
    3046: (FAILED, 504, "timeout"),
    4006: (LIMITED, 429, "daily_neurons_exhausted"),
    5004: (BAD, 400, "invalid_input"),
    5005: (BAD, 400, "unsupported_call"),
    5006: (BAD, 400, "invalid_input"),
    5007: (NONE, 404, "model_not_found"),
    5016: (DENIED, 403, "model_not_available"),
    5018: (DENIED, 403, "model_not_available"),
    5019: (BAD, 400, "unsupported_call"),
    5021: (BAD, 400, "context_length_exceeded"),
    5023: (BAD, 400, "invalid_input"),
    5024: (BAD, 400, "json_validate_failed"),
    5025: (BAD, 400, "json_schema_unsupported"),
    5028: (NONE, 404, "model_not_found"),
    5035: (DENIED, 403, "model_not_available"),
    8001: (BAD, 400, "invalid_input"),
    8002: (BAD, 400, "invalid_input"),
    8006: (BAD, 400, "invalid_image"),
    8007: (BAD, 400, "invalid_input"),
}
"""Workers AI's code → what a client of OpenAI gets. 5xx and 429 are those that it tries again."""


def failure(openai: OpenAI, model: str, **fields: Any) -> sdk.APIStatusError:
    with pytest.raises(sdk.APIStatusError) as caught:
        openai.chat.completions.create(model=model, messages=user("Hello"), **fields)
    return caught.value


# --- one after another ---------------------------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("code", CODES)
def test_every_error_of_workers_ai(openai: OpenAI, code: int, stream: bool) -> None:
    """Before the first byte, so a stream too has a status."""
    kind, status, ours = CODES[code]
    error = failure(openai, f"@mock/error/{code}", stream=stream)
    assert type(error) is kind
    assert (error.status_code, error.code) == (status, ours)
    # Nobody but Cloudflare's support can do anything with its number, but they can.
    assert error.request_id == error.response.headers["x-request-id"]
    assert not error.request_id.startswith("req_")


@pytest.mark.parametrize("shape", ["internal", "errors", "nested"])
@pytest.mark.parametrize("code", [3030, 3036, 3040, 4006, 5007, 5021, 5035])
def test_the_code_counts_whatever_it_is_wrapped_in(openai: OpenAI, code: int, shape: str) -> None:
    error = failure(openai, f"@mock/error/{code}/{shape}")
    assert (type(error), error.status_code, error.code) == CODES[code]


@pytest.mark.parametrize("code", [3030, 3036, 4006, 5006])
def test_text_completions_tell_the_same(openai: OpenAI, code: int) -> None:
    for stream in (False, True):
        with pytest.raises(CODES[code][0]) as caught:
            openai.completions.create(model=f"@mock/error/{code}", prompt="Hi", stream=stream)
        assert caught.value.code == CODES[code][2]


@pytest.mark.parametrize("model", ["@mock/context/engine", "@mock/error/5021"])
def test_a_context_that_is_too_long_for_the_engine(openai: OpenAI, model: str) -> None:
    error = failure(openai, model)
    assert (error.status_code, error.code) == (400, "context_length_exceeded")


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("wire", ["", "native/"])
@pytest.mark.parametrize("model", ["html-200", "html-502", "empty", "not-json", "null"])
def test_answers_that_are_none(openai: OpenAI, wire: str, model: str, stream: bool) -> None:
    error = failure(openai, f"@mock/{wire}{model}", stream=stream)
    assert isinstance(error, FAILED)
    assert (error.status_code, error.code) == (502, "upstream_error")
    assert "<" not in str(error.body)


def test_an_answer_without_choices(openai: OpenAI) -> None:
    assert failure(openai, "@mock/no-choices").code == "upstream_error"


def test_the_page_of_a_bad_gateway_is_not_read_to_its_end(openai: OpenAI) -> None:
    """The mock's has none."""
    assert failure(openai, "@mock/never-read").status_code == 502


def test_an_answer_with_a_charset(openai: OpenAI) -> None:
    assert answer_to(openai, "@mock/charset", "Hello") == 'You said "Hello".'


@pytest.mark.anyio
async def test_the_asynchronous_client(async_openai: AsyncOpenAI) -> None:
    with pytest.raises(sdk.RateLimitError) as caught:
        await async_openai.chat.completions.create(model="@mock/error/3036", messages=user("Hello"))
    assert caught.value.code == "daily_neurons_exhausted"


# --- trying again --------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [3036, 4006])
def test_no_client_tries_again_before_midnight(
    openai: OpenAI, base_url: str, api_key: str, code: int
) -> None:
    """openai-node ignores a ``Retry-After`` of hours unless ``x-should-retry`` says so too."""
    model = f"@mock/error/{code}"
    error = failure(openai, model)
    assert error.response.headers["x-should-retry"] == "false"
    seconds = int(error.response.headers["retry-after"])
    left = 86_400 - time.time() % 86_400
    assert abs(seconds - left) < 600 or abs(seconds - left) > 85_800
    with OpenAI(
        base_url=f"{base_url}/v1",
        api_key=api_key,
        max_retries=3,
        http_client=DefaultHttpxClient(transport=Transport()),
    ) as patient:
        before = calls(patient)
        failure(patient, model)
        assert calls(patient) - before == 1


def test_a_client_may_try_again_soon_when_the_model_is_busy(openai: OpenAI) -> None:
    error = failure(openai, "@mock/error/3040")
    assert error.response.headers["x-should-retry"] == "true"
    assert 1 <= int(error.response.headers["retry-after"]) <= 10


@pytest.mark.parametrize("code", [3030, 5006, 5007, 5021, 5035])
def test_what_will_not_get_better_is_not_tried_again(openai: OpenAI, code: int) -> None:
    before = calls(openai)
    error = failure(openai, f"@mock/error/{code}")
    assert calls(openai) - before == 1
    assert error.response.headers.get("x-should-retry") != "true"
    assert "retry-after" not in error.response.headers


def calls(openai: OpenAI) -> int:
    """How many calls Workers AI has had."""
    return int(json.loads(answer_to(openai, "@mock/state", ""))["calls"])


@pytest.mark.parametrize("stream", [False, True])
def test_the_worker_tries_a_busy_model_twice(openai: OpenAI, stream: bool) -> None:
    model = f"@mock/flaky/3040/1/client-{stream}"
    before = calls(openai)
    ask: Any = {"model": model, "messages": user("Hello")}
    if stream:
        assert text_of(openai.chat.completions.create(stream=True, **ask)) == 'You said "Hello".'
    else:
        answer = openai.chat.completions.create(**ask)
        assert answer.choices[0].message.content == 'You said "Hello".'
    assert calls(openai) - before == 2


def test_the_worker_tries_no_more_than_twice(openai: OpenAI) -> None:
    before = calls(openai)
    assert failure(openai, "@mock/html-502").status_code == 502
    assert calls(openai) - before == 2


def test_the_worker_does_not_try_again_when_nobody_waits_any_longer(
    http: httpx2.Client, openai: OpenAI
) -> None:
    """OpenAI's packages say for how long they do."""
    before = calls(openai)
    body = chat_body("@mock/flaky/3040/1/hurry")
    hurry = {"x-stainless-read-timeout": "0.1"}
    assert http.post("/v1/chat/completions", json=body, headers=hurry).status_code == 429
    assert calls(openai) - before == 1
    assert http.post("/v1/chat/completions", json=body, headers=hurry).status_code == 200


def test_the_package_tries_where_the_worker_has_given_up(base_url: str, api_key: str) -> None:
    """Three failures: two tries here, and of the package's second try the first one."""
    with OpenAI(
        base_url=f"{base_url}/v1",
        api_key=api_key,
        http_client=DefaultHttpxClient(transport=Transport()),
    ) as patient:
        assert answer_to(patient, "@mock/flaky/3040/3/package", "Hi") == 'You said "Hi".'


def test_one_of_several_answers_that_fails_for_good_fails_all(openai: OpenAI) -> None:
    for stream in (False, True):
        model = f"@mock/flaky/3030/1/of-four-{stream}"
        assert failure(openai, model, n=4, stream=stream).code == "content_policy_violation"


# --- in the middle of a stream -------------------------------------------------------------------

BREAKS = ["broken", "cut-event", "error", "error/internal", "error/engine", "abort"]


@pytest.mark.parametrize("wire", ["", "native/", "responses/"])
@pytest.mark.parametrize("model", BREAKS)
def test_a_stream_that_breaks_raises(openai: OpenAI, wire: str, model: str) -> None:
    """What came before the break has arrived; a clean end would be a lie."""
    stream = openai.chat.completions.create(
        model=f"@mock/{wire}stream/{model}", messages=user("[[tokens:40]]"), stream=True
    )
    chunks = []
    with pytest.raises(sdk.APIError) as caught:
        for chunk in stream:
            chunks.append(chunk)
    said = "".join(texts(chunks))
    assert said.startswith("alpha bravo charlie")
    assert len(said.split()) < 40
    assert all(choice.finish_reason is None for chunk in chunks for choice in chunk.choices)
    body: Any = caught.value.body
    assert body["type"] in ("api_error", "rate_limit_error")
    assert caught.value.code == ("capacity_exceeded" if model in BREAKS[2:4] else "upstream_error")


def test_a_stream_that_breaks_raises_in_the_helper(openai: OpenAI) -> None:
    with pytest.raises(sdk.APIError):
        with openai.chat.completions.stream(
            model="@mock/stream/broken", messages=user("[[tokens:40]]")
        ) as events:
            for _ in events:
                pass


@pytest.mark.anyio
async def test_a_stream_that_breaks_raises_in_the_asynchronous_client(
    async_openai: AsyncOpenAI,
) -> None:
    stream = await async_openai.chat.completions.create(
        model="@mock/stream/abort", messages=user("[[tokens:40]]"), stream=True
    )
    with pytest.raises(sdk.APIError):
        async for _ in stream:
            pass


def test_a_call_of_a_tool_that_breaks_raises(openai: OpenAI) -> None:
    tools: Any = [{"type": "function", "function": {"name": "write"}}]
    text = "word " * 50
    for wire in ("", "native/"):
        stream = openai.chat.completions.create(
            model=f"@mock/{wire}stream/broken",
            messages=user(f'[[call:write {{"text": "{text}"}}]]'),
            tools=tools,
            stream=True,
        )
        with pytest.raises(sdk.APIError):
            for chunk in stream:
                assert all(choice.finish_reason is None for choice in chunk.choices)


def test_one_of_several_streams_that_breaks_breaks_all(openai: OpenAI) -> None:
    stream = openai.chat.completions.create(
        model="@mock/stream/broken", messages=user("[[tokens:40]]"), n=3, stream=True
    )
    with pytest.raises(sdk.APIError):
        list(stream)


def test_an_event_that_is_no_json_is_not_passed_over(openai: OpenAI) -> None:
    """A word would be missing."""
    for model in ("@mock/stream/bad-event", "@mock/native/stream/bad-event"):
        with pytest.raises(sdk.APIError):
            list(
                openai.chat.completions.create(
                    model=model, messages=user("[[tokens:40]]"), stream=True
                )
            )


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["credit", "balance", "Permission denied", "You exceeded your current quota", "已欠费"]
)
def test_what_a_user_says_is_in_no_error(http: httpx2.Client, word: str) -> None:
    """One API switches a channel off for an error with such a word. The transport looks for it."""
    bodies: list[dict[str, Any]] = [
        {"model": word, "messages": user("Hello")},
        {"model": f"@cf/{word}/x", "messages": user("Hello")},
        chat_body(OPENAI, "Hello", tool_choice=word, tools=[{"function": {"name": word}}]),
        chat_body(OPENAI, "Hello", **{word: 1}, temperature=word),
        chat_body(OPENAI, "Hello", response_format={"type": word}),
        chat_body(OPENAI, "Hello", reasoning_effort=word),
        {"model": OPENAI, "messages": [{"role": word, "content": "Hello"}]},
        {"model": OPENAI, "messages": [{"role": "user", "content": [{"type": word}]}]},
        {
            "model": "@cf/google/gemma-4-26b-a4b-it",
            "messages": [
                {
                    "role": "user",
                    "content": [{"type": "image_url", "image_url": f"http://{word}/{word}"}],
                }
            ],
        },
        chat_body("@mock/json/broken", f"[[say:{word}]]", response_format={"type": "json_object"}),
    ]
    for body in bodies:
        answer = http.post("/v1/chat/completions", json=body)
        assert 400 <= answer.status_code < 500, answer.text
    assert http.get(f"/v1/{word}").status_code == 404
    assert http.get(f"/v1/models/{word}").status_code == 404
    assert http.get("/v1/models", params={"task": word}).status_code == 400
    # An answer may of course say it.
    for model in WIRES:
        said = http.post("/v1/chat/completions", json=chat_body(model, word)).json()
        assert said["choices"][0]["message"]["content"] == f'You said "{word}".'


def test_a_schema_that_workers_ai_refuses_does_not_come_back_in_words(
    http: httpx2.Client,
) -> None:
    """Its message quotes the client's own names."""
    tools = [
        {
            "type": "function",
            "function": {
                "name": "pay",
                "description": "",
                "parameters": {"type": "object", "properties": {"balance": {"type": 7}}},
            },
        }
    ]
    for model in (NATIVE, OPENAI):
        answer = http.post("/v1/chat/completions", json=chat_body(model, "Hello", tools=tools))
        assert answer.status_code in (200, 400), answer.text
