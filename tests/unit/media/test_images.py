import asyncio
import base64
import ipaddress
import re
import string
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import APIError, BadRequest, TooLarge
from core.ports import Reply
from core.web import Buffer
from media.images import MAX_BYTES, guard, load, sniff

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


def data_url(data: bytes, declared: str = "image/png") -> str:
    return f"data:{declared};base64,{base64.b64encode(data).decode()}"


class Body:
    """A fetched answer that knows how it was treated."""

    def __init__(
        self, data: bytes | OSError = b"", status: int = 200, **headers: str | None
    ) -> None:
        self.data = data
        self.status = status
        self.stream = None
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.ends: list[str] = []

    def header(self, name: str) -> str | None:
        return self.headers.get(name)

    async def read(self, limit: int | None = None) -> bytes:
        self.ends.append("read")
        if isinstance(self.data, OSError):
            raise self.data
        if limit is not None and len(self.data) > limit:
            raise TooLarge("too much")
        return self.data

    async def buffer(self) -> Buffer:
        raise AssertionError("an image from the web is bounded while it is read")

    async def cancel(self) -> None:
        self.ends.append("cancelled")


class Web:
    def __init__(self, *replies: Body) -> None:
        self.replies = list(replies)
        self.urls: list[str] = []

    async def __call__(self, url: str, headers: Mapping[str, str]) -> Reply:
        self.urls.append(url)
        if len(self.urls) > len(self.replies):
            raise OSError("connection refused")
        return self.replies[len(self.urls) - 1]


def run(url: str, *replies: Body) -> str:
    """Loads an image; every reply that was given out must be read or cancelled, once."""
    web = Web(*replies)
    try:
        return asyncio.run(load(url, web, "messages[0].content[1].image_url.url"))
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
    assert error.param == "messages[0].content[1].image_url.url"
    return error.message


@pytest.mark.parametrize(("media_type", "head"), HEADS.items())
def test_types_are_told_by_their_first_bytes(media_type: str, head: bytes) -> None:
    assert sniff(head) == sniff(head[:16]) == media_type
    assert run(PAGE, Body(head)) == data_url(head, media_type)
    assert run(data_url(head, "image/tiff")) == data_url(head, media_type)


@pytest.mark.parametrize(
    "head", [b"", b"\x89PNG", b"GIF", b"BMW cars", b"RIFF....WAVE", b"<svg/>", b"%PDF-1.4"]
)
def test_other_bytes_are_no_image(head: bytes) -> None:
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
def test_the_bytes_decide_on_the_type(head: str) -> None:
    assert run(f"{head},{base64.b64encode(PNG).decode()}") == data_url(PNG)


def test_a_data_url_without_base64_becomes_base64() -> None:
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
def test_data_urls_that_hold_no_image(url: str, reason: str) -> None:
    assert reason in refused(url)


def test_ten_megabytes_are_the_limit_of_a_data_url() -> None:
    largest = data_url(PNG + bytes(MAX_BYTES - len(PNG)))
    assert run(largest) == largest
    larger = PNG + bytes(MAX_BYTES + 1 - len(PNG))
    assert "10 MB" in refused(data_url(larger))
    assert "10 MB" in refused("data:image/png," + quote_from_bytes(larger))


# The web


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int) -> None:
    web = Web(
        Body(status=status, location="/a?b=1#c"),
        Body(status=status, location="//images.example.net/x"),
        Body(status=status, location="http://example.org:8080"),
        Body(JPEG),
    )
    assert asyncio.run(load(PAGE, web, "p")) == data_url(JPEG, "image/jpeg")
    assert web.urls == [
        PAGE,
        "https://example.com/a?b=1",
        "https://images.example.net/x",
        "http://example.org:8080/",
    ]
    assert [reply.ends for reply in web.replies] == [["cancelled"]] * 3 + [["read"]]


def test_a_fourth_redirect_is_refused() -> None:
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
def test_every_redirect_is_checked_again(location: str) -> None:
    web = Web(Body(status=302, location=location), Body(PNG))
    with pytest.raises(BadRequest):
        asyncio.run(load(PAGE, web, "p"))
    assert web.urls == [PAGE]
    assert web.replies[0].ends == ["cancelled"]


@pytest.mark.parametrize(
    ("reply", "reason", "end"),
    [
        (Body(b"<html>", 404), "(status 404)", "cancelled"),
        (Body(PNG, 206), "(status 206)", "cancelled"),
        (Body(PNG, 302), "(status 302)", "cancelled"),
        (Body(PNG, content_length=str(MAX_BYTES + 1)), "10 MB", "cancelled"),
        (Body(PNG, content_length="9" * 5000), "10 MB", "cancelled"),
        (Body(PNG + bytes(MAX_BYTES)), "10 MB", "read"),
        (Body(OSError("reset")), "connection lost", "read"),
    ],
)
def test_answers_that_give_no_image(reply: Body, reason: str, end: str) -> None:
    assert reason in refused(PAGE, reply)
    assert reply.ends == [end]


def test_no_connection_is_a_bad_request() -> None:
    assert "no connection" in refused(PAGE)


