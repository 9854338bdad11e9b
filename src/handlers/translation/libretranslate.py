"""LibreTranslate: ``POST /translate`` with ``q``, ``POST /detect``, ``GET /languages``.

Fields come as JSON, form or query. ``detectedLanguage`` is always there, as Traduzir páginas reads
it unchecked. Errors: ``{error}``.
"""

from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.reading.parameters import Parameters
from handlers.translation.shared import get_parameters, read_job, require_texts, translation_dialect
from translation.languages import locales
from translation.languages.detection import detect
from translation.languages.locales import LANGUAGES, VARIANTS, Locale
from translation.service import translate_job
from translation.text.markup import PLAIN, Markup
from translation.text.segments import parse_templates


async def translate(request: Request, ports: Ports) -> Response:
    """Translates a text, or a list of texts with lists in the answer. Raises :class:`APIError`."""
    parameters = get_parameters(request)
    texts = require_texts(parameters, "q")
    is_batch = isinstance(parameters.values["q"], list)
    format = parameters.text("format", "text")
    if format not in ("text", "html"):
        raise BadRequest("'format' must be text or html.", code="invalid_value", param="format")
    alternatives = _read_alternatives(parameters)
    markup = Markup("html") if format == "html" else PLAIN
    job = read_job(texts, parameters, "target", "source", markup)
    result = await translate_job(job, ports, request)
    confidence = round(result.confidence * 100)
    detected = [
        {"confidence": confidence, "language": language.spell("libre")}
        for language in result.sources
    ]
    answer: dict[str, Any] = {
        "translatedText": list(result.texts) if is_batch else result.texts[0],
        "detectedLanguage": detected if is_batch else detected[0],
    }
    if alternatives > 0:
        answer["alternatives"] = [[] for _ in texts] if is_batch else []
    return json_response(answer, headers=result.headers)


def _read_alternatives(parameters: Parameters) -> int:
    try:
        return int(parameters.text("alternatives") or 0)
    except ValueError:
        raise BadRequest(
            "'alternatives' must be a whole number.", code="invalid_type", param="alternatives"
        ) from None


async def detect_language(request: Request, ports: Ports) -> Response:
    """Detects the language of ``q``: ``[{confidence, language}]``, the confidence from 0 to 100."""
    texts = require_texts(get_parameters(request), "q")
    templates = parse_templates(texts)
    detection = detect([segment.text for template in templates for segment in template.segments])
    code = locales.find_or_english(detection.code).spell("libre")
    return json_response([{"confidence": round(detection.confidence * 100), "language": code}])


async def list_languages(request: Request, ports: Ports) -> Response:
    """Lists the languages, and those that each can be translated into."""
    engine = ports.settings.translation_engine
    locales = [
        Locale(language)
        for language in LANGUAGES.values()
        if language.code != "zh" and (language.m2m100 or engine != "m2m100")
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


LIBRETRANSLATE = translation_dialect(
    "libretranslate",
    lambda error, status: {"error": error.message},
    statuses={401: 403, 413: 400, 422: 400},
)
