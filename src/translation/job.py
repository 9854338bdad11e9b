"""What is asked of the translation service, and what it gives, free of any dialect."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from translation.languages.locales import Locale
from translation.text.markup import PLAIN, Markup
from translation.text.terms import NO_GLOSSARY, Glossary


class Style(NamedTuple):
    """How a text model is to translate. ``formality``: ``more``, ``less`` or ``""``. ``context``
    is read and not translated; ``instructions`` are the client's own."""

    formality: str = ""
    context: str = ""
    instructions: tuple[str, ...] = ()


PLAIN_STYLE = Style()


class Job(NamedTuple):
    """Texts to be translated. ``source`` None: find out. ``quality``: by a text model, where the
    setting TRANSLATION_ENGINE leaves a choice. ``sentences``: whether texts may be cut into
    sentences."""

    texts: Sequence[str]
    target: Locale
    source: Locale | None = None
    markup: Markup = PLAIN
    quality: bool = False
    sentences: bool = True
    style: Style = PLAIN_STYLE
    glossary: Glossary = NO_GLOSSARY


class Translations(NamedTuple):
    """``texts`` and ``sources``: one for each text of the job, in order. ``confidence`` in the
    source, 0 to 1. ``headers`` tell how it was served."""

    texts: Sequence[str]
    sources: Sequence[Locale]
    confidence: float
    headers: Mapping[str, str]
