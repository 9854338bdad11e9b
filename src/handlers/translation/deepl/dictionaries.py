"""Reads and writes the dictionaries of glossaries."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from core.errors import BadRequest, NotFound
from core.limits import GLOSSARY_TERM_CHARACTERS
from handlers.reading.parameters import Parameters
from handlers.translation.deepl.translate import unsupported_value
from handlers.translation.shared import read_target
from storage.glossaries import Dictionary, DictionaryInfo, StoredGlossary
from translation.languages.locales import LANGUAGES, Locale

NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, which tab-separated values cannot hold, and lone surrogates."""


def write_dictionary(dictionary: DictionaryInfo) -> dict[str, Any]:
    return {**write_pair(dictionary), "entry_count": dictionary.entry_count}


def read_dictionaries(parameters: Parameters) -> list[Dictionary]:
    """Reads ``dictionaries``, at least one. Raises :class:`BadRequest`."""
    rows = parameters.values.get("dictionaries")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise unsupported_value("dictionaries")
    dictionaries = [read_dictionary(Parameters(row)) for row in rows]
    if len({(each.source, each.target) for each in dictionaries}) < len(dictionaries):
        raise BadRequest(
            "A pair of languages is there twice.", param="dictionaries", code="invalid_value"
        )
    return dictionaries


def read_dictionary(parameters: Parameters) -> Dictionary:
    """Reads languages and entries. Raises :class:`BadRequest`."""
    source, target = _read_languages(parameters)
    if source.code == target.code:
        raise unsupported_value("target_lang")
    format = parameters.text("entries_format", "tsv")
    if format not in _FORMATS:
        raise unsupported_value("entries_format")
    read_rows, columns = _FORMATS[format]
    entries: dict[str, str] = {}
    for row in read_rows(parameters.text("entries")):
        languages = [read_target(code, "entries").code for code in row[2:]]
        if len(row) not in columns or languages not in ([], [source.code, target.code]):
            raise unsupported_value("entries")
        term, meaning = map(_read_term, row[:2])
        if entries.setdefault(term, meaning) != meaning:
            raise BadRequest(
                "A source term is in the entries twice.", param="entries", code="invalid_value"
            )
    if not entries:
        raise unsupported_value("entries")
    return Dictionary(source.code, target.code, entries)


def _read_term(cell: str) -> str:
    term = cell.strip()
    if not 0 < len(term) <= GLOSSARY_TERM_CHARACTERS or NOT_TEXT.search(term):
        raise unsupported_value("entries")
    return term


def _read_tsv(text: str) -> Iterable[Sequence[str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.split("\t") for line in lines if line.strip()]


def _read_csv(text: str) -> Iterable[Sequence[str]]:
    try:
        return [row for row in csv.reader(StringIO(text, newline="")) if row]
    except csv.Error:
        raise unsupported_value("entries") from None


_FORMATS = {"tsv": (_read_tsv, (2,)), "csv": (_read_csv, (2, 4))}
"""How entries are read, and how many columns they may have: CSV may add the two languages."""


def _read_languages(parameters: Parameters) -> tuple[Locale, Locale]:
    return (
        read_target(parameters.text("source_lang"), "source_lang"),
        read_target(parameters.text("target_lang"), "target_lang"),
    )


def find_dictionary(glossary: StoredGlossary, parameters: Parameters) -> Dictionary:
    source, target = _read_languages(parameters)
    dictionary = glossary.dictionary(source.code, target.code)
    if dictionary is None:
        raise NotFound("The glossary has no such dictionary.", code="glossary_not_found")
    return dictionary


def write_pair(dictionary: Dictionary | DictionaryInfo) -> dict[str, str]:
    codes = (dictionary.source, dictionary.target)
    source, target = (Locale(LANGUAGES[code]).spell("deepl").lower() for code in codes)
    return {"source_lang": source, "target_lang": target}


def write_tsv(entries: Mapping[str, str]) -> str:
    return "\n".join(f"{term}\t{meaning}" for term, meaning in entries.items())
