"""What a history holds of tools that run elsewhere: as text, for models that know none of them."""

from collections.abc import Iterator
from typing import Any

_TEXTS = ("tool_name", "title", "url", "filename", "text", "logs", "stdout", "stderr", "error")
_NESTED = ("content", "results", "outputs", "output")


def find_text(value: Any) -> str:
    """Returns the texts in a tool's result, whatever its shape, a line each."""
    return "\n".join(_find_texts(value))


def _find_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _find_texts(item)
    elif isinstance(value, dict):
        for name in _TEXTS:
            if isinstance(value.get(name), str) and value[name]:
                yield value[name]
        for name in _NESTED:
            yield from _find_texts(value.get(name))
