"""The page of feeds."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien

__all__ = ["FeuilleFlux", "FluxListe", "FluxView", "GroupeFlux"]


@dataclass(frozen=True, slots=True)
class FeuilleFlux:
    """The style sheet of feeds shows nothing but the theme's own."""


@dataclass(frozen=True, slots=True)
class FluxListe:
    """A feed in the list: its name, a link to each of its forms (« RSS », « Atom », « JSON »)."""

    nom: str
    formes: tuple[Lien, ...]


@dataclass(frozen=True, slots=True)
class GroupeFlux:
    """Feeds of one sort: title, anchor; ``formats`` when some have several forms, which are then
    named. A long list is ``plie``."""

    titre: str
    ancre: str
    flux: tuple[FluxListe, ...]
    formats: bool
    plie: bool

    @property
    def nombre(self) -> int:
        """How many it lists."""
        return len(self.flux)


@dataclass(frozen=True, slots=True, kw_only=True)
class FluxView(PageView):
    """What following a feed is, and every feed; ``opml`` is the file that holds them all,
    ``longueur`` how many contents a feed tells, ``aussi`` other ways to follow or take away."""

    groupes: tuple[GroupeFlux, ...]
    opml: str
    longueur: int
    aussi: tuple[Lien, ...] = ()
