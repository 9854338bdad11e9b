"""Anthropic's types as the ``anthropic`` package has them, and what they leave open.

As with OpenAI's, the package makes a key optional that the API has required but nullable.
:data:`REQUIRED` puts these keys back; it was read off the TypeScript types of the npm package
``@anthropic-ai/sdk`` 1.12.0, where such a key is ``stop_sequence: string | null``.
"""

from collections.abc import Mapping
from typing import Any, Literal

from anthropic.pagination import SyncPage
from anthropic.types import (
    Message,
    MessageDeltaUsage,
    MessageTokensCount,
    ModelInfo,
    RawMessageStreamEvent,
    TextBlock,
    ToolUseBlock,
    Usage,
    raw_message_delta_event,
)
from anthropic.types.shared import ErrorResponse
from pydantic import BaseModel

from support import openai_types


class Ping(BaseModel):
    type: Literal["ping"]


ANSWERS: Mapping[str, Any] = {
    "count": MessageTokensCount,
    "error": ErrorResponse,
    "message": Message,
    "model": ModelInfo,
    "models": SyncPage[ModelInfo],
}

EVENT = RawMessageStreamEvent | Ping | ErrorResponse

REQUIRED: Mapping[type[BaseModel], tuple[str, ...]] = {
    ErrorResponse: ("request_id",),
    Message: ("container", "diagnostics", "stop_details", "stop_reason", "stop_sequence"),
    MessageDeltaUsage: (
        "cache_creation_input_tokens",
        "cache_read_input_tokens",
        "input_tokens",
        "output_tokens_details",
        "server_tool_use",
    ),
    ModelInfo: (
        "capabilities",
        "deprecated_at",
        "line",
        "max_input_tokens",
        "max_tokens",
        "retires_at",
    ),
    SyncPage[ModelInfo]: ("first_id", "has_more", "last_id"),
    TextBlock: ("citations",),
    ToolUseBlock: ("caller",),
    Usage: (
        "cache_creation",
        "cache_creation_input_tokens",
        "cache_read_input_tokens",
        "inference_geo",
        "output_tokens_details",
        "server_tool_use",
        "service_tier",
        "speed",
    ),
    raw_message_delta_event.Delta: ("container", "stop_details", "stop_reason", "stop_sequence"),
}


def faults(expected: Any, value: object) -> list[str]:
    """Where ``value`` (JSON) is not what the type says."""
    return openai_types.type_faults(expected, value, [REQUIRED])
