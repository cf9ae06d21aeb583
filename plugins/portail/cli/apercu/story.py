"""All that is told of a proposal, once for the page, the comment and the summary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from portail.agenda.weeks import Week
from portail.cli.apercu.changes import Change, Sort
from portail.cli.apercu.faults import Fault, Header, Told, corrected, faults_of
from portail.cli.excerpt import Lines, title_of
from portail.config import SiteConfig
from portail.facts.price import place_of, town
from portail.facts.when import stated, times
from portail.model.event import Event
from portail.model.issue import Erratum, Line
from portail.model.kinds import BY_FOLDER, Kind
from portail.model.scalars import Reading
from portail.outputs.newsletter.issues import draft_of
from portail.site.item import Item
from portail.site.site import Site
from portail.source.document import Parts, parse_front_matter, split
from portail.source.loader import REGISTER_FILE, SourceFile
from portail.source.medias import PICTURES
from portail.text.dates import jour
from portail.text.typography import typographie

# What the letter to come would say of a content.

_WEEKS = 6
"""Letters that are looked at: beyond, what they tell will have changed."""


@dataclass(frozen=True, slots=True)
class InLetter:
    """The first letter to come that tells a content, on ``jour``: its line in the section
    ``section``, or an erratum; without either, the next letter, and why it is silent."""

    jour: date
    ligne: Line | None = None
    section: str = ""
    erratum: Erratum | None = None
    raison: str = ""


def letter_of(item: Item, site: Site) -> InLetter:
    """How the edition of the region would tell ``item``, by the contents of ``site``."""
    edition = site.config.lettre.editions[0]
    week = Week.of(site.day.date)
    while week.thursday < site.day.date or week.slug in site.envois:
        week = week.next
    silent: InLetter | None = None
    for _ in range(_WEEKS):
        draft = draft_of(site, week, edition)
        for erratum in draft.issue.errata:
            if erratum.ref == item.ref:
                return InLetter(week.thursday, erratum=erratum)
        for section in draft.issue.sections:
            for line in section.lignes:
                if line.ref == item.ref:
                    return InLetter(week.thursday, line, section.cle)
        if silent is None:
            left = {one.ref: one.raison for one in draft.selection.laisses}
            silent = InLetter(week.thursday, raison=left.get(item.ref, ""))
        week = week.next
    assert silent is not None
    return silent


# When, where and on which pages a content is, in short phrases.

_NAMED = 3
_LINES = 3
_TYPED = re.compile(r"[ -]*(debut|lieu|commune):[ \t]+[\"']?([^\"'#\[\]{}]{1,80})")


def named(change: Change, item: Item | None) -> tuple[str, bool]:
    """What a change is about, in French, and whether that word is feminine."""
    doc = change.document
    kind = doc.kind if doc else item.entry.kind if item else None
    if kind is None and change.path.suffix == ".md" and len(change.path.parts) > 2:
        kind = BY_FOLDER.get(change.path.parts[1])
    if kind is not None:
        return kind.info.nom, kind.info.article == "une"
    if change.path.suffix.lower() in PICTURES:
        return "image", True
    if change.path.name == REGISTER_FILE:
        return "registre des retraits", False
    if change.path.name.endswith(".envoi.json"):
        return "lettre envoyée", True
    return "fichier", False


def when(item: Item) -> str:
    """« Dim. 3 et 10 oct., 15 h – 17 h »; nothing for what has no date."""
    if not isinstance(item.entry, Event):
        return ""
    phrases = [stated(one.phrase, one.etat) for one in times(item.entry, item.occurrences)]
    more = len(phrases) - _LINES
    return " ; ".join(phrases[:_LINES]) + (f" et {more} autres" if more > 0 else "")


def where(item: Item, site: Site) -> str:
    """« La Coupole, Wizernes (62) »; nothing for what is nowhere."""
    place = place_of(item, site, commune=False) if isinstance(item.entry, Event) else ""
    return typographie(", ".join(filter(None, (place, town(item.commune)))))


def typed(lines: Sequence[str], site: Site) -> tuple[str, str]:
    """When and where a faulty text says it is, as far as its lines can be understood."""
    found: dict[str, str] = {}
    for line in lines[:200]:
        match = _TYPED.match(line)
        if match:
            found.setdefault(match[1], match[2].strip())
    lieu = site.find(found["lieu"], Kind.LIEU) if "lieu" in found else None
    place = lieu.name if lieu else found.get("lieu") or found.get("commune", "")
    try:
        day = jour(date.fromisoformat(found.get("debut", "")[:10]))
    except ValueError:
        day = ""
    return day, place


def touched(item: Item, site: Site, letter: InLetter | None) -> str:
    """« agenda semaines 39 et 40, Saint-Exemple, 4 événements, lettre du 30 septembre »."""
    return ", ".join(_touched(item, site, letter))


def _touched(item: Item, site: Site, letter: InLetter | None) -> Iterator[str]:
    entry = item.entry
    if isinstance(entry, Event):
        weeks = {
            Week.of(one.premier_jour) for one in item.occurrences if one.a_venir(site.day.date)
        }
        yield _weeks(sorted(weeks))
    elif entry.kind is Kind.LIEU:
        yield "sa fiche, annuaire"
    else:
        listing = entry.kind.info.rubrique.lower() if entry.kind.info.listing else ""
        yield ", ".join(filter(None, ("sa page", listing)))
    if item.commune:
        yield item.commune.nom
    refs = site.indexes.by_target.get(item.ref, ())
    naming = Counter(site.items[ref].entry.kind for ref in refs)
    for kind, many in sorted(naming.items()):
        yield f"{many} {kind.info.counted(many)}"
    if letter and letter.ligne:
        yield f"lettre du {jour(letter.jour, semaine=False, annee=False)}"


def _weeks(weeks: Sequence[Week]) -> str:
    numbers = [str(week.number) for week in weeks]
    if not numbers:
        return "sa page, archives de l’agenda"
    if len(numbers) > _NAMED:
        return f"{len(numbers)} semaines de l’agenda"
    if len(numbers) == 1:
        return f"agenda semaine {numbers[0]}"
    return f"agenda semaines {', '.join(numbers[:-1])} et {numbers[-1]}"


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
        return typographie(item.name)
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
