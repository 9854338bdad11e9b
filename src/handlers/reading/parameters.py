"""The parameters of a request, wherever a client puts them: query, form or JSON.

Clients of translation services send the same fields in each of these ways, often with a content
type that does not fit: JSON as ``text/plain``, a form in the body of a GET.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from core.errors import BadRequest
from core.web import Request
from untrusted.json_text import parse_json

FIELDS = 1_000
"""In a query or a form: what reads them takes its time for each."""


class Parameters(NamedTuple):
    """``values``: what JSON had is as it was; of a query or a form each is a string, or a list of
    them where the name was repeated. ``array``: the body, where that was a JSON array."""

    values: Mapping[str, Any] = {}
    array: list[Any] | None = None

    def text(self, name: str, default: str = "") -> str:
        """A parameter as a string; numbers and booleans as JSON writes them. Of several the last
        counts. Raises :class:`BadRequest` for an object or null inside a list."""
        value = self.values.get(name)
        if isinstance(value, list) and value:
            value = value[-1]
        if value is None:
            return default
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | float):
            return str(value)
        raise BadRequest(f"'{name}' must be a string.", param=name, code="invalid_type")

    def flag(self, name: str, default: bool = False) -> bool:
        """``true``, ``1``, ``on`` and the like, in any letters."""
        text = self.text(name).strip().lower()
        return text in ("1", "true", "yes", "on") if text else default

    def texts(self, name: str) -> list[str] | None:
        """A string or a list of them as a list; None where there is none. Raises
        :class:`BadRequest` for anything else."""
        value = self.values.get(name)
        if value is None:
            return None
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) for item in listed):
            raise BadRequest(
                f"'{name}' must be a string or a list of strings.", param=name, code="invalid_type"
            )
        return listed

    def names(self, name: str) -> list[str]:
        """A list of names, or several of them separated by commas; in order, each once."""
        given = ",".join(self.texts(name) or [])
        return list(dict.fromkeys(part.strip() for part in given.split(",") if part.strip()))


async def read(request: Request, limit: int) -> Parameters:
    """The request's parameters; those of the body win. Raises :class:`TooLarge` for a body
    of more than ``limit`` bytes and :class:`BadRequest` for broken JSON and for more than
    :data:`FIELDS` fields."""
    query = _fields(request.query_string)
    content_type = (request.header("content-type") or "").lower()
    if content_type.startswith("multipart/form-data"):
        form = await request.form(limit)
        fields = [(name, value) for name, value in form.fields if isinstance(value, str)]
        return Parameters(query | _gathered(fields))
    body = (await request.read(limit)).decode("utf-8-sig", "replace").strip()
    if not body:
        return Parameters(query)
    if body[0] not in "{[" and "json" not in content_type:
        return Parameters(query | _fields(body))
    try:
        value = parse_json(body)
    except ValueError:
        raise BadRequest("The request body is not valid JSON.", code="invalid_json") from None
    if isinstance(value, list):
        return Parameters(query, value)
    if not isinstance(value, dict):
        raise BadRequest("The request body must be a JSON object.", code="invalid_json")
    return Parameters(query | value)


def _fields(text: str) -> dict[str, Any]:
    try:
        return _gathered(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS))
    except ValueError:
        raise BadRequest(f"A request may have {FIELDS} fields.", code="too_many_fields") from None


def _gathered(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name not in values:
            values[name] = value
        elif isinstance(values[name], list):
            values[name].append(value)
        else:
            values[name] = [values[name], value]
    return values
