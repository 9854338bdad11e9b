"""Promises, made and combined on JavaScript's side and waited for without asyncio.

A call from Python that gives a promise comes back as an asyncio future, which costs three or four
times what :func:`all_settled` does: more crossings, and a turn of the event loop for every wait.
And a future takes no reason for a rejection but an Error: with anything else its wait never ends.
So the promises' own callbacks carry a request's coroutine on, and asyncio waits but once a request.
"""

from collections.abc import Callable, Coroutine, Generator
from types import coroutine
from typing import Any

from js import Array, Function, Promise, Reflect, clearTimeout, setTimeout
from pyodide.ffi import JsException, create_once_callable, to_js


def start_calls(function: Any, this: Any, calls: Any) -> Any:
    """Calls a function once with each of these arrays of arguments, in a JavaScript array; the
    array of its promises.

    ``Reflect.apply``, because a service binding takes ``bind`` itself for a remote method.
    """
    return calls.map(Reflect.apply.bind(None, function, this))


def start_call(function: Any, this: Any, *args: Any) -> Any:
    """Calls a function; its promise as it is."""
    return start_calls(function, this, to_js([args]))[0]


def chainer() -> Callable[..., None]:
    """Makes what hangs callbacks on a promise, ``chain(promise, on_value, on_reason)``, for as long
    as a request lasts: it holds JavaScript objects."""
    # The platform's own; a promise's attribute of that name is Pyodide's.
    then = Reflect.get(Promise.prototype, "then")
    once = Array.of(0)

    def chain(promise: Any, *callbacks: Any) -> None:
        # ``forEach`` drops the promise that ``then`` gives before it becomes a future.
        once.forEach(then.bind(promise, *callbacks))

    return chain


def ignore_outcome(promise: Any) -> None:
    """Leaves a promise to itself, however it ends."""
    ignore = Function.prototype  # a function that does nothing
    chainer()(promise, ignore, ignore)


# --- waiting ---------------------------------------------------------------------------------


@coroutine
def all_settled(promises: Any) -> Generator[Any, Any, Any]:
    """Waits for all promises of a JavaScript array; how each ended, ``{status, value}`` or
    ``{status, reason}``. Only what :func:`run` runs can wait so."""
    return (yield promises)


async def call_js(function: Any, this: Any, *args: Any) -> Any:
    """Calls a function and waits for the value of its promise. Raises OSError, with the words of
    the reason, where that is rejected."""
    try:
        promises = start_calls(function, this, to_js([args]))
    except JsException as error:
        raise OSError(str(error)) from error
    outcome = (await all_settled(promises))[0]
    if outcome.status != "fulfilled":
        raise OSError(str(getattr(outcome.reason, "message", "")))
    return outcome.value


async def all_settled_within(promises: Any, seconds: float) -> Any:
    """As :func:`all_settled`; None where that takes longer than so many seconds."""
    late = Promise.withResolvers()
    timer = setTimeout(late.resolve, seconds * 1000)
    ended = start_call(Promise.allSettled, Promise, promises)
    outcomes = await call_js(Promise.race, Promise, Array.of(ended, late.promise))
    clearTimeout(timer)
    return outcomes


async def sleep(seconds: float) -> None:
    timeout = Promise.withResolvers()
    setTimeout(timeout.resolve, seconds * 1000)
    await all_settled(Array.of(timeout.promise))


async def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Runs a coroutine that waits for nothing but :func:`all_settled`; what it returns, or
    raises."""
    try:
        promises = work.send(None)
    except StopIteration as end:
        return end.value
    completion = Promise.withResolvers()
    results: list[Any] = []
    errors: list[Exception] = []
    chain = chainer()
    all_settled = Promise.allSettled.bind(Promise)

    def wait(promises: Any) -> None:
        # By way of an array, which keeps the promise from becoming a future.
        promise = Array.of(promises).map(all_settled)[0]
        chain(promise, create_once_callable(carry_on))

    def carry_on(outcomes: Any) -> None:
        is_waiting = False
        try:
            wait(work.send(outcomes))
            is_waiting = True
        except StopIteration as end:
            results.append(end.value)
        except Exception as error:
            errors.append(error)
        finally:
            # Also for what is no Exception and goes on from here, such as the runtime's
            # CpuLimitExceeded: the request would wait for ever.
            if not is_waiting:
                completion.resolve()

    wait(promises)
    await completion.promise
    if errors:
        raise errors[0]
    if not results:
        raise RuntimeError("the request was broken off")
    return results[0]
