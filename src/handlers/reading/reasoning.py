"""Reads how much a model is to think, and where its thinking goes, in every form clients send."""

from collections.abc import Mapping
from typing import Any

from handlers.reading import fields
from workers_ai.catalogue.model import EFFORTS


def read_effort(values: Mapping[str, Any]) -> str | None:
    """Returns the effort: by name, else by the switches of other servers, else None."""
    reasoning = values.get("reasoning", {})
    if "reasoning_effort" in values:
        return str(values["reasoning_effort"])
    if reasoning.get("effort") is not None:
        return str(fields.one_of(*EFFORTS)(reasoning["effort"], "reasoning.effort"))
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


def read_reasoning_format(values: Mapping[str, Any]) -> str:
    hidden = values.get("include_reasoning") is False
    hidden |= values.get("reasoning", {}).get("exclude") is True
    return str(values.get("reasoning_format", "hidden" if hidden else "parsed"))
