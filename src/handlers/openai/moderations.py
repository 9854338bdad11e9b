"""``POST /v1/moderations`` on Llama Guard, in OpenAI's categories.

Llama Guard 3 names the hazards of MLCommons' taxonomy (S1 to S14) without probabilities, so a
category's score is 1 or 0. Hazards that OpenAI has no category for flag the input too, and are
listed in ``hazards``.
"""

import os
import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from core.errors import BadRequest, Upstream
from core.limits import ANSWER_BYTES, MODERATION_INPUTS
from core.ports import Call, Ports
from core.web import Request, Response, json_response
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, read_json
from untrusted.json_text import parse_json
from workers_ai import client
from workers_ai.catalogue.lookup import resolve_model

DEFAULT_MODEL = "omni-moderation-latest"

FIELDS = (
    Field("model", fields.text),
    Field("input"),  # read below: a string, an array of strings, or of parts
)

HAZARDS: Mapping[str, tuple[str, ...]] = {
    "S1": ("violence", "illicit", "illicit/violent"),
    "S2": ("illicit",),
    "S3": ("sexual", "violence"),
    "S4": ("sexual", "sexual/minors"),
    "S5": ("harassment",),
    "S6": (),  # specialised advice
    "S7": (),  # privacy
    "S8": (),  # intellectual property
    "S9": ("violence", "illicit", "illicit/violent"),
    "S10": ("hate",),
    "S11": ("self-harm", "self-harm/intent", "self-harm/instructions"),
    "S12": ("sexual",),
    "S13": (),  # elections
    "S14": ("illicit",),
}

CATEGORIES = (
    *("harassment", "harassment/threatening", "hate", "hate/threatening", "illicit"),
    *("illicit/violent", "self-harm", "self-harm/intent", "self-harm/instructions", "sexual"),
    *("sexual/minors", "violence", "violence/graphic"),
)


async def create(request: Request, ports: Ports) -> Response:
    """Creates a verdict for each input. Raises :class:`APIError`."""
    body = await read_json(request)
    values = read_fields(body, FIELDS)
    name = values.get("model", DEFAULT_MODEL)
    model = await resolve_model(name, "Text Generation", ports)
    if "guard" not in model.id:
        raise BadRequest(
            "This model does not judge texts; use omni-moderation-latest.",
            param="model",
            code="wrong_endpoint",
        )
    texts = _read_texts(body.get("input"))
    calls = [
        Call(model.id, {"messages": [{"role": "user", "content": text}], "max_tokens": 64})
        for text in texts
    ]
    replies = await client.run(ports, request, calls)
    bodies = await client.read_each(replies, partial(client.read_answer, limit=ANSWER_BYTES))
    results = [_write_result(body) for body in bodies]
    answer = {"id": "modr-" + os.urandom(12).hex(), "model": name, "results": results}
    return json_response(answer, headers=client.served_headers(model, replies))


def _read_texts(value: Any) -> list[str]:
    """Reads the texts to moderate: parts are one input together, each string is one."""
    if isinstance(value, list) and value and all(isinstance(part, dict) for part in value):
        return ["\n".join(_read_part(part, f"input[{place}]") for place, part in enumerate(value))]
    texts: list[str] = fields.strings(MODERATION_INPUTS)(value, "input")
    if not texts or not all(texts):
        raise BadRequest("'input' must not be empty.", param="input", code="invalid_value")
    return texts


def _read_part(part: Mapping[str, Any], param: str) -> str:
    if part.get("type") != "text":
        raise BadRequest(
            "The moderation model reads text only.", param=param, code="unsupported_content"
        )
    text: str = fields.text(part.get("text"), f"{param}.text")
    return text


def _read_verdict(body: bytes) -> tuple[bool, list[str]]:
    """Returns whether the text is unsafe, and its hazards. No verdict is an error
    (:class:`Upstream`), never "safe"."""
    try:
        verdict = parse_json(body.decode("utf-8", "replace"))["response"]
        if isinstance(verdict, dict):
            return {True: False, False: True}[verdict["safe"]], list(verdict.get("categories", ()))
        match = _VERDICT.search(verdict)
        if match:
            return match[0] == "unsafe", re.findall(r"\bS\d{1,2}\b", verdict)
    except (ValueError, TypeError, KeyError):
        pass
    raise Upstream("The moderation model gave no verdict.")


_VERDICT = re.compile(r"\b(?:un)?safe\b")


def _write_result(body: bytes) -> dict[str, Any]:
    flagged, hazards = _read_verdict(body)
    hazards = [hazard for hazard in HAZARDS if hazard in hazards] if flagged else []
    matching = {category for hazard in hazards for category in HAZARDS[hazard]}
    return {
        "flagged": flagged,
        "categories": {category: category in matching for category in CATEGORIES},
        "category_scores": {category: float(category in matching) for category in CATEGORIES},
        "category_applied_input_types": {category: ["text"] for category in CATEGORIES},
        "hazards": hazards,
    }
