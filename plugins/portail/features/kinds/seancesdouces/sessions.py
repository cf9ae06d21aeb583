"""Which sessions of an event are relaxed, and what makes them so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from portail.agenda.occurrences import Occurrence
from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.facts.base import Fact, Value, texts
from portail.facts.when import days_text, occurrence_phrase
from portail.model.event import Event
from portail.model.vocabulary import Vocabularies
from portail.resources import rows_of
from portail.site.draft import Draft
from portail.site.item import Item
from portail.site.site import Site
from portail.text.normalise import fold
from portail.text.typography import capital, inside, small

_LABEL = "Séances douces"
_ONE = "Séance douce"
# Days of relaxed sessions that a card writes; more are counted.
_DAYS_SHORT = 2
_SEARCHED = rows_of("kinds.seancesdouces", "mots")["recherche"]
# Words by which organisers announce a relaxed session in a note, folded.
_IN_A_NOTE = re.compile(
    r"\b(?:relax|seances? (?:douces?|calmes?|adaptees?|apaisees?)|autis\w*|tsa|hypersensib\w*)\b"
)


def relaxed_sessions(item: Item) -> tuple[Occurrence, ...]:
    """The sessions that are relaxed and take place, in order of time."""
    event = item.of(Event)
    return tuple(
        session for session in item.occurrences if session.maintained and _comforts(event, session)
    )


def relaxed_left(item: Item) -> tuple[Occurrence, ...]:
    """Those to come while any session of the event is; once all is over, every one."""
    first = item.upcoming.rang if item.upcoming else 0
    return tuple(session for session in relaxed_sessions(item) if session.rang >= first)


def session_notes(site: Site, item: Item) -> Iterator[tuple[int, str]]:
    """What dates say of those that are relaxed, where not all are."""
    if not item.of(Event).douce:
        for session in relaxed_sessions(item):
            yield session.rang, "séance douce"


def relaxed(item: Item, site: Site) -> Fact:
    return _stated(item, site, relaxed_left(item))


def always(item: Item, site: Site) -> Fact:
    """The same of past sessions too, for what tells the same whatever the day."""
    return _stated(item, site, relaxed_sessions(item))


def _stated(item: Item, site: Site, sessions: Sequence[Occurrence]) -> Fact:
    event = item.of(Event)
    if not sessions:
        return Fact(_LABEL)
    lists = site.vocabularies
    if event.douce:
        return _fact(texts(capital(_words(event.douce, lists))), _LABEL)
    values = texts(
        *(
            f"{small(occurrence_phrase(session))}\u00a0: {_words(_comforts(event, session), lists)}"
            for session in sessions
        )
    )
    days = tuple(dict.fromkeys(session.first_day for session in sessions))
    one_day = _ONE if len(sessions) == 1 else _LABEL
    fact = _fact(values, f"{one_day} {days_text(days, few=_DAYS_SHORT)}")
    return fact._replace(days=tuple((day, _ONE) for day in days))


def searched(item: Item, site: Site) -> Fact:
    """What makes them so, in the words of those who look for it too."""
    fact = relaxed(item, site)
    if fact.values:
        return fact._replace(values=(*fact.values, *texts(*_SEARCHED)))
    return fact


def _fact(values: tuple[Value, ...], short: str) -> Fact:
    line = "\u00a0; ".join(value.text for value in values)
    return Fact(_LABEL, values, f"{_LABEL}\u00a0: {small(line)}", short)


def _comforts(event: Event, session: Occurrence) -> tuple[str, ...]:
    # Codes of what makes a session relaxed, those of the event first.
    own = event.seances[session.source].douce if session.source is not None else ()
    return tuple(dict.fromkeys((*event.douce, *own)))


def _words(codes: tuple[str, ...], lists: Vocabularies) -> str:
    return inside(lists.labels("douceurs", codes))


def said_in_notes(draft: Draft) -> Iterator[Diagnostic]:
    """Notes of sessions that announce a relaxed one which no filter can find (C540)."""
    for loaded, entry in draft.entries(Event.kind):
        if not isinstance(entry, Event) or entry.douce:
            continue
        for rank, session in enumerate(entry.seances):
            if not session.douce and _IN_A_NOTE.search(fold(session.note or "")):
                place = draft.place(loaded, ("seances", rank, "note"))
                yield diagnostic("C540", place, note=session.note)


def switch(item: Item, items: Mapping[str, Item]) -> Iterable[str]:
    """Whether an event has a session for those whom noise or light tires."""
    if relaxed_left(item):
        return ("oui",)
    return ()
