"""From the model name in a request to a row: look-up, aliases, retirement, live refresh.

A name is tried as, in this order:

1. an exact name in the setting ``MODEL_ALIASES``;
2. the id of a model, or a part of it that no other model has: ``glm-4.7-flash`` or
   ``zai-org/glm-4.7-flash`` for ``@cf/zai-org/glm-4.7-flash``;
3. a prefix (``name*``) in ``MODEL_ALIASES``;
4. the built-in aliases, see :mod:`workers_ai.catalogue.aliases`;
5. an id that the catalogue does not know but Workers AI might.

So a prefix never hides a model, and the operator's aliases come before the built-in ones. Case
does not count. What is then left unknown, the account's live model list may know.

A model that Cloudflare serves under another one's name (status ``aliased``) is treated as
retired: its requests are answered, and charged, as the dearer successor, and a substitution
happens here only where the operator has allowed it (``RETIRED_MODELS=successor``).
"""

import re
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress

from core import isolate
from core.errors import DISABLING_WORDS, APIError, BadRequest, NotFound
from core.ports import Ports
from core.settings import Settings
from workers_ai.catalogue import aliases
from workers_ai.catalogue.live import merge
from workers_ai.catalogue.model import NATIVE, TASKS, Model
from workers_ai.catalogue.models import MODELS


class Catalogue:
    """The models by id, and by every part of an id that is a name of its own."""

    __slots__ = ("_by_id", "_by_name", "models")

    def __init__(self, models: Sequence[Model]) -> None:
        self.models = models
        self._by_id = {model.id.lower(): model for model in models}
        self._by_name: dict[str, list[Model]] = {}
        # Live models come first and keep their names from retired ones of the same name.
        for model in sorted(models, key=lambda model: not model.live):
            _, _, path = model.id.lower().partition("/")
            for name in {path, path.rpartition("/")[2]}:
                owners = self._by_name.setdefault(name, [])
                if not owners or owners[0].live == model.live:
                    owners.append(model)

    def get(self, name: str) -> Model | None:
        """The model with this id or this unique name."""
        name = name.lower()
        owners = self._by_name.get(name, ())
        return self._by_id.get(name) or (owners[0] if len(owners) == 1 else None)


BUILT_IN = Catalogue(MODELS)

RETRY_AFTER = 60
"""Seconds during which a live list that could not be had is not asked for again."""


