"""DeepL's glossaries: ``/v2/glossaries`` with one dictionary each, ``/v3/glossaries`` with several.

Entries come and go as tab-separated values, or come as CSV.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from core.errors import BadRequest, NotFound
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.reading.parameters import Parameters
from handlers.translation import shared
from handlers.translation.deepl.translate import unsupported_value
from storage import glossaries
from storage.glossaries import Dictionary, Glossaries, StoredGlossary
from translation.languages.locales import LANGUAGES, Locale

LIMIT = 1024 * 1024
"""Bytes of a body."""
LONGEST_NAME, LONGEST_TERM = 1024, 1024

_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, which tab-separated values have no way to write, and halves of characters."""


# --- version 2 -------------------------------------------------------------------------------


async def create(request: Request, ports: Ports) -> Response:
    """``{name, source_lang, target_lang, entries, entries_format}`` → 201 and the glossary."""
    parameters = shared.parameters_of(request)
    store = Glossaries(ports.database)
    made = glossaries.new(_name(parameters), [_dictionary(parameters)])
    return json_response(_info(await store.save(made)), 201)


async def list_all(request: Request, ports: Ports) -> Response:
    """Those with one dictionary: the others are for version 3."""
    found = await Glossaries(ports.database).all()
    return json_response(
        {"glossaries": [_info(one) for one in found if len(one.dictionaries) == 1]}
    )


async def retrieve(request: Request, ports: Ports) -> Response:
    """``/{id}`` and ``/{id}/entries``, the latter as tab-separated values."""
    id_, rest = _place(request, "", "entries")
    [found] = await Glossaries(ports.database).get(id_)
    if not found.dictionaries:
        raise NotFound("The glossary has no entries.", code="glossary_not_found")
    if rest:
        entries = _tsv(found.dictionaries[0].entries)
        kind = "text/tab-separated-values; charset=utf-8"
        return Response(entries.encode(), 200, {"content-type": kind})
    return json_response(_info(found))


async def delete(request: Request, ports: Ports) -> Response:
    """``/{id}`` → 204. In version 3 ``/{id}/dictionaries`` too, of a pair of languages."""
    id_, rest = _place(request, "", "dictionaries")
    store = Glossaries(ports.database)
    if not rest:
        await store.delete(id_)
        return Response(status=204)
    [found] = await store.get(id_)
    dictionary = _wanted(found, shared.parameters_of(request))
    others = [one for one in found.dictionaries if one is not dictionary]
    await store.save(found._replace(dictionaries=others))
    return Response(status=204)


def _info(glossary: StoredGlossary) -> dict[str, Any]:
    [dictionary, *_] = glossary.dictionaries
    return {
        "glossary_id": glossary.id,
        "ready": True,
        "name": glossary.name,
        **_pair(dictionary),
        "creation_time": glossary.created,
        "entry_count": len(dictionary.entries),
    }


# --- version 3 -------------------------------------------------------------------------------


async def create_multilingual(request: Request, ports: Ports) -> Response:
    """``{name, dictionaries: [{source_lang, target_lang, entries, entries_format}]}`` → 201."""
    parameters = shared.parameters_of(request)
    store = Glossaries(ports.database)
    made = glossaries.new(_name(parameters), [])
    for dictionary in _dictionaries(parameters):
        made = made.with_dictionary(dictionary)
    return json_response(_multilingual(await store.save(made)), 201)


async def list_multilingual(request: Request, ports: Ports) -> Response:
    found = await Glossaries(ports.database).all()
    return json_response({"glossaries": [_multilingual(one) for one in found]})


async def retrieve_multilingual(request: Request, ports: Ports) -> Response:
    """``/{id}``, and ``/{id}/entries`` for a pair of languages or all of them."""
    id_, rest = _place(request, "", "entries")
    [found] = await Glossaries(ports.database).get(id_)
    if not rest:
        return json_response(_multilingual(found))
    parameters = shared.parameters_of(request)
    wanted = found.dictionaries
    if parameters.text("source_lang"):
        wanted = [_wanted(found, parameters)]
    rows = [{**_pair(one), "entries": _tsv(one.entries), "entries_format": "tsv"} for one in wanted]
    return json_response({"dictionaries": rows})


async def update(request: Request, ports: Ports) -> Response:
    """``{name?, dictionaries?}``: another name, entries added or changed."""
    id_, _ = _place(request, "")
    parameters = shared.parameters_of(request)
    store = Glossaries(ports.database)
    [found] = await store.get(id_)
    if "name" in parameters.values:
        found = found._replace(name=_name(parameters))
    for dictionary in _dictionaries(parameters) if "dictionaries" in parameters.values else ():
        before = found.dictionary(dictionary.source, dictionary.target)
        entries = {**(before.entries if before else {}), **dictionary.entries}
        found = found.with_dictionary(dictionary._replace(entries=entries))
    return json_response(_multilingual(await store.save(found)))


async def replace(request: Request, ports: Ports) -> Response:
    """``/{id}/dictionaries``: another dictionary for its pair of languages."""
    id_, _ = _place(request, "dictionaries")
    dictionary = _dictionary(shared.parameters_of(request))
    store = Glossaries(ports.database)
    [found] = await store.get(id_)
    await store.save(found.with_dictionary(dictionary))
    return json_response(_counted(dictionary))


def _multilingual(glossary: StoredGlossary) -> dict[str, Any]:
    return {
        "glossary_id": glossary.id,
        "name": glossary.name,
        "dictionaries": [_counted(one) for one in glossary.dictionaries],
        "creation_time": glossary.created,
    }


def _counted(dictionary: Dictionary) -> dict[str, Any]:
    return {**_pair(dictionary), "entry_count": len(dictionary.entries)}


# --- requests --------------------------------------------------------------------------------


def _place(request: Request, *known: str) -> tuple[str, str]:
    """The id of a glossary, and what of it is meant, from the path."""
    parts = [part for part in request.path.split("/") if part]
    _, id_, *others = parts[parts.index("glossaries") :]
    rest = "/".join(others)
    if rest not in known:
        raise NotFound("There is no such endpoint here.", code="unknown_url")
    return id_, rest


def _name(parameters: Parameters) -> str:
    name = parameters.text("name").strip()
    if not name or len(name) > LONGEST_NAME or _NO_TEXT.search(name):
        raise unsupported_value("name")
    return name


def _dictionaries(parameters: Parameters) -> list[Dictionary]:
    given = parameters.values.get("dictionaries")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise unsupported_value("dictionaries")
    found = [_dictionary(Parameters(one)) for one in given]
    if len({one[:2] for one in found}) < len(found):
        raise BadRequest(
            "A pair of languages is there twice.", param="dictionaries", code="invalid_value"
        )
    return found


def _dictionary(parameters: Parameters) -> Dictionary:
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
    if not 0 < len(term) <= LONGEST_TERM or _NO_TEXT.search(term):
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


def _wanted(glossary: StoredGlossary, parameters: Parameters) -> Dictionary:
    source, target = _languages(parameters)
    found = glossary.dictionary(source.code, target.code)
    if found is None:
        raise NotFound("The glossary has no such dictionary.", code="glossary_not_found")
    return found


def _pair(dictionary: Dictionary) -> dict[str, str]:
    codes = (dictionary.source, dictionary.target)
    source, target = (Locale(LANGUAGES[code]).write("deepl").lower() for code in codes)
    return {"source_lang": source, "target_lang": target}


def _tsv(entries: Mapping[str, str]) -> str:
    return "\n".join(f"{term}\t{meaning}" for term, meaning in entries.items())
