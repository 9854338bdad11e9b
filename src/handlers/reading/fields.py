"""Reads request bodies by tables: one row per field, ignored ones included.

``null`` is the same as absent, as OpenAI's own clients use it, and so is an empty string, which
front ends send for what their users left empty; unknown fields are tolerated. A :data:`Check` is
named after the type that it accepts.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from core.errors import BadRequest, TooLarge
from core.limits import (
    JSON_BODY_BYTES,
    JSON_TEXT_BYTES,
    MODEL_NAME_CHARACTERS,
    STOP_CHARACTERS,
    STOP_SEQUENCES,
)
from core.web import Form, Request
from untrusted.json_text import parse_json

_COMPRESSED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
"""How gzip and zstd begin; neither is the beginning of any text."""

_BASE64 = re.compile(rb"(?<![A-Za-z0-9+/=_\\-])[A-Za-z0-9+/=_\\-]{1000,}+")
"""In either alphabet, with line ends and slashes as JSON may escape them."""

Check = Callable[[Any, str], Any]
"""Returns the value of the parameter ``param``, None if it means the same as absent, or raises
:class:`BadRequest`."""


def _check_type(kind: type | tuple[type, ...], description: str) -> Check:
    def check(value: Any, param: str) -> Any:
        if not isinstance(value, kind):
            raise BadRequest(f"'{param}' must be {description}.", param=param, code="invalid_type")
        return value

    return check


text = _check_type(str, "a string")
boolean = _check_type(bool, "a boolean")
array = _check_type(list, "an array")
mapping = _check_type(dict, "an object")
text_or_array = _check_type((str, list), "a string or an array")
text_or_mapping = _check_type((str, dict), "a string or an object")


def number(value: Any, param: str) -> float:
    """Accepts numbers. Booleans, which are integers in Python, are not."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadRequest(f"'{param}' must be a number.", param=param, code="invalid_type")
    return value


def integer(value: Any, param: str) -> int:
    """Accepts whole numbers, also written as 2.0, as some clients do."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadRequest(f"'{param}' must be an integer.", param=param, code="invalid_type")
    return value


def model_name(value: Any, param: str) -> str:
    """Accepts a string of at most :data:`MODEL_NAME_CHARACTERS` characters."""
    checked: str = text(value, param)
    if len(checked) > MODEL_NAME_CHARACTERS:
        raise BadRequest(
            f"'{param}' must have at most {MODEL_NAME_CHARACTERS} characters.",
            param=param,
            code="invalid_value",
        )
    return checked


def text_or_number(value: Any, param: str) -> str:
    """Accepts a string, or a number as one: some clients have numbers for their users."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    checked: str = text(value, param)
    return checked


def token_limit(value: Any, param: str) -> int | None:
    """Accepts a number of tokens; -1 is no limit, as in llama.cpp and LM Studio."""
    limit: int = integer(value, param)
    return None if limit == -1 else _check_token_limit(limit, param)


def within(check: Check, low: float, high: float | None) -> Check:
    """Rejects numbers out of range, as OpenAI does."""

    def check_bounds(value: Any, param: str) -> Any:
        value = check(value, param)
        if value < low or (high is not None and value > high):
            bounds = f"at least {low}" if high is None else f"between {low} and {high}"
            raise BadRequest(f"'{param}' must be {bounds}.", param=param, code="invalid_value")
        return value

    return check_bounds


_check_token_limit = within(integer, 1, None)


def clamp(check: Check, low: float, high: float) -> Check:
    """Moves numbers out of range to its nearest end."""
    return lambda value, param: max(low, min(high, check(value, param)))


def one_of(*choices: str) -> Check:
    """Accepts these strings alone."""

    def check(value: Any, param: str) -> Any:
        if value not in choices or not isinstance(value, str):
            raise BadRequest(
                f"'{param}' must be one of: {', '.join(choices)}.",
                param=param,
                code="invalid_value",
            )
        return value

    return check


