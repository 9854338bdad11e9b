"""Reads the conversation of a request, in every form that clients send, as a list of
:class:`Message`."""

import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from core.web import dump_json
from handlers.reading import fields
from handlers.reading.freeform import write_arguments
from handlers.reading.image_parts import find_image
from handlers.reading.vision import Vision
from workers_ai.catalogue.model import Model
from workers_ai.text.generation import Message


class ConversationReader:
    """Reads the messages of one request, whichever client wrote them."""

    def __init__(self, model: Model, ports: Ports) -> None:
        self._vision = Vision(model, ports)
        self._names: dict[str, str] = {}
        """The names of the functions called, by the ids of their calls."""
        self._next_number = 0
        self._images: list[dict[str, Any]] = []
        """Images in the results before."""
        self._unanswered_calls: OrderedDict[str, None] = OrderedDict()

    async def read(self, messages: Sequence[Any]) -> list[Message]:
        neutral: list[Message] = []
        for place, message in enumerate(messages):
            read = await self.read_message(message, f"messages[{place}]")
            if read["role"] != "tool" and self._images:
                neutral += self.take_images()
            neutral.append(read)
        neutral += self.take_images()
        await self.fetch_images()
        return neutral

    def take_images(self) -> list[Message]:
        """Returns a user's message with the images in the results before, if there are any: no
        model accepts them in a tool's message."""
        images, self._images = self._images, []
        text = {"type": "text", "text": "The images in the results above:"}
        return [{"role": "user", "content": [text, *images]}] if images else []

    async def fetch_images(self) -> None:
        """Fetches the images in what has been read, which have only their addresses before."""
        await self._vision.fetch_images()

    async def read_message(self, message: Any, param: str) -> Message:
        """Reads a message of any role. Raises :class:`BadRequest`."""
        message = fields.mapping(message, param)
        role = self._check_role(message.get("role"), f"{param}.role")
        return await self._READERS[role](self, message, param)

    async def _read_system(self, message: dict[str, Any], param: str) -> Message:
        content = content_as_text(message.get("content"), f"{param}.content")
        return {"role": "system", "content": content}

    async def _read_user(self, message: dict[str, Any], param: str) -> Message:
        content = message.get("content")
        if not isinstance(content, list):
            return {"role": "user", "content": content_as_text(content, f"{param}.content")}
        parts = [
            await self.read_part(part, f"{param}.content[{place}]")
            for place, part in enumerate(content)
        ]
        if all(part["type"] == "text" for part in parts):
            return {"role": "user", "content": "\n".join([part["text"] for part in parts])}
        return {"role": "user", "content": parts}

    async def read_part(self, part: Any, param: str) -> dict[str, Any]:
        """Reads a part of a user's content: text or an image. Raises :class:`BadRequest`."""
        if isinstance(part, str):
            return {"type": "text", "text": part}
        part = fields.mapping(part, param)
        kind = part.get("type")
        if kind in ("text", "input_text"):
            return {"type": "text", "text": fields.text(part.get("text"), f"{param}.text")}
        found = find_image(part)
        if found is None:
            raise BadRequest(
                f"'{param}.type' must be text or an image.",
                param=f"{param}.type",
                code="unsupported_content",
            )
        self._vision.require_vision(param)
        url, place = found
        param = f"{param}.{place}"
        return self._vision.read_image(fields.text(url, param), param)

    async def _read_assistant(self, message: dict[str, Any], param: str) -> Message:
        key = "refusal" if message.get("content") is None else "content"
        content = content_as_text(message.get(key), f"{param}.{key}")
        answer: Message = {"role": "assistant", "content": content}
        thinking = message.get("reasoning_content") or message.get("reasoning")
        if isinstance(thinking, str):
            answer["reasoning"] = thinking
        calls = message.get("tool_calls")
        if not calls and message.get("function_call") is not None:
            calls = [{"function": message["function_call"]}]
        if calls:
            answer["tool_calls"] = [
                self.read_call(call, f"{param}.tool_calls[{place}]")
                for place, call in enumerate(fields.array(calls, f"{param}.tool_calls"))
            ]
        return answer

    def read_call(self, call: Any, param: str) -> dict[str, Any]:
        """Reads a call, nested as OpenAI's or flat as native models', with arguments as text or as
        an object. A call without an id gets one. Raises :class:`BadRequest`."""
        call = fields.mapping(call, param)
        if "custom" in call:
            call = _as_function(call, f"{param}.custom")
        if "function" in call:
            param += ".function"
        function = fields.mapping(call.get("function", call), param)
        name = fields.text(function.get("name"), f"{param}.name")
        arguments = function.get("arguments", function.get("parameters"))
        if not isinstance(arguments, str):
            arguments = "{}" if arguments is None else dump_json(arguments).decode()
        call_id = call.get("id")
        if not isinstance(call_id, str) or not call_id:
            call_id = self._make_id()
        self._names[call_id] = name
        self._unanswered_calls[call_id] = None
        return {
            "id": call_id,
            "type": "function",
            "function": {"name": name, "arguments": arguments.strip() or "{}"},
        }

    def _make_id(self) -> str:
        """Makes the id of a call that came without one."""
        # No number is tried twice: none becomes free again.
        self._next_number = max(self._next_number, len(self._names))
        while f"call_{self._next_number}" in self._names:
            self._next_number += 1
        return f"call_{self._next_number}"

    async def _read_tool_result(self, message: dict[str, Any], param: str) -> Message:
        return await self.read_result(message, f"{param}.content")

    async def read_result(self, message: dict[str, Any], param: str) -> Message:
        """Reads the result of the call that it names, else of the oldest call without a result.
        ``param`` is that of the content."""
        content = message.get("content")
        if not _is_content(content):
            content = json.dumps(content, ensure_ascii=False)
        elif isinstance(content, list):
            content = await self._split_images(content, param)
        call_id = message.get("tool_call_id")
        if not isinstance(call_id, str) or not call_id:
            call_id = next(iter(self._unanswered_calls), "call_0")
        self._unanswered_calls.pop(call_id, None)
        name = self._names.get(call_id, message.get("name"))
        result: Message = {
            "role": "tool",
            "tool_call_id": call_id,
            "content": content_as_text(content, param),
        }
        if isinstance(name, str):
            result["name"] = name
        return result

    async def _split_images(self, content: list[Any], param: str) -> list[Any]:
        """Returns a result's parts without its images, which follow in a user's message."""
        texts = []
        for place, part in enumerate(content):
            if find_image(part) is None:
                texts.append(part)
            else:
                self._images.append(await self.read_part(part, f"{param}[{place}]"))
        return texts or (["(An image, shown in the next message.)"] if content else [])

    _READERS: Mapping[str, Callable[..., Awaitable[Message]]] = {
        "developer": _read_system,
        "system": _read_system,
        "user": _read_user,
        "assistant": _read_assistant,
        "tool": _read_tool_result,
        "function": _read_tool_result,
    }
    _check_role = staticmethod(fields.one_of(*_READERS))


