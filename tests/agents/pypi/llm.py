"""Its models are what extra-openai-models.yaml in its folder says."""

import os
from pathlib import Path

import yaml
from pydantic import BaseModel

models = [
    {
        "model_id": "workers-ai",
        "model_name": "gpt-5-mini",
        "api_base": os.environ["BASE_URL"] + "/v1",
        "api_key_name": "workers-ai",
        "supports_tools": True,
        "supports_schema": True,
    }
]
Path(os.environ["LLM_USER_PATH"], "extra-openai-models.yaml").write_text(yaml.safe_dump(models))

import llm  # noqa: E402

model = llm.get_model("workers-ai")
model.key = os.environ["API_KEY"]


class Town(BaseModel):
    name: str
    people: int


def add(a: int, b: int) -> str:
    """Adds"""
    return str(a + b)


def chat(prompt):
    return model.prompt(prompt, stream=False).text()


def stream(prompt):
    return [piece for piece in model.prompt(prompt) if piece]


def tools(prompt):
    return "".join(model.chain(prompt, tools=[add]))


def json(prompt):
    import json

    return json.loads(model.prompt(prompt, schema=Town).text())
