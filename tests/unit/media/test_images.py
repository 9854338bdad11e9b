import asyncio
import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import APIError, BadRequest, answer_too_large, timed_out
from core.limits import IMAGE_BYTES, IMAGE_FETCH_SECONDS, IMAGES_BYTES
from core.ports import Reply
from core.web import Buffer
from media.data_urls import normalize_data_url
from media.images import fetch_images
from media.sniffing import sniff
from support.urls import urls

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(20)
HEADS = {
    "image/png": PNG,
    "image/jpeg": JPEG,
    "image/gif": b"GIF89a" + bytes(20),
    "image/webp": b"RIFF\x24\n\0\0WEBPVP8 " + bytes(20),
    "image/avif": b"\0\0\0\x1cftypavif" + bytes(20),
    "image/bmp": b"BM\x36\n\0\0\0\0\0\0" + bytes(20),
}
SVG = "<svg xmlns='http://www.w3.org/2000/svg'/>"
PAGE = "https://example.com/cat.png"
PARAM = "messages[0].content[1].image_url.url"


def data_url(data: bytes, declared: str = "image/png") -> str:
    return f"data:{declared};base64,{base64.b64encode(data).decode()}"


class Body:
    """A fetched answer that knows how it was treated."""

    def __init__(
        self, data: bytes | Exception = b"", status: int = 200, **headers: str | None
    ) -> None:
        self.data = data
        self.status = status
        self.stream = None
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.ends: list[str] = []

    def header(self, name: str) -> str | None:
        return self.headers.get(name)

    async def read(self, limit: int) -> bytes:
        self.ends.append("read")
        if isinstance(self.data, Exception):
            raise self.data
        if len(self.data) > limit:
            raise answer_too_large()
        return self.data

    async def buffer(self, limit: int) -> Buffer:
        raise AssertionError("an image from the web becomes a data URL")

    async def read_small(self) -> bytes | None:
        raise AssertionError("an image from the web is read as a whole")

    async def peek(self) -> bytes:
        raise AssertionError("an image from the web is read as a whole")

    async def cancel(self) -> None:
        self.ends.append("cancelled")


class Web:
    def __init__(self, *replies: Body) -> None:
        self.replies = list(replies)
        self.urls: list[str] = []

    async def __call__(
        self, urls: Sequence[str], headers: Mapping[str, str], seconds: float
    ) -> list[Reply | OSError]:
        started = len(self.urls)
        self.urls += urls
        rest: list[Reply | OSError] = [*self.replies[started:]]
        refused: list[Reply | OSError] = [OSError("connection refused")] * len(urls)
        return [*rest, *refused][: len(urls)]


def load(url: str, web: Web) -> str:
    if url.strip()[:5].lower() == "data:":
        return normalize_data_url(url.strip(), PARAM)
    return asyncio.run(fetch_images({url: [PARAM]}, web, IMAGES_BYTES))[url]


def run(url: str, *replies: Body) -> str:
    """Loads an image; every reply that was given out must be read or cancelled, once."""
    web = Web(*replies)
    try:
        return load(url, web)
    finally:
        assert [len(reply.ends) for reply in replies[: len(web.urls)]] == [
            1 for _ in web.urls[: len(replies)]
        ]


def refused(url: str, *replies: Body) -> str:
    """The message of the 400 that the URL gets."""
    with pytest.raises(BadRequest) as caught:
        run(url, *replies)
    error = caught.value
    assert (error.status, error.code) == (400, "invalid_image_url")
    assert error.param == PARAM
    return error.message


@pytest.mark.parametrize(("media_type", "head"), HEADS.items())
def test_first_bytes_decide_on_the_type(media_type: str, head: bytes) -> None:
    assert sniff(head) == sniff(head[:16]) == media_type
    assert run(PAGE, Body(head)) == data_url(head, media_type)
    assert run(data_url(head, "image/tiff")) == data_url(head, media_type)


@pytest.mark.parametrize(
    "head", [b"", b"\x89PNG", b"GIF", b"BMW cars", b"RIFF....WAVE", b"<svg/>", b"%PDF-1.4"]
)
def test_rejects_other_bytes(head: bytes) -> None:
    assert sniff(head) is None
    assert "PNG" in refused(PAGE, Body(head))


# Data URLs


