"""Google Translate's web addresses, for clients with a configurable address.

``GET /translate_a/single?client=gtx&sl&tl&q`` → nested lists, or objects with ``dj=1``;
``/translate_a/t`` → a list; ``POST /v1/translateHtml`` with ``[[texts, sl, tl], "wt_lib"]`` →
``[translations, languages]``.
"""

from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.reading.parameters import Parameters
from handlers.translation.shared import (
    get_parameters,
    read_job,
    read_source,
    read_target,
    require_texts,
    translation_dialect,
)
from translation.job import Job, Translations
from translation.service import translate_job
from translation.text.markup import PLAIN, Markup


async def translate_single(request: Request, ports: Ports) -> Response:
    """Answers as ``/translate_a/single``. Raises :class:`APIError`."""
    parameters = get_parameters(request)
    job = _read_job(parameters, PLAIN)
    result = await translate_job(job, ports, request)
    language = result.sources[0].spell("google")
    pairs = list(zip(result.texts, job.texts, strict=True))
    if parameters.flag("dj"):
        answer: Any = {
            "sentences": [{"trans": text, "orig": original} for text, original in pairs],
            "src": language,
            "confidence": round(result.confidence, 3),
        }
    else:
        sentences = [[text, original, None, None, 1] for text, original in pairs]
        confidence = round(result.confidence, 3)
        tail = [[language], None, [confidence], [language]]
        answer = [sentences, None, language, None, None, None, confidence, [], tail]
    return json_response(answer, headers=result.headers)


async def translate_batch(request: Request, ports: Ports) -> Response:
    """Translates any number of ``q``; with ``sl=auto`` each translation comes with its language."""
    parameters = get_parameters(request)
    markup = Markup("html") if parameters.text("format") == "html" else PLAIN
    job = _read_job(parameters, markup)
    result = await translate_job(job, ports, request)
    answer: Any = list(result.texts)
    if job.source is None:
        answer = [list(pair) for pair in zip(result.texts, _write_sources(result), strict=True)]
    return json_response(answer, headers=result.headers)


def _read_job(parameters: Parameters, markup: Markup) -> Job:
    return read_job(require_texts(parameters, "q"), parameters, "tl", "sl", markup)


async def translate_html(request: Request, ports: Ports) -> Response:
    """Translates pieces of HTML, as Chrome's own translation sends them."""
    body = get_parameters(request).array
    match body:
        case [[list(texts), str(source), str(target)], *_] if texts:
            pass
        case _:
            raise BadRequest(
                'The request body must be [[texts, source, target], "wt_lib"].',
                code="invalid_type",
            )
    if not all(isinstance(text, str) for text in texts):
        raise BadRequest("The texts must be strings.", code="invalid_type")
    job = Job(texts, read_target(target, "target"), read_source(source, "source"), Markup("html"))
    result = await translate_job(job, ports, request)
    answer = [list(result.texts), _write_sources(result)]
    return json_response(answer, headers=result.headers)


def _write_sources(result: Translations) -> list[str]:
    """Returns the languages of the texts as Google's codes."""
    return [source.spell("google") for source in result.sources]


GOOGLE = translation_dialect(
    "google", lambda error, status: {"error": {"code": status, "message": error.message}}
)
