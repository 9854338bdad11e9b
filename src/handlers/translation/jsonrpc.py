"""The JSON-RPC of DeepL's own page (``LMT_handle_texts``), as Zotero's DeepLX sends it.

``{jsonrpc, id, method, params: {texts: [{text, requestAlternatives}], lang:
{source_lang_user_selected, target_lang}}}`` → ``{jsonrpc, id, result: {lang, texts: [{text,
alternatives}]}}``. The id is the request's; errors are ``{jsonrpc, id, error}``.
"""

from collections.abc import Mapping
from typing import Any

from errors import APIError, BadRequest
from handlers.translation import shared
from ports import Ports
from translation.job import Job
from translation.service import SURE
from translation.service import translate as run
from web import Request, Response, json_response

METHOD = "LMT_handle_texts"


async def handle(request: Request, ports: Ports) -> Response:
    call = shared.parameters_of(request).values
    try:
        return await _handle(call, request, ports)
    except APIError as cause:
        answer = _failure(cause, call.get("id"))
        return json_response(answer, cause.status, cause.headers)


async def _handle(call: Mapping[str, Any], request: Request, ports: Ports) -> Response:
    if call.get("method") != METHOD:
        raise BadRequest(f"The only method here is {METHOD}.", code="unknown_method")
    params = _mapping(call.get("params"))
    lang = _mapping(params.get("lang"))
    texts = params.get("texts")
    if not isinstance(texts, list) or not texts:
        raise BadRequest("Invalid texts.", code="missing_required_parameter")
    given = [_mapping(item).get("text") for item in texts]
    job = Job(
        [text if isinstance(text, str) else _refuse("Invalid text.") for text in given],
        shared.target(str(lang.get("target_lang", "")), "target_lang"),
        shared.source(str(lang.get("source_lang_user_selected") or ""), "source_lang"),
    )
    done = await run(job, ports, request)
    result = {
        "lang": done.sources[0].write("deepl"),
        "lang_is_confident": done.confidence >= SURE,
        "detectedLanguages": {},
        "texts": [{"text": text, "alternatives": []} for text in done.texts],
    }
    answer = {"jsonrpc": "2.0", "id": call.get("id"), "result": result}
    return json_response(answer, headers=done.headers)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _refuse(message: str) -> str:
    raise BadRequest(message, code="invalid_type")


_CODES = {"unknown_method": -32601}


def _failure(error: APIError, number: Any) -> dict[str, Any]:
    message, what = "Invalid Request", error.message
    if error.code == shared.UNSUPPORTED:
        what = f"Invalid {error.param}."
    code = _CODES.get(error.code or "", -32600 if error.status < 429 else -32000)
    if error.status >= 429:
        message = error.message
    details = {"code": code, "message": message, "data": {"what": what}}
    return {"jsonrpc": "2.0", "id": number, "error": details}


error = shared.error_renderer(lambda error, status: _failure(error, None), {})
"""For errors before the call is read."""