@pytest.mark.parametrize("size", [16, 17, 18, 64, 200])
@pytest.mark.parametrize("form", ["as it is", "unpadded", "url-safe", "percent", "lines"])
def test_base64_in_every_common_form(size: int, form: str) -> None:
    right = data_url(PNG[:size])
    head, _, payload = right.partition(",")
    payload = {
        "as it is": payload,
        "unpadded": payload.rstrip("="),
        "url-safe": payload.replace("+", "-").replace("/", "_"),
        "percent": payload.replace("+", "%2B").replace("/", "%2f").replace("=", "%3D"),
        "lines": "\r\n".join(re.findall(".{1,20}", payload)),
    }[form]
    assert run(f"{head},{payload}") == right


@pytest.mark.parametrize(
    "head",
    ["data:image/png;base64", "DATA:IMAGE/PNG;BASE64", "data:;base64", "data:image/jpg;base64"]
    + ["data:image/png;name=a.png;base64", "data: image/png ; base64", " data:text/html;base64"],
)
def test_ignores_the_declared_type(head: str) -> None:
    assert run(f"{head},{base64.b64encode(PNG).decode()}") == data_url(PNG)


def test_encodes_a_data_url_without_base64() -> None:
    assert run("data:image/png," + quote_from_bytes(PNG)) == data_url(PNG)
    svg = data_url(SVG.encode(), "image/svg+xml")
    assert run("data:image/svg+xml;utf8," + SVG) == svg
    assert run(svg) == svg


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("data:", "comma"),
        ("data:image/png;base64", "comma"),
        ("data:,", "not a PNG"),
        ("data:image/png;base64,", "not a PNG"),
        ("data:image/svg+xml;base64,", "not a PNG"),
        (data_url(b"hello"), "not a PNG"),
        (data_url(b"hello", "image/jpg"), "not a PNG"),
        (data_url(b"hello", "text/plain"), "not a PNG"),
        (data_url(b"hello", "image/"), "not a PNG"),
        (data_url(b"hello", 'image/a"b'), "not a PNG"),
        ("data:image/png;base64,iVBORw0KGgo=!", "base64"),
        ("data:image/png;base64,iVBORw0KGgoAA", "base64"),
        ("data:image/png;base64,iVBORw0KGgo===", "base64"),
        ("data:image/png;base64,iVBO=Rw0KGgo", "base64"),
        ("data:image/png;base64,iVBORw0KGgoé", "base64"),
        ("data:image/png;base64,\ud800", "base64"),
        ("data:image/png;base64,null", "not a PNG"),
    ],
)
def test_rejects_data_urls_that_hold_no_image(url: str, reason: str) -> None:
    assert reason in refused(url)


def test_accepts_data_urls_of_up_to_four_megabytes() -> None:
    largest = data_url(PNG + bytes(IMAGE_BYTES - len(PNG)))
    assert run(largest) == largest
    larger = PNG + bytes(IMAGE_BYTES + 1 - len(PNG))
    assert "4 MB" in refused(data_url(larger))
    assert "4 MB" in refused("data:image/png," + quote_from_bytes(larger))


# The web


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_follows_redirects(status: int) -> None:
    web = Web(
        Body(status=status, location="/a?b=1#c"),
        Body(status=status, location="//images.example.net/x"),
        Body(status=status, location="http://example.org:8080"),
        Body(JPEG),
    )
    assert load(PAGE, web) == data_url(JPEG, "image/jpeg")
    assert web.urls == [
        PAGE,
        "https://example.com/a?b=1",
        "https://images.example.net/x",
        "http://example.org:8080/",
    ]
    assert [reply.ends for reply in web.replies] == [["cancelled"]] * 3 + [["read"]]


def test_rejects_a_fourth_redirect() -> None:
    assert "too many" in refused(PAGE, *(Body(status=302, location="/") for _ in range(4)))


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "//[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "ftp://example.com",
    ]
    + ["http://localhost", "data:image/png;base64,iVBORw0KGgo=", "//a@example.com", "http://[::1"]
    + [
        "//10.0.0.1:80",
        "https://example.com:22/",
        "file:///etc/passwd",
        "\\\\10.1/",
        "//[x]",
        "//²",
    ],
)
def test_checks_every_redirect(location: str) -> None:
    web = Web(Body(status=302, location=location), Body(PNG))
    with pytest.raises(BadRequest):
        load(PAGE, web)
    assert web.urls == [PAGE]
    assert web.replies[0].ends == ["cancelled"]


