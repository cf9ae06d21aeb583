"""``changements.json``: what was added, modified and taken back, for those who keep a copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portail.model.vocabulary import Vocabularies
from portail.outputs.base import TextFile
from portail.outputs.drawn import text_file
from portail.outputs.identity import nature_of, uri
from portail.outputs.opendata.catalogue import CHANGES, Fichier, source_of
from portail.outputs.opendata.documents import HEAD, Schema, document, envelope_schema, head_of
from portail.site.changes import Change, changes_of, since
from portail.site.site import Site

__all__ = ["changes_file", "changes_schema"]

_TOLD: Schema = {
    "id": "Identifiant durable, celui du contenu dans les autres fichiers.",
    "ref": "Référence : dossier et nom du contenu.",
    "url": "Adresse de sa page, ou de celle qu’il avait.",
    "nature": "Ce qu’est le contenu.",
}


def changes_file(fichier: Fichier, site: Site) -> TextFile:
    """The changes of the twelve months that end on the day of ``site``, newest first."""
    return text_file(site, fichier.url, _changes, fichier.nom)


def _changes(site: Site, nom: str) -> Iterator[str]:
    changes, today = changes_of(site), site.day.date
    period = {"du": since(today).isoformat(), "au": today.isoformat()}
    rows = (_row(one, site) for one in changes)
    return document({**head_of(nom, site), **period, "total": len(changes)}, rows)


def _row(one: Change, site: Site) -> dict[str, Any]:
    row = {
        "id": uri(site.config, one.url),
        "ref": one.ref,
        "url": site.config.absolute(one.url),
        "nature": nature_of(one.kind),
        "titre": one.titre,
        "le": one.le.isoformat(),
        "changement": one.changement,
        "motif": one.motif,
        "vers": one.vers,
    }
    return {key: value for key, value in row.items() if value}


def changes_schema(vocabularies: Vocabularies) -> Schema:
    """Its JSON Schema."""
    del vocabularies
    source = source_of(CHANGES)
    text: Schema = {"type": "string"}
    day: Schema = {"type": "string", "format": "date"}
    properties = {
        **{key: {"title": key, "description": said, **text} for key, said in _TOLD.items()},
        "titre": {"description": "Titre ; un contenu retiré n’en a plus.", **text},
        "le": {"description": "Jour du changement.", **day},
        "changement": {
            "description": "Ce qui lui est arrivé.",
            "type": "string",
            "enum": ["ajout", "modification", "retrait"],
        },
        "motif": {"description": "Pourquoi il a été retiré.", **text},
        "vers": {"description": "Référence du contenu qui le remplace.", **text},
    }
    needed = ["id", "ref", "url", "nature", "le", "changement"]
    row = {"type": "object", "properties": properties, "required": needed}
    schema = envelope_schema(source.titre, source.description, row)
    period = {
        "du": {"description": "Premier jour de la période.", **day},
        "au": {"description": "Dernier jour : celui où le site a été produit.", **day},
    }
    schema["properties"] = {**HEAD, **period, **schema["properties"]}
    schema["required"] = [*schema["properties"]]
    return schema
