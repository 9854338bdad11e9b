"""LibreTranslate: ``POST /translate`` with ``q``, ``POST /detect``, ``GET /languages``.

Fields come as JSON, form or query. ``detectedLanguage`` is always there: Traduzir páginas reads it
without asking. Errors: ``{error}``.
"""

from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.reading.parameters import Parameters
from handlers.translation import shared
from translation.job import Job
from translation.languages import locales
from translation.languages.detection import detect
from translation.languages.locales import LANGUAGES, VARIANTS, Locale
from translation.service import translate_job
from translation.text.markup import PLAIN, Markup
from translation.text.segments import parse_template


async def translate(request: Request, ports: Ports) -> Response:
    """A text, or a list of them and lists in the answer. Raises :class:`APIError`."""
    parameters = shared.parameters_of(request)
    texts = shared.required_texts(parameters, "q")
    several = isinstance(parameters.values["q"], list)
    form = parameters.text("format", "text")
    if form not in ("text", "html"):
        raise BadRequest("'format' must be text or html.", code="invalid_value", param="format")
    alternatives = _alternatives(parameters)
    job = Job(
        texts,
        shared.target(parameters.text("target"), "target"),
        shared.source(parameters.text("source"), "source"),
        Markup("html") if form == "html" else PLAIN,
    )
    done = await translate_job(job, ports, request)
    confidence = round(done.confidence * 100)
    found = [
        {"confidence": confidence, "language": language.spell("libre")} for language in done.sources
    ]
    answer: dict[str, Any] = {
        "translatedText": list(done.texts) if several else done.texts[0],
        "detectedLanguage": found if several else found[0],
    }
    if alternatives > 0:
        answer["alternatives"] = [[] for _ in texts] if several else []
    return json_response(answer, headers=done.headers)


def _alternatives(parameters: Parameters) -> int:
    try:
        return int(parameters.text("alternatives") or 0)
    except ValueError:
        raise BadRequest(
            "'alternatives' must be a whole number.", code="invalid_type", param="alternatives"
        ) from None


async def find_language(request: Request, ports: Ports) -> Response:
    """``q`` → ``[{confidence, language}]``, the confidence from 0 to 100."""
    texts = shared.required_texts(shared.parameters_of(request), "q")
    found = detect([segment.text for text in texts for segment in parse_template(text).segments])
    code = locales.find_or_english(found.code).spell("libre")
    return json_response([{"confidence": round(found.confidence * 100), "language": code}])


async def list_languages(request: Request, ports: Ports) -> Response:
    """Every language and what it can be translated into."""
    allowed = ports.settings.translation_engine
    locales = [
        Locale(language)
        for language in LANGUAGES.values()
        if language.code != "zh" and (language.m2m100 or allowed != "m2m100")
    ]
    locales += [
        Locale(LANGUAGES["zh"], variant) for variant in VARIANTS if variant.id in ("hans", "tw")
    ]
    codes = sorted(locale.spell("libre") for locale in locales)
    rows = [
        {"code": locale.spell("libre"), "name": locale.name, "targets": codes}
        for locale in sorted(locales, key=lambda locale: locale.name)
    ]
    return json_response(rows)


LIBRETRANSLATE = shared.translation_dialect(
    "libretranslate",
    lambda error, status: {"error": error.message},
    {"capacity_exceeded": 500},
    {401: 403, 413: 400, 422: 400, 502: 500, 504: 500},
)
