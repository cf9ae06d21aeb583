"""Output « empreintes »: the drawings that stand for a picture, a few for each theme, of which a
slug chooses one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from portail.site.urls import DEEP, empreinte_of

from .base import TemplatePage, drawn

if TYPE_CHECKING:
    from portail.model.entry import Entry
    from portail.site.site import Site

# The theme that most contents have, many besides another, which says more of them.
ALL_AROUND = "sciences-societe"


class EmpreinteView(Struct, frozen=True):
    """A drawing: its rank among those of a theme, whose code it has (``""``: none)."""

    theme: str
    rang: int


def plan_empreintes(site: Site) -> Iterator[TemplatePage]:
    """An SVG file for each drawing of each theme, and of what has none, whatever shows them."""
    for theme in ("", *site.vocabularies["themes"]):
        for rank in range(1, count_of(theme) + 1):
            yield drawn(site, empreinte_of(theme, rank), "empreinte.svg", _view, theme, rank)


def count_of(theme: str) -> int:
    """How many drawings a theme has (``theme/templates/dessins/``)."""
    if theme == ALL_AROUND:
        return 8
    return 4


def _view(_: Site, theme: str, rank: int) -> EmpreinteView:
    return EmpreinteView(theme, rank)


def drawing_of(entry: Entry) -> str:
    """Address of the drawing of a content without picture, which its slug and its themes alone
    choose: on the deep ground for one in three; ``""`` for one of a kind that has none."""
    if not entry.kind.info.motif:
        return ""
    theme = shown_theme(entry.themes)
    lot = sha256(entry.slug.encode()).digest()
    # Any byte would do: by this one, neighbours of the demonstration seldom share a drawing.
    return empreinte_of(theme, lot[21] % count_of(theme) + 1, "" if lot[1] % 3 else DEEP)


def shown_theme(themes: Iterable[str]) -> str:
    """The theme that a picture shows, ``""`` for none: the first that says what it is about."""
    codes = [*themes]
    return next((code for code in codes if code != ALL_AROUND), codes[0] if codes else "")
