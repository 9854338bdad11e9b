"""Implements the core's ports with the platform's bindings: Workers AI, fetch, settings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from js import JSON, AbortController, Array, Blob, Function, Response, fetch
from pyodide.ffi import JsNull, to_js
from workers import import_from_javascript

from core import isolate
from core.errors import APIError, NotConfigured, answer_too_large, timed_out, truncated
from core.ports import MAX_PARALLEL_CALLS, SMALL_BYTES, Call, Ports, Reply
from core.settings import Settings
from core.web import dump_json
from edge.database import find_database
from edge.files import find_file_store
from edge.functions import functions
from edge.media import add_media, json_inputs
from edge.promises import (
    Rejected,
    TimedOut,
    all_settled,
    call_js,
    outcomes_so_far,
    run_in_background,
    sleep,
    start_calls,
    value_of,
)
from edge.values import (
    BodyReader,
    PlatformBuffer,
    cancel_body,
    cancel_on_arrival,
    read_array_buffer,
    read_beginning,
    read_header,
    to_object,
    to_small_object,
)
from edge.vectors import read_vectors

if TYPE_CHECKING:
    from js import Promise, PromiseSettledResults, ReadableStream, Uint8Array
    from workers import Ai, Env

MODELS_SECONDS = 3.0
"""How long to wait for the live model list before falling back to the built-in one."""

MODEL_LIST_BYTES = 4 * 1024 * 1024
"""Of the live model list, which is about 200 KB; a longer one is ignored."""

READ_AHEAD_BYTES = 64 * 1024 * 1024
"""Of all answers of a request that are kept on the platform's side while further calls run."""

NO_BINDING = 'This Worker has no Workers AI binding; add [ai] binding = "AI".'


class LiveReply:
    """A reply whose body is still arriving.

    It must be there at ``deadline``, on the clock ``monotonic``. Reading a body that breaks off
    raises ``make_error()``, one that is late :func:`timed_out`.
    """

    def __init__(
        self,
        response: Response,
        deadline: float,
        make_error: Callable[[], Exception] = truncated,
    ) -> None:
        self.status = response.status
        self._response = response
        self._headers = response.headers
        self._content_type: str | None = None
        self._deadline = deadline
        self._make_error = make_error
        self._reader: BodyReader | None = None
        self._small_body: bytes | None = None
        self._failure: Exception | None = None

    @property
    def stream(self) -> ReadableStream | None:
        if self._failure is not None:
            raise self._failure
        body = self._response.body if self._reader is None else self._reader.stream()
        return None if isinstance(body, JsNull) else body

    def header(self, name: str) -> str | None:
        if name != "content-type":
            return read_header(self._headers, name)
        if self._content_type is None:  # asked for more than once
            self._content_type = read_header(self._headers, name) or ""
        return self._content_type or None

    async def read_small(self) -> bytes | None:
        if self._small_body is None:
            reader = await self._read_on(SMALL_BYTES)
            if reader.is_over and self._failure is None:
                self._small_body = (await reader.join()).to_bytes()
        return self._small_body

    async def read(self, limit: int) -> bytes:
        if self._small_body is not None and len(self._small_body) <= limit:
            return self._small_body
        return (await self._read_whole(limit)).to_bytes()

    async def buffer(self, limit: int) -> PlatformBuffer:
        return PlatformBuffer(await self._read_whole(limit))

    async def hold(self, limit: int) -> int:
        """Reads the body ahead and returns its size. If it breaks off, is late, or longer than
        ``limit`` bytes, the other methods raise that."""
        reader = await self._read_on(limit)
        if self._failure is None and reader.size > limit:
            reader.cancel()
            self._failure = answer_too_large()
        return reader.size

    async def _read_whole(self, limit: int) -> Uint8Array:
        await self.hold(limit)
        if self._failure is not None or self._reader is None:
            raise self._failure or truncated()
        return await self._reader.join()

    async def _read_on(self, limit: int) -> BodyReader:
        reader = self._reader
        if reader is None:
            reader = self._reader = BodyReader(self._response, self._deadline)
        try:
            if self._failure is None:
                await reader.read_on(limit)
        except TimedOut:
            self._failure = timed_out()
        except OSError:
            self._failure = self._make_error()
        return reader

    async def peek(self) -> bytes:
        body = self._response.body
        if not body:
            return b""
        first, rest = body.tee()
        self._response = Response.new(rest, self._response)
        try:
            return await read_beginning(first, self._deadline - monotonic())
        except OSError as error:
            cancel_body(self._response)
            raise (timed_out() if isinstance(error, TimedOut) else self._make_error()) from error

    async def cancel(self) -> None:
        if self._reader is None:
            cancel_body(self._response)
        else:
            self._reader.cancel()


