"""Output « opendata »: ``/api/v1/``, the contents as files that other programs read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from portail.model.kinds import Kind
from portail.outputs.base import Derived, TextFile
from portail.outputs.drawn import text_file
from portail.outputs.opendata.catalogue import (
    INDEX,
    Fichier,
    catalogue,
    published,
    schema_of,
)
from portail.outputs.opendata.documents import document, head_of, to_json
from portail.outputs.opendata.formats import FORMATS
from portail.outputs.opendata.parts import index_file, parts
from portail.outputs.opendata.records import record_of
from portail.outputs.opendata.schemas import SCHEMAS, schema_document
from portail.outputs.opendata.tables import table_part
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import API, DATA, api_of

__all__ = ["OpenDataOutput"]

_INDEX = INDEX.removeprefix(API)


class OpenDataOutput:
    """One JSON file for each kind that holds something, the list of all files, their schemas.

    One edit rewrites the files that hold the content and those that name it; a new day rewrites
    none of them.
    """

    name: ClassVar[str] = "opendata"

    def plan(self, site: Site) -> Iterator[TextFile | Derived]:
        """Files in the order of the catalogue, the catalogue, then schemas."""
        files = catalogue(site)
        if not files:
            return
        for one in files:
            if one.kind and one.cut:
                held = tuple(_parts(one.kind, site))
                yield from held
                yield index_file(one, one.kind, held, site)
            elif one.kind and one.format == "json":
                yield _kind_file(one.nom, one.url, published(site, one.kind), site)
        yield text_file(site, INDEX, _index)
        kinds = (api_of(one.kind).removeprefix(API) for one in files if one.kind)
        for nom in dict.fromkeys((*kinds, *(one.nom for one in files), _INDEX)):
            if nom in SCHEMAS:
                yield _schema_file(nom, site)


def _parts(kind: Kind, site: Site) -> Iterator[TextFile]:
    """The files of each period: what the whole would hold of it."""
    nom = api_of(kind).removeprefix(API)
    folder = f"{API}{nom.removesuffix('.json')}/"
    for part in parts(site, kind):
        yield _kind_file(nom, f"{folder}{part.periode}.json", part.items, site)
        yield from table_part(kind, f"{folder}{part.periode}.csv", part.items, site)


def _kind_file(nom: str, url: str, items: Sequence[Item], site: Site) -> TextFile:
    return text_file(site, url, _records, nom, tuple(item.ref for item in items))


def _records(site: Site, nom: str, refs: Sequence[str]) -> Iterator[str]:
    rows = (record_of(site.items[ref], site) for ref in refs)
    return document({**head_of(nom, site), "total": len(refs)}, rows)


def _index(site: Site) -> Iterator[str]:
    rows = (_file_row(one, _last_change(one, site), site) for one in catalogue(site))
    return document(_index_head(site), rows, "fichiers")


def _index_head(site: Site) -> Mapping[str, Any]:
    config = site.config
    return {
        **head_of(_INDEX, site),
        "titre": f"{config.nom}\u00a0: données ouvertes",
        "description": f"La culture scientifique {config.en_region}\u00a0: lieux, événements, "
        "ressources et textes publiés par le portail.",
        "editeur": config.nom,
        "langue": "fr",
        "documentation": config.absolute(DATA),
    }


def _file_row(one: Fichier, day: date | None, site: Site) -> Mapping[str, Any]:
    """A file, like a ``dcat:Distribution`` (https://www.w3.org/TR/vocab-dcat-3/)."""
    absolute = site.config.absolute
    row = {
        "nom": one.nom,
        "titre": one.titre,
        "description": one.description,
        "adresse": absolute(one.url),
        "format": FORMATS[one.format][0],
        "type": one.type,
        "total": one.total,
    }
    if one.schema:
        row["schema"] = absolute(one.schema)
    if day:
        row["modifie"] = day.isoformat()
    return row


def _last_change(one: Fichier, site: Site) -> date | None:
    """The day of the last change of what a file tells; ``None`` when nothing is dated."""
    items = published(site, one.kind) if one.kind else ()
    return max((item.entry.jour for item in items if item.entry.jour), default=None)


def _schema_file(nom: str, site: Site) -> TextFile:
    return text_file(site, schema_of(nom), _schema, nom)


def _schema(site: Site, nom: str) -> Iterator[str]:
    address = site.config.absolute(schema_of(nom))
    yield f"{to_json(schema_document(nom, address, site.vocabularies))}\n"
