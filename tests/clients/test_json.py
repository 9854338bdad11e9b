"""Structured outputs: JSON mode and JSON schemas, by hand and with the package's own helpers."""

import json
from enum import Enum
from typing import Any, Literal

import httpx2
import openai as sdk
import pytest
from openai import OpenAI
from pydantic import BaseModel

from clients.talk import (
    NATIVE,
    OPENAI,
    RESPONSES,
    VISION,
    WIRES,
    answer_to,
    chat_body,
    text_of,
    texts,
    user,
)

MODELS = [*WIRES, VISION, "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b"]
IN_WORDS = ["@cf/meta/llama-3.1-8b-instruct-fp8", "@cf/qwen/qwq-32b"]
"""The first answers 5025 to a schema, the second knows no JSON mode at all."""


class Unit(Enum):
    celsius = "celsius"
    kelvin = "kelvin"


class Day(BaseModel):
    high: float
    rainy: bool


class Forecast(BaseModel):
    city: str
    unit: Unit
    days: list[Day]
    warning: str | None
    kind: Literal["daily"]


FORECAST = Forecast(
    city="city", unit=Unit.celsius, days=[Day(high=1, rainy=True)], warning="warning", kind="daily"
)
"""What the mock makes of the schema."""

SCHEMA = {
    "type": "object",
    "properties": {"a": {"type": "integer"}, "b": {"type": "string"}},
    "required": ["a", "b"],
    "additionalProperties": False,
}


def schema_format(schema: object = SCHEMA, *, strict: bool = True) -> Any:
    return {
        "type": "json_schema",
        "json_schema": {"name": "thing", "schema": schema, "strict": strict},
    }


# --- answers that fit ----------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
def test_json_mode(openai: OpenAI, model: str) -> None:
    """Native models give the object itself; a client gets text, streamed too."""
    ask: Any = {
        "model": model,
        "messages": user("Hello"),
        "response_format": {"type": "json_object"},
    }
    answer = openai.chat.completions.create(**ask)
    value = json.loads(answer.choices[0].message.content or "")
    assert value["answer"].startswith('You said "Hello')
    assert answer.choices[0].finish_reason == "stop"
    assert json.loads(text_of(openai.chat.completions.create(stream=True, **ask))) == value


@pytest.mark.parametrize("model", MODELS)
def test_the_package_fills_a_class(openai: OpenAI, model: str) -> None:
    answer = openai.chat.completions.parse(
        model=model, messages=user("The weather?"), response_format=Forecast
    )
    assert answer.choices[0].message.parsed == FORECAST
    with openai.chat.completions.stream(
        model=model, messages=user("The weather?"), response_format=Forecast
    ) as events:
        final = events.get_final_completion()
    assert final.choices[0].message.parsed == FORECAST


@pytest.mark.parametrize("wire", ["native/", "", "responses/"])
def test_each_wire_gets_the_schema_in_its_form(openai: OpenAI, wire: str) -> None:
    """Native models want it bare (cloudflare/ai#559), the others in OpenAI's envelope."""
    model = {"native/": NATIVE, "": OPENAI, "responses/": RESPONSES}[wire]
    given = json.loads(
        answer_to(openai, model, "[[inputs]]", response_format=schema_format({"type": "object"}))
    )
    sent = given["response_format"]
    assert sent["type"] == "json_schema"
    if wire == "native/":
        assert sent["json_schema"] == {"type": "object"}
    else:
        assert sent["json_schema"]["name"] == "thing"
        assert sent["json_schema"]["schema"] == {"type": "object"}


