"""GET /v1/models and /v1/models/{id}: OpenAI's shape, in the types that relays insist on."""

import json
from collections.abc import Coroutine
from typing import Any, cast
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DISABLING_WORDS, APIError
from core.ports import Ports
from core.web import Request, Response
from handlers.openai import models
from handlers.openai.models import list_models, retrieve
from support import fakes
from workers_ai.catalogue.aliases import ALIASES
from workers_ai.catalogue.model import TASKS
from workers_ai.catalogue.models import MODELS

GLM = "@cf/zai-org/glm-4.7-flash"
LIVE = [model for model in MODELS if model.live]


def run(coroutine: Coroutine[Any, Any, Any]) -> Response:
    """Runs to the end what never really waits; works without an event loop, so in Pyodide too."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return cast(Response, stop.value)
    raise AssertionError("waited for something")


def ports(*rows: dict[str, Any], **settings: str) -> Ports:
    """Ports over a live list of these rows, on the paid plan, which has all live models."""
    ai = fakes.FakeAI(models=lambda: list(rows))
    return fakes.ports(ai, None, **{"MODELS_TTL": "21600", "PLAN": "paid", **settings})


def live_row(name: str, task: str = "Text Generation", **properties: str) -> dict[str, Any]:
    listed = [{"property_id": key, "value": value} for key, value in properties.items()]
    return {"name": name, "task": {"name": task}, "properties": listed}


def request(path: str = "/v1/models", **query: str) -> Request:
    return fakes.request("GET", f"{path}?{urlencode(query)}")


def listing(used: Ports | None = None, **query: str) -> dict[str, dict[str, Any]]:
    response = run(list_models(request(**query), used or ports()))
    assert response.status == 200
    assert response.headers == {"content-type": "application/json"}
    body = json.loads(response.body)
    assert set(body) == {"object", "data"}
    assert body["object"] == "list"
    rows = {row["id"]: row for row in body["data"]}
    assert len(rows) == len(body["data"])
    return rows


def one(name: str, used: Ports | None = None) -> dict[str, Any]:
    response = run(retrieve(request("/v1/models/" + name), used or ports()))
    assert response.headers["content-type"] == "application/json"
    return cast(dict[str, Any], json.loads(response.body))


def refused(coroutine: Coroutine[Any, Any, Response]) -> APIError:
    with pytest.raises(APIError) as caught:
        run(coroutine)
    assert not [word for word in DISABLING_WORDS if word in caught.value.message.lower()]
    return caught.value


# --- the list --------------------------------------------------------------------------------


def test_the_live_models_are_listed_and_no_others() -> None:
    assert list(listing()) == [model.id for model in LIVE]


def test_every_object_has_the_types_that_one_api_and_new_api_read() -> None:
    for row in listing(aliases="1").values():
        assert set(row) == {
            *("id", "object", "created", "owned_by"),
            *("root", "parent", "permission", "metadata"),
        }
        assert row["object"] == "model"
        assert type(row["created"]) is int
        assert row["created"] % 86400 == 0
        assert isinstance(row["owned_by"], str)
        assert isinstance(row["root"], str)
        assert row["parent"] is None
        assert row["permission"] == []
        assert isinstance(row["metadata"], dict)
        assert {"task", "status", "capabilities", "price_in_neurons"} <= set(row["metadata"])


def test_model_object() -> None:
    assert listing()[GLM] == {
        "id": GLM,
        "object": "model",
        "created": 1790553600,  # 2026-09-28, the day of the built-in list
        "owned_by": "zai-org",
        "root": GLM,
        "parent": None,
        "permission": [],
        "metadata": {
            "task": "Text Generation",
            "status": "current",
            "capabilities": ["function_calling", "reasoning", "streaming"],
            "price_in_neurons": {"per_m_input_tokens": 5500, "per_m_output_tokens": 36400},
            "context_window": 131072,
        },
    }
    rows = listing()
    assert rows["@cf/cloudflare/clef"]["created"] == 1790812800  # added on 2026-10-01
    assert rows["@cf/baai/bge-small-en-v1.5"]["metadata"]["dimensions"] == 384
    assert rows["@cf/google/gemma-4-26b-a4b-it"]["metadata"]["capabilities"][1] == "vision"
    lora = rows["@cf/google/gemma-2b-it-lora"]["metadata"]
    assert lora["capabilities"] == ["streaming", "lora"]
    assert lora["beta"] is True


PAID_ONLY = {model.id for model in MODELS if model.status == "paid_only"}


def test_models_for_the_paid_plan_are_marked_and_left_out_on_the_free_one() -> None:
    paid = {name for name, row in listing().items() if row["metadata"]["status"] == "paid_only"}
    assert paid == PAID_ONLY
    assert len(paid) == 7
    assert set(listing()) - set(listing(ports(PLAN="free"))) == PAID_ONLY
    assert set(listing(ports(PLAN=""))) == set(listing(ports(PLAN="free")))
    alias = {"mine": "@cf/zai-org/glm-5.2"}
    free = ports(PLAN="free", MODEL_ALIASES=json.dumps(alias))
    assert "mine" not in listing(free, aliases="1")


# --- ?all=1 ----------------------------------------------------------------------------------


def test_all_models_are_listed_with_the_reason_why_some_do_not_answer() -> None:
    rows = listing(ports(PLAN="free"), all="1")
    assert set(rows) == {model.id for model in MODELS}
    reasons = {
        name: row["metadata"]["unavailable"]
        for name, row in rows.items()
        if "unavailable" in row["metadata"]
    }
    assert set(reasons) == {model.id for model in MODELS if not model.live} | PAID_ONLY
    assert reasons["@cf/zai-org/glm-5.2"] == "It needs the Workers Paid plan (setting PLAN)."
    retired = reasons["@cf/meta/llama-3-8b-instruct"]
    assert retired.startswith("It was retired on 2026-")
    assert "Use @cf/" in retired
    assert not any(word in " ".join(reasons.values()).lower() for word in DISABLING_WORDS)
    assert "unavailable" not in listing(all="1")["@cf/zai-org/glm-5.2"]["metadata"]
    assert listing(all="0") == listing()


# --- ?task= ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("task", "tasks"),
    [
        ("Text Generation", {"Text Generation"}),
        ("text-generation", {"Text Generation"}),
        ("TEXT_GENERATION", {"Text Generation"}),
        ("text to image", {"Text-to-Image"}),
        ("chat", {"Text Generation"}),
        ("embeddings", {"Text Embeddings"}),
        ("image", {"Text-to-Image"}),
        ("audio", {"Automatic Speech Recognition", "Text-to-Speech"}),
        ("tts", {"Text-to-Speech"}),
        ("rerank", {"Text Classification"}),
    ],
)
def test_a_task_by_its_own_or_a_short_name(task: str, tasks: set[str]) -> None:
    assert set(listing(task=task)) == {model.id for model in LIVE if model.task in tasks}


def test_every_name_of_every_task_is_understood() -> None:
    for task, row in TASKS.items():
        for name in (task, *row.names):
            found = set(listing(task=name))
            assert {model.id for model in LIVE if model.task == task} <= found


def test_lists_all_tasks_without_a_filter() -> None:
    assert len(listing(task=" ")) == len(LIVE)


def test_errors_list_the_tasks() -> None:
    error = refused(list_models(request(task="chatting"), ports()))
    assert (error.status, error.param, error.code) == (400, "task", "unknown_task")
    assert all(task in error.message for task in TASKS)
    assert "chatting" not in error.message


def test_filters_by_a_task_of_the_live_list() -> None:
    used = ports(live_row("@cf/new/video", "Text-to-Video"))
    assert list(listing(used, task="text to video")) == ["@cf/new/video"]


# --- ?aliases=1 ------------------------------------------------------------------------------


def test_aliases_are_listed_when_asked_for() -> None:
    added = set(listing(aliases="1")) - set(listing())
    assert added == {name for name in ALIASES if not name.endswith("*")}
    row = listing(aliases="true")["gpt-4o"]
    assert (row["id"], row["root"]) == ("gpt-4o", "@cf/google/gemma-4-26b-a4b-it")
    assert row["owned_by"] == "google"
    for no in ("0", "", "false"):
        assert listing(aliases=no) == listing()


def test_aliases_follow_the_filter() -> None:
    rows = listing(aliases="1", task="embeddings")
    assert "text-embedding-3-small" in rows
    assert "gpt-4o" not in rows


def test_the_operators_aliases_are_listed_and_override() -> None:
    own = {"mine": GLM, "gpt-4o": GLM, "short": "glm-4.7-flash", "gone": "@cf/a/b", "x*": GLM}
    own["old"] = "@cf/meta/llama-3-8b-instruct"
    rows = listing(ports(MODEL_ALIASES=json.dumps(own)), aliases="1")
    assert rows["mine"]["root"] == rows["gpt-4o"]["root"] == rows["short"]["root"] == GLM
    assert not {"gone", "old", "x*"} & set(rows)
    # Another isolate's settings, or none, do not linger.
    assert listing(aliases="1")["gpt-4o"]["root"] == "@cf/google/gemma-4-26b-a4b-it"


# --- the live list ---------------------------------------------------------------------------


def test_the_live_list_is_shown() -> None:
    used = ports(
        live_row("@cf/new/model"),
        live_row(GLM, context_window="1000", vision="true"),
        live_row("@cf/openai/gpt-oss-20b", planned_deprecation_date="2999-01-01"),
        live_row("@cf/openai/gpt-oss-120b", planned_deprecation_date="2020-01-01"),
    )
    rows = listing(used)
    assert rows["@cf/new/model"]["owned_by"] == "new"
    assert rows[GLM]["metadata"]["context_window"] == 1000
    assert "vision" in rows[GLM]["metadata"]["capabilities"]
    assert rows["@cf/openai/gpt-oss-20b"]["metadata"]["retires_on"] == "2999-01-01"
    assert "@cf/openai/gpt-oss-120b" not in rows
    assert listing(ports(MODELS_TTL="0"))[GLM]["metadata"]["context_window"] == 131072


def test_listing_dumps_a_model_only_when_its_row_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(list_models(request(aliases="1"), ports()))
    monkeypatch.setattr(models, "write_model", None)
    assert run(list_models(request(aliases="1"), ports())) == first


# --- one model -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [GLM, quote(GLM), quote(GLM, safe=""), GLM + "/", "/" + GLM, GLM.replace("@", "%40")],
)
def test_one_model_by_id_encoded_or_not(path: str) -> None:
    assert one(path) == listing()[GLM]


@pytest.mark.parametrize(
    ("name", "root"),
    [
        ("glm-4.7-flash", GLM),
        ("zai-org/glm-4.7-flash", GLM),
        ("gpt-4o", "@cf/google/gemma-4-26b-a4b-it"),
        ("gpt-4o-2024-08-06", "@cf/google/gemma-4-26b-a4b-it"),
    ],
)
def test_one_model_by_another_name_keeps_the_name(name: str, root: str) -> None:
    row = one(name)
    assert (row["id"], row["root"]) == (name, root)
    assert row["metadata"] == listing()[root]["metadata"]


def test_a_model_that_is_not_listed_can_still_be_looked_at() -> None:
    row = one("@cf/meta/llama-3.1-8b-instruct-fast")
    assert row["metadata"]["status"] == "unlisted"


def test_reports_a_retired_model() -> None:
    name = "@cf/meta/llama-3-8b-instruct"
    error = refused(retrieve(request(f"/v1/models/{name}"), ports()))
    assert (error.status, error.code) == (404, "model_not_found")
    assert "2026-05-30" in error.message
    row = one(name, ports(RETIRED_MODELS="successor"))
    assert (row["id"], row["root"]) == (name, GLM)


@pytest.mark.parametrize("name", ["@cf/new/model", "no-such-model", "%00", "%ff%fe", "a%20credit"])
def test_reports_an_unknown_model(name: str) -> None:
    error = refused(retrieve(request(f"/models/{name}"), ports()))
    assert (error.status, error.code, error.param) == (404, "model_not_found", "model")


@pytest.mark.parametrize("path", ["/v1/models/", "/models/", "//v1//models/"])
@pytest.mark.parametrize("name", [GLM, quote(GLM, safe=""), "glm-4.7-flash"])
def test_one_model_through_the_application(path: str, name: str) -> None:
    answer = run(fakes.call(fakes.FakeAI(), "GET", path + name))
    assert answer.status == 200
    assert json.loads(answer.body)["root"] == GLM


@given(path=st.text(), query=st.text())
def test_any_path_and_query_give_an_answer_or_an_api_error(path: str, query: str) -> None:
    asked = Request("GET", "/v1/models/" + path, query, lambda name: None, cast(Any, None))
    for handler in (list_models, retrieve):
        try:
            json.loads(run(handler(asked, ports())).body)
        except APIError as error:
            assert error.status in (400, 404)
