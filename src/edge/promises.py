"""Promises, made and combined on JavaScript's side and waited for without asyncio.

A call from Python that returns a promise comes back as an asyncio future, which costs more
crossings and a turn of the event loop for every wait. And a future takes no reason for a rejection
but an Error: with anything else its wait never ends. So the promises' own callbacks carry a
request's coroutine on, and asyncio waits but once a request.

Two tricks keep a promise from becoming a future, since only what a call returns becomes one: calls
are made by ``map``, whose array of promises is no promise, and callbacks are hung on a promise by
``forEach``, which returns nothing.
"""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable, Coroutine, Generator
from types import coroutine
from typing import TYPE_CHECKING, Any

from js import Array, Function, Promise, clearTimeout, setTimeout
from pyodide.ffi import JsException, create_proxy, to_js

from edge.functions import functions

if TYPE_CHECKING:
    from asyncio import Future
    from typing import TypeVar

    from js import PromiseSettledResults

    T = TypeVar("T")


class Rejected(OSError):
    """A promise was rejected: with anything, which is ``reason``."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(getattr(reason, "message", "")))
        self.reason = reason


def start_calls(
    function: Function[Promise[T]], this: object, calls: Array[Any]
) -> Array[Promise[T]]:
    """Calls a function once with each of these arrays of arguments, in a JavaScript array; returns
    the array of its promises.

    ``Reflect.apply``, because a service binding takes ``bind`` itself for a remote method.
    """
    return functions.map(calls, functions.bind_apply(None, function, this))


def start_call(function: Function[Promise[T]], this: object, *args: object) -> Promise[T]:
    """Calls a function; returns its promise as it is."""
    calls = to_js([args]) if args else functions.no_arguments
    return start_calls(function, this, calls)[0]


def chain(promise: Promise[Any], *callbacks: object) -> None:
    """Hangs callbacks on a promise: ``chain(promise, on_value, on_reason)``."""
    try:
        functions.for_each(functions.once, functions.bind_then(promise, *callbacks))
    except JsException:
        # Not the platform's own, but what a service binding returns in its place.
        promise = functions.map(Array.of(promise), functions.resolve)[0]
        functions.for_each(functions.once, functions.bind_then(promise, *callbacks))


def ignore_outcome(promise: Promise[Any]) -> None:
    """Leaves a promise to itself, however it ends."""
    nothing = Function.prototype  # a function that does nothing
    chain(promise, nothing, nothing)


# --- waiting ---------------------------------------------------------------------------------


@coroutine
def value_of(promise: Promise[T]) -> Generator[Promise[T], T, T]:
    """Waits for a promise and returns its value. Raises :class:`Rejected`. Only what :func:`run`
    runs can wait so."""
    return (yield promise)


async def all_settled(promises: Array[Promise[T]]) -> PromiseSettledResults[T]:
    """Waits for all promises of a JavaScript array; returns how each ended, ``{status, value}`` or
    ``{status, reason}``."""
    return await value_of(functions.map(Array.of(promises), functions.all_settled)[0])


async def call_js(function: Function[Promise[T]], this: object, *args: object) -> T:
    """Calls a function and waits for the value of its promise. Raises OSError, with the words of
    the reason, where that is rejected."""
    try:
        promise = start_call(function, this, *args)
    except JsException as error:
        raise OSError(str(error)) from error
    return await value_of(promise)


async def all_settled_within(
    promises: Array[Promise[T]], seconds: float
) -> PromiseSettledResults[T] | None:
    """As :func:`all_settled`; None where that takes longer than so many seconds."""
    late = Promise.withResolvers()
    timer = setTimeout(late.resolve, seconds * 1000)
    ended = start_call(functions.all_settled, None, promises)
    outcomes: PromiseSettledResults[T] | None = await call_js(
        Promise.race, Promise, Array.of(ended, late.promise)
    )
    clearTimeout(timer)
    return outcomes


async def sleep(seconds: float) -> None:
    timeout = Promise.withResolvers()
    setTimeout(timeout.resolve, seconds * 1000)
    await value_of(timeout.promise)


async def run(work: Coroutine[Promise[Any], Any, T]) -> T:
    """Runs a coroutine that waits for nothing but :func:`value_of`; returns what it returns, or
    raises what it raises.

        run            work                    platform
         │── send(None) ─▶│ await value_of(p)
         │◀───── p ───────│
         │── p.then(on_value, on_reason) ─────────▶│
         │  (await result)                         │ … p ends
         │◀──────────────── on_value(value) ───────│
         │── send(value) ▶│ goes on, to the next promise or to its end
         │◀─ StopIteration│
         │  result is set: the one wait by asyncio is over
    """
    functions.prepare()
    try:
        promise = work.send(None)
    except StopIteration as end:
        value: T = end.value
        return value
    result: Future[T] = get_running_loop().create_future()

    def resume(step: Callable[[Any], Promise[Any]], value: Any) -> None:
        is_waiting = False
        try:
            chain(step(value), on_value, on_reason)
            is_waiting = True
        except StopIteration as end:
            result.set_result(end.value)
        except Exception as error:
            result.set_exception(error)
        finally:
            if not is_waiting:
                on_value.destroy()
                on_reason.destroy()
                # What is no Exception goes on from here, such as the runtime's CpuLimitExceeded;
                # the request must not wait for ever.
                if not result.done():
                    result.set_exception(RuntimeError("the request was broken off"))

    on_value = create_proxy(lambda value=None: resume(work.send, value))
    on_reason = create_proxy(lambda reason=None: resume(work.throw, Rejected(reason)))
    chain(promise, on_value, on_reason)
    return await result
