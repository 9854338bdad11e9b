"""Reads the parameters of a request from query, form or JSON, wherever a client puts them.

Clients of translation services send the same fields in each of these ways, often with a content
type that does not fit: JSON as ``text/plain``, a form in the body of a GET.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from core.errors import BadRequest
from core.limits import FORM_FIELDS
from core.web import Request
from handlers.reading.fields import reject_compressed
from untrusted.json_text import parse_json


class Parameters(NamedTuple):
    """The parameters of a request. ``values`` are as they were in JSON; of a query or a form each
    is a string, or a list of strings if the name is repeated. ``array`` is a body that is a JSON
    array."""

    values: Mapping[str, Any] = {}
    array: list[Any] | None = None

    def text(self, name: str, default: str = "") -> str:
        """Returns a parameter as a string, numbers and booleans as JSON writes them; the last value
        of a repeated one. Raises :class:`BadRequest` for an object, and for null in a list."""
        value = self.values.get(name)
        if type(value) is str:
            return value
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
        """Returns whether a parameter is ``1``, ``true``, ``yes`` or ``on``, case-insensitive."""
        text = self.text(name).strip().lower()
        return text in ("1", "true", "yes", "on") if text else default

    def texts(self, name: str) -> list[str] | None:
        """Returns a string or a list of strings as a list, None if it is absent. Raises
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
        """Returns names given as a list or separated by commas, in order, without repetitions."""
        joined = ",".join(self.texts(name) or [])
        return list(dict.fromkeys(part.strip() for part in joined.split(",") if part.strip()))


async def read_parameters(request: Request, limit: int) -> Parameters:
    """Reads the parameters; those of the body precede those of the query. Raises
    :class:`TooLarge` for a body of more than ``limit`` bytes, :class:`BadRequest` for invalid JSON
    and for more than :data:`FORM_FIELDS` fields."""
    _check_count(request.query_string)
    query = _merge_repeated(request.query_fields)
    content_type = (request.header("content-type") or "").lower()
    if content_type.startswith("multipart/form-data"):
        form = await request.form(limit)
        fields = [(name, value) for name, value in form.fields if isinstance(value, str)]
        return Parameters(query | _merge_repeated(fields))
    data = await request.read(limit)
    reject_compressed(data)
    body = data.decode("utf-8-sig", "replace").strip()
    if not body:
        return Parameters(query)
    if body[0] not in "{[" and "json" not in content_type:
        return Parameters(query | _parse_form(body))
    try:
        value = parse_json(body)
    except ValueError:
        raise BadRequest("The request body is not valid JSON.", code="invalid_json") from None
    if isinstance(value, list):
        return Parameters(query, value)
    if not isinstance(value, dict):
        raise BadRequest("The request body must be a JSON object.", code="invalid_json")
    return Parameters(query | value)


def _parse_form(text: str) -> dict[str, Any]:
    _check_count(text)
    return _merge_repeated(parse_qsl(text, keep_blank_values=True))


def _check_count(fields: str) -> None:
    if fields.count("&") >= FORM_FIELDS:
        raise BadRequest(f"A request may have {FORM_FIELDS} fields.", code="too_many_fields")


def _merge_repeated(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name not in values:
            values[name] = value
        elif isinstance(values[name], list):
            values[name].append(value)
        else:
            values[name] = [values[name], value]
    return values
