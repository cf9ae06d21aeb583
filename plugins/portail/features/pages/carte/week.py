"""The map of what takes place this week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from portail.agenda.weeks import Week
from portail.facts.place import PARTOUT, online_link
from portail.features.services.fonds import board as boards
from portail.features.services.fonds.atlas import WORDS, Atlas, atlas_of, whole
from portail.features.services.fonds.ground import DEPARTEMENTS
from portail.geo.coordinates import Projection
from portail.geo.places import Commune
from portail.model.event import Event
from portail.outputs.pages.frame import frame_of
from portail.outputs.pages.views.shared import Lien, MapPoint, MapView
from portail.site.item import Item
from portail.site.site import Site
from portail.text.dates import periode
from portail.text.typography import nombre

# Units: a point with its ring.
_RADIUS = 17


def week_maps(site: Site) -> Iterator[MapView]:
    week = Week.of(site.day.date)
    days = site.indexes.programme.week(week).jours
    refs: list[str] = []
    for day in days:
        refs.extend(meeting.ref for meeting in day.rendez_vous if meeting.maintained)
    events = [site.items[ref] for ref in dict.fromkeys(refs)]
    if not events:
        return
    atlas = atlas_of(site)
    projection = atlas.projection
    frame: tuple[float, int, str] = whole(projection) if projection else (0, 0, "0 0 0 0")
    ruban = frame_of(site).ruban
    page = ruban.url if ruban else events[0].entry.kind.info.listing
    points = _points(events, atlas, projection) if projection else ()
    yield MapView(
        "region",
        WORDS["semaine"],
        DEPARTEMENTS if projection else "",
        *frame,
        points=points,
        etiquettes=tuple(atlas.departements(points, _RADIUS)),
        legende=_legend(events, week),
        liste=tuple(_counts(events, site, page)),
    )


def _legend(events: Sequence[Item], week: Week) -> str:
    # « 12 rendez-vous du 4 au 10 octobre, dans 9 communes »: days, which stay true.
    towns = len({item.commune.code for item in events if item.commune})
    where = ""
    if towns:
        where = f", dans {towns} commune{'s' * (towns > 1)}"
    days = periode(week.first, week.last, annee=False)
    return f"{nombre(len(events))} rendez-vous {days}{where}."


def _points(events: Sequence[Item], atlas: Atlas, projection: Projection) -> tuple[MapPoint, ...]:
    # A point for each commune of the region; the list beside leads to what they show.
    by_commune: dict[Commune, list[Item]] = defaultdict(list)
    for item in events:
        if item.commune and atlas.draws(item.commune):
            by_commune[item.commune].append(item)
    numbered = [
        boards.Numbered(
            town,
            len(events_of_town) if len(events_of_town) > 1 else 0,
            Lien(""),
            boards.common_theme(events_of_town),
        )
        for town, events_of_town in by_commune.items()
    ]
    return boards.commune_points(numbered, projection, _RADIUS + 2)[0]


def _counts(events: Sequence[Item], site: Site, agenda: str) -> Iterator[Lien]:
    # What is in no département of here has no page of its own: the agenda stands above.
    geography = site.geography
    count = Counter(item.commune.departement for item in events if item.commune)
    home = geography.home.code if geography.home else ""
    for departement in geography.departements_of(home):
        number = count.pop(departement.code, 0)
        url = site.territory_url(departement.code) or (agenda if number else "")
        yield Lien(departement.nom, url, _several(number))
    if elsewhere := sum(count.values()):
        yield Lien("Ailleurs", note=_several(elsewhere))
    everywhere = sum(item.partout for item in events)
    if everywhere:
        yield Lien(PARTOUT, note=_several(everywhere))
    online = sum(isinstance(item.entry, Event) and bool(online_link(item.entry)) for item in events)
    if online:
        yield Lien("En ligne", note=_several(online))


def _several(number: int) -> str:
    if number:
        return f"{nombre(number)} rendez-vous"
    return "aucun"
