"""Request bodies as tables: one row per field, so that what happens to each can be read.

``null`` is the same as absent, as OpenAI's own clients use it; unknown fields are tolerated.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from core.errors import BadRequest
from core.web import Request
from untrusted.json_text import parse_json

MAX_BODY = 25 * 1024 * 1024
LONGEST_NAME = 512

Check = Callable[[Any, str], Any]
"""Takes a value and its ``param``; gives the value or raises :class:`BadRequest`."""


def _type(kind: type | tuple[type, ...], words: str) -> Check:
    def check(value: Any, param: str) -> Any:
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise BadRequest(f"'{param}' must be {words}.", param=param, code="invalid_type")
        return value

    return check


text = _type(str, "a string")
boolean = _type(bool, "a boolean")
number = _type((int, float), "a number")
array = _type(list, "an array")
mapping = _type(dict, "an object")
text_or_array = _type((str, list), "a string or an array")
text_or_mapping = _type((str, dict), "a string or an object")


def integer(value: Any, param: str) -> int:
    """Whole numbers; 2.0 is one, as some clients write them so."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadRequest(f"'{param}' must be an integer.", param=param, code="invalid_type")
    return value


def name(value: Any, param: str) -> str:
    """A string that every chunk of a stream repeats, and One API reads lines of at most 64 KiB."""
    given: str = text(value, param)
    if len(given) > LONGEST_NAME:
        raise BadRequest(
            f"'{param}' must have at most {LONGEST_NAME} characters.",
            param=param,
            code="invalid_value",
        )
    return given


def within(check: Check, low: float, high: float | None) -> Check:
    """Numbers outside are refused, as OpenAI refuses them."""

    def bounded(value: Any, param: str) -> Any:
        value = check(value, param)
        if value < low or (high is not None and value > high):
            bounds = f"at least {low}" if high is None else f"between {low} and {high}"
            raise BadRequest(f"'{param}' must be {bounds}.", param=param, code="invalid_value")
        return value

    return bounded


def clamped(check: Check, low: float, high: float) -> Check:
    """Numbers outside become the nearest one inside."""
    return lambda value, param: max(low, min(high, check(value, param)))


def one_of(*choices: str) -> Check:
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
    """One string or an array of them, given as a list."""

    def check(value: Any, param: str) -> list[str]:
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise BadRequest(
                f"'{param}' must be a string or an array of strings.",
                param=param,
                code="invalid_type",
            )
        if len(listed) > most:
            raise BadRequest(
                f"'{param}' takes at most {most} strings.", param=param, code="invalid_value"
            )
        return listed

    return check


class Field(NamedTuple):
    """A row: name, check (None: ignored on purpose), whether it is a sampling parameter that goes
    to the model under its own name, and a remark."""

    name: str
    check: Check | None = None
    option: bool = False
    remark: str = ""


def read(body: dict[str, Any], rows: Sequence[Field]) -> dict[str, Any]:
    """The checked values of all fields that are present, not null and not ignored."""
    # Most rows are not in a body, so what tells that comes first.
    return {
        name: check(body[name], name)
        for name, check, _, _ in rows
        if name in body and check is not None and body[name] is not None
    }


def options(values: dict[str, Any], rows: Sequence[Field]) -> dict[str, Any]:
    """Those of the values that are sampling parameters."""
    return {name: values[name] for name, _, option, _ in rows if name in values and option}


def required(values: dict[str, Any], name: str) -> Any:
    if name not in values:
        raise BadRequest(f"'{name}' is required.", param=name, code="missing_required_parameter")
    return values[name]


async def read_json(request: Request) -> dict[str, Any]:
    """The body as a JSON object, whatever content type it claims."""
    return json_object(await request.read(MAX_BODY))


def json_object(data: bytes) -> dict[str, Any]:
    """Raises :class:`BadRequest` for what is none."""
    try:
        body = parse_json(data.decode("utf-8-sig"))
    except ValueError:
        raise BadRequest("The request body is not valid JSON.", code="invalid_json") from None
    if not isinstance(body, dict):
        raise BadRequest("The request body must be a JSON object.", code="invalid_json")
    return body
