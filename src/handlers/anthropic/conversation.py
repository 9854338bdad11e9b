"""Anthropic's messages, made of content blocks, to the messages of a :class:`Generation`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from core.errors import BadRequest
from core.web import dump_json
from handlers.reading import fields
from handlers.reading.vision import Vision

Block = tuple[dict[str, Any], str]
"""A content block and its ``param``."""


def read_system(values: Mapping[str, Any]) -> list[dict[str, Any]]:
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


class Conversation:
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
            self._vision.require_vision(param)
            turn.parts.append(await self._vision.read_image(url, param))

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

    _Reader = Callable[["Conversation", dict[str, Any], str, _Turn], Awaitable[None]]
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