@pytest.mark.parametrize("length", ["1", "", "x", "-1", "１", None])
def test_an_odd_content_length_does_not_matter(length: str | None) -> None:
    assert run(PAGE, Body(PNG, content_length=length)) == data_url(PNG)


# The guard

PUBLIC = {
    "https://example.com": "https://example.com/",
    "HTTP://EXAMPLE.com/A?b=C#d": "http://example.com/A?b=C",
    " https://example.com./a b.png ": "https://example.com/a%20b.png",
    "https://example.com?q=1": "https://example.com/?q=1",
    "https://example.com:443/": "https://example.com:443/",
    "http://example.com:8080/": "http://example.com:8080/",
    "https://例.com/"[:8] + "example.com/图.png": "https://example.com/%E5%9B%BE.png",
    "https://xn--fsqu00a.xn--0zwm56d/a%2Fb@c": "https://xn--fsqu00a.xn--0zwm56d/a%2Fb@c",
    "https://my_bucket.s3.example.com/a'(1).png": "https://my_bucket.s3.example.com/a'(1).png",
    "https://localhost.example.com/": "https://localhost.example.com/",
    "https://internal-news.com/": "https://internal-news.com/",
    "https://1.1.1.1/": "https://1.1.1.1/",
    "https://0x08.8.2056/": "https://8.8.8.8/",
    "https://[2606:4700:4700::1111]/": "https://[2606:4700:4700::1111]/",
    "https://[2606:4700:4700:0:0:0:0:1111]:8443/x": "https://[2606:4700:4700:0:0:0:0:1111]:8443/x",
    "https://1.2.3.4.example.com/": "https://1.2.3.4.example.com/",
    "https://a.com/http://127.0.0.1/": "https://a.com/http://127.0.0.1/",
    "https://a.com/?u=\ud800": "https://a.com/?u=?",
}

HOSTILE = r"""
http://127.0.0.1/                   http://127.1/                   http://127.0.1/
http://2130706433/                  http://017700000001/            http://0x7f000001/
http://0x7F.1/                      http://0177.0.0.1/              http://0x7f.0x0.0x0.0x1/
http://127.0.0.1./                  http://127.255.255.254/         http://0/
http://0.0.0.0/                     http://0x/                      http://0000000000000/
http://10.0.0.1/                    http://10.1/                    http://012.1/
http://172.16.0.1/                  http://172.31.255.255/          http://192.168.1.1/
http://192.168.257/                 http://3232235777/              http://169.254.169.254/
http://2852039166/                  http://0xA9FEA9FE/              http://0251.0376.0251.0376/
http://169.254.43518/               http://100.64.0.1/              http://100.127.255.255/
http://100.100.100.200/             http://168.63.129.16/           http://192.0.0.192/
http://192.0.2.1/                   http://192.88.99.1/             http://198.18.0.1/
http://198.51.100.7/                http://203.0.113.9/             http://224.0.0.1/
http://239.255.255.250/             http://240.0.0.1/               http://255.255.255.255/
http://4294967296/                  http://256.1.1.1/               http://1.2.3.4.5/
http://08.1.1.1/                    http://1.0xg.1.1/               http://1..1/
http://[::1]/                       http://[::]/                    http://[0:0:0:0:0:0:0:1]/
http://[::ffff:127.0.0.1]/          http://[::ffff:7f00:1]/         http://[::127.0.0.1]/
http://[0:0:0:0:0:ffff:a9fe:a9fe]/  http://[64:ff9b::7f00:1]/       http://[64:ff9b:1::a00:1]/
http://[2002:7f00:1::]/             http://[2002:a9fe:a9fe::1]/     http://[2001:0:1::1]/
http://[2001:db8::1]/               http://[3fff::1]/               http://[fc00::1]/
http://[fd00:ec2::254]/             http://[fe80::1]/               http://[fe80::1%25eth0]/
http://[fec0::1]/                   http://[ff02::1]/               http://[100::1]/
http://[5f00::1]/                   http://[::1]:80/                http://[::1/
http://[]/                          http://[::1::]/                 http://[1:2:3]/
http://[1:2:3:4:5:6:7::8:9]/        http://[2606:4700::1.2.3.4]/    http://[2606:4700:4700::11111]/
http://::1/                         http://[2606::1]x/              http://x[2606::1]/
http://[2606:4700:4700:0:0:0:0::1111]/
http://localhost/                   http://LOCALHOST./              http://a.localhost/
http://localhost.localdomain/       http://printer.local/           http://db.internal/
http://metadata.google.internal/    http://metadata.goog/           http://metadata/
http://router.lan/                  http://nas.home.arpa/           http://wiki.corp/
http://metadata.tencentyun.com/     http://127.0.0.1.nip.io/        http://10-0-0-1.sslip.io/
http://localtest.me/                http://com./                    http://intranet/
http://a.intranet/                  http://a.home/                  http://a.private/
http://a.onion/                     http://a.lvh.me/                http://10.0.0.1.xip.io/
http://user@example.com/            http://user:pw@example.com/     http://example.com@127.0.0.1/
http://@example.com/                http://example.com:@a.com/      http://a.com%40127.0.0.1/
http://127.0.0.1%2f@example.com/    http://%31%32%37.0.0.1/         http://%6c%6f%63alhost/
http://127%2e0%2e0%2e1/             http://１２７.0.0.1/             http://127。0。0。1/
http://127．0．0．1/                http://①②⑦.0.0.1/               http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/
http://loc­alhost/                  http://例え.jp/                 http://example.com\@127.0.0.1/
http:\\127.0.0.1\                   http:\/\/127.0.0.1/             http:/127.0.0.1/
http:127.0.0.1                      http:///127.0.0.1/              //127.0.0.1/
http://example.com:22/              http://example.com:6379/        http://example.com:0/
http://example.com:65616/           http://example.com:0x50/        http://example.com:80:80/
http://example.com:+80/             http://example.com:８０/          http://example.com:080/
http://a..com/                      http://.com/                    http://./
http://a.com../                     http:///                        http://?
http://#a.com                       http://a!b.com/                 http://a,b.com/
http://a$.com/                      http://{a}.com/                 http://a*b.com/
ftp://example.com/                  file:///etc/passwd              gopher://127.0.0.1:6379/_
javascript:alert(1)                 blob:https://example.com/x      ws://example.com/
example.com/cat.png                 httpſ://example.com/            hxxp://example.com/
""".split()
HOSTILE += [
    "",
    "http://exa mple.com/",
    "http://127.0.0.1\t/",
    "ht\ntp://example.com/",
    "http://exam\tple.com/",
    "http://example.com/\r\nX-A: b",
    "http://example.com/\x00",
    "\x01http://example.com/",
    "http://example.com\x7f/",
    "http://" + "a." * 130 + "com/",
    "http://" + "a" * 64 + ".com/",
    "http://example.com/" + "a" * 9000,
    "http://example.com:" + "8" * 5000,
]


