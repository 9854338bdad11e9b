"""Whatever comes in, what goes out is an answer or an error in OpenAI's form.

``exchange.send`` checks every answer: its type, CORS, request id, error object, and a stream's
lines and order. A raise fails the test, and so does what would be the gateway's own fault.
"""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadRequest
from handlers.openai import completions
from handlers.openai.chat import request as chat_request
from handlers.reading.fields import Field
from support.exchange import (
    CHAT,
    FIM,
    NATIVE,
    OPENAI,
    TEXT,
    UNKNOWN,
    USER,
    VISION,
    Got,
    ReadyAI,
    send,
)
from support.fakes import KEY, FakeReply
from support.openai_shapes import parse_sse
from workers_ai.catalogue.model import EFFORTS

# --- material ----------------------------------------------------------------------------------

ODD_TEXT = st.text(st.characters(codec=None), max_size=20) | st.sampled_from(
    [*("", " ", "\x00", "\ud83d", "\u2028", "</think>", "data: [DONE]\n\n", "%s{}", "credit")]
)
ODD_NUMBERS = st.sampled_from(
    [*(0, -1, 1, 2, 2**31, 2**53 + 1, 2**64, 10**400, -(10**400)), *(0.5, -0.0, 1e308, 5e-324)]
)
SCALARS = st.none() | st.booleans() | st.integers() | ODD_NUMBERS | ODD_TEXT
NAMES = st.sampled_from(
    """role content type text image_url url name arguments tool_calls tool_call_id function
    function_call id parameters description properties schema json_schema strict effort enabled
    include_usage mode tools allowed_tools refusal reasoning $ref enum items""".split()
)
WORDS = st.sampled_from(
    """user system developer assistant tool function text image_url input_image refusal
    json_object json_schema object string array auto none required allowed_tools f
    https://example.com/a.png data:image/png;base64,AAAA""".split()
)
JSON = st.recursive(
    SCALARS | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(NAMES | ODD_TEXT, inner, max_size=5)
    ),
    max_leaves=20,
)
MESSAGES = st.lists(
    st.fixed_dictionaries(
        {"role": st.sampled_from("user system developer assistant tool function".split())},
        optional={
            "content": JSON,
            "tool_calls": JSON | st.lists(st.dictionaries(NAMES, JSON, max_size=4), max_size=3),
            "function_call": JSON,
            "tool_call_id": JSON,
            "name": JSON,
            "reasoning_content": JSON,
        },
    ),
    max_size=4,
)
TOOLS = st.lists(
    st.fixed_dictionaries(
        {"function": st.fixed_dictionaries({"name": ODD_TEXT}, optional={"parameters": JSON})},
        optional={"type": st.just("function")},
    ),
    max_size=3,
)
LIKELY = {
    "messages": MESSAGES,
    "tools": TOOLS,
    "functions": TOOLS.map(lambda tools: [tool["function"] for tool in tools]),
    "tool_choice": st.sampled_from(["auto", "none", "required", {"function": {"name": ""}}]),
    "prompt": st.lists(ODD_TEXT, max_size=3) | ODD_TEXT,
    "stop": st.lists(ODD_TEXT, max_size=5) | ODD_TEXT,
    "modalities": st.just(["text"]),
    "reasoning_effort": st.sampled_from(EFFORTS),
    "reasoning": st.fixed_dictionaries({}, optional={"enabled": JSON, "exclude": JSON}),
    "stream_options": st.fixed_dictionaries({"include_usage": st.booleans()}),
    "response_format": st.fixed_dictionaries(
        {"type": st.sampled_from(["text", "json_object", "json_schema"])},
        optional={"json_schema": st.dictionaries(NAMES, JSON, max_size=4), "schema": JSON},
    ),
}
"""Values that get past the first check, of fields that have a shape of their own."""

KINDS: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (True, st.booleans()),
    (1, st.integers(1, 4)),
    (0.5, st.floats(0, 1)),
    ("x", ODD_TEXT),
    ({}, st.dictionaries(NAMES, JSON, max_size=4)),
]

ROWS = {CHAT: chat_request.FIELDS, TEXT: completions.FIELDS}
MODELS = st.sampled_from([OPENAI, NATIVE, VISION, UNKNOWN, "gpt-4o", FIM])


