"""Whatever D1 and the file store do, at whichever of their calls: the answer is as without them,
or a clear 503 where what is stored was asked for."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr
from io import StringIO
from typing import Any, NamedTuple

import pytest

from core import isolate
from core.ports import Statement, StoredFile
from core.web import Buffer
from gateway.handle import handle
from support.databases import FakeDatabase
from support.exchange import OPENAI, RESPONSES, Got, ReadyAI, check, send
from support.fakes import FakeAI, FakeReply, drain, ports, request, run
from support.pictures import FakeFiles, Kept, png
from support.translators import Translators

Rows = list[list[dict[str, Any]]]

TERMS = {"source_lang": "en", "target_lang": "fr", "entries": "cat\tmatou", "entries_format": "tsv"}
GLOSSARY = {"name": "Animals", "dictionaries": [TERMS]}
CHANGED = {**TERMS, "entries": "cat\tminet"}
FROM_TO = {"source_lang": "EN", "target_lang": "FR"}


class StoreRequest(NamedTuple):
    """A request that uses the database; ``{id}`` is a stored glossary, ``{response}`` a stored
    Response, ``{item}`` an item of it. ``proof``: what a true
    answer has in it. ``is_asked``: what is stored is what the client asks for."""

    method: str
    target: str
    body: Any = b""
    proof: str = ""
    is_asked: bool = True


RESPOND = {"model": OPENAI, "input": "Hello"}

# A list has what can be read of it.
REQUESTS: Mapping[str, StoreRequest] = {
    "translate": StoreRequest(
        "POST", "/translate", {"text": "A dog", **FROM_TO}, "[fr] A dog", is_asked=False
    ),
    "translate-remembered": StoreRequest(
        "POST", "/translate", {"text": "A bird", **FROM_TO}, "[fr] A bird", is_asked=False
    ),
    "translate-with-glossary": StoreRequest(
        "POST", "/v2/translate", {"text": ["A cat"], "glossary_id": "{id}", **FROM_TO}, "matou"
    ),
    "usage": StoreRequest("GET", "/v2/usage", proof='"character_count":', is_asked=False),
    "create": StoreRequest(
        "POST", "/v2/glossaries", {"name": "B", "entries": "a\tb", **FROM_TO}, '"entry_count":1'
    ),
    "list": StoreRequest("GET", "/v2/glossaries", proof='{"glossaries":['),
    "retrieve": StoreRequest("GET", "/v2/glossaries/{id}", proof="Animals"),
    "entries": StoreRequest("GET", "/v2/glossaries/{id}/entries", proof="matou"),
    "delete": StoreRequest("DELETE", "/v2/glossaries/{id}"),
    "create-multilingual": StoreRequest("POST", "/v3/glossaries", GLOSSARY, "Animals"),
    "list-multilingual": StoreRequest("GET", "/v3/glossaries", proof='{"glossaries":['),
    "retrieve-multilingual": StoreRequest("GET", "/v3/glossaries/{id}", proof="Animals"),
    "entries-multilingual": StoreRequest(
        "GET", "/v3/glossaries/{id}/entries?source_lang=en&target_lang=fr", proof="matou"
    ),
    "respond": StoreRequest("POST", RESPONSES, RESPOND, '"store":true', is_asked=False),
    "respond-streamed": StoreRequest(
        "POST", RESPONSES, {**RESPOND, "stream": True}, "response.completed", is_asked=False
    ),
    "respond-unstored": StoreRequest(
        "POST", RESPONSES, {**RESPOND, "store": False}, '"store":false', is_asked=False
    ),
    "continue": StoreRequest(
        "POST", RESPONSES, {**RESPOND, "previous_response_id": "{response}"}, "completed"
    ),
    "refer": StoreRequest("POST", RESPONSES, {**RESPOND, "input": [{"id": "{item}"}]}, "completed"),
    "count-tokens": StoreRequest(
        "POST",
        f"{RESPONSES}/input_tokens",
        {**RESPOND, "previous_response_id": "{response}"},
        "input_tokens",
    ),
    "retrieve-response": StoreRequest("GET", f"{RESPONSES}/{{response}}", proof="completed"),
    "retrieve-events": StoreRequest(
        "GET", f"{RESPONSES}/{{response}}?stream=true", proof="response.completed"
    ),
    "input-items": StoreRequest("GET", f"{RESPONSES}/{{response}}/input_items", proof="Hello"),
    "delete-response": StoreRequest("DELETE", f"{RESPONSES}/{{response}}"),
    "update": StoreRequest(
        "PATCH", "/v3/glossaries/{id}", {"name": "Beasts", "dictionaries": [CHANGED]}, "Beasts"
    ),
    "replace": StoreRequest("PUT", "/v3/glossaries/{id}/dictionaries", CHANGED, '"entry_count":1'),
    "delete-dictionary": StoreRequest(
        "DELETE", "/v3/glossaries/{id}/dictionaries?source_lang=en&target_lang=fr"
    ),
}


def _columns(change: Callable[[Any], Any]) -> Callable[[Rows], Any]:
    def reply(rows: Rows) -> Any:
        return [[{name: change(value) for name, value in row.items()} for row in of] for of in rows]

    return reply


def _fail(rows: Rows) -> Any:
    raise OSError("the database is away")


FAULTS: Mapping[str, Callable[[Rows], Any]] = {
    "fails": _fail,
    "nothing": lambda rows: None,
    "no-results": lambda rows: [],
    "results-of-null": lambda rows: [None for _ in rows],
    "one-row-of-null": lambda rows: [[None] for _ in rows],
    "one-row-of-words": lambda rows: [["pelican"] for _ in rows],
    "one-empty-row": lambda rows: [[{}] for _ in rows],
    "an-object": lambda rows: {"results": rows},
    "columns-of-null": _columns(lambda value: None),
    "columns-of-numbers": _columns(lambda value: 7),
    "columns-of-words": _columns(lambda value: "pelican"),
    "columns-of-lists": _columns(lambda value: [value]),
    "columns-of-json": _columns(lambda value: '[["en"]]'),
    "renamed-columns": lambda rows: [
        [{f"_{name}": value for name, value in row.items()} for row in of] for of in rows
    ],
}
"""What a call gives instead of its rows; it has run all the same, but where it fails."""


class FaultyDatabase:
    """A database of which the call with that number goes wrong, or every one."""

    def __init__(self, database: FakeDatabase, fault: Callable[[Rows], Any], number: int) -> None:
        self.calls = 0
        self._database = database
        self._fault = fault
        self._number = number

    async def run(self, *statements: Statement) -> Any:
        self.calls += 1
        if self._number not in (EVERY, self.calls):
            return await self._database.run(*statements)
        rows = [] if self._fault is _fail else await self._database.run(*statements)
        return self._fault(rows)


EVERY = 0
MOST_CALLS = 4
"""More than any request makes, which a test holds."""


def prepare() -> tuple[FakeDatabase, dict[str, str]]:
    """A database with a glossary, a remembered translation and a stored Response, and their ids."""
    database = FakeDatabase()
    made = send("POST", "/v3/glossaries", GLOSSARY, database=database)
    remembered = REQUESTS["translate-remembered"]
    send("POST", remembered.target, remembered.body, ai=Translators(), database=database)
    response = send("POST", RESPONSES, RESPOND, ai=ReadyAI(), database=database).json
    isolate.forget()
    item = response["output"][0]["id"]
    ids = {"{id}": made.json["glossary_id"], "{response}": response["id"], "{item}": item}
    return database, ids


def ask(row: StoreRequest, database: Any, ids: Mapping[str, str]) -> tuple[Got, str]:
    """The checked answer, and what has been logged."""
    target, text = row.target, json.dumps(row.body) if isinstance(row.body, dict) else ""
    for placeholder, id_ in ids.items():
        target, text = target.replace(placeholder, id_), text.replace(placeholder, id_)
    body = json.loads(text) if text else row.body
    headers = {"accept": "text/tab-separated-values"} if row.target.startswith("/v2") else {}
    ai: FakeAI = ReadyAI() if row.target.startswith(RESPONSES) else Translators()
    with redirect_stderr(StringIO()) as log:
        got = send(row.method, target, body, ai=ai, database=database, headers=headers)
    return got, log.getvalue()


def is_true(row: StoreRequest, got: Got) -> bool:
    return got.status < 300 and row.proof in got.body.decode()


@pytest.mark.parametrize("name", REQUESTS)
def test_the_table_knows_a_true_answer(name: str) -> None:
    database, ids = prepare()
    counting = FaultyDatabase(database, _fail, -1)
    got, log = ask(REQUESTS[name], counting, ids)
    assert is_true(REQUESTS[name], got), got
    assert not log
    assert 1 <= counting.calls < MOST_CALLS or name == "respond-unstored"


@pytest.mark.parametrize("number", range(MOST_CALLS))
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", REQUESTS)
def test_a_database_that_goes_wrong(name: str, fault: str, number: int) -> None:
    row = REQUESTS[name]
    database, ids = prepare()
    got, log = ask(row, FaultyDatabase(database, FAULTS[fault], number), ids)
    assert not log
    assert "pelican" not in got.body.decode().lower()
    if not is_true(row, got):
        assert row.is_asked, got
        assert (got.status, "database" in got.body.decode()) == (503, True), got


# --- files -----------------------------------------------------------------------------------


class FaultyFiles(FakeFiles):
    """A store of files of which the call with that number fails, or every one."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._calls = 0

    def _count(self) -> None:
        self._calls += 1
        if self._number in (EVERY, self._calls):
            raise OSError("the store is away")

    async def put(self, name: str, data: bytes | Buffer, content_type: str, seconds: int) -> None:
        self._count()
        await super().put(name, data, content_type, seconds)

    async def get(self, name: str) -> StoredFile | None:
        self._count()
        return await super().get(name)


