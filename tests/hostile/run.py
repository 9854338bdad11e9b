"""Runs cases, and holds their answers against what must be true whatever is sent."""

import codecs
import json
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from core import isolate
from core.errors import known_error
from core.ports import Ports
from core.web import Answer
from gateway.handle import handle
from gateway.routes import ROUTES
from hostile import grammar, nasty
from hostile.answers import Hostile
from hostile.cases import Case, Service
from support import exchange, pictures
from support.anthropic_shapes import NO_OBJECT
from support.databases import FakeDatabase
from support.fakes import FakeAI, FakeFetch, FakeReply, drain, ports, run

Measure = Callable[[Callable[[], object]], object]
"""Does the work that it is given."""


def _only_do(work: Callable[[], object]) -> None:
    work()


class Result(NamedTuple):
    """``problem``: what was wrong, empty if nothing was."""

    status: int
    problem: str


_SETTINGS: tuple[dict[str, str], ...] = (
    {"TRANSLATION_ENGINE": "llm"},
    {"TRANSLATION_ENGINE": "m2m100"},
    {"MODELS_TTL": "60"},
    {"RETIRED_MODELS": "successor"},
    {"API_KEYS": ""},
    {"MODEL_ALIASES": '{"gpt-4o*": "@cf/new/model"}'},
)
CHECKED_BYTES = 64 * 1024
"""Longer answers are not held against their types: the check of a stream takes seconds then."""
NASTY = 0.02
"""How many of the cases are of a kind that is known to be nasty."""


def run_seed(seed: int, measure: Measure | None = None) -> tuple[Case, Result]:
    """Runs the case of a seed; what it returns can be run again by :func:`run_case`."""
    random = Random(seed)
    if random.random() < NASTY:
        case = nasty.make_case(random)
        return case, run_case(case, measure)
    case = grammar.make_case(random, random.choice(ROUTES))
    if random.random() < 0.1:
        case.settings = random.choice(_SETTINGS)
    service = Hostile(random, sound=random.choice((1, 1, 0.5, 0)))
    result = _run(case, service, lambda: service.is_sound, measure)
    case.given, case.is_sound = service.given, service.is_sound
    return case, result


def run_case(case: Case, measure: Measure | None = None) -> Result:
    return _run(case, Service(case.given), lambda: case.is_sound, measure)


def _run(
    case: Case,
    service: FakeAI,
    is_sound: Callable[[], bool],
    measure: Measure | None,
) -> Result:
    isolate.forget()
    request = case.request()
    fetch = FakeFetch(
        {
            "https://example.com/a.png": FakeReply(pictures.png(), content_type="image/png"),
            "https://example.com/moved": FakeReply(
                status=302, headers={"location": "http://10.0.0.1/"}
            ),
        }
    )
    files = pictures.FakeFiles()
    answers: list[tuple[Answer, bytes]] = []

    def connect() -> Ports:
        return ports(service, fetch, FakeDatabase(), **case.settings)._replace(files=files)

    def work() -> None:
        answer = run(handle(request, connect))
        answers.append((answer, drain(answer)))

    try:
        (measure or _only_do)(work)
    except Exception as error:
        return Result(0, f"{type(error).__name__}: {error}"[:500])
    [(answer, body)] = answers
    return Result(answer.status, _problem(case, answer, body, is_sound()))


def _problem(case: Case, answer: Answer, body: bytes, is_sound: bool) -> str:
    """What is wrong with an answer."""
    status = answer.status
    if _INTERNAL in body or status == 500:
        return f"status {status}: {_short(body)}"
    if status >= 500 and is_sound and status != 501 and "API_KEYS" not in case.settings:
        return f"status {status} for sound answers: {_short(body)}"
    try:
        if len(body) > CHECKED_BYTES:
            assert answer.headers.get("content-type"), "no content type"
        elif case.is_odd:
            assert status < 400 or isinstance(json.loads(body), dict), "no JSON object"
        else:
            sent = case.body.removeprefix(codecs.BOM_UTF8)
            exchange.check(case.method, case.target, sent, case.headers, answer, body)
    except AssertionError as error:
        if is_sound or NO_OBJECT not in str(error):
            return f"status {status} not in the dialect: {error}"[:500]
    except (ValueError, LookupError, TypeError) as error:
        return f"status {status} cannot be read: {type(error).__name__} {error}"[:500]
    return ""


_INTERNAL = known_error(Exception()).message.encode()
"""What a client is told of what nobody foresaw."""


def _short(body: bytes) -> str:
    return body[:300].decode("utf-8", "replace")
