"""``POST /v1/messages`` and ``/v1/messages/count_tokens`` through the whole application."""

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import exchange, upstream
from support.anthropic_exchange import COUNT, MESSAGES, Got, message, send, stream
from support.exchange import NATIVE, OPENAI, USAGE, USER, ReadyAI
from support.fakes import FakeAI, FakeReply, answer, failure, sse
from workers_ai.errors import ERRORS_BY_CODE

BODY: dict[str, Any] = {"model": OPENAI, "max_tokens": 1000, "messages": USER}
VERSION = {"anthropic-version": "2023-06-01"}
TOOLS = [{"name": "f", "input_schema": {"type": "object", "properties": {}}}]
WIRES = [NATIVE, OPENAI, "@cf/openai/gpt-oss-20b"]
TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "invalid_request_error",
    404: "not_found_error",
    413: "invalid_request_error",
    429: "rate_limit_error",
    499: "api_error",
    502: "api_error",
    503: "api_error",
    504: "timeout_error",
    529: "overloaded_error",
}


# --- answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("model", WIRES)
@pytest.mark.parametrize("streamed", [False, True])
def test_every_wire_format(model: str, streamed: bool) -> None:
    got = message(model=model, stream=streamed)
    assert got.text == "Hi"
    assert got.json["model"] == model
    assert got.json["usage"]["neurons"] == 1.5
    assert got.headers["x-model-served"] == model
    assert (got.headers["content-type"] == "text/event-stream; charset=utf-8") is streamed
    assert got.inputs["messages"] == USER
    assert bool(got.inputs.get("stream")) is streamed


def test_the_name_asked_for_is_the_name_answered() -> None:
    got = message(model="claude-sonnet-4-5-20250929")
    assert got.json["model"] == "claude-sonnet-4-5-20250929"
    assert got.headers["x-model-served"] == "@cf/google/gemma-4-26b-a4b-it"


@pytest.mark.parametrize("streamed", [False, True])
def test_the_request_id_is_workers_ais_own(streamed: bool) -> None:
    headers = {"cf-ai-req-id": "abc-123"}
    reply = sse("Hi", headers=headers) if streamed else answer({"response": "Hi"}, headers=headers)
    assert message(reply, stream=streamed).headers["request-id"] == "abc-123"


@pytest.mark.parametrize(
    "target", [MESSAGES + "?beta=true", "/messages", "//v1/messages", "/v1/v1/messages/"]
)
def test_the_path_in_every_form(target: str) -> None:
    got = send("POST", target, BODY, ai=ReadyAI(), headers={**VERSION, "anthropic-beta": "a,b"})
    assert got.status == 200
    assert json.loads(got.body)["content"][0]["text"] == "Hi"


@pytest.mark.parametrize("recorded", [upstream.NATIVE, upstream.HYBRID])
def test_recorded_streams(recorded: bytes) -> None:
    got = stream(FakeReply([recorded], content_type="text/event-stream"))
    chat = exchange.chat(FakeReply([recorded], content_type="text/event-stream"), stream=True)
    assert got.text == "".join(chat.deltas("content"))


@given(st.lists(st.integers(0, len(upstream.HYBRID)), max_size=6))
def test_a_stream_says_the_same_in_any_pieces(cuts: list[int]) -> None:
    def split(data: bytes) -> list[bytes]:
        places = sorted({0, len(data), *cuts})
        return [data[start:end] for start, end in pairwise(places)]

    body = {**BODY, "stream": True, "thinking": {"type": "adaptive"}}
    replies = [FakeReply([upstream.HYBRID], content_type="text/event-stream") for _ in range(2)]
    whole = send("POST", MESSAGES, body, replies[0])
    assert send("POST", MESSAGES, body, replies[1], split=split).content == whole.content


def test_a_model_that_does_not_stream_is_streamed_all_the_same() -> None:
    got = stream(answer({"response": "Hi", "usage": USAGE}))
    assert got.kinds[0] == "message_start"
    assert got.text == "Hi"


def test_a_stream_that_was_not_asked_for_is_one_message() -> None:
    got = message(sse("Hel", "lo", {"response": "", "usage": USAGE}))
    assert (got.text, got.events) == ("Hello", [])


# --- thinking ----------------------------------------------------------------------------------

THOUGHT = {
    "choices": [{"message": {"reasoning_content": "Hm.", "content": "Hi"}, "finish_reason": "stop"}]
}
THINKS = "@cf/qwen/qwq-32b"


