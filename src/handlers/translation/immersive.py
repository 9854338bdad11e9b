"""Immersive Translate's custom API, which ImmersiveL and others serve too.

``{text_list, source_lang, target_lang}`` → ``{translations: [{detected_source_lang, text}]}``, as
many as texts and in their order. Errors: ``{code, message}``.
"""

from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.translation import shared
from translation.job import Job
from translation.service import translate_job


async def translate(request: Request, ports: Ports) -> Response:
    parameters = shared.parameters_of(request)
    job = Job(
        shared.required_texts(parameters, "text_list"),
        shared.target(parameters.text("target_lang"), "target_lang"),
        shared.source(parameters.text("source_lang"), "source_lang"),
    )
    done = await translate_job(job, ports, request)
    translations = [
        {"detected_source_lang": language.spell("immersive"), "text": text}
        for text, language in zip(done.texts, done.sources, strict=True)
    ]
    return json_response({"translations": translations}, headers=done.headers)
