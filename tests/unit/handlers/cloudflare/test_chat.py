"""Chat completions below Cloudflare's own address."""

import json

from core.web import Response
from support.fakes import FakeAI, answer, call, run

ACCOUNT = "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353"


def test_content_is_a_string_where_one_apis_cloudflare_channel_reads_it() -> None:
    calls = [{"name": "now", "arguments": {}}]
    tools = [{"type": "function", "function": {"name": "now", "parameters": {"type": "object"}}}]
    body = {
        "model": "llama-3.3-70b-instruct-fp8-fast",
        "messages": [{"role": "user", "content": "a"}],
        "tools": tools,
    }
    for path, content in (
        (f"{ACCOUNT}/ai/v1/chat/completions", ""),
        ("/v1/chat/completions", None),
    ):
        got = run(call(FakeAI(answer({"response": None, "tool_calls": calls})), "POST", path, body))
        assert isinstance(got, Response)
        message = json.loads(got.body)["choices"][0]["message"]
        assert message["tool_calls"]
        assert message["content"] == content