def answer_with_files(
    files: FakeFiles, method: str, target: str, body: object = b"", *replies: FakeReply
) -> tuple[int, str]:
    """Status and body of a checked answer."""
    sent = request(method, target, body)
    with redirect_stderr(StringIO()) as log:
        given = run(handle(sent, lambda: ports(FakeAI(*replies))._replace(files=files)))
    data = drain(given)
    check(method, target, body, None, given, data)
    assert not log.getvalue()
    return given.status, data.decode("utf-8", "replace")


@pytest.mark.parametrize("number", range(3))
def test_images_that_are_not_stored_come_in_the_answer(number: int) -> None:
    replies = [FakeReply(png(), content_type="image/png") for _ in range(2)]
    body = {"prompt": "A fox", "n": 2}
    status, text = answer_with_files(
        FaultyFiles(number), "POST", "/v1/images/generations", body, *replies
    )
    assert status == 200
    stored = {EVERY: 0}.get(number, 1)
    assert (text.count("/file/"), text.count("data:image/png;base64,")) == (stored, 2 - stored)


def test_a_file_that_cannot_be_read_is_a_503() -> None:
    name = f"{'0' * 32}.png"
    files = FaultyFiles(EVERY)
    files.kept[name] = Kept(png(), "image/png")
    status, text = answer_with_files(files, "GET", f"/file/{name}")
    assert (status, "store of files" in text) == (503, True)


