"""Tool calls put together from the pieces that models give."""

import os
from collections.abc import Iterable

from core.web import dump_json
from untrusted.json_text import parse_json
from workers_ai.text.events import Event, ToolArguments, ToolStart


def new_call_id() -> str:
    return "call_" + os.urandom(12).hex()


def json_text(value: object) -> str:
    """Arguments and JSON answers as text, whether the model gave text or a value."""
    return value if isinstance(value, str) else dump_json(value).decode()


def value_text(value: object) -> str:
    """A native answer as text: JSON mode answers values of any kind, and numbers come as such."""
    return "" if value is None else json_text(value)


def text_or_empty(value: object) -> str:
    return value if isinstance(value, str) else ""


class ToolCalls:
    """Puts tool calls together, however the model splits them.

    A stream names a call by ``index``, by ``id`` or by nothing; repeats id and name, or gives all
    calls the same index; sends argument fragments before the name; and ends with an all-null
    fragment. A whole answer has ``{name, arguments: object}`` or OpenAI's nested shape with either
    kind of arguments.
    """

    def __init__(self) -> None:
        self.count = 0
        self._calls: list[_Call] = []
        self._by_index: dict[int, _Call] = {}
        self._by_id: dict[str, _Call] = {}
        self._ids: set[str] = set()

    def read(self, fragment: object, *, whole: bool) -> Iterable[Event]:
        if not isinstance(fragment, dict):
            return
        function = fragment.get("function")
        part = function if isinstance(function, dict) else fragment
        name = text_or_empty(part.get("name"))
        given = part["arguments"] if part.get("arguments") is not None else part.get("parameters")
        arguments = value_text(given)
        call_id = text_or_empty(fragment.get("id"))
        place = fragment.get("index")
        index = place if isinstance(place, int) else None
        call = None if whole else self._continued(index, call_id, name)
        if call is None:
            call = _Call()
            self._calls.append(call)
        if index is not None:
            self._by_index[index] = call
        if call_id:
            self._by_id[call_id] = call
            call.upstream_id = call.upstream_id or call_id
        if arguments:
            call.pieces.append(arguments)
        if call.name:
            if arguments:
                yield ToolArguments(call.number, arguments)
        elif name:
            yield self._start(call, name)
            if call.pieces:
                yield ToolArguments(call.number, "".join(call.pieces))

    def _continued(self, index: int | None, call_id: str, name: str) -> "_Call | None":
        """The call that a stream's fragment goes on with, or None if it begins another."""
        if call_id in self._by_id:
            return self._by_id[call_id]
        if index is not None:
            call = self._by_index.get(index)
        else:
            call = self._calls[-1] if self._calls else None
        if call is None:
            return None
        other_id = bool(call_id and call.upstream_id)
        if name and call.name:
            # Said once more, or of the next call? Without id and index only the arguments tell.
            anonymous = index is None and not call_id
            another = other_id or name != call.name or (anonymous and call.complete)
        else:
            another = other_id and index is None
        return None if another else call

    def _start(self, call: "_Call", name: str) -> ToolStart:
        call.name, call.number = name, self.count
        self.count += 1
        fresh = call.upstream_id and call.upstream_id not in self._ids
        call_id = call.upstream_id if fresh else new_call_id()
        self._ids.add(call_id)
        return ToolStart(call.number, call_id, name)

    def has_arguments(self, index: object) -> bool:
        return isinstance(index, int) and bool(
            index in self._by_index and self._by_index[index].pieces
        )

    def close(self) -> Iterable[Event]:
        """A call without arguments still has the arguments ``{}``."""
        for call in self._calls:
            if call.name and not call.pieces:
                call.pieces.append("{}")
                yield ToolArguments(call.number, "{}")


class _Call:
    __slots__ = ("name", "number", "pieces", "upstream_id")

    def __init__(self) -> None:
        self.number = 0
        self.name = ""
        self.upstream_id = ""
        self.pieces: list[str] = []

    @property
    def complete(self) -> bool:
        try:
            parse_json("".join(self.pieces))
        except ValueError:
            return False
        return True
