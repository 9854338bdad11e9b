"""Tools whose input is a text, which OpenAI calls custom: for a model a function of one string."""

from collections.abc import Mapping
from typing import Any

from core.web import dump_json
from handlers.reading import fields
from untrusted.json_text import parse_json

INPUT = "input"


def build_parameters(format: Any, param: str) -> tuple[dict[str, Any], str]:
    """Returns a custom tool's parameters as JSON schema, and what its description has to add. A
    grammar (``{type, syntax, definition}``, or the last two in ``grammar``) is told in words: no
    model here is held to one."""
    schema = {"type": "string", "description": "The whole input of the tool, as plain text."}
    parameters = {"type": "object", "properties": {INPUT: schema}, "required": [INPUT]}
    if format is None:
        return parameters, ""
    format = fields.mapping(format, param)
    grammar = fields.mapping(format.get("grammar", format), f"{param}.grammar")
    definition = grammar.get("definition")
    if not isinstance(definition, str):
        return parameters, ""
    syntax = grammar.get("syntax")
    name = f"{syntax} grammar" if isinstance(syntax, str) else "grammar"
    return parameters, f"\n\nThe input must follow this {name}:\n{definition}"


def write_arguments(input: str) -> str:
    """Writes an input as the arguments of the function."""
    return dump_json({INPUT: input}).decode()


def read_input(arguments: str) -> str:
    """Returns the input in a model's arguments: the string that they consist of, else all that the
    model has written."""
    try:
        value = parse_json(arguments)
    except ValueError:
        return arguments
    if isinstance(value, Mapping):
        texts = [text for text in value.values() if isinstance(text, str)]
        value = value[INPUT] if isinstance(value.get(INPUT), str) else "".join(texts[:1]) or None
    return value if isinstance(value, str) else arguments