@pytest.mark.parametrize(
    "response_format",
    [
        {"type": "json_schema", "json_schema": SCHEMA},  # bare, as Cloudflare documents it
        {"type": "json_schema", "name": "thing", "schema": SCHEMA},  # flat, as in Responses
        {"type": "json_object", "schema": SCHEMA},  # as others have it
    ],
)
def test_schemas_in_other_wrappings(http: httpx2.Client, response_format: object) -> None:
    for model in WIRES:
        body = chat_body(model, response_format=response_format)
        answer = http.post("/v1/chat/completions", json=body)
        assert answer.status_code == 200, answer.text
        content = answer.json()["choices"][0]["message"]["content"]
        assert json.loads(content) == {"a": 1, "b": "b"}


@pytest.mark.parametrize("model", IN_WORDS)
@pytest.mark.parametrize("form", ["%s", "Sure!\n```json\n%s\n```", "Well: %s – there it is."])
def test_a_model_that_takes_no_schema_is_told_it_in_words(
    openai: OpenAI, model: str, form: str
) -> None:
    said = form % '{"a": 5, "b": "five"}'
    answer = answer_to(openai, model, f"[[say:{said}]]", response_format=schema_format())
    assert json.loads(answer) == {"a": 5, "b": "five"}


@pytest.mark.parametrize("model", IN_WORDS)
def test_the_words_have_the_whole_schema(openai: OpenAI, model: str) -> None:
    given = answer_to(openai, model, "[[inputs]]", response_format=schema_format({"title": "x-y"}))
    assert "x-y" in json.loads(given)["messages"][0]["content"]


def test_text_is_no_json_mode(openai: OpenAI) -> None:
    assert answer_to(openai, NATIVE, "Hi", response_format={"type": "text"}) == 'You said "Hi".'


@pytest.mark.parametrize("model", WIRES)
@pytest.mark.parametrize(
    ("said", "schema"),
    [
        ("[1, 2]", {"type": "array", "items": {"type": "integer"}}),
        ("7", {"type": "integer"}),
        ("false", {"type": "boolean"}),
    ],
)
def test_values_that_are_no_objects(
    openai: OpenAI, model: str, said: str, schema: dict[str, Any]
) -> None:
    """OpenAI allows objects only; other servers do not care."""
    ask = f"[[say:{said} ]]"
    assert json.loads(answer_to(openai, model, ask, response_format=schema_format(schema))) == (
        json.loads(said)
    )


def test_several_answers_in_json(openai: OpenAI) -> None:
    answer = openai.chat.completions.create(
        model=NATIVE, messages=user("Hello"), n=3, response_format={"type": "json_object"}
    )
    assert [json.loads(choice.message.content or "") for choice in answer.choices] == [
        {"answer": 'You said "Hello".'}
    ] * 3


def test_tools_beside_a_schema(openai: OpenAI) -> None:
    """A call is no answer yet, so the schema does not hold for it."""
    tools: Any = [{"type": "function", "function": {"name": "look", "parameters": SCHEMA}}]
    ask: Any = {"model": OPENAI, "tools": tools, "response_format": schema_format()}
    called = openai.chat.completions.create(messages=user('[[call:look {"a":1,"b":"x"}]]'), **ask)
    assert called.choices[0].finish_reason == "tool_calls"
    answered = openai.chat.completions.create(messages=user("Hello"), **ask)
    assert json.loads(answered.choices[0].message.content or "") == {"a": 1, "b": "b"}


def test_a_model_that_nobody_has_described_is_told_the_schema_in_words(openai: OpenAI) -> None:
    """It may speak either wire format, and each refuses the schema in the other's form."""
    for model in ("@mock/openai", "@mock/native", "@mock/responses"):
        said = answer_to(
            openai, model, '[[say:{"a": 5, "b": "five"}]]', response_format=schema_format()
        )
        assert json.loads(said) == {"a": 5, "b": "five"}


# --- answers that do not -------------------------------------------------------------------------

