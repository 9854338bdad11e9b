"""What is known of a model and of a task. The rows are those of :mod:`workers_ai.catalogue.models`.

Named tuples: they cannot be changed by accident, and 125 of them are built in a fraction of
the time that frozen dataclasses take, which counts at every cold start.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

LIVE = frozenset({"current", "paid_only"})
"""The statuses of models that answer. What else there is: data/README.md."""

EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh", "max")


class Limit(NamedTuple):
    """What a parameter's value may be, in the parameter's own unit; None is no such limit."""

    min: float | None = None
    max: float | None = None
    default: Any = None


class Reasoning(NamedTuple):
    """How a model thinks and how that is steered.

    ``control`` and ``default``: parameter, dotted where nested (``chat_template_kwargs.…``), to
    the values it accepts and to what holds when it is not sent. ``can_disable`` is None where
    nobody has said. ``aliases``: further effort names that the service takes, to the effort they
    mean. ``thinks_first``: the chat template opens ``<think>``, so that an answer begins inside
    the thinking and holds the closing tag alone. ``soft_switch``: words that, at the end of the
    system message or of the last user message, switch thinking off.
    """

    supported: bool
    control: Mapping[str, tuple[Any, ...]] = {}
    default: Mapping[str, Any] = {}
    can_disable: bool | None = None
    aliases: Mapping[str, str] = {}
    thinks_first: bool = False
    soft_switch: str | None = None


class Model(NamedTuple):
    """One model. None, like an empty ``inputs``, means that nothing is known: let it pass.

    ``context_window`` counts tokens, input and output together. ``wire`` is a hint only
    (``native``, ``openai``, ``responses``): answers are recognised by their shape. ``price`` is
    in neurons per unit. ``fim``: the tokens before the prefix, the suffix and the middle of a
    fill-in-the-middle prompt. Dates are ISO dates; ``retired_on`` may lie ahead for a model that
    is live. ``details`` holds what only some tasks need (speakers, form fields, …) under its
    name in data/README.md.
    """

    id: str
    task: str
    status: str = "current"
    context_window: int | None = None
    wire: str | None = None
    vision: bool | None = None
    tools: bool | None = None
    system_role: bool = True
    reasoning: Reasoning | None = None
    fim: tuple[str, str, str] | None = None
    lora: bool = False
    beta: bool = False
    partner: bool = False
    realtime: bool = False
    inputs: frozenset[str] = frozenset()
    limits: Mapping[str, Limit] = {}
    dimensions: int | None = None
    price: Mapping[str, float] = {}
    added_on: str | None = None
    retired_on: str | None = None
    successors: tuple[str, ...] = ()
    details: Mapping[str, Any] = {}

    @property
    def live(self) -> bool:
        return self.status in LIVE

    @property
    def has_openai_schema(self) -> bool:
        """Whether its inputs follow OpenAI's schema and not Cloudflare's native one."""
        return self.wire in ("openai", "responses")

    @property
    def may_call_tools(self) -> bool:
        """False for models known to have no function calling; they get their tools in words."""
        return self.tools is not False

    def accepts_input(self, name: str) -> bool:
        """Whether there is such an input. Of a model that nobody has described, there may be."""
        return not self.inputs or name in self.inputs


class Task(NamedTuple):
    """``endpoints``: where models of the task are called. ``names``: short names for a filter,
    which several tasks may share."""

    endpoints: tuple[str, ...]
    names: tuple[str, ...] = ()


NATIVE = "/ai/run/{model}"

TASKS: Mapping[str, Task] = {
    "Text Generation": Task(("/v1/chat/completions",), ("chat", "text", "llm", "completions")),
    "Text Embeddings": Task(("/v1/embeddings",), ("embedding", "embeddings")),
    "Text-to-Image": Task(("/v1/images/generations",), ("image", "images")),
    "Automatic Speech Recognition": Task(
        ("/v1/audio/transcriptions",), ("audio", "asr", "stt", "transcription", "transcriptions")
    ),
    "Text-to-Speech": Task(("/v1/audio/speech",), ("audio", "tts", "speech")),
    "Text Classification": Task(("/v1/rerank", NATIVE), ("rerank", "reranker", "classification")),
    "Translation": Task(("/translate",), ("translate",)),
    "Image-to-Text": Task((NATIVE,), ("caption", "captions")),
    "Image Classification": Task((NATIVE,)),
    "Object Detection": Task((NATIVE,)),
    "Summarization": Task((NATIVE,), ("summary",)),
    "Voice Activity Detection": Task((NATIVE,), ("vad",)),
    "Decision": Task((NATIVE,)),
}
"""Cloudflare's task names, in the order in which a wrong filter is told of them."""
