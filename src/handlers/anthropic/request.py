"""``POST /v1/messages`` requests to a :class:`Generation`.

Fields and shapes follow Anthropic's published Messages API, its beta included. What runs on
Anthropic's side there (server tools, stored files, MCP servers) is refused by name.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from core.web import dump_json
from handlers.reading import fields
from handlers.reading.fields import Field
from handlers.reading.sampling import affinity
from handlers.reading.vision import Vision
from workers_ai import tokens
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Effort
from workers_ai.text.generation import Generation, Schema, ToolChoice

TASK = "Text Generation"

EFFORTS = ("low", "medium", "high", "xhigh", "max")


def _elsewhere(words: str) -> fields.Check:
    """For fields that ask for something that only Anthropic's own servers do; empty ones pass."""

    def check(value: Any, param: str) -> Any:
        if value:
            raise BadRequest(f"'{param}': {words}", param=param, code="unsupported_parameter")
        return value

    return check


FIELDS = (
    Field("model", fields.text),
    Field("messages", fields.array),
    Field("max_tokens", fields.within(fields.integer, 1, None)),
    Field("system", fields.text_or_array),
    Field("stream", fields.boolean),
    Field("stop_sequences", fields.strings(16), remark="enforced here where the model ignores it"),
    Field("tools", fields.array),
    Field("tool_choice", fields.mapping),
    Field("thinking", fields.mapping, remark="absent: no thinking, as far as the model can do so"),
    Field("output_config", fields.mapping, remark="{effort, format}"),
    Field("output_format", fields.mapping, remark="the beta's older output_config.format"),
    Field("metadata", fields.mapping, remark="user_id keeps calls on one replica"),
    # Gone from the newest published types, sent by most clients all the same.
    Field("temperature", fields.within(fields.number, 0, 1), option=True),
    Field("top_p", fields.within(fields.number, 0, 1), option=True),
    Field("top_k", fields.integer, option=True, remark="clamped to what the model takes"),
    # Beta fields that cannot be passed over: the client would miss what they bring.
    Field("mcp_servers", _elsewhere("no MCP server is called from here; declare its tools.")),
    Field("thread", _elsewhere("nothing is stored here; send the whole conversation.")),
    # Accepted and ignored on purpose: nothing here stores, bills or runs code.
    Field("billing_policy", remark="there is no bill"),
    Field("cache_control", remark="Workers AI caches by itself"),
    Field("compaction", remark="the conversation is sent as it is"),
    Field("container", remark="only of use to server tools, which are refused"),
    Field("context_management", remark="the conversation is sent as it is"),
    Field("diagnostics", remark="of Anthropic's own cache"),
    Field("fallbacks", remark="another model only where the operator has configured one"),
    Field("inference_geo", remark="Cloudflare chooses the place"),
    Field("service_tier", remark="there is one"),
    Field("speed", remark="there is one"),
    Field("user_profile_id", remark="for Anthropic's abuse monitoring"),
    Field("workspace_id", remark="a header that the published types list here"),
)


async def read(body: dict[str, Any], ports: Ports) -> tuple[dict[str, Any], Generation]:
    """The checked fields of a message to make, and the generation they ask for."""
    values = fields.read(body, FIELDS)
    fields.required(values, "max_tokens")
    return values, await _generation(values, ports, look=True)


async def count(body: dict[str, Any], ports: Ports) -> int:
    """About how many tokens a message's input has. Images are counted without being looked at."""
    return estimate(await _generation(fields.read(body, FIELDS), ports, look=False))


def estimate(generation: Generation) -> int:
    """About how many tokens the input has; what the model counted comes with its answer."""
    # As chat templates write tools. In one piece: a walk through their schemas costs far more.
    pieces = [json.dumps(generation.tools, ensure_ascii=False)] if generation.tools else []
    count = tokens.PER_MESSAGE * len(generation.messages)
    for message in generation.messages:
        content = message["content"]
        for part in content if isinstance(content, list) else [{"text": content}]:
            if "text" in part:
                pieces.append(part["text"])
            else:
                count += tokens.PER_IMAGE
        pieces.append(message.get("reasoning", ""))
        calls = [call["function"] for call in message.get("tool_calls", ())]
        pieces += [text for call in calls for text in call.values()]
    return count + sum(map(tokens.estimate, pieces))


