"""Calendars that one subscribes to: which pages have one, the events that each holds, and the page
``/calendriers/``, which says what subscribing is and lists them all.

A calendar exists as soon as a published event belongs to it, even long ago: the address that a
telephone asks each day must not vanish between two seasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import chain
from typing import Any

from msgspec import Struct

from portail.agenda.occurrences import span
from portail.geo.places import short_name
from portail.geo.territories import Geography
from portail.model.collections import TerritoryEntry
from portail.model.kinds import DATED, PEOPLE, TERRITORIES, info_of
from portail.model.registry import references_of
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import LONG_LIST, grouped, page_of
from portail.outputs.pages.views.shared import Lien, PageView, page_view
from portail.resources import rows_of
from portail.site.facets import Facets, territory_pair
from portail.site.indexes import Indexes
from portail.site.item import Item
from portail.site.site import Site
from portail.site.subscriptions import Ways
from portail.site.urls import AGENDA, facet_of
from portail.text.normalise import sort_key
from portail.text.typography import plain, typeset

CALENDARS = "/calendriers/"


def calendar_of(url: str) -> str:
    """Site path of the calendar of the events that the page at ``url`` gathers; of one event, below
    its page: ``/lieux/la-coupole/agenda.ics``, ``/evenements/nuit/evenement.ics``."""
    single = url.startswith(f"/{info_of(DATED).segment}/")
    if single:
        return f"{url}evenement.ics"
    return f"{url}agenda.ics"


# Fields of an event that name what has a calendar, and the group of that calendar.
_FIELDS = {
    "lieu": "lieu",
    "organisateurs": "lieu",
    "partenaires": "lieu",
    "temps_fort": "temps-fort",
}
WORDS: Mapping[str, Any] = rows_of("services.calendriers", "mots")
_PLACES = ("departement", "epci")
# Groups of calendars, in the order in which they are told.
GROUPS = ("tout", *_PLACES, "lieu", "temps-fort")
# Those of what is told without a page, which takes place everywhere.
_WIDE = GROUPS[:3]

# Events of one calendar: some 250 kB, which telephones ask for several times a day.
MOST = 300


class Calendar(Struct, frozen=True):
    """A calendar: the page whose events it holds and its own address (site paths), its name.

    ``groupe`` is one of ``GROUPS``; ``refs`` are its events, in the order of references.
    """

    page: str
    url: str
    groupe: str
    nom: str
    refs: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Where the page of frames gives the code of its own: ``Cadre-lieux-la-coupole``."""
        return f"Cadre{self.page.rstrip('/').replace('/', '-')}"


class Calendars(Struct, frozen=True):
    """Every calendar, in the order of ``GROUPS`` then of names, and those of pages.

    ``since`` moves once a month, so that a new day writes no calendar again; of more than ``MOST``
    events, those that come next as seen from Monday. None holds what is reserved to some.
    """

    every: tuple[Calendar, ...]
    by_page: Mapping[str, Calendar]
    since: date


def single_of(item: Item) -> str:
    """Site path of the file of an event, ``""`` once it is over; a cancelled one keeps it until
    then.
    """
    if item.occurrences and not item.is_over:
        return calendar_of(item.url)
    return ""


def build_calendars(site: Site) -> Calendars:
    """The calendars of a site; none when it has no event."""
    items = site.items
    indexes = site.indexes
    facets = site.facets
    geography = site.geography
    today = site.day.date
    since = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    refs = sorted(chain.from_iterable(indexes.by_kind.get(kind, ()) for kind in DATED))
    every = (items[ref] for ref in refs)
    events = [event for event in every if not (event.reserve or event.reseau)]
    recent = {event.ref for event in events if any(o.last_day >= since for o in event.occurrences)}
    told = {ref for ref, item in site.told.items() if (item.last_day or since) >= since}
    monday = today - timedelta(days=today.weekday())
    distance = cache(lambda ref: _distance(items[ref], monday))

    def calendar(page: str, groupe: str, nom: str, refs: Iterable[str]) -> Calendar:
        chosen = recent.intersection(refs) | (told if groupe in _WIDE else set())
        if len(chosen) > MOST:
            chosen = set(sorted(chosen, key=distance)[:MOST])
        return Calendar(page, calendar_of(page), groupe, nom, tuple(sorted(chosen)))

    calendars = []
    if events:
        calendars = [calendar(AGENDA, "tout", "Tout l’agenda", recent)]
    calendars += [calendar(*row) for row in _by_facet(facets, geography)]
    for (groupe, ref), events_of in _named(events, items).items():
        if groupe == "lieu" and len(events_of) < facets.seuil:
            continue
        calendars.append(calendar(items[ref].url, groupe, plain(items[ref].entry.titre), events_of))
    calendars.sort(key=lambda entry: (GROUPS.index(entry.groupe), sort_key(entry.nom), entry.page))
    pages = {entry.page: entry for entry in calendars}
    for page, agenda_page in _shared(items, indexes, geography):
        if agenda_page in pages:
            pages[page] = pages[agenda_page]
    return Calendars(tuple(calendars), pages, since)


