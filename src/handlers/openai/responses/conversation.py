"""Reads input items as the messages of a :class:`Generation`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from core.errors import BadRequest, NotFound
from core.ports import Ports
from handlers.reading import fields
from handlers.reading.conversation import ConversationReader, content_as_text
from workers_ai.catalogue.model import Model
from workers_ai.text.generation import Message


class InputReader:
    """Reads input items. Thinking, text and calls of a model's turn are an item each, and become
    one message."""

    def __init__(self, model: Model, ports: Ports, instructions: str | None) -> None:
        self._reader = ConversationReader(model, ports)
        self._messages: list[Message] = []
        if instructions:
            self._messages.append({"role": "system", "content": instructions})
        self._thoughts: list[str] = []
        """Thinking of the turn that comes next."""
        self._images: list[dict[str, Any]] = []
        """Images in the results before: no model accepts them in a tool's message."""

    async def read(
        self, items: Sequence[Any], earlier: Sequence[Any] = (), *, load_images: bool = True
    ) -> list[Message]:
        """Reads the items in order, after those of an ``earlier`` conversation. Raises
        :class:`BadRequest`."""
        for place, item in enumerate([*earlier, *items], -len(earlier)):
            param = f"input[{place}]" if place >= 0 else "previous_response_id"
            item = fields.mapping(item, param)
            # Messages and references may come without a type.
            kind = item.get("type") or ("message" if "role" in item else "item_reference")
            if kind == "item_reference":
                raise _reference_error(item, param)
            reader = self._READERS[self._check_type(kind, f"{param}.type")]
            if kind != "function_call_output":
                self._add_images()
            await reader(self, item, param)
        self._add_images()
        if load_images:
            await self._reader.fetch_images()
        return self._messages

    async def _read_message(self, item: dict[str, Any], param: str) -> None:
        message = await self._reader.read_message(item, param)
        if message["role"] == "assistant":
            self._add_answer(message)
        else:
            self._thoughts = []  # no answer followed them
            self._messages.append(message)

    async def _read_call(self, item: dict[str, Any], param: str) -> None:
        call = self._reader.read_call({**item, "id": item.get("call_id")}, param)
        last = self._messages[-1] if self._messages else None
        if last is None or last["role"] != "assistant" or self._thoughts:
            last = {"role": "assistant", "content": ""}
            self._add_answer(last)
        last.setdefault("tool_calls", []).append(call)

    async def _read_result(self, item: dict[str, Any], param: str) -> None:
        output = item.get("output")
        if isinstance(output, list):
            parts = [
                await self._reader.read_part(part, f"{param}.output[{place}]")
                for place, part in enumerate(output)
            ]
            self._images += [part for part in parts if part["type"] != "text"]
            output = [part for part in parts if part["type"] == "text"]
        content = content_as_text(output, f"{param}.output")
        result = {"role": "tool", "tool_call_id": item.get("call_id"), "content": content}
        self._messages.append(await self._reader.read_message(result, param))

    async def _read_reasoning(self, item: dict[str, Any], param: str) -> None:
        """Reads the thinking itself, else its summary. Only OpenAI can read encrypted thinking."""
        for name in ("content", "summary"):
            parts = fields.array(item.get(name) or [], f"{param}.{name}")
            for place, part in enumerate(parts):
                part = fields.mapping(part, f"{param}.{name}[{place}]")
                text = fields.text(part.get("text"), f"{param}.{name}[{place}].text")
                self._thoughts.append(text)
            if parts:
                return

    def _add_answer(self, message: Message) -> None:
        if self._thoughts:
            message["reasoning"] = "\n".join(self._thoughts)
            self._thoughts = []
        self._messages.append(message)

    def _add_images(self) -> None:
        if self._images:
            text = {"type": "text", "text": "The images in the results above:"}
            self._messages.append({"role": "user", "content": [text, *self._images]})
            self._images = []

    _READERS: Mapping[str, Callable[["InputReader", dict[str, Any], str], Awaitable[None]]] = {
        "message": _read_message,
        "function_call": _read_call,
        "function_call_output": _read_result,
        "reasoning": _read_reasoning,
    }
    _check_type = staticmethod(fields.one_of(*_READERS))


def _reference_error(item: Mapping[str, Any], param: str) -> BadRequest:
    """Returns the error for a reference to an item that is not stored."""
    fields.text(item.get("id"), f"{param}.id")
    return NotFound(
        f"'{param}' refers to an item that is not stored: its answer has `store: false`, or has "
        "expired or been deleted. Send the item itself.",
        param=param,
        code="item_not_found",
    )