async def _generation(values: dict[str, Any], ports: Ports, *, look: bool) -> Generation:
    messages = fields.required(values, "messages")
    model = await resolve_model(fields.required(values, "model"), TASK, ports)
    tools, choice, tool_name = _tools(values)
    options = fields.options(values, FIELDS)
    if _one_call_at_most(values):
        options["parallel_tool_calls"] = False
    effort, shown = _thinking(values)
    schema = _schema(values)
    turns = _Turns(Vision(model, ports) if look else None)
    return Generation(
        model=model,
        messages=[*_system(values), *await turns.read(messages)],
        max_tokens=values.get("max_tokens"),
        options=options,
        stop=[stop for stop in values.get("stop_sequences", ()) if stop],
        report_stop_sequence=True,
        tools=tools,
        tool_choice=choice,
        tool_name=tool_name,
        json_mode=schema is not None,
        schema=schema,
        effort=effort,
        reasoning_format="parsed" if shown else "hidden",
        affinity=_affinity(values),
    )


# --- small fields ----------------------------------------------------------------------------

_BUDGETS: tuple[tuple[int, Effort], ...] = ((4096, "low"), (16_384, "medium"))
"""Up to how large a ``budget_tokens`` counts as which effort; beyond, it is high."""


def _thinking(values: Mapping[str, Any]) -> tuple[Effort, bool]:
    """The effort, and whether the thinking is part of the answer.

    It is only where the client has asked for it: others take the first content block for the
    answer's text, and count on all of ``max_tokens`` for it.
    """
    given = values.get("thinking", {"type": "disabled"})
    kinds = fields.one_of("enabled", "adaptive", "between_tools", "disabled")
    kind = kinds(given.get("type"), "thinking.type")
    effort = values.get("output_config", {}).get("effort")
    if effort is not None:
        effort = fields.one_of(*EFFORTS)(effort, "output_config.effort")
    if kind == "disabled":
        return ("none" if "thinking" in values else effort or "none"), False
    budget = given.get("budget_tokens")
    if budget is not None:
        budget = fields.within(fields.integer, 1024, None)(budget, "thinking.budget_tokens")
        effort = effort or next((name for most, name in _BUDGETS if budget <= most), "high")
    display = given.get("display")
    if display is not None:
        display = fields.one_of("summarized", "omitted")(display, "thinking.display")
    return effort or "medium", display != "omitted"


def _schema(values: Mapping[str, Any]) -> Schema | None:
    param, given = "output_config.format", values.get("output_config", {}).get("format")
    if given is None:
        param, given = "output_format", values.get("output_format")
    if given is None:
        return None
    given = fields.mapping(given, param)
    fields.one_of("json_schema")(given.get("type"), f"{param}.type")
    return Schema(fields.mapping(given.get("schema"), f"{param}.schema"), strict=True)


def _affinity(values: Mapping[str, Any]) -> str | None:
    user = values.get("metadata", {}).get("user_id")
    return affinity({"user": fields.text(user, "metadata.user_id")}) if user else None


# --- tools -----------------------------------------------------------------------------------

_ANTHROPIC_TOOLS = (
    "bash",
    "text_editor",
    "computer",
    "browser",
    "memory",
    "web_search",
    "web_fetch",
    "code_execution",
    "tool_search",
    "mcp_toolset",
    "advisor",
)
"""What the types of Anthropic's own tools begin with; a date follows."""


def _tools(values: Mapping[str, Any]) -> tuple[list[dict[str, Any]], ToolChoice, str | None]:
    """Function objects, the choice (auto, none, required, named) and the named one."""
    tools = [_tool(tool, f"tools[{place}]") for place, tool in enumerate(values.get("tools", ()))]
    given = values.get("tool_choice")
    if given is None:
        return tools, "auto", None
    kind = fields.one_of(*_CHOICES)(given.get("type"), "tool_choice.type")
    if kind == "tool" and given.get("name") not in [tool["name"] for tool in tools]:
        raise BadRequest(
            "'tool_choice.name' must name one of the declared tools.",
            param="tool_choice.name",
            code="invalid_value",
        )
    return tools, _CHOICES[kind] if tools else "auto", given["name"] if kind == "tool" else None