class _Latest:
    """The newest list that this isolate knows, and when the next one is due."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.catalogue = BUILT_IN
        self.due = 0.0


_latest = _Latest()
isolate.keeps("the account's live model list", _latest.forget)


async def refreshed(ports: Ports) -> Catalogue:
    """The built-in models with the account's live list, at most ``MODELS_TTL`` old, on top.

    A list that cannot be had or read is no error: what was known before is used.
    """
    ttl = ports.settings.models_ttl
    if not ttl:
        return BUILT_IN
    now = time.time()
    if now >= _latest.due:
        # Claimed before waiting: requests that arrive meanwhile use what there is.
        _latest.due = now + RETRY_AFTER
        with suppress(Exception):  # the binding's, the network's, a list of an unheard-of shape
            rows = await ports.ai.models()
            today = time.strftime("%Y-%m-%d", time.gmtime(now))
            _latest.catalogue = Catalogue(merge(MODELS, rows, today))
            _latest.due = now + ttl
    return _latest.catalogue


_UNKNOWN_ID = re.compile(r"@(?:cf|hf|mock)/[A-Za-z0-9._:/=,+-]{1,200}")
"""Ids that may be passed on. They travel in a header, so nothing else may be in them."""


def _target(name: str, catalogue: Catalogue, settings: Settings) -> tuple[Model | None, str]:
    """The row for a name, or None, and the name after aliases."""
    own = settings.model_aliases
    target = aliases.exact(own, name)
    if target is None and catalogue.get(name) is None:
        target = aliases.prefix(own, name)
    name = target or name
    model = catalogue.get(name)
    if model is None:
        target = aliases.exact(aliases.ALIASES, name) or aliases.prefix(aliases.ALIASES, name)
        name = target or name
        model = catalogue.get(name)
    return model, name


async def find(name: object, ports: Ports, task: str | None = None) -> Model:
    """The row that answers to ``name``.

    With ``task``, an unknown id such as ``@cf/new/model`` becomes a row of that task (status
    ``unknown``) of which nothing is known. Raises :class:`BadRequest` for what is no
    name, :class:`NotFound` ``model_not_found`` for unknown and retired models.
    """
    if isinstance(name, str):
        name = name.strip()
    if name is None or name == "":
        raise BadRequest("A model is required.", code="missing_model", param="model")
    if not isinstance(name, str):
        raise BadRequest("The model must be a string.", code="invalid_type", param="model")
    catalogue, settings = _latest.catalogue, ports.settings
    model, target = _target(name, catalogue, settings)
    if model is None and task and _UNKNOWN_ID.fullmatch(target):
        return Model(target, task, status="unknown")
    if model is None:
        catalogue = await refreshed(ports)
        model, _ = _target(name, catalogue, settings)
    if model is None:
        raise _not_found(name, catalogue, task)
    return _in_service(model, catalogue, settings)


async def resolve(name: object, task: str, ports: Ports) -> Model:
    """The row for the ``model`` of a request to an endpoint for ``task``.

    Raises what :func:`find` raises, and :class:`BadRequest` naming the right endpoint for
    a model of another task.
    """
    model = await find(name, ports, task)
    if model.task == task:
        return model
    other = TASKS.get(model.task)
    endpoints = " or ".join(f"POST {path}" for path in (other.endpoints if other else (NATIVE,)))
    kind = f"does {model.task}" if other else "does something else"
    raise BadRequest(
        f"This model {kind}, which this endpoint does not. Use {endpoints}.",
        code="wrong_endpoint",
        param="model",
    )


def successor(model: Model, catalogue: Catalogue) -> Model | None:
    """The first successor that the Free plan may use, else the first that is live."""
    rows = [row for row in map(catalogue.get, model.successors) if row and row.live]
    return next((row for row in rows if row.status == "current"), rows[0] if rows else None)


def _in_service(model: Model, catalogue: Catalogue, settings: Settings) -> Model:
    if model.status not in ("retired", "aliased"):
        return model
    heir = successor(model, catalogue)
    if heir and settings.retired_models == "successor":
        return heir
    message = "This model was retired" + (f" on {model.retired_on}." if model.retired_on else ".")
    if heir:
        message += (
            f" Use {heir.id} instead, or let the gateway do so with the setting"
            " RETIRED_MODELS=successor."
        )
    raise NotFound(message, code="model_not_found", param="model")


# --- suggestions -----------------------------------------------------------------------------


def _not_found(name: str, catalogue: Catalogue, task: str | None) -> APIError:
    """Names close ones of ours; the name that was asked for is never repeated."""
    ids = {model.id: model for model in catalogue.models if model.live}
    for alias, target in aliases.ALIASES.items():
        if target in ids and not alias.endswith("*"):
            ids[alias] = ids[target]
    close = closest(name, [key for key, model in ids.items() if task in (None, model.task)])
    message = "This model does not exist here."
    if close:
        message += f" Close to it: {', '.join(close)}."
    message += " GET /v1/models lists the models."
    return NotFound(message, code="model_not_found", param="model")


def _pairs(name: str) -> set[str]:
    name = name.lower().rpartition("/")[2]
    return {name[place : place + 2] for place in range(len(name) - 1)}


def closest(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names most like ``name`` by shared pairs of letters (Dice's coefficient), best first.

    difflib does this better, but costs 40 ms to import and 5 ms a call in Pyodide.
    """
    wanted = _pairs(name[-100:])
    scores = []
    for other in names:
        pairs = _pairs(other)
        score = 2 * len(wanted & pairs) / (len(wanted) + len(pairs) or 1)
        if score >= 0.5 and not any(word in other.lower() for word in DISABLING_WORDS):
            scores.append((-score, other))
    return [other for _, other in sorted(scores)[:most]]
