"""Records what Python does while one request is answered. counts.mjs runs this inside Pyodide."""

import json
import sys
from types import BuiltinFunctionType, CodeType, FrameType, MethodDescriptorType
from typing import Any

EVENTS = sys.monitoring.events
TOOL = sys.monitoring.PROFILER_ID
BUILTINS = (BuiltinFunctionType, MethodDescriptorType)
"""What ``sys.setprofile`` reports as ``c_call``."""
HERE = sys._getframe().f_code.co_filename


class Recorder:
    """Keeps an event for each call, resumption and crossing between ``start`` and ``stop``.

    By ``sys.monitoring``: ``sys.setprofile`` loses a request whose coroutine goes on in a callback
    from JavaScript, and does not distinguish a coroutine's start from its resumptions.
    """

    def __init__(self) -> None:
        self._events: list[tuple[str, str, list[tuple[str, str, int, int]]]] = []

    def start(self) -> None:
        callbacks = {
            EVENTS.PY_START: self._started,
            EVENTS.PY_RESUME: self._resumed,
            EVENTS.CALL: self._called,
        }
        sys.monitoring.use_tool_id(TOOL, "counts")
        for event, callback in callbacks.items():
            sys.monitoring.register_callback(TOOL, event, callback)
        sys.monitoring.set_events(TOOL, sum(callbacks))

    def stop(self) -> str:
        """Returns the events as JSON: the kind, the name, and the stack from the innermost frame
        out, of which each frame is a function's name, file, first line and current line."""
        sys.monitoring.free_tool_id(TOOL)
        return json.dumps(self._events)

    def crossed(self, kind: str, name: str) -> None:
        """Called by JavaScript for each operation on one of its objects."""
        self._record(kind, name, sys._getframe().f_back)

    def _started(self, code: CodeType, offset: int) -> None:
        self._record("function", code.co_qualname, sys._getframe(1))

    def _resumed(self, code: CodeType, offset: int) -> None:
        self._record("resumption", code.co_qualname, sys._getframe(1))

    def _called(self, code: CodeType, offset: int, function: Any, argument: object) -> None:
        if isinstance(function, BUILTINS):
            self._record("builtin", function.__qualname__, sys._getframe(1))

    def _record(self, kind: str, name: str, frame: FrameType | None) -> None:
        stack = []
        while frame is not None:
            code = frame.f_code
            if code.co_filename == HERE:
                return  # the recorder's own
            stack.append(
                (code.co_qualname, code.co_filename, code.co_firstlineno, frame.f_lineno or 0)
            )
            frame = frame.f_back
        # Without Python on the stack it is JavaScript that looks at one of its proxies.
        if stack:
            self._events.append((kind, name, stack))


Recorder()
