"""OpenAI's types as the ``openai`` package has them, and what they leave open.

The package makes a key optional where OpenAI's specification has it required but nullable
(``refusal: Optional[str] = None``), because it must read older answers. :data:`REQUIRED` puts
these keys back; it was read off the same specification's other rendering, the TypeScript types
of the ``openai`` npm package 7.57.0, where such a key is ``refusal: string | null`` and an
optional one has a question mark. :data:`ALWAYS_SENT` holds what is optional on paper but in
every answer that OpenAI gives, so that clients have come to rely on it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, get_args

from openai.pagination import SyncPage
from openai.types import (
    Completion,
    CompletionChoice,
    CreateEmbeddingResponse,
    Embedding,
    ImageEditStreamEvent,
    ImageGenStreamEvent,
    ImagesResponse,
    Model,
    ModerationCreateResponse,
    moderation,
)
from openai.types.audio import (
    Transcription,
    TranscriptionDiarized,
    TranscriptionStreamEvent,
    TranscriptionVerbose,
    Translation,
    TranslationVerbose,
)
from openai.types.chat import (
    ChatCompletion,
    ChatCompletionChunk,
    ChatCompletionMessage,
    ChatCompletionTokenLogprob,
    chat_completion,
    chat_completion_chunk,
    chat_completion_token_logprob,
)
from openai.types.responses import (
    FunctionTool,
    InputTokenCountResponse,
    Response,
    ResponseCodeInterpreterToolCall,
    ResponseErrorEvent,
    ResponseItemList,
    ResponseOutputTextAnnotationAddedEvent,
    ResponseStreamEvent,
    response_output_item,
)
from openai.types.shared import ErrorObject, Reasoning
from pydantic import BaseModel, TypeAdapter, ValidationError

Path = tuple[str | int, ...]


class ErrorAnswer(BaseModel):
    error: ErrorObject


class StreamedTextChoice(CompletionChoice):
    """In a stream ``finish_reason`` is null until the end; the package has no type for that."""

    finish_reason: Literal["stop", "length", "content_filter"] | None  # type: ignore[assignment]


class StreamedCompletion(Completion):
    choices: list[StreamedTextChoice]  # type: ignore[assignment]


class EncodedEmbedding(Embedding):
    """With ``encoding_format: base64``, which the package decodes before it fills its type."""

    embedding: str  # type: ignore[assignment]


class EncodedEmbeddings(CreateEmbeddingResponse):
    data: list[EncodedEmbedding]  # type: ignore[assignment]


class DeletedResponse(BaseModel):
    """Which the package does not read."""

    id: str
    object: Literal["response"]
    deleted: Literal[True]


class RankedDocument(BaseModel):
    text: str


class Ranked(BaseModel):
    index: int
    relevance_score: float
    document: RankedDocument | None = None


class RankingUsage(BaseModel):
    prompt_tokens: int
    total_tokens: int


class BilledUnits(BaseModel):
    search_units: float


class RankingMeta(BaseModel):
    billed_units: BilledUnits


class Ranking(BaseModel):
    """Not OpenAI's, who ranks nothing: what Jina and Cohere answer, whose packages are not here."""

    id: str
    model: str
    results: list[Ranked]
    usage: RankingUsage
    meta: RankingMeta


ANSWERS: Mapping[str, Any] = {
    "chat": ChatCompletion,
    "completion": Completion,
    "embeddings": CreateEmbeddingResponse,
    "embeddings_base64": EncodedEmbeddings,
    "error": ErrorAnswer,
    "images": ImagesResponse,
    "model": Model,
    "models": SyncPage[Model],
    "moderation": ModerationCreateResponse,
    "rerank": Ranking,
    "response": Response,
    "response_deleted": DeletedResponse,
    "response_items": ResponseItemList,
    "response_tokens": InputTokenCountResponse,
    "transcription": Transcription,
    "transcription_diarized": TranscriptionDiarized,
    "transcription_verbose": TranscriptionVerbose,
    "translation": Translation,
    "translation_verbose": TranslationVerbose,
}

EVENTS: Mapping[str, Any] = {
    "chat": ChatCompletionChunk,
    "completion": StreamedCompletion,
    "error": ErrorAnswer,
    "images": ImageGenStreamEvent | ImageEditStreamEvent,
    "response": ResponseStreamEvent,
    "transcription": TranscriptionStreamEvent,
}

REQUIRED: Mapping[type[BaseModel], tuple[str, ...]] = {
    ErrorObject: ("code", "param"),
    ChatCompletionMessage: ("content", "refusal"),
    chat_completion.Choice: ("logprobs",),
    chat_completion.ChoiceLogprobs: ("content", "refusal"),
    chat_completion_chunk.Choice: ("finish_reason",),
    chat_completion_chunk.ChoiceLogprobs: ("content", "refusal"),
    ChatCompletionTokenLogprob: ("bytes",),
    chat_completion_token_logprob.TopLogprob: ("bytes",),
    CompletionChoice: ("logprobs",),
    StreamedTextChoice: ("logprobs",),
    moderation.Categories: ("illicit", "illicit_violent"),
    Response: (
        "access_programs",
        "error",
        "incomplete_details",
        "instructions",
        "metadata",
        "temperature",
        "top_p",
    ),
    FunctionTool: ("parameters", "strict"),
    ResponseCodeInterpreterToolCall: ("code", "outputs"),
    ResponseErrorEvent: ("code", "param"),
    ResponseOutputTextAnnotationAddedEvent: ("annotation",),
    response_output_item.ImageGenerationCall: ("result",),
    response_output_item.ImageGenerationCallError: ("code", "param"),
}

