"""Output « empreintes »: the drawing of each content that has no picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, ClassVar

from portail.drawing.empreinte import Empreinte, empreinte
from portail.files import digest_of
from portail.model.kinds import Kind
from portail.outputs.base import TemplatePage
from portail.site.urls import empreinte_of, file_of

if TYPE_CHECKING:
    from portail.site.site import Item, MediaRecord, Site

__all__ = ["EmpreinteView", "EmpreintesOutput", "drawing_of", "drawing_page", "shown_picture"]

_WITHOUT = frozenset({Kind.PAGE, Kind.NEWSLETTER})


@dataclass(frozen=True, slots=True)
class EmpreinteView:
    """A drawing and the code of the theme that colours it (``""``: none)."""

    theme: str
    dessin: Empreinte


class EmpreintesOutput:
    """One SVG file for each content without a picture, whatever its crop."""

    name: ClassVar[str] = "empreintes"

    def plan(self, site: Site) -> Iterator[TemplatePage]:
        """Drawings, in the order of contents: a slug and a theme are all that they depend on."""
        for item in site.items.values():
            url = drawing_of(item, site)
            if url:
                entry = item.entry
                theme = next(iter(entry.themes), "")
                source = None if entry.sans_fichier else entry.source
                yield drawing_page(url, entry.slug, theme, source)


def drawing_page(
    url: str, slug: str, theme: str, source: PurePosixPath | None = None
) -> TemplatePage:
    """The drawing of ``slug`` at ``url``, in the colours of ``theme``."""
    return TemplatePage(
        path=file_of(url),
        url=url,
        template="empreinte.svg",
        key=(digest_of(slug, theme),),
        view=partial(_view, slug, theme),
        source=source,
    )


def _view(slug: str, theme: str) -> EmpreinteView:
    return EmpreinteView(theme, empreinte(slug))


def drawing_of(item: Item, site: Site) -> str:
    """Address of the drawing of a content; ``""`` when it has a picture, or is only text."""
    if item.entry.kind in _WITHOUT or shown_picture(item, site):
        return ""
    return empreinte_of(item.url)


def shown_picture(item: Item, site: Site) -> MediaRecord | None:
    """The file of the picture that heads a content, if it has one that can be shown."""
    image = item.entry.image
    path = item.medias.get(image.fichier) if image else None
    record = site.medias.get(path) if path else None
    return record if record and record.pixels else None
