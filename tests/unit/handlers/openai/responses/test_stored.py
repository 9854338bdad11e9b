"""Stored Responses: what is kept, for whom and for how long, and what later requests make of it."""

import json
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from random import Random
from typing import Any

import pytest

from core.limits import RESPONSE_BYTES, RESPONSE_CHAIN
from core.ports import Statement
from gateway.handle import handle
from hostile import grammar, material
from storage import tables
from support.databases import FakeDatabase
from support.exchange import NATIVE, OPENAI, RESPONSES, USAGE, USER, VISION, Got, ReadyAI, send
from support.fakes import FakeAI, FakeReply, answer, call, drain, failure, ports, request, run, sse
from support.responses_requests import CALL, DATA_URL, RESULT, TOOL

KEYS = "ann=sk-test,bob=sk-bob,lan:translation=sk-lan"
BOB = {"authorization": "Bearer sk-bob"}


class Client:
    """A client with its key, over one database."""

    def __init__(self, database: FakeDatabase | None, **settings: str) -> None:
        self.database = database
        self.settings = {"API_KEYS": KEYS, **settings}
        self.ai: FakeAI = ReadyAI()

    def send(self, method: str, target: str, body: object = None, **options: Any) -> Got:
        options = {"ai": self.ai, "database": self.database, **self.settings, **options}
        return send(method, f"{RESPONSES}{target}", body, **options)

    def create(self, input: Any = "Hello", *replies: FakeReply, **fields: Any) -> Got:
        self.ai = FakeAI(*replies) if replies else ReadyAI()
        return self.send("POST", "", {"model": OPENAI, "input": input, **fields})

    def get(self, target: str, **options: Any) -> Got:
        return self.send("GET", f"/{target}", **options)

    def messages(self) -> list[Any]:
        """What the model was sent last."""
        return list(self.ai.calls[-1].inputs["messages"])


@pytest.fixture
def client() -> Client:
    return Client(FakeDatabase())


def final(got: Got) -> dict[str, Any]:
    found: dict[str, Any] = got.events[-1]["response"] if got.events else got.json
    return found


def count_rows(database: FakeDatabase) -> int:
    [[row]] = run(tables.run_statements(database, Statement("SELECT count(*) AS n FROM responses")))
    count: int = row["n"]
    return count


def call_reply() -> FakeReply:
    function = {"name": "f", "arguments": '{"a":1}'}
    calls = [{"id": "call_a", "type": "function", "function": function}]
    message = {"role": "assistant", "content": "", "reasoning_content": "Hm.", "tool_calls": calls}
    return answer(
        {"choices": [{"message": message, "finish_reason": "tool_calls"}], "usage": USAGE}
    )


# --- what is stored --------------------------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True])
def test_a_response_can_be_retrieved(client: Client, stream: bool) -> None:
    made = final(client.create(stream=stream, metadata={"a": "b"}))
    assert made["store"] is True
    assert client.get(made["id"]).json == made


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("fields", "settings", "has_database"),
    [
        ({"store": False}, {}, True),
        ({"store": "false"}, {}, True),
        ({}, {"RESPONSES_TTL": "0"}, True),
        ({}, {}, False),
    ],
)
def test_what_is_not_stored_says_so(
    fields: dict[str, Any], settings: dict[str, str], has_database: bool, stream: bool
) -> None:
    client = Client(FakeDatabase() if has_database else None, **settings)
    made = final(client.create(stream=stream, **fields))
    assert made["store"] is False
    assert client.database is None or client.database.batches == []
    got = client.get(made["id"])
    assert got.status == 404
    assert "store: false" in got.error["message"]


@pytest.mark.parametrize("fields", [{"store": True}, {"store": None}, {}])
def test_is_stored_by_default(client: Client, fields: dict[str, Any]) -> None:
    assert client.create(**fields).json["store"] is True


