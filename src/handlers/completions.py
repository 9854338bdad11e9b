"""``POST /v1/completions``: OpenAI's older text completions, which editors and relays still use."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from errors import BadRequest
from handlers import fields
from handlers.chunks import Chunks, envelope, pieces, usage_json
from handlers.fields import Field, read_json
from handlers.sampling import SAMPLING, affinity, stops, wants_usage
from ports import Ports
from web import Request, Response, Stream, json_response
from workers_ai import text
from workers_ai.catalogue import resolve
from workers_ai.events import Event, Finish, Reasoning, Token, Usage
from workers_ai.generation import Generation
from workers_ai.inputs import takes
from workers_ai.model import Model

TASK = "Text Generation"
MOST_CHOICES = 24
"""Prompts times ``n``: each is a call, and the Free plan has a budget of them."""

FIELDS = (
    Field("model", fields.text),
    *SAMPLING,
    Field("suffix", fields.text, remark="by the model's own tokens, or in words"),
    Field("echo", fields.boolean),
    Field("logprobs", fields.within(fields.integer, 0, 5), remark="400 where the model has none"),
    Field("best_of", fields.within(fields.integer, 1, 20), remark="no more than n"),
    Field("prompt"),  # read below: a string or an array
)

_FILL = (
    "The user's text has a gap at <gap/>. Answer with exactly the text that belongs into the gap, "
    "with no explanation, no quotation marks and no code fence."
)


async def create(request: Request, ports: Ports) -> Response | Stream:
    """A text completion of one or several prompts, streamed or not."""
    body = await read_json(request)
    values = fields.read(body, FIELDS)
    model = await resolve(fields.required(values, "model"), TASK, ports)
    prompts = _prompts(body.get("prompt"))
    n = values.get("n", 1)
    if len(prompts) * n > MOST_CHOICES:
        raise BadRequest(
            f"At most {MOST_CHOICES} completions can be made in one request.",
            param="prompt",
            code="invalid_value",
        )
    if values.get("best_of", n) > n:
        raise BadRequest(
            "'best_of' cannot be more than n: no model here ranks its answers.",
            param="best_of",
            code="unsupported_value",
        )
    generations = [_generation(model, prompt, values) for prompt in prompts]
    echoes = [prompt for prompt in prompts for _ in range(n)] if values.get("echo") else []
    if values.get("stream"):
        encoder = TextChunks(
            envelope("cmpl-", "text_completion", values["model"]),
            len(prompts) * n,
            include_usage=wants_usage(values),
        )
        encoder.echoes = echoes
        return await text.stream(generations, ports, request, encoder)
    answers = await text.complete(generations, ports, request)
    usages = (event for events in answers.choices for event in events if isinstance(event, Usage))
    answer = {
        **envelope("cmpl-", "text_completion", values["model"]),
        "choices": [
            {"index": index, **_choice([*echoes[index : index + 1], *events])}
            for index, events in enumerate(answers.choices)
        ],
        "usage": usage_json(usages),
    }
    return json_response(answer, headers=answers.headers)


def _prompts(prompt: Any) -> list[str]:
    if isinstance(prompt, list) and prompt and isinstance(prompt[0], int | list):
        raise BadRequest(
            "'prompt' must be text: token ids mean nothing to the models here.",
            param="prompt",
            code="unsupported_value",
        )
    prompts: list[str] = fields.strings(MOST_CHOICES)(prompt, "prompt")
    if not prompts or not all(prompts):
        raise BadRequest("'prompt' must not be empty.", param="prompt", code="invalid_value")
    return prompts


def _generation(model: Model, prompt: str, values: Mapping[str, Any]) -> Generation:
    options = fields.options(dict(values), FIELDS)
    if values.get("logprobs") is not None:
        if not takes(model, "logprobs"):
            raise BadRequest(
                "This model gives no log probabilities.",
                param="logprobs",
                code="unsupported_parameter",
            )
        options["logprobs"] = values["logprobs"]
    suffix = values.get("suffix")
    messages: Sequence[Mapping[str, Any]] = ()
    given: str | None = prompt
    if suffix and not model.fim:
        gap = f"{prompt}<gap/>{suffix}"
        messages = ({"role": "system", "content": _FILL}, {"role": "user", "content": gap})
        given, suffix = None, None
    return Generation(
        model=model,
        messages=messages,
        prompt=given,
        suffix=suffix or None,
        max_tokens=values.get("max_tokens"),
        options=options,
        stop=stops(values),
        n=values.get("n", 1),
        effort="none",  # there is no place for thinking in this dialect
        affinity=affinity(values),
    )


def _choice(events: Iterable[Event]) -> dict[str, Any]:
    texts: list[str] = []
    thoughts: list[str] = []
    logprobs: dict[str, list[Any]] = {}
    reason = "stop"
    for event in events:
        if isinstance(event, str):
            texts.append(event)
        elif isinstance(event, Reasoning):
            thoughts.append(event.text)
        elif isinstance(event, Token):
            for key, entries in _logprobs(event).items():
                logprobs.setdefault(key, []).extend(entries)
            texts.append(event.text)
        elif isinstance(event, Finish):
            reason = event.reason
    choice: dict[str, Any] = {
        "text": "".join(texts),
        "logprobs": logprobs or None,
        "finish_reason": reason,
    }
    if thoughts:
        choice["reasoning_content"] = "".join(thoughts)
    return choice


def _logprobs(token: Token) -> dict[str, list[Any]]:
    """The four lists of this dialect, also where the model answers in chat's form."""
    given = token.logprobs
    entries = given.get("content")
    if not isinstance(entries, list):
        return {key: value for key, value in given.items() if isinstance(value, list)}
    tops = [
        {top["token"]: top["logprob"] for top in entry.get("top_logprobs") or ()}
        for entry in entries
    ]
    return {
        "tokens": [entry["token"] for entry in entries],
        "token_logprobs": [entry["logprob"] for entry in entries],
        "top_logprobs": tops,
    }


class TextChunks(Chunks):
    """The chunks of a streamed text completion; ``echoes`` holds each choice's prompt, if asked."""

    text_choice = '"text":%s,"logprobs":null,"finish_reason":null'
    echoes: Sequence[str] = ()

    def first(self, index: int) -> Iterable[dict[str, Any]]:
        echoes = self.echoes[index : index + 1]
        return [self._piece(piece) for echo in echoes for piece in pieces(echo)]

    def special(self, event: Event) -> Iterable[dict[str, Any]]:
        if isinstance(event, str):
            return [self._piece(piece) for piece in pieces(event)]
        if isinstance(event, Reasoning):
            return [{**self._piece(""), "reasoning_content": piece} for piece in pieces(event.text)]
        if isinstance(event, Token):
            return [{**self._piece(event.text), "logprobs": _logprobs(event)}]
        if isinstance(event, Finish):
            return [{**self._piece(""), "finish_reason": event.reason}]
        return ()

    @staticmethod
    def _piece(piece: str) -> dict[str, Any]:
        return {"text": piece, "logprobs": None, "finish_reason": None}
