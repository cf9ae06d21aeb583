"""What several views hold, and what every page has.

What the template of a page made to be printed receives.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import Any

from msgspec import Struct

from portail.text.typography import SafeHtml, then_in_region


class Lien(Struct, frozen=True):
    """A link, or plain text without ``url``; ``note`` is beside it, ``signe`` names its icon. It
    holds until ``fin``, if that is said."""

    texte: str
    url: str = ""
    note: str = ""
    signe: str = ""
    fin: date | None = None


class NavGroup(Struct, frozen=True):
    """A titled list of links of the footer."""

    titre: str
    liens: tuple[Lien, ...]


class Variante(Struct, frozen=True):
    """One file of a picture: its width in pixels, its media type (``image/avif``)."""

    url: str
    largeur: int
    type: str


class Picture(Struct, frozen=True):
    """``variantes`` in every type, best first, narrowest first; ``url`` is the widest that any
    browser shows; ``cadrage`` are classes of a close-up.
    """

    url: str
    alt: str
    largeur: int
    hauteur: int
    credit: str = ""
    legende: str = ""
    licence: str = ""
    variantes: tuple[Variante, ...] = ()
    animation: str = ""
    cadrage: str = ""


class Etiquette(Struct, frozen=True):
    """``code`` is for its look (``annule``, ``complet``, ``gratuit``…); ``forte`` ones prevent or
    change something. It holds until ``fin``, if that is said."""

    texte: str
    code: str
    forte: bool = False
    fin: date | None = None


class Fait(Struct, frozen=True):
    """One row of a practical box: a label and its values."""

    libelle: str
    valeurs: tuple[Lien, ...]


class TempsView(Struct, frozen=True):
    """A step of an edition, in words; ``etat`` is ``passe``, ``present`` or ``futur``."""

    lien: Lien
    quand: str
    etat: str


class Message(Struct, frozen=True):
    """A message before the rest (``info``, ``alerte``, ``erreur``); ``nouveau`` replaces
    ``ancien``.
    """

    titre: str
    texte: str = ""
    ancien: str = ""
    nouveau: str = ""
    liens: tuple[Lien, ...] = ()
    ton: str = "info"
    invite: str = ""
    suites: tuple[Lien, ...] = ()


class Pagination(Struct, frozen=True):
    """Pages of a list: ``numero`` from 1 to ``total``; ``pages`` the address of each, by number."""

    numero: int
    total: int
    pages: tuple[str, ...]


class Vide(Struct, frozen=True):
    """What stands where there is nothing: what was asked, the nearest that exists (``proche``,
    after ``indication``), ways out, until ``fin``."""

    phrase: str
    indication: str = ""
    issues: tuple[Lien, ...] = ()
    proche: Lien | None = None
    fin: date | None = None


class MapPoint(Struct, frozen=True):
    """A place in units of the map; ``pied`` is its true one when pushed aside; ``etat`` is of a
    stop.
    """

    lien: Lien
    x: float
    y: float
    theme: str = ""
    numero: int = 0
    pied: tuple[float, float] | None = None
    etat: str = ""
    nombre: int = 1


class MapLabel(Struct, frozen=True):
    """A name, line by line, its first baseline at ``x``, ``y``; ``sorte`` is ``ville``, ``ici``,
    ``zone`` or ``voisin``; ``loin``: on wide windows only.
    """

    lignes: tuple[str, ...]
    x: float
    y: float
    sorte: str = "ville"
    ancre: str = "start"
    pied: tuple[float, float] | None = None
    url: str = ""
    loin: bool = False


class Echelle(Struct, frozen=True):
    """A scale: how many units are ``texte`` (« 500 m »), at which height it is drawn."""

    longueur: float
    texte: str
    y: float


class MapView(Struct, frozen=True):
    """A map: ``forme`` is ``region``, ``territoire``, ``lieu``, ``tournee`` or ``parcours``.

    ``fond`` is the address of the ground, of which ``cadre`` (a ``viewBox``) is shown; ``liste``
    says in words what it shows; ``repere`` is a ``Projection.grid``; ``trajets`` are SVG paths.
    """

    forme: str
    titre: str
    fond: str
    largeur: float
    hauteur: float
    cadre: str
    points: tuple[MapPoint, ...] = ()
    etiquettes: tuple[MapLabel, ...] = ()
    legende: str = ""
    liste: tuple[Lien, ...] = ()
    cible: float = 16
    trace: str = ""
    echelle: Echelle | None = None
    repere: tuple[float, ...] = ()
    fixe: bool = False
    trajets: tuple[tuple[str, bool], ...] = ()

    @property
    def dessinee(self) -> bool:
        """Whether there is something to draw, not only a list."""
        return bool(self.fond or self.trace)


class Machine(Struct, frozen=True):
    """Open Graph (https://ogp.me) and JSON-LD (https://schema.org) of a page: nodes with whole
    addresses; ``etat`` is what its title must not leave unsaid, « Annulé »."""

    image: Picture
    type: str = "website"
    donnees: tuple[Mapping[str, Any], ...] = ()
    etat: str = ""


class FaultyFile(Struct, frozen=True):
    """A faulty file that a preview leaves out; ``url`` is its line on the forge, if any."""

    fichier: str
    ligne: int
    message: str
    url: str = ""


class Ruban(Struct, frozen=True):
    """The week under the header, its days (in full, in short, address); what Mondays, days and
    edits change of it is in ``/ruban.css``."""

    url: str
    jours: tuple[tuple[str, str, str], ...]


class Frame(Struct, frozen=True):
    """What surrounds every page; no edit changes it. Addresses are ``""`` where there is none."""

    nom: str
    region: str
    menu: tuple[Lien, ...]
    pied: tuple[NavGroup, ...]
    date_epinglee: date | None
    apercu: bool
    troubles: tuple[FaultyFile, ...]
    courriel: str
    boite: str
    depot: str
    digest: str
    recherche: str = ""
    ruban: Ruban | None = None
    cartes: Lien | None = None
    ailleurs: tuple[Lien, ...] = ()
    fuseau: str = ""
    promesse: str = ""
    porteur: Lien | None = None
    raisons: str = ""
    contribuer: str = ""
    hors_ligne: str = ""
    selection: str = ""
    tenu: bool = True
    editeur: str = ""

    @property
    def en_region(self) -> str:
        """See ``SiteConfig.en_region``."""
        return then_in_region(self.region)

    @property
    def urls(self) -> frozenset[str]:
        links = (
            *self.menu,
            *self.ailleurs,
            *chain.from_iterable(group.liens for group in self.pied),
        )
        urls = (link.url for link in (*links, self.ruban, self.cartes) if link)
        return frozenset((self.recherche, *urls)) - {""}


class FluxLie(Struct, frozen=True):
    """A feed that readers of feeds find from a page, ``propre`` when it is of that very page."""

    nom: str
    url: str
    type: str
    propre: bool = True


class Abonnement(Struct, frozen=True):
    """How one subscribes: a form posted to ``action``, or ``courriels``, messages ready to send."""

    action: str = ""
    champ: str = ""
    listes: tuple[tuple[str, str], ...] = ()
    choisie: str = ""
    fixes: tuple[tuple[str, str], ...] = ()
    courriels: tuple[Lien, ...] = ()


class Facade(Struct, frozen=True):
    """A place drawn: markup in its own units, its width, its height above the ground at 0; whether
    it is the sign of its type, for want of a line."""

    traces: str
    largeur: float
    hauteur: float
    signe: bool = False

    @property
    def dessin(self) -> SafeHtml:
        return SafeHtml(self.traces)

    def pose(self, wide: int, high: int, beside: int) -> str:
        """How it is set in a frame, in the middle, on a ground of a tenth of its height."""
        ground = round(high * 0.9)
        scale = min((wide - 2 * beside) / self.largeur, (ground - 5) / self.hauteur, 1.5)
        left = (wide - self.largeur * scale) / 2
        return f"translate({left:.4g} {ground}) scale({scale:.3g})"


class Ouvert(Struct, frozen=True):
    """A place, open on ``jour`` if it is: its hours in words beside its link, and for the script
    that lights its drawing; when it closes, in minutes; whether it is step-free."""

    lien: Lien
    jour: date | None
    heures: str
    fin: int = 0
    facade: Facade | None = None
    plain_pied: bool = False
    commune: str = ""


class Soir(Struct, frozen=True):
    """The sky of this evening in a line, the page that says more; ``lune`` is the outline of what
    is lit of the Moon, a disc of radius 10. A ``dessin`` takes the place of the line; ``image`` is
    what networks show of it."""

    texte: str
    url: str
    lune: str
    dessin: Struct | None = None
    image: Picture | None = None


class PageView(Struct, frozen=True, kw_only=True):
    """Common to every page. ``fil`` is the breadcrumb, ``rubrique`` the current menu item,
    ``noindex`` keeps engines away, ``origines`` and ``formulaires`` are hosts that its frames and
    forms may reach, ``langues`` pages that tell the same in other languages (code, name, address).
    """

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
    langue: str = "fr"
    langues: tuple[tuple[str, str, str], ...] = ()

    @property
    def a_carte(self) -> bool:
        """Whether it shows a map that one may move, its own or that of one of its parts."""
        parts = (self, getattr(self, "outil", None), *getattr(self, "programmes", ()))
        maps = (getattr(part, "carte", None) for part in parts)
        return any(
            isinstance(carte, MapView) and carte.dessinee and not carte.fixe for carte in maps
        )


class OwnView(PageView, frozen=True, kw_only=True):
    """A page of which its template alone knows the rest: ``dit``, by name."""

    dit: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        if name in self.dit:
            return self.dit[name]
        raise AttributeError(name)


def page_view(**values: Any) -> OwnView:
    """What a template shows: what every page has, then what is its own; a name that nobody gave is
    refused when it is asked."""
    common = {name: values.pop(name) for name in PageView.__struct_fields__ if name in values}
    return OwnView(**common, dit=values)
