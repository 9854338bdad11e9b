"""The shared check of what this Worker sends to OpenAI's clients. Each function raises
``AssertionError`` and says where.

:func:`check_answer` and :func:`check_event` hold JSON against OpenAI's own types and against
what relays written in Go need; :func:`parse_sse` and :func:`check_stream` do so for streams.
"""

import copy
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from core.errors import DISABLING_WORDS

LONGEST_LINE = 60 * 1024
"""One API reads lines of at most 64 KiB and silently ends the stream at a longer one."""

DISABLING_TYPES = {"insufficient_quota", "authentication_error", "permission_error", "forbidden"}
DISABLING_CODES = {"invalid_api_key", "account_deactivated"}

_INTEGERS = re.compile(r"(?!per_m_)(?:.+_)?(?:tokens|index)|created|seek")
"""Names of what is counted. ``per_m_input_tokens`` is a price."""


def check_answer(kind: str, value: object, *, status: int | None = None) -> None:
    """A whole JSON answer of that kind: a row of :data:`ANSWERS`.

    ``status`` is the HTTP status, where known: 401 and ``invalid_api_key`` belong together.
    """
    _check_type("ANSWERS", kind, value)
    check_go_safe(value, status=status)


def check_event(kind: str, value: object) -> None:
    """One event of a stream of that kind, a row of :data:`EVENTS`, or an error."""
    is_error = isinstance(value, dict) and "error" in value
    checked = _as_functions(value) if kind == "chat" and not is_error else value
    _check_type("EVENTS", "error" if is_error else kind, checked)
    check_go_safe(value)


def _as_functions(chunk: Any) -> Any:
    """A chunk with calls of custom tools as those of functions: OpenAI streams both, but the types
    of its package have no such deltas."""
    if '"custom"' not in json.dumps(chunk):
        return chunk
    chunk = copy.deepcopy(chunk)
    for choice in chunk["choices"]:
        for call in choice["delta"].get("tool_calls") or ():
            custom = call.pop("custom", None)
            if custom is not None:
                _require(custom.keys() <= {"name", "input"}, "a custom call has something else")
                call["function"] = {**custom, "arguments": custom["input"]}
                call["function"].pop("input")
                call.update({"type": "function"} if call.get("type") == "custom" else {})
    return chunk


def _check_type(table: str, kind: str, value: object) -> None:
    try:
        from support import openai_types
    except ModuleNotFoundError:
        # Pyodide has no pydantic. The same tests hold the types under CPython.
        if sys.platform == "emscripten":
            return
        raise
    faults = openai_types.faults(getattr(openai_types, table)[kind], value)
    _require(not faults, f"not OpenAI's {kind}: " + "; ".join(faults[:8]))


def _require(condition: object, message: str) -> None:
    if not condition:
        raise AssertionError(message)


# --- What relays need ----------------------------------------------------------------------


def check_go_safe(value: object, *, status: int | None = None) -> None:
    """What One API and New API need beyond the types: they read into Go structs, where 10.0 is
    no integer, and switch a channel off for an error that looks like a lost account."""
    for path, name, number in _named_values(value, "$"):
        if _INTEGERS.fullmatch(name) and not isinstance(number, dict | list | None):
            _require(type(number) is int, f"{path} must be an integer")
    if not isinstance(value, dict):
        return
    for index, choice in enumerate(value.get("choices") or ()):
        message = choice.get("message")
        if message is not None and not (message.get("tool_calls") or message.get("function_call")):
            path = f"choices.{index}.message.content"
            _require(isinstance(message.get("content"), str), f"{path} must be a string")
    if "error" in value and "object" not in value:
        _check_error_shape(value["error"])
    for error in _errors(value):
        _check_not_disabling(error, status)
    for model in value.get("data", ()) if value.get("object") == "list" else [value]:
        if isinstance(model, dict) and model.get("object") == "model":
            _check_model(model)


