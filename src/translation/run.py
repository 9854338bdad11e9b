"""All that one request asks of the memory and the models."""

from collections.abc import Sequence

from core.errors import APIError, BadRequest, TooLarge
from core.ports import MAX_PARALLEL_CALLS, Ports
from core.web import Request
from storage import ledger
from storage.translations import Memory
from translation import guards
from translation.engines.engine import Engine, Outcome
from translation.plan import Group, Step, Unit, leaves, untranslated
from translation.text.masks import restore_masks
from workers_ai.client import BACKOFF
from workers_ai.errors import RETRYABLE

CALLS = 45
"""Calls to models in one request: the Free plan has 50 subrequests, and the memory needs some."""

_FINAL = frozenset({"daily_neurons_exhausted"})
"""Codes of errors that the other engine would meet too."""


class Run:
    """One request's calls. ``headers`` tell which models have translated."""

    def __init__(self, ports: Ports, request: Request) -> None:
        self._ports = ports
        self._request = request
        self._memory = Memory(ports.database, ports.settings.translation_memory_ttl)
        self._calls_left = CALLS
        self._cut_short = False
        """Whether something was not asked for want of calls."""
        self._asked: dict[str, Unit] = {}
        """What the memory does not know, by its keys there."""
        self._models: dict[str, None] = {}
        self._characters = 0
        self._neurons = 0.0

    @property
    def headers(self) -> dict[str, str]:
        return {"x-model-served": ", ".join(self._models)} if self._models else {}

    async def translate(self, groups: Sequence[Group]) -> None:
        """Gives every unit its translation, as far as that goes.

        What is done is remembered even where this raises in the end: what
        :func:`translate` does.
        """
        chains = [(group, await group.steps(self._ports)) for group in groups]
        asked = self._asked
        for group, (first, *_) in chains:
            key = group.key_maker(first.engine)
            units = group.cut(group.units.values(), first.engine)
            asked.update((key(unit.text), unit) for unit in units)
        for known, text in (await self._memory.recall(asked)).items():
            asked.pop(known).result = text
        try:
            await self._work(chains)
        finally:
            await self._keep()
        units = [unit for group in groups for unit in group.units.values()]
        _judge(units)
        if self._cut_short and untranslated(units):
            raise APIError(
                f"The models left too much out for the {CALLS} calls that a request has. Send it "
                "again, as what is done is remembered, or fewer texts at a time.",
                code="translation_incomplete",
                status=503,
                headers={"retry-after": "1"},
            )

    async def _work(self, chains: Sequence[tuple[Group, Sequence[Step]]]) -> None:
        firsts = [
            _batches(untranslated(group.units.values()), first.engine)
            for group, (first, *_) in chains
        ]
        planned = sum(map(len, firsts))
        if planned > CALLS:
            raise TooLarge(
                f"This would take {planned} calls to the models and a request has {CALLS}: send "
                "fewer or shorter texts at a time."
            )
        # What is sure to be asked goes before what may have to be asked again.
        for (group, (first, *_)), batches in zip(chains, firsts, strict=True):
            await self._step(group, first.engine, batches)
        for group, (_, *others) in chains:
            for step in others:
                units = untranslated(group.units.values())
                if not units:
                    break
                if step.is_retry:
                    batches = await self._again(units, step.engine)
                else:
                    batches = _batches(group.cut(units, step.engine), step.engine)
                await self._step(group, step.engine, batches)

    async def _again(self, units: Sequence[Unit], engine: Engine) -> list[list[Unit]]:
        """What to ask again, after a breath where that is what helps."""
        failed = [unit for unit in units if unit.error and unit.error.code in RETRYABLE]
        if failed and self._calls_left:
            await self._ports.sleep(BACKOFF)
        return [[unit] for unit in units if unit.left_out] + _batches(failed, engine)

    async def _step(self, group: Group, engine: Engine, batches: Sequence[list[Unit]]) -> None:
        self._cut_short = self._cut_short or len(batches) > self._calls_left
        batches = batches[: self._calls_left]
        self._calls_left -= len(batches)
        for at in range(0, len(batches), MAX_PARALLEL_CALLS):
            if at:
                # The client may not wait for the rest; when it asks again there is less to do.
                self._memory.note(self._done())
            await self._ask(group, engine, batches[at : at + MAX_PARALLEL_CALLS])

    async def _ask(self, group: Group, engine: Engine, batches: Sequence[list[Unit]]) -> None:
        texts = [[unit.text for unit in batch] for batch in batches]
        outcomes = await engine.run(texts, self._ports, self._request)
        for batch, outcome in zip(batches, outcomes, strict=True):
            self._take(group, engine, batch, outcome)
        for outcome in outcomes:
            if outcome.error and outcome.error.code in _FINAL:
                raise outcome.error

    def _take(self, group: Group, engine: Engine, batch: list[Unit], outcome: Outcome) -> None:
        self._neurons += outcome.neurons
        for unit, text in zip(batch, outcome.texts, strict=True):
            unit.error = outcome.error
            # What a model refuses may be but one of the batch.
            refused = outcome.error is None or outcome.error.status == 400
            unit.left_out = text is None and refused and len(batch) > 1
            found = None if text is None else restore_masks(unit.text, text)
            if (
                found is not None
                and engine.fits(unit.text, found)
                and guards.is_acceptable(unit.text, found, group.pair)
            ):
                unit.result = group.convert(found) if group.convert else found
                self._models[engine.model] = None
                self._characters += len(unit.text)

    def _done(self) -> dict[str, str]:
        return {key: unit.write() for key, unit in self._asked.items() if unit.is_done}

    async def _keep(self) -> None:
        if self._characters or self._neurons:
            usage = ledger.record(self._characters, self._neurons)
            await self._memory.keep(self._done(), usage)


def _batches(units: Sequence[Unit], engine: Engine) -> list[list[Unit]]:
    """The units of each call."""
    by_text = {unit.text: unit for unit in units}
    return [[by_text[text] for text in batch] for batch in engine.batches(list(by_text))]


def _judge(units: Sequence[Unit]) -> None:
    """An answer in which nothing is translated is none, nor is one in which something is not
    because the service has failed. What a model will not or cannot translate stays as it is."""
    left = untranslated(units)
    failures = [unit.error for unit in left if unit.error]
    lasting = [error for error in failures if not isinstance(error, BadRequest)]
    if lasting:
        raise lasting[0]
    if left and len(left) == len(leaves(units)):
        raise (
            failures[0]
            if failures
            else BadRequest(
                "None of the models gave a usable translation of this text.",
                code="not_translated",
                status=422,
            )
        )
