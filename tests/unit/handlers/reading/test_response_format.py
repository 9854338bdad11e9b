"""``response_format`` in every form that clients send."""

import pytest

from support.exchange import generation, refused
from workers_ai.text.generation import Schema

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, (False, None)),
        ({"type": "text"}, (False, None)),
        ({"type": "json_object"}, (True, None)),
        ({"type": "json_object", "schema": None, "json_schema": None}, (True, None)),
        ({"type": "json_object", "schema": SCHEMA}, (True, Schema(SCHEMA))),
        ({"type": "json_schema", "schema": SCHEMA}, (True, Schema(SCHEMA))),
        ({"type": "json_schema", "json_schema": SCHEMA}, (True, Schema(SCHEMA))),
        ({"type": "json_schema", "json_schema": {"schema": SCHEMA}}, (True, Schema(SCHEMA))),
        (
            {
                "type": "json_schema",
                "json_schema": {
                    "name": "n",
                    "description": "d",
                    "schema": SCHEMA,
                    "strict": True,
                },
            },
            (True, Schema(SCHEMA, "n", "d", True)),
        ),
        (
            {"type": "json_schema", "name": "n", "schema": SCHEMA, "strict": True},
            (True, Schema(SCHEMA, "n", None, True)),
        ),
        (
            {
                "type": "json_schema",
                "json_schema": {"name": "", "description": 5, "schema": SCHEMA, "strict": None},
            },
            (True, Schema(SCHEMA, "answer", None, False)),
        ),
        ({"type": "json_schema", "json_schema": {"name": "n"}}, (True, None)),
        ({"type": "json_schema", "json_schema": {"name": "n", "schema": None}}, (True, None)),
    ],
)
def test_response_format(given: object, expected: tuple[bool, Schema | None]) -> None:
    read = generation(response_format=given)
    assert (read.json_mode, read.schema) == expected


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ({}, "response_format.type"),
        ({"type": None}, "response_format.type"),
        ({"type": "xml"}, "response_format.type"),
        ({"type": ["text"]}, "response_format.type"),
        ({"type": "json_schema"}, "response_format.json_schema"),
        ({"type": "json_schema", "json_schema": []}, "response_format.json_schema"),
        (
            {"type": "json_schema", "json_schema": {"schema": 5}},
            "response_format.json_schema.schema",
        ),
    ],
)
def test_rejects_invalid_formats(given: object, param: str) -> None:
    refused(param, response_format=given)
