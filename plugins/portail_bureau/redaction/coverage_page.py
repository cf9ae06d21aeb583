"""``/redaction/couverture/``: the EPCI where nothing happens soon, or that have no place near, on a
map and in a table. That is no fault of who lives there: beside each stands who could come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from portail.agenda.programme import Lasting, RendezVous, maintained
from portail.features.services.alentours.relations import (
    Around,
    is_helper,
    lender_of,
    nearest,
    nearest_by_lender,
    point_of,
)
from portail.features.services.fondsdecarte.atlas import whole
from portail.features.services.fondsdecarte.drawing import BaseMapView, region_base_map, zone_path
from portail.features.services.fondsdecarte.outlines import outlines_of
from portail.geo.places import Epci, short_name
from portail.model.kinds import DATED, TERRITORIES
from portail.outputs.base import TemplatePage, TextFile, drawn, text_file
from portail.outputs.pages.frame import contributions, page_of
from portail.outputs.pages.views.shared import Lien, MapView, PageView, page_view
from portail.outputs.spreadsheets import written
from portail.resources import rows_of
from portail.site.facets import territory_pair
from portail.site.item import Item
from portail.site.memo import borrowable, per_site
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.normalise import sort_key
from portail.text.typography import capital, nombre, typeset

from .rows import WORDS as DESK_WORDS

DESK = "/redaction/"
COVERAGE = f"{DESK}couverture/"

# Days, that of the build included, in which something has to take place.
COVERAGE_DAYS = 60
# Kilometres from the point of an EPCI within which a place is near.
REACH = 15.0
_MOST = 3

# Neither a rendez-vous nor a place; no rendez-vous; no place; both are there.
CLASSES = ("rien", "sans-evenement", "sans-lieu", "couvert")


class Cover(Struct, frozen=True):
    """What there is in an EPCI and near it; ``acteurs`` and ``outils`` could come, the nearest
    first.
    """

    epci: Epci
    evenements: int
    prochain: date | None
    lieux: int
    nearest: Around | None
    acteurs: tuple[Around, ...] = ()
    outils: tuple[tuple[Around, int], ...] = ()

    @property
    def lacks_event(self) -> bool:
        return not self.evenements

    @property
    def lacks_place(self) -> bool:
        near = self.nearest
        return not self.lieux and (near is None or near.km > REACH)

    @property
    def classe(self) -> str:
        return CLASSES[(not self.lacks_event) * 2 + (not self.lacks_place)]


@per_site
def coverage(site: Site) -> tuple[Cover, ...]:
    """Every EPCI that has a commune in the region of the site, by name; none without a region."""
    epcis = (
        territory for territory in site.geography.home_territoires if isinstance(territory, Epci)
    )
    lieux = [item for item in site.places if not item.entry.exemple]
    helpers = [item for item in lieux if is_helper(item)]
    tools = [item for item in borrowable(site) if not item.entry.exemple]
    return tuple(
        _cover(epci, site, lieux, helpers, tools)
        for epci in sorted(epcis, key=lambda epci: (sort_key(short_name(epci)), epci.siren))
    )


def _cover(
    epci: Epci,
    site: Site,
    lieux: Sequence[Item],
    helpers: Sequence[Item],
    tools: Sequence[Item],
) -> Cover:
    days = sorted(_days(epci, site))
    last = site.day.date + timedelta(days=COVERAGE_DAYS - 1)
    point = None
    if lieux or tools:
        point = point_of(site, epci, _seat(epci, site))
    near = nearest(point, lieux, 1) if point else ()
    cover = Cover(
        epci,
        sum(day <= last for day in days),
        next(iter(days), None),
        sum(any(code == epci.siren for code, _ in item.territoires) for item in lieux),
        next(iter(near), None),
    )
    if point is None or cover.classe == "couvert":
        return cover
    by_lender = Counter(map(lender_of, tools))
    lent = nearest_by_lender(point, tools, _MOST)
    outils = tuple((tool, by_lender[lender_of(tool.item)] - 1) for tool in lent)
    return replace(cover, acteurs=nearest(point, helpers, _MOST), outils=outils)


def _seat(epci: Epci, site: Site) -> str:
    page = site.territory_page(epci.siren)
    if page:
        return getattr(page.entry, "siege", None) or ""
    return ""


def _days(epci: Epci, site: Site) -> Iterator[date]:
    # The first day, from that of the build on, of each thing that takes place in an EPCI.
    outlook = site.ahead.of(territory_pair(epci, site.geography))
    first: dict[str, date] = {}
    rows: list[tuple[date, RendezVous | Lasting]] = [
        *outlook.rows,
        *((max(lasting.du, site.day.date), lasting) for lasting in outlook.lasting),
    ]
    for day, row in rows:
        ours = row.ref not in site.told and not site.on(row.ref).entry.exemple
        if maintained(row) and ours:
            first[row.ref] = min(day, first.get(row.ref, day))
    yield from first.values()


WORDS: Mapping[str, Any] = rows_of(__package__, "couverture")


GROUND = "/fonds/couverture.svg"
TABLE = f"{COVERAGE}couverture.csv"
# Columns of the table; distances are whole kilometres as the crow flies, lists are parted by `` |
# ``.
COLUMNS = """siren nom departement classe evenements_60_jours prochain_evenement lieux
    lieu_le_plus_proche km_du_lieu acteurs_proches outils_proches""".split()


def has_coverage(site: Site) -> bool:
    return site.config.apercu and bool(site.listing(TERRITORIES) and coverage(site))


def plan_coverage(site: Site) -> Iterator[TemplatePage | TextFile]:
    """The page, its map, its table: for previews alone, when territories have pages."""
    if has_coverage(site):
        yield drawn(site, COVERAGE, "couverture.html", _show_coverage)
        if outlines_of(site.geography):
            yield drawn(site, GROUND, "fond.svg", _coverage_map)
        yield text_file(site, TABLE, _table)


def _coverage_map(site: Site) -> BaseMapView:
    covers = coverage(site)
    geography = site.geography
    by_class = {
        code: [cover.epci.siren for cover in covers if cover.classe == code] for code in CLASSES
    }
    zones = tuple(
        (code, zone_path(geography, by_class[code])) for code in CLASSES[:-1] if by_class[code]
    )
    return replace(region_base_map(geography), zones=zones)


def _table(site: Site) -> Iterator[str]:
    return written(COLUMNS, map(_row, coverage(site)))


def _row(cover: Cover) -> list[str]:
    near = cover.nearest
    return [
        cover.epci.siren,
        cover.epci.nom,
        cover.epci.departement,
        cover.classe,
        str(cover.evenements),
        cover.prochain.isoformat() if cover.prochain else "",
        str(cover.lieux),
        near.item.name if near else "",
        str(near.km) if near else "",
        *(
            " | ".join(f"{near.name} ({km} km)" for near, km in actors)
            for actors in (cover.acteurs, [tool for tool, _ in cover.outils])
        ),
    ]


def _show_coverage(site: Site) -> PageView:
    covers = coverage(site)
    figures = {"jours": str(COVERAGE_DAYS), "km": f"{REACH:g}"}
    classes = tuple(
        SimpleNamespace(code=code, titre=title, sens=text.format_map(figures), zones=zones)
        for code, (title, text) in WORDS["classes"].items()
        if (zones := tuple(_zone(cover, site) for cover in covers if cover.classe == code))
    )
    white = sum(cover.classe != CLASSES[-1] for cover in covers)
    share = f"{nombre(white)} sur {nombre(len(covers))}"
    return page_view(
        **page_of(
            site,
            WORDS["page"],
            COVERAGE,
            Lien(DESK_WORDS["page"]["titre"], DESK),
            rest=share,
            **figures,
        ),
        noindex=True,
        classes=classes,
        carte=_map(covers, site),
        fichier=Lien("Le tableau complet, en CSV", TABLE),
        proposer=contributions(site, DATED),
    )


def _zone(cover: Cover, site: Site) -> SimpleNamespace:
    departement = site.geography.departement(cover.epci.departement)
    return SimpleNamespace(
        siren=cover.epci.siren,
        lien=Lien(
            capital(typeset(short_name(cover.epci))),
            site.territory_url(cover.epci.siren),
            departement.nom if departement else "",
        ),
        agenda=_events(cover),
        lieux=_places(cover),
        acteurs=tuple(_around(helper) for helper in cover.acteurs),
        outils=tuple(_around(tool, more) for tool, more in cover.outils),
    )


_EPCI_WORDS: Mapping[str, str] = WORDS["epci"]


def _events(cover: Cover) -> str:
    if cover.evenements:
        return _EPCI_WORDS["rendez_vous"].format(
            nombre=nombre(cover.evenements), jours=COVERAGE_DAYS
        )
    if cover.prochain:
        return _EPCI_WORDS["prochain"].format(jour=jour(cover.prochain))
    return _EPCI_WORDS["aucun"]


def _places(cover: Cover) -> str:
    if cover.lieux:
        noun = _EPCI_WORDS["lieux" if cover.lieux > 1 else "lieu"]
        return f"{nombre(cover.lieux)} {noun}"
    near = cover.nearest
    if near:
        return _EPCI_WORDS["proche"].format(nom=near.item.name, km=near.km)
    return _EPCI_WORDS["sans_lieu"]


def _around(near: Around, more: int = 0) -> Lien:
    more_words = f", {more} autre{'s' * (more > 1)}" if more else ""
    return Lien(near.item.name, near.item.url, f"{near.loin}{more_words}")


def _map(covers: tuple[Cover, ...], site: Site) -> MapView | None:
    projection = outlines_of(site.geography).projection
    if projection is None:
        return None
    return MapView(
        "region",
        WORDS["carte"].format(nombre=len(covers)),
        GROUND,
        *whole(projection),
        (),
        fixe=True,
    )
