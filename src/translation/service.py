"""The translation service: texts in, as many texts out, in order.

Every text is split into segments, what has been translated before is recalled, the rest goes to an
engine, and each translation is checked. What a check rejects goes to the other engine; a sentence
that neither can translate stays as it was, and only that sentence.
"""

from collections.abc import Sequence
from typing import NamedTuple

from core.ports import Ports
from core.web import Request
from translation.job import Job, Translations
from translation.languages import detection, locales
from translation.languages.locales import Locale
from translation.plan import Group
from translation.run import Run
from translation.text.markup import PLAIN, Markup
from translation.text.segments import parse_templates
from translation.text.templates import Template


class ParsedTexts(NamedTuple):
    """Texts and their languages.

    ``language``: that of most of them, with the confidence in it; ``sources``: that of each.
    """

    templates: Sequence[Template]
    language: Locale
    confidence: float
    sources: Sequence[Locale]


def parse_texts(
    texts: Sequence[str], markup: Markup = PLAIN, source: Locale | None = None
) -> ParsedTexts:
    """Splits texts into segments, and detects their languages unless the source is named.

    They vote together; only one in another script is taken for another language. Raises
    :class:`TooLarge` for too many texts, or too many signs in them.
    """
    templates = parse_templates(texts, markup)
    if source:
        return ParsedTexts(templates, source, 1.0, [source] * len(templates))
    plain = ["\n".join([segment.text for segment in each.segments]) for each in templates]
    code, confidence, script = detection.detect(plain)
    language = locales.find_or_english(code)
    if len(plain) == 1:
        return ParsedTexts(templates, language, confidence, [language])
    differing = [detection.differing_language(text, script) for text in plain]
    sources = [locales.find_or_english(code) if code else language for code in differing]
    return ParsedTexts(templates, language, confidence, sources)


async def translate_job(
    job: Job, ports: Ports, request: Request, parsed: ParsedTexts | None = None
) -> Translations:
    """Translates a job. ``parsed``: its texts, where they have been parsed already.

    Raises :class:`BadRequest` for a language that the engine does not support, :class:`TooLarge`
    for too much text or if a request may not make as many calls to models, a model's own error if
    texts are untranslated because of it, and :class:`BadRequest` ``not_translated`` (422) if there
    was something to translate and nothing has been.
    """
    parsed = parsed or parse_texts(job.texts, job.markup, job.source)
    templates, language, confidence, sources = parsed
    groups: dict[Locale, Group] = {}
    for template, source in zip(templates, sources, strict=True):
        if source not in groups:
            is_certain = confidence >= detection.SURE or source != language
            groups[source] = Group(job, source, is_certain=is_certain)
        groups[source].add_template(template)
    run = Run(ports, request)
    await run.translate([group for group in groups.values() if group.units])
    texts = [
        groups[source].render(text, template)
        for text, template, source in zip(job.texts, templates, sources, strict=True)
    ]
    return Translations(texts, sources, confidence, run.headers)