ALWAYS_SENT: Mapping[type[BaseModel], tuple[str, ...]] = {
    ChatCompletion: ("system_fingerprint", "usage"),
    ChatCompletionChunk: ("system_fingerprint",),
    chat_completion_chunk.Choice: ("logprobs",),
    Completion: ("system_fingerprint", "usage"),
    StreamedCompletion: ("system_fingerprint",),
    ImagesResponse: ("data",),
    Response: ("status",),
}


NULLABLE: Mapping[type[BaseModel], tuple[str, ...]] = {
    Response: (
        *("background", "completed_at", "max_output_tokens", "max_tool_calls"),
        *("previous_response_id", "prompt", "prompt_cache_key", "reasoning", "safety_identifier"),
        *("service_tier", "top_logprobs", "truncation"),
    ),
    Reasoning: ("effort", "summary"),
    FunctionTool: ("description",),
    ChatCompletionChunk: ("usage",),
    StreamedCompletion: ("usage",),
    chat_completion_chunk.Choice: ("logprobs",),
    chat_completion_chunk.ChoiceDelta: ("content", "refusal"),
}
"""Optional fields that may be null too, by OpenAI's document and its package for JavaScript; the
Python types do not say. Every other optional field is there with a value, or absent."""


Tables = Sequence[Mapping[type[BaseModel], tuple[str, ...]]]


def faults(expected: Any, value: object) -> list[str]:
    """Where ``value`` (JSON) is not what the type says, or null where it may only be absent."""
    found = type_faults(expected, value, (REQUIRED, ALWAYS_SENT))
    member = _member(expected, value)
    if found or member is None:
        return found
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    nulls = _nulls(_adapter(member).validate_json(text), ())
    return [f"{_dotted(path)}: must not be null" for path in nulls]


def type_faults(expected: Any, value: object, tables: Tables) -> list[str]:
    """Where ``value`` (JSON) is not what the type says: strictly, so that 1.0 is no integer.

    Keys that the type does not know are allowed, those of the ``tables`` must be there.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    member = _member(expected, value)
    if member is None:
        return ["type: is none that is published"]
    try:
        # Half a surrogate pair, which a piece of a stream may hold, is no matter of shape.
        model = _adapter(member).validate_json(text.encode("utf-8", "replace"), strict=True)
    except ValidationError as error:
        return [f"{_dotted(fault['loc'])}: {fault['msg']}" for fault in error.errors()]
    return [f"{_dotted(path)}: is missing" for path in _missing(model, (), tables)]


@cache
def _adapter(member: type[BaseModel]) -> TypeAdapter[Any]:
    """Making one takes a hundred times as long as using it."""
    return TypeAdapter(member)


def _member(expected: Any, value: object) -> type[BaseModel] | None:
    """Of a union of event types the one whose ``type`` the value has, else the type itself."""
    members = list(_classes(expected))
    if len(members) == 1:
        return members[0]
    kind = value.get("type") if isinstance(value, dict) else None
    for member in members:
        if kind in get_args(member.model_fields["type"].annotation):
            return member
    return None


def _classes(expected: Any) -> Iterator[type[BaseModel]]:
    if isinstance(expected, type) and issubclass(expected, BaseModel):
        yield expected
    for inner in get_args(expected):
        yield from _classes(inner)


def _missing(value: object, path: Path, tables: Tables) -> Iterator[Path]:
    if isinstance(value, BaseModel):
        for table in tables:
            for name in table.get(type(value), ()):
                if name not in value.model_fields_set:
                    yield (*path, name)
        # Not dict(value): a page iterates over its items.
        value = {name: getattr(value, name) for name in value.model_fields_set}
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _missing(item, (*path, name), tables)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _missing(item, (*path, index), tables)


def _nullable(kind: type[BaseModel]) -> tuple[str, ...]:
    """What must be there and has a default all the same is null where there is nothing."""
    return (*NULLABLE.get(kind, ()), *REQUIRED.get(kind, ()))


def _nulls(value: object, path: Path) -> Iterator[Path]:
    """Where an optional field is null that may only be absent."""
    if isinstance(value, BaseModel):
        kind = type(value)
        for name in value.model_fields_set & kind.model_fields.keys():
            item = getattr(value, name)
            if item is not None:
                yield from _nulls(item, (*path, name))
            elif not (kind.model_fields[name].is_required() or name in _nullable(kind)):
                yield (*path, name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nulls(item, (*path, index))


def _dotted(path: Path) -> str:
    return ".".join(map(str, path)) or "the whole"
