"""The translation service: texts in, as many texts out, in order.

Every text is taken apart, what has been translated before is remembered, the rest goes to an
engine, and each translation is checked. What a check refuses goes to the other engine; a sentence
that neither can translate stays as it was, that sentence alone.
"""

from collections.abc import Sequence

from core.ports import Ports
from core.web import Request
from translation.job import Job, Translations
from translation.languages import detection, locales
from translation.languages.locales import Locale
from translation.plan import Group
from translation.run import Run
from translation.text import segments
from translation.text.templates import Template


async def translate_job(job: Job, ports: Ports, request: Request) -> Translations:
    """Translates a job.

    Raises :class:`BadRequest` for a language that the engine does not have,
    :class:`TooLarge` for more calls to models than a request has, a model's own error where
    that stands in the way of a text, and :class:`BadRequest` ``not_translated`` (422) where
    there was something to translate and nothing has been.
    """
    templates = [segments.parse_template(text, job.markup) for text in job.texts]
    voted, confidence, sources = _sources(job, templates)
    groups: dict[Locale, Group] = {}
    for template, source in zip(templates, sources, strict=True):
        if source not in groups:
            sure = confidence >= detection.SURE or source != voted
            groups[source] = Group(job, source, sure=sure)
        groups[source].add(template)
    run = Run(ports, request)
    await run.translate([group for group in groups.values() if group.units])
    texts = [
        groups[source].render(text, template)
        for text, template, source in zip(job.texts, templates, sources, strict=True)
    ]
    return Translations(texts, sources, confidence, run.headers)


def _sources(job: Job, templates: Sequence[Template]) -> tuple[Locale, float, list[Locale]]:
    """The language, how sure that is, and each text's own. One vote over all; only a text in
    another script is taken for something else."""
    if job.source:
        return job.source, 1.0, [job.source] * len(templates)
    texts = ["\n".join(segment.text for segment in template.segments) for template in templates]
    code, confidence, script = detection.detect(texts)
    voted = locales.find_or_english(code)
    if len(texts) == 1:
        return voted, confidence, [voted]
    others = [detection.differing_language(text, script) for text in texts]
    own = [locales.find_or_english(other) if other else voted for other in others]
    return voted, confidence, own
