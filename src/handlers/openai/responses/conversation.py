"""Reads input items as the messages of a :class:`Generation`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from core.errors import BadRequest, NotFound
from core.ports import Ports
from handlers.reading import fields
from handlers.reading.conversation import ConversationReader
from handlers.reading.foreign import find_text
from handlers.reading.freeform import write_arguments
from handlers.reading.tools import join_name
from workers_ai.catalogue.model import Model
from workers_ai.text.generation import Message

_CLIENT_CALLS = {
    "apply_patch_call": "operation",
    "computer_call": "action",
    "local_shell_call": "action",
    "shell_call": "action",
}
"""Types of calls that the client runs, and where they have their arguments. The types of their
results end with ``_output``."""
_HOSTED_CALLS = {
    "code_interpreter_call": "code",
    "file_search_call": "queries",
    "mcp_call": "arguments",
}
"""Types of calls that OpenAI runs, with their results in the same item. Others have none that can
be read."""
_ARGUMENTS = {**_CLIENT_CALLS, **_HOSTED_CALLS}


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
            reader = self._READERS.get(fields.text(kind, f"{param}.type"))
            if reader is None:
                continue  # of what runs or is kept at OpenAI
            if not kind.endswith("_output"):
                self._messages += self._reader.take_images()
            await reader(self, item, param)
        self._messages += self._reader.take_images()
        if not self._messages:
            raise BadRequest(
                "'input' holds nothing that can be read here.", param="input", code="invalid_value"
            )
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
        name = fields.text(item.get("name"), f"{param}.name")
        self._add_call(item, join_name(item.get("namespace"), name), item.get("arguments"), param)

    async def _read_custom_call(self, item: dict[str, Any], param: str) -> None:
        name = fields.text(item.get("name"), f"{param}.name")
        input = fields.text(item.get("input"), f"{param}.input")
        name = join_name(item.get("namespace"), name)
        self._add_call(item, name, write_arguments(input), param)

    async def _read_other_call(self, item: dict[str, Any], param: str) -> None:
        """Reads a call of a tool that the client runs, but that is no function."""
        self._add_call(item, item["type"].removesuffix("_call"), _find_arguments(item), param)

    async def _read_hosted_call(self, item: dict[str, Any], param: str) -> None:
        """Reads a call that was run elsewhere, with its result. Without one nothing is lost."""
        result = find_text(
            {name: item.get(name) for name in ("output", "outputs", "results", "error")}
        )
        if result:
            name = item.get("name")
            item = {**item, "call_id": item.get("id")}
            name = name if isinstance(name, str) else item["type"].removesuffix("_call")
            self._add_call(item, name, _find_arguments(item), param)
            await self._add_result(item, result, param)

    def _add_call(self, item: dict[str, Any], name: str, arguments: Any, param: str) -> None:
        call_id = item.get("call_id") or item.get("id")
        call = self._reader.read_call({"id": call_id, "name": name, "arguments": arguments}, param)
        last = self._messages[-1] if self._messages else None
        if last is None or last["role"] != "assistant" or self._thoughts:
            last = {"role": "assistant", "content": ""}
            self._add_answer(last)
        last.setdefault("tool_calls", []).append(call)

    async def _read_result(self, item: dict[str, Any], param: str) -> None:
        await self._add_result(item, item.get("output"), param)

    async def _read_other_result(self, item: dict[str, Any], param: str) -> None:
        """Reads the result of such a call: a text, or an object with some."""
        output = item.get("output")
        if isinstance(output, dict) and output.get("type") == "computer_screenshot":
            return await self._read_result(
                {**item, "output": [{**output, "type": "input_image"}]}, param
            )
        await self._add_result(item, find_text(output), param)

    async def _add_result(self, item: dict[str, Any], content: Any, param: str) -> None:
        call_id = item.get("call_id") or item.get("id")
        result = {"role": "tool", "tool_call_id": call_id, "content": content}
        self._messages.append(await self._reader.read_result(result, f"{param}.output"))

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

    _READERS: Mapping[str, Callable[["InputReader", dict[str, Any], str], Awaitable[None]]] = {
        "message": _read_message,
        "function_call": _read_call,
        "function_call_output": _read_result,
        "custom_tool_call": _read_custom_call,
        "custom_tool_call_output": _read_result,
        "reasoning": _read_reasoning,
        **dict.fromkeys(_CLIENT_CALLS, _read_other_call),
        **dict.fromkeys([f"{kind}_output" for kind in _CLIENT_CALLS], _read_other_result),
        **dict.fromkeys(_HOSTED_CALLS, _read_hosted_call),
    }


def _find_arguments(item: Mapping[str, Any]) -> Any:
    key = _ARGUMENTS[item["type"]]
    value = item.get(key)
    return value if key == "arguments" or isinstance(value, dict) else {key: value}


def find_added_tools(items: Sequence[Any], first: int = 0) -> list[tuple[Any, str]]:
    """Returns the tools that items declare, each with its ``param``. ``first`` is the number of the
    first item."""
    return [
        (tool, f"input[{place}].tools[{number}]" if place >= 0 else "previous_response_id")
        for place, item in enumerate(items, first)
        if isinstance(item, dict) and item.get("type") in ("additional_tools", "tool_search_output")
        for number, tool in enumerate(
            fields.array(item.get("tools") or [], f"input[{place}].tools")
        )
    ]


def _reference_error(item: Mapping[str, Any], param: str) -> BadRequest:
    """Returns the error for a reference to an item that is not stored."""
    fields.text(item.get("id"), f"{param}.id")
    return NotFound(
        f"'{param}' refers to an item that is not stored: its answer has `store: false`, or has "
        "expired or been deleted. Send the item itself.",
        param=param,
        code="item_not_found",
    )
