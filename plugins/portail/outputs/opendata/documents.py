"""What the JSON files of ``/api/v1/`` have in common: their head, one record a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from portail.outputs.opendata.catalogue import LICENCE, VERSION, attribution, schema_of
from portail.site.site import Site

__all__ = ["DATA_KEY", "Schema", "document", "envelope_schema", "head_of", "to_json"]

Schema: TypeAlias = dict[str, Any]

DATA_KEY = "donnees"
"""Key of the list of records."""

_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Signs that JSON allows and that some readers of lines take for the end of one."""


def to_json(value: object) -> str:
    """``value`` on one line. Raises ``ValueError`` for NaN and infinities."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign, escaped in _LINE_ENDS.items():
        text = text.replace(sign, escaped)
    return text


def head_of(nom: str, site: Site) -> dict[str, Any]:
    """The first keys of the file ``nom``: version, address of its schema, licence, attribution."""
    return {
        "version": VERSION,
        "$schema": site.config.absolute(schema_of(nom)),
        "licence": LICENCE,
        "attribution": attribution(site.config, site.vocabularies),
    }


def document(
    head: Mapping[str, Any], rows: Iterable[object], name: str = DATA_KEY
) -> Iterator[str]:
    """The text of a document: ``head``, then the list ``name``, one of ``rows`` a line."""
    yield f"{to_json(head)[:-1]},{to_json(name)}:["
    for rank, row in enumerate(rows):
        yield f"{',' if rank else ''}\n{to_json(row)}"
    yield "\n]}\n"


def envelope_schema(titre: str, description: str, items: Schema) -> Schema:
    """The JSON Schema of a document whose list ``donnees`` holds ``items``."""
    total = {"type": "integer", "minimum": 0, "title": "Total", "description": _TOTAL}
    rows = {"title": "Données", "description": _ROWS, "type": "array", "items": items}
    properties = {**HEAD, "total": total, DATA_KEY: rows}
    return {
        "title": titre,
        "description": description,
        "type": "object",
        "properties": properties,
        "required": [*properties],
    }


_ROWS = "Les contenus, un par ligne."
_TOTAL = "Combien la liste en tient."

HEAD: Schema = {
    "version": {
        "const": VERSION,
        "type": "string",
        "title": "Version",
        "description": "Du format : tant qu’elle ne change pas, rien n’est retiré ni renommé.",
    },
    "$schema": {
        "type": "string",
        "format": "uri-reference",
        "title": "Schéma",
        "description": "Adresse du schéma JSON de ce fichier.",
    },
    "licence": {
        "type": "string",
        "title": "Licence",
        "description": "Identifiant SPDX ; un contenu qui en a une autre le dit.",
    },
    "attribution": {
        "type": "string",
        "title": "Attribution",
        "description": "La phrase à montrer avec ces données.",
    },
}
"""Properties of the head of every document."""
