"""JSON Schemas (draft 2020-12) of the files of ``/api/v1/``.

That of a kind is the one of its front matter, less what only concerns who writes a file: errors,
limits of length, closed lists of keys. It says what a file holds, and lets v1 grow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from portail.model.kinds import Kind
from portail.model.vocabulary import Vocabularies
from portail.outputs.identity import nature_of
from portail.outputs.opendata.catalogue import CHANGES, CUT, INDEX, KINDS, index_of
from portail.outputs.opendata.changes import changes_schema
from portail.outputs.opendata.computed import OURS, TEXT, computed_schema
from portail.outputs.opendata.documents import HEAD, Schema, envelope_schema
from portail.outputs.opendata.maps import MAPS, map_schema
from portail.outputs.opendata.parts import index_schema
from portail.outputs.opendata.records import DEFAULTS, LEFT_OUT
from portail.schemas.kind_schema import BASE, kind_schema, listed
from portail.site.urls import API, api_of

__all__ = ["SCHEMAS", "record_schema", "schema_document", "told_fields"]

_FOR_WRITERS = frozenset(
    {"x-erreurs", "x-code", "x-completion", "not", "minLength", "maxLength", "maxItems"}
    | {"x-regles", "x-codes", "x-phrases", "x-signes", "x-alias", "x-identifiant", "x-raisons"}
    | {"additionalProperties", "minimum", "maximum"}
)
"""Words that only tell whoever writes a file what is refused."""


_TEXT = {"type": "string"}
_ADDRESS = {"type": "string", "format": "uri-reference"}
_INDEX = {
    "titre": ("Titre.", _TEXT),
    "description": ("Ce que sont ces données.", _TEXT),
    "editeur": ("Qui les publie.", _TEXT),
    "langue": ("Langue des données (BCP 47).", _TEXT),
    "documentation": ("Page qui les explique.", _ADDRESS),
}
_FILE = {
    "nom": ("Nom du fichier.", _TEXT),
    "titre": ("Titre.", _TEXT),
    "description": ("Ce qu’il tient.", _TEXT),
    "adresse": ("Où le prendre.", _ADDRESS),
    "format": ("Nom du format.", _TEXT),
    "type": ("Type de média.", _TEXT),
    "schema": ("Adresse de son schéma JSON.", _ADDRESS),
    "total": ("Combien de contenus il tient.", {"type": "integer"}),
    "modifie": ("Jour du dernier changement d’un contenu.", {"type": "string", "format": "date"}),
}


def schema_document(nom: str, address: str, vocabularies: Vocabularies) -> Schema:
    """The schema of the file ``nom`` (``lieux.json``), published at ``address``."""
    return {"$schema": BASE, "$id": address, **SCHEMAS[nom](vocabularies)}


def record_schema(kind: Kind, vocabularies: Vocabularies) -> Schema:
    """The schema of one record of a kind."""
    front = _open(told_fields(kind, vocabularies))
    calcule = _enumerated(computed_schema(kind), vocabularies)
    fields = front["properties"]
    ours = {**OURS, "nature": {**OURS["nature"], "const": nature_of(kind)}}
    always = [key for key in fields if key in front["required"] or key in DEFAULTS]
    return {
        "title": front["title"],
        "type": "object",
        "properties": {**ours, **fields, "texte": TEXT, "calcule": calcule},
        "required": [*ours, *always, "texte", "calcule"],
    }


def told_fields(kind: Kind, vocabularies: Vocabularies) -> Schema:
    """The schema of the front matter of a kind, for the fields that a record tells, as it writes
    them."""
    schema = kind_schema(kind, vocabularies)
    fields = {key: one for key, one in schema["properties"].items() if key not in LEFT_OUT}
    if "elements" in fields:  # always written as groups
        items = fields["elements"]["items"]["anyOf"][1]
        fields["elements"] = {**fields["elements"], "items": items}
    return {**schema, "properties": fields}


def _open(schema: Any) -> Any:
    """A schema of front matter without the words for writers, at any depth."""
    if isinstance(schema, list):
        return [_open(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {}
    for word, value in schema.items():
        if word == "properties":
            kept[word] = {name: _open(one) for name, one in value.items()}
        elif word in ("default", "examples", "enum", "x-libelles"):
            kept[word] = value
        elif word not in _FOR_WRITERS or (word == "additionalProperties" and value):
            kept[word] = _open(value)
    return kept


def _enumerated(schema: Any, vocabularies: Vocabularies) -> Any:
    """A schema with the lists of codes that it names written out, at any depth."""
    if isinstance(schema, list):
        return [_enumerated(one, vocabularies) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {word: _enumerated(one, vocabularies) for word, one in schema.items()}
    name = schema.get("x-vocabulaire")
    if isinstance(name, str):
        found |= listed(name, vocabularies)
    return found


def _kind_document(kind: Kind, vocabularies: Vocabularies) -> Schema:
    info = kind.info
    return envelope_schema(
        info.pluriel[0].upper() + info.pluriel[1:],
        f"Tous les contenus du genre « {info.nom} », un par ligne, dans l’ordre des références.",
        record_schema(kind, vocabularies),
    )


def _parts_document(kind: Kind, vocabularies: Vocabularies) -> Schema:
    del vocabularies
    return index_schema(kind)


def _index_document(vocabularies: Vocabularies) -> Schema:
    del vocabularies
    file = _told(_FILE)
    files = {
        "type": "object",
        "properties": file,
        "required": [key for key in file if key not in ("schema", "modifie")],
    }
    properties = {**HEAD, **_told(_INDEX), "fichiers": {"type": "array", "items": files}}
    return {
        "title": "Données ouvertes",
        "description": "La liste des fichiers.",
        "type": "object",
        "properties": properties,
        "required": [*properties],
    }


def _told(rows: Mapping[str, tuple[str, Schema]]) -> Schema:
    return {key: {"description": text, **schema} for key, (text, schema) in rows.items()}


SCHEMAS: Mapping[str, Callable[[Vocabularies], Schema]] = {
    **{api_of(kind).removeprefix(API): partial(_kind_document, kind) for kind in KINDS},
    **{index_of(kind): partial(_parts_document, kind) for kind in CUT},
    **{nom: partial(map_schema, nom) for nom in MAPS},
    CHANGES: changes_schema,
    INDEX.removeprefix(API): _index_document,
}
"""What makes the schema of each file, by the name of the file."""
