"""Received contents: their texts and pictures, and their places below ``content/``.

A correction received by mail: the fields that change, and the mark of what they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from zlib import crc32

from msgspec import structs
from msgspec.json import encode

from portail.diagnostics import Refused, Report
from portail.features.intake.nouveau.names import free_name
from portail.features.services.schemas.readable import readable
from portail.files import Files
from portail.model.kinds import BY_FOLDER, FORMS, Kind
from portail.model.scalars import Reading
from portail.site.item import Item
from portail.site.site import Site
from portail.source.document import Node, decode
from portail.source.loader import Listing, SourceFile, list_content
from portail.source.validation import validate
from portail.source.yaml_text import written
from portail.text.normalise import is_slug, slug_of_filename
from portail_importer.tableurs.columns import BODY
from portail_plume.sheet import Sheet, field_text

from ..importer.base import NOTE
from ..importer.values import doubt, edited
from .parcels import Parcel, front_of, title_of


def place(
    parcels: Sequence[Parcel],
    genre: Kind | None,
    listing: Listing,
    content: Path,
    reading: Reading,
    *,
    replace: bool,
) -> Files:
    """The files to write; ``replace`` updates a content that exists. Raises ``Refused``."""
    documents = {f"{text.kind.value}/{text.slug}": text for text in listing.documents}
    files: Files = {}
    for parcel in parcels:
        root = front_of(parcel)
        kind = _kind(parcel, genre, root, reading)
        name = _name(parcel, kind, root, documents)
        slug = slug_of_filename(f"{name}.md")
        old = documents.get(f"{kind.value}/{slug}")
        parcel = _with_pictures(parcel, root, old.file.parent if old else content)
        # A note quotes the telephone that it asks to take away, and contents are public.
        text = _NOTES.sub(rb"\1", parcel.text)
        # A deposit that was killed may have placed it.
        own = old is not None and old.file.read_bytes() == text
        path = _path(parcel, kind, name, old=old, content=content, replace=replace or own)
        if path in files:
            raise Refused(f"Deux textes iraient à « {path} » : déposez-les l’un après l’autre.")
        files[path] = text
        for media, data in parcel.medias.items():
            files[_media(path, media, data, content, replace)] = data
    return files


def doubts(files: Files, content: Path, sender: str) -> Iterator[str]:
    """French sentences on what ``files`` that ``sender`` mailed change of contents there, and that
    somebody must verify."""
    for path, data in files.items():
        there = content.parent / path
        if path.suffix == ".md" and there.is_file():
            new, old = (values_of(path, text) for text in (data, there.read_bytes()))
            changed = {key for key in new.keys() | old.keys() if new.get(key) != old.get(key)}
            if note := doubt(changed, sender):
                yield f"« {path} » : {note}."


def _with_pictures(parcel: Parcel, root: Node | None, there: Path) -> Parcel:
    # Its spare picture is the one that it asks for, unless that came too or is ``there``; others go
    # beside it, under names that are of nobody.
    asked = root.at(("image", "fichier")).value if root and parcel.spare else None
    lacks = isinstance(asked, str) and asked not in parcel.medias and not (there / asked).exists()
    medias = {**parcel.medias}
    text = parcel.text
    for rank, (path, data) in enumerate(parcel.spare.items(), 1):
        name = f"image-{rank}{path.suffix.lower()}"
        if isinstance(asked, str) and lacks and len(parcel.spare) == 1:
            name = PurePosixPath(asked).with_suffix(path.suffix.lower()).name
            text = text.replace(asked.encode(), name.encode())
        medias[name] = data
    return structs.replace(parcel, text=text, medias=medias)


def values_of(path: PurePosixPath, text: bytes) -> dict[str, Any]:
    """The fields of a text as they are written; none of what cannot be read."""
    root = front_of(Parcel(path, text, path.name))
    if root:
        values = root.plain()
        if isinstance(values, dict):
            return values
    return {}


_NOTES = re.compile(rb"\A((?:\xef\xbb\xbf)?---[ \t]*\r?\n)(?:%s[^\n]*\n)+" % NOTE.encode())


def _kind(parcel: Parcel, genre: Kind | None, root: Node | None, reading: Reading) -> Kind:
    # By its path, else ``genre``, else by its fields when a single kind accepts them. What has no
    # form is of the team: ``genre`` must say it, since a stranger names the folders of an archive.
    kind = next((BY_FOLDER[part] for part in parcel.path.parts[:-1] if part in BY_FOLDER), genre)
    if kind and kind not in (genre, *FORMS):
        raise Refused(
            f"« {parcel.path} » : d’ordinaire, seule l’équipe écrit ce genre de contenu. Si c’est "
            f"bien ce que vous voulez : --genre {kind.info.class_name}"
        )
    if kind:
        return kind
    _refuse_unread(parcel)
    faults = {kind: _faults(kind, parcel, reading) for kind in FORMS if root}
    sound = [kind for kind, report in faults.items() if not report.has_errors]
    fits = sound or _by_keys(faults)
    if len(fits) == 1:
        return fits[0]
    names = ", ".join(kind.info.nom for kind in fits or FORMS)
    why = "plusieurs genres conviennent" if fits else "aucun genre ne convient tel quel"
    raise Refused(
        f"« {parcel.origin} » : on ne sait pas quel genre de contenu c’est, {why} ({names}). "
        "Dites-le : --genre événement"
    )


def _refuse_unread(parcel: Parcel) -> None:
    # Raise ``Refused`` for a file that cannot be read: no field of it says its kind.
    decoded = decode(parcel.text, PurePosixPath(parcel.path.name), "contenu")
    if not isinstance(decoded, str):
        first = decoded[0]
        line = first.position.line
        raise Refused(f"« {parcel.origin} », ligne {line} : {first.message} {first.hint}")


def _faults(kind: Kind, parcel: Parcel, reading: Reading) -> Report:
    root = front_of(parcel)  # read anew: validation renames aliases in it
    assert root is not None
    path = PurePosixPath("content", kind.value, "nouveau.md")
    return Report(validate(root, kind, "nouveau", path, reading)[1])


def _by_keys(faults: Mapping[Kind, Report]) -> list[Kind]:
    # The kinds that know all the keys, whatever is wrong in their values; else the one to which
    # fewer keys are unknown, by two at least: a mistyped one is unknown to all.
    unknown = {
        kind: sum(fault.code == "E204" for fault in report) for kind, report in faults.items()
    }
    least = min(unknown.values(), default=0)
    fits = [kind for kind, number in unknown.items() if number < least + 2]
    return [kind for kind in fits if not unknown[kind]] or (fits if len(fits) == 1 else [])


def _name(parcel: Parcel, kind: Kind, root: Node | None, documents: dict[str, SourceFile]) -> str:
    # The name of its file when it is one, else that of its title.
    own = parcel.path.stem if parcel.path.name != "index.md" else parcel.path.parent.name
    if own not in BY_FOLDER and is_slug(slug_of_filename(f"{own}.md")):
        return own
    title = title_of(root)
    if not title:
        raise Refused(f"« {parcel.origin} » n’a ni nom de fichier ni titre dont faire une adresse.")
    return free_name(kind, title, date.min, documents)


def _path(
    parcel: Parcel, kind: Kind, name: str, old: SourceFile | None, content: Path, replace: bool
) -> PurePosixPath:
    if old and not replace:
        raise Refused(
            f"« {old.path} » existe déjà. Si c’est sa mise à jour : portail deposer --remplacer. "
            "Sinon, donnez un autre nom au fichier reçu."
        )
    if old:
        return old.path
    folder = PurePosixPath(content.name, kind.value)
    return folder / name / "index.md" if parcel.medias else folder / f"{name}.md"


def _media(
    text: PurePosixPath, name: str, data: bytes, content: Path, replace: bool
) -> PurePosixPath:
    path = text.parent / name
    there = content.parent / path
    own = text.name == "index.md" and replace
    if there.exists() and not own and there.read_bytes() != data:
        raise Refused(f"« {path} » existe déjà, et c’est une autre image : renommez celle-ci.")
    return path


_CHANGED = "modifie"
_ALONE = "Rien n’est changé. Relisez la page, puis corrigez-la vous-même s’il le faut."


def mark_of(ref: str, before: Mapping[str, Any]) -> str:
    """What ties a correction to the values it was written from: eight figures of the reference and
    the former values, as text. It guards from what changed meanwhile, not from whoever lies.

    >>> mark_of("lieux/musee", {"site": None})
    '08607be8'
    """
    return f"{crc32(encode([ref, before])):08x}"


def correction(ref: str, changes: Mapping[str, Any], site: Site) -> Parcel:
    """What asks for ``changes`` of the content ``ref``, from what the portal says of it now."""
    before = _before(site.items[ref], site, changes)
    text = "".join(field_text(key, value) for key, value in changes.items())
    return Parcel(PurePosixPath(ref), f"---\n{text}---\n".encode(), ref, mark=mark_of(ref, before))


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
    front = {**readable(item, site), BODY: site.bodies.source(item.stored).strip() or None}
    return {key: front.get(key) for key in changes}


def _changes(parcel: Parcel, ref: str) -> dict[str, Any]:
    if parcel.quoted:
        raise Refused(
            f"La correction de « {ref} » est citée dans une réponse, qui peut la refuser : déposez "
            "le courriel qui l’a apportée."
        )
    values = values_of(parcel.path, parcel.text)
    if not values or not isinstance(values.get(BODY, ""), str):
        raise Refused(f"La correction de « {ref} » ne se lit pas. {_ALONE}")
    return {key: None if value == "" and key != BODY else value for key, value in values.items()}


def _told(key: str, before: Any, after: Any) -> str:
    """One change, in a line.

    >>> _told("telephone", None, "03 20 00 00 00")
    'telephone : (absent) → 03 20 00 00 00'
    """
    old, new = ("(absent)" if value is None else written(value) for value in (before, after))
    return f"{key} : {old} → {new}"
