"""From a name to a row: look-up, aliases, retirement, live refresh, and messages that are safe."""

import json
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import isolate
from core.errors import DISABLING_WORDS, APIError, BadRequest, NotFound
from core.ports import Ports
from support import fakes
from workers_ai.catalogue import aliases, lookup
from workers_ai.catalogue.lookup import (
    BUILT_IN,
    Catalogue,
    find_model,
    find_similar,
    refresh_catalogue,
    resolve_model,
)
from workers_ai.catalogue.model import TASKS, Model
from workers_ai.catalogue.models import MODELS

CHAT = "Text Generation"
EMBEDDINGS = "Text Embeddings"
TRANSCRIPTION = "Automatic Speech Recognition"
GLM = "@cf/zai-org/glm-4.7-flash"

T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Runs to the end what never really waits; works without an event loop, so in Pyodide too."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]
    raise AssertionError("waited for something")


class LiveList:
    """What env.AI.models() gives: a list, or an error to be raised."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows
        self.asked = 0

    def __call__(self) -> list[dict[str, Any]]:
        self.asked += 1
        if isinstance(self.rows, Exception):
            raise self.rows
        return self.rows  # type: ignore[no-any-return]


def ports(live: Callable[[], Any] = list, **settings: object) -> Ports:
    """Ports over ``live``; settings that are no strings are given as JSON."""
    texts = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in settings.items()
    }
    return fakes.ports(fakes.FakeAI(models=live), None, **{"MODELS_TTL": "21600", **texts})


def live_row(name: str, task: str = CHAT, **properties: str) -> dict[str, Any]:
    listed = [{"property_id": key, "value": value} for key, value in properties.items()]
    return {"name": name, "task": {"name": task}, "properties": listed}


class Clock:
    now = 1_795_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands still."""
    clock = Clock()
    monkeypatch.setattr(time, "time", clock.time)
    return clock


def refused(coroutine: Coroutine[Any, Any, Any]) -> APIError:
    with pytest.raises(APIError) as caught:
        run(coroutine)
    assert not [word for word in DISABLING_WORDS if word in caught.value.message.lower()]
    return caught.value


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "task", "model"),
    [
        (GLM, CHAT, GLM),
        ("glm-4.7-flash", CHAT, GLM),
        ("zai-org/glm-4.7-flash", CHAT, GLM),
        ("GLM-4.7-Flash", CHAT, GLM),
        ("@CF/Zai-Org/GLM-4.7-FLASH", CHAT, GLM),
        (f"  {GLM}\n", CHAT, GLM),
        ("gpt-4o", CHAT, "@cf/google/gemma-4-26b-a4b-it"),
        ("gpt-oss-20b", CHAT, "@cf/openai/gpt-oss-20b"),
        ("openai/gpt-oss-20b", CHAT, "@cf/openai/gpt-oss-20b"),
        ("text-embedding-3-small", EMBEDDINGS, "@cf/baai/bge-m3"),
        # Also the name of a retired @hf/ model: the live one has it.
        ("bge-base-en-v1.5", EMBEDDINGS, "@cf/baai/bge-base-en-v1.5"),
        ("moondream3.1-9b-a2b", "Image-to-Text", "@cf/moondream/moondream3.1-9B-A2B"),
    ],
)
def test_finds_built_in_models_without_the_live_list(name: str, task: str, model: str) -> None:
    live = LiveList([live_row(GLM)])
    assert run(resolve_model(name, task, ports(live))).id == model
    assert live.asked == 0


def test_every_built_in_model_in_service_answers_to_its_id_and_its_short_name() -> None:
    for model in MODELS:
        if model.status not in ("retired", "aliased"):
            assert run(resolve_model(model.id, model.task, ports())) is model
            assert run(resolve_model(model.id.rpartition("/")[2], model.task, ports())) is model


@pytest.mark.parametrize(
    "name",
    ["@cf/new/model-1.5b", "@hf/vendor/Model_2:free", "@mock/error/3040", "@cf/a/b+c=d,e"],
)
def test_passes_an_unknown_id_as_a_model_with_nothing_known(name: str) -> None:
    for task in (CHAT, EMBEDDINGS):
        model = run(resolve_model(name, task, ports()))
        assert model == Model(name, task, status="unknown")
        unknown = (model.vision, model.tools, model.reasoning, model.context_window)
        assert unknown == (None, None, None, None)
        assert model.system_role
        assert not model.inputs


@pytest.mark.parametrize(
    "name",
    ["@cf/", "@xx/a/b", "@cf/a b", "@cf/a\nb", "@cf/é", "@cf/" + "a" * 201, "cf/a/b", "@cf/a?b"],
)
def test_rejects_names_that_only_look_like_ids(name: str) -> None:
    assert refused(resolve_model(name, CHAT, ports())).code == "model_not_found"


