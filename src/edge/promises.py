"""Waits for JavaScript promises without asyncio.

When Python calls a function that returns a promise, Pyodide turns the promise into an asyncio
future. A future takes more crossings, and a turn of the event loop for every wait. It also never
ends if the promise is rejected with anything but an Error. So promises are made and combined on
JavaScript's side, their own callbacks resume a request's coroutine, and asyncio waits only once per
request.

Only the result of a call becomes a future, so arrays make the calls: ``map`` returns an array with
the promise in it, and ``forEach`` returns nothing. Both pass arguments of their own to the function
(index and array), which come last.
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
    """Reports the rejection of a promise. ``reason`` is what it was rejected with: anything."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(getattr(reason, "message", "")))
        self.reason = reason


def start_calls(
    function: Function[Promise[T]], this: object, calls: Array[Any]
) -> Array[Promise[T]]:
    """Calls a function once for each array of arguments in ``calls``. Returns an array of the
    promises.

    Uses ``Reflect.apply``: a service binding takes ``bind`` for the name of a remote method.
    """
    return functions.map(calls, functions.bind_apply(None, function, this))


def start_call(function: Function[Promise[T]], this: object, *args: object) -> Promise[T]:
    """Calls a function with these arguments. Returns its promise."""
    calls = to_js([args]) if args else functions.no_arguments
    return start_calls(function, this, calls)[0]


def _start_with(function: Function[Promise[T]], argument: object) -> Promise[T]:
    """Calls a function that needs no ``this``. Returns its promise."""
    promise: Promise[T] = functions.map(Array.of(argument), function)[0]
    return promise


def chain(promise: Promise[Any], *callbacks: object) -> None:
    """Registers a promise's callbacks: ``chain(promise, on_value, on_reason)``."""
    try:
        functions.for_each(functions.once, functions.bind_then(promise, *callbacks))
    except JsException:
        # Not a promise of the platform, but what a service binding returns in its place.
        promise = _start_with(functions.resolve, promise)
        functions.for_each(functions.once, functions.bind_then(promise, *callbacks))


def ignore_outcome(promise: Promise[Any]) -> None:
    """Leaves a promise to end by itself; a rejection is not reported as unhandled."""
    do_nothing = Function.prototype
    chain(promise, do_nothing, do_nothing)


# --- waiting ---------------------------------------------------------------------------------


@coroutine
def value_of(promise: Promise[T]) -> Generator[Promise[T], T, T]:
    """Waits for a promise and returns its value. Raises :class:`Rejected`. Only works in a
    coroutine that :func:`run` runs."""
    return (yield promise)


async def all_settled(promises: Array[Promise[T]]) -> PromiseSettledResults[T]:
    """Waits for all promises of a JavaScript array. Returns how each ended: ``{status, value}`` or
    ``{status, reason}``."""
    return await value_of(_start_with(functions.all_settled, promises))


async def call_js(function: Function[Promise[T]], this: object, *args: object) -> T:
    """Calls a function, waits for its promise and returns the value. Raises OSError with the
    reason's message if the function throws or the promise is rejected."""
    try:
        promise = start_call(function, this, *args)
    except JsException as error:
        raise OSError(str(error)) from error
    return await value_of(promise)


async def all_settled_within(
    promises: Array[Promise[T]], seconds: float
) -> PromiseSettledResults[T] | None:
    """Waits as :func:`all_settled` does, but returns None if it takes longer than that."""
    timeout = Promise.withResolvers()
    timer = setTimeout(timeout.resolve, seconds * 1000)
    settled = _start_with(functions.all_settled, promises)
    outcomes: PromiseSettledResults[T] | None = await call_js(
        Promise.race, Promise, Array.of(settled, timeout.promise)
    )
    clearTimeout(timer)
    return outcomes


async def sleep(seconds: float) -> None:
    timeout = Promise.withResolvers()
    setTimeout(timeout.resolve, seconds * 1000)
    await value_of(timeout.promise)


async def run(work: Coroutine[Promise[Any], Any, T]) -> T:
    """Runs a coroutine that waits for nothing but :func:`value_of`. Returns or raises what the
    coroutine does. ::

        asyncio     run                     work                platform
           │         │                       │                     │
           ├────────▶│  send(None)           │                     │
           │         ├──────────────────────▶│ await value_of(p)   │
           │         │              yields p │                     │
           │         │◀──────────────────────┤                     │
           │         │  p.then(on_value, on_reason)                │
           │         ├────────────────────────────────────────────▶│
           │◀────────┤  await result         │                     │
           ┊         │                       │      p is fulfilled │
           ┊         │  on_value(value)      │                     │  ╮ for each
           ┊         │◀────────────────────────────────────────────┤  │ promise;
           ┊         │  send(value)          │                     │  │ a rejected
           ┊         ├──────────────────────▶│ await value_of(q)   │  │ one calls
           ┊         │              yields q │                     │  │ on_reason,
           ┊         │◀──────────────────────┤                     │  │ which throws
           ┊         │  q.then(on_value, on_reason)                │  │ Rejected
           ┊         ├────────────────────────────────────────────▶│  ╯ into work
           ┊         │  … send(value)        │                     │
           ┊         ├──────────────────────▶│ returns or raises   │
           ┊         │◀──────────────────────┤                     │
           │◀────────┤  sets result: the one wait of asyncio ends  │

    Exactly one of the two callbacks is called for each promise, so both serve for all promises and
    are destroyed when the coroutine has ended.
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
                # A BaseException, such as the runtime's CpuLimitExceeded, is not caught here, but
                # the request must not wait for ever.
                if not result.done():
                    result.set_exception(RuntimeError("the request was broken off"))

    on_value = create_proxy(lambda value=None: resume(work.send, value))
    on_reason = create_proxy(lambda reason=None: resume(work.throw, Rejected(reason)))
    chain(promise, on_value, on_reason)
    return await result