def test_thinking_is_a_block_of_its_own_where_asked_for() -> None:
    got = message(answer(THOUGHT), thinking={"type": "enabled", "budget_tokens": 1024})
    assert [block["type"] for block in got.content] == ["thinking", "text"]
    assert got.content[0]["thinking"] == "Hm."
    got = stream(sse("Hm.</think>", "Hi"), model=THINKS, thinking={"type": "adaptive"})
    assert [block["type"] for block in got.content] == ["thinking", "text"]


def test_thinking_stays_out_where_not_asked_for() -> None:
    """Clients take the first block for the text."""
    assert message(answer(THOUGHT)).text == "Hi"
    assert (
        message(answer(THOUGHT), thinking={"type": "adaptive", "display": "omitted"}).text == "Hi"
    )
    assert stream(sse("Hm.</think>", "Hi"), model=THINKS).text == "Hi"


def test_a_budget_that_thinking_has_used_up() -> None:
    usage = {**USAGE, "completion_tokens": 50}
    got = message(answer({"response": "Hm", "usage": usage}), model=THINKS, max_tokens=50)
    assert (got.text, got.json["stop_reason"]) == ("", "max_tokens")


# --- tools and stops ---------------------------------------------------------------------------


@pytest.mark.parametrize("streamed", [False, True])
def test_a_native_tool_call(streamed: bool) -> None:
    calls = [{"name": "f", "arguments": {"x": 1}}]
    made = {"response": "", "tool_calls": calls, "usage": USAGE}
    reply = sse(made) if streamed else answer(made)
    got = message(reply, model=NATIVE, tools=TOOLS, stream=streamed)
    [call] = got.content
    assert (call["type"], call["name"], call["input"]) == ("tool_use", "f", {"x": 1})
    assert got.json["stop_reason"] == "tool_use"


def test_a_tool_conversation_goes_back_to_the_model() -> None:
    [call] = message(
        answer({"response": "", "tool_calls": [{"name": "f", "arguments": {}}]}),
        model=NATIVE,
        tools=TOOLS,
    ).content
    result = {"type": "tool_result", "tool_use_id": call["id"], "content": "done"}
    history = [
        *USER,
        {"role": "assistant", "content": [call]},
        {"role": "user", "content": [result]},
    ]
    sent = message(messages=history, tools=TOOLS, model=NATIVE).inputs["messages"]
    assert sent[1]["tool_calls"][0]["id"] == sent[2]["tool_call_id"] == call["id"]
    assert (sent[2]["role"], sent[2]["content"]) == ("tool", "done")


@pytest.mark.parametrize("streamed", [False, True])
def test_a_stop_sequence_that_the_model_ignores(streamed: bool) -> None:
    reply = sse("one E", "ND two") if streamed else answer({"response": "one END two"})
    got = message(reply, model=NATIVE, stop_sequences=["END", "STOP"], stream=streamed)
    assert got.text == "one "
    assert (got.json["stop_reason"], got.json["stop_sequence"]) == ("stop_sequence", "END")


@pytest.mark.parametrize("streamed", [False, True])
def test_a_stop_sequence_that_the_model_honours_and_names(streamed: bool) -> None:
    part = {"delta" if streamed else "message": {"content": "one "}}
    choice = {**part, "finish_reason": "stop", "stop_reason": "END"}
    reply = sse({"choices": [choice]}) if streamed else answer({"choices": [choice]})
    got = message(reply, stop_sequences=["END"], stream=streamed)
    assert got.inputs.get("stop") == (None if streamed else ["END"])
    assert (got.json["stop_reason"], got.json["stop_sequence"]) == ("stop_sequence", "END")


def test_a_stream_is_stopped_here_so_that_the_sequence_is_known() -> None:
    words = [{"choices": [{"delta": {"content": text}}]} for text in ("one E", "ND two")]
    frames: list[Any] = [*words, {"choices": [{"delta": {}, "finish_reason": "stop"}]}]
    got = stream(sse(*frames), stop_sequences=["END", "two"])
    assert "stop" not in got.inputs
    assert got.text == "one "
    assert (got.json["stop_reason"], got.json["stop_sequence"]) == ("stop_sequence", "END")
    got = stream(sse(*frames), stop_sequences=["three"])
    assert got.text == "one END two"
    assert (got.json["stop_reason"], got.json["stop_sequence"]) == ("end_turn", None)


def test_structured_output_is_streamed_whole() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
    config = {"format": {"type": "json_schema", "schema": schema}}
    got = stream(answer({"response": '```json\n{"a": 5}\n```'}), output_config=config)
    assert json.loads(got.text) == {"a": 5}
    wrong = answer({"response": "{}"}), answer({"response": "{}"})
    got = message(*wrong, output_config=config)
    assert (got.status, got.error["type"]) == (400, "invalid_request_error")


