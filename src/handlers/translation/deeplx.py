"""DeepLX: ``POST /translate`` and ``POST /v1/translate``, as OwO-Network's server has them.

``{text, source_lang, target_lang, tag_handling}`` → ``{code: 200, data, alternatives, id,
source_lang, target_lang, method}``. Errors have their status in the body too: ``{code, message}``.
Clients look at ``code``, which must be a number, and at ``data``; some prefer ``alternatives[0]``,
so there are none.
"""

import os

from core.errors import APIError, BadRequest, NotFound
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.translation import shared
from handlers.translation.shared import UNSUPPORTED
from translation.job import Job
from translation.languages.locales import LANGUAGES
from translation.service import translate_job
from translation.text.markup import PLAIN, Markup


async def translate(request: Request, ports: Ports) -> Response:
    """One text. Raises :class:`APIError`."""
    return await _translate(request, ports, quality=False)


async def translate_well(request: Request, ports: Ports) -> Response:
    """The same by a text model: DeepLX keeps this path for paying accounts."""
    return await _translate(request, ports, quality=True)


async def _translate(request: Request, ports: Ports, *, quality: bool) -> Response:
    parameters = shared.parameters_of(request)
    text = shared.one_text(parameters, "text")
    if not text.strip():
        raise NotFound(
            "No text to translate. Send JSON such as"
            ' {"text": "Hello", "source_lang": "auto", "target_lang": "ZH"} with POST.'
        )
    tags = parameters.text("tag_handling")
    if tags not in ("", "html", "xml"):
        raise BadRequest("Invalid tag_handling value. Allowed values are 'html' and 'xml'.")
    wanted = parameters.text("target_lang")
    job = Job(
        [text],
        shared.target(wanted, "target_lang"),
        shared.source(parameters.text("source_lang"), "source_lang"),
        Markup(tags) if tags else PLAIN,
        quality=quality,
    )
    done = await translate_job(job, ports, request)
    return json_response(
        {
            "code": 200,
            "id": 8_300_000_000 + int.from_bytes(os.urandom(3)) * 1000 % 100_000_000,
            "data": done.texts[0],
            "alternatives": [],
            "source_lang": done.sources[0].spell("deepl"),
            "target_lang": wanted,
            "method": "Pro" if quality else "Free",
        },
        headers=done.headers,
    )


_CODES = ", ".join(code.upper() for code in LANGUAGES)


def _error(error: APIError, status: int) -> dict[str, object]:
    message = error.message
    if error.code == UNSUPPORTED:
        message = f"unsupported {error.param}; valid codes: {_CODES}"
    elif status == 401:
        message = "Invalid access token"
    return {"code": status, "message": message}


DEEPLX = shared.translation_dialect("deeplx", _error)