_CHOICES: Mapping[str, ToolChoice] = {
    "auto": "auto",
    "any": "required",
    "tool": "named",
    "none": "none",
}


def _tool(tool: Any, param: str) -> dict[str, Any]:
    tool = fields.mapping(tool, param)
    kind = tool.get("type")
    if kind not in (None, "custom"):
        own = next((name for name in _ANTHROPIC_TOOLS if str(kind).startswith(name)), None)
        raise BadRequest(
            f"'{param}.type' must be custom, with an input_schema; "
            + (f"Anthropic's {own} tool is not available here." if own else "no others run here."),
            param=f"{param}.type",
            code="unsupported_value",
        )
    description = tool.get("description")
    return {
        "name": fields.text(tool.get("name"), f"{param}.name"),
        "description": description if isinstance(description, str) else "",
        "parameters": fields.mapping(tool.get("input_schema"), f"{param}.input_schema"),
    }


def _one_call_at_most(values: Mapping[str, Any]) -> bool:
    param = "disable_parallel_tool_use"
    disabled = values.get("tool_choice", {}).get(param)
    return disabled is not None and fields.boolean(disabled, f"tool_choice.{param}")


# --- messages --------------------------------------------------------------------------------

Block = tuple[dict[str, Any], str]
"""A content block and its ``param``."""


