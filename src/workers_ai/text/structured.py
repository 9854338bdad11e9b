"""Checks JSON answers against their schema, and asks the model to repair a wrong one."""

from typing import NamedTuple

from core.errors import BadRequest
from core.web import dump_json
from untrusted.json_schema import find_violations
from untrusted.json_text import find_json, parse_json
from workers_ai.text.events import Event, Finish, Token, Usage
from workers_ai.text.generation import Generation, Schema


class Checked(NamedTuple):
    """An answer's events, its text, and what is wrong with it (nothing, if ``problems`` is empty).

    ``is_json``: the text is JSON at least.
    """

    events: list[Event]
    text: str
    problems: list[str]
    is_json: bool

    def is_passable(self, schema: Schema | None) -> bool:
        """Whether to pass it on: JSON that misses a schema which is not ``strict`` is better than
        nothing."""
        return not self.problems or (self.is_json and not (schema and schema.strict))

    def accept(self, schema: Schema | None) -> list[Event]:
        """Returns the events, or raises the error that they are not acceptable. Its status is 400
        because a retry would cost the same and fail the same."""
        if not self.is_passable(schema):
            raise BadRequest(
                "The model did not produce the JSON that was asked for, not even when told what "
                "is wrong. Try a larger model, a simpler schema or more tokens for the answer.",
                code="json_validate_failed",
                param="response_format",
            )
        return self.events


def check_json(events: list[Event], schema: Schema | None) -> Checked:
    """Checks an answer against what was asked for; text and code fences around the JSON go.

    Truncated answers and tool calls pass unchecked: their finish reason says what they are.
    """
    texts = [event for event in events if isinstance(event, str | Token)]
    text = "".join(event if isinstance(event, str) else event.text for event in texts)
    if not any(isinstance(event, Finish) and event.reason == "stop" for event in events):
        return Checked(events, text, [], True)
    try:
        value = find_json(text)
    except ValueError:
        return Checked(events, text, ["the answer is not JSON"], False)
    if schema is None:
        problems = [] if isinstance(value, dict) else ["the answer is not a JSON object"]
    else:
        problems = find_violations(value, schema.schema)
    try:
        parse_json(text)
    except ValueError:
        text = dump_json(value).decode()
        rest = [event for event in events if not isinstance(event, str | Token)]
        events = [*rest[:-2], text, *rest[-2:]]  # before finish reason and usage
    return Checked(events, text, problems, True)


def repair_request(generation: Generation, checked: Checked) -> Generation:
    """Builds the request for a repair: the same with the wrong answer and what is wrong with it."""
    question = generation.messages or [{"role": "user", "content": generation.prompt or ""}]
    complaint = (
        "That answer is wrong: " + "; ".join(checked.problems) + ". "
        "Answer again with the corrected JSON and nothing else."
    )
    messages = [
        *question,
        {"role": "assistant", "content": checked.text},
        {"role": "user", "content": complaint},
    ]
    return generation._replace(messages=messages, prompt=None, suffix=None, n=1)


def add_usage(first: list[Event], second: list[Event], *, to: list[Event]) -> list[Event]:
    """Replaces the usage among the events ``to`` by what both answers cost together."""
    one, two = (event for event in [*first, *second] if isinstance(event, Usage))
    return [one.plus(two) if isinstance(event, Usage) else event for event in to]
