"""The dictionaries of glossaries, in requests and in answers."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from core.errors import BadRequest, NotFound
from handlers.reading.parameters import Parameters
from handlers.translation import shared
from handlers.translation.deepl.translate import unsupported_value
from storage.glossaries import Dictionary, StoredGlossary
from translation.languages.locales import LANGUAGES, Locale

LONGEST_TERM = 1024

NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, which tab-separated values have no way to write, and halves of characters."""


def write_dictionary(dictionary: Dictionary) -> dict[str, Any]:
    return {**write_pair(dictionary), "entry_count": len(dictionary.entries)}


def read_dictionaries(parameters: Parameters) -> list[Dictionary]:
    given = parameters.values.get("dictionaries")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise unsupported_value("dictionaries")
    found = [read_dictionary(Parameters(one)) for one in given]
    if len({one[:2] for one in found}) < len(found):
        raise BadRequest(
            "A pair of languages is there twice.", param="dictionaries", code="invalid_value"
        )
    return found


def read_dictionary(parameters: Parameters) -> Dictionary:
    source, target = _languages(parameters)
    if source.code == target.code:
        raise unsupported_value("target_lang")
    form = parameters.text("entries_format", "tsv")
    if form not in _FORMATS:
        raise unsupported_value("entries_format")
    read, columns = _FORMATS[form]
    entries: dict[str, str] = {}
    for row in read(parameters.text("entries")):
        named = [shared.target(code, "entries").code for code in row[2:]]
        if len(row) not in columns or named not in ([], [source.code, target.code]):
            raise unsupported_value("entries")
        term, meaning = map(_term, row[:2])
        if entries.setdefault(term, meaning) != meaning:
            raise BadRequest(
                "A source term is in the entries twice.", param="entries", code="invalid_value"
            )
    if not entries:
        raise unsupported_value("entries")
    return Dictionary(source.code, target.code, entries)


def _term(cell: str) -> str:
    term = cell.strip()
    if not 0 < len(term) <= LONGEST_TERM or NOT_TEXT.search(term):
        raise unsupported_value("entries")
    return term


def _tab_separated(text: str) -> Iterable[Sequence[str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.split("\t") for line in lines if line.strip()]


def _comma_separated(text: str) -> Iterable[Sequence[str]]:
    try:
        return [row for row in csv.reader(StringIO(text, newline="")) if row]
    except csv.Error:
        raise unsupported_value("entries") from None


_FORMATS = {"tsv": (_tab_separated, (2,)), "csv": (_comma_separated, (2, 4))}
"""How entries are read, and how many columns they may have: in CSV two more, for the languages."""


def _languages(parameters: Parameters) -> tuple[Locale, Locale]:
    return (
        shared.target(parameters.text("source_lang"), "source_lang"),
        shared.target(parameters.text("target_lang"), "target_lang"),
    )


def find_dictionary(glossary: StoredGlossary, parameters: Parameters) -> Dictionary:
    source, target = _languages(parameters)
    found = glossary.dictionary(source.code, target.code)
    if found is None:
        raise NotFound("The glossary has no such dictionary.", code="glossary_not_found")
    return found


def write_pair(dictionary: Dictionary) -> dict[str, str]:
    codes = (dictionary.source, dictionary.target)
    source, target = (Locale(LANGUAGES[code]).spell("deepl").lower() for code in codes)
    return {"source_lang": source, "target_lang": target}


def write_tsv(entries: Mapping[str, str]) -> str:
    return "\n".join(f"{term}\t{meaning}" for term, meaning in entries.items())
