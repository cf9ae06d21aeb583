"""The programme of an edition of a yearly rendezvous: its events for a public, by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from portail.facts.audience import groups, reserved
from portail.facts.base import sort
from portail.facts.place import PARTOUT, online_link, place_of
from portail.facts.when import times
from portail.features.services.agenda.labels import state_labels
from portail.features.services.editions import editions
from portail.model.event import Event
from portail.site.item import Item
from portail.site.site import Site
from portail.text.normalise import sort_key
from portail.text.typography import capital

from .views import LigneProgramme, QuandView
from .words import WORDS

_ONLINE = "En ligne"
_NOWHERE = WORDS["sans_lieu"]
# Under what stands what is in no département, after all others.
NO_PLACE = (PARTOUT, _ONLINE, _NOWHERE)


def events_for(year: editions.YearOf, public: str) -> tuple[Item, ...]:
    """Events of a year for some public; only schools are told what another event holds."""
    chosen = editions.for_schools if public == "scolaires" else editions.for_everyone
    events = tuple(
        event for event in year.events if isinstance(event.entry, Event) and chosen(event.entry)
    )
    if public == "scolaires":
        return events
    return editions.heads_of(events)


def by_place(events: Sequence[Item], site: Site) -> Mapping[str, Sequence[Item]]:
    """Events by département: the region's, even empty, others, then what is everywhere or
    nowhere.
    """
    geography = site.geography
    home = geography.home
    by_departement: dict[str, list[Item]] = defaultdict(list)
    for item in events:
        departement = geography.departement(item.commune.departement) if item.commune else None
        online = isinstance(item.entry, Event) and online_link(item.entry)
        nowhere = PARTOUT if item.partout else _ONLINE if online else _NOWHERE
        by_departement[departement.nom if departement else nowhere].append(item)
    ours = [departement.nom for departement in geography.departements_of(home.code)] if home else []
    ordered = sorted(ours, key=sort_key)
    elsewhere = sorted(by_departement.keys() - {*ours, *NO_PLACE}, key=sort_key)
    rest = (name for name in (*elsewhere, *NO_PLACE) if name in by_departement)
    return {name: by_departement.get(name, ()) for name in (*ordered, *rest)}


def line_of(item: Item, site: Site, *, schools: bool) -> LigneProgramme:
    """The line of an event, under the name of its commune."""
    entry = item.of(Event)
    every = tuple(times(entry, item.occurrences))
    parent = site.items.get(editions.parent_of(entry))
    details = (
        capital(sort(item, site).short),
        place_of(item, site, commune=False),
        "En ligne" if entry.mode == "hybride" else "",
        parent.name if parent else "",
        reserved(item, site).line,
    )
    _, group = groups(item, site) if schools else ("", ())
    return LigneProgramme(
        entry.titre,
        item.url,
        item.theme,
        quand=tuple(
            QuandView(time.phrase, time.iso, state_labels(time.etat), time.etat == "annule")
            for time in every
        ),
        details=tuple(filter(None, details)),
        niveaux=tuple(level.short for level in group if level.short),
        annule=all(time.etat == "annule" for time in every),
    )
