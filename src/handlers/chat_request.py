"""``POST /v1/chat/completions`` requests to a :class:`Generation`.

Fields and shapes follow OpenAI's published schema, and what clients send besides it.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import images
from errors import BadRequest, TooLarge
from handlers import fields
from handlers.fields import Field
from handlers.sampling import SAMPLING, affinity, stops
from ports import Ports
from web import dump_json
from workers_ai.catalogue import resolve
from workers_ai.generation import Generation, Schema
from workers_ai.inputs import EFFORTS, takes
from workers_ai.model import Model

TASK = "Text Generation"

FIELDS = (
    Field("model", fields.text),
    Field("messages", fields.array),
    Field("max_completion_tokens", fields.within(fields.integer, 1, None), remark="wins"),
    *SAMPLING,
    Field("logprobs", fields.boolean, remark="400 where the model has none"),
    Field("top_logprobs", fields.within(fields.integer, 0, 20)),
    Field("tools", fields.array),
    Field("tool_choice", fields.text_or_mapping),
    Field("parallel_tool_calls", fields.boolean, option=True),
    Field("functions", fields.array, remark="the older form of tools"),
    Field("function_call", fields.text_or_mapping, remark="the older form of tool_choice"),
    Field("response_format", fields.mapping),
    Field("reasoning_effort", fields.one_of(*EFFORTS)),
    Field("modalities", fields.strings(4), remark="text only"),
    Field("prediction", fields.mapping, option=True),
    # Sent by many clients, of other servers' schemas.
    Field("chat_template_kwargs", fields.mapping, remark="vLLM"),
    Field("enable_thinking", fields.boolean, remark="Qwen"),
    Field("thinking", fields.mapping, remark="DeepSeek, GLM, Anthropic: {type}"),
    Field("reasoning", fields.mapping, remark="OpenRouter: {effort, enabled, exclude}"),
    Field("include_reasoning", fields.boolean, remark="OpenRouter"),
    Field("reasoning_format", fields.one_of("parsed", "hidden", "raw"), remark="Groq"),
    # Accepted and ignored on purpose: nothing here stores, bills, searches or speaks.
    Field("audio", remark="only read with modalities, which must be text"),
    Field("metadata", remark="for OpenAI's stored completions"),
    Field("moderation", remark="has its own endpoint"),
    Field("prompt_cache_options", remark="Workers AI caches by itself"),
    Field("prompt_cache_retention", remark="Workers AI caches by itself"),
    Field("safety_identifier", remark="for OpenAI's abuse monitoring"),
    Field("service_tier", remark="there is one"),
    Field("store", remark="nothing is stored"),
    Field("verbosity", remark="no model here has it"),
    Field("web_search_options", remark="no model here searches"),
)


async def read(body: dict[str, Any], ports: Ports) -> tuple[dict[str, Any], Generation]:
    """The checked fields and the generation they ask for."""
    values = fields.read(body, FIELDS)
    messages = fields.required(values, "messages")
    model = await resolve(fields.required(values, "model"), TASK, ports)
    if not messages:
        raise BadRequest("'messages' must not be empty.", param="messages", code="invalid_value")
    if set(values.get("modalities", ())) - {"text"}:
        raise BadRequest(
            "This model answers with text only.", param="modalities", code="unsupported_value"
        )
    tools, choice, tool_name = _tools(values)
    json_mode, schema = _response_format(values.get("response_format"))
    options = fields.options(values, FIELDS)
    options.update(_logprobs(values, model))
    generation = Generation(
        model=model,
        messages=await _Messages(model, ports).read(messages),
        max_tokens=values.get("max_completion_tokens", values.get("max_tokens")),
        options=options,
        stop=stops(values),
        n=values.get("n", 1),
        tools=tools,
        tool_choice=choice,
        tool_name=tool_name,
        json_mode=json_mode,
        schema=schema,
        effort=_effort(values),
        reasoning_format=_reasoning_format(values),
        template=values.get("chat_template_kwargs", {}),
        affinity=affinity(values),
    )
    return values, generation


# --- small fields ----------------------------------------------------------------------------


def _logprobs(values: Mapping[str, Any], model: Model) -> dict[str, Any]:
    if not values.get("logprobs"):
        return {}
    if not takes(model, "logprobs"):
        raise BadRequest(
            "This model gives no log probabilities.", param="logprobs", code="unsupported_parameter"
        )
    top = {"top_logprobs": values["top_logprobs"]} if "top_logprobs" in values else {}
    return {"logprobs": True, **top}


def _effort(values: Mapping[str, Any]) -> str | None:
    """The first that says something of: effort by name, then the switches of other servers."""
    reasoning = values.get("reasoning", {})
    if "reasoning_effort" in values:
        return str(values["reasoning_effort"])
    if reasoning.get("effort") is not None:
        return str(fields.one_of(*EFFORTS)(reasoning["effort"], "reasoning.effort"))
    switches = (
        values.get("enable_thinking"),
        reasoning.get("enabled"),
        {"enabled": True, "adaptive": True, "disabled": False}.get(
            str(values.get("thinking", {}).get("type"))
        ),
    )
    for switch in switches:
        if isinstance(switch, bool):
            return "medium" if switch else "none"
    return None


def _reasoning_format(values: Mapping[str, Any]) -> str:
    hidden = values.get("include_reasoning") is False
    hidden |= values.get("reasoning", {}).get("exclude") is True
    return str(values.get("reasoning_format", "hidden" if hidden else "parsed"))


def _response_format(value: Mapping[str, Any] | None) -> tuple[bool, Schema | None]:
    """JSON mode or not, and the schema: in OpenAI's envelope (nested, or flat as the Responses API
    has it), or bare as other servers take it."""
    if value is None:
        return False, None
    kinds = fields.one_of("text", "json_object", "json_schema")
    kind = kinds(value.get("type"), "response_format.type")
    if kind == "text":
        return False, None
    given = value.get("json_schema")
    if given is None and value.get("schema") is not None:
        given = value
    if given is None and kind == "json_object":
        return True, None
    given = fields.mapping(given, "response_format.json_schema")
    if given.get("schema") is None:
        bare = given.keys() - {"name", "description", "strict", "schema"}
        return True, Schema(given) if bare else None
    name, description = given.get("name"), given.get("description")
    return True, Schema(
        fields.mapping(given["schema"], "response_format.json_schema.schema"),
        name if isinstance(name, str) and name else "answer",
        description if isinstance(description, str) else None,
        given.get("strict") is True,
    )


# --- tools -----------------------------------------------------------------------------------

_NO_PARAMETERS = {"type": "object", "properties": {}}


def _tools(values: Mapping[str, Any]) -> tuple[list[dict[str, Any]], str, str | None]:
    """Function objects, the choice (auto, none, required, named) and the named one."""
    tools = [
        _function(tool, f"tools[{place}]") for place, tool in enumerate(values.get("tools", ()))
    ]
    tools += [
        _function(function, f"functions[{place}]")
        for place, function in enumerate(values.get("functions", ()))
    ]
    param = "tool_choice" if "tool_choice" in values else "function_call"
    given = values.get(param)
    if not tools or given is None:
        return tools, "auto", None
    if isinstance(given, dict) and given.get("type") == "allowed_tools":
        return _allowed(given, tools)
    if isinstance(given, dict):
        function = given.get("function")
        name = (function if isinstance(function, dict) else given).get("name")
        _check_declared(name, tools, param)
        return tools, "named", str(name)
    choice = fields.one_of("auto", "none", "required", "any")(given, param)
    return tools, "required" if choice == "any" else str(choice), None


def _allowed(
    given: Mapping[str, Any], tools: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], str, None]:
    allowed = given.get("allowed_tools", given)
    allowed = fields.mapping(allowed, "tool_choice.allowed_tools")
    mode = fields.one_of("auto", "required")(allowed.get("mode"), "tool_choice.allowed_tools.mode")
    listed = fields.array(allowed.get("tools"), "tool_choice.allowed_tools.tools")
    names = []
    for place, tool in enumerate(listed):
        param = f"tool_choice.allowed_tools.tools[{place}]"
        names.append(_function(tool, param)["name"])
        _check_declared(names[-1], tools, param)
    return [tool for tool in tools if tool["name"] in names], str(mode), None


def _check_declared(name: Any, tools: list[dict[str, Any]], param: str) -> None:
    if name not in [tool["name"] for tool in tools]:
        raise BadRequest(
            f"'{param}' must name one of the declared tools.", param=param, code="invalid_value"
        )


def _function(tool: Any, param: str) -> dict[str, Any]:
    """A declared tool, nested or flat, as name, description and parameters. Descriptions that are
    no text are dropped, as Workers AI refuses them."""
    tool = fields.mapping(tool, param)
    kind = tool.get("type", "function")
    if kind != "function":
        raise BadRequest(
            f"'{param}.type' must be function; no other tools run here.",
            param=f"{param}.type",
            code="unsupported_value",
        )
    if "function" in tool:
        param += ".function"
    function = fields.mapping(tool.get("function", tool), param)
    name = fields.text(function.get("name"), f"{param}.name")
    parameters = function.get("parameters")
    if parameters is None:
        parameters = _NO_PARAMETERS
    description = function.get("description")
    return {
        "name": name,
        "description": description if isinstance(description, str) else "",
        "parameters": fields.mapping(parameters, f"{param}.parameters"),
    }


# --- messages --------------------------------------------------------------------------------


class _Messages:
    """Brings a history into one shape, whatever client wrote it."""

    def __init__(self, model: Model, ports: Ports) -> None:
        self._model = model
        self._ports = ports
        self._names: dict[str, str] = {}
        self._open_calls: list[str] = []
        self._images_left = fields.MAX_BODY

    async def read(self, messages: Sequence[Any]) -> list[dict[str, Any]]:
        return [
            await self._message(message, f"messages[{place}]")
            for place, message in enumerate(messages)
        ]

    async def _message(self, message: Any, param: str) -> dict[str, Any]:
        message = fields.mapping(message, param)
        role = fields.one_of(*self._ROLES)(message.get("role"), f"{param}.role")
        return await self._ROLES[role](self, message, param)

    async def _system(self, message: dict[str, Any], param: str) -> dict[str, Any]:
        return {"role": "system", "content": _flat(message.get("content"), f"{param}.content")}

    async def _user(self, message: dict[str, Any], param: str) -> dict[str, Any]:
        content = message.get("content")
        if not isinstance(content, list):
            return {"role": "user", "content": _flat(content, f"{param}.content")}
        parts = [
            await self._part(part, f"{param}.content[{place}]")
            for place, part in enumerate(content)
        ]
        if all(part["type"] == "text" for part in parts):
            return {"role": "user", "content": "\n".join(part["text"] for part in parts)}
        return {"role": "user", "content": parts}

    async def _part(self, part: Any, param: str) -> dict[str, Any]:
        if isinstance(part, str):
            return {"type": "text", "text": part}
        part = fields.mapping(part, param)
        kind = part.get("type")
        if kind in ("text", "input_text"):
            return {"type": "text", "text": fields.text(part.get("text"), f"{param}.text")}
        if kind not in ("image_url", "input_image"):
            raise BadRequest(
                f"'{param}.type' must be text or image_url.",
                param=f"{param}.type",
                code="unsupported_content",
            )
        if self._model.vision is False:
            raise BadRequest(
                "This model does not see images; choose one whose capabilities in /v1/models "
                "include vision.",
                param=param,
                code="unsupported_content",
            )
        image = part.get("image_url")
        url = image.get("url") if isinstance(image, dict) else image
        param = f"{param}.image_url"
        data = await images.load(fields.text(url, param), self._ports.fetch, param)
        # Fetched images are held to what the body could have carried: an isolate has 128 MB.
        self._images_left -= len(data)
        if self._images_left < 0:
            raise TooLarge("The images of this request are larger than 25 MB in all.", param=param)
        return {"type": "image_url", "image_url": {"url": data}}

    async def _assistant(self, message: dict[str, Any], param: str) -> dict[str, Any]:
        key = "refusal" if message.get("content") is None else "content"
        content = _flat(message.get(key), f"{param}.{key}")
        out: dict[str, Any] = {"role": "assistant", "content": content}
        thinking = message.get("reasoning_content") or message.get("reasoning")
        if isinstance(thinking, str):
            out["reasoning"] = thinking
        calls = message.get("tool_calls")
        if not calls and message.get("function_call") is not None:
            calls = [{"function": message["function_call"]}]
        if calls:
            out["tool_calls"] = [
                self._call(call, f"{param}.tool_calls[{place}]")
                for place, call in enumerate(fields.array(calls, f"{param}.tool_calls"))
            ]
        return out

    def _call(self, call: Any, param: str) -> dict[str, Any]:
        """Nested as OpenAI has it or flat as native models have it; arguments text or object."""
        call = fields.mapping(call, param)
        if "function" in call:
            param += ".function"
        function = fields.mapping(call.get("function", call), param)
        name = fields.text(function.get("name"), f"{param}.name")
        arguments = function.get("arguments", function.get("parameters"))
        if not isinstance(arguments, str):
            arguments = "{}" if arguments is None else dump_json(arguments).decode()
        call_id = call.get("id")
        if not isinstance(call_id, str) or not call_id:
            call_id = f"call_{len(self._names)}"
        self._names[call_id] = name
        self._open_calls.append(call_id)
        return {
            "id": call_id,
            "type": "function",
            "function": {"name": name, "arguments": arguments.strip() or "{}"},
        }

    async def _tool(self, message: dict[str, Any], param: str) -> dict[str, Any]:
        """A result belongs to the call it names, or else to the oldest one without a result."""
        content = message.get("content")
        if not _is_content(content):
            content = json.dumps(content, ensure_ascii=False)
        call_id = message.get("tool_call_id")
        if not isinstance(call_id, str) or not call_id:
            call_id = self._open_calls[0] if self._open_calls else "call_0"
        if call_id in self._open_calls:
            self._open_calls.remove(call_id)
        name = self._names.get(call_id, message.get("name"))
        out = {
            "role": "tool",
            "tool_call_id": call_id,
            "content": _flat(content, f"{param}.content"),
        }
        if isinstance(name, str):
            out["name"] = name
        return out

    _ROLES: Mapping[str, Callable[..., Awaitable[dict[str, Any]]]] = {
        "developer": _system,
        "system": _system,
        "user": _user,
        "assistant": _assistant,
        "tool": _tool,
        "function": _tool,
    }


def _is_content(content: Any) -> bool:
    """Whether this is text or parts; some clients send a tool's result as the JSON that it is."""
    if isinstance(content, list):
        return all(
            isinstance(part, str) or (isinstance(part, dict) and "type" in part) for part in content
        )
    return content is None or isinstance(content, str)


def _flat(content: Any, param: str) -> str:
    """Content as one string; null is the empty one. Parts other than text are refused."""
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
