"""Runs text models: a :class:`Generation` in, neutral events or a stream of a dialect out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from core.consumption import Consumption
from core.errors import APIError, BadRequest
from core.ports import Call, Ports, Reply
from core.web import Request, Response, Source, Stream, stream_headers
from workers_ai import client, tokens
from workers_ai.errors import SCHEMA_UNSUPPORTED
from workers_ai.text.answers import read_whole
from workers_ai.text.decoder import Decoder
from workers_ai.text.events import Event, Failure, Reasoning, Usage
from workers_ai.text.generation import Generation
from workers_ai.text.inputs import build, clamp, prompt_parts
from workers_ai.text.stages import Stage, run_stages
from workers_ai.text.stages.ending import Ending
from workers_ai.text.stages.leaked_calls import LeakedCalls
from workers_ai.text.stages.reasoning import HideReasoning, ReasoningInText
from workers_ai.text.stages.stop import StopSequences
from workers_ai.text.stages.thinking import Thinking
from workers_ai.text.structured import check, repair_request, with_both_usages


class Encoder(Protocol):
    """Writes one answer in one dialect. ``index`` is the choice that the events belong to."""

    def encode(self, index: int, events: list[Event]) -> bytes: ...

    def tail(self) -> bytes:
        """What ends a good answer, after every choice has ended."""

    def fail(self, cause: Exception) -> bytes:
        """What ends a broken one; of other than :class:`APIError` nothing is told."""


class Answers(NamedTuple):
    """Complete answers, one list of events per choice, and headers to send along."""

    choices: list[list[Event]]
    headers: dict[str, str]


class _Run(NamedTuple):
    """One call under way. ``limit`` is its ``max_tokens``, ``inputs`` all that it was given,
    ``used`` the account of the request."""

    generation: Generation
    reply: Reply
    limit: int
    inputs: Mapping[str, Any]
    used: Consumption

    def stages(self, *, whole: bool) -> list[Stage]:
        generation = self.generation
        reasoning = generation.model.reasoning
        thinking = Thinking(
            # ``raw`` inputs go around the template.
            opened=bool(reasoning and reasoning.thinks_first and not self.inputs.get("raw")),
            may_think=reasoning is None or reasoning.supported,
            limit=self.limit,
            whole=whole,
        )
        stages: list[Stage] = [thinking]
        if generation.tools and generation.tool_choice != "none":
            stages.append(LeakedCalls({tool["name"] for tool in generation.tools}))
        if generation.stop:
            stages.append(StopSequences(generation.stop))
        # Before the reasoning goes or becomes text: it was paid for.
        stages.append(Ending(limit=self.limit, prompt_tokens=self._prompt_tokens))
        if generation.reasoning_format == "hidden":
            stages.append(HideReasoning())
        elif generation.reasoning_format == "raw" and not generation.json_mode:
            stages.append(ReasoningInText())
        return stages

    def _prompt_tokens(self) -> int:
        return sum(map(tokens.estimate, prompt_parts(self.inputs)))

    def settle(self, stages: Sequence[Stage]) -> None:
        """Adds what the call has used, as its stages have seen it, to the request's account."""
        for stage in stages:
            if isinstance(stage, Ending):
                usage = stage.usage()
                self.used.add(
                    self.generation.model.id,
                    usage.prompt_tokens,
                    usage.completion_tokens,
                    usage.neurons,
                )

    async def answer(self) -> list[Event]:
        """The events of the whole answer, whatever the reply turned out to be."""
        body = await self.reply.read()
        try:
            if _is_stream(self.reply):
                decoder = Decoder()
                events = _joined(decoder.feed(body) + decoder.close())
            else:
                events = read_whole(body)
            stages = self.stages(whole=True)
            events = run_stages(stages, events, is_last=True)
            self.settle(stages)
            if events and isinstance(events[-1], Failure):
                raise events[-1].error
        except APIError as error:
            error.headers.update(client.request_id_header(self.reply))
            raise
        return events


