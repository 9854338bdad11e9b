"""JSON answers: found in the text, held against the schema, repaired by the model once."""

from typing import NamedTuple

from core.errors import BadRequest
from core.web import dump_json
from untrusted.json_schema import violations
from untrusted.json_text import find_json, parse_json
from workers_ai.text.events import Event, Finish, Token, Usage
from workers_ai.text.generation import Generation, Schema


class Checked(NamedTuple):
    """An answer's events, its text, and what is wrong with it (nothing, if ``problems`` is empty).

    ``parsed`` tells that the text is JSON at least.
    """

    events: list[Event]
    text: str
    problems: list[str]
    parsed: bool

    def passable(self, schema: Schema | None) -> bool:
        """JSON that only misses a schema which is not ``strict`` is better than nothing."""
        return not self.problems or (self.parsed and not (schema and schema.strict))

    def accept(self, schema: Schema | None) -> list[Event]:
        """The events as the last word, or the error that they are none. The status is 400 because
        another try would cost the same and bring the same."""
        if not self.passable(schema):
            raise BadRequest(
                "The model did not produce the JSON that was asked for, not even when told what "
                "is wrong. Try a larger model, a simpler schema or more tokens for the answer.",
                code="json_validate_failed",
                param="response_format",
            )
        return self.events


def check(events: list[Event], schema: Schema | None) -> Checked:
    """Holds an answer against what was asked for; chatter and code fences around the JSON go.

    Answers that did not come to their own end and tool calls are passed as they are: the finish
    reason says it.
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
        problems = violations(value, schema.schema)
    try:
        parse_json(text)
    except ValueError:
        text = dump_json(value).decode()
        rest = [event for event in events if not isinstance(event, str | Token)]
        events = [*rest[:-2], text, *rest[-2:]]  # before finish reason and usage
    return Checked(events, text, problems, True)


def repair_request(generation: Generation, checked: Checked) -> Generation:
    """The same request with the wrong answer and what is wrong with it."""
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


def with_both_usages(first: list[Event], second: list[Event], chosen: list[Event]) -> list[Event]:
    """The chosen answer's events, with a usage that counts what both answers cost."""
    one, two = (event for event in [*first, *second] if isinstance(event, Usage))
    return [one.plus(two) if isinstance(event, Usage) else event for event in chosen]
