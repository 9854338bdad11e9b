"""Implements the core's ports with the platform's bindings: Workers AI, fetch, settings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from js import (
    JSON,
    AbortController,
    Response,
    Uint8Array,
    clearTimeout,
    fetch,
    setTimeout,
)
from pyodide.ffi import to_js
from workers import import_from_javascript

from core import isolate
from core.errors import NotConfigured, truncated
from core.ports import MAX_PARALLEL_CALLS, Call, Ports, Reply
from core.settings import Settings
from core.web import dump_json, no_signal
from edge.database import find_database
from edge.files import find_file_store
from edge.media import add_media, json_inputs
from edge.promises import (
    Rejected,
    all_settled,
    all_settled_within,
    call_js,
    sleep,
    start_calls,
    value_of,
)
from edge.values import (
    BEGINNING,
    PlatformBuffer,
    cancel_body,
    read_array_buffer,
    read_beginning,
    read_body,
    read_buffer,
    read_header,
    to_object,
    to_small_object,
    too_large_error,
)

if TYPE_CHECKING:
    from js import (
        AbortSignal,
        Array,
        ArrayBuffer,
        Promise,
        PromiseSettledResult,
        ReadableStream,
    )
    from pyodide.ffi import JsNull
    from workers import Ai, Env

MODELS_SECONDS = 3.0
"""How long to wait for the live model list before falling back to the built-in one."""

FETCH_SECONDS = 15.0
"""How long a URL of the client's choice may take to its last byte."""

NO_BINDING = 'This Worker has no Workers AI binding; add [ai] binding = "AI".'


class LiveReply:
    """A reply whose body is still arriving.

    Reading a body that breaks off raises ``make_error()``. ``on_released`` is called when the body
    has been read, cancelled or handed on as a stream.
    """

    name = ""

    def __init__(
        self,
        response: Response,
        make_error: Callable[[], Exception] = truncated,
        on_released: Callable[[], object] = lambda: None,
    ) -> None:
        self.status = response.status
        self.response = response
        self._headers = response.headers
        self._make_error = make_error
        self._on_released = on_released

    @property
    def stream(self) -> ReadableStream | None:
        self._on_released()
        return self.response.body or None

    def header(self, name: str) -> str | None:
        return read_header(self._headers, name)

    async def read(self, limit: int | None = None) -> bytes:
        try:
            return await read_body(self.response, limit, self._headers)
        except OSError as error:
            raise self._make_error() from error
        finally:
            self._on_released()

    async def buffer(self) -> PlatformBuffer:
        try:
            return await read_buffer(self.response)
        except OSError as error:
            raise self._make_error() from error
        finally:
            self._on_released()

    async def peek(self) -> bytes:
        body = self.response.body
        if not body:
            return b""
        first, rest = body.tee()
        self.response = Response.new(rest, self.response)
        try:
            return await read_beginning(first)
        except OSError as error:
            raise self._make_error() from error

    async def cancel(self) -> None:
        cancel_body(self.response)
        self._on_released()


class FailedReply:
    """A rejected call, as the error response it stands for. ``name`` is the name of the JavaScript
    error."""

    stream = None

    def __init__(self, reason: Any) -> None:
        self.name = getattr(reason, "name", "")
        aborted = self.name == "AbortError"
        self.status = 499 if aborted else 502
        description = getattr(reason, "message", "")
        self._body = dump_json({"description": description if isinstance(description, str) else ""})

    def header(self, name: str) -> str | None:
        return None

    async def read(self, limit: int | None = None) -> bytes:
        return self._body

    async def buffer(self) -> PlatformBuffer:
        return PlatformBuffer(to_js(self._body))

    async def peek(self) -> bytes:
        return self._body

    async def cancel(self) -> None:
        pass


class BufferedReply:
    """A reply whose body has been read, into an ArrayBuffer."""

    def __init__(self, response: Response, body: ArrayBuffer) -> None:
        self.status = response.status
        self._headers = response.headers
        self._body = body

    @property
    def stream(self) -> ReadableStream | JsNull:
        return Response.new(self._body).body

    def header(self, name: str) -> str | None:
        return read_header(self._headers, name)

    async def read(self, limit: int | None = None) -> bytes:
        if limit is not None and self._body.byteLength > limit:
            raise too_large_error(limit)
        return self._body.to_bytes()

    async def buffer(self) -> PlatformBuffer:
        return PlatformBuffer(Uint8Array.new(self._body))

    async def peek(self) -> bytes:
        return (await self.buffer()).read(0, BEGINNING)

    async def cancel(self) -> None:
        pass


