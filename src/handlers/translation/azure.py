"""Azure's Translator, version 3.0, and Microsoft Edge's, which is the same without names.

``POST /translate?from&to`` with ``[{"Text"}]`` or a list of strings → ``[{detectedLanguage,
translations: [{text, to}]}]``. Errors: ``{error: {code, message}}``.
"""

from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.translation.shared import get_parameters, read_job, translation_dialect
from translation.service import translate_job
from translation.text.markup import PLAIN, Markup


async def translate(request: Request, ports: Ports) -> Response:
    """Translates texts, or pieces of HTML, in order. Raises :class:`APIError`."""
    parameters = get_parameters(request)
    targets = [code for listed in parameters.texts("to") or [] for code in listed.split(",")]
    if len(targets) != 1:
        raise BadRequest(
            "'to' must be one language: translate into others in further requests.",
            code="invalid_value",
            param="to",
        )
    markup = Markup("html") if parameters.text("textType").lower() == "html" else PLAIN
    texts = [_read_text(item) for item in parameters.array or []]
    job = read_job(texts, parameters, "to", "from", markup)
    result = await translate_job(job, ports, request)
    answer = [
        {
            "detectedLanguage": {
                "language": language.spell("azure"),
                "score": round(result.confidence, 2),
            },
            "translations": [{"text": text, "to": targets[0]}],
        }
        for text, language in zip(result.texts, result.sources, strict=True)
    ]
    return json_response(answer, headers=result.headers)


def _read_text(item: Any) -> str:
    if isinstance(item, dict):
        item = item.get("Text", item.get("text"))
    if not isinstance(item, str):
        raise BadRequest(
            'The request body must be a list of {"Text": "…"}.', code="invalid_type", param="Text"
        )
    return item


AZURE = translation_dialect(
    "azure",
    # Azure's codes: the status, and three digits that say more.
    lambda error, status: {"error": {"code": status * 1000, "message": error.message}},
)
