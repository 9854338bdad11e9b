"""Reads ``POST /v1/responses`` requests as a :class:`Generation`.

Fields and shapes follow OpenAI's published schema. Fields that need stored prompts or
conversations, or tools of OpenAI's own, are rejected by name.
"""

from collections.abc import Mapping
from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from handlers.openai.chat.request import TEXT_GENERATION
from handlers.openai.logprobs import require_logprobs
from handlers.openai.responses.conversation import InputReader, find_added_tools
from handlers.openai.responses.history import recall
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, require_field, select_options
from handlers.reading.reasoning import read_effort, read_reasoning_format
from handlers.reading.response_format import read_response_format
from handlers.reading.sampling import IGNORED, SAMPLING, read_affinity
from handlers.reading.tools import TOOL_FIELDS, read_tools
from storage.responses import Responses
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Model
from workers_ai.catalogue.names import effort_in_name
from workers_ai.text.generation import Generation

LOGPROBS = "message.output_text.logprobs"
"""The value of ``include`` that asks for log probabilities. The others ask for results of tools
that do not run here, or for encrypted thinking, which is returned in the clear."""


def _unsupported_here(why: str) -> fields.Check:
    def check(value: Any, param: str) -> None:
        if value:
            raise BadRequest(
                f"'{param}' cannot be used: {why}.", param=param, code="unsupported_parameter"
            )

    return check


def _check_metadata(value: Any, param: str) -> dict[str, str]:
    metadata: dict[str, str] = fields.mapping(value, param)
    for text in metadata.values():
        fields.text(text, param)
    return metadata


_check_verbosity = fields.one_of("low", "medium", "high")
_check_summary = fields.one_of("auto", "concise", "detailed")


def _check_text(value: Any, param: str) -> dict[str, Any]:
    text: dict[str, Any] = fields.mapping(value, param)
    if text.get("verbosity") is not None:
        _check_verbosity(text["verbosity"], f"{param}.verbosity")
    if text.get("format") is not None:
        format = fields.mapping(text["format"], f"{param}.format")
        if format.get("type") == "json_schema" and "json_schema" not in format:
            fields.mapping(format.get("schema"), f"{param}.format.schema")
    return text


def _check_reasoning(value: Any, param: str) -> dict[str, Any]:
    reasoning: dict[str, Any] = fields.mapping(value, param)
    for name in ("summary", "generate_summary"):
        if reasoning.get(name) is not None:
            _check_summary(reasoning[name], f"{param}.{name}")
    return reasoning


FIELDS = (
    Field("model", fields.text),
    Field("input", fields.text_or_array, remark="messages, calls and their results, reasoning"),
    Field("instructions", fields.text, remark="a system message before all others"),
    Field("stream", fields.boolean),
    Field("max_output_tokens", fields.token_limit),
    *TOOL_FIELDS,
    Field("text", _check_text, remark="format; no model here has verbosity"),
    Field("reasoning", _check_reasoning, remark="effort; summary gives the thinking as one"),
    Field("include", fields.strings(20), remark=LOGPROBS),
    Field("top_logprobs", fields.within(fields.integer, 0, 20), remark="asks for them too"),
    # temperature and top_p, and other parameters that chat clients send.
    *(row for row in SAMPLING if row.option),
    Field("user", fields.text_or_number, remark="keeps calls on one replica"),
    Field("prompt_cache_key", fields.text, remark="the same, and wins"),
    Field(
        "background", _unsupported_here("an answer lasts no longer than its request"), remark="400"
    ),
    Field(
        "conversation",
        _unsupported_here(
            "no conversations are kept here; send previous_response_id, or the whole conversation "
            "as input"
        ),
        remark="400",
    ),
    Field("previous_response_id", fields.text, remark="a stored Response, without instructions"),
    Field("store", lambda value, _: value not in (False, "false"), remark="false: not stored"),
    Field("prompt", _unsupported_here("no prompt is stored here; send it as input"), remark="400"),
    # Only repeated in the answer.
    Field(
        "max_tool_calls",
        fields.within(fields.integer, 1, None),
        remark="counts tools that do not run here",
    ),
    Field("metadata", _check_metadata),
    Field("safety_identifier", fields.text, remark="for OpenAI's abuse monitoring"),
    Field("truncation", fields.one_of("auto", "disabled"), remark="nothing is ever cut"),
    # Ignored on purpose.
    *(row for row in IGNORED if row.name != "store"),
    Field("access_programs", remark="of OpenAI's own models"),
    Field("background_options", remark="only read with background"),
    Field("context_management", remark="nothing is ever cut"),
    Field("image", remark="of OpenAI's own models"),
    Field("stream_options", remark="padding that hides a token's length; none is sent"),
)


async def read_responses_request(
    body: dict[str, Any],
    ports: Ports,
    responses: Responses | None = None,
    *,
    load_images: bool = True,
) -> tuple[dict[str, Any], Generation]:
    """Returns the checked fields, with ``input`` as a list of items, and the generation they ask
    for. ``responses``: those that the request may continue or refer to."""
    values = read_fields(body, FIELDS)
    input = "" if body.get("input") == "" else require_field(values, "input")
    name = require_field(values, "model")
    model = await resolve_model(name, TEXT_GENERATION, ports)
    if input == []:
        raise BadRequest("'input' must not be empty.", param="input", code="invalid_value")
    items = [{"role": "user", "content": input}] if isinstance(input, str) else input
    values["input"] = items
    earlier, items = await recall(responses, values.get("previous_response_id"), items)
    tools = read_tools(values, find_added_tools([*earlier, *items], -len(earlier)))
    json_mode, schema = read_response_format(values.get("text", {}).get("format"), "text.format")
    options = select_options(values, FIELDS)
    options.update(_read_logprobs(values, model))
    generation = Generation(
        model=model,
        messages=await InputReader(model, ports, values.get("instructions")).read(
            items, earlier, load_images=load_images
        ),
        max_tokens=values.get("max_output_tokens"),
        options=options,
        tools=tools.functions,
        tool_choice=tools.choice,
        tool_name=tools.name,
        tool_origins=tools.origins,
        json_mode=json_mode,
        schema=schema,
        effort=read_effort(values) or effort_in_name(name, model.id),
        reasoning_format=read_reasoning_format(values),
        affinity=read_affinity(values),
    )
    return values, generation


def _read_logprobs(values: Mapping[str, Any], model: Model) -> dict[str, Any]:
    top = values.get("top_logprobs", 0)
    included = LOGPROBS in values.get("include", ())
    if not (top or included):
        return {}
    require_logprobs(model, "include" if included else "top_logprobs")
    return {"logprobs": True, **({"top_logprobs": top} if top else {})}