def likely(row: Field) -> st.SearchStrategy[Any]:
    """Values that the field's check lets pass, as far as its type says."""
    if row.name in LIKELY:
        return LIKELY[row.name]
    fitting = []
    for sample, strategy in KINDS:
        with suppress(BadRequest):
            if row.check:
                row.check(sample, row.name)
                fitting.append(strategy)
    return st.one_of(fitting or [JSON])


VALUES = {path: {row.name: likely(row) for row in rows} for path, rows in ROWS.items()}


@st.composite
def bodies(draw: st.DrawFn, path: str) -> dict[str, Any]:
    """A body that asks something, with a few odd values and perhaps one that is wrong."""
    asked, good = ("messages", USER) if path == CHAT else ("prompt", "Hello")
    names = st.sampled_from([name for name in VALUES[path] if name != "model"])
    body: dict[str, Any] = {asked: good}
    for name in draw(st.lists(names | st.just(asked), max_size=5)):
        body[name] = draw(VALUES[path][name])
    body["model"] = draw(MODELS)
    if draw(st.booleans()):
        body[draw(names | st.just("model"))] = draw(JSON)
    return body


def settle(got: Got) -> None:
    """The gateway is not at fault, whatever it was sent."""
    assert got.status < 500, got.error
    assert got.status not in (401, 403)


every_path = pytest.mark.parametrize("path", ROWS)

# --- requests ----------------------------------------------------------------------------------


@every_path
@given(st.data())
def test_any_value_in_any_field(path: str, data: st.DataObject) -> None:
    settle(send("POST", path, data.draw(bodies(path)), ai=ReadyAI()))


@every_path
@given(JSON | st.dictionaries(ODD_TEXT, JSON))
def test_any_json_as_a_body(path: str, body: object) -> None:
    assert send("POST", path, body, ai=ReadyAI()).status == 400


@every_path
@given(st.binary(max_size=200))
def test_any_bytes_as_a_body(path: str, body: bytes) -> None:
    assert send("POST", path, body, ai=ReadyAI()).status in (400, 415)


@given(st.data())
def test_any_bytes_in_the_middle_of_a_good_body(data: st.DataObject) -> None:
    body = json.dumps({"model": OPENAI, "messages": USER, "stream": True}).encode()
    place = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(place, len(body)))
    settle(send("POST", CHAT, body[:place] + data.draw(st.binary()) + body[end:], ai=ReadyAI()))


@given(st.sampled_from(["[", '{"a":', '{"messages":[{"content":[']), st.integers(100, 20_000))
def test_nesting_of_any_depth(opening: str, depth: int) -> None:
    """Under Pyodide a few thousand levels would end the isolate."""
    assert send("POST", CHAT, opening.encode() * depth).status == 400
    nested = ("[" * depth + "]" * depth).encode()
    body = b'{"model":"gpt-4o","messages":[{"role":"user","content":%s}]}' % nested
    assert send("POST", CHAT, body).status == 400


# What a header can hold: bytes, which come as the characters of Latin 1.
HEADER = st.text(st.characters(min_codepoint=9, max_codepoint=255), max_size=30)
METHODS = st.sampled_from("GET HEAD POST PUT PATCH DELETE OPTIONS TRACE QUERY".split())
PARTS = st.sampled_from(
    """v1 v2 chat completions models health gpt-4o @cf %2F %FF .. . ? # 你 client
    embeddings responses messages ai run""".split()
)


@given(
    METHODS,
    st.lists(PARTS | ODD_TEXT, max_size=6).map(lambda parts: "/" + "/".join(parts)),
    st.dictionaries(
        st.sampled_from(
            """authorization x-api-key api-key content-type access-control-request-headers origin
            x-stainless-read-timeout cookie""".split()
        ),
        HEADER,
    ),
)
def test_any_method_path_and_headers(method: str, path: str, headers: dict[str, str]) -> None:
    got = send(method, path, {"model": OPENAI, "messages": USER}, ai=ReadyAI(), headers=headers)
    assert got.status in (200, 204, 400, 401, 404, 405, 413)