# --- the account's model list ----------------------------------------------------------------


def _fail_to_list() -> list[dict[str, Any]]:
    raise OSError("no list")


OTHER_VALUES: Sequence[Any] = (None, [], {}, [None], [{}], "pelican", float("nan"))
LISTS: Mapping[str, Callable[[], Any]] = {
    "fails": _fail_to_list,
    "nothing": lambda: None,
    "empty": list,
    "words": lambda: "pelican",
    "rows-of-null": lambda: [None, 7, "pelican"],
    "empty-rows": lambda: [{}],
    "rows-without-names": lambda: [{"task": {"name": "Text Generation"}, "name": 7}],
    "rows-of-other-types": lambda: [
        {"name": "@cf/zai-org/glm-4.7-flash", "task": 7, "created_at": 7, "properties": 7},
        {"name": "@cf/pelican/a", "task": {"name": None}, "properties": [None, {}]},
        {"name": "@cf/pelican/b", "task": None},
    ],
    "properties-of-other-types": lambda: [
        {
            "name": "@cf/zai-org/glm-4.7-flash",
            "properties": [
                {"property_id": name, "value": value}
                for name in ("context_window", "vision", "price", "reasoning_effort", "reasoning")
                for value in OTHER_VALUES
            ],
        }
    ],
}
"""What the binding gives in place of the account's list."""


@pytest.mark.parametrize(
    "target",
    [
        "/v1/models",
        "/v1/models?all=1",
        "/v1/models/@cf/zai-org/glm-4.7-flash",
        "/ai/models/search",
        "/v1/audio/voices",
        "/v1/audio/models",
    ],
)
@pytest.mark.parametrize("fault", LISTS)
def test_without_the_accounts_list_the_built_in_one_counts(fault: str, target: str) -> None:
    true = send("GET", target)
    with redirect_stderr(StringIO()) as log:
        got = send("GET", target, ai=FakeAI(models=LISTS[fault]), MODELS_TTL="60")
    assert not log.getvalue()
    assert (got.status, got.json) == (200, true.json)


@pytest.mark.parametrize("fault", LISTS)
def test_without_the_accounts_list_a_model_is_known_or_not_as_before(fault: str) -> None:
    body = {"model": "pelican", "messages": [{"role": "user", "content": "Hi"}]}
    ai = FakeAI(models=LISTS[fault])
    got = send("POST", "/v1/chat/completions", body, ai=ai, MODELS_TTL="60")
    assert (got.status, got.error["code"]) == (404, "model_not_found")
