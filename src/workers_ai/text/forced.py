"""Checks that the model has made the call it had to make, and demands it once more.

Not every model has an input for that, and some ignore it.
"""

from collections.abc import Sequence

from core.errors import BadRequest
from workers_ai.text.events import Event, Finish, Token, ToolStart
from workers_ai.text.generation import Generation


def has_forced_call(events: Sequence[Event], generation: Generation) -> bool:
    """Whether the tool that had to be called was, or any of them. Truncated and filtered answers
    pass: their finish reason says what they are."""
    names = [event.name for event in events if isinstance(event, ToolStart)]
    if generation.tool_choice == "named" and names:
        return generation.tool_name in names
    if names:
        return True
    return not any(isinstance(event, Finish) and event.reason == "stop" for event in events)


def demand_call(generation: Generation, events: Sequence[Event]) -> Generation:
    """Builds the request that demands the call: the same with the answer and what it lacks."""
    texts = [event for event in events if isinstance(event, str | Token)]
    text = "".join(event if isinstance(event, str) else event.text for event in texts)
    which = (
        f"the function {generation.tool_name}"
        if generation.tool_choice == "named"
        else "any of the functions"
    )
    complaint = f"You have not called {which}. Call it now, and write nothing else."
    answer = [{"role": "assistant", "content": text}] if text else []
    messages = [*generation.messages, *answer, {"role": "user", "content": complaint}]
    return generation._replace(messages=messages, n=1)


def no_call() -> BadRequest:
    """The error that there is no call. Its status is 400 because a retry would cost the same and
    fail the same."""
    return BadRequest(
        "The model did not make the call that 'tool_choice' demands, not even when asked once "
        "more. Try a larger model, or more tokens for the answer.",
        code="tool_use_failed",
        param="tool_choice",
    )
