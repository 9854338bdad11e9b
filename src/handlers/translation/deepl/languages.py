"""What there is to translate, as DeepL's clients ask for it: languages, usage, glossary pairs."""

from collections.abc import Iterator
from typing import Any

from core.errors import BadRequest
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.translation import shared
from handlers.translation.deepl.translate import supports_formality, unsupported_value
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
"""As DeepL writes them."""
_ONLY_SOURCES = frozenset({"en", "pt"})
"""As targets these come with a variant only."""


def _locales(ports: Ports) -> list[Locale]:
    llm = ports.settings.translation_engine != "m2m100"
    return [Locale(one) for one in LANGUAGES.values() if one.m2m100 or llm]


def _targets(ports: Ports) -> Iterator[Locale]:
    llm = ports.settings.translation_engine != "m2m100"
    for locale in _locales(ports):
        if locale.code not in _ONLY_SOURCES:
            yield locale
        for variant in VARIANTS:
            if variant.language == locale.code and (llm or not variant.needs_llm):
                yield Locale(locale.language, variant)


async def list_languages(request: Request, ports: Ports) -> Response:
    """``/v2/languages``, of the ``type`` source (default) or target, in query or body."""
    kind = shared.parameters_of(request).text("type") or "source"
    if kind == "source":
        rows = [_row(locale.spell("deepl"), locale) for locale in _locales(ports)]
    elif kind == "target":
        rows = [
            _row(locale.spell("deepl_target"), locale)
            | {"supports_formality": supports_formality(locale, ports)}
            for locale in _targets(ports)
        ]
    else:
        raise unsupported_value("type")
    return json_response(sorted(rows, key=lambda row: row["name"]))


def _row(code: str, locale: Locale) -> dict[str, Any]:
    return {"language": code, "name": _NAMES.get(code, locale.name)}


_FEATURES = {
    "auto_detection": {"needs_source_support": True},
    "formality": {"needs_target_support": True},
    "glossary": {"needs_source_support": True, "needs_target_support": True},
    "tag_handling": {"needs_source_support": True, "needs_target_support": True},
}
_RESOURCES: dict[str, tuple[str, ...]] = {"translate_text": tuple(_FEATURES), "glossary": ()}


async def list_resources(request: Request, ports: Ports) -> Response:
    """``/v3/languages/resources``: for what there are languages, and features of languages."""
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
    """``/v3/languages?resource=translate_text``."""
    resource = shared.parameters_of(request).text("resource")
    if not resource:
        raise BadRequest("Parameter 'resource' not specified", param="resource")
    if resource not in _RESOURCES:
        raise unsupported_value("resource")
    bases = {locale.spell("deepl").lower(): locale for locale in _locales(ports)}
    targets = {locale.spell("deepl_target").lower(): locale for locale in _targets(ports)}
    rows = [
        {
            "lang": _bcp47(code),
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


def _bcp47(code: str) -> str:
    base, _, rest = code.partition("-")
    if not rest:
        return base
    return f"{base}-{rest.upper() if len(rest) < 4 else rest.title()}"


async def usage(request: Request, ports: Ports) -> Response:
    """``/v2/usage``: the characters of today, and as many as the neurons of the day allow."""
    today = await ledger.read_usage(ports.database)
    return json_response({"character_count": today.characters, "character_limit": today.limit})


_WITH_GLOSSARIES = (
    "ar bg cs da de el en es et fi fr he hu id it ja ko lt lv nb nl pl pt ro ru sk sl sv th tr uk"
    " vi zh"
).split()
"""DeepL's. Glossaries of others are taken too, but a list of all pairs would be a megabyte."""


async def glossary_pairs(request: Request, ports: Ports) -> Response:
    """``/v2/glossary-language-pairs``."""
    pairs = [
        {"source_lang": one, "target_lang": other}
        for one in _WITH_GLOSSARIES
        for other in _WITH_GLOSSARIES
        if one != other
    ]
    return json_response({"supported_languages": pairs})
