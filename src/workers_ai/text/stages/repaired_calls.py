"""Repairs calls that a model made with parts of its template in their names or arguments."""

from core.web import dump_json
from workers_ai.text.call_formats.declared import DeclaredTools
from workers_ai.text.call_formats.elements import read_arg_values
from workers_ai.text.call_formats.endings import BracketEnd
from workers_ai.text.call_formats.json_calls import unwrap_arguments
from workers_ai.text.call_formats.table import GLANCE, skip_remains
from workers_ai.text.events import Event, Failure, Finish, ToolArguments, ToolStart


class RepairedCalls:
    """Gives calls the names that were declared, and arguments that are one JSON object.

    Names: ``functions.bash`` and ``bash<|channel|>commentary`` are ``bash``. Arguments: what
    follows the object, such as ``</tool_call>``, goes, and JSON inside JSON's strings is taken out
    of them. What cannot be repaired stays as it is.
    """

    def __init__(self, tools: DeclaredTools) -> None:
        self._tools = tools
        self._open: dict[int, _Arguments] = {}
        """Calls that may get more arguments."""

    def feed(self, events: list[Event]) -> list[Event]:
        out: list[Event] = []
        for event in events:
            if isinstance(event, ToolStart):
                out += self._end(only_complete=True)
                out += self._start(event)
                continue
            if isinstance(event, ToolArguments) and event.call in self._open:
                text = self._open[event.call].read(event.text)
                out += [event._replace(text=text)] if text else []
                continue
            if isinstance(event, Finish | Failure):
                out += self._end()
            out.append(event)
        return out

    def _start(self, event: ToolStart) -> list[Event]:
        arguments = self._open[event.call] = _Arguments()
        if "<arg_key>" in event.name:
            # All of a call in GLM's format became its name.
            try:
                (call,) = read_arg_values(event.name.removesuffix("</tool_call>"), self._tools)
            except ValueError:
                pass
            else:
                arguments.replace()
                text = dump_json(call.arguments).decode()
                return [event._replace(name=call.name), ToolArguments(event.call, text)]
        return [event._replace(name=self._tools.find(event.name) or event.name)]

    def _end(self, *, only_complete: bool = False) -> list[Event]:
        """Passes on what was held of the arguments. Without ``only_complete`` of all calls: some
        models send the arguments of several calls by turns."""
        out: list[Event] = []
        for number, arguments in list(self._open.items()):
            if only_complete and not arguments.is_complete:
                continue
            del self._open[number]
            text = arguments.end()
            out += [ToolArguments(number, text)] if text else []
        return out

    def close(self) -> list[Event]:
        return self._end()


class _Arguments:
    """The arguments of one call: passed on as they come, up to the end of their object. What comes
    behind it is held, and so is a text that begins with a quotation mark."""

    def __init__(self) -> None:
        self._ending = BracketEnd("{[", '"', GLANCE)
        self._has_begun = False
        self._is_string = False
        self._is_replaced = False
        self._has_ended = False
        self._held: list[str] = []

    @property
    def is_complete(self) -> bool:
        return self._has_ended or self._is_string or self._is_replaced

    def replace(self) -> None:
        """Ignores all that comes, as the arguments are known already."""
        self._is_replaced = True

    def read(self, text: str) -> str:
        if self._is_replaced:
            return ""
        if not self._has_begun and not text.isspace():
            self._has_begun = True
            self._is_string = text.lstrip().startswith('"')
        if self._is_string or self._has_ended:
            self._held.append(text)
            return ""
        end = self._ending.find(text, 0)
        if end < 0:
            return text
        self._has_ended = True
        self._held.append(text[end:])
        return text[:end]

    def end(self) -> str:
        text = "".join(self._held)
        start = text.rfind('"') + 1 if self._is_string else 0
        remains = skip_remains(text, start)
        if remains is None or remains.end() < len(text):
            return text
        try:
            return unwrap_arguments(text[:start]) if self._is_string else ""
        except ValueError:
            return text