def test_a_failed_stream_is_not_stored(client: Client) -> None:
    got = client.create("Hello", sse("Hi", done=False), model=NATIVE, stream=True)
    made = got.events[-2]["response"]
    assert (made["status"], made["store"]) == ("failed", False)
    assert client.get(made["id"]).status == 404


def test_a_cut_answer_is_stored_as_one(client: Client) -> None:
    reply = answer({"choices": [{"message": {"content": "Hi"}, "finish_reason": "length"}]})
    made = client.create("Hello", reply).json
    assert made["status"] == "incomplete"
    assert client.get(made["id"]).json == made


def test_images_are_left_out_and_their_place_says_so(client: Client) -> None:
    parts = [{"type": "input_text", "text": "See"}, {"type": "input_image", "image_url": DATA_URL}]
    result = {**RESULT, "output": [{"type": "input_image", "image_url": DATA_URL}]}
    items = [{"role": "user", "content": parts}, CALL, result]
    made = client.create(items, model=VISION).json
    assert client.database is not None
    stored = json.dumps([batch[-1].values for batch in client.database.batches])
    assert "base64" not in stored
    items = client.get(f"{made['id']}/input_items?order=asc").json["data"]
    assert items[0]["content"][0]["text"] == "See"
    note = {"type": "input_text", "text": "[An image was here, which is not stored.]"}
    assert (items[0]["content"][1], items[2]["output"]) == (note, [note])
    client.create("Again", previous_response_id=made["id"])
    assert client.messages()[0]["content"] == f"See\n{note['text']}"


def test_too_large_an_input_is_not_stored(client: Client) -> None:
    items = [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "x", "id": "y" * RESPONSE_BYTES},
    ]
    made = client.create(items).json
    assert made["store"] is False
    assert client.database is not None
    assert client.database.batches == []


