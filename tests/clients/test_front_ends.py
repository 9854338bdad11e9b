"""Requests as chat front ends, coding tools and translators send them, and what these programs
read of the answers. The bodies are written after the programs' sources."""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from clients.talk import NATIVE, OPENAI, RESPONSES, VISION, WIRES

CHAT = "/v1/chat/completions"


def events(answer: httpx2.Response) -> Iterator[dict[str, Any]]:
    """As front ends recognise and read a stream."""
    assert "text/event-stream" in answer.headers["content-type"], answer.text
    for line in answer.text.split("\n"):
        if line.startswith("data:") and line[5:].strip() != "[DONE]":
            yield json.loads(line[5:])


def content_of(answer: httpx2.Response) -> str:
    assert answer.status_code == 200, answer.text
    content = answer.json()["choices"][0]["message"]["content"]
    assert isinstance(content, str)
    return content


# --- NextChat ------------------------------------------------------------------------------------


def next_chat(model: str, text: str, **fields: Any) -> dict[str, Any]:
    return {
        "messages": [
            {"role": "system", "content": "\nYou are ChatGPT.\n"},
            {"role": "user", "content": text},
        ],
        "stream": True,
        "model": model,
        "temperature": 0.5,
        "presence_penalty": 0,
        "frequency_penalty": 0,
        "top_p": 1,
        **fields,
    }


@pytest.mark.parametrize("model", ["gpt-4o-mini", "gpt-3.5-turbo", *WIRES])
def test_next_chat(http: httpx2.Client, model: str) -> None:
    """It sends no max_tokens, so that native models would stop after 256 tokens."""
    answer = http.post(CHAT, json=next_chat(model, "[[tokens:500]]"))
    text = reasoning = ""
    for event in events(answer):
        for choice in event["choices"]:
            delta = choice["delta"]
            reasoning += delta.get("reasoning_content") or ""
            text += delta.get("content") or ""
    assert len(text.split()) == 500
    assert "<think>" not in text


def test_next_chat_with_an_image(http: httpx2.Client) -> None:
    pixel = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADh"
        "gGAWjR9awAAAABJRU5ErkJggg=="
    )
    body = next_chat("gpt-4o", "", max_tokens=4000)
    body["messages"][1]["content"] = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": pixel}},
    ]
    text = "".join(
        event["choices"][0]["delta"].get("content", "")
        for event in events(http.post(CHAT, json=body))
    )
    assert "image/png 70 bytes" in text


def test_next_chat_summarises_without_a_stream(http: httpx2.Client) -> None:
    body = next_chat("gpt-4o-mini", "Give me a title", stream=False, max_tokens=4000)
    assert content_of(http.post(CHAT, json=body)).startswith('You said "Give me a title".')


def test_next_chat_with_a_model_that_reasons(http: httpx2.Client) -> None:
    body = {
        "messages": [
            {"role": "developer", "content": "Formatting re-enabled"},
            {"role": "user", "content": "Hello"},
        ],
        "stream": True,
        "model": "o3-mini",
        "temperature": 1,
        "presence_penalty": 0,
        "frequency_penalty": 0,
        "top_p": 1,
        "max_completion_tokens": 4000,
    }
    deltas = [event["choices"][0]["delta"] for event in events(http.post(CHAT, json=body))]
    assert "".join(delta.get("reasoning_content") or "" for delta in deltas)
    assert "".join(delta.get("content") or "" for delta in deltas).startswith('You said "Hello".')


# --- Open WebUI ----------------------------------------------------------------------------------

OPEN_WEBUI = {
    "X-OpenWebUI-User-Name": "Ann",
    "X-OpenWebUI-User-Id": "1",
    "X-OpenWebUI-User-Email": "ann@example.com",
    "X-OpenWebUI-User-Role": "user",
}


def test_open_webui_lists_the_models(http: httpx2.Client) -> None:
    """Without a list it does not work at all."""
    answer = http.get("/v1/models", headers=OPEN_WEBUI)
    assert {"gpt-4o-mini", OPENAI} & {model["id"] for model in answer.json()["data"]}


