"""The tools that a request declares: their names as models write them, their parameters' types."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from untrusted.json_text import parse_json
from workers_ai.text.generation import ToolOrigin


class Call(NamedTuple):
    """A call that was read from text. ``arguments`` is an object, or the JSON of one."""

    name: str
    arguments: dict[str, Any] | str


_NAMESPACES = ("", "functions.", "function.", "tools.", "default_api.", "to=functions.")
"""What models write before a name: the namespaces of their templates."""
_strip_number = re.compile(r":\d+$").sub
"""Kimi numbers its calls: ``functions.bash:0``."""


class DeclaredTools:
    """Looks up what models call. ``tools`` are function objects, ``origins`` is
    :attr:`Generation.tool_origins`: a tool in a namespace is also found by its own name."""

    def __init__(
        self,
        tools: Iterable[Mapping[str, Any]],
        origins: Mapping[str, ToolOrigin] | None = None,
    ) -> None:
        self._schemas = {tool["name"]: tool.get("parameters") for tool in tools}
        self._others: dict[str, str] = {}
        for name, origin in (origins or {}).items():
            if origin.namespace:
                self._others.setdefault(origin.name, name)
                self._others[f"{origin.namespace}.{origin.name}"] = name
        # However many tools there are, a name is looked up in few steps.
        self._sorted_names = sorted(self._schemas)
        self._lengths = sorted(set(map(len, self._schemas)))
        self.longest_name = max(self._lengths, default=0)

    def find(self, name: str) -> str | None:
        """Returns the declared name that a model means: without a namespace, a number and what
        leaked into it from the template (``bash<|channel|>commentary``). None if there is none."""
        name = name.strip()
        if name in self._schemas:
            return name
        if name in self._others:
            return self._others[name]
        name = _strip_number("", name.partition("<")[0].rstrip())
        for namespace in _NAMESPACES:
            if name.startswith(namespace) and name[len(namespace) :] in self._schemas:
                return name[len(namespace) :]
        return self._others.get(name)

    def begins_with_name(self, text: str, enders: Sequence[str]) -> bool | None:
        """Whether a text begins with a declared name and one of ``enders``; None if that is
        still open."""
        places = [place for ender in enders if (place := text.find(ender)) > 0]
        if places:
            return self.find(text[: min(places)]) is not None
        for namespace in _NAMESPACES:
            if namespace.startswith(text):
                return None
            if text.startswith(namespace) and self._may_become_name(text[len(namespace) :], enders):
                return None
        return False

    def _may_become_name(self, text: str, enders: Sequence[str]) -> bool:
        place = bisect_left(self._sorted_names, text)
        if self._sorted_names[place : place + 1] and self._sorted_names[place].startswith(text):
            return True
        for length in self._lengths:
            rest = text[length:]
            if not rest:
                return False
            if text[:length] in self._schemas and (
                rest[0] in ":<" or any(ender.startswith(rest) for ender in enders)
            ):
                return True
        return False

    def requires_arguments(self, name: str) -> bool:
        schema = self._schemas[name]
        return isinstance(schema, dict) and bool(schema.get("required"))

    def has_parameter(self, name: str, key: str) -> bool:
        return key in self._properties(name)

    def convert(self, name: str, key: str, text: str) -> Any:
        """Converts a value that a model wrote without quotation marks to the declared type of the
        parameter. It stays text if the type is unknown, or text will do, or it does not fit."""
        root = self._schemas[name]
        types = _types(self._properties(name).get(key), root)
        if "null" in types and text.strip() in ("null", "None"):
            return None
        if not types or "string" in types:
            return text
        try:
            value = parse_json(_LITERALS.get(text.strip(), text.strip()))
        except ValueError:
            return text
        return value if _type_of(value) & types else text

    def _properties(self, name: str) -> dict[str, Any]:
        schema = self._schemas[name]
        properties = schema.get("properties") if isinstance(schema, dict) else None
        return properties if isinstance(properties, dict) else {}


_LITERALS = {"True": "true", "False": "false", "None": "null"}
_REFERENCES = 8
"""References that are followed one after the other, and levels of alternatives."""


def _types(schema: Any, root: Any, depth: int = 0) -> frozenset[str]:
    """The types that a schema names; none if it does not say."""
    if not isinstance(schema, dict) or depth > _REFERENCES:
        return frozenset()
    kind = schema.get("type")
    if isinstance(kind, str):
        return frozenset({kind})
    if isinstance(kind, list):
        return frozenset(each for each in kind if isinstance(each, str))
    reference = schema.get("$ref")
    if isinstance(reference, str):
        return _types(_resolve(reference, root), root, depth + 1)
    for key in ("anyOf", "oneOf", "allOf"):
        if isinstance(schema.get(key), list):
            choices = schema[key][:_REFERENCES]
            return frozenset().union(*(_types(choice, root, depth + 1) for choice in choices))
    values = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    if isinstance(values, list):
        return frozenset().union(*map(_type_of, values))
    return frozenset()


def _resolve(reference: str, root: Any) -> Any:
    """Finds a definition, ``#/$defs/Name``."""
    for part in reference.removeprefix("#/").split("/"):
        root = root.get(part) if isinstance(root, dict) else None
    return root


def _type_of(value: Any) -> frozenset[str]:
    if value is None:
        return frozenset({"null"})
    if isinstance(value, bool):
        return frozenset({"boolean"})
    if isinstance(value, int):
        return frozenset({"integer", "number"})
    if isinstance(value, float):
        return frozenset({"integer", "number"} if value.is_integer() else {"number"})
    if isinstance(value, str):
        return frozenset({"string"})
    return frozenset({"array" if isinstance(value, list) else "object"})
