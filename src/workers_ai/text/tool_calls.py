"""Assembles tool calls from the pieces that models send."""

import os
from collections.abc import Iterable

from core.errors import Upstream
from core.limits import TOOL_CALLS
from core.web import dump_json
from untrusted.json_text import Nesting
from workers_ai.text.events import Event, ToolArguments, ToolStart


def new_call_id() -> str:
    return "call_" + os.urandom(12).hex()


def as_json_text(value: object) -> str:
    """Returns arguments and JSON answers as text, whether the model sent text or a value."""
    return value if isinstance(value, str) else dump_json(value).decode()


def as_text(value: object) -> str:
    """Returns a native answer as text: in JSON mode it is a value of any kind."""
    return "" if value is None else as_json_text(value)


def text_or_empty(value: object) -> str:
    return value if isinstance(value, str) else ""


class ToolCalls:
    """Assembles tool calls, however the model splits them.

    A stream names a call by ``index``, by ``id`` or by nothing; repeats id and name, or gives all
    calls the same index; sends argument fragments before the name; and ends with an all-null
    fragment. A whole answer has ``{name, arguments: object}`` or OpenAI's nested shape with either
    kind of arguments.
    """

    def __init__(self) -> None:
        self.count = 0
        self._calls: list[_Call] = []
        self._by_index: dict[str, _Call] = {}
        """By the index as text: a model may choose thousands of numbers with the same hash."""
        self._by_id: dict[str, _Call] = {}
        self._ids: set[str] = set()
        self._empty: list[_Call] = []
        """Calls that have begun without arguments since the last :meth:`close`."""

    def read(self, fragment: object, *, whole: bool) -> Iterable[Event]:
        """Yields the events of a fragment. Raises :class:`Upstream` for too many calls."""
        if not isinstance(fragment, dict):
            return
        function = fragment.get("function")
        part = function if isinstance(function, dict) else fragment
        name = text_or_empty(part.get("name"))
        arguments = part.get("arguments")
        arguments = as_text(part.get("parameters") if arguments is None else arguments)
        call_id = text_or_empty(fragment.get("id"))
        index = _index_as_text(fragment.get("index"))
        call = None if whole else self._find_continued(index, call_id, name)
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
            if not call.pieces:
                self._empty.append(call)
            else:
                yield ToolArguments(call.number, "".join(call.pieces))

    def _find_continued(self, index: str | None, call_id: str, name: str) -> "_Call | None":
        """Finds the call that a stream's fragment continues; None if it begins another."""
        if call_id in self._by_id:
            return self._by_id[call_id]
        if index is not None:
            call = self._by_index.get(index)
        else:
            call = self._calls[-1] if self._calls else None
        if call is None:
            return None
        has_other_id = bool(call_id and call.upstream_id)
        if name and call.name:
            # A repeated name or the next call's? Without id and index only the arguments tell.
            is_anonymous = index is None and not call_id
            begins_another = (
                has_other_id
                or name != call.name
                or (is_anonymous and call.arguments.check_closed())
            )
        else:
            begins_another = has_other_id and index is None
        return None if begins_another else call

    def _start(self, call: "_Call", name: str) -> ToolStart:
        if self.count == TOOL_CALLS:
            raise Upstream(f"The model's answer has more than {TOOL_CALLS} tool calls.")
        call.name, call.number = name, self.count
        self.count += 1
        is_new = call.upstream_id and call.upstream_id not in self._ids
        call_id = call.upstream_id if is_new else new_call_id()
        self._ids.add(call_id)
        return ToolStart(call.number, call_id, name)

    def has_arguments(self, index: object) -> bool:
        call = self._by_index.get(_index_as_text(index) or "")
        return bool(call and call.pieces)

    def close(self) -> Iterable[Event]:
        """Completes calls without arguments: theirs are ``{}``."""
        for call in self._empty:
            if not call.pieces:
                call.pieces.append("{}")
                yield ToolArguments(call.number, "{}")
        self._empty.clear()


def _index_as_text(index: object) -> str | None:
    return hex(index) if isinstance(index, int) else None


class _Call:
    __slots__ = ("arguments", "name", "number", "upstream_id")

    def __init__(self) -> None:
        self.number = 0
        self.name = ""
        self.upstream_id = ""
        self.arguments = Nesting()

    @property
    def pieces(self) -> list[str]:
        return self.arguments.pieces
