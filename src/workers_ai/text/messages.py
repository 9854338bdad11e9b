"""Builds the messages of a call in the form that its model understands."""

import json
from collections.abc import Iterable
from typing import Any, cast

from workers_ai.text.generation import Generation, Message

_TOOL_PROMPT = """You can call the functions described by these JSON objects:
{tools}
To call a function, answer with nothing but
<tool_call>{{"name": "<function name>", "arguments": {{<arguments>}}}}</tool_call>
and one such line for each call."""


def build_messages(generation: Generation) -> list[Message]:
    """Copies the messages, with instructions for what the model has no input for."""
    model = generation.model
    messages = cast(list[Message], [dict(message) for message in generation.messages])
    instructions = (_tool_instruction(generation), _format_instruction(generation))
    if any(instructions):
        content = "\n\n".join(filter(None, instructions))
        if messages and messages[0]["role"] == "system":
            content = _text(messages.pop(0)) + "\n\n" + content
        messages.insert(0, {"role": "system", "content": content})
    if not model.may_call_tools:
        messages = [_describe_calls(message) for message in messages]
    messages = _fold_system(messages, all_of_it=not model.system_role)
    if not model.has_openai_schema:
        for message in messages:
            message.pop("reasoning", None)
    return messages


def _text(message: Message) -> str:
    """The content of a message whose role has no images."""
    content = message["content"]
    assert isinstance(content, str)
    return content


def _tool_instruction(generation: Generation) -> str:
    if not generation.tools or generation.tool_choice == "none":
        return ""
    model, choice = generation.model, generation.tool_choice
    instructions = []
    if not model.may_call_tools:
        tools = "\n".join(json.dumps(tool, ensure_ascii=False) for tool in generation.tools)
        instructions.append(_TOOL_PROMPT.format(tools=tools))
    if not (model.may_call_tools and model.accepts_input("tool_choice")):
        if choice == "required":
            instructions.append("You must call at least one of the functions.")
        elif choice == "named":
            instructions.append(f"You must call the function {generation.tool_name}.")
    return "\n".join(instructions)


def _format_instruction(generation: Generation) -> str:
    has_input = generation.model.accepts_input("response_format")
    if not generation.json_mode or (has_input and not generation.schema_in_words):
        return ""
    instruction = "Answer with JSON only, without any other text."
    if generation.schema:
        instruction += " It must follow this JSON schema:\n"
        instruction += json.dumps(generation.schema.schema, ensure_ascii=False)
    return instruction


def _describe_calls(message: Message) -> Message:
    """Describes tool calls and results in the words of :data:`_TOOL_PROMPT`."""
    if message["role"] == "tool":
        return {"role": "user", "content": "Result of the function call:\n" + _text(message)}
    calls = message.pop("tool_calls", None)
    if calls:
        lines = [
            f'<tool_call>{{"name": {json.dumps(call["function"]["name"])}, '
            f'"arguments": {call["function"]["arguments"]}}}</tool_call>'
            for call in calls
        ]
        content = message.get("content")
        message["content"] = "\n".join([_text(message), *lines] if content else lines)
    return message


def _fold_system(messages: Iterable[Message], *, all_of_it: bool) -> list[Message]:
    """Puts system text that does not stand at the beginning, which some templates refuse (qwen3.8),
    into the user message before it, else into the one behind it. With ``all_of_it``, for models
    without the role, all system text.

    What has been sent of a conversation stays as it is from turn to turn, so that the model's cache
    holds: nothing moves across an answer, nor between a call and its result.
    """
    folded: list[Message] = []
    behind: list[str] = []
    """What goes into the last message of ``folded``, once all of it is known."""
    waiting: list[str] = []
    for message in messages:
        role = message["role"]
        last = folded[-1]["role"] if folded else None
        if role == "system":
            if not message["content"] and folded:
                continue  # it would only part what belongs together
            if last in ("user", "system"):
                behind.append(_text(message))
            elif last is None and not all_of_it:
                folded.append(message)
            else:
                waiting.append(_text(message))
            continue
        _add_texts(folded, behind)
        if waiting and role == "user":
            message["content"] = _join("\n\n".join(waiting), message["content"])
            waiting = []
        elif waiting and role == "assistant":
            folded.append({"role": "user", "content": "\n\n".join(waiting)})
            waiting = []
        folded.append(message)
    _add_texts(folded, behind)
    if waiting:
        folded.append({"role": "user", "content": "\n\n".join(waiting)})
    return folded


def _add_texts(messages: list[Message], texts: list[str]) -> None:
    """Moves texts into the last message."""
    if texts:
        messages[-1]["content"] = _join(messages[-1]["content"], "\n\n".join(texts))
        texts.clear()


def _join(
    first: str | list[dict[str, Any]], second: str | list[dict[str, Any]]
) -> str | list[dict[str, Any]]:
    """Joins the content of two messages, in a paragraph each."""
    if isinstance(first, str) and isinstance(second, str):
        return f"{first}\n\n{second}"
    return [
        part
        for content in (first, second)
        for part in ([{"type": "text", "text": content}] if isinstance(content, str) else content)
    ]