def strings(most: int) -> Check:
    """Accepts a string or an array of at most ``most`` strings, and returns a list."""

    def check(value: Any, param: str) -> list[str]:
        if isinstance(value, str):
            return [value]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadRequest(
                f"'{param}' must be a string or an array of strings.",
                param=param,
                code="invalid_type",
            )
        if len(value) > most:
            raise BadRequest(
                f"'{param}' takes at most {most} strings.", param=param, code="invalid_value"
            )
        return value

    return check


_check_stops = strings(STOP_SEQUENCES)


def stop_sequences(value: Any, param: str) -> list[str]:
    """Accepts :data:`STOP_SEQUENCES` strings of at most :data:`STOP_CHARACTERS` characters."""
    listed: list[str] = _check_stops(value, param)
    if any(len(item) > STOP_CHARACTERS for item in listed):
        raise BadRequest(
            f"'{param}' takes strings of at most {STOP_CHARACTERS} characters.",
            param=param,
            code="invalid_value",
        )
    return listed


STOPS_REMARK = (
    f"at most {STOP_SEQUENCES} of {STOP_CHARACTERS} characters; enforced here where the model "
    "ignores them"
)


class Field(NamedTuple):
    """A row of a table. ``check`` is None if the field is ignored on purpose. ``option``: whether
    it is a sampling parameter, which goes to the model under its own name."""

    name: str
    check: Check | None = None
    option: bool = False
    remark: str = ""


def read_fields(body: dict[str, Any], rows: Sequence[Field]) -> dict[str, Any]:
    """Checks a body, and returns the values of all fields that are neither absent nor ignored."""
    # Most rows are not in a body, so that is the first condition.
    return {
        name: value
        for name, check, _, _ in rows
        if name in body
        and check is not None
        and body[name] is not None
        and body[name] != ""
        and (value := check(body[name], name)) is not None
    }


def select_options(values: dict[str, Any], rows: Sequence[Field]) -> dict[str, Any]:
    """Selects the sampling parameters among checked values."""
    return {name: values[name] for name, _, option, _ in rows if name in values and option}


def require_field(values: dict[str, Any], name: str) -> Any:
    """Returns a checked value. Raises :class:`BadRequest` if it is absent."""
    if name not in values:
        raise BadRequest(f"'{name}' is required.", param=name, code="missing_required_parameter")
    return values[name]


async def read_json(request: Request) -> dict[str, Any]:
    """Reads the body as a JSON object, whatever its content type says. A model in the address
    precedes one in the body."""
    body = parse_json_object(await request.read(JSON_BODY_BYTES))
    if request.path_model is not None:
        body["model"] = request.path_model
    return body


async def read_form(request: Request, limit: int) -> Form:
    """Reads the body as a form of at most ``limit`` bytes. A model in the address precedes one in
    the body, as its last field."""
    form = await request.form(limit)
    if request.path_model is None:
        return form
    return Form([*form.fields, ("model", request.path_model)])


def parse_json_object(data: bytes) -> dict[str, Any]:
    """Parses a JSON object. Raises :class:`BadRequest` for anything else."""
    reject_compressed(data)
    _check_text_size(data)
    try:
        text = data.decode("utf-8-sig")
        del data  # megabytes, and parsing takes more
        body = parse_json(text)
    except ValueError:
        raise BadRequest("The request body is not valid JSON.", code="invalid_json") from None
    if not isinstance(body, dict):
        raise BadRequest("The request body must be a JSON object.", code="invalid_json")
    return body


def _check_text_size(data: bytes) -> None:
    """Raises :class:`TooLarge` if JSON holds too much besides what is in base64."""
    size = len(data)
    if size > JSON_TEXT_BYTES:
        for run in _BASE64.finditer(data):
            size -= run.end() - run.start()
    if size > JSON_TEXT_BYTES:
        raise TooLarge(
            f"Without images and files, a body may have {JSON_TEXT_BYTES / 1024 / 1024} MB."
        )


def reject_compressed(data: bytes) -> None:
    """Raises :class:`BadRequest` for a body that its client has compressed: the platform does not
    unpack it."""
    if data.startswith(_COMPRESSED):
        raise BadRequest(
            "The request body is compressed; send it without a content-encoding.",
            code="unsupported_content_encoding",
            status=415,
        )
