"""``GET /file/{name}``, and how files get there."""

import json
from collections.abc import Mapping

import pytest

from core.web import Answer, PassThrough, Response
from gateway.cors import CORS
from gateway.handle import PRIVATE, handle
from support.fakes import FakeReply, changed, ports, request, run
from support.openai_shapes import check_answer
from support.pictures import FakeFiles, Kept

NAME = "0123456789abcdef0123456789abcdef.png"
DATE = "Sun, 06 Nov 1994 08:49:37 GMT"
TAG = '"0123456789abcdef0123456789abcdef"'


def get(
    path: str = f"/file/{NAME}",
    headers: Mapping[str, str] | None = None,
    store: FakeFiles | None = None,
    method: str = "GET",
) -> Answer:
    """Without a key. The store has one file."""
    kept = store or FakeFiles()
    kept.kept[NAME] = Kept(b"the image", "image/png")
    sent = changed(request(method, path), header=(headers or {}).get)
    return run(handle(sent, lambda: ports()._replace(files=kept)))


def body(answer: Answer) -> bytes:
    assert isinstance(answer, PassThrough)
    return b"".join(answer.stream.pieces)


@pytest.mark.parametrize(
    "path", [f"/file/{NAME}", f"/v1/file/{NAME}", f"//file/{NAME}/", f"/file/{NAME}?download"]
)
def test_serves_a_file(path: str) -> None:
    got = get(path)
    assert (got.status, body(got)) == (200, b"the image")
    del got.headers["x-request-id"], got.headers["request-id"], got.headers["x-trace-id"]
    assert got.headers == {
        **CORS,
        **PRIVATE,
        "cache-control": "public, max-age=31536000, immutable",
        "content-length": "9",
        "content-type": "image/png",
        "etag": TAG,
        "last-modified": DATE,
        "x-content-type-options": "nosniff",
    }


def test_answers_head_without_a_body() -> None:
    """The edge leaves the body away."""
    assert get(method="HEAD").headers["content-length"] == "9"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"if-none-match": TAG}, 304),
        ({"if-none-match": f"W/{TAG}"}, 304),
        ({"if-none-match": f'"x", {TAG}'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"x"'}, 200),
        ({"if-none-match": '"x"', "if-modified-since": DATE}, 200),
        ({"if-none-match": TAG, "if-modified-since": "Sun, 06 Nov 1993 08:49:37 GMT"}, 304),
        ({"if-modified-since": DATE}, 304),
        ({"if-modified-since": "Sun, 06 Nov 1994 08:49:38 GMT"}, 304),
        ({"if-modified-since": "Tue, 01 Jan 2030 00:00:00 GMT"}, 304),
        ({"if-modified-since": "Sun, 06 Nov 1994 08:49:36 GMT"}, 200),
        ({"if-modified-since": "Thu, 06 Oct 1994 23:49:37 GMT"}, 200),
        ({"if-modified-since": "Sun, 06 Nie 1994 08:49:37 GMT"}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-modified-since": ""}, 200),
    ],
)
def test_answers_304_for_cached_files(headers: dict[str, str], status: int) -> None:
    got = get(headers=headers)
    assert got.status == status
    assert (got.headers["etag"], got.headers["last-modified"]) == (TAG, DATE)
    assert ("content-length" in got.headers) == (status == 200)


@pytest.mark.parametrize(
    "path",
    [
        "/file/ffffffffffffffffffffffffffffffff.png",
        "/file/0123456789abcdef0123456789abcdef",
        f"/file/{NAME.upper()}",
        f"/file/%2e%2e/{NAME}x",
        "/file/..",
        "/file/settings",
        f"/file/{NAME}%00",
    ],
)
def test_answers_404_for_unknown_names(path: str) -> None:
    got = get(path)
    assert isinstance(got, Response)
    assert got.status == 404
    check_answer("error", json.loads(got.body), status=404)


def test_answers_404_without_a_store() -> None:
    got = run(handle(request("GET", f"/file/{NAME}"), ports))
    assert got.status == 404


def test_looks_up_only_names_that_may_be_files() -> None:
    class Watched(FakeFiles):
        async def get(self, name: str) -> None:
            raise AssertionError(name)

    sent = request("GET", "/file/secret")
    got = run(handle(sent, lambda: ports()._replace(files=Watched())))
    assert got.status == 404


def test_passes_a_stream_through_unread() -> None:
    got = get()
    assert isinstance(got, PassThrough)
    assert isinstance(got.stream, FakeReply)
    assert not got.stream.was_read
