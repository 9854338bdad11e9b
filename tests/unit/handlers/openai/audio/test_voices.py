"""The lists of voices and of speech models that clients show."""

from typing import Any

import pytest

from handlers.openai.audio.speech import TASK, VOICES
from support.exchange import send
from workers_ai.catalogue.models import MODELS

MELOTTS = "@cf/myshell-ai/melotts"


def names(path: str, key: str) -> list[str]:
    got = send("GET", path)
    assert got.status == 200
    rows: list[dict[str, Any]] = got.json[key]
    assert got.json["data"] == rows
    assert all(set(row) == {"id", "name"} for row in rows)
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids)
    return ids


@pytest.mark.parametrize("path", ["/v1/audio/voices", "/audio/voices"])
def test_voices_are_openais_and_the_models_own(path: str) -> None:
    voices = names(path, "voices")
    assert voices[: len(VOICES)] == list(VOICES)
    speakers = [name for model in MODELS for name in model.details.get("speakers", ())]
    assert set(voices) == {*VOICES, *speakers}


def test_the_voices_of_one_model() -> None:
    assert "stella" in names("/v1/audio/voices?model=aura-1", "voices")
    assert "andromeda" not in names("/v1/audio/voices?model=aura-1", "voices")
    assert names("/v1/audio/voices?model=tts-1", "voices") == list(VOICES)
    assert send("GET", "/v1/audio/voices?model=gpt-4o").error["code"] == "wrong_endpoint"


def test_the_models_that_speak() -> None:
    models = names("/v1/audio/models", "models")
    assert MELOTTS in models
    assert set(models) == {model.id for model in MODELS if model.live and model.task == TASK}
    assert "tts-1" in names("/v1/audio/models?aliases=1", "models")
