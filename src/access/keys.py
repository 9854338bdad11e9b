"""Who may: the keys of the setting ``API_KEYS``, and all the places where clients put them."""

from collections.abc import Iterator, Sequence
from hmac import compare_digest
from typing import NamedTuple
from urllib.parse import parse_qsl

from core.errors import Forbidden, NotConfigured, Unauthorized
from core.web import Request

TRANSLATION = "translation"
SCOPES = frozenset({TRANSLATION})
"""What a key may be limited to."""

_SCHEMES = frozenset({"bearer", "deepl-auth-key"})
_HEADERS = ("x-api-key", "api-key")
_TRANSLATION_HEADERS = ("ocp-apim-subscription-key", "x-goog-api-key")
_QUERY = ("token", "password", "key", "auth_key", "api_key")
_BODY = ("auth_key", "api_key")


class Key(NamedTuple):
    """``scope``: the only kind of endpoint that it is for, or ``""`` for all."""

    name: str
    secret: bytes
    scope: str = ""


def authenticate(
    request: Request,
    keys: Sequence[Key],
    *,
    scope: str = "",
    in_url: bool = False,
    segment: str | None = None,
) -> Key:
    """The key that the request has.

    A place with a wrong key does not spoil another with a right one: many clients always send an
    Authorization header, be it ``Bearer undefined``. ``in_url`` says that the query counts too,
    ``segment`` is the part of the path that may be a key. Cookies are never looked at.
    """
    if not keys:
        raise NotConfigured(
            "No key is set for this gateway. Set one with: npx wrangler secret put API_KEYS"
        )
    limited = False
    for given in _given(request, scope, in_url, segment):
        found = None
        for key in keys:
            if compare_digest(given, key.secret):
                found = key
        if found and found.scope in ("", scope):
            return found
        limited = limited or found is not None
    if limited:
        raise Forbidden("This key is not for this kind of endpoint.", code="key_out_of_scope")
    raise Unauthorized(
        "The key for this gateway is missing or wrong; send it as: Authorization: Bearer <key>",
        headers={"www-authenticate": "Bearer"},
    )


def _given(request: Request, scope: str, in_url: bool, segment: str | None) -> Iterator[bytes]:
    """What may be a key, one place after the other: each look-up of a header costs."""
    if segment:
        yield segment.encode("utf-8", "replace")
    if in_url:
        for name, value in parse_qsl(request.query_string):
            if name in _QUERY:
                yield _unquoted(value)
                # Clients append "?client=…" to an address that has a query already.
                yield _unquoted(value.partition("?")[0])
    kind, _, credentials = (request.header("authorization") or "").partition(" ")
    if kind.lower() in _SCHEMES and credentials.strip():
        yield credentials.strip().encode("utf-8", "replace")
    for name in (*_HEADERS, *(_TRANSLATION_HEADERS if scope == TRANSLATION else ())):
        value = (request.header(name) or "").strip()
        if value:
            yield value.encode("utf-8", "replace")
    for name in _BODY if request.parameters else ():
        given = request.parameters.values.get(name)
        for one in given if isinstance(given, list) else [given]:
            if isinstance(one, str):
                yield _unquoted(one)


def _unquoted(value: str) -> bytes:
    """A value of a query or a form as the key it may be: keys have no blanks, but some have a plus
    that nobody has quoted."""
    return value.replace(" ", "+").encode("utf-8", "replace")
