"""Tables of open data: the records of events and lieux, one a line, as those of the national
dataset are written; the dictionary says it too."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from portail.files import digest_of
from portail.outputs.base import TextFile
from portail.outputs.opendata.catalogue import VERSION, Fichier, published
from portail.outputs.opendata.cells import Column, Row
from portail.outputs.opendata.columns import COLUMNS
from portail.outputs.opendata.records import Record, key_of, record_of
from portail.outputs.spreadsheets import written
from portail.site.site import Item, Site
from portail.site.urls import DICTIONARY, file_of

__all__ = ["table", "table_schema"]


def table(fichier: Fichier, site: Site) -> TextFile:
    """The table of a kind: a row of ``catalogue``, of format ``csv``."""
    assert fichier.kind is not None
    columns, items = COLUMNS[fichier.nom], published(site, fichier.kind)
    seen = [key_of(one, site) for item in items for one in (item, site.lieu_of(item.entry)) if one]
    key = digest_of(site.config.siteurl, site.config.etiquette, *seen)
    return TextFile(file_of(fichier.url), fichier.url, (key,), _produce(columns, items, site))


def table_schema(fichier: Fichier, site: Site) -> TextFile:
    """The Table Schema (Frictionless Data, that of schema.data.gouv.fr) of a table."""
    url = fichier.schema

    def produce() -> Iterator[str]:
        yield json.dumps(_schema(fichier, site), ensure_ascii=False, indent=1) + "\n"

    key = digest_of(VERSION, fichier.nom, site.config.siteurl)
    return TextFile(file_of(url), url, (key,), produce)


def _schema(fichier: Fichier, site: Site) -> dict[str, Any]:
    columns = COLUMNS[fichier.nom]
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": fichier.nom.removesuffix(".csv"),
        "title": fichier.titre,
        "description": fichier.description,
        "homepage": site.config.absolute(DICTIONARY),
        "path": site.config.absolute(fichier.url),
        "fields": [{"name": one.nom, **_typed(one)} for one in columns],
        "missingValues": [""],
        "primaryKey": "id",
    }


def _typed(column: Column) -> dict[str, Any]:
    told = {"description": column.description}
    if column.forme == "nombre":
        return {**told, "type": "integer"}
    if column.forme == "oui-non":
        return {**told, "type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]}
    return {**told, "type": "string"}


def _produce(
    columns: Sequence[Column], items: Sequence[Item], site: Site
) -> Callable[[], Iterator[str]]:
    def lines() -> Iterator[list[str]]:
        known: dict[str, Record] = {}
        for item in items:
            lieu = site.lieu_of(item.entry)
            if lieu and lieu.ref not in known:
                known[lieu.ref] = record_of(lieu, site)
            row = Row(record_of(item, site), known[lieu.ref] if lieu else {}, site.vocabularies)
            yield [column.cell(row) for column in columns]

    return lambda: written([column.nom for column in columns], lines())
