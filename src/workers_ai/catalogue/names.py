"""Reads model names in the forms that clients send.

Routers put the provider before a name (``openai/gpt-4o``, ``workers-ai/@cf/…``), Ollama and
OpenRouter a tag behind it (``gpt-oss:20b``, ``:free``), relays the effort (``gpt-5-high``).
"""

import re
from collections.abc import Mapping

from core.limits import MODEL_NAME_CHARACTERS
from workers_ai.catalogue.model import Effort

_EFFORTS: Mapping[str, Effort] = {
    "none": "none",
    "nothinking": "none",
    "minimal": "minimal",
    "low": "low",
    "medium": "medium",
    "high": "high",
    "xhigh": "xhigh",
    "thinking": "high",
}
"""The endings of a name that are an effort. Not ``max``, which is a part of models' own names."""
_effort_ending = re.compile(f"(.+)[-:]({'|'.join(_EFFORTS)})", re.IGNORECASE).fullmatch
_MOST_PREFIXES = 3


def name_forms(name: str) -> list[str]:
    """Returns the other names that ``name`` may stand for, the most literal first."""
    name = name[:MODEL_NAME_CHARACTERS]
    before, at, rest = name.partition("@")
    bare = [at + rest] if before.endswith("/") else []
    if not at:
        parts = name.split("/", _MOST_PREFIXES)
        bare = ["/".join(parts[start:]) for start in range(1, len(parts))]
    forms = list(bare)
    for form in (name, *bare):
        stem, colon, tag = form.rpartition(":")
        if colon and stem:
            forms += [f"{stem}-{tag}", stem]
    for form in (name, *forms):
        if ending := _effort_ending(form):
            forms.append(ending[1])
    return forms


def effort_in_name(name: str, model_id: str) -> Effort | None:
    """Returns the effort that a name ends in, None if it has none or the model itself is called
    so."""
    name = name.strip().lower()[:MODEL_NAME_CHARACTERS]
    ending = _effort_ending(name)
    return _EFFORTS[ending[2]] if ending and not model_id.lower().endswith(name) else None
