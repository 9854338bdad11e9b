"""Reads calls whose arguments are JSON."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from untrusted.json_text import parse_json, read_json_values
from workers_ai.text.call_formats.declared import Call, DeclaredTools

_find_opening = re.compile(r"[\[{]").search
_LONGEST_HEAD = 1_000
"""Characters that may stand before the JSON of a call."""


def read_json_calls(text: str, tools: DeclaredTools) -> list[Call]:
    """Reads ``{"name": …, "arguments" or "parameters": …}``, OpenAI's nested shape, lists of such
    and several in a row. What stands before the first bracket is a name of the format."""
    opening = _find_opening(text)
    assert opening, "every head has a bracket"
    values = read_json_values(text[opening.start() :].rstrip("` \t\r\n"))
    return [_read_call(item) for item in _flatten(values)]


def _flatten(values: list[Any]) -> Iterable[Any]:
    for value in values:
        yield from value if isinstance(value, list) else [value]


def _read_call(item: Any) -> Call:
    if not isinstance(item, dict):
        raise ValueError("not an object")
    function = item.get("function")
    part = function if isinstance(function, dict) else item
    name = part.get("name") or function
    values = [part[key] for key in ("arguments", "parameters", "input") if key in part]
    if not isinstance(name, str) or not values:
        raise ValueError("no name or no arguments")
    return Call(name, _check_arguments(values[0]))


def _check_arguments(arguments: Any) -> dict[str, Any] | str:
    if isinstance(arguments, str):
        return unwrap_arguments(arguments) if arguments.strip() else {}
    if arguments is None or isinstance(arguments, dict):
        return arguments or {}
    raise ValueError("arguments that are no object")


def unwrap_arguments(text: str) -> str:
    """Returns the JSON of arguments that may be JSON inside JSON's strings. Raises
    :class:`ValueError` if they are no object."""
    value = parse_json(text)
    while isinstance(value, str):
        text = value
        value = parse_json(text)
    if not isinstance(value, dict):
        raise ValueError("arguments that are no object")
    return text


def read_named_objects(text: str, tools: DeclaredTools) -> list[Call]:
    """Reads objects whose keys are the names: ``[{"bash": {"command": "ls"}}]``."""
    items = list(_flatten(read_json_values(text)))
    if not all(isinstance(item, dict) for item in items):
        raise ValueError("not an object")
    calls = [(name, arguments) for item in items for name, arguments in item.items()]
    return [Call(name, _check_arguments(arguments)) for name, arguments in calls]


def json_behind_name(pattern: str) -> Callable[[str, DeclaredTools], list[Call]]:
    """Makes a reader for a name and then JSON. ``pattern`` is a regular expression for all that
    stands before the JSON, without white space; its last group that took part is the name."""

    def read(text: str, tools: DeclaredTools) -> list[Call]:
        head, opening, rest = text.partition("{")
        # Compiled by its first use: hardly any isolate meets such a call, and all of them start.
        found = re.fullmatch(pattern, "".join(head[:_LONGEST_HEAD].split()))
        if not (found and found.lastindex and opening) or len(head) > _LONGEST_HEAD:
            raise ValueError("no name")
        arguments = read_json_values(opening + rest.rstrip("` \t\r\n"))
        if len(arguments) != 1 or not isinstance(arguments[0], dict):
            raise ValueError("arguments that are no object")
        name = found[found.lastindex]
        for content_type in ("json", "code"):
            # Written behind the name with a blank, which has gone.
            if tools.find(name) is None:
                name = name.removesuffix(content_type)
        return [Call(name, arguments[0])]

    return read
