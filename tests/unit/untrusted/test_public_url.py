"""URLs of the public web pass in one spelling; whatever leads inwards is rejected."""

import ipaddress
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.urls import urls
from untrusted.public_url import normalize_public_url

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
def test_normalizes_public_urls(url: str, normal: str) -> None:
    assert normalize_public_url(url) == normal
    assert normalize_public_url(normal) == normal


def test_knows_many_hostile_urls() -> None:
    assert len(HOSTILE) > 150


@pytest.mark.parametrize("url", HOSTILE)
def test_rejects_hostile_urls(url: str) -> None:
    with pytest.raises(ValueError, match=r"^[\w ,.]+\.$"):
        normalize_public_url(url)


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
    is_rejected = not address.is_global or any(address in net for net in WIDER_THAN_IPADDRESS)
    try:
        assert normalize_public_url(f"http://{host}/") == f"http://{address}/"
        assert not is_rejected
    except ValueError:
        assert is_rejected


@given(st.integers(0, 2**128 - 1) | st.integers(0x20 << 120, (0x40 << 120) - 1), st.booleans())
def test_ipv6(number: int, short: bool) -> None:
    address = ipaddress.IPv6Address(number)
    host = address.compressed if short else address.exploded.upper()
    try:
        normalize_public_url(f"http://[{host}]/")
        assert address.is_global and number >> 125 == 1
    except ValueError:
        assert not address.is_global or number >> 112 in {0x2002, 0x2001} or number >> 125 != 1


@given(urls)
def test_any_text_gives_a_plain_url_or_is_rejected(url: str) -> None:
    try:
        normal = normalize_public_url(url)
    except ValueError:
        return
    assert normalize_public_url(normal) == normal
    assert set(normal) <= set(string.ascii_letters + string.digits + "-._~:/?[]@!$&'()*+,;=%")
