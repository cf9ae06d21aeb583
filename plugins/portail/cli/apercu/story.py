"""All that is told of a proposal, once for the page, the comment and the summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from portail.cli.apercu.changes import Change, Sort
from portail.cli.apercu.faults import Fault, Told, faults_of
from portail.cli.apercu.letter import InLetter, letter_of
from portail.cli.apercu.mending import Header, corrected
from portail.cli.apercu.places import named, touched, typed, when, where
from portail.cli.excerpt import Lines, title_of
from portail.config import SiteConfig
from portail.model.fields import Reading
from portail.site.item import Item
from portail.site.site import Site
from portail.source.document import Parts, split
from portail.source.frontmatter import parse_front_matter
from portail.source.loader import SourceFile
from portail.text.inline import plain
from portail.text.typography import typographie

__all__ = ["Asked", "Fiche", "Sources", "Story", "story_of"]

_ORDER: tuple[Sort, ...] = ("nouveau", "modifie", "renomme", "retire", "touche")
_MENDED = 40
"""Faulty files whose front matter is corrected: each is read several times."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was told: the number of the proposal, the address where its preview is
    found, the repository and the branch that hold it (empty: unknown)."""

    numero: str = ""
    execution: str = ""
    depot: str = ""
    branche: str = ""


@dataclass(frozen=True, slots=True)
class Fiche:
    """What is told of one content.

    ``nom`` is its kind (« événement »), ``une`` whether French makes it feminine; ``url`` its site
    path and ``ref`` its reference when the preview shows it, else ``""``; ``champs`` the parts that
    changed, ``touche`` the pages that show it; ``entete`` its front matter corrected, when it is
    faulty; ``ancien`` the path it had. Titles, names, places are texts of strangers.
    """

    rang: int
    sorte: Sort
    path: PurePosixPath
    titre: str
    nom: str
    une: bool
    url: str
    ref: str
    quand: str
    ou: str
    etat: str
    champs: tuple[str, ...]
    touche: str
    erreurs: tuple[Fault, ...]
    conseils: tuple[Fault, ...]
    tues: int
    entete: Header | None
    lettre: InLetter | None
    fichiers: tuple[PurePosixPath, ...]
    ancien: PurePosixPath | None


@dataclass(frozen=True, slots=True)
class Story:
    """A proposal: its contents in order, on which day, and what the command was told."""

    fiches: tuple[Fiche, ...]
    jour: str
    asked: Asked
    config: SiteConfig

    @property
    def faulty(self) -> tuple[Fiche, ...]:
        """Those with an error."""
        return tuple(one for one in self.fiches if one.erreurs)

    @property
    def ready(self) -> tuple[Fiche, ...]:
        """Those without."""
        return tuple(one for one in self.fiches if not one.erreurs)

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return sum(len(one.erreurs) for one in self.fiches)


@dataclass(frozen=True, slots=True)
class Sources:
    """What the story is read from: both sites, the lines of the files of the proposal, the
    references of all its texts, what reading them needs."""

    before: Site
    after: Site
    lines: Lines
    refs: frozenset[str]
    reading: Reading


def story_of(
    changes: Sequence[Change], told: Mapping[PurePosixPath, Told], sources: Sources
) -> tuple[Fiche, ...]:
    """Every change as it is told: what is new, what changed, what goes, then what is faulty."""
    items = {item.entry.source: item for item in sources.after.items.values()}
    former = {item.entry.source: item for item in sources.before.items.values()}
    found = []
    for rank, change in enumerate(sorted(changes, key=lambda one: _rank(one, told)), start=1):
        gone = change.sorte == "retire"
        item = (former if gone else items).get(change.path)
        found.append(_fiche(rank, change, item, told.get(change.path, Told()), sources))
    return tuple(found)


def _rank(change: Change, told: Mapping[PurePosixPath, Told]) -> tuple[bool, int]:
    return bool(told.get(change.path, Told()).erreurs), _ORDER.index(change.sorte)


def _fiche(rank: int, change: Change, item: Item | None, told: Told, sources: Sources) -> Fiche:
    gone = change.sorte == "retire"
    site = sources.before if gone else sources.after
    lines = () if gone else sources.lines(change.path)
    name, feminine = named(change, item)
    letter = letter_of(item, site) if item and not gone else None
    draft = typed(lines, site) if item is None and lines else ("", "")
    errors = faults_of(told.erreurs, sources.lines)
    return Fiche(
        rang=rank,
        sorte=change.sorte,
        path=change.path,
        titre=_title(change, item, lines),
        nom=name,
        une=feminine,
        url=item.url if item and not gone else "",
        ref=item.ref if item and not gone else "",
        quand=when(item) if item else draft[0],
        ou=where(item, site) if item else draft[1],
        etat=_state(item, site),
        champs=tuple(_fields(change, sources)),
        touche=touched(item, site, letter) if item else "",
        erreurs=errors,
        conseils=faults_of(told.conseils, sources.lines),
        tues=told.tues,
        entete=_header(change, told, sources) if errors and rank <= _MENDED else None,
        lettre=letter,
        fichiers=change.fichiers,
        ancien=change.avant.path if change.sorte == "renomme" and change.avant else None,
    )


def _title(change: Change, item: Item | None, lines: Sequence[str]) -> str:
    if item is not None:
        return typographie(plain(item.entry.titre))
    return title_of(lines)[:300] or change.path.name


def _state(item: Item | None, site: Site) -> str:
    if item is None:
        return ""
    if item.entry.brouillon:
        return "brouillon"
    return "" if item.entry.paru(site.day.date) else "paraîtra plus tard"


def _header(change: Change, told: Told, sources: Sources) -> Header | None:
    doc = change.apres
    if not isinstance(doc, SourceFile):
        return None
    try:
        data = doc.file.read_bytes()
    except OSError:
        return None
    return corrected(data, doc, sources.reading, sources.refs, told.erreurs)


def _fields(change: Change, sources: Sources) -> Iterator[str]:
    """The keys whose value changed, as one says them, then « texte », « image »."""
    was, now = change.avant, change.apres
    if change.texte and isinstance(was, SourceFile) and isinstance(now, SourceFile):
        (old, old_body), (new, new_body) = _read(was), _read(now)
        for key in dict.fromkeys((*new, *old)):
            if old.get(key) != new.get(key):
                yield key.replace("_", " ")[:40]
        if old_body != new_body:
            yield "texte"
    suffixes = {one.suffix.lower() for one in change.fichiers}
    if suffixes - {".pdf", ".csv", ".mp3"}:
        yield "image"
    if suffixes & {".pdf", ".csv", ".mp3"}:
        yield "document"


def _read(file: SourceFile) -> tuple[dict[str, object], str]:
    """The front matter of a text, as plain values, and its body; nothing of what is unreadable."""
    try:
        text = file.file.read_bytes()[:2_000_000].decode("utf-8", "replace")
    except OSError:
        return {}, ""
    parts = split(text.removeprefix("\ufeff").replace("\r\n", "\n"), file.path)
    if not isinstance(parts, Parts):
        return {}, text
    root, _ = parse_front_matter(parts.front, file.path, parts.front_line)
    found = root.plain() if root is not None else {}
    return (dict(found) if isinstance(found, dict) else {}), parts.body.strip()
