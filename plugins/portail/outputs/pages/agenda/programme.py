"""The programme of a village, a festival, a parcours or a yearly rendezvous."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from portail.agenda.occurrences import Occurrence, span
from portail.agenda.programme import Programme
from portail.facts.when import TO_SET, day_hours, iso_start, stated, times
from portail.model.collections import TempsFort
from portail.model.event import Event
from portail.outputs.pages.cards import card_of
from portail.outputs.pages.kit import state_labels
from portail.outputs.pages.views.programme import GroupeView, ProgrammeView, RendezVousView
from portail.outputs.pages.views.shared import Feuille
from portail.site.editions import children_of, shown, years_of
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import jour, jour_court, periode
from portail.text.typography import capital, small

_MANY, _MOST = 4, 16
"""From how many events on those that gather others come first; up to how many the page of a
yearly rendezvous tells them all: beyond, that of its edition does."""
_GATHERINGS = frozenset({"village-des-sciences", "festival", "parcours-scientifique"})


def programmes_of(item: Item, site: Site) -> tuple[ProgrammeView, ...]:
    """The programmes of a page, none for what gathers no event."""
    if isinstance(item.entry, Event):
        children = children_of(item, site)
        if any(getattr(one.entry, "etape", None) for one in children):
            steps = GroupeView("", tuple(_step(one, site) for one in children))
            return (ProgrammeView("Les étapes", (steps,), "etapes"),)
        return by_day("Au programme", children, site)
    if not isinstance(item.entry, TempsFort):
        return ()
    year = shown(years_of(item, site), site.day.date)
    events = year.heads if year else ()
    days = by_day("Jour par jour", events, site) if len(events) <= _MOST else ()
    return (*gatherings(events, site), *days, *awaiting(year.undated if year else (), site))


def awaiting(events: Sequence[Item], site: Site) -> tuple[ProgrammeView, ...]:
    """Events whose day is still to be set, while it can be."""
    cards = tuple(card_of(site, one.ref) for one in events if not one.passe)
    return (ProgrammeView(TO_SET, (), "cartes", cards),) if cards else ()


def gatherings(events: Sequence[Item], site: Site) -> tuple[ProgrammeView, ...]:
    """Villages, festivals and parcours, put first when there are other events."""
    found = tuple(card_of(site, one.ref) for one in events if _gathers(one))
    if not found or len(events) < _MANY:
        return ()
    return (ProgrammeView("Villages, festivals et parcours", (), "cartes", found),)


def _gathers(item: Item) -> bool:
    """Whether an event holds others, by its format or its size."""
    entry = item.entry
    return isinstance(entry, Event) and not _GATHERINGS.isdisjoint((*entry.format, entry.envergure))


def by_day(title: str, events: Sequence[Item], site: Site) -> tuple[ProgrammeView, ...]:
    """Events on each of their days, by hour, then what lasts; nothing without events."""
    items = {one.ref: one for one in events}
    programme = Programme((one.ref, one.occurrences) for one in events)
    weeks = [programme.week(week) for week in programme.weeks]
    groups = [
        GroupeView(
            capital(jour(day.jour)),
            tuple(
                _line(
                    items[one.ref], site, day_hours(one.occurrences, day.jour), one.occurrences[0]
                )
                for one in day.rendez_vous
            ),
            Feuille(day.jour),
        )
        for week in weeks
        for day in week.jours
        if day.rendez_vous
    ]
    lasting = dict.fromkeys(one for week in weeks for one in week.durables)
    if lasting:
        lines = (_line(items[one.ref], site, capital(periode(one.du, one.au))) for one in lasting)
        groups.append(GroupeView("Plusieurs jours de suite", tuple(lines)))
    return (ProgrammeView(title, tuple(groups)),) if groups else ()


def _line(item: Item, site: Site, when: str, one: Occurrence | None = None) -> RendezVousView:
    """The line of an event, of one of its occurrences or of all."""
    card = card_of(site, item.ref)
    first = one or item.occurrences[0]
    etat = first.etat if one else getattr(item.entry, "etat", "programme")
    iso = iso_start(first, first.premier_jour)
    details = tuple(filter(None, (*card.details[1:], card.precision)))
    labels = (*state_labels(etat), *(one for one in card.etiquettes if one.code == "reserve"))
    return RendezVousView(
        card.titre, card.url, card.theme, when, iso, details, labels, etat == "annule"
    )


def _step(item: Item, site: Site) -> RendezVousView:
    every = list(times(item.of(Event), item.occurrences))
    same = len({state_labels(one.etat) for one in every}) == 1
    phrases = (one.phrase if same else stated(one.phrase, one.etat) for one in every)
    return replace(
        _line(item, site, capital(" ; ".join(map(small, phrases)))),
        iso=every[0].iso,
        etiquettes=state_labels(every[0].etat) if same else (),
        annule=all(one.etat == "annule" for one in every),
    )


def by_format(
    events: Iterable[Item], site: Site, formats: Mapping[str, str]
) -> tuple[GroupeView, ...]:
    """Events by format, in the order of ``formats`` (titles by code); one has two at most."""
    held: dict[str, list[RendezVousView]] = defaultdict(list)
    for item in events:
        for code in item.of(Event).format:
            held[code].append(_line(item, site, _days(item.occurrences)))
    return tuple(
        GroupeView(title, tuple(held[code])) for code, title in formats.items() if code in held
    )


def _days(occurrences: Sequence[Occurrence]) -> str:
    """« Sam. 9 oct. », « Du 2 au 11 octobre »."""
    first, last = span(occurrences)
    short = jour_court(first, annee=False) if first == last else periode(first, last, annee=False)
    return capital(short)