class FailedReply:
    """A call that got no answer, as the error response that it stands for. ``name`` is that of the
    JavaScript error."""

    stream = None

    def __init__(self, status: int, name: str = "", description: object = "") -> None:
        self.status = status
        self.name = name
        self._body = dump_json({"description": description if isinstance(description, str) else ""})

    def header(self, name: str) -> str | None:
        return None

    async def read_small(self) -> bytes | None:
        return self._body

    async def read(self, limit: int) -> bytes:
        return self._body

    async def buffer(self, limit: int) -> PlatformBuffer:
        return PlatformBuffer(to_js(self._body))

    async def peek(self) -> bytes:
        return self._body

    async def cancel(self) -> None:
        pass


class AI:
    """Implements the port :class:`AI` with ``env.AI``.

    Every call asks for the raw Response. The binding keeps the options of all calls in one object
    and reads them after an await, so calls with different options would get each other's answers.

    ``seconds``: how long a reply may take, and again its body.
    """

    def __init__(self, binding: Ai | None, seconds: float) -> None:
        self._binding = binding
        self._seconds = seconds
        self._accepts_signal = True
        """False once the binding has shown to be a service binding (the mock), through which no
        abort signal can pass."""

    async def run(self, *calls: Call) -> Sequence[Reply | APIError]:
        binding = self._binding
        if binding is None:
            raise NotConfigured(NO_BINDING)
        replies: list[LiveReply | FailedReply | APIError] = []
        remaining = READ_AHEAD_BYTES
        for at in range(0, len(calls), MAX_PARALLEL_CALLS):
            batch = await self._run_batch(binding, calls[at : at + MAX_PARALLEL_CALLS])
            replies += batch
            # An unread body holds a connection, which the next calls need.
            for reply in batch if at + MAX_PARALLEL_CALLS < len(calls) else ():
                if isinstance(reply, LiveReply):
                    remaining -= await reply.hold(max(0, remaining))
        return replies

    async def _run_batch(
        self, binding: Ai, calls: Sequence[Call]
    ) -> list[LiveReply | FailedReply | APIError]:
        """Runs calls side by side and waits for all of them at once."""
        aborts = [AbortController.new() for _ in calls] if self._accepts_signal else []
        arguments = await _build_arguments(calls, aborts)
        promises = start_calls(binding.run, binding, arguments)
        try:
            replies = await _wait_for_replies(promises, len(calls), self._seconds)
        except GeneratorExit:  # their client has gone away
            for place in range(len(calls)):
                _give_up(promises[place], aborts[place : place + 1])
            raise
        for place, reply in enumerate(replies):
            if isinstance(reply, APIError):
                _give_up(promises[place], aborts[place : place + 1])
        if aborts and all(map(_is_clone_error, replies)):
            self._accepts_signal = False
            return await self._run_batch(binding, calls)
        return replies

    async def models(self) -> list[dict[str, Any]]:
        binding = self._binding
        if binding is None:
            raise NotConfigured(NO_BINDING)
        models = await call_js(
            binding.models, binding, to_small_object({"per_page": 1000}), seconds=MODELS_SECONDS
        )
        # As a Blob, because what comes from a call is a Python string, however long it is.
        text = Blob.new(functions.map(Array.of(models), JSON.stringify))
        if text.size > MODEL_LIST_BYTES:
            raise OSError("the model list is too long")
        rows: list[dict[str, Any]] = json.loads((await read_array_buffer(text)).to_bytes())
        return rows


