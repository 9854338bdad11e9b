"""kiss-translator's custom API.

``{text, from, to}`` → ``{text, src}``; ``{texts, from, to}`` → a list of these.
"""

from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.translation import shared
from translation.job import Job
from translation.service import translate_job


async def translate(request: Request, ports: Ports) -> Response:
    parameters = shared.parameters_of(request)
    name = "texts" if "texts" in parameters.values else "text"
    texts = shared.required_texts(parameters, name)
    several = name == "texts" or len(texts) > 1
    job = Job(
        texts,
        shared.target(parameters.text("to"), "to"),
        shared.source(parameters.text("from"), "from"),
    )
    done = await translate_job(job, ports, request)
    translations = [
        {"text": text, "src": language.spell("google")}
        for text, language in zip(done.texts, done.sources, strict=True)
    ]
    return json_response(translations if several else translations[0], headers=done.headers)