MISSING = (None, "", " \n")
NO_STRINGS: tuple[object, ...] = (0, 1.5, True, [], ["gpt-4o"], {}, b"gpt-4o")


@pytest.mark.parametrize(
    ("name", "code"),
    [(name, "missing_model") for name in MISSING] + [(name, "invalid_type") for name in NO_STRINGS],
)
def test_rejects_missing_and_malformed_names(name: object, code: str) -> None:
    error = refused(resolve_model(name, CHAT, ports()))
    assert (error.status, error.param, error.code) == (400, "model", code)


def test_a_name_that_two_live_models_share_finds_neither() -> None:
    two = Catalogue([Model("@cf/a/twin", CHAT), Model("@cf/b/twin", CHAT)])
    assert two.get("twin") is None
    assert two.get("a/twin") is two.models[0]
    one = Catalogue([Model("@cf/a/twin", CHAT, status="retired"), Model("@cf/b/twin", CHAT)])
    assert one.get("twin") is one.models[1]


# --- the setting MODEL_ALIASES ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "name", "model"),
    [
        ({"mine": GLM}, "mine", GLM),
        ({"Mine": GLM}, "mINE", GLM),
        ({"mine": "glm-4.7-flash"}, "mine", GLM),
        ({"mine": "gpt-4o"}, "mine", "@cf/google/gemma-4-26b-a4b-it"),
        ({"mine": "@cf/new/model"}, "mine", "@cf/new/model"),
        ({"gpt-4o": GLM}, "gpt-4o", GLM),
        # A prefix of the operator's comes before the built-in exact name …
        ({"gpt-4*": GLM}, "gpt-4o", GLM),
        ({"gpt-4*": GLM, "gpt-4o*": "gpt-oss-20b"}, "gpt-4o-mini", "@cf/openai/gpt-oss-20b"),
        ({"gpt-4*": GLM, "gpt-4o": "gpt-oss-20b"}, "gpt-4o", "@cf/openai/gpt-oss-20b"),
        # … but hides no model, for which an exact name is needed.
        ({"*": GLM}, "gpt-oss-20b", "@cf/openai/gpt-oss-20b"),
        ({"*": GLM}, "@cf/openai/gpt-oss-20b", "@cf/openai/gpt-oss-20b"),
        ({"*": GLM}, "no such name", GLM),
        ({"@cf/openai/gpt-oss-20b": GLM}, "@cf/openai/gpt-oss-20b", GLM),
        ({"@cf/meta/llama-3-8b-instruct": GLM}, "@cf/meta/llama-3-8b-instruct", GLM),
        ({"a": "b", "b": GLM}, "b", GLM),
    ],
)
def test_prefers_the_operators_aliases(own: dict[str, str], name: str, model: str) -> None:
    assert run(resolve_model(name, CHAT, ports(MODEL_ALIASES=own))).id == model


def test_aliases_do_not_run_in_circles() -> None:
    own = {"a": "b", "b": "a"}
    assert refused(resolve_model("a", CHAT, ports(MODEL_ALIASES=own))).code == "model_not_found"


# --- other tasks -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "task", "endpoint"),
    [
        ("@cf/baai/bge-m3", CHAT, "POST /v1/embeddings"),
        ("gpt-4o", EMBEDDINGS, "POST /v1/chat/completions"),
        ("whisper-1", CHAT, "POST /v1/audio/transcriptions"),
        ("tts-1", CHAT, "POST /v1/audio/speech"),
        ("dall-e-3", CHAT, "POST /v1/images/generations"),
        ("@cf/meta/m2m100-1.2b", CHAT, "POST /translate"),
        ("@cf/baai/bge-reranker-base", CHAT, "POST /v1/rerank or POST /ai/run/{model}"),
        ("resnet-50", CHAT, "POST /ai/run/{model}"),
    ],
)
def test_rejects_a_model_of_another_task_with_its_endpoint(
    name: str, task: str, endpoint: str
) -> None:
    error = refused(resolve_model(name, task, ports()))
    assert isinstance(error, BadRequest)
    assert (error.status, error.param, error.code) == (400, "model", "wrong_endpoint")
    assert f"Use {endpoint}." in error.message


def test_a_live_model_of_an_unknown_task_is_rejected_without_quoting_it() -> None:
    live = LiveList([live_row("@cf/new/model", "Credit Balance")])
    used = ports(live)
    run(refresh_catalogue(used))
    error = refused(resolve_model("@cf/new/model", CHAT, used))
    assert (error.code, "/ai/run/{model}" in error.message) == ("wrong_endpoint", True)


# --- retired models --------------------------------------------------------------------------


def test_rejects_a_retired_model_with_date_and_successor() -> None:
    for name in ("@cf/meta/llama-3-8b-instruct", "llama-3-8b-instruct-awq"):
        error = refused(resolve_model(name, CHAT, ports()))
        assert isinstance(error, NotFound)
        assert (error.status, error.code, error.param) == (404, "model_not_found", "model")
        assert "2026-05-30" in error.message
        assert GLM in error.message


