"""The list of models, single ones, their other names, and those that are gone."""

from collections.abc import Iterator
from typing import Any

import httpx2
import openai as sdk
import pytest
from openai import AsyncOpenAI, OpenAI

from clients.talk import NATIVE, OPENAI, VISION, answer_to, chat_body, extra, user

ALIASES = {
    "gpt-4o": "Text Generation",
    "gpt-4o-mini": "Text Generation",
    "gpt-4.1": "Text Generation",
    "gpt-4.1-mini": "Text Generation",
    "gpt-4.1-nano": "Text Generation",
    "gpt-5": "Text Generation",
    "gpt-5-mini": "Text Generation",
    "gpt-3.5-turbo": "Text Generation",
    "text-embedding-3-small": "Text Embeddings",
    "text-embedding-3-large": "Text Embeddings",
    "text-embedding-ada-002": "Text Embeddings",
    "whisper-1": "Automatic Speech Recognition",
    "gpt-4o-transcribe": "Automatic Speech Recognition",
    "tts-1": "Text-to-Speech",
    "tts-1-hd": "Text-to-Speech",
    "gpt-4o-mini-tts": "Text-to-Speech",
    "dall-e-2": "Text-to-Image",
    "dall-e-3": "Text-to-Image",
    "gpt-image-1": "Text-to-Image",
    "omni-moderation-latest": "Text Generation",
}
DATED = ["gpt-4o-2024-11-20", "gpt-4.1-2025-04-14", "gpt-5-chat-latest", "gpt-3.5-turbo-16k"]
RETIRED = "@cf/meta/llama-3.1-8b-instruct"


@pytest.fixture(scope="module")
def listed(openai: OpenAI) -> dict[str, Any]:
    return {model.id: model for model in openai.models.list()}


def test_the_list(listed: dict[str, Any]) -> None:
    assert {NATIVE, OPENAI, VISION, "@cf/baai/bge-m3"} <= listed.keys()
    assert RETIRED not in listed
    glm = listed[OPENAI]
    assert glm.object == "model"
    assert glm.owned_by == "zai-org"
    assert 1_600_000_000 < glm.created < 2_000_000_000
    metadata = extra(glm, "metadata")
    assert metadata["task"] == "Text Generation"
    assert metadata["context_window"] == 131072
    assert {"function_calling", "reasoning", "streaming"} <= set(metadata["capabilities"])
    assert "vision" not in metadata["capabilities"]
    assert "vision" in extra(listed[VISION], "metadata")["capabilities"]
    assert metadata["price_in_neurons"]["per_m_input_tokens"] > 0


@pytest.mark.anyio
async def test_the_asynchronous_client(async_openai: AsyncOpenAI) -> None:
    assert OPENAI in [model.id async for model in async_openai.models.list()]
    assert (await async_openai.models.retrieve(OPENAI)).id == OPENAI


def test_a_model_that_cloudflare_has_added_since(listed: dict[str, Any], openai: OpenAI) -> None:
    """The account's own list is asked for what the built-in one does not know."""
    assert "@cf/mock/brand-new-1b" in listed
    assert openai.models.retrieve("brand-new-1b").id == "brand-new-1b"
    assert answer_to(openai, "brand-new-1b", "[[model]]") == "@cf/mock/brand-new-1b"


@pytest.mark.parametrize(
    ("task", "kinds"),
    [
        ("chat", {"Text Generation"}),
        ("Text Generation", {"Text Generation"}),
        ("text-generation", {"Text Generation"}),
        ("embeddings", {"Text Embeddings"}),
        ("image", {"Text-to-Image"}),
        ("audio", {"Automatic Speech Recognition", "Text-to-Speech"}),
        ("tts", {"Text-to-Speech"}),
        ("rerank", {"Text Classification"}),
        ("translation", {"Translation"}),
    ],
)
def test_the_list_of_one_task(openai: OpenAI, task: str, kinds: set[str]) -> None:
    models = list(openai.models.list(extra_query={"task": task}))
    assert {extra(model, "metadata")["task"] for model in models} == kinds


def test_a_task_that_is_none_names_those_that_are(http: httpx2.Client) -> None:
    answer = http.get("/v1/models", params={"task": "juggling"})
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "task"
    assert "Text Generation" in answer.json()["error"]["message"]


def test_unknown_query_parameters_do_no_harm(http: httpx2.Client) -> None:
    for query in ("?limit=20&order=asc", "?aliases=0", "?x", "?task=", "?aliases=%FF"):
        assert len(http.get(f"/v1/models{query}").json()["data"]) > 50


@pytest.mark.parametrize(("name", "task"), ALIASES.items())
def test_names_that_clients_have_built_in(openai: OpenAI, name: str, task: str) -> None:
    with_aliases = {model.id: model for model in openai.models.list(extra_query={"aliases": "1"})}
    assert extra(with_aliases[name], "metadata")["task"] == task
    model = openai.models.retrieve(name)
    assert model.id == name
    # The Free plan can use it.
    assert extra(model, "metadata")["status"] == "current"
    assert extra(model, "root") in with_aliases


def test_the_list_has_no_other_names_unless_asked(listed: dict[str, Any]) -> None:
    assert all(name.startswith("@") for name in listed)


@pytest.mark.parametrize("name", [name for name in ALIASES if ALIASES[name] == "Text Generation"])
def test_those_of_chat_models_chat(openai: OpenAI, name: str) -> None:
    answer = openai.chat.completions.create(model=name, messages=user("Hello"))
    assert answer.model == name
    assert answer.choices[0].message.content


