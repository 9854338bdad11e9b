"""DeepLX: ``POST /translate`` and ``POST /v1/translate``, as in OwO-Network's server.

``{text, source_lang, target_lang, tag_handling}`` → ``{code: 200, data, alternatives, id,
source_lang, target_lang, method}``. Errors repeat their status in the body: ``{code, message}``.
Clients read ``code``, which must be a number, and ``data``; some prefer ``alternatives[0]``, so
there are none.
"""

import os

from core.errors import APIError, BadRequest, NotFound
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.translation.shared import (
    UNSUPPORTED_LANGUAGE,
    get_parameters,
    read_job,
    read_single_text,
    translation_dialect,
)
from translation.languages.locales import LANGUAGES
from translation.service import translate_job
from translation.text.markup import PLAIN, Markup


async def translate(request: Request, ports: Ports) -> Response:
    """Translates a text. Raises :class:`APIError`."""
    return await _translate(request, ports, quality=False)


async def translate_pro(request: Request, ports: Ports) -> Response:
    """Translates a text by a text model: DeepLX reserves this path for Pro accounts."""
    return await _translate(request, ports, quality=True)


async def _translate(request: Request, ports: Ports, *, quality: bool) -> Response:
    parameters = get_parameters(request)
    text = read_single_text(parameters, "text")
    if not text.strip():
        raise NotFound(
            "No text to translate. Send JSON such as"
            ' {"text": "Hello", "source_lang": "auto", "target_lang": "ZH"} with POST.'
        )
    tags = parameters.text("tag_handling")
    if tags not in ("", "html", "xml"):
        raise BadRequest("Invalid tag_handling value. Allowed values are 'html' and 'xml'.")
    markup = Markup(tags) if tags else PLAIN
    job = read_job([text], parameters, "target_lang", "source_lang", markup, quality=quality)
    result = await translate_job(job, ports, request)
    return json_response(
        {
            "code": 200,
            "id": 8_300_000_000 + int.from_bytes(os.urandom(3)) * 1000 % 100_000_000,
            "data": result.texts[0],
            "alternatives": [],
            "source_lang": result.sources[0].spell("deepl"),
            "target_lang": parameters.text("target_lang"),
            "method": "Pro" if quality else "Free",
        },
        headers=result.headers,
    )


_CODES = ", ".join(code.upper() for code in LANGUAGES)


def _error(error: APIError, status: int) -> dict[str, object]:
    message = error.message
    if error.code == UNSUPPORTED_LANGUAGE:
        message = f"unsupported {error.param}; valid codes: {_CODES}"
    elif status == 401:
        message = "Invalid access token"
    return {"code": status, "message": message}


DEEPLX = translation_dialect("deeplx", _error)
