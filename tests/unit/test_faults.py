"""Whatever a failing service does, at whatever endpoint: a client gets a true status in its own
dialect, or a true answer, and nothing else."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any, NamedTuple

import pytest

from core.errors import DISABLING_WORDS
from core.web import PassThrough, Request, Stream
from gateway.handle import admit, handle
from gateway.locate import locate
from gateway.routes import ROUTES, Handler, Route
from handlers import files, health
from handlers.anthropic import messages
from handlers.anthropic import models as anthropic_models
from handlers.cloudflare import models as cloudflare_models
from handlers.openai import models
from handlers.openai.audio import voices
from handlers.openai.responses import endpoint as responses
from handlers.openai.responses import stored as stored_responses
from handlers.translation import azure, by_body, deeplx, jsonrpc, libretranslate
from handlers.translation.deepl import glossaries, languages
from support.dialects import find_shape
from support.exchange import check
from support.fakes import drain, ports, run
from support.faults import FAULTS, NOISE, REQUEST_ID, Fault, FaultyAI
from support.model_requests import PROMPT, REQUESTS, TRANSLATED, ModelRequest
from workers_ai.errors import ERRORS_BY_CODE

WITHOUT_MODEL: frozenset[Handler] = frozenset(
    {
        anthropic_models.list_models,
        anthropic_models.retrieve,
        cloudflare_models.search_models,
        files.retrieve,
        glossaries.create,
        glossaries.create_multilingual,
        glossaries.delete,
        glossaries.list_all,
        glossaries.list_multilingual,
        glossaries.replace,
        glossaries.retrieve,
        glossaries.retrieve_multilingual,
        glossaries.update,
        health.check,
        languages.list_by_resource,
        languages.list_glossary_pairs,
        languages.list_languages,
        languages.list_resources,
        languages.report_usage,
        libretranslate.detect_language,
        libretranslate.list_languages,
        messages.count_tokens,
        models.list_models,
        models.retrieve,
        responses.count_tokens,
        stored_responses.cancel,
        stored_responses.delete,
        stored_responses.retrieve,
        voices.list_models,
        voices.list_voices,
    }
)
"""Handlers that call no model."""

CHOICES: Mapping[object, Sequence[tuple[Handler, str]]] = {
    by_body.choose: [
        (azure.translate, "azure"),
        (deeplx.translate, "deeplx"),
        *((handler, dialect.name) for _, handler, dialect in by_body.CLIENTS),
    ],
    jsonrpc.choose: [(jsonrpc.translate, "jsonrpc")],
}
"""Where parameters choose the client: which there are."""

TRANSLATION_STATUSES = {
    "capacity_exceeded": 503,
    "model_not_found": 503,
    "model_not_available": 503,
}
"""A translation's client has not chosen the model."""
TRANSLATION_DIALECTS = ("azure", "deepl", "deeplx", "google", "jsonrpc", "libretranslate")
"""In these an answer is not that of one call."""
DIALECT_STATUSES: dict[str, dict[str, int]] = {
    "anthropic": {"capacity_exceeded": 529},
    "deepl": {**TRANSLATION_STATUSES, "daily_neurons_exhausted": 456},
    **dict.fromkeys(("azure", "deeplx", "google", "jsonrpc"), TRANSLATION_STATUSES),
    "libretranslate": TRANSLATION_STATUSES,
}
"""Statuses that a dialect has of its own, by OpenAI's codes."""
USUAL_STATUSES = {"libretranslate": {413: 400}}
"""The same, by usual statuses: LibreTranslate knows no 413."""

CODES_OF_STATUSES: Mapping[tuple[int, ...], str] = {
    (404,): "model_not_found",
    (429,): "rate_limit_exceeded",
}
"""OpenAI's codes of answers without a code, by their statuses."""

OF_ONE_CALL = [
    *("3007", "3036-in-200", "3040", "3043-listed-in-200", "5007", "status-500", "page", "reset"),
    *("half", "empty", "null", "other-object"),
]
"""Faults that may strike one call of several."""

SHOULD_RETRY = {
    "daily_neurons_exhausted": "false",
    "capacity_exceeded": "true",
    "rate_limit_exceeded": "true",
}
"""Errors that say when to come again, by OpenAI's codes."""


class Got(NamedTuple):
    status: int
    headers: Any
    body: bytes
    request: Request
    ai: FaultyAI
    log: str


def send(row: ModelRequest, ai: FaultyAI) -> Got:
    """A request and its answer, which is held against the dialect of its path."""
    sent = row.make()
    with redirect_stderr(StringIO()) as log, redirect_stdout(log):
        answer = run(handle(sent, lambda: ports(ai)))
        handed_on = []
        if isinstance(answer, Stream):
            handed_on = [source.upstream for source in answer.sources]
        elif isinstance(answer, PassThrough):
            handed_on = [answer.stream]
        body = drain(answer)
    check(row.method, row.target, row.body, None, answer, body)
    for reply in ai.made:
        assert reply.is_given_up or reply in handed_on, "a body holds its connection"
    return Got(answer.status, answer.headers, body, sent, ai, log.getvalue())


def is_true(row: ModelRequest, got: Got) -> bool:
    text = got.body.decode("utf-8", "replace")
    return got.status == 200 and all(proof in text for proof in row.proofs)


# --- the table is complete -------------------------------------------------------------------


def _routes() -> Iterator[Route]:
    for route in ROUTES:
        yield route
        yield from route.by_header.values()


