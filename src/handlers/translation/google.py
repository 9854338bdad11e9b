"""Google Translate's web addresses, for clients whose Google address can be changed.

``GET /translate_a/single?client=gtx&sl&tl&q`` gives nested lists, or objects with ``dj=1``;
``/translate_a/t`` gives a list; ``POST /v1/translateHtml`` takes ``[[texts, sl, tl], "wt_lib"]``
and gives ``[translations, languages]``.
"""

from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.reading.parameters import Parameters
from handlers.translation import shared
from translation.job import Job, Translations
from translation.service import translate_job
from translation.text.markup import PLAIN, Markup


async def single(request: Request, ports: Ports) -> Response:
    parameters = shared.parameters_of(request)
    job = _job(parameters, PLAIN)
    done = await translate_job(job, ports, request)
    language = done.sources[0].spell("google")
    pairs = list(zip(done.texts, job.texts, strict=True))
    if parameters.flag("dj"):
        answer: Any = {
            "sentences": [{"trans": text, "orig": original} for text, original in pairs],
            "src": language,
            "confidence": round(done.confidence, 3),
        }
    else:
        sentences = [[text, original, None, None, 1] for text, original in pairs]
        confidence = round(done.confidence, 3)
        tail = [[language], None, [confidence], [language]]
        answer = [sentences, None, language, None, None, None, confidence, [], tail]
    return json_response(answer, headers=done.headers)


async def translate_batch(request: Request, ports: Ports) -> Response:
    """``q`` any number of times; with ``sl=auto`` each translation with its language."""
    parameters = shared.parameters_of(request)
    markup = Markup("html") if parameters.text("format") == "html" else PLAIN
    job = _job(parameters, markup)
    done = await translate_job(job, ports, request)
    answer: Any = list(done.texts)
    if job.source is None:
        answer = [list(pair) for pair in zip(done.texts, _spelled(done), strict=True)]
    return json_response(answer, headers=done.headers)


def _job(parameters: Parameters, markup: Markup) -> Job:
    return Job(
        shared.required_texts(parameters, "q"),
        shared.target(parameters.text("tl"), "tl"),
        shared.source(parameters.text("sl"), "sl"),
        markup,
    )


async def html(request: Request, ports: Ports) -> Response:
    """Pieces of HTML, as Chrome's own translation sends them."""
    body = shared.parameters_of(request).array
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
    job = Job(
        texts, shared.target(target, "target"), shared.source(source, "source"), Markup("html")
    )
    done = await translate_job(job, ports, request)
    answer = [list(done.texts), _spelled(done)]
    return json_response(answer, headers=done.headers)


def _spelled(done: Translations) -> list[str]:
    """The languages of the texts, by Google's codes."""
    return [source.spell("google") for source in done.sources]


GOOGLE = shared.translation_dialect(
    "google", lambda error, status: {"error": {"code": status, "message": error.message}}
)
