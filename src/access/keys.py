"""Authentication: accepted keys and where clients send them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest
from itertools import islice
from typing import Any, Literal, NamedTuple

from core.errors import APIError, Forbidden, NotConfigured, Unauthorized
from core.limits import KEY_CANDIDATES
from core.settings import unreadable
from core.web import Request

Scope = Literal["", "translation"]
"""The kind of endpoint that a key may be limited to; ``""`` stands for every kind."""

TRANSLATION: Scope = "translation"
SCOPES = frozenset({TRANSLATION})

_SCHEMES = frozenset({"bearer", "deepl-auth-key"})
_HEADERS = ("x-api-key", "api-key")
_TRANSLATION_HEADERS = (*_HEADERS, "ocp-apim-subscription-key", "x-goog-api-key")
_QUERY_PARAMETERS = ("token", "password", "key", "auth_key", "api_key")
_BODY_PARAMETERS = ("auth_key", "api_key")


_NAME = re.compile(r"[\w.-]*(?::[\w.-]*)?")
_PADDED_BASE64 = re.compile(r"(?:[A-Za-z0-9+/_-]{4})+[A-Za-z0-9+/_-]{2}(?:==|[A-Za-z0-9+/_-]=)")


class Key(NamedTuple):
    """``scope``: the only kind of endpoint that the key opens, or ``""`` for all."""

    name: str
    secret: bytes
    scope: Scope = ""


class Match(NamedTuple):
    """``key`` is the accepted key, or None; ``out_of_scope``: a key was sent, but one that is
    limited to other endpoints."""

    key: Key | None
    out_of_scope: bool


@lru_cache(maxsize=4)
def read_keys(text: str) -> tuple[Key, ...]:
    """The keys of the setting ``API_KEYS``: ``key``, ``name=key`` or ``name:scope=key``, separated
    by commas, spaces or line ends. Raises :class:`NotConfigured` for anything else: what was meant
    for a name, a scope or an empty key would else be a key for everything."""
    keys = []
    for item in text.replace(",", " ").split():
        name, equals, secret = item.partition("=")
        if not secret.strip("="):
            # A key alone, perhaps with the padding of base64, or a name whose key is missing.
            is_name = item.endswith(":") or (equals and _NAME.fullmatch(name))
            if is_name and not _PADDED_BASE64.fullmatch(item):
                raise unreadable("API_KEYS")
            name, secret = "", item
        name, colon, scope = name.partition(":")
        if colon and scope not in SCOPES:
            raise unreadable("API_KEYS")
        keys.append(Key(name, secret.encode(), TRANSLATION if scope else ""))
    return tuple(keys)


@lru_cache(maxsize=64)
def owner_of(key: Key) -> str:
    """Returns whose memory, glossaries and usage a key has: those of its name, so that they outlive
    a new secret. A key without a name has those of its secret, by a hash."""
    # No name has the sign, since that is what ends one.
    return key.name or "=" + sha256(b"owner " + key.secret).hexdigest()[:32]


def match_key(keys: Sequence[Key], candidates: Iterable[bytes], scope: Scope) -> Match:
    """The first candidate that is a key for this scope.

    A wrong key in one place does not spoil a right one in another: many clients always send an
    Authorization header, be it ``Bearer undefined``. Every key is compared, each in constant time.
    """
    out_of_scope = False
    for candidate in islice(candidates, KEY_CANDIDATES):
        found = None
        for key in keys:
            if compare_digest(candidate, key.secret):
                found = key
        if found is not None:
            if found.scope in ("", scope):
                return Match(found, False)
            out_of_scope = True
    return Match(None, out_of_scope)


def refusal(keys: Sequence[Key], match: Match) -> APIError:
    """The error of a request without an accepted key."""
    if not keys:
        return NotConfigured(
            "No key is set for this gateway. Set one with: npx wrangler secret put API_KEYS"
        )
    if match.out_of_scope:
        return Forbidden("This key is not for this kind of endpoint.", code="key_out_of_scope")
    return Unauthorized(
        "The key for this gateway is missing or wrong; send it as: Authorization: Bearer <key>",
        headers={"www-authenticate": "Bearer"},
    )


# --- where clients send keys -----------------------------------------------------------------


def keys_in_head(
    request: Request, scope: Scope, *, in_url: bool, segment: str | None
) -> Iterator[bytes]:
    """What may be a key in address and headers, one place after the other: each header costs a
    crossing. ``in_url`` says that the query counts too, ``segment`` is the part of the path that
    may be a key. Cookies are never looked at."""
    if segment:
        yield segment.encode("utf-8", "replace")
    if in_url:
        for name, value in request.query_fields:
            if value and name in _QUERY_PARAMETERS:
                yield _with_plus(value)
                # Clients append "?client=…" to an address that has a query already.
                yield _with_plus(value.partition("?")[0])
    kind, _, credentials = (request.header("authorization") or "").partition(" ")
    if kind.lower() in _SCHEMES and credentials.strip():
        yield credentials.strip().encode("utf-8", "replace")
    for name in _TRANSLATION_HEADERS if scope == TRANSLATION else _HEADERS:
        value = (request.header(name) or "").strip()
        if value:
            yield value.encode("utf-8", "replace")


def keys_in_parameters(values: dict[str, Any]) -> Iterator[bytes]:
    """What may be a key among the parameters of a body, as DeepL's older clients send it."""
    for name in _BODY_PARAMETERS:
        sent = values.get(name)
        for value in sent if isinstance(sent, list) else [sent]:
            if isinstance(value, str):
                yield _with_plus(value)


def _with_plus(value: str) -> bytes:
    """A value of a query or a form as the key it may be: keys have no blanks, but some have a plus
    that nobody has quoted."""
    return value.replace(" ", "+").encode("utf-8", "replace")
