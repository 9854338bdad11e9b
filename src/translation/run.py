"""Runs the steps of a plan within one request: the memory first, then the engines."""

from collections.abc import Sequence

from access.keys import owner_of
from core.errors import APIError, BadRequest, TooLarge, UpstreamTimeout
from core.limits import TRANSLATION_CALLS
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

_FINAL = frozenset({"daily_neurons_exhausted"})
"""Codes of errors that every engine would meet."""


class Run:
    """One request's calls. ``headers`` name the models that have translated."""

    def __init__(self, ports: Ports, request: Request) -> None:
        self._ports = ports
        self._request = request
        self._memory = Memory(ports.database, ports.settings.translation_memory_ttl)
        self._remaining_calls = TRANSLATION_CALLS
        self._cut_short = False
        """Whether calls were left out because there were none remaining."""
        self._owner = owner_of(request.key) if request.key else ""
        self._unknown: dict[str, Unit] = {}
        """Units that the memory does not know, by their owner's keys."""
        self._shared_keys: dict[str, str] = {}
        """The keys of all owners together by those of the owner, with the setting SHARED_MEMORY."""
        self._late_models: set[str] = set()
        """Models that are not asked again, as a client would wait as long once more."""
        self._models: dict[str, None] = {}
        self._characters = 0
        self._neurons = 0.0

    @property
    def headers(self) -> dict[str, str]:
        return {"x-model-served": ", ".join(self._models)} if self._models else {}

    async def translate(self, groups: Sequence[Group]) -> None:
        """Translates every unit of the groups, as far as possible.

        Translations are remembered even if this raises in the end. Raises what
        :func:`~translation.service.translate_job` raises.
        """
        chains = [(group, await group.steps(self._ports)) for group in groups]
        for group, (first, *_) in chains:
            key = group.key_maker(first.engine, self._owner)
            units = group.cut(group.units.values(), first.engine)
            self._unknown.update((key(unit.text), unit) for unit in units)
            if self._ports.settings.shared_memory == "on":
                shared = group.key_maker(first.engine, "")
                self._shared_keys.update((key(unit.text), shared(unit.text)) for unit in units)
        await self._recall()
        try:
            await self._run_steps(chains)
        except APIError:
            await self._remember()
            raise
        await self._remember()
        units = [unit for group in groups for unit in group.units.values()]
        _raise_if_failed(units)
        if self._cut_short and untranslated(units):
            raise APIError(
                f"The models left too much out for the {TRANSLATION_CALLS} calls that a request "
                "has. Send it again, as what is done is remembered, or fewer texts at a time.",
                code="translation_incomplete",
                status=503,
                headers={"retry-after": "1"},
            )

    async def _recall(self) -> None:
        unknown, shared_keys = self._unknown, self._shared_keys
        if shared_keys:
            known = await self._memory.recall([*unknown, *shared_keys.values()])
            for key, shared in shared_keys.items():
                if shared in known and key not in known:
                    unknown.pop(key).result = known[shared]
        else:
            known = await self._memory.recall(unknown)
        for key, text in known.items():
            if key in unknown:
                unit = unknown.pop(key)
                unit.result, unit.is_private = text, True

    async def _run_steps(self, chains: Sequence[tuple[Group, Sequence[Step]]]) -> None:
        firsts = [
            _batches(untranslated(group.units.values()), first.engine)
            for group, (first, *_) in chains
        ]
        planned = sum(map(len, firsts))
        if planned > TRANSLATION_CALLS:
            raise TooLarge(
                f"This would take {planned} calls to the models and a request has "
                f"{TRANSLATION_CALLS}: send fewer or shorter texts at a time."
            )
        # The first calls of all groups go before any retries.
        for (group, (first, *_)), batches in zip(chains, firsts, strict=True):
            await self._run_batches(group, first.engine, batches)
        for group, (_, *next_steps) in chains:
            for step in next_steps:
                units = untranslated(group.units.values())
                if not units:
                    break
                if step.is_retry:
                    batches = await self._retry_batches(units, step.engine)
                else:
                    batches = _batches(group.cut(units, step.engine), step.engine)
                await self._run_batches(group, step.engine, batches)

    async def _retry_batches(self, units: Sequence[Unit], engine: Engine) -> list[list[Unit]]:
        """Returns what to retry; waits first if the service has failed."""
        failed = [unit for unit in units if unit.error and unit.error.code in RETRYABLE]
        if failed and self._remaining_calls:
            await self._ports.sleep(BACKOFF)
        return [[unit] for unit in units if unit.left_out] + _batches(failed, engine)

    async def _run_batches(
        self, group: Group, engine: Engine, batches: Sequence[list[Unit]]
    ) -> None:
        self._cut_short = self._cut_short or len(batches) > self._remaining_calls
        batches = batches[: self._remaining_calls]
        for at in range(0, len(batches), MAX_PARALLEL_CALLS):
            if engine.model in self._late_models:
                return
            if at:
                # The client may not wait for the rest; if it asks again there is less to do.
                self._memory.keep_in_isolate(self._done())
            await self._call(group, engine, batches[at : at + MAX_PARALLEL_CALLS])

    async def _call(self, group: Group, engine: Engine, batches: Sequence[list[Unit]]) -> None:
        self._remaining_calls -= len(batches)
        texts = [[unit.text for unit in batch] for batch in batches]
        outcomes = await engine.run(texts, self._ports, self._request)
        for batch, outcome in zip(batches, outcomes, strict=True):
            self._read_outcome(group, engine, batch, outcome)
        for outcome in outcomes:
            if isinstance(outcome.error, UpstreamTimeout):
                self._late_models.add(engine.model)
            if outcome.error and outcome.error.code in _FINAL:
                raise outcome.error

    def _read_outcome(
        self, group: Group, engine: Engine, batch: list[Unit], outcome: Outcome
    ) -> None:
        self._neurons += outcome.neurons
        for unit, text in zip(batch, outcome.texts, strict=True):
            unit.error = outcome.error
            unit.failures.pop(engine.model, None)
            # A model may reject a batch because of one of its texts. One that is not there, or not
            # for this account, has not seen them.
            is_rejected = outcome.error is None or outcome.error.status == 400
            if outcome.error and not is_rejected:
                unit.failures[engine.model] = outcome.error
            unit.left_out = text is None and is_rejected and len(batch) > 1
            translated = None if text is None else restore_masks(unit.text, text)
            if (
                translated is not None
                and engine.keeps_terms(unit.text, translated)
                and guards.is_acceptable(unit.text, translated, group.pair)
            ):
                unit.result = group.convert(translated) if group.convert else translated
                unit.is_private = len(batch) > 1
                self._models[engine.model] = None
                self._characters += len(unit.text)

    def _done(self) -> dict[str, str]:
        """Returns what is translated by the keys under which it is remembered."""
        shared = self._shared_keys
        return {
            shared[key] if shared and unit.may_be_shared else key: unit.write()
            for key, unit in self._unknown.items()
            if unit.is_done
        }

    async def _remember(self) -> None:
        if self._characters or self._neurons:
            usage = ledger.record_usage(self._owner, self._characters, self._neurons)
            await self._memory.keep(self._done(), usage)


def _batches(units: Sequence[Unit], engine: Engine) -> list[list[Unit]]:
    """Groups units by the call that they go into."""
    by_text = {unit.text: unit for unit in units}
    return [[by_text[text] for text in batch] for batch in engine.batches(list(by_text))]


def _raise_if_failed(units: Sequence[Unit]) -> None:
    """Raises an error if nothing is translated, or something is not because the service has failed.

    What every engine has answered, and none will or can translate, stays as it is.
    """
    remaining = untranslated(units)
    failures = [failure for unit in remaining for failure in unit.failures.values()]
    if failures:
        raise failures[-1]
    if remaining and len(remaining) == len(leaves(units)):
        refusals = [unit.error for unit in remaining if unit.error]
        raise (
            refusals[0]
            if refusals
            else BadRequest(
                "None of the models gave a usable translation of this text.",
                code="not_translated",
                status=422,
            )
        )