OBJECT = {"type": "json_object"}
BROKEN_ONCE = [
    # A model that takes the schema, and two that were told of it.
    ("@mock/native/json/broken-once", schema_format(), {"a": 1, "b": "b"}),
    ("@mock/native/json/mismatch-once", schema_format(), {"a": 1, "b": "b"}),
    ("@mock/native/json/fenced", schema_format(), {"a": 1, "b": "b"}),
    ("@mock/json/broken-once", OBJECT, None),
    ("@mock/json/fenced", OBJECT, None),
    ("@mock/responses/json/broken-once", OBJECT, None),
]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(("model", "response_format", "expected"), BROKEN_ONCE)
def test_an_answer_is_repaired(
    openai: OpenAI, model: str, response_format: Any, expected: Any, stream: bool
) -> None:
    ask: Any = {
        "model": model,
        "messages": user("Hello"),
        "response_format": response_format,
    }
    if stream:
        content = text_of(openai.chat.completions.create(stream=True, **ask))
    else:
        content = openai.chat.completions.create(**ask).choices[0].message.content or ""
    value = json.loads(content)
    assert value == expected if expected else "answer" in value


def test_what_a_repair_costs_is_counted(openai: OpenAI) -> None:
    def spent(model: str) -> Any:
        answer = openai.chat.completions.create(
            model=model, messages=user("Hello"), response_format=schema_format()
        )
        return answer.usage

    once, twice = spent("@mock/native"), spent("@mock/native/json/broken-once")
    assert twice.prompt_tokens > 2 * once.prompt_tokens
    assert twice.completion_tokens > once.completion_tokens


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("wire", ["", "native/", "responses/"])
@pytest.mark.parametrize(
    ("trouble", "response_format"),
    [
        ("broken", OBJECT),
        ("broken", schema_format()),
        ("broken", schema_format(strict=False)),
        ("mismatch", schema_format()),
    ],
)
def test_an_answer_that_stays_wrong_is_an_error(
    openai: OpenAI, wire: str, trouble: str, response_format: Any, stream: bool
) -> None:
    """Before the first byte, so with a status, streamed or not."""
    with pytest.raises(sdk.BadRequestError) as caught:
        openai.chat.completions.create(
            model=f"@mock/{wire}json/{trouble}",
            messages=user("Hello"),
            response_format=response_format,
            stream=stream,
        )
    assert caught.value.code == "json_validate_failed"
    assert caught.value.param == "response_format"


def test_json_that_misses_a_schema_that_is_not_strict_is_given(openai: OpenAI) -> None:
    for model in ("@mock/json/mismatch", "@mock/native/json/mismatch"):
        said = answer_to(openai, model, "Hello", response_format=schema_format(strict=False))
        assert json.loads(said) == {"unexpected": 1}


def test_json_that_is_cut_says_so(openai: OpenAI) -> None:
    ask: Any = {"model": OPENAI, "messages": user("Hello"), "reasoning_effort": "none"}
    answer = openai.chat.completions.create(max_tokens=3, response_format=schema_format(), **ask)
    assert answer.choices[0].finish_reason == "length"
    with pytest.raises(sdk.LengthFinishReasonError):
        openai.chat.completions.parse(max_tokens=3, response_format=Forecast, **ask)


def test_schemas_that_are_none(http: httpx2.Client) -> None:
    schemas: list[Any] = ["x", 7, [], {"name": "a", "schema": "x"}, {"name": "a", "schema": [1]}]
    for json_schema in schemas:
        body = chat_body(
            OPENAI, response_format={"type": "json_schema", "json_schema": json_schema}
        )
        answer = http.post("/v1/chat/completions", json=body)
        assert answer.status_code == 400, (json_schema, answer.text)
        assert answer.json()["error"]["param"].startswith("response_format")


def test_json_in_a_stream_has_the_usual_chunks(openai: OpenAI) -> None:
    chunks = list(
        openai.chat.completions.create(
            model=NATIVE,
            messages=user("Hello"),
            response_format={"type": "json_object"},
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    assert chunks[0].choices[0].delta.role == "assistant"
    assert json.loads("".join(texts(chunks))) == {"answer": 'You said "Hello".'}
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens > 0
