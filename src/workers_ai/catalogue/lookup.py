"""Finds the row for the model name in a request: look-up, aliases, retirement, live refresh.

A name is tried as, in this order:

1. an exact name in the setting ``MODEL_ALIASES``;
2. the id of a model, or a part of it that no other model has: ``glm-4.7-flash`` or
   ``zai-org/glm-4.7-flash`` for ``@cf/zai-org/glm-4.7-flash``;
3. a prefix (``name*``) in ``MODEL_ALIASES``;
4. the built-in aliases (:mod:`workers_ai.catalogue.aliases`);
5. an id that the catalogue does not know but Workers AI might.

So a prefix never hides a model, and the operator's aliases precede the built-in ones. Names are
case-insensitive. A name that is still unknown is tried in its other forms
(:mod:`workers_ai.catalogue.names`), then looked up in the account's live model list.

A model whose requests Cloudflare answers, and charges, as another, dearer one's (status
``aliased``) counts as retired. A retired model is replaced by its successor only if the operator
allows it (``RETIRED_MODELS=successor``).
"""

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from core import isolate
from core.errors import DISABLING_WORDS, APIError, BadRequest, NotFound
from core.ports import Ports
from core.settings import Settings
from workers_ai.catalogue import aliases
from workers_ai.catalogue.live import merge_live_list
from workers_ai.catalogue.model import NATIVE, TASKS, Model
from workers_ai.catalogue.models import MODELS
from workers_ai.catalogue.names import name_forms


class Catalogue:
    """Models by id, and by every part of an id that identifies one of them."""

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
        """Returns the model with this id or this unique name, None if there is none."""
        name = name.lower()
        model = self._by_id.get(name)
        if model is None:
            owners = self._by_name.get(name, ())
            model = owners[0] if len(owners) == 1 else None
        return model


BUILT_IN = Catalogue(MODELS)

RETRY_AFTER = 60
"""Seconds before a live list that could not be read is requested again."""


