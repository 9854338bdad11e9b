"""The messages that Anthropic's clients send, and the neutral shape they are brought into."""

from typing import Any

import pytest

from core.limits import IMAGES_BYTES
from support.anthropic_exchange import refused, send
from support.anthropic_messages import (
    BODY,
    CALL,
    DATA_URL,
    ENCODED,
    PAGE,
    PNG,
    USE,
    assistant,
    image,
    messages,
    result,
    text,
    user,
)
from support.exchange import UNKNOWN, USER, VISION
from support.fakes import FakeFetch, FakeReply

# --- system and text ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("Be kind.", "Be kind."),
        ([text("Be kind.")], "Be kind."),
        ([{**text("Be kind."), "cache_control": {}}, text(""), text("Be brief.")], None),
    ],
)
def test_the_system_prompt(system: Any, expected: str | None) -> None:
    [first, _] = messages(*USER, system=system)
    assert first == {"role": "system", "content": expected or "Be kind.\nBe brief."}


@pytest.mark.parametrize("system", ["", [], [text("")]])
def test_no_system_prompt(system: Any) -> None:
    assert messages(*USER, system=system) == USER


def test_system_messages_within_the_conversation() -> None:
    given = [*USER, {"role": "system", "content": [text("Be kind.")]}, *USER]
    assert messages(*given) == [*USER, {"role": "system", "content": "Be kind."}, *USER]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Hi", "Hi"),
        ("", ""),
        ([], ""),
        ([text("Hi")], "Hi"),
        ([text("Hi"), text(""), {**text("you"), "cache_control": {}}], "Hi\nyou"),
        ("a\x00\ud83d", "a\x00\ud83d"),
    ],
)
def test_text_in_every_shape(content: Any, expected: str) -> None:
    assert messages(user(content)) == [user(expected)]
    assert messages(assistant(content), *USER) == [assistant(expected), *USER]


def test_neighbours_of_one_role_are_one_turn() -> None:
    given = [user("a"), user([text("b")]), assistant("c"), assistant([text("d"), USE]), user("e")]
    assert messages(*given) == [
        user("a\nb"),
        {**assistant("c\nd"), "tool_calls": [CALL]},
        user("e"),
    ]


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ([], "messages"),
        (["Hi"], "messages[0]"),
        ([*USER, {"content": "Hi"}], "messages[1].role"),
        ([{"role": "tool", "content": "Hi"}], "messages[0].role"),
        ([{"role": ["user"], "content": "Hi"}], "messages[0].role"),
        ([{"role": "user"}], "messages[0].content"),
        ([user(None)], "messages[0].content"),
        ([user(5)], "messages[0].content"),
        ([user(["Hi"])], "messages[0].content[0]"),
        ([user([{"text": "Hi"}])], "messages[0].content[0].type"),
        ([user([{"type": ["text"], "text": "Hi"}])], "messages[0].content[0].type"),
        ([user([{"type": "text"}])], "messages[0].content[0].text"),
        ([user([USE])], "messages[0].content[0].type"),
        ([user([{"type": "thinking", "thinking": "a"}])], "messages[0].content[0].type"),
        ([user([{"type": "video", "source": {}}])], "messages[0].content[0].type"),
        ([assistant([image()]), *USER], "messages[0].content[0].type"),
        ([{"role": "system", "content": [image()]}, *USER], "messages[0].content[0].type"),
        ([assistant([{**USE, "id": 5}]), *USER], "messages[0].content[0].id"),
        ([assistant([{**USE, "name": None}]), *USER], "messages[0].content[0].name"),
        ([assistant([{**USE, "input": "{}"}]), *USER], "messages[0].content[0].input"),
        ([assistant([{"type": "thinking"}]), *USER], "messages[0].content[0].thinking"),
        ([user([{"type": "tool_result"}])], "messages[0].content[0].tool_use_id"),
        (
            [user([{"type": "tool_result", "tool_use_id": "a", "content": [USE]}])],
            "messages[0].content[0].content[0].type",
        ),
    ],
)
def test_errors_name_the_invalid_message(given: list[Any], param: str) -> None:
    refused(param, messages=given, model=VISION)


def test_system_blocks_are_text() -> None:
    refused("system[1].type", system=[text("a"), image()])
    refused("system[0].text", system=[{"type": "text"}])


@pytest.mark.parametrize("last", [assistant("The answer is ("), assistant([USE])])
def test_rejects_a_prefilled_answer(last: dict[str, Any]) -> None:
    got = refused("messages", messages=[*USER, last])
    assert "prefill" in got.error["message"]


