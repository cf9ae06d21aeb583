"""``/redaction/couverture/``: where nothing happens yet, beside who and what could come."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from portail.geo.places import short_name
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage, drawn
from portail.outputs.grounds import GROUND, TABLE, has_coverage
from portail.outputs.pages.frame import page_of, title_of
from portail.outputs.pages.kit import PARTS, WORDS, Kit, contribution, kit_of
from portail.outputs.pages.maps.atlas import WORDS as CAPTIONS
from portail.outputs.pages.maps.atlas import whole
from portail.outputs.pages.views.shared import Lien, MapView, PageView
from portail.site.coverage import CLASSES, COVERAGE_DAYS, REACH, Cover, coverage
from portail.site.relations import Around
from portail.site.site import Site
from portail.site.urls import COVERAGE, DESK
from portail.text.dates import jour
from portail.text.typography import capital, nombre, typographie


class ZoneView(Struct, frozen=True):
    """An EPCI (its département as a note); who and what could come, how far each is as a note."""

    lien: Lien
    agenda: str
    lieux: str
    acteurs: tuple[Lien, ...] = ()
    outils: tuple[Lien, ...] = ()


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
        yield drawn(site, COVERAGE, "couverture.html", _show)


def _show(site: Site) -> CouvertureView:
    found, kit = coverage(site), kit_of(site)
    said = {"jours": str(COVERAGE_DAYS), "km": f"{REACH:g}"}
    classes = tuple(
        ClasseView(code, title, text.format_map(said), zones)
        for code, (title, text) in PARTS["couverture"].items()
        if (zones := tuple(_zone(one, site, kit) for one in found if one.classe == code))
    )
    white = sum(one.classe != CLASSES[-1] for one in found)
    rest = f"{nombre(white)} sur {nombre(len(found))}"
    return CouvertureView(
        **page_of(
            site, "couverture", COVERAGE, Lien(title_of("redaction"), DESK), rest=rest, **said
        ),
        noindex=True,
        classes=classes,
        carte=_map(kit, found),
        fichier=Lien("Le tableau complet, en CSV", TABLE),
        proposer=contribution(site, Kind.EVENT),
    )


def _zone(one: Cover, site: Site, kit: Kit) -> ZoneView:
    departement = kit.geography.departement(one.epci.departement)
    return ZoneView(
        Lien(
            capital(typographie(short_name(one.epci))),
            site.territory_url(one.epci.siren),
            departement.nom if departement else "",
        ),
        _events(one),
        _places(one),
        tuple(_around(found) for found in one.acteurs),
        tuple(_around(found, more) for found, more in one.outils),
    )


_SAID = WORDS["couverture"]


def _events(one: Cover) -> str:
    if one.evenements:
        return _SAID["rendez_vous"].format(nombre=nombre(one.evenements), jours=COVERAGE_DAYS)
    return _SAID["prochain"].format(jour=jour(one.prochain)) if one.prochain else _SAID["aucun"]


def _places(one: Cover) -> str:
    if one.lieux:
        return f"{nombre(one.lieux)} {_SAID['lieux'] if one.lieux > 1 else _SAID['lieu']}"
    near = one.plus_proche
    return _SAID["proche"].format(nom=near.item.name, km=near.km) if near else _SAID["sans_lieu"]


def _around(one: Around, more: int = 0) -> Lien:
    """What could come, and how many ``more`` its lender has."""
    rest = f", {more} autre{'s' * (more > 1)}" if more else ""
    return Lien(one.item.name, one.item.url, f"{one.loin}{rest}")


def _map(kit: Kit, found: tuple[Cover, ...]) -> MapView | None:
    projection = kit.atlas.projection
    if projection is None:
        return None
    return MapView(
        "region",
        CAPTIONS["couverture"].format(nombre=len(found)),
        GROUND,
        *whole(projection),
        fixe=True,
    )