RETIRED_MINILM = "@hf/sentence-transformers/all-minilm-l6-v2"


def test_rejects_a_retired_model_without_date_or_successor() -> None:
    error = refused(resolve_model(RETIRED_MINILM, EMBEDDINGS, ports()))
    assert error.message == "This model was retired."
    setting = ports(RETIRED_MODELS="successor")
    error = refused(resolve_model(RETIRED_MINILM, EMBEDDINGS, setting))
    assert error.code == "model_not_found"


def test_replaces_a_retired_model_if_the_operator_allows_it() -> None:
    setting = ports(RETIRED_MODELS="successor")
    model = run(resolve_model("@cf/meta/llama-3.1-8b-instruct", CHAT, setting))
    assert model.id == "@cf/meta/llama-3.1-8b-instruct-fp8"
    # The vendor's first choice is one that the Free plan may use, and so are all of ours.
    for row in MODELS:
        if row.status == "retired" and row.task == CHAT:
            assert run(resolve_model(row.id, CHAT, setting)).status == "current"


def test_an_aliased_model_needs_the_setting_of_retired_ones() -> None:
    name = "@cf/moonshotai/kimi-k2.5"
    error = refused(resolve_model(name, CHAT, ports()))
    assert "@cf/moonshotai/kimi-k2.6" in error.message
    setting = ports(RETIRED_MODELS="successor")
    assert run(resolve_model(name, CHAT, setting)).id == "@cf/moonshotai/kimi-k2.6"


def test_a_free_successor_is_preferred_to_an_earlier_paid_one() -> None:
    rows = [
        Model("@cf/a/old", CHAT, status="retired", successors=("@cf/a/paid", "@cf/a/free")),
        Model("@cf/a/paid", CHAT, status="paid_only"),
        Model("@cf/a/free", CHAT),
    ]
    assert lookup.find_successor(rows[0], Catalogue(rows)) is rows[2]
    assert lookup.find_successor(rows[0], Catalogue(rows[:2])) is rows[1]
    assert lookup.find_successor(rows[0], Catalogue(rows[:1])) is None


# --- the live list ---------------------------------------------------------------------------


def test_an_unknown_bare_name_asks_the_live_list_once() -> None:
    live = LiveList([live_row("@cf/new/model-x", context_window="4096")])
    used = ports(live)
    assert run(resolve_model("model-x", CHAT, used)).context_window == 4096
    assert run(resolve_model("new/model-x", CHAT, used)).id == "@cf/new/model-x"
    refused(resolve_model("model-y", CHAT, used))
    assert live.asked == 1


def test_requests_the_live_list_again_after_its_time(clock: Clock) -> None:
    live = LiveList([live_row("@cf/new/one")])
    used = ports(live, MODELS_TTL="100")
    assert run(refresh_catalogue(used)).get("one")
    live.rows = [live_row("@cf/new/two")]
    clock.now += 99
    assert run(refresh_catalogue(used)).get("two") is None
    clock.now += 1
    latest = run(refresh_catalogue(used))
    assert latest.get("two")
    assert latest.get("one") is None
    assert live.asked == 2


@pytest.mark.parametrize("rows", [RuntimeError("down"), None, [], "text", [{"name": 1}], 7])
def test_an_unreadable_list_is_no_error_and_is_not_requested_again_at_once(
    rows: object, clock: Clock
) -> None:
    live = LiveList(rows)
    used = ports(live)
    assert run(refresh_catalogue(used)) is BUILT_IN
    assert run(refresh_catalogue(used)) is BUILT_IN
    assert live.asked == 1
    assert refused(resolve_model("no-such-model", CHAT, used)).code == "model_not_found"
    assert run(resolve_model(GLM, CHAT, used)).id == GLM
    clock.now += lookup.RETRY_AFTER
    live.rows = [live_row("@cf/new/model")]
    assert run(refresh_catalogue(used)).get("@cf/new/model")


def test_a_failing_refresh_keeps_the_last_good_list(clock: Clock) -> None:
    live = LiveList([live_row("@cf/new/model")])
    used = ports(live, MODELS_TTL="100")
    run(refresh_catalogue(used))
    live.rows = OSError()
    clock.now += 100
    assert run(refresh_catalogue(used)).get("@cf/new/model")


def test_requests_that_arrive_during_a_refresh_use_what_there_is() -> None:
    class Slow(fakes.FakeAI):
        async def models(self) -> list[dict[str, Any]]:
            self.meanwhile = await refresh_catalogue(used)
            return await super().models()

    live = LiveList([live_row("@cf/new/model")])
    slow = Slow(models=live)
    used = fakes.ports(slow, MODELS_TTL="100")
    assert run(refresh_catalogue(used)).get("@cf/new/model")
    assert slow.meanwhile is BUILT_IN
    assert live.asked == 1


