"""What a class may book: for which levels and subjects, until when, in which months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import accumulate, repeat

from portail.agenda.occurrences import days_between
from portail.agenda.weeks import Month
from portail.features.kinds.lieux.model import Lieu
from portail.features.kinds.ressources.model import Ressource
from portail.features.services.horaires.notation import read_opening_hours
from portail.features.services.prets.loans import free_spans
from portail.model.event import Event
from portail.model.vocabulary import Vocabularies
from portail.site.facets import PLACES, Facet, Pair
from portail.site.item import Item
from portail.site.school import SCHOOL
from portail.text.dates import mois
from portail.text.normalise import fold
from portail.text.typography import capital

SCHOOL_FACETS = (
    Facet("niveau", "Niveau"),
    Facet("matiere", "Matière"),
    Facet("mois", "Mois", sur_place=True),
    PLACES[0],
)
# The level of what receives classes and does not say which: a value of its own, so that nothing is
# lost (``data/niveaux.yml``).
_ASKED = "a-demander"
_GONE = frozenset({"annule", "reporte", "complet"})
# Months of what has no date: a school year.
_MONTHS = 12


def last_booking(item: Item) -> date | None:
    """The last day when an event can be booked: before its last date, and as long as it says;
    ``None`` for what has no end."""
    entry = item.entry
    if not isinstance(entry, Event) or not item.occurrences:
        return None
    last = max(occurrence.last_day for occurrence in item.occurrences)
    until = entry.inscription.avant_le if entry.inscription else None
    return min(last, until.jour) if until else last


def is_bookable(item: Item, today: date) -> bool:
    """Whether a content ``for_classes`` can still be booked."""
    entry = item.entry
    last = last_booking(item)
    if isinstance(entry, Event) and entry.etat in _GONE:
        return False
    return not item.is_over and (last is None or last >= today)


class SchoolReader:
    """Reads what a teacher asks of contents: ``niveau``, ``matiere``, ``mois``; from ``today``
    on. ``names`` are those of the months that it has read."""

    def __init__(self, vocabularies: Vocabularies, today: date) -> None:
        self._levels = vocabularies["niveaux"]
        self._subjects = vocabularies["matieres"]
        self._today = today
        self.names: dict[Pair, str] = {}
        self._names = [
            (code, re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b"))
            for code, term in self._levels.items()
            if (names := [*map(fold, term.extra.get("classes", ()))])
        ]

    def pairs(self, item: Item) -> Iterator[Pair]:
        levels = self.levels(item)
        yield from (("niveau", code) for code in levels or (_ASKED,))
        yield from (("matiere", code) for code in self.subjects(item, levels))
        for day in self.months(item):
            pair = "mois", day.isoformat()[:7]
            self.names[pair] = capital(mois(day))
            yield pair

    def levels(self, item: Item) -> tuple[str, ...]:
        """Levels that its classes name, else its publics, in order; none when nothing says so."""
        entry = item.entry
        groups = entry.groupes if isinstance(entry, Event) else None
        text = fold(" ; ".join(groups.niveaux)) if groups else ""
        codes = tuple(code for code, names in self._names if names.search(text))
        publics: tuple[str, ...] = getattr(entry, "publics", ())
        return codes or tuple(code for code in self._levels if code in SCHOOL & {*publics})

    def subjects(self, item: Item, levels: Iterable[str]) -> tuple[str, ...]:
        """Subjects that it names, else those of its ``levels`` that its themes serve."""
        entry = item.entry
        if isinstance(entry, Event) and entry.groupes and entry.groupes.disciplines:
            named = map(self._subjects.find, entry.groupes.disciplines)
            return tuple(dict.fromkeys(term.code for term in named if term))
        taught = {*levels} - {"enseignants"}
        themes = {*entry.themes}
        return tuple(
            code
            for code, term in self._subjects.items()
            if not themes.isdisjoint(term.extra.get("themes", ()))
            and (not taught or not taught.isdisjoint(term.extra["niveaux"]))
        )

    def months(self, item: Item) -> Iterator[date]:
        """First days of the months to come when it can be had; all when nothing says so."""
        entry = item.entry
        today = self._today
        if isinstance(entry, Event):
            coming = (
                occurrence
                for occurrence in item.occurrences
                if occurrence.is_to_come(today) and occurrence.maintained
            )
            days = {
                max(today, day).replace(day=1) for occurrence in coming for day in occurrence.days()
            }
            yield from sorted(days)
            return
        following = accumulate(repeat(Month.of(today), _MONTHS), lambda month, _: month.next)
        for month in following:
            first = max(today, month.first)
            if isinstance(entry, Lieu):
                there = opens(entry, first, month.last)
            else:
                tool = item.of(Ressource)
                there = _is_free(tool, max(first, tool.had_from(today)), month.last)
            if there:
                yield month.first


def _is_free(entry: Ressource, first: date, last: date) -> bool:
    return bool(first <= last and free_spans(entry.itinerance, entry.exemplaires, first, last))


def opens(entry: Lieu, first: date, last: date) -> bool:
    """Whether a place is open on a day from ``first`` to ``last``, as far as its hours and its
    closures tell."""
    closed = [closing for closing in entry.fermetures if closing.equipement is None]
    return any(
        _has_hours(entry.horaires_ouverture, day)
        for day in days_between(first, last)
        if not any(closing.du <= day <= closing.au for closing in closed)
    )


@lru_cache(maxsize=4096)
def _has_hours(hours: str | None, day: date) -> bool:
    # Whether hours, if there are some, tell of ``day`` anything else than « closed ».
    rules = read_opening_hours(hours).of(day) if hours else ()
    return not hours or any(not rule.ferme for rule in rules)
