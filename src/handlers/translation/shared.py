"""Reads languages and texts for all dialects of translation, and renders their errors."""

from collections.abc import Callable, Mapping, Sequence

from core.dialect import Dialect
from core.errors import APIError, BadRequest
from core.web import Request, Response, json_response
from handlers.reading.parameters import Parameters
from translation.job import Job
from translation.languages import locales
from translation.languages.locales import LANGUAGES, Locale
from translation.text.markup import PLAIN, Markup

UNSUPPORTED_LANGUAGE = "unsupported_language"
"""The code of the error; dialects have their own messages for it."""

LONGEST_CODE = 64
"""Characters: names of languages are accepted as codes, but no long texts."""


def get_parameters(request: Request) -> Parameters:
    """Returns the parameters, which the gateway has read for this route."""
    return request.parameters or Parameters()


def read_target(code: str, param: str) -> Locale:
    """Returns the language to translate into. Raises :class:`BadRequest`."""
    locale = locales.find_locale(code) if len(code) <= LONGEST_CODE else None
    if locale is None:
        raise unsupported_language(param)
    return locale


def read_source(code: str, param: str) -> Locale | None:
    """Returns the language to translate from, None to detect it. Raises :class:`BadRequest`."""
    return None if locales.is_auto(code) else read_target(code, param)


def read_job(
    texts: Sequence[str],
    parameters: Parameters,
    target: str,
    source: str,
    markup: Markup = PLAIN,
    *,
    quality: bool = False,
) -> Job:
    """Returns the job of translating texts. ``target`` and ``source`` are the parameters that hold
    the languages. Raises :class:`BadRequest`."""
    return Job(
        texts,
        read_target(parameters.text(target), target),
        read_source(parameters.text(source), source),
        markup,
        quality,
    )


def unsupported_language(param: str) -> BadRequest:
    """Returns the error for a language that is unknown here."""
    codes = ", ".join(LANGUAGES)
    return BadRequest(
        f"'{param}' is no language that can be translated here. The codes are: {codes}.",
        code=UNSUPPORTED_LANGUAGE,
        param=param,
    )


def require_texts(parameters: Parameters, name: str) -> list[str]:
    """Returns the texts to translate: a text that is not empty, or a list, whose texts may be
    empty. Raises :class:`BadRequest`."""
    texts = parameters.texts(name)
    if not texts or not parameters.values[name]:
        raise BadRequest(f"'{name}' is required.", code="missing_required_parameter", param=name)
    return texts


def read_single_text(parameters: Parameters, name: str) -> str:
    """Returns the text to translate, or ``""``. Raises :class:`BadRequest` for a list of several,
    as the answer holds one."""
    value = parameters.values.get(name)
    if isinstance(value, list) and len(value) != 1:
        raise BadRequest(
            f"'{name}' takes one text here; /v2/translate takes up to 50.",
            code="invalid_type",
            param=name,
        )
    return parameters.text(name)


Body = Callable[[APIError, int], object]
"""Returns the JSON body of an error with a status."""

_STATUSES: Mapping[str, int] = {
    "capacity_exceeded": 503,
    # The setting TRANSLATION_MODEL is wrong; neither the request nor its key is.
    "model_not_found": 503,
    "model_not_available": 503,
}


def translation_dialect(
    name: str,
    body: Body,
    codes: Mapping[str, int] | None = None,
    statuses: Mapping[int, int] | None = None,
) -> Dialect:
    """Returns a dialect whose errors are ``body(error, status)`` as JSON. ``codes`` and
    ``statuses`` map codes and usual statuses of errors to the dialect's statuses; codes win."""
    by_code = {**_STATUSES, **(codes or {})}
    by_status = statuses or {}

    def render(error: APIError) -> Response:
        status = by_code.get(error.code or "") or by_status.get(error.status, error.status)
        return json_response(body(error, status), status, error.headers)

    return Dialect(name, render)
