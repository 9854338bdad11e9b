"""``GET /v1/models`` as Anthropic's clients are given it."""

from typing import Any

import pytest

from support.anthropic_exchange import send
from support.fakes import FakeAI

VERSION = {"anthropic-version": "2026-10-21"}
GEMMA = "@cf/google/gemma-4-26b-a4b-it"
GRANITE = "@cf/ibm-granite/granite-4.0-h-micro"
WHISPER = "@cf/openai/whisper"


def listed(query: str = "", ai: FakeAI | None = None, **settings: Any) -> dict[str, Any]:
    """The models by their ids."""
    got = send("GET", f"/v1/models{query}", ai=ai, headers=VERSION, **settings)
    assert got.status == 200
    page = got.json
    ids = [model["id"] for model in page["data"]]
    assert (page["first_id"], page["last_id"]) == ((ids[0], ids[-1]) if ids else (None, None))
    assert page["has_more"] is False
    return {model["id"]: model for model in page["data"]}


def test_the_models_that_messages_takes() -> None:
    models = listed()
    assert models[GEMMA] == {
        "type": "model",
        "id": GEMMA,
        "display_name": "gemma-4-26b-a4b-it",
        "created_at": models[GEMMA]["created_at"],
        "lifecycle": "active",
        "deprecated_at": None,
        "retires_at": None,
        "max_input_tokens": 256000,
        "max_tokens": None,
        "capabilities": None,
        "line": None,
    }
    assert WHISPER not in models


def test_other_tasks_and_aliases_when_asked_for() -> None:
    assert WHISPER in listed("?task=audio")
    assert "gpt-4o" in listed("?aliases=1")
    assert "claude-1" in listed("?aliases=1", MODEL_ALIASES='{"claude-1": "' + GEMMA + '"}')
    assert "whisper-1" not in listed("?aliases=1")


def test_a_model_that_will_retire() -> None:
    properties = [{"property_id": "planned_deprecation_date", "value": "2999-01-01"}]
    row = {"name": GEMMA, "task": {"name": "Text Generation"}, "properties": properties}
    model = listed(ai=FakeAI(models=lambda: [row]), MODELS_TTL="60")[GEMMA]
    assert (model["lifecycle"], model["retires_at"]) == ("deprecated", "2999-01-01T00:00:00Z")


@pytest.mark.parametrize("name", [GRANITE, "granite-4.0-h-micro", "gpt-3.5-turbo"])
def test_one_model(name: str) -> None:
    got = send("GET", f"/v1/models/{name}", headers=VERSION)
    assert got.json == {**listed()[GRANITE], "id": name}


def test_errors_are_in_anthropics_shape_too() -> None:
    got = send("GET", "/v1/models/nothing", headers=VERSION)
    assert (got.status, got.error["type"]) == (404, "not_found_error")
    got = send("GET", "/v1/models?task=nothing", headers=VERSION)
    assert (got.status, got.param) == (400, "task")
    got = send("GET", "/v1/models", headers={**VERSION, "authorization": ""})
    assert (got.status, got.error["type"]) == (401, "authentication_error")
