"""``/redaction/couverture/``: where nothing happens yet, and who could come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from portail.features.desk.redaction.coverage import (
    CLASSES,
    COVERAGE,
    COVERAGE_DAYS,
    DESK,
    REACH,
    Cover,
    coverage,
)
from portail.features.desk.redaction.coverage_map import GROUND, TABLE, has_coverage
from portail.features.desk.redaction.rows import WORDS as DESK_WORDS
from portail.features.services.alentours.relations import Around, point_of
from portail.features.services.fonds.atlas import whole
from portail.features.services.fonds.outlines import outlines_of
from portail.geo.coordinates import Projection
from portail.geo.places import short_name
from portail.model.kinds import DATED
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.pages.frame import page_of
from portail.outputs.pages.links import contributions
from portail.outputs.pages.slots import ZONE
from portail.outputs.pages.views.shared import Lien, MapPoint, MapView, PageView
from portail.resources import rows_of
from portail.site.site import Site
from portail.text.dates import jour
from portail.text.typography import capital, nombre, typeset

WORDS: Mapping[str, Any] = rows_of("desk.redaction", "couverture")


class ZoneView(Struct, frozen=True):
    """An EPCI (its département as a note, its SIREN); who and what could come, how far each is as a
    note."""

    siren: str
    lien: Lien
    agenda: str
    lieux: str
    acteurs: tuple[Lien, ...] = ()
    outils: tuple[Lien, ...] = ()
    demandes: tuple[Lien, ...] = ()
    """What is asked for there."""


class ClasseView(Struct, frozen=True):
    """EPCI that lack the same: ``code`` is that of the map's pattern, ``sens`` what it means."""

    code: str
    titre: str
    sens: str
    zones: tuple[ZoneView, ...]


class CouvertureView(PageView, frozen=True, kw_only=True):
    """``carte`` shows the classes as patterns, ``fichier`` leads to the same as a table."""

    chapo: str
    classes: tuple[ClasseView, ...]
    carte: MapView | None
    methode: str
    fichier: Lien
    proposer: tuple[Lien, ...]


def plan_coverage(site: Site) -> Iterator[TemplatePage]:
    """The page, for previews alone, when territories have pages."""
    if has_coverage(site):
        yield drawn(site, COVERAGE, "couverture.html", _show_coverage)


def _show_coverage(site: Site) -> CouvertureView:
    covers = coverage(site)
    figures = {"jours": str(COVERAGE_DAYS), "km": f"{REACH:g}"}
    classes = tuple(
        ClasseView(code, title, text.format_map(figures), zones)
        for code, (title, text) in WORDS["classes"].items()
        if (zones := tuple(_zone(cover, site) for cover in covers if cover.classe == code))
    )
    white = sum(cover.classe != CLASSES[-1] for cover in covers)
    rest = f"{nombre(white)} sur {nombre(len(covers))}"
    return CouvertureView(
        **page_of(
            site,
            WORDS["page"],
            COVERAGE,
            Lien(DESK_WORDS["page"]["titre"], DESK),
            rest=rest,
            **figures,
        ),
        noindex=True,
        classes=classes,
        carte=_map(covers, site),
        fichier=Lien("Le tableau complet, en CSV", TABLE),
        proposer=contributions(site, DATED),
    )


def _zone(cover: Cover, site: Site) -> ZoneView:
    departement = site.geography.departement(cover.epci.departement)
    return ZoneView(
        cover.epci.siren,
        Lien(
            capital(typeset(short_name(cover.epci))),
            site.territory_url(cover.epci.siren),
            departement.nom if departement else "",
        ),
        _events(cover),
        _places(cover),
        tuple(_around(helper) for helper in cover.acteurs),
        tuple(_around(tool, more) for tool, more in cover.outils),
        tuple(ZONE.ask(site, cover.epci.siren)),
    )


_EPCI_WORDS: Mapping[str, str] = WORDS["epci"]


def _events(cover: Cover) -> str:
    if cover.evenements:
        return _EPCI_WORDS["rendez_vous"].format(
            nombre=nombre(cover.evenements), jours=COVERAGE_DAYS
        )
    return (
        _EPCI_WORDS["prochain"].format(jour=jour(cover.prochain))
        if cover.prochain
        else _EPCI_WORDS["aucun"]
    )


def _places(cover: Cover) -> str:
    if cover.lieux:
        noun = _EPCI_WORDS["lieux" if cover.lieux > 1 else "lieu"]
        return f"{nombre(cover.lieux)} {noun}"
    near = cover.nearest
    return (
        _EPCI_WORDS["proche"].format(nom=near.item.name, km=near.km)
        if near
        else _EPCI_WORDS["sans_lieu"]
    )


def _around(near: Around, more: int = 0) -> Lien:
    """What could come, and how many ``more`` its lender has."""
    rest = f", {more} autre{'s' * (more > 1)}" if more else ""
    return Lien(near.item.name, near.item.url, f"{near.loin}{rest}")


def _map(covers: tuple[Cover, ...], site: Site) -> MapView | None:
    projection = outlines_of(site.geography).projection
    if projection is None:
        return None
    return MapView(
        "region",
        WORDS["carte"].format(nombre=len(covers)),
        GROUND,
        *whole(projection),
        tuple(_requests(covers, projection, site)),
        fixe=True,
    )


def _requests(covers: tuple[Cover, ...], projection: Projection, site: Site) -> Iterator[MapPoint]:
    """Where something is asked for and nothing happens: a point at each EPCI, which leads to it in
    the list."""
    for cover in covers:
        links = () if cover.classe == CLASSES[-1] else tuple(ZONE.ask(site, cover.epci.siren))
        there = point_of(site, cover.epci, "") if links else None
        if there:
            name = capital(typeset(short_name(cover.epci)))
            words = _EPCI_WORDS["demandes" if len(links) > 1 else "demande"].format(
                nombre=len(links)
            )
            x, y = projection.xy(*there)
            yield MapPoint(Lien(f"{name} : {words}", f"#Zone-{cover.epci.siren}"), x, y)
