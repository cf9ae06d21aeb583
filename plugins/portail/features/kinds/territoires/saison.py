"""``/territoires/X/cette-saison/``: the outings of a season, the communes of an EPCI that have none
near, and what could come there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from portail.features.services.alentours.relations import (
    is_helper,
    nearest,
    nearest_by_lender,
    point_of,
)
from portail.features.services.bilans.page import bilan_view
from portail.features.services.bilans.table import Column, Key, Row, Table
from portail.features.services.editions.editions import expected
from portail.features.services.fiches.records import Answer, asked
from portail.features.services.fondsdecarte.atlas import atlas_of
from portail.features.services.prets.loans import free_from
from portail.geo.coordinates import LatLon, distance_km
from portail.geo.places import Commune, Epci, short_name
from portail.model.collections import ResourceEntry
from portail.model.kinds import TERRITORIES, YEARLY
from portail.outputs.base import SitemapHint, TemplatePage, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.views.shared import Lien, MapView, PageView
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import borrowable, kept_answer, per_site
from portail.site.positions import centre_of
from portail.site.site import Site
from portail.site.territories import known_by_page
from portail.text.dates import jour
from portail.text.normalise import sort_key
from portail.text.typography import nombre, typeset

from .map import LieuMarker, territory_map
from .model import Territoire

# Kilometres within which an outing is near, as the crow flies.
NEAR = 15.0


class Season(NamedTuple):
    """Three months, from the first of March, June, September or December."""

    du: date
    au: date

    @classmethod
    def of(cls, day: date) -> Season:
        first = date(day.year - (day.month < 3), 3 * (day.month % 12 // 3) or 12, 1)
        after = (first + timedelta(days=95)).replace(day=1)
        return cls(first, after - timedelta(days=1))

    @property
    def last_year(self) -> Season:
        return Season.of(date(self.du.year - 1, self.du.month, 1))


def outings(site: Site, season: Season) -> list[Answer]:
    """The outings of a season, each with its commune."""
    return asked(site, __name__, "sorties", debut=f"{season.du}", fin=f"{season.au}")


@per_site
def _places(site: Site, season: Season) -> Sequence[LatLon]:
    codes = dict.fromkeys(code for _, code in outings(site, season))
    towns = filter(None, map(site.geography.by_code, codes))
    return tuple(filter(None, (town.point for town in towns)))


class Hole(Struct, frozen=True):
    """A commune, and how far the nearest outing is; ``None`` where there is none at all."""

    commune: Commune
    km: float | None


def holes(site: Site, epci: Epci, season: Season) -> Iterator[Hole]:
    """The communes of an EPCI without an outing near, by name; not those that are nowhere."""
    far = _far(site, epci.siren, season.du.isoformat())
    towns = sorted(site.geography.communes_of(epci), key=lambda town: sort_key(town.nom))
    yield from (Hole(town, far[town.code]) for town in towns if town.code in far)


@kept_answer
def _far(site: Site, siren: str, first: str) -> Mapping[str, float | None]:
    # What ``holes`` tells, by code of commune: found again when outings change, not each day.
    places = _places(site, Season.of(date.fromisoformat(first)))
    epci = site.geography.epci(siren)
    assert epci is not None
    found: dict[str, float | None] = {}
    for town in site.geography.communes_of(epci):
        point = town.point
        far = min((distance_km(point, place) for place in places), default=None) if point else 0
        if far is None or far > NEAR:
            found[town.code] = far
    return found


_WORDS: Mapping[str, Any] = rows_of("kinds.territoires", "saison")
# Kilometres from which something may come, as the crow flies.
_REACH = 100.0
# Outings of a season below which a portal knows too little to speak of holes.
_LITTLE = 30
_MOST = 5


def page_address(item: Item, site: Site) -> str:
    """Site path of the page of a territory; ``""`` for what has none."""
    return f"{item.url}cette-saison/" if _epci(item, site) else ""


def link_of(item: Item, site: Site) -> Lien | None:
    """The link to it from the page of a territory."""
    url = page_address(item, site)
    return Lien(_WORDS["lien"], url) if url else None


def _epci(item: Item, site: Site) -> Epci | None:
    territory = known_by_page(item.of(Territoire), site.geography)
    return territory if isinstance(territory, Epci) else None


def plan_seasons(site: Site) -> Iterator[TemplatePage]:
    for item in site.of_kinds(TERRITORIES):
        if url := page_address(item, site):
            yield drawn(site, url, "saison.html", _show, item.ref, sitemap=SitemapHint())


def _show(site: Site, ref: str) -> PageView:
    item = site.items[ref]
    epci = _epci(item, site)
    assert epci is not None
    url = page_address(item, site)
    season = Season.of(site.day.date)
    found = [*holes(site, epci, season)]
    before = sum(1 for _ in holes(site, epci, season.last_year))
    name = typeset(short_name(epci))
    above = Lien(item.name, item.url)
    said = _said(site, epci, season=season, found=found)
    groups = tuple(group for group in _coming(site, epci, season) if group[1])
    return bilan_view(
        **page_of(
            site,
            _WORDS["page"],
            url,
            above,
            nom=name,
            saison=_WORDS["saisons"][season.du.month % 12 // 3],
        ),
        phrases=tuple(said),
        cles=(Key(_WORDS["cle"], len(found), note=_WORDS["avant"].format(nombre=before)),),
        mesures=tuple(filter(None, (_table(found),))),
        methode=tuple(_WORDS["methode"]),
        carte=_map(site, item, found),
        groupes=groups,
        ecrire=_mail(site, name, phrase=said[0], groups=groups, url=url),
    )


def _said(site: Site, epci: Epci, season: Season, found: Sequence[Hole]) -> list[str]:
    communes = site.geography.count_of(epci)
    said = [
        _WORDS["phrase"].format(
            vides=nombre(len(found)) if found else _WORDS["rien"],
            communes="commune" + "s" * (len(found) > 1),
            toutes=nombre(communes),
            portee=round(NEAR),
            du=jour(season.du, semaine=False),
            au=jour(season.au, semaine=False),
        )
    ]
    if people := epci.population:
        told = {"habitants": nombre(people.habitants), "annee": people.annee}
        said.append(_WORDS["habitants"].format(nom=typeset(short_name(epci)), **told))
    number = len(outings(site, season))
    if number < _LITTLE:
        said.append(_WORDS["peu"].format(nombre=nombre(number)))
    return said


def _table(found: Sequence[Hole]) -> Table:
    title, first, column = _WORDS["tableau"]
    rows = [
        Row(hole.commune.nom, (_WORDS["rien"] if hole.km is None else round(hole.km),))
        for hole in found
    ]
    return Table("sans-sortie", title, first, colonnes=(Column(column, "km"),), lignes=tuple(rows))


def _map(site: Site, item: Item, found: Sequence[Hole]) -> MapView | None:
    spots = [
        LieuMarker(Lien(hole.commune.nom), position, 0)
        for hole in found
        if (position := centre_of(hole.commune))
    ]
    drawn_map = territory_map(item, spots, around=(), atlas=atlas_of(site))
    if drawn_map is None:
        return None
    # Many points that lead nowhere are one line of the drawing, a ring for each.
    rings = [f"M{one.x - 4} {one.y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0" for one in drawn_map.points]
    return replace(drawn_map, points=(), trajets=(("".join(rings), True),), repere=())


def _coming(site: Site, epci: Epci, season: Season) -> Iterator[tuple[str, tuple[Lien, ...]]]:
    # What could come, by sort: tools that are free, structures, yearly rendezvous.
    tools, helpers, yearly = _WORDS["groupes"]
    point = point_of(site, epci)
    today = site.day.date
    if point:
        lent = filter(is_true, borrowable(site))
        free = [one for one in lent if free_from(one.of(ResourceEntry), today) <= season.au]
        able = filter(is_helper, filter(is_true, site.places))
        for title, near in (
            (tools, nearest_by_lender(point, free, most=_MOST, reach=_REACH)),
            (helpers, nearest(point, able, most=_MOST, reach=_REACH)),
        ):
            yield title, tuple(Lien(one.item.name, one.item.url, one.loin) for one in near)
    soon = ((item, expected(item, today)) for item in filter(is_true, site.of_kinds(YEARLY)))
    ahead = sorted(
        (days[0], item) for item, days in soon if days and days[0] <= season.au + timedelta(92)
    )
    told = (Lien(item.name, item.url, jour(day, semaine=False)) for day, item in ahead[:_MOST])
    yield yearly, tuple(told)


def is_true(item: Item) -> bool:
    """Whether it is not invented: nobody can ask for what is."""
    return not item.entry.exemple


def _mail(
    site: Site, name: str, *, phrase: str, groups: Sequence[tuple[str, Sequence[Lien]]], url: str
) -> Lien:
    offers = "\u00a0; ".join(link.texte for _, links in groups[:2] for link in links)
    page = site.config.absolute(url) if site.config.siteurl else url
    body = _WORDS["courriel"].format(phrase=phrase, offres=offers or "…", page=page)
    subject = _WORDS["objet"].format(nom=name)
    address = f"mailto:?subject={quote(subject)}&body={quote(body)}"
    return Lien(_WORDS["ecrire"], address)