async def complete(generations: Sequence[Generation], ports: Ports, request: Request) -> Answers:
    """Runs every generation ``n`` times and gives the answers in that order, checked where JSON
    was asked for. Raises :class:`APIError`."""
    runs, headers = await _start(generations, ports, request, streamed=False)
    choices = await _answers(runs)
    for index, run in enumerate(runs):
        if run.generation.json_mode:
            choices[index] = await _checked(choices[index], run.generation, ports, request)
    return Answers(choices, headers)


async def complete_each(
    generations: Sequence[Generation], ports: Ports, request: Request
) -> list[list[Event] | APIError]:
    """Runs every generation in one call; for each its answer or its error. JSON is not checked, and
    nothing is a reason to ask again."""
    each = [(generation, *build(generation)) for generation in generations]
    answers: list[list[Event] | APIError] = []
    outcomes = await client.try_calls(ports, request, _calls(each), tries=1)
    for (generation, inputs, limit), outcome in zip(each, outcomes, strict=True):
        if isinstance(outcome, APIError):
            answers.append(outcome)
            continue
        try:
            run = _Run(generation, outcome, limit, inputs, request.used)
            answers.append(await run.answer())
        except APIError as error:
            answers.append(error)
    return answers


async def _answers(runs: Sequence[_Run]) -> list[list[Event]]:
    """The answers of all runs. When one fails, the bodies of those after it are given up."""
    answers: list[list[Event]] = []
    try:
        for run in runs:
            answers.append(await run.answer())
    except APIError:
        for run in runs[len(answers) + 1 :]:
            await run.reply.cancel()
        raise
    return answers


async def stream(
    generations: Sequence[Generation], ports: Ports, request: Request, encoder: Encoder
) -> Stream | Response:
    """Runs every generation ``n`` times and streams the answers through ``encoder``.

    JSON answers are checked, and native models do not stream them, so those are made whole
    first. Raises :class:`APIError` for what goes wrong before the first byte.
    """
    if any(generation.json_mode for generation in generations):
        return _at_once(await complete(generations, ports, request), encoder, request)
    runs, headers = await _start(generations, ports, request, streamed=True)
    if not all(_is_stream(run.reply) for run in runs):
        return _at_once(Answers(await _answers(runs), headers), encoder, request)
    sources = []
    for index, run in enumerate(runs):
        stages = run.stages(whole=False)
        conversion = Conversion(encoder, index, stages, partial(run.settle, stages))
        sources.append(Source(run.reply.stream, conversion))
    return Stream(
        sources,
        encoder.tail,
        encoder.fail,
        ports.settings.stream_flush_bytes,
        headers={**stream_headers(request), **headers},
    )


def _each(generations: Sequence[Generation]) -> Iterator[Generation]:
    """Every choice's generation. The choices of one differ by seed where a seed was given."""
    for generation in generations:
        if generation.n == 1 or "seed" not in generation.options:
            yield from [generation] * generation.n
            continue
        # Counted from what the model takes: clamped later, some would be the same again.
        first = clamp(generation.model, "seed", generation.options["seed"])
        last = clamp(generation.model, "seed", first + generation.n - 1)
        step = 1 if last - first == generation.n - 1 else -1
        for number in range(generation.n):
            options = {**generation.options, "seed": first + step * number}
            yield generation._replace(options=options)


_SCHEMA_MAY_BE_WHY = frozenset({SCHEMA_UNSUPPORTED, "json_validate_failed", None})
"""Codes of refusals that a schema may have caused. None, as a model that the catalogue does not
know may want it in another form, and an engine may not know one of its keywords."""


