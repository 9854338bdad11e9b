"""How much a model shall think, in the words of every server."""

from typing import Any

import pytest

from support.exchange import generation, refused
from workers_ai.catalogue.model import EFFORTS


@pytest.mark.parametrize("effort", EFFORTS)
def test_effort_by_name(effort: str) -> None:
    assert generation(reasoning_effort=effort).effort == effort
    assert generation(reasoning={"effort": effort}).effort == effort


def test_an_effort_in_the_models_name_counts_where_no_field_says_one() -> None:
    assert generation(model="gpt-5-high").effort == "high"
    assert generation(model="gpt-5-high", reasoning_effort="low").effort == "low"
    assert generation(model="gpt-5-high", enable_thinking=False).effort == "none"


@pytest.mark.parametrize(
    ("body", "effort"),
    [
        ({}, None),
        ({"enable_thinking": True}, "medium"),
        ({"enable_thinking": False}, "none"),
        ({"reasoning": {"enabled": True}}, "medium"),
        ({"reasoning": {"enabled": False}}, "none"),
        ({"reasoning": {"enabled": "no", "effort": None}}, None),
        ({"reasoning": {}}, None),
        ({"thinking": {"type": "enabled", "budget_tokens": 1024}}, "medium"),
        ({"thinking": {"type": "adaptive"}}, "medium"),
        ({"thinking": {"type": "disabled"}}, "none"),
        ({"thinking": {"type": "perhaps"}}, None),
        ({"thinking": {"type": {}}}, None),
        ({"reasoning_effort": "low", "enable_thinking": False}, "low"),
        ({"reasoning": {"effort": "high", "enabled": False}}, "high"),
        ({"enable_thinking": False, "thinking": {"type": "enabled"}}, "none"),
    ],
)
def test_the_switches_of_other_servers(body: dict[str, Any], effort: str | None) -> None:
    assert generation(**body).effort == effort


def test_rejects_unknown_efforts() -> None:
    refused("reasoning.effort", reasoning={"effort": "hard"})


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ({}, "parsed"),
        ({"include_reasoning": True}, "parsed"),
        ({"include_reasoning": False}, "hidden"),
        ({"reasoning": {"exclude": True}}, "hidden"),
        ({"reasoning": {"exclude": False}}, "parsed"),
        ({"reasoning_format": "raw"}, "raw"),
        ({"reasoning_format": "hidden"}, "hidden"),
        ({"reasoning_format": "parsed", "include_reasoning": False}, "parsed"),
    ],
)
def test_where_reasoning_goes(body: dict[str, Any], form: str) -> None:
    assert generation(**body).reasoning_format == form
