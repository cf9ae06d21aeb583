"""What no import reads, told with its name and what to do of it (``inconnus.yml``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from portail.diagnostics import Refused
from portail.resources import table

_BEGINNING = 8_192
_COPY = (
    "il ne se lit pas ici. Ouvrez-le, sélectionnez tout (Ctrl + A), copiez (Ctrl + C), puis collez "
    "le texte dans le formulaire du portail."
)
_OTHER = (
    "qui ne se lit pas. Donnez plutôt un flux de ce site (RSS), ses pages enregistrées, ou un "
    "tableur : portail importer --modele evenements"
)


@dataclass(frozen=True, slots=True)
class _Document:
    nom: str
    debut: str
    contient: str = ""
    suffixe: str = ""


@dataclass(frozen=True, slots=True)
class _Export:
    nom: str
    signes: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Table:
    documents: Sequence[_Document]
    exports: Sequence[_Export]


@cache
def _table() -> _Table:
    return table("inconnus", _Table, feature="portail_importer.importer")


def refuse_documents(data: bytes, name: str) -> None:
    for it in _table().documents:
        begins = data.startswith(it.debut.encode("latin-1"))
        held = it.contient.encode() in data and name.lower().endswith(it.suffixe)
        if begins and held:
            raise Refused(f"« {name} » est {it.nom} : {_COPY}")


def refuse_exports(text: str, name: str) -> None:
    head = text[:_BEGINNING]
    for it in _table().exports:
        if all(sign in head for sign in it.signes):
            raise Refused(f"« {name} » est {it.nom}, {_OTHER}")


def refuse_data(text: str, name: str) -> None:
    """Refuse JSON, and XML that is no page: it may be of any sort."""
    begun = text.lstrip("\ufeff \t\r\n")[:_BEGINNING]
    sort = "JSON" if begun[:1] in ("{", "[") else "XML" * begun.startswith("<?xml")
    if sort == "JSON" or (sort and "<html" not in begun.lower()):
        raise Refused(f"« {name} » est du {sort}, d’un format {_OTHER}")
