"""What one weighs a date against, in files that the form reads: months of rendezvous, where each
takes place and for whom; school holidays; highlights; the places of the directory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from portail.agenda.programme import RendezVous
from portail.agenda.weeks import Month
from portail.facts.place import address
from portail.facts.when import day_hours
from portail.geo.coordinates import LatLon
from portail.model.collections import YearlyEntry
from portail.model.event import Event
from portail.model.kinds import YEARLY, Kind, offered
from portail.outputs.base import TextFile, text_file
from portail.outputs.spreadsheets import compact, lined
from portail.site.item import Item
from portail.site.memo import answer, own_answer, per_site
from portail.site.site import Site
from portail.text.typography import capital, small, typeset

from ..contribuer.addresses import CONTRIBUTE

# ``index.json``, ``lieux.json``, ``2022-10.json``…
FOLDER = f"{CONTRIBUTE}dates/"
# Kilometres, as the crow flies, within which two events have the same public.
REACH = 20
_VERSION = 1
# Decimals of a degree: a hundred metres.
_PRECISION = 3

# Latitude, longitude, slug of the place in the directory, commune; either name may be empty.
Place: TypeAlias = tuple[float, float, str, str]


@answer
def is_asked(site: Site) -> bool:
    return Event.kind in offered(site.config.sans) and site.has(Event.kind)


def form_files(site: Site, kind: Kind) -> Iterator[tuple[str, str]]:
    if kind is Event.kind and is_asked(site):
        yield "dates", FOLDER


def plan_dates(site: Site) -> Iterator[TextFile]:
    """The index, the places, then a file for each month that is not over and has a rendezvous."""
    if not is_asked(site):
        return
    yield text_file(site, f"{FOLDER}index.json", _index)
    yield text_file(site, f"{FOLDER}lieux.json", _places)
    for month in _by_month(site):
        yield text_file(site, f"{FOLDER}{month}.json", _month, month)


@per_site
def _by_month(site: Site) -> Mapping[str, list[tuple[date, RendezVous]]]:
    # The rendezvous of each day to come that takes place, under « 2022-10 ».
    months: dict[str, list[tuple[date, RendezVous]]] = defaultdict(list)
    today = site.day.date
    programme = site.indexes.programme
    for week in programme.weeks:
        if week.last >= today:
            for day in programme.week(week).jours:
                if day.jour >= today:
                    months[_name_of(Month.of(day.jour))] += (
                        (day.jour, rendezvous)
                        for rendezvous in day.rendez_vous
                        if rendezvous.maintained
                    )
    return {name: rows for name, rows in months.items() if rows}


@own_answer
def _rendezvous(site: Site, month: str) -> tuple[tuple[date, RendezVous], ...]:
    return tuple(_by_month(site)[month])


def _name_of(month: Month) -> str:
    return month.slug.replace("/", "-")


def _index(site: Site) -> Iterator[str]:
    today = site.day.date
    document = {
        "version": _VERSION,
        "rayon": REACH,
        "mois": [*_by_month(site)],
        "vacances": [
            [typeset(capital(holiday.nom)), holiday.du.isoformat(), holiday.au.isoformat()]
            for holiday in site.holidays.own
            if holiday.au >= today
        ],
        "temps_forts": [*_highlights(site, today)],
    }
    yield f"{compact(document)}\n"


def _highlights(site: Site, today: date) -> Iterator[tuple[str, str, str, str]]:
    for item in site.of_kinds(YEARLY):
        for edition in item.of(YearlyEntry).editions:
            if edition.jours and edition.jours[1] >= today:
                first, last = map(str, edition.jours)
                yield typeset(item.name), site.config.base + item.url, first, last


def _places(site: Site) -> Iterator[str]:
    places = {}
    for item in site.places:
        if point := _point_of(item, site):
            places[item.entry.slug] = [round(degrees, _PRECISION) for degrees in point]
    yield f"{compact({'version': _VERSION, 'lieux': places})}\n"


def _month(site: Site, month: str) -> Iterator[str]:
    places: dict[Place, int] = {}
    rows = []
    for day, rendezvous in _rendezvous(site, month):
        item = site.on(rendezvous.ref)
        if place := _place_of(item, site):
            rows.append(
                [
                    day.isoformat(),
                    typeset(item.name),
                    site.config.base + item.url,
                    places.setdefault(place, len(places)),
                    " ".join(vars(item.entry).get("publics") or ()),
                    typeset(small(day_hours(rendezvous.occurrences, day))),
                ]
            )
    yield f'{{"version":{_VERSION},"ou":{compact([*places])},"lignes":['
    yield from lined(rows)
    yield "\n]}\n"


def _place_of(item: Item, site: Site) -> Place | None:
    point = None if item.partout else _point_of(item, site)
    if point is None:
        return None
    lat, lon = (round(degrees, _PRECISION) for degrees in point)
    lieu = None
    if isinstance(item.entry, Event):
        lieu = item.of(Event).lieu
    return lat, lon, lieu or "", item.town


def _point_of(item: Item, site: Site) -> LatLon | None:
    exact = address(item, site).point
    if exact:
        return (exact.lat, exact.lon)
    if item.commune:
        return item.commune.point
    return None
