"""``POST /v1/completions``: OpenAI's older text completions, which editors and relays still use."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.errors import BadRequest
from core.limits import COMPLETION_CHOICES
from core.ports import Ports
from core.web import Request, Response, Stream, json_response
from handlers.openai.chat.request import TEXT_GENERATION
from handlers.openai.chunks import Chunks, split_text, write_envelope, write_usage
from handlers.openai.logprobs import Entry, read_entries, require_logprobs, split_token, write_lists
from handlers.reading import fields
from handlers.reading.fields import Field, read_fields, read_json, require_field, select_options
from handlers.reading.sampling import SAMPLING, read_affinity, read_stops, wants_usage
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Model
from workers_ai.text.events import Event, Finish, Reasoning, Token, Usage
from workers_ai.text.generation import Generation
from workers_ai.text.run import complete_text, stream_text


def _check_prompts(value: Any, param: str) -> list[str]:
    if isinstance(value, list) and value and isinstance(value[0], int | list):
        raise BadRequest(
            f"'{param}' must be text: token ids mean nothing to the models here.",
            param=param,
            code="unsupported_value",
        )
    prompts: list[str] = fields.strings(COMPLETION_CHOICES)(value, param)
    if not prompts or not all(prompts):
        raise BadRequest(f"'{param}' must not be empty.", param=param, code="invalid_value")
    return prompts


FIELDS = (
    Field("model", fields.model_name),
    *SAMPLING,
    Field("suffix", fields.text, remark="by the model's own tokens, or in words"),
    Field("echo", fields.boolean),
    Field("logprobs", fields.within(fields.integer, 0, 5), remark="400 where the model has none"),
    Field("best_of", fields.within(fields.integer, 0, 20), remark="no more than n"),
    Field("prompt", _check_prompts, remark="a string or an array of them"),
)

_FILL_INSTRUCTION = (
    "The user's text has a gap at <gap/>. Answer with exactly the text that belongs into the gap, "
    "with no explanation, no quotation marks and no code fence."
)


async def create(request: Request, ports: Ports) -> Response | Stream:
    """Creates text completions of one or several prompts, streamed or not."""
    values = read_fields(await read_json(request), FIELDS)
    model = await resolve_model(require_field(values, "model"), TEXT_GENERATION, ports)
    prompts = require_field(values, "prompt")
    n = values.get("n", 1)
    if len(prompts) * n > COMPLETION_CHOICES:
        raise BadRequest(
            f"At most {COMPLETION_CHOICES} completions can be made in one request.",
            param="prompt",
            code="invalid_value",
        )
    if values.get("best_of", n) > n:
        raise BadRequest(
            "'best_of' cannot be more than n: no model here ranks its answers.",
            param="best_of",
            code="unsupported_value",
        )
    generations = [_build_generation(model, prompt, values) for prompt in prompts]
    echoes = [prompt for prompt in prompts for _ in range(n)] if values.get("echo") else []
    if values.get("stream"):
        encoder = TextChunks(
            write_envelope("cmpl-", "text_completion", values["model"], model.id),
            len(prompts) * n,
            include_usage=wants_usage(values),
        )
        encoder.echoes = echoes
        return await stream_text(generations, ports, request, encoder)
    answers = await complete_text(generations, ports, request)
    usages = [event for events in answers.choices for event in events if type(event) is Usage]
    answer = {
        **write_envelope("cmpl-", "text_completion", values["model"], model.id),
        "choices": [
            {"index": index, **_write_choice(events, "".join(echoes[index : index + 1]))}
            for index, events in enumerate(answers.choices)
        ],
        "usage": write_usage(usages),
    }
    return json_response(answer, headers=answers.headers)


def _build_generation(model: Model, prompt: str, values: Mapping[str, Any]) -> Generation:
    options = select_options(dict(values), FIELDS)
    if values.get("logprobs") is not None:
        require_logprobs(model, "logprobs")
        options["logprobs"] = values["logprobs"]
    suffix = values.get("suffix")
    messages: Sequence[Mapping[str, Any]] = ()
    whole_prompt: str | None = prompt
    if suffix and not model.fim:
        gap = f"{prompt}<gap/>{suffix}"
        messages = (
            {"role": "system", "content": _FILL_INSTRUCTION},
            {"role": "user", "content": gap},
        )
        whole_prompt, suffix = None, None
    return Generation(
        model=model,
        messages=messages,
        prompt=whole_prompt,
        suffix=suffix or None,
        max_tokens=values.get("max_tokens"),
        options=options,
        stop=read_stops(values),
        n=values.get("n", 1),
        effort="none",  # there is no place for thinking in this dialect
        affinity=read_affinity(values),
    )


def _write_choice(events: Iterable[Event], echo: str) -> dict[str, Any]:
    texts = [echo]
    thoughts: list[str] = []
    logprobs: list[Entry] = []
    reason = "stop"
    for event in events:
        if type(event) is str:
            texts.append(event)
        elif type(event) is Reasoning:
            thoughts.append(event.text)
        elif type(event) is Token:
            logprobs += read_entries(event.logprobs)
            texts.append(event.text)
        elif type(event) is Finish:
            reason = _name_reason(event)
    choice: dict[str, Any] = {
        "text": "".join(texts),
        "logprobs": write_lists(logprobs, len(echo)),
        "finish_reason": reason,
    }
    if thoughts:
        choice["reasoning_content"] = "".join(thoughts)
    return choice


def _name_reason(event: Finish) -> str:
    """Returns the finish reason; this dialect has none for tool calls."""
    return "stop" if event.reason == "tool_calls" else event.reason


class TextChunks(Chunks):
    """Writes the chunks of a text completion. ``echoes``: each choice's prompt, if asked for."""

    text_choice = '"text":%s,"logprobs":null,"finish_reason":null'
    echoes: Sequence[str] = ()

    def __init__(self, envelope: dict[str, Any], choices: int, *, include_usage: bool) -> None:
        super().__init__(envelope, choices, include_usage=include_usage)
        self._offsets = [0] * choices

    def open_choice(self, index: int) -> Iterable[dict[str, Any]]:
        echo = "".join(self.echoes[index : index + 1])
        self._offsets[index] = len(echo)
        return [self._write_piece(piece) for piece in split_text(echo)]

    def write_event(self, index: int, event: Event) -> Iterable[dict[str, Any]]:
        if type(event) is str:
            return [self._write_piece(piece) for piece in split_text(event)]
        if type(event) is Reasoning:
            return [
                {**self._write_piece(""), "reasoning_content": piece}
                for piece in split_text(event.text)
            ]
        if type(event) is Token:
            return [self._write_scored(index, *portion) for portion in split_token(event)]
        if type(event) is Finish:
            return [{**self._write_piece(""), "finish_reason": _name_reason(event)}]
        return ()

    def _write_scored(self, index: int, piece: str, entries: list[Entry]) -> dict[str, Any]:
        logprobs = write_lists(entries, self._offsets[index])
        self._offsets[index] += sum(len(entry["token"]) for entry in entries)
        return {**self._write_piece(piece), "logprobs": logprobs}

    @staticmethod
    def _write_piece(piece: str) -> dict[str, Any]:
        return {"text": piece, "logprobs": None, "finish_reason": None}