@pytest.mark.parametrize("stream", [False, True])
def test_too_large_an_answer_is_not_stored_and_says_so_in_the_end(
    client: Client, stream: bool
) -> None:
    text = "é" * (RESPONSE_BYTES // 2 - 500)
    made = final(
        client.create(
            "Hello",
            *[sse(text), answer({"response": text})][not stream :][:1],
            model=NATIVE,
            stream=stream,
        )
    )
    assert made["store"] is False
    assert client.get(made["id"]).status == 404


def test_all_of_unicode_survives(client: Client) -> None:
    text = "Ünï \x00 😀 \ud83d"
    made = client.create(text, answer({"response": text}), model=NATIVE).json
    got = client.get(made["id"])
    assert got.json == made
    assert client.get(f"{made['id']}/input_items").json["data"][0]["content"][0]["text"] == text


def test_it_is_written_after_the_answer_is_ready(client: Client) -> None:
    """A database that hangs holds nothing up."""
    started: list[Coroutine[Any, Any, None]] = []
    made = ports(ReadyAI(), database=client.database)._replace(run_later=started.append)
    given = run(handle(request("POST", RESPONSES, {"model": OPENAI, "input": "Hi"}), lambda: made))
    id_ = json.loads(drain(given))["id"]
    assert client.database is not None
    assert (len(started), client.database.batches) == (1, [])
    run(started[0])
    assert run(tables.run_statements(client.database, Statement("SELECT id FROM responses"))) == [
        [{"id": id_}]
    ]


def test_a_stream_that_is_left_is_not_stored(client: Client) -> None:
    made = ports(ReadyAI(), database=client.database)
    body = {"model": OPENAI, "input": "Hi", "stream": True}
    given: Any = run(handle(request("POST", RESPONSES, body), lambda: made))
    given.sources[0].converter.feed(b'data: {"response":"Hi"}\n\n')
    given.finished("left")
    assert client.database is not None
    assert client.database.batches == []


# --- for how long, and for whom --------------------------------------------------------------


def test_expires(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    made = client.create().json
    monkeypatch.setattr(time, "time", lambda: now + 86_399)
    assert client.get(made["id"]).status == 200
    monkeypatch.setattr(time, "time", lambda: now + 86_401)
    assert client.get(made["id"]).status == 404
    got = client.create(previous_response_id=made["id"])
    assert (got.status, got.error["code"]) == (400, "previous_response_not_found")


def test_what_has_expired_is_deleted_in_passing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.database is not None
    now = time.time()
    client.create()
    monkeypatch.setattr(time, "time", lambda: now + 90_000)
    for _ in range(400):
        client.create()
        if count_rows(client.database) == 1:
            return
        run(
            client.database.run(
                Statement("DELETE FROM responses WHERE expires > ?", (now + 90_000,))
            )
        )
    raise AssertionError("nothing is ever deleted")


def test_nobody_else_sees_it(client: Client) -> None:
    made = client.create("Hello", call_reply(), tools=[TOOL]).json
    item = made["output"][1]["id"]
    for got in (
        client.get(made["id"], headers=BOB),
        client.get(f"{made['id']}?stream=true", headers=BOB),
        client.get(f"{made['id']}/input_items", headers=BOB),
        client.send("DELETE", f"/{made['id']}", headers=BOB),
        client.send("POST", "", {"model": OPENAI, "input": [{"id": item}]}, headers=BOB),
    ):
        assert got.status == 404
        assert "Hello" not in got.body.decode()
    body = {"model": OPENAI, "input": "Hi", "previous_response_id": made["id"]}
    got = client.send("POST", "", body, headers=BOB)
    assert (got.status, got.error["code"]) == (400, "previous_response_not_found")
    # Nor does a Response of theirs continue it.
    client.ai = ReadyAI()
    theirs = client.send("POST", "", {"model": OPENAI, "input": "Hi"}, headers=BOB).json["id"]
    assert client.database is not None
    change = Statement("UPDATE responses SET previous = ? WHERE id = ?", (made["id"], theirs))
    run(client.database.run(change))
    got = client.send("POST", "", {**body, "previous_response_id": theirs}, headers=BOB)
    assert got.status == 400
    assert client.get(made["id"]).json == made


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/resp_1"),
        ("GET", "/resp_1/input_items"),
        ("DELETE", "/resp_1"),
        ("POST", "/resp_1/cancel"),
        ("POST", "/input_tokens"),
    ],
)
def test_a_key_for_translation_opens_none_of_it(client: Client, method: str, target: str) -> None:
    got = client.send(method, target, {}, headers={"authorization": "Bearer sk-lan"})
    assert (got.status, got.error["code"]) == (403, "key_out_of_scope")


def test_the_key_of_a_name_may_change(client: Client) -> None:
    made = client.create().json
    client.settings["API_KEYS"] = "ann=sk-new"
    assert client.get(made["id"], headers={"authorization": "Bearer sk-new"}).json == made


# --- previous_response_id --------------------------------------------------------------------


@pytest.mark.parametrize("stream", [False, True])
def test_a_conversation_goes_on(client: Client, stream: bool) -> None:
    first = final(client.create("One", instructions="Be brief.", stream=stream))
    second = final(client.create("Two", previous_response_id=first["id"], stream=stream))
    assert second["previous_response_id"] == first["id"]
    assert second["instructions"] is None
    client.create("Three", previous_response_id=second["id"], instructions="Be long.")
    assert client.messages() == [
        {"role": "system", "content": "Be long."},
        {"role": "user", "content": "One"},
        {"role": "assistant", "content": "Hi"},
        {"role": "user", "content": "Two"},
        {"role": "assistant", "content": "Hi"},
        {"role": "user", "content": "Three"},
    ]


def test_a_call_is_answered_later(client: Client) -> None:
    first = client.create("Hello", call_reply(), tools=[TOOL]).json
    result = {"type": "function_call_output", "call_id": "call_a", "output": "42"}
    client.create([result], previous_response_id=first["id"])
    stateless = client.messages()
    client.create([{"role": "user", "content": "Hello"}, *first["output"], result])
    assert client.messages() == stateless
    assert stateless[1]["tool_calls"][0]["id"] == "call_a"


