"""One request to a text model, free of any dialect and of any model's peculiarities."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from workers_ai.catalogue.model import Model


class Schema(NamedTuple):
    """The JSON schema an answer has to follow. ``strict``: an answer that does not is an error."""

    schema: Mapping[str, Any] | bool
    name: str = "answer"
    description: str | None = None
    strict: bool = False


class Generation(NamedTuple):
    """What a client wants of a text model.

    Either ``messages`` or ``prompt`` is set. Messages are OpenAI's, in one shape: roles system,
    user, assistant and tool; ``content`` a string, or a list of ``text`` and ``image_url`` parts
    (data URLs) where there is an image; an assistant's ``tool_calls`` nested, arguments as text;
    ``reasoning`` for its earlier thinking. ``tools`` are function objects (name, description,
    parameters). ``options`` are sampling parameters under OpenAI's names, as given.
    """

    model: Model
    messages: Sequence[Mapping[str, Any]] = ()
    prompt: str | None = None
    suffix: str | None = None
    max_tokens: int | None = None
    options: Mapping[str, Any] = {}
    stop: Sequence[str] = ()
    tells_stop: bool = False
    """The client is told which of them it was."""
    n: int = 1
    tools: Sequence[Mapping[str, Any]] = ()
    tool_choice: str = "auto"
    """auto, none, required, or named: then ``tool_name`` is the tool to call."""
    tool_name: str | None = None
    json_mode: bool = False
    schema: Schema | None = None
    schema_in_words: bool = False
    """The model has refused the schema as an input, so it is told in the prompt."""
    effort: str | None = None
    """Reasoning effort: none, minimal, low, medium, high, xhigh, max; None leaves it open."""
    reasoning_format: str = "parsed"
    """parsed, hidden or raw: reasoning beside the text, nowhere, or inside the text."""
    template: Mapping[str, Any] = {}
    """``chat_template_kwargs`` as given; they win over what ``effort`` implies."""
    affinity: str | None = None
    """Calls with the same value go to the same replica, so that its prefix cache is hit."""
