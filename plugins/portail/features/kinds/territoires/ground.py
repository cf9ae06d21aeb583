"""The base map of each territory that has a page: one SVG file, without text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from portail.features.services.fonds.drawing import dots
from portail.features.services.fonds.ground import (
    BaseMapView,
    borders_of,
    pen_of,
    rings_of,
    size_of,
)
from portail.features.services.fonds.outlines import Outline, outlines_of
from portail.geo.coordinates import Projection
from portail.geo.places import Epci
from portail.geo.territories import Geography
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage, drawn
from portail.site.urls import DRAFTS

from .model import Territoire

if TYPE_CHECKING:
    from portail.site.site import Site

_WIDTH = 600
_RATIO = 600 / 640
# Share of its frame that is left free around the territory.
_ROOM = 0.14
# Square units below which a corner is not drawn.
_CORNER = 4.0


class Ground(Struct, frozen=True):
    """The base map of one territory: its address, and where it shows what is drawn on it."""

    url: str
    projection: Projection
    outline: Outline


def plan_grounds(site: Site) -> Iterator[TemplatePage]:
    """The ground of each territory that has a page, but of the region itself, drafts that are
    shared too. Nothing without outlines, which the salt covers as all of ``data/``."""
    if not outlines_of(site.geography):
        return
    drafts = (item for item in site.drafts.values() if item.entry.kind is Kind.TERRITOIRE)
    for item in (*site.of_kind(Kind.TERRITOIRE), *drafts):
        if ground := ground_of(item.of(Territoire), site.geography, item.url):
            yield drawn(site, ground.url, "fond.svg", _show, item.ref)


def ground_of(entry: Territoire, geography: Geography, page: str) -> Ground | None:
    """The ground of a territory of the region, larger than the map of the whole, for its page;
    ``None`` for the region itself and for what has no outline."""
    outlines = outlines_of(geography)
    by_code = outlines.departements if entry.type == "departement" else outlines.epci
    outline = by_code.get(entry.code or "")
    if outline is None or entry.type == "region":
        return None
    box = outline.box.framed(_RATIO, _ROOM)
    public = f"/fonds/territoires/{entry.slug}.svg"
    url = f"{page}fond.svg" if page.startswith(DRAFTS) else public
    return Ground(url, Projection(box, _WIDTH), outline)


def _show(site: Site, ref: str) -> BaseMapView:
    item = site.items[ref]
    geography = site.geography
    ground = ground_of(item.of(Territoire), geography, item.url)
    assert ground
    projection = ground.projection
    outlines = outlines_of(geography)
    pen = pen_of(outlines, projection, _CORNER)
    borders = borders_of(outlines.borders, projection, pen)
    epci = geography.epci(ground.outline.code)
    return BaseMapView(
        *size_of(projection),
        contour=pen.path(rings_of(ground.outline)),
        epci=borders("epci", "dehors"),
        departements=borders("departement"),
        region=borders("region"),
        communes=_communes(epci, geography, projection) if epci else "",
    )


def _communes(epci: Epci, geography: Geography, projection: Projection) -> str:
    places = ((commune.lat, commune.lon) for commune in geography.communes_of(epci))
    placed = ((lat, lon) for lat, lon in places if lat is not None and lon is not None)
    return dots(placed, projection)
