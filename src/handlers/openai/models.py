"""GET /v1/models and /v1/models/{id}: OpenAI's model objects, with what Workers AI says of each.

``{"object": "list", "data": [{"id", "object": "model", "created", "owned_by", "root", "parent",
"permission", "metadata"}]}``. New API reads the list into fixed types, where one wrong one costs
the whole import: ``created`` an integer, ``permission`` an array, ``root`` and ``parent`` strings
or null, ``metadata`` an object.

``metadata``: ``task`` (Cloudflare's name), ``status`` (``current``, or ``paid_only`` where the
Workers Free plan gets a 403), ``capabilities``, ``price_in_neurons`` (per unit; units and statuses
are those of data/README.md) and, where they apply, ``context_window``, ``dimensions``, ``beta``,
``retires_on``.
"""

import re
from datetime import date
from typing import Any
from urllib.parse import unquote

from core.errors import BadRequest
from core.ports import Ports
from core.web import JSON, Request, Response, dump_json, json_response
from workers_ai.catalogue import aliases
from workers_ai.catalogue.lookup import BUILT_IN, Catalogue, find_model, refresh_catalogue
from workers_ai.catalogue.model import TASKS, Model
from workers_ai.catalogue.models import AS_OF

_EPOCH = date(1970, 1, 1).toordinal()


def _midnight(day: str) -> int:
    return (date.fromisoformat(day).toordinal() - _EPOCH) * 86400


def _metadata(model: Model) -> dict[str, Any]:
    capabilities = {
        "function_calling": model.tools,
        "vision": model.vision,
        "reasoning": model.reasoning and model.reasoning.supported,
        "streaming": "stream" in model.inputs,
        "lora": model.lora,
        "realtime": model.realtime,
    }
    optional = {
        "context_window": model.context_window,
        "dimensions": model.dimensions,
        "beta": model.beta,
        "retires_on": model.retired_on,
    }
    return {
        "task": model.task,
        "status": model.status,
        "capabilities": [name for name, has in capabilities.items() if has],
        "price_in_neurons": dict(model.price),
        **{name: value for name, value in optional.items() if value},
    }


def _object(model: Model, name: str) -> dict[str, Any]:
    """The model object under the ``name`` it was asked for by."""
    return {
        "id": name,
        "object": "model",
        "created": _midnight(model.added_on or AS_OF),
        "owned_by": model.id.split("/")[1],
        "root": model.id,
        "parent": None,
        "permission": [],
        "metadata": _metadata(model),
    }


_dumped: dict[str, tuple[Model, bytes]] = {}


def _dump(model: Model, name: str) -> bytes:
    """:func:`_object` as JSON, kept for as long as the row behind the name stays the same."""
    row, body = _dumped.get(name, (None, b""))
    if row is not model:
        body = dump_json(_object(model, name))
        _dumped[name] = (model, body)
    return body


for _model in BUILT_IN.models:  # at import: the snapshot keeps it, no request pays for it
    if _model.live:
        _dump(_model, _model.id)


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.lower())


_TASKS: dict[str, frozenset[str]] = {}
for _task, _row in TASKS.items():
    for _name in (_task, *_row.names):
        _TASKS[_plain(_name)] = _TASKS.get(_plain(_name), frozenset()) | {_task}


def _tasks(name: str, catalogue: Catalogue) -> frozenset[str]:
    """The tasks that a filter stands for: Cloudflare's name for one, or a short name."""
    tasks = _TASKS.get(_plain(name)) or frozenset(
        model.task for model in catalogue.models if _plain(model.task) == _plain(name)
    )
    if not tasks:
        raise BadRequest(
            f"There is no such task. The tasks are: {', '.join(TASKS)}.",
            code="unknown_task",
            param="task",
        )
    return tasks


def _named(ports: Ports, catalogue: Catalogue) -> dict[str, Model]:
    """The aliases that are whole names and lead to a live model; the operator's come first."""
    table = {**aliases.ALIASES, **ports.settings.model_aliases}
    rows = {name: catalogue.get(table[name]) for name in table if not name.endswith("*")}
    return {name: model for name, model in rows.items() if model and model.live}


async def list_models(request: Request, ports: Ports) -> Response:
    """Live models. ``?task=`` keeps those of a task, ``?aliases=1`` adds the names that clients
    with fixed names may use."""
    models = await listed_models(request, ports)
    data = b",".join([_dump(model, name) for name, model in models.items()])
    body = b'{"object":"list","data":[' + data + b"]}"
    return Response(body, headers={"content-type": JSON})


async def listed_models(request: Request, ports: Ports, default_task: str = "") -> dict[str, Model]:
    """The models that the query asks for, by name."""
    catalogue = await refresh_catalogue(ports)
    models = {model.id: model for model in catalogue.models if model.live}
    if request.query.get("aliases", "0") not in ("0", "", "false"):
        models |= _named(ports, catalogue)
    task = request.query.get("task", "") or default_task
    if task.strip():
        tasks = _tasks(task, catalogue)
        models = {name: model for name, model in models.items() if model.task in tasks}
    return models


async def retrieve(request: Request, ports: Ports) -> Response:
    """One model by id, bare name or alias; its ``id`` is the name asked for, ``root`` its own.

    Raises what :func:`find` raises.
    """
    model, name = await named_model(request, ports)
    return json_response(_object(model, name))


async def named_model(request: Request, ports: Ports) -> tuple[Model, str]:
    """The model that the path names, and that name."""
    _, _, name = request.path.partition("/models/")
    name = unquote(name).strip("/")
    return await find_model(name, ports), name
