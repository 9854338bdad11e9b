"""The routes: which handler answers at which address, for whom, and in which dialect."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import NamedTuple

from access.keys import TRANSLATION, Scope
from core.dialect import Dialect
from core.limits import DEEPL_BODY_BYTES, GLOSSARY_BODY_BYTES, TRANSLATION_BODY_BYTES
from core.ports import Ports
from core.web import Answer, Request
from handlers import files, health, rerank
from handlers.anthropic import messages
from handlers.anthropic import models as anthropic_models
from handlers.anthropic.errors import ANTHROPIC
from handlers.cloudflare import chat as cloudflare_chat
from handlers.cloudflare import models as cloudflare_models
from handlers.cloudflare import run as cloudflare_run
from handlers.cloudflare.errors import CLOUDFLARE
from handlers.openai import completions, embeddings, models, moderations
from handlers.openai.audio import speech, transcriptions, voices
from handlers.openai.chat import endpoint as chat
from handlers.openai.errors import OPENAI
from handlers.openai.images import endpoints as images
from handlers.openai.responses import endpoint as responses
from handlers.openai.responses import stored as stored_responses
from handlers.reading.parameters import Parameters
from handlers.rerank_errors import RERANK
from handlers.translation import by_body, deeplx, google, jsonrpc, libretranslate
from handlers.translation.deepl import glossaries, languages
from handlers.translation.deepl import translate as deepl
from handlers.translation.deepl.errors import DEEPL
from handlers.translation.deeplx import DEEPLX
from handlers.translation.google import GOOGLE
from handlers.translation.libretranslate import LIBRETRANSLATE

Handler = Callable[[Request, Ports], Awaitable[Answer]]


class Route(NamedTuple):
    """A method and a path; a path that ends in ``/`` takes everything below it as a name.

    ``public`` routes need no key, ``key_in_url`` ones take it from query and path too. ``scope``:
    of the keys that are limited to it. ``parameters``: how many bytes of a body are read for the
    handler, whatever form it has; 0 where the handler reads it. Where several clients share the
    path, ``choose`` tells them apart by their parameters, and ``by_header`` has the route of those
    that name their API in a header.
    """

    method: str
    path: str
    handler: Handler
    dialect: Dialect = OPENAI
    public: bool = False
    key_in_url: bool = False
    scope: Scope = ""
    parameters: int = 0
    choose: Callable[[Parameters], tuple[Handler, Dialect]] | None = None
    by_header: Mapping[str, "Route"] = {}


HEADER_DIALECTS: Mapping[str, Dialect] = {"anthropic-version": ANTHROPIC}
"""Headers by which clients name their API with every request, whatever the path."""

PATH_DIALECTS: Mapping[str, Dialect] = {"v2": DEEPL, "v3": DEEPL}
"""Whose clients look below a first part of a path, also for what is not here."""

DEFAULT_DIALECT = OPENAI


def _translation(
    path: str,
    handler: Handler,
    dialect: Dialect,
    methods: str = "GET POST",
    choose: Callable[[Parameters], tuple[Handler, Dialect]] | None = None,
    limit: int = TRANSLATION_BODY_BYTES,
) -> Iterator[Route]:
    """Routes of a translation client. Many of them can set nothing but an address, so the key may
    be in it."""
    for method in methods.split():
        yield Route(method, path, handler, dialect, False, True, TRANSLATION, limit, choose)


def _glossaries(method: str, path: str, handler: Handler) -> Iterator[Route]:
    return _translation(path, handler, DEEPL, method, limit=GLOSSARY_BODY_BYTES)


TRANSLATE_PATH_ALIASES = (
    "/api/translate /deeplx /hcfy /imme /immersive_translate /kiss /translatetext".split()
)

ROUTES = (
    Route("POST", "/chat/completions", chat.create),
    Route("GET", "/chat/completions", chat.debug, key_in_url=True),
    Route("POST", "/completions", completions.create),
    Route("POST", "/messages", messages.create, ANTHROPIC),
    Route("POST", "/messages/count_tokens", messages.count_tokens, ANTHROPIC),
    Route("POST", "/responses", responses.create),
    Route("POST", "/responses/input_tokens", responses.count_tokens),
    Route("GET", "/responses/", stored_responses.retrieve),
    Route("DELETE", "/responses/", stored_responses.delete),
    Route("POST", "/responses/", stored_responses.cancel),
    Route(
        "GET",
        "/models",
        models.list_models,
        by_header={
            "anthropic-version": Route("GET", "/models", anthropic_models.list_models, ANTHROPIC)
        },
    ),
    Route(
        "GET",
        "/models/",
        models.retrieve,
        by_header={
            "anthropic-version": Route("GET", "/models/", anthropic_models.retrieve, ANTHROPIC)
        },
    ),
    Route("POST", "/audio/transcriptions", transcriptions.transcribe),
    Route("POST", "/audio/translations", transcriptions.translate),
    Route("POST", "/audio/speech", speech.create),
    Route("GET", "/audio/voices", voices.list_voices),
    Route("GET", "/audio/models", voices.list_models),
    Route("POST", "/embeddings", embeddings.create),
    Route("POST", "/images/generations", images.generate),
    Route("POST", "/images/edits", images.edit),
    Route("POST", "/images/variations", images.vary),
    Route("GET", "/file/", files.retrieve, public=True),
    Route("POST", "/rerank", rerank.create, RERANK),
    Route("POST", "/v2/rerank", rerank.create, RERANK),
    Route("POST", "/moderations", moderations.create),
    Route("POST", "/client/chat/completions", cloudflare_chat.create),
    Route("POST", "/ai/run/", cloudflare_run.run_model, CLOUDFLARE),
    Route("GET", "/ai/models/search", cloudflare_models.search_models, CLOUDFLARE),
    Route("GET", "/health", health.check, public=True),
    *_translation("/translate", deeplx.translate, DEEPLX, choose=by_body.choose),
    *(
        route
        for path in TRANSLATE_PATH_ALIASES
        for route in _translation(path, deeplx.translate, DEEPLX, choose=by_body.choose)
    ),
    *_translation("/v1/translate", deeplx.translate_pro, DEEPLX),
    *_translation("/v2/translate", deepl.translate, DEEPL, limit=DEEPL_BODY_BYTES),
    *_translation("/v2/languages", languages.list_languages, DEEPL),
    *_translation("/v2/usage", languages.report_usage, DEEPL),
    *_translation("/v2/glossary-language-pairs", languages.list_glossary_pairs, DEEPL, "GET"),
    *_translation("/v3/languages", languages.list_by_resource, DEEPL, "GET"),
    *_translation("/v3/languages/resources", languages.list_resources, DEEPL, "GET"),
    *_glossaries("GET", "/v2/glossaries", glossaries.list_all),
    *_glossaries("POST", "/v2/glossaries", glossaries.create),
    *_glossaries("GET", "/v2/glossaries/", glossaries.retrieve),
    *_glossaries("DELETE", "/v2/glossaries/", glossaries.delete),
    *_glossaries("GET", "/v3/glossaries", glossaries.list_multilingual),
    *_glossaries("POST", "/v3/glossaries", glossaries.create_multilingual),
    *_glossaries("GET", "/v3/glossaries/", glossaries.retrieve_multilingual),
    *_glossaries("PATCH", "/v3/glossaries/", glossaries.update),
    *_glossaries("PUT", "/v3/glossaries/", glossaries.replace),
    *_glossaries("DELETE", "/v3/glossaries/", glossaries.delete),
    *_translation("/jsonrpc", jsonrpc.translate, jsonrpc.JSONRPC, "POST", jsonrpc.choose),
    *_translation("/detect", libretranslate.detect_language, LIBRETRANSLATE),
    *_translation("/languages", libretranslate.list_languages, LIBRETRANSLATE, "GET"),
    *_translation("/translate_a/single", google.translate_single, GOOGLE),
    *_translation("/translate_a/t", google.translate_batch, GOOGLE),
    *_translation("/translateHtml", google.translate_html, GOOGLE, "POST"),
)
