"""Output « couverture »: the ground that shows where nothing happens yet, the same as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage, TextFile
from portail.outputs.drawn import drawn, text_file
from portail.outputs.grounds import GroundView, region_ground, zone_path
from portail.outputs.spreadsheets import written
from portail.site.coverage import CLASSES, Cover, coverage
from portail.site.urls import COVERAGE
from portail.text.inline import plain

if TYPE_CHECKING:
    from portail.site.site import Site

__all__ = ["COLUMNS", "GROUND", "TABLE", "CouvertureOutput", "has_coverage"]

GROUND = "/fonds/couverture.svg"
TABLE = f"{COVERAGE}couverture.csv"
COLUMNS = (
    "siren", "nom", "departement", "classe", "evenements_60_jours", "prochain_evenement",
    "lieux", "lieu_le_plus_proche", "km_du_lieu", "acteurs_proches", "outils_proches",
)  # fmt: skip
"""Columns of the table; distances are whole kilometres as the crow flies, lists are parted by
`` | ``."""


def has_coverage(site: Site) -> bool:
    """Whether the site says it: to its editors, in a preview, when territories have pages."""
    return site.config.apercu and bool(site.of_kind(Kind.TERRITOIRE) and coverage(site))


class CouvertureOutput:
    """``/fonds/couverture.svg`` and ``/redaction/couverture/couverture.csv``."""

    name: ClassVar[str] = "couverture"

    def plan(self, site: Site) -> Iterator[TemplatePage | TextFile]:
        """See ``Output.plan``."""
        if has_coverage(site):
            if site.geography.outlines:
                yield drawn(site, GROUND, "fond.svg", _ground)
            yield text_file(site, TABLE, _table)


def _ground(site: Site) -> GroundView:
    """The region, the EPCI of each class that lacks something as one path."""
    found, geography = coverage(site), site.geography
    by_class = {code: [one.epci.siren for one in found if one.classe == code] for code in CLASSES}
    zones = tuple(
        (code, zone_path(geography, by_class[code])) for code in CLASSES[:-1] if by_class[code]
    )
    return replace(region_ground(geography), zones=zones)


def _table(site: Site) -> Iterator[str]:
    return written(COLUMNS, map(_row, coverage(site)))


def _row(one: Cover) -> list[str]:
    near = one.plus_proche
    return [
        one.epci.siren,
        one.epci.nom,
        one.epci.departement,
        one.classe,
        str(one.evenements),
        one.prochain.isoformat() if one.prochain else "",
        str(one.lieux),
        plain(near.item.entry.titre) if near else "",
        str(near.km) if near else "",
        *(
            " | ".join(f"{plain(it.entry.titre)} ({km} km)" for it, km in some)
            for some in (one.acteurs, [found for found, _ in one.outils])
        ),
    ]