def test_without_storing_a_conversation_can_be_continued(client: Client) -> None:
    first = client.create("One").json
    second = client.create("Two", previous_response_id=first["id"], store=False).json
    assert (second["store"], len(client.messages())) == (False, 3)


def test_a_call_that_was_cut_is_not_continued(client: Client) -> None:
    function = {"name": "f", "arguments": '{"a":'}
    message = {"content": "", "tool_calls": [{"id": "c", "function": function}]}
    reply = answer({"choices": [{"message": message, "finish_reason": "length"}]})
    first = client.create("One", reply, tools=[TOOL]).json
    assert first["output"][-1]["status"] == "incomplete"
    client.create("Two", previous_response_id=first["id"])
    assert [message["role"] for message in client.messages()] == ["user", "user"]


@pytest.mark.parametrize(
    "previous", ["resp_1", "resp_" + "0" * 24, "msg_1", "é", "resp_'", "x\x00\ud83d"]
)
def test_an_unknown_one_is_told(client: Client, previous: str) -> None:
    got = client.create(previous_response_id=previous)
    assert (got.status, got.error["param"]) == (400, "previous_response_id")
    assert got.error["code"] == "previous_response_not_found"
    assert "store: false" in got.error["message"]
    assert got.ai.calls == []


def test_where_nothing_is_stored_that_is_told() -> None:
    got = Client(None).create(previous_response_id="resp_1")
    assert (got.status, got.error["code"]) == (400, "previous_response_not_found")
    assert "store: false" in got.error["message"]


def test_a_conversation_without_its_beginning_is_refused(client: Client) -> None:
    first = client.create("One").json
    second = client.create("Two", previous_response_id=first["id"]).json
    client.send("DELETE", f"/{first['id']}")
    got = client.create("Three", previous_response_id=second["id"])
    assert (got.status, got.error["code"]) == (400, "previous_response_not_found")


def fill(database: FakeDatabase, count: int, text: str = "Hi") -> str:
    """Stores a conversation of that many Responses; returns the id of the last."""
    ids = [f"resp_{number:020x}0000" for number in range(count)]
    items = json.dumps([{"role": "user", "content": text}])
    sql = "INSERT INTO responses VALUES (?, 'ann', ?, ?, '[]', ?, '{}')"
    expires = int(time.time()) + 1000
    for place, id_ in enumerate(ids):
        row = Statement(sql, (id_, ids[place - 1] if place else "", expires, items))
        run(tables.run_statements(database, row))
    return ids[-1]


@pytest.mark.parametrize(("count", "status"), [(RESPONSE_CHAIN, 200), (RESPONSE_CHAIN + 1, 400)])
def test_a_conversation_has_a_limit(client: Client, count: int, status: int) -> None:
    assert client.database is not None
    got = client.create("Go on.", previous_response_id=fill(client.database, count))
    assert got.status == status
    assert status == 200 or got.error["code"] == "too_many_stored_responses"


def test_a_conversation_has_a_size(client: Client) -> None:
    assert client.database is not None
    last = fill(client.database, 3, "x" * 1_500_000)
    got = client.create("Go on.", previous_response_id=last)
    assert (got.status, got.error["code"]) == (400, "too_many_stored_responses")


def test_it_is_read_with_one_query(client: Client) -> None:
    assert client.database is not None
    last = fill(client.database, 5)
    client.database.batches.clear()
    client.create("Go on.", previous_response_id=last)
    assert [len(batch) for batch in client.database.batches][:1] == [1]
    assert len(client.database.batches) == 2  # one reads, one writes


