"""Story of a proposal, for the page, the comment and the summary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

from msgspec import Struct

from portail.agenda.weeks import Week
from portail.config import SiteConfig
from portail.diagnostics import INCOMPLETE
from portail.facts.place import place_of, town
from portail.facts.when import TO_SET, stated, times
from portail.files import bytes_in
from portail.model.event import Event
from portail.model.kinds import BY_FOLDER
from portail.model.scalars import Reading
from portail.outputs.pages.slots import WEEKLY_MENTION, Mention
from portail.site.item import Item
from portail.site.site import Site
from portail.source.document import Parts, parse_front_matter, split
from portail.source.loader import REGISTER_FILE, SourceFile
from portail.source.medias import PICTURES
from portail.terminal.text import Lines, title_of
from portail.text.dates import jour
from portail.text.typography import typeset

from .faults import (
    Change,
    ContentDiagnostics,
    Fault,
    Header,
    Sort,
    corrected,
    faults_of,
)

# When, where and on which pages a content is, in short phrases.

_NAMED = 3
_LINES = 3
_TYPED = re.compile(r"[ -]*(debut|lieu|commune):[ \t]+[\"']?([^\"'#\[\]{}]{1,80})")


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


def _typed(lines: Sequence[str], site: Site) -> tuple[str, str]:
    # Day and place of a faulty text, as far as its lines can be understood.
    values: dict[str, str] = {}
    for line in lines[:200]:
        match = _TYPED.match(line)
        if match:
            values.setdefault(match[1], match[2].strip())
    lieu = site.lieu(values["lieu"]) if "lieu" in values else None
    place = lieu.name if lieu else values.get("lieu") or values.get("commune", "")
    try:
        return jour(date.fromisoformat(values.get("debut", "")[:10])), place
    except ValueError:
        return "", place


def _touched(item: Item, site: Site, letter: Mention | None) -> Iterator[str]:
    # « agenda semaines 39 et 40 », « Saint-Exemple », « lettre du 30 septembre ».
    entry = item.entry
    today = site.day.date
    if isinstance(entry, Event) and not item.listed:
        yield "sa page, agenda des réservés" if item.occurrences else "sa page, celle de l’édition"
    elif isinstance(entry, Event):
        yield _weeks(
            sorted(
                {
                    Week.of(occurrence.first_day)
                    for occurrence in item.occurrences
                    if occurrence.is_to_come(today)
                }
            )
        )
    elif entry.kind.info.place:
        yield "sa fiche, annuaire"
    else:
        listing = ""
        if entry.kind.info.listing:
            listing = entry.kind.info.rubrique.lower()
        yield ", ".join(filter(None, ("sa page", listing)))
    if item.commune:
        yield item.commune.nom
    refs = site.indexes.by_target.get(item.ref, ())
    naming = Counter(site.items[ref].entry.kind for ref in refs)
    for kind, many in sorted(naming.items()):
        yield f"{many} {kind.info.counted(many)}"
    if letter and letter.dit.startswith("<ol>"):
        yield f"lettre du {jour(letter.jour, semaine=False, annee=False)}"


def _weeks(weeks: Sequence[Week]) -> str:
    *before, last = [str(week.number) for week in weeks] or [""]
    if not last:
        return "sa page, archives de l’agenda"
    if len(weeks) > _NAMED:
        return f"{len(weeks)} semaines de l’agenda"
    if before:
        return f"agenda semaines {', '.join(before)} et {last}"
    return f"agenda semaine {last}"


_ORDER: tuple[Sort, ...] = ("nouveau", "modifie", "renomme", "retire", "touche")
# Faulty files whose front matter is corrected: each is read several times.
_MENDED = 40


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
    # Pages that show it.
    touche: str
    erreurs: tuple[Fault, ...]
    conseils: tuple[Fault, ...]
    tues: int
    entete: Header | None
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
    reading: Reading


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
    draft = _typed(lines, site) if item is None and lines else ("", "")
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
        quand=_when(item) if item else draft[0],
        ou=_where(item, site) if item else draft[1],
        etat=_state(item, site, diagnostics),
        champs=tuple(_fields(change)),
        touche=", ".join(_touched(item, site, letter)) if item else "",
        erreurs=errors,
        conseils=faults_of(diagnostics.conseils, sources.lines),
        tues=diagnostics.tues,
        entete=_header(change, diagnostics, sources) if errors and rank <= _MENDED else None,
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


def _header(change: Change, diagnostics: ContentDiagnostics, sources: Sources) -> Header | None:
    doc = change.apres
    if not isinstance(doc, SourceFile) or (data := bytes_in(doc.file)) is None:
        return None
    return corrected(data, doc, sources.reading, diagnostics.erreurs)


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
