"""The ports of the core over the platform's bindings."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from js import JSON, Promise, fetch, setTimeout
from pyodide.ffi import JsException, create_once_callable, to_js

from edge.files import files
from edge.media import js_inputs
from edge.values import header_of, promise_of, read_body, small_object
from errors import NotConfigured
from ports import Call, Ports, Reply
from settings import Settings
from web import dump_json

AT_ONCE = 6
"""Connections of one request that may wait for headers; the platform makes the seventh wait."""


class Answered:
    """A JavaScript Response as :class:`ports.Reply`."""

    name = ""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status
        self._response = response

    @property
    def stream(self) -> Any:
        return self._response.body

    def header(self, name: str) -> str | None:
        return header_of(self._response.headers, name)

    async def read(self, limit: int | None = None) -> bytes:
        return await read_body(self._response, self._response.headers, limit)

    async def cancel(self) -> None:
        if self._response.body:
            await self._response.body.cancel()


class Rejected:
    """A call that was rejected, as the error answer it would have been. ``name`` is the error's."""

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

    async def cancel(self) -> None:
        pass


class AI:
    """``env.AI``. Every call asks for the raw Response: the binding keeps its options in one
    object and reads them after an await, so calls with and without would mix up their answers."""

    takes_signal = True
    """Cleared for the isolate when the binding is a service binding (the mock), whose calls
    cannot carry an abort signal."""

    def __init__(self, binding: Any) -> None:
        self._binding = binding

    async def run(self, *calls: Call, signal: Any = None) -> list[Reply]:
        if not self._binding:
            raise NotConfigured('This Worker has no Workers AI binding; add [ai] binding = "AI".')
        replies: list[Reply] = []
        for at in range(0, len(calls), AT_ONCE):
            replies += await self._settle(calls[at : at + AT_ONCE], signal)
        return replies

    async def _settle(self, calls: Sequence[Call], signal: Any) -> list[Answered | Rejected]:
        """Waits once for all of them: each await costs a turn of the event loop."""
        signal = signal if AI.takes_signal else None
        arguments = [await _arguments(call, signal) for call in calls]
        replies: list[Answered | Rejected]
        if len(calls) == 1:
            try:
                replies = [Answered(await self._binding.run(*arguments[0]))]
            except JsException as error:
                replies = [Rejected(error)]
        else:
            run, binding = self._binding.run, self._binding
            promises = [promise_of(run, binding, *each) for each in arguments]
            replies = [_reply(result) for result in await Promise.allSettled(to_js(promises))]
        if signal and any(reply.name == "DataCloneError" for reply in replies):
            AI.takes_signal = False
            return await self._settle(calls, None)
        return replies

    async def models(self) -> list[dict[str, Any]]:
        listed = await self._binding.models(small_object({"per_page": 1000}))
        models: list[dict[str, Any]] = listed.to_py()
        return models


async def _arguments(call: Call, signal: Any) -> tuple[str, Any, Any]:
    options = JSON.parse('{"returnRawResponse":true}')
    if call.headers:
        options.extraHeaders = small_object(call.headers)
    if signal:
        options.signal = signal
    return call.model, await js_inputs(call.inputs), options


def _reply(result: Any) -> Answered | Rejected:
    """An outcome of ``Promise.allSettled``."""
    return Answered(result.value) if result.status == "fulfilled" else Rejected(result.reason)


async def get(url: str, headers: Mapping[str, str]) -> Reply:
    """:class:`ports.Fetch`: no redirects are followed, so that each can be checked."""
    init = small_object({"redirect": "manual", "headers": dict(headers)})
    try:
        return Answered(await fetch(url, init))
    except JsException as error:
        raise OSError("the fetch failed") from error


async def sleep(seconds: float) -> None:
    await Promise.new(create_once_callable(lambda resolve, _: setTimeout(resolve, seconds * 1000)))


def ports(env: Any) -> Ports:
    """The ports over the bindings in ``env``. Raises NotConfigured for an unreadable setting."""
    return Ports(
        AI(getattr(env, "AI", None)), get, Settings.load(variable_of(env)), sleep, files(env)
    )


def variable_of(env: Any) -> Callable[[str], str | None]:
    """Reads variables and secrets; JSON variables, which are objects, as their text."""

    def read(name: str) -> str | None:
        value = getattr(env, name, None)
        if value is None or isinstance(value, str):
            return value
        return dump_json(value.to_py()).decode() if hasattr(value, "to_py") else str(value)

    return read