def test_what_is_on_its_way_to_the_database_is_waited_for(client: Client) -> None:
    """The next request may be there before a write has arrived."""
    started: list[Coroutine[Any, Any, None]] = []
    made = ports(ReadyAI(), database=client.database)._replace(run_later=started.append)
    body: dict[str, Any] = {"model": OPENAI, "input": "Hi"}
    given = run(handle(request("POST", RESPONSES, body), lambda: made))
    waited = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        await started.pop()

    body["previous_response_id"] = json.loads(drain(given))["id"]
    later = made._replace(sleep=sleep)
    given = run(handle(request("POST", RESPONSES, body), lambda: later))
    assert (given.status, waited) == (200, [0.5])
    for work in started:
        work.close()


# --- item references -------------------------------------------------------------------------


def test_references_are_read_as_their_items(client: Client) -> None:
    first = client.create("Hello", call_reply(), tools=[TOOL]).json
    thought, call = first["output"]
    assert (thought["type"], call["type"]) == ("reasoning", "function_call")
    user = {"role": "user", "content": "Hello"}
    result = {"type": "function_call_output", "call_id": "call_a", "output": "42"}
    client.create([user, thought, call, result])
    expected = client.messages()
    references = [{"type": "item_reference", "id": thought["id"]}, {"id": call["id"]}]
    second = client.create([user, *references, result]).json
    assert client.messages() == expected
    # And the step after it, which refers to items of both.
    more = {"type": "item_reference", "id": second["output"][0]["id"]}
    client.create([user, *references, result, more, {"role": "user", "content": "Go on."}])
    assert client.messages()[:-1] == [*expected, {"role": "assistant", "content": "Hi"}]
    # A Response whose input has references is continued as any other.
    client.create("Go on.", previous_response_id=second["id"])
    assert client.messages()[:-1] == [*expected, {"role": "assistant", "content": "Hi"}]


def test_references_take_one_query(client: Client) -> None:
    first = client.create().json
    second = client.create().json
    assert client.database is not None
    client.database.batches.clear()
    references = [{"id": made["output"][-1]["id"]} for made in (first, second)]
    client.create([*references, USER[0]], store=False)
    assert [len(batch) for batch in client.database.batches] == [1]


def test_input_items_can_be_referred_to(client: Client) -> None:
    made = client.create("Hello").json
    [item] = client.get(f"{made['id']}/input_items").json["data"]
    client.create([{"type": "item_reference", "id": item["id"]}])
    assert client.messages() == [{"role": "user", "content": "Hello"}]


@pytest.mark.parametrize("database", [FakeDatabase(), None])
def test_a_reference_to_thinking_that_is_gone_is_dropped(database: FakeDatabase | None) -> None:
    client = Client(database)
    gone = [{"type": "item_reference", "id": id_} for id_ in ("rs_1", f"rs_{'0' * 24}")]
    assert client.create([*gone, USER[0]]).status == 200
    assert client.messages() == USER


@pytest.mark.parametrize("database", [FakeDatabase(), None])
@pytest.mark.parametrize("id_", ["msg_1", f"fc_{'1' * 24}", "x\x00\ud83d", f"msg_{'0' * 21}801"])
def test_an_unknown_reference_is_told(database: FakeDatabase | None, id_: str) -> None:
    got = Client(database).create([USER[0], {"type": "item_reference", "id": id_}])
    assert (got.status, got.error["param"], got.error["code"]) == (
        404,
        "input[1]",
        "item_not_found",
    )
    assert "store: false" in got.error["message"]


def test_references_have_a_limit(client: Client) -> None:
    references = [{"id": f"msg_{number:020x}0001"} for number in range(RESPONSE_CHAIN + 1)]
    got = client.create(references)
    assert (got.status, got.error["code"]) == (400, "too_many_stored_responses")


# --- events ----------------------------------------------------------------------------------

