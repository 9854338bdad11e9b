"""What the dialects of translation share: languages in, the service's answer out, errors."""

from collections.abc import Callable, Mapping, Sequence

from errors import APIError, BadRequest
from parameters import Parameters
from translation import languages
from translation.languages import LANGUAGES, Locale
from web import Request, Response, json_response

LIMIT = 512 * 1024
"""Bytes of a body: the 90,000 characters that one request may take at most, as \\uXXXX each."""

UNSUPPORTED = "unsupported_language"


def parameters_of(request: Request) -> Parameters:
    """The request's parameters, which its route has had read."""
    return request.parameters or Parameters()


def target(code: str, param: str) -> Locale:
    """The language to translate into. Raises :class:`errors.BadRequest`."""
    locale = languages.find(code)
    if locale is None:
        raise unsupported(param)
    return locale


def source(code: str, param: str) -> Locale | None:
    """The language to translate from, None where that is to be found out. Raises
    :class:`errors.BadRequest`."""
    return None if languages.is_auto(code) else target(code, param)


def unsupported(param: str) -> BadRequest:
    codes = ", ".join(LANGUAGES)
    return BadRequest(
        f"'{param}' is no language that can be translated here. The codes are: {codes}.",
        code=UNSUPPORTED,
        param=param,
    )


def required_texts(parameters: Parameters, name: str, most: int | None = None) -> list[str]:
    """The texts to translate, at least one. Raises :class:`errors.BadRequest`."""
    texts = parameters.texts(name)
    if not texts:
        raise BadRequest(f"'{name}' is required.", code="missing_required_parameter", param=name)
    if most is not None and len(texts) > most:
        raise BadRequest(f"'{name}' takes at most {most} texts.", code="too_many_texts", param=name)
    return texts


Body = Callable[[APIError, int], object]


def error_renderer(
    body: Body, statuses: Mapping[str, int], others: Mapping[int, int] | None = None
) -> Callable[[APIError], Response]:
    """Makes a dialect's rendering of errors: ``body(error, status)``, and which status it has by
    the error's code, or by its usual status, where it is another one."""

    def render(error: APIError) -> Response:
        status = statuses.get(error.code or "") or (others or {}).get(error.status, error.status)
        return json_response(body(error, status), status, error.headers)

    return render


def spelled(sources: Sequence[Locale], spelling: str) -> list[str]:
    return [locale.write(spelling) for locale in sources]