@pytest.mark.parametrize("model", WIRES)
def test_open_webui_chats(http: httpx2.Client, model: str) -> None:
    body = {
        "stream": True,
        "model": model,
        "messages": [{"role": "user", "content": "Hello"}],
        "max_tokens": 65536,
        "stream_options": {"include_usage": True},
        "top_k": 40,
        "min_p": 0,
        "repeat_penalty": 1.1,
        "function_calling": "default",
    }
    answer = http.post(CHAT, json=body, headers=OPEN_WEBUI)
    found = list(events(answer))
    said = "".join(
        choice["delta"].get("content") or "" for event in found for choice in event["choices"]
    )
    assert said == 'You said "Hello".'
    assert found[-1]["usage"]["total_tokens"] > 0


@pytest.mark.parametrize("model", [*WIRES, VISION])
@pytest.mark.parametrize("limit", [{"max_tokens": 1000}, {"max_completion_tokens": 50}])
def test_open_webui_asks_for_a_title(
    http: httpx2.Client, model: str, limit: dict[str, int]
) -> None:
    """It takes what stands between the first { and the last }."""
    title = '{ "title": "Greetings" }'
    body = {
        "model": model,
        "messages": [{"role": "user", "content": f"[[think:Short.]][[say:{title}]]"}],
        "stream": False,
        **limit,
    }
    content = content_of(http.post(CHAT, json=body, headers=OPEN_WEBUI))
    assert json.loads(content[content.index("{") : content.rindex("}") + 1]) == {
        "title": "Greetings"
    }


# --- Cherry Studio and others on openai-node -----------------------------------------------------


