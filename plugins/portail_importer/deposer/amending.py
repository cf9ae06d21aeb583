"""A correction received by mail: the fields that change, and the mark of what they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from msgspec.json import encode

from portail.diagnostics import Refused
from portail.features.intake.contribuer.files import source_file
from portail.features.intake.corriger.sheet import Sheet
from portail.features.services.schemas.examples import written
from portail.features.services.tableurs.columns import BODY
from portail.files import Files
from portail.site.item import Item
from portail.site.site import Site
from portail.source.loader import list_content

from ..importer.values import edited
from .parcels import Parcel, front_of

_CHANGED = "modifie"
_ALONE = "Rien n’est changé. Relisez la page, puis corrigez-la vous-même s’il le faut."


def mark_of(ref: str, before: Mapping[str, Any]) -> str:
    """What ties a correction to the values it was written from: eight figures of the reference and
    the former values, as text. It guards from what changed meanwhile, not from whoever lies.

    >>> mark_of("lieux/musee", {"site": None})
    '08607be8'
    """
    return f"{crc32(encode([ref, before])):08x}"


def amended(
    corrections: Sequence[Parcel], content: Path, site: Site | None, day: date
) -> tuple[Files, list[str]]:
    """The files of ``content`` that ``corrections`` change, byte for byte otherwise, and French
    lines that say each change. Raises ``Refused``.
    """
    listing = list_content(content, ())
    documents = {
        f"{document.kind.value}/{document.slug}": document for document in listing.documents
    }
    files: Files = {}
    said: list[str] = []
    for parcel in corrections:
        ref = str(parcel.path)
        changes = _changes(parcel, ref)
        item = site.items.get(ref) if site else None
        if site is None or item is None or ref not in documents:
            raise Refused(
                f"La correction vise « {ref} », que ce portail n’a pas : la page a changé de nom, "
                f"ou le courriel a été modifié. {_ALONE}"
            )
        file = documents[ref]
        if file.path in files:
            raise Refused(f"Deux corrections visent « {ref} » : déposez-les l’une après l’autre.")
        before = _before(item, site, changes)
        if before == changes:
            raise Refused(f"« {file.path} » dit déjà ce que demande cette correction.")
        if mark_of(ref, before) != parcel.mark:
            names = ", ".join(f"« {key} »" for key in changes)
            raise Refused(
                f"La correction de « {ref} » ne part plus de ce que dit le portail : {names} a "
                f"changé depuis, ou le courriel a été modifié. {_ALONE}"
            )
        sheet = Sheet(file, file.file.read_bytes().decode("utf-8"))
        files[file.path] = edited(sheet, {**changes, _CHANGED: day.isoformat()})
        said += [f"{file.path} : {_told(key, before[key], changes[key])}" for key in changes]
    return files, said


def _before(item: Item, site: Site, changes: Mapping[str, Any]) -> dict[str, Any]:
    # The value of each field as the form read it. Raises ``Refused`` for what is no field.
    unknown = changes.keys() - type(item.entry).model_fields.keys() - {BODY}
    if unknown:
        names = ", ".join(f"« {key} »" for key in sorted(unknown))
        raise Refused(f"La correction de « {item.ref} » vise ce qu’aucun champ ne dit : {names}.")
    known = source_file(item, site)
    front = {**known["entete"], BODY: known["corps"].strip() or None}
    return {key: front.get(key) for key in changes}


def _changes(parcel: Parcel, ref: str) -> dict[str, Any]:
    if parcel.quoted:
        raise Refused(
            f"La correction de « {ref} » est citée dans une réponse, qui peut la refuser : déposez "
            "le courriel qui l’a apportée."
        )
    root = front_of(parcel)
    values = root.plain() if root else None
    if not isinstance(values, dict) or not values or not isinstance(values.get(BODY, ""), str):
        raise Refused(f"La correction de « {ref} » ne se lit pas. {_ALONE}")
    return {key: None if value == "" and key != BODY else value for key, value in values.items()}


def _told(key: str, before: Any, after: Any) -> str:
    """One change, in a line.

    >>> _told("telephone", None, "03 20 00 00 00")
    'telephone : (absent) → 03 20 00 00 00'
    """
    old, new = ("(absent)" if value is None else written(value) for value in (before, after))
    return f"{key} : {old} → {new}"
