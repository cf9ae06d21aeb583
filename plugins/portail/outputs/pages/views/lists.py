"""Home, lists, service pages."""

from __future__ import annotations

from dataclasses import dataclass

from portail.outputs.pages.views.cards import Bloc, Card
from portail.outputs.pages.views.frame import PageView
from portail.outputs.pages.views.shared import Lien, NavGroup, Pagination

__all__ = ["HomeView", "ListingView", "NotFoundView", "PlanView", "RedirectView", "ThemesView"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView(PageView):
    """A page of a list. ``nombre`` counts all its contents; ``voisins`` are other views of it
    (archives…); ``vide`` says what to do when there is nothing."""

    chapo: str
    kind: str
    blocs: tuple[Bloc, ...]
    nombre: str
    pagination: Pagination
    voisins: tuple[Lien, ...] = ()
    vide: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(PageView):
    """The home page: ``une`` is put forward, ``chiffres`` the line of figures."""

    une: tuple[Card, ...]
    blocs: tuple[Bloc, ...]
    chiffres: tuple[Lien, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemesView(PageView):
    """All themes: (code, link whose note is the count)."""

    themes: tuple[tuple[str, Lien], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView(PageView):
    """The site plan: groups of links."""

    groupes: tuple[NavGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView(PageView):
    """The 404 page: ``issues`` are ways out."""

    issues: tuple[Lien, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView(PageView):
    """A page that only leads to ``cible`` (site path)."""

    cible: str