@given(st.dictionaries(st.sampled_from(["authorization", "x-api-key", "api-key"]), HEADER))
def test_no_header_but_the_right_key_opens(headers: dict[str, str]) -> None:
    right = [f"Bearer {KEY}", KEY]
    if any(text.strip() in right for text in headers.values()):
        return
    got = send("GET", "/v1/models", headers={"authorization": "", **headers})
    assert (got.status, got.error["code"]) == (401, "invalid_api_key")


@given(HEADER)
def test_any_client_timeout_is_read_or_left(text: str) -> None:
    headers = {"x-stainless-read-timeout": text, "x-stainless-timeout": text}
    settle(send("POST", CHAT, {"model": OPENAI, "messages": USER}, ai=ReadyAI(), headers=headers))


# --- answers -----------------------------------------------------------------------------------

FRAME_NAMES = st.sampled_from(
    """response choices delta message content text tool_calls function name arguments id index
    finish_reason usage prompt_tokens completion_tokens neurons logprobs token tokens logprob
    top_logprobs reasoning reasoning_content output type errors error code result p role""".split()
)
FRAMES = st.recursive(
    SCALARS | st.sampled_from(["stop", "length", "tool_calls", "<think>", "Hi", "{"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FRAME_NAMES, inner, max_size=5),
    max_leaves=15,
)
DELTAS = st.fixed_dictionaries(
    {
        "choices": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "delta": st.dictionaries(FRAME_NAMES, FRAMES, max_size=3) | FRAMES,
                    "message": st.dictionaries(FRAME_NAMES, FRAMES, max_size=3),
                    "text": FRAMES,
                    "logprobs": st.dictionaries(FRAME_NAMES, FRAMES, max_size=3),
                    "finish_reason": FRAMES,
                },
            ),
            max_size=2,
        )
    }
)
NATIVE_FRAMES = st.fixed_dictionaries(
    {"response": FRAMES},
    optional={"tool_calls": FRAMES, "usage": st.dictionaries(FRAME_NAMES, ODD_NUMBERS)},
)
ANSWERS = NATIVE_FRAMES | DELTAS | FRAMES
STREAMS = st.lists(
    st.builds(lambda frame: b"data: " + json.dumps(frame).encode() + b"\n\n", ANSWERS)
    | st.sampled_from(
        [*(b"data: [DONE]\n\n", b": ping\n\n", b"event: x\n", b"data:\n\n", b"\n", b"\xff\xfe")]
    )
    | st.binary(max_size=10),
    max_size=8,
)
REQUESTS: dict[str, dict[str, Any]] = {
    CHAT: {
        "model": OPENAI,
        "messages": USER,
        "tools": [{"function": {"name": "f"}}],
        "stop": ["END"],
        "logprobs": True,
    },
    TEXT: {"model": OPENAI, "prompt": "Hello", "echo": True, "logprobs": 2},
}


@every_path
@given(st.lists(STREAMS, min_size=1, max_size=2), st.booleans(), st.booleans())
def test_any_stream_comes_out_whole(
    path: str, streams: list[list[bytes]], include_usage: bool, legacy: bool
) -> None:
    """As a good stream, or as one that ends with an error."""
    replies = [FakeReply(pieces, content_type="text/event-stream") for pieces in streams]
    body = {**REQUESTS[path], "n": len(replies), "stream": True}
    body["stream_options"] = {"include_usage": include_usage}
    if legacy:
        body["functions"] = [tool["function"] for tool in body.pop("tools", ())]
    got = send("POST", path, body, *replies, in_turn=True)
    assert got.status == 200
    assert parse_sse(got.body)


@every_path
@given(ANSWERS | st.binary(max_size=50), st.booleans())
def test_any_whole_answer_comes_out_whole_or_as_an_error(
    path: str, value: object, stream: bool
) -> None:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    replies = [FakeReply(data) for _ in range(2)]  # an error may be retried
    got = send("POST", path, {**REQUESTS[path], "stream": stream}, *replies)
    if got.status != 200:
        assert got.error["code"] != "internal_error"


@given(
    st.integers(300, 599), st.binary(max_size=100) | FRAMES.map(lambda v: json.dumps(v).encode())
)
def test_any_upstream_error_is_told(status: int, body: bytes) -> None:
    replies = [FakeReply(body, status) for _ in range(2)]
    got = send("POST", CHAT, {"model": OPENAI, "messages": USER}, *replies)
    assert got.status >= 400
    assert got.error["code"] != "internal_error"
