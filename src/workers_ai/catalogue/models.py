"""Reads ``models.txt``, the catalogue's rows, which scripts/make_catalogue.py makes of
data/models.json.

The file is JSON. What several models have in common is in lists of its own, and a model has its
place there.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workers_ai.catalogue.model import Limit, Model, Reasoning


def _limits(rows: dict[str, Any]) -> dict[str, Limit]:
    return {name: Limit(**row) for name, row in rows.items()}


def _reasoning(row: dict[str, Any]) -> Reasoning:
    return Reasoning(**_unchanging(row))


def _unchanging(value: Any) -> Any:
    """Arrays become tuples, at any depth."""
    if isinstance(value, dict):
        return {key: _unchanging(item) for key, item in value.items()}
    return tuple(map(_unchanging, value)) if isinstance(value, list) else value


_SHARED: dict[str, Callable[[Any], Any]] = {
    "inputs": lambda names: frozenset(names.split()),
    "limits": _limits,
    "reasoning": _reasoning,
    "fim": tuple,
    "successors": tuple,
    "details": _unchanging,
}


def _models(data: dict[str, Any]) -> tuple[Model, ...]:
    shared = {name: list(map(read, data[name])) for name, read in _SHARED.items()}
    rows = data["models"]
    for row in rows:
        for name in row.keys() & shared.keys():
            row[name] = shared[name][row[name]]
    return tuple([Model(**row) for row in rows])


_data = json.loads(Path(__file__).with_suffix(".txt").read_text("utf-8"))

AS_OF: str = _data["as_of"]
USD_PER_1000_NEURONS: float = _data["usd_per_1000_neurons"]
MODELS = _models(_data)
