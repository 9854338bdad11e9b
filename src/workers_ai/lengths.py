"""Rejects texts that embedding models and rerankers surely cut.

They cut what is too long without a word, so that its end counts for nothing.
"""

from core.errors import BadRequest, Overflow
from core.limits import JSON_BODY_BYTES
from workers_ai import tokens
from workers_ai.catalogue.model import Model


def text_limit(model: Model) -> int:
    """Returns how many tokens of a text the model reads; more than any text has if that is
    unknown."""
    limit = model.limits.get("input_tokens")
    return int(limit.max) if limit and limit.max else model.context_window or JSON_BODY_BYTES


def check_length(text: str, limit: int, param: str) -> None:
    """Raises :class:`BadRequest` ``context_length_exceeded`` if the text surely has more tokens: a
    token may have many characters, but never more than one word."""
    least = max(tokens.at_least(text), len(text.split()))
    if least > limit:
        error = BadRequest(
            f"'{param}' has more than the {limit} tokens that this model reads.",
            code="context_length_exceeded",
            param=param,
        )
        error.overflow = Overflow(max(tokens.estimate(text), least), limit)
        raise error