SCORED = {
    "choices": [
        {
            "message": {"content": "Hi you"},
            "finish_reason": "stop",
            "logprobs": {
                "content": [
                    {"token": token, "logprob": -1.0, "bytes": None, "top_logprobs": []}
                    for token in ("Hi", " you")
                ]
            },
        }
    ]
}
REPLIES: Mapping[str, Callable[[], FakeReply]] = {
    "text": lambda: answer({"response": "Hi"}),
    "nothing": lambda: answer({"response": ""}),
    "long": lambda: answer({"response": "naïve " * 4000}),
    "call": call_reply,
    "scores": lambda: answer(SCORED),
    "cut": lambda: answer({"choices": [{"message": {"content": "Hi"}, "finish_reason": "length"}]}),
}


@pytest.mark.parametrize("summary", [None, "auto"])
@pytest.mark.parametrize("name", REPLIES)
def test_a_stored_response_is_streamed_again(
    client: Client, name: str, summary: str | None
) -> None:
    fields = {"include": ["message.output_text.logprobs"]} if name == "scores" else {}
    reasoning = {"summary": summary}
    made = client.create("Hi", REPLIES[name](), tools=[TOOL], reasoning=reasoning, **fields).json
    got = client.get(f"{made['id']}?stream=true")  # checked against OpenAI's types on its way
    assert got.events[-1]["response"] == made
    assert [event["sequence_number"] for event in got.events] == list(range(len(got.events)))
    rest = client.get(f"{made['id']}?stream=true&starting_after=2&include[]=x")
    assert rest.events == got.events[3:]


@pytest.mark.parametrize("value", ["x", "-1", "²", "9" * 50])
def test_a_wrong_number_is_told(client: Client, value: str) -> None:
    made = client.create().json
    got = client.get(f"{made['id']}?stream=true&starting_after={value}")
    assert (got.status, got.error["param"]) == (400, "starting_after")


# --- input items -----------------------------------------------------------------------------


def test_lists_input_items_of_the_whole_conversation(client: Client) -> None:
    first = client.create("One", call_reply(), tools=[TOOL]).json
    items = [{"type": "function_call_output", "call_id": "call_a", "output": "42"}, USER[0]]
    second = client.create(items, previous_response_id=first["id"]).json
    listed = client.get(f"{second['id']}/input_items?order=asc").json
    kinds = [item["type"] for item in listed["data"]]
    assert kinds == ["message", "reasoning", "function_call", "function_call_output", "message"]
    assert listed["data"][1:3] == first["output"]
    assert (listed["first_id"], listed["last_id"]) == (
        listed["data"][0]["id"],
        listed["data"][-1]["id"],
    )
    assert client.get(f"{second['id']}/input_items").json["data"] == listed["data"][::-1]


def pages(client: Client, id_: str, order: str) -> Iterator[list[str]]:
    after = ""
    while True:
        page = client.get(f"{id_}/input_items?limit=2&order={order}&after={after}").json
        yield [item["content"][0]["text"] for item in page["data"]]
        after = page["last_id"]
        if not page["has_more"]:
            return


def test_input_items_come_in_pages(client: Client) -> None:
    items = [{"role": "user", "content": str(number)} for number in range(5)]
    made = client.create(items).json
    assert list(pages(client, made["id"], "asc")) == [["0", "1"], ["2", "3"], ["4"]]
    assert list(pages(client, made["id"], "desc")) == [["4", "3"], ["2", "1"], ["0"]]


def test_input_items_are_written_as_openai_does(client: Client) -> None:
    items = [
        {"role": "developer", "content": "Be brief."},
        {"role": "user", "content": [{"type": "text", "text": "a"}, "b"]},
        {"role": "assistant", "content": "Hm.", "id": "msg_mine"},
        {"type": "reasoning", "content": [{"type": "reasoning_text", "text": "Hm."}], "id": 7},
        CALL,
        RESULT,
        USER[0],
    ]
    made = client.create(items, model=VISION).json
    listed = client.get(f"{made['id']}/input_items?order=asc").json["data"]
    ids = [item["id"] for item in listed]
    assert len(set(ids)) == len(ids)
    assert (ids[2], ids[4]) == ("msg_mine", "fc_1")
    part = {"type": "output_text", "text": "Hm.", "annotations": [], "logprobs": []}
    assert listed[2]["content"] == [part]
    assert [part["type"] for part in listed[1]["content"]] == ["input_text", "input_text"]


