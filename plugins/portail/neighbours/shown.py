"""The neighbours of a site, as their last good copies say them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def file_of(folder: Path, voisin: Voisin) -> Path:
    """The file of its copy."""
    return folder / f"{voisin.slug}.json"


def neighbours_of(
    folder: Path, config: SiteConfig, geography: Geography, vocabularies: Vocabularies, day: date
) -> tuple[Neighbour, ...]:
    """The neighbours that the settings name, in that order, as the copies in ``folder`` say them;
    nothing is read without that setting."""
    return tuple(
        neighbour_of(file_of(folder, one), one, config, geography, vocabularies, day)
        for one in config.voisins
    )


def neighbour_of(
    file: Path,
    voisin: Voisin,
    config: SiteConfig,
    geography: Geography,
    vocabularies: Vocabularies,
    day: date,
) -> Neighbour:
    """One of them, as the copy in ``file`` says it."""
    known = (voisin.slug, voisin.nom, voisin.accueil, voisin.region)
    try:
        copy = read_copy(file, voisin.api)
    except ValueError:
        return Neighbour(*known, trouble=DAMAGED)
    if copy is None:
        return Neighbour(*known, trouble=NEVER)
    return judged(copy, voisin, config, geography, vocabularies, day)


def judged(
    copy: Copy,
    voisin: Voisin,
    config: SiteConfig,
    geography: Geography,
    vocabularies: Vocabularies,
    day: date,
) -> Neighbour:
    """One of them, as ``copy`` says it."""
    known = (voisin.slug, voisin.nom, voisin.accueil, voisin.region)
    judge = Judge(voisin.accueil, geography, vocabularies, day, config.exemples)
    events, lieux = judge.events(copy.events), judge.lieux(copy.lieux)
    old = (day - copy.jour).days > OLD_DAYS
    return Neighbour(*known, copy.jour, old, events, lieux, judge.dropped)


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
