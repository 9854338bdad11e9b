"""Reads Anthropic's messages, which consist of content blocks, as those of a
:class:`Generation`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Literal

from core.errors import BadRequest
from core.web import dump_json
from handlers.reading import fields
from handlers.reading.foreign import find_text
from handlers.reading.vision import Vision
from workers_ai.text.generation import Message

Role = Literal["user", "assistant", "system"]
Block = tuple[dict[str, Any], str]
"""A content block and its ``param``."""

_check_source = fields.one_of("base64", "url")


def read_system(values: Mapping[str, Any]) -> list[Message]:
    """Returns the system prompt as at most one message."""
    blocks = _read_blocks(values.get("system", ""), "system")
    for block, param in blocks:
        fields.one_of("text")(block.get("type"), f"{param}.type")
    text = _join_texts(blocks)
    return [{"role": "system", "content": text}] if text else []


def _read_blocks(content: Any, param: str) -> list[Block]:
    """Reads content as blocks; a string is one block of text."""
    content = fields.text_or_array(content, param)
    if isinstance(content, str):
        return [({"type": "text", "text": content}, param)]
    params = [f"{param}[{place}]" for place in range(len(content))]
    return [(fields.mapping(*block), block[1]) for block in zip(content, params, strict=True)]


def _read_text(block: Mapping[str, Any], param: str) -> str:
    return str(fields.text(block.get("text"), f"{param}.text"))


def _join_texts(blocks: Sequence[Block]) -> str:
    """Returns the text of text blocks."""
    return "\n".join(text for block, param in blocks if (text := _read_text(block, param)))


def _write_heading(block: Mapping[str, Any]) -> str:
    lines = (block.get("title"), block.get("context"))
    return "\n".join(line for line in lines if isinstance(line, str))


class _Turn:
    """All blocks of one role until the other role's turn."""

    def __init__(self) -> None:
        self.parts: list[dict[str, Any]] = []
        """Texts and images, in order."""
        self.thoughts: list[str] = []
        self.calls: list[dict[str, Any]] = []
        self.results: list[Message] = []

    def add_text(self, text: str) -> None:
        if text:
            self.parts.append({"type": "text", "text": text})

    @property
    def content(self) -> str | list[dict[str, Any]]:
        if any(part["type"] != "text" for part in self.parts):
            return self.parts
        return "\n".join(part["text"] for part in self.parts)


