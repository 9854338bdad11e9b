"""Sampling parameters and other fields that OpenAI's endpoints share."""

from collections.abc import Mapping
from typing import Any

from core.limits import CHOICES
from handlers.reading import fields
from handlers.reading.fields import Field
from workers_ai.text.generation import usable_affinity

SAMPLING = (
    Field("stream", fields.boolean),
    Field("stream_options", fields.mapping, remark="include_usage"),
    Field("max_tokens", fields.token_limit),
    Field("n", fields.within(fields.integer, 1, CHOICES), remark="as many calls side by side"),
    Field("stop", fields.stop_sequences, remark=fields.STOPS_REMARK),
    Field("temperature", fields.within(fields.number, 0, 2), option=True),
    Field("top_p", fields.within(fields.number, 0, 1), option=True),
    Field("seed", fields.integer, option=True, remark="clamped to what the model takes"),
    Field("frequency_penalty", fields.clamp(fields.number, -2, 2), option=True),
    Field("presence_penalty", fields.clamp(fields.number, -2, 2), option=True),
    Field("logit_bias", fields.mapping, option=True, remark="tokens of the model's own tokenizer"),
    Field("user", fields.text_or_number, remark="keeps calls on one replica"),
    Field("prompt_cache_key", fields.text, remark="the same, and wins"),
    # Other servers' fields that many clients send.
    Field("top_k", fields.integer, option=True, remark="clamped to what the model takes"),
    Field("min_p", fields.within(fields.number, 0, 1), option=True),
    Field("repetition_penalty", fields.clamp(fields.number, 0, 2), option=True),
    Field("lora", fields.text, option=True, remark="Cloudflare: a fine-tune's name"),
)

# Accepted and ignored on purpose: nothing here stores, bills or moderates.
IGNORED = (
    Field("moderation", remark="has its own endpoint"),
    Field("prompt_cache_options", remark="Workers AI caches by itself"),
    Field("prompt_cache_retention", remark="Workers AI caches by itself"),
    Field("service_tier", remark="there is one"),
    Field("store", remark="nothing is stored"),
)


def read_stops(values: Mapping[str, Any]) -> list[str]:
    """Returns the stop sequences; empty ones are dropped."""
    return [stop for stop in values.get("stop", ()) if stop]


def read_affinity(values: Mapping[str, Any]) -> str | None:
    """Returns what keeps the calls of a client on one replica, unless a header says it, or None."""
    affinity = values.get("prompt_cache_key") or values.get("user")
    return usable_affinity(affinity) if affinity else None


def wants_usage(values: Mapping[str, Any]) -> bool:
    """Returns whether the client asks for the usage of a stream."""
    include = values.get("stream_options", {}).get("include_usage")
    return include is not None and fields.boolean(include, "stream_options.include_usage")
