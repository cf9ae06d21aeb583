"""Output « empreintes »: the drawings that stand for a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from portail.drawing import Empreinte, choice_of, drawing
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage, drawn
from portail.site.urls import empreinte_of

if TYPE_CHECKING:
    from portail.site.item import Item, MediaRecord
    from portail.site.site import Site


class Choice(NamedTuple):
    """A drawing: the code of the theme that colours it (``""``: none), its rank."""

    theme: str
    rank: int


CONTRIBUTING = Choice("mathematiques-physique-chimie", choice_of("je-contribue"))
"""The drawing of the page where contents are proposed."""
LOST = Choice("astronomie-espace", choice_of("page-perdue"))
"""The drawing of the 404 page."""
_WITHOUT = frozenset({Kind.PAGE, Kind.NEWSLETTER})


@dataclass(frozen=True, slots=True)
class EmpreinteView:
    """A drawing and the code of the theme that colours it (``""``: none)."""

    theme: str
    dessin: Empreinte


class EmpreintesOutput:
    """An SVG file for each drawing that some content, or a page of service, shows."""

    name: ClassVar[str] = "empreintes"

    def plan(self, site: Site) -> Iterator[TemplatePage]:
        """Drawings by theme and rank, which are all that they depend on."""
        chosen = {LOST, CONTRIBUTING}
        chosen.update(one for item in site.items.values() if (one := _choice(item, site)))
        for one in sorted(chosen):
            yield drawn(site, empreinte_of(*one), "empreinte.svg", _view, *one)


def _view(site: Site, theme: str, rank: int) -> EmpreinteView:
    return EmpreinteView(theme, drawing(rank))


def _choice(item: Item, site: Site) -> Choice | None:
    """The drawing of a content; none when it has a picture, or is only text."""
    entry = item.entry
    if entry.kind in _WITHOUT or shown_picture(item, site):
        return None
    return Choice(next(iter(entry.themes), ""), choice_of(entry.slug))


def drawing_of(item: Item, site: Site) -> str:
    """Address of the drawing of a content; ``""`` when it has a picture, or is only text."""
    one = _choice(item, site)
    return empreinte_of(*one) if one else ""


def shown_picture(item: Item, site: Site) -> MediaRecord | None:
    """The file of the picture that heads a content, if it has one that can be shown."""
    image = item.entry.image
    record = site.medias_of(item).get(image.fichier) if image else None
    return record if record and record.pixels else None
