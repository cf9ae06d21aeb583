"""Where received contents go below ``content/``: their kind, their name, what they may replace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from portail.cli.new.names import free_name
from portail.diagnostics import Report
from portail.files import atomic_write
from portail.forms.layout import FORMS
from portail.model.fields import Reading
from portail.model.kinds import BY_FOLDER, Kind
from portail.source.document import Parts, decode, split
from portail.source.frontmatter import Node, parse_front_matter
from portail.source.loader import Listing, SourceFile
from portail.source.validation import validate
from portail.text.slugs import is_slug, slug_of_filename

if TYPE_CHECKING:
    from portail.cli.deposer.parcels import Parcel

__all__ = ["Files", "Refused", "place", "written"]

Files = dict[PurePosixPath, bytes]
"""What will be written, by path from the parent of the folder of contents."""


class Refused(Exception):
    """A file that cannot be taken; the text says why, and what to do, in French."""


def place(
    parcels: Sequence[Parcel],
    asked: Kind | None,
    listing: Listing,
    content: Path,
    reading: Reading,
    *,
    replace: bool,
) -> Files:
    """The files to write. Raises ``Refused``; ``asked`` is the kind of what does not say its own,
    ``replace`` lets a content that exists be updated."""
    known = {f"{one.kind.value}/{one.slug}": one for one in listing.documents}
    files: Files = {}
    for parcel in parcels:
        root = _front(parcel)
        kind = _kind(parcel, asked, root, reading)
        name = _name(parcel, kind, root, known)
        slug = slug_of_filename(f"{name}.md")
        old = known.get(f"{kind.value}/{slug}")
        path = _path(parcel, kind, name, old, content, replace)
        if path in files:
            raise Refused(f"Deux textes iraient à « {path} » : déposez-les l’un après l’autre.")
        files[path] = parcel.text
        for media, data in parcel.medias.items():
            files[_media(path, media, data, content, replace)] = data
    return files


def _front(parcel: Parcel) -> Node | None:
    """The front matter, if it can be read: the check says what is wrong with it."""
    path = PurePosixPath("content", parcel.path.name)
    text = decode(parcel.text, path, "contenu")
    parts = split(text, path) if isinstance(text, str) else None
    if not isinstance(parts, Parts):
        return None
    return parse_front_matter(parts.front, path, parts.front_line)[0]


def _kind(parcel: Parcel, asked: Kind | None, root: Node | None, reading: Reading) -> Kind:
    """By its path, else as it is asked, else by its fields when one kind alone accepts them."""
    told = next((BY_FOLDER[one] for one in parcel.path.parts[:-1] if one in BY_FOLDER), None)
    if told or asked:
        return told or asked or Kind.EVENT
    fits = [kind for kind in FORMS if root and _accepts(kind, root, parcel, reading)]
    if len(fits) == 1:
        return fits[0]
    names = ", ".join(one.info.nom for one in fits or FORMS)
    why = "plusieurs genres conviennent" if fits else "aucun genre ne convient tel quel"
    raise Refused(
        f"« {parcel.origin} » : on ne sait pas quel genre de contenu c’est, {why} ({names}). "
        "Dites-le : --genre événement"
    )


def _accepts(kind: Kind, root: Node, parcel: Parcel, reading: Reading) -> bool:
    again = _front(parcel)  # validation renames aliases in what it reads
    assert again is not None
    path = PurePosixPath("content", kind.value, "nouveau.md")
    return not Report(validate(again, kind, "nouveau", path, reading)[1]).has_errors


def _name(parcel: Parcel, kind: Kind, root: Node | None, known: dict[str, SourceFile]) -> str:
    """The name of its file when it is one, else that of its title."""
    own = parcel.path.stem if parcel.path.name != "index.md" else parcel.path.parent.name
    if own not in BY_FOLDER and is_slug(slug_of_filename(f"{own}.md")):
        return own
    title = root.at(("titre",)).value if root else ""
    if not isinstance(title, str) or not title.strip():
        raise Refused(f"« {parcel.origin} » n’a ni nom de fichier ni titre dont faire une adresse.")
    from datetime import date

    return free_name(kind, title, date.min, known)


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
    """Beside its text; another's picture of the same name is left as it is."""
    path = text.parent / name
    there = content.parent / path
    own = text.name == "index.md" and replace
    if there.exists() and not own and there.read_bytes() != data:
        raise Refused(f"« {path} » existe déjà, et c’est une autre image : renommez celle-ci.")
    return path


def written(files: Files, content: Path) -> Iterator[str]:
    """Write ``files``, all or none, and tell each. Raises ``OSError``."""
    before: dict[Path, bytes | None] = {}
    try:
        for path, data in files.items():
            target = content.parent / path
            before[target] = target.read_bytes() if target.exists() else None
            atomic_write(target, data)
    except OSError:
        for target, old in before.items():
            with suppress(OSError):
                target.unlink() if old is None else atomic_write(target, old)
        raise
    for path in files:
        kind = "remplacé" if before[content.parent / path] is not None else "déposé"
        yield f"{path} : {kind}."