@pytest.mark.parametrize(("url", "normal"), PUBLIC.items())
def test_public_urls_pass(url: str, normal: str) -> None:
    assert guard(url) == normal
    assert guard(normal) == normal


def test_the_table_of_hostile_urls_is_long() -> None:
    assert len(HOSTILE) > 150


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_urls_are_refused(url: str) -> None:
    with pytest.raises(BadRequest) as caught:
        guard(url, "image")
    assert (caught.value.code, caught.value.param) == ("invalid_image_url", "image")
    assert re.fullmatch(r"The image URL [\w ,.]+\.", caught.value.message)
    if url.strip():
        refused(url)


def test_the_url_is_not_quoted() -> None:
    for url in ("http://balance.local/", "credit://x", "http://balance@x.com/"):
        assert not {"balance", "credit"} & set(re.findall(r"\w+", refused(url)))


WIDER_THAN_IPADDRESS = [
    ipaddress.ip_network(text)
    for text in ("224.0.0.0/4", "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")
]


@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.lists(st.sampled_from("dxo"), min_size=4))
def test_ipv4_in_every_spelling(number: int, parts: int, bases: list[str]) -> None:
    data = number.to_bytes(4, "big")
    numbers = [*data[: parts - 1], int.from_bytes(data[parts - 1 :], "big")]
    spelt = {"d": "{:d}", "x": "0x{:X}", "o": "0{:o}"}
    host = ".".join(spelt[base].format(n) for base, n in zip(bases, numbers, strict=False))
    address = ipaddress.IPv4Address(number)
    refused_here = not address.is_global or any(address in net for net in WIDER_THAN_IPADDRESS)
    try:
        assert guard(f"http://{host}/") == f"http://{address}/"
        assert not refused_here
    except BadRequest:
        assert refused_here


@given(st.integers(0, 2**128 - 1) | st.integers(0x20 << 120, (0x40 << 120) - 1), st.booleans())
def test_ipv6(number: int, short: bool) -> None:
    address = ipaddress.IPv6Address(number)
    host = address.compressed if short else address.exploded.upper()
    try:
        guard(f"http://[{host}]/")
        assert address.is_global and number >> 125 == 1
    except BadRequest:
        assert not address.is_global or number >> 112 in {0x2002, 0x2001} or number >> 125 != 1


pieces = st.sampled_from(
    [
        "http://",
        "https://",
        "//",
        "/",
        "\\",
        "@",
        ":",
        "%",
        "[",
        "]",
        ".",
        "#",
        "?",
        "0x",
        "::",
        "80",
    ]
    + [
        "127.0.0.1",
        "10",
        "localhost",
        "example",
        "com",
        "internal",
        "data:",
        "image/png",
        ";base64",
    ]
    + [",", "iVBORw0KGgo", "=", " ", "\t", "é", "１", "。", "\u00ad", "\ud800", "\0"]
)
urls = (
    st.text() | st.lists(pieces).map("".join) | st.lists(pieces).map("".join).map("http://".__add__)
)


@given(urls)
def test_any_text_gives_a_plain_url_or_a_bad_request(url: str) -> None:
    try:
        normal = guard(url)
    except APIError as error:
        assert error.status == 400
        return
    assert guard(normal) == normal
    assert set(normal) <= set(string.ascii_letters + string.digits + "-._~:/?[]@!$&'()*+,;=%")


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