def _as_function(call: Mapping[str, Any], param: str) -> dict[str, Any]:
    """Returns a call of a custom tool as that of a function."""
    custom = fields.mapping(call["custom"], param)
    arguments = write_arguments(fields.text(custom.get("input"), f"{param}.input"))
    return {"id": call.get("id"), "name": custom.get("name"), "arguments": arguments}


def _is_content(content: Any) -> bool:
    """Returns whether this is text or parts: some clients send a tool's result as bare JSON."""
    if isinstance(content, list):
        return all(
            isinstance(part, str) or (isinstance(part, dict) and "type" in part) for part in content
        )
    return content is None or isinstance(content, str)


def content_as_text(content: Any, param: str) -> str:
    """Joins the parts of content to one text; null is the empty text, thinking is dropped. Raises
    :class:`BadRequest` for other parts."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    texts = []
    for place, part in enumerate(fields.text_or_array(content, param)):
        if isinstance(part, str):
            texts.append(part)
            continue
        part = fields.mapping(part, f"{param}[{place}]")
        kind = part.get("type")
        if kind not in ("text", "input_text", "output_text", "refusal", "thinking", "reasoning"):
            raise BadRequest(
                f"'{param}[{place}].type' must be text in a message of this role.",
                param=f"{param}[{place}].type",
                code="unsupported_content",
            )
        if kind in ("thinking", "reasoning"):
            continue
        key = "refusal" if kind == "refusal" else "text"
        texts.append(fields.text(part.get(key), f"{param}[{place}].{key}"))
    return "\n".join(texts)
