"""What organisers told of the events of an edition, and what these add up to (``questions.sql``).
An event counts once, with what it holds; one that was called off is left out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from portail.facts.place import PARTOUT
from portail.features.services.editions.editions import YearOf, last_day, years_of
from portail.features.services.fiches.records import Answer, asked, put
from portail.model.event import Event
from portail.model.kinds import DATED, YEARLY
from portail.site.item import Item, lineage
from portail.site.memo import per_site
from portail.site.site import Site
from portail.text.normalise import fold
from portail.text.typography import nombre

from .table import counted, share

# Answers below which no share is told: of fewer, one could guess whose it is.
LEAST = 5
_SINGLE = "ponctuel"


class Told(NamedTuple):
    """What was told of the events of an edition (``fete``, ``annee``), of the true ones or of those
    that are ``invented``: how many were told of, even that they did not take place, of how
    many that could be; returns that say a difficulty, what the organiser thought, who came of each
    level."""

    site: Site
    fete: str
    annee: int
    invented: int
    events: int
    returns: int
    expected: int
    hard: int
    opinions: int
    levels: int

    @property
    def rate(self) -> str:
        """« 42 retours sur 101 »."""
        return f"{counted(self.returns, 'retour')} sur {nombre(self.expected)}"

    def asked(self, question: str) -> list[Answer]:
        """What a question of ``questions.sql`` says of them."""
        fete, annee, invente = self[1:4]
        return asked(self.site, __name__, question, fete=fete, annee=annee, invente=invente)


def told_of(site: Site, ref: str, annee: int) -> tuple[Told, Told]:
    """Of the true events of an edition if it has some, and of those that returns tell of."""
    counts = asked(site, __name__, "comptes", fete=ref, annee=annee)
    true, examples = (Told(site, *row) for row in counts)
    shown = examples if examples.returns and not true.returns else true
    return true if true.events else shown, shown


def _told_share(number: int | None, whole: int | None, answers: int) -> int | None:
    if number is not None and whole and answers >= LEAST:
        return share(number, whole)
    return None


def fill(made: sqlite3.Connection, site: Site) -> None:
    made.create_function("told_share", 3, _told_share, deterministic=True)
    for item in site.of_kinds(YEARLY):
        for year in years_of(item, site):
            put(made, "part", _parts(item.ref, year, site))
    for item in site.untitled_of(DATED):
        if told := item.of(Event).retour:
            said = (*told, ("eleves", told.eleves))
            put(made, "answer", ((item.ref, *row) for row in said if row[1] is not None))


def _parts(ref: str, year: YearOf, site: Site) -> Iterator[Sequence[object]]:
    events = {event.ref: event for event in year.events}
    scales = site.vocabularies["envergures"]
    for item in year.events:
        entry = item.of(Event)
        *_, head = lineage(entry, events)
        invented = bool(entry.exemple)
        off = all(occurrence.etat == "annule" for occurrence in item.occurrences)
        holder = fold(next(iter(entry.organisateurs), "") or entry.lieu or item.ref)
        codes = (entry.envergure, *entry.format)
        scale = next((code for code in codes if code and code in scales), _SINGLE)
        yield ref, year.annee, item.ref, head, invented, off, holder, scale, _area(item, site)


def _area(item: Item, site: Site) -> str:
    departement = item.commune and site.geography.departement(item.commune.departement)
    if departement:
        return departement.nom
    if item.partout:
        return PARTOUT
    return "Sans commune"


@per_site
def year_of(site: Site, ref: str, annee: int) -> YearOf | None:
    """A year of a rendezvous; ``None`` of which nothing is known."""
    years = years_of(site.items[ref], site)
    return next((year for year in years if year.annee == annee), None)


def is_over(year: YearOf | None, site: Site) -> bool:
    """Whether the last day of an edition is past: its own, else that of its events."""
    if year is None:
        return False
    last = last_day(year.edition)
    if last:
        return last < site.day.date
    return bool(year.events) and all(event.is_over for event in year.events)


def lacking_returns(site: Site, ref: str, annee: int) -> tuple[Item, ...]:
    """True events of a past edition of which nothing was told."""
    if not is_over(year_of(site, ref, annee), site):
        return ()
    true, _ = told_of(site, ref, annee)
    return tuple(site.items[one] for (one,) in true.asked("attendus"))


def last_over(site: Site, ref: str) -> YearOf | None:
    years = years_of(site.items[ref], site)
    return next((year for year in years if year.events and is_over(year, site)), None)
