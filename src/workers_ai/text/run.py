"""Runs text models: turns a :class:`Generation` into neutral events or a stream of a dialect."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from core.consumption import Consumption
from core.errors import APIError, BadRequest, Overflow
from core.limits import ANSWER_BYTES
from core.ports import Call, Ports, Reply
from core.web import Request, Response, Source, Stream, stream_headers
from workers_ai import client, tokens
from workers_ai.errors import INVALID_IMAGE, INVALID_INPUT, SCHEMA_UNSUPPORTED
from workers_ai.text.answers import read_whole
from workers_ai.text.call_formats.declared import DeclaredTools
from workers_ai.text.conversion import Conversion, Encoder
from workers_ai.text.decoder import Decoder
from workers_ai.text.events import Event, Failure, Reasoning, Usage
from workers_ai.text.forced import demand_call, has_forced_call, no_call
from workers_ai.text.generation import Generation, usable_affinity
from workers_ai.text.image_markers import defuse_markers
from workers_ai.text.inputs import build_inputs, clamp, prompt_parts
from workers_ai.text.stages import Stage, run_stages
from workers_ai.text.stages.channels import Channels
from workers_ai.text.stages.ending import Ending
from workers_ai.text.stages.leaked_calls import LeakedCalls
from workers_ai.text.stages.reasoning import HideReasoning, ReasoningInText
from workers_ai.text.stages.repaired_calls import RepairedCalls
from workers_ai.text.stages.stop import StopSequences
from workers_ai.text.stages.thinking import Thinking
from workers_ai.text.structured import add_usage, check_json, repair_request

AFFINITY = "x-session-affinity"
"""The header by which Workers AI keeps calls on one replica. Agents send it to every API: opencode,
Crush, oh-my-pi."""


class Answers(NamedTuple):
    """Complete answers, one list of events per choice, and headers to send along."""

    choices: list[list[Event]]
    headers: dict[str, str]


class _Draft(NamedTuple):
    """One call before it is made. ``limit`` is the ``max_tokens`` among its inputs."""

    generation: Generation
    inputs: dict[str, Any]
    limit: int


class _Run(NamedTuple):
    """One call under way. ``limit`` is its ``max_tokens``, ``used`` the account of the request."""

    generation: Generation
    reply: Reply
    limit: int
    inputs: Mapping[str, Any]
    used: Consumption

    def make_stages(self, *, whole: bool) -> list[Stage]:
        generation = self.generation
        reasoning = generation.model.reasoning
        thinking = Thinking(
            # ``raw`` inputs bypass the template.
            opened=bool(reasoning and reasoning.thinks_first and not self.inputs.get("raw")),
            may_think=reasoning is None or reasoning.supported,
            limit=self.limit,
            whole=whole,
        )
        stages: list[Stage] = [Channels(), thinking]
        if generation.tools and generation.tool_choice != "none":
            tools = DeclaredTools(generation.tools, generation.tool_origins)
            stages += [RepairedCalls(tools), LeakedCalls(tools)]
        if generation.stop:
            stages.append(StopSequences(generation.stop))
        # Before reasoning is dropped or becomes text: it was paid for.
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
            if type(stage) is Ending:
                usage = stage.usage()
                self.used.add(
                    self.generation.model.id,
                    usage.prompt_tokens,
                    usage.completion_tokens,
                    usage.neurons,
                )

    async def read_events(self) -> list[Event]:
        """Reads the events of the whole answer, be the reply a stream or not."""
        body = await self.reply.read(ANSWER_BYTES)
        try:
            if _is_stream(self.reply):
                decoder = Decoder()
                events = _join_texts(decoder.feed(body) + decoder.close())
            else:
                events = read_whole(body)
            stages = self.make_stages(whole=True)
            events = run_stages(stages, events, is_last=True)
            self.settle(stages)
            if events and isinstance(events[-1], Failure):
                raise events[-1].error
        except APIError as error:
            error.headers.update(client.request_id_header(self.reply))
            raise
        return events


async def complete_text(
    generations: Sequence[Generation], ports: Ports, request: Request
) -> Answers:
    """Runs every generation ``n`` times; returns the answers in that order.

    Where JSON or a tool call was demanded, that is checked. Raises :class:`APIError`.
    """
    runs, headers = await _start(generations, ports, request, streamed=False)
    choices = await _read_answers(runs)
    for index, run in enumerate(runs):
        if run.generation.forces_call:
            choices[index] = await _check_or_demand(choices[index], run.generation, ports, request)
        elif run.generation.json_mode:
            choices[index] = await _check_or_repair(choices[index], run.generation, ports, request)
    return Answers(choices, headers)


async def complete_each(
    generations: Sequence[Generation], ports: Ports, request: Request
) -> list[list[Event] | APIError]:
    """Runs every generation in one call; returns for each its answer or its error.

    JSON is not checked, and nothing is retried.
    """
    drafts = [_Draft(generation, *build_inputs(generation)) for generation in generations]
    answers: list[list[Event] | APIError] = []
    outcomes = await client.try_calls(ports, request, _calls(drafts), tries=1)
    for (generation, inputs, limit), outcome in zip(drafts, outcomes, strict=True):
        if isinstance(outcome, APIError):
            answers.append(outcome)
            continue
        try:
            run = _Run(generation, outcome, limit, inputs, request.used)
            answers.append(await run.read_events())
        except APIError as error:
            answers.append(error)
    return answers


async def stream_text(
    generations: Sequence[Generation], ports: Ports, request: Request, encoder: Encoder
) -> Stream | Response:
    """Runs every generation ``n`` times and streams the answers through ``encoder``.

    JSON is completed before it is sent: it has to be checked, and native models do not stream it.
    So is a tool call that was demanded.
    Raises :class:`APIError` for what goes wrong before the first byte.
    """
    if any(generation.json_mode or generation.forces_call for generation in generations):
        return _respond(await complete_text(generations, ports, request), encoder, request)
    runs, headers = await _start(generations, ports, request, streamed=True)
    if not all(_is_stream(run.reply) for run in runs):
        return _respond(Answers(await _read_answers(runs), headers), encoder, request)
    sources = []
    for index, run in enumerate(runs):
        stages = run.make_stages(whole=False)
        conversion = Conversion(encoder, index, stages, partial(run.settle, stages))
        sources.append(Source(run.reply.stream, conversion))
    return Stream(
        sources,
        encoder.tail,
        encoder.fail,
        ports.settings.stream_flush_bytes,
        # What can be said before the model says anything: its first word may take long.
        head=b"".join(encoder.encode(index, []) for index in range(len(runs))),
        keep_alive=request.dialect.keep_alive,
        headers={**stream_headers(request), **headers},
        first_byte_seconds=ports.settings.model_timeout,
    )


# --- starting calls --------------------------------------------------------------------------


async def _start(
    generations: Sequence[Generation], ports: Ports, request: Request, *, streamed: bool
) -> tuple[list[_Run], dict[str, str]]:
    """Starts all calls; returns them and the headers that say how they are served.

    Of three kinds of refusals each is retried once: of a schema, of too many tokens, and of text
    that is taken for an image.
    """
    drafts = _draft_calls(generations, streamed=streamed)
    header = request.header(AFFINITY)
    affinity = usable_affinity(header) if header else None
    try:
        replies = await client.run(ports, request, _calls(drafts, affinity))
    except BadRequest as error:
        if _is_schema_refused(error, generations[0]):
            in_words = [generation._replace(schema_in_words=True) for generation in generations]
            return await _start(in_words, ports, request, streamed=streamed)
        amended = _with_shorter_answers(drafts, error) or _with_harmless_text(drafts, error)
        if amended is None:
            raise _complete_error(error, drafts) from None
        drafts = amended
        try:
            replies = await client.run(ports, request, _calls(drafts, affinity))
        except BadRequest as second:
            raise _complete_error(second, drafts) from None
    headers = {
        "x-model-served": drafts[0].generation.model.id,
        **client.request_id_header(replies[0]),
    }
    runs = [
        _Run(generation, reply, limit, inputs, request.used)
        for (generation, inputs, limit), reply in zip(drafts, replies, strict=True)
    ]
    return runs, headers


def _draft_calls(generations: Iterable[Generation], *, streamed: bool) -> list[_Draft]:
    """Drafts a call for every choice of every generation."""
    drafts = []
    for generation in generations:
        for choice in (generation,) if generation.n == 1 else _choices(generation):
            draft = _Draft(choice, *build_inputs(choice))
            if streamed:
                draft.inputs["stream"] = True
                if generation.report_stop_sequence:
                    # A model that stops a stream itself does not say at which of them.
                    draft.inputs.pop("stop", None)
            drafts.append(draft)
    return drafts


def _choices(generation: Generation) -> list[Generation]:
    """Returns a generation for each choice; they differ by seed if a seed was given."""
    n, options = generation.n, generation.options
    if "seed" not in options:
        return [generation] * n
    # Counted from what the model accepts: clamped later, some would be the same again.
    first = clamp(generation.model, "seed", options["seed"])
    last = clamp(generation.model, "seed", first + n - 1)
    step = 1 if last - first == n - 1 else -1
    return [
        generation._replace(options={**options, "seed": first + step * number})
        for number in range(n)
    ]


_SCHEMA_REFUSALS = frozenset({SCHEMA_UNSUPPORTED, "json_validate_failed", INVALID_INPUT})
"""Codes of refusals that a schema may have caused. An invalid input is one of them, as a model that
the catalogue does not know may want it in another form, and an engine may not know a keyword of
it."""


def _is_schema_refused(error: BadRequest, generation: Generation) -> bool:
    """Whether the call may succeed when the schema is described in the prompt instead."""
    is_sent = generation.schema is not None and not generation.schema_in_words
    return is_sent and error.code in _SCHEMA_REFUSALS


def _with_shorter_answers(drafts: Sequence[_Draft], error: BadRequest) -> list[_Draft] | None:
    """Lowers ``max_tokens`` by what the service counted more in the input than was estimated here.

    Returns None if the error is about something else, or if nothing would remain for an answer.
    """
    overflow = error.overflow
    excess = overflow.tokens - overflow.window if overflow else 0
    if not excess or any(draft.limit <= excess for draft in drafts):
        return None
    shorter = []
    for generation, inputs, limit in drafts:
        limit -= excess
        shorter.append(_Draft(generation, {**inputs, "max_tokens": limit}, limit))
    return shorter


def _with_harmless_text(drafts: Sequence[_Draft], error: BadRequest) -> list[_Draft] | None:
    """Changes the text that the service may have taken for an image; None if there is none."""
    if error.code != INVALID_IMAGE:
        return None
    changed = [draft._replace(inputs=defuse_markers(draft.inputs)) for draft in drafts]
    return None if changed == drafts else changed


def _complete_error(error: BadRequest, drafts: Sequence[_Draft]) -> BadRequest:
    """Adds what the service does not say: the param, and the estimated numbers of an overflow."""
    if error.code not in ("context_length_exceeded", INVALID_IMAGE):
        return error
    first = drafts[0]
    error.param = "messages" if "messages" in first.inputs else "prompt"
    window = first.generation.model.context_window
    if error.code != INVALID_IMAGE and error.overflow is None and window:
        taken = max(map(_estimate_tokens, drafts))
        error.overflow = Overflow(max(taken, window + 1), window)
    return error


def _estimate_tokens(draft: _Draft) -> int:
    return sum(map(tokens.estimate, prompt_parts(draft.inputs))) + draft.limit


def _calls(drafts: Sequence[_Draft], affinity: str | None = None) -> list[Call]:
    """Returns the calls. ``affinity``: that of the request's header, which wins."""
    calls = []
    for generation, inputs, _ in drafts:
        replica = affinity or generation.affinity
        headers = {AFFINITY: replica} if replica else {}
        calls.append(Call(generation.model.id, inputs, headers))
    return calls


