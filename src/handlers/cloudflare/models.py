"""``GET …/ai/models/search``: the models as Cloudflare's API lists them."""

from collections.abc import Callable, Mapping
from typing import Any

from core.ports import Ports
from core.web import Request, Response, json_response
from workers_ai.catalogue.lookup import refresh_catalogue
from workers_ai.catalogue.model import Model


async def search_models(request: Request, ports: Ports) -> Response:
    """Lists models. ``search``, ``task`` and ``author`` filter them; ``page`` and ``per_page``
    select a page."""
    query = request.query
    rows = [model for model in (await refresh_catalogue(ports)).models if model.live]
    for name, matches in _FILTERS.items():
        text = query.get(name, "").lower()
        if text:
            rows = [model for model in rows if matches(model, text)]
    page, size = _read_positive(query.get("page"), 1), _read_positive(query.get("per_page"), 100)
    shown = rows[(page - 1) * size : page * size]
    info = {"page": page, "per_page": size, "count": len(shown), "total_count": len(rows)}
    return json_response(
        {**write_envelope([_write_model(model) for model in shown]), "result_info": info}
    )


_FILTERS: Mapping[str, Callable[[Model, str], bool]] = {
    "search": lambda model, text: text in model.id.lower(),
    "task": lambda model, text: text == model.task.lower(),
    "author": lambda model, text: text == model.id.split("/")[1].lower(),
}


def _read_positive(text: str | None, default: int) -> int:
    """Reads a number, of which nine digits count: no list is longer."""
    return int(text[:9]) if text and text.isdecimal() and int(text[:9]) else default


def _write_model(model: Model) -> dict[str, Any]:
    """Writes a model; property values are strings, as Cloudflare's are."""
    properties = {
        "context_window": model.context_window,
        "max_total_tokens": model.context_window,
        "function_calling": model.tools or None,
        "vision": model.vision or None,
        "reasoning": (model.reasoning and model.reasoning.supported) or None,
        "lora": model.lora or None,
        "beta": model.beta or None,
        "partner": model.partner or None,
        "require_workers_paid": (model.status == "paid_only") or None,
    }
    return {
        "id": model.id,
        "source": 1,
        "name": model.id,
        "description": "",
        "task": {"id": model.task, "name": model.task, "description": ""},
        "tags": [],
        "properties": [
            {"property_id": name, "value": str(value).lower()}
            for name, value in properties.items()
            if value is not None
        ],
    }


def write_envelope(result: Any) -> dict[str, Any]:
    return {"result": result, "success": True, "errors": [], "messages": []}
