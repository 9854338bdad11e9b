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

import math
from asyncio import get_running_loop
from collections.abc import Callable, Coroutine, Generator
from contextlib import suppress
from time import monotonic
from types import coroutine
from typing import TYPE_CHECKING, Any

from js import Array, Function, Promise, clearTimeout, setTimeout
from pyodide.ffi import JsException, create_proxy, destroy_proxies, to_js

from core.log import log_exception
from edge.departure import Departure
from edge.functions import functions

if TYPE_CHECKING:
    from asyncio import Future
    from typing import TypeVar

    from js import PromiseSettledResults

    T = TypeVar("T")
    Wait = tuple[Promise[Any], float]
    """A promise, and how many seconds a coroutine waits for it."""
    Chained = Array[Promise[None]]
    """The promise of what the callbacks return, in an array."""


TIMER_SECONDS = 30.0
"""The longest that a request's timer runs at a time: so that a nearer deadline, which may follow,
seldom takes another timer."""


class TimedOut(OSError):
    """Reports that a promise is still pending at the end of the time that it had."""


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


def chain(promise: Promise[Any], *callbacks: object) -> Chained:
    """Registers a promise's callbacks: ``chain(promise, on_value, on_reason)``. Returns what
    :func:`unchain` takes."""
    try:
        return functions.map(functions.once, functions.bind_then(promise, *callbacks))
    except JsException:
        # Not a promise of the platform, but what a service binding returns in its place.
        promise = _start_with(functions.resolve, promise)
        return functions.map(functions.once, functions.bind_then(promise, *callbacks))


def unchain(chained: Chained) -> None:
    """Allows the callbacks of a pending promise to be destroyed, as it may never call them. If it
    does after all, nobody hears of the error."""
    ignore_outcome(chained[0])


def ignore_outcome(promise: Promise[Any]) -> None:
    """Leaves a promise to end by itself; a rejection is not reported as unhandled."""
    do_nothing = Function.prototype
    chain(promise, do_nothing, do_nothing)


# --- waiting ---------------------------------------------------------------------------------


@coroutine
def value_of(promise: Promise[T], seconds: float = math.inf) -> Generator[Wait, T, T]:
    """Waits for a promise and returns its value. Raises :class:`Rejected`, and :class:`TimedOut`
    after that many seconds. Only works in a coroutine that :func:`run` runs."""
    return (yield promise, seconds)


async def all_settled(
    promises: Array[Promise[T]], seconds: float = math.inf
) -> PromiseSettledResults[T]:
    """Waits for all promises of a JavaScript array. Returns how each ended: ``{status, value}`` or
    ``{status, reason}``. Raises :class:`TimedOut`."""
    return await value_of(_start_with(functions.all_settled, promises), seconds)


async def outcomes_so_far(
    promises: Array[Promise[T]], count: int
) -> PromiseSettledResults[T | None]:
    """Returns how those of the promises ended that have; one that is pending counts as fulfilled
    with None."""
    pairs = [Array.of(promises[place], None) for place in range(count)]
    return await all_settled(functions.map(Array.of(*pairs), functions.race))


async def call_js(
    function: Function[Promise[T]], this: object, *args: object, seconds: float = math.inf
) -> T:
    """Calls a function, waits for its promise and returns the value. Raises OSError with the
    reason's message if the function throws or the promise is rejected, and :class:`TimedOut`."""
    try:
        promise = start_call(function, this, *args)
    except JsException as error:
        raise OSError(str(error)) from error
    return await value_of(promise, seconds)


async def sleep(seconds: float) -> None:
    never = Promise.withResolvers().promise
    with suppress(TimedOut):
        await value_of(never, seconds)