class _Latest:
    """The newest list that this isolate knows, and when the next one is due."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.catalogue = BUILT_IN
        self.refresh_at = 0.0


_latest = _Latest()
isolate.keeps("the account's live model list", _latest.forget)


async def refresh_catalogue(ports: Ports) -> Catalogue:
    """Returns the built-in models updated from the account's live list.

    The list is at most ``MODELS_TTL`` old. One that cannot be read is no error: what was known
    before is used.
    """
    ttl = ports.settings.models_ttl
    if not ttl:
        return BUILT_IN
    now = time.time()
    if now >= _latest.refresh_at:
        # Set before waiting: requests that arrive meanwhile use what is known.
        _latest.refresh_at = now + RETRY_AFTER
        with suppress(Exception):  # of the binding, the network, or a list in an unknown shape
            rows = await ports.ai.models()
            today = time.strftime("%Y-%m-%d", time.gmtime(now))
            _latest.catalogue = Catalogue(merge_live_list(MODELS, rows, today))
            _latest.refresh_at = now + ttl
    return _latest.catalogue


_UNKNOWN_ID = re.compile(r"@(?:cf|hf|mock)/[A-Za-z0-9._:/=,+-]{1,200}")
"""Ids that may be passed on. They travel in a header, so other characters are rejected."""


NO_ALIASES: Mapping[str, str] = {}


def _look_up(
    name: str, catalogue: Catalogue, settings: Settings, preferred: Mapping[str, str]
) -> tuple[Model | None, str]:
    """Returns the row for a name, or None, and what the name is an alias of. Of the forms of a name
    the first that leads somewhere counts; an id that may be passed on does too."""
    model, target = _look_up_form(name, catalogue, settings, preferred)
    if model is None and not _UNKNOWN_ID.fullmatch(target):
        for form in name_forms(name):
            model, target = _look_up_form(form, catalogue, settings, preferred)
            if model is not None or _UNKNOWN_ID.fullmatch(target):
                break
    return model, target


def _look_up_form(
    name: str, catalogue: Catalogue, settings: Settings, preferred: Mapping[str, str]
) -> tuple[Model | None, str]:
    operator_aliases = settings.model_aliases
    if operator_aliases:
        target = aliases.find_exact(operator_aliases, name)
        if target is None and catalogue.get(name) is None:
            target = aliases.find_prefix(operator_aliases, name)
        name = target or name
    model = catalogue.get(name)
    if model is None:
        built_in = aliases.ALIASES
        name = (
            aliases.find_exact(preferred, name)
            or aliases.find_exact(built_in, name)
            or aliases.find_prefix(built_in, name)
            or name
        )
        model = catalogue.get(name)
    return model, name


async def find_model(
    name: object,
    ports: Ports,
    task: str | None = None,
    preferred: Mapping[str, str] = NO_ALIASES,
) -> Model:
    """Finds the row for ``name``. ``preferred``: aliases that precede the other built-in ones.

    With ``task``, an unknown id such as ``@cf/new/model`` becomes a row of that task (status
    ``unknown``) of which nothing is known. Raises :class:`BadRequest` if ``name`` is missing or no
    string, :class:`NotFound` ``model_not_found`` for unknown and retired models.
    """
    if isinstance(name, str):
        name = name.strip()
    if name is None or name == "":
        raise BadRequest("A model is required.", code="missing_model", param="model")
    if not isinstance(name, str):
        raise BadRequest("The model must be a string.", code="invalid_type", param="model")
    catalogue, settings = _latest.catalogue, ports.settings
    model, target = _look_up(name, catalogue, settings, preferred)
    if model is None and task and _UNKNOWN_ID.fullmatch(target):
        return Model(target, task, status="unknown")
    if model is None:
        catalogue = await refresh_catalogue(ports)
        model, _ = _look_up(name, catalogue, settings, preferred)
    if model is None:
        raise _unknown_model(name, catalogue, task)
    return _replace_if_retired(model, catalogue, settings)


async def resolve_model(
    name: object, task: str, ports: Ports, preferred: Mapping[str, str] = NO_ALIASES
) -> Model:
    """Finds the row for the ``model`` of a request to an endpoint for ``task``.

    Raises what :func:`find_model` raises, and :class:`BadRequest` with the right endpoint for a
    model of another task.
    """
    model = await find_model(name, ports, task, preferred)
    if model.task == task:
        return model
    model_task = TASKS.get(model.task)
    paths = model_task.endpoints if model_task else (NATIVE,)
    endpoints = " or ".join(f"POST {path}" for path in paths)
    kind = f"does {model.task}" if model_task else "does something else"
    raise BadRequest(
        f"This model {kind}, which this endpoint does not. Use {endpoints}.",
        code="wrong_endpoint",
        param="model",
    )


def find_successor(model: Model, catalogue: Catalogue) -> Model | None:
    """Returns the first successor that the Free plan may use, else the first that is live."""
    rows = [row for row in map(catalogue.get, model.successors) if row and row.live]
    return next((row for row in rows if row.status == "current"), rows[0] if rows else None)


def _replace_if_retired(model: Model, catalogue: Catalogue, settings: Settings) -> Model:
    if model.status not in ("retired", "aliased"):
        return model
    successor = find_successor(model, catalogue)
    if successor and settings.retired_models == "successor":
        return successor
    message = "This model was retired" + (f" on {model.retired_on}." if model.retired_on else ".")
    if successor:
        message += (
            f" Use {successor.id} instead, or let the gateway do so with the setting"
            " RETIRED_MODELS=successor."
        )
    raise NotFound(message, code="model_not_found", param="model")


# --- suggestions -----------------------------------------------------------------------------


def _unknown_model(name: str, catalogue: Catalogue, task: str | None) -> APIError:
    """Suggests similar names; the requested name is never repeated."""
    ids = {model.id: model for model in catalogue.models if model.live}
    for alias, target in aliases.ALIASES.items():
        if target in ids and not alias.endswith("*"):
            ids[alias] = ids[target]
    similar = find_similar(name, [key for key, model in ids.items() if task in (None, model.task)])
    message = "This model does not exist here."
    if similar:
        message += f" Close to it: {', '.join(similar)}."
    message += " GET /v1/models lists the models."
    return NotFound(message, code="model_not_found", param="model")


def _letter_pairs(name: str) -> set[str]:
    name = name.lower().rpartition("/")[2]
    return {name[place : place + 2] for place in range(len(name) - 1)}


def find_similar(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Returns the names most like ``name``, the best first.

    What counts are shared pairs of letters: the mean of Dice's coefficient and of the share of
    ``name`` that is in the other, as clients leave off endings such as ``-instruct``. difflib does
    this better, but costs 40 ms to import and 5 ms a call in Pyodide.
    """
    pairs = _letter_pairs(name[-100:])
    scores = []
    for candidate in names:
        candidate_pairs = _letter_pairs(candidate)
        shared = len(pairs & candidate_pairs)
        score = shared / (len(pairs) + len(candidate_pairs) or 1) + shared / (2 * len(pairs) or 1)
        if score >= 0.5 and not any(word in candidate.lower() for word in DISABLING_WORDS):
            scores.append((-score, candidate))
    scores.sort()
    return [candidate for score, candidate in scores[:most] if score <= scores[0][0] + 0.2]