async def _start(
    generations: Sequence[Generation], ports: Ports, request: Request, *, streamed: bool
) -> tuple[list[_Run], dict[str, str]]:
    """Starts all calls; also gives the headers that tell how they are served."""
    each = [(generation, *build(generation)) for generation in _each(generations)]
    for generation, inputs, _ in each if streamed else ():
        inputs["stream"] = True
        if generation.tells_stop:
            # A stream that stops itself does not say for which of them; the stage here knows.
            inputs.pop("stop", None)
    try:
        replies = await client.run(ports, request, _calls(each))
    except BadRequest as error:
        told_in_words = generations[0].schema is None or generations[0].schema_in_words
        if error.code in _SCHEMA_MAY_BE_WHY and not told_in_words:
            told = [generation._replace(schema_in_words=True) for generation in generations]
            return await _start(told, ports, request, streamed=streamed)
        # The service counted more input than was estimated here: give it what it has left.
        over = error.context_overflow
        if not over or any(limit <= over for _, _, limit in each):
            raise
        each = [
            (generation, {**inputs, "max_tokens": limit - over}, limit - over)
            for generation, inputs, limit in each
        ]
        replies = await client.run(ports, request, _calls(each))
    headers = {"x-model-served": each[0][0].model.id, **client.request_id_header(replies[0])}
    runs = [
        _Run(generation, reply, limit, inputs, request.used)
        for (generation, inputs, limit), reply in zip(each, replies, strict=True)
    ]
    return runs, headers


def _calls(each: Sequence[tuple[Generation, dict[str, Any], int]]) -> list[Call]:
    return [
        Call(
            generation.model.id,
            inputs,
            {"x-session-affinity": generation.affinity} if generation.affinity else {},
        )
        for generation, inputs, _ in each
    ]


def _is_stream(reply: Reply) -> bool:
    return (reply.header("content-type") or "").startswith("text/event-stream")


def _joined(events: Sequence[Event]) -> list[Event]:
    """Neighbouring texts as one, as an answer that was not streamed has them, also where there is
    usage between them."""
    out: list[Event] = [event for event in events if isinstance(event, Usage)]
    for kind, group in groupby((e for e in events if not isinstance(e, Usage)), type):
        if kind is str:
            out.append("".join(event for event in group if isinstance(event, str)))
        elif kind is Reasoning:
            thoughts = (event.text for event in group if isinstance(event, Reasoning))
            out.append(Reasoning("".join(thoughts)))
        else:
            out.extend(group)
    return out


def _at_once(answers: Answers, encoder: Encoder, request: Request) -> Response:
    body = b"".join(encoder.encode(index, events) for index, events in enumerate(answers.choices))
    return Response(body + encoder.tail(), 200, {**stream_headers(request), **answers.headers})


async def _checked(
    events: list[Event], generation: Generation, ports: Ports, request: Request
) -> list[Event]:
    """The answer as the JSON that was asked for; a wrong one is repaired by the model, once."""
    first = check(events, generation.schema)
    if not first.problems:
        return first.events
    try:
        again = [repair_request(generation, first)]
        runs, _ = await _start(again, ports, request, streamed=False)
        second = check(await runs[0].answer(), generation.schema)
    except APIError:
        if not first.passable(generation.schema):
            raise
        return first.events
    best = second if second.passable(generation.schema) else first
    return with_both_usages(first.events, second.events, best.accept(generation.schema))


class Conversion:
    """One upstream stream on its way into one choice of a dialect: :class:`Converter`."""

    def __init__(
        self,
        encoder: Encoder,
        index: int,
        stages: Sequence[Stage],
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        self._decoder = Decoder()
        self._encoder = encoder
        self._index = index
        self._stages = stages
        self.settle = settle
        self._stop = next((stage for stage in stages if isinstance(stage, StopSequences)), None)
        self.failed = False

    @property
    def events(self) -> int:
        return self._decoder.events

    @property
    def done(self) -> bool:
        return self._stop is not None and self._stop.done

    def feed(self, data: bytes) -> bytes:
        if self.failed:
            return b""
        return self._encode(run_stages(self._stages, self._decoder.feed(data), is_last=False))

    def close(self) -> bytes:
        """The rest; after ``done`` the upstream is not expected to have ended well."""
        if self.failed:
            return b""
        events = [] if self.done else self._decoder.close()
        return self._encode(run_stages(self._stages, events, is_last=True))

    def _encode(self, events: list[Event]) -> bytes:
        if events and isinstance(events[-1], Failure):
            self.failed = True
            written = self._encoder.encode(self._index, events[:-1])
            return written + self._encoder.fail(events[-1].error)
        return self._encoder.encode(self._index, events) if events else b""
