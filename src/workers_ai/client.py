"""Calls Workers AI: raises its errors, retries retryable ones before the first byte is out."""

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from core.errors import AnswerTooLarge, APIError
from core.ports import Call, Ports, Reply
from core.web import JSON, Buffer, Request
from workers_ai.catalogue.model import Model
from workers_ai.errors import ERROR_BODY_LIMIT, RETRYABLE, find_error, read_error

T = TypeVar("T")

TRIES = 2
BACKOFF = 0.5
"""Seconds between two tries. Clients have longer back-offs of their own, which come after."""


async def run(ports: Ports, request: Request, calls: Sequence[Call]) -> list[Reply]:
    """Runs the calls side by side; returns their replies, all of them 2xx, in order.

    Raises the :class:`APIError` of a call that failed for good; the others are cancelled then.
    """
    replies: list[Reply] = []
    errors: list[APIError] = []
    for outcome in await try_calls(ports, request, calls, all_or_none=True):
        if isinstance(outcome, APIError):
            errors.append(outcome)
        else:
            replies.append(outcome)
    if not errors:
        return replies
    for reply in replies:
        await reply.cancel()
    raise next((error for error in errors if error.code not in RETRYABLE), errors[0])


async def try_calls(
    ports: Ports,
    request: Request,
    calls: Sequence[Call],
    *,
    all_or_none: bool = False,
    tries: int = TRIES,
) -> list[Reply | APIError]:
    """Runs the calls side by side; returns for each, in order, its 2xx reply or its error.

    Retryable errors are retried; with ``all_or_none`` only if every error is one.
    """
    started = time.time()
    outcomes: dict[int, Reply | APIError] = {}
    pending: Sequence[int] = range(len(calls))
    for attempt in range(tries):
        replies = await ports.ai.run(*[calls[index] for index in pending])
        failed = []
        for index, reply in zip(pending, replies, strict=True):
            outcomes[index] = outcome = await _check_reply(reply)
            if isinstance(outcome, APIError):
                failed.append(index)
        retryable = [index for index in failed if _is_retryable(outcomes[index], calls[index])]
        if not retryable or (all_or_none and retryable != failed):
            break
        if attempt + 1 == tries or not _has_time_left(request, started):
            break
        pending = retryable
        await ports.sleep(BACKOFF)
    return [outcomes[index] for index in range(len(calls))]


async def read_answer(reply: Reply, limit: int) -> bytes:
    """Reads a whole 2xx answer of at most ``limit`` bytes. Raises the :class:`APIError` that it
    holds in place of a result."""
    body = await reply.read(limit)
    error = find_error(body)
    if error is not None:
        error.headers.update(request_id_header(reply))
        raise error
    return body


async def buffer_answer(reply: Reply, limit: int) -> Buffer:
    """Reads a whole 2xx answer that stays on the platform's side. Raises as
    :func:`read_answer` does."""
    body = await reply.buffer(limit)
    error = find_error(body.read()) if body.size <= ERROR_BODY_LIMIT else None
    if error is not None:
        error.headers.update(request_id_header(reply))
        raise error
    return body


async def read_each(replies: Sequence[Reply], read: Callable[[Reply], Awaitable[T]]) -> list[T]:
    """Reads answers in order. When one fails, the bodies after it are cancelled."""
    results: list[T] = []
    try:
        for reply in replies:
            results.append(await read(reply))
    except APIError:
        for reply in replies[len(results) + 1 :]:
            await reply.cancel()
        raise
    return results


def _is_retryable(outcome: Reply | APIError, call: Call) -> bool:
    return isinstance(outcome, APIError) and outcome.code in RETRYABLE and call.repeatable


def served_headers(model: Model, replies: Sequence[Reply]) -> dict[str, str]:
    """Headers that name the model and the call that served a request."""
    return {"x-model-served": model.id, **request_id_header(replies[0])}


def request_id_header(reply: Reply) -> dict[str, str]:
    """The header with the id that Cloudflare's own logs have for the call, if it has one."""
    request_id = reply.header("cf-ai-req-id")
    return {"x-request-id": request_id} if request_id else {}


async def _check_reply(reply: Reply | APIError) -> Reply | APIError:
    """Returns the error that a reply stands for, by its status or a body of JSON; else itself."""
    error: APIError | None
    if isinstance(reply, APIError):
        return reply
    if not 200 <= reply.status < 300:
        try:
            body = await reply.read(ERROR_BODY_LIMIT)
        except AnswerTooLarge:
            body = b""
        error = read_error(reply.status, body)
    elif (reply.header("content-type") or "").startswith(JSON):
        error = find_error(await reply.read_small() or b"")
    else:
        error = None
    if error is None:
        return reply
    error.headers.update(request_id_header(reply))
    return error


def _has_time_left(request: Request, started: float) -> bool:
    """Whether the client still waits after a back-off; OpenAI's SDKs say for how long they do."""
    for name in ("x-stainless-read-timeout", "x-stainless-timeout"):
        try:
            seconds = float(request.header(name) or "")
        except ValueError:
            continue
        return time.time() + BACKOFF < started + seconds
    return True
