"""The live list over the built-in models: what it changes, adds and cannot break."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers_ai.catalogue.live import merge_live_list
from workers_ai.catalogue.model import Model, Reasoning
from workers_ai.catalogue.models import MODELS

TODAY = "2026-11-23"
SCOUT = "@cf/meta/llama-4-scout-17b-16e-instruct"
PRICE = [
    {"unit": "per M input tokens", "price": 0.5, "currency": "USD"},
    {"unit": "per M output tokens", "price": 1.1, "currency": "USD"},
    {"unit": "per inference request", "price": 1, "currency": "USD"},
]


def row(name: str, task: str = "Text Generation", **properties: Any) -> dict[str, Any]:
    """A row as env.AI.models() gives it."""
    return {
        "id": "f9f2250b-1048-4a52-9910-d0bf976616a1",
        "source": 1,
        "name": name,
        "description": "A model.",
        "task": {"id": "c329a1f9-323d-4e91-b2aa-582dd4188d34", "name": task, "description": ""},
        "created_at": "2026-11-05 10:27:29.131",
        "tags": [],
        "properties": [{"property_id": key, "value": value} for key, value in properties.items()],
    }


def merged(*rows: dict[str, Any], models: tuple[Model, ...] = MODELS) -> dict[str, Model]:
    return {model.id: model for model in merge_live_list(models, list(rows), TODAY)}


def built_in(name: str) -> Model:
    return next(model for model in MODELS if model.id == name)


def test_adds_unknown_models_from_the_list() -> None:
    models = merged(
        row(
            "@cf/new/model",
            context_window="131072",
            vision="true",
            function_calling="true",
            beta="true",
            price=PRICE,
            reasoning_effort={
                "supported_efforts": ["max", "low", "none", "turbo"],
                "default_effort": "max",
                "normalizes_to": {"medium": "max", "null": "max", "high": "gone"},
                "mandatory": False,
            },
        )
    )
    assert list(models)[:-1] == [model.id for model in MODELS]
    assert models["@cf/new/model"] == Model(
        "@cf/new/model",
        "Text Generation",
        context_window=131072,
        vision=True,
        tools=True,
        beta=True,
        price={"per_m_input_tokens": 45454.55, "per_m_output_tokens": 100000.0},
        added_on="2026-11-05",
        reasoning=Reasoning(
            True,
            control={"reasoning_effort": ("none", "low", "max")},
            default={"reasoning_effort": "max"},
            can_disable=True,
            aliases={"medium": "max"},
        ),
    )


def test_a_known_model_keeps_what_the_list_leaves_out() -> None:
    known = built_in(SCOUT)
    model = merged(row(SCOUT, context_window="200000", price=PRICE))[SCOUT]
    assert model == known._replace(context_window=200000)


def test_a_row_without_news_leaves_the_same_object() -> None:
    assert merged(row(SCOUT, context_window="131000", vision="true"))[SCOUT] is built_in(SCOUT)


@pytest.mark.parametrize("dollars", [True, -1, 1e9, float("nan"), "0.5", None, [1]])
def test_ignores_malformed_prices(dollars: object) -> None:
    price = [{"unit": "per step", "price": 0.011}, {"unit": "per audio minute", "price": dollars}]
    assert merged(row("@cf/new/model", price=price))["@cf/new/model"].price == {"per_step": 1000}


def test_a_model_that_is_not_listed_stays() -> None:
    assert merged(row("@cf/new/model"))[SCOUT] is built_in(SCOUT)


@pytest.mark.parametrize(
    ("value", "window"),
    [
        ("65536", 65536),
        (65536, 65536),
        (65536.0, 65536),
        ("0", 131000),
        ("-1", 131000),
        ("many", 131000),
        (True, 131000),
        ([1], 131000),
        (None, 131000),
        (1e300, 131000),
    ],
)
def test_reads_context_windows_in_any_form(value: object, window: int) -> None:
    model = merged(row(SCOUT, context_window=value))[SCOUT]
    assert model.context_window == window
    assert type(model.context_window) is int


@pytest.mark.parametrize(
    ("value", "tools"),
    [("true", True), ("True", True), (True, True), ("false", False), (False, False), (1, None)],
)
def test_reads_flags_in_any_form(value: object, tools: bool | None) -> None:
    assert merged(row("@cf/new/model", function_calling=value))["@cf/new/model"].tools is tools


def test_a_listed_model_is_live() -> None:
    name = "@cf/meta/llama-3-8b-instruct"
    assert built_in(name).status == "retired"
    model = merged(row(name))[name]
    assert (model.status, model.retired_on) == ("current", None)
    name = "@cf/swiss-ai/apertus-v1.5-8b"
    assert merged(row(name, require_workers_paid="true"))[name].status == "paid_only"


def test_the_plan_a_model_needs_may_change() -> None:
    name = "@cf/zai-org/glm-5.2"
    assert merged(row(name, require_workers_paid="false"))[name].status == "current"
    assert merged(row(name))[name].status == "paid_only"
    assert merged(row(SCOUT, require_workers_paid="true"))[SCOUT].status == "paid_only"


@pytest.mark.parametrize(
    ("end", "status", "retired_on"),
    [
        ("2026-11-23", "retired", "2026-11-23"),
        ("2026-05-30T00:00:00.000Z", "retired", "2026-05-30"),
        ("2026-12-24", "current", "2026-12-24"),
        ("soon", "current", None),
        ("2026-13-99", "current", None),
        (20261224, "current", None),
    ],
)
def test_a_planned_end_in_the_past_means_retired(
    end: object, status: str, retired_on: str | None
) -> None:
    model = merged(row(SCOUT, planned_deprecation_date=end))[SCOUT]
    assert (model.status, model.retired_on) == (status, retired_on)


def test_known_reasoning_controls_are_kept() -> None:
    name = "@cf/qwen/qwen3.8-27b"
    said = row(name, reasoning="false", reasoning_effort={"supported_efforts": ["max"]})
    assert merged(said)[name].reasoning == built_in(name).reasoning


def test_reasoning_of_a_model_without_known_controls_follows_the_list() -> None:
    assert merged(row(SCOUT, reasoning="true"))[SCOUT].reasoning == Reasoning(True)
    assert merged(row(SCOUT))[SCOUT].reasoning == Reasoning(False)


@pytest.mark.parametrize("levels", [["none"], ["turbo"], [], "low", None, [["low"]]])
def test_ignores_effort_levels_that_control_nothing(levels: object) -> None:
    said = row(SCOUT, reasoning="true", reasoning_effort={"supported_efforts": levels})
    assert merged(said)[SCOUT].reasoning == Reasoning(True)


def test_ignores_invalid_ids_and_models_without_a_task() -> None:
    rows = [
        row("openai/gpt-5"),
        row("@cf/bad id"),
        {**row("@cf/no/task"), "task": None},
        {**row("@cf/odd/task"), "task": {"name": 7}},
        row("@cf/good/model"),
    ]
    assert set(merged(*rows)) - {model.id for model in MODELS} == {"@cf/good/model"}


@pytest.mark.parametrize("rows", [None, [], {}, "text", [None, 1, "x", {}], [row("x")]])
def test_a_list_without_models_is_an_error(rows: object) -> None:
    with pytest.raises(ValueError, match="no models"):
        merge_live_list(MODELS, rows, TODAY)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
    max_leaves=10,
)
properties = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        [
            *("context_window", "vision", "function_calling", "price", "reasoning"),
            *("reasoning_effort", "planned_deprecation_date", "require_workers_paid"),
        ],
        json_values
        | st.lists(st.fixed_dictionaries({"unit": st.just("per step"), "price": json_values})),
    ),
)


@given(
    name=st.sampled_from(["@cf/new/model", SCOUT, "@cf/meta/llama-3-8b-instruct"]),
    values=properties,
    created=json_values,
)
def test_any_properties_give_a_valid_row(
    name: str, values: dict[str, Any], created: object
) -> None:
    model = merged({**row(name, **values), "created_at": created})[name]
    assert model.context_window is None or type(model.context_window) is int
    assert model.status in ("current", "paid_only", "retired")
    assert all(isinstance(price, int | float) and price >= 0 for price in model.price.values())
