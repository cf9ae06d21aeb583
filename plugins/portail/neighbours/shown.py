"""The neighbours of a site, as their last good copies say them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from portail.codes import diagnostic
from portail.config import SiteConfig, Voisin
from portail.diagnostics import Diagnostic, Position
from portail.geo.territories import Geography
from portail.model.vocabulary import Vocabularies
from portail.neighbours.copies import Copy, read_copy
from portail.neighbours.far import OLD_DAYS, Neighbour
from portail.neighbours.judge import Judge
from portail.text.dates import jour

NEVER = "aucune copie n’en est gardée"
DAMAGED = "la copie gardée est abîmée"


@dataclass(frozen=True, slots=True)
class Ground:
    """Where copies are, and what they are judged with, on a day."""

    folder: Path
    config: SiteConfig
    geography: Geography
    vocabularies: Vocabularies
    day: date

    def file(self, voisin: Voisin) -> Path:
        """The file of the copy of a neighbour."""
        return self.folder / f"{voisin.slug}.json"

    def kept(self, voisin: Voisin) -> Neighbour:
        """A neighbour as the copy in its file says it."""
        try:
            copy = read_copy(self.file(voisin), voisin.api)
        except ValueError:
            return self.judged(voisin, None, DAMAGED)
        return self.judged(voisin, copy)

    def judged(self, voisin: Voisin, copy: Copy | None, trouble: str = NEVER) -> Neighbour:
        """A neighbour as ``copy`` says it; without one, ``trouble`` says why."""
        known = (voisin.slug, voisin.nom, voisin.accueil, voisin.region)
        if copy is None:
            return Neighbour(*known, trouble=trouble)
        judge = Judge(
            voisin.accueil, self.geography, self.vocabularies, self.day, self.config.exemples
        )
        events, lieux = judge.events(copy.events), judge.lieux(copy.lieux)
        old = (self.day - copy.jour).days > OLD_DAYS
        return Neighbour(*known, copy.jour, old, events, lieux, judge.dropped)


def neighbours_of(
    folder: Path, config: SiteConfig, geography: Geography, vocabularies: Vocabularies, day: date
) -> tuple[Neighbour, ...]:
    """The neighbours that the settings name, in that order, as the copies in ``folder`` say them;
    nothing is read without that setting."""
    ground = Ground(folder, config, geography, vocabularies, day)
    return tuple(map(ground.kept, config.voisins))


def warnings_of(neighbours: Iterable[Neighbour], folder: PurePosixPath) -> Iterator[Diagnostic]:
    """What editors are told of copies, never an error: none (A150), damaged (A151), old (A152).
    ``folder`` is that of the copies, as a report names files."""
    for one in neighbours:
        place = Position(folder / f"{one.slug}.json")
        if one.trouble:
            yield diagnostic("A151" if one.trouble == DAMAGED else "A150", place, nom=one.nom)
        elif one.old and one.fetched:
            since = jour(one.fetched, semaine=False)
            yield diagnostic("A152", place, nom=one.nom, jour=since)
