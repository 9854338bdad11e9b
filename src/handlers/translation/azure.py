"""Azure's Translator, version 3.0, and Microsoft Edge's, which is the same without names.

``POST /translate?from&to`` with ``[{"Text"}]`` or a list of strings → ``[{detectedLanguage,
translations: [{text, to}]}]``. Errors: ``{error: {code, message}}``.
"""

from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.translation import shared
from translation.job import Job
from translation.service import translate_job
from translation.text.markup import PLAIN, Markup


async def translate(request: Request, ports: Ports) -> Response:
    parameters = shared.parameters_of(request)
    targets = [name for given in parameters.texts("to") or [] for name in given.split(",")]
    if len(targets) != 1:
        raise BadRequest(
            "'to' must be one language: translate into others in further requests.",
            code="invalid_value",
            param="to",
        )
    html = parameters.text("textType").lower() == "html"
    job = Job(
        [_text(item) for item in parameters.array or []],
        shared.target(targets[0], "to"),
        shared.source(parameters.text("from"), "from"),
        Markup("html") if html else PLAIN,
    )
    done = await translate_job(job, ports, request)
    answer = [
        {
            "detectedLanguage": {
                "language": language.spell("azure"),
                "score": round(done.confidence, 2),
            },
            "translations": [{"text": text, "to": targets[0]}],
        }
        for text, language in zip(done.texts, done.sources, strict=True)
    ]
    return json_response(answer, headers=done.headers)


def _text(item: Any) -> str:
    if isinstance(item, dict):
        item = item.get("Text", item.get("text"))
    if not isinstance(item, str):
        raise BadRequest(
            'The request body must be a list of {"Text": "…"}.', code="invalid_type", param="Text"
        )
    return item


AZURE = shared.translation_dialect(
    "azure",
    # Azure's codes: the status, and three digits that say more.
    lambda error, status: {"error": {"code": status * 1000, "message": error.message}},
)
