"""What surrounds every page, and what every page has."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from portail.outputs.pages.views.shared import Lien, Machine, MapView, NavGroup
from portail.text.typography import then_in_region


class Trouble(Struct, frozen=True):
    """A faulty file that a preview leaves out: where and why; ``url`` is that line on the forge,
    if there is one."""

    fichier: str
    ligne: int
    message: str
    url: str = ""


class JourRuban(Struct, frozen=True):
    """A day of the ribbon, and where its events are."""

    jour: date
    url: str


class Ruban(Struct, frozen=True):
    """The week under the header: « Semaine 39 », « 27 sept. – 3 oct. », its page, its seven days.

    How many events each day has, and which is today, are in ``/ruban.css``.
    """

    titre: str
    dates: str
    url: str
    jours: tuple[JourRuban, ...]


class Frame(Struct, frozen=True):
    """What surrounds every page; it changes with the settings and the set of kinds, not with an
    edit. ``date_epinglee`` is the pinned day of the demonstration, else ``None``; ``recherche``
    the address of the search, ``""`` where there is nothing to find; ``cartes`` whose outlines the
    maps are drawn on, and where their licence is said; ``ailleurs`` what the menu of a phone has
    too; ``fuseau`` the time zone of the portal, ``""`` for that of Paris, which scripts take."""

    nom: str
    region: str
    menu: tuple[Lien, ...]
    pied: tuple[NavGroup, ...]
    date_epinglee: date | None
    apercu: bool
    troubles: tuple[Trouble, ...]
    courriel: str
    depot: str
    digest: str
    recherche: str = ""
    ruban: Ruban | None = None
    cartes: Lien | None = None
    ailleurs: tuple[Lien, ...] = ()
    fuseau: str = ""

    def __repr__(self) -> str:
        """Its digest: it is in the view of each page."""
        return f"Frame({self.digest})"

    @property
    def en_region(self) -> str:
        """See ``SiteConfig.en_region``."""
        return then_in_region(self.region)

    @property
    def urls(self) -> frozenset[str]:
        """Addresses that it links to."""
        links = (*self.menu, *self.ailleurs, *(link for group in self.pied for link in group.liens))
        week = (self.ruban.url,) if self.ruban else ()
        search = (self.recherche,) if self.recherche else ()
        maps = (self.cartes.url,) if self.cartes else ()
        return frozenset((*week, *search, *maps, *(link.url for link in links)))


class FluxLie(Struct, frozen=True):
    """A feed that readers of feeds find from a page: its name, its address, its media type;
    ``propre`` when it tells that very page, and not the list to which it belongs."""

    nom: str
    url: str
    type: str
    propre: bool = True


class PageView(Struct, frozen=True, kw_only=True):
    """Common to every page. ``fil`` is the breadcrumb without the page itself, which it calls by
    its ``nom_court`` if it has one; ``rubrique`` the address of the menu item that is current;
    ``noindex`` keeps engines away; ``machine`` is what engines and shared links are told;
    ``origines`` the only sites whose frames the page may load, when the reader asks (videos);
    ``formulaires`` the origins, besides that of the site, that its forms may post to;
    ``calendrier`` the address of the calendar of what it tells, ``""`` for none; ``flux`` its
    feeds; ``embarquer`` where the code is that shows it on another site."""

    cadre: Frame
    titre: str
    description: str
    url: str
    nom_court: str = ""
    fil: tuple[Lien, ...] = ()
    rubrique: str = ""
    noindex: bool = False
    machine: Machine | None = None
    origines: tuple[str, ...] = ()
    formulaires: tuple[str, ...] = ()
    calendrier: str = ""
    flux: tuple[FluxLie, ...] = ()
    embarquer: str = ""

    @property
    def a_carte(self) -> bool:
        """Whether it shows a map that one may move, its own or that of one of its parts."""
        parts = (self, getattr(self, "outil", None), *getattr(self, "programmes", ()))
        maps = (getattr(one, "carte", None) for one in parts)
        return any(isinstance(one, MapView) and one.dessinee and not one.fixe for one in maps)
