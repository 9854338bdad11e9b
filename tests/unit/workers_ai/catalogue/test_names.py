"""The forms in which clients send a model's name, and the effort that one ends in."""

import asyncio

import pytest

from support import fakes
from support.steps import assert_linear
from workers_ai.catalogue.aliases import EDITABLE_IMAGE, EDITING_ALIASES
from workers_ai.catalogue.lookup import find_model
from workers_ai.catalogue.model import Model
from workers_ai.catalogue.names import effort_in_name, name_forms

GLM = "@cf/zai-org/glm-4.7-flash"
GPT_OSS, SMALL_GPT_OSS = "@cf/openai/gpt-oss-120b", "@cf/openai/gpt-oss-20b"
GEMMA = "@cf/google/gemma-4-26b-a4b-it"
RERANKER = "@cf/baai/bge-reranker-base"


def find(name: str, **settings: str) -> Model:
    ports = fakes.ports(fakes.FakeAI(models=list), None, **settings)
    return asyncio.run(find_model(name, ports, "Text Generation"))


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("openai/gpt-4o", GEMMA),
        ("openrouter/openai/gpt-4o", GEMMA),
        ("models/gemini-2.5-flash", GEMMA),
        ("anthropic/claude-sonnet-4.5:beta", GEMMA),
        (f"workers-ai/{GLM}", GLM),
        (f"cloudflare/{GLM}", GLM),
        ("cloudflare/@cf/new/model", "@cf/new/model"),
        ("gpt-oss:20b", SMALL_GPT_OSS),
        ("openai/gpt-oss:20b", SMALL_GPT_OSS),
        ("openai/gpt-oss-120b:free", GPT_OSS),
        ("gpt-oss-20b:latest", SMALL_GPT_OSS),
        ("gpt-5-high", GPT_OSS),
        ("gpt-oss-20b-low", SMALL_GPT_OSS),
        ("openai/gpt-oss:20b-low", SMALL_GPT_OSS),
        ("glm-4.7-flash-nothinking", GLM),
        ("gpt-6-terra", GPT_OSS),
        ("gpt-6-mini-2026-09-01", SMALL_GPT_OSS),
        ("codex-mini-latest", GPT_OSS),
        ("gpt-5.1-codex-max", GPT_OSS),
        ("claude-opus-5-5", GEMMA),
        ("command-a-03-2025", GEMMA),
        ("gemini-2.5-flash-image", EDITABLE_IMAGE),
        ("imagen-4.0-generate-001", "@cf/black-forest-labs/flux-1-schnell"),
        ("gpt-transcribe", "@cf/openai/whisper-large-v3-turbo"),
        ("rerank-v3.5", RERANKER),
        ("rerank-english-v3.0", RERANKER),
        ("rerank-2.5-lite", RERANKER),
        ("jina-reranker-v2-base-multilingual", RERANKER),
        ("embed-v4.0", "@cf/baai/bge-m3"),
        ("text-embedding-004", "@cf/baai/bge-m3"),
        ("gemini-embedding-001", "@cf/qwen/qwen3-embedding-0.6b"),
        ("voyage-3.5", "@cf/qwen/qwen3-embedding-0.6b"),
        ("jina-embeddings-v4", "@cf/qwen/qwen3-embedding-0.6b"),
    ],
)
def test_names_in_clients_forms_lead_to_a_model(name: str, model: str) -> None:
    assert find(name).id == model


def test_the_operators_alias_for_a_whole_name_precedes_its_parts() -> None:
    assert find("openai/gpt-4o", MODEL_ALIASES=f'{{"openai/gpt-4o": "{GLM}"}}').id == GLM
    assert find("openai/gpt-4o", MODEL_ALIASES=f'{{"gpt-4o": "{GLM}"}}').id == GLM
    assert find("gpt-5-high", MODEL_ALIASES=f'{{"gpt-5-high": "{GLM}"}}').id == GLM


def test_a_model_that_edits_precedes_where_there_is_an_image() -> None:
    ports = fakes.ports(fakes.FakeAI(models=list), None)
    found = asyncio.run(find_model("dall-e-2", ports, "Text-to-Image", EDITING_ALIASES))
    assert found.id == EDITABLE_IMAGE


@pytest.mark.parametrize(
    ("name", "model", "effort"),
    [
        ("gpt-5-high", GPT_OSS, "high"),
        ("GPT-5-Minimal ", GPT_OSS, "minimal"),
        ("openai/gpt-oss:20b-low", SMALL_GPT_OSS, "low"),
        ("o3-mini-xhigh", SMALL_GPT_OSS, "xhigh"),
        ("gpt-5.1-none", GPT_OSS, "none"),
        ("claude-3-7-sonnet-thinking", GEMMA, "high"),
        ("anthropic/claude-sonnet-4:thinking", GEMMA, "high"),
        ("gemini-2.5-flash-nothinking", GEMMA, "none"),
        ("gpt-5", GPT_OSS, None),
        ("gpt-5.1-codex-max", GPT_OSS, None),
        ("high", GEMMA, None),
        ("sonar-high", "@cf/maker/sonar-high", None),
    ],
)
def test_an_effort_at_the_end_of_a_name_is_the_effort(
    name: str, model: str, effort: str | None
) -> None:
    assert effort_in_name(name, model) == effort


def test_the_forms_of_a_name_are_few_however_long_it_is() -> None:
    assert_linear(lambda size: name_forms("a/" * size + ":x" * size), 200)
    assert len(name_forms("a/b:c-high/" * 1_000)) < 40