def _system(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    blocks = _blocks(values.get("system", ""), "system")
    for block, param in blocks:
        fields.one_of("text")(block.get("type"), f"{param}.type")
    text = _joined(blocks)
    return [{"role": "system", "content": text}] if text else []


def _blocks(content: Any, param: str) -> list[Block]:
    """A string is one block of text."""
    content = fields.text_or_array(content, param)
    if isinstance(content, str):
        return [({"type": "text", "text": content}, param)]
    places = [f"{param}[{place}]" for place in range(len(content))]
    return [(fields.mapping(block, at), at) for block, at in zip(content, places, strict=True)]


def _text(block: Mapping[str, Any], param: str) -> str:
    return str(fields.text(block.get("text"), f"{param}.text"))


def _joined(blocks: Sequence[Block]) -> str:
    """The texts of text blocks."""
    return "\n".join(text for block, param in blocks if (text := _text(block, param)))


class _Turn:
    """All that one side says until it is the other's turn again."""

    def __init__(self) -> None:
        self.parts: list[dict[str, Any]] = []
        """Texts and images in their order."""
        self.thoughts: list[str] = []
        self.calls: list[dict[str, Any]] = []
        self.results: list[dict[str, Any]] = []

    def say(self, text: str) -> None:
        if text:
            self.parts.append({"type": "text", "text": text})

    @property
    def content(self) -> str | list[dict[str, Any]]:
        if any(part["type"] != "text" for part in self.parts):
            return self.parts
        return "\n".join(part["text"] for part in self.parts)


class _Turns:
    """Brings a conversation into the neutral shape."""

    def __init__(self, vision: Vision | None) -> None:
        self._vision = vision
        self._names: dict[str, str] = {}

    async def read(self, messages: Sequence[Any]) -> list[dict[str, Any]]:
        """Neutral messages. Neighbours of the same role are one turn, as Anthropic has it."""
        turns: list[tuple[str, list[Block]]] = []
        for place, message in enumerate(messages):
            param = f"messages[{place}]"
            message = fields.mapping(message, param)
            role = fields.one_of(*self._ROLES)(message.get("role"), f"{param}.role")
            blocks = _blocks(message.get("content"), f"{param}.content")
            if turns and turns[-1][0] == role:
                turns[-1][1].extend(blocks)
            else:
                turns.append((role, blocks))
        if not turns:
            raise BadRequest(
                "'messages' must not be empty.", param="messages", code="invalid_value"
            )
        if turns[-1][0] == "assistant":
            # No model here goes on from a given beginning; it would start the answer anew.
            raise BadRequest(
                "The models here do not support prefilling the assistant's answer: 'messages' "
                "must end with the user's.",
                param="messages",
                code="unsupported_value",
            )
        return [message for role, blocks in turns for message in await self._turn(role, blocks)]

    async def _turn(self, role: str, blocks: Sequence[Block]) -> list[dict[str, Any]]:
        readers = self._ROLES[role]
        turn = _Turn()
        for block, param in blocks:
            kind = fields.one_of(*readers)(block.get("type"), f"{param}.type")
            await readers[kind](self, block, param, turn)
        message: dict[str, Any] = {"role": role, "content": turn.content}
        if turn.thoughts:
            message["reasoning"] = "\n".join(turn.thoughts)
        if turn.calls:
            message["tool_calls"] = turn.calls
        # Results stand right after the calls, so before whatever the user says besides.
        return [*turn.results, *([message] if turn.parts or not turn.results else [])]

    async def _say(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        turn.say(_text(block, param))

    async def _image(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        param += ".source"
        source = fields.mapping(block.get("source"), param)
        kind = fields.one_of("base64", "url")(source.get("type"), f"{param}.type")
        if kind == "url":
            url = fields.text(source.get("url"), f"{param}.url")
        else:
            media_type = fields.text(source.get("media_type"), f"{param}.media_type")
            data = fields.text(source.get("data"), f"{param}.data")
            url = f"data:{media_type};base64,{data}"
        if self._vision is None:
            turn.parts.append({"type": "image_url", "image_url": {"url": ""}})
        else:
            self._vision.check(param)
            turn.parts.append(await self._vision.part(url, param))

    async def _document(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        """Documents that are text are read; PDFs no model here can see."""
        source = fields.mapping(block.get("source"), f"{param}.source")
        if source.get("type") != "text":
            raise BadRequest(
                f"'{param}.source.type' must be text: no other documents can be read here. Send "
                "the pages as images, to a model with vision, or as text.",
                param=f"{param}.source.type",
                code="unsupported_content",
            )
        about = [block.get("title"), block.get("context")]
        text = fields.text(source.get("data"), f"{param}.source.data")
        turn.say("\n".join([*(words for words in about if isinstance(words, str)), text]))

    async def _found(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        """A search result of the client's own, with where it comes from."""
        blocks = _blocks(block.get("content"), f"{param}.content")
        about = [fields.text(block.get(name), f"{param}.{name}") for name in ("title", "source")]
        turn.say("\n".join([*about, _joined(blocks)]))

    async def _think(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        turn.thoughts.append(fields.text(block.get("thinking"), f"{param}.thinking"))

    async def _pass(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        """Thinking that only Anthropic can read."""

    async def _call(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        call_id = fields.text(block.get("id"), f"{param}.id")
        name = fields.text(block.get("name"), f"{param}.name")
        arguments = fields.mapping(block.get("input"), f"{param}.input")
        self._names[call_id] = name
        function = {"name": name, "arguments": dump_json(arguments).decode()}
        turn.calls.append({"id": call_id, "type": "function", "function": function})

    async def _result(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        """A tool message holds text alone, so images follow in the user's own message."""
        call_id = fields.text(block.get("tool_use_id"), f"{param}.tool_use_id")
        result = _Turn()
        content = block.get("content")
        for part, at in _blocks("" if content is None else content, f"{param}.content"):
            kind = fields.one_of(*self._RESULT)(part.get("type"), f"{at}.type")
            await self._RESULT[kind](self, part, at, result)
        texts = []
        for part in result.parts:
            if part["type"] == "image_url":
                turn.parts.append(part)
                texts.append("(An image, shown in the next message.)")
            else:
                texts.append(part["text"])
        text = "\n".join(texts)
        failed = block.get("is_error") is True
        message = {"role": "tool", "tool_call_id": call_id}
        message["content"] = f"Error: {text}" if failed else text
        if call_id in self._names:
            message["name"] = self._names[call_id]
        turn.results.append(message)

    _Reader = Callable[["_Turns", dict[str, Any], str, _Turn], Awaitable[None]]
    _RESULT: Mapping[str, _Reader] = {
        "text": _say,
        "image": _image,
        "document": _document,
        "search_result": _found,
    }
    _ROLES: Mapping[str, Mapping[str, _Reader]] = {
        "user": {**_RESULT, "tool_result": _result},
        "assistant": {
            "text": _say,
            "thinking": _think,
            "redacted_thinking": _pass,
            "tool_use": _call,
        },
        "system": {"text": _say},
    }
