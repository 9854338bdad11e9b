"""Reads calls whose arguments are elements, one for each, mostly without types."""

import re
from collections.abc import Callable, Iterator
from re import Match
from typing import Any

from untrusted.json_text import parse_json, read_json_values
from workers_ai.text.call_formats.declared import Call, DeclaredTools

_skip_space = re.compile(r"\s*").match
_match_parameter = re.compile(r"<parameter=([^<>]+)>").match
_match_key = re.compile(r"<arg_key>([^<]*)</arg_key>\s*<arg_value>").match
_match_named = re.compile(r'<parameter name="([^"<>]+)"(?: string="(true|false)")?\s*>').match
_match_tag = re.compile(r"<([\w-]+)>").match
_match_name = re.compile(r'\s*name="([^"<>]+)"\s*>').match
_dsml = re.compile(r"<(/?)[|｜]{1,2}DSML[|｜]{1,2}\s*").sub


def _elements(
    text: str, match_opening: Callable[[str, int], Match[str] | None], closing: str
) -> Iterator[tuple[Match[str], str]]:
    """Yields the openings and contents of elements that a text consists of. A closing that is not
    followed by another element, or the end, is part of the content. Raises :class:`ValueError`."""
    place = _end_of_space(text, 0)
    while place < len(text):
        opening = match_opening(text, place)
        if opening is None:
            raise ValueError("not an element")
        tag = closing.format(opening[1])
        end = text.find(tag, opening.end())
        while end >= 0:
            place = _end_of_space(text, end + len(tag))
            if place == len(text) or match_opening(text, place):
                break
            end = text.find(tag, end + 1)
        if end < 0:
            raise ValueError("an element that does not end")
        yield opening, text[opening.end() : end]


def _end_of_space(text: str, start: int) -> int:
    space = _skip_space(text, start)
    return space.end() if space else start


def _find(tools: DeclaredTools, name: str) -> str:
    found = tools.find(name)
    if found is None:
        raise ValueError("not declared")
    return found


def _make_call(name: str, arguments: dict[str, Any], tools: DeclaredTools) -> Call:
    """Makes a call. A name alone is one only if the tool needs no arguments."""
    if not arguments and tools.requires_arguments(name):
        raise ValueError("no arguments")
    return Call(name, arguments)


def read_arg_values(text: str, tools: DeclaredTools) -> list[Call]:
    """Reads ``bash<arg_key>command</arg_key><arg_value>ls</arg_value>``."""
    name, opening, rest = text.partition("<arg_key>")
    name = _find(tools, name)
    arguments: dict[str, Any] = {}
    for found, value in _elements(opening + rest, _match_key, "</arg_value>"):
        key = found[1].strip()
        arguments[key] = tools.convert(name, key, value)
    return [_make_call(name, arguments, tools)]


def read_functions(text: str, tools: DeclaredTools) -> list[Call]:
    """Reads ``<function=bash>`` with parameters or JSON inside, one or more. The first may lack
    the beginning of its tag."""
    calls = []
    parts = text.split("<function=")
    for part in parts if parts[0].strip() else parts[1:]:
        name, _, body = part.partition(">")
        name = _find(tools, name)
        body = body.strip().removesuffix("</function>").strip()
        if body[:1] in ("{", "["):
            values = read_json_values(body)
            if len(values) != 1 or not isinstance(values[0], dict):
                raise ValueError("arguments that are no object")
            calls.append(Call(name, values[0]))
            continue
        arguments: dict[str, Any] = {}
        for found, value in _elements(body, _match_parameter, "</parameter>"):
            key = found[1].strip()
            # The template puts every value on lines of its own.
            value = value.removeprefix("\n").removesuffix("\n")
            arguments[key] = tools.convert(name, key, value)
        calls.append(_make_call(name, arguments, tools))
    return calls


def read_invoke(text: str, tools: DeclaredTools) -> list[Call]:
    """Reads ``name="bash">`` and its ``<parameter name="command">ls</parameter>``, with DeepSeek's
    marks in the tags or without, or with elements that are named like the parameters.

    DeepSeek says with ``string="false"`` that a value is JSON.
    """
    text = _dsml(r"<\1", text)
    head = _match_name(text)
    if head is None:
        raise ValueError("no name")
    name, body = _find(tools, head[1]), text[head.end() :]
    arguments: dict[str, Any] = {}
    if "<parameter name=" in body or not body.strip():
        for found, value in _elements(body, _match_named, "</parameter>"):
            if found[2] == "true":
                arguments[found[1]] = value
            elif found[2] == "false":
                arguments[found[1]] = parse_json(value)
            else:
                arguments[found[1]] = tools.convert(name, found[1], value)
    else:
        for found, value in _elements(body, _match_tag, "</{}>"):
            if not tools.has_parameter(name, found[1]):
                raise ValueError("not a parameter")
            arguments[found[1]] = tools.convert(name, found[1], value)
    return [_make_call(name, arguments, tools)]
