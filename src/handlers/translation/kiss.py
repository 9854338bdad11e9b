"""kiss-translator's custom API.

``{text, from, to}`` → ``{text, src}``; ``{texts, from, to}`` → a list of these.
"""

from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.translation.shared import get_parameters, read_job, require_texts
from translation.service import translate_job


async def translate(request: Request, ports: Ports) -> Response:
    """Translates a text or several, in order. Raises :class:`APIError`."""
    parameters = get_parameters(request)
    name = "texts" if "texts" in parameters.values else "text"
    texts = require_texts(parameters, name)
    is_batch = name == "texts" or len(texts) > 1
    job = read_job(texts, parameters, "to", "from")
    result = await translate_job(job, ports, request)
    translations = [
        {"text": text, "src": language.spell("google")}
        for text, language in zip(result.texts, result.sources, strict=True)
    ]
    return json_response(translations if is_batch else translations[0], headers=result.headers)