def _named_values(value: object, path: str) -> Iterator[tuple[str, str, object]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield f"{path}.{name}", name, item
            yield from _named_values(item, f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _named_values(item, f"{path}[{index}]")


def _check_error_shape(error: Any) -> None:
    _require(isinstance(error, dict), "error must be an object")
    for name in ("message", "type"):
        _require(isinstance(error.get(name), str), f"error.{name} must be a string")
        _require(error[name], f"error.{name} must not be empty")
    for name in ("param", "code"):
        _require(name in error, f"error.{name} is missing")
        _require(isinstance(error[name], str | None), f"error.{name} must be a string or null")


def _errors(event: dict[str, Any]) -> list[dict[str, Any]]:
    """The errors that stand in an answer or event, whatever the dialect."""
    response = event.get("response")
    places = [event, response if isinstance(response, dict) else {}]
    found = [place["error"] for place in places if isinstance(place.get("error"), dict)]
    return [*found, event] if event.get("type") == "error" and not found else found


def _check_not_disabling(error: dict[str, Any], status: int | None) -> None:
    wrong_key = error.get("code") == "invalid_api_key"
    if status is not None:
        _require((status == 401) == wrong_key, "401 and invalid_api_key belong together")
    if wrong_key:
        return
    _require(error.get("type") not in DISABLING_TYPES, f"error.type is {error.get('type')}")
    _require(error.get("code") not in DISABLING_CODES, f"error.code is {error.get('code')}")
    text = json.dumps(error, ensure_ascii=False).lower()
    for word in DISABLING_WORDS:
        _require(word not in text, f"the error says {word!r}, which switches a channel off")


def _check_model(model: dict[str, Any]) -> None:
    """What breaks the import of *all* models in New API when it is of another type."""
    for name, kind in {"permission": list, "metadata": dict}.items():
        _require(isinstance(model.get(name), kind | None), f"a model's {name} is no {kind}")
    for name in ("root", "parent"):
        _require(isinstance(model.get(name), str | None), f"a model's {name} is no string")


# --- Streams -------------------------------------------------------------------------------


def parse_sse(data: bytes, *, named: bool = False, longest: int = LONGEST_LINE) -> list[Any]:
    """The JSON events of a whole stream, which must be written so that Go relays can read it.

    ``named`` is for dialects whose events have an ``event:`` line, equal to the ``type`` in
    their JSON, and which need no ``[DONE]``; all others end with it, unless with an error.
    ``longest`` is how long a line may be, in bytes.
    """
    _require(b"\r" not in data, "lines must end with a line feed alone")
    _require(data.endswith(b"\n\n"), "the stream must end with a blank line")
    events: list[Any] = []
    done = failed = False
    for block in data[:-2].split(b"\n\n"):
        lines = block.split(b"\n")
        _require(max(map(len, lines)) < longest, f"a line has {max(map(len, lines))} bytes")
        name, payload = _read_block(lines, named)
        if payload is None:
            continue
        _require(not done, "something comes after [DONE]")
        _require(not failed, "something comes after an error")
        if payload == "[DONE]":
            done = True
            continue
        event = json.loads(payload, parse_constant=_no_constant)
        if named:
            kind = event.get("type") if isinstance(event, dict) else None
            _require(name == kind, f"the event line says {name!r}, the data {kind!r}")
        else:
            failed = isinstance(event, dict) and bool(event.get("error"))
        events.append(event)
    _require(named or done or failed, "[DONE] is missing")
    return events


def _read_block(lines: list[bytes], named: bool) -> tuple[str | None, str | None]:
    """The name and the data between two blank lines; no data where there are only comments."""
    name = payload = None
    for line in lines:
        text = line.decode()
        if text.startswith("data: "):
            _require(payload is None, "two data lines without a blank line between them")
            payload = text.removeprefix("data: ")
        elif text.startswith("event: "):
            _require(named, "an event line in a dialect that has none")
            _require(name is None and payload is None, "an event line must come first and once")
            name = text.removeprefix("event: ")
        else:
            _require(text.startswith(":"), f"a line begins with {text[:8]!r}")
    _require(name is None or payload is not None, "an event line without data")
    return name, payload


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


@dataclass
class _Choice:
    """What came for one choice so far."""

    begun: bool = False
    finish_reason: str | None = None
    call_ids: list[str] = field(default_factory=list)
    function_call: bool = False


def check_stream(kind: str, events: list[Any], *, include_usage: bool = False) -> None:
    """All events of a ``chat`` or ``completion`` stream, as :func:`parse_sse` gives them.

    A stream may end with an error event instead of its last chunks. ``include_usage`` says
    whether the request asked for usage, in the chunk after all choices.
    """
    _require(events, "the stream is empty")
    for event in events:
        check_event(kind, event)
    failed = "error" in events[-1]
    chunks = events[:-1] if failed else events
    _require(not any("error" in chunk for chunk in chunks), "an error is not the last event")
    for name in ("id", "object", "created", "model", "system_fingerprint"):
        _require(len({chunk[name] for chunk in chunks}) < 2, f"{name} is not always the same")
    _check_usage(chunks, include_usage, failed)
    choices: dict[int, _Choice] = {}
    for chunk in chunks:
        for choice in chunk["choices"]:
            state = choices.setdefault(choice["index"], _Choice())
            _require(state.finish_reason is None, "a choice goes on after its finish_reason")
            if kind == "chat":
                _check_delta(choice["delta"], state)
            state.finish_reason = choice["finish_reason"]
            if state.finish_reason == "tool_calls":
                _require(state.call_ids, "finish_reason tool_calls without a tool call")
    if not failed:
        _require(choices, "the stream has no choices")
        _require(sorted(choices) == list(range(len(choices))), "choice indexes have a gap")
        for index, state in choices.items():
            _require(state.finish_reason is not None, f"choice {index} has no finish_reason")


def _check_usage(chunks: list[Any], include_usage: bool, failed: bool) -> None:
    last = chunks[-1:] if include_usage and not failed else []
    for chunk in chunks[: len(chunks) - len(last)]:
        _require(chunk["choices"], "a chunk without choices is not the last one with the usage")
        _require(chunk.get("usage") is None, "usage outside a last chunk that was asked for")
        _require("usage" in chunk or not include_usage, "usage: null is missing")
    for chunk in last:
        _require(chunk["choices"] == [], "the last chunk must have the usage and no choices")
        _require(chunk.get("usage") is not None, "the last chunk has no usage")


def _check_delta(delta: dict[str, Any], state: _Choice) -> None:
    """Clients put strings together or begin anew at every repeated id, name or role, so each
    of these comes once, in the first delta that it belongs to."""
    if not state.begun:
        _require(delta.get("role") == "assistant", "the first delta must have the role")
    else:
        _require(delta.get("role") is None, "the role comes twice")
    state.begun = True
    for call in delta.get("tool_calls") or ():
        custom = call.get("custom")
        function = call.get("function") or {}
        if custom is not None:
            function = {**custom, "arguments": custom.get("input")}
        _require(isinstance(function.get("arguments"), str), "arguments must be a string")
        new = call["index"] == len(state.call_ids)
        _require(new or 0 <= call["index"] < len(state.call_ids), "tool call indexes have a gap")
        if new:
            _require(call.get("id"), "a tool call begins without an id")
            kind = "function" if custom is None else "custom"
            _require(call.get("type") == kind, "a tool call begins without its type")
            _require(function.get("name"), "a tool call begins without its name")
            _require(call["id"] not in state.call_ids, "two tool calls have the same id")
            state.call_ids.append(call["id"])
        else:
            repeated = [call.get("id"), call.get("type"), function.get("name")]
            _require(repeated == [None] * 3, "id, type or name of a tool call comes twice")
    legacy = delta.get("function_call")
    if legacy:
        _require(isinstance(legacy.get("arguments"), str), "arguments must be a string")
        _require(bool(legacy.get("name")) != state.function_call, "a name must come once, first")
        state.function_call = True
