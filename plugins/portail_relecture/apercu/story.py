"""Story of a proposal, for the page and the comment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from portail.config import SiteConfig
from portail.diagnostics import INCOMPLETE
from portail.facts.place import place_of, town
from portail.facts.when import TO_SET, stated, times
from portail.files import bytes_in
from portail.model.event import Event
from portail.model.kinds import BY_FOLDER
from portail.outputs.pages.slots import WEEKLY_MENTION, Mention
from portail.site.item import Item
from portail.site.site import Site
from portail.source.document import Parts, parse_front_matter, split
from portail.source.loader import REGISTER_FILE, SourceFile
from portail.source.medias import PICTURES
from portail.terminal.text import Lines, title_of
from portail.text.typography import typeset

from .faults import (
    Change,
    ContentDiagnostics,
    Fault,
    Sort,
    faults_of,
)

# When, where and on which pages a content is, in short phrases.

_LINES = 3


def _named(change: Change, item: Item | None) -> tuple[str, bool]:
    kind = None
    if change.document:
        kind = change.document.kind
    elif item:
        kind = item.entry.kind
    if kind is None and change.path.suffix == ".md" and len(change.path.parts) > 2:
        kind = BY_FOLDER.get(change.path.parts[1])
    if kind is not None:
        return kind.info.nom, kind.info.article == "une"
    if change.path.suffix.lower() in PICTURES:
        return "image", True
    if change.path.name == REGISTER_FILE:
        return "registre des retraits", False
    if change.path.name.endswith(".envoi.html"):
        return "lettre envoyée", True
    return "fichier", False


def _when(item: Item) -> str:
    # « Dim. 3 et 10 oct., 15 h – 17 h », its year once it is over; nothing for a content without
    # dates.
    if not isinstance(item.entry, Event):
        return ""
    if not item.occurrences:
        return TO_SET
    phrases = [stated(time.phrase, time.etat) for time in times(item.entry, item.occurrences)]
    more = len(phrases) - _LINES
    year = f" ({item.occurrences[-1].last_day.year})" * item.is_over
    return " ; ".join(phrases[:_LINES]) + f" et {more} autres" * (more > 0) + year


def _where(item: Item, site: Site) -> str:
    place = ""
    if isinstance(item.entry, Event):
        place = place_of(item, site, commune=False)
    return typeset(", ".join(filter(None, (place, town(item.commune)))))


_ORDER: tuple[Sort, ...] = ("nouveau", "modifie", "renomme", "retire", "touche")


class Asked(Struct, frozen=True):
    """Options of the command; empty when unknown."""

    numero: str = ""
    execution: str = ""
    depot: str = ""
    branche: str = ""


class Fiche(Struct, frozen=True):
    """A content of a proposal; titles, names, places are texts of strangers."""

    rang: int
    sorte: Sort
    path: PurePosixPath
    titre: str
    # « événement ».
    nom: str
    # Whether that word is feminine.
    une: bool
    # Path in the site when the preview shows it, as ``ref``; else ``""``.
    url: str
    ref: str
    quand: str
    ou: str
    etat: str
    champs: tuple[str, ...]
    erreurs: tuple[Fault, ...]
    conseils: tuple[Fault, ...]
    tues: int
    lettre: Mention | None
    fichiers: tuple[PurePosixPath, ...]
    ancien: PurePosixPath | None


class Story(Struct, frozen=True):
    """A proposal: its contents in order, the day, the options of the command."""

    fiches: tuple[Fiche, ...]
    jour: str
    options: Asked
    config: SiteConfig
    # Site path of the page where contents are proposed.
    contribute: str = ""

    @property
    def faulty(self) -> tuple[Fiche, ...]:
        return tuple(fiche for fiche in self.fiches if fiche.erreurs)

    @property
    def ready(self) -> tuple[Fiche, ...]:
        return tuple(fiche for fiche in self.fiches if not fiche.erreurs)

    @property
    def errors(self) -> int:
        return sum(len(fiche.erreurs) for fiche in self.fiches)


class Sources(Struct, frozen=True):
    """Sources of a story."""

    before: Site
    after: Site
    lines: Lines


def story_of(
    changes: Sequence[Change],
    diagnostics: Mapping[PurePosixPath, ContentDiagnostics],
    sources: Sources,
) -> tuple[Fiche, ...]:
    items = {item.entry.source: item for item in sources.after.items.values()}
    former = {item.entry.source: item for item in sources.before.items.values()}

    def order(change: Change) -> tuple[bool, int]:
        return bool(diagnostics.get(change.path, ContentDiagnostics()).erreurs), _ORDER.index(
            change.sorte
        )

    fiches = []
    for rank, change in enumerate(sorted(changes, key=order), start=1):
        item = (former if change.sorte == "retire" else items).get(change.path)
        fiches.append(
            _fiche(rank, change, item, diagnostics.get(change.path, ContentDiagnostics()), sources)
        )
    return tuple(fiches)


def _fiche(
    rank: int, change: Change, item: Item | None, diagnostics: ContentDiagnostics, sources: Sources
) -> Fiche:
    gone = change.sorte == "retire"
    site = sources.before if gone else sources.after
    lines = () if gone else sources.lines(change.path)
    name, feminine = _named(change, item)
    letter = None
    if item and not gone:
        letter = next(WEEKLY_MENTION.ask(site, item), None)
    errors = faults_of(diagnostics.erreurs, sources.lines)
    return Fiche(
        rang=rank,
        sorte=change.sorte,
        path=change.path,
        titre=typeset(item.name) if item else title_of(lines)[:300] or change.path.name,
        nom=name,
        une=feminine,
        url=item.url if item and not gone else "",
        ref=item.ref if item and not gone else "",
        quand=_when(item) if item else "",
        ou=_where(item, site) if item else "",
        etat=_state(item, site, diagnostics),
        champs=tuple(_fields(change)),
        erreurs=errors,
        conseils=faults_of(diagnostics.conseils, sources.lines),
        tues=diagnostics.tues,
        lettre=letter,
        fichiers=change.fichiers,
        ancien=change.avant.path if change.sorte == "renomme" and change.avant else None,
    )


def _state(item: Item | None, site: Site, diagnostics: ContentDiagnostics) -> str:
    if any(advice.code == INCOMPLETE for advice in diagnostics.conseils):
        return "brouillon"
    if item is None:
        return ""
    if item.entry.brouillon:
        return "brouillon"
    if item.entry.paru(site.day.date):
        return ""
    return "paraîtra plus tard"


def _fields(change: Change) -> Iterator[str]:
    # Keys whose value changed, in words, then « texte », « image », « document ».
    was = change.avant
    now = change.apres
    if change.texte and isinstance(was, SourceFile) and isinstance(now, SourceFile):
        (old, old_body), (new, new_body) = _read(was), _read(now)
        for key in dict.fromkeys((*new, *old)):
            if old.get(key) != new.get(key):
                yield key.replace("_", " ")[:40]
        if old_body != new_body:
            yield "texte"
    documents = {path.suffix.lower() in (".pdf", ".csv", ".mp3") for path in change.fichiers}
    if False in documents:
        yield "image"
    if True in documents:
        yield "document"


def _read(file: SourceFile) -> tuple[dict[str, object], str]:
    # The front matter of a text, as plain values, and its body, as far as they can be read.
    text = (bytes_in(file.file) or b"")[:2_000_000].decode("utf-8", "replace")
    parts = split(text.removeprefix("\ufeff").replace("\r\n", "\n"), file.path)
    if not isinstance(parts, Parts):
        return {}, text
    root, _ = parse_front_matter(parts.front, file.path, parts.front_line)
    values = root.plain() if root is not None else {}
    return (dict(values) if isinstance(values, dict) else {}), parts.body.strip()