def test_never_requests_the_live_list_without_a_time_to_live() -> None:
    live = LiveList([live_row("@cf/new/model-x")])
    used = ports(live, MODELS_TTL="0")
    refused(resolve_model("model-x", CHAT, used))
    assert run(refresh_catalogue(used)) is BUILT_IN
    assert live.asked == 0


def test_the_live_list_updates_known_models() -> None:
    live = LiveList([live_row(GLM, context_window="1000"), live_row("@cf/new/embed", EMBEDDINGS)])
    used = ports(live)
    assert run(resolve_model("@cf/new/embed", CHAT, used)).status == "unknown"
    run(refresh_catalogue(used))
    assert run(resolve_model(GLM, CHAT, used)).context_window == 1000
    assert "/v1/embeddings" in refused(resolve_model("@cf/new/embed", CHAT, used)).message


# --- suggestions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "task", "suggestion"),
    [
        ("llama-3.3-70b-instruct", CHAT, "@cf/meta/llama-3.3-70b-instruct-fp8-fast"),
        ("glm-4.7-flsh", CHAT, GLM),
        ("gpt4o-mini", CHAT, "gpt-4o-mini"),
        ("zai/glm-4.7", CHAT, GLM),
        ("text-embedding-3-smal", EMBEDDINGS, "text-embedding-3-small"),
        ("bge-m4", EMBEDDINGS, "@cf/baai/bge-m3"),
    ],
)
def test_suggests_similar_names_for_an_unknown_one(name: str, task: str, suggestion: str) -> None:
    error = refused(resolve_model(name, task, ports()))
    assert (error.status, error.code, error.param) == (404, "model_not_found", "model")
    assert suggestion in error.message


def test_only_models_of_the_endpoints_task_that_are_live_are_suggested() -> None:
    message = refused(resolve_model("whisper-larg-v3", CHAT, ports())).message
    assert "whisper" not in message
    message = refused(resolve_model("whisper-sherpas", TRANSCRIPTION, ports())).message
    assert "sherpa" not in message


def test_suggests_nothing_for_a_name_like_no_other() -> None:
    message = refused(resolve_model("§§§§", CHAT, ports())).message
    assert message == "This model does not exist here. GET /v1/models lists the models."


def test_what_is_far_less_like_it_than_the_best_is_not_suggested() -> None:
    message = refused(resolve_model("llama-3.3-70b", CHAT, ports())).message
    assert "llama-3.3-70b-instruct" in message
    assert "guard" not in message


def test_suggests_at_most_three_names_the_best_first() -> None:
    assert find_similar("abcd", ["abxx", "abcd-e", "abcd"]) == ["abcd", "abcd-e"]
    assert len(find_similar("gpt-4o", [f"gpt-4o-{number}" for number in range(9)])) == 3
    assert find_similar("x", ["y"]) == find_similar("", [""]) == []


def test_a_word_that_makes_relays_disable_a_channel_is_never_suggested() -> None:
    live = LiveList([live_row("@cf/bank/credit-scorer-7b")])
    used = ports(live)
    message = refused(resolve_model("credit-scorer-7", CHAT, used)).message
    assert "scorer" not in message


# --- any name --------------------------------------------------------------------------------

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
    max_leaves=8,
)
ours = st.sampled_from([model.id for model in MODELS] + list(aliases.ALIASES))
names = (
    st.text()
    | ours
    | st.builds(lambda name, cut: name[:cut], ours, st.integers(0, 40))
    | st.builds(lambda name, more: name + more, ours, st.text())
    | st.sampled_from(DISABLING_WORDS)
)


@given(
    name=names | json_values,
    task=st.sampled_from(list(TASKS)),
    own=st.dictionaries(st.text(max_size=4), names, max_size=3),
    retired=st.sampled_from(["refuse", "successor"]),
    live=json_values,
)
def test_any_name_gives_a_model_or_an_error_that_quotes_nothing(
    name: object, task: str, own: dict[str, str], retired: str, live: object
) -> None:
    asked = ports(lambda: live, MODEL_ALIASES=own, RETIRED_MODELS=retired)
    isolate.forget()
    try:
        model = run(resolve_model(name, task, asked))
    except APIError as error:
        assert error.status in (400, 404)
        assert error.param == "model"
        assert not [word for word in DISABLING_WORDS if word in error.message.lower()]
    else:
        assert model.task == task
        assert model.status not in ("retired", "aliased")


@given(name=names | json_values)
def test_find_without_a_task_passes_no_unknown_id(name: object) -> None:
    try:
        assert run(find_model(name, ports())).status != "unknown"
    except APIError as error:
        assert error.status in (400, 404)
