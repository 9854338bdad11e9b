import os

import instructor
from openai import OpenAI
from pydantic import BaseModel

client = OpenAI(
    base_url=os.environ["BASE_URL"] + "/v1", api_key=os.environ["API_KEY"], max_retries=0
)


class Town(BaseModel):
    name: str
    people: int


def ask(mode, prompt):
    town = instructor.from_openai(client, mode=mode).chat.completions.create(
        model="gpt-5-mini",
        messages=[{"role": "user", "content": prompt}],
        response_model=Town,
        max_retries=1,
    )
    return town.model_dump()


def tools_json(prompt):
    return ask(instructor.Mode.TOOLS, prompt)


def plain_json(prompt):
    return ask(instructor.Mode.JSON, prompt)


def schema_json(prompt):
    return ask(instructor.Mode.JSON_SCHEMA, prompt)


def markdown_json(prompt):
    """Asked for in words alone."""
    return ask(instructor.Mode.MD_JSON, prompt)
