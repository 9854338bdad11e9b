"""Input items to the messages of a :class:`Generation`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from handlers.reading import fields
from handlers.reading.conversation import ConversationReader, content_as_text
from workers_ai.catalogue.model import Model

STATELESS = "nothing is stored here; send the whole conversation as input"


class InputReader:
    """Brings input items into messages. What a model said in one turn, its thinking, words and
    calls, are items of their own here and one message there."""

    def __init__(self, model: Model, ports: Ports, instructions: str | None) -> None:
        self._reader = ConversationReader(model, ports)
        self._messages: list[dict[str, Any]] = []
        if instructions:
            self._messages.append({"role": "system", "content": instructions})
        self._thoughts: list[str] = []
        """Of the turn that comes next."""
        self._images: list[dict[str, Any]] = []
        """Of the results before: no model takes them in a tool's message."""

    async def read(self, items: Sequence[Any]) -> list[dict[str, Any]]:
        for place, item in enumerate(items):
            param = f"input[{place}]"
            item = fields.mapping(item, param)
            # Both kinds may leave their type out.
            kind = item.get("type") or ("message" if "role" in item else "item_reference")
            if kind == "item_reference":
                raise BadRequest(
                    f"'{param}' refers to an item, but {STATELESS}.",
                    param=param,
                    code="unsupported_value",
                )
            reader = self._KINDS[fields.one_of(*self._KINDS)(kind, f"{param}.type")]
            if kind != "function_call_output":
                self._show_images()
            await reader(self, item, param)
        self._show_images()
        return self._messages

    async def _message(self, item: dict[str, Any], param: str) -> None:
        message = await self._reader.read_message(item, param)
        if message["role"] == "assistant":
            self._say(message)
        else:
            self._thoughts = []  # an answer never came of them
            self._messages.append(message)

    async def _call(self, item: dict[str, Any], param: str) -> None:
        call = self._reader.read_call({**item, "id": item.get("call_id")}, param)
        last = self._messages[-1] if self._messages else {}
        if last.get("role") != "assistant" or self._thoughts:
            last = {"role": "assistant", "content": ""}
            self._say(last)
        last.setdefault("tool_calls", []).append(call)

    async def _result(self, item: dict[str, Any], param: str) -> None:
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

    async def _reasoning(self, item: dict[str, Any], param: str) -> None:
        """The thinking itself, else its summary. What is given in ciphers only another service
        could read."""
        for name in ("content", "summary"):
            parts = fields.array(item.get(name) or [], f"{param}.{name}")
            for place, part in enumerate(parts):
                part = fields.mapping(part, f"{param}.{name}[{place}]")
                text = fields.text(part.get("text"), f"{param}.{name}[{place}].text")
                self._thoughts.append(text)
            if parts:
                return

    def _say(self, message: dict[str, Any]) -> None:
        if self._thoughts:
            message["reasoning"] = "\n".join(self._thoughts)
            self._thoughts = []
        self._messages.append(message)

    def _show_images(self) -> None:
        if self._images:
            text = {"type": "text", "text": "The images in the results above:"}
            self._messages.append({"role": "user", "content": [text, *self._images]})
            self._images = []

    _KINDS: Mapping[str, Callable[["InputReader", dict[str, Any], str], Awaitable[None]]] = {
        "message": _message,
        "function_call": _call,
        "function_call_output": _result,
        "reasoning": _reasoning,
    }
