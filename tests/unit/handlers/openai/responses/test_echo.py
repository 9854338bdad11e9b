"""What a Response repeats of its request."""

from typing import Any

from support import fakes
from support.exchange import respond
from support.responses_requests import SCHEMA, TOOL, refused


def test_the_answer_repeats_what_was_asked_for() -> None:
    asked: dict[str, Any] = {
        "instructions": "Be brief.",
        "max_output_tokens": 99,
        "max_tool_calls": 5,
        "metadata": {"a": "b"},
        "parallel_tool_calls": False,
        "prompt_cache_key": "k",
        "reasoning": {"effort": "low", "summary": "concise"},
        "safety_identifier": "s",
        "temperature": 0.5,
        "text": {
            "format": {
                "type": "json_schema",
                "name": "n",
                "description": "d",
                "schema": SCHEMA,
                "strict": True,
            },
            "verbosity": "high",
        },
        "top_logprobs": 2,
        "top_p": 0.25,
        "truncation": "auto",
        "user": "ann",
        "tools": [TOOL],
    }
    got = respond(fakes.answer({"response": '{"a":1}'}), **asked)
    assert {name: got.json[name] for name in asked} == asked
    older = respond(reasoning={"generate_summary": "detailed"}).json["reasoning"]
    assert older == {"effort": None, "summary": "detailed"}


def test_tools_are_repeated_in_full() -> None:
    nested = {"type": "function", "function": {"name": "g", "description": False}}
    empty = {"description": None, "parameters": None, "strict": False}
    assert respond(tools=[TOOL, nested]).json["tools"] == [
        TOOL,
        {"type": "function", "name": "g", **empty},
    ]


def test_rejects_invalid_metadata_without_quoting_it() -> None:
    got = refused("metadata", metadata={"credit": 5})
    assert "credit" not in got.error["message"]