@pytest.mark.parametrize("name", DATED)
def test_dated_names_of_the_same_models(openai: OpenAI, name: str) -> None:
    assert answer_to(openai, name, "Hello") == 'You said "Hello".'


@pytest.mark.parametrize(
    "name",
    [
        "glm-4.7-flash",
        "zai-org/glm-4.7-flash",
        "GLM-4.7-Flash",
        "@CF/zai-org/glm-4.7-flash",
        " glm-4.7-flash ",
    ],
)
def test_a_name_without_its_beginning(openai: OpenAI, name: str) -> None:
    raw = openai.chat.completions.with_raw_response.create(model=name, messages=user("Hello"))
    assert raw.headers["x-model-served"] == OPENAI
    assert raw.parse().model == name
    assert extra(openai.models.retrieve(name.strip()), "root") == OPENAI


@pytest.mark.parametrize("name", [OPENAI, "zai-org/glm-4.7-flash", "gpt-4o", "@mock/openai"])
def test_a_single_model_by_any_spelling_of_its_path(http: httpx2.Client, name: str) -> None:
    if name.startswith("@mock"):
        assert http.get(f"/v1/models/{name}").status_code == 404
        return
    quoted = name.replace("@", "%40").replace("/", "%2F")
    for path in (f"/v1/models/{name}", f"/models/{quoted}", f"/v1/models/{name}/"):
        assert http.get(path).json()["id"] == name


# --- those that are not there --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gpt-9", "no-such-model", "@cf", "@xx/a/b", "*", "a" * 500])
def test_a_name_that_nobody_knows(openai: OpenAI, name: str) -> None:
    """Never the answer of another model."""
    for call in (
        lambda: openai.models.retrieve(name),
        lambda: answer_to(openai, name, "Hello"),
        lambda: openai.completions.create(model=name, prompt="Hello"),
    ):
        with pytest.raises(sdk.NotFoundError) as caught:
            call()
        assert caught.value.code == "model_not_found"
        assert caught.value.param == "model"


def test_a_misspelt_name_gets_a_suggestion(openai: OpenAI) -> None:
    with pytest.raises(sdk.NotFoundError) as caught:
        answer_to(openai, "glm-4.7-flesh", "Hello")
    assert OPENAI in caught.value.message or "glm-4.7-flash" in caught.value.message
    assert "flesh" not in caught.value.message


def test_an_id_that_the_catalogue_does_not_know_is_passed_on(openai: OpenAI) -> None:
    assert answer_to(openai, "@mock/openai", "[[model]]") == "@mock/openai"
    for unknown in ("@cf/no/such", "@hf/no/such"):
        with pytest.raises(sdk.NotFoundError) as caught:
            answer_to(openai, unknown, "Hello")
        assert caught.value.code == "model_not_found"


def test_a_retired_model_names_its_successor(openai: OpenAI) -> None:
    for call in (
        lambda: answer_to(openai, RETIRED, "Hello"),
        lambda: answer_to(openai, "llama-3.1-8b-instruct", "Hello"),
        lambda: openai.models.retrieve(RETIRED),
    ):
        with pytest.raises(sdk.NotFoundError) as caught:
            call()
        assert caught.value.code == "model_not_found"
        assert "2026-05-30" in caught.value.message
        assert "@cf/meta/llama-3.1-8b-instruct-fp8" in caught.value.message


@pytest.fixture
def paying(openai: OpenAI) -> Iterator[None]:
    answer_to(openai, "@mock/plan/paid", "")
    yield
    answer_to(openai, "@mock/plan/free", "")


PAID = "@cf/zai-org/glm-5.2"


def test_a_model_that_the_free_plan_may_not_use(openai: OpenAI, listed: dict[str, Any]) -> None:
    assert PAID not in listed
    [row] = [row for row in openai.models.list(extra_query={"all": 1}) if row.id == PAID]
    assert extra(row, "metadata")["status"] == "paid_only"
    assert "Paid" in extra(row, "metadata")["unavailable"]
    with pytest.raises(sdk.PermissionDeniedError) as caught:
        answer_to(openai, PAID, "Hello")
    assert caught.value.code == "model_not_available"
    assert "Paid" in caught.value.message


def test_the_same_model_for_those_who_pay(openai: OpenAI, paying: None) -> None:
    assert answer_to(openai, PAID, "[[model]]") == PAID


@pytest.mark.parametrize(
    ("model", "endpoint"),
    [
        ("@cf/baai/bge-m3", "/v1/embeddings"),
        ("text-embedding-3-small", "/v1/embeddings"),
        ("whisper-1", "/v1/audio/transcriptions"),
        ("@cf/baai/bge-reranker-base", "/v1/rerank"),
    ],
)
def test_a_model_of_another_task_names_its_endpoint(
    http: httpx2.Client, model: str, endpoint: str
) -> None:
    answer = http.post("/v1/chat/completions", json=chat_body(model))
    assert answer.status_code == 400
    assert endpoint in answer.json()["error"]["message"]
    assert answer.json()["error"]["param"] == "model"


def test_the_list_survives_a_service_that_gives_none(openai: OpenAI) -> None:
    answer_to(openai, "@mock/models/fail", "")
    try:
        assert len(list(openai.models.list())) > 50
    finally:
        answer_to(openai, "@mock/models/ok", "")


def test_health_needs_no_key(base_url: str) -> None:
    answer = httpx2.get(f"{base_url}/health")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
