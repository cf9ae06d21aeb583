"""How one comes to an event without a car and goes home, as its organiser says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import time

from portail.codes import diagnostic
from portail.diagnostics import Diagnostic
from portail.facts.base import Fact, texts
from portail.model.event import Event
from portail.site.draft import Draft
from portail.site.item import Item
from portail.site.site import Site
from portail.text.typography import inside

_LABEL = "Sans voiture"
# What ends from this hour on, or begins then when its end is unknown, may outlast the trains.
_EVENING = time(20)


def way(item: Item, site: Site) -> Fact:
    """The nearest station or stop, then the last way back."""
    way = item.of(Event).sans_voiture
    if way is None:
        return Fact(_LABEL)
    back = None
    if way.retour:
        back = f"dernier retour\u00a0: {inside(way.retour)}"
    values = texts(way.arret, back)
    line = "\u00a0; ".join(value.text for value in values)
    return Fact(_LABEL, values, f"{_LABEL}\u00a0: {line}", way.arret)


def both_ways(item: Item) -> bool:
    """Whether one knows how to come and how to go home."""
    way = item.of(Event).sans_voiture
    return way is not None and bool(way.retour)


def late_without_return(draft: Draft) -> Iterator[Diagnostic]:
    for loaded, entry in draft.entries(Event.kind):
        if not isinstance(entry, Event) or entry.sans_voiture is None or entry.sans_voiture.retour:
            continue
        latest = max(_hours(entry), default=None)
        if latest and latest >= _EVENING:
            place = draft.place(loaded, ("sans_voiture",))
            yield diagnostic("C541", place, heure=f"{latest:%H:%M}".replace(":", " h "))


def _hours(event: Event) -> Iterator[time]:
    # The hour at which each session ends, or begins when its end is unknown.
    sessions = ((event.debut, event.fin), *((seance.debut, seance.fin) for seance in event.seances))
    for start, end in sessions:
        moment = end or start
        if moment and moment.heure:
            yield moment.heure
    if event.horaires and (hour := event.horaires.a or event.horaires.de):
        yield hour


def switch(item: Item, items: Mapping[str, Item]) -> Iterable[str]:
    if both_ways(item):
        return ("oui",)
    return ()
