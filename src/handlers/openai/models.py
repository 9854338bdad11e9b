"""``GET /v1/models`` and ``/v1/models/{id}``: OpenAI's model objects, with the catalogue's data.

``{"object": "list", "data": [{"id", "object": "model", "created", "owned_by", "root", "parent",
"permission", "metadata"}]}``. New API reads the list into fixed types, and one wrong type costs
the whole import: ``created`` an integer, ``permission`` an array, ``root`` and ``parent`` strings
or null, ``metadata`` an object.

``metadata``: ``task`` (Cloudflare's name), ``status`` (``current``, or ``paid_only`` where the
Workers Free plan gets a 403), ``capabilities``, ``price_in_neurons`` (per unit; units and statuses
are those of data/README.md) and, where they apply, ``context_window``, ``dimensions``, ``beta``,
``retires_on``, and ``unavailable``: why the model does not answer here, of those that only
``?all=1`` lists.
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


def _unix_time(day: str) -> int:
    return (date.fromisoformat(day).toordinal() - _EPOCH) * 86400


def _write_metadata(model: Model) -> dict[str, Any]:
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


def write_model(model: Model, name: str) -> dict[str, Any]:
    """Writes a model object; its id is the ``name`` that the client uses."""
    return {
        "id": name,
        "object": "model",
        "created": _unix_time(model.added_on or AS_OF),
        "owned_by": model.id.split("/")[1],
        "root": model.id,
        "parent": None,
        "permission": [],
        "metadata": _write_metadata(model),
    }


_dumped_models: dict[str, tuple[Model, bytes]] = {}


def _dump_model(model: Model, name: str) -> bytes:
    """Returns :func:`write_model` as JSON, cached until the catalogue has another row."""
    row, body = _dumped_models.get(name, (None, b""))
    if row is not model:
        body = dump_json(write_model(model, name))
        _dumped_models[name] = (model, body)
    return body


for _model in BUILT_IN.models:  # at import: it is in the snapshot, so no request pays for it
    if _model.live:
        _dump_model(_model, _model.id)


def _normalise_name(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.lower())


_TASKS: dict[str, frozenset[str]] = {}
for _task, _row in TASKS.items():
    for _name in (_task, *_row.names):
        _TASKS[_normalise_name(_name)] = _TASKS.get(_normalise_name(_name), frozenset()) | {_task}


def _find_tasks(name: str, catalogue: Catalogue) -> frozenset[str]:
    """Returns the tasks that a filter names, by Cloudflare's name or a short one. Raises
    :class:`BadRequest`."""
    tasks = _TASKS.get(_normalise_name(name)) or frozenset(
        model.task
        for model in catalogue.models
        if _normalise_name(model.task) == _normalise_name(name)
    )
    if not tasks:
        raise BadRequest(
            f"There is no such task. The tasks are: {', '.join(TASKS)}.",
            code="unknown_task",
            param="task",
        )
    return tasks


def _find_aliases(ports: Ports, catalogue: Catalogue) -> dict[str, Model]:
    """Returns the aliases of models that answer, without patterns; the operator's precede the
    built-in ones."""
    table = {**aliases.ALIASES, **ports.settings.model_aliases}
    rows = {name: catalogue.get(table[name]) for name in table if not name.endswith("*")}
    plan = ports.settings.plan
    return {
        name: model
        for name, model in rows.items()
        if model and _unavailability(model, plan) is None
    }


def _unavailability(model: Model, plan: str) -> str | None:
    """Returns why a model does not answer on this plan, None if it does."""
    if model.status == "paid_only":
        return None if plan == "paid" else "It needs the Workers Paid plan (setting PLAN)."
    if model.live:
        return None
    on = f" on {model.retired_on}" if model.retired_on else ""
    return f"It was retired{on}." + "".join(f" Use {name}." for name in model.successors[:1])


def _dump_unavailable_model(model: Model, name: str, reason: str) -> bytes:
    row = write_model(model, name)
    row["metadata"]["unavailable"] = reason
    return dump_json(row)


async def list_models(request: Request, ports: Ports) -> Response:
    """Lists the models that answer on the account's plan. ``?task=`` filters by task,
    ``?aliases=1`` adds the aliases, for clients with fixed names, ``?all=1`` the models that do
    not answer."""
    models = await select_models(request, ports)
    data = b",".join(
        [
            _dump_unavailable_model(model, name, reason)
            if (reason := _unavailability(model, ports.settings.plan))
            else _dump_model(model, name)
            for name, model in models.items()
        ]
    )
    body = b'{"object":"list","data":[' + data + b"]}"
    return Response(body, headers={"content-type": JSON})


def _is_set(request: Request, switch: str) -> bool:
    return request.query.get(switch, "0") not in ("0", "", "false")


async def select_models(request: Request, ports: Ports, default_task: str = "") -> dict[str, Model]:
    """Returns the models that the query selects, by name."""
    catalogue = await refresh_catalogue(ports)
    plan = ports.settings.plan
    models = {
        model.id: model
        for model in catalogue.models
        if _is_set(request, "all") or _unavailability(model, plan) is None
    }
    if _is_set(request, "aliases"):
        models |= _find_aliases(ports, catalogue)
    task = request.query.get("task", "") or default_task
    if task.strip():
        tasks = _find_tasks(task, catalogue)
        models = {name: model for name, model in models.items() if model.task in tasks}
    return models


async def retrieve(request: Request, ports: Ports) -> Response:
    """Returns a model by id, bare name or alias. Its ``id`` is that name, ``root`` the model's id.

    Raises what :func:`find_model` raises.
    """
    model, name = await find_requested_model(request, ports)
    return json_response(write_model(model, name))


async def find_requested_model(request: Request, ports: Ports) -> tuple[Model, str]:
    """Returns the model that the path names, and that name."""
    _, _, name = request.path.partition("/models/")
    name = unquote(name).strip("/")
    return await find_model(name, ports), name
