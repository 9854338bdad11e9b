"""DeepL's glossaries: ``/v2/glossaries`` with one dictionary each, ``/v3/glossaries`` with several.

Entries are tab-separated values, in requests also CSV.
"""

from typing import Any

from core.errors import NotFound
from core.limits import GLOSSARY_NAME_CHARACTERS
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.reading.parameters import Parameters
from handlers.translation.deepl.dictionaries import (
    NOT_TEXT,
    find_dictionary,
    read_dictionaries,
    read_dictionary,
    write_dictionary,
    write_pair,
    write_tsv,
)
from handlers.translation.deepl.translate import open_glossaries, unsupported_value
from handlers.translation.shared import get_parameters
from storage.glossaries import DictionaryInfo, GlossaryInfo, new_glossary

# --- version 2 -------------------------------------------------------------------------------


async def create(request: Request, ports: Ports) -> Response:
    """Creates a glossary: ``{name, source_lang, target_lang, entries, entries_format}`` → 201."""
    parameters = get_parameters(request)
    store = open_glossaries(request, ports)
    glossary = new_glossary(_read_name(parameters), [read_dictionary(parameters)])
    return json_response(_write_glossary(await store.create(glossary)), 201)


async def list_all(request: Request, ports: Ports) -> Response:
    """Lists glossaries with one dictionary; the others are for version 3."""
    stored = await open_glossaries(request, ports).all()
    return json_response(
        {
            "glossaries": [
                _write_glossary(glossary) for glossary in stored if len(glossary.dictionaries) == 1
            ]
        }
    )


async def retrieve(request: Request, ports: Ports) -> Response:
    """Returns ``/{id}``, and ``/{id}/entries`` as tab-separated values."""
    id_, rest = _read_path(request, "", "entries")
    store = open_glossaries(request, ports)
    if rest:
        glossary = await store.load(id_)
        if not glossary.dictionaries:
            raise _no_entries()
        entries = write_tsv(glossary.dictionaries[0].entries)
        kind = "text/tab-separated-values; charset=utf-8"
        return Response(entries.encode(), 200, {"content-type": kind})
    info = await store.find(id_)
    if not info.dictionaries:
        raise _no_entries()
    return json_response(_write_glossary(info))


async def delete(request: Request, ports: Ports) -> Response:
    """Deletes ``/{id}`` → 204; in version 3 also ``/{id}/dictionaries`` of a pair of languages."""
    id_, rest = _read_path(request, "", "dictionaries")
    store = open_glossaries(request, ports)
    if not rest:
        await store.delete(id_)
        return Response(status=204)
    glossary = await store.load(id_)
    dictionary = find_dictionary(glossary, get_parameters(request))
    remaining = [each for each in glossary.dictionaries if each is not dictionary]
    await store.save(glossary._replace(dictionaries=remaining))
    return Response(status=204)


def _no_entries() -> NotFound:
    return NotFound("The glossary has no entries.", code="glossary_not_found")


def _write_glossary(glossary: GlossaryInfo) -> dict[str, Any]:
    [dictionary, *_] = glossary.dictionaries
    return {
        "glossary_id": glossary.id,
        "ready": True,
        "name": glossary.name,
        **write_pair(dictionary),
        "creation_time": glossary.created,
        "entry_count": dictionary.entry_count,
    }


# --- version 3 -------------------------------------------------------------------------------


async def create_multilingual(request: Request, ports: Ports) -> Response:
    """Creates a glossary: ``{name, dictionaries: [{source_lang, target_lang, entries,
    entries_format}]}`` → 201."""
    parameters = get_parameters(request)
    store = open_glossaries(request, ports)
    glossary = new_glossary(_read_name(parameters), [])
    for dictionary in read_dictionaries(parameters):
        glossary = glossary.with_dictionary(dictionary)
    return json_response(_write_multilingual(await store.create(glossary)), 201)


async def list_multilingual(request: Request, ports: Ports) -> Response:
    """Lists all glossaries."""
    stored = await open_glossaries(request, ports).all()
    return json_response({"glossaries": [_write_multilingual(glossary) for glossary in stored]})


async def retrieve_multilingual(request: Request, ports: Ports) -> Response:
    """Returns ``/{id}``, and ``/{id}/entries`` for a pair of languages or all of them."""
    id_, rest = _read_path(request, "", "entries")
    store = open_glossaries(request, ports)
    if not rest:
        return json_response(_write_multilingual(await store.find(id_)))
    parameters = get_parameters(request)
    glossary = await store.load(id_)
    dictionaries = glossary.dictionaries
    if parameters.text("source_lang"):
        dictionaries = [find_dictionary(glossary, parameters)]
    rows = [
        {**write_pair(each), "entries": write_tsv(each.entries), "entries_format": "tsv"}
        for each in dictionaries
    ]
    return json_response({"dictionaries": rows})


async def update(request: Request, ports: Ports) -> Response:
    """Renames a glossary, adds or changes entries: ``{name?, dictionaries?}``."""
    id_, _ = _read_path(request, "")
    parameters = get_parameters(request)
    store = open_glossaries(request, ports)
    glossary = await store.load(id_)
    if "name" in parameters.values:
        glossary = glossary._replace(name=_read_name(parameters))
    for dictionary in read_dictionaries(parameters) if "dictionaries" in parameters.values else ():
        before = glossary.dictionary(dictionary.source, dictionary.target)
        entries = {**(before.entries if before else {}), **dictionary.entries}
        glossary = glossary.with_dictionary(dictionary._replace(entries=entries))
    return json_response(_write_multilingual(await store.save(glossary)))


async def replace(request: Request, ports: Ports) -> Response:
    """``/{id}/dictionaries``: replaces the dictionary of a pair of languages."""
    id_, _ = _read_path(request, "dictionaries")
    dictionary = read_dictionary(get_parameters(request))
    store = open_glossaries(request, ports)
    glossary = await store.load(id_)
    await store.save(glossary.with_dictionary(dictionary))
    count = len(dictionary.entries)
    return json_response(write_dictionary(DictionaryInfo(*dictionary[:2], count)))


def _write_multilingual(glossary: GlossaryInfo) -> dict[str, Any]:
    return {
        "glossary_id": glossary.id,
        "name": glossary.name,
        "dictionaries": [write_dictionary(each) for each in glossary.dictionaries],
        "creation_time": glossary.created,
    }


# --- requests --------------------------------------------------------------------------------


def _read_path(request: Request, *endings: str) -> tuple[str, str]:
    """Returns the id of a glossary, and what follows it in the path: one of ``endings``. Raises
    :class:`NotFound`."""
    parts = [part for part in request.path.split("/") if part]
    _, id_, *ending = parts[parts.index("glossaries") :]
    rest = "/".join(ending)
    if rest not in endings:
        raise NotFound("There is no such endpoint here.", code="unknown_url")
    return id_, rest


def _read_name(parameters: Parameters) -> str:
    name = parameters.text("name").strip()
    if not name or len(name) > GLOSSARY_NAME_CHARACTERS or NOT_TEXT.search(name):
        raise unsupported_value("name")
    return name