async def run(work: Coroutine[Wait, Any, T], departure: Departure | None = None) -> T | None:
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
    are destroyed when the coroutine has ended, or when it waits no longer for a promise that is
    pending.

    A request has one timer, for the deadline of the promise that it waits for. It runs on when that
    is fulfilled, and sees when it is over whether there is another deadline.

    Nothing may ever resume it once its client has gone away (``departure``). So it is closed then,
    where it waits, and None returned.
    """
    functions.prepare()
    try:
        wait = work.send(None)
    except StopIteration as end:
        value: T | None = end.value
    else:
        value = await _Waiter(work, departure or Departure()).wait_first(wait)
    return value


def run_in_background(
    wait_until: Callable[[Promise[None]], None], work: Coroutine[Wait, Any, None]
) -> None:
    """Starts a coroutine that its request does not wait for, as :func:`run` runs it. The platform
    lets it end after the answer, by ``wait_until``. Its errors are logged."""
    ending = Promise.withResolvers()

    async def work_to_its_end() -> None:
        try:
            await work
        except Exception as error:
            log_exception(error)
        finally:
            ending.resolve()

    started = work_to_its_end()
    try:
        wait_until(ending.promise)
        wait = started.send(None)
    except StopIteration:
        return
    except Exception as error:  # the platform allows it only in a request
        started.close()
        work.close()
        log_exception(error)
        return
    _Waiter(started, Departure()).wait_first(wait)


class _Waiter:
    """A coroutine that waits, and the callbacks that resume it."""

    def __init__(self, work: Coroutine[Wait, Any, Any], departure: Departure) -> None:
        self._work = work
        self._departure = departure
        self._result: Future[Any] = get_running_loop().create_future()
        self._create_callbacks()
        self._chained: Chained | None = None
        """None in the middle of a step."""
        self._deadline = math.inf
        """When the promise that is waited for is late, on the clock ``monotonic``."""
        self._timer: object = None
        self._timer_ends = math.inf

    def wait_first(self, wait: Wait) -> Future[Any]:
        """Waits for the coroutine's first promise. Returns the future of its result."""
        self._departure.watch(self._on_left)
        self._resume(lambda _: wait, None)
        return self._result

    def _create_callbacks(self) -> None:
        self._on_value = create_proxy(self._send)
        self._on_reason = create_proxy(self._throw)

    def _send(self, value: Any = None) -> None:
        self._resume(self._work.send, value)

    def _throw(self, reason: Any = None, is_timer: bool = False) -> None:
        if is_timer:
            self._on_timer()
        else:
            self._resume(self._work.throw, Rejected(reason))

    def _resume(self, step: Callable[[Any], Wait], value: Any) -> None:
        self._chained = None
        try:
            promise, seconds = step(value)
            if self._departure.has_left:
                ignore_outcome(promise)
                self._result.set_result(None)
            else:
                self._chained = chain(promise, self._on_value, self._on_reason)
                self._set_deadline(seconds)
        except StopIteration as end:
            self._result.set_result(end.value)
        except Exception as error:
            self._result.set_exception(error)
        finally:
            if self._chained is None:
                self._release()
                # A BaseException, such as the runtime's CpuLimitExceeded, is not caught here, but
                # the request must not wait for ever.
                if not self._result.done():
                    self._result.set_exception(RuntimeError("the request was broken off"))

    def _set_deadline(self, seconds: float) -> None:
        if seconds == math.inf:
            self._deadline = math.inf
            return
        now = monotonic()
        self._deadline = now + seconds
        if self._deadline < self._timer_ends:
            self._stop_timer()
            self._start_timer(now)

    def _start_timer(self, now: float) -> None:
        self._timer_ends = min(self._deadline, now + TIMER_SECONDS)
        # Not a callback of its own, which would be one more proxy.
        milliseconds = (self._timer_ends - now) * 1000
        self._timer = setTimeout(self._on_reason, milliseconds, None, True)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            clearTimeout(self._timer)
            self._timer, self._timer_ends = None, math.inf

    def _on_timer(self) -> None:
        now = self._timer_ends
        self._timer, self._timer_ends = None, math.inf
        if self._deadline <= now:
            self._stop_waiting()
        elif self._deadline < math.inf:
            self._start_timer(now)

    def _stop_waiting(self) -> None:
        """Gives up the promise that is waited for. It may still be fulfilled, and must not resume
        then what waits for another, so it keeps the callbacks and this gets new ones."""
        if self._chained is not None:
            unchain(self._chained)
        self._destroy_callbacks()
        self._create_callbacks()
        self._resume(self._work.throw, TimedOut("nothing came in time"))

    def _on_left(self) -> None:
        if self._chained is None:
            return  # _resume sees it after the step
        unchain(self._chained)
        self._result.set_result(None)
        self._release()

    def _destroy_callbacks(self) -> None:
        destroy_proxies(functions.array_of(self._on_value, self._on_reason))

    def _release(self) -> None:
        self._departure.unwatch(self._on_left)
        self._stop_timer()
        self._destroy_callbacks()
        try:
            self._work.close()  # where it waits, unless it has ended
        except Exception as error:
            log_exception(error)
