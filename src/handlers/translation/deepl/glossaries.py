"""DeepL's glossaries: ``/v2/glossaries`` with one dictionary each, ``/v3/glossaries`` with several.

Entries come and go as tab-separated values, or come as CSV.
"""

from typing import Any

from core.errors import NotFound
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.reading.parameters import Parameters
from handlers.translation import shared
from handlers.translation.deepl.dictionaries import (
    NOT_TEXT,
    find_dictionary,
    read_dictionaries,
    read_dictionary,
    write_dictionary,
    write_pair,
    write_tsv,
)
from handlers.translation.deepl.translate import unsupported_value
from storage import glossaries
from storage.glossaries import Glossaries, StoredGlossary

LIMIT = 1024 * 1024
"""Bytes of a body."""
LONGEST_NAME = 1024


# --- version 2 -------------------------------------------------------------------------------


async def create(request: Request, ports: Ports) -> Response:
    """``{name, source_lang, target_lang, entries, entries_format}`` → 201 and the glossary."""
    parameters = shared.parameters_of(request)
    store = Glossaries(ports.database)
    made = glossaries.new_glossary(_name(parameters), [read_dictionary(parameters)])
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
        entries = write_tsv(found.dictionaries[0].entries)
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
    dictionary = find_dictionary(found, shared.parameters_of(request))
    others = [one for one in found.dictionaries if one is not dictionary]
    await store.save(found._replace(dictionaries=others))
    return Response(status=204)


def _info(glossary: StoredGlossary) -> dict[str, Any]:
    [dictionary, *_] = glossary.dictionaries
    return {
        "glossary_id": glossary.id,
        "ready": True,
        "name": glossary.name,
        **write_pair(dictionary),
        "creation_time": glossary.created,
        "entry_count": len(dictionary.entries),
    }


# --- version 3 -------------------------------------------------------------------------------


async def create_multilingual(request: Request, ports: Ports) -> Response:
    """``{name, dictionaries: [{source_lang, target_lang, entries, entries_format}]}`` → 201."""
    parameters = shared.parameters_of(request)
    store = Glossaries(ports.database)
    made = glossaries.new_glossary(_name(parameters), [])
    for dictionary in read_dictionaries(parameters):
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
        wanted = [find_dictionary(found, parameters)]
    rows = [
        {**write_pair(one), "entries": write_tsv(one.entries), "entries_format": "tsv"}
        for one in wanted
    ]
    return json_response({"dictionaries": rows})


async def update(request: Request, ports: Ports) -> Response:
    """``{name?, dictionaries?}``: another name, entries added or changed."""
    id_, _ = _place(request, "")
    parameters = shared.parameters_of(request)
    store = Glossaries(ports.database)
    [found] = await store.get(id_)
    if "name" in parameters.values:
        found = found._replace(name=_name(parameters))
    for dictionary in read_dictionaries(parameters) if "dictionaries" in parameters.values else ():
        before = found.dictionary(dictionary.source, dictionary.target)
        entries = {**(before.entries if before else {}), **dictionary.entries}
        found = found.with_dictionary(dictionary._replace(entries=entries))
    return json_response(_multilingual(await store.save(found)))


async def replace(request: Request, ports: Ports) -> Response:
    """``/{id}/dictionaries``: another dictionary for its pair of languages."""
    id_, _ = _place(request, "dictionaries")
    dictionary = read_dictionary(shared.parameters_of(request))
    store = Glossaries(ports.database)
    [found] = await store.get(id_)
    await store.save(found.with_dictionary(dictionary))
    return json_response(write_dictionary(dictionary))


def _multilingual(glossary: StoredGlossary) -> dict[str, Any]:
    return {
        "glossary_id": glossary.id,
        "name": glossary.name,
        "dictionaries": [write_dictionary(one) for one in glossary.dictionaries],
        "creation_time": glossary.created,
    }


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
    if not name or len(name) > LONGEST_NAME or NOT_TEXT.search(name):
        raise unsupported_value("name")
    return name
