"""The map and the table of coverage: which EPCI lack a rendez-vous or a place."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from portail.features.desk.redaction.coverage import CLASSES, COVERAGE, Cover, coverage
from portail.features.services.fonds.ground import BaseMapView, region_base_map, zone_path
from portail.features.services.fonds.outlines import outlines_of
from portail.model.kinds import TERRITORIES
from portail.outputs.base import TemplatePage, TextFile, drawn, text_file
from portail.outputs.spreadsheets import written
from portail.site.site import Site

GROUND = "/fonds/couverture.svg"
TABLE = f"{COVERAGE}couverture.csv"
COLUMNS = """siren nom departement classe evenements_60_jours prochain_evenement lieux
    lieu_le_plus_proche km_du_lieu acteurs_proches outils_proches""".split()
"""Columns of the table; distances are whole kilometres as the crow flies, lists are parted by
`` | ``."""


def has_coverage(site: Site) -> bool:
    """Whether the site says it: to its editors, in a preview, when territories have pages."""
    return site.config.apercu and bool(site.listing(TERRITORIES) and coverage(site))


def plan_map(site: Site) -> Iterator[TemplatePage | TextFile]:
    """``/fonds/couverture.svg`` and ``/redaction/couverture/couverture.csv``."""
    if has_coverage(site):
        if outlines_of(site.geography):
            yield drawn(site, GROUND, "fond.svg", _coverage_map)
        yield text_file(site, TABLE, _table)


def _coverage_map(site: Site) -> BaseMapView:
    """The region, the EPCI of each class that lacks something as one path."""
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
            " | ".join(f"{it.name} ({km} km)" for it, km in some)
            for some in (cover.acteurs, [tool for tool, _ in cover.outils])
        ),
    ]
