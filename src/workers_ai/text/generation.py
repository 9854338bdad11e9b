"""Describes a request to a text model, free of any dialect and of any model's peculiarities."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, NotRequired, TypedDict

from workers_ai.catalogue.model import Effort, Model

ToolChoice = Literal["auto", "none", "required", "named"]
ReasoningFormat = Literal["parsed", "hidden", "raw"]


class Schema(NamedTuple):
    """The JSON schema an answer has to follow. ``strict``: an answer that does not is an error."""

    schema: Mapping[str, Any] | bool
    name: str = "answer"
    description: str | None = None
    strict: bool = False


class Message(TypedDict):
    """A message of the neutral conversation: OpenAI's, in one shape.

    ``content`` is a string, or a list of ``text`` and ``image_url`` parts (data URLs) if there is
    an image. An assistant's ``tool_calls`` are ``{id, type, function: {name, arguments}}`` with
    arguments as text; ``reasoning`` is its earlier thinking. A tool's result has ``tool_call_id``
    and the ``name`` of the tool.
    """

    role: Literal["system", "user", "assistant", "tool"]
    content: str | list[dict[str, Any]]
    reasoning: NotRequired[str]
    tool_calls: NotRequired[list[dict[str, Any]]]
    tool_call_id: NotRequired[str]
    name: NotRequired[str]


class ToolOrigin(NamedTuple):
    """What the client calls a tool that the model is given as a function: its ``name`` in a
    ``namespace``, and whether its input is a text (``is_custom``)."""

    name: str
    namespace: str | None = None
    is_custom: bool = False


class Generation(NamedTuple):
    """What a client wants of a text model.

    Either ``messages``, each a :class:`Message`, or ``prompt`` is set. ``tools`` are function
    objects (name, description, parameters). ``options`` are sampling parameters under OpenAI's
    names, as the client sent them.
    """

    model: Model
    messages: Sequence[Mapping[str, Any]] = ()
    prompt: str | None = None
    suffix: str | None = None
    max_tokens: int | None = None
    options: Mapping[str, Any] = {}
    stop: Sequence[str] = ()
    report_stop_sequence: bool = False
    """Whether the answer has to say which of them ended it."""
    n: int = 1
    tools: Sequence[Mapping[str, Any]] = ()
    tool_choice: ToolChoice = "auto"
    """``named``: ``tool_name`` is the tool to call."""
    tool_name: str | None = None
    tool_origins: Mapping[str, ToolOrigin] = {}
    """By the names of the functions; a function that the client declared as one has none."""
    json_mode: bool = False
    schema: Schema | None = None
    schema_in_words: bool = False
    """The model has refused the schema as an input, so the prompt describes it."""
    effort: Effort | None = None
    """Reasoning effort; None leaves it to the model."""
    reasoning_format: ReasoningFormat = "parsed"
    """Reasoning beside the text (parsed), nowhere (hidden), or inside the text (raw)."""
    template: Mapping[str, Any] = {}
    """The client's ``chat_template_kwargs``; they precede what ``effort`` implies."""
    affinity: str | None = None
    """Calls with the same value go to the same replica, which has their prefix in its cache."""

    @property
    def forces_call(self) -> bool:
        """Whether the answer must have a tool call."""
        return self.tool_choice in ("required", "named") and bool(self.tools)


def usable_affinity(text: str) -> str | None:
    """Returns what keeps the calls of a client on one replica, None if it cannot be a header."""
    if not text.isascii() or not text.isprintable():
        return None
    return text[:128] or None  # clients that share the beginning share a replica, no more