def test_cherry_studio_from_a_page(http: httpx2.Client, base_url: str) -> None:
    names = """authorization content-type x-stainless-arch x-stainless-lang x-stainless-os
        x-stainless-package-version x-stainless-retry-count x-stainless-runtime
        x-stainless-runtime-version x-stainless-timeout http-referer x-title x-api-key""".split()
    preflight = httpx2.options(
        f"{base_url}{CHAT}",
        headers={
            "origin": "file://",
            "access-control-request-method": "POST",
            "access-control-request-headers": ",".join(names),
        },
    )
    allowed = preflight.headers["access-control-allow-headers"].split(",")
    assert set(names) <= {name.strip().lower() for name in allowed}
    body = {
        "model": RESPONSES,
        "messages": [
            {"role": "system", "content": ""},
            {"role": "user", "content": "[[think:Hm.]]Hello"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "reasoning_effort": "low",
        "max_tokens": None,
        "keep_alive": None,
    }
    found = list(events(http.post(CHAT, json=body, headers={"origin": "file://"})))
    deltas = [choice["delta"] for event in found for choice in event["choices"]]
    assert "".join(delta.get("reasoning_content") or "" for delta in deltas) == "Hm."
    # The thinking is over once the text begins.
    kinds = [
        "reasoning" if delta.get("reasoning_content") else "text"
        for delta in deltas
        if delta.get("reasoning_content") or delta.get("content")
    ]
    assert kinds == sorted(kinds)


# --- coding tools --------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [*WIRES, "@cf/meta/llama-3.2-3b-instruct"])
def test_a_coding_agent_goes_round(http: httpx2.Client, model: str) -> None:
    """opencode, Cline and the like: parts for content, null beside calls, many tools with odd
    schemas, an empty text after a result."""
    tools = [
        {
            "type": "function",
            "function": {
                "name": name,
                "description": f"The tool {name}",
                "parameters": {
                    "$schema": "http://json-schema.org/draft-07/schema#",
                    "type": "object",
                    "properties": {
                        "path": {"type": "string", "minLength": 1},
                        "lines": {"type": ["array", "null"], "items": {"type": "integer"}},
                        "mode": {"anyOf": [{"const": "r"}, {"const": "w"}], "default": "r"},
                    },
                    "required": ["path"],
                    "additionalProperties": False,
                },
            },
        }
        for name in ("read", "write", "bash", "glob", "grep")
    ]
    body = {
        "model": model,
        "max_tokens": 32000,
        "messages": [
            {"role": "system", "content": [{"type": "text", "text": "You are an agent."}]},
            {"role": "user", "content": [{"type": "text", "text": "Look at a.py."}]},
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {
                        "id": "call_1",
                        "type": "function",
                        "function": {"name": "read", "arguments": '{"path":"a.py"}'},
                    }
                ],
            },
            {
                "role": "tool",
                "tool_call_id": "call_1",
                "content": [{"type": "text", "text": "print(1)"}],
            },
            {"role": "assistant", "content": ""},
            {"role": "user", "content": [{"type": "text", "text": "[[say:Done.]]"}]},
        ],
        "tools": tools,
        "tool_choice": "auto",
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    found = list(events(http.post(CHAT, json=body)))
    assert (
        "".join(
            choice["delta"].get("content") or "" for event in found for choice in event["choices"]
        )
        == "Done."
    )
    assert found[-1]["usage"]["prompt_tokens"] > 100


def test_an_editor_completes_code(http: httpx2.Client) -> None:
    """Continue, Twinny and others speak the older dialect, with suffix and many stops."""
    body = {
        "model": "qwen2.5-coder-32b-instruct",
        "prompt": "def add(a, b):\n    return ",
        "suffix": "\n\nprint(add(1, 2))[[say:a + b\n\nprint]]",
        "max_tokens": 256,
        "temperature": 0.01,
        "stop": ["\n\n", "/src/", "```"],
        "stream": True,
    }
    answer = http.post("/v1/completions", json=body)
    assert "".join(event["choices"][0]["text"] for event in events(answer)) == "a + b"


# --- Immersive Translate -------------------------------------------------------------------------


def immersive(api_key: str, model: str, text: str, **fields: Any) -> dict[str, Any]:
    """Its body is pretty-printed, and the key comes twice."""
    body = {
        "model": model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": "You are a professional Chinese native translator."},
            {"role": "user", "content": text},
        ],
        **fields,
    }
    return {
        "content": json.dumps(body, indent=2, ensure_ascii=False).encode(),
        "headers": {
            "authorization": f"Bearer {api_key}",
            "api-key": api_key,
            "content-type": "application/json",
            "accept-language": "zh-CN",
        },
    }


@pytest.mark.parametrize("model", [*WIRES, "gpt-4o-mini", "gpt-4.1-nano"])
def test_immersive_translate_translates_a_page(
    http: httpx2.Client, api_key: str, model: str
) -> None:
    """Paragraphs are joined by a line of %%, and must come back in as many pieces."""
    paragraphs = "Erster Absatz.\n\n%%\n\nZweiter mit <b0>fett</b0>.\n\n%%\n\n第三段 {0} @1#"
    asked = immersive(api_key, model, f"[[say:{paragraphs}]]")
    for path in (CHAT, "/chat/completions"):
        content = content_of(http.post(path, **asked))
        content = re.sub(r"^<think>.*?</think>", "", content, flags=re.DOTALL)
        assert content == paragraphs
        assert len(content.split("\n\n%%\n\n")) == 3


def test_immersive_translate_streams_a_selection(http: httpx2.Client, api_key: str) -> None:
    answer = http.post(CHAT, **immersive(api_key, NATIVE, "[[say:你好，世界]]", stream=True))
    found = "".join(event["choices"][0]["delta"].get("content") or "" for event in events(answer))
    assert found == "你好，世界"


def test_immersive_translate_sees_an_error_as_one(http: httpx2.Client, api_key: str) -> None:
    answer = http.post(CHAT, **immersive(api_key, "@mock/error/3036", "Hello"))
    assert answer.status_code == 429
    assert answer.json()["error"]["message"]
