"""The built-in aliases: complete, free, sensible, and matched as documented."""

import pytest

from workers_ai.catalogue.aliases import ALIASES, find_exact, find_prefix
from workers_ai.catalogue.models import MODELS

ROWS = {model.id: model for model in MODELS}

GEMMA = "@cf/google/gemma-4-26b-a4b-it"
GPT_OSS = "@cf/openai/gpt-oss-120b"
GPT_OSS_20B = "@cf/openai/gpt-oss-20b"
GRANITE = "@cf/ibm-granite/granite-4.0-h-micro"
WHISPER = "@cf/openai/whisper-large-v3-turbo"
GUARD = "@cf/meta/llama-guard-3-8b"


def test_every_target_runs_on_the_free_plan() -> None:
    for name, target in ALIASES.items():
        assert ROWS[target].status == "current", name


def test_names_are_lower_case_and_do_not_hide_a_model() -> None:
    ids = {model.id for model in MODELS} | {model.id.rpartition("/")[2] for model in MODELS}
    for name in ALIASES:
        assert name == name.lower()
        assert name not in ids
        assert "*" not in name[:-1]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("gpt-4o", GEMMA),
        ("gpt-4o-mini", GEMMA),
        ("gpt-4o-2024-08-06", GEMMA),
        ("GPT-4o", GEMMA),
        ("chatgpt-4o-latest", GEMMA),
        ("gpt-4.1", GEMMA),
        ("gpt-4.1-mini-2025-04-14", GEMMA),
        ("gpt-4.1-nano", GRANITE),
        ("gpt-4.1-nano-2025-04-14", GRANITE),
        ("gpt-4", GEMMA),
        ("gpt-4-turbo-preview", GEMMA),
        ("gpt-3.5-turbo", GRANITE),
        ("gpt-3.5-turbo-0125", GRANITE),
        ("gpt-5", GPT_OSS),
        ("gpt-5.1", GPT_OSS),
        ("gpt-5-mini-2025-08-07", GPT_OSS_20B),
        ("gpt-5-nano", GPT_OSS_20B),
        ("o1", GPT_OSS),
        ("o1-mini", GPT_OSS_20B),
        ("o3", GPT_OSS),
        ("o3-pro", GPT_OSS),
        ("o3-mini-high", GPT_OSS_20B),
        ("o4-mini", GPT_OSS_20B),
        ("claude-sonnet-4-5", GEMMA),
        ("text-embedding-3-small", "@cf/baai/bge-m3"),
        ("text-embedding-3-large", "@cf/qwen/qwen3-embedding-0.6b"),
        ("text-embedding-ada-002", "@cf/baai/bge-m3"),
        ("whisper-1", WHISPER),
        ("gpt-4o-transcribe", WHISPER),
        ("gpt-4o-mini-transcribe", WHISPER),
        ("gpt-4o-mini-transcribe-2025-12-15", WHISPER),
        ("tts-1", "@cf/myshell-ai/melotts"),
        ("tts-1-hd", "@cf/deepgram/aura-1"),
        ("gpt-4o-mini-tts", "@cf/myshell-ai/melotts"),
        ("dall-e-2", "@cf/black-forest-labs/flux-1-schnell"),
        ("dall-e-3", "@cf/black-forest-labs/flux-1-schnell"),
        ("gpt-image-1", "@cf/black-forest-labs/flux-2-klein-4b"),
        ("chatgpt-image-latest", "@cf/black-forest-labs/flux-2-klein-4b"),
        ("gpt-image-1-mini", "@cf/black-forest-labs/flux-2-klein-4b"),
        ("omni-moderation-latest", GUARD),
        ("text-moderation-latest", GUARD),
        ("text-moderation-stable", GUARD),
    ],
)
def test_finds_names_of_openai_and_claude(name: str, target: str) -> None:
    assert (find_exact(ALIASES, name) or find_prefix(ALIASES, name)) == target


def test_models_for_clients_that_send_images_take_images() -> None:
    for name in ("gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4-turbo"):
        assert ROWS[ALIASES[name]].vision, name


def test_an_exact_name_beats_a_prefix_and_a_longer_prefix_a_shorter_one() -> None:
    table = {"a*": "1", "a-b*": "2", "a-b-c": "3", "Z*": "4"}
    assert find_exact(table, "a-b-c") == "3"
    assert find_exact(table, "a-b") is None
    assert find_prefix(table, "a-b") == "2"
    assert find_prefix(table, "a-x") == "1"
    assert find_prefix(table, "zz") == "4"
    assert find_prefix(table, "b") is None


def test_never_matches_a_star() -> None:
    assert find_exact({"a*": "1"}, "a*") is None
    assert find_prefix({"*": "1"}, "anything") == "1"
