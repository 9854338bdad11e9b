"""``GET /v1/models`` and ``/v1/models/{id}`` for clients that send an ``anthropic-version``.

``{"data": [{"type": "model", "id", "display_name", "created_at", …}], "has_more", "first_id",
"last_id"}``, as Anthropic publishes it.
"""

from typing import Any

from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.openai.models import find_requested_model, select_models
from workers_ai.catalogue.model import Model
from workers_ai.catalogue.models import AS_OF


async def list_models(request: Request, ports: Ports) -> Response:
    """Lists live models, text models unless ``?task=`` names another task, on one page whatever
    ``limit`` is."""
    models = await select_models(request, ports, default_task="Text Generation")
    names = list(models)
    page = {
        "data": [_write_model(model, name) for name, model in models.items()],
        "has_more": False,
        "first_id": names[0] if names else None,
        "last_id": names[-1] if names else None,
    }
    return json_response(page)


async def retrieve(request: Request, ports: Ports) -> Response:
    """Returns a model. Its ``id`` is the name in the path. Raises what :func:`find_model`
    raises."""
    return json_response(_write_model(*await find_requested_model(request, ports)))


def _write_model(model: Model, name: str) -> dict[str, Any]:
    """Writes a model object. ``line`` and ``capabilities`` are about Anthropic's own models."""
    return {
        "type": "model",
        "id": name,
        "display_name": model.id.rpartition("/")[2],
        "created_at": _write_time(model.added_on or AS_OF),
        "lifecycle": "deprecated" if model.retired_on else "active",
        "deprecated_at": None,
        "retires_at": _write_time(model.retired_on) if model.retired_on else None,
        "max_input_tokens": model.context_window,
        "max_tokens": None,
        "capabilities": None,
        "line": None,
    }


def _write_time(day: str) -> str:
    return day + "T00:00:00Z"
