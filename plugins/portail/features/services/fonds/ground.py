"""Output « fonds »: base maps, one SVG file each, without text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from portail.config import Basemap
from portail.geo.coordinates import BoundingBox, Projection
from portail.geo.territories import Geography
from portail.outputs.base import TemplatePage, drawn
from portail.site.urls import MAP

from .credit import credit_of
from .drawing import STEPS, Pen
from .outlines import Border, Line, Outline, Outlines, outlines_of

if TYPE_CHECKING:
    from portail.site.site import Site

# Address of the region with its EPCI and départements.
REGION = "/fonds/region.svg"

# Address of the region with its départements only: lighter, for small maps of all of it.
DEPARTEMENTS = "/fonds/departements.svg"

# Address of what ``carte-vive.js`` draws: apart from ``/fonds/``, which is kept for a day, as it
# names scripts.
LIVE = f"{MAP}fond.json"

# Square units below which a corner of the whole region is not drawn.
CORNER = 10.0
# How many times wider than the region's is the frame of what one moves, every corner drawn.
_ENLARGED = 2


class BaseMapView(Struct, frozen=True):
    """A frame of ``largeur`` × ``hauteur`` units and its paths, in ``pas`` steps of a unit."""

    largeur: int
    hauteur: int
    contour: str
    epci: str = ""
    departements: str = ""
    region: str = ""
    communes: str = ""
    pas: int = STEPS
    zones: tuple[tuple[str, str], ...] = ()


class LiveView(Struct, frozen=True):
    """The region's outlines in ``pas`` steps of a unit; ``grille`` is ``Projection.grid``."""

    grille: tuple[float, ...]
    region: str
    departements: str
    epci: str
    credit: tuple[str, str]
    fond: Basemap | None
    pas: int = STEPS * _ENLARGED


def plan_base_maps(site: Site) -> Iterator[TemplatePage]:
    """The region, with and without its EPCI; again for maps that one moves. Nothing without
    outlines, which the salt covers as all of ``data/``."""
    if not outlines_of(site.geography):
        return
    yield drawn(site, REGION, "fond.svg", _region, True)
    yield drawn(site, DEPARTEMENTS, "fond.svg", _region, False)
    yield drawn(site, LIVE, "carte.json", _live)


def _region(site: Site, full: bool) -> BaseMapView:
    ground = region_base_map(site.geography)
    if full:
        return ground
    return replace(ground, epci="")


@lru_cache(2)
def region_base_map(geography: Geography) -> BaseMapView:
    """The region with its départements and its EPCI. It must have outlines."""
    outlines = outlines_of(geography)
    projection = outlines.projection
    region = outlines.region
    assert projection is not None and region is not None
    pen = pen_of(outlines, projection, CORNER)
    borders = borders_of(outlines.borders, projection, pen)
    contour = pen.path(rings_of(region))
    epci = borders("epci")
    return BaseMapView(*size_of(projection), contour, epci, borders("departement"))


def zone_path(geography: Geography, codes: Iterable[str]) -> str:
    """``d`` of the EPCI of these SIREN on the ground of the region, part by part."""
    outlines = outlines_of(geography)
    assert outlines.projection is not None
    pen = pen_of(outlines, outlines.projection, CORNER)
    shown = (outlines.epci[code] for code in codes if code in outlines.epci)
    return pen.path(chain.from_iterable(map(rings_of, shown)))


def _live(site: Site) -> LiveView:
    outlines = outlines_of(site.geography)
    frame = outlines.projection
    region = outlines.region
    assert frame is not None and region is not None
    wide = Projection(frame.box, frame.width * _ENLARGED, frame.margin * _ENLARGED)
    pen = pen_of(outlines, wide, 0)
    borders = borders_of(outlines.borders, wide, pen)
    return LiveView(
        frame.grid,
        region=pen.path(rings_of(region)),
        departements=borders("departement"),
        epci=borders("epci", "dehors"),
        credit=credit_of(outlines, site.vocabularies),
        fond=site.config.fond_de_carte,
    )


def size_of(projection: Projection) -> tuple[int, int]:
    """Width and height of a ground, whole units."""
    return round(projection.width), ceil(round(projection.height, 3))


def pen_of(outlines: Outlines, projection: Projection, corner: float) -> Pen:
    """A pen that keeps the places where borders meet."""
    joints = chain.from_iterable((border.line[0], border.line[-1]) for border in outlines.borders)
    return Pen(projection, corner, joints)


def rings_of(outline: Outline) -> Iterator[Line]:
    return chain.from_iterable(outline.polygons)


def borders_of(borders: Iterable[Border], projection: Projection, pen: Pen) -> Callable[..., str]:
    """A function that draws the borders of some levels that the frame of ``projection`` shows."""
    shown = [border for border in borders if _box(border).meets(projection.box)]
    return lambda *levels: pen.path(border.line for border in shown if border.level in levels)


def _box(border: Border) -> BoundingBox:
    box = BoundingBox.of(border.line)
    assert box is not None, "a border has points"
    return box
