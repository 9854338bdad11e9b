"""The last step of a request: what it came to, for whoever keeps accounts or logs."""

from collections.abc import Callable
from typing import NamedTuple

from access.keys import Key
from core.consumption import Consumption
from core.ids import new_id
from core.log import log_exception
from core.web import Answer, Outcome, Request, Response, Stream


class Finished(NamedTuple):
    """A request at its end. ``key`` is None where none was accepted. ``used`` is what it has used
    until then, also where a stream broke off or was left."""

    request_id: str
    method: str
    status: int
    dialect: str
    key: Key | None
    outcome: Outcome
    used: Consumption


observers: list[Callable[[Finished], None]] = []
"""Called once with every request: the isolate's own, none by default."""


def finish(request: Request, answer: Answer) -> Answer:
    """Tells the observers what a request came to: of a whole answer now, of a stream when it ends,
    breaks off or is left by its client."""
    if not observers:
        return answer
    if isinstance(answer, Stream):
        sources = answer.sources

        def finished(outcome: Outcome) -> None:
            for source in sources:
                source.converter.settle()
            _tell(request, answer, outcome)

        return answer._replace(finished=finished)
    _tell(request, answer, "complete" if answer.status < 500 else "failed")
    return answer


def leave(request: Request) -> None:
    """Tells the observers of a request whose client has gone away before there was an answer."""
    if observers:
        headers = {"x-request-id": new_id("req_")}
        _tell(request, Response(status=499, headers=headers), "left")


def _tell(request: Request, answer: Answer, outcome: Outcome) -> None:
    finished = Finished(
        answer.headers["x-request-id"],
        request.method,
        answer.status,
        request.dialect.name if request.dialect else "",
        request.key,
        outcome,
        request.used,
    )
    for observe in observers:
        try:
            observe(finished)
        except Exception as error:  # an account that fails must not cost the answer
            log_exception(error)
