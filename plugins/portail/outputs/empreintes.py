"""Output « empreintes »: the drawings that stand for a picture. A drawing is of a family (that of
its theme, of which a slug chooses one) or says something: where a place is, what a tool is made of,
the shape of a territory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from portail.drawings import NEAR, after
from portail.drawings.families import choice_of, drawing, shown_theme
from portail.drawings.strokes import HEIGHT, WIDTH, Dessin, Point
from portail.drawings.things import CASES, FORMATS, Outline, place, silhouette
from portail.geo.coordinates import Projection
from portail.geo.drawing import simplified
from portail.model.collections import Territoire
from portail.model.kinds import Kind
from portail.model.lieu import Lieu
from portail.model.ressource import Ressource
from portail.outputs.base import TemplatePage, drawn
from portail.site.memo import per_site
from portail.site.urls import DEEP, NUMBER, empreinte_of

if TYPE_CHECKING:
    from portail.geo.outlines import Outline as Shape
    from portail.model.entry import Entry
    from portail.site.item import Item, MediaRecord
    from portail.site.site import Site

_Placed = Callable[[float, float], Point]
"""From a latitude and a longitude to a point of a drawing."""


class Choice(NamedTuple):
    """A drawing: the code of the theme that colours it (``""``: none), its motif (``""``: the
    family of the theme), what tells it from others of the motif, its ground (``background_of``)."""

    theme: str
    motif: str
    detail: str
    fond: str = ""

    @property
    def url(self) -> str:
        """Its address."""
        return empreinte_of(*self)

    def on(self, fond: str) -> Choice:
        """The same on another ground."""
        return self._replace(fond=fond)


def _family(theme: str, slug: str, fond: str = "") -> Choice:
    return Choice(theme, "", f"{choice_of(slug):02}", fond)


CONTRIBUTING = _family("mathematiques-physique-chimie", "je-contribue", DEEP)
"""The drawing of the page where contents are proposed."""
LOST = _family("astronomie-espace", "page-perdue", DEEP)
"""The drawing of the 404 page."""
_WITHOUT = frozenset({Kind.PAGE, Kind.NEWSLETTER})

_FORMATS = {
    "exposition": "panneaux",
    "exposition-legere": "panneaux",
    "exposition-rollup": "panneaux",
    "exposition-autoportante": "panneaux",
    "exposition-interactive": "panneaux",
    "malle-pedagogique": "caisses",
    "kit-d-animation": "caisses",
    "planetarium-itinerant": "dome",
    "livre": "pages",
    "document": "pages",
    "jeu": "cartes",
}
"""The format of a drawing by the type of a tool; other types have their theme's."""
_TERRITORY = "territoire"
"""What lists show on the deep ground."""
_MOST = 60
"""More panels are too small to be counted."""
_GRID = 25
"""Steps of a degree: places nearer than that (4 km) to each other share a drawing."""


class EmpreinteView(Struct, frozen=True):
    """A drawing, the code of the theme that colours it (``""``: none), its ground: ``""`` for the
    tint of the theme and, under a fragment, its full colour."""

    theme: str
    dessin: Dessin
    fond: str = ""


def plan_empreintes(site: Site) -> Iterator[TemplatePage]:
    """An SVG file for each drawing that some content, or a page of service, may show; it depends on
    its choice alone."""
    chosen = {LOST.on(""), CONTRIBUTING.on("")}
    items = site.items.values()
    for one, numbered in {(_choice(it, site), bool(vars(it.entry).get("chiffre"))) for it in items}:
        if one:
            chosen.update(_files(one, numbered))
    for one in sorted(chosen):
        yield drawn(site, one.url, "empreinte.svg", _view, *one)


def _files(one: Choice, numbered: bool) -> Iterator[Choice]:
    """The files of a drawing: its own; with room for a number; those of lists where a neighbour has
    the same."""
    yield one.on("")
    if numbered:
        yield one.on(NUMBER)
    if not one.motif:
        for step in range(1, NEAR + 1):
            yield Choice(one.theme, "", f"{after(int(one.detail), step):02}")


def _view(site: Site, theme: str, motif: str, detail: str, fond: str) -> EmpreinteView:
    return EmpreinteView(theme, _dessin(site, theme, motif, detail), fond)


