"""Rejects URLs that do not lead to the public web.

A Worker cannot resolve a name before it fetches, so names are judged by their spelling. Addresses
are read as the WHATWG URL standard reads them (https://url.spec.whatwg.org/#host-parsing), because
that is how ``fetch`` will: ``http://0x7f.1`` is 127.0.0.1. What no honest client writes, such as a
host with percent signs or full-width digits, is rejected instead of decoded.
"""

import re
from collections.abc import Callable
from urllib.parse import quote

_PORTS = {"", "80", "443", "8080", "8443"}

# With every name below them. The second line: metadata services of cloud hosts; the third: public
# names for private addresses.
_INWARD_NAMES = (
    *("localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "home.arpa"),
    *("corp", "private", "onion", "metadata.goog", "metadata.tencentyun.com"),
    *("localtest.me", "lvh.me", "nip.io", "sslip.io", "xip.io"),
)

_NEVER = re.compile(r"[\x00-\x1f\x7f\\]")
_URL = re.compile(r"(https?)://([^/?#]*)([^#]*)(?:#.*)?", re.ASCII | re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(\[[0-9a-f:.]*\]|[^:\[\]]*)(?::([0-9]*))?", re.IGNORECASE)
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.ASCII)
_NUMBER = re.compile(r"0x([0-9a-f]*)|0([0-7]*)|([1-9][0-9]*)")

_INVALID = "has no valid host."
_INWARD = "does not lead to the public internet."


def normalize_public_url(url: str) -> str:
    """Returns a URL in plain ASCII, without its fragment, in a spelling with only one reading.

    Raises :class:`ValueError` with the end of a sentence that begins "The URL" and does not quote
    it.
    """
    url = url.strip(" ")
    parts = _URL.fullmatch(url)
    if len(url) > 8192:
        raise ValueError("is too long.")
    if parts is None or _NEVER.search(url):
        raise ValueError("is not a plain http or https URL.")
    scheme, authority, rest = parts.groups()
    if "@" in authority:
        raise ValueError("must not have a user name or password in it.")
    host_and_port = _AUTHORITY.fullmatch(authority)
    if host_and_port is None:
        raise ValueError(_INVALID)
    host, port = host_and_port.groups(default="")
    if port not in _PORTS:
        raise ValueError("must use port 80, 443, 8080 or 8443.")
    host = _normalize_host(host.lower())
    rest = quote(rest, safe="!$%&'()*+,/:;=?@[]~", errors="replace")
    path = rest if rest.startswith("/") else f"/{rest}"
    return f"{scheme.lower()}://{host}{port and ':' + port}{path}"


def _normalize_host(host: str) -> str:
    if host.startswith("["):
        _check_address(_parse_ipv6(host[1:-1]), _INWARD_V6)
        return host
    host = host.removesuffix(".")
    if not _NAME.fullmatch(host):
        raise ValueError("needs a valid host name in plain ASCII.")
    if re.fullmatch("[0-9]+|0x[0-9a-f]*", host.rpartition(".")[2]):
        address = _parse_ipv4(host)
        _check_address(address, _INWARD_V4)
        return ".".join(map(str, address.to_bytes(4, "big")))
    if "." not in host or any(f".{host}".endswith(f".{name}") for name in _INWARD_NAMES):
        raise ValueError(_INWARD)
    return host


def _check_address(address: int, networks: list[tuple[int, int]]) -> None:
    if any(address >> shift == prefix for prefix, shift in networks):
        raise ValueError(_INWARD)


def _parse_ipv4(text: str) -> int:
    """Parses one to four numbers, decimal, octal or hexadecimal; the last one fills the rest."""
    numbers = []
    for part in text.split("."):
        number = _NUMBER.fullmatch(part)
        if number is None:
            raise ValueError(_INVALID)
        digits, base = number[number.lastindex or 0], (16, 8, 10)[(number.lastindex or 1) - 1]
        numbers.append(int(digits or "0", base))
    *front, last = numbers
    if len(front) > 3 or max(front, default=0) > 255 or last >= 256 ** (4 - len(front)):
        raise ValueError(_INVALID)
    return sum(number << 8 * (3 - place) for place, number in enumerate(front)) + last


def _parse_ipv6(text: str) -> int:
    """Parses an address without an IPv4 address at its end: no public one is written so."""
    before, gap, after = text.partition("::")
    front, back = (part.split(":") if part else [] for part in (before, after))
    missing = 8 - len(front) - len(back)
    if missing < 0 or (missing > 0) != bool(gap):
        raise ValueError(_INVALID)
    groups = [*front, *["0"] * missing, *back]
    if not all(re.fullmatch("[0-9a-f]{1,4}", group) for group in groups):
        raise ValueError(_INVALID)
    return int("".join(group.zfill(4) for group in groups), 16)


def _networks(parse: Callable[[str], int], bits: int, *texts: str) -> list[tuple[int, int]]:
    """Returns for each network its prefix, and by how much to shift an address to compare it."""
    networks = []
    for address, size in (text.split("/") for text in texts):
        shift = bits - int(size)
        networks.append((parse(address) >> shift, shift))
    return networks


# https://www.iana.org/assignments/iana-ipv4-special-registry, multicast, reserved addresses,
# and the address that is the host for Azure's guests.
_INWARD_V4 = _networks(
    _parse_ipv4,
    32,
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/3",
)
# All but 2000::/3, which leaves out mapped addresses and NAT64; and within it Teredo,
# documentation and 6to4. https://www.iana.org/assignments/iana-ipv6-special-registry
_INWARD_V6 = _networks(
    _parse_ipv6,
    128,
    "::/3",
    "4000::/2",
    "8000::/1",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
)