class ConversationReader:
    """Reads the messages of one request."""

    def __init__(self, vision: Vision | None) -> None:
        self._vision = vision
        self._names: dict[str, str] = {}
        """The names of the tools, by the ids of their calls."""

    async def read(self, messages: Sequence[Any]) -> list[Message]:
        """Returns neutral messages. Consecutive messages of a role are one turn, as at
        Anthropic."""
        turns: list[tuple[Role, list[Block]]] = []
        for place, message in enumerate(messages):
            param = f"messages[{place}]"
            message = fields.mapping(message, param)
            role = self._check_role(message.get("role"), f"{param}.role")
            blocks = _read_blocks(message.get("content"), f"{param}.content")
            if turns and turns[-1][0] == role:
                turns[-1][1].extend(blocks)
            else:
                turns.append((role, blocks))
        if not turns:
            raise BadRequest(
                "'messages' must not be empty.", param="messages", code="invalid_value"
            )
        if turns[-1][0] == "assistant":
            # No model here continues a prefilled answer; it would start another one.
            raise BadRequest(
                "The models here do not support prefilling the assistant's answer: 'messages' "
                "must end with the user's.",
                param="messages",
                code="unsupported_value",
            )
        neutral = [
            message for role, blocks in turns for message in await self._read_turn(role, blocks)
        ]
        if self._vision is not None:
            await self._vision.fetch_images()
        return neutral

    async def _read_turn(self, role: Role, blocks: Sequence[Block]) -> list[Message]:
        readers = self.READERS[role]
        turn = _Turn()
        for block, param in blocks:
            kind = fields.text(block.get("type"), f"{param}.type")
            await readers.get(kind, _add_other)(self, block, param, turn)
        message: Message = {"role": role, "content": turn.content}
        if turn.thoughts:
            message["reasoning"] = "\n".join(turn.thoughts)
        if turn.calls:
            message["tool_calls"] = turn.calls
        # Results come right after the calls, before the user's own text.
        return [*turn.results, *([message] if turn.parts or not turn.results else [])]

    async def _add_text(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        turn.add_text(_read_text(block, param))

    async def _add_image(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        param += ".source"
        source = fields.mapping(block.get("source"), param)
        kind = _check_source(source.get("type"), f"{param}.type")
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
            turn.parts.append(self._vision.read_image(url, param))

    async def _add_document(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        """Adds a document that is text. No model here reads PDFs."""
        source = fields.mapping(block.get("source"), f"{param}.source")
        if source.get("type") == "content":
            turn.add_text(_write_heading(block))
            for part, part_param in _read_blocks(source.get("content"), f"{param}.source.content"):
                kind = fields.text(part.get("type"), f"{part_param}.type")
                await self._PART_READERS.get(kind, _add_other)(self, part, part_param, turn)
            return
        if source.get("type") != "text":
            raise BadRequest(
                f"'{param}.source.type' must be text: no other documents can be read here. Send "
                "the pages as images, to a model with vision, or as text.",
                param=f"{param}.source.type",
                code="unsupported_content",
            )
        text = fields.text(source.get("data"), f"{param}.source.data")
        turn.add_text("\n".join(filter(None, [_write_heading(block), text])))

    async def _add_search_result(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        """Adds a search result of the client's own, with its title and source."""
        blocks = _read_blocks(block.get("content"), f"{param}.content")
        heading = [fields.text(block.get(name), f"{param}.{name}") for name in ("title", "source")]
        turn.add_text("\n".join([*heading, _join_texts(blocks)]))

    async def _add_thinking(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        turn.thoughts.append(fields.text(block.get("thinking"), f"{param}.thinking"))

    async def _ignore(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        """Ignores encrypted thinking, which only Anthropic can read."""

    async def _add_call(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        call_id = fields.text(block.get("id"), f"{param}.id")
        name = fields.text(block.get("name"), f"{param}.name")
        arguments = fields.mapping(block.get("input"), f"{param}.input")
        self._names[call_id] = name
        function = {"name": name, "arguments": dump_json(arguments).decode()}
        turn.calls.append({"id": call_id, "type": "function", "function": function})

    async def _add_result(self, block: dict[str, Any], param: str, turn: _Turn) -> None:
        """Adds a tool's result. Its message has text alone, so images follow in the user's
        message."""
        call_id = fields.text(block.get("tool_use_id"), f"{param}.tool_use_id")
        result = _Turn()
        content = block.get("content")
        for part, part_param in _read_blocks(
            "" if content is None else content, f"{param}.content"
        ):
            kind = fields.text(part.get("type"), f"{part_param}.type")
            await self._PART_READERS.get(kind, _add_other)(self, part, part_param, result)
        texts = []
        for part in result.parts:
            if part["type"] == "image_url":
                turn.parts.append(part)
                texts.append("(An image, shown in the next message.)")
            else:
                texts.append(part["text"])
        text = "\n".join(texts)
        is_error = block.get("is_error") is True
        content = f"Error: {text}" if is_error else text
        message: Message = {"role": "tool", "tool_call_id": call_id, "content": content}
        if call_id in self._names:
            message["name"] = self._names[call_id]
        turn.results.append(message)

    _Reader = Callable[["ConversationReader", dict[str, Any], str, _Turn], Awaitable[None]]
    _PART_READERS: Mapping[str, _Reader] = {
        "text": _add_text,
        "image": _add_image,
        "document": _add_document,
        "search_result": _add_search_result,
    }
    """By the types of blocks that a tool's result may have."""
    READERS: Mapping[Role, Mapping[str, _Reader]] = {
        "user": {**_PART_READERS, "tool_result": _add_result},
        "assistant": {
            "text": _add_text,
            "thinking": _add_thinking,
            "redacted_thinking": _ignore,
            "tool_use": _add_call,
        },
        "system": {"text": _add_text},
    }
    """By the roles, and the types of blocks that each may have."""
    _check_role = staticmethod(fields.one_of(*READERS))


async def _add_other(
    reader: ConversationReader, block: dict[str, Any], param: str, turn: _Turn
) -> None:
    """Adds the text in what has been run or is kept at Anthropic, if there is any. Raises
    :class:`BadRequest` for a block of another role, and for media."""
    if "source" in block or block["type"] in _TYPES:
        raise BadRequest(
            f"'{param}.type' must be one of those that this role may have here.",
            param=f"{param}.type",
            code="unsupported_content",
        )
    turn.add_text(find_text(block))


_TYPES = {kind for readers in ConversationReader.READERS.values() for kind in readers}