def _by_facet(
    facets: Facets, geography: Geography
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    # Page, group, name and events of the territories that have a list of their own.
    for facet, value in facets.pages():
        if facet.cle not in _PLACES:
            continue
        territory = None
        if facet.cle == "epci":
            territory = geography.territoire(value.code)
        nom = short_name(territory) if territory else value.label
        refs = facets.refs[facet.cle, value.code]
        yield facet_of(AGENDA, facet.cle, value.code), facet.cle, nom, refs


def _distance(item: Item, monday: date) -> tuple[int, str]:
    # What comes or lasts first, by its next day; then what is over, the last first.
    days = [
        occurrence.first_day for occurrence in item.occurrences if occurrence.last_day >= monday
    ]
    if days:
        return max(0, (min(days) - monday).days), item.ref
    _, last = span(item.occurrences)
    return date.max.toordinal() - last.toordinal(), item.ref


def _named(
    events: Iterable[Item], items: Mapping[str, Item]
) -> dict[tuple[str, str], dict[str, None]]:
    by_name: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for item in events:
        for mention in references_of(item.entry):
            groupe = _FIELDS.get(str(mention.loc[0]))
            ref = mention.named(items) if groupe else None
            if groupe and ref and items[ref].entry.kind not in PEOPLE:
                by_name[groupe, ref][item.ref] = None
    return by_name


def _shared(
    items: Mapping[str, Item], indexes: Indexes, geography: Geography
) -> Iterator[tuple[str, str]]:
    # Pages of territories, each with the page of the agenda that tells of it.
    for ref in chain.from_iterable(indexes.by_kind.get(kind, ()) for kind in TERRITORIES):
        entry = items[ref].of(TerritoryEntry)
        code = entry.code or ""
        home = geography.home
        near = geography.epci(code)
        wide = geography.departement(code)
        if entry.type == "region":
            if home and home.code == code:
                yield items[ref].url, AGENDA
        elif territory := near or wide:
            yield items[ref].url, facet_of(AGENDA, *territory_pair(territory, geography))


def calendars_of(site: Site) -> Calendars:
    calendars: Calendars = site.part("calendriers")
    return calendars


def ways(site: Site, page: str) -> Ways:
    calendar = calendars_of(site).by_page.get(page)
    return Ways(calendar=calendar.url if calendar else "")


def event_file(site: Site, item: Item) -> str:
    """Address of the calendar of an event; ``""`` for none."""
    return single_of(item)


class GroupeCalendriers(Struct, frozen=True):
    """Calendars of one sort, each link to its file; a long list is ``plie``."""

    titre: str
    ancre: str
    liens: tuple[Lien, ...]
    plie: bool

    @property
    def nombre(self) -> int:
        return len(self.liens)


def plan_page(site: Site) -> Iterator[TemplatePage]:
    """``/calendriers/``, when there is a calendar."""
    if calendars_of(site).every:
        yield drawn(site, CALENDARS, "calendriers.html", _show_calendriers, sitemap=SitemapHint())


def links(site: Site) -> Sequence[Lien]:
    if calendars_of(site).every:
        return (Lien(WORDS["page"]["titre"], CALENDARS),)
    return ()


def _show_calendriers(site: Site) -> PageView:
    return page_view(
        **page_of(site, WORDS["page"], CALENDARS),
        groupes=tuple(_groups(site)),
        calendrier=site.ways(AGENDA).calendar,
    )


def _groups(site: Site) -> Iterator[GroupeCalendriers]:
    # Calendars that hold something; the page of a lieu tells of its own, empty or not.
    every = (calendar for calendar in calendars_of(site).every if calendar.refs)
    for number, (title, calendars) in enumerate(grouped(every, WORDS["groupes"]), start=1):
        links = tuple(Lien(typeset(calendar.nom), calendar.url) for calendar in calendars)
        if links:
            yield GroupeCalendriers(title, f"Groupe-{number}", links, len(links) > LONG_LIST)
