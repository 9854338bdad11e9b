"""What is to be translated of one language, by which engines, and under which keys it is
remembered."""

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
"""Up to so much m2m100 is quicker; beyond it a text model needs fewer calls, and so less CPU."""

VERSION = "1"
"""Of what is made of a text here; another one forgets what is remembered."""


class Unit:
    """A masked text on its way: with a result, or cut into what stays and further units."""

    __slots__ = ("error", "left_out", "parts", "result", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.result: str | None = None
        self.parts: list[str | Unit] = []
        self.error: APIError | None = None
        """Why the last call for it failed."""
        self.left_out = False
        """Whether the last call was for others too, and did not bring this one."""

    @property
    def is_done(self) -> bool:
        if self.result is not None or not self.parts:
            return self.result is not None
        return all(isinstance(part, str) or part.is_done for part in self.parts)

    def write(self) -> str:
        """What there is: where there is no translation, the text itself."""
        if self.result is not None:
            return self.result
        if not self.parts:
            return self.text
        return "".join(part if isinstance(part, str) else part.write() for part in self.parts)


def leaves(units: Iterable[Unit]) -> list[Unit]:
    """The units that are not cut any further, each once."""
    found: dict[str, Unit] = {}
    for unit in units:
        if unit.result is None and unit.parts:
            inner = leaves(part for part in unit.parts if isinstance(part, Unit))
            found.update((leaf.text, leaf) for leaf in inner)
        else:
            found[unit.text] = unit
    return list(found.values())


def untranslated(units: Iterable[Unit]) -> list[Unit]:
    """Those of them that have no translation."""
    return [unit for unit in leaves(units) if unit.result is None]


class Step(NamedTuple):
    """An engine's go. ``again``: at what the step before it, of the same engine, has left out, each
    alone, and at what had no answer because the service failed."""

    engine: Engine
    is_retry: bool = False


class Group:
    """The texts of one source language. ``sure``: whether that language is certain."""

    def __init__(self, job: Job, source: Locale, *, sure: bool) -> None:
        self.job = job
        self.pair = Pair(source, job.target, sure)
        self.convert = converter(job.target)
        self.units: dict[str, Unit] = {}
        """What goes to the engines, by its text."""
        self._all: dict[str, Unit] = {}
        """The same, and the pieces of it: a text may be a piece of another."""
        self._same = self._is_same()

    def _is_same(self) -> bool:
        """Whether there is nothing to do but to spell otherwise."""
        source, target, sure = self.pair
        if source.code != target.code or not (sure or source.code == "en"):
            return False
        if source == target and source.variant:
            self.convert = None
            return True
        # Cantonese and classical Chinese are more than spellings.
        apart = any(one.variant and one.variant.llm for one in (source, target))
        return not (source.code == "zh" and apart)

    def add(self, template: Template) -> None:
        if not self._same:
            for segment in template.segments:
                self.units[segment.text] = self._unit(segment.text)

    def _unit(self, text: str) -> Unit:
        unit = self._all.get(text)
        if unit is None:
            unit = self._all[text] = Unit(text)
        return unit

    def render(self, text: str, template: Template) -> str:
        texts = (segment.text for segment in template.segments)
        if not self._same:
            return template.render(self.units[text].write() for text in texts)
        return template.render(map(self.convert, texts)) if self.convert else text

    def cut(self, units: Iterable[Unit], engine: Engine) -> list[Unit]:
        """Cuts units as an engine needs them; what there is to translate then."""
        units = list(units)
        for unit in units:
            parts = engine.cut(unit.text)
            if parts[1:-1] != [unit.text]:
                unit.parts = [
                    self._unit(part) if place % 2 else part for place, part in enumerate(parts)
                ]
        return untranslated(units)

    async def steps(self, ports: Ports) -> list[Step]:
        """Which engines have a go, one after the other. Raises BadRequest where none can."""
        job, pair, allowed = self.job, self.pair, ports.settings.translation_engine
        terms = Terms(job.glossary, "\n".join(self.units))
        m2m100 = M2M100(pair, terms, by_sentence=job.sentences)
        known = M2M100.supports(pair)
        if allowed == "m2m100":
            if not known:
                raise _unsupported(pair)
            return [Step(m2m100), Step(m2m100, is_retry=True)]
        model = await _text_model(ports)
        llm = LLM(model, pair, job.style, terms)
        both = known and allowed == "auto"
        if both and not self._suits_llm(terms) and self._is_short(m2m100):
            return [Step(m2m100), Step(llm), Step(llm, is_retry=True)]
        last = m2m100 if both else LLM(model, pair, job.style, terms, in_pieces=True)
        return [Step(llm), Step(llm, is_retry=True), Step(last)]

    def _suits_llm(self, terms: Terms) -> bool:
        """Whether a text model does better: at what m2m100 cannot be told, at terms and marks
        inside of sentences, and at a source that is not certain."""
        job, variant = self.job, self.job.target.variant
        return (
            job.quality
            or job.style != PLAIN_STYLE
            or bool(terms)
            or not self.pair.sure
            or (variant is not None and variant.llm)
            or any(map(has_masks, self.units))
        )

    def _is_short(self, m2m100: M2M100) -> bool:
        return (
            len(self.units) <= SHORT_TEXTS
            and sum(map(len, self.units)) <= SHORT_CHARACTERS
            and sum(len(m2m100.cut(text)) // 2 for text in self.units) <= SHORT_SENTENCES
        )

    def key_maker(self, engine: Engine) -> Callable[[str], str]:
        """Makes the memory's keys, of all that a translation depends on. A text model is not told
        of a source that is a guess."""
        source, target, sure = self.pair
        style = self.job.style
        told = sure or isinstance(engine, M2M100)
        return key_maker(
            VERSION,
            engine.model,
            source.tag if told else "",
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
