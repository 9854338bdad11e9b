"""What the dialects of translation share: languages in, the service's answer out, errors."""

from collections.abc import Callable, Mapping

from core.dialect import Dialect
from core.errors import APIError, BadRequest
from core.web import Request, Response, json_response
from handlers.reading.parameters import Parameters
from translation.languages import locales
from translation.languages.locales import LANGUAGES, Locale

LIMIT = 640 * 1024
"""Bytes of a body: the 90,000 characters that one request may take at most, as \\uXXXX each."""

UNSUPPORTED = "unsupported_language"


def parameters_of(request: Request) -> Parameters:
    """The request's parameters, which its route has had read."""
    return request.parameters or Parameters()


LONGEST_CODE = 64
"""Characters: names are taken for codes too, but nothing much longer."""


def target(code: str, param: str) -> Locale:
    """The language to translate into. Raises :class:`BadRequest`."""
    locale = locales.find_locale(code) if len(code) <= LONGEST_CODE else None
    if locale is None:
        raise unsupported(param)
    return locale


def source(code: str, param: str) -> Locale | None:
    """The language to translate from, None where that is to be found out. Raises
    :class:`BadRequest`."""
    return None if locales.is_auto(code) else target(code, param)


def unsupported(param: str) -> BadRequest:
    codes = ", ".join(LANGUAGES)
    return BadRequest(
        f"'{param}' is no language that can be translated here. The codes are: {codes}.",
        code=UNSUPPORTED,
        param=param,
    )


def required_texts(parameters: Parameters, name: str) -> list[str]:
    """The texts to translate: one that is not empty, or a list of them, in which any may be. Raises
    :class:`BadRequest`."""
    texts = parameters.texts(name)
    if not texts or not parameters.values[name]:
        raise BadRequest(f"'{name}' is required.", code="missing_required_parameter", param=name)
    return texts


def one_text(parameters: Parameters, name: str) -> str:
    """The text to translate, or ``""``. Raises :class:`BadRequest` for several: an answer
    has room for one."""
    given = parameters.values.get(name)
    if isinstance(given, list) and len(given) != 1:
        raise BadRequest(
            f"'{name}' takes one text here; /v2/translate takes up to 50.",
            code="invalid_type",
            param=name,
        )
    return parameters.text(name)


Body = Callable[[APIError, int], object]

_STATUSES: Mapping[str, int] = {
    "capacity_exceeded": 503,
    # The setting TRANSLATION_MODEL is to be mended: no fault of the request or of its key.
    "model_not_found": 503,
    "model_not_available": 503,
}


def translation_dialect(
    name: str,
    body: Body,
    codes: Mapping[str, int] | None = None,
    statuses: Mapping[int, int] | None = None,
) -> Dialect:
    """A dialect whose errors are ``body(error, status)`` as JSON. An error has its usual status
    unless its code is in ``codes`` or that status in ``statuses``."""
    by_code = {**_STATUSES, **(codes or {})}
    by_status = statuses or {}

    def render(error: APIError) -> Response:
        status = by_code.get(error.code or "") or by_status.get(error.status, error.status)
        return json_response(body(error, status), status, error.headers)

    return Dialect(name, render)
