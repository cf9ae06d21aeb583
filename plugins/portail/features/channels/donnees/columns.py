"""Columns of the tables of open data, one row each, and the tables made of them. Those of
``evenements.csv`` begin with the columns of the national programme of the Fête de la science
(``docs/technique/outputs.md`` says which dataset, and what is left out). Texts of contents are in
JSON alone: their column is empty."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from portail.features.channels.donnees.addresses import DATA, api_of
from portail.features.channels.donnees.catalogue import BY_NAME, schema_of
from portail.features.channels.donnees.cells import VALUES, WORDS, Column, Row
from portail.features.channels.donnees.records import facts_of
from portail.model.kinds import Kind
from portail.model.parts import HANDICAPS
from portail.outputs.spreadsheets import written
from portail.site.site import Site
from portail.site.urls import API


def _columns(*groups: str) -> tuple[Column, ...]:
    return tuple(column for name in groups for row in WORDS[name] for column in _column(row, name))


def _column(row: Mapping[str, str], group: str) -> Iterator[Column]:
    """The column of a row, or one for each handicap."""
    for handicap in HANDICAPS if "{}" in row["nom"] else ("",):
        words: dict[str, Any] = {key: value.replace("{}", handicap) for key, value in row.items()}
        function, *words["arguments"] = words.get("valeur", " ").split(" ")
        words["valeur"] = VALUES.get(function)
        yield Column(**words, nationale=group == "nationales")


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "evenements.csv": _columns("nationales", "evenements", "tous", "tous_fin", "evenements_fin"),
    "lieux.csv": _columns("lieux", "tous", "lieux_fin", "tous_fin", "lieux_plus"),
}
"""The columns of each table, by the name of its file below ``/api/v1/``."""


def table_of(kind: Kind) -> str:
    """The name that the table of a kind has, if it has one.

    >>> table_of(Kind.RESSOURCE)
    'ressources.csv'
    """
    return f"{api_of(kind).removeprefix(API).removesuffix('json')}csv"


def schema_text(site: Site, nom: str) -> Iterator[str]:
    """The Table Schema (Frictionless Data) of a table, which that of each period follows too;
    ``path`` is its own address, as schema.data.gouv.fr asks: a table may have parts alone."""
    schema = {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": nom.removesuffix(".csv"),
        "title": BY_NAME[nom].titre,
        "description": BY_NAME[nom].description,
        "homepage": site.config.absolute(f"{DATA}#Colonnes"),
        "path": site.config.absolute(schema_of(nom)),
        "fields": [{"name": column.nom, **_typed(column)} for column in COLUMNS[nom]],
        "missingValues": [""],
        "primaryKey": "id",
    }
    yield json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _typed(column: Column) -> dict[str, Any]:
    base = {"description": column.description}
    if column.forme == "nombre":
        return {**base, "type": "integer"}
    if column.forme == "oui-non":
        return {**base, "type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]}
    return {**base, "type": "string"}


def table_text(site: Site, nom: str, refs: Sequence[str]) -> Iterable[str]:
    """The table ``nom`` of some contents, some rows at a time."""
    columns = COLUMNS[nom]

    def lines() -> Iterator[list[str]]:
        for item in map(site.items.__getitem__, refs):
            lieu = site.lieu_of(item.entry)
            of_lieu = facts_of(site, lieu.ref) if lieu else {}
            row = Row(facts_of(site, item.ref), of_lieu, item, site)
            yield [column.cell(row) for column in columns]

    return written([column.nom for column in columns], lines())