@pytest.mark.parametrize(
    ("query", "param"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("order=up", "order"),
        ("after=msg_1", "after"),
    ],
)
def test_wrong_parameters_of_a_list_are_told(client: Client, query: str, param: str) -> None:
    made = client.create().json
    got = client.get(f"{made['id']}/input_items?{query}")
    assert (got.status, got.error["param"]) == (400, param)


# --- delete, cancel, count -------------------------------------------------------------------


def test_deletes(client: Client) -> None:
    made = client.create().json
    got = client.send("DELETE", f"/{made['id']}")
    assert got.json == {"id": made["id"], "object": "response", "deleted": True}
    assert client.database is not None
    assert count_rows(client.database) == 0
    assert client.get(made["id"]).status == 404
    assert client.get(f"{made['id']}/input_items").status == 404
    assert client.send("DELETE", f"/{made['id']}").status == 404


@pytest.mark.parametrize("id_", ["resp_1", "resp_" + "0" * 24, "x%00", "a'b", "."])
def test_what_is_not_there_is_a_404(client: Client, id_: str) -> None:
    assert client.get(id_).status == 404
    assert client.send("DELETE", f"/{id_}").status == 404


@pytest.mark.parametrize(
    ("method", "target"),
    [("GET", "resp_1/output"), ("DELETE", "resp_1/input_items"), ("POST", "resp_1")],
)
def test_what_is_no_endpoint_is_told(client: Client, method: str, target: str) -> None:
    got = client.send(method, f"/{target}", {})
    assert (got.status, got.error["code"]) == (404, "unknown_url")


def test_nothing_can_be_cancelled(client: Client) -> None:
    made = client.create().json
    got = client.send("POST", f"/{made['id']}/cancel")
    assert got.status == 400
    assert "background" in got.error["message"]


def count(client: Client, **body: Any) -> int:
    got = client.send("POST", "/input_tokens", {"model": VISION, **body}, ai=FakeAI())
    tokens: int = got.json["input_tokens"]
    return tokens


def test_counts_tokens(client: Client) -> None:
    text = "The quick brown fox jumps over the lazy dog."
    assert 8 < count(client, input=text) < 30
    assert count(client, input=text, instructions=text) > count(client, input=text) + 8
    assert count(client, input=text, tools=[TOOL]) > count(client, input=text) + 8
    made = client.create(text).json
    assert count(client, previous_response_id=made["id"]) > count(client, input=text)
    page = {"type": "input_image", "image_url": "https://example.com/a.png"}
    assert count(client, input=[{"role": "user", "content": [page]}]) > 200


def test_a_refusal_of_the_model_stores_nothing(client: Client) -> None:
    assert client.create("Hi", failure(5006), failure(5006)).status >= 400
    assert client.database is not None
    assert client.database.batches == []


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_accepted_can_be_read_again(client: Client, seed: int) -> None:
    random = Random(seed)
    for _ in range(5):
        items = [grammar.make_item(random) for _ in range(3)]
        got = client.create(material.mutated(random, items), model=VISION)
        assert got.status < 500
        if got.status == 200 and got.json["store"]:
            path = got.json["id"]
            assert client.get(path).json == got.json
            # Items that are not OpenAI's are listed as they came, so they are not checked.
            target = f"{RESPONSES}/{path}/input_items"
            listed = run(call(FakeAI(), "GET", target, database=client.database, API_KEYS=KEYS))
            assert listed.status == 200
            assert client.create("Go on.", previous_response_id=path, model=VISION).status == 200
