"""The messages of a call, in the form that its model understands."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from workers_ai.text.generation import Generation

_TOOL_PROMPT = """You can call the functions described by these JSON objects:
{tools}
To call a function, answer with nothing but
<tool_call>{{"name": "<function name>", "arguments": {{<arguments>}}}}</tool_call>
and one such line for each call."""


def messages(generation: Generation) -> list[dict[str, Any]]:
    messages = [dict(message) for message in generation.messages]
    extra = [text for instruct in _INSTRUCTIONS if (text := instruct(generation))]
    if extra:
        text = "\n\n".join(extra)
        if messages and messages[0]["role"] == "system":
            text = messages.pop(0)["content"] + "\n\n" + text
        messages.insert(0, {"role": "system", "content": text})
    if not generation.model.may_call_tools:
        messages = [_without_tool_roles(message) for message in messages]
    messages = _fold_system(messages, leading=not generation.model.system_role)
    if not generation.model.has_openai_schema:
        for message in messages:
            message.pop("reasoning", None)
    return messages


def _tool_instruction(generation: Generation) -> str:
    if not generation.tools or generation.tool_choice == "none":
        return ""
    model, choice = generation.model, generation.tool_choice
    words = []
    if not model.may_call_tools:
        listed = "\n".join(json.dumps(tool, ensure_ascii=False) for tool in generation.tools)
        words.append(_TOOL_PROMPT.format(tools=listed))
    if not (model.may_call_tools and model.accepts_input("tool_choice")):
        if choice == "required":
            words.append("You must call at least one of the functions.")
        elif choice == "named":
            words.append(f"You must call the function {generation.tool_name}.")
    return "\n".join(words)


def _format_instruction(generation: Generation) -> str:
    native = generation.model.accepts_input("response_format") and not generation.schema_in_words
    if not generation.json_mode or native:
        return ""
    text = "Answer with JSON only, without any other text."
    if generation.schema:
        text += " It must follow this JSON schema:\n"
        text += json.dumps(generation.schema.schema, ensure_ascii=False)
    return text


_INSTRUCTIONS: tuple[Callable[[Generation], str], ...] = (_tool_instruction, _format_instruction)


def _without_tool_roles(message: dict[str, Any]) -> dict[str, Any]:
    """Tool calls and results in the words of :data:`_TOOL_PROMPT`."""
    if message["role"] == "tool":
        return {"role": "user", "content": "Result of the function call:\n" + message["content"]}
    calls = message.pop("tool_calls", None)
    if calls:
        lines = [
            f'<tool_call>{{"name": {json.dumps(call["function"]["name"])}, '
            f'"arguments": {call["function"]["arguments"]}}}</tool_call>'
            for call in calls
        ]
        text = message.get("content") or ""
        message["content"] = "\n".join([text, *lines] if text else lines)
    return message


def _fold_system(messages: Iterable[dict[str, Any]], *, leading: bool) -> list[dict[str, Any]]:
    """System text goes before the next user message: what does not stand at the beginning, which
    some templates refuse (qwen3.8), and with ``leading`` all of it, for those without the role."""
    folded: list[dict[str, Any]] = []
    waiting: list[str] = []
    for message in messages:
        if message["role"] == "system":
            if folded and folded[-1]["role"] == "system":
                folded[-1]["content"] += "\n\n" + message["content"]
            elif folded or leading:
                waiting.append(message["content"])
            else:
                folded.append(message)
            continue
        if waiting and message["role"] == "user":
            content = message["content"]
            text = "\n\n".join(waiting)
            message["content"] = (
                f"{text}\n\n{content}"
                if isinstance(content, str)
                else [{"type": "text", "text": text}, *content]
            )
            waiting = []
        folded.append(message)
    if waiting:
        folded.append({"role": "user", "content": "\n\n".join(waiting)})
    return folded
