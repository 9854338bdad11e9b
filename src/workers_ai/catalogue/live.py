"""Merges the account's live model list into the built-in catalogue.

``env.AI.models()`` gives rows ``{"name": "@cf/…", "task": {"name"}, "created_at", "properties":
[{"property_id", "value"}]}`` (Cloudflare's models search). Values are mostly strings (``"true"``,
``"131072"``), sometimes JSON numbers and booleans; ``price`` is an array, ``reasoning_effort`` an
object. None of this is promised, so a property that does not read as expected is left out.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeGuard

from workers_ai.catalogue.model import EFFORTS, Model, Reasoning
from workers_ai.catalogue.models import USD_PER_1000_NEURONS

_ID = re.compile(r"@(?:cf|hf)/[A-Za-z0-9._:/-]{1,200}")

# Property → field of the row. Cloudflare lists a flag that is true, and mostly leaves out one that
# is not, so a missing flag says nothing.
_FLAGS = {
    "vision": "vision",
    "function_calling": "tools",
    "lora": "lora",
    "beta": "beta",
    "partner": "partner",
    "realtime": "realtime",
}

_PRICE_UNITS = {
    "per M input tokens": "per_m_input_tokens",
    "per M cached input tokens": "per_m_cached_input_tokens",
    "per M output tokens": "per_m_output_tokens",
    "per 512 by 512 tile": "per_tile_512",
    "per step": "per_step",
    "per audio minute": "per_audio_minute",
    "per audio minute (websocket)": "per_audio_minute_websocket",
    "per 1k characters": "per_1k_input_characters",
}


def merge_live_list(models: Sequence[Model], rows: object, today: str) -> tuple[Model, ...]:
    """Returns ``models`` updated from the live list, then the models that only the list has.

    ``today`` is an ISO date: a model whose planned end has passed counts as retired. Models that
    are not in the list stay as they are, since it may be a part of a longer one.
    Raises :class:`ValueError` if there is no model in ``rows``.
    """
    live = {}
    for row in rows if isinstance(rows, list) else ():
        name = row.get("name") if isinstance(row, dict) else None
        if isinstance(name, str) and _ID.fullmatch(name):
            live[name.lower()] = row
    if not live:
        raise ValueError("no models in the live list")
    merged = []
    for model in models:
        row = live.pop(model.id.lower(), None)
        merged.append(_update(model, row, today) if row else model)
    for row in live.values():
        task = row.get("task")
        task = task.get("name") if isinstance(task, dict) else None
        if isinstance(task, str) and task:
            new = Model(row["name"], task, added_on=_date(row.get("created_at")))
            merged.append(_update(new, row, today))
    return tuple(merged)


def _update(model: Model, row: Mapping[str, Any], today: str) -> Model:
    properties = _properties(row.get("properties"))
    changes: dict[str, Any] = {
        field: flag
        for name, field in _FLAGS.items()
        if (flag := _flag(properties.get(name))) is not None
    }
    window = _count(properties.get("context_window"))
    if window:
        changes["context_window"] = window
    # Being listed is being live, whatever was known before.
    paid = _flag(properties.get("require_workers_paid"))
    if paid is not None or not model.live:
        changes["status"] = "paid_only" if paid else "current"
    if not model.live:
        changes["retired_on"] = None
    end = _date(properties.get("planned_deprecation_date"))
    if end:
        changes["retired_on"] = end
        if end <= today:
            changes["status"] = "retired"
    if not model.price:
        changes["price"] = _price(properties.get("price"))
    reasoning = _reasoning(model.reasoning, properties)
    if reasoning != model.reasoning:
        changes["reasoning"] = reasoning
    changes = {key: value for key, value in changes.items() if getattr(model, key) != value}
    return model._replace(**changes) if changes else model


def _reasoning(known: Reasoning | None, properties: Mapping[str, Any]) -> Reasoning | None:
    """Adds reasoning and effort levels from the live list, which never overrules known controls."""
    if known and (known.control or known.can_disable is not None):
        return known
    effort = properties.get("reasoning_effort")
    levels = effort.get("supported_efforts") if isinstance(effort, dict) else None
    levels = tuple(level for level in EFFORTS if isinstance(levels, list) and level in levels)
    if isinstance(effort, dict) and set(levels) - {"none"}:
        default = effort.get("default_effort")
        aliases = effort.get("normalizes_to")
        return Reasoning(
            True,
            control={"reasoning_effort": levels},
            default={"reasoning_effort": default} if default in levels else {},
            can_disable="none" in levels,
            aliases={
                name: meant
                for name, meant in (aliases if isinstance(aliases, dict) else {}).items()
                if name in EFFORTS and meant in levels
            },
        )
    supported = _flag(properties.get("reasoning"))
    if supported is None or (known and known.supported == supported):
        return known
    return Reasoning(supported)


def _properties(items: object) -> dict[str, Any]:
    return {
        item["property_id"]: item.get("value")
        for item in (items if isinstance(items, list) else ())
        if isinstance(item, dict) and isinstance(item.get("property_id"), str)
    }


def _flag(value: object) -> bool | None:
    return {"true": True, "false": False}.get(str(value).lower()) if _is_plain(value) else None


def _count(value: object) -> int | None:
    """Reads a count; numbers from JavaScript may be floats."""
    text = str(value).removesuffix(".0") if _is_plain(value) else ""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _is_plain(value: object) -> bool:
    return isinstance(value, str | bool | int | float)


def _date(value: object) -> str | None:
    """Reads the date of an ISO date or time stamp."""
    try:
        return date.fromisoformat(value[:10]).isoformat() if isinstance(value, str) else None
    except ValueError:
        return None


def _price(items: object) -> dict[str, float]:
    """Converts the US dollars of the live list to neurons per unit."""
    price = {}
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            unit, dollars = item.get("unit"), item.get("price")
            if isinstance(unit, str) and unit in _PRICE_UNITS and _is_amount(dollars):
                price[_PRICE_UNITS[unit]] = round(dollars / USD_PER_1000_NEURONS * 1000, 2)
    return price


def _is_amount(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e6
