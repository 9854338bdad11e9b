"""``GET /v1/audio/voices`` and ``/v1/audio/models``, from which clients fill their lists.

Open WebUI reads ``{"voices": [{"id", "name"}]}`` and ``{"models": [{"id", "name"}]}``, others the
same under ``data``, as in OpenAI's lists.
"""

from collections.abc import Iterable

from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.openai.audio.speech import TASK, VOICES
from handlers.openai.models import select_models
from workers_ai.catalogue.lookup import refresh_catalogue, resolve_model


async def list_voices(request: Request, ports: Ports) -> Response:
    """Lists OpenAI's voices and the models' own; ``?model=`` those of one model. Raises what
    :func:`resolve_model` raises."""
    name = request.query.get("model")
    if name:
        models = [await resolve_model(name, TASK, ports)]
    else:
        models = [model for model in (await refresh_catalogue(ports)).models if model.task == TASK]
    speakers = [speaker for model in models for speaker in model.details.get("speakers", ())]
    return _list_names("voices", [*VOICES, *speakers])


async def list_models(request: Request, ports: Ports) -> Response:
    """Lists the models that speak."""
    return _list_names("models", await select_models(request, ports, TASK))


def _list_names(key: str, names: Iterable[str]) -> Response:
    rows = [{"id": name, "name": name.rpartition("/")[2]} for name in dict.fromkeys(names)]
    return json_response({"object": "list", key: rows, "data": rows})
