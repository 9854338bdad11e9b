"""Plans a translation: the units of texts in one language, which engines translate them in which
order, and the keys under which they are remembered."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from core.errors import APIError, BadRequest, NotConfigured
from core.ports import Ports
from storage.translations import key_maker
from translation.engines.engine import Engine, Pair
from translation.engines.llm import LLM
from translation.engines.m2m100 import M2M100
from translation.job import PLAIN_STYLE, Job
from translation.languages.locales import Locale
from translation.text.masks import has_masks
from translation.text.templates import Template
from translation.text.terms import Terms
from translation.variants.converter import converter
from workers_ai.catalogue.lookup import resolve_model
from workers_ai.catalogue.model import Model

SHORT_TEXTS, SHORT_CHARACTERS, SHORT_SENTENCES = 8, 1_000, 12
"""Up to here m2m100 is quicker; beyond, a text model needs fewer calls, and so less CPU."""

VERSION = "1"
"""Part of the memory's keys: changing it forgets all that is remembered."""


class Unit:
    """A masked text that is being translated: whole, or cut into parts.

    The paragraph ``One <b>big</b> cat. Two.`` is one segment, and so one unit::

        text       One <1>big</1> cat. Two.

    A text model takes it as it is: then the unit is itself its only leaf. m2m100 takes neither
    masks nor two sentences, so the unit gets parts, strings that stay and further units::

        parts      "" (One) " <1>" (big) "</1> " (cat.) " " (Two.) ""
        leaves     One, big, cat., Two.

    When m2m100 has translated only "big", the other three leaves are untranslated, and
    :meth:`write` returns ``One <1>gros</1> cat. Two.`` A later engine may cut the unit anew, or
    give it a result as a whole, which then counts instead of its parts.
    """

    __slots__ = ("error", "failures", "is_private", "left_out", "parts", "result", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.result: str | None = None
        self.parts: list[str | Unit] = []
        self.error: APIError | None = None
        """Why its last call failed."""
        self.failures: dict[str, APIError] = {}
        """By its model, why an engine has never got to answer: the service has failed."""
        self.left_out = False
        """Whether its last call was for others too, and returned no translation of this one."""
        self.is_private = False
        """Whether the call that it was translated by was for others too: what they say may have
        changed the result."""

    @property
    def is_done(self) -> bool:
        if self.result is not None or not self.parts:
            return self.result is not None
        return all(isinstance(part, str) or part.is_done for part in self.parts)

    @property
    def may_be_shared(self) -> bool:
        """Whether nothing but its text has made its translation."""
        if self.result is not None:
            return not self.is_private
        return all(isinstance(part, str) or part.may_be_shared for part in self.parts)

    def write(self) -> str:
        """Returns the translation as far as there is one; for the rest the text itself."""
        if self.result is not None:
            return self.result
        if not self.parts:
            return self.text
        return "".join(part if isinstance(part, str) else part.write() for part in self.parts)


def leaves(units: Iterable[Unit]) -> list[Unit]:
    """Returns the units that are not cut any further, each once."""
    found: dict[str, Unit] = {}
    for unit in units:
        if unit.result is None and unit.parts:
            inner = leaves(part for part in unit.parts if isinstance(part, Unit))
            found.update((leaf.text, leaf) for leaf in inner)
        else:
            found[unit.text] = unit
    return list(found.values())


def untranslated(units: Iterable[Unit]) -> list[Unit]:
    """Returns the leaves that have no translation."""
    return [unit for unit in leaves(units) if unit.result is None]


class Step(NamedTuple):
    """An attempt by an engine.

    ``is_retry``: repeats the step before it, of the same engine, with each text that it left out
    alone, and with what had no answer because the service failed.
    """

    engine: Engine
    is_retry: bool = False


class Group:
    """The texts of a job that are in one language.

    ``is_certain``: whether that language is known, not guessed. Each segment of a text is a unit;
    equal segments are the same unit, so that nothing is translated twice.
    """

    def __init__(self, job: Job, source: Locale, *, is_certain: bool) -> None:
        self.job = job
        self.pair = Pair(source, job.target, is_certain)
        self.convert = converter(job.target)
        self.units: dict[str, Unit] = {}
        """The segments, by their texts."""
        self._all: dict[str, Unit] = {}
        """The same and their parts: a segment may be a part of another one."""
        self._only_respelt = self._is_only_respelt()

    def _is_only_respelt(self) -> bool:
        """Whether the texts need at most another spelling, and so no engine."""
        source, target, is_certain = self.pair
        if source.code != target.code or not (is_certain or source.code == "en"):
            return False
        if source == target and source.variant:
            self.convert = None
            return True
        # Cantonese and classical Chinese are more than spellings.
        is_language = any(each.variant and each.variant.needs_llm for each in (source, target))
        return not (source.code == "zh" and is_language)

    def add_template(self, template: Template) -> None:
        if not self._only_respelt:
            for segment in template.segments:
                self.units[segment.text] = self._unit(segment.text)

    def _unit(self, text: str) -> Unit:
        unit = self._all.get(text)
        if unit is None:
            unit = self._all[text] = Unit(text)
        return unit

    def render(self, text: str, template: Template) -> str:
        """Returns a text of the group with what is translated of it."""
        texts = (segment.text for segment in template.segments)
        if not self._only_respelt:
            return template.render(self.units[text].write() for text in texts)
        return template.render(map(self.convert, texts)) if self.convert else text

    def cut(self, units: Iterable[Unit], engine: Engine) -> list[Unit]:
        """Cuts units as an engine needs them; returns the leaves that are untranslated then."""
        units = list(units)
        for unit in units:
            parts = engine.cut(unit.text)
            if parts[1:-1] != [unit.text]:
                unit.parts = [
                    self._part(part, unit) if place % 2 else part
                    for place, part in enumerate(parts)
                ]
        return untranslated(units)

    def _part(self, text: str, whole: Unit) -> Unit:
        part = self._unit(text)
        part.failures.update(whole.failures)
        return part

    async def steps(self, ports: Ports) -> list[Step]:
        """Returns the attempts to make, one after the other.

        Raises :class:`BadRequest` if no engine that is allowed supports the languages.
        """
        job, pair, allowed = self.job, self.pair, ports.settings.translation_engine
        terms = Terms(job.glossary, "\n".join(self.units))
        m2m100 = M2M100(pair, terms, by_sentence=job.sentences)
        is_supported = M2M100.supports(pair)
        if allowed == "m2m100":
            if not is_supported:
                raise _unsupported(pair)
            return [Step(m2m100), Step(m2m100, is_retry=True)]
        model = await _text_model(ports)
        llm = LLM(model, pair, job.style, terms)
        has_both = is_supported and allowed == "auto"
        if has_both and not self._suits_llm(terms) and self._is_short(m2m100):
            return [Step(m2m100), Step(llm), Step(llm, is_retry=True)]
        last = m2m100 if has_both else LLM(model, pair, job.style, terms, in_pieces=True)
        return [Step(llm), Step(llm, is_retry=True), Step(last)]

    def _suits_llm(self, terms: Terms) -> bool:
        """Whether a text model does better: with style and other instructions, terms and masks
        inside of sentences, and a source that is a guess."""
        job, variant = self.job, self.job.target.variant
        return (
            job.quality
            or job.style != PLAIN_STYLE
            or bool(terms)
            or not self.pair.is_certain
            or (variant is not None and variant.needs_llm)
            or any(map(has_masks, self.units))
        )

    def _is_short(self, m2m100: M2M100) -> bool:
        return (
            len(self.units) <= SHORT_TEXTS
            and sum(map(len, self.units)) <= SHORT_CHARACTERS
            and sum(len(m2m100.cut(text)) // 2 for text in self.units) <= SHORT_SENTENCES
        )

    def key_maker(self, engine: Engine, owner: str) -> Callable[[str], str]:
        """Returns what makes the memory's keys, of all that a translation depends on. ``owner``:
        the only one who is given it, or ``""``.

        That does not include a guessed source for a text model, whose instructions leave it out.
        """
        source, target, is_certain = self.pair
        style = self.job.style
        uses_source = is_certain or isinstance(engine, M2M100)
        return key_maker(
            VERSION,
            owner,
            engine.model,
            source.tag if uses_source else "",
            target.tag,
            self.job.glossary.version,
            style.formality,
            style.context,
            *style.instructions,
        )


async def _text_model(ports: Ports) -> Model:
    try:
        return await resolve_model(ports.settings.translation_model, "Text Generation", ports)
    except BadRequest:
        raise NotConfigured(
            "The setting TRANSLATION_MODEL does not name a text model that is there.",
            code="invalid_setting",
        ) from None


def _unsupported(pair: Pair) -> BadRequest:
    return BadRequest(
        "The engine m2m100, which alone is allowed here, does not have this language.",
        code="unsupported_language",
        param="target_lang" if pair.source.language.m2m100 else "source_lang",
    )
