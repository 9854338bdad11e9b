"""GET /v1/models and /v1/models/{id}: OpenAI's model objects, with what Workers AI says of each.

``{"object": "list", "data": [{"id", "object": "model", "created", "owned_by", "root", "parent",
"permission", "metadata"}]}``. New API reads the list into fixed types, where one wrong one costs
the whole import: ``created`` an integer, ``permission`` an array, ``root`` and ``parent`` strings
or null, ``metadata`` an object.

``metadata``: ``task`` (Cloudflare's name), ``status`` (``current``, or ``paid_only`` where the
Workers Free plan gets a 403), ``capabilities``, ``price_in_neurons`` (per unit; units and statuses
are those of data/README.md) and, where they apply, ``context_window``, ``dimensions``, ``beta``,
``retires_on``.

Requests that name an ``anthropic-version`` get Anthropic's ``{"data": [{"type": "model", "id",
"display_name", "created_at", …}], "has_more", "first_id", "last_id"}`` instead.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import unquote

from core.errors import BadRequest
from core.ports import Ports
from core.web import JSON, Request, Response, dump_json, json_response
from workers_ai.catalogue import aliases
from workers_ai.catalogue.lookup import BUILT_IN, Catalogue, find, refreshed
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
    with fixed names may use. Anthropic's clients are given the models that they can call."""
    catalogue = await refreshed(ports)
    named = {model.id: model for model in catalogue.models if model.live}
    if request.query.get("aliases", "0") not in ("0", "", "false"):
        named |= _named(ports, catalogue)
    anthropic = _is_anthropic(request)
    task = request.query.get("task", "") or ("Text Generation" if anthropic else "")
    if task.strip():
        tasks = _tasks(task, catalogue)
        named = {name: model for name, model in named.items() if model.task in tasks}
    if anthropic:
        return json_response(_page(named))
    data = b",".join([_dump(model, name) for name, model in named.items()])
    body = b'{"object":"list","data":[' + data + b"]}"
    return Response(body, headers={"content-type": JSON})


async def retrieve(request: Request, ports: Ports) -> Response:
    """One model by id, bare name or alias; its ``id`` is the name asked for, ``root`` its own.

    Raises what :func:`find` raises.
    """
    _, _, name = request.path.partition("/models/")
    name = unquote(name).strip("/")
    model = await find(name, ports)
    return json_response((_info if _is_anthropic(request) else _object)(model, name))


# --- Anthropic's shape -----------------------------------------------------------------------


def _is_anthropic(request: Request) -> bool:
    """The path is OpenAI's too, but only Anthropic's clients name a version."""
    return request.header("anthropic-version") is not None


def _info(model: Model, name: str) -> dict[str, Any]:
    """Anthropic's model object. ``line`` is one of Anthropic's, ``capabilities`` are of its API."""
    return {
        "type": "model",
        "id": name,
        "display_name": model.id.rpartition("/")[2],
        "created_at": _instant(model.added_on or AS_OF),
        "lifecycle": "deprecated" if model.retired_on else "active",
        "deprecated_at": None,
        "retires_at": _instant(model.retired_on) if model.retired_on else None,
        "max_input_tokens": model.context_window,
        "max_tokens": None,
        "capabilities": None,
        "line": None,
    }


def _instant(day: str) -> str:
    return day + "T00:00:00Z"


def _page(named: Mapping[str, Model]) -> dict[str, Any]:
    """All of them on one page, whatever ``limit`` says."""
    names = list(named)
    return {
        "data": [_info(model, name) for name, model in named.items()],
        "has_more": False,
        "first_id": names[0] if names else None,
        "last_id": names[-1] if names else None,
    }
