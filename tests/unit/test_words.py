"""What libraries and agents search for in the errors of each dialect, as their sources have it."""

import json
import re

import pytest

from core.dialect import Dialect
from core.errors import APIError, BadRequest, Overflow, Unauthorized
from handlers.anthropic.errors import ANTHROPIC
from handlers.cloudflare.errors import CLOUDFLARE
from handlers.openai.errors import OPENAI
from workers_ai.errors import read_error


def context(overflow: Overflow | None) -> APIError:
    error = BadRequest("Too long.", code="context_length_exceeded", param="messages")
    error.overflow = overflow
    return error


ERRORS = {
    "context": context(Overflow(9000, 8192)),
    "context of unknown size": context(None),
    "key": Unauthorized("The key is wrong."),
    "busy": read_error(429, b"3040: x"),
    "rate": read_error(429, b""),
    "filter": read_error(400, b"3030: x"),
    "size": read_error(413, b""),
}
SEARCHED = [
    ("litellm", OPENAI, "context", r"This model's maximum context length is"),
    ("litellm", OPENAI, "filter", r"content_policy_violation"),
    ("litellm", ANTHROPIC, "context", r"prompt is too long"),
    ("litellm", ANTHROPIC, "filter", r"Output blocked by content filtering policy"),
    ("langchain-openai", OPENAI, "context", r"context_length_exceeded"),
    ("langchain-anthropic", ANTHROPIC, "context", r"prompt is too long"),
    ("pydantic-ai", ANTHROPIC, "context", r"prompt is too long"),
    ("Claude Code", ANTHROPIC, "context", r"prompt is too long: 9000 tokens > 8192 maximum"),
    ("Claude Code", ANTHROPIC, "key", r"x-api-key"),
    ("Claude Code", ANTHROPIC, "busy", r"\"type\":\s?\"overloaded_error\""),
    ("Codex", OPENAI, "context", r"context_length_exceeded"),
    ("Codex", OPENAI, "rate", r"(?i)try again in\s*(\d+(?:\.\d+)?)\s*(s|ms|seconds?)"),
    ("Codex", OPENAI, "busy", r"(?i)try again in\s*(\d+(?:\.\d+)?)\s*(s|ms|seconds?)"),
    ("opencode", OPENAI, "context", r"maximum context length is \d+ tokens"),
    ("opencode", OPENAI, "context", r"reduce the length of the messages"),
    ("opencode", OPENAI, "context of unknown size", r"exceeds the context window"),
    ("opencode", ANTHROPIC, "context of unknown size", r"prompt is too long"),
    ("opencode", OPENAI, "rate", r"(?i)rate limit"),
    ("opencode", ANTHROPIC, "rate", r"(?i)rate limit"),
    ("opencode", ANTHROPIC, "busy", r"Overloaded"),
    ("Cline", OPENAI, "context", r"\bmaximum\s*context\b"),
    ("Cline", ANTHROPIC, "context", r"prompt is too long"),
    ("older LangChain", OPENAI, "context", r"max.*?(8192) tokens.*?(9000) "),
    ("OpenClaw", ANTHROPIC, "size", r"Request exceeds the maximum size"),
    ("anyone", OPENAI, "key", r"Incorrect API key provided"),
    ("workers-ai-provider", CLOUDFLARE, "context", r"\b5021\s*:.*\(9000\).*\(8192\)"),
    ("workers-ai-provider", CLOUDFLARE, "context of unknown size", r"\b5021\s*:"),
    ("workers-ai-provider", CLOUDFLARE, "busy", r"\b3040\s*:"),
]


@pytest.mark.parametrize(("reader", "dialect", "error", "pattern"), SEARCHED)
def test_an_error_has_the_words_that_clients_search_for(
    reader: str, dialect: Dialect, error: str, pattern: str
) -> None:
    body = dialect.error_response(ERRORS[error]).body.decode()
    assert re.search(pattern, body), reader
    if dialect.error_event:
        assert re.search(pattern, dialect.error_event(ERRORS[error]).decode()), reader


@pytest.mark.parametrize("dialect", [OPENAI, ANTHROPIC, CLOUDFLARE])
@pytest.mark.parametrize("name", ERRORS)
def test_no_error_shows_a_field_without_its_value(dialect: Dialect, name: str) -> None:
    text = json.dumps(json.loads(dialect.error_response(ERRORS[name]).body))
    assert not re.search(r"\{\w+\}|None|\b0 tokens", text.replace("null", ""))
