"""Sets reasoning effort by the switches that a model has for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from workers_ai.catalogue.model import EFFORTS, Effort, Reasoning
from workers_ai.text.generation import Generation

THINKING_BUDGET = 1024
"""With fewer tokens than this, thinking tends to use them all up and leave no answer
(cloudflare/workers-sdk#13239), so models that can do without it think only on request."""


def add_reasoning(generation: Generation, inputs: dict[str, Any], limit: int) -> None:
    """Sets the model's own switches (``reasoning.control`` of its row) for the requested effort."""
    model, effort = generation.model, generation.effort
    reasoning = model.reasoning
    template: dict[str, Any] = {}
    if reasoning and reasoning.supported:
        switch = generation.template.get("enable_thinking")
        if effort is None and switch is False:
            effort = "none"
        can_switch_off = reasoning.can_disable or reasoning.soft_switch
        if effort is None and switch is None and limit < THINKING_BUDGET and can_switch_off:
            effort = "none"
        if effort is not None:
            for name, accepted in reasoning.control.items():
                _set_switch(name, accepted, effort, reasoning, inputs, template)
            if effort == "none" and switch is not True and reasoning.soft_switch:
                _append_soft_switch(inputs, reasoning.soft_switch)
    template.update(generation.template)
    if template and model.accepts_input("chat_template_kwargs"):
        inputs["chat_template_kwargs"] = template


def _set_switch(
    name: str,
    accepted: Sequence[Any],
    effort: Effort,
    reasoning: Reasoning,
    inputs: dict[str, Any],
    template: dict[str, Any],
) -> None:
    _, _, key = name.rpartition(".")
    if key == "reasoning_effort":
        if effort != "none" or effort in accepted or not reasoning.can_disable:
            inputs[key] = _nearest(effort, accepted, reasoning.aliases)
        # Otherwise another switch disables thinking.
    elif key == "enable_thinking":
        wanted = effort != "none"
        if wanted in accepted:
            template[key] = wanted
    elif key == "low_effort":
        template[key] = effort in ("minimal", "low")
    # ``reasoning.effort`` belongs to calls with ``input``; these have messages.


def _nearest(effort: Effort, accepted: Sequence[Effort], aliases: Mapping[str, str]) -> str:
    """Returns the accepted effort that is nearest, of two the service's own alias. An alias that is
    far away, such as ``none`` for ``max``, is not what was requested."""
    if effort in accepted:
        return effort
    alias = aliases.get(effort)
    place = EFFORTS.index(effort)
    # A request for a little thinking disables it only if the service has that alias.
    names = [name for name in accepted if name != "none" or alias == "none"]
    return min(
        names or accepted, key=lambda name: (abs(EFFORTS.index(name) - place), name != alias)
    )


def _append_soft_switch(inputs: dict[str, Any], words: str) -> None:
    """Appends to the system message, which is no text that a model repeats, translates or reads as
    JSON; without one to the last user message."""
    messages = inputs.get("messages", [])
    system = [message for message in messages if message["role"] == "system"]
    for message in [*system[-1:], *reversed(messages)]:
        if message["role"] in ("system", "user"):
            content = message["content"]
            message["content"] = (
                f"{content} {words}"
                if isinstance(content, str)
                else [*content, {"type": "text", "text": words}]
            )
            return