# --- images and documents ----------------------------------------------------------------------


@pytest.mark.parametrize("model", [VISION, UNKNOWN])
@pytest.mark.parametrize(
    "source",
    [
        {"type": "base64", "media_type": "image/png", "data": ENCODED},
        {"type": "base64", "media_type": "image/jpeg", "data": ENCODED},
        {"type": "url", "url": PAGE},
    ],
)
def test_images_become_data_urls(source: dict[str, Any], model: str) -> None:
    """With their true type, whatever the client says it is."""
    fetch = FakeFetch({PAGE: FakeReply(PNG, content_type="text/plain")})
    content = [text("What is this?"), image(**source), text("Tell me.")]
    [got] = messages(user(content), model=model, fetch=fetch)
    assert got["content"] == [
        text("What is this?"),
        {"type": "image_url", "image_url": {"url": DATA_URL}},
        text("Tell me."),
    ]


@pytest.mark.parametrize(
    ("param", "source"),
    [
        ("source", "a"),
        ("source", None),
        ("source.type", {}),
        ("source.type", {"type": "file", "file_id": "file_1"}),
        ("source.url", {"type": "url"}),
        ("source.data", {"type": "base64", "media_type": "image/png"}),
        ("source.media_type", {"type": "base64", "data": ENCODED}),
        ("source", {"type": "base64", "media_type": "image/png", "data": "***"}),
        ("source", {"type": "base64", "media_type": "image/png", "data": ""}),
        ("source", {"type": "url", "url": "http://127.0.0.1/a.png"}),
        ("source", {"type": "url", "url": PAGE}),
    ],
)
def test_errors_name_the_unavailable_image(param: str, source: Any) -> None:
    block = {"type": "image", "source": source}
    refused(f"messages[0].content[0].{param}", messages=[user([block])], model=VISION)


def test_rejects_images_for_models_without_vision() -> None:
    seen = image(type="url", url=PAGE)
    got = refused("messages[0].content[0].source", messages=[user([seen])])
    assert "vision" in got.error["message"]
    refused("messages[0].content[0].content[0].source", messages=[user([result([seen])])])


