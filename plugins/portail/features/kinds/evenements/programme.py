"""Programmes of what gathers events, day by day, step by step or format by format, and what their
dates show; what an event says of its ties (its place, the events that it contains, its rank in a
parcours), and how one books it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.occurrences import Occurrence, span
from portail.agenda.programme import Lasting, Programme
from portail.facts.base import Fact, Value, mail_and_phone
from portail.facts.place import Address, address
from portail.facts.price import booked_until, booking, is_closed
from portail.facts.when import TO_SET, Feuille, day_hours, iso_start, stated, times
from portail.features.services.agenda.views import RendezVousView, state_labels
from portail.features.services.editions.editions import children_of, siblings_of
from portail.model.event import Event
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.views import shared
from portail.outputs.pages.views.lists import Card
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.lists import lasting_of
from portail.site.memo import own_answer
from portail.site.positions import Position, position_of
from portail.site.site import Site
from portail.text.dates import jour, jour_court, periode
from portail.text.typography import capital, small


class SeanceView(Struct, frozen=True):
    """An occurrence as a French phrase, with its bounds (ISO 8601); ``barree``: it is off."""

    phrase: str
    debut_iso: str
    fin_iso: str
    etiquettes: tuple[shared.Etiquette, ...]
    barree: bool = False
    note: str = ""


class DateView(Struct, frozen=True):
    """A date of an event: one séance that ``phrase`` tells wholly, or several of one day."""

    feuille: Feuille
    phrase: str
    passee: bool
    seances: tuple[SeanceView, ...]
    fin: date | None = None


class GroupeView(Struct, frozen=True):
    """The events of a day (``feuille``), of a territory (``url``: its page), or all of them."""

    titre: str
    lignes: tuple[RendezVousView, ...]
    feuille: Feuille | None = None
    url: str = ""


class ProgrammeView(Struct, frozen=True):
    """``forme`` is ``jours``, ``etapes`` (one numbered group) or ``cartes``; ``distances`` are of
    steps.
    """

    titre: str
    groupes: tuple[GroupeView, ...]
    forme: str = "jours"
    cartes: tuple[Card, ...] = ()
    carte: shared.MapView | None = None
    distances: tuple[str, ...] = ()


class FratrieView(Struct, frozen=True):
    """A step among the steps of its parcours: « Étape 2 sur 3 », the one before, the next."""

    titre: str
    precedente: shared.Lien | None
    suivante: shared.Lien | None


# Events from which those that gather others come first.
_MANY = 4
_GATHERINGS = frozenset({"village-des-sciences", "festival", "parcours-scientifique"})


@own_answer
def programmes_of(site: Site, ref: str) -> tuple[ProgrammeView, ...]:
    """The programmes of an event, by its reference; none when it contains no other."""
    children = children_of(site.items[ref], site)
    if any(getattr(child.entry, "etape", None) for child in children):
        steps = GroupeView("", tuple(_step(child, site) for child in children))
        return (ProgrammeView("Les étapes", (steps,), "etapes"),)
    return by_day("Au programme", children, site)


def awaiting(events: Sequence[Item], site: Site) -> tuple[ProgrammeView, ...]:
    """Events whose day is still to be set, while it can be."""
    cards = tuple(card_of(site, event.ref) for event in events if not event.is_over)
    if cards:
        return (ProgrammeView(TO_SET, (), "cartes", cards),)
    return ()


def gatherings(events: Sequence[Item], site: Site) -> tuple[ProgrammeView, ...]:
    """Villages, festivals and parcours, which hold others, first when there are other events."""
    entries = ((item.ref, item.of(Event)) for item in events)
    sorts = ((ref, (*event.format, event.envergure)) for ref, event in entries)
    cards = tuple(card_of(site, ref) for ref, codes in sorts if not _GATHERINGS.isdisjoint(codes))
    if not cards or len(events) < _MANY:
        return ()
    return (ProgrammeView("Villages, festivals et parcours", (), "cartes", cards),)


def by_day(title: str, events: Sequence[Item], site: Site) -> tuple[ProgrammeView, ...]:
    """Events on each of their days, by hour, then what lasts; nothing without events."""
    items = {event.ref: event for event in events}
    programme = Programme((event.ref, event.occurrences) for event in events)
    weeks = [programme.week(week) for week in programme.weeks]
    groups: list[GroupeView] = []
    for week in weeks:
        groups.extend(
            (
                GroupeView(
                    capital(jour(day.jour)),
                    tuple(
                        _line_of_all(
                            items[meeting.ref],
                            site,
                            day_hours(meeting.occurrences, day.jour),
                            meeting.occurrences[0],
                        )
                        for meeting in day.rendez_vous
                    ),
                    Feuille(day.jour),
                )
            )
            for day in week.jours
            if day.rendez_vous
        )
    lasting = dict.fromkeys(chain.from_iterable(week.durables for week in weeks))
    if lasting:
        lines = (
            _line_of_all(items[stay.ref], site, capital(periode(stay.du, stay.au)))
            for stay in lasting
        )
        groups.append(GroupeView("Plusieurs jours de suite", tuple(lines)))
    if groups:
        return (ProgrammeView(title, tuple(groups)),)
    return ()


def _line_of_all(
    item: Item, site: Site, when: str, occurrence: Occurrence | None = None
) -> RendezVousView:
    card = card_of(site, item.ref)
    first = occurrence or item.occurrences[0]
    iso = iso_start(first, first.first_day)
    if occurrence:
        etat = occurrence.etat
        details_told = card.on(set(occurrence.days()))
    else:
        etat = getattr(item.entry, "etat", "programme")
        details_told = card.details
    details = tuple(filter(None, (*details_told[1:], card.precision)))
    labels = (*state_labels(etat), *(label for label in card.etiquettes if label.code == "reserve"))
    return RendezVousView(
        card.titre,
        card.url,
        card.theme,
        heures=when,
        iso=iso,
        details=details,
        etiquettes=labels,
        annule=etat == "annule",
    )


def _step(item: Item, site: Site) -> RendezVousView:
    every = list(times(item.of(Event), item.occurrences))
    same = len({state_labels(time.etat) for time in every}) == 1
    phrases = (time.phrase if same else stated(time.phrase, time.etat) for time in every)
    return replace(
        _line_of_all(item, site, capital(" ; ".join(map(small, phrases)))),
        iso=every[0].iso,
        etiquettes=state_labels(every[0].etat) if same else (),
        annule=all(time.etat == "annule" for time in every),
    )


def by_format(
    events: Iterable[Item], site: Site, formats: Mapping[str, str]
) -> tuple[GroupeView, ...]:
    """Events by format, in the order of ``formats`` (titles by code); one has two at most."""
    rows: dict[str, list[RendezVousView]] = defaultdict(list)
    for item in events:
        for code in item.of(Event).format:
            rows[code].append(_line_of_all(item, site, _days(item.occurrences)))
    return tuple(
        GroupeView(title, tuple(rows[code])) for code, title in formats.items() if code in rows
    )


def _days(occurrences: Sequence[Occurrence]) -> str:
    # « Sam. 9 oct. », « Du 2 au 11 octobre ».
    first, last = span(occurrences)
    short = jour_court(first, annee=False) if first == last else periode(first, last, annee=False)
    return capital(short)


class Enfant(NamedTuple):
    """An event that another one contains."""

    lien: Lien
    theme: str
    shown: Occurrence | None
    commune: str
    position: Position | None


class Rang(NamedTuple):
    """The rank of an event among the steps of a parcours."""

    # From 1.
    rang: int
    total: int
    precedente: Lien | None
    suivante: Lien | None


class EventTies(Struct, frozen=True):
    """What an event says with what others say."""

    adresse: Address | None
    # Whether booking has ended.
    clos: bool
    durable: Lasting | None
    enfants: tuple[Enfant, ...]
    # Its rank in a parcours.
    rang: Rang | None


@own_answer
def event_ties(site: Site, ref: str) -> EventTies:
    item = site.items[ref]
    children = tuple(
        Enfant(_link(child), child.theme, child.shown, child.town, position_of(child, site))
        for child in children_of(item, site)
    )
    return EventTies(
        address(item, site),
        is_closed(item, site),
        lasting_of(item, site),
        children,
        _rank(item, site),
    )


def _link(item: Item) -> Lien:
    return Lien(item.name, item.url)


def _rank(item: Item, site: Site) -> Rang | None:
    if item.of(Event).etape is None:
        return None
    steps = [step for step in siblings_of(item, site) if getattr(step.entry, "etape", None)]
    refs = [step.ref for step in steps]
    if item.ref not in refs:
        return None
    rank = refs.index(item.ref)
    before = steps[:rank][-1:]
    after = steps[rank + 1 : rank + 2]
    return Rang(
        rank + 1,
        len(steps),
        _link(before[0]) if before else None,
        _link(after[0]) if after else None,
    )


def booking_today(item: Item, site: Site) -> Fact:
    """Whether an event must be booked, or that its booking is closed on the day of the build."""
    fact = booking(item, site)
    terms = item.of(Event).inscription
    if terms and terms.regime != "aucune" and item.of(Event).etat == "annule":
        return fact._replace(values=(Value("Inscriptions closes"),))
    if terms and terms.avant_le and is_closed(item, site):
        text = f"Inscriptions closes : c’était {booked_until(terms.avant_le)}"
        return fact._replace(values=(Value(text),))
    return fact._replace(values=fact.values[:1])


def booking_contact(item: Item, site: Site) -> Fact:
    """Mail and telephone of an event: to book while this is possible, else to ask."""
    event = item.of(Event)
    terms = event.inscription
    over = item.is_over or event.etat == "annule"
    if terms is None:
        return Fact("Contact")
    open_ = terms.regime != "aucune" and not over and not is_closed(item, site)
    values = mail_and_phone(terms.courriel, terms.telephone)
    return Fact("Réserver" if open_ else "Contact", values)


def booking_page(event: Event) -> str:
    if event.inscription:
        return event.inscription.url or ""
    return ""


def booking_way(event: Event) -> Value | None:
    """The easiest way to book an event: page, mail, telephone; ``None`` without any."""
    terms = event.inscription
    if terms is None or terms.regime == "aucune":
        return None
    page = (Value("", terms.url),) if terms.url else ()
    return next(iter((*page, *mail_and_phone(terms.courriel, terms.telephone))), None)
