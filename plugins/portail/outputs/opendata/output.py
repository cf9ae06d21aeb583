"""Output « opendata »: ``/api/v1/``, the contents as files that other programs read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from portail.files import digest_of
from portail.model.kinds import Kind
from portail.outputs.base import Derived, TextFile
from portail.outputs.opendata.catalogue import (
    FORMATS,
    INDEX,
    VERSION,
    Fichier,
    catalogue,
    published,
    schema_of,
)
from portail.outputs.opendata.documents import document_file, head_of, to_json
from portail.outputs.opendata.parts import index_file, parts
from portail.outputs.opendata.records import key_of, record_of
from portail.outputs.opendata.schemas import SCHEMAS, schema_document
from portail.outputs.opendata.tables import table_part
from portail.site.site import Item, Site
from portail.site.urls import API, DATA, api_of, file_of

__all__ = ["OpenDataOutput"]

_INDEX = INDEX.removeprefix(API)


class OpenDataOutput:
    """One JSON file for each kind that holds something, the list of all files, their schemas.

    The key of a file holds the digests of its records: one edit rewrites the files that hold the
    content and those that name it; a new day rewrites none of them.
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
        yield _index_file(files, site)
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
    return document_file(
        url,
        [key_of(item, site) for item in items],
        lambda: {**head_of(nom, site), "total": len(items)},
        lambda: (record_of(item, site) for item in items),
    )


def _index_file(files: tuple[Fichier, ...], site: Site) -> TextFile:
    told = [(one, _last_change(one, site)) for one in files]
    seen = ((one.nom, one.titre, one.description, one.total, day) for one, day in told)
    return document_file(
        INDEX,
        map(digest_of, seen),
        lambda: _index_head(site),
        lambda: (_file_row(one, day, site) for one, day in told),
        "fichiers",
    )


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
    url = schema_of(nom)

    def produce() -> Iterator[str]:
        address = site.config.absolute(url)
        yield f"{to_json(schema_document(nom, address, site.vocabularies))}\n"

    return TextFile(file_of(url), url, (digest_of(VERSION, nom),), produce)