def test_limits_fetched_images_to_the_size_of_a_body() -> None:
    large = PNG + b"x" * (IMAGES_BYTES // 3)
    fetch = FakeFetch({f"{PAGE}?{number}": FakeReply(large) for number in range(3)})
    content = [image(type="url", url=url) for url in fetch.pages]
    body = {**BODY, "model": VISION, "messages": [user(content)]}
    got = send("POST", "/v1/messages", body, fetch=fetch)
    assert (got.status, got.error["type"]) == (413, "invalid_request_error")


def test_reads_documents_that_are_text() -> None:
    source = {"type": "text", "media_type": "text/plain", "data": "It is red."}
    block = {"type": "document", "source": source, "citations": {"enabled": True}}
    assert messages(user([block]))[0]["content"] == "It is red."
    named = {**block, "title": "Apples", "context": "From a book"}
    assert messages(user([named]))[0]["content"] == "Apples\nFrom a book\nIt is red."


@pytest.mark.parametrize(
    ("param", "source"),
    [
        ("source", None),
        ("source.type", {}),
        ("source.type", {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0="}),
        ("source.type", {"type": "url", "url": "https://a.example/a.pdf"}),
        ("source.type", {"type": "file", "file_id": "file_1"}),
        ("source.content[0].type", {"type": "content", "content": [{**image(), "type": "audio"}]}),
        ("source.data", {"type": "text"}),
    ],
)
def test_rejects_other_documents(param: str, source: Any) -> None:
    block = {"type": "document", "source": source}
    refused(f"messages[0].content[0].{param}", messages=[user([block])], model=VISION)


def test_search_results() -> None:
    block = {
        "type": "search_result",
        "title": "Apples",
        "source": "https://a.example",
        "content": [text("They are red."), text("Some are green.")],
    }
    [got] = messages(user([block]))
    assert got["content"] == "Apples\nhttps://a.example\nThey are red.\nSome are green."
    for name in ("title", "source", "content"):
        refused(f"messages[0].content[0].{name}", messages=[user([{**block, name: None}])])


# --- calls, results and thinking ---------------------------------------------------------------


def told(content: str) -> dict[str, Any]:
    return {
        "role": "tool",
        "tool_call_id": "toolu_1",
        "content": content,
        "name": "get_weather",
    }


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (result(), "sunny"),
        (result(""), ""),
        (result(None), ""),
        (result(...), ""),
        (result([]), ""),
        (result([text("sunny"), text("warm")]), "sunny\nwarm"),
        (result(is_error=False), "sunny"),
        (result("no window", is_error=True), "Error: no window"),
    ],
)
def test_calls_and_their_results(block: dict[str, Any], expected: str) -> None:
    asked = assistant([text("Let me look."), USE])
    assert messages(*USER, asked, user([block])) == [
        *USER,
        {**assistant("Let me look."), "tool_calls": [CALL]},
        told(expected),
    ]


def test_results_come_right_after_the_calls() -> None:
    [*_, first, second] = messages(assistant([USE]), user([text("Well?"), result()]))
    assert (first, second) == (told("sunny"), user("Well?"))


def test_several_calls_and_results() -> None:
    other = {**USE, "id": "toolu_2", "name": "get_time", "input": {}}
    answers = [result(), {**result("noon"), "tool_use_id": "toolu_2"}]
    [asked, *results] = messages(assistant([USE, other]), user(answers))
    assert [call["function"]["name"] for call in asked["tool_calls"]] == ["get_weather", "get_time"]
    assert asked["tool_calls"][1]["function"]["arguments"] == "{}"
    assert [got["name"] for got in results] == ["get_weather", "get_time"]


def test_a_result_of_a_call_that_nobody_made() -> None:
    [got] = messages(user([result()]))
    assert got == {"role": "tool", "tool_call_id": "toolu_1", "content": "sunny"}


def test_an_image_as_a_result_is_shown_in_the_users_message() -> None:
    seen = image(type="base64", media_type="image/png", data=ENCODED)
    given = [assistant([USE]), user([result([text("Look:"), seen]), text("Well?")])]
    [_, got, shown] = messages(*given, model=VISION)
    assert got == told("Look:\n(An image, shown in the next message.)")
    part = {"type": "image_url", "image_url": {"url": DATA_URL}}
    assert shown == user([part, text("Well?")])


def test_earlier_thinking() -> None:
    thought = {"type": "thinking", "thinking": "Rain?", "signature": "abc"}
    hidden = {"type": "redacted_thinking", "data": "xyz"}
    [got, _] = messages(assistant([thought, hidden, thought, text("No.")]), *USER)
    assert got == {**assistant("No."), "reasoning": "Rain?\nRain?"}


SEARCH = {
    "type": "web_search_tool_result",
    "tool_use_id": "srvtoolu_1",
    "content": [
        {
            "type": "web_search_result",
            "title": "Kakapo",
            "url": "https://a.example/",
            "page_age": None,
        },
        {"type": "web_search_result", "title": "Kea", "url": "https://b.example/"},
    ],
}


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (
            {"type": "server_tool_use", "id": "s1", "name": "web_search", "input": {"query": "q"}},
            "",
        ),
        (SEARCH, "Kakapo\nhttps://a.example/\nKea\nhttps://b.example/"),
        ({"type": "code_execution_tool_result", "content": {"stdout": "4\n", "stderr": ""}}, "4\n"),
        ({"type": "mcp_tool_result", "content": [{"type": "text", "text": "Moss"}]}, "Moss"),
        ({"type": "compaction", "content": "They spoke of parrots."}, "They spoke of parrots."),
        ({"type": "tool_addition", "tool": {"type": "tool_reference", "name": "S"}}, ""),
        ({"type": "something_new"}, ""),
    ],
)
def test_what_ran_elsewhere_is_read_as_text_or_left_out(block: Any, text: str) -> None:
    said = [{"type": "text", "text": "Well."}, block]
    read = messages(*USER, assistant(said), *USER)
    assert read[1] == assistant(f"Well.\n{text}" if text else "Well.")


def test_what_a_users_message_and_a_result_have_of_elsewhere() -> None:
    upload = {"type": "container_upload", "file_id": "file_1"}
    assert messages(user([{"type": "text", "text": "Hi"}, upload])) == [user("Hi")]
    reference = [{"type": "tool_reference", "tool_name": "Search"}]
    block = {"type": "tool_result", "tool_use_id": "a", "content": reference}
    assert messages(*USER, assistant([USE]), user([block]))[-1]["content"] == "Search"


def test_documents_of_blocks() -> None:
    for content in ("It is red.", [{"type": "text", "text": "It is red."}]):
        source = {"type": "content", "content": content}
        block = {"type": "document", "source": source, "title": "Apples"}
        assert messages(user([block]))[0]["content"] == "Apples\nIt is red."
