"""Streams as Workers AI sends them, shaped after what public logs recorded, one per peculiarity."""

import json
from typing import Any

DONE = b"data: [DONE]\n\n"
ZEROS = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def frame(payload: object) -> bytes:
    text = json.dumps(payload, separators=(",", ":"), ensure_ascii=False)
    return f"data: {text}\n\n".encode()


def native(text: object, padding: str = "abcdefg") -> bytes:
    return frame({"response": text, "p": padding})


def chunk(finish: str | None = None, usage: dict[str, Any] | None = None, **delta: Any) -> bytes:
    """A chat completion chunk, with the keys in the service's order and without an id."""
    payload: dict[str, Any] = {
        "choices": [{"delta": delta, "finish_reason": finish, "index": 0}],
        "object": "chat.completion.chunk",
    }
    return frame(payload if usage is None else {**payload, "usage": usage})


def tail(prompt: int, completion: int, **more: Any) -> bytes:
    """The native frame that ends every stream, whatever its dialect."""
    usage = {"prompt_tokens": prompt, "completion_tokens": completion}
    return frame({"response": "", "usage": {**usage, "total_tokens": prompt + completion, **more}})


def part(**call: Any) -> bytes:
    return chunk(tool_calls=[call])


def spent(prompt: int, completion: int) -> dict[str, int]:
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }


NATIVE = b"".join(
    [
        native("Hel"),
        native("", "heartbeat"),
        native("lo 🌍 – ", "x"),
        native(42),
        native('\n\n"data: {}"\\ \x00', ""),
        frame({"response": "."}),
        tail(9, 6, neurons=1.25),
        DONE,
    ]
)

HYBRID = b"".join(
    [
        chunk(role="assistant", content=""),
        chunk(reasoning="The user "),
        chunk(reasoning="wants"),
        chunk(content="你"),
        chunk(content="好 🌍"),
        chunk(content="好"),
        chunk(finish="stop"),
        frame({"choices": [], "object": "chat.completion.chunk", "usage": ZEROS}),
        tail(57, 28, neurons=10.47),
        DONE,
    ]
)

BOTH_NAMES = b"".join(
    [
        chunk(role="assistant", content=""),
        *(chunk(reasoning=text, reasoning_content=text) for text in ("We", " need", ' "x"')),
        *(chunk(content=text) for text in ("The", " answer", " is 42.")),
        chunk(finish="stop"),
        tail(20, 9),
        DONE,
    ]
)

EVERY_CHUNK_COUNTED = b"".join(
    [
        chunk(role="assistant", content="", usage=spent(23, 0)),
        *(chunk(content=text, usage=spent(0, 1)) for text in ("1", ",", " 2", ",", " 3")),
        chunk(content=" and more", usage=spent(0, 4)),
        chunk(finish="stop", usage=spent(0, 6)),
        frame({"choices": [], "usage": ZEROS}),
        tail(23, 15),
        DONE,
    ]
)

TOOLS = b"".join(
    [
        chunk(content="Let me see."),
        part(id="a", type="function", index=0, function={"name": "weather"}),
        part(index=0, function={"arguments": '{"city": '}),
        part(index=0, function={"arguments": '"Łódź"}'}),
        part(id=None, type=None, index=0, function={"name": None, "arguments": ""}),
        part(id="b", type="function", index=1, function={"name": "now", "arguments": ""}),
        chunk(finish="tool_calls"),
        tail(50, 20),
        DONE,
    ]
)

NATIVE_TOOLS = b"".join(
    [
        frame(
            {"tool_calls": [{"id": "a", "type": "function", "index": 0, "function": {"name": "f"}}]}
        ),
        frame({"tool_calls": [{"index": 0, "function": {"arguments": '{"x"'}}], "p": "ab"}),
        frame({"tool_calls": [{"index": 0, "function": {"arguments": ":1}"}}], "p": "abc"}),
        frame({"tool_calls": [{"id": None, "function": {"name": None, "arguments": ""}}]}),
        tail(50, 20),
        DONE,
    ]
)

TEXT_COMPLETION = b"".join(
    [
        *(frame({"choices": [{"finish_reason": None, "text": text}]}) for text in ("Once", " a")),
        frame({"choices": [{"finish_reason": "length", "text": " time"}]}),
        tail(3, 3),
        DONE,
    ]
)


def event(**payload: Any) -> bytes:
    return f"event: {payload['type']}\n".encode() + frame(payload)


RESPONSES = b"".join(
    [
        event(type="response.created", response={"output": []}),
        event(type="response.reasoning_text.delta", delta="Hm", sequence_number=1),
        event(type="response.output_text.delta", delta="Hi", sequence_number=2),
        event(type="response.output_text.delta", delta=" you", sequence_number=3),
        event(
            type="response.completed",
            response={"usage": {"input_tokens": 4, "output_tokens": 3}, "error": None},
        ),
        tail(4, 3),
        DONE,
    ]
)

STREAMS = {
    "native": NATIVE,
    "hybrid": HYBRID,
    "both names of reasoning": BOTH_NAMES,
    "every chunk counted": EVERY_CHUNK_COUNTED,
    "tools": TOOLS,
    "native tools": NATIVE_TOOLS,
    "text completion": TEXT_COMPLETION,
    "responses": RESPONSES,
}