def _dessin(site: Site, theme: str, motif: str, detail: str) -> Dessin:
    if not motif:
        return drawing(theme, int(detail))
    if motif in FORMATS:
        return FORMATS[motif](int(detail))
    if motif == "lieu":
        shape, placed = _region(site)
        return place(shape, placed(*(int(one) / _GRID for one in detail.split("x"))))
    known = _shape(detail, site)
    assert known
    return silhouette(_outline(known, _framed(known, 420, 268), 14))


@per_site
def _region(site: Site) -> tuple[Outline, _Placed]:
    """The outline of the region as drawings of places show it, and what places them on it."""
    region = site.geography.outlines.region
    assert region
    placed = _framed(region, 560, 480)
    return _outline(region, placed, 18), placed


def _framed(shape: Shape, wide: int, tall: int) -> _Placed:
    """What places degrees in the middle of a drawing, ``shape`` in a frame of that size."""
    projection = Projection(shape.box, wide)
    if projection.height > tall:
        projection = Projection(shape.box, wide * tall / projection.height)
    left, top = (WIDTH - projection.width) / 2, (HEIGHT - projection.height) / 2

    def placed(lat: float, lon: float) -> Point:
        x, y = projection.xy(lat, lon)
        return round(left + x), round(top + y)

    return placed


def _outline(shape: Shape, placed: _Placed, least: float) -> Outline:
    """The outer lines of a territory, without what is too small to be seen."""
    rings = (polygon[0] for polygon in shape.polygons)
    parts = [simplified([placed(*one) for one in ring], least, ())[:-1] for ring in rings]
    return [[(round(x), round(y)) for x, y in part] for part in parts if len(part) > 2]


def _choice(item: Item, site: Site) -> Choice | None:
    """The drawing of a content, on the ground that lists show; none when it has a picture, or is
    only text."""
    entry = item.entry
    if entry.kind in _WITHOUT or shown_picture(item, site):
        return None
    theme, fond = shown_theme(entry.themes), background_of(entry.slug)
    told = _motif_and_detail(item, entry, site)
    if not told:
        return _family(theme, entry.slug, fond)
    return Choice(theme, *told, DEEP if told[0] == _TERRITORY else fond)


def background_of(slug: str) -> str:
    """The ground of a drawing in lists: ``DEEP`` for one content in three, else the tint of its
    theme (``""``)."""
    return DEEP if sha256(slug.encode()).digest()[1] % 3 == 0 else ""


def _motif_and_detail(item: Item, entry: Entry, site: Site) -> tuple[str, str] | None:
    """The motif and the detail of a drawing that says something."""
    geography = site.geography
    if isinstance(entry, Ressource):
        motif, pret = _FORMATS.get(entry.type or "", ""), entry.pret
        if motif == "panneaux":
            count = (pret and pret.panneaux) or 0
            return (motif, str(count)) if 0 < count <= _MOST else None
        count = (pret and pret.caisses) or 1 if motif == "caisses" else 1
        return (motif, str(min(count, CASES))) if motif else None
    if not geography.outlines:
        return None
    if isinstance(entry, Territoire):
        code = entry.code or ""
        return (_TERRITORY, code) if _shape(code, site) else None
    if isinstance(entry, Lieu) and item.commune and item.commune.departement in _home(site):
        at = entry.coordonnees or item.commune
        if at.lat is not None and at.lon is not None:
            return "lieu", f"{round(at.lat * _GRID)}x{round(at.lon * _GRID)}"
    return None


@per_site
def _home(site: Site) -> frozenset[str]:
    """Codes of the départements of the region; none without a region."""
    home = site.geography.home
    found = site.geography.departements_of(home.code) if home else ()
    return frozenset(one.code for one in found)


def _shape(code: str, site: Site) -> Shape | None:
    """The outline of a département or of an EPCI."""
    outlines = site.geography.outlines
    return outlines.departements.get(code) or outlines.epci.get(code)


def drawing_of(item: Item, site: Site) -> str:
    """Address of the drawing of a content in lists; ``""`` when it has a picture, or is only
    text."""
    one = _choice(item, site)
    return one.url if one else ""


def drawing_on_paper(item: Item, site: Site) -> EmpreinteView | None:
    """The drawing of a content on the tint of its theme; ``None`` when it has a picture, or is only
    text."""
    one = _choice(item, site)
    return _view(site, *one.on("")) if one else None


def shown_picture(item: Item, site: Site) -> MediaRecord | None:
    """The file of the picture that heads a content, if it has one that can be shown."""
    image = item.entry.image
    record = site.medias_of(item).get(image.fichier) if image else None
    return record if record and record.pixels else None
