"""``…/cette-saison/``: who is not reached this season, of the region, of each département and of
each EPCI, whatever is there: communes, people, what could come, to whom to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from operator import itemgetter
from typing import Any

from msgspec.structs import replace

from portail.features.services.alentours.relations import (
    Around,
    is_helper,
    nearest,
    nearest_by_lender,
    point_of,
)
from portail.features.services.bilans.page import bilan_view
from portail.features.services.bilans.table import Column, Key, Row, Table, share
from portail.features.services.editions.editions import expected
from portail.features.services.fondsdecarte.atlas import atlas_of
from portail.features.services.fondsdecarte.drawing import BaseMapView, zone_path
from portail.features.services.fondsdecarte.outlines import outlines_of
from portail.features.services.prets.loans import free_from
from portail.geo.names import in_territory
from portail.geo.places import Commune, Epci, Region, Territoire, short_name
from portail.model.collections import PlaceEntry, ResourceEntry
from portail.model.kinds import TERRITORIES, YEARLY, Kind
from portail.outputs.base import SitemapHint, TemplatePage, TextFile, drawn, text_file
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.messages import mailto
from portail.outputs.pages.views.shared import Lien, MapView, NavGroup, PageView
from portail.outputs.spreadsheets import written
from portail.resources import rows_of
from portail.site.item import Item
from portail.site.memo import answer, borrowable
from portail.site.positions import centre_of
from portail.site.site import Site
from portail.site.territories import known_by_key, territory_code
from portail.site.urls import API
from portail.text.dates import jour
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre, typeset

from .derived import page_of_area
from .map import LieuMarker, ground_of, ground_view, territory_map
from .reach import (
    NEAR,
    Near,
    Season,
    Tally,
    announced,
    is_far,
    outings,
    reach,
    season_of,
    tally,
)

_WORDS: Mapping[str, Any] = rows_of("kinds.territoires", "saison")
# Kilometres from which something may come, as the crow flies.
_REACH = 100.0
# Outings of a season below which a portal knows too little to speak of holes.
_LITTLE = 30
_MOST = 5
# Rows of a table; the file has all of them.
_ROWS = 30
# The open data: its name, its columns, kilometres and inhabitants as numbers.
TABLE = "communes.csv"
_COLUMNS = """code nom epci departement habitants saison km sortie commune_de_la_sortie jour
    dure""".split()


def _url(site: Site, code: str) -> str:
    return f"{page_of_area(site, code)[1]}cette-saison/"


def _areas(site: Site) -> Sequence[Territoire]:
    if Kind.TERRITOIRE.value in site.config.sans:
        return ()
    return site.geography.home_territoires


def _pages(site: Site) -> Mapping[str, Territoire]:
    # The territory of each page: overseas, a région is its only département too.
    pages: dict[str, Territoire] = {}
    for area in _areas(site):
        pages.setdefault(_url(site, territory_code(area)), area)
    return pages


def _is_ours(site: Site, code: str) -> bool:
    return known_by_key(code, site.geography) in _areas(site)


def link_of(site: Site, code: str) -> Lien | None:
    """The link to it from the page of a territory of the region, by its key."""
    return Lien(_WORDS["lien"], _url(site, code)) if _is_ours(site, code) else None


def told(site: Site, code: str) -> Iterator[Lien]:
    """What another page says of it, in a sentence, and its address."""
    area = known_by_key(code, site.geography)
    if area and _is_ours(site, code):
        yield Lien(_first_sentence(area, season_of(site), site), _url(site, code), _WORDS["lien"])


def list_links(site: Site, kind: Kind) -> Iterator[Lien]:
    home = site.geography.home
    if home and kind in TERRITORIES:
        yield Lien(_WORDS["lien"], _url(site, territory_code(home)))


def plan_groups(site: Site, kind: Kind | None) -> Iterator[NavGroup]:
    wide = [area for area in _pages(site).values() if not isinstance(area, Epci)]
    if wide and kind in TERRITORIES:
        links = (Lien(typeset(area.nom), _url(site, territory_code(area))) for area in wide)
        yield NavGroup(_WORDS["lien"], tuple(links))


def open_files(site: Site) -> Iterator[tuple[str, int]]:
    home = site.geography.home
    if home and _areas(site):
        yield TABLE, site.geography.count_of(home)


def plan_seasons(site: Site) -> Iterator[TemplatePage | TextFile]:
    for url, area in _pages(site).items():
        code = territory_code(area)
        yield drawn(site, url, "saison.html", _show, code, sitemap=SitemapHint())
        if not isinstance(area, Epci) and outlines_of(site.geography):
            yield drawn(site, f"{url}carte.svg", "fond.svg", _zones, code)
    for name, _ in open_files(site):
        yield text_file(site, f"{API}{name}", _table_of_communes)


def _table_of_communes(site: Site) -> Iterator[str]:
    season = season_of(site)
    first = {code: rest for code, *rest in reversed(outings(site, season))}
    assert site.geography.home
    rows = reach(site, site.geography.home, season)
    return written(_COLUMNS, (_cells(town, near, first, season) for town, near in rows))


def _cells(
    town: Commune, near: Near | None, first: Mapping[str, Sequence[Any]], season: Season
) -> Sequence[str]:
    people = "" if town.habitants is None else str(town.habitants)
    head = (town.code, town.nom, town.epci or "", town.departement, people, f"{season.du}")
    if near is None:
        return (*head, "", "", "", "", "")
    ref, day, lasts = first[near.code]
    return (*head, f"{near.km:.1f}".replace(".", ","), ref, near.code, day, "oui" if lasts else "")


def _show(site: Site, code: str) -> PageView:
    area = known_by_key(code, site.geography)
    assert area is not None
    season = season_of(site)
    url = _url(site, code)
    name = typeset(short_name(area))
    said = (_first_sentence(area, season, site), *_more_sentences(area, season, site))
    groups: list[tuple[str, tuple[Lien, ...]]] = []
    if isinstance(area, Epci):
        groups = [group for group in _coming(site, code, f"{season.au}") if group[1]]
        tables = [_far_communes(area, season, site)]
    else:
        tables = [*_ranked(area, season, site)]
    return bilan_view(
        **page_of(
            site,
            _WORDS["page"],
            url,
            *_above(site, code),
            nom=name,
            saison=_WORDS["saisons"][season.du.month % 12 // 3],
        ),
        phrases=said,
        cles=tuple(_keys(area, season, site)),
        mesures=tuple(filter(None, (*tables, _announced(site, code, season)))),
        methode=tuple(_WORDS["methode"]),
        carte=_map(site, code, season),
        legende=() if isinstance(area, Epci) else _WORDS["zones"].items(),
        groupes=groups,
        ecrire=_mail(site, in_territory(area), phrase=said[0], groups=groups, url=url),
        liens=(Lien(_WORDS["table"], f"{API}{TABLE}", "CSV"),),
    )


def _above(site: Site, code: str) -> Iterator[Lien]:
    page = site.territory_page(code)
    listing = site.listing(TERRITORIES)
    if page:
        yield Lien(page.name, page.url)
    elif listing:
        yield Lien(Kind.TERRITOIRE.info.rubrique, listing)


def _counts(area: Territoire, season: Season, site: Site) -> tuple[Tally, Tally]:
    code = territory_code(area)
    return tally(site, code, season), tally(site, code, season.last_year)


def _first_sentence(area: Territoire, season: Season, site: Site) -> str:
    now, _ = _counts(area, season, site)
    return str(_WORDS["phrase"]).format(
        vides=nombre(now.loin) if now.loin else _WORDS["rien"],
        communes="commune" + "s" * (now.loin > 1),
        toutes=nombre(now.communes),
        portee=round(NEAR),
        du=jour(season.du, semaine=False),
        au=jour(season.au, semaine=False),
    )


def _more_sentences(area: Territoire, season: Season, site: Site) -> Iterator[str]:
    now, _ = _counts(area, season, site)
    part = share(now.habitants_loin, now.habitants)
    if area.population and part is not None:
        yield _WORDS["habitants" if now.habitants_loin else "personne"].format(
            loin=nombre(now.habitants_loin),
            habitants=nombre(now.habitants),
            annee=area.population.annee,
            part=part,
        )
    number = len({ref for _, ref, *_ in outings(site, season)})
    if number < _LITTLE:
        yield _WORDS["peu"].format(nombre=nombre(number))


def _keys(area: Territoire, season: Season, site: Site) -> Iterator[Key]:
    now, before = _counts(area, season, site)
    values = [
        (now.loin, before.loin, now.communes),
        (now.habitants_loin, before.habitants_loin, now.habitants),
    ]
    if not isinstance(area, Epci):
        both = [_counts(one, season, site) for one in _epcis(area, site)]
        whole = sum(now.wholly for now, _ in both)
        values.append((whole, sum(before.wholly for _, before in both), len(both)))
    for label, (value, then, every) in zip(_WORDS["cles"], values, strict=False):
        note = _WORDS["avant"].format(toutes=nombre(every), nombre=nombre(then))
        yield Key(label, value, note=note)


def _epcis(area: Territoire, site: Site) -> Sequence[Epci]:
    if isinstance(area, Region):
        return [one for one in site.geography.home_territoires if isinstance(one, Epci)]
    return site.geography.home_epci_of(territory_code(area))


def _ranked(area: Territoire, season: Season, site: Site) -> Iterator[Table]:
    # Those where most people are far, first.
    if isinstance(area, Region):
        parts: Sequence[Territoire] = site.geography.departements_of(area.code)
        yield _parts("departements", parts, season, site)
    yield _parts("intercommunalites", _epcis(area, site), season, site)


def _parts(name: str, areas: Sequence[Territoire], season: Season, site: Site) -> Table:
    told = [(*_counts(one, season, site), one) for one in areas]
    told.sort(key=lambda row: (-row[0].habitants_loin, -row[0].loin, sort_key(row[2].nom)))
    rows = [
        Row(
            typeset(short_name(one)),
            (
                now.habitants_loin,
                before.habitants_loin,
                share(now.habitants_loin, now.habitants),
                now.loin,
            ),
            _url(site, territory_code(one)),
        )
        for now, before, one in told
    ]
    return _table(name, rows)


def _table(name: str, rows: Sequence[Row]) -> Table:
    title, first, *columns = _WORDS["tables"][name]
    left = len(rows) - _ROWS
    return Table(
        name,
        title,
        first,
        colonnes=tuple(Column(*column.split("|")) for column in columns),
        lignes=tuple(rows[:_ROWS]),
        note=_WORDS["reste"].format(nombre=nombre(left)) if left > 0 else "",
    )


def _far_communes(area: Epci, season: Season, site: Site) -> Table:
    far = [(town, near) for town, near in reach(site, area, season) if is_far(near)]
    far.sort(key=lambda row: (-(row[0].habitants or 0), sort_key(row[0].nom)))
    rows = []
    for town, near in far:
        where = site.geography.by_code(near.code) if near else None
        away = _WORDS["rien"]
        if near and where:
            away = _WORDS["loin"].format(km=ceil(near.km), commune=where.nom)
        rows.append(Row(town.nom, (town.habitants, away)))
    return _table("communes", rows)


def _announced(site: Site, code: str, season: Season) -> Table:
    now, before = announced(site, code, season), announced(site, code, season.last_year)
    rows = [
        Row(text, (now.get(sort, 0), before.get(sort, 0)))
        for sort, text in _WORDS["sortes"].items()
    ]
    return _table("annonces", rows)


def _map(site: Site, code: str, season: Season) -> MapView | None:
    area = known_by_key(code, site.geography)
    entry, page = page_of_area(site, code)
    spots: list[LieuMarker] = []
    if isinstance(area, Epci):
        for town, near in reach(site, area, season):
            position = centre_of(town)
            if position and is_far(near):
                spots.append(LieuMarker(Lien(town.nom), position, 0))
    drawn_map = territory_map(entry, page, spots, around=(), atlas=atlas_of(site))
    if drawn_map is None:
        return None
    if not isinstance(area, Epci):
        return replace(drawn_map, fond=f"{_url(site, code)}carte.svg", repere=(), fixe=True)
    # Many points that lead nowhere are one line of the drawing, a ring for each.
    rings = [f"M{one.x - 4} {one.y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0" for one in drawn_map.points]
    return replace(drawn_map, points=(), trajets=(("".join(rings), True),), repere=())


def _zones(site: Site, code: str) -> BaseMapView:
    # The EPCI of a wide territory, by the share of their people who are far.
    geography = site.geography
    area = known_by_key(code, geography)
    assert area is not None
    entry, page = page_of_area(site, code)
    ground = ground_of(entry, geography, page)
    projection = ground.projection if ground else outlines_of(geography).projection
    assert projection is not None
    by_class: dict[str, list[str]] = {name: [] for name in ("", *_WORDS["zones"])}
    for one in map(territory_code, _epcis(area, site)):
        by_class[tally(site, one, season_of(site)).zone].append(one)
    zones = ((name, zone_path(geography, by_class[name], projection)) for name in _WORDS["zones"])
    return replace(ground_view(entry, page, geography), zones=tuple(filter(itemgetter(1), zones)))


@answer
def _coming(site: Site, code: str, end: str) -> list[tuple[str, tuple[Lien, ...]]]:
    # What could come by a day to an EPCI, by sort: tools that are free, structures, yearly
    # rendezvous; then those who are there and can be written to.
    area = known_by_key(code, site.geography)
    point = point_of(site, area) if area else None
    today = site.day.date
    last = date.fromisoformat(end)
    found: list[Sequence[Around]] = [(), ()]
    if point:
        lent = filter(is_true, borrowable(site))
        free = [one for one in lent if free_from(one.of(ResourceEntry), today) <= last]
        able = filter(is_helper, filter(is_true, site.places))
        found = [
            nearest_by_lender(point, free, most=_MOST, reach=_REACH),
            nearest(point, able, most=_MOST, reach=_REACH),
        ]
    groups = [[(one.item, _note(one, today, site)) for one in near] for near in found]
    days = ((item, expected(item, today)) for item in filter(is_true, site.of_kinds(YEARLY)))
    soon = ((on[0], item) for item, on in days if on and on[0] <= last + timedelta(92))
    ahead = sorted(soon, key=lambda row: (row[0], row[1].ref))
    groups.append([(item, jour(day, semaine=False)) for day, item in ahead[:_MOST]])
    here = (site.items[ref] for ref in site.indexes.by_territoire.get(code, ()))
    known = ((item, vars(item.entry).get("courriel")) for item in here if is_true(item))
    groups.append([(item, mail) for item, mail in known if mail and item.entry.kind.info.place])
    links = (tuple(Lien(item.name, item.url, note) for item, note in group) for group in groups)
    return [*zip(_WORDS["groupes"], links, strict=True)]


def _note(near: Around, today: date, site: Site) -> str:
    # « à 12 km · Arques · Animation, prêt d’outils »; when a tool is free, if it says so.
    entry = near.item.entry
    more = ""
    if isinstance(entry, PlaceEntry):
        labels = (site.vocabularies.label("offres", code) for code in entry.offre)
        more = capital(", ".join(labels))
    elif isinstance(entry, ResourceEntry) and entry.itinerance:
        day = free_from(entry, today)
        now, later = _WORDS["libre"]
        more = now if day == today else later.format(jour=jour(day, semaine=False))
    return " · ".join(filter(None, (near.loin, near.item.town, more)))


def is_true(item: Item) -> bool:
    """Whether it is not invented: nobody can ask for what is."""
    return not item.entry.exemple


def _mail(
    site: Site, where: str, *, phrase: str, groups: Sequence[tuple[str, Sequence[Lien]]], url: str
) -> Lien:
    by_title = dict(groups)
    tools, helpers, _, here = (by_title.get(title, ()) for title in _WORDS["groupes"])
    offers = "\u00a0; ".join(link.texte for link in (*tools, *helpers))
    page = site.config.absolute(url) if site.config.siteurl else url
    body = _WORDS["courriel"].format(phrase=phrase, offres=offers or "…", page=page)
    to = ",".join(link.note for link in here)
    address = mailto(to, _WORDS["objet"].format(ou=where), body)
    return Lien(_WORDS["ecrire" if here else "ecrire_seul"], address)