# --- reading answers -------------------------------------------------------------------------


async def _read_answers(runs: Sequence[_Run]) -> list[list[Event]]:
    """Reads the answers of all runs. When one fails, the bodies after it are cancelled."""
    answers: list[list[Event]] = []
    try:
        for run in runs:
            answers.append(await run.read_events())
    except APIError:
        for run in runs[len(answers) + 1 :]:
            await run.reply.cancel()
        raise
    return answers


def _is_stream(reply: Reply) -> bool:
    return (reply.header("content-type") or "").startswith("text/event-stream")


def _join_texts(events: Sequence[Event]) -> list[Event]:
    """Joins neighbouring texts, also those with usage between them, as an answer that was not
    streamed has them."""
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


def _respond(answers: Answers, encoder: Encoder, request: Request) -> Response:
    """Writes complete answers as the stream that was asked for."""
    body = b"".join(encoder.encode(index, events) for index, events in enumerate(answers.choices))
    return Response(body + encoder.tail(), 200, {**stream_headers(request), **answers.headers})


async def _check_or_repair(
    events: list[Event], generation: Generation, ports: Ports, request: Request
) -> list[Event]:
    """Returns the answer as the JSON that was asked for; the model repairs a wrong one, once."""
    first = check_json(events, generation.schema)
    if not first.problems:
        return first.events
    try:
        repair = [repair_request(generation, first)]
        runs, _ = await _start(repair, ports, request, streamed=False)
        second = check_json(await runs[0].read_events(), generation.schema)
    except APIError:
        if not first.is_passable(generation.schema):
            raise
        return first.events
    best = second if second.is_passable(generation.schema) else first
    return add_usage(first.events, second.events, to=best.accept(generation.schema))


async def _check_or_demand(
    events: list[Event], generation: Generation, ports: Ports, request: Request
) -> list[Event]:
    """Returns the answer with the tool call that it must have; the model is asked for it twice."""
    if has_forced_call(events, generation):
        return events
    demand = [demand_call(generation, events)]
    runs, _ = await _start(demand, ports, request, streamed=False)
    second = await runs[0].read_events()
    if not has_forced_call(second, generation):
        raise no_call()
    return add_usage(events, second, to=second)