async def _build_arguments(calls: Sequence[Call], aborts: Sequence[AbortController]) -> Array[Any]:
    """Builds the arrays of arguments of all calls in one crossing, then adds what is not JSON."""
    arguments: Array[Any] = await to_object(
        [[call.model, json_inputs(call.inputs), _call_options(call)] for call in calls]
    )
    for place, controller in enumerate(aborts):
        arguments[place][2].signal = controller.signal
    for place, call in enumerate(calls):
        await add_media(arguments, place, call.inputs)
    return arguments


def _call_options(call: Call) -> dict[str, Any]:
    extra = {"extraHeaders": dict(call.headers)} if call.headers else {}
    return {"returnRawResponse": True, **extra}


async def _wait_for_replies(
    promises: Array[Promise[Any]], count: int, seconds: float
) -> list[LiveReply | FailedReply | APIError]:
    """Waits that long for all replies. Returns errors for those that are late."""
    try:
        if count == 1:  # without the crossings that an outcome takes
            return [LiveReply(await value_of(promises[0], seconds), monotonic() + seconds)]
        outcomes: PromiseSettledResults[Response | None] = await all_settled(promises, seconds)
    except Rejected as error:
        return [_rejected(error.reason)]
    except TimedOut:
        outcomes = await outcomes_so_far(promises, count)
    deadline = monotonic() + seconds
    replies: list[LiveReply | FailedReply | APIError] = []
    for place in range(count):  # iterating would take three crossings a step
        outcome = outcomes[place]
        if outcome.status != "fulfilled":
            replies.append(_rejected(outcome.reason))
        else:
            response = outcome.value
            replies.append(timed_out() if response is None else LiveReply(response, deadline))
    return replies


def _is_clone_error(reply: LiveReply | FailedReply | APIError) -> bool:
    return isinstance(reply, FailedReply) and reply.name == "DataCloneError"


def _rejected(reason: Any) -> FailedReply:
    name = getattr(reason, "name", "")
    return FailedReply(499 if name == "AbortError" else 502, name, getattr(reason, "message", ""))


def _give_up(call: Promise[Response], aborts: Sequence[AbortController]) -> None:
    """Aborts a call, and cancels its reply if it comes after all."""
    for controller in aborts:
        controller.abort()
    cancel_on_arrival(call)


async def fetch_urls(
    urls: Sequence[str], headers: Mapping[str, str], seconds: float
) -> list[Reply | OSError]:
    """Implements the port :class:`Fetch`. Follows no redirects: the caller has to check each."""
    # Not AbortSignal.timeout: https://github.com/cloudflare/workerd/issues/6624
    controller = AbortController.new()
    init = to_small_object({"redirect": "manual", "headers": dict(headers)})
    init.signal = controller.signal
    deadline = monotonic() + seconds
    promises = start_calls(fetch, None, Array.of(*[Array.of(url, init) for url in urls]))
    try:
        outcomes = await all_settled(promises, seconds)
    except (TimedOut, GeneratorExit):
        for place in range(len(urls)):
            _give_up(promises[place], [controller])
        raise
    replies: list[Reply | OSError] = []
    for place in range(len(urls)):
        outcome = outcomes[place]
        if outcome.status == "fulfilled":
            replies.append(LiveReply(outcome.value, deadline, _broken_off))
        else:
            replies.append(Rejected(outcome.reason))
    return replies


def _broken_off() -> OSError:
    return OSError("the body broke off")


_ports: list[Ports] = []
isolate.keeps("the bindings and the settings", _ports.clear)


def load_ports() -> Ports:
    """Returns the ports. The isolate's first request makes them: bindings and settings cannot
    change while an isolate lives. Raises NotConfigured for an unreadable setting."""
    if not _ports:
        # The raw environment: the SDK's wrapper around env.AI differs from version to version and
        # costs twice as much.
        platform = import_from_javascript("cloudflare:workers")
        env = platform.env
        settings = Settings.load(variable_reader(env))
        ai = AI(getattr(env, "AI", None), settings.model_timeout)
        _ports.append(
            Ports(
                ai,
                fetch_urls,
                settings,
                sleep,
                partial(run_in_background, getattr(platform, "waitUntil", Function.prototype)),
                read_vectors,
                find_file_store(env),
                find_database(env),
            )
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
