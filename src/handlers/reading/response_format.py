"""Reads the format that an answer must have, in every form that clients send."""

from collections.abc import Mapping
from typing import Any

from handlers.reading import fields
from workers_ai.text.generation import Schema


def read_response_format(value: Mapping[str, Any] | None, param: str) -> tuple[bool, Schema | None]:
    """Returns whether the answer must be JSON, and its schema. That may be in OpenAI's envelope
    (nested, or flat as in the Responses API), or bare as other servers accept it."""
    if value is None:
        return False, None
    kinds = fields.one_of("text", "json_object", "json_schema")
    kind = kinds(value.get("type"), f"{param}.type")
    if kind == "text":
        return False, None
    envelope, place = value.get("json_schema"), f"{param}.json_schema"
    if envelope is None and value.get("schema") is not None:
        envelope, place = value, param
    if envelope is None and kind == "json_object":
        return True, None
    envelope = fields.mapping(envelope, place)
    if envelope.get("schema") is None:
        is_bare = envelope.keys() - {"name", "description", "strict", "schema"}
        return True, Schema(envelope) if is_bare else None
    name, description = envelope.get("name"), envelope.get("description")
    return True, Schema(
        fields.mapping(envelope["schema"], f"{place}.schema"),
        name if isinstance(name, str) and name else "answer",
        description if isinstance(description, str) else None,
        envelope.get("strict") is True,
    )