@pytest.mark.parametrize(
    ("reply", "reason", "end"),
    [
        (Body(b"<html>", 404), "(status 404)", "cancelled"),
        (Body(PNG, 206), "(status 206)", "cancelled"),
        (Body(PNG, 302), "(status 302)", "cancelled"),
        (Body(PNG, content_length=str(IMAGE_BYTES + 1)), "4 MB", "cancelled"),
        (Body(PNG, content_length="9" * 5000), "4 MB", "cancelled"),
        (Body(PNG + bytes(IMAGE_BYTES)), "4 MB", "read"),
        (Body(OSError("reset")), "connection lost", "read"),
        (Body(timed_out()), "too long", "read"),
    ],
)
def test_rejects_answers_without_an_image(reply: Body, reason: str, end: str) -> None:
    assert reason in refused(PAGE, reply)
    assert reply.ends == [end]


class Pages:
    """A web of pages whose clock goes on by ``seconds`` with each round of fetches."""

    def __init__(self, pages: Mapping[str, Body], seconds: float = 0.0) -> None:
        self.pages = pages
        self.rounds: list[list[str]] = []
        self.given: list[float] = []
        self.now = 1000.0
        self._seconds = seconds

    async def __call__(
        self, urls: Sequence[str], headers: Mapping[str, str], seconds: float
    ) -> list[Reply | OSError]:
        self.rounds.append(list(urls))
        self.given.append(seconds)
        self.now += self._seconds
        if self._seconds > seconds:
            raise OSError("nothing came in time")
        return [self.pages[url] for url in urls]

    def load(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
        monkeypatch.setattr("media.images.monotonic", lambda: self.now)
        return asyncio.run(fetch_images({page: [PARAM] for page in self.pages}, self, IMAGES_BYTES))


def addresses(count: int) -> list[str]:
    return [f"https://example.com/{number}" for number in range(count)]


def test_fetches_six_images_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = addresses(14)
    web = Pages({page: Body(PNG) for page in pages})
    assert web.load(monkeypatch) == dict.fromkeys(pages, data_url(PNG))
    assert web.rounds == [pages[:6], pages[6:12], pages[12:]]


def test_images_have_one_deadline_together(monkeypatch: pytest.MonkeyPatch) -> None:
    web = Pages({page: Body(PNG) for page in addresses(20)}, seconds=IMAGE_FETCH_SECONDS / 3)
    with pytest.raises(BadRequest) as caught:
        web.load(monkeypatch)
    assert "too long" in caught.value.message
    assert (caught.value.code, caught.value.param) == ("invalid_image_url", PARAM)
    assert [round(seconds) for seconds in web.given] == [15, 10, 5]


def test_redirects_count_towards_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {page: Body(status=302, location=page) for page in addresses(1)}
    web = Pages(pages, seconds=IMAGE_FETCH_SECONDS / 2)
    with pytest.raises(BadRequest) as caught:
        web.load(monkeypatch)
    assert "too long" in caught.value.message
    assert len(web.rounds) == 2


def test_gives_up_the_other_pages_when_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = addresses(3)
    web = Pages({first: Body(PNG), second: Body(PNG, 404), third: Body(PNG)})
    with pytest.raises(BadRequest):
        web.load(monkeypatch)
    assert [web.pages[page].ends for page in web.pages] == [["read"], ["cancelled"], ["cancelled"]]


def test_reports_a_failed_connection() -> None:
    assert "no connection" in refused(PAGE)


@pytest.mark.parametrize("length", ["1", "", "x", "-1", "１", None])
def test_ignores_an_odd_content_length(length: str | None) -> None:
    assert run(PAGE, Body(PNG, content_length=length)) == data_url(PNG)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/", "ftp://example.com/", "example.com/cat.png"]
)
def test_rejects_urls_that_do_not_lead_to_the_public_web(url: str) -> None:
    assert re.fullmatch(r"The image URL [\w ,.]+\.", refused(url))


def test_error_messages_do_not_quote_the_url() -> None:
    for url in ("http://balance.local/", "credit://x", "http://balance@x.com/"):
        assert not {"balance", "credit"} & set(re.findall(r"\w+", refused(url)))


@given(urls, st.binary(), st.sampled_from([200, 204, 302, 404, 500]), st.text() | urls)
@example("data:,\ud800", b"", 200, "")
def test_any_url_and_any_answer_give_an_image_or_a_bad_request(
    url: str, body: bytes, status: int, header: str
) -> None:
    replies: list[Any] = [
        Body(body, status, location=header, content_length=header) for _ in range(9)
    ]
    try:
        assert run(url, *replies).startswith("data:image/")
    except APIError as error:
        assert (error.status, error.code) == (400, "invalid_image_url")
