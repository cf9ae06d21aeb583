"""What the folder of contents holds: a walk that lists its files in a stable order, by what each is
(text of a kind, media, register), and refuses those that may not be published.

Only names and types are judged here; of all files, one is read too: ``retraits.yml``, the register
of the contents that were taken back.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic, Position
from portail.files import DRAFT, is_reserved_name, posix_path, unsafe_reason
from portail.late import expression
from portail.machine import reason_of
from portail.model import genres
from portail.model.faults import FieldPath
from portail.model.kinds import BY_FOLDER, KINDS, Kind
from portail.model.retraits import Registre, Retrait
from portail.model.scalars import Reading
from portail.text.normalise import is_slug, slug_of_filename, slugify
from portail.text.suggest import nearest

from .document import Node, decode, parse_front_matter
from .medias import check_weight, unpublished
from .signatures import FORMATS
from .store import Stamp
from .validation import validate_group

MEDIA_TYPES = frozenset(FORMATS)
_IGNORED = frozenset({".gitkeep", ".DS_Store", "Thumbs.db", "desktop.ini"})
# Files that Git obeys: they can keep contents out of what is published, so none is litter.
_GIT = ".git"
_GIT_FILES = frozenset({_GIT, ".gitattributes", ".gitignore", ".gitmodules"})
_NOTES = frozenset(("readme", "lisezmoi", "lisez-moi", "lisez_moi", "lisez moi"))
_MEDIAS = "medias"
_PROGRAMS = frozenset(
    "asp aspx cfm cgi fcgi jsp phar php php3 php4 php5 php7 php8 pht phtml pl py rb sh "
    "shtml".split()
)
# The path of nearly every text: nothing in it is to be refused, which one match tells. Names that
# Windows reserves are shorter, or have a « $ ».
_USUAL = expression(r"(?!.{200})[a-z0-9-]{5,}(?:/[a-z0-9-]{5,})+\.md")
# The register of contents that were taken back, at the root of the contents.
REGISTER_FILE = "retraits.yml"
# Folder of a kind → how the names of the files end that its feature keeps among the texts.
_BESIDE = {info.folder: info.beside for info in KINDS.values() if info.beside}

# Any name of a kind → its folder: who writes « evenements » means ``events``.
_NAMES: dict[str, str] = {}
for _folder, _kind in BY_FOLDER.items():
    _names = (_folder, _kind.info.segment, _kind.info.nom, _kind.info.pluriel)
    _NAMES |= dict.fromkeys(filter(None, _names), _folder)


class SourceFile(Struct, frozen=True):
    """A Markdown file; ``path`` starts with the name of the folder of contents, ``at`` is where the
    disk has it (text, since a ``Path`` for each is slow)."""

    path: PurePosixPath
    at: Path | str
    kind: Kind
    slug: str
    stamp: Stamp

    def __str__(self) -> str:
        return str(self.path)

    @property
    def file(self) -> Path:
        return Path(self.at)


class Media(Struct, frozen=True):
    path: PurePosixPath
    file: Path
    stamp: Stamp

    def __str__(self) -> str:
        return str(self.path)


class Listing(Struct):
    """What ``content/`` holds, sorted by path.

    ``register`` is ``retraits.yml``, ``beside`` what features keep among the texts of their kinds,
    ``unpublished`` the files whose type is not published, each with its fault (E112).
    """

    documents: list[SourceFile] = field(default_factory=list)
    medias: list[Media] = field(default_factory=list)
    beside: list[Media] = field(default_factory=list)
    register: Media | None = None
    unpublished: dict[PurePosixPath, Diagnostic] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    # What text editors and systems left: all told in one diagnostic (C175).
    litter: list[PurePosixPath] = field(default_factory=list)


def is_litter(name: str) -> bool:
    """Whether a file has the name of those that text editors and systems leave, mostly hidden,
    beside those of people: nobody's content, whatever it holds.

    >>> [is_litter(name) for name in (".nuit.md.swp", "nuit.md~", "~$nuit.md", ".gitattributes")]
    [True, True, True, False]
    """
    hidden = name.startswith((".", "~$")) and not name.startswith(_GIT)
    return hidden or name.endswith("~") or name in _IGNORED


def is_note(name: str) -> bool:
    """Whether a file is a note on its folder, which forges show with it: not published, and no
    mistake. In lower case, ``readme.md`` can be an address: it is a content.

    >>> is_note("README.md"), is_note("LISEZ-MOI"), is_note("readme.md")
    (True, True, False)
    """
    low = name.lower()
    is_content = name == low and name.endswith(".md") and name[:6] in ("readme", "lisez-", "lisezm")
    return low.removesuffix(".md").removesuffix(".txt") in _NOTES and not is_content


def list_content(
    folder: Path, excluded: Collection[str] = (), proposed: Path | None = None
) -> Listing:
    """List ``folder`` and refuse what may not be in it (E110–E125, E159, E175); litter is told once
    (C175).

    Files of ``proposed`` are listed as if they were in ``folder``, in place of those of the same
    name. Names in ``excluded``, at its root, are published by others (a static folder of Pelican)
    and not looked at.
    """
    listing = Listing()
    paths: dict[str, PurePosixPath] = {}
    # « . » and « .. » are not names to show.
    name = folder.name
    if name in ("", ".."):
        name = folder.resolve().name
    excluded = frozenset(excluded) - BY_FOLDER.keys() - {_MEDIAS, REGISTER_FILE}
    for path, entry in _walk(folder, PurePosixPath(name), listing, excluded, proposed):
        folded = unicodedata.normalize("NFC", str(path)).casefold()
        if twin := paths.get(folded):
            listing.diagnostics.append(diagnostic("E114", Position(path), autre=twin.name))
            continue
        paths[folded] = path
        _add(path, entry, listing)
    _refuse_second_texts(listing)
    if litter := listing.litter:
        words = ""
        if len(litter) > 1:
            words = f" ({len(litter)} fichiers ou dossiers de cette sorte)"
        place = Position(litter[0])
        listing.diagnostics.append(diagnostic("C175", place, nom=litter[0].name, nombre=words))
    return listing


def _walk(
    folder: Path,
    path: PurePosixPath,
    listing: Listing,
    excluded: Collection[str] = (),
    proposed: Path | None = None,
) -> Iterator[tuple[PurePosixPath, os.DirEntry[str]]]:
    try:
        entries = sorted(_entries(folder, proposed), key=lambda entry: entry.name)
    except OSError as error:
        listing.diagnostics.append(diagnostic("E118", Position(path), raison=reason_of(error)))
        return
    names = {entry.name for entry in entries}
    # The folder of contents may be a repository by itself: what Git obeys is then in its place.
    is_git = len(path.parts) == 1 and _GIT in names
    for entry in entries:
        here = posix_path(f"{path}/{_shown(entry.name)}")
        if entry.name in _IGNORED or entry.name in excluded or entry.name.startswith(DRAFT):
            continue
        if entry.name in _GIT_FILES:
            if not is_git and (entry.is_dir() or entry.stat(follow_symlinks=False).st_size):
                listing.diagnostics.append(diagnostic("E159", Position(here), nom=entry.name))
            continue
        noted = is_note(entry.name) and entry.is_file(follow_symlinks=False)
        if noted or is_litter(entry.name):
            # A content would be lost under such a name, unless it is there under its own too.
            if (meant := _meant_name(entry)) and meant not in names:
                fault = diagnostic("E175", Position(here), nom=here.name, propose=meant)
                listing.diagnostics.append(fault)
            elif not noted:
                listing.litter.append(here)
            continue
        if entry.is_symlink():
            listing.diagnostics.append(diagnostic("E111", Position(here), nom=here.name))
        elif entry.is_dir():
            if len(path.parts) == 1 and entry.name not in BY_FOLDER and entry.name != _MEDIAS:
                listing.diagnostics.append(_unknown_folder(here, here.name))
            else:
                yield from _walk(
                    folder / entry.name, here, listing, (), proposed and proposed / entry.name
                )
        else:
            yield here, entry


def _meant_name(entry: os.DirEntry[str]) -> str:
    """The name that a note or litter should have had, when it begins as a content does; empty when
    it does not."""
    with suppress(OSError):
        if entry.is_file(follow_symlinks=False):
            with Path(entry.path).open("rb") as stream:
                if stream.read(64).removeprefix(BOM_UTF8).lstrip().startswith(b"---"):
                    bare = entry.name.strip(".~$#").partition(".")[0]
                    return f"{slugify(bare) or 'mon-contenu'}.md"
    return ""


def _shown(name: str) -> str:
    # A name in NFC (systems of Apple take it apart), its bytes that are no UTF-8 as « \\xe9 ».
    if name.isascii():
        return name
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))


def _entries(folder: Path, proposed: Path | None) -> list[os.DirEntry[str]]:
    # The entries of a folder; what is proposed takes the place of what has its name.
    if proposed is None or not proposed.is_dir():
        return [*os.scandir(folder)]
    fresh = [*os.scandir(proposed)]
    entries = []
    if folder.is_dir():
        entries = [*os.scandir(folder)]
    named = {unicodedata.normalize("NFC", entry.name) for entry in fresh if not entry.is_dir()}
    remaining = [
        entry for entry in entries if unicodedata.normalize("NFC", entry.name) not in named
    ]
    # A symbolic link where a folder is proposed stays, for its own diagnostic (E111): nothing is
    # proposed through it.
    names = {entry.name for entry in remaining}
    return [*remaining, *(entry for entry in fresh if entry.name not in names)]


def _unknown_folder(path: PurePosixPath, name: str) -> Diagnostic:
    # E113, with the folder that was meant if one is near, else where such a file goes.
    near = ""
    if "." not in name:
        near = next(iter(nearest(name, sorted(_NAMES), limit=1)), "")
    remedy = "Déplacez le fichier dans le dossier de son genre"
    if near:
        remedy = f"Le plus proche : « {_NAMES[near]} ». {remedy}."
    elif path.suffix.lower() not in ("", ".md"):
        remedy = f"Déplacez le fichier dans {_MEDIAS}/, ou à côté de son texte."
    else:
        remedy += f" : {', '.join(BY_FOLDER)}."
        if is_slug(name) and genres.current().digest:
            remedy += f" Ou décrivez ce genre dans {genres.FOLDER}/{name}/{genres.FILE}."
    return diagnostic("E113", Position(path), dossier=name, remede=remedy)


def _add(path: PurePosixPath, entry: os.DirEntry[str], listing: Listing) -> None:
    refused = _path_problem(path)
    if refused:
        listing.diagnostics.append(refused)
        return
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return  # removed since the folder was listed
    if not stat.S_ISREG(status.st_mode):
        reason = "ce n’est pas un fichier ordinaire"  # a pipe would be read for ever
        listing.diagnostics.append(diagnostic("E118", Position(path), raison=reason))
        return
    stamp = Stamp.of(status)
    _, *inner = str(path).split("/")  # the steps of a ``Path`` cost as much as the rest
    suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 (a Path for each is slow)
    beside = _BESIDE.get(inner[0])
    if beside and entry.name.endswith(beside):
        listing.beside.append(Media(path, Path(entry.path), stamp))
    elif inner == [REGISTER_FILE]:
        listing.register = Media(path, Path(entry.path), stamp)
    elif suffix not in MEDIA_TYPES and suffix != ".md":
        listing.unpublished[path] = unpublished(path)
    elif len(inner) == 1:
        listing.diagnostics.append(_unknown_folder(path, path.name))
    elif suffix in MEDIA_TYPES:
        listing.medias.append(Media(path, Path(entry.path), stamp))
    elif inner[0] == _MEDIAS:
        listing.diagnostics.append(_unknown_folder(path, _MEDIAS))
    else:
        _add_document(path, inner, entry, stamp, listing)


def _path_problem(path: PurePosixPath) -> Diagnostic | None:
    if _USUAL.fullmatch(str(path)):
        return None
    reserved = next((part for part in path.parts if is_reserved_name(part)), None)
    if reserved:
        return diagnostic("E119", Position(path), nom=reserved)
    named = path.parent if path.suffix == ".md" else path  # a text is published under its slug
    reason = unsafe_reason(path) or next(filter(None, map(_server_reason, named.parts[1:])), None)
    if reason:
        return diagnostic("E124", Position(path), nom=path.name, raison=reason)
    return None


def _server_reason(part: str) -> str | None:
    # Why no server can be trusted with a folder or file of that name: it obeys or hides what begins
    # with a point (``.htaccess`` closes its folder), and runs what has the extension of a program,
    # even before another one (``a.php.pdf``).
    if part.startswith("."):
        return "un nom qui commence par un point n’y est pas admis"
    inner = next(
        (extension for extension in part.lower().split(".")[1:-1] if extension in _PROGRAMS), None
    )
    if inner:
        return f"« .{inner} » est l’extension d’un programme"
    return None


def _add_document(
    path: PurePosixPath,
    inner: Sequence[str],
    entry: os.DirEntry[str],
    stamp: Stamp,
    listing: Listing,
) -> None:
    kind = BY_FOLDER[inner[0]]
    name = entry.name[:-3]
    if entry.name == "index.md" and len(inner) > 2:
        name = inner[-2]
    slug = slug_of_filename(name)
    if not is_slug(slug):
        proposed = (slugify(slug) or "mon-contenu") + ("" if name == path.parent.name else ".md")
        listing.diagnostics.append(diagnostic("E110", Position(path), nom=name, propose=proposed))
        return
    listing.documents.append(SourceFile(path, entry.path, kind, slug, stamp))


def _refuse_second_texts(listing: Listing) -> None:
    # E125: the folder of a content holds its text, ``index.md``, and its medias, no other text.
    bundles = {
        str(doc.path.parent)
        for doc in listing.documents
        if str(doc.path).endswith("/index.md") and str(doc.path).count("/") > 2
    }
    if bundles:
        for doc in tuple(listing.documents):
            folder, _, name = str(doc.path).rpartition("/")
            if folder in bundles and name != "index.md":
                listing.documents.remove(doc)
                listing.diagnostics.append(diagnostic("E125", Position(doc.path), nom=name))


def bytes_of(file: SourceFile | Media) -> bytes | Diagnostic:
    """What a file holds; its fault if it is too heavy (E121, E301) or cannot be read (E118)."""
    if heavy := check_weight(file.path, file.stamp.size):
        return heavy
    try:
        return file.file.read_bytes()
    except OSError as error:
        return diagnostic("E118", Position(file.path), raison=reason_of(error))


class Register(Struct, frozen=True):
    """The contents that were taken back, none if the file has an error, and where each stands in
    it."""

    path: PurePosixPath = PurePosixPath(REGISTER_FILE)
    retraits: tuple[Retrait, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    root: Node | None = None

    def place(self, rank: int, *keys: str) -> Position:
        """Where a retrait, by its rank from 0, or a key of it is written."""
        loc: FieldPath = ("retraits", rank, *keys)
        if self.root:
            return self.root.at(loc).position(self.path)
        return Position(self.path)


def register_of(listing: Listing, reading: Reading) -> Register:
    file = listing.register
    if file is None:
        return Register()
    data = bytes_of(file)
    if isinstance(data, Diagnostic):
        return Register(file.path, diagnostics=(data,))
    return read_register(data, file.path, reading)


def read_register(data: bytes, path: PurePosixPath, reading: Reading) -> Register:
    """Read the bytes of the register; what is wrong is in its ``diagnostics``."""
    text = decode(data, path, "")
    if not isinstance(text, str):
        return Register(path, diagnostics=tuple(text))
    root, diagnostics = parse_front_matter(text, path, 1, weighed=False)
    if root is None:
        return Register(path, diagnostics=tuple(diagnostics))
    registre, more = validate_group(Registre, root, path, reading)
    diagnostics = [*diagnostics, *more, *_named_twice(registre, root, path)]
    if registre is None or diagnostics:
        return Register(path, diagnostics=tuple(diagnostics), root=root)
    return Register(path, registre.retraits, (), root)


def _named_twice(registre: Registre | None, root: Node, path: PurePosixPath) -> list[Diagnostic]:
    refs = set()
    diagnostics = []
    for rank, retrait in enumerate(registre.retraits if registre else ()):
        if retrait.ref in refs:
            place = root.at(("retraits", rank, "ref")).position(path)
            diagnostics.append(diagnostic("E238", place, valeur=retrait.ref, cle="retraits"))
        refs.add(retrait.ref)
    return diagnostics
