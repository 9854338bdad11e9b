"""The JSON-RPC of DeepL's own page (``LMT_handle_texts``), as Zotero's DeepLX sends it.

``{jsonrpc, id, method, params: {texts: [{text, requestAlternatives}], lang:
{source_lang_user_selected, target_lang}}}`` → ``{jsonrpc, id, result: {lang, texts: [{text,
alternatives}]}}``. The id is the request's; errors are ``{jsonrpc, id, error}``.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from core.dialect import Dialect
from core.errors import APIError, BadRequest
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.reading.parameters import Parameters
from handlers.translation.shared import (
    UNSUPPORTED_LANGUAGE,
    get_parameters,
    read_source,
    read_target,
    translation_dialect,
)
from translation.job import Job
from translation.languages.detection import SURE
from translation.service import translate_job

METHOD = "LMT_handle_texts"


def choose(
    parameters: Parameters,
) -> tuple[Callable[[Request, Ports], Awaitable[Response]], Dialect]:
    """The handler, and the dialect in which errors of this call have its id."""
    return translate, _dialect(parameters.values.get("id"))


async def translate(request: Request, ports: Ports) -> Response:
    """Translates texts, in order. Raises :class:`APIError`."""
    call = get_parameters(request).values
    if call.get("method") != METHOD:
        raise BadRequest(f"The only method here is {METHOD}.", code="unknown_method")
    params = _as_mapping(call.get("params"))
    languages = Parameters(_as_mapping(params.get("lang")))
    texts = params.get("texts")
    if not isinstance(texts, list) or not texts:
        raise BadRequest("Invalid texts.", code="missing_required_parameter")
    job = Job(
        [_read_text(item) for item in texts],
        read_target(languages.text("target_lang"), "target_lang"),
        read_source(languages.text("source_lang_user_selected"), "source_lang"),
    )
    translations = await translate_job(job, ports, request)
    result = {
        "lang": translations.sources[0].spell("deepl"),
        "lang_is_confident": translations.confidence >= SURE,
        "detectedLanguages": {},
        "texts": [{"text": text, "alternatives": []} for text in translations.texts],
    }
    answer = {"jsonrpc": "2.0", "id": _id(call.get("id")), "result": result}
    return json_response(answer, headers=translations.headers)


def _as_mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _read_text(item: Any) -> str:
    text = _as_mapping(item).get("text")
    if not isinstance(text, str):
        raise BadRequest("Invalid text.", code="invalid_type")
    return text


# --- errors ----------------------------------------------------------------------------------

_CODES = {"invalid_json": -32700, "unknown_method": -32601}


def _dialect(call_id: Any) -> Dialect:
    """The dialect of a call with that id."""

    def body(error: APIError, status: int) -> dict[str, Any]:
        served = status < 429
        code = _CODES.get(error.code or "", -32600 if served else -32000)
        unsupported = error.code == UNSUPPORTED_LANGUAGE
        what = f"Invalid {error.param}." if unsupported else error.message
        details = {
            "code": code,
            "message": "Invalid Request" if served else error.message,
            "data": {"what": what},
        }
        return {"jsonrpc": "2.0", "id": _id(call_id), "error": details}

    return translation_dialect("jsonrpc", body)


def _id(value: Any) -> str | int | float | None:
    """The id of a call; None for what cannot be one."""
    is_id = isinstance(value, str | int | float) and not isinstance(value, bool)
    return value if is_id else None


JSONRPC = _dialect(None)
"""The dialect until the call's id is known."""
