"""Reads ``POST /v1/chat/completions`` requests as a :class:`Generation`.

Fields and shapes follow OpenAI's published schema, and what clients send besides it.
"""

from collections.abc import Mapping
from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from handlers.openai.logprobs import require_logprobs
from handlers.reading import fields
from handlers.reading.conversation import ConversationReader
from handlers.reading.fields import Field, read_fields, require_field, select_options
from handlers.reading.reasoning import read_effort, read_reasoning_format
from handlers.reading.response_format import read_response_format
from handlers.reading.sampling import IGNORED, SAMPLING, read_affinity, read_stops
from handlers.reading.tools import TOOL_FIELDS, read_tools
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import EFFORTS, Model
from workers_ai.catalogue.names import effort_in_name
from workers_ai.text.generation import Generation

TEXT_GENERATION = "Text Generation"

FIELDS = (
    Field("model", fields.model_name),
    Field("messages", fields.array),
    Field("max_completion_tokens", fields.token_limit, remark="wins"),
    *SAMPLING,
    Field("logprobs", fields.boolean, remark="400 where the model has none"),
    Field("top_logprobs", fields.within(fields.integer, 0, 20)),
    *TOOL_FIELDS,
    Field("functions", fields.array, remark="the older form of tools"),
    Field("function_call", fields.text_or_mapping, remark="the older form of tool_choice"),
    Field("response_format", fields.mapping),
    Field("reasoning_effort", fields.one_of(*EFFORTS)),
    Field("modalities", fields.strings(4), remark="text only"),
    Field("prediction", fields.mapping, option=True),
    # Sent by many clients, of other servers' schemas.
    Field("chat_template_kwargs", fields.mapping, remark="vLLM"),
    Field("enable_thinking", fields.boolean, remark="Qwen"),
    Field("thinking", fields.mapping, remark="DeepSeek, GLM, Anthropic: {type}"),
    Field("reasoning", fields.mapping, remark="OpenRouter: {effort, enabled, exclude}"),
    Field("include_reasoning", fields.boolean, remark="OpenRouter"),
    Field("reasoning_format", fields.one_of("parsed", "hidden", "raw"), remark="Groq"),
    # Ignored on purpose: nothing here stores, searches or speaks.
    *IGNORED,
    Field("audio", remark="only read with modalities, which must be text"),
    Field("metadata", remark="for OpenAI's stored completions"),
    Field("safety_identifier", remark="for OpenAI's abuse monitoring"),
    Field("verbosity", remark="no model here has it"),
    Field("web_search_options", remark="no model here searches"),
)


async def read_chat_request(
    body: dict[str, Any], ports: Ports, text_model: Model | None = None
) -> tuple[dict[str, Any], Generation]:
    """Returns the checked fields and the generation they ask for. ``text_model``: the model, if it
    has been looked up before."""
    values = read_fields(body, FIELDS)
    messages = require_field(values, "messages")
    name = require_field(values, "model")
    model = text_model or await resolve_model(name, TEXT_GENERATION, ports)
    if not messages:
        raise BadRequest("'messages' must not be empty.", param="messages", code="invalid_value")
    if set(values.get("modalities", ())) - {"text"}:
        raise BadRequest(
            "This model answers with text only.", param="modalities", code="unsupported_value"
        )
    tools = read_tools(values)
    json_mode, schema = read_response_format(values.get("response_format"), "response_format")
    options = select_options(values, FIELDS)
    options.update(_read_logprobs(values, model))
    generation = Generation(
        model=model,
        messages=await ConversationReader(model, ports).read(messages),
        max_tokens=values.get("max_completion_tokens", values.get("max_tokens")),
        options=options,
        stop=read_stops(values),
        n=values.get("n", 1),
        tools=tools.functions,
        tool_choice=tools.choice,
        tool_name=tools.name,
        tool_origins=tools.origins,
        json_mode=json_mode,
        schema=schema,
        effort=read_effort(values) or effort_in_name(name, model.id),
        reasoning_format=read_reasoning_format(values),
        template=values.get("chat_template_kwargs", {}),
        affinity=read_affinity(values),
    )
    return values, generation


def _read_logprobs(values: Mapping[str, Any], model: Model) -> dict[str, Any]:
    if not values.get("logprobs"):
        return {}
    require_logprobs(model, "logprobs")
    top = {"top_logprobs": values["top_logprobs"]} if "top_logprobs" in values else {}
    return {"logprobs": True, **top}