class AI:
    """Implements the port :class:`AI` with ``env.AI``.

    Every call asks for the raw Response. The binding keeps the options of all calls in one object
    and reads them after an await, so calls with different options would get each other's answers.
    """

    def __init__(self, binding: Ai | None) -> None:
        self._binding = binding
        self._accepts_signal = True
        """False once the binding has shown to be a service binding (the mock), through which no
        abort signal can pass."""

    async def run(self, *calls: Call, signal: Callable[[], Any] = no_signal) -> list[Reply]:
        binding = self._binding
        if binding is None:
            raise NotConfigured(NO_BINDING)
        replies: list[Reply] = []
        for at in range(0, len(calls), MAX_PARALLEL_CALLS):
            abort = signal() if self._accepts_signal else None
            batch = await self._run_batch(binding, calls[at : at + MAX_PARALLEL_CALLS], abort)
            # An unread body holds a connection, which the next calls need.
            is_last = at + MAX_PARALLEL_CALLS >= len(calls)
            replies += batch if is_last else [await _buffer_reply(reply) for reply in batch]
        return replies

    async def _run_batch(
        self, binding: Ai, calls: Sequence[Call], signal: AbortSignal | None
    ) -> list[LiveReply | FailedReply]:
        """Runs calls side by side and waits for all of them at once."""
        arguments = await _build_arguments(calls, signal)
        promises = start_calls(binding.run, binding, arguments)
        if len(calls) == 1:
            replies = [await _single_reply(promises[0])]
        else:
            outcomes = await all_settled(promises)
            # By index: iterating takes three crossings a step.
            replies = [_to_reply(outcomes[place]) for place in range(len(calls))]
        if signal is not None and all(reply.name == "DataCloneError" for reply in replies):
            self._accepts_signal = False
            return await self._run_batch(binding, calls, None)
        return replies

    async def models(self) -> list[dict[str, Any]]:
        binding = self._binding
        if binding is None:
            raise NotConfigured(NO_BINDING)
        arguments = to_small_object([[{"per_page": 1000}]])
        promises = start_calls(binding.models, binding, arguments)
        outcomes = await all_settled_within(promises, MODELS_SECONDS)
        if outcomes is None or outcomes[0].status != "fulfilled":
            raise OSError("the model list could not be had")
        models: list[dict[str, Any]] = json.loads(JSON.stringify(outcomes[0].value))
        return models


async def _build_arguments(calls: Sequence[Call], signal: AbortSignal | None) -> Array[Any]:
    """Builds the arrays of arguments of all calls in one crossing, then adds what is not JSON."""
    arguments: Array[Any] = await to_object(
        [[call.model, json_inputs(call.inputs), _call_options(call)] for call in calls]
    )
    for place, call in enumerate(calls):
        if signal is not None:
            arguments[place][2].signal = signal
        await add_media(arguments[place], call.inputs)
    return arguments


def _call_options(call: Call) -> dict[str, Any]:
    extra = {"extraHeaders": dict(call.headers)} if call.headers else {}
    return {"returnRawResponse": True, **extra}


async def _single_reply(promise: Promise[Response]) -> LiveReply | FailedReply:
    """Waits for the reply of one call, without the crossings that an outcome takes."""
    try:
        return LiveReply(await value_of(promise))
    except Rejected as error:
        return FailedReply(error.reason)


def _to_reply(outcome: PromiseSettledResult[Response]) -> LiveReply | FailedReply:
    """Converts an outcome of ``Promise.allSettled``."""
    return (
        LiveReply(outcome.value) if outcome.status == "fulfilled" else FailedReply(outcome.reason)
    )


async def _buffer_reply(reply: LiveReply | FailedReply) -> Reply:
    """Reads a reply's body ahead. If it breaks off, returns the reply as it is, whose ``read()``
    then raises."""
    if not isinstance(reply, LiveReply):
        return reply
    try:
        return BufferedReply(reply.response, await read_array_buffer(reply.response))
    except OSError:
        return reply


async def fetch_url(url: str, headers: Mapping[str, str]) -> Reply:
    """Implements the port :class:`Fetch`. Follows no redirects: the caller has to check each."""
    # Not AbortSignal.timeout: https://github.com/cloudflare/workerd/issues/6624
    controller = AbortController.new()
    timer = setTimeout(controller.abort.bind(controller), FETCH_SECONDS * 1000)
    init = to_small_object({"redirect": "manual", "headers": dict(headers)})
    init.signal = controller.signal
    try:
        response = await call_js(fetch, None, url, init)
    except OSError:
        clearTimeout(timer)
        raise
    return LiveReply(response, lambda: OSError("the body broke off"), lambda: clearTimeout(timer))


_ports: list[Ports] = []
isolate.keeps("the bindings and the settings", _ports.clear)


def load_ports() -> Ports:
    """Returns the ports. The isolate's first request makes them: bindings and settings cannot
    change while an isolate lives. Raises NotConfigured for an unreadable setting."""
    if not _ports:
        # The raw environment: the SDK's wrapper around env.AI differs from version to version and
        # costs twice as much.
        env = import_from_javascript("cloudflare:workers").env
        settings = Settings.load(variable_reader(env))
        ai = AI(getattr(env, "AI", None))
        _ports.append(
            Ports(ai, fetch_url, settings, sleep, find_file_store(env), find_database(env))
        )
    return _ports[0]


def variable_reader(env: Env) -> Callable[[str], str | None]:
    """Returns what reads a variable or secret by name. A JSON variable, an object, is read as its
    text; a missing one is None."""

    def read(name: str) -> str | None:
        value = getattr(env, name, None)
        if value is None or isinstance(value, str):
            return value
        text = JSON.stringify(value)
        return None if text == "null" else text

    return read
