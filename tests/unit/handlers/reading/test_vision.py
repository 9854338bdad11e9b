"""Images in chat requests."""

import base64
from typing import Any

import pytest

from core.limits import IMAGE_ADDRESSES, IMAGES_BYTES
from support.exchange import CHAT, NATIVE, OPENAI, UNKNOWN, USER, VISION, messages, refused, send
from support.fakes import FakeFetch, FakeReply

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 20
DATA_URL = "data:image/png;base64," + base64.b64encode(PNG).decode()
PAGE = "https://images.example.com/a.png"


def image(url: object = DATA_URL, kind: str = "image_url") -> dict[str, Any]:
    return {"type": kind, "image_url": url}


@pytest.mark.parametrize(
    "part",
    [
        image({"url": DATA_URL}),
        image({"url": DATA_URL, "detail": "high"}),
        image(DATA_URL),
        image(DATA_URL, "input_image"),
        image({"url": PAGE}),
        image(PAGE),
    ],
)
@pytest.mark.parametrize("model", [VISION, UNKNOWN, "@cf/mistralai/mistral-small-3.1-24b-instruct"])
def test_images_become_data_urls(part: dict[str, Any], model: str) -> None:
    """Also for a model of which nobody says whether it sees."""
    fetch = FakeFetch({PAGE: FakeReply(PNG, content_type="text/plain")})
    content = [{"type": "text", "text": "What is this?"}, part, "Tell me."]
    [message] = messages({"role": "user", "content": content}, model=model, fetch=fetch)
    assert message["content"] == [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": DATA_URL}},
        {"type": "text", "text": "Tell me."},
    ]


def test_rejects_images_for_text_only_models() -> None:
    given = [*USER, {"role": "user", "content": ["What is this?", image(PAGE)]}]
    for model in (OPENAI, NATIVE):
        got = refused("messages[1].content[1]", messages=given, model=model)
        assert got.error["code"] == "unsupported_content"


@pytest.mark.parametrize("role", ["system", "developer", "assistant"])
def test_accepts_images_in_messages_of_user_and_tool_only(role: str) -> None:
    got = refused(
        "messages[0].content[0].type",
        model=VISION,
        messages=[{"role": role, "content": [image()]}],
    )
    assert got.error["code"] == "unsupported_content"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (None, "invalid_type"),
        ({}, "invalid_type"),
        ({"url": 5}, "invalid_type"),
        ([DATA_URL], "invalid_type"),
        ("data:image/png;base64,AAAA", "invalid_image_url"),
        ("http://169.254.169.254/latest", "invalid_image_url"),
        ("https://gone.example.com/credit.png", "invalid_image_url"),
        ("", "invalid_image_url"),
    ],
)
def test_errors_name_the_unavailable_image(url: object, code: str) -> None:
    given = [{"role": "user", "content": [image(url)]}]
    got = refused("messages[0].content[0].image_url", model=VISION, messages=given)
    assert got.error["code"] == code


