"""How much a model shall think and where its thinking goes, in every form that clients send."""

from collections.abc import Mapping
from typing import Any

from handlers.reading import fields
from workers_ai.catalogue.model import EFFORTS, Effort
from workers_ai.text.generation import ReasoningFormat


def effort(values: Mapping[str, Any]) -> Effort | None:
    """The first that says something of: effort by name, then the switches of other servers."""
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


def reasoning_format(values: Mapping[str, Any]) -> ReasoningFormat:
    hidden = values.get("include_reasoning") is False
    hidden |= values.get("reasoning", {}).get("exclude") is True
    chosen: ReasoningFormat = values.get("reasoning_format", "hidden" if hidden else "parsed")
    return chosen
