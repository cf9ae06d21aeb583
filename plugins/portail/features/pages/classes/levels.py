"""What a class may book: for which levels and subjects, until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from portail.model.event import Event
from portail.model.vocabulary import Vocabularies
from portail.site.facets import PLACES, Facet, Pair
from portail.site.item import Item
from portail.site.school import SCHOOL
from portail.text.normalise import fold

SCHOOL_FACETS = (
    Facet("niveau", "Niveau"),
    Facet("matiere", "Matière"),
    PLACES[0],
)
# The level of what receives classes and does not say which: a value of its own, so that nothing is
# lost (``data/niveaux.yml``).
_ASKED = "a-demander"
_GONE = frozenset({"annule", "reporte", "complet"})


def last_booking(item: Item) -> date | None:
    """The last day when an event can be booked: before its last date, and as long as it says;
    ``None`` for what has no end."""
    entry = item.entry
    if not isinstance(entry, Event) or not item.occurrences:
        return None
    last = max(occurrence.last_day for occurrence in item.occurrences)
    until = None
    if entry.inscription:
        until = entry.inscription.avant_le
    if until:
        return min(last, until.jour)
    return last


def is_bookable(item: Item, today: date) -> bool:
    """Whether a content ``for_classes`` can still be booked."""
    entry = item.entry
    last = last_booking(item)
    if isinstance(entry, Event) and entry.etat in _GONE:
        return False
    return not item.is_over and (last is None or last >= today)


class SchoolReader:
    """Reads what a teacher asks of contents: ``niveau``, ``matiere``."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._levels = vocabularies["niveaux"]
        self._subjects = vocabularies["matieres"]
        self._names = [
            (code, re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b"))
            for code, term in self._levels.items()
            if (names := [*map(fold, term.extra.get("classes", ()))])
        ]

    def pairs(self, item: Item) -> Iterator[Pair]:
        levels = self.levels(item)
        yield from (("niveau", code) for code in levels or (_ASKED,))
        yield from (("matiere", code) for code in self.subjects(item, levels))

    def levels(self, item: Item) -> tuple[str, ...]:
        """Levels that its classes name, else its publics, in order; none when nothing says so."""
        entry = item.entry
        groups = entry.groupes if isinstance(entry, Event) else None
        text = ""
        if groups:
            text = fold(" ; ".join(groups.niveaux))
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
