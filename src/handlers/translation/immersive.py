"""Immersive Translate's custom API, which ImmersiveL and others serve too.

``{text_list, source_lang, target_lang}`` → ``{translations: [{detected_source_lang, text}]}``, as
many as texts and in their order. Errors: ``{code, message}``.
"""

from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.translation.shared import get_parameters, read_job, require_texts
from translation.service import translate_job


async def translate(request: Request, ports: Ports) -> Response:
    """Translates texts, in order. Raises :class:`APIError`."""
    parameters = get_parameters(request)
    texts = require_texts(parameters, "text_list")
    job = read_job(texts, parameters, "target_lang", "source_lang")
    result = await translate_job(job, ports, request)
    translations = [
        {"detected_source_lang": language.spell("immersive"), "text": text}
        for text, language in zip(result.texts, result.sources, strict=True)
    ]
    return json_response({"translations": translations}, headers=result.headers)
