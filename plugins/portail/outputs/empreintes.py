"""Output « empreintes »: the drawings that stand for a picture, of the family of a theme, of which
a slug chooses one."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from portail.drawings import NEAR, after
from portail.drawings.families import choice_of, drawing, shown_theme
from portail.drawings.strokes import Dessin
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage, drawn
from portail.site.urls import DEEP, NUMBER, empreinte_of

if TYPE_CHECKING:
    from portail.site.item import Item, MediaRecord
    from portail.site.site import Site


class Choice(NamedTuple):
    """A drawing: the code of the theme that colours it (``""``: none), its rank in the family of
    that theme, its ground (``background_of``)."""

    theme: str
    rank: int
    fond: str = ""

    @property
    def url(self) -> str:
        """Its address."""
        return empreinte_of(*self)

    def on(self, fond: str) -> Choice:
        """The same on another ground."""
        return self._replace(fond=fond)


CONTRIBUTING = Choice("mathematiques-physique-chimie", choice_of("je-contribue"), DEEP)
"""The drawing of the page where contents are proposed."""
LOST = Choice("astronomie-espace", choice_of("page-perdue"), DEEP)
"""The drawing of the 404 page."""
_WITHOUT = frozenset({Kind.PAGE, Kind.NEWSLETTER, Kind.LIEU, Kind.TERRITOIRE, Kind.RESSOURCE})
"""What is only text; what has a map; tools, of which a motif would say nothing."""


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
    for step in range(1, NEAR + 1):
        yield Choice(one.theme, after(one.rank, step))


def _view(_: Site, theme: str, rank: int, fond: str) -> EmpreinteView:
    return EmpreinteView(theme, drawing(theme, rank), fond)


def _choice(item: Item, site: Site) -> Choice | None:
    """The drawing of a content, on the ground that lists show; none when it has a picture, or is
    of a kind that has none."""
    entry = item.entry
    if entry.kind in _WITHOUT or shown_picture(item, site):
        return None
    return Choice(shown_theme(entry.themes), choice_of(entry.slug), background_of(entry.slug))


def background_of(slug: str) -> str:
    """The ground of a drawing in lists: ``DEEP`` for one content in three, else the tint of its
    theme (``""``)."""
    return DEEP if sha256(slug.encode()).digest()[1] % 3 == 0 else ""


def drawing_of(item: Item, site: Site) -> str:
    """Address of the drawing of a content in lists; ``""`` when it has a picture, or is of a kind
    that has none."""
    one = _choice(item, site)
    return one.url if one else ""


def shown_picture(item: Item, site: Site) -> MediaRecord | None:
    """The file of the picture that heads a content, if it has one that can be shown."""
    image = item.entry.image
    record = site.medias_of(item).get(image.fichier) if image else None
    return record if record and record.pixels else None
