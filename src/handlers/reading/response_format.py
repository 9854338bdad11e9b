"""The JSON that an answer has to be, in every form that clients send."""

from collections.abc import Mapping
from typing import Any

from handlers.reading import fields
from workers_ai.text.generation import Schema


def response_format(value: Mapping[str, Any] | None, param: str) -> tuple[bool, Schema | None]:
    """JSON mode or not, and the schema: in OpenAI's envelope (nested, or flat as the Responses API
    has it), or bare as other servers take it."""
    if value is None:
        return False, None
    kinds = fields.one_of("text", "json_object", "json_schema")
    kind = kinds(value.get("type"), f"{param}.type")
    if kind == "text":
        return False, None
    given, place = value.get("json_schema"), f"{param}.json_schema"
    if given is None and value.get("schema") is not None:
        given, place = value, param
    if given is None and kind == "json_object":
        return True, None
    given = fields.mapping(given, place)
    if given.get("schema") is None:
        bare = given.keys() - {"name", "description", "strict", "schema"}
        return True, Schema(given) if bare else None
    name, description = given.get("name"), given.get("description")
    return True, Schema(
        fields.mapping(given["schema"], f"{place}.schema"),
        name if isinstance(name, str) and name else "answer",
        description if isinstance(description, str) else None,
        given.get("strict") is True,
    )
