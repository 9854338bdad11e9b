"""Calls to Workers AI: errors raised, hopeful ones tried again before the first byte is out."""

import time
from collections.abc import Sequence

from core.errors import APIError, TooLarge
from core.ports import Call, Ports, Reply
from core.web import Request
from workers_ai.catalogue.model import Model
from workers_ai.errors import RETRYABLE, from_workers_ai

TRIES = 2
BACKOFF = 0.5
"""Seconds. One breath for a busy model; the clients' own back-off comes after."""
ERROR_BODY = 65_536


async def run(ports: Ports, request: Request, calls: Sequence[Call]) -> list[Reply]:
    """Runs the calls side by side; their replies, all of them 2xx, in order.

    Raises the :class:`APIError` of the first that failed for good; the others are
    cancelled then.
    """
    replies: list[Reply] = []
    failed: list[APIError] = []
    for outcome in await outcomes(ports, request, calls, together=True):
        if isinstance(outcome, APIError):
            failed.append(outcome)
        else:
            replies.append(outcome)
    if not failed:
        return replies
    for reply in replies:
        await reply.cancel()
    raise next((error for error in failed if error.code not in RETRYABLE), failed[0])


async def outcomes(
    ports: Ports,
    request: Request,
    calls: Sequence[Call],
    *,
    together: bool = False,
    tries: int = TRIES,
) -> list[Reply | APIError]:
    """Runs the calls side by side; for each, in order, its reply, which is 2xx, or its error.

    What another try may cure is tried again; with ``together`` only if that may cure them all.
    """
    started = time.time()
    done: dict[int, Reply | APIError] = {}
    pending: Sequence[int] = range(len(calls))
    for attempt in range(tries):
        tried = (calls[index] for index in pending)
        replies = await ports.ai.run(*tried, signal=request.signal)
        for index, reply in zip(pending, replies, strict=True):
            done[index] = reply if 200 <= reply.status < 300 else await _error(reply)
        failed = [index for index in pending if isinstance(done[index], APIError)]
        hopeful = [index for index in failed if _may_pass(done[index], calls[index])]
        if not hopeful or (together and hopeful != failed):
            break
        if attempt + 1 == tries or not _time_left(request, started):
            break
        pending = hopeful
        await ports.sleep(BACKOFF)
    return [done[index] for index in range(len(calls))]


def _may_pass(outcome: Reply | APIError, call: Call) -> bool:
    return isinstance(outcome, APIError) and outcome.code in RETRYABLE and call.repeatable


def served(model: Model, replies: Sequence[Reply]) -> dict[str, str]:
    """The headers that tell how a request was served: by which model, in which call."""
    return {"x-model-served": model.id, **request_id(replies[0])}


def request_id(reply: Reply) -> dict[str, str]:
    """The header that names the call, whose name Cloudflare's own logs know, if it has one."""
    given = reply.header("cf-ai-req-id")
    return {"x-request-id": given} if given else {}


async def _error(reply: Reply) -> APIError:
    try:
        body = await reply.read(ERROR_BODY)
    except TooLarge:  # a page, and its status says it all
        body = b""
    error = from_workers_ai(reply.status, body)
    error.headers.update(request_id(reply))
    return error


def _time_left(request: Request, started: float) -> bool:
    """Whether the client still waits after a back-off; OpenAI's SDKs tell how long they do."""
    for name in ("x-stainless-read-timeout", "x-stainless-timeout"):
        try:
            seconds = float(request.header(name) or "")
        except ValueError:
            continue
        return time.time() + BACKOFF < started + seconds
    return True
