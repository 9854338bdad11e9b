"""The translation service: texts in, as many texts out, in order.

Every text is split into segments, what has been translated before is recalled, the rest goes to an
engine, and each translation is checked. What a check rejects goes to the other engine; a sentence
that neither can translate stays as it was, and only that sentence.
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

    Raises :class:`BadRequest` for a language that the engine does not support, :class:`TooLarge` if
    a request may not make as many calls to models, a model's own error if texts are untranslated
    because of it, and :class:`BadRequest` ``not_translated`` (422) if there was something to
    translate and nothing has been.
    """
    templates = [segments.parse_template(text, job.markup) for text in job.texts]
    voted, confidence, sources = _detect_sources(job, templates)
    groups: dict[Locale, Group] = {}
    for template, source in zip(templates, sources, strict=True):
        if source not in groups:
            is_certain = confidence >= detection.SURE or source != voted
            groups[source] = Group(job, source, is_certain=is_certain)
        groups[source].add_template(template)
    run = Run(ports, request)
    await run.translate([group for group in groups.values() if group.units])
    texts = [
        groups[source].render(text, template)
        for text, template, source in zip(job.texts, templates, sources, strict=True)
    ]
    return Translations(texts, sources, confidence, run.headers)


def _detect_sources(job: Job, templates: Sequence[Template]) -> tuple[Locale, float, list[Locale]]:
    """Returns the job's language, the confidence in it, and the language of each text.

    The texts vote together; only one in another script is taken for another language.
    """
    if job.source:
        return job.source, 1.0, [job.source] * len(templates)
    texts = ["\n".join(segment.text for segment in template.segments) for template in templates]
    code, confidence, script = detection.detect(texts)
    voted = locales.find_or_english(code)
    if len(texts) == 1:
        return voted, confidence, [voted]
    differing = [detection.differing_language(text, script) for text in texts]
    sources = [locales.find_or_english(code) if code else voted for code in differing]
    return voted, confidence, sources
