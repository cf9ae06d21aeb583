"""The map of the week: where its events are, and how many in each département."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from portail.agenda.weeks import Week
from portail.facts.where import online_link
from portail.geo.coordinates import LatLon, Projection
from portail.model.event import Event
from portail.outputs.grounds import DEPARTEMENTS
from portail.outputs.pages.maps.atlas import Atlas, height_of
from portail.outputs.pages.maps.points import MOST, spread, xy_of
from portail.outputs.pages.views.geo import MapPoint, MapView
from portail.outputs.pages.views.shared import Lien
from portail.site.item import Item
from portail.site.site import Site
from portail.site.urls import week_of
from portail.text.dates import periode
from portail.text.inline import plain

__all__ = ["week_map"]

_RADIUS = 17
"""Units: a point with its ring."""


def week_map(site: Site) -> MapView | None:
    """The map of what takes place this week, as the agenda counts it: neither what lasts for
    weeks nor what is called off. ``None`` when there is nothing."""
    events = _events(site)
    if not events:
        return None
    atlas = Atlas(site.geography, site.vocabularies)
    projection = atlas.projection
    width = projection.width if projection else 0
    height = height_of(projection) if projection else 0
    week = Week.of(site.day.date)
    page = week_of(week)
    points, aim = _points(events, atlas, projection, page) if projection else ((), 0.0)
    return MapView(
        "region",
        "Carte des rendez-vous de la semaine",
        DEPARTEMENTS if projection else "",
        width,
        height,
        f"0 0 {width:g} {height}",
        points,
        tuple(atlas.departements(points, _RADIUS)),
        _legend(events, week),
        atlas.credit if projection else None,
        tuple(_counts(events, site, page)),
        aim,
    )


def _events(site: Site) -> list[Item]:
    """Events that take place in the week, in order of time."""
    days = site.indexes.programme.week(Week.of(site.day.date)).jours
    found = (one.ref for day in days for one in day.rendez_vous if one.maintenu)
    return [site.items[ref] for ref in dict.fromkeys(found)]


def _legend(events: Sequence[Item], week: Week) -> str:
    """« 12 rendez-vous du 4 au 10 octobre, dans 9 communes »: days, which stay true."""
    towns = len({item.commune.code for item in events if item.commune})
    where = f", dans {towns} commune{'s' * (towns > 1)}" if towns else ""
    days = periode(week.first, week.last, annee=False)
    return f"{len(events)} rendez-vous {days}{where}."


def _points(
    events: Sequence[Item], atlas: Atlas, projection: Projection, page: str
) -> tuple[tuple[MapPoint, ...], float]:
    """One point for each commune of the region: its event, or how many it has; and the radius of
    what one aims at. ``page`` tells of them all; points that are too many lead nowhere."""
    by_place: dict[LatLon, list[Item]] = defaultdict(list)
    for item in events:
        town = item.commune
        if town is None or town.lat is None or town.lon is None:
            continue
        if town.departement in atlas.outlines.departements:
            by_place[town.lat, town.lon].append(item)
    places = [xy_of(point, projection) for point in by_place]
    moved, aim = spread(places, projection, _RADIUS + 2)
    aimed = len(places) <= MOST
    return tuple(
        MapPoint(
            _link(found, page) if aimed else Lien(""),
            *place,
            _theme(found),
            len(found) if len(found) > 1 else 0,
            None if place == true else true,
        )
        for found, place, true in zip(by_place.values(), moved, places, strict=True)
    ), aim


def _link(found: Sequence[Item], page: str) -> Lien:
    first = found[0]
    town = first.commune.nom if first.commune else ""
    if len(found) == 1:
        return Lien(plain(first.entry.titre), first.url, town)
    return Lien(town, page, f"{len(found)} rendez-vous")


def _theme(found: Sequence[Item]) -> str:
    """The theme that the events of a commune share."""
    themes = {item.entry.themes[:1] for item in found}
    return "".join(*themes) if len(themes) == 1 else ""


def _counts(events: Sequence[Item], site: Site, agenda: str) -> Iterator[Lien]:
    """How many in each département of the region, elsewhere, online; each leads to the page of
    the département if there is one, else to that of the week."""
    geography = site.geography
    count = Counter(item.commune.departement for item in events if item.commune)
    home = geography.home.code if geography.home else ""
    for one in geography.departements_of(home):
        number = count.pop(one.code, 0)
        yield Lien(one.nom, site.territory_url(one.code) or agenda, _several(number))
    if elsewhere := sum(count.values()):
        yield Lien("Ailleurs", agenda, _several(elsewhere))
    online = sum(isinstance(one.entry, Event) and bool(online_link(one.entry)) for one in events)
    if online:
        yield Lien("En ligne", agenda, _several(online))


def _several(number: int) -> str:
    return f"{number} rendez-vous" if number else "aucun"
