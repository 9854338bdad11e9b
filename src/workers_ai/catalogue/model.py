"""Describes models and tasks. The rows are those of :mod:`workers_ai.catalogue.models`.

Named tuples: they cannot be changed by accident, and 125 of them are built in a fraction of
the time that frozen dataclasses take, which counts at every cold start.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args

LIVE = frozenset({"current", "paid_only"})
"""The statuses of models that answer. The others are in data/README.md."""

Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]
EFFORTS: tuple[Effort, ...] = get_args(Effort)
"""Reasoning efforts, from the least to the most."""


class Limit(NamedTuple):
    """Limits of a parameter's value, in its own unit; None is no limit."""

    min: float | None = None
    max: float | None = None
    default: Any = None


class Reasoning(NamedTuple):
    """How a model thinks and how that is controlled.

    ``control`` and ``default``: parameter, dotted if nested (``chat_template_kwargs.…``), to the
    values it accepts and to its default. ``can_disable`` is None if it is unknown. ``aliases``:
    further effort names that the service accepts, to the effort they mean. ``thinks_first``: the
    chat template opens ``<think>``, so an answer begins inside the thinking and has the closing tag
    alone. ``soft_switch``: words that disable thinking at the end of the system message or of the
    last user message.
    """

    supported: bool
    control: Mapping[str, tuple[Any, ...]] = {}
    default: Mapping[str, Any] = {}
    can_disable: bool | None = None
    aliases: Mapping[str, str] = {}
    thinks_first: bool = False
    soft_switch: str | None = None


class Model(NamedTuple):
    """One model. None, like an empty ``inputs``, means unknown: let it pass.

    ``context_window`` counts tokens, input and output together. ``wire``, how it answers
    (``native``, ``openai``, ``responses``), is a hint only: answers are recognised by their shape.
    ``input_schema`` is how it is asked (``native``, ``openai``), which is another thing; an
    unknown one is asked in what both take. ``price`` is in neurons per unit. ``fim``: tokens before
    the prefix, the suffix and the middle of a fill-in-the-middle prompt. Dates are ISO dates; that
    of ``retired_on`` may be in the future. ``details`` holds what only some tasks need (speakers,
    form fields, …) under its name in data/README.md.
    """

    id: str
    task: str
    status: str = "current"
    context_window: int | None = None
    wire: str | None = None
    input_schema: str | None = None
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
        """Whether the inputs follow OpenAI's schema, not Cloudflare's native one."""
        return self.input_schema == "openai"

    @property
    def may_call_tools(self) -> bool:
        """False for models known to have no function calling: the prompt describes the tools."""
        return self.tools is not False

    def accepts_input(self, name: str) -> bool:
        """Whether the model has this input. One whose inputs are unknown may have any."""
        return not self.inputs or name in self.inputs


class Task(NamedTuple):
    """``endpoints``: where clients call models of the task. ``names``: short names for a filter;
    tasks may share them."""

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
"""By Cloudflare's names, in the order in which the error of a wrong filter lists them."""