# --- errors ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(ERRORS_BY_CODE))
@pytest.mark.parametrize("streamed", [False, True])
def test_every_error_of_workers_ai(code: int, streamed: bool) -> None:
    got = message(*[failure(code) for _ in range(3)], stream=streamed)
    row = ERRORS_BY_CODE[code]
    expected = 529 if code == 3040 else row.status or row.kind.status
    assert got.status == expected
    assert got.error["type"] == TYPES[expected]
    assert code in (3010, 5021) or row.message in got.error["message"]
    assert got.error.get("details", {}).get("error_code") == (row.code or row.kind.code)


def test_capacity_errors_are_retryable_and_the_daily_limit_is_not() -> None:
    busy = message(failure(3040), failure(3040))
    assert (busy.headers["x-should-retry"], busy.headers["retry-after"]) == ("true", "3")
    spent = message(failure(4006))
    assert (spent.status, spent.headers["x-should-retry"]) == (429, "false")


@pytest.mark.parametrize(
    "reply",
    [
        sse("Hel", done=False),
        sse("Hel", {"error": {"message": "oops"}}),
    ],
)
def test_a_stream_that_breaks_off(reply: FakeReply) -> None:
    got = stream(reply)
    assert got.kinds == ["message_start", "content_block_start", "content_block_delta", "error"]
    assert got.error["type"] == "api_error"


@pytest.mark.parametrize("target", [MESSAGES, COUNT])
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"null", b"5"])
def test_rejects_bodies_that_are_not_json_objects(target: str, body: bytes) -> None:
    got = send("POST", target, body)
    assert (got.status, got.error["details"]["error_code"]) == (400, "invalid_json")


def test_rejects_a_body_that_is_too_large() -> None:
    got = send("POST", MESSAGES, b" " * (25 * 1024 * 1024 + 1))
    assert (got.status, got.error["type"]) == (413, "invalid_request_error")


@pytest.mark.parametrize("target", [MESSAGES, COUNT])
def test_keys(target: str) -> None:
    for wrong in ({"authorization": ""}, {"authorization": "Bearer no", "x-api-key": "no"}):
        got = send("POST", target, BODY, headers=wrong)
        assert (got.status, got.error["type"]) == (401, "authentication_error")
    right = {"authorization": "", "x-api-key": "sk-test"}
    assert send("POST", target, BODY, ai=ReadyAI(), headers=right).status == 200
    got = send("POST", target, BODY, API_KEYS="")
    assert (got.status, got.error["type"]) == (503, "api_error")


def test_reports_unexpected_errors_without_details(capsys: pytest.CaptureFixture[str]) -> None:
    class Broken(FakeAI):
        async def run(self, *calls: Any) -> Any:
            raise RuntimeError("a secret")

    got = message(ai=Broken())
    assert (got.status, got.error["type"]) == (500, "api_error")
    assert "secret" not in got.error["message"] + capsys.readouterr().err


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", MESSAGES, 405),
        ("POST", MESSAGES + "/batches", 404),
        ("GET", "/v1/models/nothing", 404),
    ],
)
def test_errors_on_other_paths_for_anthropics_clients(
    method: str, target: str, status: int
) -> None:
    assert send(method, target, headers=VERSION).status == status


def test_any_request_is_answered() -> None:
    def answered(body: Any) -> Got:
        got = send("POST", MESSAGES, body, ai=ReadyAI())
        assert got.status in (200, 400, 404, 413)
        return got

    json_values = st.recursive(
        st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-2, 2) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4)
        ),
        max_leaves=12,
    )

    @given(
        st.fixed_dictionaries(
            {},
            optional={name: json_values | st.just(value) for name, value in KNOWN.items()},
        )
    )
    def check(body: dict[str, Any]) -> None:
        answered({**BODY, **body})

    check()


WORDS = """type text role content source data url media_type tool_use_id id name input thinking
    signature title context is_error input_schema effort format schema budget_tokens display
    user_id disable_parallel_tool_use""".split()
KNOWN: dict[str, Any] = {
    "model": NATIVE,
    "max_tokens": 5,
    "messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}],
    "system": [{"type": "text", "text": "Hi"}],
    "stream": True,
    "stop_sequences": ["H"],
    "temperature": 0.5,
    "top_p": 0.5,
    "top_k": 5,
    "tools": TOOLS,
    "tool_choice": {"type": "any"},
    "thinking": {"type": "adaptive"},
    "output_config": {"effort": "low"},
    "metadata": {"user_id": "a"},
    "mcp_servers": [],
}