def test_every_handler_that_calls_a_model_is_in_the_table_in_all_its_dialects() -> None:
    there_are = set()
    for route in _routes():
        if route.choose is None:
            there_are.add((route.handler, route.dialect.name))
        else:
            there_are.update(CHOICES[route.choose])
    in_table = set()
    for row in REQUESTS.values():
        request = row.make()
        route, _ = locate(request)
        route = run(admit(request, route))
        in_table.add((route.handler, request.dialect.name))
    wanted = {pair for pair in there_are if pair[0] not in WITHOUT_MODEL}
    assert in_table == wanted
    assert WITHOUT_MODEL <= {handler for handler, _ in there_are}


def test_what_can_be_streamed_is_in_the_table_streamed_too() -> None:
    whole: set[str] = set()
    streamed: set[str] = set()
    for name, row in REQUESTS.items():
        shape = find_shape(row.make().path, {})
        if row.method == "POST" and shape and shape.stream:
            (streamed if name.endswith("/stream") else whole).add(row.make().path)
    assert streamed == whole


@pytest.mark.parametrize("name", REQUESTS)
def test_the_table_knows_a_true_answer(name: str) -> None:
    row = REQUESTS[name]
    got = send(row, FaultyAI(row.answer, None))
    assert is_true(row, got), got
    assert len(got.ai.calls) >= row.calls
    assert not got.log


# --- every fault at every endpoint -----------------------------------------------------------


def _faults() -> Mapping[str, Fault]:
    """All; under Pyodide, which is several times slower, one code of each status."""
    if sys.platform != "emscripten":
        return FAULTS
    codes = {row.status or row.kind.status: code for code, row in ERRORS_BY_CODE.items()}
    wanted = {None, *codes.values()}
    return {name: fault for name, fault in FAULTS.items() if fault.code in wanted}


def _cells() -> Iterator[Any]:
    for name, row in REQUESTS.items():
        for fault_name, fault in _faults().items():
            if fault.kind in row.unseen or (fault.kind == "stream" and not row.is_streamed):
                continue
            yield pytest.param(row, fault, id=f"{fault_name}/{name}")


def _status(status: int, code: str | None, dialect: str) -> int:
    usual = USUAL_STATUSES.get(dialect, {}).get(status, status)
    return DIALECT_STATUSES.get(dialect, {}).get(code or "", usual)


def assert_error(got: Got, fault: Fault) -> None:
    """An error with a status of the fault, as the dialect has it, that says when to come again
    where that is known."""
    code = ERRORS_BY_CODE[fault.code].code if fault.code else CODES_OF_STATUSES.get(fault.statuses)
    assert got.status in [
        _status(status, code, got.request.dialect.name) for status in fault.statuses
    ], got
    assert got.headers.get("x-should-retry") == SHOULD_RETRY.get(code or ""), got.headers
    assert int(got.headers.get("retry-after", 0)) >= (code in SHOULD_RETRY)
    if fault.kind in ("code", "status") and got.request.dialect.name not in TRANSLATION_DIALECTS:
        assert got.headers["x-request-id"] == REQUEST_ID
    if got.request.dialect.name == "cloudflare":
        value = json.loads(got.body)
        assert (value["result"], value["success"], value["messages"]) == (None, False, [])
        assert [error.keys() for error in value["errors"]] == [{"code", "message"}]


def assert_broken_stream(got: Got) -> None:
    """The error's own event, and nothing after it. The shape of both has been checked."""
    assert b"[DONE]" not in got.body
    last = json.loads(got.body.rpartition(b"data: ")[2])
    assert last["error"]["message"]


def assert_clean(got: Got) -> None:
    """Nothing of the service's or the client's own words, and nothing logged."""
    text = got.body.decode("utf-8", "replace").lower()
    own_words = () if got.status == 200 else (PROMPT, *TRANSLATED)
    for words in (NOISE, "pelican", "<h", "traceback", *DISABLING_WORDS, *own_words):
        assert words.lower() not in text, f"{words!r} in {text}"
    assert not got.log


@pytest.mark.parametrize(("row", "fault"), list(_cells()))
def test_a_fault_is_told_as_what_it_is(row: ModelRequest, fault: Fault) -> None:
    got = send(row, FaultyAI(row.answer, fault))
    assert_clean(got)
    if got.status != 200:
        assert_error(got, fault)
    elif not (fault.is_harmless and is_true(row, got)):
        assert row.is_streamed, got
        assert_broken_stream(got)


def _calls_of_several() -> Iterator[Any]:
    for name, row in REQUESTS.items():
        for fault_name in OF_ONE_CALL if row.calls > 1 else ():
            yield pytest.param(row, FAULTS[fault_name], id=f"{fault_name}/{name}")


@pytest.mark.parametrize("place", [0, -1], ids=["first", "last"])
@pytest.mark.parametrize(("row", "fault"), list(_calls_of_several()))
def test_one_call_of_several_that_fails_costs_all_or_nothing(
    row: ModelRequest, fault: Fault, place: int
) -> None:
    """Never an answer of which a part is missing: another engine helps a translation out."""
    got = send(row, FaultyAI(row.answer, fault, lambda at, count: at == place % count))
    assert_clean(got)
    if got.status != 200:
        assert_error(got, fault)
    elif not is_true(row, got):
        assert row.is_streamed, got
        assert_broken_stream(got)
