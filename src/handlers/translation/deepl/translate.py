"""DeepL's ``/v2/translate``, as DeepL publishes it and as its clients use it.

JSON or a form, up to 50 texts, also with GET. ``billed_characters`` is always there, as the
official Python package reads it unchecked.
"""

from access.keys import owner_of, read_keys
from core.errors import BadRequest
from core.limits import DEEPL_GLOSSARIES, DEEPL_INSTRUCTIONS, DEEPL_TEXTS, INSTRUCTION_CHARACTERS
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.reading.parameters import Parameters
from handlers.translation.shared import get_parameters, read_source, read_target
from storage.glossaries import Glossaries
from translation.job import Formality, Job, Style
from translation.languages.locales import Locale
from translation.service import translate_job
from translation.text.markup import Markup
from translation.text.terms import NO_GLOSSARY, Glossary

FORMAL = frozenset("de es fr it ja nl pl pt ru".split())
"""Languages with a formal and an informal form of address, as DeepL lists them."""


async def translate(request: Request, ports: Ports) -> Response:
    """Translates texts, in order. Raises :class:`APIError`."""
    parameters = get_parameters(request)
    target = read_target(_require_text(parameters, "target_lang"), "target_lang")
    source = read_source(parameters.text("source_lang"), "source_lang")
    model_type = _read_choice(parameters, "model_type", _MODEL_TYPES, "")
    split = _read_choice(parameters, "split_sentences", ("0", "1", "nonewlines"), "")
    tags = _read_choice(parameters, "tag_handling", ("xml", "html"), "")
    quality = "quality_optimized" in model_type and ports.settings.translation_engine != "m2m100"
    split = split or ("nonewlines" if tags == "html" else "1")
    job = Job(
        _read_texts(parameters),
        target,
        source,
        Markup(
            tags,
            ignore=frozenset(parameters.names("ignore_tags")),
            splitting=frozenset(parameters.names("splitting_tags")),
            inside=frozenset(parameters.names("non_splitting_tags")),
            outline=parameters.flag("outline_detection", True),
            lines=split == "1",
        ),
        quality=quality,
        sentences=split != "0",
        style=_read_style(parameters, target, ports),
        glossary=await _read_glossary(parameters, source, target, request, ports),
    )
    result = await translate_job(job, ports, request)
    model_type_used = {"model_type_used": _TYPE_USED[quality]} if model_type else {}
    translations = [
        {
            "detected_source_language": language.spell("deepl"),
            "text": translated,
            "billed_characters": len(text),
            **model_type_used,
        }
        for text, translated, language in zip(job.texts, result.texts, result.sources, strict=True)
    ]
    return json_response({"translations": translations}, headers=result.headers)


_MODEL_TYPES = ("quality_optimized", "prefer_quality_optimized", "latency_optimized")
_TYPE_USED = {True: "quality_optimized", False: "latency_optimized"}


def _require_text(parameters: Parameters, name: str) -> str:
    text = parameters.text(name)
    if not text:
        raise BadRequest(f"Parameter '{name}' not specified", param=name)
    return text


def _read_choice(parameters: Parameters, name: str, choices: tuple[str, ...], default: str) -> str:
    text = parameters.text(name) or default
    if text and text not in choices:
        raise unsupported_value(name)
    return text


def unsupported_value(name: str) -> BadRequest:
    """Returns the error for a value, in DeepL's words."""
    return BadRequest(f"Value for '{name}' not supported.", param=name, code="unsupported_value")


def _read_texts(parameters: Parameters) -> list[str]:
    texts = parameters.texts("text")
    if not texts or not parameters.values["text"]:
        raise BadRequest("Parameter 'text' not specified", param="text")
    if len(texts) > DEEPL_TEXTS:
        raise BadRequest(f"Too many texts: at most {DEEPL_TEXTS} in one request.", param="text")
    return texts


def _read_style(parameters: Parameters, target: Locale, ports: Ports) -> Style:
    formality = _read_choice(parameters, "formality", tuple(_FORMALITIES), "default")
    if formality in ("more", "less") and not supports_formality(target, ports):
        raise BadRequest(
            f"Target language '{target.spell('deepl_target')}' doesn't support formality.",
            param="formality",
        )
    instructions = tuple(parameters.texts("custom_instructions") or ())
    if len(instructions) > DEEPL_INSTRUCTIONS or any(
        len(instruction) > INSTRUCTION_CHARACTERS for instruction in instructions
    ):
        raise unsupported_value("custom_instructions")
    return Style(
        _FORMALITIES[formality] if supports_formality(target, ports) else "",
        parameters.text("context"),
        instructions,
    )


_FORMALITIES: dict[str, Formality] = {
    "default": "",
    "more": "more",
    "less": "less",
    "prefer_more": "more",
    "prefer_less": "less",
}


def supports_formality(target: Locale, ports: Ports) -> bool:
    """Returns whether the form of address can be chosen, which needs a text model."""
    return target.code in FORMAL and ports.settings.translation_engine != "m2m100"


async def _read_glossary(
    parameters: Parameters, source: Locale | None, target: Locale, request: Request, ports: Ports
) -> Glossary:
    ids = [id for name in ("glossary_id", "glossary_ids") for id in parameters.names(name)]
    if not ids:
        return NO_GLOSSARY
    if len(ids) > DEEPL_GLOSSARIES:
        raise unsupported_value("glossary_ids")
    if source is None:
        raise BadRequest(
            "Parameter 'source_lang' is required with a glossary.", param="source_lang"
        )
    store = open_glossaries(request, ports)
    return Glossary(*await store.load_entries(ids, source.code, target.code))


def open_glossaries(request: Request, ports: Ports) -> Glossaries:
    """Returns the glossaries of the request's key; a key that is the only one sees all of them.
    Raises :class:`NotConfigured`."""
    is_only_key = len(read_keys(ports.settings.api_keys)) == 1
    owner, most = owner_of(request.key), ports.settings.glossaries_max
    return Glossaries(ports.database, owner, sees_all=is_only_key, most=most)
