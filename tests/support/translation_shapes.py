"""What clients of translation services are answered, as JSON Schemas: a row for each answer, and
one for the errors of each dialect. Where several dialects share a path, any of them will do.
"""

from collections.abc import Callable, Mapping
from typing import Any

from core.errors import DISABLING_WORDS
from untrusted.json_schema import find_violations

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "string", "minLength": 1}
INTEGER: Schema = {"type": "integer"}
UPPER: Schema = {"type": "string", "pattern": "^[A-Z]{2,3}(-[A-Z0-9]+)?$"}
LOWER: Schema = {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"}
TIME: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$"}
PERCENT: Schema = {"type": "number", "minimum": 0, "maximum": 100}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}


def record(_optional: Mapping[str, Schema] | None = None, /, **fields: Schema) -> Schema:
    """An object with these fields and no other."""
    properties = {**fields, **(_optional or {})}
    return {
        "type": "object",
        "properties": properties,
        "required": list(fields),
        "additionalProperties": False,
    }


def several(item: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": item, "minItems": least}


def row(*items: Schema) -> Schema:
    """An array of exactly these."""
    exactly = {"minItems": len(items), "maxItems": len(items)}
    return {"type": "array", "prefixItems": list(items), **exactly}


FOUND = record(confidence=PERCENT, language=LOWER)
LIBRE = {"anyOf": [FOUND, several(FOUND)]}
PAIR = {"source_lang": LOWER, "target_lang": LOWER}
COUNTED = record(**PAIR, entry_count=INTEGER)
GLOSSARY = record(
    glossary_id=WORDS,
    ready={"const": True},
    name=WORDS,
    creation_time=TIME,
    entry_count=INTEGER,
    **PAIR,
)
MULTILINGUAL = record(
    glossary_id=WORDS, name=WORDS, creation_time=TIME, dictionaries=several(COUNTED)
)

ANSWERS: Mapping[str, Schema] = {
    "deeplx": record(
        code={"const": 200},
        id=INTEGER,
        data=TEXT,
        alternatives=several(TEXT),
        source_lang=UPPER,
        target_lang=WORDS,
        method={"enum": ["Free", "Pro"]},
    ),
    "immersive": record(translations=several(record(detected_source_lang=LOWER, text=TEXT))),
    "kiss": record(text=TEXT, src=LOWER),
    "kiss list": several(record(text=TEXT, src=LOWER), 1),
    "hcfy": {**record(text=TEXT, to=WORDS, result=several(TEXT)), "additionalProperties": True},
    "libre": record(
        {"alternatives": {"type": "array"}},
        translatedText={"type": ["string", "array"]},
        detectedLanguage=LIBRE,
    ),
    "libre detect": several(FOUND, 1),
    "libre languages": several(record(code=LOWER, name=WORDS, targets=several(LOWER, 1)), 100),
    "azure": several(
        record(
            detectedLanguage=record(language=LOWER, score=SHARE),
            translations=several(record(text=TEXT, to=WORDS), 1),
        )
    ),
    "google objects": record(
        sentences=several(record(trans=TEXT, orig=TEXT), 1), src=LOWER, confidence=SHARE
    ),
    "google lists": {
        "type": "array",
        "prefixItems": [
            several({"type": "array", "prefixItems": [TEXT, TEXT]}, 1),
            {"type": "null"},
            LOWER,
        ],
        "minItems": 9,
    },
    "google pairs": several({"anyOf": [TEXT, row(TEXT, LOWER)]}, 1),
    "google html": row(several(TEXT, 1), several(LOWER, 1)),
    "jsonrpc": record(
        jsonrpc={"const": "2.0"},
        id={"type": ["integer", "number", "string", "null", "boolean"]},
        result=record(
            lang=UPPER,
            lang_is_confident={"type": "boolean"},
            detectedLanguages={"type": "object"},
            texts=several(record(text=TEXT, alternatives=several(TEXT)), 1),
        ),
    ),
    "deepl": record(
        translations=several(
            record(
                {"model_type_used": {"enum": ["quality_optimized", "latency_optimized"]}},
                detected_source_language=UPPER,
                text=TEXT,
                billed_characters=INTEGER,
            ),
            1,
        )
    ),
    "deepl languages": several(
        record({"supports_formality": {"type": "boolean"}}, language=UPPER, name=WORDS), 90
    ),
    "deepl by resource": several(
        record(
            lang=LOWER,
            name=WORDS,
            usable_as_source={"type": "boolean"},
            usable_as_target={"type": "boolean"},
            status={"enum": ["stable", "beta"]},
            features={"type": "object", "additionalProperties": record(status=WORDS)},
        ),
        90,
    ),
    "deepl resources": several(record(name=WORDS, features=several({"type": "object"})), 1),
    "deepl usage": record(character_count=INTEGER, character_limit=INTEGER),
    "deepl pairs": record(supported_languages=several(record(**PAIR), 1)),
    "deepl glossary": GLOSSARY,
    "deepl glossaries": record(glossaries=several(GLOSSARY)),
    "deepl multilingual": MULTILINGUAL,
    "deepl multilinguals": record(glossaries=several(MULTILINGUAL)),
    "deepl dictionary": COUNTED,
    "deepl entries": record(
        dictionaries=several(record(**PAIR, entries=WORDS, entries_format={"const": "tsv"}))
    ),
}

ERRORS: Mapping[str, Callable[[int], Schema]] = {
    "deeplx": lambda status: record(code={"const": status}, message=WORDS),
    "libre": lambda status: record(error=WORDS),
    "azure": lambda status: record(
        error=record(
            code={"type": "integer", "minimum": status * 1000, "maximum": status * 1000 + 999},
            message=WORDS,
        )
    ),
    "google": lambda status: record(error=record(code={"const": status}, message=WORDS)),
    "jsonrpc": lambda status: record(
        jsonrpc={"const": "2.0"},
        id={"type": ["integer", "number", "string", "null", "boolean"]},
        error=record(code=INTEGER, message=WORDS, data=record(what=WORDS)),
    ),
    "deepl": lambda status: record(message=WORDS),
}
_AS_DEEPLX = ("immersive", "kiss", "hcfy")
"""They have no errors of their own."""


def errors_of(answer: str) -> str:
    """The dialect in which errors are told where that answer is expected."""
    dialect = answer.partition(" ")[0]
    return "deeplx" if dialect in _AS_DEEPLX else dialect


def checker(*names: str) -> Callable[..., None]:
    """Checks that a value is one of these answers, or, of the kind ``error``, an error in the
    dialect of one of them."""

    def check(kind: str, value: Any, *, status: int) -> None:
        if kind == "error":
            schemas = [ERRORS[dialect](status) for dialect in dict.fromkeys(map(errors_of, names))]
            told = str(value).lower()
            assert not any(word in told for word in DISABLING_WORDS), f"a word of relays in {told}"
        else:
            schemas = [ANSWERS[name] for name in names]
        faults = [find_violations(value, schema) for schema in schemas]
        assert not all(faults), f"not {' or '.join(names)}: {min(faults, key=len)}"

    return check
