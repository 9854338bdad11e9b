"""DeepL's lists: languages, resources, pairs of languages for glossaries; and its usage."""

from collections.abc import Iterator
from typing import Any

from access.keys import owner_of
from core.errors import BadRequest
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.translation.deepl.translate import supports_formality, unsupported_value
from handlers.translation.shared import get_parameters
from storage import ledger
from translation.languages.locales import LANGUAGES, VARIANTS, Locale

_NAMES = {
    "EN-GB": "English (British)",
    "EN-US": "English (American)",
    "ES-419": "Spanish (Latin American)",
    "FR-CA": "French (Canadian)",
    "NB": "Norwegian (bokmål)",
    "NN": "Norwegian (nynorsk)",
    "PT-BR": "Portuguese (Brazilian)",
    "PT-PT": "Portuguese (European)",
    "ZH-HANS": "Chinese (simplified)",
    "ZH-HANT": "Chinese (traditional)",
}
"""DeepL's names that differ from ours."""
_ONLY_SOURCES = frozenset({"en", "pt"})
"""Languages that are targets with a variant only."""


def _list_sources(ports: Ports) -> list[Locale]:
    llm = ports.settings.translation_engine != "m2m100"
    return [Locale(language) for language in LANGUAGES.values() if language.m2m100 or llm]


def _list_targets(ports: Ports) -> Iterator[Locale]:
    llm = ports.settings.translation_engine != "m2m100"
    for locale in _list_sources(ports):
        if locale.code not in _ONLY_SOURCES:
            yield locale
        for variant in VARIANTS:
            if variant.language == locale.code and (llm or not variant.needs_llm):
                yield Locale(locale.language, variant)


async def list_languages(request: Request, ports: Ports) -> Response:
    """``/v2/languages``: lists languages of the ``type`` source (default) or target."""
    kind = get_parameters(request).text("type") or "source"
    if kind == "source":
        rows = [_write_language(locale.spell("deepl"), locale) for locale in _list_sources(ports)]
    elif kind == "target":
        rows = [
            _write_language(locale.spell("deepl_target"), locale)
            | {"supports_formality": supports_formality(locale, ports)}
            for locale in _list_targets(ports)
        ]
    else:
        raise unsupported_value("type")
    return json_response(sorted(rows, key=lambda row: row["name"]))


def _write_language(code: str, locale: Locale) -> dict[str, Any]:
    return {"language": code, "name": _NAMES.get(code, locale.name)}


_FEATURES = {
    "auto_detection": {"needs_source_support": True},
    "formality": {"needs_target_support": True},
    "glossary": {"needs_source_support": True, "needs_target_support": True},
    "tag_handling": {"needs_source_support": True, "needs_target_support": True},
}
_RESOURCES: dict[str, tuple[str, ...]] = {"translate_text": tuple(_FEATURES), "glossary": ()}


async def list_resources(request: Request, ports: Ports) -> Response:
    """``/v3/languages/resources``: lists what has languages, and the languages' features."""
    return json_response(
        [
            {
                "name": name,
                "features": [{"name": feature, **_FEATURES[feature]} for feature in features],
            }
            for name, features in _RESOURCES.items()
        ]
    )


async def list_by_resource(request: Request, ports: Ports) -> Response:
    """``/v3/languages?resource=translate_text``: lists the languages of a resource."""
    resource = get_parameters(request).text("resource")
    if not resource:
        raise BadRequest("Parameter 'resource' not specified", param="resource")
    if resource not in _RESOURCES:
        raise unsupported_value("resource")
    bases = {locale.spell("deepl").lower(): locale for locale in _list_sources(ports)}
    targets = {locale.spell("deepl_target").lower(): locale for locale in _list_targets(ports)}
    rows = [
        {
            "lang": _write_bcp47(code),
            "name": _NAMES.get(code.upper(), locale.name),
            "usable_as_source": code in bases,
            "usable_as_target": code in targets,
            "status": "stable",
            "features": {
                name: {"status": "stable"}
                for name in _RESOURCES[resource]
                if name != "formality" or supports_formality(locale, ports)
            },
        }
        for code, locale in (bases | targets).items()
    ]
    return json_response(sorted(rows, key=lambda row: str(row["lang"])))


def _write_bcp47(code: str) -> str:
    base, _, rest = code.partition("-")
    if not rest:
        return base
    return f"{base}-{rest.upper() if len(rest) < 4 else rest.title()}"


async def report_usage(request: Request, ports: Ports) -> Response:
    """``/v2/usage``: reports the key's characters of today, and how many the remaining neurons
    allow."""
    today = await ledger.read_usage(ports.database, owner_of(request.key))
    return json_response({"character_count": today.characters, "character_limit": today.limit})


_WITH_GLOSSARIES = (
    "ar bg cs da de el en es et fi fr he hu id it ja ko lt lv nb nl pl pt ro ru sk sl sv th tr uk"
    " vi zh"
).split()
"""DeepL's languages of glossaries. Others are accepted too, but a list of all pairs would be a
megabyte."""


async def list_glossary_pairs(request: Request, ports: Ports) -> Response:
    """``/v2/glossary-language-pairs``: lists pairs of languages."""
    pairs = [
        {"source_lang": source, "target_lang": target}
        for source in _WITH_GLOSSARIES
        for target in _WITH_GLOSSARIES
        if source != target
    ]
    return json_response({"supported_languages": pairs})