def test_limits_the_size_of_all_images() -> None:
    """Each is small enough, but a small request can name any number of them."""
    big = FakeReply(PNG + b"x" * (IMAGES_BYTES * 5 // 14))
    fetch = FakeFetch({f"{PAGE}?{number}": big for number in range(9)})
    body = {"model": VISION, "messages": [{"role": "user", "content": [*map(image, fetch.pages)]}]}
    got = send("POST", CHAT, body, fetch=fetch)
    assert (got.status, got.error["param"]) == (413, "messages[0].content[2].image_url")
    assert len(fetch.urls) == 6  # side by side


def test_an_image_counts_as_often_as_it_is_sent_on() -> None:
    fetch = FakeFetch({PAGE: FakeReply(PNG + b"x" * (IMAGES_BYTES * 5 // 14))})
    given = [{"role": "user", "content": [image(PAGE)] * 3}]
    got = send("POST", CHAT, {"model": VISION, "messages": given}, fetch=fetch)
    assert got.status == 413


def test_an_address_is_fetched_once() -> None:
    fetch = FakeFetch({PAGE: FakeReply(PNG)})
    given = [{"role": "user", "content": [image(PAGE), image(f" {PAGE}")]} for _ in range(30)]
    for message in messages(*given, model=VISION, fetch=fetch):
        assert [part["image_url"]["url"] for part in message["content"]] == [DATA_URL] * 2
    assert fetch.urls == [PAGE]


def test_limits_the_number_of_addresses_before_any_is_fetched() -> None:
    fetch = FakeFetch({f"{PAGE}?{number}": FakeReply(PNG) for number in range(IMAGE_ADDRESSES + 1)})
    pages = [*fetch.pages]
    given = [{"role": "user", "content": [*map(image, pages)]}]
    got = refused(f"messages[0].content[{IMAGE_ADDRESSES}].image_url", model=VISION, messages=given)
    assert got.error["code"] == "too_many_images"
    assert fetch.urls == []
    given = [{"role": "user", "content": [*map(image, pages[:-1]), image(pages[0])]}]
    messages(*given, model=VISION, fetch=fetch)
    assert fetch.urls == pages[:-1]


def test_fetches_nothing_for_a_request_that_is_wrong_elsewhere() -> None:
    fetch = FakeFetch({PAGE: FakeReply(PNG)})
    wrong: list[Any] = [image(PAGE), image("http://localhost/"), {"type": "video"}]
    for content in (wrong[:2], wrong[::2]):
        given = {"model": VISION, "messages": [{"role": "user", "content": content}]}
        assert send("POST", CHAT, given, fetch=fetch).status == 400
    assert fetch.urls == []


BASE64 = DATA_URL.partition(",")[2]
FORMS: list[dict[str, Any]] = [
    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": BASE64}},
    {"type": "image", "source": {"type": "url", "url": PAGE}},
    {"type": "image", "image": DATA_URL},
    {"type": "image", "image": BASE64, "mediaType": "image/jpeg"},
    {"type": "image", "image": PAGE},
    {"type": "image", "image_url": {"url": DATA_URL}},
    {"type": "file", "data": BASE64, "mediaType": "image/png"},
    {"type": "file", "url": PAGE, "mimeType": "image/png"},
    {"type": "file", "file": {"filename": "a.png", "file_data": DATA_URL}},
    {"type": "input_file", "filename": "a.png", "file_data": DATA_URL},
]


@pytest.mark.parametrize("part", FORMS)
def test_images_in_other_clients_forms(part: dict[str, Any]) -> None:
    given = {"role": "user", "content": [part]}
    [read] = messages(given, model=VISION, fetch=FakeFetch({PAGE: FakeReply(PNG)}))
    assert read["content"] == [{"type": "image_url", "image_url": {"url": DATA_URL}}]


def test_images_in_a_tools_results_follow_the_last_of_them() -> None:
    calls = [
        {"id": id_, "type": "function", "function": {"name": "look", "arguments": "{}"}}
        for id_ in "12"
    ]
    read = messages(
        *USER,
        {"role": "assistant", "content": None, "tool_calls": calls},
        {"role": "tool", "tool_call_id": "1", "content": [{"type": "text", "text": "A"}, image()]},
        {"role": "tool", "tool_call_id": "2", "content": [FORMS[0]]},
        {"role": "user", "content": "And?"},
        model=VISION,
    )
    assert [message["role"] for message in read] == [
        *("user", "assistant", "tool", "tool", "user", "user")
    ]
    assert (read[2]["content"], read[3]["content"]) == (
        "A",
        "(An image, shown in the next message.)",
    )
    shown = [part for part in read[4]["content"] if part["type"] == "image_url"]
    assert shown == [{"type": "image_url", "image_url": {"url": DATA_URL}}] * 2
