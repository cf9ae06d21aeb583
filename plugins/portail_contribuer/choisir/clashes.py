"""Events that take place at one place at one time (C544)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import lasts
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.facts.when import day_hours
from portail.model.event import Event
from portail.site.draft import Draft
from portail.site.item import lineage
from portail.site.rules.references import near, title_words
from portail.source.store import Loaded
from portail.text.dates import jour
from portail.text.typography import plain, small

# Formats of what leaves room for others at its place.
_ROOMY = frozenset({"exposition", "festival", "portes-ouvertes", "salon", "village-des-sciences"})


class Session(NamedTuple):
    """One time that an event occupies its place."""

    start: datetime
    end: datetime
    occurrence: Occurrence
    loaded: Loaded
    event: Event

    @property
    def published(self) -> tuple[date, str]:
        return self.event.publie_le or date.max, str(self.loaded.path)


def clashes(draft: Draft) -> Iterator[Diagnostic]:
    """What is on at a place while another content is on there (C544): told once for two events, at
    their first clash to come, on the one that was published last."""
    pairs: set[frozenset[str]] = set()
    for sessions in _by_place(draft).values():
        for earlier, later in _overlapping(sessions):
            pair = frozenset((earlier.event.ref, later.event.ref))
            if pair not in pairs and _are_apart(earlier.event, later.event, draft):
                pairs.add(pair)
                yield _advice(earlier, later, draft)


def _by_place(draft: Draft) -> dict[str, list[Session]]:
    places: dict[str, list[Session]] = defaultdict(list)
    for loaded, event in draft.entries(Event.kind):
        if not isinstance(event, Event) or not event.lieu or event.ref in draft.faulty:
            continue
        if not _ROOMY.isdisjoint(event.format):
            continue
        coming = [
            occurrence
            for occurrence in loaded.occurrences
            if not occurrence.is_over(draft.day.date) and _occupies(occurrence)
        ]
        if coming and not lasts(loaded.occurrences):  # of what is past, nothing more is asked
            places[event.lieu] += (
                Session(occurrence.debut, occurrence.over_at, occurrence, loaded, event)
                for occurrence in coming
            )
    for sessions in places.values():
        sessions.sort(key=lambda session: (session.start, session.event.ref))
    return places


def _occupies(occurrence: Occurrence) -> bool:
    # Whether it takes place at hours that are known; of one without an end its beginning is.
    return occurrence.maintained and not occurrence.journee and occurrence.day_count == 1


def _overlapping(sessions: list[Session]) -> Iterator[tuple[Session, Session]]:
    for rank, session in enumerate(sessions):
        for later in sessions[rank + 1 :]:
            if later.start >= session.end and later.start != session.start:
                break
            yield session, later


def _are_apart(event: Event, rival: Event, draft: Draft) -> bool:
    # Whether two events are different contents that nothing puts together: neither in rooms of
    # their own, nor parts of one whole, nor translations, nor likely the same (A513).
    if event.ref == rival.ref or event.langue != rival.langue:
        return False
    if event.salle and rival.salle and event.salle != rival.salle:
        return False
    if lineage(event, draft.items).keys() & lineage(rival, draft.items).keys():
        return False
    return not near(title_words(event.titre), title_words(rival.titre))


def _advice(session: Session, rival: Session, draft: Draft) -> Diagnostic:
    first, last = sorted((session, rival), key=lambda clashing: clashing.published)
    day = first.occurrence.first_day
    return diagnostic(
        "C544",
        draft.place(last.loaded, ("lieu",)),
        titre=plain(first.event.titre),
        autre=first.loaded.path,
        jour=jour(day),
        heures=small(day_hours([first.occurrence], day)),
    )
