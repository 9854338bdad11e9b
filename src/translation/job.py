"""Jobs for the translation service and their results, independent of any dialect."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from translation.languages.locales import Locale
from translation.text.markup import PLAIN, Markup
from translation.text.terms import NO_GLOSSARY, Glossary

Formality = Literal["", "more", "less"]


class Style(NamedTuple):
    """How a text model is to translate.

    ``context`` is read and not translated; ``instructions`` are the client's own.
    """

    formality: Formality = ""
    context: str = ""
    instructions: tuple[str, ...] = ()


PLAIN_STYLE = Style()


class Job(NamedTuple):
    """Texts to be translated.

    ``source``: None to detect it. ``quality``: whether to prefer a text model where the setting
    TRANSLATION_ENGINE leaves a choice. ``sentences``: whether texts may be cut into sentences.
    """

    texts: Sequence[str]
    target: Locale
    source: Locale | None = None
    markup: Markup = PLAIN
    quality: bool = False
    sentences: bool = True
    style: Style = PLAIN_STYLE
    glossary: Glossary = NO_GLOSSARY


class Translations(NamedTuple):
    """The result of a job.

    ``texts`` and ``sources``: one for each text of the job, in order. ``confidence`` in the source,
    0 to 1. ``headers`` of the response: which models were used.
    """

    texts: Sequence[str]
    sources: Sequence[Locale]
    confidence: float
    headers: Mapping[str, str]
