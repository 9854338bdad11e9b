"""Images out of whatever a model answers, base64 without a detour."""

import base64
import json

import pytest

from core.errors import Upstream
from support.fakes import FakeBuffer, FakeReply, run
from support.pictures import bytes_of, jpeg, png, webp
from workers_ai.images.answers import Picture, read_image

PNG = png(640, 480)
BASE64 = base64.b64encode(PNG)


def picture(body: bytes | object, content_type: str = "application/json") -> Picture:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return run(read_image(FakeReply(data, content_type=content_type)))


@pytest.mark.parametrize(
    "body",
    [
        b'{"image":"%s"}' % BASE64,
        b'{ "image" : "%s", "seed": 7 }' % BASE64,
        b'{"result":{"image":"%s"},"success":true}' % BASE64,
        b'{"images":["%s"]}' % BASE64,
        b'{"data":[{"b64_json":"%s"}]}' % BASE64,
        b'{"image":"data:image/png;base64,%s"}' % BASE64,
        b'{"image":"%s"}' % BASE64.replace(b"/", rb"\/"),
        b'{"image":"%s"}' % BASE64.replace(b"+", rb"\u002B"),
        b'{"image":"%s"}' % BASE64.rstrip(b"="),
    ],
)
def test_reads_base64_in_json(body: bytes) -> None:
    got = picture(body)
    assert (got.content_type, got.size) == ("image/png", (640, 480))
    assert got.decoded() == PNG
    assert got.encoded().rstrip(b"=") == BASE64.rstrip(b"=")
    assert base64.b64decode(json.loads(b'"' + bytes_of(got.in_json()) + b'=="')) == PNG


@pytest.mark.parametrize("image", [png(600, 600), jpeg(512, 512, 40_000)])
@pytest.mark.parametrize("in_json", [True, False])
def test_an_image_is_passed_on_unread(image: bytes, in_json: bool) -> None:
    """But for its beginning, which says what it is."""
    image += bytes(1_000_000)
    encoded = base64.b64encode(image)
    whole = FakeBuffer(b'{"image":"%s","seed":1}' % encoded if in_json else image)

    class Large(FakeReply):
        async def buffer(self, limit: int) -> FakeBuffer:
            return whole

    got = run(read_image(Large()))
    passed = got.in_json() if in_json else got.decoded()
    assert not isinstance(passed, bytes)
    assert whole.seen < 100_000
    assert bytes_of(passed) == (encoded if in_json else image)


def test_finds_a_key_that_comes_late() -> None:
    body = b'{"log":"%s","image":"%s"}' % (b"x" * 10_000, BASE64)
    assert picture(body).decoded() == PNG


@pytest.mark.parametrize("content_type", ["image/png", "image/jpeg", "application/octet-stream"])
def test_recognises_a_bare_file_by_its_bytes(content_type: str) -> None:
    got = picture(jpeg(512, 256), content_type)
    assert (got.content_type, got.size) == ("image/jpeg", (512, 256))
    assert bytes_of(got.decoded()) == jpeg(512, 256)
    for encoded in (got.encoded(), bytes_of(got.in_json())):
        assert base64.b64decode(encoded) == jpeg(512, 256)


@pytest.mark.parametrize("metadata", [14, 2_900, 3_100, 60_000])
def test_finds_a_size_behind_metadata(metadata: int) -> None:
    image = jpeg(1120, 1120, metadata)
    assert picture({"image": base64.b64encode(image).decode()}).size == (1120, 1120)


def test_reads_an_image_without_a_known_size() -> None:
    image = webp(b"VP8X").replace(b"VP8X", b"ANIM")
    got = picture({"image": base64.b64encode(image).decode()})
    assert (got.content_type, got.size) == ("image/webp", None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"null",
        b"<html>502</html>",
        b'{"image":""}',
        b'{"image":"',
        b'{"image":"%s' % BASE64,
        b'{"image":null}',
        b'{"image":"bm8gaW1hZ2U="}',
        b'{"image":"\\"}',
        b'{"image":"\\u00e9\\u00e9\\u00e9\\u00e9"}',
        b'{"image":"data:image/png"}',
        b'{"image":"A"}',
        b'{"response":"I cannot draw."}',
    ],
)
def test_rejects_answers_without_an_image(body: bytes) -> None:
    with pytest.raises(Upstream) as caught:
        picture(body)
    assert caught.value.status == 502
