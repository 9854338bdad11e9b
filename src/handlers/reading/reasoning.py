"""Reads how much a model is to think, and where its thinking goes, in every form clients send."""

from collections.abc import Mapping
from typing import Any

from handlers.reading import fields
from workers_ai.catalogue.model import EFFORTS, Effort
from workers_ai.text.generation import ReasoningFormat

_EFFORT_FIELDS = frozenset({"reasoning_effort", "reasoning", "enable_thinking", "thinking"})
_FORMAT_FIELDS = frozenset({"reasoning_format", "reasoning", "include_reasoning"})


def read_effort(values: Mapping[str, Any]) -> Effort | None:
    """Returns the effort: by name, else by the switches of other servers, else None."""
    if _EFFORT_FIELDS.isdisjoint(values):
        return None
    reasoning = values.get("reasoning", {})
    named: Effort | None = values.get("reasoning_effort")
    if named is None and reasoning.get("effort") is not None:
        named = fields.one_of(*EFFORTS)(reasoning["effort"], "reasoning.effort")
    if named is not None:
        return named
    switches = (
        values.get("enable_thinking"),
        reasoning.get("enabled"),
        {"enabled": True, "adaptive": True, "disabled": False}.get(
            str(values.get("thinking", {}).get("type"))
        ),
    )
    for switch in switches:
        if isinstance(switch, bool):
            return "medium" if switch else "none"
    return None


def read_reasoning_format(values: Mapping[str, Any]) -> ReasoningFormat:
    """Returns the format: as named, else hidden if a switch of OpenRouter's excludes it."""
    if _FORMAT_FIELDS.isdisjoint(values):
        return "parsed"
    hidden = values.get("include_reasoning") is False
    hidden |= values.get("reasoning", {}).get("exclude") is True
    chosen: ReasoningFormat = values.get("reasoning_format", "hidden" if hidden else "parsed")
    return chosen
