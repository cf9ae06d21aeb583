"""The programme of a village, a festival, a parcours or a yearly rendezvous.

Everything is read from the events that name it; the key of the page is the ``repr`` of the view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from portail.agenda.occurrences import Occurrence
from portail.agenda.programme import Programme
from portail.model.event import Event
from portail.model.kinds import Kind
from portail.model.temps_fort import Edition, TempsFort
from portail.outputs.pages.kit import capital, day_hours, state_labels
from portail.outputs.pages.views import (
    Card,
    Feuille,
    GroupeView,
    ProgrammeView,
    RendezVousView,
)
from portail.site.site import Item, Site
from portail.text.dates import jour, jour_court, periode

__all__ = ["children_of", "edition_of", "events_of", "is_to_come", "programmes_of", "shown_edition"]

Cards: TypeAlias = Mapping[str, Card]

_LAST = 1_000_000
_MANY = 4
"""From how many events on a programme is told in several ways."""
_GATHERINGS = frozenset({"village-des-sciences", "festival", "parcours-scientifique"})


def children_of(item: Item, site: Site) -> tuple[Item, ...]:
    """Events that an event contains, by step then by hour."""
    named = (site.items[ref] for ref in site.indexes.by_target.get(item.ref, ()))
    return tuple(
        sorted((one for one in named if one.occurrences and _parent(one) == item.ref), key=_order)
    )


def _parent(item: Item) -> str:
    """Reference of the event that contains this one."""
    name = getattr(item.entry, "evenement_parent", None) or ""
    return name if "/" in name else f"{Kind.EVENT.value}/{name}"


def _order(item: Item) -> tuple[int, float, str]:
    step = getattr(item.entry, "etape", None) or _LAST
    start = item.occurrences[0].debut.timestamp() if item.occurrences else 0.0
    return (step, start, item.ref)


def edition_of(entry: TempsFort, today: date) -> Edition | None:
    """The edition that runs or comes next, else the last one that has dates, else the last."""
    dated = [one for one in entry.editions if one.au or one.du]
    coming = [one for one in dated if is_to_come(one, today)]
    if coming:
        return min(coming, key=lambda one: one.annee)
    return max(dated or entry.editions, key=lambda one: one.annee, default=None)


def shown_edition(item: Item, site: Site) -> Edition | None:
    """The edition that the page of a yearly rendezvous tells."""
    return edition_of(item.entry, site.day.date) if isinstance(item.entry, TempsFort) else None


def is_to_come(edition: Edition | None, today: date) -> bool:
    """Whether an edition has a day, and is not over."""
    last = (edition.au or edition.du) if edition else None
    return last is not None and last >= today


def events_of(item: Item, site: Site) -> tuple[Item, ...]:
    """Events of the edition of a yearly rendezvous that its page puts forward; all of them when
    it has no edition."""
    entry = item.entry
    if not isinstance(entry, TempsFort):
        return ()
    edition = edition_of(entry, site.day.date)
    named = (site.items[ref] for ref in site.indexes.by_target.get(item.ref, ()))
    return tuple(
        one
        for one in named
        if isinstance(one.entry, Event)
        and one.occurrences
        and (edition is None or _year(one, one.entry) == edition.annee)
    )


def _year(item: Item, entry: Event) -> int:
    """The edition of an event, else the year when it begins."""
    return entry.edition or item.occurrences[0].premier_jour.year


def programmes_of(
    item: Item, site: Site, cards: Cards, pages: Mapping[str, Item]
) -> tuple[ProgrammeView, ...]:
    """The programmes of a page, none for what gathers no event; ``pages`` are the territories by
    code."""
    if isinstance(item.entry, Event):
        children = children_of(item, site)
        if any(getattr(one.entry, "etape", None) for one in children):
            steps = GroupeView("", tuple(_step(one, cards) for one in children))
            return (ProgrammeView("Les étapes", (steps,), "etapes"),)
        return _by_day("Au programme", children, cards)
    events = events_of(item, site)
    heads = tuple(cards[one.ref] for one in events if _gathers(one))
    first = ProgrammeView("Villages, festivals et parcours", (), "cartes", heads)
    places = tuple(_by_territory(events, cards, pages))
    there = ProgrammeView("Territoire par territoire", places, "territoires")
    return (
        *((first,) if heads and len(events) >= _MANY else ()),
        *_by_day("Jour par jour", events, cards),
        *((there,) if len(places) > 1 and len(events) >= _MANY else ()),
    )


def _gathers(item: Item) -> bool:
    """Whether an event holds others, by its format or its size."""
    entry = item.entry
    return isinstance(entry, Event) and not _GATHERINGS.isdisjoint((*entry.format, entry.envergure))


def _by_day(title: str, events: Sequence[Item], cards: Cards) -> tuple[ProgrammeView, ...]:
    items = {one.ref: one for one in events}
    programme = Programme((one.ref, one.occurrences) for one in events)
    weeks = [programme.week(week) for week in programme.weeks]
    groups = [
        GroupeView(
            capital(jour(day.jour)),
            tuple(
                _line(
                    items[one.ref], cards, day_hours(one.occurrences, day.jour), one.occurrences[0]
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
        lines = (_line(items[one.ref], cards, capital(periode(one.du, one.au))) for one in lasting)
        groups.append(GroupeView("Plusieurs jours de suite", tuple(lines)))
    return (ProgrammeView(title, tuple(groups)),) if groups else ()


def _line(item: Item, cards: Cards, when: str, one: Occurrence | None = None) -> RendezVousView:
    """The line of an event, of one of its occurrences or of all."""
    card = cards[item.ref]
    first = one or item.occurrences[0]
    etat = first.etat if one else getattr(item.entry, "etat", "programme")
    iso = first.premier_jour.isoformat() if first.journee else first.debut.isoformat()
    details = tuple(filter(None, (*card.details[1:2], card.precision)))
    return RendezVousView(
        card.titre, card.url, card.theme, when, iso, details, state_labels(etat), etat == "annule"
    )


def _step(item: Item, cards: Cards) -> RendezVousView:
    first = item.occurrences[0]
    day = capital(jour_court(first.premier_jour, annee=False))
    when = day if first.journee else f"{day}, {day_hours((first,), first.premier_jour)}"
    return _line(item, cards, when, first)


def _by_territory(
    events: Iterable[Item], cards: Cards, pages: Mapping[str, Item]
) -> Iterator[GroupeView]:
    """Events by département, in the order of the names; what has none comes last."""
    held: dict[tuple[str, str], list[RendezVousView]] = defaultdict(list)
    for item in events:
        code, name = item.territoires[-2] if len(item.territoires) > 1 else ("", "")
        line = _line(item, cards, _days(item.occurrences))
        held[name, code].append(line)
    for name, code in sorted(key for key in held if key[0]):
        page = pages.get(code)
        yield GroupeView(name, tuple(held[name, code]), url=page.url if page else "")
    if ("", "") in held:
        yield GroupeView("En ligne ou sans lieu précis", tuple(held["", ""]))


def _days(occurrences: Sequence[Occurrence]) -> str:
    """« Sam. 9 oct. », « Du 2 au 11 octobre »."""
    first = occurrences[0].premier_jour
    last = max(one.dernier_jour for one in occurrences)
    short = jour_court(first, annee=False) if first == last else periode(first, last, annee=False)
    return capital(short)
